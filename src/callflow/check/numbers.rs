//! Telephones that a script has dialled: only such as its profile allows. Names (`config:emergency`) are the
//! operator's own and are not looked at here.

use super::Search;
use super::profile::Profile;
use crate::nodes::Action;

/// Holds every number that is written out against the profile's list.
pub(super) fn check(search: &mut Search<'_>, profile: &Profile) {
    let Some(destinations) = &profile.destinations else { return };
    for node in search.nodes.values() {
        let Action::Transfer(transfer) = &node.action else { continue };
        let Some((number, line)) = transfer.written() else { continue };
        if !destinations.allow(number.as_str()) {
            let message = format!("\"{}\" dials {}, which is not allowed here", node.name, number.as_str());
            let remedy = format!("dial a number that is, or name one of the house ({})", destinations.source);
            let at = (search.script_file.to_owned(), line);
            search.add(destinations.severity, (&at.0, at.1), "number-not-allowed", message, remedy);
        }
    }
}
