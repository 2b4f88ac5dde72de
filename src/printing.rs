//! What commands print. A reader that has gone (`hotline … | head`) is no fault: the rest goes unread.

use std::fmt::Arguments;
use std::io::Write as _;

/// Prints one line, like `println!`, but does not panic where nobody reads.
macro_rules! say {
    ($($text:tt)*) => { $crate::printing::line(format_args!($($text)*)) };
}
pub(crate) use say;

/// Writes a line to standard output, if somebody reads it.
pub(crate) fn line(text: Arguments<'_>) {
    // The only other reader of such an error would be the one that has gone.
    drop(writeln!(std::io::stdout().lock(), "{text}"));
}
