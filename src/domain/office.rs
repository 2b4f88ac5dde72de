//! Offices that inform callers or decide on their complaints: the regional patient offices, the agency, the scheme of
//! volunteer companions. Entries hold from day to day, because regions merge.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::codes;
use crate::directory::{Directory, Names};

codes! {
    /// What an office is for.
    pub enum OfficeKind, "kind of office" {
        /// Informs callers of a region and runs its dialogues.
        Region = "region",
        /// Decides complaints.
        Agency = "agency",
        /// Sends volunteer companions.
        VolunteerScheme = "volunteer_scheme",
    }
}

/// A page to read on.
#[derive(Debug, Clone, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct OfficeLink {
    pub names: Names,
    pub url: String,
}

/// An office that informs callers. Some have no telephone: one of the Danish regions has one office per hospital.
#[derive(Debug, Clone, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Office {
    pub code: String,
    pub names: Names,
    /// A regional office, unless the entry says otherwise.
    #[serde(default = "region")]
    pub kind: OfficeKind,
    #[serde(default)]
    pub phone: Option<String>,
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub web: Option<String>,
    /// True where the contact is local, one per hospital, and `web` leads to the list.
    #[serde(default)]
    pub local_per_hospital: bool,
    /// First day the entry holds.
    #[serde(default)]
    pub valid_from: Option<NaiveDate>,
    /// Last day the entry holds; after it `successor` does.
    #[serde(default)]
    pub valid_to: Option<NaiveDate>,
    #[serde(default)]
    pub successor: Option<String>,
    /// What changes for open cases on the first day, in words for those who work on them.
    #[serde(default)]
    pub on_take_over: Option<Names>,
    #[serde(default)]
    pub links: Vec<OfficeLink>,
    /// Where a case is mailed to, by the days that it holds.
    #[serde(default)]
    pub secure_mail: Vec<SecureMail>,
}

/// An address at which an authority takes cases: the way to it is protected, as by encryption from server to server.
#[derive(Debug, Clone, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct SecureMail {
    pub address: String,
    /// Where the authority says so.
    pub citation: String,
    #[serde(default)]
    pub valid_from: Option<NaiveDate>,
    #[serde(default)]
    pub valid_to: Option<NaiveDate>,
}

fn region() -> OfficeKind {
    OfficeKind::Region
}

impl Office {
    /// Whether the entry holds on `day`.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

impl Office {
    /// The address that a case is mailed to on `day`; none: it goes by another way.
    pub fn secure_mail_on(&self, day: NaiveDate) -> Option<&str> {
        let holds = |one: &&SecureMail| {
            one.valid_from.is_none_or(|from| from <= day) && one.valid_to.is_none_or(|to| day <= to)
        };
        self.secure_mail.iter().find(holds).map(|one| one.address.as_str())
    }
}

impl Directory {
    /// The office with this code, whether it still holds or not.
    pub fn office(&self, code: &str) -> Option<&Office> {
        self.offices.iter().find(|office| office.code == code)
    }

    /// The office that answers for `code` on `day`: itself, or whoever succeeded it.
    pub fn office_on(&self, code: &str, day: NaiveDate) -> Option<&Office> {
        let mut at = self.office(code)?;
        for _ in 0..=self.offices.len() {
            if at.holds_on(day) {
                return Some(at);
            }
            at = self.office(at.successor.as_deref()?)?;
        }
        None
    }

    /// The regional office that goes by this name or code, in any language: how an institution names its region.
    pub fn region_named(&self, name: &str) -> Option<&Office> {
        let regions = self.offices.iter().filter(|office| office.kind == OfficeKind::Region);
        let mut named =
            regions.filter(|office| office.code == name || office.names.values().any(|known| known == name));
        named.next()
    }

