//! The dialogue of a complaint, where its rules meet the case: who may do what is decided in `complaints::dialogue`, the
//! history of the case keeps it, and the case follows it into the dialogue and out of it.

pub(crate) mod calls;
mod effects;
mod keeping;
pub(crate) mod posting;
mod preview;
mod running;

pub use complaints::dialogue::{
    Absent, Appointment, Call, Called, CompanionKind, Deadline, Decided, Dialogue, DialogueAction,
    DialogueChange, DialogueRefusalCode, DialogueRules, Eligibility, Form, ForwardReason, Ground, Held,
    Incapacity, Maintained, Motive, NewPoint, Owner, OwnerKind, Package, PackagePoint, PackageState,
    Participant, ParticipantRole, Payer, PointFacts, PointState, SiteKind, Stage, Task, Topic, Verdict,
    Wishes, Withdrawal, tasks,
};
use complaints::dialogue::{DialogueFacts, decide_dialogue, verdict};
use complaints::firewall::Screen;
use domain::directory::{Directory, Office};
use domain::{CaseId, PointId, Role, Timestamp};
pub use preview::{PointPreview, preview};
use store::case_events::CaseEvent;
use store::cases::Case;
pub use store::dialogues::Listed;
use store::people::Person;
use store::points::Point;

use crate::case_work::{CaseWork, request_type_of};
use crate::rights::{CaseWorker, Desk};
use crate::sight;
use crate::{Error, House, Result, Topic as Notice, deadlines};

/// Dialogues on the list of what is to be done.
const MOST_LISTED: i64 = 200;

/// One point of the complaint, as the dialogue sees it.
#[derive(Debug, Clone)]
pub struct DialoguePoint {
    pub id: PointId,
    pub ordinal: i64,
    pub institution: Option<String>,
    pub words: String,
    pub topic: Option<Topic>,
    pub payer: Payer,
    /// What was found, or would be if the complainant said yes.
    pub eligibility: Eligibility,
    pub alternative_told: bool,
    pub state: PointState,
}

/// All there is about the dialogue of one case, for one person.
#[derive(Debug, Clone)]
pub struct DialogueFile {
    pub case: Case,
    pub dialogue: Dialogue,
    pub tasks: Vec<Task>,
    pub points: Vec<DialoguePoint>,
    /// The regional office that answers today.
    pub office: Option<Office>,
    /// The office that decides complaints.
    pub authority: Option<Office>,
    /// Where the package is mailed to today; none: a person sends it.
    pub secure_mail: Option<String>,
    /// How far the mail with the package is.
    pub posted: Option<crate::investigation::letters::Posted>,
    /// The scheme of volunteer companions.
    pub scheme: Option<Office>,
    /// How the four weeks were counted.
    pub due: Option<clocks::Due>,
    /// The person does the owner's work.
    pub owns: bool,
    /// The identity is not shown to this person.
    pub hidden: bool,
}

impl Desk<CaseWorker> {
    /// Does something in the dialogue of a case that the person saw at `version`.
    pub async fn in_dialogue(&self, id: &CaseId, version: i64, action: DialogueAction) -> Result<()> {
        self.work_on(id, version, move |hand| act(hand, &action)).await
    }

    /// The dialogue of a case; nothing where the profile has none.
    pub async fn dialogue_file(&self, id: &CaseId) -> Result<Option<DialogueFile>> {
        let (house, person, id, now) =
            (self.board.house.clone(), self.person().clone(), id.clone(), self.now());
        let done = self
            .board
            .store
            .read(move |tx| -> Result<Option<DialogueFile>> {
                let case = store::cases::get(tx, &id)?;
                sight::must_see(tx, &person, &case)?;
                let Some(rules) = house.dialogues.get(&case.profile) else { return Ok(None) };
                if request_type_of(&case)? != domain::RequestType::Complaint {
                    return Ok(None);
                }
                let all = store::points::all_of_case(tx, &id)?;
                let dialogue = fold(&store::case_events::of_case(tx, &id)?);
                let screen = sight::screen(tx, &house, &person, &case)?;
                let points = concerned(all, &dialogue);
                let mut file = file(&house, rules, &person, case, &points, dialogue, now);
                file.posted = posting::last(tx, &id, &file.dialogue)?;
                redact(&mut file, &screen);
                Ok(Some(file))
            })
            .await;
        self.board.note_block(&self.person().id, "dialogue", done).await
    }

