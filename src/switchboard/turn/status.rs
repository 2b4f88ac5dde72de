//! Status and recording hooks: they come late, twice and in any order, and the record is the same.

use std::sync::Arc;

use chrono_tz::Tz;
use dialect::incoming::Kind;
use dialect::{CallStatus, StatusMark, StatusReport};
use domain::Timestamp;
use store::calls::Found;
use store::{Tx, calls};

use super::{Knock, new_call};
use crate::standby::entry::{Entry, ReportEntry};
use crate::standby::mode::Mode;
use crate::{Error, House, Result, Switchboard, Topic, call_control, queue, recordings};

impl Switchboard {
    /// Keeps what a status or recording hook tells. Returns after the commit, or, without the store, when it is in
    /// the journal.
    pub async fn hear(&self, knock: Knock) -> Result<()> {
        let zone = self.house.lines.get(&knock.line).ok_or(Error::NotFound)?.zone;
        let (house, now) = (Arc::clone(&self.house), self.clock.now());
        let knock = Arc::new(knock);
        if self.standby.stance().0 == Mode::Normal {
            let told = Arc::clone(&knock);
            match self.in_store(move |tx| tell(tx, &house, &told, zone, now)).await {
                Err(Error::Unavailable(why) | Error::Conflict(why)) => self.standby.give_up_store(now, &why),
                answered => {
                    self.leg_left(&knock);
                    // An end, too, changes where calls stand.
                    self.pulse.walked.store(true, std::sync::atomic::Ordering::Relaxed);
                    return answered.map(|topics| self.post(topics));
                }
            }
        }
        let entry = ReportEntry::of(&knock, now).ok_or_else(|| Error::refused("refused-not-a-report"))?;
        let seal = self.seal_at_hand().await;
        let seal = seal.ok_or_else(|| Error::Unavailable("no sealing key is at hand".to_owned()))?;
        self.standby.keep(seal, &Entry::Report(Box::new(entry)), now).await
    }
}

impl Switchboard {
    /// Where the end of a dialled leg means that somebody left a room, the others are looked after: at once, though
    /// nobody's hook waits for the provider.
    fn leg_left(&self, knock: &Knock) {
        let ended = matches!(&knock.incoming.kind, Kind::Status(report) if report.status.is_end());
        let Some(parent) = knock.incoming.parent_call_id.clone().filter(|_| ended) else { return };
        let (board, provider) = (self.clone(), knock.provider.clone());
        tokio::spawn(async move {
            let find = move |tx: &mut Tx<'_>| calls::find(tx, &provider, &parent);
            let settled = match board.store.read(find).await {
                Ok(Some(call)) => board.settle_call(&call.id).await,
                Ok(None) => Ok(()),
                Err(error) => Err(error.into()),
            };
            if let Err(error) = settled {
                tracing::warn!(%error, "a room was not settled; the agenda will");
            }
        });
    }
}

/// Writes down what a status or recording hook tells; what is to be announced.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    house: &House,
    knock: &Knock,
    zone: Tz,
    now: Timestamp,
) -> Result<Vec<Topic>> {
    match &knock.incoming.kind {
        Kind::Status(report) if knock.incoming.parent_call_id.is_some() => {
            keep(tx, knock, report, now)?;
            leg(tx, house, knock, report, now)
        }
        Kind::Status(report) => {
            let found = calls::find_or_open(tx, &new_call(knock, None, now, zone))?;
            keep(tx, knock, report, now)?;
            if let Some(seconds) = report.duration_seconds {
                calls::set_talk_seconds(tx, &found.id, seconds)?;
            }
            merge(tx, house, &found, report.status, report.sequence, now)
        }
        Kind::Recording(report) => {
            let found = calls::find_or_open(tx, &new_call(knock, None, now, zone))?;
            recordings::told(tx, house, (&found.id, &knock.provider), report, now)?;
            Ok(vec![Topic::Messages])
        }
        Kind::Start | Kind::Step(_) => Err(Error::refused("refused-not-a-report")),
    }
}

fn keep(tx: &mut Tx<'_>, knock: &Knock, report: &StatusReport, now: Timestamp) -> Result<()> {
    Ok(calls::keep_status(
        tx,
        &knock.provider,
        &knock.incoming.provider_call_id,
        report.status.as_str(),
        report.sequence,
        now,
        report.duration_seconds,
    )?)
}

/// A leg that a document dialled is part of its parent's call and opens no call of its own. Its answer begins the
/// conversation; its end comes with the parent's next turn, unless the house has led it elsewhere.
fn leg(
    tx: &mut Tx<'_>,
    house: &House,
    knock: &Knock,
    report: &StatusReport,
    now: Timestamp,
) -> Result<Vec<Topic>> {
    let parent = knock.incoming.parent_call_id.as_deref().unwrap_or_default();
    match calls::find(tx, &knock.provider, parent)? {
        Some(found) if report.status == CallStatus::InProgress => {
            let leg = &knock.incoming.provider_call_id;
            store::call_legs::answered(tx, &knock.provider, leg, &found.id, now)?;
            let mut topics = queue::agent_answered(tx, house, &found.id, now)?;
            topics.extend(call_control::dialled_answered(tx, house, &found.id, now)?);
            Ok(topics)
        }
        Some(found) if report.status.is_end() => {
            let leg = &knock.incoming.provider_call_id;
            store::call_legs::ended(tx, &knock.provider, leg, &found.id, now)?;
            Ok(Vec::new())
        }
        _ => Ok(Vec::new()),
    }
}

/// Merges a status into the call; at an end, whoever still waits is taken from the queue. What is to be
/// announced.
pub(super) fn merge(
    tx: &mut Tx<'_>,
    house: &House,
    found: &Found,
    status: CallStatus,
    sequence: Option<u32>,
    now: Timestamp,
) -> Result<Vec<Topic>> {
    let (word, known_sequence) = calls::status(tx, &found.id)?;
    let told = StatusMark { status, sequence };
    let known = word.as_deref().and_then(CallStatus::parse);
    let known = known.map(|status| StatusMark { status, sequence: known_sequence });
    let merged = known.map_or(told, |known| known.merge(told));
    let ended = merged.status.is_end();
    if found.lost && !ended {
        calls::find_again(tx, &found.id)?;
    }
    if known != Some(merged) {
        let at = ended.then_some(now);
        calls::set_status(tx, &found.id, merged.status.as_str(), merged.sequence, at)?;
    }
    if ended && found.ended_at.is_none() {
        queue::call_ended(tx, house, &found.id, now)
    } else {
        Ok(Vec::new())
    }
}
