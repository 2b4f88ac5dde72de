//! Decrees that suspend a limit for everybody: days by date, with the place where it is written.

use chrono::NaiveDate;
use domain::directory::Names;
use domain::{DataFile, Fault};
use serde::Deserialize;
use toml::Spanned;

use crate::law::{Duty, Law};

/// One suspension by law or order.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decree {
    /// Stable name, as `dk-covid-2020`.
    pub id: String,
    pub names: Names,
    pub citation: String,
    /// First day on which the limit does not run.
    pub from: NaiveDate,
    /// Last day on which the limit does not run.
    pub to: NaiveDate,
    /// The profile it is written for; none means every profile.
    #[serde(default)]
    pub profile: Option<String>,
    /// Laws it suspends, by id.
    #[serde(default)]
    pub laws: Vec<String>,
    /// Duties it suspends, whatever the law.
    #[serde(default)]
    pub duties: Vec<Duty>,
}

impl Decree {
    /// Longest suspension accepted, in days.
    const LONGEST: i64 = 5 * 366;

    /// Whether it suspends `law` at all.
    pub fn concerns(&self, law: &Law) -> bool {
        let of_profile = match (&self.profile, &law.profile) {
            (Some(decree), Some(law)) => decree == law,
            (Some(_), None) => false,
            (None, _) => true,
        };
        of_profile && (self.laws.contains(&law.id) || self.duties.contains(&law.duty))
    }
}

/// Every decree of `config/decrees.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decrees(Vec<Decree>);

/// No decree at all.
pub(crate) static NONE: Decrees = Decrees(Vec::new());

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    decree: Vec<Spanned<Decree>>,
}

impl Decrees {
    /// Reads the file of decrees.
    pub fn parse(text: &str, file: &str) -> Result<Self, Fault> {
        let source = DataFile::new(text, file);
        let entries: File = source.read()?;
        let mut decrees: Vec<Decree> = Vec::new();
        for entry in entries.decree {
            let at = entry.span().start;
            let decree = entry.into_inner();
            check(source, at, &decree)?;
            if decrees.iter().any(|other| other.id == decree.id) {
                let remedy = "give each decree an id of its own; a prolongation is a later `to`";
                return Err(source.fault(at, format!("decree {} stands twice", decree.id), remedy));
            }
            decrees.push(decree);
        }
        Ok(Self(decrees))
    }

    /// Every decree, in the order of the file.
    pub fn all(&self) -> &[Decree] {
        &self.0
    }

    /// Those that suspend `law`.
    pub fn on<'a>(&'a self, law: &Law) -> Vec<&'a Decree> {
        self.0.iter().filter(|decree| decree.concerns(law)).collect()
    }
}

fn check(source: DataFile<'_>, at: usize, decree: &Decree) -> Result<(), Fault> {
    let id = &decree.id;
    if !(0..=Decree::LONGEST).contains(&(decree.to - decree.from).num_days()) {
        let what = format!("decree {id} holds from {} to {}", decree.from, decree.to);
        return Err(source.fault(at, what, "let `to` be on or after `from`, within five years"));
    }
    if decree.laws.is_empty() && decree.duties.is_empty() {
        let what = format!("decree {id} suspends nothing");
        return Err(source.fault(at, what, "name what it suspends in `laws` or `duties`"));
    }
    Ok(())
}