    /// What is to be done in dialogues: a handler's own department's, everybody's for the others.
    pub async fn dialogues_to_do(&self) -> Result<Vec<Listed>> {
        let department = match self.person().role {
            Role::Handler => {
                let own = self.person().department.clone();
                Some(own.ok_or_else(|| Error::refused("refused-handler-without-department"))?)
            }
            _ => None,
        };
        self.board
            .store
            .read(move |tx| Ok(store::dialogues::to_do(tx, department.as_deref(), MOST_LISTED)?))
            .await
    }
}

/// Lets the rules decide, writes the history, and lets the case follow.
pub(crate) fn act(hand: &mut CaseWork<'_, '_>, action: &DialogueAction) -> Result<()> {
    let house = hand.house;
    let mut dialogue = fold(&store::case_events::of_case(hand.tx, &hand.case.id)?);
    let points = concerned(store::points::all_of_case(hand.tx, &hand.case.id)?, &dialogue);
    let rules = house.dialogues.get(&hand.case.profile);
    let known = rules.map_or_else(Vec::new, |rules| facts_of(house, rules, &hand.case, &points, hand.now));
    let line = hand.case.line.clone();
    let reckon = |law: &str, at: Timestamp| {
        let due = deadlines::by_law(house, &line, law, at)?;
        Some(Deadline { law: due.law, due_at: due.due_at })
    };
    let facts = DialogueFacts {
        rules,
        complaint: request_type_of(&hand.case)? == domain::RequestType::Complaint,
        case_open: hand.case.closed_at.is_none(),
        complaint_received: hand.case.received_at,
        points: &known,
        now: hand.now,
        reckon: &reckon,
    };
    let changes = decide_dialogue(&dialogue, &facts, action, &hand.actor()).map_err(refused)?;
    let old = dialogue.clone();
    for change in &changes {
        let before = dialogue.stage;
        dialogue.apply(change);
        effects::follow(hand, &dialogue, before, change)?;
        let detail = serde_json::to_value(change).map_err(|error| Error::Unavailable(error.to_string()))?;
        hand.note(change.kind(), &detail)?;
    }
    let queued = old.queued.as_deref().filter(|letter| dialogue.queued.as_deref() != Some(letter));
    if let Some(letter) = queued.filter(|_| !is_end_of_mail(action)) {
        posting::recall(hand.tx, &hand.case.id, letter)?;
    }
    calls::follow(hand, &old, &dialogue)?;
    keeping::keep(hand, &dialogue, &changes)
}

/// The mail itself came to its end: there is nothing to take back.
fn is_end_of_mail(action: &DialogueAction) -> bool {
    matches!(action, DialogueAction::Mailed { .. } | DialogueAction::NotMailed { .. })
}

/// The dialogue as the history of the case tells it.
fn fold(events: &[CaseEvent]) -> Dialogue {
    let changes: Vec<DialogueChange> = events
        .iter()
        .filter(|event| event.kind.starts_with("dialogue_"))
        .filter_map(|event| serde_json::from_str(&event.detail).ok())
        .collect();
    Dialogue::of(&changes)
}

fn refused(refusal: complaints::dialogue::DialogueRefusal) -> Error {
    Error::Refused {
        code: format!("dialogue-refused-{}", refusal.0.as_str().replace('_', "-")),
        missing: Vec::new(),
    }
}

/// The points that the dialogue is about: those that stand, and those that fell in it.
fn concerned(mut points: Vec<Point>, dialogue: &Dialogue) -> Vec<Point> {
    points.retain(|point| point.dropped_at.is_none() || dialogue.dropped.contains(&point.id));
    points
}

/// The points as the dialogue's rules see them: who paid was asked at the intake.
fn facts_of(
    house: &House,
    rules: &DialogueRules,
    case: &Case,
    points: &[Point],
    now: Timestamp,
) -> Vec<PointFacts> {
    let day = house.lines.get(&case.line).map(|line| now.service_day(line.zone));
    let facts = |point: &Point| PointFacts {
        id: point.id.clone(),
        topic: rules.topic(&point.category),
        payer: point.payer.as_deref().and_then(|code| code.parse().ok()).unwrap_or(Payer::Unknown),
        institution: point.institution.clone(),
        site: rules.site(point.institution.as_deref()),
        region: point.institution.as_deref().and_then(|code| region_of(&house.directory, code, day)),
        words: point.own_words.clone(),
    };
    points.iter().map(facts).collect()
}

/// Code of the regional office that answers for an institution on a day.
fn region_of(directory: &Directory, institution: &str, day: Option<chrono::NaiveDate>) -> Option<String> {
    let region = directory.institution(institution)?.region.as_deref()?;
    let office = directory.region_named(region)?;
    let today = day.and_then(|day| directory.office_on(&office.code, day));
    Some(today.unwrap_or(office).code.clone())
}

