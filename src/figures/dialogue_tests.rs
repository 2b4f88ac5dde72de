//! Twelve offers, reckoned by hand.

use chrono::NaiveDate;

use super::*;
use crate::measure::{Side, fold};
use crate::{Period, grouping};

const DAY: i64 = 86_400;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn frame() -> Frame {
    let day = |day| NaiveDate::from_ymd_opt(2026, 2, day).unwrap();
    let period = Period { from: day(1), to: day(28) };
    let zone = chrono_tz::Europe::Copenhagen;
    Frame::new(period, zone, at("2026-03-20T12:00:00+01:00"), crate::targets::sample())
}

/// Answered on 2 February at nine, in the region Midtjylland; not wanted unless said otherwise.
fn offer(number: &str) -> DialogueRow {
    DialogueRow {
        case_id: number.to_owned(),
        case_number: number.to_owned(),
        line: "dialog".to_owned(),
        stage: "not_wanted".to_owned(),
        accepted: false,
        eligible: true,
        verdicts: vec!["eligible".to_owned()],
        motive: None,
        owner_kind: None,
        region: None,
        department: None,
        answered_at: at("2026-02-02T09:00:00+01:00"),
        received_at: None,
        contacted_at: None,
        due_at: None,
        held_at: None,
        form: None,
        companion: None,
        companion_came: false,
        site_refused: false,
        learned: 0,
        decided: None,
        forward_reason: None,
        to_forward_at: None,
        sent_at: None,
    }
}

/// Received at once, with four weeks; contacted after so many days.
fn running(number: &str, stage: &str, contacted: Option<i64>) -> DialogueRow {
    let received = at("2026-02-02T09:00:00+01:00");
    DialogueRow {
        stage: stage.to_owned(),
        accepted: true,
        region: Some("midtjylland".to_owned()),
        received_at: Some(received),
        due_at: Some(received.plus_seconds(28 * DAY)),
        contacted_at: contacted.map(|days| received.plus_seconds(days * DAY)),
        ..offer(number)
    }
}

fn held(number: &str, stage: &str, decided: Option<&str>) -> DialogueRow {
    DialogueRow {
        held_at: Some(at("2026-02-12T10:00:00+01:00")),
        form: Some("telephone".to_owned()),
        decided: decided.map(str::to_owned),
        ..running(number, stage, Some(3))
    }
}

fn accompanied(row: DialogueRow, kind: &str) -> DialogueRow {
    DialogueRow {
        form: Some("meeting".to_owned()),
        companion: Some(kind.to_owned()),
        companion_came: true,
        learned: 2,
        ..row
    }
}

fn forwarded(row: DialogueRow, reason: &str, days: i64) -> DialogueRow {
    let from = at("2026-02-20T09:00:00+01:00");
    DialogueRow {
        forward_reason: Some(reason.to_owned()),
        to_forward_at: Some(from),
        sent_at: Some(from.plus_seconds(days * DAY)),
        ..row
    }
}

fn twelve() -> Vec<DialogueRow> {
    let verdicts = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
    vec![
        // Three say no; one of them could have had none anyway.
        offer("1"),
        offer("2"),
        DialogueRow { eligible: false, verdicts: verdicts(&["confidentiality"]), ..offer("3") },
        // One says yes and nothing qualifies.
        DialogueRow {
            accepted: true,
            eligible: false,
            stage: "not_possible".to_owned(),
            verdicts: verdicts(&["self_paid", "record_keeping"]),
            ..offer("4")
        },
        // Five take place: withdrawn, satisfied, maintained in part and more, silence, still to decide.
        accompanied(held("5", "withdrawn", Some("withdrawn")), "relative"),
        held("6", "satisfied", Some("satisfied")),
        forwarded(
            accompanied(held("7", "forwarded", Some("extended_and_dropped")), "volunteer"),
            "maintained",
            1,
        ),
        forwarded(held("8", "forwarded", Some("undecided")), "undecided", 3),
        held("9", "held", None),
        // Two end without: a practitioner refuses, the time is over.
        forwarded(
            DialogueRow { site_refused: true, ..running("10", "to_forward", Some(9)) },
            "site_refused",
            2,
        ),
        DialogueRow {
            forward_reason: Some("overrun".to_owned()),
            to_forward_at: Some(at("2026-03-03T00:00:00+01:00")),
            verdicts: verdicts(&["eligible", "record_keeping"]),
            ..running("11", "to_forward", None)
        },
        // One was given more time by decree and is still to come.
        DialogueRow { due_at: Some(at("2026-04-01T00:00:00+02:00")), ..running("12", "invited", Some(7)) },
    ]
}

fn cell(id: &str) -> Cell {
    let measures = measures();
    let measure = measures.iter().find(|measure| measure.id == id).unwrap();
    let rows = twelve();
    measure.over(&rows.iter().collect::<Vec<_>>(), &frame())
}

fn share(id: &str) -> (u64, u64) {
    match cell(id) {
        Cell::Ratio(ratio) => (ratio.numerator, ratio.denominator),
        other => panic!("{id}: {other:?}"),
    }
}

