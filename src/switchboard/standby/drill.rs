//! Drills: the house behaves as if the store, or the journal too, were out of reach. A drill is asked for on a
//! slip in the journal's folder, which only this machine's operator can write, and ends by itself.

use std::path::Path;

use domain::Timestamp;
use journal::slip;

use super::mode::{Drill, Mode};
use crate::{Error, Result};

/// Name of the slip.
const SLIP: &str = "drill";
/// Longest drill, in seconds: one that was forgotten must not outlive the shift.
pub const LONGEST_SECONDS: u32 = 3600;

/// Asks for a drill; the service that keeps its journal in `folder` takes it up within a second.
pub fn ask(folder: &Path, drill: Drill) -> Result<()> {
    slip::write(folder, SLIP, &format!("{} {}\n", drill.mode.as_str(), drill.until.0)).map_err(unavailable)
}

/// Ends whatever drill is asked for.
pub fn end(folder: &Path) -> Result<()> {
    slip::remove(folder, SLIP).map_err(unavailable)
}

/// The drill that is asked for. A slip that cannot be understood asks for nothing.
pub(super) fn asked(folder: &Path, now: Timestamp) -> Option<Drill> {
    let text = slip::read(folder, SLIP).ok().flatten()?;
    let (mode, until) = text.trim().split_once(' ')?;
    let drill = Drill { mode: Mode::parse(mode)?, until: Timestamp(until.parse().ok()?) };
    let longest = now.plus_seconds(LONGEST_SECONDS.into());
    (now < drill.until && drill.until <= longest).then_some(drill)
}

fn unavailable(error: journal::Error) -> Error {
    Error::Unavailable(error.to_string())
}
