//! Reads the files of the directory. A code stands once, a telephone number can be dialled, and a successor exists.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use crate::data_file::{DataFile, Fault};
use crate::directory::{Department, Institution, Office};
use crate::office::SecureMail;
use crate::phone::PhoneNumber;

/// Reads `config/departments.toml`. A department that belongs to an institution belongs to one of `institutions`.
pub fn departments(text: &str, file: &str, institutions: &[Institution]) -> Result<Vec<Department>, Fault> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        #[serde(default)]
        department: Vec<Spanned<Department>>,
    }
    let source = DataFile::new(text, file);
    let entries = source.read::<File>()?.department;
    for entry in &entries {
        let department = entry.get_ref();
        let Some(house) = department.institution.as_deref() else { continue };
        if institutions.iter().all(|known| known.code != house) {
            let what = format!("department {} belongs to {house}, which is no institution", department.code);
            return Err(source.fault(entry.span().start, what, "name a code of institutions.toml"));
        }
    }
    checked(source, entries, |entry| (&entry.code, entry.phone.as_deref()))
}

/// Reads `config/institutions.toml`.
pub fn institutions(text: &str, file: &str) -> Result<Vec<Institution>, Fault> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        #[serde(default)]
        institution: Vec<Spanned<Institution>>,
    }
    let source = DataFile::new(text, file);
    let entries = source.read::<File>()?.institution;
    let codes: BTreeSet<&str> = entries.iter().map(|entry| entry.get_ref().code.as_str()).collect();
    for (index, entry) in entries.iter().enumerate() {
        let one = entry.get_ref();
        let fault = |what: &str, remedy: &str| {
            source.fault(entry.span().start, format!("institution {}: {what}", one.code), remedy)
        };
        let earlier = entries[..index].iter().map(Spanned::get_ref).filter(|other| other.code != one.code);
        let mistaken = earlier.filter_map(|other| Some((other, one.mistaken_for(other)?))).next();
        if let Some((other, name)) = mistaken {
            return Err(fault(
                &format!("it goes by {name:?}, and so does {} on the same days", other.code),
                "give the name to one of them, or let the days of the two not overlap",
            ));
        }
        if let Some(successor) =
            one.successor.as_deref().filter(|code| !codes.contains(code) || *code == one.code)
        {
            return Err(fault(
                &format!("the successor {successor} does not exist"),
                "name the code of another institution of this file",
            ));
        }
        if one.valid_from > one.valid_to && one.valid_to.is_some() {
            return Err(fault("it ends before it begins", "let valid_to be valid_from or a later day"));
        }
    }
    checked(source, entries, |entry| (&entry.code, None))
}

/// Reads `config/offices.toml`.
pub fn offices(text: &str, file: &str) -> Result<Vec<Office>, Fault> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        #[serde(default)]
        office: Vec<Spanned<Office>>,
    }
    let source = DataFile::new(text, file);
    let entries = source.read::<File>()?.office;
    let codes: BTreeSet<&str> = entries.iter().map(|entry| entry.get_ref().code.as_str()).collect();
    let lost = entries.iter().find(|entry| {
        entry.get_ref().successor.as_deref().is_some_and(|successor| !codes.contains(successor))
    });
    if let Some(entry) = lost {
        let what = format!("the successor of office {} does not exist", entry.get_ref().code);
        return Err(source.fault(entry.span().start, what, "name the code of an office of this file"));
    }
    let unsafe_ones =
        entries.iter().find(|entry| entry.get_ref().secure_mail.iter().any(|one| !is_cited_address(one)));
    if let Some(entry) = unsafe_ones {
        let what = format!(
            "a secure_mail of office {} is no address, or says not where it is from",
            entry.get_ref().code
        );
        return Err(source.fault(
            entry.span().start,
            what,
            "write an address as box@authority.example, and a citation",
        ));
    }
    checked(source, entries, |entry| (&entry.code, entry.phone.as_deref()))
}

fn is_cited_address(one: &SecureMail) -> bool {
    is_mail_address(&one.address) && !one.citation.trim().is_empty()
}

/// Whether a text could be a mail address: a name, one `@`, a domain, and nothing that would end the line it stands in.
pub fn is_mail_address(text: &str) -> bool {
    let plain =
        text.len() <= 254 && text.chars().all(|letter| !letter.is_whitespace() && !letter.is_control());
    let parts: Vec<&str> = text.split('@').collect();
    let safe = !text.contains(['<', '>', '"', ',', ';', ':', '(', ')']);
    plain && safe && matches!(parts.as_slice(), [name, domain] if !name.is_empty() && domain.contains('.'))
}

