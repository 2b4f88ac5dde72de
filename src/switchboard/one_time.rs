//! One-time links: what somebody without an account may see and do, once. A link is a random secret of which we keep the
//! hash; it is bound to a case, to a dispatch and to the acts it is for, ends after days, and is used up by the act.
//! Looking at it changes nothing: programs that look through mails follow every link.

use complaints::intake::{Evidence, EvidenceKind, EvidenceStatus};
use complaints::investigation::Side;
use complaints::{Action, CaseStatus, Intake, ReturnReason, StepKind};
use domain::directory::name_in;
use domain::{CaseId, CaseNumber, PersonId, PointId, RequestType, Role, Timestamp};
use serde_json::json;
use store::Tx;
use store::cases::Case;
pub use store::links::Link;
use store::people::Person;

use crate::case_work::CaseWork;
use crate::doors::MailKind;
use crate::investigation::{self, GroundedAnswer};
use crate::points::{self, Code, Mapped};
use crate::rights::{CaseWorker, Desk};
use crate::sight;
use crate::{Error, House, Result, Switchboard, Topic, audit, case_view, case_work, mailing, secrets};

/// Longest text that somebody writes on such a page, in characters.
const LONGEST: usize = 8_000;

/// What somebody does by a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkAct {
    Sign,
    Return { reason: ReturnReason, remark: String },
    Step { kind: StepKind, note: String },
    Answer(GroundedAnswer),
}

impl LinkAct {
    /// The word for it among a link's acts.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Sign => "sign",
            Self::Return { .. } => "return",
            Self::Step { .. } => "step",
            Self::Answer(_) => "answer",
        }
    }

    /// Whether the link is used up by it.
    fn uses_up(&self) -> bool {
        !matches!(self, Self::Step { .. })
    }

    /// Does it to the case in hand; the history says that it was done by a link.
    fn done_to(&self, hand: &mut CaseWork<'_, '_>) -> Result<()> {
        let told = json!({ "by": "link" });
        let action = match self.clone() {
            Self::Sign => Action::SignFor,
            Self::Return { reason, remark } => Action::Return { reason, remark: cut(&remark) },
            Self::Step { kind, note } => return investigation::step_with(hand, kind, cut(&note), &told),
            Self::Answer(answer) => return investigation::answer_with(hand, answer, &told),
        };
        hand.act_saying(&action, &told)
    }
}

fn cut(text: &str) -> String {
    text.trim().chars().take(LONGEST).collect()
}

/// What a department without log-in sees of a case: typed, so that nothing else gets onto its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    pub link: String,
    pub case: CaseId,
    pub department: String,
    /// Name of the department in the language of the page.
    pub department_name: String,
    /// Tag of the language of the page.
    pub language: String,
    pub zone: chrono_tz::Tz,
    pub number: CaseNumber,
    pub class: RequestType,
    pub status: CaseStatus,
    pub received_at: Timestamp,
    pub sign_by: Option<Timestamp>,
    pub answer_by: Option<Timestamp>,
    pub link_until: Timestamp,
    /// Who complains and how to reach; none where the department may not know.
    pub complainant: Option<String>,
    pub phone: Option<String>,
    pub desired: String,
    pub points: Vec<HandoverPoint>,
    pub evidence: Vec<Evidence>,
    /// What must be kept from being overwritten, in words, and until when somebody must say that it is.
    pub preserve: Vec<(EvidenceKind, String, Timestamp)>,
    /// Standards of proof of the case's profile that hold today: code, and name in the language of the page.
    pub standards: Vec<(String, String)>,
    /// Entries of the evidence register that a finding can rest on and that the department may see: id, kind, what.
    pub held: Vec<(String, EvidenceKind, String)>,
    /// Sides that were not heard yet.
    pub unheard: Vec<Side>,
    /// What was written down of the investigation so far: kind and note.
    pub steps: Vec<(String, String)>,
    /// What may be done by this link.
    pub acts: Vec<String>,
}

/// One point of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverPoint {
    pub id: PointId,
    /// Its number within the case: points that were dropped keep theirs.
    pub ordinal: i64,
    pub category: String,
    pub institution: Option<String>,
    pub place: Option<String>,
    pub persons: Option<String>,
    pub happened: Option<String>,
    pub own_words: String,
    /// Who paid, as a code.
    pub payer: Option<String>,
    /// Harm in the caller's words.
    pub harm: Option<String>,
    /// The code that stands on each axis, the category among them.
    pub codes: Vec<Code>,
    /// What the category is called in other systems.
    pub elsewhere: Vec<Mapped>,
}

/// What an act led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    pub act: &'static str,
    pub number: CaseNumber,
    /// The link for what comes next.
    pub next: Option<String>,
}

