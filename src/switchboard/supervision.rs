//! The ladder of supervision, taken step by step: the agenda looks once a minute which cases nobody moves.

use complaints::supervision::{Lateness, Told};
use complaints::{Action, CaseStatus};
use domain::{CaseId, Timestamp};
use store::Tx;
use store::case_lists::Filter;
use store::cases::Case;

use crate::case_work::CaseWork;
use crate::clock_book::Facts;
use crate::{Error, House, Result, Switchboard, Topic, clock_past};

/// Cases looked at in one round, what is due first first.
const AT_ONCE: i64 = 200;

impl Switchboard {
    /// Takes the steps that are due; one per case and minute. At night nobody is told anything.
    pub(crate) async fn tick_supervision(&self) -> Result<()> {
        let now = self.now();
        if now.0 / 1000 % 60 != 0 {
            return Ok(());
        }
        let house = self.house.clone();
        let due = self.store.read(move |tx| due_steps(tx, &house, now)).await?;
        if due.is_empty() {
            return Ok(());
        }
        if self.house.directory.departments.iter().any(|department| department.mail.is_some()) {
            self.seal().await?;
        }
        let board = self.clone();
        self.store
            .write_later(move |tx| -> Result<()> {
                due.iter().try_for_each(|(case, step)| take(tx, &board, case, step, now))
            })
            .await?;
        self.post(vec![Topic::Cases]);
        Ok(())
    }
}

/// Case and step of each that is due.
fn due_steps(tx: &mut Tx<'_>, house: &House, now: Timestamp) -> Result<Vec<(CaseId, String)>> {
    let pressed = [CaseStatus::Dispatched, CaseStatus::Signed, CaseStatus::InProgress, CaseStatus::Returned];
    let filter = Filter {
        statuses: pressed.map(|status| status.as_str().to_owned()).to_vec(),
        open: true,
        ..Filter::default()
    };
    let mut due = Vec::new();
    for case in store::case_lists::list(tx, &filter, AT_ONCE, 0)? {
        let Some(lateness) = lateness(tx, house, &case, now)?.filter(|lateness| !lateness.quiet) else {
            continue;
        };
        if lateness.percent == 0 {
            continue;
        }
        let view = crate::case_view::load(tx, &case)?;
        if let Some(step) = house.supervision.next_step(&view, &case.profile, lateness) {
            due.push((case.id, step.code.clone()));
        }
    }
    Ok(due)
}

/// How much of the working time is used, pauses left out. Only the shares that a step of the ladder names are told
/// apart.
fn lateness(tx: &mut Tx<'_>, house: &House, case: &Case, now: Timestamp) -> Result<Option<Lateness>> {
    let Some((line, due_at)) = house.lines.get(&case.line).zip(case.due_at) else { return Ok(None) };
    let day = case.received_at.service_day(line.zone);
    let law = case.law.as_deref().and_then(|law| house.laws.get(law, Some(&case.profile), day));
    let Some((law, calendar)) = law.and_then(|law| Some((law, house.calendars.get(&law.calendar)?))) else {
        return Ok(None);
    };
    let quiet = match law.office(calendar) {
        Some(hours) => !clocks::is_open(hours, calendar, now, line.zone),
        None => {
            let of_day = now.0 - clocks::due::start_of(now.service_day(line.zone), line.zone).0;
            let minute = u16::try_from(of_day / 60_000).unwrap_or_default();
            !calendar.is_working(now.service_day(line.zone)) || !house.supervision.is_awake(minute)
        }
    };
    let percent = if now > due_at { 101 } else { u32::from(percent_used(tx, house, case, now)?) };
    let days_late = clocks::working_days_late(due_at, now, calendar, line.zone);
    Ok(Some(Lateness { percent, days_late, quiet }))
}

fn percent_used(tx: &mut Tx<'_>, house: &House, case: &Case, now: Timestamp) -> Result<u8> {
    let events = store::case_events::of_case(tx, &case.id)?;
    let dispatches = store::dispatches::of_case(tx, &case.id)?;
    let past = clock_past::read(tx, house, &events, now)?;
    let named = house.supervision.all().iter().filter_map(|step| step.at_percent);
    let named = named.filter_map(|percent| u8::try_from(percent).ok());
    let facts = Facts { house, case, dispatches: &dispatches, events: &events, past: &past, now };
    Ok(facts.percent_used(named))
}

/// Takes a step. A department whose people have no accounts is told by mail.
fn take(tx: &mut Tx<'_>, board: &Switchboard, id: &CaseId, code: &str, now: Timestamp) -> Result<()> {
    let Some(step) = board.house.supervision.get(code) else { return Ok(()) };
    let mut hand = CaseWork::take_up(tx, &board.house, None, now, id)?;
    let told = step.told.iter().map(|told| told.as_str().to_owned()).collect();
    let action = Action::Escalate { step: step.code.clone(), pressure: step.pressure, told };
    match hand.act(&action) {
        Ok(()) => {
            hand.save()?;
            if step.told.contains(&Told::Department) { board.press_by_mail(tx, id, now) } else { Ok(()) }
        }
        // Somebody has moved it meanwhile: nothing to press.
        Err(Error::Refused { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}