    /// The offices that `successor` takes over from.
    pub fn predecessors<'d>(&'d self, successor: &str) -> impl Iterator<Item = &'d Office> {
        self.offices.iter().filter(move |office| office.successor.as_deref() == Some(successor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory_file::offices;

    fn shipped() -> Directory {
        let offices = offices(include_str!("../../config/offices.toml"), "offices.toml").unwrap();
        Directory { offices, ..Directory::default() }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The contact list of the guide on dialogue, number by number. One region has no number of its own.
    #[test]
    fn the_list_is_that_of_the_guide() {
        let directory = shipped();
        let of = |code: &str| {
            let office = directory.office(code).unwrap();
            (
                office.phone.as_deref(),
                office.email.as_deref(),
                office.web.is_some(),
                office.local_per_hospital,
            )
        };
        let table = [
            ("nordjylland", (Some("97 64 80 10"), Some("patientkontor@rn.dk"), false, false)),
            ("syddanmark", (Some("76 63 14 90"), Some("patientkontoret@rsyd.dk"), false, false)),
            ("midtjylland", (Some("78 41 04 44"), None, true, false)),
            (
                "sjaelland",
                (Some("70 15 50 01"), Some("patientvejledningen@regionsjaelland.dk"), false, false),
            ),
            ("hovedstaden", (None, None, true, true)),
            ("stpk", (Some("72 33 05 00"), Some("stpk@stpk.dk"), true, false)),
        ];
        for (code, expected) in table {
            assert_eq!(of(code), expected, "{code}");
        }
    }

    #[test]
    fn the_eastern_region_succeeds_two() {
        let directory = shipped();
        let on = |code: &str, text: &str| directory.office_on(code, day(text)).unwrap().code.clone();
        assert_eq!(on("sjaelland", "2026-12-31"), "sjaelland");
        assert_eq!(on("sjaelland", "2027-01-01"), "oestdanmark");
        assert_eq!(on("hovedstaden", "2027-01-01"), "oestdanmark");
        assert_eq!(on("midtjylland", "2027-01-01"), "midtjylland");
        let before: Vec<_> =
            directory.predecessors("oestdanmark").map(|office| office.code.as_str()).collect();
        assert_eq!(before, ["sjaelland", "hovedstaden"]);
        let words = directory.office("oestdanmark").unwrap().on_take_over.as_ref().unwrap();
        assert!(["da", "en", "zh-CN"].iter().all(|language| words.contains_key(*language)));
        assert_eq!(directory.office_on("oestdanmark", day("2026-12-31")), None, "not before its day");
    }

    #[test]
    fn an_institution_names_its_region_in_words() {
        let directory = shipped();
        assert_eq!(directory.region_named("Region Midtjylland").unwrap().code, "midtjylland");
        assert_eq!(directory.region_named("hovedstaden").unwrap().code, "hovedstaden");
        assert_eq!(directory.region_named("stpk"), None, "the agency is no region");
    }

    #[test]
    fn an_authority_has_its_address_from_day_to_day() {
        let entry = |address: &str, days: &str| {
            format!("[[office.secure_mail]]\naddress = \"{address}\"\ncitation = \"its page\"\n{days}\n")
        };
        let office = "[[office]]\ncode = \"a\"\nkind = \"agency\"\nnames = { da = \"a\" }\n";
        let old = entry("old@agency.example", "valid_to = \"2026-06-30\"");
        let new = entry("new@agency.example", "valid_from = \"2026-07-01\"\nvalid_to = \"2026-12-31\"");
        let read = offices(&format!("{office}{old}{new}"), "o.toml").unwrap();
        let on = |text: &str| read[0].secure_mail_on(day(text));
        assert_eq!(on("2026-06-30"), Some("old@agency.example"));
        assert_eq!(on("2026-07-01"), Some("new@agency.example"));
        assert_eq!(on("2027-01-01"), None);
        assert_eq!(
            shipped().office("stpk").unwrap().secure_mail_on(day("2026-07-01")),
            None,
            "none was published"
        );
        let broken = offices(&format!("{office}{}", entry("nowhere", "")), "o.toml").unwrap_err();
        assert!(broken.what.contains("secure_mail"), "{broken}");
        let uncited = format!("{office}{old}").replace("its page", " ");
        assert!(offices(&uncited, "o.toml").unwrap_err().what.contains("secure_mail"));
    }

    #[test]
    fn a_circle_of_successors_ends() {
        let text = "[[office]]\ncode = \"a\"\nnames = { da = \"a\" }\nvalid_to = \"2020-01-01\"\nsuccessor = \"b\"\n\
                    [[office]]\ncode = \"b\"\nnames = { da = \"b\" }\nvalid_to = \"2020-01-01\"\nsuccessor = \"a\"\n";
        let directory = Directory { offices: offices(text, "o.toml").unwrap(), ..Directory::default() };
        assert_eq!(directory.office_on("a", day("2026-01-01")), None);
    }
}
