//! The scripts of the lines while the house is open: a newer version is adopted while calls go on, each with
//! the version it began with; a faulty one is refused with its diagnostics, and the old one goes on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError, RwLock};

use callflow::{Script, Sources};
use domain::Timestamp;
use store::Tx;
use store::scripts::{Refusal, Version};

use crate::{Result, Switchboard, Topic};

/// The versions of one line's script that calls may be on; cheap to clone.
#[derive(Clone)]
pub struct ScriptShelf(Arc<RwLock<Held>>);

struct Held {
    newest: Arc<Script>,
    sources: Arc<Sources>,
    /// Versions that open calls began with, by name.
    earlier: BTreeMap<String, Arc<Script>>,
}

impl ScriptShelf {
    /// A shelf with one version, and the text it was made of.
    pub fn new(script: Script, sources: Sources) -> Self {
        let (newest, sources) = (Arc::new(script), Arc::new(sources));
        Self(Arc::new(RwLock::new(Held { newest, sources, earlier: BTreeMap::new() })))
    }

    /// What a new call begins with.
    pub fn newest(&self) -> Arc<Script> {
        Arc::clone(&self.read().newest)
    }

    /// The version that a call began with, as long as it is kept.
    pub fn of(&self, version: &str) -> Option<Arc<Script>> {
        let held = self.read();
        if held.newest.version() == version {
            return Some(Arc::clone(&held.newest));
        }
        held.earlier.get(version).map(Arc::clone)
    }

    /// The version of a call, or the newest where it is gone.
    pub(crate) fn of_or_newest(&self, version: &str) -> Arc<Script> {
        self.of(version).unwrap_or_else(|| self.newest())
    }

    /// A recorded file, of the newest version that has it: calls on an earlier one may still ask for theirs.
    pub fn sound(&self, name: &str) -> Option<callflow::AudioFile> {
        let held = self.read();
        held.newest.sound(name).or_else(|| held.earlier.values().find_map(|script| script.sound(name)))
    }

    /// Versions on the shelf, the newest first.
    pub fn versions(&self) -> Vec<String> {
        let held = self.read();
        std::iter::once(held.newest.version())
            .chain(held.earlier.keys().map(String::as_str))
            .map(str::to_owned)
            .collect()
    }

    fn text(&self) -> (String, Arc<Sources>) {
        let held = self.read();
        (held.newest.version().to_owned(), Arc::clone(&held.sources))
    }

    fn put(&self, script: Script, sources: Sources) {
        let mut held = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::replace(&mut held.newest, Arc::new(script));
        held.sources = Arc::new(sources);
        held.earlier.insert(before.version().to_owned(), before);
        let newest = held.newest.version().to_owned();
        held.earlier.remove(&newest);
    }

    fn keep(&self, script: Script) {
        let mut held = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if held.newest.version() != script.version() {
            held.earlier.insert(script.version().to_owned(), Arc::new(script));
        }
    }

    fn drop_all_but(&self, wanted: &BTreeSet<String>) {
        let mut held = self.0.write().unwrap_or_else(PoisonError::into_inner);
        held.earlier.retain(|version, _| wanted.contains(version));
    }

    /// What is held is whole at every moment, so that a writer that died leaves nothing half done.
    fn read(&self) -> std::sync::RwLockReadGuard<'_, Held> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for ScriptShelf {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "ScriptShelf({:?})", self.versions())
    }
}

/// What is known of one line's script.
#[derive(Debug, Clone)]
pub struct LineVersions {
    pub line: String,
    /// Every version that is still kept; new calls begin with the first.
    pub versions: Vec<Version>,
    /// A newer text that was not adopted, and why.
    pub refused: Option<Refusal>,
}

/// What is known of the scripts of `lines`.
pub fn versions(tx: &mut Tx<'_>, lines: &[String]) -> store::Result<Vec<LineVersions>> {
    let mut told = Vec::with_capacity(lines.len());
    for line in lines {
        let (versions, refused) = (store::scripts::of_line(tx, line)?, store::scripts::refusal(tx, line)?);
        told.push(LineVersions { line: line.clone(), versions, refused });
    }
    Ok(told)
}

