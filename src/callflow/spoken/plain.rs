//! Languages whose words we do not have: figures, which the provider's voice reads in its own way.

use chrono::NaiveDate;

use super::Tongue;

pub(super) struct Plain;

impl Tongue for Plain {
    fn cardinal(&self, number: u32) -> String {
        number.to_string()
    }

    fn ordinal(&self, number: u32) -> String {
        number.to_string()
    }

    fn digit(&self, digit: u8) -> &'static str {
        ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]
            .get(usize::from(digit))
            .copied()
            .unwrap_or_default()
    }

    fn date(&self, day: NaiveDate, _: bool) -> String {
        day.format("%Y-%m-%d").to_string()
    }

    fn time(&self, hour: u32, minute: u32) -> String {
        format!("{hour}:{minute:02}")
    }

    fn and(&self) -> &'static str {
        ","
    }

    fn duration(&self, minutes: u32) -> String {
        minutes.to_string()
    }

    fn place(&self, text: &str) -> String {
        text.to_owned()
    }
}
