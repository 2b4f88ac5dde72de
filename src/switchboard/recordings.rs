//! Recordings: what the provider and the script tell of them is merged into one row each, early, late or twice.
//!
//! Read in this order: [`policy`] (whether a conversation may be recorded, how long a sound is kept), this file
//! (what is told), [`fetching`], [`upload`], [`hearing`], [`control`], `ending`, [`erasing`].

pub mod consent;
pub mod control;
mod ending;
pub mod erasing;
pub mod fetching;
pub mod hearing;
pub mod policy;
mod sight;
pub mod upload;

use callflow::Recording as Left;
use dialect::{RecordingReport, RecordingStatus};
use domain::{CallId, RecordingId, Timestamp};
use store::Tx;
pub use store::recordings::Recording;

pub use self::hearing::Heard;
pub use self::policy::RecordingRules;
pub use self::sight::RecordingFile;
pub(crate) use self::sight::of_case;
use crate::{House, Result, fresh_id};

/// Beginning of the address of a sound that came to us instead of staying with the provider; our own file follows.
pub(crate) const KEPT: &str = "kept:";

/// Purpose of what a caller leaves.
pub(crate) const MESSAGE: &str = "message";

/// A recording nobody knew of.
pub(crate) fn fresh(call: &CallId, provider: &str, purpose: &str, now: Timestamp) -> Recording {
    Recording {
        id: RecordingId::new(fresh_id()),
        call: call.clone(),
        contact: None,
        provider: provider.to_owned(),
        provider_id: None,
        url: None,
        purpose: purpose.to_owned(),
        state: "promised".to_owned(),
        control: None,
        consent: None,
        seconds: None,
        media_type: None,
        bytes: None,
        sha256: None,
        place: None,
        fault: None,
        tries: 0,
        next_try_at: None,
        drop_at: None,
        drop_tries: 0,
        created_at: now,
        counted_from: now,
        kept_at: None,
        erased_at: None,
        held_at: None,
        held_why: None,
    }
}

/// Keeps what the provider tells of a recording.
pub(crate) fn told(
    tx: &mut Tx<'_>,
    house: &House,
    (call, provider): (&CallId, &str),
    report: &RecordingReport,
    now: Timestamp,
) -> Result<()> {
    let id = report.recording_id.as_str();
    let known = match find(tx, call, Some(id), report.url.as_deref())? {
        Some(known) => Some(known),
        // A recording of a leg may be told under the leg's call and under its parent's.
        None => store::recordings::by_provider_id(tx, provider, id)?,
    };
    let new = known.is_none();
    let mut row = known.unwrap_or_else(|| fresh(call, provider, MESSAGE, now));
    row.provider_id.get_or_insert_with(|| id.to_owned());
    if let Some(url) = report.url.as_ref().filter(|url| !url.starts_with(KEPT)) {
        row.url.get_or_insert_with(|| url.clone());
    }
    row.seconds = report.seconds.filter(|seconds| *seconds > 0).or(row.seconds);
    stands(&mut row, report.status, &house.recording_rules, now);
    if new {
        store::recordings::insert(tx, &row)?
    } else {
        store::recordings::update(tx, &row)?
    }
    Ok(())
}

/// What the provider's word for the state changes. What is kept stays kept, what is erased stays erased.
fn stands(row: &mut Recording, status: RecordingStatus, rules: &RecordingRules, now: Timestamp) {
    let over = status != RecordingStatus::InProgress;
    if over && row.control.is_some() {
        row.control = Some("stopped".to_owned());
    }
    match (row.state.as_str(), status) {
        ("kept", _) => {}
        ("erased", RecordingStatus::Completed) => row.drop_at = Some(now),
        ("erased", _) => {}
        (_, RecordingStatus::Completed) => {
            // Told anew that it is there, it is tried anew.
            row.tries = if row.state == "failed" { 0 } else { row.tries };
            (row.state, row.fault, row.next_try_at) = ("fetching".to_owned(), None, Some(now));
        }
        (_, RecordingStatus::Absent) => {
            (row.state, row.fault, row.next_try_at) = ("absent".to_owned(), None, None);
        }
        (_, RecordingStatus::Failed) => {
            (row.state, row.fault, row.next_try_at) =
                ("failed".to_owned(), Some("provider".to_owned()), None);
        }
        ("promised", RecordingStatus::InProgress) if row.next_try_at.is_none() => {
            row.next_try_at = Some(now.plus_seconds(rules.patience()));
        }
        (_, RecordingStatus::InProgress) => {}
    }
}

