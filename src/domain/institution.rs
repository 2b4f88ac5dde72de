//! Institutions over time: found by name or alias, there from day to day, followed by others. One that has ended keeps its
//! name on old cases; nothing that happened after its end is laid to it.

use chrono::NaiveDate;

use crate::directory::{Directory, Institution};

/// An institution that was not there on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended<'d> {
    pub institution: &'d Institution,
    /// Who was there in its place, where that is known.
    pub successor: Option<&'d Institution>,
}

/// What stands between names that are told one after the other.
const BETWEEN_NAMES: [char; 7] = ['、', ',', ',', ';', ';', '/', '\n'];

/// The letters and digits of a name, narrow and small.
fn bare(name: &str) -> String {
    let narrow = name.chars().map(|letter| match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        other => other,
    });
    narrow.filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Institution {
    /// Whether it was there on `day`.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }

    /// Whether it goes by this name, in any language, or is called so: the whole name, whatever its case, width, spaces
    /// and marks. A branch is not its parent.
    pub fn is_called(&self, name: &str) -> bool {
        let name = bare(name);
        !name.is_empty() && self.called().any(|known| bare(known) == name)
    }

    /// A name that somebody says and this and `other` could both be meant by, because both were there on one day.
    pub fn mistaken_for(&self, other: &Self) -> Option<&str> {
        let begins = self.valid_from.max(other.valid_from);
        let ends = [self.valid_to, other.valid_to].into_iter().flatten().min();
        let apart = begins.zip(ends).is_some_and(|(begins, ends)| begins > ends);
        self.called().filter(|_| !apart).find(|name| other.is_called(name))
    }

    fn called(&self) -> impl Iterator<Item = &str> {
        self.names.values().chain(&self.aliases).chain([&self.code]).map(String::as_str)
    }
}

impl Directory {
    /// The institution that goes by a name, an alias or its code; of several, the one that was there on `day`.
    pub fn institution_called(&self, name: &str, day: NaiveDate) -> Option<&Institution> {
        let mut called = self.institutions.iter().filter(|one| one.is_called(name));
        called.clone().find(|one| one.holds_on(day)).or_else(|| called.next())
    }

    /// The institutions that a text names in so many words, one or several behind each other, and whoever took their
    /// place since. What is said around a name (`the hospital by the lake`) is nobody's name.
    pub fn institutions_named(&self, told: &str) -> Vec<&Institution> {
        let mut named: Vec<&Institution> = Vec::new();
        for name in told.split(BETWEEN_NAMES).chain([told]) {
            for found in self.institutions.iter().filter(|one| one.is_called(name)) {
                let mut next = Some(found);
                while let Some(one) = next.filter(|one| named.iter().all(|known| known.code != one.code)) {
                    named.push(one);
                    next = one.successor.as_deref().and_then(|code| self.institution(code));
                }
            }
        }
        named
    }

