//! Letters of a case: written from what the case knows, behind the firewall; issued, they are kept word for word, and go
//! by a person's hand or from the outbox of the house.

use complaints::investigation::{InvestigationAction, LetterKind, Reader};
use complaints::letters::{Letter, LetterEvidence, LetterPoint, Material};
pub use complaints::letters::{Piece, Sheet};
use complaints::{Action, CaseView, Channel, Finding, OutcomeKind, firewall};
use domain::directory::name_in;
use domain::{CaseId, Role, Timestamp};
use sha2::{Digest, Sha256};
pub use store::letters::IssuedLetter;
use store::points::Point;

use super::EvidenceView;
use super::Side;
use super::addressee;
use crate::case_work::CaseWork;
use crate::doors::MailKind;
use crate::mailing::parcel::{self, Posting};
use crate::rights::{CaseWorker, Desk};
use crate::sight::{self, must_see};
use crate::{Error, Result, audit, case_view, case_work, fresh_id, secrets};

/// What somebody wants to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterOrder {
    pub kind: LetterKind,
    /// What is said besides, in the reader's language.
    pub words: String,
    /// Until when something is asked for; none: what the case knows.
    pub due_at: Option<Timestamp>,
    /// The institution written to, where points are about several; none: the first.
    pub institution: Option<String>,
}

/// How a letter leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// A person sends it, or hands it over.
    ByHand(Channel),
    /// The house mails it.
    Mailed,
}

/// How far the mail with a letter is. Whom it goes to is not told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    pub letter: String,
    /// waiting, sending, sent, failed or dropped.
    pub state: String,
    /// When it was sent; none: it was not.
    pub sent_at: Option<Timestamp>,
    pub fault: Option<String>,
}

impl LetterOrder {
    /// A letter with nothing added.
    pub fn plain(kind: LetterKind) -> Self {
        Self { kind, words: String::new(), due_at: None, institution: None }
    }

    /// Code of the institution that it is about: the chosen one, else the first of the points.
    pub(super) fn institution_of(&self, points: &[Point]) -> Option<String> {
        let first = points.iter().find_map(|point| point.institution.clone());
        self.institution.clone().filter(|code| !code.is_empty()).or(first)
    }
}

/// The letters that there is something to write in, as a case stands.
pub fn fitting(view: &CaseView) -> Vec<LetterKind> {
    let there = |kind: &LetterKind| match kind {
        LetterKind::Acknowledgement | LetterKind::InformationRequest => !view.status.is_closed(),
        LetterKind::EvidenceRequest => view.investigation.evidence.iter().any(asked_of_institution),
        LetterKind::PreserveRequest => view.investigation.evidence.iter().any(EvidenceView::is_at_risk),
        LetterKind::Result => {
            !view.points.is_empty() && view.points.iter().all(|point| point.finding.is_some())
        }
        LetterKind::NonAcceptance => view.not_accepted.is_some(),
        LetterKind::Extension => view.is_extended() && !view.status.is_closed(),
        LetterKind::Forwarding => true,
        // The dialogue writes it.
        LetterKind::Package => false,
    };
    LetterKind::ALL.iter().copied().filter(there).collect()
}

fn asked_of_institution(entry: &EvidenceView) -> bool {
    entry.holder == Side::Institution && entry.state == super::EvidenceStatus::Promised
}

impl Desk<CaseWorker> {
    /// The letter as it would go out. Nothing is written but that it was read.
    pub async fn draft_letter(&self, id: &CaseId, order: LetterOrder) -> Result<Sheet> {
        let (house, person, now, id) =
            (self.board.house.clone(), self.person().clone(), self.now(), id.clone());
        if person.role == Role::Handler {
            return Err(Error::NotFound);
        }
        let done = self
            .board
            .store
            .write(move |tx| -> Result<Sheet> {
                let mut hand = CaseWork::take_up(tx, &house, Some(&person), now, &id)?;
                must_see(hand.tx, &person, &hand.case)?;
                let sheet = write(&mut hand, &order)?;
                let (object, kind) = (format!("case:{id}"), order.kind.as_str());
                audit::record(hand.tx, now, person.id.as_str(), "letter-previewed", &object, Some(kind))?;
                Ok(sheet)
            })
            .await;
        self.board.note_block(&self.person().id, "letter", done).await
    }

