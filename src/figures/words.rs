//! The port to a language: figures name messages, somebody else speaks them.

/// Speaks a message of the screens.
pub trait Words {
    /// The message `id` with these values filled in, and with the limits that formulas speak of
    /// ([`crate::catalogue::formula_values`]).
    fn say(&self, id: &str, values: &[(&str, String)]) -> String;
    /// The mark between whole and fraction: `.` or `,`.
    fn decimal_mark(&self) -> char;
}

/// Says the message ids themselves: for tests, and for output that only machines read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Plain;

impl Words for Plain {
    fn say(&self, id: &str, _values: &[(&str, String)]) -> String {
        id.to_owned()
    }
    fn decimal_mark(&self) -> char {
        '.'
    }
}