impl Switchboard {
    /// What stands behind the link with this token. Refused where it was used or has ended; unknown ones do not exist.
    pub async fn handover(&self, token: &str) -> Result<Handover> {
        let (house, now, hash) = (self.house.clone(), self.now(), secrets::at_rest(token));
        self.store
            .read(move |tx| -> Result<Handover> {
                let link = open(tx, &hash, now)?;
                let case = store::cases::get(tx, &link.case)?;
                still_with(&case, &link)?;
                show(tx, &house, &link, &case, now)
            })
            .await
    }

    /// Does it. The act, the end of the link and the line in the audit trail are one.
    pub async fn act_by_link(&self, token: &str, act: LinkAct) -> Result<Done> {
        self.seal().await?;
        let (house, now, hash, board) =
            (self.house.clone(), self.now(), secrets::at_rest(token), self.clone());
        let done = self
            .store
            .write(move |tx| -> Result<Done> {
                let link = open(tx, &hash, now)?;
                if !link.acts.split(' ').any(|allowed| allowed == act.as_str()) {
                    return Err(Error::refused("refused-link-act"));
                }
                let person = by_link(&house, &link)?;
                let mut hand = CaseWork::take_up(tx, &house, Some(&person), now, &link.case)?;
                still_with(&hand.case, &link)?;
                let number = hand.case.number.clone();
                act.done_to(&mut hand)?;
                hand.save()?;
                let mut next = None;
                if act.uses_up() {
                    store::links::use_up(tx, &link.id, act.as_str(), now)?;
                    let dispatch = link.dispatch.clone().unwrap_or_default();
                    store::links::supersede(tx, &dispatch, now)?;
                    if act == LinkAct::Sign {
                        next = Some(answer_link(&board, tx, &link, now)?);
                    }
                }
                let object = format!("case:{}", link.case);
                audit::record(tx, now, person.id.as_str(), act.as_str(), &object, Some("by link"))?;
                Ok(Done { act: act.as_str(), number, next })
            })
            .await?;
        self.post(vec![Topic::Cases, Topic::Callbacks]);
        Ok(done)
    }
}

impl Desk<CaseWorker> {
    /// A case as the person's own department may see it outside of the house, and its version.
    pub async fn handed_over(&self, number: &CaseNumber) -> Result<(Handover, i64)> {
        let (house, person, number, now) =
            (self.board.house.clone(), self.person().clone(), number.clone(), self.now());
        let done = self
            .board
            .store
            .read(move |tx| -> Result<(Handover, i64)> {
                let case = store::cases::by_number(tx, &number)?;
                sight::must_see(tx, &person, &case)?;
                if case.department.is_none() {
                    return Err(Error::NotFound);
                }
                let dispatch = store::dispatches::latest(tx, &case.id)?.map(|last| last.id);
                let sight = Link {
                    id: String::new(),
                    acts: String::new(),
                    case: case.id.clone(),
                    dispatch,
                    // A co-handler sees what the own department may, not what the lead may.
                    department: person.department.clone().or_else(|| case.department.clone()),
                    created_by: String::new(),
                    created_at: now,
                    expires_at: now,
                    used_at: None,
                    used_for: None,
                };
                Ok((show(tx, &house, &sight, &case, now)?, case.version))
            })
            .await;
        self.board.note_block(&self.person().id, "api", done).await
    }
}

/// Who has signed goes on with a link to answer; it is mailed, too.
fn answer_link(board: &Switchboard, tx: &mut Tx<'_>, link: &Link, now: Timestamp) -> Result<String> {
    let code = link.department.as_deref().unwrap_or_default();
    let department = board.house.directory.department(code).ok_or(Error::NotFound)?;
    let last = store::dispatches::latest(tx, &link.case)?.ok_or(Error::NotFound)?;
    let mailable = store::links::Mailable {
        dispatch: last.id,
        case: link.case.clone(),
        sent_at: last.sent_at,
        sign_due_at: last.sign_due_at,
    };
    board.write_mail(tx, department, &mailable, MailKind::Answer, now)
}

/// The link with this hash, if it still holds.
pub(crate) fn open(tx: &mut Tx<'_>, hash: &str, now: Timestamp) -> Result<Link> {
    let link = store::links::by_secret(tx, hash)?.ok_or(Error::NotFound)?;
    if link.used_at.is_some() {
        return Err(Error::refused("refused-link-used"));
    }
    if link.expires_at <= now {
        return Err(Error::refused("refused-link-ended"));
    }
    Ok(link)
}

/// The case may have been given to another department since.
fn still_with(case: &Case, link: &Link) -> Result<()> {
    let with = case.department.is_some() && case.department == link.department;
    if with { Ok(()) } else { Err(Error::refused("refused-link-over")) }
}

