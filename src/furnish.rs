//! Turns tables and scripts into the house: the configured world, read once at start.
//!
//! A table is taken from the deployment's folder where it is there, and from the program's own copy where it
//! is not. All faults of all tables and scripts come together, each with its file and line.

use std::collections::BTreeMap;

use complaints::EvidenceRules;
use complaints::knowledge::{Articles, Phrases};
use complaints::letters::LetterTexts;
use domain::directory::Directory;
use domain::{DataFile, Fault, directory_file};
use switchboard::doors::{Doors, FileRules, MailRules, WebRules};
use switchboard::house::SoundKeeping;
use switchboard::recordings::RecordingRules;
use switchboard::{House, Line, Provider, ScriptShelf};

use crate::config::{self, Config};
use crate::house_files::Folder;
use crate::script_rules::{self, Rules};

/// The house, and where each table came from.
pub(crate) struct Furnished {
    pub(crate) house: House,
    pub(crate) tables: Vec<(String, String)>,
    /// Lines whose script on disk is faulty and that go on with the version adopted before; with the findings.
    pub(crate) refused: Vec<(String, Vec<String>)>,
}

/// The text of the script that each line began new calls with when the house was last open.
pub(crate) type Adopted = BTreeMap<String, callflow::Sources>;

/// Everything wrong with tables and scripts, one a line.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub(crate) struct Faults(Vec<String>);

/// Reads all tables and scripts. `public_url` is the address under which we are reached.
pub(crate) fn house(config: &Config, public_url: String) -> Result<Furnished, Faults> {
    house_or(config, public_url, &Adopted::new())
}

/// The same, but a line whose script is faulty goes on with the version adopted before: a half-edited script
/// and a restart at night must not leave callers alone.
pub(crate) fn house_or(config: &Config, public_url: String, adopted: &Adopted) -> Result<Furnished, Faults> {
    let mut tables = Tables::new(&config.tables);
    let mut refused = Vec::new();
    let house = read(config, public_url, &mut tables, (adopted, &mut refused));
    match house {
        Some(house) if tables.faults.is_empty() => Ok(Furnished { house, tables: tables.places, refused }),
        _ => Err(Faults(tables.faults)),
    }
}

/// Reads everything before it gives up, so that all faults are found; `None` where a table is faulty.
fn read(config: &Config, public_url: String, tables: &mut Tables<'_>, before: Before<'_>) -> Option<House> {
    let calendars = tables.calendars();
    let laws = tables.parse("laws.toml", clocks::Laws::parse);
    if let Some(laws) = &laws {
        let file = tables.place("laws.toml");
        tables.faults.extend(laws.check_against(&calendars).iter().map(|fault| format!("{file}: {fault}")));
    }
    let decrees = tables.parse("decrees.toml", clocks::Decrees::parse);
    let directory = tables.directory();
    let categories = tables.parse("categories.toml", classify::Categories::parse);
    let axes = tables.parse("axes.toml", complaints::points::Axes::parse);
    let crosswalks = match (&axes, &categories) {
        (Some(axes), Some(categories)) => tables.parse("crosswalks.toml", |text, file| {
            complaints::points::Crosswalks::parse(text, file, &categories.codes(), axes)
        }),
        _ => None,
    };
    let dispatch = match (&directory, &categories) {
        (Some(directory), Some(categories)) => {
            let departments: Vec<&str> =
                directory.departments.iter().map(|entry| entry.code.as_str()).collect();
            let known = complaints::dispatch::Known {
                departments: &departments,
                categories: &categories.codes(),
                regions: &Directory::regions(&directory.institutions),
            };
            tables.parse("dispatch.toml", |text, file| complaints::DispatchRules::parse(text, file, &known))
        }
        _ => None,
    };
    let rules = categories.as_ref().and_then(|categories| tables.rules(categories));
    let routes = tables.parse("routes.toml", complaints::Routes::parse);
    let dialogues = tables.parse("dialogue.toml", complaints::dialogue::Dialogues::parse);
    let grounds = tables.parse("grounds.toml", complaints::grounds::Grounds::parse);
    let (evidence, letters) = tables.investigation();
    let supervision = tables.parse("supervision.toml", complaints::supervision::Ladder::parse);
    let wrap_up = tables.parse("wrap_up.toml", complaints::WrapUpCodes::parse);
    let (phrases, articles) = tables.knowledge(categories.as_ref(), laws.as_ref());
    let ladders = tables.parse("callback_ladders.toml", callbacks::Ladders::parse);
    let destinations = tables.parse("destinations.toml", callbacks::Destinations::parse);
    let targets = tables.parse("reports.toml", figures::Targets::parse);
    let recording_rules = tables.parse("recording.toml", RecordingRules::parse);
    let doors = tables.doors(config);
    let profiles = tables.parse(script_rules::TABLE, callflow::check::Profiles::parse);
    let standards = profiles.map(|profiles| Rules::of_house(profiles, config));
    let lines = lines(config, &calendars, standards.as_ref(), &mut tables.faults, before);
    Some(House {
        public_url,
        providers: config.providers.iter().map(|(name, from)| (name.clone(), provider(name, from))).collect(),
        lines,
        directory: directory?,
        calendars,
        laws: laws?,
        decrees: decrees?,
        categories: categories?,
        classify: rules?,
        axes: axes?,
        crosswalks: crosswalks?,
        dispatch: dispatch?,
        routes: routes?,
        dialogues: dialogues?,
        grounds: grounds?,
        evidence: evidence?,
        letters: letters?,
        supervision: supervision?,
        wrap_up: wrap_up?,
        phrases: phrases?,
        articles: articles?,
        ladders: ladders?,
        destinations: destinations?,
        targets: targets?,
        recording_rules: recording_rules?,
        sound_keeping: sound_keeping(config),
        doors: doors?,
        offer_seconds: u32::try_from(config.queue.offer_seconds).unwrap_or(u32::MAX),
        wrap_up_seconds: u32::try_from(config.queue.wrap_up_seconds).unwrap_or(u32::MAX),
    })
}