fn file(
    house: &House,
    rules: &DialogueRules,
    person: &Person,
    case: Case,
    points: &[Point],
    dialogue: Dialogue,
    now: Timestamp,
) -> DialogueFile {
    let owner = dialogue.owner.as_ref();
    let day = house.lines.get(&case.line).map(|line| now.service_day(line.zone));
    let regional = owner.map(|owner| owner.region.as_str()).filter(|code| !code.is_empty());
    let office = |code: &str| match day {
        Some(day) => house.directory.office_on(code, day).cloned(),
        None => house.directory.office(code).cloned(),
    };
    let is_scheme = |office: &&Office| office.kind == domain::directory::OfficeKind::VolunteerScheme;
    let due = dialogue.deadline.as_ref().and_then(|deadline| {
        let start = dialogue.received_at.unwrap_or(case.received_at);
        deadlines::by_law(house, &case.line, &deadline.law, start)
    });
    DialogueFile {
        tasks: tasks(&dialogue),
        points: dialogue_points(&facts_of(house, rules, &case, points, now), points, &dialogue),
        office: regional.and_then(office),
        authority: office(&rules.authority),
        secure_mail: crate::investigation::addressee::authority(house, &case, now),
        posted: None,
        scheme: house.directory.offices.iter().find(is_scheme).cloned(),
        due,
        owns: person.role == Role::Supervisor
            || (person.role == Role::Handler
                && owner.map(|owner| owner.department.as_str()) == person.department.as_deref()),
        hidden: false,
        case,
        dialogue,
    }
}

/// Takes out what this person must not know: who complains, and what tells it.
fn redact(file: &mut DialogueFile, screen: &Screen) {
    file.hidden = !screen.sight().identity;
    if screen.is_open() {
        return;
    }
    sight::strip(&mut file.case, screen);
    let dialogue = &mut file.dialogue;
    let wishes = &mut dialogue.wishes;
    let mut texts: Vec<&mut String> = vec![&mut wishes.participants, &mut wishes.other];
    texts.extend(dialogue.companion.iter_mut().map(|companion| &mut companion.name));
    texts.extend(dialogue.representative.iter_mut());
    if let Some(held) = &mut dialogue.held {
        texts.push(&mut held.minutes);
        texts.extend(held.participants.iter_mut().map(|one| &mut one.name));
    }
    texts.extend(&mut dialogue.learned);
    texts.extend(dialogue.added.iter_mut().map(|point| &mut point.words));
    texts.extend(dialogue.acknowledged.iter_mut());
    if let Some(set) = &mut dialogue.appointment {
        texts.push(&mut set.place);
        texts.extend(set.participants.iter_mut().map(|one| &mut one.name));
    }
    // An institution that is not listed stands as it was told.
    for point in &mut file.points {
        texts.push(&mut point.words);
        texts.extend(point.institution.iter_mut());
    }
    if let Some(package) = &mut dialogue.package {
        texts.push(&mut package.statement);
        texts.extend(package.minutes.iter_mut());
        for point in &mut package.points {
            texts.push(&mut point.words);
            texts.extend(point.institution.iter_mut());
        }
    }
    for text in texts {
        *text = screen.text(text);
    }
}

fn dialogue_points(facts: &[PointFacts], points: &[Point], dialogue: &Dialogue) -> Vec<DialoguePoint> {
    let one = |(fact, point): (&PointFacts, &Point)| {
        let (topic, payer) = dialogue.clarified.get(&fact.id).copied().unwrap_or_default();
        let known =
            PointFacts { topic: topic.or(fact.topic), payer: payer.unwrap_or(fact.payer), ..fact.clone() };
        let found = dialogue.verdicts.iter().find(|verdict| verdict.point == fact.id);
        DialoguePoint {
            id: fact.id.clone(),
            ordinal: point.ordinal,
            institution: fact.institution.clone(),
            words: fact.words.clone(),
            topic: known.topic,
            payer: known.payer,
            eligibility: found.map_or_else(|| verdict(&known).eligibility, |found| found.eligibility),
            alternative_told: dialogue.alternative_told.contains(&fact.id),
            state: dialogue.point_state(&fact.id),
        }
    };
    facts.iter().zip(points).map(one).collect()
}

/// The id of a point that the complainant adds.
pub fn new_point_id() -> PointId {
    PointId::new(crate::fresh_id())
}

/// Tells the screens that dialogues changed.
fn told(desk: &crate::Switchboard) {
    desk.bulletin.post(Notice::Cases);
}
