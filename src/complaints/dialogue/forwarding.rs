//! What the authority gets: the complainant's statement, the points as they stand now, and whether a dialogue took
//! place. What was said in the dialogue is no part of it, unless the complainant wants it to be.

use domain::{PointId, Timestamp, codes};
use serde::{Deserialize, Serialize};

use super::Dialogue;
use super::eligibility::PointFacts;
use super::words::ForwardReason;

codes! {
    /// What became of a point in the dialogue.
    pub enum PointState, "state of a forwarded point" {
        Maintained = "maintained",
        /// Added after the dialogue: it never had one.
        Added = "added",
        Dropped = "dropped",
    }
}

codes! {
    /// How far a package is.
    pub enum PackageState, "state of a package" {
        Assembled = "assembled",
        /// It waits to be mailed, or is being mailed.
        Queued = "queued",
        Sent = "sent",
        Acknowledged = "acknowledged",
    }
}

/// One point of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackagePoint {
    pub point: PointId,
    pub institution: Option<String>,
    /// The complainant's own words.
    pub words: String,
    pub state: PointState,
}

/// The package for the authority, as it was assembled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// Code of the office that decides.
    pub authority: String,
    /// When the complaint reached the office: the day that counts for the time to complain.
    pub complaint_received: Timestamp,
    /// What the complainant asks of the authority, in his words.
    pub statement: String,
    pub points: Vec<PackagePoint>,
    pub reason: ForwardReason,
    /// When a dialogue took place; none: it did not.
    pub held_at: Option<Timestamp>,
    /// Only where the complainant wants them to be part of the case.
    pub minutes: Option<String>,
}

/// Puts it together from the points of the case (those that were dropped included) and the dialogue.
pub(super) fn assemble(
    dialogue: &Dialogue,
    authority: &str,
    complaint_received: Timestamp,
    points: &[PointFacts],
    statement: &str,
    with_minutes: bool,
) -> Option<Package> {
    let package_point = |point: &PointFacts| PackagePoint {
        point: point.id.clone(),
        institution: point.institution.clone(),
        words: point.words.clone(),
        state: dialogue.point_state(&point.id),
    };
    let mut all: Vec<PackagePoint> = points.iter().map(package_point).collect();
    // Added points that the case does not hold yet are in the history of the dialogue.
    for added in &dialogue.added {
        if all.iter().all(|point| point.point != added.id) {
            all.push(PackagePoint {
                point: added.id.clone(),
                institution: None,
                words: added.words.clone(),
                state: PointState::Added,
            });
        }
    }
    let held = dialogue.held.as_ref();
    Some(Package {
        authority: authority.to_owned(),
        complaint_received,
        statement: statement.trim().to_owned(),
        points: all,
        reason: dialogue.forward_reason?,
        held_at: held.map(|held| held.at),
        minutes: held.filter(|_| with_minutes).map(|held| held.minutes.clone()),
    })
}
