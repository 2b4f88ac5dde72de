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
    let found = themes(&rows, &frame(), |row| row.category.clone().unwrap_or_default());
    let order: Vec<_> = found.iter().map(|theme| (theme.key.as_str(), theme.new)).collect();
    assert_eq!(order, [("drugs", true), ("records", true), ("fees", false), ("safety", false)]);
    let fees = &found[2];
    assert_eq!((fees.now, fees.before, fees.expected_hundredths), (40, 480, 4_000));
    assert!(fees.chance > 0.4 && fees.chance < 0.6, "{}", fees.chance);
    assert_eq!((found[3].now, found[3].callers), (10, 1));
    assert_eq!(found[1].expected_hundredths, 100);
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
