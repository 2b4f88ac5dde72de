//! The outbox: what waits is sent, tried again, given up, dropped when it says nothing any more; and the supervisor's view
//! of it.

use domain::{CaseNumber, Timestamp};
use store::Tx;
use store::mails::{Load, Mail};

use super::{AT_A_TIME, Outgoing};
use crate::doors::MailKind;
use crate::ports::{Letter, MailError};
use crate::rights::{Desk, Supervisor};
use crate::{Error, House, Result, Switchboard, Topic, audit, case_work, dialogue};

/// A mail whose sender did not come back is tried again after so many seconds.
const LEASE_SECONDS: i64 = 300;
/// While no server is configured it is looked again after so many seconds.
const OFF_SECONDS: i64 = 60;
/// Longest word of a server that is kept, in characters.
const LONGEST_FAULT: usize = 200;
/// Mails on the supervisor's screen.
const MOST_SHOWN: i64 = 100;

/// The mails before a supervisor.
#[derive(Debug, Clone)]
pub struct Post {
    /// Those that were not taken at once, newest first.
    pub troubled: Vec<(Mail, CaseNumber)>,
    /// The last ones, newest first.
    pub last: Vec<(Mail, CaseNumber)>,
}

impl Switchboard {
    pub(super) async fn send_mails(&self) -> Result<()> {
        let now = self.now();
        if self.store.read(move |tx| store::mails::due(tx, now, 1)).await?.is_empty() {
            return Ok(());
        }
        let claimed = self.store.write_later(move |tx| claim(tx, now)).await?;
        for mail in claimed {
            let sent = match self.composed(&mail).await {
                Ok(letter) => self.mailer.send(&letter).await,
                Err(error) => Err(error),
            };
            if let Err(error) = &sent {
                let error = told(error, &mail.recipient);
                tracing::warn!(mail = mail.id, tries = mail.tries, error, "a mail was not sent");
            }
            let (house, id, now) = (self.house.clone(), mail.id.clone(), self.now());
            self.store.write_later(move |tx| ended(tx, &house, &id, &sent, now)).await?;
            self.post(vec![Topic::Cases]);
        }
        Ok(())
    }

    async fn composed(&self, mail: &Mail) -> Result<Letter, MailError> {
        match &mail.load {
            Load::Link { .. } => {
                self.link_mail(mail).await.map_err(|error| MailError::Unclear(error.to_string()))
            }
            Load::Letter(_) => self.unpacked(mail).await,
        }
    }

    /// A mail with a link as it goes out, in the department's language.
    async fn link_mail(&self, mail: &Mail) -> Result<Letter> {
        let facts: Outgoing =
            serde_json::from_str(&mail.facts).map_err(|error| Error::Unavailable(error.to_string()))?;
        let sealed = mail.sealed.as_deref().unwrap_or_default();
        let token = self.seal().await?.unlock(sealed).ok_or_else(|| {
            Error::Unavailable("the link of the mail was sealed with another key".to_owned())
        })?;
        let rules = &self.house.doors.mail;
        let text = rules.text(facts.kind, &mail.language).ok_or(Error::NotFound)?;
        let zone = self.house.zone_of(&facts.line);
        let moment = |at: Option<Timestamp>| {
            at.map_or_else(|| "—".to_owned(), |at| at.local(zone).format("%Y-%m-%d %H:%M").to_string())
        };
        let preserve = facts.preserve_by.and_then(|by| {
            let sentence = rules.preserve(&mail.language)?;
            Some(format!("\n{}\n", sentence.replace("{preserve_by}", &moment(Some(by)))))
        });
        let values = [
            ("{preserve}\n", preserve.unwrap_or_default()),
            ("{number}", facts.number.to_string()),
            ("{class}", rules.class(facts.class, &mail.language).to_owned()),
            ("{sign_by}", moment(facts.sign_by)),
            ("{answer_by}", moment(facts.answer_by)),
            ("{link_until}", moment(Some(facts.link_until))),
            ("{link}", format!("{}/handover/{token}", self.house.public_url)),
        ];
        let fill = |text: &str| {
            values.iter().fold(text.trim().to_owned(), |text, (name, value)| text.replace(name, value))
        };
        Ok(Letter {
            id: mail.id.clone(),
            from: self.house.sender_of(&facts.line),
            to: mail.recipient.clone(),
            subject: fill(&text.subject),
            body: fill(&text.body),
            enclosed: Vec::new(),
        })
    }
}

impl Desk<Supervisor> {
    /// The mails that gave trouble, and the last ones.
    pub async fn post_office(&self) -> Result<Post> {
        self.board
            .store
            .read(|tx| -> Result<Post> {
                let troubled = store::mails::troubled(tx, MOST_SHOWN)?;
                let last = store::mails::last(tx, MOST_SHOWN)?;
                Ok(Post { troubled: with_numbers(tx, troubled)?, last: with_numbers(tx, last)? })
            })
            .await
    }

