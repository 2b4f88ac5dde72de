//! `branch`: the house decides where to go on, by what it knows.

use std::collections::BTreeMap;

use domain::Caller;

use crate::fields::Fields;
use crate::model::Link;
use crate::nodes::{Exit, How, Kind};
use crate::walk::{Go, Wait, Walk};

#[derive(Debug, Clone)]
pub(crate) struct Branch {
    on: On,
    cases: BTreeMap<String, Link>,
    otherwise: Option<Link>,
    line: u32,
}

/// What is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum On {
    Hours,
    Language,
    Withheld,
    Remembered,
    Dialled,
    /// A note, or something kept with `hold`.
    Value(String),
}

impl On {
    /// The answers that can come, where they are known beforehand.
    fn answers(&self) -> Option<&'static [&'static str]> {
        match self {
            Self::Hours => Some(&["open", "closed"]),
            Self::Withheld | Self::Remembered => Some(&["yes", "no"]),
            Self::Language | Self::Dialled | Self::Value(_) => None,
        }
    }
}

impl Branch {
    pub(crate) fn read(fields: &mut Fields<'_, '_>) -> Self {
        let (word, line) = fields.text("on");
        let on = match word.as_str() {
            "hours" => On::Hours,
            "language" => On::Language,
            "withheld" => On::Withheld,
            "remembered" => On::Remembered,
            "dialled" => On::Dialled,
            other => {
                let name = other.strip_prefix("value:").unwrap_or_default();
                if name.is_empty() {
                    let remedy = "branch on hours, language, withheld, remembered, dialled or value:NAME";
                    fields.report(
                        line,
                        "wrong-value",
                        format!("nothing called \"{other}\" to branch on"),
                        remedy,
                    );
                }
                On::Value(name.to_owned())
            }
        };
        let mut cases = BTreeMap::new();
        if let Some(mut table) = fields.table("cases") {
            for (name, line) in table.names() {
                if on.answers().is_some_and(|answers| !answers.contains(&name.as_str())) {
                    let remedy = format!("the cases are {}", on.answers().unwrap_or_default().join(" and "));
                    table.report(line, "unknown-case", format!("\"{name}\" never comes"), remedy);
                }
                let link = table.link(&name).by(name.as_str());
                cases.insert(name, link);
            }
            table.finish();
        }
        let branch = Self { on, cases, otherwise: fields.link_or_none("otherwise"), line: fields.line() };
        branch.report_gaps(fields);
        branch
    }

    fn report_gaps(&self, fields: &Fields<'_, '_>) {
        let covered = self
            .on
            .answers()
            .is_some_and(|answers| answers.iter().all(|answer| self.cases.contains_key(*answer)));
        // Cases on languages are held against the script's languages by the checker.
        if !covered && self.otherwise.is_none() && self.on != On::Language {
            fields.report(
                self.line,
                "dead-end",
                "a branch that does not cover every case".to_owned(),
                "add `otherwise = …`",
            );
        }
    }

    pub(crate) fn on(&self) -> &On {
        &self.on
    }

    /// Whether the branch knows where to go for `answer`.
    pub(crate) fn covers(&self, answer: &str) -> bool {
        self.otherwise.is_some() || self.cases.contains_key(answer)
    }

    fn answer(&self, walk: &Walk<'_>) -> String {
        let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        let held = |name: &str| walk.state.held.get(name).cloned().unwrap_or_default();
        match &self.on {
            On::Hours => if walk.facts.open { "open" } else { "closed" }.to_owned(),
            On::Language => walk.state.language.to_string(),
            On::Withheld => yes_no(walk.state.caller == Caller::Withheld),
            On::Remembered => {
                yes_no(walk.facts.remembered.as_ref().is_some_and(|it| walk.script.prompts.speaks(it)))
            }
            On::Dialled => held("dialled"),
            On::Value(name) => held(name),
        }
    }
}

impl Kind for Branch {
    fn exits(&self) -> Vec<Exit<'_>> {
        self.cases.values().chain(&self.otherwise).map(|to| Exit::new(to, How::AtOnce)).collect()
    }

    fn listens(&self) -> bool {
        false
    }

    fn ask<'s>(&'s self, walk: &mut Walk<'s>, _: Wait) -> Go<'s> {
        let answer = self.answer(walk);
        match self.cases.get(&answer).or(self.otherwise.as_ref()) {
            Some(link) => Go::To(link),
            None => Go::Fail("no-case", answer),
        }
    }
}
