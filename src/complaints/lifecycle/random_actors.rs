//! Random actors run over random action sequences on the pure model, and the invariants hold after every step. The
//! generator is seeded: the same sequences every time. A failing sequence is shrunk and printed.

use domain::{PersonId, PointId, RequestType, Role};

use super::random_inquiries;
use super::table::OPEN;
use super::*;
use crate::CaseView;
use crate::action::Action;
use crate::case::{Opening, Owner};
use crate::change::Change;
use crate::closing::missing_to_close;
use crate::decide;
use crate::investigation::{InvestigationAction, Side};
use crate::words::*;

#[path = "random_tries.rs"]
mod random_tries;
use random_tries::actions;

/// Sequences that are run.
const SEQUENCES: u64 = 100_000;
/// Steps of the longest; the lengths are spread evenly from 1.
const LONGEST: usize = 48;

/// One thing somebody may try.
struct Try {
    actor: Actor,
    action: Action,
}

/// A small generator of numbers that look random (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % sides as u64).unwrap()
    }
}

fn actors() -> Vec<Actor> {
    let handler = |department: &str| Actor { role: Role::Handler, department: Some(department.to_owned()) };
    let person = |role| Actor { role, department: None };
    vec![
        person(Role::Agent),
        person(Role::Supervisor),
        handler("a"),
        handler("b"),
        handler("c"),
        person(Role::Administrator),
    ]
}

fn tries() -> Vec<Try> {
    let pair = |action: &Action| {
        let action = action.clone();
        actors().into_iter().map(move |actor| Try { actor, action: action.clone() })
    };
    actions().iter().flat_map(pair).collect()
}

fn opening(status: CaseStatus, receiver: bool, audit: bool) -> Opening {
    let category = if status == CaseStatus::Classified { "quality" } else { "" };
    Opening {
        status,
        request_type: RequestType::Complaint,
        points: ["p1", "p2"].map(|id| (PointId::new(id), category.to_owned())).to_vec(),
        receiver: receiver.then(|| PersonId::new("wang")),
        audit,
        split_from: None,
    }
}

fn openings() -> [Opening; 5] {
    [
        opening(CaseStatus::Received, false, false),
        opening(CaseStatus::Recorded, true, false),
        opening(CaseStatus::Classified, true, false),
        opening(CaseStatus::Classified, true, true),
        Opening { request_type: RequestType::Praise, ..opening(CaseStatus::Classified, true, false) },
    ]
}

/// What an accepted action broke, if it broke anything.
fn broken(before: &CaseView, after: &CaseView, tried: &Try, changes: &[Change]) -> Option<String> {
    let row = rule(tried.action.kind())?;
    let parties = parties(before, &tried.actor);
    let fits = row.grants.iter().any(|grant| {
        grant.who.iter().any(|who| parties.contains(who))
            && grant.from.contains(&before.status)
            && grant.to.iter().any(|to| match to {
                To::Same => after.status == before.status,
                To::At(status) => after.status == *status,
                To::Before => before.before.last() == Some(&after.status),
            })
    });
    let dispatch = after.dispatch.as_ref();
    let signed = |department: &str| {
        dispatch.is_some_and(|sent| sent.department == department && sent.state == DispatchState::Signed)
    };
    let owned = match &after.owner {
        Owner::Department(department) => signed(department),
        Owner::Person(person) => after.receiver.as_ref() == Some(person),
        Owner::Desk => after.receiver.is_none(),
    };
    let returned = changes.iter().any(|change| matches!(change, Change::Returned { .. }));
    let binding =
        before.dispatch.as_ref().is_some_and(|sent| sent.designated || sent.strength == Strength::Mandatory);
    let informed = after.withdrawal.as_ref().is_some_and(|said| said.informed && !said.statement.is_empty());
    let resting = matches!(
        after.status,
        CaseStatus::Suspended | CaseStatus::InDialogue | CaseStatus::NotAccepted | CaseStatus::Merged
    );
    // Coming back to where it stood is no passing on.
    let resumed = before.before.last() == Some(&after.status);
    let uncoded = after.points.iter().any(|point| point.category.is_empty());
    let just_done = after.status.is_done() && !before.status.is_done();
    [
        (!fits, "the change contradicts the table"),
        (changes.is_empty(), "accepted, and nothing changed"),
        (just_done && !missing_to_close(after).is_empty(), "closed without the list"),
        (after.dialogues > 1, "a second dialogue"),
        (!after.status.is_closed() && !owned, "an open case whose owner does not have it"),
        (returned && binding, "a designated or mandatory dispatch was returned"),
        (after.status == CaseStatus::Withdrawn && !informed, "withdrawn without an informed statement"),
        (resting == after.before.is_empty(), "the status to come back to is lost, or left behind"),
        (after.merged_into.is_some() != (after.status == CaseStatus::Merged), "merged, and not into a case"),
        (after.points.is_empty(), "no point is left"),
        (before.dropped.iter().any(|point| !after.dropped.contains(point)), "a dropped point came back"),
        (
            after.points.iter().any(|point| after.dropped.iter().any(|gone| gone.id == point.id)),
            "a point stands and is dropped",
        ),
        (after.status == CaseStatus::Classified && uncoded, "classified, and a point is not"),
        (
            after.status == CaseStatus::Dispatched && before.status != after.status && uncoded && !resumed,
            "passed on with a point that has no category",
        ),
        (after.extension.granted > 10, "more time than the law allows"),
        (after.audit_required && after.fed_back && !after.audited, "told without the audit"),
        (
            just_done && !random_inquiries::grounded(after),
            "closed on findings that rest on nothing, or with one side unheard",
        ),
        (random_inquiries::lost(before, after), "an entry of the register or a corrective action is lost"),
    ]
    .into_iter()
    .find_map(|(is, what)| is.then(|| what.to_owned()))
}

