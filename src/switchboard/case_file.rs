//! Cases as people look at them: the list, and all there is about one.

use std::collections::{BTreeMap, BTreeSet};

pub use clocks::due::{at_local, start_of};
pub use clocks::{CountedDay, DayReason, Due, Duty, Law, StartEvent, Unit};
pub use complaints::Owner;
pub use complaints::{CARRIED, CaseStatus, Missing, RefusalCode, Route, Strength};
use complaints::{CaseView, missing_to_close};
use domain::{CaseId, CaseNumber, PhoneNumber, PointId, Role, Timestamp};
use store::Tx;
pub use store::case_events::CaseEvent;
pub use store::case_lists::{Filter, MOST_COUNTED};
pub use store::cases::Case;
pub use store::clocks::Reckoned;
pub use store::co_handlers::CoHandler;
pub use store::codings::Coding;
pub use store::dispatches::Dispatch;
pub use store::investigation::InvestigationStep;
use store::people::Person;
pub use store::points::Point;

use crate::calling::follow_up_law;
use crate::case_view;
pub use crate::clock_book::{CaseClock, overdue_band};
use crate::clock_book::{Facts, is_over};
use crate::dispatch::{self, Proposed};
use crate::recordings::{self, RecordingFile};
use crate::rights::{CaseWorker, Desk};
use crate::sight::{self, must_see};
use crate::{Error, House, Result, clock_past, deadlines, second_coding};

/// Cases on one page of a list.
pub const PAGE: i64 = 50;

/// A line of the list.
#[derive(Debug, Clone)]
pub struct CaseLine {
    pub case: Case,
    /// The first point: what the case is about in a word.
    pub first_point: Option<Point>,
    /// The last dispatch, with the reason where it was returned.
    pub dispatch: Option<Dispatch>,
    /// Percent of working time at which somebody was warned last, of the clock that is nearest its end.
    pub warned: Option<i64>,
    /// Until when somebody must say that evidence is kept from being overwritten, the first.
    pub preserve_by: Option<Timestamp>,
}

/// A page of the list.
#[derive(Debug, Clone)]
pub struct CaseList {
    pub lines: Vec<CaseLine>,
    /// All that the filter has; one more than [`MOST_COUNTED`] where there are more.
    pub count: i64,
    /// From 0.
    pub page: i64,
}

/// All there is about one case, for one person.
#[derive(Debug, Clone)]
pub struct CaseFile {
    pub case: Case,
    pub view: CaseView,
    /// Those that stand.
    pub points: Vec<Point>,
    /// Those that were dropped, as they were then.
    pub dropped: Vec<Point>,
    /// Every code that its points were given, oldest first.
    pub codings: Vec<Coding>,
    /// Points whose coding is kept from this person, who codes them a second time.
    pub blind: BTreeSet<PointId>,
    pub events: Vec<CaseEvent>,
    pub dispatches: Vec<Dispatch>,
    pub steps: Vec<InvestigationStep>,
    /// Departments that helped or help.
    pub co_handlers: Vec<CoHandler>,
    /// Numbers of the cases it is joined with, by id.
    pub others: BTreeMap<String, CaseNumber>,
    pub callbacks: Vec<store::callbacks::Callback>,
    /// What was recorded in the calls and messages that became this case, as far as this person may know of it.
    pub recordings: Vec<RecordingFile>,
    pub clocks: Vec<CaseClock>,
    /// Duties whose count has not begun, or of whose beginning nobody knows when it was.
    pub unstarted: Vec<Duty>,
    /// Every reckoning that moved one of them.
    pub clock_log: Vec<store::clocks::Reckoned>,
    /// What the rule table proposes.
    pub proposed: Option<Proposed>,
    /// What lacks before it may be closed.
    pub missing: Vec<Missing>,
    /// Its dialogue in a row, where the complainant was asked.
    pub dialogue: Option<store::dialogues::Dialogue>,
    /// Files that were handed in, as far as this person may know of them.
    pub files: Vec<crate::attachments::SeenFile>,
    /// Letters that were issued, for those who may read them.
    pub letters: Vec<store::letters::IssuedLetter>,
    /// How far the mails with them are, the last one of each standing last.
    pub posted: Vec<crate::investigation::letters::Posted>,
    /// Names of the people in it, by id.
    pub names: BTreeMap<String, String>,
    /// The complainant and the number are not shown to this person.
    pub hidden: bool,
}

impl Desk<CaseWorker> {
    /// A page of the cases this person may know of. A handler sees the own department's, whatever the filter.
    pub async fn case_list(&self, mut filter: Filter, page: i64) -> Result<CaseList> {
        if self.person().role == Role::Handler {
            filter.department = Some(self.own_department()?);
        }
        self.listed(filter, page).await
    }

