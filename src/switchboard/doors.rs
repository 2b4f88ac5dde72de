//! What is configured of the doors to the internet: mails (`config/mail.toml`), files (`config/attachments.toml`),
//! complaints from the web (`config/web.toml`), and the programs that have a key.

use std::collections::{BTreeMap, BTreeSet};

use domain::{DataFile, Fault, RequestType, codes};
use serde::Deserialize;

/// Everything about the doors.
#[derive(Debug, Clone)]
pub struct Doors {
    pub mail: MailRules,
    pub files: FileRules,
    pub web: WebRules,
    pub clients: Vec<Client>,
}

codes! {
    /// Which mail it is.
    pub enum MailKind, "kind of mail" {
        /// A dispatch, to sign for or return.
        Dispatch = "dispatch",
        /// The same again, because nobody has signed.
        Reminder = "reminder",
        /// Signed for: find out and answer.
        Answer = "answer",
        /// A letter of a case.
        Letter = "letter",
        /// All that the authority gets of a case.
        Package = "package",
    }
}

/// When mails are written and what they say.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailRules {
    send: Send,
    link: LinkRules,
    remind: Remind,
    enclose: Enclose,
    class: BTreeMap<String, BTreeMap<RequestType, String>>,
    /// What is said where evidence may be overwritten, by language.
    preserve: BTreeMap<String, String>,
    text: Vec<MailText>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Send {
    wait_minutes: Vec<i64>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkRules {
    days: i64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Remind {
    fractions: Vec<f64>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Enclose {
    most_bytes: u64,
}

/// One text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailText {
    pub kind: MailKind,
    pub language: String,
    pub subject: String,
    pub body: String,
}

/// The languages that every text must be there in.
const LANGUAGES: [&str; 3] = ["zh-CN", "en", "da"];

impl MailRules {
    /// Reads `config/mail.toml`.
    pub fn parse(text: &str, file: &str) -> Result<Self, Fault> {
        let source = DataFile::new(text, file);
        let rules: Self = source.read()?;
        for (kind, language) in MailKind::ALL.iter().flat_map(|kind| LANGUAGES.map(|tag| (*kind, tag))) {
            let there = rules.text.iter().any(|one| one.kind == kind && one.language == language);
            let classes = rules.class.get(language);
            let there =
                there && rules.preserve.get(language).is_some_and(|text| text.contains("{preserve_by}"));
            if !there || !RequestType::ALL.iter().all(|one| classes.is_some_and(|all| all.contains_key(one)))
            {
                let what = format!("the mail {kind} or a class is missing in {language}");
                return Err(source.fault(0, what, "give each text and each class in zh-CN, en and da"));
            }
        }
        let fine = rules.remind.fractions.iter().all(|fraction| *fraction > 0.0 && *fraction <= 5.0)
            && rules.remind.fractions.is_sorted()
            && rules.send.wait_minutes.iter().all(|minutes| *minutes > 0)
            && rules.link.days > 0;
        if fine {
            Ok(rules)
        } else {
            Err(source.fault(
                0,
                "a pause, a fraction or a number of days makes no sense",
                "write positive numbers, fractions in rising order",
            ))
        }
    }

    /// Seconds to wait after so many tries; none: it is given up.
    pub fn wait_after(&self, tries: u32) -> Option<i64> {
        let place = usize::try_from(tries).ok()?.checked_sub(1)?;
        self.send.wait_minutes.get(place).map(|minutes| minutes * 60)
    }

    /// Seconds that a link holds.
    pub fn link_seconds(&self) -> i64 {
        self.link.days * 24 * 60 * 60
    }

    /// Bytes that the files of one mail may have together.
    pub fn most_enclosed(&self) -> u64 {
        self.enclose.most_bytes
    }

    /// The shares of the time to sign for at which a further mail goes out.
    pub fn fractions(&self) -> &[f64] {
        &self.remind.fractions
    }

    /// What is said where evidence may be overwritten, in a language or in English; with `{preserve_by}`.
    pub fn preserve(&self, language: &str) -> Option<&str> {
        self.preserve.get(language).or_else(|| self.preserve.get("en")).map(String::as_str)
    }

    /// The text in a language, or in English.
    pub fn text(&self, kind: MailKind, language: &str) -> Option<&MailText> {
        let of = |tag: &str| self.text.iter().find(|one| one.kind == kind && one.language == tag);
        of(language).or_else(|| of("en"))
    }

    /// What a class is called in a language.
    pub fn class(&self, request_type: RequestType, language: &str) -> &str {
        let classes = self.class.get(language).or_else(|| self.class.get("en"));
        classes.and_then(|all| all.get(&request_type)).map_or("", String::as_str)
    }
}

/// Which files are taken.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRules {
    pub limits: FileLimits,
    sight: BTreeMap<String, String>,
    #[serde(rename = "type")]
    types: Vec<FileType>,
}

/// How many, and how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileLimits {
    /// Of one file.
    pub most_bytes: u64,
    pub most_of_link: i64,
    pub most_of_case: usize,
    pub link_days: i64,
}

/// A type of file that is taken.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileType {
    pub media_type: String,
    pub ending: String,
}

