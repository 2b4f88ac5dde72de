//! Tests of the themes, against values of a table of the Poisson distribution and reckoned by hand.

use proptest::prelude::*;

use super::*;
use crate::{Period, targets};

#[test]
fn the_tail_of_the_poisson_distribution() {
    for (count, mean, chance) in [
        (0, 3.0, 1.0),
        (1, 3.0, 0.950_213),
        (5, 1.0, 0.003_660),
        (10, 4.0, 0.008_132),
        (3, 0.1, 0.000_155),
        (120, 100.0, 0.028_230),
    ] {
        let found = at_least(count, mean);
        assert!((found - chance).abs() < 0.000_001_5, "{count} of {mean}: {found}");
    }
    assert!(at_least(500, 1.0) >= 0.0 && at_least(500, 1.0) < 1e-300);
    assert_eq!(at_least(2, 0.0), 0.0);
}

fn frame() -> Frame {
    let day = |text: &str| text.parse().unwrap();
    let period = Period { from: day("2026-03-01"), to: day("2026-03-30") };
    Frame::new(period, chrono_tz::Tz::UTC, Timestamp(i64::MAX), targets::sample())
}

fn told(category: &str, caller: u64, days: i64) -> ThemeRow {
    ThemeRow {
        case_number: caller.to_string(),
        ordinal: 1,
        caller: caller.to_string(),
        institution: None,
        region: None,
        category: Some(category.to_owned()),
        received_at: Timestamp(frame().from.0 + days * 86_400_000),
    }
}

fn long_ago() -> Option<Timestamp> {
    Some(Timestamp(0))
}

#[test]
fn a_young_house_has_fewer_stretches_and_one_of_yesterday_no_new_themes() {
    let mut rows: Vec<_> = (0..10).map(|n| told("fees", n, 3)).collect();
    rows.extend((0..18).map(|n| told("fees", n, -40)));
    let of = |days: i64| {
        let since = Timestamp(frame().from.0 - days * 86_400_000);
        let found = themes(&rows, Some(since), &frame(), |row| row.category.clone().unwrap_or_default());
        (found[0].expected, found[0].new)
    };
    // Eighteen in sixty days are nine in thirty: ten are as usual. In a year they would have been news.
    assert_eq!(of(60), (Some(9.0), false));
    assert_eq!(of(3_600), (Some(1.5), true));
    assert_eq!(of(29), (None, false));
    let found = themes(&rows, None, &frame(), |_| String::new());
    assert_eq!((found[0].expected, found[0].new), (None, false));
}

#[test]
fn what_is_new_stands_first_and_one_caller_is_no_theme() {
    let mut rows: Vec<_> = (0..40).map(|n| told("fees", n, 3)).collect();
    // As many in each of the twelve stretches before.
    rows.extend((0..480).map(|n| told("fees", n, -1 - i64::try_from(n % 360).unwrap())));
    rows.extend((0..4).map(|n| told("drugs", n, 5)));
    // Ten times the same man.
    rows.extend((0..10).map(|_| told("safety", 7, 6)));
    // Twelve before: one a stretch; six now.
    rows.extend((0..12).map(|n| told("records", n, -5)));
    rows.extend((0..6).map(|n| told("records", n, 9)));
    rows.push(told("process", 1, -9));
    let found = themes(&rows, long_ago(), &frame(), |row| row.category.clone().unwrap_or_default());
    let order: Vec<_> = found.iter().map(|theme| (theme.key.as_str(), theme.new)).collect();
    assert_eq!(order, [("drugs", true), ("records", true), ("fees", false), ("safety", false)]);
    let fees = &found[2];
    assert_eq!((fees.now, fees.before, fees.expected), (40, 480, Some(40.0)));
    assert!(fees.chance.is_some_and(|chance| chance > 0.4 && chance < 0.6), "{fees:?}");
    assert_eq!((found[3].now, found[3].callers), (10, 1));
    assert_eq!(found[1].expected, Some(1.0));
}

proptest! {
    #[test]
    fn more_is_never_likelier(mean in 0.01f64..300.0, count in 0u64..600) {
        let (here, more) = (at_least(count, mean), at_least(count + 1, mean));
        prop_assert!((0.0..=1.0).contains(&here) && more <= here + 1e-12);
        // What the plain sum from nothing upwards says, where it can say it.
        let (mut term, mut below) = ((-mean).exp(), 0.0);
        for n in 0..count {
            below += term;
            #[expect(clippy::cast_precision_loss, reason = "small")]
            { term *= mean / (n + 1) as f64; }
        }
        prop_assert!((here - (1.0 - below)).abs() < 1e-9, "{here} {}", 1.0 - below);
    }
}