    /// Issues it: the text is kept with its hash, and the history says who sent it, when and how.
    pub async fn issue_letter(
        &self,
        id: &CaseId,
        version: i64,
        order: LetterOrder,
        way: Way,
    ) -> Result<String> {
        let (letter, place) = (fresh_id(), id.clone());
        let kept = letter.clone();
        self.work_on(&place, version, move |hand| {
            let sheet = write(hand, &order)?;
            let channel = match way {
                Way::ByHand(channel) => channel,
                Way::Mailed => Channel::Email,
            };
            let sha256 = hash_of(&sheet);
            let issued = complaints::investigation::IssuedLetter {
                letter: letter.clone(),
                letter_kind: order.kind,
                channel,
                sha256: sha256.clone(),
            };
            hand.act(&Action::Investigate(InvestigationAction::IssueLetter(issued)))?;
            keep(hand, &letter, order.kind, channel, &sheet, sha256)?;
            if way == Way::Mailed {
                let points = standing(hand)?;
                let address = addressee::of(hand.house, &hand.case, &points, &order, hand.now)
                    .ok_or_else(|| Error::refused("refused-letter-no-address"))?;
                let (kind, letter) = (MailKind::Letter, letter.as_str());
                let posting =
                    Posting { kind, letter, sheet: &sheet, address, files: Vec::new(), separately: 0 };
                parcel::post(hand, posting)?;
            }
            Ok(())
        })
        .await?;
        Ok(kept)
    }

    /// A letter as it was issued.
    pub async fn letter(&self, case: &CaseId, letter: &str) -> Result<(IssuedLetter, Sheet)> {
        let (person, case, letter) = (self.person().clone(), case.clone(), letter.to_owned());
        let done = self
            .board
            .store
            .read(move |tx| -> Result<IssuedLetter> {
                let row = store::letters::get(tx, &letter)?;
                let of = store::cases::get(tx, &row.case)?;
                must_see(tx, &person, &of)?;
                if row.case != case || person.role == Role::Handler {
                    return Err(Error::NotFound);
                }
                Ok(row)
            })
            .await;
        let row = self.board.note_block(&self.person().id, "letter", done).await?;
        let sheet =
            serde_json::from_str(&row.sheet).map_err(|error| Error::Unavailable(error.to_string()))?;
        Ok((row, sheet))
    }
}

/// Hash of a letter: that of its text.
pub(crate) fn hash_of(sheet: &Sheet) -> String {
    secrets::hexadecimal(&Sha256::digest(sheet.text().as_bytes()))
}

/// Keeps a letter as it was issued.
pub(crate) fn keep(
    hand: &mut CaseWork<'_, '_>,
    letter: &str,
    kind: LetterKind,
    channel: Channel,
    sheet: &Sheet,
    sha256: String,
) -> Result<()> {
    let row = IssuedLetter {
        id: letter.to_owned(),
        case: hand.case.id.clone(),
        kind: kind.as_str().to_owned(),
        recipient: kind.recipient().as_str().to_owned(),
        channel: channel.as_str().to_owned(),
        sheet: serde_json::to_string(sheet).map_err(|error| Error::Unavailable(error.to_string()))?,
        sha256,
        issued_at: hand.now,
        issued_by: domain::PersonId::new(hand.actor_id()),
    };
    Ok(store::letters::insert(hand.tx, &row)?)
}

/// How far the mails with the letters of a case are.
pub(crate) fn posted(tx: &mut store::Tx<'_>, case: &CaseId) -> Result<Vec<Posted>> {
    let mails = store::mails::of_letters(tx, case)?.into_iter();
    let posted = mails.filter_map(|mail| {
        let letter = mail.load.letter()?.to_owned();
        Some(Posted { letter, state: mail.state, sent_at: mail.sent_at, fault: mail.fault })
    });
    Ok(posted.collect())
}

