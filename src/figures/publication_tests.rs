//! Tests of what is withheld: by hand, and against somebody who tries every table that fits what is shown.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{At, Published};

fn protect(counts: &[Vec<u64>], least: u64) -> Published {
    super::protect(counts, counts.first().map_or(0, Vec::len), least)
}

fn shown(table: &Published) -> Vec<String> {
    let word = |cell: &Option<u64>| cell.map_or_else(|| "·".to_owned(), |count| count.to_string());
    let line = |cells: &[Option<u64>], total: &Option<u64>| {
        cells.iter().chain([total]).map(word).collect::<Vec<_>>().join(" ")
    };
    let rows = table.cells.iter().zip(&table.rows).map(|(cells, total)| line(cells, total));
    rows.chain([line(&table.columns, &table.all)]).collect()
}

#[test]
fn large_numbers_and_nothing_are_shown() {
    let table = protect(&[vec![12, 0], vec![7, 30]], 5);
    assert_eq!(shown(&table), ["12 0 12", "7 30 37", "19 30 49"]);
    assert_eq!(shown(&super::protect(&[], 2, 5)), ["0 0 0"], "a table without rows keeps its columns");
}

#[test]
fn a_small_number_takes_a_rectangle_along() {
    let table = protect(&[vec![3, 20, 40], vec![9, 8, 50], vec![60, 70, 80]], 5);
    assert_eq!(shown(&table), ["· · 40 63", "· · 50 67", "60 70 80 210", "72 98 170 340"]);
}

#[test]
fn one_number_alone_in_its_row_takes_the_total_along() {
    let table = protect(&[vec![2, 0], vec![0, 9], vec![30, 40]], 5);
    // The row's total is the number itself, and the column's would tell it.
    assert_eq!(table.rows[0], None);
    assert_eq!(table.cells[0], [None, Some(0)]);
    assert!(table.columns[0].is_none() || table.cells[2][0].is_none());
}

#[test]
fn two_ones_in_a_row_that_adds_up_to_two_are_not_safe() {
    let table = protect(&[vec![1, 1, 0], vec![20, 30, 40], vec![25, 35, 45]], 5);
    // Both withheld and the total shown: 1 + 1 is the only way to make 2 of two numbers above nothing.
    assert_eq!(table.rows[0], None);
}

#[test]
fn a_one_cannot_be_less() {
    let table = protect(&[vec![1, 1], vec![1, 1]], 2);
    // With the row's total told, its two numbers could only be one and one.
    assert_eq!(table.rows, [None, None]);
    assert_eq!(table.columns, [None, None]);
}

/// Every value that each withheld number may have, for somebody who knows the rules.
fn possible(published: &Published) -> Vec<BTreeSet<u64>> {
    const MOST: u64 = 8;
    let hidden: Vec<At> = (0..published.cells.len())
        .flat_map(|row| (0..published.columns.len()).map(move |column| (row, column)))
        .filter(|at| published.cells[at.0][at.1].is_none())
        .collect();
    let mut found = vec![BTreeSet::new(); hidden.len() + published.rows.len() + published.columns.len() + 1];
    let mut guess: Vec<Vec<u64>> =
        published.cells.iter().map(|row| row.iter().map(|cell| cell.unwrap_or(1)).collect()).collect();
    loop {
        let rows: Vec<u64> = guess.iter().map(|row| row.iter().sum()).collect();
        let columns: Vec<u64> =
            (0..published.columns.len()).map(|place| guess.iter().map(|row| row[place]).sum()).collect();
        let all: u64 = rows.iter().sum();
        let totals: Vec<u64> = rows.into_iter().chain(columns).chain([all]).collect();
        let known: Vec<Option<u64>> =
            published.rows.iter().chain(&published.columns).chain([&published.all]).copied().collect();
        let fits =
            totals.iter().zip(&known).all(|(total, known)| known.map_or(*total > 0, |known| known == *total));
        if fits {
            let values = hidden.iter().map(|at| guess[at.0][at.1]).chain(totals);
            for (set, value) in found.iter_mut().zip(values) {
                set.insert(value);
            }
        }
        // The next guess, like the next number of a meter.
        let Some(next) = hidden.iter().position(|at| guess[at.0][at.1] < MOST) else { break };
        for at in &hidden[..next] {
            guess[at.0][at.1] = 1;
        }
        guess[hidden[next].0][hidden[next].1] += 1;
    }
    let known = published.rows.iter().chain(&published.columns).chain([&published.all]);
    let told = hidden.iter().map(|_| false).chain(known.map(Option::is_some));
    found.into_iter().zip(told).filter(|(_, told)| !told).map(|(set, _)| set).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nobody_can_reckon_what_is_withheld(
        counts in (1usize..=2, 1usize..=3).prop_flat_map(|(rows, columns)| {
            prop::collection::vec(prop::collection::vec(0u64..7, columns), rows)
        }),
        least in 2u64..6,
    ) {
        let published = protect(&counts, least);
        for values in possible(&published) {
            prop_assert!(values.len() > 1, "{counts:?} {:?}", shown(&published));
        }
    }

    #[test]
    fn no_small_number_is_shown_and_every_shown_one_is_true(
        counts in (1usize..=6, 1usize..=6).prop_flat_map(|(rows, columns)| {
            prop::collection::vec(prop::collection::vec(0u64..40, columns), rows)
        }),
    ) {
        let published = protect(&counts, 5);
        for (row, cells) in published.cells.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                prop_assert!(cell.is_none_or(|count| count == counts[row][column] && (count == 0 || count >= 5)));
                prop_assert!(counts[row][column] > 0 || cell.is_some(), "a zero tells of nobody");
            }
        }
        for (total, row) in published.rows.iter().zip(&counts) {
            prop_assert!(total.is_none_or(|total| total == row.iter().sum::<u64>()));
        }
    }
}