fn sound_keeping(config: &Config) -> SoundKeeping {
    SoundKeeping {
        delete_at_provider: config.recordings.delete_at_provider,
        days: config.recordings.days.clone(),
    }
}

/// Reads tables by name and keeps what is wrong with them.
struct Tables<'a> {
    folder: &'a Folder,
    shipped: Folder,
    faults: Vec<String>,
    places: Vec<(String, String)>,
}

impl<'a> Tables<'a> {
    fn new(folder: &'a Folder) -> Self {
        let shipped = Folder::Shipped("config".to_owned());
        Self { folder, shipped, faults: Vec::new(), places: Vec::new() }
    }

    /// The text of a table and the name it goes by in complaints.
    fn text(&mut self, name: &str) -> Option<(String, String)> {
        for folder in [self.folder, &self.shipped] {
            match folder.text(name) {
                Ok(Some(text)) => {
                    self.places.push((name.to_owned(), folder.to_string()));
                    return Some((text, format!("{folder}/{name}")));
                }
                Ok(None) => {}
                Err(fault) => {
                    self.faults.push(format!(
                        "{folder}/{name}:1: cannot be read ({fault}); make it a readable UTF-8 file"
                    ));
                    return None;
                }
            }
        }
        self.faults.push(format!("{}/{name}:1: is missing; restore it from the repository", self.folder));
        None
    }

    /// A table that one text makes up; `None` where it is faulty.
    fn parse<T>(&mut self, name: &str, parse: impl FnOnce(&str, &str) -> Result<T, Fault>) -> Option<T> {
        let (text, file) = self.text(name)?;
        parse(&text, &file).map_err(|fault| self.faults.push(fault.to_string())).ok()
    }

    /// Where a table was read from.
    fn place(&self, name: &str) -> String {
        let found = self.places.iter().find(|(table, _)| table == name);
        found.map_or_else(|| name.to_owned(), |(_, folder)| format!("{folder}/{name}"))
    }

    /// The tables of a folder, as `calendars/`: a deployment's own stand above the shipped ones of the same name.
    fn below(&mut self, start: &str) -> Vec<(String, String)> {
        let mut names: Vec<String> = Vec::new();
        for folder in [self.folder, &self.shipped] {
            // A deployment need not have such a folder.
            let files = folder.files().unwrap_or_default().into_iter();
            names.extend(files.filter(|name| name.starts_with(start) && name.ends_with(".toml")));
        }
        names.sort();
        names.dedup();
        names.iter().filter_map(|name| self.text(name)).collect()
    }

    fn calendars(&mut self) -> clocks::Calendars {
        let mut calendars = clocks::Calendars::default();
        for (text, file) in self.below("calendars/") {
            match clocks::Calendar::parse(&text, &file) {
                Ok(calendar) => calendars.add(calendar),
                Err(fault) => self.faults.push(fault.to_string()),
            }
        }
        calendars
    }

    /// Mails, files, complaints from the web, programs with a key.
    fn doors(&mut self, config: &Config) -> Option<Doors> {
        let mail = self.parse("mail.toml", MailRules::parse);
        let files = self.parse("attachments.toml", FileRules::parse);
        let web = self.parse("web.toml", WebRules::parse);
        Some(Doors { mail: mail?, files: files?, web: web?, clients: config.doors.clients.clone() })
    }

    /// Standards of proof with what is overwritten, and the words of letters.
    fn investigation(&mut self) -> (Option<EvidenceRules>, Option<LetterTexts>) {
        let evidence = self.parse("evidence.toml", EvidenceRules::parse);
        let texts = self.below("letters/");
        let letters = LetterTexts::parse(&texts).map_err(|fault| self.faults.push(fault.to_string())).ok();
        (evidence, letters)
    }

