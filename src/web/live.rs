//! Live notices: one event stream per page. A notice names a topic, never data; the page fetches the region
//! anew. A beat every two seconds lets the page know that the stream lives; after five without one it says
//! that what it shows may be old.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, Sse};
use futures_util::{Stream, StreamExt, stream};
use switchboard::Topic;
use switchboard::standby::mode::Condition;
use tokio_stream::wrappers::{BroadcastStream, IntervalStream};

use crate::App;
use crate::auth::AnyDesk;

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
    let house = app.switchboard.clone();
    let condition = IntervalStream::new(tokio::time::interval(BEAT))
        .map(move |_| Event::default().event("condition").data(condition_words(&house.condition())));
    Sse::new(stream::select(notices, stream::select(beats, condition)).map(Ok))
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
}
