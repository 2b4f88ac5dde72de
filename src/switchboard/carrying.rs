//! Points that a merger carries along: copies in the case that goes on, of the points that somebody chose. The originals
//! stay with the case that is held, and undoing the merger takes the copies back where nobody has answered them yet.

use std::collections::BTreeMap;

use complaints::firewall::{Recipient, Screen};
use complaints::points::{CarriedCode, CarriedPoint, Code, NewPoint};
use complaints::{Action, CARRIED, FieldChoice};
use domain::PointId;
use store::codings::Coding;
use store::points::Point;

use crate::case_work::CaseWork;
use crate::{Error, Result, fresh_id, sight};

/// Code in the history of a copy that a merger's undoing took back; the screens have words for it.
const UNMERGED: &str = "unmerged";

/// A copy and where it comes from.
pub(crate) struct Carried {
    pub(crate) choice: FieldChoice,
    pub(crate) copy: NewPoint,
}

/// Copies of the chosen points of the case in hand. The case that goes on may be shown to whom this one's complainant
/// must not be named: what the accused may not read of the original stands in no copy.
pub(crate) fn copies(hand: &mut CaseWork<'_, '_>, chosen: &[PointId]) -> Result<Vec<Carried>> {
    let screen = sight::screen_for(hand.tx, Recipient::Accused, &hand.case)?;
    let points = store::points::of_case(hand.tx, &hand.case.id)?;
    let codings = store::codings::of_case(hand.tx, &hand.case.id)?;
    let had_dialogue = hand.view()?.dialogues > 0;
    let mut all = Vec::new();
    for id in chosen {
        let point = points.iter().find(|point| point.id == *id);
        let point = point.ok_or_else(|| Error::refused("refused-no-such-point"))?;
        let listed = |code: &String| hand.house.directory.institution(code).is_some();
        let told = |text: &Option<String>| text.as_deref().map(|text| screen.text(text));
        let copy = NewPoint {
            point: PointId::new(fresh_id()),
            institution: match &point.institution {
                Some(code) if listed(code) => Some(code.clone()),
                other => told(other),
            },
            place: told(&point.place),
            persons: told(&point.persons),
            happened: told(&point.happened),
            payer: payer(point),
            own_words: screen.text(&point.own_words),
            harm: told(&point.harm),
            category: point.category.clone(),
            version: point.category_version.clone(),
            // There is one dialogue for a complaint, also where another case goes on with it.
            no_dialogue: point.no_dialogue || had_dialogue,
            carried: Some(carried(point, &codings, &screen)),
        };
        let choice = FieldChoice {
            field: CARRIED.to_owned(),
            before: Some(id.as_str().to_owned()),
            after: Some(copy.point.as_str().to_owned()),
        };
        all.push(Carried { choice, copy });
    }
    Ok(all)
}

/// What the point brings along besides its words: the code that stands on each axis, as it was given.
fn carried(point: &Point, codings: &[Coding], screen: &Screen) -> CarriedPoint {
    let mut standing: BTreeMap<&str, CarriedCode> = BTreeMap::new();
    for coding in codings.iter().filter(|coding| coding.point == point.id) {
        let code = Code {
            axis: coding.axis.clone(),
            code: coding.code.clone(),
            system: coding.system.clone(),
            version: coding.version.clone(),
        };
        let reason = coding.reason.as_deref().map(|text| screen.text(text));
        let (coder, at) = (coding.coder.clone(), coding.at);
        standing.insert(&coding.axis, CarriedCode { code, coder, at, reason });
    }
    CarriedPoint {
        case: point.case.clone(),
        original: point.id.clone(),
        suggested: point.suggested.clone(),
        codings: standing.into_values().filter(|coding| !coding.code.code.is_empty()).collect(),
    }
}

fn payer(point: &Point) -> Option<complaints::dialogue::Payer> {
    point.payer.as_deref().and_then(|code| code.parse().ok())
}

/// Takes the copies back. One that was answered since, or that is the last that stands, stays.
pub(crate) fn take_back(hand: &mut CaseWork<'_, '_>, choices: &[FieldChoice]) -> Result<()> {
    for choice in choices.iter().filter(|choice| choice.field == CARRIED) {
        let Some(copy) = choice.after.as_deref().map(PointId::new) else { continue };
        let view = hand.view()?;
        let stands = view.points.iter().any(|point| point.id == copy);
        let may = complaints::lifecycle::permit(&view, complaints::ActionKind::DropPoint, &hand.actor());
        if stands && view.points.len() > 1 && may.is_ok() {
            hand.act(&Action::DropPoint { point: copy.clone(), reason: UNMERGED.to_owned() })?;
            store::accused::forget_copy(hand.tx, &hand.case.id, &copy)?;
        }
    }
    Ok(())
}
