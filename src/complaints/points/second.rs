//! Coding a point a second time, blindly: another person, who does not know the first coding until his own is done.

use std::collections::BTreeMap;

use domain::{PersonId, codes};

use super::CATEGORY;

codes! {
    /// Why somebody may not code a point a second time.
    pub enum Unfit, "reason against a second coding" {
        /// Whoever coded it before knows what he wrote.
        OwnCoding = "own_coding",
        /// Somebody else has it, or has done it.
        Taken = "taken",
        /// It has no first coding to be held against.
        Uncoded = "uncoded",
        /// The second coder gave no category.
        Unfinished = "unfinished",
    }
}

/// What is known of a point before somebody takes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Candidate {
    /// Everybody who has coded it.
    pub coders: Vec<PersonId>,
    /// Somebody has taken it already.
    pub taken: bool,
    /// It has a category.
    pub coded: bool,
}

/// Whether `person` may take the point.
pub fn may_take(candidate: &Candidate, person: &PersonId) -> Result<(), Unfit> {
    if candidate.taken {
        return Err(Unfit::Taken);
    }
    if !candidate.coded {
        return Err(Unfit::Uncoded);
    }
    if candidate.coders.contains(person) { Err(Unfit::OwnCoding) } else { Ok(()) }
}

/// One axis, coded by both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    pub axis: String,
    pub first: String,
    pub second: String,
}

/// The codings side by side. An axis that one of the two left open is no pair; the category is never left open.
pub fn pairs(
    first: &BTreeMap<String, String>,
    second: &BTreeMap<String, String>,
) -> Result<Vec<Pair>, Unfit> {
    if second.get(CATEGORY).is_none_or(String::is_empty) {
        return Err(Unfit::Unfinished);
    }
    let both = first.iter().filter_map(|(axis, code)| {
        let other = second.get(axis).filter(|other| !other.is_empty() && !code.is_empty())?;
        Some(Pair { axis: axis.clone(), first: code.clone(), second: other.clone() })
    });
    Ok(both.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coding(codes: &[(&str, &str)]) -> BTreeMap<String, String> {
        codes.iter().map(|(axis, code)| ((*axis).to_owned(), (*code).to_owned())).collect()
    }

    #[test]
    fn only_somebody_new_takes_a_coded_point_that_nobody_has() {
        let (li, wang) = (PersonId::new("li"), PersonId::new("wang"));
        let coded = Candidate { coders: vec![li.clone()], taken: false, coded: true };
        assert_eq!(may_take(&coded, &wang), Ok(()));
        assert_eq!(may_take(&coded, &li), Err(Unfit::OwnCoding));
        assert_eq!(may_take(&Candidate { taken: true, ..coded.clone() }, &wang), Err(Unfit::Taken));
        assert_eq!(may_take(&Candidate { coded: false, ..coded }, &wang), Err(Unfit::Uncoded));
    }

    #[test]
    fn what_one_left_open_is_no_pair() {
        let first = coding(&[("category", "fees"), ("severity", "2"), ("stage", "")]);
        let second = coding(&[("category", "attitude"), ("severity", "2"), ("stage", "ward"), ("hcat", "x")]);
        let found = pairs(&first, &second).unwrap();
        let told: Vec<_> = found
            .iter()
            .map(|pair| (pair.axis.as_str(), pair.first.as_str(), pair.second.as_str()))
            .collect();
        assert_eq!(told, [("category", "fees", "attitude"), ("severity", "2", "2")]);
        assert_eq!(pairs(&first, &coding(&[("severity", "2")])), Err(Unfit::Unfinished));
    }
}