/// A case under way: how it began, how it stands, and what happened.
struct Walk<'a> {
    opening: &'a Opening,
    view: CaseView,
    history: Vec<Change>,
}

impl<'a> Walk<'a> {
    fn begin(opening: &'a Opening) -> Self {
        Self { opening, view: CaseView::opened(opening), history: Vec::new() }
    }

    /// Tries one thing: whether it was accepted, or what it broke.
    fn step(&mut self, tried: &Try) -> Result<bool, String> {
        let Ok(changes) = decide(&self.view, &tried.action, &tried.actor) else { return Ok(false) };
        let before = self.view.clone();
        changes.iter().for_each(|change| self.view.apply(change));
        let what = broken(&before, &self.view, tried, &changes);
        self.history.extend(changes);
        what.map_or(Ok(true), Err)
    }

    /// The history alone gives the same case: nothing stands beside it, and nothing in it was changed.
    fn end(&self) -> Result<(), String> {
        let same = CaseView::replay(self.opening, &self.history) == self.view;
        if same { Ok(()) } else { Err("the history tells another case".to_owned()) }
    }
}

fn run(opening: &Opening, tries: &[Try], sequence: &[usize]) -> Result<(), String> {
    let mut walk = Walk::begin(opening);
    for index in sequence {
        walk.step(&tries[*index])?;
    }
    walk.end()
}

/// Draws the next thing to try: mostly one that the table has for the status, and ways out seldom, so that the walk
/// comes far.
fn draw(dice: &mut Dice, view: &CaseView, tries: &[Try], by_status: &[(CaseStatus, Vec<usize>)]) -> usize {
    let fitting = by_status.iter().find(|(status, _)| *status == view.status).map(|(_, fitting)| fitting);
    let Some(fitting) = fitting.filter(|fitting| !fitting.is_empty() && dice.roll(8) > 0) else {
        return dice.roll(tries.len());
    };
    let leads_out = |index: usize| {
        matches!(
            tries[index].action,
            Action::Withdraw(_)
                | Action::Forward { .. }
                | Action::EnterDialogue { .. }
                | Action::RefuseAcceptance { .. }
                | Action::Merge { .. }
                | Action::Terminate { .. }
        )
    };
    let mut next = fitting[dice.roll(fitting.len())];
    for _ in 0..8 {
        let wanted = !leads_out(next) || dice.roll(12) == 0;
        if wanted && permit(view, tries[next].action.kind(), &tries[next].actor).is_ok() {
            break;
        }
        next = fitting[dice.roll(fitting.len())];
    }
    next
}

/// The usual course up to the feedback: walks begin somewhere along it, so that late life is walked as often as early.
fn course(tries: &[Try]) -> Vec<usize> {
    let place = |role: Role, department: Option<&str>, fits: &dyn Fn(&Action) -> bool| {
        let by = |tried: &Try| tried.actor.role == role && tried.actor.department.as_deref() == department;
        tries.iter().position(|tried| by(tried) && fits(&tried.action)).unwrap()
    };
    let kind = |kind: ActionKind| move |action: &Action| action.kind() == kind;
    let point = |id: &'static str| move |action: &Action| matches!(action, Action::Classify { point, .. } if point.as_str() == id);
    let to_a = |action: &Action| matches!(action, Action::Dispatch { department, .. } if department == "a");
    let all = |action: &Action| matches!(action, Action::Answer { points, .. } if points.len() == 2);
    let rests = |id: &'static str| {
        move |action: &Action| {
            matches!(action, Action::Investigate(InvestigationAction::SupportFinding { point, support })
                if point.as_str() == id && !support.without.is_empty())
        }
    };
    let unheard = |action: &Action| {
        matches!(
            action,
            Action::Investigate(InvestigationAction::WaiveStatement { side: Side::Institution, .. })
        )
    };
    vec![
        place(Role::Agent, None, &point("p1")),
        place(Role::Agent, None, &point("p2")),
        place(Role::Agent, None, &to_a),
        place(Role::Handler, Some("a"), &kind(ActionKind::SignFor)),
        place(Role::Handler, Some("a"), &kind(ActionKind::LogStep)),
        place(Role::Handler, Some("a"), &kind(ActionKind::RecordStatement)),
        place(Role::Agent, None, &unheard),
        place(Role::Handler, Some("a"), &all),
        place(Role::Supervisor, None, &kind(ActionKind::Audit)),
        place(Role::Agent, None, &rests("p1")),
        place(Role::Agent, None, &rests("p2")),
        place(Role::Agent, None, &kind(ActionKind::FeedBack)),
    ]
}

