//! Mails to departments whose people have no accounts. A dispatch that no mail was written about gets one, with a link
//! of its own; who has not signed in time is reminded; the outbox is sent by the agenda, tried again when the server is
//! out of reach, and what was refused for good stands as a trouble before the supervisor.
//!
//! A mail is written down before it is sent and never sent again once the server took it. If the process dies between
//! the server's word and ours, the mail goes out again under the same id, so that the reader's program sees one.

use domain::directory::Department;
use domain::{CaseId, CaseNumber, RequestType, Timestamp};
use serde::{Deserialize, Serialize};
use store::Tx;
use store::cases::Case;
use store::links::{Link, Mailable};
pub use store::mails::Mail;

use crate::doors::MailKind;
use crate::ports::{Letter, MailError};
use crate::rights::{Desk, Supervisor};
use crate::{Error, House, Result, Switchboard, Topic, audit, case_work, deadlines, fresh_id, secrets};

/// Mails written or sent in one go.
const AT_A_TIME: i64 = 20;
/// A mail whose sender did not come back is tried again after so many seconds.
const LEASE_SECONDS: i64 = 300;
/// While no server is configured it is looked again after so many seconds.
const OFF_SECONDS: i64 = 60;
/// Longest word of a server that is kept, in characters.
const LONGEST_FAULT: usize = 200;
/// Mails on the supervisor's screen.
const MOST_SHOWN: i64 = 100;

/// What a mail may say. Nothing else of a case gets into one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outgoing {
    pub kind: MailKind,
    /// Whom it is for: a department of the directory.
    pub department: String,
    pub number: CaseNumber,
    pub class: RequestType,
    /// The line, in whose zone moments are told.
    pub line: String,
    pub sign_by: Option<Timestamp>,
    pub answer_by: Option<Timestamp>,
    pub link_until: Timestamp,
    /// Until when somebody must say that evidence is kept from being overwritten.
    #[serde(default)]
    pub preserve_by: Option<Timestamp>,
}

/// The mails before a supervisor.
#[derive(Debug, Clone)]
pub struct Post {
    /// Those that were not taken at once, newest first.
    pub troubled: Vec<(Mail, CaseNumber)>,
    /// The last ones, newest first.
    pub last: Vec<(Mail, CaseNumber)>,
}

impl Switchboard {
    /// Writes the mails that are due and sends what waits.
    pub async fn tend_mails(&self) -> Result<()> {
        if self.house.directory.departments.iter().any(|department| department.mail.is_some()) {
            self.write_mails().await?;
        }
        self.send_mails().await
    }

    async fn write_mails(&self) -> Result<()> {
        let (house, now) = (self.house.clone(), self.now());
        let glance = house.clone();
        // Most seconds nothing is due: find that out without writing.
        if self.store.read(move |tx| wanted(tx, &glance, now)).await?.is_empty() {
            return Ok(());
        }
        self.seal().await?;
        let board = self.clone();
        self.store
            .write_later(move |tx| -> Result<()> {
                for (code, mailable, kind) in wanted(tx, &house, now)? {
                    let Some(department) = house.directory.department(&code) else { continue };
                    board.write_mail(tx, department, &mailable, kind, now)?;
                }
                Ok(())
            })
            .await
    }

    /// Puts a mail into the outbox, with a link of its own.
    pub(crate) fn write_mail(
        &self,
        tx: &mut Tx<'_>,
        department: &Department,
        mailable: &Mailable,
        kind: MailKind,
        now: Timestamp,
    ) -> Result<String> {
        let Some(address) = &department.mail else { return Err(Error::NotFound) };
        let case = store::cases::get(tx, &mailable.case)?;
        let (link, token) = self.new_link(&case, mailable, department, kind, now)?;
        store::links::insert(tx, &link, &secrets::at_rest(&token))?;
        let mut facts = outgoing(&case, mailable, &department.code, kind, link.expires_at)?;
        let at_risk = store::evidence::at_risk_of_cases(tx, std::slice::from_ref(&case.id))?;
        facts.preserve_by = at_risk.first().map(|(_, by)| *by);
        let seal = self.seal.get().ok_or_else(|| Error::Unavailable("the key is not loaded".to_owned()))?;
        let mail = Mail {
            id: fresh_id(),
            kind: kind.as_str().to_owned(),
            case: case.id.clone(),
            dispatch: mailable.dispatch.clone(),
            link: link.id.clone(),
            recipient: address.clone(),
            language: language(&self.house, department, &case),
            facts: serde_json::to_string(&facts).map_err(|error| Error::Unavailable(error.to_string()))?,
            sealed: Some(seal.lock(&token)?),
            state: "waiting".to_owned(),
            tries: 0,
            next_try_at: Some(now),
            fault: None,
            created_at: now,
            sent_at: None,
        };
        store::mails::insert(tx, &mail)?;
        Ok(token)
    }

