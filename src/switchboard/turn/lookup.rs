//! Progress of a case by number and PIN, for a caller at the keypad. Only a status word is told, and
//! guessing is cut short.

use callflow::Answer;
use domain::{CaseNumber, Timestamp};
use store::{Tx, cases, notes};

use crate::Result;

/// Wrong tries within [`WINDOW`] after which a caller is told to try later.
const MOST_TRIES: u32 = 5;
/// A quarter of an hour, in milliseconds.
const WINDOW: i64 = 15 * 60 * 1000;

/// Answers the look-up. `who` stands for the caller without being a number.
pub(super) fn progress(
    tx: &mut Tx<'_>,
    who: &str,
    now: Timestamp,
    number: &str,
    pin: &str,
) -> Result<Answer> {
    let window = Timestamp(now.0.div_euclid(WINDOW) * WINDOW);
    // The window before counts too: otherwise the turn of the quarter would give the tries anew.
    if notes::lookup_tries(tx, who, Timestamp(window.0 - WINDOW))? >= MOST_TRIES {
        return Ok(Answer::TooManyTries);
    }
    let case = match CaseNumber::parse(number) {
        Ok(number) => match cases::by_number(tx, &number) {
            Ok(case) => Some(case),
            Err(store::Error::NotFound) => None,
            Err(error) => return Err(error.into()),
        },
        Err(_) => None,
    };
    match case.filter(|case| case.pin == pin) {
        Some(case) => Ok(Answer::Progress { status: case.status }),
        None => {
            notes::count_lookup_try(tx, who, window)?;
            Ok(Answer::NoSuchCase)
        }
    }
}