impl FileRules {
    /// Reads `config/attachments.toml`.
    pub fn parse(text: &str, file: &str) -> Result<Self, Fault> {
        let source = DataFile::new(text, file);
        let rules: Self = source.read()?;
        let sights = ["complainant", "department"].iter().all(|giver| {
            rules.sight.get(*giver).is_some_and(|sight| ["hotline", "department"].contains(&sight.as_str()))
        });
        let plain = |one: &FileType| {
            !one.ending.is_empty() && one.ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        if sights && rules.types.iter().all(plain) && rules.limits.link_days > 0 {
            Ok(rules)
        } else {
            Err(source.fault(
                0,
                "a sight, an ending or a limit makes no sense",
                "write hotline or department, endings without a dot, days above 0",
            ))
        }
    }

    /// The type as which a file is taken; none: it is not.
    pub fn taken(&self, media_type: &str) -> Option<&FileType> {
        self.types.iter().find(|one| one.media_type == media_type)
    }

    /// Endings of what is taken, for people.
    pub fn endings(&self) -> Vec<&str> {
        self.types.iter().map(|one| one.ending.as_str()).collect()
    }

    /// Who sees what a giver hands in.
    pub fn sight(&self, giver: &str) -> &str {
        self.sight.get(giver).map_or("hotline", String::as_str)
    }
}

/// What holds for complaints from the web.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebRules {
    pub limits: WebLimits,
    answers: Answers,
    report: Report,
    pub open311: Open311,
}

/// How often something may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebLimits {
    pub most_of_address: u32,
    pub most_of_all: u32,
    pub most_of_client: u32,
    pub wrong_pins: u32,
    pub wrong_pins_of_case: u32,
    pub most_additions: u32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Answers {
    hours: i64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Report {
    longest_text: usize,
}

/// What the discovery document of Open311 says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Open311 {
    pub contact: String,
    pub key_service: String,
}

impl WebRules {
    /// Reads `config/web.toml`.
    pub fn parse(text: &str, file: &str) -> Result<Self, Fault> {
        DataFile::new(text, file).read()
    }

    /// Characters of the longest text somebody may write.
    pub fn longest_text(&self) -> usize {
        self.report.longest_text
    }

    /// Seconds that an answer is remembered.
    pub fn remember_seconds(&self) -> i64 {
        self.answers.hours * 60 * 60
    }
}

codes! {
    /// What a program with a key may do.
    pub enum Scope, "scope of a client" {
        /// Hand in complaints and ask after its own: Open311 and the JSON API.
        Report = "report",
        /// Read the cases of its department.
        Read = "read",
        /// Sign for, return, investigate and answer the cases of its department.
        Handle = "handle",
    }
}

/// A program with a key, as `[client.NAME]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    pub name: String,
    /// SHA-256 of its key, in hexadecimal digits.
    pub key_sha256: String,
    pub scopes: BTreeSet<Scope>,
    /// Whose cases it may read and handle.
    pub department: Option<String>,
}

impl Client {
    /// Whether it may do that.
    pub fn may(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = include_str!("../../config/mail.toml");

    #[test]
    fn the_shipped_files_are_read() {
        let mail = MailRules::parse(MAIL, "mail.toml").unwrap();
        assert_eq!(mail.wait_after(1), Some(60));
        assert_eq!((mail.wait_after(0), mail.wait_after(8)), (None, None));
        assert_eq!(mail.fractions(), [0.5, 0.8, 1.0]);
        assert_eq!(mail.most_enclosed(), 15_000_000);
        assert_eq!(mail.class(RequestType::Complaint, "da"), "klage");
        assert_eq!(mail.text(MailKind::Answer, "fr").unwrap().language, "en");
        let files = include_str!("../../config/attachments.toml");
        let files = FileRules::parse(files, "attachments.toml").unwrap();
        assert_eq!(files.taken("application/pdf").unwrap().ending, "pdf");
        assert_eq!(files.taken("text/html"), None);
        assert_eq!(files.sight("complainant"), "hotline");
        WebRules::parse(include_str!("../../config/web.toml"), "web.toml").unwrap();
    }

    #[test]
    fn a_text_that_lacks_a_language_is_refused() {
        let at = MAIL.rfind("[[text]]").unwrap();
        let fault = MailRules::parse(&MAIL[..at], "mail.toml").unwrap_err();
        assert!(fault.what.contains("package") && fault.what.contains("da"), "{fault}");
    }

    #[test]
    fn no_mail_has_room_for_what_is_complained_of() {
        let with_link = ["number", "class", "sign_by", "answer_by", "link", "link_until", "preserve"];
        let with_letter = ["number", "sender", "enclosed", "separately"];
        for sentence in MailRules::parse(MAIL, "mail.toml").unwrap().preserve.values() {
            let named: Vec<&str> = sentence.split('{').skip(1).collect();
            assert!(named.len() == 1 && named[0].starts_with("preserve_by}"), "{sentence}");
        }
        for text in MailRules::parse(MAIL, "mail.toml").unwrap().text {
            let words = format!("{} {}", text.subject, text.body);
            let named = words.split('{').skip(1).map(|rest| rest.split('}').next().unwrap().to_owned());
            let letter = matches!(text.kind, MailKind::Letter | MailKind::Package);
            let known: &[&str] = if letter { &with_letter } else { &with_link };
            for name in named {
                assert!(known.contains(&name.as_str()), "{name} in {} {}", text.kind, text.language);
            }
            assert_eq!(words.contains("{link}"), !letter, "{} {}", text.kind, text.language);
            assert!(text.subject.contains("{number}"), "{} {}", text.kind, text.language);
        }
    }
}