impl Switchboard {
    /// Once, at the start: keeps the text of the scripts as they are now, and brings back the versions that
    /// open calls began with before a restart.
    pub async fn open_scripts(&self) -> Result<()> {
        for line in self.house.lines.values() {
            let (version, sources) = line.script.text();
            let (name, now) = (line.name.clone(), self.clock.now());
            let text = to_json(&sources)?;
            let wanted = self
                .store
                .write(move |tx| {
                    store::scripts::adopt(tx, &name, &version, &text, now)?;
                    store::scripts::wanted(tx, &name)
                })
                .await?;
            for kept in wanted {
                match serde_json::from_str::<Sources>(&kept.sources)
                    .ok()
                    .and_then(|text| callflow::check(&text).0)
                {
                    Some(script) => line.script.keep(script),
                    None => tracing::warn!(
                        line = line.name,
                        version = kept.version,
                        "a version that calls are on can no longer be walked; they go on with the newest"
                    ),
                }
            }
        }
        Ok(())
    }

    /// A newer version of a line's script, checked and free of faults. Calls in progress stay on theirs. The
    /// text is stored first: after a restart they still find it.
    pub async fn adopt_script(&self, line: &str, script: Script, sources: Sources) -> Result<()> {
        let line = self.house.lines.get(line).ok_or(crate::Error::NotFound)?;
        let (name, version, text) = (line.name.clone(), script.version().to_owned(), to_json(&sources)?);
        let now = self.clock.now();
        self.store.write(move |tx| store::scripts::adopt(tx, &name, &version, &text, now)).await?;
        line.script.put(script, sources);
        tracing::info!(
            line = line.name,
            version = line.script.newest().version(),
            "adopted a new version of the script"
        );
        self.post(vec![Topic::Scripts]);
        Ok(())
    }

    /// A newer text that has faults: remembered with its diagnostics, and nothing else changes.
    pub async fn refuse_script(&self, line: &str, version: &str, diagnostics: Vec<String>) -> Result<()> {
        let line = self.house.lines.get(line).ok_or(crate::Error::NotFound)?;
        for found in &diagnostics {
            tracing::error!(
                line = line.name,
                version,
                found,
                "a new version of the script was refused; the old one goes on"
            );
        }
        let (name, at) = (line.name.clone(), self.clock.now());
        let refusal = Refusal { version: version.to_owned(), at, diagnostics: diagnostics.join("\n") };
        self.store.write(move |tx| store::scripts::refuse(tx, &name, &refusal)).await?;
        self.post(vec![Topic::Scripts]);
        Ok(())
    }

    /// Versions and the calls on each, for every line.
    pub async fn script_versions(&self) -> Result<Vec<LineVersions>> {
        let lines: Vec<String> = self.house.lines.keys().cloned().collect();
        Ok(self.store.read(move |tx| versions(tx, &lines)).await?)
    }

    /// Forgets versions that no open call is on and that were adopted before `before`, but never the newest.
    pub(crate) async fn forget_scripts(&self, before: Timestamp) -> Result<()> {
        for line in self.house.lines.values() {
            let (name, newest) = (line.name.clone(), line.script.newest().version().to_owned());
            let job = move |tx: &mut Tx<'_>| {
                store::scripts::forget(tx, &name, &newest, before)?;
                store::scripts::wanted(tx, &name)
            };
            let wanted = self.store.write(job).await?;
            line.script.drop_all_but(&wanted.into_iter().map(|kept| kept.version).collect());
        }
        Ok(())
    }
}

fn to_json(sources: &Sources) -> Result<String> {
    serde_json::to_string(sources)
        .map_err(|fault| crate::Error::Unavailable(format!("the text of a script: {fault}")))
}

#[cfg(test)]
#[path = "script_stories.rs"]
mod tests;