fn fitting(tries: &[Try]) -> Vec<(CaseStatus, Vec<usize>)> {
    let may = |status: CaseStatus, tried: &Try| {
        let who = match tried.actor.role {
            Role::Agent => &[Who::Agent][..],
            Role::Supervisor => &[Who::Supervisor],
            Role::Handler => &[Who::Lead, Who::CoHandler],
            Role::Administrator => &[],
        };
        rule(tried.action.kind()).is_some_and(|row| {
            let grants = |grant: &Grant| grant.who.iter().any(|one| who.contains(one));
            row.grants.iter().any(|grant| grants(grant) && grant.from.contains(&status))
        })
    };
    let of = |status: CaseStatus| (0..tries.len()).filter(|index| may(status, &tries[*index])).collect();
    CaseStatus::ALL.iter().map(|status| (*status, of(*status))).collect()
}

/// The shortest part of a failing sequence that still fails.
fn shrink(opening: &Opening, tries: &[Try], mut sequence: Vec<usize>) -> Vec<usize> {
    let mut at = 0;
    while at < sequence.len() {
        let mut shorter = sequence.clone();
        shorter.remove(at);
        if run(opening, tries, &shorter).is_err() {
            sequence = shorter;
        } else {
            at += 1;
        }
    }
    sequence
}

#[test]
fn random_actors_never_break_a_case() {
    let (tries, openings) = (tries(), openings());
    let (by_status, course) = (fitting(&tries), course(&tries));
    let (mut steps, mut accepted) = (0_usize, 0_usize);
    let mut reached = std::collections::BTreeSet::new();
    let mut done = std::collections::BTreeSet::new();
    for seed in 0..SEQUENCES {
        let mut dice = Dice(seed);
        let opening = &openings[dice.roll(openings.len())];
        let length = 1 + dice.roll(LONGEST);
        let head_start = dice.roll(course.len() + 1);
        let mut walk = Walk::begin(opening);
        let mut sequence = Vec::with_capacity(length);
        let mut wrong = None;
        while wrong.is_none() && sequence.len() < length {
            let drawn = || draw(&mut dice, &walk.view, &tries, &by_status);
            let next = course.get(sequence.len()).filter(|_| sequence.len() < head_start).copied();
            let next = next.unwrap_or_else(drawn);
            sequence.push(next);
            match walk.step(&tries[next]) {
                Ok(false) => {}
                Ok(true) => {
                    accepted += 1;
                    reached.insert(walk.view.status);
                    done.insert(tries[next].action.kind());
                }
                Err(what) => wrong = Some(what),
            }
        }
        steps += sequence.len();
        if let Some(what) = wrong.or_else(|| walk.end().err()) {
            let shortest: Vec<_> = shrink(opening, &tries, sequence)
                .into_iter()
                .map(|index| (tries[index].actor.role, &tries[index].action))
                .collect();
            panic!("seed {seed}: {what}\nfrom {opening:#?}\nby {shortest:#?}");
        }
    }
    println!("{SEQUENCES} sequences, {steps} steps, {accepted} accepted, {} statuses", reached.len());
    // The walk goes everywhere: every status was reached and every action was once accepted.
    let nowhere: Vec<_> =
        OPEN.iter().filter(|status| !reached.contains(*status) && **status != CaseStatus::Received).collect();
    assert!(nowhere.is_empty(), "never reached: {nowhere:?}");
    let never: Vec<_> = ActionKind::ALL.iter().filter(|kind| !done.contains(*kind)).collect();
    assert!(never.is_empty(), "never accepted: {never:?}");
}

#[test]
fn the_check_finds_a_broken_rule_and_shrinks_to_it() {
    // A view that says it was closed with nothing done: what a wrong rule would make.
    let opening = opening(CaseStatus::FedBack, true, false);
    let before = CaseView::opened(&opening);
    let mut after = before.clone();
    let changes = [Change::Closed, Change::Status { status: CaseStatus::Closed }];
    changes.iter().for_each(|change| after.apply(change));
    let tried = Try { actor: actors().remove(0), action: Action::Close };
    assert_eq!(broken(&before, &after, &tried, &changes).unwrap(), "closed without the list");
    let stolen = CaseView { owner: Owner::Department("b".into()), ..before.clone() };
    let told = Try { actor: actors().remove(0), action: Action::Remind { words: "when?".into() } };
    let reminded = [Change::Reminded { words: "when?".into() }];
    assert!(broken(&before, &stolen, &told, &reminded).unwrap().contains("owner"));
}
