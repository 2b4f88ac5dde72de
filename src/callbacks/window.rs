//! When a person may be called: the hours of the tenant, which know working days, cut with the person's own wish.

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use clocks::due::{at_local, start_of};
use clocks::{Calendar, DaySpan, OpeningHours};
use domain::Timestamp;
use serde::{Deserialize, Serialize};

/// How far ahead a window is looked for, in days; longer than any run of holidays.
const HORIZON: u64 = 62;

/// What the person asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wish {
    /// Parts of the day; none means any. A night may run over midnight.
    pub spans: Vec<DaySpan>,
    pub not_before: Option<Timestamp>,
    /// After this there is no use in calling.
    pub not_after: Option<Timestamp>,
}

/// When calling is allowed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Window {
    pub hours: OpeningHours,
    pub wish: Wish,
}

/// A stretch of time; `until` no longer belongs to it.
#[derive(Clone, Copy)]
struct Stretch {
    from: Timestamp,
    until: Timestamp,
}

/// The first moment from `from` on that lies in the window and in one of `parts` (none means any).
pub fn next_in(
    window: &Window,
    parts: &[DaySpan],
    from: Timestamp,
    calendar: &Calendar,
    zone: Tz,
) -> Option<Timestamp> {
    let from = window.wish.not_before.map_or(from, |earliest| earliest.max(from));
    let first = from.service_day(zone).pred_opt()?;
    let days: Vec<NaiveDate> = first.iter_days().take(usize::try_from(HORIZON).unwrap_or(0)).collect();
    let open: Vec<Stretch> =
        days.iter().flat_map(|day| of_hours(&window.hours, *day, calendar, zone)).collect();
    let wished = by_day(&days, &window.wish.spans, zone);
    let wanted = by_day(&days, parts, zone);
    let moment = earliest(&[Some(open), wished, wanted], from)?;
    window.wish.not_after.is_none_or(|last| moment <= last).then_some(moment)
}

/// The first moment from `from` on that lies in a stretch of every list; an absent list does not restrict.
fn earliest(lists: &[Option<Vec<Stretch>>], from: Timestamp) -> Option<Timestamp> {
    let mut moment = from;
    loop {
        let mut later = moment;
        for list in lists.iter().flatten() {
            // Nights overlap the next day's spans, so that the first stretch that ends later may begin later.
            let entry = list
                .iter()
                .filter(|stretch| stretch.until > later)
                .map(|stretch| stretch.from.max(later))
                .min()?;
            later = entry;
        }
        if later == moment {
            return Some(moment);
        }
        moment = later;
    }
}

fn of_hours(hours: &OpeningHours, day: NaiveDate, calendar: &Calendar, zone: Tz) -> Vec<Stretch> {
    if hours.always {
        return day
            .succ_opt()
            .map(|next| Stretch { from: start_of(day, zone), until: start_of(next, zone) })
            .into_iter()
            .collect();
    }
    hours.spans_on(day, calendar).iter().filter_map(|span| stretch(day, *span, zone)).collect()
}

fn by_day(days: &[NaiveDate], spans: &[DaySpan], zone: Tz) -> Option<Vec<Stretch>> {
    let all =
        || days.iter().flat_map(|day| spans.iter().filter_map(|span| stretch(*day, *span, zone))).collect();
    (!spans.is_empty()).then(all)
}

fn stretch(day: NaiveDate, span: DaySpan, zone: Tz) -> Option<Stretch> {
    let moment = |minutes: u16| {
        let date = if minutes >= 1440 { day.succ_opt()? } else { day };
        let time = NaiveTime::from_num_seconds_from_midnight_opt(u32::from(minutes % 1440) * 60, 0)?;
        Some(at_local(date, time, zone))
    };
    Some(Stretch { from: moment(span.from)?, until: moment(span.until)? })
}
