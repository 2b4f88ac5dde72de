//! Calls that were perhaps placed: the provider is asked for its list, a few times and ever later, and never asked to
//! place the call again. What is found goes on; what is in no list is over, and a person may try anew.

use domain::{AttemptId, Timestamp};
use store::Tx;
use store::attempts::Attempt;
use store::unclear_calls::UnclearCall;

use crate::ports::{CallFilter, ListedCall};
use crate::{Error, Result, Switchboard};

/// Seconds after which every answer of a provider has come or is lost, its waits included.
pub(crate) const ANSWERED_BY_THEN: i64 = 60;
/// Seconds before the first, second, … list is read. Providers show a new call within seconds; a list without it after
/// the last means that there is none.
const GAPS: [i64; 5] = [5, 10, 20, 45, 90];
/// Seconds to wait where the list itself cannot be had.
const NO_LIST: i64 = 60;
/// Seconds after which a provider whose list cannot be had is no longer asked; the agent then says how it went.
const GIVEN_UP: i64 = 3600;
/// Seconds by which the clocks of the provider and ours may differ.
const SKEW: i64 = 30;
/// Most calls asked after in one second.
const MOST: i64 = 20;
/// Fewest digits by which two spellings of a number are known to be one, with and without country.
const TELLING: usize = 7;

impl Switchboard {
    /// Asks after every call whose time has come.
    pub async fn ask_after_calls(&self) -> Result<()> {
        let now = self.now();
        let due = self.store.read(move |tx| store::unclear_calls::due(tx, now, MOST)).await?;
        for call in due {
            self.ask_after(&call, now).await?;
        }
        Ok(())
    }

    /// The first list is read soon: the answer of the provider was none.
    pub(crate) async fn ask_soon(&self, attempt: &AttemptId) -> Result<()> {
        let (attempt, at) = (attempt.clone(), self.now().plus_seconds(GAPS[0]));
        let write = move |tx: &mut Tx<'_>| store::unclear_calls::ask_again(tx, &attempt, 0, at);
        Ok(self.store.write(write).await?)
    }

    async fn ask_after(&self, call: &UnclearCall, now: Timestamp) -> Result<()> {
        let id = call.attempt.clone();
        let attempt = self.store.read(move |tx| store::attempts::get(tx, &id)).await?;
        if !is_open(&attempt) {
            return self.forget(call).await;
        }
        let filter = CallFilter {
            to: call.to.clone(),
            from: call.from.clone(),
            since: call.since,
            wanted_id: Some(call.attempt.as_str().to_owned()),
        };
        match self.carrier.find(&call.provider, &filter).await {
            Ok(Some(listed)) => match self.ours(call, listed).await? {
                Some(found) => self.found(call, found).await,
                None => self.not_listed(call, now).await,
            },
            // No list will ever tell: the agent says how it went.
            Ok(None) => self.forget(call).await,
            Err(why) => {
                tracing::warn!(%why, "the calls of a provider could not be listed");
                if now.seconds_since(call.since) > GIVEN_UP {
                    return self.forget(call).await;
                }
                self.ask_again(call, call.asked, now.plus_seconds(NO_LIST)).await
            }
        }
    }

