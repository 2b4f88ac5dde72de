//! The functions that a prompt may call, as `{ DATE($next_open) }`: values in the words of the prompt's language.
//!
//! `ivr-scripts/README.md` explains each to authors.

use std::borrow::Cow;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use domain::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentType;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement};

use crate::spoken::{self, Tongue, tongue};

/// Names of all functions; each takes one value.
pub(crate) const FUNCTIONS: [&str; 8] =
    ["NUMBER", "COUNT", "ORDINAL", "DIGITS", "DATE", "TIME", "DURATION", "PLACE"];

/// A value that knows how it is said where no function is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) what: What,
    pub(crate) language: Language,
}

/// Values with more than one way of being said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    Moment(NaiveDateTime),
    /// Digits of a number that is not counted with: a telephone, a case.
    Digits(String),
}

impl Said {
    fn plainly(&self) -> Cow<'static, str> {
        Cow::Owned(match &self.what {
            What::Moment(at) => tongue(&self.language).moment(*at),
            What::Digits(digits) => spoken::digits(&self.language, digits),
        })
    }
}

impl FluentType for Said {
    fn duplicate(&self) -> Box<dyn FluentType + Send> {
        Box::new(self.clone())
    }

    fn as_string(&self, _: &intl_memoizer::IntlLangMemoizer) -> Cow<'static, str> {
        self.plainly()
    }

    fn as_string_threadsafe(&self, _: &intl_memoizer::concurrent::IntlLangMemoizer) -> Cow<'static, str> {
        self.plainly()
    }
}

/// Makes the functions known to the prompts of one language.
pub(crate) fn add_to(bundle: &mut FluentBundle<FluentResource>, language: &Language) {
    let tongue = tongue(language);
    for name in FUNCTIONS {
        // A bundle that has just been made has no function of that name yet.
        let _ = bundle.add_function(name, move |values, options| {
            values.first().and_then(|value| call(name, tongue, value, options)).unwrap_or(FluentValue::Error)
        });
    }
}

/// A call that cannot be carried out, and its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Miscall {
    /// There is no such function.
    Unknown { name: String },
    /// It cannot say what is written out.
    Literal { name: String, text: String, wanted: &'static str },
}

/// Calls of a prompt file that would say nothing.
pub(crate) fn miscalls(file: &FluentResource) -> Vec<(Miscall, usize)> {
    let mut found = Vec::new();
    for entry in file.entries() {
        if let Entry::Message(Message { value: Some(pattern), .. }) = entry {
            in_pattern(pattern, file.source(), &mut found);
        }
    }
    found
}

fn in_pattern(pattern: &Pattern<&str>, source: &str, found: &mut Vec<(Miscall, usize)>) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { .. } => {}
            PatternElement::Placeable { expression } => in_expression(expression, source, found),
        }
    }
}

fn in_expression(expression: &Expression<&str>, source: &str, found: &mut Vec<(Miscall, usize)>) {
    let inline = match expression {
        Expression::Inline(inline) => inline,
        Expression::Select { selector, variants } => {
            variants.iter().for_each(|variant| in_pattern(&variant.value, source, found));
            selector
        }
    };
    match inline {
        InlineExpression::FunctionReference { id, arguments } => {
            // The name is a slice of the file's own text, so its place in it is the offset.
            let offset = (id.name.as_ptr() as usize).saturating_sub(source.as_ptr() as usize);
            let name = id.name.to_owned();
            if !FUNCTIONS.contains(&id.name) {
                found.push((Miscall::Unknown { name }, offset));
            } else if let Some((text, wanted)) =
                arguments.positional.first().and_then(|it| unsaid(id.name, it))
            {
                found.push((Miscall::Literal { name, text, wanted }, offset));
            }
        }
        InlineExpression::Placeable { expression } => in_expression(expression, source, found),
        _ => {}
    }
}