    /// Open cases that a handler's department helps the lead with.
    pub async fn helping_list(&self) -> Result<CaseList> {
        let helping = Some(self.own_department()?);
        self.listed(Filter { helping, open: true, ..Filter::default() }, 0).await
    }

    fn own_department(&self) -> Result<String> {
        let own = self.person().department.clone();
        own.ok_or_else(|| Error::refused("refused-handler-without-department"))
    }

    async fn listed(&self, filter: Filter, page: i64) -> Result<CaseList> {
        let page = page.clamp(0, i64::MAX / PAGE - 1);
        let (house, person) = (self.board.house.clone(), self.person().clone());
        self.board
            .store
            .read(move |tx| -> Result<CaseList> {
                let conflicts = store::conflicts::any_of(tx, &person.id)?;
                let filter = Filter { not_for: conflicts.then(|| person.id.clone()), ..filter.clone() };
                let count = store::case_lists::count(tx, &filter)?;
                let cases = store::case_lists::list(tx, &filter, PAGE, page * PAGE)?;
                Ok(CaseList { lines: lines(tx, &house, &person, cases)?, count, page })
            })
            .await
    }

    /// Cases of the complainant with this telephone number, closed ones too. Only for those who talk with
    /// complainants: a number must not tell a handler whose case he has.
    pub async fn cases_of_phone(&self, phone: &PhoneNumber) -> Result<CaseList> {
        if self.person().role == Role::Handler {
            return Err(Error::refused("refused-search-by-telephone"));
        }
        self.case_list(Filter { phone: Some(phone.clone()), ..Filter::default() }, 0).await
    }

    /// The case with this number, if this person may know of it.
    pub async fn case_by_number(&self, number: &CaseNumber) -> Result<CaseId> {
        let (number, person) = (number.clone(), self.person().clone());
        let id = person.id.clone();
        let found = self
            .board
            .store
            .read(move |tx| -> Result<CaseId> {
                let case = store::cases::by_number(tx, &number)?;
                must_see(tx, &person, &case)?;
                // Where it was merged, the old number leads to the case that goes on.
                if case.status == CaseStatus::Merged.as_str()
                    && let Some(into) = case_view::load(tx, &case)?.merged_into
                {
                    return Ok(into);
                }
                Ok(case.id)
            })
            .await;
        self.board.note_block(&id, "number", found).await
    }

    /// The line of a case in sight.
    pub async fn line_of_case(&self, id: &CaseId) -> Result<String> {
        let (id, person) = (id.clone(), self.person().clone());
        let done = self
            .board
            .store
            .read(move |tx| -> Result<String> {
                let case = store::cases::get(tx, &id)?;
                must_see(tx, &person, &case)?;
                Ok(case.line)
            })
            .await;
        self.board.note_block(&self.person().id, "case", done).await
    }

    /// All there is about a case.
    pub async fn case_file(&self, id: &CaseId) -> Result<CaseFile> {
        let (house, person, id) = (self.board.house.clone(), self.person().clone(), id.clone());
        let now = self.now();
        let done = self
            .board
            .store
            .read(move |tx| -> Result<CaseFile> {
                let case = store::cases::get(tx, &id)?;
                must_see(tx, &person, &case)?;
                let all = store::points::all_of_case(tx, &id)?;
                let (points, dropped): (Vec<Point>, Vec<Point>) =
                    all.into_iter().partition(|point| point.dropped_at.is_none());
                let events = store::case_events::of_case(tx, &id)?;
                let dispatches = store::dispatches::of_case(tx, &id)?;
                let callbacks = store::callbacks::of_case(tx, &id)?;
                let view = case_view::view(&case, &points, &events)?;
                let complained = dispatch::complained(&house, &points);
                let names = store::people::list(tx)?.into_iter();
                let past = clock_past::read(tx, &house, &events, now)?;
                let facts = Facts {
                    house: &house,
                    case: &case,
                    dispatches: &dispatches,
                    events: &events,
                    past: &past,
                    now,
                };
                let over = is_over(&case);
                let mut file = CaseFile {
                    proposed: dispatch::propose(&house, &case.profile, view.request_type, &complained),
                    missing: missing_to_close(&view),
                    clocks: clocks_of(&facts, &callbacks),
                    unstarted: if over { Vec::new() } else { facts.unstarted() },
                    clock_log: store::clocks::log_of_case(tx, &id)?,
                    names: names.map(|person| (person.id.as_str().to_owned(), person.name)).collect(),
                    hidden: false,
                    dialogue: store::dialogues::of_case(tx, &id)?,
                    letters: store::letters::of_case(tx, &id)?,
                    posted: crate::investigation::letters::posted(tx, &id)?,
                    files: crate::attachments::seen(tx, &house, &person, &case)?,
                    steps: store::investigation::of_case(tx, &id)?,
                    co_handlers: store::co_handlers::of_case(tx, &id)?,
                    others: others(tx, &view, points.iter().chain(&dropped))?,
                    recordings: recordings::of_case(tx, &house, &person, &id)?,
                    case,
                    view,
                    points,
                    dropped,
                    codings: store::codings::of_case(tx, &id)?,
                    blind: BTreeSet::new(),
                    events,
                    dispatches,
                    callbacks,
                };
                sight::redact(tx, &house, &person, &mut file)?;
                second_coding::blind(&mut file, &second_coding::blind_for(tx, &person.id)?);
                Ok(file)
            })
            .await;
        self.board.note_block(&self.person().id, "case", done).await
    }
}

