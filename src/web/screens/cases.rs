//! The list of cases: a handler's own department, or all of them for agents and supervisors.

use askama::Template;
use axum::Form;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use domain::directory::name_in;
use domain::{CaseNumber, PhoneNumber, RequestType, Role, Timestamp};
use serde::Deserialize;
use switchboard::case_file::{
    CaseLine, CaseList, CaseStatus, Filter, MOST_COUNTED, PAGE, overdue_band, start_of,
};
use switchboard::{Error, House};

use super::case_words::{self, DueWords, due_words};
use crate::Result;
use crate::auth::CaseDesk;
use crate::page::{Page, html};

/// The filter as it stands in the address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    status: String,
    due: String,
    request_type: String,
    category: String,
    institution: String,
    department: String,
    from: String,
    to: String,
    page: i64,
}

#[derive(Template)]
#[template(path = "cases.html", blocks = ["list"])]
struct Cases {
    page: Page,
    title: String,
    asked: Asked,
    /// Waiting to be dispatched again; handlers have none.
    returned: Option<Vec<Row>>,
    /// With a handler's department as co-handler.
    helping: Vec<Row>,
    rows: Vec<Row>,
    count: i64,
    /// There are more than were counted.
    many: bool,
    statuses: Vec<(String, String)>,
    types: Vec<(String, String)>,
    categories: Vec<(String, String)>,
    departments: Vec<(String, String)>,
    earlier: Option<String>,
    later: Option<String>,
    source: String,
    /// A line here has dialogues.
    dialogues: bool,
}

struct Row {
    number: String,
    received: String,
    subject: String,
    urgent: bool,
    institution: String,
    department: String,
    status: String,
    due: DueWords,
    /// How much of the time has passed, where somebody was warned of it; how late it is, where it is late.
    warned: String,
    /// Evidence that may be overwritten: until when somebody must say that it is kept.
    preserve: Option<(String, &'static str)>,
    reason: String,
}

/// The list.
pub async fn show(
    at: CaseDesk,
    Query(asked): Query<Asked>,
    headers: axum::http::HeaderMap,
) -> Result<Response> {
    let list = at.desk.case_list(filter(&asked, &at.page, at.desk.now()), asked.page).await?;
    let returned = match at.desk.person().role {
        Role::Handler => None,
        _ => Some(at.desk.case_list(returned(), 0).await?),
    };
    let helping = match at.desk.person().role {
        Role::Handler => at.desk.helping_list().await?.lines,
        _ => Vec::new(),
    };
    let view = view(&at, asked, list, returned, helping);
    if headers.contains_key("x-fragment") { html(&view.as_list()) } else { html(&view) }
}

/// What is searched by: it stands in the body, since a telephone number must not stand in an address.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    wanted: String,
}

/// Leads to the case of a number, or lists the cases of a telephone.
pub async fn search(at: CaseDesk, Form(Wanted { wanted }): Form<Wanted>) -> Result<Response> {
    if let Ok(number) = CaseNumber::parse(&wanted) {
        return Ok(Redirect::to(&format!("/cases/{number}")).into_response());
    }
    let phone = PhoneNumber::parse(&wanted).map_err(|_| Error::refused("refused-search-not-a-number"))?;
    let list = at.desk.cases_of_phone(&phone).await?;
    html(&view(&at, Asked { status: "any".to_owned(), ..Asked::default() }, list, None, Vec::new()))
}

fn view(
    at: &CaseDesk,
    asked: Asked,
    list: CaseList,
    returned: Option<CaseList>,
    helping: Vec<CaseLine>,
) -> Cases {
    let (house, page, now) = (at.desk.house(), &at.page, at.desk.now());
    let handler = at.desk.person().role == Role::Handler;
    let row = |line: CaseLine| row(house, page, line, now);
    let own = at.desk.person().department.as_deref().filter(|_| handler);
    Cases {
        title: own.map_or_else(
            || page.t("cases-title"),
            |code| page.tv("cases-of-department", "department", case_words::department(house, page, code)),
        ),
        returned: returned.map(|list| list.lines.into_iter().map(row).collect()),
        helping: helping.into_iter().map(row).collect(),
        count: list.count,
        many: list.count > MOST_COUNTED,
        statuses: case_words::choices(page, "case-status", CaseStatus::ALL.iter().map(|one| one.as_str())),
        types: case_words::choices(
            page,
            "report-request-type",
            RequestType::ALL.iter().map(|one| one.as_str()),
        ),
        categories: case_words::categories(house, page),
        departments: if handler { Vec::new() } else { case_words::departments(house, page) },
        earlier: (list.page > 0).then(|| asked.address(list.page - 1)),
        later: ((list.page + 1) * PAGE < list.count).then(|| asked.address(list.page + 1)),
        source: asked.address(list.page),
        rows: list.lines.into_iter().map(row).collect(),
        asked,
        dialogues: house.lines.values().any(|line| house.dialogues.get(&line.profile).is_some()),
        page: at.page.clone(),
    }
}

