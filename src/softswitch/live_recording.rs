//! Recordings of whole calls, as the REST side starts, pauses, resumes and stops them.
//!
//! The sound of a conversation flows between the pages and never through the switch: what is kept is a quiet tone
//! of the right length, so that everything behind the recording can be tried out.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::recordings::tone;

/// How a recording stands, in the provider's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    InProgress,
    Paused,
    Completed,
}

impl Standing {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::InProgress => "in-progress",
            Self::Paused => "paused",
            Self::Completed => "completed",
        }
    }
}

/// The recording of one live call.
#[derive(Debug, Clone)]
pub(crate) struct LiveRecording {
    pub(crate) id: String,
    pub(crate) told: Option<String>,
    pub(crate) channels: u8,
    standing: Standing,
    /// What was recorded before it last went on.
    before: Duration,
    since: Instant,
}

/// Why a recording did not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ended;

impl LiveRecording {
    pub(crate) fn new(id: String, told: Option<String>, channels: u8, now: Instant) -> Self {
        Self { id, told, channels, standing: Standing::InProgress, before: Duration::ZERO, since: now }
    }

    fn recorded(&self, now: Instant) -> Duration {
        let running = if self.standing == Standing::InProgress {
            now.saturating_duration_since(self.since)
        } else {
            Duration::ZERO
        };
        self.before + running
    }

    /// Moves on; what is over stays over. A pause is skipped: it leaves no gap.
    pub(crate) fn stand(&mut self, standing: Standing, now: Instant) -> Result<(), Ended> {
        if self.standing == Standing::Completed {
            return Err(Ended);
        }
        (self.before, self.since) = (self.recorded(now), now);
        self.standing = standing;
        Ok(())
    }

    /// Whole seconds, at least one.
    pub(crate) fn seconds(&self, now: Instant) -> u32 {
        u32::try_from(self.recorded(now).as_secs()).unwrap_or(u32::MAX).max(1)
    }

    /// What is kept of it.
    pub(crate) fn sound(&self, now: Instant) -> bytes::Bytes {
        tone(self.seconds(now))
    }

    /// The fields of the hook that tells its end.
    pub(crate) fn fields(&self, url: String, now: Instant) -> Vec<(&'static str, String)> {
        vec![
            ("RecordingSid", self.id.clone()),
            ("RecordingUrl", url),
            ("RecordingStatus", self.standing.as_str().to_owned()),
            ("RecordingDuration", self.seconds(now).to_string()),
            ("RecordingChannels", self.channels.to_string()),
            ("RecordingSource", "StartCallRecordingAPI".to_owned()),
        ]
    }

    /// The provider's JSON.
    pub(crate) fn resource(&self, account: &str, call: &str, now: Instant) -> Value {
        let over = self.standing == Standing::Completed;
        json!({
            "sid": self.id,
            "account_sid": account,
            "call_sid": call,
            "status": self.standing.as_str(),
            "channels": self.channels,
            "source": "StartCallRecordingAPI",
            "duration": over.then(|| self.seconds(now).to_string()),
            "api_version": "2010-04-01",
            "uri": format!("/2010-04-01/Accounts/{account}/Calls/{call}/Recordings/{}.json", self.id),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_is_not_recorded_and_the_end_is_the_end() {
        let begin = Instant::now();
        let at = |seconds: u64| begin + Duration::from_secs(seconds);
        let mut live = LiveRecording::new("RE1".into(), None, 2, begin);
        live.stand(Standing::Paused, at(10)).unwrap();
        live.stand(Standing::Paused, at(12)).unwrap();
        assert_eq!(live.seconds(at(30)), 10);
        live.stand(Standing::InProgress, at(30)).unwrap();
        live.stand(Standing::Completed, at(35)).unwrap();
        assert_eq!(live.seconds(at(99)), 15);
        assert_eq!(live.stand(Standing::InProgress, at(99)), Err(Ended));
        assert_eq!(live.resource("AC1", "CA1", at(99))["duration"], "15");
        assert_eq!(live.sound(at(99)).len(), 44 + 15 * 8_000);
    }
}