/// A day as a letter of the case tells it.
pub(crate) fn day(hand: &CaseWork<'_, '_>, language: &str, at: Timestamp) -> String {
    use chrono::Datelike;
    let day = at.service_day(hand.house.zone_of(&hand.case.line));
    hand.house.letters.day(language, (day.year(), day.month(), day.day()))
}

/// The points that stand.
pub(crate) fn standing(hand: &mut CaseWork<'_, '_>) -> Result<Vec<Point>> {
    Ok(store::points::of_case(hand.tx, &hand.case.id)?)
}

/// The material of a letter, before the firewall.
pub(crate) fn material(
    hand: &CaseWork<'_, '_>,
    view: &CaseView,
    order: &LetterOrder,
    points: &[Point],
) -> Result<Material> {
    Writer { hand, view, order }.material(points)
}

fn write(hand: &mut CaseWork<'_, '_>, order: &LetterOrder) -> Result<Sheet> {
    let view = case_view::load(hand.tx, &hand.case)?;
    if !fitting(&view).contains(&order.kind) {
        return Err(Error::refused("refused-letter-nothing"));
    }
    if order.kind == LetterKind::InformationRequest && order.words.trim().is_empty() {
        return Err(Error::refused("refused-needs-words"));
    }
    let mut points = standing(hand)?;
    points.retain(|point| view.points.iter().any(|standing| standing.id == point.id));
    let material = material(hand, &view, order, &points)?;
    let screen = |recipient| sight::screen_for(hand.tx, recipient, &hand.case);
    let letter = Letter::new(order.kind, material, screen)?;
    letter.sheet(&hand.house.letters).ok_or(Error::NotFound)
}

struct Writer<'w, 'a, 't> {
    hand: &'w CaseWork<'a, 't>,
    view: &'w CaseView,
    order: &'w LetterOrder,
}