fn returned() -> Filter {
    Filter { statuses: vec![CaseStatus::Returned.as_str().to_owned()], ..Filter::default() }
}

fn filter(asked: &Asked, page: &Page, now: Timestamp) -> Filter {
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let day = |text: &str| text.parse::<NaiveDate>().ok().map(|day| day.to_string());
    let status: Option<CaseStatus> = asked.status.parse().ok();
    let tomorrow = now.service_day(page.zone()).succ_opt();
    Filter {
        helping: None,
        department: given(&asked.department),
        statuses: status.map(|status| status.as_str().to_owned()).into_iter().collect(),
        due_before: match asked.due.as_str() {
            "overdue" => Some(now),
            "today" => tomorrow.map(|day| start_of(day, page.zone())),
            _ => None,
        },
        request_type: given(&asked.request_type),
        category: given(&asked.category),
        institution: given(&asked.institution),
        from_day: day(&asked.from),
        to_day: day(&asked.to),
        open: status.is_none() && asked.status != "any",
        phone: None,
        not_for: None,
    }
}

fn row(house: &House, page: &Page, line: CaseLine, now: Timestamp) -> Row {
    let case = line.case;
    let page = &page.of_line(house, &case.line);
    let point = line.first_point.as_ref();
    let kind = page.tc("report-request-type", &case.request_type);
    let category = point.map(|point| case_words::category(house, page, &point.category));
    let institution = point.and_then(|point| point.institution.as_deref());
    let reason = line.dispatch.and_then(|dispatch| dispatch.return_reason).unwrap_or_default();
    Row {
        number: case.number.to_string(),
        received: page.time(&case.received_at),
        subject: category.map_or_else(|| kind.clone(), |category| format!("{kind} · {category}")),
        urgent: case.urgent,
        institution: institution.map(|code| case_words::institution(house, page, code)).unwrap_or_default(),
        department: case
            .department
            .as_deref()
            .map_or_else(|| page.t("case-fact-nobody"), |code| case_words::department(house, page, code)),
        status: page.tc("case-status", &case.status),
        due: due_words(page, case.due_at, case.answered_at.or(case.closed_at), now),
        warned: match (overdue_band(house, &case, now), line.warned) {
            (Some(band), _) => name_in(&band.names, page.lang()).to_owned(),
            (None, Some(percent)) => page.tn("cases-warned", "percent", percent),
            (None, None) => String::new(),
        },
        preserve: line.preserve_by.map(|by| {
            let id = if by < now { "cases-preserve-overdue" } else { "cases-preserve" };
            (page.tv(id, "moment", page.time(&by)), if by < now { "bad" } else { "warn" })
        }),
        reason: return_reason(page, &reason),
    }
}

/// `code: remark`, with the code in words.
fn return_reason(page: &Page, stored: &str) -> String {
    match stored.split_once(": ") {
        Some((code, remark)) => format!("{}: {remark}", page.tc("return", code)),
        None => stored.to_owned(),
    }
}

impl Asked {
    /// The same filter, another page of it.
    fn address(&self, page: i64) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let pairs = [
            ("status", &self.status),
            ("due", &self.due),
            ("request_type", &self.request_type),
            ("category", &self.category),
            ("institution", &self.institution),
            ("department", &self.department),
            ("from", &self.from),
            ("to", &self.to),
        ];
        for (name, value) in pairs {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        if page > 0 {
            query.append_pair("page", &page.to_string());
        }
        let query = query.finish();
        if query.is_empty() { "/cases".to_owned() } else { format!("/cases?{query}") }
    }
}
