//! Tests of letters: what they say, and what they never say.

use super::*;
use crate::firewall::{Identity, Secrecy};

fn texts() -> LetterTexts {
    let files = [
        (include_str!("../../../config/letters/zh-CN.toml"), "zh-CN.toml"),
        (include_str!("../../../config/letters/en.toml"), "en.toml"),
        (include_str!("../../../config/letters/da.toml"), "da.toml"),
    ];
    LetterTexts::parse(&files.map(|(text, file)| (text.to_owned(), file.to_owned()))).unwrap()
}

fn told() -> String {
    "Camilla Kanariefugl (tel. 138 7777 6666) was shouted at in ward 3".to_owned()
}

fn material(language: &str) -> Material {
    Material {
        language: language.to_owned(),
        sender: None,
        institution: Some("Yunhe First Hospital".to_owned()),
        authority: Some("The agency".to_owned()),
        complainant: Some("Camilla Kanariefugl".to_owned()),
        contact: Some("+86 138 7777 6666".to_owned()),
        number: "1234 5678".to_owned(),
        date: "2026-02-13".to_owned(),
        received: "2026-02-12".to_owned(),
        due: Some("2026-02-20".to_owned()),
        words: Some(told()),
        points: vec![LetterPoint {
            words: told(),
            institution: Some("Yunhe First Hospital".to_owned()),
            finding: Some(Finding::Upheld),
            standard: Some("high probability".to_owned()),
            outcome_kind: Some(OutcomeKind::Remedy),
            outcome: Some(told()),
            added: true,
        }],
        evidence: vec![LetterEvidence {
            kind: EvidenceKind::Footage,
            what: told(),
            due: Some("2026-02-14".to_owned()),
        }],
        route: Some("Ask for a review.".to_owned()),
        advice: Some("Turn to the court.".to_owned()),
        package: Some(LetterPackage {
            reason: crate::dialogue::ForwardReason::Maintained,
            held: Some("2026-02-13".to_owned()),
            minutes: Some(told()),
            statements: vec![LetterStatement {
                side: crate::investigation::Side::Institution,
                day: "2026-02-12".to_owned(),
                words: told(),
            }],
            enclosed: vec![Enclosed { called: "enclosure-1.pdf".to_owned(), name: told() }],
            separately: vec![Enclosed { called: "enclosure-2.png".to_owned(), name: told() }],
        }),
    }
}

fn letter(kind: LetterKind, material: Material, secrecy: Secrecy) -> Letter {
    let screen = |recipient| Ok::<_, std::convert::Infallible>(screen(recipient, secrecy));
    Letter::new(kind, material, screen).unwrap()
}

fn screen(recipient: Recipient, secrecy: Secrecy) -> Screen {
    let identity = Identity {
        names: vec!["Camilla Kanariefugl".to_owned()],
        numbers: vec!["+86 138 7777 6666".to_owned()],
    };
    Screen::new(recipient, secrecy, &identity, "[…]")
}

#[test]
fn every_letter_is_written_in_every_language_and_names_case_and_day() {
    let texts = texts();
    for language in ["zh-CN", "en", "da"] {
        for kind in LetterKind::ALL {
            let sheet = letter(*kind, material(language), Secrecy::Named).sheet(&texts).unwrap();
            let text = sheet.text();
            assert_eq!(sheet.language, language);
            assert!(text.contains("1234 5678") && text.contains("2026-02-13"), "{text}");
            assert!(!text.contains('{') && !text.contains('}'), "{language} {kind}: {text}");
            assert!(sheet.pieces.len() > 1, "{language} {kind}");
            let again: Sheet = serde_json::from_str(&serde_json::to_string(&sheet).unwrap()).unwrap();
            assert_eq!(again, sheet);
        }
    }
}

#[test]
fn the_accused_is_never_told_who_complains_where_it_is_secret() {
    let texts = texts();
    for (kind, secrecy) in
        [LetterKind::EvidenceRequest, LetterKind::PreserveRequest].into_iter().flat_map(|kind| {
            [Secrecy::Unspoken, Secrecy::Confidential, Secrecy::Report].map(|secrecy| (kind, secrecy))
        })
    {
        for language in ["zh-CN", "en", "da"] {
            let told = Material {
                institution: Some("Camilla Kanariefugls klinik".to_owned()),
                ..material(language)
            };
            let text = letter(kind, told, secrecy).sheet(&texts).unwrap().text();
            for canary in ["Camilla", "Kanariefugl", "7777", "6666"] {
                assert!(!text.contains(canary), "{canary} in {kind} ({secrecy}): {text}");
            }
            assert!(text.contains("ward 3"), "the matter itself is told: {text}");
        }
    }
}

#[test]
fn a_result_tells_finding_standard_outcome_and_route_and_leaves_out_what_is_not_there() {
    let texts = texts();
    let result = |material| letter(LetterKind::Result, material, Secrecy::Confidential);
    let text = result(material("en")).sheet(&texts).unwrap().text();
    for part in ["Dear Camilla Kanariefugl", "upheld", "high probability", "Ask for a review.", "shouted at"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    let bare = Material { route: None, words: None, due: None, complainant: None, ..material("en") };
    let text = result(bare).sheet(&texts).unwrap().text();
    assert!(!text.contains("Ask for a review.") && text.contains("Dear complainant"), "{text}");
}

#[test]
fn no_letter_announces_what_it_does_not_tell() {
    let texts = texts();
    for language in ["zh-CN", "en", "da"] {
        let bare = Material { evidence: Vec::new(), route: None, advice: None, ..material(language) };
        for kind in [LetterKind::Result, LetterKind::NonAcceptance, LetterKind::Forwarding] {
            let sheet = letter(kind, bare.clone(), Secrecy::Confidential).sheet(&texts).unwrap();
            let announces =
                |piece: &Piece| matches!(piece, Piece::Text(text) if text.ends_with([':', '\u{ff1a}']));
            let told = |pair: &[Piece]| !announces(&pair[0]) || !matches!(pair[1], Piece::Text(_));
            assert!(sheet.pieces.windows(2).all(told), "{language} {kind}: {:?}", sheet.pieces);
            assert!(!announces(sheet.pieces.last().unwrap()), "{language} {kind}: {:?}", sheet.pieces);
        }
    }
}

#[test]
fn a_file_that_lacks_a_letter_or_names_what_no_letter_tells_is_refused() {
    let whole = include_str!("../../../config/letters/en.toml").to_owned();
    let one = |text: String| LetterTexts::parse(&[(text, "en.toml".to_owned())]).unwrap_err().to_string();
    assert!(one(whole.replace("{received}", "{birthday}")).contains("birthday"));
    assert!(one(whole.replace("[letter.forwarding]", "[letter.extension2]")).contains("extension2"));
    assert!(one(whole.clone()).contains("zh-CN"), "the other languages are missing");
    assert_eq!(texts().day("da", (2026, 2, 3)), "03.02.2026");
}
