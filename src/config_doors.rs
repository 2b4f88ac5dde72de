//! `[mail]`, `[attachments]` and `[client.NAME]`: the doors to the internet, as the operator sets them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use domain::Secret;
use switchboard::doors::{Client, Scope};

use crate::config_reader::Reader;
use crate::house_files::straight;

/// What the operator decided of the doors.
#[derive(Debug, Clone)]
pub(crate) struct Doors {
    pub(crate) mail: Mail,
    /// Folder of the files that were handed in.
    pub(crate) folder: PathBuf,
    /// The program that looks through them, with its arguments; none: there is none.
    pub(crate) scanner: Vec<String>,
    pub(crate) scanner_patience: Duration,
    pub(crate) clients: Vec<Client>,
}

/// `[mail]`
#[derive(Debug, Clone)]
pub(crate) struct Mail {
    /// Empty: mail is off.
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) tls: Way,
    pub(crate) user: String,
    pub(crate) password: Secret,
    pub(crate) from: String,
}

/// How the way to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Begun in the clear and encrypted from the greeting on, or not used at all.
    Upgraded,
    /// Encrypted from the beginning.
    Wrapped,
    Clear,
}

/// Reads the sections.
pub(crate) fn read(reader: &mut Reader) -> Doors {
    let base = reader.base_of(&["attachments", "folder"]);
    let folder = reader.parsed(&["attachments", "folder"], "the path of a folder", |text| {
        (!text.is_empty()).then(|| straight(&base.join(text)))
    });
    let seconds = reader.number(&["attachments", "scanner_seconds"], "seconds", 1..=600);
    let names = reader.names("client");
    Doors {
        mail: mail(reader),
        folder: folder.unwrap_or_default(),
        scanner: reader.list(&["attachments", "scanner"], "text", |text| Some(text.to_owned())),
        scanner_patience: Duration::from_secs(seconds.unsigned_abs()),
        clients: names.into_iter().filter_map(|name| client(reader, &name)).collect(),
    }
}

fn mail(reader: &mut Reader) -> Mail {
    let text = |reader: &mut Reader, key: &str| {
        reader
            .parsed(&["mail", key], "text, or nothing", |text| Some(text.trim().to_owned()))
            .unwrap_or_default()
    };
    let host = text(reader, "host");
    let from = text(reader, "from");
    if !host.is_empty() && from.parse::<lettre::message::Mailbox>().is_err() {
        let wanted = "is no sender; write one as \"Hotline <no-reply@hotline.example>\"";
        reader.complain(&["mail", "from"], wanted.to_owned());
    }
    let tls = match reader.one_of(&["mail", "tls"], &["starttls", "tls", "none"]) {
        "tls" => Way::Wrapped,
        "none" => Way::Clear,
        _ => Way::Upgraded,
    };
    let here = ["localhost", "127.0.0.1", "::1", ""].contains(&host.as_str());
    let user = text(reader, "user");
    let password = text(reader, "password");
    if tls == Way::Clear && !here && !password.is_empty() {
        let why = "is \"none\", but the server is not on this machine; write starttls or tls, or the password is read on the way";
        reader.complain(&["mail", "tls"], why.to_owned());
    }
    let port = reader.number(&["mail", "port"], "ports", 1..=65_535);
    Mail { host, port: u16::try_from(port).unwrap_or(587), tls, user, password: Secret::new(password), from }
}

/// Who the letters of a line are from, by language; where none is given, the name in `letters/`.
pub(crate) fn line_sender(reader: &mut Reader, line: &str) -> BTreeMap<String, String> {
    let mut sender = BTreeMap::new();
    for language in ["zh-CN", "en", "da"] {
        let given = reader.optional(&["line", line, "sender", language], "a name", |text| {
            Some(text.trim().to_owned()).filter(|name| !name.is_empty())
        });
        sender.extend(given.map(|name| (language.to_owned(), name)));
    }
    sender
}

/// Who the mails of a line are from; nothing: the sender of `[mail]`.
pub(crate) fn line_mail_from(reader: &mut Reader, line: &str) -> Option<String> {
    let wanted = "a sender, as \"Line <no-reply@line.example>\", or nothing";
    let given = reader.optional(&["line", line, "mail_from"], wanted, |text| {
        let fine = text.trim().is_empty() || text.parse::<lettre::message::Mailbox>().is_ok();
        fine.then(|| text.trim().to_owned())
    });
    given.filter(|text| !text.is_empty())
}