    /// A mail to a department without log-in whose case is pressed: to sign for it, or to answer.
    pub(crate) fn press_by_mail(&self, tx: &mut Tx<'_>, case: &CaseId, now: Timestamp) -> Result<()> {
        let Some(last) = store::dispatches::latest(tx, case)? else { return Ok(()) };
        let kind = match last.state.as_str() {
            "sent" => MailKind::Reminder,
            "signed" => MailKind::Answer,
            _ => return Ok(()),
        };
        let known = self.house.directory.department(&last.department);
        let Some(department) = known.filter(|department| department.mail.is_some()) else { return Ok(()) };
        let (dispatch, case) = (last.id, case.clone());
        let mailable = Mailable { dispatch, case, sent_at: last.sent_at, sign_due_at: last.sign_due_at };
        self.write_mail(tx, department, &mailable, kind, now).map(drop)
    }

    fn new_link(
        &self,
        case: &Case,
        mailable: &Mailable,
        department: &Department,
        kind: MailKind,
        now: Timestamp,
    ) -> Result<(Link, String)> {
        let acts = match kind {
            MailKind::Dispatch | MailKind::Reminder => "sign return",
            MailKind::Answer => "step answer return",
        };
        let link = Link {
            id: fresh_id(),
            acts: acts.to_owned(),
            case: case.id.clone(),
            dispatch: Some(mailable.dispatch.clone()),
            department: Some(department.code.clone()),
            created_by: audit::HOUSE.to_owned(),
            created_at: now,
            expires_at: now.plus_seconds(self.house.doors.mail.link_seconds()),
            used_at: None,
            used_for: None,
        };
        Ok((link, secrets::token()?))
    }

    async fn send_mails(&self) -> Result<()> {
        let now = self.now();
        if self.store.read(move |tx| store::mails::due(tx, now, 1)).await?.is_empty() {
            return Ok(());
        }
        let claimed = self.store.write_later(move |tx| claim(tx, now)).await?;
        for mail in claimed {
            let sent = match self.letter(&mail).await {
                Ok(letter) => self.mailer.send(&letter).await,
                Err(error) => Err(MailError::Unclear(error.to_string())),
            };
            if let Err(error) = &sent {
                tracing::warn!(mail = mail.id, tries = mail.tries, %error, "a mail was not sent");
            }
            let (house, id, now) = (self.house.clone(), mail.id.clone(), self.now());
            self.store
                .write_later(move |tx| -> Result<()> {
                    let mut mail = store::mails::get(tx, &id)?;
                    note(&mut mail, &sent, &house, now);
                    if mail.state == "sent" {
                        case_work::write_event(
                            tx,
                            &mail.case,
                            now,
                            audit::HOUSE,
                            "mailed",
                            &json(&mail.kind),
                        )?;
                    }
                    Ok(store::mails::update(tx, &mail)?)
                })
                .await?;
            self.post(vec![Topic::Cases]);
        }
        Ok(())
    }