impl Writer<'_, '_, '_> {
    fn material(&self, points: &[Point]) -> Result<Material> {
        let (hand, order) = (self.hand, self.order);
        let institution = order.institution_of(points);
        let accused = order.kind.recipient() == firewall::Recipient::Accused;
        let language = self.language(institution.as_deref());
        let own: Vec<&Point> = points
            .iter()
            .filter(|point| !accused || institution.is_none() || point.institution == institution)
            .collect();
        let words = Some(order.words.trim().to_owned()).filter(|text| !text.is_empty());
        let ground = self.ground();
        let told = |texts: &std::collections::BTreeMap<String, String>| name_in(texts, &language).to_owned();
        Ok(Material {
            sender: self.line().and_then(|line| line.sender.get(&language).cloned()),
            contact: hand.case.phone.as_ref().map(|phone| phone.as_str().to_owned()),
            package: None,
            institution: institution.as_deref().map(|code| self.site(code, &language)),
            authority: self.authority(&language),
            complainant: hand.case.complainant.clone(),
            number: hand.case.number.to_string(),
            date: self.day(&language, hand.now),
            received: self.day(&language, hand.case.received_at),
            due: order.due_at.or(hand.case.due_at).map(|at| self.day(&language, at)),
            words: words.or_else(|| ground.map(|ground| told(&ground.names))),
            points: own.into_iter().map(|point| self.point(point, &language)).collect(),
            evidence: self.evidence(&language),
            route: self.routes(points, &language)?,
            advice: ground.map(|ground| told(&ground.advice)),
            language,
        })
    }

    /// The complainant's own; the institution's where it has one; the authority's in Denmark.
    fn language(&self, institution: Option<&str>) -> String {
        let (house, case) = (self.hand.house, &self.hand.case);
        let line = self.line().and_then(|line| line.languages.first());
        let of_line = || line.map_or_else(|| "en".to_owned(), |language| language.as_str().to_owned());
        match self.order.kind.recipient() {
            firewall::Recipient::Complainant => case.language.as_str().to_owned(),
            firewall::Recipient::Authority if case.profile == "dk" => "da".to_owned(),
            _ => {
                let of = |one: &&domain::directory::Department| one.institution.as_deref() == institution;
                let office = house.directory.departments.iter().filter(|_| institution.is_some()).find(of);
                office.and_then(|office| office.language.clone()).unwrap_or_else(of_line)
            }
        }
    }

    fn line(&self) -> Option<&crate::Line> {
        self.hand.house.lines.get(&self.hand.case.line)
    }

    fn ground(&self) -> Option<&complaints::grounds::Ground> {
        let code = self.view.not_accepted.as_deref()?;
        self.hand.house.grounds.get(&self.hand.case.profile, code)
    }

    fn day(&self, language: &str, at: Timestamp) -> String {
        day(self.hand, language, at)
    }

    fn site(&self, code: &str, language: &str) -> String {
        let known = self.hand.house.directory.institution(code);
        known.map_or_else(|| code.to_owned(), |known| name_in(&known.names, language).to_owned())
    }

    fn authority(&self, language: &str) -> Option<String> {
        let office = addressee::office(self.hand.house, &self.hand.case, self.hand.now)?;
        Some(name_in(&office.names, language).to_owned())
    }

    fn point(&self, point: &Point, language: &str) -> LetterPoint {
        let support = self.view.investigation.support_of(&point.id);
        let standard = support.and_then(|support| self.hand.house.evidence.standard(&support.standard));
        LetterPoint {
            words: point.own_words.clone(),
            institution: point.institution.as_deref().map(|code| self.site(code, language)),
            finding: point.finding.as_deref().and_then(|code| code.parse::<Finding>().ok()),
            standard: standard.map(|standard| name_in(&standard.names, language).to_owned()),
            outcome_kind: point.outcome_kind.as_deref().and_then(|code| code.parse::<OutcomeKind>().ok()),
            outcome: point.outcome.clone(),
            added: false,
        }
    }

    /// The entries that such a letter is about, of those that its reader may read.
    fn evidence(&self, language: &str) -> Vec<LetterEvidence> {
        let kind = self.order.kind;
        let investigation = &self.view.investigation;
        let rests = |entry: &EvidenceView| {
            investigation.support.iter().any(|(_, support)| support.evidence.contains(&entry.id))
        };
        let about = |entry: &&EvidenceView| match kind {
            LetterKind::PreserveRequest => entry.is_at_risk() && entry.is_for(&[Reader::Institution]),
            LetterKind::EvidenceRequest => {
                asked_of_institution(entry) && entry.is_for(&[Reader::Institution])
            }
            LetterKind::Result => rests(entry) && entry.is_for(&[Reader::Complainant]),
            LetterKind::Forwarding | LetterKind::Package => {
                entry.is_for(&[Reader::Complainant, Reader::Handler])
            }
            _ => false,
        };
        let due = |entry: &EvidenceView| match kind {
            LetterKind::PreserveRequest => entry.preserve.as_ref().map(|one| one.due_at),
            LetterKind::EvidenceRequest => self.order.due_at.or(entry.request.as_ref().map(|one| one.due_at)),
            _ => None,
        };
        let line = |entry: &EvidenceView| LetterEvidence {
            kind: entry.kind,
            what: entry.what.clone(),
            due: due(entry).map(|at| self.day(language, at)),
        };
        investigation.evidence.iter().filter(about).map(line).collect()
    }

    fn routes(&self, points: &[Point], language: &str) -> Result<Option<String>> {
        let case = &self.hand.case;
        let category = points.first().map(|point| point.category.as_str()).unwrap_or_default();
        let fitting =
            self.hand.house.routes.for_case(&case.profile, case_work::request_type_of(case)?, category);
        let texts: Vec<&str> = fitting.iter().map(|route| name_in(&route.texts, language)).collect();
        Ok((!texts.is_empty()).then(|| texts.join("\n\n")))
    }
}
