//! Three months of calls: how many at which hour, who waited how long, what came of it. Pure: the same days,
//! the same calls.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;
use domain::{RequestType, Timestamp};
use store::queue::Outcome;

use crate::demo_dice::Dice;
use crate::demo_stories::{CHINESE, DANISH, Story};

/// A line as the demo sees it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ground {
    pub(crate) zone: Tz,
    pub(crate) danish: bool,
}

/// One call.
#[derive(Debug, Clone)]
pub(crate) struct PastCall {
    /// Unique over the demo; all that is made up about the call follows from it.
    pub(crate) seed: u64,
    pub(crate) danish: bool,
    pub(crate) started_at: Timestamp,
    /// When the caller asked for a person.
    pub(crate) entered_at: Timestamp,
    pub(crate) wait_seconds: i64,
    pub(crate) talk_seconds: i64,
    pub(crate) outcome: Outcome,
    /// Place among the agents of the line.
    pub(crate) agent: usize,
    /// None: withheld.
    pub(crate) caller: Option<String>,
    /// What was asked, and the wrap-up code.
    pub(crate) request_type: RequestType,
    pub(crate) wrap_up: &'static str,
    /// What the case is about, if there is one.
    pub(crate) story: Option<&'static Story>,
}

impl PastCall {
    /// When somebody answered, or the caller was gone.
    pub(crate) fn wait_ended_at(&self) -> Timestamp {
        self.entered_at.plus_seconds(self.wait_seconds)
    }

    /// When it was over.
    pub(crate) fn ended_at(&self) -> Timestamp {
        self.wait_ended_at().plus_seconds(self.talk_seconds)
    }
}

/// Calls by hour of a Chinese day, in tenths; the line is open round the clock.
const BY_HOUR: [i64; 24] =
    [4, 3, 2, 2, 2, 3, 7, 21, 62, 83, 77, 49, 29, 36, 69, 71, 56, 36, 24, 22, 18, 14, 9, 6];
/// Percent of a mean day, Monday first.
const BY_WEEKDAY: [i64; 7] = [128, 114, 108, 104, 101, 78, 67];
/// How a contact without a case ends, with its share in a thousand.
const WRAP_UPS: &[((&str, RequestType), i64)] = &[
    (("answered", RequestType::Inquiry), 560),
    (("booked", RequestType::Inquiry), 245),
    (("referred", RequestType::Inquiry), 80),
    (("settled", RequestType::Complaint), 18),
    (("progress_told", RequestType::Reminder), 22),
    (("thanked", RequestType::Praise), 9),
    (("idea", RequestType::Suggestion), 6),
    (("not_accepted", RequestType::Inquiry), 5),
    (("silent", RequestType::Invalid), 30),
    (("invalid", RequestType::Invalid), 25),
];
/// Contacts that become a case, in a thousand.
const CASES: i64 = 15;
const DANISH_CASES: i64 = 60;

/// So many days before the end somebody calls about the first Danish matters: they stand in their dialogue then.
const TALKED_ABOUT: [u64; 2] = [9, 14];

/// The calls of `days` days from `first`, oldest first.
pub(crate) fn calls(grounds: &[Ground], first: NaiveDate, days: u64) -> Vec<PastCall> {
    let mut all = Vec::new();
    for ground in grounds {
        for past in 0..days {
            let Some(day) = first.checked_add_days(Days::new(past)) else { continue };
            let mut dice = Dice::new(0x0123_2000 + past * 2 + u64::from(ground.danish));
            if ground.danish {
                danish_day(*ground, day, &mut dice, &mut all)
            } else {
                day_of(*ground, day, &mut dice, &mut all)
            }
        }
    }
    for ground in grounds.iter().filter(|ground| ground.danish) {
        all.extend(DANISH.iter().zip(TALKED_ABOUT).filter_map(|(story, ago)| {
            let day = first.checked_add_days(Days::new(days.checked_sub(ago)?))?;
            let day = day.checked_sub_days(Days::new(
                u64::from(day.weekday().number_from_monday()).saturating_sub(5),
            ))?;
            complaint(*ground, day, story)
        }));
    }
    all.sort_by_key(|call: &PastCall| (call.entered_at, call.seed));
    all
}

