//! Reports: one query object, and the same tables for screen, file, command line and API.

/// The vocabulary of reports, for those who show them.
pub use figures;

use chrono::{Datelike, Days, Months, NaiveDate};
use chrono_tz::Tz;
use domain::Timestamp;
use figures::catalogue::{self, Report};
use figures::{Frame, Period, Table};
use store::report_rows::Scope;

use crate::report_lists::{self, Behind};
use crate::rights::{Desk, Supervisor};
use crate::{
    House, Result, Switchboard, audit, report_agreement, report_dialogue, report_equity, report_publication,
    report_tables, report_themes, report_transfer,
};

/// What is asked: the whole of it stands in the address of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    pub report: &'static Report,
    pub period: Period,
    /// What the first table is grouped by, one of the report's groupings.
    pub by: &'static str,
    /// A line of the configuration; `None`: all.
    pub line: Option<String>,
    pub department: Option<String>,
    /// Code of a callback purpose.
    pub purpose: Option<String>,
}

/// The parts of a question as they were typed; empty means: not given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    pub from: String,
    pub to: String,
    pub by: String,
    pub line: String,
    pub department: String,
    pub purpose: String,
}

/// Why a question cannot be answered: what is wrong, and what would be right.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
pub enum QueryFault {
    #[error("there is no report \"{0}\"; reports are: {1}")]
    Report(String, String),
    #[error("\"{0}\" is not a day; write it as 2026-02-13")]
    Day(String),
    #[error("the period ends before it begins: {from} is after {to}")]
    Backwards { from: NaiveDate, to: NaiveDate },
    #[error("this report cannot be grouped by \"{0}\"; it can be by: {1}")]
    By(String, String),
    #[error("there is no line \"{0}\"; lines are: {1}")]
    Line(String, String),
    #[error("there is no department \"{0}\"")]
    Department(String),
}

impl QueryFault {
    /// Message id of its sentence on the screens.
    pub fn message(&self) -> &'static str {
        match self {
            Self::Report(..) => "report-fault-report",
            Self::Day(_) => "report-fault-day",
            Self::Backwards { .. } => "report-fault-backwards",
            Self::By(..) => "report-fault-by",
            Self::Line(..) => "report-fault-line",
            Self::Department(_) => "report-fault-department",
        }
    }
}

impl Query {
    /// How many days a report covers when no period is given.
    const USUAL_DAYS: u64 = 30;

    /// Understands a question; `now` sets the usual period, the last thirty days.
    pub fn parse(name: &str, asked: &Asked, house: &House, now: Timestamp) -> Result<Self, QueryFault> {
        let names = || catalogue::REPORTS.iter().map(|report| report.name).collect::<Vec<_>>().join(", ");
        let report = catalogue::report(name).ok_or_else(|| QueryFault::Report(name.to_owned(), names()))?;
        let line = given(&asked.line);
        if let Some(line) = line.as_ref().filter(|line| !house.lines.contains_key(*line)) {
            let known: Vec<_> = house.lines.keys().map(String::as_str).collect();
            return Err(QueryFault::Line(line.clone(), known.join(", ")));
        }
        let department = given(&asked.department);
        if let Some(code) = department.as_ref().filter(|code| house.directory.department(code).is_none()) {
            return Err(QueryFault::Department(code.clone()));
        }
        let by = given(&asked.by).unwrap_or_else(|| report.by[0].to_owned());
        let by = *report
            .by
            .iter()
            .find(|known| **known == by)
            .ok_or_else(|| QueryFault::By(by.clone(), report.by.join(", ")))?;
        let today = now.service_day(zone_of(house, line.as_deref()));
        let (wish_from, wish_to) = (day(&asked.from)?, day(&asked.to)?);
        let to = wish_to.unwrap_or(today);
        let usual = to.checked_sub_days(Days::new(Self::USUAL_DAYS - 1)).unwrap_or(to);
        let from = wish_from.unwrap_or(usual);
        if from > to {
            return Err(QueryFault::Backwards { from, to });
        }
        let monthly = report.name == "publication";
        let period = if monthly { whole_months(wish_from, wish_to, today) } else { Period { from, to } };
        let purpose = given(&asked.purpose);
        Ok(Self { report, period, by, line, department, purpose })
    }

