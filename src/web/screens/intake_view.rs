//! The intake form as the template sees it: questions in words, answers as text.

use std::collections::BTreeMap;

use serde_json::Value;
use switchboard::House;
use switchboard::intake::{EvidenceKind, EvidenceStatus, Intake};

use super::case_words::categories;
use super::intake_form::{Ask, INTENT, Kind, POINT, SECTIONS, Section, at};
use crate::page::Page;
use crate::{Error, Result};

/// What a ticked box sends.
const TICKED: &str = "1";

/// A heading with its questions.
pub(super) struct SectionView {
    pub(super) title: String,
    pub(super) folded: bool,
    pub(super) fields: Vec<Field>,
}

/// One question on the screen.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) id: String,
    pub(super) label: String,
    /// `line`, `moment`, `words`, `tick`, `fact`, `one` or `many`: which control answers it.
    pub(super) control: &'static str,
    pub(super) value: String,
    /// Ticked; for a fact: not known.
    pub(super) ticked: bool,
    pub(super) choices: Vec<Choice>,
    /// Suggests names of the directory while typing.
    pub(super) institutions: bool,
}

/// One value to choose.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) chosen: bool,
}

/// The whole form of an intake.
pub(super) struct FormView {
    pub(super) intent: SectionView,
    pub(super) points: Vec<SectionView>,
    pub(super) sections: Vec<SectionView>,
}

/// The form in words; a fresh one has one empty point.
pub(super) fn form(page: &Page, house: &House, profile: &str, intake: &Intake) -> Result<FormView> {
    let mut intake = intake.clone();
    if intake.points.is_empty() {
        intake.points.push(Default::default());
    }
    let value = serde_json::to_value(&intake).map_err(|error| Error::Broken(error.to_string()))?;
    let writer = Writer { page, house, profile, value };
    let points = (0..intake.points.len()).map(|n| SectionView {
        title: page.tn("intake-point", "ordinal", i64::try_from(n + 1).unwrap_or(i64::MAX)),
        folded: false,
        fields: writer.fields(POINT, &format!("points.{n}.")),
    });
    Ok(FormView {
        intent: writer.section(&INTENT),
        points: points.collect(),
        sections: SECTIONS.iter().map(|section| writer.section(section)).collect(),
    })
}

impl FormView {
    /// What a browser would send of the form as it stands: the values under each name, none where nothing is ticked.
    /// A page compares them with its own when somebody else saved.
    pub(super) fn answers(&self) -> BTreeMap<String, Vec<String>> {
        let sections = std::iter::once(&self.intent).chain(&self.points).chain(&self.sections);
        sections.flat_map(|section| &section.fields).flat_map(Field::sent).collect()
    }
}

impl Field {
    fn sent(&self) -> Vec<(String, Vec<String>)> {
        let chosen = || self.choices.iter().filter(|choice| choice.chosen).map(|choice| choice.value.clone());
        let ticked = || self.ticked.then(|| TICKED.to_owned()).into_iter().collect();
        let values = match self.control {
            "tick" => ticked(),
            "many" => chosen().collect(),
            "one" => vec![chosen().next().unwrap_or_default()],
            _ => vec![self.value.clone()],
        };
        let unknown = (self.control == "fact").then(|| (format!("{}.unknown", self.name), ticked()));
        std::iter::once((self.name.clone(), values)).chain(unknown).collect()
    }
}

struct Writer<'a> {
    page: &'a Page,
    house: &'a House,
    profile: &'a str,
    value: Value,
}

