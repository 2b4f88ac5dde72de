//! Who is protected: every spelling of name, number and address that a case knows of its complainant and patient.

use crate::intake::Intake;

/// What would tell who the complainant is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// Names as they were given.
    pub names: Vec<String>,
    /// Telephone and personal numbers; only their digits weigh.
    pub numbers: Vec<String>,
}

impl Identity {
    /// From the intake form and what the case row knows beside it.
    pub fn of(intake: &Intake, complainant: Option<&str>, phone: Option<&str>) -> Self {
        let names = [Some(intake.caller.name.as_str()), Some(intake.patient.name.as_str()), complainant];
        let numbers = [Some(intake.caller.phone.as_str()), phone];
        let kept = |texts: &[Option<&str>]| {
            let texts = texts.iter().flatten().map(|text| text.trim()).filter(|text| !text.is_empty());
            let mut kept: Vec<String> = Vec::new();
            for text in texts {
                if !kept.iter().any(|other| other == text) {
                    kept.push(text.to_owned());
                }
            }
            kept
        };
        Self { names: kept(&names), numbers: kept(&numbers) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_and_the_row_are_put_together_once_each() {
        let mut intake = Intake::default();
        intake.caller.name = "王小明 ".to_owned();
        intake.patient.name = "李芳".to_owned();
        intake.caller.phone = "138 0000 1111".to_owned();
        let identity = Identity::of(&intake, Some("王小明"), Some("+8613900002222"));
        assert_eq!(identity.names, ["王小明", "李芳"]);
        assert_eq!(identity.numbers, ["138 0000 1111", "+8613900002222"]);
    }
}
