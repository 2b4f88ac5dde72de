//! Kappa, reckoned by hand.

use proptest::prelude::*;

use super::*;

/// A table of counts as pairs: rows are the first coder, columns the second.
fn table<'a>(codes: &[&'a str], counts: &[&[usize]]) -> Vec<(&'a str, &'a str)> {
    let mut pairs = Vec::new();
    for (row, first) in counts.iter().zip(codes) {
        for (count, second) in row.iter().zip(codes) {
            pairs.extend(std::iter::repeat_n((*first, *second), *count));
        }
    }
    pairs
}

const YES_NO: [&str; 2] = ["yes", "no"];
const GRADES: [&str; 4] = ["0", "1", "2", "3"];

/// Each with the sum that gives it.
#[test]
fn kappa_of_names_is_what_a_hand_reckons() {
    let table = [
        // Seen 35/50 = .70; chance (25·30 + 25·20)/2500 = .50; (.70 − .50)/.50 = .40.
        (table(&YES_NO, &[&[20, 5], &[10, 15]]), (35, 50), Some(50), Some(40)),
        // Seen 60/100; chance (60·70 + 40·30)/10000 = .54; .06/.46 = .1304.
        (table(&YES_NO, &[&[45, 15], &[25, 15]]), (60, 100), Some(54), Some(13)),
        // Seen 60/100 as well; chance (60·30 + 40·70)/10000 = .46; .14/.54 = .2593: the habits decide.
        (table(&YES_NO, &[&[25, 35], &[5, 35]]), (60, 100), Some(46), Some(26)),
        // All alike on two codes: 1.
        (table(&YES_NO, &[&[5, 0], &[0, 5]]), (10, 10), Some(50), Some(100)),
        // Never alike: chance .50, (0 − .50)/.50 = −1.
        (table(&YES_NO, &[&[0, 5], &[5, 0]]), (0, 10), Some(50), Some(-100)),
        // Three codes: seen (3+2+1)/9 = .6667; rows 4 3 2, columns 4 3 2: chance 29/81 = .3580; .4808.
        (table(&["a", "b", "c"], &[&[3, 1, 0], &[0, 2, 1], &[1, 0, 1]]), (6, 9), Some(36), Some(48)),
        // One code only: alike always, and by chance too. Not defined.
        (table(&YES_NO, &[&[7, 0], &[0, 0]]), (7, 7), Some(100), None),
        // One coder always says yes: chance .60 = seen .60, so 0.
        (table(&YES_NO, &[&[6, 4], &[0, 0]]), (6, 10), Some(60), Some(0)),
        (Vec::new(), (0, 0), None, None),
    ];
    for (pairs, (same, count), chance, kappa) in table {
        let found = agreement(&pairs, Codes::Names);
        assert_eq!(found.same, Ratio { numerator: same, denominator: count }, "{pairs:?}");
        assert_eq!((found.chance, found.kappa), (chance, kappa), "{pairs:?}");
    }
}

#[test]
fn weighted_kappa_of_grades_is_what_a_hand_reckons() {
    let table = [
        // Four pairs, all one grade apart: 0–1, 1–2, 2–3, 1–0. Weights 2/3 each: seen .6667.
        // Firsts 0 1 1 2, seconds 1 2 3 0 (in thirds): 0 with 1,2,3,0: 2+1+0+3 = 6; 1: 3+2+1+2 = 8, twice 16;
        // 2: 2+3+2+1 = 8. Chance 30/48 = .625. (.6667 − .625)/.375 = .1111.
        (vec![("0", "1"), ("1", "2"), ("2", "3"), ("1", "0")], Some(63), Some(11)),
        // The ends against each other: seen 0; chance: 0 with 3,0: 0+3; 3 with 3,0: 3+0: 6/12 = .5; −1.
        (vec![("0", "3"), ("3", "0")], Some(50), Some(-100)),
        // All alike on two grades: 1.
        (vec![("0", "0"), ("3", "3")], Some(50), Some(100)),
        // 2–2, 2–3, 3–3, 0–1: weights 3 2 3 2 of 3: seen 10/12 = .8333. Firsts 2 2 3 0, seconds 2 3 3 1:
        // 2: 3+2+2+2 = 9, twice 18; 3: 2+3+3+1 = 9; 0: 1+0+0+2 = 3. Chance 30/48 = .625; .2083/.375 = .5556.
        (vec![("2", "2"), ("2", "3"), ("3", "3"), ("0", "1")], Some(63), Some(56)),
        (vec![("2", "2"), ("2", "2")], Some(100), None),
    ];
    for (pairs, chance, kappa) in table {
        let found = agreement(&pairs, Codes::Grades(&GRADES));
        assert_eq!((found.chance, found.kappa), (chance, kappa), "{pairs:?}");
    }
}

