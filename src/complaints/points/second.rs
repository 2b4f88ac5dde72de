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
        /// Whoever gave it back may have seen the first coding since.
        GaveBack = "gave_back",
    }
}

/// What is known of a point before it is given to somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Candidate {
    /// Everybody who has coded it.
    pub coders: Vec<PersonId>,
    /// Somebody has it already, or has done it.
    pub taken: bool,
    /// Who had it and gave it back.
    pub gave_back: Option<PersonId>,
    /// It has a category.
    pub coded: bool,
}

/// Whether `person` may be given the point.
pub fn may_take(candidate: &Candidate, person: &PersonId) -> Result<(), Unfit> {
    if candidate.taken {
        return Err(Unfit::Taken);
    }
    if !candidate.coded {
        return Err(Unfit::Uncoded);
    }
    if candidate.gave_back.as_ref() == Some(person) {
        return Err(Unfit::GaveBack);
    }
    if candidate.coders.contains(person) { Err(Unfit::OwnCoding) } else { Ok(()) }
}

/// One axis, coded by both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    pub axis: String,
    pub first: Given,
    pub second: Given,
}

/// A code with the version of the list it was taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub code: String,
    pub version: String,
}

/// The codings side by side. An axis that one of the two left open is no pair; the category is never left open.
pub fn pairs(first: &BTreeMap<String, Given>, second: &BTreeMap<String, Given>) -> Result<Vec<Pair>, Unfit> {
    if second.get(CATEGORY).is_none_or(|given| given.code.is_empty()) {
        return Err(Unfit::Unfinished);
    }
    let both = first.iter().filter_map(|(axis, given)| {
        let other = second.get(axis).filter(|other| !other.code.is_empty() && !given.code.is_empty())?;
        Some(Pair { axis: axis.clone(), first: given.clone(), second: other.clone() })
    });
    Ok(both.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coding(codes: &[(&str, &str)]) -> BTreeMap<String, Given> {
        let given = |code: &str| Given { code: code.to_owned(), version: "1".to_owned() };
        codes.iter().map(|(axis, code)| ((*axis).to_owned(), given(code))).collect()
    }

    #[test]
    fn only_somebody_new_takes_a_coded_point_that_nobody_has() {
        let (li, wang) = (PersonId::new("li"), PersonId::new("wang"));
        let coded = Candidate { coders: vec![li.clone()], taken: false, gave_back: None, coded: true };
        assert_eq!(may_take(&coded, &wang), Ok(()));
        assert_eq!(may_take(&coded, &li), Err(Unfit::OwnCoding));
        assert_eq!(may_take(&Candidate { taken: true, ..coded.clone() }, &wang), Err(Unfit::Taken));
        let back = Candidate { gave_back: Some(wang.clone()), ..coded.clone() };
        assert_eq!(may_take(&back, &wang), Err(Unfit::GaveBack));
        assert_eq!(may_take(&Candidate { coded: false, ..coded }, &wang), Err(Unfit::Uncoded));
    }

    #[test]
    fn what_one_left_open_is_no_pair() {
        let first = coding(&[("category", "fees"), ("severity", "2"), ("stage", "")]);
        let second = coding(&[("category", "attitude"), ("severity", "2"), ("stage", "ward"), ("hcat", "x")]);
        let found = pairs(&first, &second).unwrap();
        let told: Vec<_> = found
            .iter()
            .map(|pair| (pair.axis.as_str(), pair.first.code.as_str(), pair.second.code.as_str()))
            .collect();
        assert_eq!(told, [("category", "fees", "attitude"), ("severity", "2", "2")]);
        assert_eq!(pairs(&first, &coding(&[("severity", "2")])), Err(Unfit::Unfinished));
    }
}
