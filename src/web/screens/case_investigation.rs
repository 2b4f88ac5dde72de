//! The investigation of a case on its page: what is urgent, the evidence register, what the two sides say, what is put
//! right, what was learned, the letters.

use domain::directory::name_in;
use domain::{Role, Timestamp};
use switchboard::House;
use switchboard::case_file::{CaseFile, Point};
use switchboard::feedback::Channel;
use switchboard::investigation::{
    CorrectionView, EvidenceView, Preservation, Side, Statement, addressee, letters,
};

use super::case_course::CourseForm;
use super::case_letters;
use super::grounds::Grounds;
use super::{case_inquiries, case_words};
use crate::auth::CaseDesk;
use crate::page::Page;

/// All of it, as the page shows it.
pub(super) struct Investigation {
    /// What somebody must answer for before it is too late: text and class.
    pub(super) tasks: Vec<(String, &'static str)>,
    pub(super) evidence: Vec<EvidenceRow>,
    pub(super) statements: Vec<StatementRow>,
    pub(super) corrections: Vec<CorrectionRow>,
    pub(super) learning: Vec<String>,
    pub(super) letters: Vec<LetterRow>,
    /// Letters that can be written: code and name; none for those who write none.
    pub(super) kinds: Vec<(String, String)>,
    pub(super) institutions: Vec<(String, String)>,
    pub(super) channels: Vec<(String, String)>,
    /// Which letters the house can mail, in words; none: it can mail none.
    pub(super) by_mail: Option<String>,
    pub(super) forms: Vec<CourseForm>,
    /// For the answer.
    pub(super) grounds: Grounds,
}

/// A letter that was issued.
pub(super) struct LetterRow {
    pub(super) id: String,
    pub(super) text: String,
    /// How far its mail is, with a class.
    pub(super) mail: Option<(String, &'static str)>,
    /// What its reader said when it came.
    pub(super) acknowledged: Option<String>,
}

pub(super) struct EvidenceRow {
    pub(super) name: String,
    pub(super) holder: String,
    pub(super) state: String,
    /// Why it is not there, or what is under way: text and class.
    pub(super) more: Vec<(String, &'static str)>,
    /// The whole hash, where it has one.
    pub(super) sha256: Option<String>,
    pub(super) file: Option<String>,
    pub(super) readers: String,
}

pub(super) struct StatementRow {
    pub(super) head: String,
    pub(super) text: String,
}

pub(super) struct CorrectionRow {
    pub(super) text: String,
    pub(super) when: String,
    pub(super) class: &'static str,
}

/// What was learned, and which rule was found wanting.
fn learned(page: &Page, note: &switchboard::investigation::LearningNote) -> String {
    let gap = &note.rule_gap;
    if gap.is_empty() {
        note.words.clone()
    } else {
        format!("{} {}", note.words, page.tv("learning-rule-gap", "gap", gap))
    }
}

/// Of one case.
pub(super) fn investigation(at: &CaseDesk, file: &CaseFile) -> Investigation {
    let (page, now, view) = (&at.page, at.desk.now(), &file.view.investigation);
    let writes = at.desk.person().role != Role::Handler;
    let kinds = letters::fitting(&file.view).into_iter().filter(|_| writes);
    let mailable: Vec<String> = addressee::mailable(at.desk.house(), file, now)
        .into_iter()
        .filter(|_| writes)
        .map(|kind| page.tc("letter-kind", kind))
        .collect();
    let mut channels = case_words::choices(page, "channel", Channel::ALL.iter().map(|one| one.as_str()));
    if !mailable.is_empty() {
        channels.insert(0, (case_letters::MAILED.to_owned(), page.t("letter-by-mail")));
    }
    let unheard: Vec<Side> = Side::ALL.iter().copied().filter(|side| !view.is_heard(*side)).collect();
    Investigation {
        tasks: view.evidence.iter().filter_map(|entry| task(page, entry, now)).collect(),
        evidence: view.evidence.iter().map(|entry| evidence(page, entry, now)).collect(),
        statements: statements(page, file, now),
        corrections: view.corrections.iter().map(|one| correction(page, one, now)).collect(),
        learning: view.learning.iter().map(|note| learned(page, note)).collect(),
        letters: file.letters.iter().map(|letter| issued(page, file, letter)).collect(),
        kinds: kinds.map(|kind| (kind.as_str().to_owned(), page.tc("letter-kind", kind))).collect(),
        institutions: institutions(at, file),
        channels,
        by_mail: (!mailable.is_empty()).then(|| page.tv("letter-by-mail-hint", "what", mailable.join(", "))),
        forms: case_inquiries::forms(at, file),
        grounds: Grounds::new(
            page,
            case_inquiries::standards(at, file),
            case_inquiries::held(page, file),
            &unheard,
        ),
    }
}

/// What must be kept from being overwritten, until when, and whether that is past.
fn task(page: &Page, entry: &EvidenceView, now: Timestamp) -> Option<(String, &'static str)> {
    let preserve = entry.preserve.as_ref().filter(|_| entry.is_at_risk())?;
    let overdue = preserve.is_overdue(now);
    let id = if overdue { "preserve-overdue" } else { "preserve-by" };
    let told = [("what", case_inquiries::entry_name(page, entry)), ("moment", page.time(&preserve.due_at))];
    Some((page.texts(id, &told), if overdue { "bad" } else { "warn" }))
}

fn evidence(page: &Page, entry: &EvidenceView, now: Timestamp) -> EvidenceRow {
    let readers: Vec<String> = entry.readers.iter().map(|one| page.tc("evidence-reader", one)).collect();
    let mut more = Vec::new();
    if !entry.why.is_empty() {
        more.push((entry.why.clone(), ""));
    }
    if let Some(request) = &entry.request {
        let told = [("whom", request.of.clone()), ("moment", page.time(&request.due_at))];
        let late = now > request.due_at;
        let id = if late { "evidence-asked-late" } else { "evidence-asked" };
        more.push((page.texts(id, &told), if late { "bad" } else { "" }));
    }
    if let Some(preserve) = entry.preserve.as_ref().filter(|one| one.state != Preservation::Asked) {
        more.push((format!("{} {}", page.tc("preserve-state", preserve.state), preserve.remark), ""));
    }
    more.extend(task(page, entry, now));
    if let Some(at) =
        entry.preserve.as_ref().filter(|_| entry.is_at_risk()).and_then(|one| one.overwritten_at)
    {
        more.push((page.tv("preserve-overwritten", "moment", page.time(&at)), "warn"));
    }
    if let Some(at) = entry.received_at {
        more.push((page.tv("evidence-received", "moment", page.time(&at)), ""));
    }
    EvidenceRow {
        name: case_inquiries::entry_name(page, entry),
        holder: page.tc("side", entry.holder),
        state: page.tc("intake-evidence-status", entry.state),
        more,
        sha256: entry.sha256.clone(),
        file: entry.attachment.clone(),
        readers: readers.join(", "),
    }
}

fn statements(page: &Page, file: &CaseFile, now: Timestamp) -> Vec<StatementRow> {
    let view = &file.view.investigation;
    let heard = |one: &Statement| StatementRow {
        head: page.texts(
            if one.reply { "statement-reply-head" } else { "statement-head" },
            &[
                ("side", page.tc("side", one.side)),
                ("day", page.date(one.at.service_day(page.zone()))),
                ("who", one.heard_by.clone()),
                ("form", page.tc("statement-form", one.form)),
            ],
        ),
        text: one.statement.clone(),
    };
    let waived = |(side, reason): &(Side, String)| StatementRow {
        head: page.tv("statement-waived-head", "side", page.tc("side", side)),
        text: reason.clone(),
    };
    let open = view.replies.iter().filter(|reply| !reply.settled).map(|reply| StatementRow {
        head: page.texts(
            if now > reply.due_at { "statement-reply-late" } else { "statement-reply-open" },
            &[("side", page.tc("side", reply.side)), ("moment", page.time(&reply.due_at))],
        ),
        text: reply.about.clone(),
    });
    view.statements.iter().map(heard).chain(view.waived.iter().map(waived)).chain(open).collect()
}

fn correction(page: &Page, one: &CorrectionView, now: Timestamp) -> CorrectionRow {
    let result = one.result.map(|result| page.tc("check-result", result)).unwrap_or_default();
    let when = match one.check_at {
        Some(at) if at < now => page.tv("correction-check-late", "moment", page.time(&at)),
        Some(at) => page.tv("correction-check", "moment", page.time(&at)),
        None => page.t("correction-checked"),
    };
    let late = one.check_at.is_some_and(|at| at < now);
    CorrectionRow {
        text: format!("{} · {}", one.plan.what, one.plan.owner),
        when: [when, result, one.remark.clone()]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        class: if late { "bad" } else { "" },
    }
}

fn issued(
    page: &Page,
    file: &CaseFile,
    letter: &switchboard::investigation::letters::IssuedLetter,
) -> LetterRow {
    let who = file.names.get(letter.issued_by.as_str()).cloned().unwrap_or_default();
    let kind = page.tc("letter-kind", &letter.kind);
    let channel = page.tc("channel", &letter.channel);
    let mut known = file.view.investigation.acknowledged.iter();
    let acknowledged = known.find(|(one, _)| *one == letter.id);
    let posted = file.posted.iter().rfind(|posted| posted.letter == letter.id);
    LetterRow {
        id: letter.id.clone(),
        text: format!("{kind} · {} · {who} · {channel}", page.time(&letter.issued_at)),
        mail: posted.map(|posted| mail_state(page, posted)),
        acknowledged: acknowledged.map(|(_, remark)| {
            let told = page.t("letter-acknowledged");
            if remark.is_empty() { told } else { format!("{told}: {remark}") }
        }),
    }
}

/// How far the mail with a letter is, in words.
pub(super) fn mail_state(page: &Page, posted: &letters::Posted) -> (String, &'static str) {
    match (posted.state.as_str(), &posted.sent_at) {
        ("sent", Some(at)) => (page.tv("letter-mail-sent", "moment", page.time(at)), "good"),
        ("failed", _) => (page.t("letter-mail-failed"), "bad"),
        ("dropped", _) => (page.t("letter-mail-dropped"), ""),
        _ => (page.t("letter-mail-waiting"), "warn"),
    }
}

/// The institutions of the points, where there is more than one to choose from.
fn institutions(at: &CaseDesk, file: &CaseFile) -> Vec<(String, String)> {
    let mut codes: Vec<&String> = file.points.iter().filter_map(|point| point.institution.as_ref()).collect();
    codes.sort();
    codes.dedup();
    if codes.len() < 2 {
        return Vec::new();
    }
    let name = |code: &str| {
        let known = at.desk.house().directory.institution(code);
        known.map_or_else(|| code.to_owned(), |known| name_in(&known.names, at.page.lang()).to_owned())
    };
    codes.into_iter().map(|code| (code.clone(), name(code))).collect()
}

/// By which standard of proof a point was found, and on what it rests.
pub(super) fn rests_on(house: &House, page: &Page, file: &CaseFile, point: &Point) -> Option<String> {
    let investigation = &file.view.investigation;
    let support = investigation.support_of(&point.id)?;
    let standard = house.evidence.standard(&support.standard);
    let standard = standard.map(|one| name_in(&one.names, page.lang()).to_owned());
    let entries = support.evidence.iter().filter_map(|id| investigation.entry(id));
    let mut parts = vec![standard.unwrap_or_else(|| support.standard.clone())];
    parts.extend(entries.map(|entry| case_inquiries::entry_name(page, entry)));
    parts.extend(Some(support.without.clone()).filter(|text| !text.is_empty()));
    Some(parts.join(" · "))
}
