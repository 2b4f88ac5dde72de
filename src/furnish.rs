//! Turns tables and scripts into the house: the configured world, read once at start.
//!
//! A table is taken from the deployment's folder where it is there, and from the program's own copy where it
//! is not. All faults of all tables and scripts come together, each with its file and line.

use std::collections::BTreeMap;
use std::sync::Arc;

use callflow::{SourceFile, Sources};
use domain::directory::Directory;
use domain::{Fault, directory_file};
use switchboard::{House, Line, Provider};

use crate::config::{self, Config};
use crate::house_files::Folder;

/// The house, and where each table came from.
pub(crate) struct Furnished {
    pub(crate) house: House,
    pub(crate) tables: Vec<(String, String)>,
}

/// Everything wrong with tables and scripts, one a line.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub(crate) struct Faults(Vec<String>);

/// Reads all tables and scripts. `public_url` is the address under which we are reached.
pub(crate) fn house(config: &Config, public_url: String) -> Result<Furnished, Faults> {
    let mut tables = Tables::new(&config.tables);
    let calendars = tables.calendars();
    let laws = tables.parse("laws.toml", clocks::Laws::parse);
    let directory = Directory {
        departments: tables.parse("departments.toml", directory_file::read_departments),
        institutions: tables.parse("institutions.toml", directory_file::read_institutions),
        offices: tables.parse("offices.toml", directory_file::read_offices),
    };
    let categories = tables.parse("categories.toml", classify::Categories::parse);
    let departments: Vec<&str> = directory.departments.iter().map(|entry| entry.code.as_str()).collect();
    let codes: Vec<&str> = categories.codes().collect();
    let dispatch = tables.parse("dispatch.toml", |text, file| {
        complaints::DispatchRules::parse(text, file, &departments, &codes)
    });
    let lines = lines(config, &calendars, &mut tables.faults);
    let house = House {
        public_url,
        providers: config.providers.iter().map(|(name, from)| (name.clone(), provider(name, from))).collect(),
        lines,
        directory,
        calendars,
        laws,
        categories,
        dispatch,
        routes: tables.parse("routes.toml", complaints::Routes::parse),
        wrap_up: tables.parse("wrap_up.toml", complaints::WrapUpCodes::parse),
        ladders: tables.parse("callback_ladders.toml", callbacks::Ladders::parse),
        targets: tables.parse("reports.toml", figures::Targets::parse),
        offer_seconds: u32::try_from(config.queue.offer_seconds).unwrap_or(u32::MAX),
        wrap_up_seconds: u32::try_from(config.queue.wrap_up_seconds).unwrap_or(u32::MAX),
    };
    if tables.faults.is_empty() { Ok(Furnished { house, tables: tables.places }) } else { Err(Faults(tables.faults)) }
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
    fn text(&mut self, name: &str) -> (String, String) {
        for folder in [self.folder, &self.shipped] {
            match folder.text(name) {
                Ok(Some(text)) => {
                    self.places.push((name.to_owned(), folder.to_string()));
                    return (text, format!("{folder}/{name}"));
                }
                Ok(None) => {}
                Err(fault) => {
                    self.faults.push(format!("{folder}/{name}:1: cannot be read ({fault}); make it a readable UTF-8 file"));
                    return (String::new(), format!("{folder}/{name}"));
                }
            }
        }
        self.faults.push(format!("{}/{name}:1: is missing; restore it from the repository", self.folder));
        (String::new(), name.to_owned())
    }

    /// A table that one text makes up; its default where it is faulty, for the search goes on.
    fn parse<T: Default>(&mut self, name: &str, parse: impl FnOnce(&str, &str) -> Result<T, Fault>) -> T {
        let (text, file) = self.text(name);
        parse(&text, &file).unwrap_or_else(|fault| {
            self.faults.push(fault.to_string());
            T::default()
        })
    }

    /// Every file of `calendars/`; a deployment's own file stands above the shipped one of the same name.
    fn calendars(&mut self) -> clocks::Calendars {
        let mut names: Vec<String> = Vec::new();
        for folder in [self.folder, &self.shipped] {
            // A deployment need not have such a folder.
            names.extend(folder.files().unwrap_or_default().into_iter().filter(|name| name.starts_with("calendars/")));
        }
        names.sort();
        names.dedup();
        let mut calendars = clocks::Calendars::default();
        for name in names.iter().filter(|name| name.ends_with(".toml")) {
            let (text, file) = self.text(name);
            match clocks::Calendar::parse(&text, &file) {
                Ok(calendar) => calendars.add(calendar),
                Err(fault) => self.faults.push(fault.to_string()),
            }
        }
        calendars
    }
}

fn provider(name: &str, from: &config::Provider) -> Provider {
    Provider {
        name: name.to_owned(),
        dialect: from.dialect.clone(),
        account: from.account.clone(),
        tokens: from.tokens.clone(),
        api_url: from.api_url.clone(),
    }
}

fn lines(config: &Config, calendars: &clocks::Calendars, faults: &mut Vec<String>) -> BTreeMap<String, Line> {
    let mut lines = BTreeMap::new();
    for (name, from) in &config.lines {
        if calendars.get(&from.calendar).is_none() {
            let known = calendars.ids().collect::<Vec<_>>().join(", ");
            let origin = &from.origin;
            faults.push(format!("{origin}: line.{name}.calendar: there is no calendar {:?}; write one of {known}", from.calendar));
        }
        match script(&from.script) {
            Ok(script) => {
                if script.profile() != from.profile {
                    let (origin, of_script) = (&from.origin, script.profile());
                    faults.push(format!("{origin}: line.{name}.profile: is {:?}, but its script is written for {of_script:?}; make them one", from.profile));
                }
                lines.insert(name.clone(), line(name, from, script));
            }
            Err(found) => faults.extend(found.into_iter().map(|fault| format!("{fault} (script of line {name}, {})", from.origin))),
        }
    }
    lines
}

fn line(name: &str, from: &config::Line, script: callflow::Script) -> Line {
    Line {
        name: name.to_owned(),
        numbers: from.numbers.clone(),
        languages: from.languages.clone(),
        zone: from.zone,
        profile: from.profile.clone(),
        fallback_number: from.fallback_number.clone(),
        emergency: from.emergency.clone(),
        script: Arc::new(script),
        hours: from.hours.clone(),
        calendar: from.calendar.clone(),
    }
}

/// Reads a script folder; a script with any fault is refused as a whole.
fn script(folder: &Folder) -> Result<callflow::Script, Vec<String>> {
    let names = folder.files().map_err(|fault| {
        vec![format!("{folder}:1: cannot be read ({fault}); name the folder of a script")]
    })?;
    let mut sources = Sources::default();
    for name in names {
        if let Some(audio) = name.strip_prefix("audio/") {
            sources.audio.push(audio.to_owned());
        } else if name.ends_with(".toml") || name.ends_with(".ftl") {
            let text = folder.text(&name).map_err(|fault| {
                vec![format!("{folder}/{name}:1: cannot be read ({fault}); make it a readable UTF-8 file")]
            })?;
            sources.files.push(SourceFile::new(format!("{folder}/{name}"), text.unwrap_or_default()));
        }
    }
    callflow::load(&sources).map_err(|found| found.iter().map(ToString::to_string).collect())
}
