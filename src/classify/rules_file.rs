//! The rule file of a language. Patterns are regular expressions without regard to case; `strong`, `plain`, `weak`
//! and `against` say how much each counts.

use std::collections::BTreeMap;

use domain::{DataFile, Fault, RequestType};
use serde::Deserialize;
use toml::Spanned;

use crate::category::Categories;
use crate::rules::{Axis, LanguageRules, Pattern, Rule};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    language: String,
    clause_end: Spanned<String>,
    conceded: Vec<Spanned<String>>,
    wanted: Vec<Spanned<String>>,
    category: BTreeMap<Spanned<String>, Weighed>,
    request_type: BTreeMap<RequestType, Weighed>,
    severity: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    urgent: Weighed,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Weighed {
    strong: Vec<Spanned<String>>,
    plain: Vec<Spanned<String>>,
    weak: Vec<Spanned<String>>,
    against: Vec<Spanned<String>>,
}

impl Weighed {
    fn patterns(self) -> impl Iterator<Item = (f64, Spanned<String>)> {
        let weigh = |weight: f64, patterns: Vec<Spanned<String>>| {
            patterns.into_iter().map(move |pattern| (weight, pattern))
        };
        weigh(4.0, self.strong)
            .chain(weigh(2.0, self.plain))
            .chain(weigh(1.0, self.weak))
            .chain(weigh(-3.0, self.against))
    }
}

pub(crate) fn parse(source: DataFile<'_>, categories: &Categories) -> Result<LanguageRules, Fault> {
    let file: File = source.read()?;
    let mut rules = Vec::new();
    for (code, weighed) in file.category {
        let place =
            categories.all().iter().position(|category| category.code == *code.get_ref()).ok_or_else(
                || {
                    let remedy = format!("use a code of categories.toml: {}", categories.codes().join(", "));
                    source.fault(
                        code.span().start,
                        format!("there is no category \"{}\"", code.get_ref()),
                        remedy,
                    )
                },
            )?;
        add(source, &mut rules, &Axis::Category(place), weighed.patterns())?;
    }
    for (request_type, weighed) in file.request_type {
        add(source, &mut rules, &Axis::RequestType(request_type), weighed.patterns())?;
    }
    for (level, patterns) in file.severity {
        let grade: u8 =
            level.get_ref().parse().ok().filter(|grade| (1..=4).contains(grade)).ok_or_else(|| {
                source.fault(
                    level.span().start,
                    format!("there is no severity \"{}\"", level.get_ref()),
                    "write 1, 2, 3 or 4",
                )
            })?;
        add(source, &mut rules, &Axis::Severity(grade), patterns.into_iter().map(|pattern| (1.0, pattern)))?;
    }
    add(source, &mut rules, &Axis::Urgent, file.urgent.patterns())?;
    let each = |patterns: Vec<Spanned<String>>| {
        patterns.iter().map(|pattern| compile(source, pattern)).collect::<Result<Vec<_>, _>>()
    };
    Ok(LanguageRules {
        language: file.language,
        clause_end: compile(source, &file.clause_end)?,
        conceded: each(file.conceded)?,
        wanted: each(file.wanted)?,
        rules,
    })
}

fn add(
    source: DataFile<'_>,
    rules: &mut Vec<Rule>,
    axis: &Axis,
    patterns: impl Iterator<Item = (f64, Spanned<String>)>,
) -> Result<(), Fault> {
    for (weight, pattern) in patterns {
        rules.push(Rule { axis: axis.clone(), weight, pattern: compile(source, &pattern)? });
    }
    Ok(())
}

fn compile(source: DataFile<'_>, pattern: &Spanned<String>) -> Result<Pattern, Fault> {
    let text = pattern.get_ref();
    let wrong = |what: String| source.fault(pattern.span().start, what, "correct the pattern");
    if text.trim().is_empty() {
        return Err(wrong("an empty pattern would match every text".to_owned()));
    }
    regex_syntax::parse(text).map_err(|error| {
        let reason = error.to_string();
        let last = reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
        wrong(format!("the pattern '{text}' is no regular expression: {last}"))
    })?;
    Ok(Pattern::new(text.clone()))
}
