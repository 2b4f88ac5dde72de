//! Live notices: one event stream per page. A notice names a topic, never data; the page fetches the region
//! anew. A beat every two seconds lets the page know that the stream lives; after five without one it says
//! that what it shows may be old.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, Sse};
use futures_util::{Stream, StreamExt, stream};
use switchboard::standby::mode::Condition;
use switchboard::{Switchboard, Topic};
use tokio_stream::wrappers::{BroadcastStream, IntervalStream};

use crate::App;
use crate::auth::AnyDesk;
use crate::page::Page;

const BEAT: Duration = Duration::from_secs(2);

/// The stream of one page.
pub async fn notices(
    at: AnyDesk,
    State(app): State<App>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let person = at.desk.person().id.as_str().to_owned();
    // One that fell behind has missed notices: everything is fetched anew.
    let notices = BroadcastStream::new(app.switchboard.bulletin().listen()).filter_map(move |notice| {
        let name = notice.map_or(Some("all"), |topic| name_of(&topic, &person));
        async move { name.map(|name| Event::default().event("topic").data(name)) }
    });
    let clock = app.switchboard.clone();
    let beats = IntervalStream::new(tokio::time::interval(BEAT))
        .map(move |_| Event::default().event("beat").data(clock.now().0.to_string()));
    // Not a notice but the thing itself: without the store there is nothing to fetch anew.
    let (house, page) = (app.switchboard.clone(), at.page);
    let condition = IntervalStream::new(tokio::time::interval(BEAT))
        .map(move |_| Event::default().event("condition").data(condition_words(&house.condition())));
    let house = app.switchboard.clone();
    let circuits = IntervalStream::new(tokio::time::interval(BEAT))
        .map(move |_| Event::default().event("circuits").data(circuit_words(&suspended(&house, &page))));
    let own = stream::select(beats, stream::select(condition, circuits));
    Sse::new(stream::select(notices, own).map(Ok))
}

/// A provider that keeps failing: its name and the time until which it is not asked, as the page writes times; none
/// where the next request tries it.
pub(crate) type Suspended = (String, Option<String>);

/// The providers that keep failing.
pub(crate) fn suspended(house: &Switchboard, page: &Page) -> Vec<Suspended> {
    let now = house.now();
    let shown = |until: domain::Timestamp| (until > now).then(|| page.hour(&until));
    house.suspended().into_iter().map(|(name, until)| (name, shown(until))).collect()
}

/// One line each, the time first; a word where there is none.
fn circuit_words(suspended: &[Suspended]) -> String {
    let line = |(name, until): &Suspended| format!("{} {name}", until.as_deref().unwrap_or("-"));
    let lines: Vec<String> = suspended.iter().map(line).collect();
    if lines.is_empty() { "none".to_owned() } else { lines.join("\n") }
}

/// Mode, since when in milliseconds, records that wait, end of the drill; 0 where there is none.
pub(crate) fn condition_words(condition: &Condition) -> String {
    let (since, drill) = (condition.since, condition.drill.map(|drill| drill.until));
    let [since, drill] = [since, drill].map(|moment| moment.map_or(0, |moment| moment.0));
    format!("{} {since} {} {drill}", condition.mode.as_str(), condition.waiting)
}

/// The name of a topic for one person; another person's desk is nobody else's business.
fn name_of(topic: &Topic, person: &str) -> Option<&'static str> {
    match topic {
        Topic::Queue => Some("queue"),
        Topic::Desk(whose) => (whose == person).then_some("desk"),
        Topic::Cases => Some("cases"),
        Topic::Callbacks => Some("callbacks"),
        Topic::Messages => Some("messages"),
        Topic::Scripts => Some("scripts"),
        Topic::Walks => Some("walks"),
        Topic::Condition => Some("condition"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_desk_is_announced_to_its_own_person_only() {
        assert_eq!(name_of(&Topic::Desk("a".into()), "a"), Some("desk"));
        assert_eq!(name_of(&Topic::Desk("a".into()), "b"), None);
        assert_eq!(name_of(&Topic::Queue, "b"), Some("queue"));
    }

    #[test]
    fn providers_that_keep_failing_are_told_one_a_line() {
        assert_eq!(circuit_words(&[]), "none", "an event without data is no event");
        let two = [("a".to_owned(), Some("10:00:30".to_owned())), ("b".to_owned(), None)];
        assert_eq!(circuit_words(&two), "10:00:30 a\n- b");
    }
}