/// Entries whose codes differ and whose telephone numbers can be dialled.
fn checked<T>(
    source: DataFile<'_>,
    entries: Vec<Spanned<T>>,
    code_and_phone: impl Fn(&T) -> (&String, Option<&str>),
) -> Result<Vec<T>, Fault> {
    let mut codes = BTreeSet::new();
    for entry in &entries {
        let (code, phone) = code_and_phone(entry.get_ref());
        if !codes.insert(code.clone()) {
            let what = format!("the code {code} stands twice");
            return Err(source.fault(entry.span().start, what, "give each entry its own code"));
        }
        if phone.is_some_and(|phone| PhoneNumber::parse(phone).is_err()) {
            let what = format!("the phone of {code} cannot be dialled");
            return Err(source.fault(entry.span().start, what, "write digits with an optional leading +"));
        }
    }
    Ok(entries.into_iter().map(Spanned::into_inner).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::OfficeKind;

    #[test]
    fn the_shipped_files_are_read() {
        let institutions =
            institutions(include_str!("../../config/institutions.toml"), "institutions.toml").unwrap();
        assert!(!institutions.is_empty());
        let text = include_str!("../../config/departments.toml");
        let departments = departments(text, "departments.toml", &institutions).unwrap();
        assert!(departments.iter().any(|department| department.code == "medical-administration"));
        assert!(!offices(include_str!("../../config/offices.toml"), "offices.toml").unwrap().is_empty());
    }

    #[test]
    fn two_regions_become_one() {
        let offices = offices(include_str!("../../config/offices.toml"), "offices.toml").unwrap();
        let on = |day: &str| {
            let day: chrono::NaiveDate = day.parse().unwrap();
            let regions =
                offices.iter().filter(|office| office.holds_on(day) && office.kind == OfficeKind::Region);
            regions.map(|office| office.code.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(
            on("2026-12-31"),
            ["nordjylland", "midtjylland", "syddanmark", "sjaelland", "hovedstaden"]
        );
        assert_eq!(on("2027-01-01"), ["nordjylland", "midtjylland", "syddanmark", "oestdanmark"]);
    }

    #[test]
    fn a_mail_address_is_one_name_at_one_domain() {
        for good in ["a@b.example", "first.last+tag@sub.b.example", "王@邮件.example"] {
            assert!(is_mail_address(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@b",
            "@b.example",
            "a@b@c.example",
            "a b@c.example",
            "a@b.example\r\nBcc: x@y.example",
            "<a@b.example>",
        ] {
            assert!(!is_mail_address(bad), "{bad}");
        }
    }

    #[test]
    fn faults_name_the_entry_that_is_wrong() {
        let entry = |code: &str, phone: &str| {
            format!("[[department]]\ncode = \"{code}\"\nnames = {{ en = \"x\" }}\nphone = \"{phone}\"\n")
        };
        let twice =
            departments(&format!("{}{}", entry("a", "8101"), entry("a", "8102")), "d.toml", &[]).unwrap_err();
        assert!(twice.what.contains("stands twice") && twice.line > 4, "{twice}");
        let phone = departments(&entry("a", "ring me"), "d.toml", &[]).unwrap_err();
        assert!(phone.what.contains("cannot be dialled"), "{phone}");
        let lost = "[[office]]\ncode = \"a\"\nnames = { da = \"x\" }\nsuccessor = \"b\"\n";
        assert!(offices(lost, "o.toml").unwrap_err().what.contains("successor"));
        let owned = format!("{}institution = \"nowhere\"\n", entry("a", "8101"));
        let owned = departments(&owned, "d.toml", &[]).unwrap_err();
        assert_eq!(owned.what, "department a belongs to nowhere, which is no institution");
        let entry =
            |more: &str| format!("\n[[institution]]\ncode = \"h\"\nnames = {{ en = \"x\" }}\n{more}\n");
        for (more, what) in [
            ("successor = \"gone\"", "institution h: the successor gone does not exist"),
            ("successor = \"h\"", "institution h: the successor h does not exist"),
            (
                "valid_from = \"2026-01-02\"\nvalid_to = \"2026-01-01\"",
                "institution h: it ends before it begins",
            ),
        ] {
            let fault = institutions(&entry(more), "config/institutions.toml").unwrap_err();
            assert_eq!((fault.what.as_str(), fault.line), (what, 2), "{fault}");
        }
    }
}