    /// The question as name and value, as addresses carry it; parts not given are left out.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![
            ("from", self.period.from.to_string()),
            ("to", self.period.to.to_string()),
            ("by", self.by.to_owned()),
        ];
        for (name, value) in
            [("line", &self.line), ("department", &self.department), ("purpose", &self.purpose)]
        {
            pairs.extend(value.as_ref().map(|value| (name, value.clone())));
        }
        pairs
    }

    /// Whether a department can be chosen.
    pub fn by_department(&self) -> bool {
        matches!(self.report.name, "transfer" | "callback" | "dialogue")
    }

    /// The wall clock of the report: the line's, or that of the first line.
    pub fn zone(&self, house: &House) -> Tz {
        zone_of(house, self.line.as_deref())
    }

    fn frame(&self, house: &House, now: Timestamp) -> Frame {
        Frame::new(self.period, self.zone(house), now, house.targets.clone())
    }

    fn scope(&self, frame: &Frame) -> Scope {
        Scope {
            from: frame.from,
            until: frame.until,
            line: self.line.clone().unwrap_or_default(),
            department: self.department.clone().unwrap_or_default(),
        }
    }
}

/// What is published covers whole months that are over: two periods that differ by a day would tell of that day. Without a
/// wish it is the last such month.
fn whole_months(from: Option<NaiveDate>, to: Option<NaiveDate>, today: NaiveDate) -> Period {
    let first = |day: NaiveDate| day.with_day(1).unwrap_or(day);
    let last = |day: NaiveDate| {
        let next = first(day).checked_add_months(Months::new(1));
        next.and_then(|next| next.pred_opt()).unwrap_or(day)
    };
    let over = first(today).pred_opt().unwrap_or(today);
    let to = last(to.unwrap_or(over).min(over));
    Period { from: first(from.unwrap_or(to).min(to)), to }
}

