//! The catalogue: every report, and every figure with its formula, clock basis and target.

use crate::measure::{How, Measure};
use crate::{Ratio, Targets, acceptance, agreement, callback, dialogue, equity, telephone, themes, transfer};

/// Which moment decides the period a row is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The day it was sent.
    Sent,
    /// The day it was due.
    Due,
    /// The moment of entering the queue.
    Entered,
    /// The day the second coding was done.
    Coded,
    /// The day the complainant said whether a dialogue is wanted.
    Asked,
    /// The day the case was received.
    Received,
}

impl Basis {
    /// Message id of its sentence.
    pub fn message(self) -> &'static str {
        match self {
            Self::Sent => "report-basis-sent",
            Self::Due => "report-basis-due",
            Self::Entered => "report-basis-entered",
            Self::Coded => "report-basis-coded",
            Self::Asked => "report-basis-asked",
            Self::Received => "report-basis-received",
        }
    }
}

/// A report of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    /// Its name in addresses and on the command line; its title is `report-NAME`.
    pub name: &'static str,
    pub basis: Basis,
    /// What it can be grouped by; the first is the usual one.
    pub by: &'static [&'static str],
}

/// Every report.
pub const REPORTS: &[Report] = &[
    Report {
        name: "transfer",
        basis: Basis::Sent,
        by: &["department", "institution", "category", "request-type", "week"],
    },
    Report { name: "callback", basis: Basis::Due, by: &["purpose", "department", "week"] },
    Report { name: "telephone", basis: Basis::Entered, by: &["day", "hour", "weekday", "queue"] },
    Report { name: "agreement", basis: Basis::Coded, by: &["axis"] },
    Report {
        name: "dialogue",
        basis: Basis::Asked,
        by: &["region", "owner", "motive", "department", "week"],
    },
    Report {
        name: "equity",
        basis: Basis::Received,
        by: &["language", "channel", "region", "line", "request-type", "category", "week"],
    },
    Report {
        name: "themes",
        basis: Basis::Received,
        by: &["category", "institution", "region", "category-institution", "category-region"],
    },
    // Its cells lead to no list: who publishes them must not see more than what is shown.
    Report {
        name: "publication",
        basis: Basis::Received,
        by: &["category", "request-type", "channel", "language"],
    },
];

/// The report with this name.
pub fn report(name: &str) -> Option<&'static Report> {
    REPORTS.iter().find(|report| report.name == name)
}

/// A figure of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    pub id: &'static str,
    pub report: &'static Report,
    /// Whether it is a share with numerator and denominator.
    pub share: bool,
    pub target: Option<Target>,
}

/// What a share is held against, in percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    AtLeast(u32),
    AtMost(u32),
}

impl Target {
    /// Whether the share meets it; `None` where there is nothing to divide by.
    pub fn met(self, ratio: Ratio) -> Option<bool> {
        if ratio.denominator == 0 {
            return None;
        }
        let (above, below) = (u128::from(ratio.numerator) * 100, u128::from(ratio.denominator));
        Some(match self {
            Self::AtLeast(percent) => above >= below * u128::from(percent),
            Self::AtMost(percent) => above <= below * u128::from(percent),
        })
    }
}

/// What a figure is held against.
pub fn target(id: &str, targets: &Targets) -> Option<Target> {
    Some(match id {
        "connect-rate" => Target::AtLeast(targets.telephone.connect_percent),
        "quick-rate" => Target::AtLeast(targets.telephone.answer_percent),
        "service-level-1" | "service-level-2" | "service-level-3" | "service-level-4" | "service-level-5" => {
            Target::AtLeast(targets.telephone.service_level_percent)
        }
        "abandoned-rate" => Target::AtMost(targets.telephone.abandoned_percent),
        "completion-on-time" => Target::AtLeast(targets.dispatch.completion_percent),
        "route-notice-rate" => Target::AtLeast(targets.closing.route_notice_percent),
        "satisfaction-rate" | "unit-satisfaction" => Target::AtLeast(targets.callback.satisfied_percent),
        _ => return None,
    })
}

