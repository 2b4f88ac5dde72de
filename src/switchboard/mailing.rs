//! Mails. To departments whose people have no accounts: a dispatch that no mail was written about gets one, with a link
//! of its own; who has not signed in time is reminded. To everybody who is written to: the letters of a case ([`parcel`]).
//! The [`outbox`] is sent by the agenda, tried again when the server is out of reach, and what was refused for good stands
//! as a trouble before the supervisor.
//!
//! A mail is written down before it is sent and never sent again once the server took it. If the process dies between
//! the server's word and ours, the mail goes out again under the same id, so that the reader's program sees one.

pub mod outbox;
pub mod parcel;

use domain::directory::Department;
use domain::{CaseId, CaseNumber, RequestType, Timestamp};
use serde::{Deserialize, Serialize};
use store::Tx;
use store::cases::Case;
use store::links::{Link, Mailable};
pub use store::mails::{Load, Mail};

use crate::doors::MailKind;
pub use outbox::Post;

use crate::{Error, House, Result, Switchboard, audit, case_work, deadlines, fresh_id, secrets};

/// Mails written or sent in one go.
pub(crate) const AT_A_TIME: i64 = 20;

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
            load: Load::Link { dispatch: mailable.dispatch.clone(), link: link.id.clone() },
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
            MailKind::Answer => "step answer return",
            _ => "sign return",
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