fn client(reader: &mut Reader, name: &str) -> Option<Client> {
    let key = |key: &'static str| ["client", name, key];
    let wanted = "the SHA-256 of the key: 64 hexadecimal digits";
    let hash = reader.parsed(&key("key_sha256"), wanted, |text| {
        let good = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        good.then(|| text.to_ascii_lowercase())
    });
    let scopes =
        reader.list(&key("scopes"), "one of report, read, handle", |text| text.parse::<Scope>().ok());
    let department = reader.optional(&key("department"), "a code of departments.toml", |text| {
        (!text.is_empty()).then(|| text.to_owned())
    });
    let handles = scopes.iter().any(|scope| *scope != Scope::Report);
    if handles && department.is_none() {
        reader
            .complain(&key("department"), "is missing; scopes read and handle need a department".to_owned());
    }
    Some(Client {
        name: name.to_owned(),
        key_sha256: hash?,
        scopes: scopes.into_iter().collect(),
        department,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::shipped_with;

    #[test]
    fn mail_is_off_until_a_server_is_named() {
        let doors = shipped_with("").unwrap().doors;
        assert_eq!((doors.mail.host.as_str(), doors.mail.tls), ("", Way::Upgraded));
        assert!(doors.clients.is_empty() && doors.scanner.is_empty());
        let doors =
            shipped_with("[mail]\nhost = \"mail.example\"\nfrom = \"Line <no-reply@line.example>\"\n");
        assert_eq!(doors.unwrap().doors.mail.port, 587);
    }

    #[test]
    fn a_password_is_never_sent_in_the_clear_to_another_machine() {
        let text =
            "[mail]\nhost = \"mail.example\"\nfrom = \"a@b.example\"\ntls = \"none\"\npassword = \"x\"\n";
        assert!(shipped_with(text).unwrap_err().to_string().contains("mail.tls"));
        let nobody = "[mail]\nhost = \"mail.example\"\nfrom = \"nobody\"\n";
        assert!(shipped_with(nobody).unwrap_err().to_string().contains("mail.from"));
    }

    #[test]
    fn a_line_writes_in_its_own_name() {
        let lines = shipped_with("").unwrap().lines;
        assert_eq!((lines["12320"].sender.len(), lines["12320"].mail_from.clone()), (0, None));
        assert_eq!(lines["dialog"].sender["da"], "Dialoglinjen");
        let own = |more: &str| {
            let line = "[line.own]\nnumbers = ['12320']\nscript = 's'\nlanguages = ['en']\nzone = 'UTC'\n\
                        calendar = 'china'\nemergency = '112'\nfallback_number = '113'\n";
            shipped_with(&format!("{line}{more}"))
        };
        let more = "mail_from = \"Dialog <dialog@line.example>\"\nsender = { en = \"Dialogue\" }\n";
        let line = &own(more).unwrap().lines["own"];
        assert_eq!(line.mail_from.as_deref(), Some("Dialog <dialog@line.example>"));
        assert_eq!((line.sender["en"].as_str(), line.sender.len()), ("Dialogue", 1));
        let nobody = own("mail_from = \"nobody\"\n").unwrap_err().to_string();
        assert!(nobody.contains("line.own.mail_from"), "{nobody}");
    }

    #[test]
    fn a_client_is_known_by_the_hash_of_its_key() {
        let hash = "AB".repeat(32);
        let client = |more: &str| shipped_with(&format!("[client.city]\nkey_sha256 = \"{hash}\"\n{more}"));
        let doors = client("scopes = [\"report\"]\n").unwrap().doors;
        assert_eq!(doors.clients[0].key_sha256, "ab".repeat(32));
        assert!(doors.clients[0].may(Scope::Report) && !doors.clients[0].may(Scope::Read));
        let lost = client("scopes = [\"handle\"]\n").unwrap_err().to_string();
        assert!(lost.contains("client.city.department"), "{lost}");
        let in_the_clear = shipped_with("[client.city]\nkey_sha256 = \"secret\"\n").unwrap_err().to_string();
        assert!(in_the_clear.contains("hexadecimal"), "{in_the_clear}");
    }
}
