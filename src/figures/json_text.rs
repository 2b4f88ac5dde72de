//! A table as JSON: stable ids, numbers as numbers, shares with numerator and denominator, `null` for n/a.

use serde_json::{Map, Value, json};

use crate::table::{Cell, TableRow};
use crate::{Table, Words};

/// The table as a JSON value.
pub fn json_value(table: &Table, words: &dyn Words) -> Value {
    let columns = table.columns.iter().map(|column| {
        let formula = column.formula.as_ref().map(|id| words.say(id, &[]));
        json!({"id": column.id, "title": column.title.say(words), "formula": formula})
    });
    let notes = table.notes.iter().map(|note| (note.id.clone(), value(&note.value, table, words)));
    json!({
        "table": table.id,
        "notes": notes.collect::<Map<_, _>>(),
        "columns": columns.collect::<Vec<_>>(),
        "rows": table.rows.iter().map(|row| line(row, table, words)).collect::<Vec<_>>(),
        "total": table.total.as_ref().map(|row| line(row, table, words)),
    })
}

fn line(row: &TableRow, table: &Table, words: &dyn Words) -> Value {
    let cells = table.columns.iter().zip(&row.cells);
    let mut map: Map<_, _> =
        cells.map(|(column, cell)| (column.id.clone(), value(cell, table, words))).collect();
    if !row.key.is_empty() {
        map.insert("key".to_owned(), Value::from(row.key.clone()));
    }
    Value::Object(map)
}

fn value(cell: &Cell, table: &Table, words: &dyn Words) -> Value {
    match cell {
        Cell::Text(text) => Value::from(text.clone()),
        Cell::Message(id) => Value::from(words.say(id, &[])),
        Cell::Count(count) => Value::from(*count),
        Cell::Ratio(ratio) => json!({
            "numerator": ratio.numerator, "denominator": ratio.denominator, "share": ratio.share(),
        }),
        Cell::FewOf(ratio) => json!({
            "numerator": ratio.numerator, "denominator": ratio.denominator, "share": null,
        }),
        #[expect(clippy::cast_precision_loss, reason = "tenths of days or tries stay far below 2^53")]
        Cell::Tenths(tenths) => tenths.map_or(Value::Null, |tenths| Value::from(tenths as f64 / 10.0)),
        #[expect(clippy::cast_precision_loss, reason = "hundredths of one stay far below 2^53")]
        Cell::Hundredths(value) => value.map_or(Value::Null, |value| Value::from(value as f64 / 100.0)),
        Cell::Seconds(seconds) => Value::from(*seconds),
        Cell::Moment(moment) => Value::from(moment.map(|moment| moment.rfc3339(table.zone))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Ratio;
    use crate::table::Column;
    use crate::words::Plain;

    #[test]
    fn numbers_stay_numbers_and_nothing_stays_null() {
        let row = TableRow {
            key: "a".to_owned(),
            cells: vec![Cell::Count(3), Cell::Ratio(Ratio::default()), Cell::Tenths(Some(15))],
        };
        let table = Table {
            id: "units".to_owned(),
            columns: vec![
                Column::figure("signed", false),
                Column::figure("sign-on-time", true),
                Column::figure("median-days", false),
            ],
            rows: vec![row],
            total: None,
            notes: Vec::new(),
            zone: chrono_tz::UTC,
        };
        let json = json_value(&table, &Plain);
        let share = json!({"numerator": 0, "denominator": 0, "share": null});
        assert_eq!(
            json["rows"][0],
            json!({"key": "a", "signed": 3, "sign-on-time": share, "median-days": 1.5})
        );
        assert_eq!(json["columns"][0]["formula"], "figure-signed-formula");
    }
}