    /// The call of the list that is this one: by the id that was wished for, or the first of those numbers since then
    /// that belongs to no other attempt.
    async fn ours(&self, call: &UnclearCall, mut listed: Vec<ListedCall>) -> Result<Option<ListedCall>> {
        listed.retain(|one| fits(call, one));
        listed.sort_by_key(|one| (one.provider_call_id != call.attempt.as_str(), one.placed_at));
        let read = move |tx: &mut Tx<'_>| -> Result<Option<ListedCall>> {
            for one in &listed {
                if !store::attempts::has_call(tx, &one.provider_call_id)? {
                    return Ok(Some(one.clone()));
                }
            }
            Ok(None)
        };
        self.store.read(read).await
    }

    async fn found(&self, call: &UnclearCall, found: ListedCall) -> Result<()> {
        tracing::info!("a call without a clear answer was found in the provider's list");
        let id = found.provider_call_id;
        self.on_attempt(&call.attempt, move |attempt, _| {
            attempt.provider_call_id.get_or_insert_with(|| id.clone());
        })
        .await?;
        // Its hooks tell the rest; where it is over already they may have been lost with the answer.
        if let Some(status) = found.status.filter(|status| status.is_end()) {
            self.leg_ended(&call.attempt, status).await?;
        }
        self.forget(call).await
    }

    async fn not_listed(&self, call: &UnclearCall, now: Timestamp) -> Result<()> {
        let asked = call.asked.saturating_add(1);
        let next = usize::try_from(asked).ok().and_then(|asked| GAPS.get(asked));
        if let Some(gap) = next {
            return self.ask_again(call, asked, now.plus_seconds(*gap)).await;
        }
        tracing::warn!("a call without a clear answer is in no list of the provider: nothing rang");
        self.on_attempt(&call.attempt, |attempt, now| {
            // A hook may have come while the list was read.
            if is_open(attempt) {
                attempt.outcome = Some(callbacks::AttemptOutcome::Technical.as_str().to_owned());
                attempt.ended_at = Some(now);
            }
        })
        .await?;
        self.forget(call).await
    }

    async fn ask_again(&self, call: &UnclearCall, asked: i64, at: Timestamp) -> Result<()> {
        let attempt = call.attempt.clone();
        let write = move |tx: &mut Tx<'_>| match store::unclear_calls::ask_again(tx, &attempt, asked, at) {
            // Forgotten meanwhile: it became known.
            Err(store::Error::NotFound) => Ok(()),
            other => other,
        };
        Ok(self.store.write(write).await?)
    }

    async fn forget(&self, call: &UnclearCall) -> Result<()> {
        let attempt = call.attempt.clone();
        self.store.write(move |tx| Ok::<_, Error>(store::unclear_calls::remove(tx, &attempt)?)).await
    }
}

/// Whether nobody has told yet that there is a call, or that there is none.
fn is_open(attempt: &Attempt) -> bool {
    attempt.outcome.is_none() && attempt.provider_call_id.is_none() && attempt.dialled_at.is_none()
}

fn fits(call: &UnclearCall, listed: &ListedCall) -> bool {
    if listed.provider_call_id == call.attempt.as_str() {
        return true;
    }
    let (from, until) = (call.since.plus_seconds(-SKEW), call.since.plus_seconds(ANSWERED_BY_THEN + SKEW));
    let then = listed.placed_at.is_some_and(|at| from <= at && at <= until);
    then && same_number(&call.to, &listed.to)
}

/// Providers list a number with its country, whatever it was dialled as.
fn same_number(ours: &str, theirs: &str) -> bool {
    let (ours, theirs) = (ours.trim_start_matches('+'), theirs.trim_start_matches('+'));
    let shorter = ours.len().min(theirs.len());
    ours == theirs || shorter >= TELLING && (ours.ends_with(theirs) || theirs.ends_with(ours))
}

#[cfg(test)]
mod tests {
    use dialect::CallStatus;

    use super::*;

    fn call() -> UnclearCall {
        UnclearCall {
            attempt: AttemptId::new("0190-a"),
            provider: "p".to_owned(),
            to: "13900000001".to_owned(),
            from: "12320".to_owned(),
            since: Timestamp(1_000_000),
            asked: 0,
            ask_at: Timestamp(1_060_000),
        }
    }

    fn listed(id: &str, to: &str, seconds: Option<i64>) -> ListedCall {
        let placed_at = seconds.map(|seconds| Timestamp(1_000_000).plus_seconds(seconds));
        ListedCall {
            provider_call_id: id.to_owned(),
            to: to.to_owned(),
            status: Some(CallStatus::Ringing),
            placed_at,
        }
    }

    #[test]
    fn a_listed_call_is_ours_by_its_id_or_by_number_and_time() {
        for (one, is_ours) in [
            (listed("0190-a", "", None), true),
            (listed("CA1", "13900000001", Some(1)), true),
            (listed("CA1", "+8613900000001", Some(-20)), true),
            (listed("CA1", "+8613900000001", Some(-40)), false),
            (listed("CA1", "+8613900000001", Some(3_000)), false),
            (listed("CA1", "13900000002", Some(1)), false),
            (listed("CA1", "01", Some(1)), false),
            (listed("CA1", "13900000001", None), false),
        ] {
            assert_eq!(fits(&call(), &one), is_ours, "{one:?}");
        }
    }
}
