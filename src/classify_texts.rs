//! `hotline classify`: one JSON object a line in, one suggestion a line out.

use std::io::{BufRead, Write};
use std::process::ExitCode;

use anyhow::{Context, bail};
use classify::{Rules, Suggestion, suggest};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Asked {
    id: serde_json::Value,
    text: String,
    #[serde(default)]
    lang: Option<String>,
}

/// The line that is printed. Categories go by their label, as in label files.
#[derive(Serialize)]
struct Answer<'a> {
    id: &'a serde_json::Value,
    request_type: domain::RequestType,
    category: &'a str,
    categories: Vec<Share<'a>>,
    severity: u8,
    urgent: bool,
    because: Vec<String>,
}

#[derive(Serialize)]
struct Share<'a> {
    name: &'a str,
    score: f64,
}

/// Reads texts from `input` and prints a suggestion for each; a line that cannot be read ends it with exit 2.
pub(crate) fn run(rules: &Rules, input: impl BufRead, mut output: impl Write) -> anyhow::Result<ExitCode> {
    for (index, line) in input.lines().enumerate() {
        let number = index + 1;
        let line =
            line.with_context(|| format!("line {number}: is not UTF-8 text; save the file as UTF-8"))?;
        if line.trim().is_empty() {
            continue;
        }
        let asked: Asked = match serde_json::from_str(&line) {
            Ok(asked) => asked,
            Err(error) => {
                bail!("line {number}: {error}; write {{\"id\": …, \"text\": \"…\", \"lang\": \"zh\"}}")
            }
        };
        let suggestion = suggest(rules, &asked.text, asked.lang.as_deref());
        serde_json::to_writer(&mut output, &answer(rules, &asked.id, &suggestion))?;
        output.write_all(b"\n").context("the output cannot be written")?;
    }
    output.flush().context("the output cannot be written")?;
    Ok(ExitCode::SUCCESS)
}

fn answer<'a>(rules: &'a Rules, id: &'a serde_json::Value, suggestion: &'a Suggestion) -> Answer<'a> {
    let label = |code: &'a str| rules.categories().get(code).map_or(code, |category| category.label.as_str());
    let share = |ranked: &'a classify::Ranked| Share { name: label(&ranked.name), score: ranked.score };
    let reason =
        |because: &classify::Because| format!("{} {}: {}", because.axis, because.code, because.words);
    Answer {
        id,
        request_type: suggestion.request_type,
        category: label(&suggestion.category),
        categories: suggestion.categories.iter().map(share).collect(),
        severity: suggestion.severity,
        urgent: suggestion.urgent,
        because: suggestion.because.iter().map(reason).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Rules {
        let categories =
            classify::Categories::parse(include_str!("../config/categories.toml"), "categories.toml")
                .unwrap();
        let file = domain::DataFile::new(include_str!("../config/classify/zh.toml"), "zh.toml");
        Rules::parse(&[file], &categories).unwrap()
    }

    fn classified(input: &str) -> anyhow::Result<Vec<serde_json::Value>> {
        let mut output = Vec::new();
        run(&rules(), input.as_bytes(), &mut output)?;
        Ok(String::from_utf8(output)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
    }

    #[test]
    fn a_line_in_makes_a_line_out_under_the_same_id() {
        let answers = classified(
            "{\"id\":\"a\",\"text\":\"同一个检查重复收费\",\"lang\":\"zh\"}\n\n{\"id\":7,\"text\":\"\"}\n",
        )
        .unwrap();
        assert_eq!((answers.len(), &answers[0]["id"], &answers[1]["id"]), (2, &"a".into(), &7.into()));
        assert_eq!(
            (&answers[0]["category"], &answers[0]["request_type"]),
            (&"收费价格".into(), &"complaint".into())
        );
        assert_eq!(answers[0]["categories"][0]["name"], "收费价格");
        assert!(answers[0]["because"][0].as_str().unwrap().contains("重复收"));
    }

    #[test]
    fn a_bad_line_is_named() {
        for (input, number) in [
            ("{\"id\":1,\"text\":\"x\"}\nnot json", 2),
            ("{\"id\":1}", 1),
            ("[]", 1),
            ("{\"text\":\"x\"}", 1),
        ] {
            let error = classified(input).unwrap_err().to_string();
            assert!(error.starts_with(&format!("line {number}: ")), "{error}");
        }
    }
}
