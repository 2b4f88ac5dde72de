//! Hot reload: looks at the folders of the scripts and hands a changed text to the house once it has stayed the
//! same for two looks, so that nothing half copied is ever adopted.

use std::sync::Arc;
use std::time::Duration;

use switchboard::Switchboard;

use crate::config::Config;
use crate::furnish;
use crate::house_files::Folder;
use crate::script_rules::Rules;

/// Time between two looks. A script is a few small files; reading them costs less than a call.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// The lines whose script lies on disk; those that are built in do not change.
pub(crate) fn watched(board: &Switchboard, config: &Config) -> Vec<Watched> {
    let folders = config.lines.iter().filter(|(_, line)| matches!(line.script, Folder::Disk(_)));
    let rules = Rules::read(config).map(Arc::new);
    let watched = folders
        .map(|(name, line)| Watched::new(name, line.script.clone(), &line.profile, rules.clone(), board));
    watched.collect()
}

/// Looks until the end of the process.
pub(crate) async fn watch(board: Switchboard, mut watched: Vec<Watched>) {
    let mut looks = tokio::time::interval(LOOK_EVERY);
    looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        for line in &mut watched {
            line.look(&board).await;
        }
    }
}

/// One line's folder.
pub(crate) struct Watched {
    line: String,
    folder: Folder,
    profile: String,
    rules: Option<Arc<Rules>>,
    /// The text that was decided on last, adopted or refused.
    decided: String,
    /// The text of the last look.
    seen: String,
}

impl Watched {
    fn new(
        line: &str,
        folder: Folder,
        profile: &str,
        rules: Option<Arc<Rules>>,
        board: &Switchboard,
    ) -> Self {
        let version = board.house().lines.get(line).map(|line| line.script.newest().version().to_owned());
        let version = version.unwrap_or_default();
        Self {
            line: line.to_owned(),
            folder,
            profile: profile.to_owned(),
            rules,
            decided: version.clone(),
            seen: version,
        }
    }

    async fn look(&mut self, board: &Switchboard) {
        let folder = self.folder.clone();
        let read = tokio::task::spawn_blocking(move || {
            let sources = crate::script::sources(&folder)?;
            Ok::<_, String>((sources.version(), sources))
        });
        let (version, sources) = match read.await {
            Ok(Ok(read)) => read,
            // A folder that cannot be read at this moment is looked at again; what goes on is the old version.
            Ok(Err(fault)) => return tracing::warn!(line = self.line, fault, "a script cannot be read"),
            Err(fault) => return tracing::error!(line = self.line, %fault, "reading a script"),
        };
        let settled = version == self.seen;
        self.seen.clone_from(&version);
        if !settled || version == self.decided {
            return;
        }
        let told = match self.load(&sources) {
            Ok(script) => board.adopt_script(&self.line, script, sources).await,
            Err(found) => board.refuse_script(&self.line, &version, found).await,
        };
        match told {
            Ok(()) => self.decided = version,
            Err(fault) => {
                tracing::warn!(line = self.line, %fault, "a changed script was not taken; tried again")
            }
        }
    }

    fn load(&self, sources: &callflow::Sources) -> Result<callflow::Script, Vec<String>> {
        let script = furnish::load(sources, self.rules.as_deref())?;
        if script.profile() == self.profile {
            return Ok(script);
        }
        let (line, wanted, found) = (&self.line, &self.profile, script.profile());
        Err(vec![format!(
            "{}: line.{line}.profile: is {wanted:?}, but the script is written for {found:?}",
            self.folder
        )])
    }
}