/// A Danish complaint of that day, whatever the dice say.
fn complaint(ground: Ground, day: NaiveDate, story: &'static Story) -> Option<PastCall> {
    let mut dice = Dice::new(u64::from(day.day()) ^ 0xDA15_0600);
    let usual = std::iter::from_fn(|| Some(call(ground, day, 10, false, &mut dice)));
    let answered =
        usual.take(50).flatten().find(|call| call.outcome == Outcome::Answered && call.caller.is_some())?;
    Some(PastCall {
        talk_seconds: 540,
        request_type: story.request_type,
        wrap_up: "case_opened",
        story: Some(story),
        ..answered
    })
}

fn day_of(ground: Ground, day: NaiveDate, dice: &mut Dice, all: &mut Vec<PastCall>) {
    let weekday = usize::try_from(day.weekday().num_days_from_monday()).unwrap_or(0);
    let factor = BY_WEEKDAY.get(weekday).copied().unwrap_or(100);
    for (hour, tenths) in (0_u32..).zip(BY_HOUR) {
        let hundredths = tenths * factor * dice.between(80, 120) / 1000;
        let count = hundredths / 100 + i64::from(dice.between(0, 99) < hundredths % 100);
        for _ in 0..count {
            all.extend(call(ground, day, hour, tenths > 50, dice));
        }
    }
}

/// The Danish office: weekdays, nine to fifteen.
fn danish_day(ground: Ground, day: NaiveDate, dice: &mut Dice, all: &mut Vec<PastCall>) {
    if day.weekday().number_from_monday() > 5 {
        return;
    }
    for _ in 0..dice.between(1, 5) {
        let hour = u32::try_from(dice.between(9, 14)).unwrap_or(9);
        all.extend(call(ground, day, hour, false, dice));
    }
}

fn call(ground: Ground, day: NaiveDate, hour: u32, busy: bool, dice: &mut Dice) -> Option<PastCall> {
    let minute = u32::try_from(dice.between(0, 59)).ok()?;
    let second = u32::try_from(dice.between(0, 59)).ok()?;
    let local = day.and_time(NaiveTime::from_hms_opt(hour, minute, second)?);
    let entered_at = Timestamp(ground.zone.from_local_datetime(&local).earliest()?.timestamp_millis());
    let (outcome, wait_seconds) = waiting(busy, hour, dice);
    let answered = outcome == Outcome::Answered;
    let cases = if ground.danish { DANISH_CASES } else { CASES };
    let story = (answered && dice.between(1, 1000) <= cases).then(|| story(ground.danish, dice)).flatten();
    let (wrap_up, request_type) = dice.weighted(WRAP_UPS, ("answered", RequestType::Inquiry));
    let talk_seconds = match story {
        _ if !answered => 0,
        Some(_) => dice.between(280, 900),
        None if matches!(wrap_up, "silent" | "invalid") => dice.between(8, 40),
        None => dice.between(45, 330),
    };
    Some(PastCall {
        seed: dice.bits(),
        danish: ground.danish,
        started_at: entered_at.plus_seconds(-dice.between(12, 45)),
        entered_at,
        wait_seconds,
        talk_seconds,
        outcome,
        agent: usize::try_from(dice.between(0, 2)).ok()?,
        caller: caller(ground.danish, dice),
        request_type: story.map_or(request_type, |story| story.request_type),
        wrap_up: if story.is_some() { "case_opened" } else { wrap_up },
        story,
    })
}

fn waiting(busy: bool, hour: u32, dice: &mut Dice) -> (Outcome, i64) {
    let night = !(7..21).contains(&hour);
    let gone = if busy { 45 } else { 18 };
    let throw = dice.between(1, 1000);
    if throw <= gone {
        return (Outcome::Abandoned, dice.between(2, 95));
    }
    if busy && throw <= gone + 14 {
        return (Outcome::MovedToCallback, dice.between(40, 110));
    }
    if night && throw <= gone + 12 {
        return (Outcome::NobodyThere, dice.between(20, 60));
    }
    let quick = if busy { 80 } else { 93 };
    let wait = if dice.chance(quick) { dice.between(2, 14) } else { dice.between(15, 130) };
    (Outcome::Answered, wait)
}

fn story(danish: bool, dice: &mut Dice) -> Option<&'static Story> {
    let stories = if danish { DANISH } else { CHINESE };
    let weights: Vec<(usize, i64)> = stories.iter().map(|story| story.weight).enumerate().collect();
    stories.get(dice.weighted(&weights, 0))
}

/// Invented numbers: blocks that no provider has given out.
fn caller(danish: bool, dice: &mut Dice) -> Option<String> {
    if dice.chance(4) {
        return None;
    }
    let end = dice.between(0, 3999);
    Some(if danish { format!("+450000{end:04}") } else { format!("+861000000{end:04}") })
}