#[test]
fn a_dozen_offers_reckoned_by_hand() {
    for (id, wanted) in [
        ("dialogues-offered", 12),
        ("dialogue-not-wanted", 3),
        ("dialogue-not-eligible", 1),
        ("dialogue-open", 1),
        ("dialogue-held", 5),
        ("dialogue-not-held", 2),
        ("dialogue-meeting", 2),
        ("dialogue-telephone", 3),
        ("dialogue-with-relative", 1),
        ("dialogue-with-friend", 0),
        ("dialogue-with-volunteer", 1),
        ("dialogue-site-refused", 1),
        ("dialogue-withdrawn", 2),
        ("dialogue-maintained", 0),
        ("dialogue-extended", 1),
        ("dialogue-dropped", 1),
        ("dialogue-undecided", 1),
        ("dialogue-decision-awaited", 1),
        ("dialogue-forwarded-by-itself", 2),
    ] {
        assert_eq!(cell(id), Cell::Count(wanted), "{id}");
    }
    assert_eq!(share("dialogue-uptake"), (9, 12));
    assert_eq!(share("dialogue-eligible-rate"), (10, 12));
    // Of eight that were received all have been contacted but number 11, whose week is over; 10 came after nine days.
    assert_eq!(share("dialogue-contact-rate"), (6, 8));
    // Number 12 still has time.
    assert_eq!(share("dialogue-in-time"), (5, 7));
    assert_eq!(share("dialogue-companion-rate"), (2, 5));
    assert_eq!(share("dialogue-withdrawal-rate"), (2, 4));
    assert_eq!(share("dialogue-learning-rate"), (2, 5));
    // One, two and three days: two in the middle. What is not sent yet has none.
    assert_eq!(cell("dialogue-forwarding-days"), Cell::Tenths(Some(20)));
}

#[test]
fn every_offer_has_one_fate_and_the_groups_add_up() {
    let (frame, rows, measures) = (frame(), twelve(), measures());
    let fates = [
        "dialogue-not-wanted",
        "dialogue-not-eligible",
        "dialogue-open",
        "dialogue-held",
        "dialogue-not-held",
    ];
    for row in &rows {
        let has = |id: &&&str| {
            let measure = measures.iter().find(|measure| measure.id == **id).unwrap();
            measure.rests_on(row, Side::Counted, &frame)
        };
        assert_eq!(fates.iter().filter(has).count(), 1, "{}", row.case_number);
    }
    let (groups, all) = fold(&measures, &rows, &frame, |row| grouping::dialogue(row, "region", &frame));
    let keys: Vec<_> = groups.iter().map(|group| group.key.as_str()).collect();
    assert_eq!(keys, ["midtjylland", "none"]);
    for (place, whole) in all.iter().enumerate() {
        let Cell::Count(whole) = whole else { continue };
        let parts = groups.iter().map(|group| match group.cells[place] {
            Cell::Count(part) => part,
            ref other => panic!("{other:?}"),
        });
        assert_eq!(parts.sum::<u64>(), *whole, "{}", measures[place].id);
    }
}

#[test]
fn an_offer_of_another_month_is_not_counted() {
    let late = DialogueRow { answered_at: at("2026-03-01T00:00:00+01:00"), ..held("1", "held", None) };
    for measure in measures() {
        let none = match measure.over(&[&late], &frame()) {
            Cell::Count(count) => count == 0,
            Cell::Ratio(ratio) => ratio == Ratio::default(),
            Cell::Tenths(value) => value.is_none(),
            _ => false,
        };
        assert!(none, "{}", measure.id);
    }
}

#[test]
fn points_by_verdict_among_all_that_were_judged() {
    let rows = twelve();
    // Twelve complaints, two of them with two points.
    let ratio = |numerator| Ratio { numerator, denominator: 14 };
    assert_eq!(verdict_cells(&rows, Some("record_keeping"), 1), [Cell::Count(2), Cell::Ratio(ratio(2))]);
    assert_eq!(verdict_cells(&rows, Some("insurance_paid"), 1), [Cell::Count(0), Cell::Ratio(ratio(0))]);
    assert_eq!(verdict_cells(&rows, None, 1), [Cell::Count(14), Cell::Ratio(ratio(14))]);
    assert_eq!(verdict_cells(&rows, Some("self_paid"), 20), [Cell::Count(1), Cell::FewOf(ratio(1))]);
}

#[test]
fn few_are_no_percentage_and_nothing_is_still_nothing() {
    let of = |numerator, denominator| Cell::Ratio(Ratio { numerator, denominator });
    assert_eq!(few(of(19, 19), 20), Cell::FewOf(Ratio { numerator: 19, denominator: 19 }));
    assert_eq!(few(of(19, 20), 20), of(19, 20));
    assert_eq!(few(of(0, 0), 20), of(0, 0));
    assert_eq!(few(Cell::Count(3), 20), Cell::Count(3));
    let parts = few(of(1, 3), 20).parts(&crate::words::Plain, chrono_tz::UTC);
    assert_eq!(parts, ["report-too-few", "1", "3"]);
}