/// Somebody of the department whom we know by the link alone.
fn by_link(house: &House, link: &Link) -> Result<Person> {
    let code = link.department.as_deref().ok_or(Error::NotFound)?;
    stand_in(house, &format!("link:{}", link.id), code)
}

/// A handler of a department who has no account.
pub(crate) fn stand_in(house: &House, id: &str, department: &str) -> Result<Person> {
    let language = house.lines.values().find_map(|line| line.languages.first().cloned());
    let language = language.ok_or_else(|| Error::refused("refused-line-unknown"))?;
    let name = house.directory.department(department).map_or("", |known| name_in(&known.names, "en"));
    Ok(Person {
        id: PersonId::new(id),
        login: String::new(),
        name: name.to_owned(),
        role: Role::Handler,
        department: Some(department.to_owned()),
        phone: None,
        language,
        created_at: Timestamp(0),
        disabled_at: None,
    })
}

/// The form a case was opened with.
pub(crate) fn intake_of(case: &Case) -> Result<Intake> {
    serde_json::from_str(&case.intake).map_err(|error| Error::Unavailable(error.to_string()))
}

fn show(tx: &mut Tx<'_>, house: &House, link: &Link, case: &Case, now: Timestamp) -> Result<Handover> {
    let code = link.department.clone().unwrap_or_default();
    let department = house.directory.department(&code).ok_or(Error::NotFound)?;
    let language = mailing::language(house, department, case);
    let intake = intake_of(case)?;
    let (screen, readers) = sight::unit(tx, house, &code, case)?;
    let rows = store::points::of_case(tx, &case.id)?;
    let codings = store::codings::of_case(tx, &case.id)?;
    let zone = house.zone_of(&case.line);
    let day = case.received_at.service_day(zone);
    let told = |text: &Option<String>| text.as_deref().map(|text| screen.text(text));
    let view = case_view::load(tx, case)?;
    let seen: Vec<_> = view.investigation.evidence.iter().filter(|entry| entry.is_for(readers)).collect();
    let preserve = seen.iter().filter(|entry| entry.is_at_risk()).filter_map(|entry| {
        let asked = entry.preserve.as_ref()?;
        Some((entry.kind, screen.text(&entry.what), asked.due_at))
    });
    let held = seen.iter().filter(|entry| entry.state == EvidenceStatus::Held);
    let held = held.map(|entry| (entry.id.clone(), entry.kind, screen.text(&entry.what)));
    let unheard = Side::ALL.iter().copied().filter(|side| !view.investigation.is_heard(*side));
    let standards = house.evidence.standards(&case.profile, now.service_day(zone));
    let standards = standards.map(|one| (one.code.clone(), name_in(&one.names, &language).to_owned()));
    let points = rows.into_iter().map(|point| HandoverPoint {
        institution: point.institution.as_deref().map(|known| {
            let listed = house.directory.institution(known);
            listed.map_or_else(|| screen.text(known), |entry| name_in(&entry.names, &language).to_owned())
        }),
        category: category(house, &point.category, &language),
        place: told(&point.place),
        persons: told(&point.persons),
        happened: told(&point.happened),
        own_words: screen.text(&point.own_words),
        payer: point.payer.clone(),
        harm: told(&point.harm),
        codes: points::current(&codings, &point.id),
        elsewhere: house.crosswalks.of(&point.category, day),
        ordinal: point.ordinal,
        id: point.id,
    });
    let last = store::dispatches::latest(tx, &case.id)?;
    let steps = store::investigation::of_case(tx, &case.id)?;
    let own = steps.into_iter().filter(|step| Some(&step.dispatch) == link.dispatch.as_ref());
    Ok(Handover {
        points: points.collect(),
        steps: own.map(|step| (step.kind, screen.text(&step.note))).collect(),
        link: link.id.clone(),
        case: case.id.clone(),
        department_name: name_in(&department.names, &language).to_owned(),
        zone,
        number: case.number.clone(),
        class: case_work::request_type_of(case)?,
        status: case_work::status_of(case)?,
        received_at: case.received_at,
        sign_by: last.and_then(|last| last.sign_due_at),
        answer_by: case.due_at,
        link_until: link.expires_at,
        complainant: screen.name(case.complainant.as_deref()).map(str::to_owned),
        phone: screen.contact(case.phone.as_ref().map(|phone| phone.as_str())).map(str::to_owned),
        desired: screen.text(&intake.desired_words),
        evidence: intake.evidence,
        preserve: preserve.collect(),
        standards: standards.collect(),
        held: held.collect(),
        unheard: unheard.collect(),
        acts: link.acts.split(' ').map(str::to_owned).collect(),
        department: code,
        language,
    })
}

/// What a category is called.
pub(crate) fn category(house: &House, code: &str, language: &str) -> String {
    let known = house.categories.get(code);
    known.map_or_else(|| code.to_owned(), |category| name_in(&category.names, language).to_owned())
}