    /// The mail as it goes out, in the department's language.
    async fn letter(&self, mail: &Mail) -> Result<Letter> {
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
            to: mail.recipient.clone(),
            subject: fill(&text.subject),
            body: fill(&text.body),
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
        let (id, now, person) = (id.to_owned(), self.now(), self.person().id.clone());
        self.board
            .store
            .write(move |tx| -> Result<()> {
                let mut mail = store::mails::get(tx, &id)?;
                if mail.sealed.is_none() || !matches!(mail.state.as_str(), "failed" | "waiting") {
                    return Err(Error::refused("refused-mail-done"));
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

/// Which mails are to be written now: department, dispatch and kind.
fn wanted(tx: &mut Tx<'_>, house: &House, now: Timestamp) -> Result<Vec<(String, Mailable, MailKind)>> {
    let mut wanted = Vec::new();
    let mailed = house.directory.departments.iter().filter(|department| department.mail.is_some());
    for code in mailed.map(|department| department.code.as_str()) {
        for (state, kind) in [("sent", MailKind::Dispatch), ("signed", MailKind::Answer)] {
            let rows = store::links::unmailed(tx, code, state, kind.as_str(), AT_A_TIME)?;
            wanted.extend(rows.into_iter().map(|row| (code.to_owned(), row, kind)));
        }
        for row in store::links::unsigned(tx, code, AT_A_TIME)? {
            let so_far = store::mails::of_dispatch(tx, &row.dispatch)?;
            let reminders = so_far.iter().filter(|mail| mail.kind == MailKind::Reminder.as_str()).count();
            if !so_far.is_empty() && reminders < reminders_due(tx, house, &row, now)? {
                wanted.push((code.to_owned(), row, MailKind::Reminder));
            }
        }
    }
    Ok(wanted)
}

/// How many mails of the ladder should have gone out: its shares are of the working time to sign for, so that nobody
/// is reminded at night or on a day off.
fn reminders_due(tx: &mut Tx<'_>, house: &House, row: &Mailable, now: Timestamp) -> Result<usize> {
    let case = store::cases::get(tx, &row.case)?;
    let reckoning = house.lines.get(&case.line).and_then(|line| {
        let law = deadlines::law_of(house, line, clocks::Duty::Sign, None, row.sent_at)?;
        let calendar = house.calendars.get(&law.calendar)?;
        Some(clocks::Reckoning::new(law, calendar, line.zone).under(&house.decrees))
    });
    let due = |fraction: f64| {
        let percent = (1..=100_u8).find(|percent| f64::from(*percent) >= fraction * 100.0);
        match reckoning.zip(percent) {
            Some((reckoning, percent)) => {
                now >= reckoning.share(row.sent_at, &reckoning.due(row.sent_at), percent)
            }
            None => passed(row, now) >= fraction,
        }
    };
    let fractions = house.doors.mail.fractions().iter();
    Ok(if row.sign_due_at.is_none() { 0 } else { fractions.filter(|fraction| due(**fraction)).count() })
}

/// How much of the time to sign for has passed by the clock: 1.0 when it is over. For shares beyond the whole.
fn passed(row: &Mailable, now: Timestamp) -> f64 {
    let Some(due) = row.sign_due_at else { return 0.0 };
    let whole = due.0.saturating_sub(row.sent_at.0).max(1);
    // Milliseconds of some weeks are far below what a double holds exactly.
    now.0.saturating_sub(row.sent_at.0).max(0) as f64 / whole as f64
}

fn outgoing(
    case: &Case,
    mailable: &Mailable,
    department: &str,
    kind: MailKind,
    link_until: Timestamp,
) -> Result<Outgoing> {
    Ok(Outgoing {
        kind,
        department: department.to_owned(),
        number: case.number.clone(),
        class: case_work::request_type_of(case)?,
        line: case.line.clone(),
        sign_by: mailable.sign_due_at,
        answer_by: case.due_at,
        link_until,
        preserve_by: None,
    })
}

/// The department's own language, else the first of the case's line.
pub(crate) fn language(house: &House, department: &Department, case: &Case) -> String {
    let of_line = || house.lines.get(&case.line)?.languages.first().map(|tag| tag.as_str().to_owned());
    department.language.clone().or_else(of_line).unwrap_or_else(|| "en".to_owned())
}

/// Takes up what is due. A mail whose link was used or ended meanwhile says nothing any more.
fn claim(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<Mail>> {
    let mut claimed = Vec::new();
    for mut mail in store::mails::due(tx, now, AT_A_TIME)? {
        if store::links::get(tx, &mail.link)?.used_at.is_some() {
            (mail.state, mail.next_try_at, mail.sealed) = ("dropped".to_owned(), None, None);
            mail.fault = None;
            store::mails::update(tx, &mail)?;
            continue;
        }
        (mail.state, mail.tries) = ("sending".to_owned(), mail.tries + 1);
        mail.next_try_at = Some(now.plus_seconds(LEASE_SECONDS));
        store::mails::update(tx, &mail)?;
        claimed.push(mail);
    }
    Ok(claimed)
}

/// Writes down how a try ended.
fn note(mail: &mut Mail, sent: &Result<(), MailError>, house: &House, now: Timestamp) {
    let word = |text: &str| Some(text.chars().take(LONGEST_FAULT).collect::<String>());
    match sent {
        Ok(()) => {
            (mail.state, mail.sent_at) = ("sent".to_owned(), Some(now));
            (mail.next_try_at, mail.fault, mail.sealed) = (None, None, None);
        }
        Err(MailError::Off) => {
            (mail.state, mail.fault) = ("waiting".to_owned(), word("off"));
            mail.tries = mail.tries.saturating_sub(1);
            mail.next_try_at = Some(now.plus_seconds(OFF_SECONDS));
        }
        Err(MailError::Refused(why)) => {
            (mail.state, mail.fault, mail.next_try_at) = ("failed".to_owned(), word(why), None);
        }
        Err(MailError::Unclear(why)) => {
            let wait = house.doors.mail.wait_after(mail.tries);
            mail.state = if wait.is_some() { "waiting" } else { "failed" }.to_owned();
            mail.fault = word(why);
            mail.next_try_at = wait.map(|seconds| now.plus_seconds(seconds));
        }
    }
}

fn json(kind: &str) -> serde_json::Value {
    serde_json::json!({ "mail": kind })
}
