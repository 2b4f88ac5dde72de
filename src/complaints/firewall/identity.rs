//! Who is protected: every spelling of name, number and address that a case knows of its complainant and patient, and of
//! who stands by them.

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
        let mut identity = Self::default();
        let names = [Some(intake.caller.name.as_str()), Some(intake.patient.name.as_str()), complainant];
        names.into_iter().flatten().for_each(|name| identity.also_name(name));
        identity.also_number(&intake.caller.phone);
        phone.into_iter().for_each(|number| identity.also_number(number));
        identity
    }

    /// Somebody else whose name tells who complains: who comes along, who goes on for the complainant.
    pub fn also_name(&mut self, name: &str) {
        add(&mut self.names, name);
    }

    /// One more number.
    pub fn also_number(&mut self, number: &str) {
        add(&mut self.numbers, number);
    }

    /// Everybody whom another identity names too.
    pub fn join(&mut self, other: &Self) {
        other.names.iter().for_each(|name| self.also_name(name));
        other.numbers.iter().for_each(|number| self.also_number(number));
    }
}

/// Each text once, as far as anything stands there.
fn add(texts: &mut Vec<String>, text: &str) {
    let text = text.trim();
    if !text.is_empty() && texts.iter().all(|known| known != text) {
        texts.push(text.to_owned());
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
