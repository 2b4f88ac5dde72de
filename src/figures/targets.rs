//! What the figures are held against: limits and targets. They are policy, so they are data
//! (`config/reports.toml`), each with its source.

use domain::{DataFile, Fault};
use serde::Deserialize;

/// Limits in seconds, minutes or days, targets in percent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    pub telephone: Telephone,
    pub dispatch: Dispatch,
    pub callback: Callback,
    pub closing: Closing,
    pub agreement: Agreement,
    pub dialogue: Dialogue,
    pub equity: Equity,
    pub themes: Themes,
    pub publication: Publication,
}

impl Targets {
    /// Reads the file.
    pub fn parse(text: &str, file: &str) -> Result<Self, Fault> {
        DataFile::new(text, file).read()
    }
}

/// When one group is said to fare otherwise than the others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Equity {
    /// Fewer cases than these give no percentage, and no comparison.
    pub least_share: u64,
    pub confidence: Confidence,
}

/// When a theme is new.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Themes {
    /// How many stretches before, as long as the period, it is held against.
    pub stretches_before: u32,
    /// Told by fewer different callers, it is no theme.
    pub least_callers: u64,
    /// It is new where chance alone would bring so many in less than so many of 100,000 periods.
    pub chance_per_100000: u32,
}

/// What may be told to everybody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    /// The smallest number of cases that is shown.
    pub least_cell: u64,
}

/// How sure it must be that a difference is no chance.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u32")]
pub enum Confidence {
    Ninety,
    NinetyFive,
    #[default]
    NinetyNine,
}

impl TryFrom<u32> for Confidence {
    type Error = String;

    fn try_from(percent: u32) -> Result<Self, String> {
        let all = [Self::Ninety, Self::NinetyFive, Self::NinetyNine];
        let found = all.into_iter().find(|one| one.percent() == percent);
        found.ok_or_else(|| format!("{percent} is no usual confidence; use 90, 95 or 99"))
    }
}

impl Confidence {
    /// In percent.
    pub fn percent(self) -> u32 {
        match self {
            Self::Ninety => 90,
            Self::NinetyFive => 95,
            Self::NinetyNine => 99,
        }
    }

    /// How many standard errors lie between the middle and each end, by the normal distribution.
    pub fn standard_errors(self) -> f64 {
        match self {
            Self::Ninety => 1.644_854,
            Self::NinetyFive => 1.959_964,
            Self::NinetyNine => 2.575_829,
        }
    }
}

/// Targets of the telephone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Telephone {
    /// Connect rate wanted, in percent.
    pub connect_percent: u32,
    /// Answered within so many seconds counts as quick.
    pub answer_seconds: i64,
    /// Share of answered calls that should be quick, in percent.
    pub answer_percent: u32,
    /// T of the service level formulas, in seconds.
    pub service_level_seconds: i64,
    /// Service level wanted, in percent.
    pub service_level_percent: u32,
    /// Abandoned within so many seconds counts as a mis-dial in F5.
    pub short_abandon_seconds: i64,
    /// Abandonment tolerated, in percent.
    pub abandoned_percent: u32,
}

/// How soon a case has to be on its way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dispatch {
    /// Minutes from receipt for an urgent case.
    pub urgent_minutes: i64,
    /// Minutes for a case of severity `severe_from` or above.
    pub severe_minutes: i64,
    /// Minutes for all others.
    pub ordinary_minutes: i64,
    /// The lowest severity (1–4) that counts as severe.
    pub severe_from: i64,
    /// On-time completion wanted, in percent.
    pub completion_percent: u32,
}

/// How callbacks are read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Callback {
    /// The lowest score (1–5) that counts as satisfied; 3 is "basically satisfied".
    pub satisfied_from: i64,
    /// Share of raters who should be satisfied, in percent.
    pub satisfied_percent: u32,
    /// Hour at which the afternoon begins, on the line's wall clock.
    pub afternoon_from: u32,
    /// Hour at which the evening begins.
    pub evening_from: u32,
}

/// What must be true of a closed case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// Closed cases with a logged route notice wanted, in percent.
    pub route_notice_percent: u32,
}

/// When two codings of the same points say something.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// Fewer pairs than these give no kappa.
    pub least_pairs: u64,
}

/// How dialogues are read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dialogue {
    /// Within so many days of the receipt the complainant should have been contacted.
    pub contact_days: i64,
    /// A share of fewer than these is shown without a percentage.
    pub least_share: u64,
    /// How many of a hundred complainants say yes elsewhere: for comparison, not a target.
    pub usual_uptake_percent: u32,
    /// How many of a hundred withdraw after a dialogue elsewhere, from and to: for comparison, not a target.
    pub usual_withdrawal_percent: [u32; 2],
}

/// Targets for tests of this room.
#[cfg(test)]
pub(crate) fn sample() -> Targets {
    Targets {
        telephone: Telephone {
            connect_percent: 95,
            answer_seconds: 15,
            answer_percent: 80,
            service_level_seconds: 20,
            service_level_percent: 80,
            short_abandon_seconds: 5,
            abandoned_percent: 5,
        },
        dispatch: Dispatch {
            urgent_minutes: 60,
            severe_minutes: 120,
            ordinary_minutes: 1440,
            severe_from: 3,
            completion_percent: 95,
        },
        callback: Callback { satisfied_from: 3, satisfied_percent: 90, afternoon_from: 12, evening_from: 18 },
        closing: Closing { route_notice_percent: 100 },
        agreement: Agreement { least_pairs: 20 },
        dialogue: Dialogue {
            contact_days: 7,
            least_share: 20,
            usual_uptake_percent: 33,
            usual_withdrawal_percent: [30, 40],
        },
        equity: Equity { least_share: 20, confidence: Confidence::NinetyNine },
        themes: Themes { stretches_before: 12, least_callers: 3, chance_per_100000: 100 },
        publication: Publication { least_cell: 5 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_is_the_sample() {
        let text = include_str!("../../config/reports.toml");
        assert_eq!(Targets::parse(text, "config/reports.toml"), Ok(sample()));
        let fault = Targets::parse("[telephone]\nconnect = 1\n", "r.toml").unwrap_err();
        assert_eq!(fault.line, 2);
    }
}