    /// Tries a mail again that was given up or still waits.
    pub async fn mail_again(&self, id: &str) -> Result<()> {
        let (house, id, now, person) =
            (self.board.house.clone(), id.to_owned(), self.now(), self.person().id.clone());
        self.board
            .store
            .write(move |tx| -> Result<()> {
                let mut mail = store::mails::get(tx, &id)?;
                let lost = matches!(mail.load, Load::Link { .. }) && mail.sealed.is_none();
                if lost || !matches!(mail.state.as_str(), "failed" | "waiting") {
                    return Err(Error::refused("refused-mail-done"));
                }
                let failed = mail.state == "failed";
                if let (true, Some(letter)) = (failed && is_package(&mail), mail.load.letter()) {
                    dialogue::posting::queue_again(tx, &house, &mail.case, letter, now)?;
                }
                (mail.state, mail.tries, mail.next_try_at) = ("waiting".to_owned(), 0, Some(now));
                store::mails::update(tx, &mail)?;
                Ok(audit::record(tx, now, person.as_str(), "mail-again", &format!("mail:{id}"), None)?)
            })
            .await
    }
}

fn with_numbers(tx: &mut Tx<'_>, mails: Vec<Mail>) -> Result<Vec<(Mail, CaseNumber)>> {
    let mut numbered = Vec::with_capacity(mails.len());
    for mail in mails {
        let number = store::cases::get(tx, &mail.case)?.number;
        numbered.push((mail, number));
    }
    Ok(numbered)
}

fn is_package(mail: &Mail) -> bool {
    mail.kind == MailKind::Package.as_str()
}

/// Takes up what is due. A mail whose link was used or ended meanwhile, or whose package is not waited for any more, says
/// nothing.
fn claim(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<Mail>> {
    let mut claimed = Vec::new();
    for mut mail in store::mails::due(tx, now, AT_A_TIME)? {
        if is_needless(tx, &mail)? {
            drop_mail(tx, &mut mail)?;
            continue;
        }
        (mail.state, mail.tries) = ("sending".to_owned(), mail.tries + 1);
        mail.next_try_at = Some(now.plus_seconds(LEASE_SECONDS));
        store::mails::update(tx, &mail)?;
        claimed.push(mail);
    }
    Ok(claimed)
}

fn is_needless(tx: &mut Tx<'_>, mail: &Mail) -> Result<bool> {
    Ok(match &mail.load {
        Load::Link { link, .. } => store::links::get(tx, link)?.used_at.is_some(),
        Load::Letter(letter) if is_package(mail) => !dialogue::posting::waits_for(tx, &mail.case, letter)?,
        Load::Letter(_) => false,
    })
}

/// It is not to go out any more.
pub(crate) fn drop_mail(tx: &mut Tx<'_>, mail: &mut Mail) -> Result<()> {
    (mail.state, mail.next_try_at, mail.sealed, mail.fault) = ("dropped".to_owned(), None, None, None);
    Ok(store::mails::update(tx, mail)?)
}

/// Writes down how a try ended, in the outbox and, when it is the end, in the history of the case.
fn ended(
    tx: &mut Tx<'_>,
    house: &House,
    id: &str,
    sent: &Result<(), MailError>,
    now: Timestamp,
) -> Result<()> {
    let mut mail = store::mails::get(tx, id)?;
    note(&mut mail, sent, house, now);
    if is_package(&mail) && *sent == Err(MailError::Off) {
        // A complaint does not wait for a server to be set up.
        (mail.state, mail.next_try_at) = ("failed".to_owned(), None);
    }
    store::mails::update(tx, &mail)?;
    let (done, lost) = (mail.state == "sent", mail.state == "failed");
    let event = |kind: &'static str, detail: serde_json::Value| (kind, detail);
    let (kind, detail) = match &mail.load {
        Load::Link { .. } if done => event("mailed", serde_json::json!({ "mail": mail.kind })),
        Load::Letter(letter) if done => event("letter_mailed", serde_json::json!({ "letter": letter })),
        Load::Letter(letter) if lost => event("letter_not_mailed", serde_json::json!({ "letter": letter })),
        _ => return Ok(()),
    };
    case_work::write_event(tx, &mail.case, now, audit::HOUSE, kind, &detail)?;
    match mail.load.letter().filter(|_| is_package(&mail)) {
        Some(letter) => dialogue::posting::mail_ended(tx, house, &mail.case, letter, done, now),
        None => Ok(()),
    }
}

/// What a server said, without whom it said it of: servers repeat the address.
fn told(error: &MailError, address: &str) -> String {
    without(&error.to_string(), address)
}

fn without(text: &str, address: &str) -> String {
    let (text, lower) = (text.to_owned(), address.to_lowercase());
    [address, &lower].iter().filter(|one| !one.is_empty()).fold(text, |text, one| text.replace(*one, "…"))
}

fn note(mail: &mut Mail, sent: &Result<(), MailError>, house: &House, now: Timestamp) {
    let word = |text: &str| {
        let text = without(text, &mail.recipient);
        Some(text.chars().take(LONGEST_FAULT).collect::<String>())
    };
    let (state, fault, next_try_at) = match sent {
        Ok(()) => ("sent", None, None),
        Err(MailError::Off) => ("waiting", word("off"), Some(now.plus_seconds(OFF_SECONDS))),
        Err(MailError::Refused(why)) => ("failed", word(why), None),
        Err(MailError::Unclear(why)) => match house.doors.mail.wait_after(mail.tries) {
            Some(seconds) => ("waiting", word(why), Some(now.plus_seconds(seconds))),
            None => ("failed", word(why), None),
        },
    };
    (mail.state, mail.fault, mail.next_try_at) = (state.to_owned(), fault, next_try_at);
    match sent {
        Ok(()) => (mail.sent_at, mail.sealed) = (Some(now), None),
        Err(MailError::Off) => mail.tries = mail.tries.saturating_sub(1),
        Err(_) => {}
    }
}