    /// Whether something that happened on `day` may be laid to an institution of the directory. What is not listed may.
    pub fn was_there(&self, code: &str, day: NaiveDate) -> Result<(), Ended<'_>> {
        match self.institution(code) {
            Some(institution) if !institution.holds_on(day) => {
                Err(Ended { institution, successor: self.successor_on(institution, day) })
            }
            _ => Ok(()),
        }
    }

    /// Whoever was there on `day` in the place of an institution.
    fn successor_on<'d>(&'d self, institution: &'d Institution, day: NaiveDate) -> Option<&'d Institution> {
        let mut at = institution;
        for _ in 0..=self.institutions.len() {
            if at.holds_on(day) {
                return Some(at);
            }
            at = self.institution(at.successor.as_deref()?)?;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory_file::institutions;

    fn shipped() -> Directory {
        let institutions =
            institutions(include_str!("../../config/institutions.toml"), "institutions.toml").unwrap();
        Directory { institutions, ..Directory::default() }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn an_institution_is_found_by_name_alias_and_code() {
        let directory = shipped();
        let found = |name: &str| {
            directory.institution_called(name, day("2026-02-13")).map(|found| found.code.as_str())
        };
        let table = [
            ("云河市第一人民医院", Some("yunhe-first")),
            (" 市一院 ", Some("yunhe-first")),
            ("市 一院", Some("yunhe-first")),
            ("云河市第一人民医院分院", None),
            ("医院", None),
            ("Ｈａｖｎｂｙ　Sygehus", Some("havnby-hospital")),
            ("yunhe first people's hospital", Some("yunhe-first")),
            ("havnby sygehus", Some("havnby-hospital")),
            ("ådal", Some("aadal-hospital")),
            ("yunhe-dental", Some("yunhe-dental")),
            ("市九院", None),
            ("", None),
        ];
        for (name, code) in table {
            assert_eq!(found(name), code, "{name}");
        }
    }

    #[test]
    fn several_names_in_a_text_are_all_meant_and_who_followed_them() {
        let directory = shipped();
        let named = |told: &str| {
            let found = directory.institutions_named(told);
            found.iter().map(|one| one.code.as_str()).collect::<Vec<_>>().join(" ")
        };
        let table = [
            ("市一院", "yunhe-first"),
            ("市二院、市一院", "yunhe-second yunhe-first"),
            ("市一院,骨科", "yunhe-first"),
            ("市四院", "yunhe-fourth yunhe-third"),
            ("YUNHE  First People’s HOSPITAL", "yunhe-first"),
            ("云河市第一人民医院(分院)", ""),
            ("市一院门口的诊所", ""),
            ("、", ""),
        ];
        for (told, codes) in table {
            assert_eq!(named(told), codes, "{told}");
        }
    }

    #[test]
    fn a_name_is_said_of_one_institution_a_day() {
        let entry = |code: &str, more: &str| {
            format!(
                "[[institution]]\ncode = \"{code}\"\nnames = {{ en = \"{code}\" }}\naliases = [\"The General\"]\n{more}"
            )
        };
        let until = entry("old", "valid_to = \"2025-12-31\"\n");
        assert!(
            institutions(&format!("{until}{}", entry("new", "valid_from = \"2026-01-01\"\n")), "i.toml")
                .is_ok()
        );
        for second in [entry("new", ""), entry("new", "valid_from = \"2025-12-31\"\n")] {
            let fault = institutions(&format!("{until}{second}"), "i.toml").unwrap_err();
            let what = "institution new: it goes by \"The General\", and so does old on the same days";
            assert_eq!((fault.what.as_str(), fault.line), (what, 6));
        }
    }

    #[test]
    fn what_happened_after_the_end_belongs_to_the_successor() {
        let directory = shipped();
        assert_eq!(directory.was_there("yunhe-fourth", day("2025-06-30")), Ok(()));
        let ended = directory.was_there("yunhe-fourth", day("2025-07-01")).unwrap_err();
        assert_eq!(ended.institution.code, "yunhe-fourth");
        assert_eq!(ended.successor.map(|next| next.code.as_str()), Some("yunhe-third"));
        assert_eq!(directory.was_there("yunhe-third", day("2025-07-01")), Ok(()));
        assert_eq!(directory.was_there("a clinic that nobody listed", day("2025-07-01")), Ok(()));
        assert!(directory.institution("yunhe-fourth").is_some(), "its name stays on old cases");
    }

    #[test]
    fn of_two_by_one_name_the_one_of_the_day_is_meant_and_a_circle_ends() {
        let entry = |code: &str, more: &str| {
            format!(
                "[[institution]]\ncode = \"{code}\"\nnames = {{ en = \"{code}\" }}\naliases = [\"x\"]\n{more}"
            )
        };
        let old = entry("old", "valid_to = \"2025-12-31\"\nsuccessor = \"new\"\n");
        let new =
            entry("new", "valid_from = \"2026-01-01\"\nsuccessor = \"old\"\nvalid_to = \"2026-12-31\"\n");
        let institutions = institutions(&format!("{old}{new}"), "i.toml").unwrap();
        let directory = Directory { institutions, ..Directory::default() };
        let on = |text: &str| directory.institution_called("X", day(text)).unwrap().code.clone();
        assert_eq!((on("2025-12-31"), on("2026-01-01")), ("old".to_owned(), "new".to_owned()));
        assert_eq!(directory.was_there("old", day("2027-01-01")).unwrap_err().successor, None);
    }
}
