//! Whom the identity firewall protects in a case, and how far: its own complainant and patient, who comes along with them
//! or goes on for them, and the same of every case that it holds.

use std::collections::BTreeMap;

use complaints::Intake;
use complaints::firewall::{Identity, Secrecy};
use domain::CaseId;
use serde_json::Value;
use store::Tx;
use store::cases::Case;

use crate::Result;
use crate::case_work::request_type_of;

/// Lines of a history that name somebody beside the complainant, with the field that holds the name.
const NAMING: [(&str, &str); 3] = [
    ("dialogue_companion_named", "name"),
    ("dialogue_companion_found", "name"),
    ("dialogue_incapacity", "representative"),
];
const ABSORBED: &str = "absorbed";
const RELEASED: &str = "released";

/// What a history tells of whom to protect besides the row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Beside {
    names: Vec<String>,
    /// The cases that it holds now.
    held: Vec<CaseId>,
}

/// The same of several cases, read at once.
pub(crate) fn beside(tx: &mut Tx<'_>, cases: &[CaseId]) -> Result<BTreeMap<CaseId, Beside>> {
    let kinds = [NAMING[0].0, NAMING[1].0, NAMING[2].0, ABSORBED, RELEASED];
    let mut all: BTreeMap<CaseId, Beside> = BTreeMap::new();
    for (case, event) in store::case_events::of_kinds(tx, cases, &kinds)? {
        let known = all.entry(case).or_default();
        let detail: Value = serde_json::from_str(&event.detail).unwrap_or_default();
        let text = |field: &str| detail.get(field).and_then(Value::as_str).map(str::to_owned);
        match NAMING.iter().find(|(kind, _)| *kind == event.kind) {
            Some((_, field)) => known.names.extend(text(field)),
            None => {
                let Some(from) = text("from").map(CaseId::new) else { continue };
                known.held.retain(|held| *held != from);
                if event.kind == ABSORBED {
                    known.held.push(from);
                }
            }
        }
    }
    Ok(all)
}

/// How far the people of a case are protected, and who they are. Of cases that are held together the stricter degree
/// holds for all.
pub(crate) fn people(tx: &mut Tx<'_>, case: &Case, beside_it: &Beside) -> Result<(Secrecy, Identity)> {
    let (mut secrecy, mut identity) = own(case)?;
    beside_it.names.iter().for_each(|name| identity.also_name(name));
    let others = if beside_it.held.is_empty() { BTreeMap::new() } else { beside(tx, &beside_it.held)? };
    for held in &beside_it.held {
        let (degree, theirs) = own(&store::cases::get(tx, held)?)?;
        secrecy = secrecy.max(degree);
        identity.join(&theirs);
        others.get(held).into_iter().flat_map(|other| &other.names).for_each(|name| identity.also_name(name));
    }
    Ok((secrecy, identity))
}

/// What the row alone tells.
fn own(case: &Case) -> Result<(Secrecy, Identity)> {
    let intake: Intake = serde_json::from_str(&case.intake).unwrap_or_default();
    // What was decided about the case weighs as much as what was said at its beginning.
    let confidential = if case.confidential { Some(true) } else { intake.wishes.confidential };
    let phone = case.phone.as_ref().map(domain::PhoneNumber::as_str);
    let identity = Identity::of(&intake, case.complainant.as_deref(), phone);
    Ok((Secrecy::of(request_type_of(case)?, confidential), identity))
}
