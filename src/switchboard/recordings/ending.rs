//! A recording ends with its conversation: what comes after it in the same call, a survey or another conversation, is
//! nothing that the caller agreed to.

use dialect::RecordOrder;
use domain::{RecordingId, Timestamp};
use store::recordings::RunningOn;

use crate::{Error, Result, Switchboard, Topic, audit};

/// Recordings stopped at a time.
const AT_A_TIME: i64 = 50;
/// A provider that does not stop is asked again in the first seconds, and then every so often until the call is over.
const FIRST_SECONDS: i64 = 3;
const EVERY_SECONDS: i64 = 10;

impl Switchboard {
    /// Has providers stop recording where the conversation is over and the call goes on.
    pub async fn stop_running_on(&self) -> Result<()> {
        let now = self.now();
        let running =
            self.store.read(|tx| Ok::<_, Error>(store::recordings::running_on(tx, AT_A_TIME)?)).await?;
        for one in running.into_iter().filter(|one| is_due(one.conversation_ended_at, now)) {
            self.stop_one(one).await?;
        }
        Ok(())
    }

    /// Only what the provider says has stopped is noted as stopped.
    async fn stop_one(&self, running: RunningOn) -> Result<()> {
        let RunningOn { recording, provider_call_id, .. } = running;
        // Where the answer to the start was lost, the provider has yet to tell what the recording is called.
        let Some(recording_id) = recording.provider_id else { return Ok(()) };
        let order = RecordOrder::Stop { recording_id };
        if let Err(error) = self.carrier.record(&recording.provider, &provider_call_id, &order).await {
            let (id, provider) = (recording.id.as_str(), recording.provider);
            tracing::warn!(recording = id, provider, %error, "a recording runs on after its conversation");
            return Ok(());
        }
        let (id, now) = (recording.id, self.now());
        self.store.write(move |tx| stopped(tx, &id, now)).await?;
        self.post(vec![Topic::Messages]);
        Ok(())
    }
}

fn is_due(ended_at: Timestamp, now: Timestamp) -> bool {
    let seconds = (now.0 - ended_at.0) / 1000;
    seconds < FIRST_SECONDS || seconds % EVERY_SECONDS == 0
}

fn stopped(tx: &mut store::Tx<'_>, id: &RecordingId, now: Timestamp) -> Result<()> {
    let mut row = store::recordings::get(tx, id)?;
    row.control = Some("stopped".to_owned());
    store::recordings::update(tx, &row)?;
    let (object, why) = (format!("recording:{id}"), Some("conversation_over"));
    Ok(audit::record(tx, now, audit::HOUSE, "recording_stopped", &object, why)?)
}
