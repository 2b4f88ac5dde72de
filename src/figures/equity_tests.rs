//! Tests of the equity report, reckoned by hand.

use proptest::prelude::*;

use super::*;
use crate::table::Cell;
use crate::{Period, Ratio, measure, targets};

const DAY: i64 = 86_400_000;

fn frame() -> Frame {
    let day = |text: &str| text.parse().unwrap();
    let period = Period { from: day("2026-03-01"), to: day("2026-03-31") };
    let as_of = Timestamp::from(day("2026-05-01").and_time(chrono::NaiveTime::MIN).and_utc());
    Frame::new(period, chrono_tz::Tz::UTC, as_of, targets::sample())
}

fn row(number: &str, language: &str, status: &str) -> EquityRow {
    let received_at = Timestamp(frame().from.0 + DAY);
    EquityRow {
        case_number: number.to_owned(),
        line: "12320".to_owned(),
        language: language.to_owned(),
        channel: Some("call".to_owned()),
        institution: None,
        region: None,
        category: Some("fees".to_owned()),
        request_type: "complaint".to_owned(),
        status: status.to_owned(),
        received_at,
        due_at: Some(Timestamp(received_at.0 + 20 * DAY)),
        answered_at: None,
        closed_at: None,
        reopened: 0,
        found: 0,
        upheld: 0,
        solved: None,
        satisfaction: None,
    }
}

fn answered_after(days: i64, row: EquityRow) -> EquityRow {
    EquityRow { answered_at: Some(Timestamp(row.received_at.0 + days * DAY)), found: 1, ..row }
}

#[test]
fn a_month_by_language_reckoned_by_hand() {
    let rows = [
        EquityRow {
            upheld: 1,
            solved: Some(true),
            satisfaction: Some(4),
            ..answered_after(10, row("1", "zh-CN", "closed"))
        },
        EquityRow {
            solved: Some(false),
            satisfaction: Some(1),
            reopened: 1,
            ..answered_after(30, row("2", "zh-CN", "reopened"))
        },
        row("3", "zh-CN", "in_progress"),
        row("4", "en", "not_accepted"),
        EquityRow { closed_at: Some(frame().as_of), ..row("5", "en", "archived") },
        EquityRow { due_at: None, ..row("6", "en", "recorded") },
        EquityRow { received_at: Timestamp(frame().until.0), ..row("7", "en", "recorded") },
    ];
    let (groups, all) = measure::fold(&measures(), &rows, &frame(), |row| row.language.clone());
    let ratio = |numerator, denominator| Cell::Ratio(Ratio { numerator, denominator });
    let english = vec![
        Cell::Count(3),
        Cell::Count(1),
        Cell::Count(1),
        Cell::Count(0),
        Cell::Count(1),
        Cell::Tenths(None),
        ratio(1, 3),
        ratio(0, 0),
        ratio(0, 0),
        ratio(0, 0),
        ratio(0, 0),
        ratio(0, 0),
        ratio(0, 0),
    ];
    let chinese = vec![
        Cell::Count(3),
        Cell::Count(0),
        Cell::Count(0),
        Cell::Count(2),
        Cell::Count(1),
        Cell::Tenths(Some(100)),
        ratio(0, 3),
        ratio(1, 3),
        ratio(1, 2),
        ratio(2, 2),
        ratio(1, 2),
        ratio(1, 2),
        ratio(1, 2),
    ];
    assert_eq!(groups[0].cells, english);
    assert_eq!(groups[1].cells, chinese);
    assert_eq!(all[0], Cell::Count(6), "what came in April is April's");
}

proptest! {
    #[test]
    fn every_case_has_one_fate(
        status in prop::sample::select(vec![
            "recorded", "in_progress", "answered", "closed", "not_accepted", "withdrawn", "merged", "archived",
        ]),
        answered in any::<bool>(), closed in any::<bool>(),
    ) {
        let mut one = row("1", "da", status);
        one.answered_at = answered.then_some(one.received_at);
        one.closed_at = closed.then_some(one.received_at);
        let counts: Vec<u64> = measures()[..5].iter().map(|measure| match measure.over(&[&one], &frame()) {
            Cell::Count(count) => count,
            _ => 99,
        }).collect();
        prop_assert_eq!(counts[0], 1);
        prop_assert_eq!(counts[1..].iter().sum::<u64>(), 1);
    }
}
