//! A table as CSV: UTF-8 with a byte order mark (without it, Excel on a Chinese Windows garbles the text),
//! CRLF, quoting by RFC 4180, one header line. Each line carries its notes (period, zone, as-of time,
//! filters) in columns of its own, so that a line cut out of the file still says what it counts.

use crate::{Table, Words};

/// How the file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CsvStyle {
    /// Begin with the byte order mark.
    pub byte_order_mark: bool,
}

impl Default for CsvStyle {
    fn default() -> Self {
        Self { byte_order_mark: true }
    }
}

/// A table that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the table cannot be written as CSV: {0}")]
pub struct NotWritten(String);

/// The whole file.
pub fn csv_text(table: &Table, words: &dyn Words, style: CsvStyle) -> Result<String, NotWritten> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let broken = |error: csv::Error| NotWritten(error.to_string());
    let titles = table.part_titles(words).into_iter().zip(table.part_ids());
    let notes =
        table.notes.iter().map(|note| (words.say(&format!("report-note-{}", note.id), &[]), note.id.clone()));
    let header = titles.chain(notes).map(|(title, id)| harmless(format!("{title} ({id})")));
    writer.write_record(header).map_err(broken)?;
    let notes: Vec<_> = table.notes.iter().flat_map(|note| note.value.parts(words, table.zone)).collect();
    for line in table.lines() {
        let parts = table.parts(line, words).into_iter().chain(notes.iter().cloned());
        writer.write_record(parts.map(harmless)).map_err(broken)?;
    }
    let bytes = writer.into_inner().map_err(|error| NotWritten(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|error| NotWritten(error.to_string()))?;
    Ok(if style.byte_order_mark { format!("\u{feff}{text}") } else { text })
}

/// A spreadsheet must not take a text for a formula: what looks like the start of one gets an apostrophe.
fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Ratio;
    use crate::table::{Cell, Column, Note, TableRow};
    use crate::words::Plain;

    fn table(name: &str) -> Table {
        Table {
            id: "units".to_owned(),
            columns: vec![Column::naming("department"), Column::figure("sign-on-time", true)],
            rows: vec![TableRow {
                key: "a".to_owned(),
                cells: vec![Cell::Text(name.to_owned()), Cell::Ratio(Ratio { numerator: 1, denominator: 2 })],
            }],
            total: None,
            notes: vec![Note { id: "zone".to_owned(), value: Cell::Text("Asia/Shanghai".to_owned()) }],
            zone: chrono_tz::Asia::Shanghai,
        }
    }

    #[test]
    fn the_bytes_are_what_spreadsheets_expect() {
        let text = csv_text(&table("医政,\"一\"处"), &Plain, CsvStyle::default()).unwrap();
        let lines = [
            "\u{feff}report-column-department (department),figure-sign-on-time (sign-on-time)",
            "report-numerator (sign-on-time-numerator)",
            "report-denominator (sign-on-time-denominator)",
            "report-note-zone (zone)\r\n\"医政,\"\"一\"\"处\",50.0%,1,2,Asia/Shanghai\r\n",
        ];
        assert_eq!(text, lines.join(","));
    }

    #[test]
    fn no_text_becomes_a_formula() {
        for start in ["=1+1", "+1", "-1", "@sum", "\tx", "\rx"] {
            let text = csv_text(&table(start), &Plain, CsvStyle { byte_order_mark: false }).unwrap();
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let first = reader.records().next().unwrap().unwrap();
            assert_eq!(first.get(0), Some(format!("'{start}").as_str()));
        }
    }
}