impl Writer<'_> {
    fn section(&self, section: &Section) -> SectionView {
        SectionView {
            title: self.page.t(&format!("intake-section-{}", section.name)),
            folded: section.folded,
            fields: self.fields(section.asks, ""),
        }
    }

    fn fields(&self, asks: &[Ask], prefix: &str) -> Vec<Field> {
        let asked = asks.iter().filter(|ask| ask.profile.is_none_or(|profile| profile == self.profile));
        asked
            .flat_map(|ask| match ask.kind {
                Kind::Evidence => EvidenceKind::ALL.iter().map(|kind| self.evidence(ask, *kind)).collect(),
                _ => vec![self.field(ask, prefix)],
            })
            .collect()
    }

    fn field(&self, ask: &Ask, prefix: &str) -> Field {
        let name = format!("{prefix}{}", ask.path);
        let value = at(&self.value, &name);
        let text = |value: &Value| match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        };
        let label = if prefix.is_empty() { "intake" } else { "intake-point" };
        let label = format!("{label}-{}", ask.path.replace(['.', '_'], "-"));
        let (control, choices) = match ask.kind {
            Kind::Line => ("line", Vec::new()),
            Kind::Moment => ("moment", Vec::new()),
            Kind::Words => ("words", Vec::new()),
            Kind::Tick => ("tick", Vec::new()),
            Kind::Fact => ("fact", Vec::new()),
            Kind::YesNo => {
                let chosen = value.as_bool().map(|yes| if yes { "yes" } else { "no" });
                ("one", self.choices("intake-answer", &["yes", "no"], &|code| chosen == Some(code)))
            }
            Kind::One(codes) => {
                ("one", self.choices(&words_of(ask.path), &codes(), &|code| value.as_str() == Some(code)))
            }
            Kind::Many(codes) => {
                let has = |code: &str| {
                    value.as_array().is_some_and(|all| all.iter().any(|one| one.as_str() == Some(code)))
                };
                ("many", self.choices(&words_of(ask.path), &codes(), &has))
            }
            Kind::Severity => {
                let grade = text(value);
                ("one", self.choices("intake-severity", &["1", "2", "3", "4"], &|code| grade == code))
            }
            Kind::Category => ("one", self.categories(value.as_str())),
            Kind::Evidence => ("one", Vec::new()),
        };
        let fact = matches!(ask.kind, Kind::Fact);
        Field {
            id: name.replace(['.', '_'], "-"),
            label: self.page.t(&label),
            control,
            value: if fact { text(&value["text"]) } else { text(value) },
            ticked: if fact { value["unknown"] == Value::Bool(true) } else { *value == Value::Bool(true) },
            choices,
            institutions: ask.path == "institution",
            name,
        }
    }

    fn evidence(&self, ask: &Ask, kind: EvidenceKind) -> Field {
        let held = at(&self.value, ask.path).as_array();
        let row = held.and_then(|rows| rows.iter().find(|row| row["kind"] == kind.as_str()));
        let status = row.and_then(|row| row["status"].as_str());
        let codes: Vec<&str> = EvidenceStatus::ALL.iter().map(|status| status.as_str()).collect();
        Field {
            name: format!("{}.{kind}", ask.path),
            id: format!("{}-{}", ask.path, kind.as_str().replace('_', "-")),
            label: self.page.tc("intake-evidence", kind),
            control: "one",
            value: String::new(),
            ticked: false,
            choices: self.choices("intake-evidence-status", &codes, &|code| status == Some(code)),
            institutions: false,
        }
    }

    fn choices(&self, prefix: &str, codes: &[&str], chosen: &dyn Fn(&str) -> bool) -> Vec<Choice> {
        let choice = |code: &&str| Choice {
            value: (*code).to_owned(),
            label: self.page.tc(prefix, code),
            chosen: chosen(code),
        };
        codes.iter().map(choice).collect()
    }

    fn categories(&self, chosen: Option<&str>) -> Vec<Choice> {
        let all = categories(self.house, self.page).into_iter();
        all.map(|(value, label)| Choice { chosen: chosen == Some(value.as_str()), value, label }).collect()
    }
}

/// Prefix of the message ids that name the codes of a closed question.
fn words_of(path: &str) -> String {
    match path {
        "request_type" => "report-request-type".to_owned(),
        _ => format!("intake-{}", path.rsplit('.').next().unwrap_or(path).replace('_', "-")),
    }
}