/// Keeps what the caller left, as the script has it; its recording.
pub(crate) fn left(
    tx: &mut Tx<'_>,
    house: &House,
    (call, provider): (&CallId, &str),
    told: &Left,
    now: Timestamp,
) -> Result<RecordingId> {
    let own = told.url.strip_prefix(KEPT);
    let known = match own {
        Some(place) => store::recordings::by_place(tx, place)?,
        None => find(tx, call, None, Some(&told.url))?,
    };
    // The file of another call, or no file of ours at all: whoever tells of it is not believed.
    let foreign =
        known.as_ref().is_some_and(|row| row.call != *call) || own.is_some_and(|place| !is_place(place));
    let known = known.filter(|_| !foreign);
    let new = known.is_none();
    let mut row = known.unwrap_or_else(|| fresh(call, provider, MESSAGE, now));
    row.purpose = MESSAGE.to_owned();
    if foreign {
        (row.state, row.fault) = ("failed".to_owned(), Some("foreign".to_owned()));
    } else {
        row.url.get_or_insert_with(|| told.url.clone());
    }
    if told.seconds > 0 {
        row.seconds.get_or_insert(told.seconds);
    }
    if row.state == "promised" {
        // The sound is seldom ready with the hook that tells of it.
        row.next_try_at = Some(now.plus_seconds(house.recording_rules.first_wait()));
    }
    let id = row.id.clone();
    if new {
        store::recordings::insert(tx, &row)?
    } else {
        store::recordings::update(tx, &row)?
    }
    Ok(id)
}

/// The recording of a call with that id or address at the provider. Where only the start of a recording is known, as
/// of an order whose answer got lost, the first one that is told of is it.
fn find(tx: &mut Tx<'_>, call: &CallId, id: Option<&str>, url: Option<&str>) -> Result<Option<Recording>> {
    let mut rows = store::recordings::of_call(tx, call)?;
    let place = rows.iter().position(|row| same(row, id, url)).or_else(|| {
        let nameless = |row: &Recording| {
            row.control.is_some() && row.provider_id.is_none() && row.url.is_none() && row.state == "promised"
        };
        rows.iter().position(nameless).filter(|_| id.is_some())
    });
    Ok(place.map(|place| rows.swap_remove(place)))
}

/// Whether a row is the recording with that id or address; the last part of an address is often the id.
fn same(row: &Recording, id: Option<&str>, url: Option<&str>) -> bool {
    let (known_id, known_url) = (row.provider_id.as_deref(), row.url.as_deref());
    let equal = |one: Option<&str>, other: Option<&str>| one.is_some() && one == other;
    equal(known_id, id)
        || equal(known_url.map(bare), url.map(bare))
        || equal(known_id, url.map(last_part))
        || equal(known_url.map(last_part), id)
}

/// Whether a text can be a place on our shelf: year, month, and a file name without a path.
fn is_place(text: &str) -> bool {
    let digits = |part: &str, count| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let parts: Vec<&str> = text.split('/').collect();
    let [year, month, file] = parts.as_slice() else { return false };
    let Some((name, ending)) = file.split_once('.') else { return false };
    digits(year, 4) && digits(month, 2) && !name.is_empty() && name.bytes().chain(ending.bytes()).all(plain)
}

/// An address without the ending that chooses the format.
fn bare(url: &str) -> &str {
    let url = url.split('?').next().unwrap_or(url);
    [".wav", ".mp3", ".json"].iter().find_map(|ending| url.strip_suffix(ending)).unwrap_or(url)
}

fn last_part(url: &str) -> &str {
    bare(url).rsplit('/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_file_on_our_shelf_and_nothing_else() {
        assert!(is_place("2026/03/0190-ab.wav"));
        for text in
            ["", "a.wav", "2026/03/..", "2026/03/.wav", "2026/3/a.wav", "../../etc/passwd", "2026/03/a/b.wav"]
        {
            assert!(!is_place(text), "{text}");
        }
    }

    #[test]
    fn one_recording_is_known_by_id_and_by_address() {
        let url = "https://api.example/2010-04-01/Accounts/AC1/Recordings/RE1";
        let row = |id: Option<&str>, url: Option<&str>| Recording {
            provider_id: id.map(str::to_owned),
            url: url.map(str::to_owned),
            ..fresh(&CallId::new("c"), "p", MESSAGE, Timestamp(0))
        };
        let mp3 = format!("{url}.mp3?x=1");
        for (known, told, fits) in [
            ((Some("RE1"), None), (Some("RE1"), None), true),
            ((Some("RE1"), None), (None, Some(url)), true),
            ((None, Some(url)), (Some("RE1"), None), true),
            ((None, Some(mp3.as_str())), (None, Some(url)), true),
            ((Some("RE2"), None), (Some("RE1"), Some(url)), false),
            ((None, None), (None, None), false),
            ((None, Some("https://api.example/other/RE2")), (None, Some(url)), false),
        ] {
            assert_eq!(same(&row(known.0, known.1), told.0, told.1), fits, "{known:?} {told:?}");
        }
    }
}
