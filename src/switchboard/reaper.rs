//! The reaper: a call that has given no sign for a quarter of an hour is over, though no hook ever said so. Its
//! place in the queue and its agent become free. A hook that comes later all the same brings it back.

use callflow::Verb;
use domain::Timestamp;
use store::Tx;
use store::calls::Silent;
use store::queue::EntryState;

use crate::{House, Result, Switchboard, Topic, queue};

/// Without a sign for so long, a call is over, in seconds. A waiting caller knocks every twenty.
const SILENCE: i64 = 15 * 60;
/// While two people talk, nobody knocks: this long is longer than any provider lets a call last, in seconds.
const CONVERSATION: i64 = 4 * 60 * 60;

/// Whether a call is over that was last heard of at `sign`; `talking`: its last document put the caller through.
fn is_over(sign: Timestamp, talking: bool, now: Timestamp) -> bool {
    now.seconds_since(sign) >= if talking { CONVERSATION } else { SILENCE }
}

impl Switchboard {
    /// Closes the calls that are over by now; how many.
    pub async fn reap(&self) -> Result<usize> {
        let (now, house) = (self.now(), self.house.clone());
        let before = now.plus_seconds(-SILENCE);
        let silent = self.store.read(move |tx| store::calls::silent_since(tx, before)).await?;
        if silent.is_empty() {
            return Ok(0);
        }
        let job = move |tx: &mut Tx<'_>| {
            let (mut reaped, mut topics) = (0, Vec::new());
            // Read anew: a sign may have come since.
            for call in store::calls::silent_since(tx, before)? {
                if is_over(call.last_sign, talks(tx, &call)?, now) {
                    topics.extend(close(tx, &house, &call, now)?);
                    reaped += 1;
                }
            }
            Ok::<_, crate::Error>((reaped, topics))
        };
        let (reaped, topics) = self.store.write_later(job).await?;
        if reaped > 0 {
            tracing::info!(calls = reaped, "closed calls that gave no sign any more");
        }
        self.post(topics);
        Ok(reaped)
    }
}

/// Whether the last that is known of the call is that somebody was dialled for the caller.
fn talks(tx: &mut Tx<'_>, call: &Silent) -> Result<bool> {
    let Some(turn) = store::turns::latest(tx, &call.id)? else { return Ok(call.in_progress) };
    let verbs: Vec<Verb> = serde_json::from_str(&turn.reply).unwrap_or_default();
    Ok(matches!(verbs.last(), Some(Verb::Dial { .. })))
}

fn close(tx: &mut Tx<'_>, house: &House, call: &Silent, now: Timestamp) -> Result<Vec<Topic>> {
    store::calls::lose(tx, &call.id, call.last_sign)?;
    // Who only waited was last there at the last knock; an agent is free from now on.
    let latest = store::queue::of_call(tx, &call.id)?.into_iter().next();
    let waited = latest.is_some_and(|entry| entry.state == EntryState::Waiting);
    queue::call_ended(tx, house, &call.id, if waited { call.last_sign } else { now })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_over_after_a_quarter_and_a_conversation_after_four_hours() {
        let sign = Timestamp(0);
        for (seconds, talking, over) in [
            (899, false, false),
            (900, false, true),
            (900, true, false),
            (14_399, true, false),
            (14_400, true, true),
        ] {
            assert_eq!(is_over(sign, talking, sign.plus_seconds(seconds)), over, "{seconds} {talking}");
        }
    }
}

#[cfg(test)]
#[path = "reaper_tests.rs"]
mod stories;
