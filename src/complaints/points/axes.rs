//! The axes a point is coded on besides its category, and the code systems their codes come from
//! (`config/axes.toml`). A system may have several versions; which holds is a matter of the day.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::directory::Names;
use domain::{DataFile, Fault, codes};
use serde::Deserialize;
use toml::Spanned;

use super::{CATEGORY, Code};

codes! {
    /// How the codes of an axis stand to each other.
    pub enum Scale, "scale of an axis" {
        /// Names without an order.
        Nominal = "nominal",
        /// Grades: two that lie next to each other disagree less.
        Ordinal = "ordinal",
    }
}

/// One code of a system.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Value {
    pub code: String,
    pub names: Names,
    /// A heading that several codes stand under, as a domain.
    #[serde(default)]
    pub group: Option<Names>,
}

/// One version of a code system.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct System {
    pub code: String,
    pub version: String,
    pub names: Names,
    /// First day that it is coded by.
    pub valid_from: NaiveDate,
    /// Last day.
    #[serde(default)]
    pub valid_to: Option<NaiveDate>,
    /// Where the list was taken from.
    pub source: String,
    /// Whose it is, as it must be told where its names are shown.
    pub attribution: Names,
    pub values: Vec<Value>,
}

impl System {
    /// Whether it is coded by on `day`.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|to| day <= to)
    }

    /// The value with this code.
    pub fn value(&self, code: &str) -> Option<&Value> {
        self.values.iter().find(|value| value.code == code)
    }
}

/// One axis.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Axis {
    pub code: String,
    /// The system its codes come from.
    pub system: String,
    pub scale: Scale,
    pub names: Names,
    /// What is to be coded, in a sentence.
    pub hint: Names,
    /// The department that investigates codes it too.
    #[serde(default)]
    pub by_department: bool,
}

/// Axes and systems, and the rules of the second coding.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Axes {
    axes: Vec<Axis>,
    systems: Vec<System>,
    second: SecondCoding,
}

/// Rules of the second coding.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecondCoding {
    /// Days back that a draw proposes to take points from.
    pub days: u32,
    /// The most points that one draw gives to one person.
    pub most: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    second_coding: SecondCoding,
    #[serde(default)]
    axis: Vec<Spanned<Axis>>,
    #[serde(default)]
    system: Vec<Spanned<System>>,
}

impl Axes {
    /// Reads the file.
    pub fn parse(text: &str, file: &str) -> Result<Self, Fault> {
        let source = DataFile::new(text, file);
        let read: File = source.read()?;
        let mut axes = Self { second: read.second_coding, ..Self::default() };
        for entry in read.system {
            let at = entry.span().start;
            let system = entry.into_inner();
            if let Some((what, remedy)) = axes.wrong_system(&system) {
                return Err(source.fault(at, what, remedy));
            }
            axes.systems.push(system);
        }
        for entry in read.axis {
            let at = entry.span().start;
            let axis = entry.into_inner();
            if axis.code == CATEGORY || axes.axes.iter().any(|other| other.code == axis.code) {
                let what = format!("axis {} stands twice", axis.code);
                return Err(source.fault(at, what, "give each axis its own code; `category` is taken"));
            }
            if axes.systems.iter().all(|system| system.code != axis.system) {
                let what =
                    format!("axis {} is coded by the system {}, which is not there", axis.code, axis.system);
                return Err(source.fault(at, what, "name the code of a [[system]] of this file"));
            }
            axes.axes.push(axis);
        }
        Ok(axes)
    }

    fn wrong_system(&self, system: &System) -> Option<(String, &'static str)> {
        let of = format!("system {} {}", system.code, system.version);
        if system.valid_to.is_some_and(|to| to < system.valid_from) {
            return Some((
                format!("{of} ends before it begins"),
                "let valid_to be valid_from or a later day",
            ));
        }
        let codes: BTreeSet<&str> = system.values.iter().map(|value| value.code.as_str()).collect();
        if codes.len() != system.values.len() || codes.is_empty() {
            return Some((format!("{of} has no codes, or one twice"), "give each value a code of its own"));
        }
        let same = |other: &&System| other.code == system.code;
        let overlaps = |other: &System| {
            other.version == system.version
                || (other.valid_to.is_none_or(|to| system.valid_from <= to)
                    && system.valid_to.is_none_or(|to| other.valid_from <= to))
        };
        let clash = self.systems.iter().filter(same).any(overlaps);
        clash.then(|| (format!("{of} overlaps another version"), "end the older version the day before"))
    }

    /// Every axis, in the order of the screens.
    pub fn all(&self) -> &[Axis] {
        &self.axes
    }

    /// The axis with this code.
    pub fn axis(&self, code: &str) -> Option<&Axis> {
        self.axes.iter().find(|axis| axis.code == code)
    }

    /// The version of a system that holds on `day`.
    pub fn system_on(&self, code: &str, day: NaiveDate) -> Option<&System> {
        self.systems.iter().find(|system| system.code == code && system.holds_on(day))
    }

    /// Any version of a system, the newest first: old codings keep their names.
    pub fn versions(&self, code: &str) -> impl Iterator<Item = &System> {
        self.systems.iter().rev().filter(move |system| system.code == code)
    }

    /// A code of a system in whatever version has it.
    pub fn value(&self, system: &str, code: &str) -> Option<&Value> {
        self.versions(system).find_map(|system| system.value(code))
    }

    /// The coding of `axis` with `code` on `day`; none where there is no such axis, or the version of that day has no
    /// such code.
    pub fn code(&self, axis: &str, code: &str, day: NaiveDate) -> Option<Code> {
        let axis = self.axis(axis)?;
        let system = self.system_on(&axis.system, day)?;
        let value = system.value(code)?;
        Some(Code {
            axis: axis.code.clone(),
            code: value.code.clone(),
            system: system.code.clone(),
            version: system.version.clone(),
        })
    }

    /// Rules of the second coding.
    pub fn second_coding(&self) -> &SecondCoding {
        &self.second
    }
}

#[cfg(test)]
#[path = "axes_tests.rs"]
mod tests;