/// Each case with what a list shows of it, read for all of them at once.
fn lines(tx: &mut Tx<'_>, house: &House, person: &Person, cases: Vec<Case>) -> Result<Vec<CaseLine>> {
    let ids: Vec<CaseId> = cases.iter().map(|case| case.id.clone()).collect();
    let points = store::points::first_of_cases(tx, &ids)?;
    let dispatches = store::dispatches::latest_of_cases(tx, &ids)?;
    let mut points: BTreeMap<CaseId, Point> =
        points.into_iter().map(|point| (point.case.clone(), point)).collect();
    let mut dispatches: BTreeMap<CaseId, Dispatch> =
        dispatches.into_iter().map(|dispatch| (dispatch.case.clone(), dispatch)).collect();
    let mut warned: BTreeMap<CaseId, i64> = BTreeMap::new();
    for clock in store::clocks::warned_of_cases(tx, &ids)? {
        let most = warned.entry(clock.case).or_default();
        *most = clock.warned.max(*most);
    }
    let blind = second_coding::blind_for(tx, &person.id)?;
    let mut risks: BTreeMap<CaseId, Timestamp> =
        store::evidence::at_risk_of_cases(tx, &ids)?.into_iter().collect();
    let line = |case: Case| {
        let preserve_by = risks.remove(&case.id);
        let (mut first_point, dispatch) = (points.remove(&case.id), dispatches.remove(&case.id));
        second_coding::blind_line(first_point.as_mut(), &blind);
        let warned = warned.remove(&case.id);
        CaseLine { case, first_point, dispatch, warned, preserve_by }
    };
    let mut lines: Vec<CaseLine> = cases.into_iter().map(line).collect();
    sight::redact_lines(tx, house, person, &mut lines)?;
    Ok(lines)
}

/// The numbers of the cases that a case is linked with, holds, was split from, or has copies of points from.
fn others<'p>(
    tx: &mut store::Tx<'_>,
    view: &CaseView,
    points: impl Iterator<Item = &'p Point>,
) -> Result<BTreeMap<String, CaseNumber>> {
    let brought = points.filter_map(|point| Some(&point.original.as_ref()?.0));
    let linked = view.linked.iter().map(|(id, _)| id);
    let held = view.absorbed.iter().map(|(id, _)| id);
    let mut numbers = BTreeMap::new();
    for id in linked
        .chain(held)
        .chain(brought)
        .chain(&view.split_from)
        .chain(&view.split_off)
        .chain(&view.merged_into)
    {
        numbers.insert(id.as_str().to_owned(), store::cases::get(tx, id)?.number);
    }
    Ok(numbers)
}

/// Every clock of the case: what is not done first, by its limit.
fn clocks_of(facts: &Facts<'_>, callbacks: &[store::callbacks::Callback]) -> Vec<CaseClock> {
    let (house, line) = (facts.house, &facts.case.line);
    let planned = callbacks.iter().rev().find(|callback| callback.state != "cancelled");
    let follow_up = planned.map(|callback| CaseClock {
        duty: Duty::FollowUp,
        subject: String::new(),
        start_at: callback.promised_at,
        due_at: callback.due_at,
        due: follow_up_law(house, line, callback.promised_at)
            .and_then(|law| deadlines::by_law(house, line, &law.id, callback.promised_at)),
        met_at: callback.done_at,
        warnings: Vec::new(),
        taken_over: false,
    });
    let mut clocks: Vec<CaseClock> = facts.clocks().into_iter().chain(follow_up).collect();
    clocks.sort_by_key(|clock| (clock.met_at.is_some(), clock.due_at));
    clocks
}
