//! Who is one of the accused in a case: a house that any of its points names, by code, name or alias, however it was
//! written; dropped, split off or brought by another case.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use domain::CaseId;
use domain::directory::Directory;
use sha2::{Digest, Sha256};
use store::Tx;
use store::points::Point;

use crate::{House, Result, Switchboard};

/// Under which name the store keeps which directory the points were last held against.
const READ_BY: &str = "accused-directory";

/// Those of the cases in which a department is one of the accused.
pub(crate) fn accusing(
    tx: &mut Tx<'_>,
    house: &House,
    department: Option<&str>,
    cases: &[CaseId],
) -> Result<BTreeSet<CaseId>> {
    let known = department.and_then(|code| house.directory.department(code));
    match known.and_then(|known| known.institution.as_deref()) {
        Some(own) => Ok(store::accused::by_cases(tx, cases, own)?),
        None => Ok(BTreeSet::new()),
    }
}

/// Stores a point with all whom it accuses: of one that names no institution the place is asked.
pub(crate) fn store_point(tx: &mut Tx<'_>, house: &House, point: &Point) -> Result<()> {
    store::points::insert(tx, point)?;
    let told = point.institution.as_deref().or(point.place.as_deref()).unwrap_or_default();
    for named in house.directory.institutions_named(told) {
        store::accused::means(tx, &point.id, &named.code)?;
    }
    Ok(())
}

impl Switchboard {
    /// Holds the points of all cases against a directory that changed since the last time: an alias that was added
    /// makes out the accused of old cases too.
    pub async fn recognise_accused(&self) -> Result<()> {
        let (house, now) = (self.house.clone(), fingerprint(&self.house.directory));
        let known = self.store.read(|tx| store::settings::read(tx, READ_BY)).await?;
        if known.as_deref() == Some(now.as_str()) {
            return Ok(());
        }
        let work = move |tx: &mut Tx<'_>| -> Result<()> {
            for (point, told) in store::accused::told(tx)? {
                for named in house.directory.institutions_named(&told).iter().filter(|one| one.code != told) {
                    store::accused::means(tx, &point, &named.code)?;
                }
            }
            Ok(store::settings::write(tx, READ_BY, &now)?)
        };
        self.store.write(work).await
    }
}

/// Tells whether names or successors of institutions are the same as before.
fn fingerprint(directory: &Directory) -> String {
    let mut hash = Sha256::new();
    for one in &directory.institutions {
        let names = one.names.values().chain(&one.aliases).map(String::as_str);
        for text in [one.code.as_str()].into_iter().chain(names).chain(one.successor.as_deref()) {
            hash.update(text.as_bytes());
            hash.update([0]);
        }
        hash.update([1]);
    }
    hash.finalize().iter().fold(String::new(), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