#[test]
fn neighbours_disagree_less_than_the_ends() {
    let base = [("0", "0"), ("3", "3"), ("1", "1"), ("2", "2")];
    let with = |more: (&'static str, &'static str)| {
        let pairs: Vec<_> = base.iter().copied().chain([more]).collect();
        agreement(&pairs, Codes::Grades(&GRADES)).kappa.unwrap()
    };
    assert!(with(("0", "1")) > with(("0", "2")) && with(("0", "2")) > with(("0", "3")));
    // A grade of an old list agrees with itself alone.
    assert_eq!(agreement(&[("9", "9"), ("0", "0")], Codes::Grades(&GRADES)).kappa, Some(100));
    assert!(agreement(&[("9", "0"), ("0", "0"), ("3", "3")], Codes::Grades(&GRADES)).kappa.unwrap() < 100);
}

#[test]
fn too_few_pairs_say_so_instead_of_a_number() {
    let pairs = table(&YES_NO, &[&[20, 5], &[10, 15]]);
    let message = |id: &str| Cell::Message(id.to_owned());
    let ratio = Cell::Ratio(Ratio { numerator: 35, denominator: 50 });
    let rows: Vec<PairRow> = pairs.iter().map(|pair| row(*pair, ["1", "1"])).collect();
    let counted = |least| cells(&rows.iter().collect::<Vec<_>>(), Codes::Names, least);
    let number = |value| Cell::Hundredths(Some(value));
    let told = [number(50), number(40), number(14), number(66)];
    assert_eq!(counted(50)[..3], [Cell::Count(50), Cell::Count(0), ratio.clone()]);
    assert_eq!(counted(50)[3..], told);
    let few = message("report-too-few");
    assert_eq!(counted(51)[2..], [ratio, few.clone(), few.clone(), few.clone(), few]);
    let alike = row(("yes", "yes"), ["1", "1"]);
    let alike = cells(&[&alike], Codes::Names, 1);
    assert_eq!(
        alike[4..],
        [message("report-one-code"), message("report-no-spread"), message("report-no-spread")]
    );
}

fn row((first, second): (&str, &str), versions: [&str; 2]) -> PairRow {
    PairRow {
        axis: "category".to_owned(),
        case_id: "a".to_owned(),
        case_number: "1".to_owned(),
        ordinal: 1,
        first: first.to_owned(),
        second: second.to_owned(),
        versions: versions.map(str::to_owned),
        done_at: Timestamp(0),
    }
}

#[test]
fn pairs_from_two_versions_of_a_list_are_told_and_not_reckoned_with() {
    let rows =
        [row(("yes", "yes"), ["1", "1"]), row(("no", "no"), ["1", "1"]), row(("yes", "no"), ["1", "2"])];
    let cells = cells(&rows.iter().collect::<Vec<_>>(), Codes::Names, 1);
    let ratio = Cell::Ratio(Ratio { numerator: 2, denominator: 2 });
    assert_eq!(cells[..3], [Cell::Count(2), Cell::Count(1), ratio]);
    assert_eq!(cells[4], Cell::Hundredths(Some(100)));
}

/// Each with the sum that gives it.
#[test]
fn the_interval_is_what_a_hand_reckons() {
    let table = [
        // Error √(.70·.30 / (50·.50²)) = .1296; 1.96 of it .2540.
        (table(&YES_NO, &[&[20, 5], &[10, 15]]), Codes::Names, Some(26)),
        // Error √(.60·.40 / (100·.46²)) = .1065; .2087.
        (table(&YES_NO, &[&[45, 15], &[25, 15]]), Codes::Names, Some(21)),
        // Grades: weights 1, 2/3 and 0 in thirds 3 2 0: mean 5/9, mean square 13/27, so the spread is .1728; chance 5/9
        // (firsts 0 0 0, seconds 0 1 3), 1 − chance .4444: √(.1728/3)/.4444 = .5401; 1.0586.
        (vec![("0", "0"), ("0", "1"), ("0", "3")], Codes::Grades(&GRADES), Some(106)),
        (table(&YES_NO, &[&[5, 0], &[0, 5]]), Codes::Names, None),
        (table(&YES_NO, &[&[7, 0], &[0, 0]]), Codes::Names, None),
        (Vec::new(), Codes::Names, None),
    ];
    for (pairs, codes, margin) in table {
        assert_eq!(agreement(&pairs, codes).margin, margin, "{pairs:?}");
    }
}

proptest! {
    /// Kappa lies between −1 and 1, does not mind who was first, and is 1 exactly where all agree on more than one code.
    #[test]
    fn kappa_keeps_its_bounds(pairs in prop::collection::vec((0_usize..4, 0_usize..4), 0..60)) {
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(one, two)| (GRADES[*one], GRADES[*two])).collect();
        let turned: Vec<(&str, &str)> = pairs.iter().map(|(one, two)| (*two, *one)).collect();
        for codes in [Codes::Names, Codes::Grades(&GRADES)] {
            let found = agreement(&pairs, codes);
            prop_assert_eq!(found, agreement(&turned, codes));
            prop_assert!(found.kappa.is_none_or(|kappa| (-100..=100).contains(&kappa)));
            let alike = pairs.iter().all(|(one, two)| one == two);
            let several = pairs.iter().any(|pair| pair.0 != pairs[0].0);
            if alike && several {
                prop_assert_eq!(found.kappa, Some(100));
            }
            if pairs.is_empty() || (alike && !several) {
                prop_assert_eq!(found.kappa, None);
            }
        }
    }
}
