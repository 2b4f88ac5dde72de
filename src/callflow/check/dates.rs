//! Announcements with dates: one that is over is never spoken again.

use chrono::NaiveDate;

use super::Search;
use crate::diagnostic::Severity;
use crate::nodes::Action;

/// Names every announcement that was over when `today` began.
pub(super) fn check(search: &mut Search<'_>, today: NaiveDate) {
    for node in search.nodes.values() {
        let Action::Say(say) = &node.action else { continue };
        let Some(until) = say.valid.until.filter(|until| *until <= today.and_time(chrono::NaiveTime::MIN))
        else {
            continue;
        };
        let message =
            format!("\"{}\" is not said any more since {}", node.name, until.format("%Y-%m-%d %H:%M"));
        let remedy = "take it out, or give it new dates".to_owned();
        let file = search.script_file.to_owned();
        search.add(Severity::Warning, (&file, node.line), "ended-dates", message, remedy);
    }
}
