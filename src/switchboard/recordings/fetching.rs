//! Fetching sounds from the provider onto our own shelf: tried again by a ladder, given up visibly.

use domain::{RecordingId, Timestamp};
use sha2::{Digest, Sha256};

use super::{KEPT, Recording};
use crate::ports::{ShelfError, Sound, SoundError};
use crate::{Error, House, Result, Switchboard, Topic};

/// Sounds fetched at a time: each may be a long conversation.
const AT_A_TIME: i64 = 2;
/// A fetch that nobody came back from, as after a crash, is tried again after so many seconds.
const LEASE_SECONDS: i64 = 300;

/// How a try ended.
#[derive(Debug, Clone)]
enum Fetched {
    Kept(Kept),
    /// The word for why not, and whether to try again.
    Not {
        why: &'static str,
        again: bool,
    },
}

/// A sound that lies on the shelf.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub(super) place: String,
    pub(super) media_type: String,
    pub(super) bytes: i64,
    pub(super) sha256: String,
}

impl Kept {
    /// Writes it into the row.
    pub(super) fn into_row(self, row: &mut Recording, now: Timestamp) {
        row.place = Some(self.place);
        row.media_type = Some(self.media_type);
        row.bytes = Some(self.bytes);
        row.sha256 = Some(self.sha256);
        (row.state, row.fault, row.next_try_at) = ("kept".to_owned(), None, None);
        row.kept_at = Some(now);
    }
}

impl Switchboard {
    /// Fetches what is due, deletes at the provider what is due, and clears the shelf of what was erased.
    pub async fn tend_sounds(&self) -> Result<()> {
        let now = self.now();
        // Most seconds nothing is due: find that out without writing.
        let due = self
            .store
            .read(move |tx| -> Result<(bool, bool, bool)> {
                Ok((
                    !store::recordings::to_fetch(tx, now, 1)?.is_empty(),
                    !store::recordings::to_drop(tx, now, 1)?.is_empty(),
                    !store::recordings::to_clear(tx, 1)?.is_empty(),
                ))
            })
            .await?;
        if due.0 {
            self.fetch_due(now).await?;
        }
        if due.1 {
            self.drop_due(now).await?;
        }
        if due.2 {
            self.clear_shelf().await?;
        }
        Ok(())
    }

    async fn fetch_due(&self, now: Timestamp) -> Result<()> {
        let rows = self
            .store
            .write_later(move |tx| -> Result<Vec<Recording>> {
                let mut rows = store::recordings::to_fetch(tx, now, AT_A_TIME)?;
                for row in &mut rows {
                    claim(row, now);
                    row.tries += 1;
                    store::recordings::update(tx, row)?;
                }
                Ok(rows)
            })
            .await?;
        let begin = |row: Recording| {
            let board = self.clone();
            tokio::spawn(async move { board.fetch_one(row).await })
        };
        let tasks: Vec<_> = rows.into_iter().map(begin).collect();
        for task in tasks {
            task.await.map_err(|error| Error::Unavailable(error.to_string()))??;
        }
        Ok(())
    }

    /// Asks for one sound out of turn, because somebody wants to hear it; impatience uses up no try of the ladder.
    pub(super) async fn fetch_now(&self, id: &RecordingId) -> Result<()> {
        let (now, id) = (self.now(), id.clone());
        let row = self
            .store
            .write(move |tx| -> Result<Option<Recording>> {
                let mut row = store::recordings::get(tx, &id)?;
                let waits = matches!(row.state.as_str(), "promised" | "fetching" | "failed");
                if !waits || row.url.is_none() {
                    return Ok(None);
                }
                claim(&mut row, now);
                store::recordings::update(tx, &row)?;
                Ok(Some(row))
            })
            .await?;
        match row {
            Some(row) => self.fetch_one(row).await,
            None => Ok(()),
        }
    }

    async fn fetch_one(&self, row: Recording) -> Result<()> {
        let fetched = self.try_fetch(&row).await;
        if let Fetched::Not { why, .. } = &fetched {
            let (id, tries) = (row.id.as_str(), row.tries);
            tracing::warn!(
                recording = id,
                provider = row.provider,
                tries,
                why,
                "a recording was not fetched"
            );
        }
        let (now, house, id) = (self.now(), self.house.clone(), row.id.clone());
        let kept = match &fetched {
            Fetched::Kept(kept) => Some(kept.place.clone()),
            Fetched::Not { .. } => None,
        };
        let stored = self
            .store
            .write_later(move |tx| -> Result<Recording> {
                let mut row = store::recordings::get(tx, &id)?;
                // Erased while it was fetched: nothing of it comes back.
                if row.state != "erased" && row.state != "kept" {
                    note(&mut row, fetched.clone(), &house, now);
                    store::recordings::update(tx, &row)?;
                }
                Ok(row)
            })
            .await?;
        if let Some(place) = kept.filter(|place| stored.place.as_ref() != Some(place)) {
            self.shelf.erase(&place).await.map_err(|error| Error::Unavailable(error.to_string()))?;
        }
        self.post(vec![Topic::Messages]);
        Ok(())
    }