    /// Who handles, who can be complained of, who informs.
    fn directory(&mut self) -> Option<Directory> {
        let institutions = self.parse("institutions.toml", directory_file::institutions);
        let departments = institutions.as_ref().and_then(|known| {
            self.parse("departments.toml", |text, file| directory_file::departments(text, file, known))
        });
        let offices = self.parse("offices.toml", directory_file::offices);
        Some(Directory { departments: departments?, institutions: institutions?, offices: offices? })
    }

    /// What agents and callers look up.
    fn knowledge(
        &mut self,
        categories: Option<&classify::Categories>,
        laws: Option<&clocks::Laws>,
    ) -> (Option<Phrases>, Option<Articles>) {
        let phrases = self.parse("phrases.toml", Phrases::parse);
        // Without the others nothing can be said of what the articles name.
        let (Some(categories), Some(laws)) = (categories, laws) else { return (phrases, None) };
        let texts = self.below("articles/");
        let known: Vec<&str> = laws.all().iter().map(|law| law.id.as_str()).collect();
        let articles = Articles::parse(&texts, &categories.codes(), &known);
        (phrases, articles.map_err(|fault| self.faults.push(fault.to_string())).ok())
    }

    fn rules(&mut self, categories: &classify::Categories) -> Option<classify::Rules> {
        let texts = self.below("classify/");
        let files: Vec<DataFile<'_>> = texts.iter().map(|(text, file)| DataFile::new(text, file)).collect();
        classify::Rules::parse(&files, categories).map_err(|fault| self.faults.push(fault.to_string())).ok()
    }
}

fn provider(name: &str, from: &config::Provider) -> Provider {
    Provider {
        name: name.to_owned(),
        dialect: from.dialect.clone(),
        profile: from.profile.clone(),
        account: from.account.clone(),
        tokens: from.tokens.clone(),
        api_token: from.api_token.clone(),
        api_url: from.api_url.clone(),
    }
}

/// What was adopted before, and where to note that it is needed.
type Before<'b> = (&'b Adopted, &'b mut Vec<(String, Vec<String>)>);

fn lines(
    config: &Config,
    calendars: &clocks::Calendars,
    rules: Option<&Rules>,
    faults: &mut Vec<String>,
    (adopted, refused): Before<'_>,
) -> BTreeMap<String, Line> {
    let mut lines = BTreeMap::new();
    for (name, from) in &config.lines {
        if calendars.get(&from.calendar).is_none() {
            let known = calendars.ids().collect::<Vec<_>>().join(", ");
            let origin = &from.origin;
            faults.push(format!(
                "{origin}: line.{name}.calendar: there is no calendar {:?}; write one of {known}",
                from.calendar
            ));
        }
        match script(&from.script, rules) {
            Ok((script, sources)) => {
                if script.profile() != from.profile {
                    let (origin, of_script) = (&from.origin, script.profile());
                    faults.push(format!("{origin}: line.{name}.profile: is {:?}, but its script is written for {of_script:?}; make them one", from.profile));
                }
                lines.insert(name.clone(), line(name, from, ScriptShelf::new(script, sources)));
            }
            Err(found) => match adopted
                .get(name)
                .and_then(|sources| Some((callflow::check(sources).0?, sources)))
            {
                Some((script, sources)) => {
                    lines.insert(name.clone(), line(name, from, ScriptShelf::new(script, sources.clone())));
                    refused.push((name.clone(), found));
                }
                None => faults.extend(
                    found
                        .into_iter()
                        .map(|fault| format!("{fault} (script of line {name}, {})", from.origin)),
                ),
            },
        }
    }
    lines
}

fn line(name: &str, from: &config::Line, script: ScriptShelf) -> Line {
    Line {
        name: name.to_owned(),
        numbers: from.numbers.clone(),
        languages: from.languages.clone(),
        zone: from.zone,
        profile: from.profile.clone(),
        fallback_number: from.fallback_number.clone(),
        sender: from.sender.clone(),
        mail_from: from.mail_from.clone(),
        locality: from.locality.clone(),
        emergency: from.emergency.clone(),
        script,
        hours: from.hours.clone(),
        calendar: from.calendar.clone(),
    }
}

/// Reads a script folder; a script with any fault is refused as a whole.
fn script(
    folder: &Folder,
    rules: Option<&Rules>,
) -> Result<(callflow::Script, callflow::Sources), Vec<String>> {
    let sources = crate::script::sources(folder).map_err(|fault| vec![fault])?;
    let script = load(&sources, rules)?;
    Ok((script, sources))
}

/// The script, if nothing is wrong with it that a warning would not do for; or else every finding, one a line. Without
/// rules only its soundness counts.
pub(crate) fn load(
    sources: &callflow::Sources,
    rules: Option<&Rules>,
) -> Result<callflow::Script, Vec<String>> {
    let (script, found) = rules.map_or_else(|| callflow::check(sources), |rules| rules.check(sources));
    match script {
        Some(script) if !found.iter().any(callflow::Diagnostic::is_fault) => Ok(script),
        _ => Err(found.iter().map(ToString::to_string).collect()),
    }
}