/// Every figure of every report, in the order of the columns.
pub fn figures(targets: &Targets) -> Vec<Figure> {
    fn of<R>(report: &'static Report, measures: &[Measure<R>], targets: &Targets) -> Vec<Figure> {
        let figure = |measure: &Measure<R>| Figure {
            id: measure.id,
            report,
            share: matches!(measure.how, How::Share { .. }),
            target: target(measure.id, targets),
        };
        measures.iter().map(figure).collect()
    }
    let mut all = Vec::new();
    for report in REPORTS {
        all.extend(match report.name {
            "transfer" => {
                let mut all = of(report, &transfer::measures(), targets);
                let figure = |(id, share)| Figure { id, report, share, target: None };
                all.extend(acceptance::COLUMNS.map(figure));
                all
            }
            "callback" => {
                let mut both = of(report, &callback::measures(), targets);
                both.extend(of(report, &callback::attempt_measures(), targets));
                both
            }
            "agreement" => {
                let mut all = of(report, &agreement::measures(), targets);
                let reckoned = ["by-chance", "kappa", "kappa-from", "kappa-to"];
                all.extend(reckoned.map(|id| Figure { id, report, share: false, target: None }));
                all
            }
            "dialogue" => {
                let mut all = of(report, &dialogue::measures(), targets);
                let figure = |(id, share)| Figure { id, report, share, target: None };
                all.extend(dialogue::OF_VERDICTS.map(figure));
                all
            }
            "equity" => of(report, &equity::measures(), targets),
            "themes" => themes::COLUMNS.map(|id| Figure { id, report, share: false, target: None }).to_vec(),
            "publication" => Vec::new(),
            _ => of(report, &telephone::measures(), targets),
        });
    }
    all
}

/// The limits that formulas speak of, by the names their messages use.
pub fn formula_values(targets: &Targets) -> Vec<(&'static str, String)> {
    let telephone = &targets.telephone;
    vec![
        ("quick", telephone.answer_seconds.to_string()),
        ("level", telephone.service_level_seconds.to_string()),
        ("short", telephone.short_abandon_seconds.to_string()),
        ("urgent", targets.dispatch.urgent_minutes.to_string()),
        ("severe", targets.dispatch.severe_minutes.to_string()),
        ("ordinary", targets.dispatch.ordinary_minutes.to_string()),
        ("satisfied", targets.callback.satisfied_from.to_string()),
        ("pairs", targets.agreement.least_pairs.to_string()),
        ("contact", targets.dialogue.contact_days.to_string()),
        ("few", targets.dialogue.least_share.to_string()),
        ("few-cases", targets.equity.least_share.to_string()),
        ("stretches", targets.themes.stretches_before.to_string()),
        ("callers", targets.themes.least_callers.to_string()),
        ("chance", targets.themes.chance_per_100000.to_string()),
        ("confidence", targets.equity.confidence.percent().to_string()),
        ("uptake", targets.dialogue.usual_uptake_percent.to_string()),
        ("withdrawing", targets.dialogue.usual_withdrawal_percent.map(|one| one.to_string()).join("–")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_has_one_meaning() {
        let mut ids: Vec<_> = figures(&crate::targets::sample()).iter().map(|figure| figure.id).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }

    #[test]
    fn a_target_without_a_denominator_is_neither_met_nor_missed() {
        assert_eq!(Target::AtLeast(95).met(Ratio::default()), None);
        assert_eq!(Target::AtLeast(95).met(Ratio { numerator: 19, denominator: 20 }), Some(true));
        assert_eq!(Target::AtLeast(95).met(Ratio { numerator: 18, denominator: 20 }), Some(false));
        assert_eq!(Target::AtMost(5).met(Ratio { numerator: 1, denominator: 20 }), Some(true));
        assert_eq!(Target::AtMost(5).met(Ratio { numerator: 2, denominator: 20 }), Some(false));
    }
}
