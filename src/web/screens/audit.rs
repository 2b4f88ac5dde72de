//! The audit trail for supervisors and administrators: searched by person, deed, kind of record, case and period; page by
//! page, and as a file.

use askama::Template;
use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use domain::CaseNumber;
use serde::Deserialize;
use switchboard::audit::HOUSE;
use switchboard::audit_trail::{DEEDS, Entry, KINDS, Search, Trail, TrailOrder, mark};
use switchboard::reports::figures::csv_text::{CsvStyle, csv_text};
use switchboard::reports::figures::table::{Column, Title};
use switchboard::reports::figures::{Cell, Period, Table, TableRow};

use super::case_words;
use crate::auth::OverseerDesk;
use crate::page::{Page, html};
use crate::report_words::Speaker;
use crate::{Error, Result};

#[derive(Template)]
#[template(path = "audit.html")]
struct Screen {
    page: Page,
    asked: Asked,
    people: Vec<(String, String)>,
    deeds: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    rows: Vec<RowView>,
    /// What was asked, as an address.
    address: String,
    older: Option<String>,
}

struct RowView {
    ordinal: i64,
    when: String,
    who: String,
    deed: String,
    /// What it was about, with an address where there is one.
    about: Vec<(String, Option<String>)>,
    reason: String,
}

/// What the address asks.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    person: String,
    deed: String,
    kind: String,
    case: String,
    from: String,
    to: String,
    behind: String,
}

impl Asked {
    fn pairs(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let all = [
            ("person", &self.person),
            ("deed", &self.deed),
            ("kind", &self.kind),
            ("case", &self.case),
            ("from", &self.from),
            ("to", &self.to),
        ];
        all.into_iter().map(|(name, text)| (name, text.trim())).filter(|(_, text)| !text.is_empty())
    }

    /// What was asked, without the place on the list.
    fn address(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.pairs());
        query.finish()
    }

    fn told(&self) -> String {
        let pairs: Vec<String> = self.pairs().map(|(name, text)| format!("{name}={text}")).collect();
        format!("csv {}", pairs.join("&"))
    }
}

/// The page.
pub async fn show(at: OverseerDesk, Query(asked): Query<Asked>) -> Result<Response> {
    let trail = at.desk.audit_trail(order(&at.page, &asked)?).await?;
    let page = &at.page;
    let address = asked.address();
    let house = [(HOUSE.to_owned(), page.t("audit-house"))];
    let people = trail.people.iter().map(|person| (person.id.to_string(), person.name.clone()));
    html(&Screen {
        people: house.into_iter().chain(people).collect(),
        deeds: case_words::choices(page, "audit-deed", DEEDS.into_iter()),
        kinds: case_words::choices(page, "audit-kind", KINDS.into_iter()),
        rows: trail.rows.iter().map(|row| view(page, &trail, row)).collect(),
        older: trail
            .behind()
            .map(|(moment, ordinal)| format!("/audit?{address}&behind={}-{ordinal}", moment.0)),
        address,
        asked,
        page: at.page.clone(),
    })
}

/// The rows as a file.
pub async fn csv(at: OverseerDesk, Query(asked): Query<Asked>) -> Result<Response> {
    let mut order = order(&at.page, &asked)?;
    order.search.behind = None;
    let trail = at.desk.export_audit_trail(order, asked.told()).await?;
    let text = csv_text(
        &table(&at.page, &trail),
        &Speaker::new(at.page.lang(), &at.desk.house().targets),
        CsvStyle::default(),
    );
    let text = text.map_err(|error| Error::Broken(error.to_string()))?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\""),
    ];
    Ok((headers, text).into_response())
}

fn order(page: &Page, asked: &Asked) -> Result<TrailOrder> {
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let day = |text: &str, field: &str| {
        let read = |text: String| text.parse::<NaiveDate>().map_err(|_| Error::Unreadable(field.to_owned()));
        given(text).map(read).transpose()
    };
    let moments = |day: NaiveDate| Period { from: day, to: day }.moments(page.zone());
    let unreadable = |_| Error::Unreadable("case".to_owned());
    Ok(TrailOrder {
        case: given(&asked.case).map(|text| CaseNumber::parse(&text).map_err(unreadable)).transpose()?,
        search: Search {
            actor: given(&asked.person),
            action: given(&asked.deed),
            kind: given(&asked.kind),
            things: None,
            from: day(&asked.from, "from")?.map(|day| moments(day).0),
            until: day(&asked.to, "to")?.map(|day| moments(day).1),
            behind: mark(&asked.behind)?,
        },
    })
}

fn view(page: &Page, trail: &Trail, row: &Entry) -> RowView {
    RowView {
        ordinal: row.ordinal,
        when: page.time(&row.at),
        who: who(page, trail, &row.actor),
        deed: deed(page, &row.action),
        about: row.object.split_whitespace().map(|thing| about(page, trail, thing)).collect(),
        reason: row.reason.clone().unwrap_or_default(),
    }
}

fn who(page: &Page, trail: &Trail, id: &str) -> String {
    if id == HOUSE {
        return page.t("audit-house");
    }
    let found = trail.people.iter().find(|person| person.id.as_str() == id);
    found.map_or_else(|| id.to_owned(), |person| person.name.clone())
}

/// A deed of an older edition stands as it was written.
fn deed(page: &Page, action: &str) -> String {
    if DEEDS.contains(&action) { page.tc("audit-deed", action) } else { action.to_owned() }
}

fn about(page: &Page, trail: &Trail, thing: &str) -> (String, Option<String>) {
    let (kind, id) = thing.split_once(':').unwrap_or((thing, ""));
    if let Some((_, number)) = trail.cases.iter().find(|(known, _)| kind == "case" && known == id) {
        return (number.to_string(), Some(format!("/cases/{number}")));
    }
    let name = if KINDS.contains(&kind) { page.tc("audit-kind", kind) } else { kind.to_owned() };
    let known = trail.people.iter().find(|person| kind == "person" && person.id.as_str() == id);
    let which = known.map_or(id, |person| person.name.as_str());
    (format!("{name} {which}"), None)
}

fn table(page: &Page, trail: &Trail) -> Table {
    let line = |row: &Entry| {
        let seen = view(page, trail, row);
        let about: Vec<String> = seen.about.into_iter().map(|(text, _)| text).collect();
        let texts = [
            seen.who,
            seen.deed,
            about.join("; "),
            seen.reason,
            row.action.clone(),
            row.object.clone(),
            row.hash.clone(),
        ];
        let mut cells =
            vec![Cell::Count(u64::try_from(row.ordinal).unwrap_or_default()), Cell::Moment(Some(row.at))];
        cells.extend(texts.map(Cell::Text));
        TableRow { key: row.ordinal.to_string(), cells }
    };
    let ids = ["ordinal", "when", "who", "deed", "about", "reason", "deed-code", "object", "hash"];
    let column = |id: &str| Column { title: Title::Message(format!("audit-{id}")), ..Column::naming(id) };
    Table {
        id: "audit".to_owned(),
        columns: ids.map(column).into(),
        rows: trail.rows.iter().map(line).collect(),
        total: None,
        notes: Vec::new(),
        zone: page.zone(),
    }
}