fn given(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn day(text: &str) -> Result<Option<NaiveDate>, QueryFault> {
    given(text).map(|text| text.parse::<NaiveDate>().map_err(|_| QueryFault::Day(text.clone()))).transpose()
}

fn zone_of(house: &House, line: Option<&str>) -> Tz {
    let line = line.and_then(|line| house.lines.get(line)).or_else(|| house.lines.values().next());
    line.map_or(Tz::UTC, |line| line.zone)
}

/// A report with its figures.
#[derive(Debug, Clone)]
pub struct Filled {
    pub query: Query,
    pub frame: Frame,
    pub tables: Vec<Table>,
}

impl Filled {
    /// The table with this id; an empty id means the first.
    pub fn table(&self, id: &str) -> Option<&Table> {
        self.tables.iter().find(|table| id.is_empty() || table.id == id)
    }
}

impl Switchboard {
    /// Fills a report; names of departments and institutions come in `language`.
    pub async fn report(&self, query: &Query, language: &str) -> Result<Filled> {
        let frame = query.frame(&self.house, self.now());
        let scope = query.scope(&frame);
        let naming = report_tables::Naming::new(self.house.clone(), language);
        let (asked, framed) = (query.clone(), frame.clone());
        let tables = self
            .store
            .read(move |tx| -> Result<Vec<Table>> {
                Ok(match asked.report.name {
                    "transfer" => {
                        let rows = store::report_rows::dispatches(tx, &scope)?;
                        let mut tables = report_tables::transfer(&rows, &asked, &framed, &naming);
                        tables.extend(report_transfer::tables(tx, &scope, &asked, &framed, &naming)?);
                        tables
                    }
                    "callback" => {
                        let rows = callbacks_of(store::report_rows::callbacks(tx, &scope)?, &asked);
                        report_tables::callback(&rows, &asked, &framed, &naming)
                    }
                    "agreement" => {
                        let rows = report_agreement::rows(tx, &framed, &asked)?;
                        vec![report_agreement::table(&rows, &asked, &framed, &naming)]
                    }
                    "dialogue" => {
                        let rows = store::report_rows::dialogues(tx, &scope)?;
                        report_dialogue::tables(&rows, &asked, &framed, &naming)
                    }
                    "equity" => {
                        let rows = report_equity::rows(tx, &scope, &naming)?;
                        report_equity::tables(&rows, &asked, &framed, &naming)
                    }
                    "themes" => report_themes::tables(tx, &scope, &asked, &framed, &naming)?,
                    "publication" => report_publication::tables(tx, &scope, &asked, &framed, &naming)?,
                    _ => {
                        let rows = store::report_rows::queue(tx, &scope)?;
                        report_tables::telephone(&rows, &asked, &framed, &naming)
                    }
                })
            })
            .await?;
        Ok(Filled { query: query.clone(), frame, tables })
    }

    /// The rows behind a cell of the first table, counted by the very test that made its number.
    pub async fn behind(&self, query: &Query, cell: &Behind, language: &str) -> Result<Table> {
        let frame = query.frame(&self.house, self.now());
        let scope = query.scope(&frame);
        let naming = report_tables::Naming::new(self.house.clone(), language);
        let (asked, cell) = (query.clone(), cell.clone());
        self.store
            .read(move |tx| -> Result<Table> {
                match asked.report.name {
                    "transfer" => {
                        let rows = store::report_rows::dispatches(tx, &scope)?;
                        report_lists::dispatches(&rows, &asked, &cell, &frame, &naming)
                    }
                    "callback" => {
                        let rows = callbacks_of(store::report_rows::callbacks(tx, &scope)?, &asked);
                        report_lists::callbacks(&rows, &asked, &cell, &frame, &naming)
                    }
                    "agreement" => {
                        let rows = report_agreement::rows(tx, &frame, &asked)?;
                        report_agreement::behind(&rows, &asked, &cell, &frame, &naming)
                    }
                    "dialogue" => {
                        let rows = store::report_rows::dialogues(tx, &scope)?;
                        report_dialogue::behind(&rows, &asked, &cell, &frame, &naming)
                    }
                    "equity" => {
                        let rows = report_equity::rows(tx, &scope, &naming)?;
                        report_equity::behind(&rows, &asked, &cell, &frame, &naming)
                    }
                    "themes" => {
                        let rows = report_themes::rows(tx, &scope, &frame, &naming)?;
                        report_themes::behind(&rows, &asked, &cell, &frame, &naming)
                    }
                    "publication" => Err(crate::Error::NotFound),
                    _ => {
                        let rows = store::report_rows::queue(tx, &scope)?;
                        report_lists::queue(&rows, &asked, &cell, &frame, &naming)
                    }
                }
            })
            .await
    }

    /// Notes in the audit trail that figures left the house, and why.
    pub async fn note_export(&self, query: &Query, actor: &str, format: &str) -> Result<()> {
        let (now, actor) = (self.now(), actor.to_owned());
        let asked: Vec<String> =
            query.pairs().into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        let object = format!("report:{}", query.report.name);
        let reason = format!("{format} {}", asked.join("&"));
        self.store
            .write(move |tx| -> Result<()> {
                Ok(audit::record(tx, now, &actor, "report-exported", &object, Some(&reason))?)
            })
            .await
    }
}

fn callbacks_of(mut rows: Vec<figures::CallbackRow>, query: &Query) -> Vec<figures::CallbackRow> {
    rows.retain(|row| query.purpose.as_ref().is_none_or(|purpose| *purpose == row.purpose));
    rows
}

impl Desk<Supervisor> {
    /// Fills a report.
    pub async fn report(&self, query: &Query) -> Result<Filled> {
        self.board.report(query, self.person().language.as_str()).await
    }

    /// Fills a report that leaves the house as a file; the audit trail says so first.
    pub async fn export_report(&self, query: &Query, format: &str) -> Result<Filled> {
        self.board.note_export(query, self.person().id.as_str(), format).await?;
        self.report(query).await
    }

    /// The rows behind a cell.
    pub async fn behind_report(&self, query: &Query, cell: &Behind) -> Result<Table> {
        self.board.behind(query, cell, self.person().language.as_str()).await
    }
}