/// What is written out and cannot be said, and what is wanted instead.
fn unsaid(function: &str, written: &InlineExpression<&str>) -> Option<(String, &'static str)> {
    let (InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value }) = written
    else {
        return None;
    };
    let text = value.trim();
    let (said, wanted) = match function {
        "DATE" => (day(text).is_some(), "a day, as \"2026-03-05\""),
        "TIME" => (time(text).is_some(), "a time of the day, as \"08:30\""),
        "NUMBER" | "COUNT" | "ORDINAL" | "DURATION" => (text.parse::<u32>().is_ok(), "a whole number"),
        _ => (!text.is_empty(), "something to say"),
    };
    (!said).then(|| (text.to_owned(), wanted))
}

fn call(
    name: &str,
    tongue: &dyn Tongue,
    value: &FluentValue<'_>,
    options: &FluentArgs<'_>,
) -> Option<FluentValue<'static>> {
    let said = match name {
        "NUMBER" => tongue.cardinal(number(value)?),
        "COUNT" => tongue.counted(number(value)?),
        "ORDINAL" => tongue.ordinal(number(value)?),
        "DIGITS" => spoken::spelt(tongue, &text(value)?, option(options, "one").as_deref()),
        "DATE" => {
            tongue.date(moment(value)?.date(), option(options, "year").is_some_and(|word| word == "yes"))
        }
        "TIME" => spoken::clock(tongue, moment(value)?.time()),
        "DURATION" => tongue.duration(number(value)?),
        "PLACE" => tongue.place(&text(value)?),
        _ => return None,
    };
    Some(FluentValue::from(said))
}

fn option(options: &FluentArgs<'_>, name: &str) -> Option<String> {
    options.get(name).and_then(text)
}

fn said<'v>(value: &'v FluentValue<'_>) -> Option<&'v Said> {
    let FluentValue::Custom(custom) = value else { return None };
    // The box itself is a value of a type of its own: what it holds is asked.
    (**custom).as_any().downcast_ref()
}

fn text(value: &FluentValue<'_>) -> Option<String> {
    match (value, said(value).map(|said| &said.what)) {
        (FluentValue::String(text), _) => Some(text.to_string()),
        (FluentValue::Number(number), _) => Some(number.as_string().into_owned()),
        (_, Some(What::Digits(digits))) => Some(digits.clone()),
        _ => None,
    }
}

fn number(value: &FluentValue<'_>) -> Option<u32> {
    text(value)?.trim().parse().ok()
}

fn moment(value: &FluentValue<'_>) -> Option<NaiveDateTime> {
    match (value, said(value).map(|said| &said.what)) {
        (FluentValue::String(text), _) => written_moment(text),
        (_, Some(What::Moment(at))) => Some(*at),
        _ => None,
    }
}

/// Reads `2026-03-05`, `2026-03-05 08:30` or `08:30`.
pub(crate) fn written_moment(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim();
    day(text).or_else(|| time(text))
}

/// Reads `2026-03-05` or `2026-03-05 08:30`.
fn day(text: &str) -> Option<NaiveDateTime> {
    let whole = || NaiveDate::parse_from_str(text, "%Y-%m-%d").map(|day| day.and_time(NaiveTime::MIN));
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").or_else(|_| whole()).ok()
}