    async fn try_fetch(&self, row: &Recording) -> Fetched {
        let Some(url) = row.url.as_deref() else { return Fetched::Not { why: "never", again: false } };
        if let Some(place) = url.strip_prefix(KEPT) {
            return match self.shelf.read(place).await {
                Ok(bytes) => Fetched::Kept(Kept {
                    place: place.to_owned(),
                    media_type: media_type_of(place).to_owned(),
                    bytes: length(&bytes),
                    sha256: sha256(&bytes),
                }),
                Err(_) => Fetched::Not { why: "shelf", again: true },
            };
        }
        match self.carrier.sound(&row.provider, url).await {
            Ok(sound) => match self.shelve(&row.id, &sound).await {
                Ok(kept) => Fetched::Kept(kept),
                Err(error) => {
                    tracing::error!(%error, "a recording could not be kept");
                    Fetched::Not { why: "shelf", again: true }
                }
            },
            Err(SoundError::NotThere) => Fetched::Not { why: "not-there", again: true },
            Err(SoundError::Unclear(_)) => Fetched::Not { why: "provider", again: true },
            Err(SoundError::Foreign) => Fetched::Not { why: "foreign", again: false },
        }
    }

    /// Puts a sound on the shelf and reads it back: what lies there is what came.
    pub(super) async fn shelve(&self, id: &RecordingId, sound: &Sound) -> Result<Kept, ShelfError> {
        let place = place_of(id, &sound.media_type, self.now());
        let sha256 = sha256(&sound.bytes);
        self.shelf.put(&place, &sound.bytes).await?;
        let back = self.shelf.read(&place).await?;
        if self::sha256(&back) != sha256 {
            return Err(ShelfError::Broken(format!("{place} does not hold what was put there")));
        }
        Ok(Kept { place, media_type: bare_type(&sound.media_type), bytes: length(&sound.bytes), sha256 })
    }
}

/// Takes the row up; if nobody comes back from the try, it falls due again.
fn claim(row: &mut Recording, now: Timestamp) {
    row.state = "fetching".to_owned();
    row.next_try_at = Some(now.plus_seconds(LEASE_SECONDS));
}

/// Writes down how a try ended.
fn note(row: &mut Recording, fetched: Fetched, house: &House, now: Timestamp) {
    match fetched {
        Fetched::Kept(kept) => {
            let ours = row.url.as_deref().is_some_and(|url| url.starts_with(KEPT));
            kept.into_row(row, now);
            row.drop_at = (house.sound_keeping.delete_at_provider && !ours).then_some(now);
        }
        Fetched::Not { why, again } => match house.recording_rules.wait_after(row.tries).filter(|_| again) {
            Some(wait) => row.next_try_at = Some(now.plus_seconds(wait)),
            None => {
                (row.state, row.fault, row.next_try_at) = ("failed".to_owned(), Some(why.to_owned()), None);
            }
        },
    }
}

/// SHA-256 in hexadecimal digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    crate::secrets::hexadecimal(&Sha256::digest(bytes))
}

fn length(bytes: &[u8]) -> i64 {
    i64::try_from(bytes.len()).unwrap_or(i64::MAX)
}

/// Endings of files, and what they hold.
const TYPES: [(&str, &str); 7] = [
    ("wav", "audio/wav"),
    ("mp3", "audio/mpeg"),
    ("ogg", "audio/ogg"),
    ("webm", "audio/webm"),
    ("m4a", "audio/mp4"),
    ("au", "audio/basic"),
    ("flac", "audio/flac"),
];

/// Other names that providers give the same.
const ALIASES: [(&str, &str); 5] = [
    ("audio/x-wav", "audio/wav"),
    ("audio/wave", "audio/wav"),
    ("audio/vnd.wave", "audio/wav"),
    ("audio/mp3", "audio/mpeg"),
    ("audio/x-flac", "audio/flac"),
];

/// A media type without its parameters, by its usual name.
fn bare_type(media_type: &str) -> String {
    let bare = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    ALIASES.iter().find(|(alias, _)| *alias == bare).map_or(bare, |(_, usual)| (*usual).to_owned())
}

fn media_type_of(place: &str) -> &'static str {
    let ending = place.rsplit('.').next().unwrap_or_default();
    TYPES.iter().find(|(known, _)| *known == ending).map_or("application/octet-stream", |(_, media)| media)
}

/// Year, month, id and an ending that fits: nothing in it tells who called.
fn place_of(id: &RecordingId, media_type: &str, now: Timestamp) -> String {
    let bare = bare_type(media_type);
    let ending = TYPES.iter().find(|(_, media)| *media == bare).map_or("sound", |(ending, _)| ending);
    format!("{}/{id}.{ending}", now.utc().format("%Y/%m"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_tells_month_and_kind() {
        let at = Timestamp::parse("2026-03-31T23:30:00+08:00").unwrap();
        let id = RecordingId::new("0190");
        for (media_type, place) in [
            ("audio/wav", "2026/03/0190.wav"),
            ("Audio/X-WAV; codecs=1", "2026/03/0190.wav"),
            ("audio/mpeg", "2026/03/0190.mp3"),
            ("audio/unheard-of", "2026/03/0190.sound"),
        ] {
            assert_eq!(place_of(&id, media_type, at), place);
        }
        assert_eq!(media_type_of("2026/03/0190.mp3"), "audio/mpeg");
        assert_eq!(media_type_of("2026/03/0190.sound"), "application/octet-stream");
    }
}