/// Reads `08:30` or `2026-03-05 08:30`.
fn time(text: &str) -> Option<NaiveDateTime> {
    let bare = || NaiveTime::parse_from_str(text, "%H:%M").map(|time| NaiveDate::default().and_time(time));
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").or_else(|_| bare()).ok()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::prompts::{Prompts, Value};

    #[test]
    fn prompts_call_functions_in_their_own_language() {
        let values: Vec<(String, Value)> = vec![
            ("n".to_owned(), Value::Number(2)),
            ("held".to_owned(), Value::Digits("120".to_owned())),
            ("opens".to_owned(), Value::Moment(written_moment("2026-03-05 09:30").unwrap())),
        ];
        for (pattern, zh, da, en) in [
            ("{ NUMBER($n) }", "二", "to", "two"),
            ("{ COUNT($n) }", "两", "to", "two"),
            ("{ ORDINAL($n) }", "第二", "anden", "second"),
            ("{ DURATION($n) }", "两分钟", "to minutter", "two minutes"),
            (
                "{ DURATION(75) }",
                "一小时十五分钟",
                "en time og femten minutter",
                "one hour and fifteen minutes",
            ),
            ("{ DIGITS($held) }", "幺二零", "et to nul", "one two zero"),
            ("{ DIGITS(\"110\", one: \"I\") }", "II零", "I I nul", "I I zero"),
            ("{ $held }", "1 2 0", "1 2 0", "1 2 0"),
            ("{ TIME($opens) }", "上午九点半", "klokken ni tredive", "half past nine in the morning"),
            ("{ TIME(\"14:00\") }", "下午两点", "klokken fjorten", "two o'clock in the afternoon"),
            ("{ DATE($opens) }", "三月五日星期四", "torsdag den femte marts", "Thursday the fifth of March"),
            (
                "{ DATE(\"2026-02-17\", year: \"yes\") }",
                "二〇二六年二月十七日星期二",
                "tirsdag den syttende februar totusind og seksogtyve",
                "Tuesday the seventeenth of February, twenty twenty-six",
            ),
            (
                "{ $opens }",
                "三月五日星期四上午九点半",
                "torsdag den femte marts klokken ni tredive",
                "Thursday the fifth of March at half past nine in the morning",
            ),
            ("{ PLACE(\"12\") }", "十二", "tolv", "twelve"),
        ] {
            for (tag, expected) in [("zh-CN", zh), ("da", da), ("en", en)] {
                let language = Language::parse(tag).unwrap();
                let file = FluentResource::try_new(format!("it = {pattern}\n")).unwrap();
                let prompts = Prompts::compile(
                    std::slice::from_ref(&language),
                    BTreeMap::from([(tag.to_owned(), file)]),
                    &[],
                );
                let said = prompts.say(&language, "it", || values.clone()).unwrap();
                assert_eq!(said.text, expected, "{pattern} in {tag}");
            }
        }
    }

    #[test]
    fn a_function_that_is_not_there_is_found_with_its_place() {
        let text =
            "a = { DATE($now) }\nb = { $x ->\n    [one] { SHOUT($x) }\n   *[other] { { WHISPER(1) } }\n  }\n";
        let file = FluentResource::try_new(text.to_owned()).unwrap();
        let found = miscalls(&file);
        let names: Vec<_> = found.iter().map(|(call, _)| call.clone()).collect();
        let unknown = |name: &str| Miscall::Unknown { name: name.to_owned() };
        assert_eq!(names, [unknown("SHOUT"), unknown("WHISPER")]);
        assert!(text[found[0].1..].starts_with("SHOUT") && text[found[1].1..].starts_with("WHISPER"));
    }

    #[test]
    fn what_is_written_out_must_be_something_that_the_function_says() {
        for (call, fine) in [
            ("DATE(\"2026-02-17\")", true),
            ("DATE(\"2026-02-17 08:30\")", true),
            ("DATE(\"bad\")", false),
            ("DATE(\"2026-02-30\")", false),
            ("DATE(\"08:30\")", false),
            ("DATE(2026)", false),
            ("TIME(\"14:00\")", true),
            ("TIME(\"2026-02-17\")", false),
            ("TIME(\"25:00\")", false),
            ("DURATION(75)", true),
            ("DURATION(\"soon\")", false),
            ("NUMBER(-1)", false),
            ("DIGITS(\"110\")", true),
            ("DIGITS(\"\")", false),
            ("PLACE(\"Algade 15\")", true),
            ("DATE($now)", true),
        ] {
            let file = FluentResource::try_new(format!("a = {{ {call} }}\n")).unwrap();
            assert_eq!(miscalls(&file).is_empty(), fine, "{call}");
        }
    }

    #[test]
    fn moments_are_read_as_they_are_written() {
        for (text, readable) in
            [("2026-03-05", true), ("2026-03-05 25:00", false), ("8:30", true), ("soon", false)]
        {
            assert_eq!(written_moment(text).is_some(), readable, "{text}");
        }
    }
}
