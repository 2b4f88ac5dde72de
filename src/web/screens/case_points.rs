//! The points of a case: what was told, how each is coded and was coded before, what that is called elsewhere, and the
//! forms to add, code and drop.

use std::collections::{BTreeMap, BTreeSet};

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use domain::directory::{Names, name_in};
use domain::{PointId, Role};
use switchboard::House;
use switchboard::case_course::ActionKind;
use switchboard::case_file::{CaseFile, Coding, Point};
use switchboard::points::{Axis, CATEGORY, Mapped, Payer, TypedPoint};

use super::case::find;
use super::{case_investigation, case_words};
use crate::auth::CaseDesk;
use crate::page::Page;
use crate::{Error, Result};

/// Everything about the points.
pub(super) struct Panel {
    pub(super) standing: Vec<PointView>,
    pub(super) dropped: Vec<PointView>,
    /// The form for a new point, where one may be added.
    pub(super) add: Option<AddForm>,
    /// Whose lists the codes are.
    pub(super) attributions: Vec<String>,
}

/// One point.
pub(super) struct PointView {
    pub(super) ordinal: i64,
    /// Message and text, in order.
    pub(super) facts: Vec<(String, String)>,
    pub(super) category: String,
    /// Where the agent chose another one.
    pub(super) suggested: Option<String>,
    pub(super) unclassified: bool,
    /// Name of the axis, the code in words, who coded it when from which list.
    pub(super) codes: Vec<(String, String, String)>,
    /// What the category is called in other systems.
    pub(super) elsewhere: Vec<ElsewhereView>,
    /// Every coding, oldest first.
    pub(super) history: Vec<String>,
    /// This person codes it a second time and must not see the first coding.
    pub(super) blind: bool,
    /// It came after the dialogue.
    pub(super) no_dialogue: bool,
    /// Number of the case that a merger brought it from.
    pub(super) brought_from: Option<String>,
    /// When and why, where it was dropped.
    pub(super) dropped: Option<(String, String)>,
    /// What may be coded now; empty: nothing.
    pub(super) axes: Vec<AxisField>,
    pub(super) may_drop: bool,
}

/// A category in another system.
pub(super) struct ElsewhereView {
    pub(super) text: String,
    pub(super) lossy: bool,
}

/// One axis to choose a code on.
pub(super) struct AxisField {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) hint: String,
    pub(super) groups: Vec<CodeGroup>,
}

/// Codes under one heading, which may be empty: code, name, whether it stands.
pub(super) struct CodeGroup {
    pub(super) heading: String,
    pub(super) codes: Vec<(String, String, bool)>,
}

/// What a new point is chosen from.
pub(super) struct AddForm {
    pub(super) institutions: Vec<(String, String)>,
    pub(super) payers: Vec<(String, String)>,
    pub(super) categories: Vec<(String, String)>,
}

/// The panel for this person.
pub(super) fn panel(at: &CaseDesk, file: &CaseFile) -> Panel {
    let (house, page) = (at.desk.house(), &at.page);
    let open: BTreeSet<ActionKind> = at.desk.open_actions(&file.view).into_iter().collect();
    let handler = at.desk.person().role == Role::Handler;
    let may = May {
        code: open.contains(&ActionKind::Recode),
        drop: open.contains(&ActionKind::DropPoint) && file.points.len() > 1,
        handler,
        today: at.desk.now().service_day(house.zone_of(&file.case.line)),
    };
    let payers = Payer::ALL.iter().map(|payer| payer.as_str());
    Panel {
        standing: file.points.iter().map(|point| view(house, page, file, point, &may)).collect(),
        dropped: file.dropped.iter().map(|point| view(house, page, file, point, &May::default())).collect(),
        add: open.contains(&ActionKind::AddPoint).then(|| AddForm {
            institutions: case_words::institutions(house, page),
            payers: case_words::choices(page, "intake-payer", payers),
            categories: case_words::categories_on(house, page, may.today),
        }),
        attributions: attributions(house, page, file),
    }
}

/// Why a point fell, where the house itself wrote down a code.
pub(super) fn why_dropped(page: &Page, reason: &str) -> Option<String> {
    match reason {
        "dialogue" => Some(page.t("point-dropped-in-dialogue")),
        "unmerged" => Some(page.t("point-dropped-unmerged")),
        _ => None,
    }
}

/// What this person may do to points now.
#[derive(Default)]
struct May {
    code: bool,
    drop: bool,
    handler: bool,
    /// Codes are taken from the lists of today.
    today: chrono::NaiveDate,
}

fn view(house: &House, page: &Page, file: &CaseFile, point: &Point, may: &May) -> PointView {
    let blind = file.blind.contains(&point.id);
    let of = |coding: &&Coding| coding.point == point.id;
    let current = current(file, point);
    let day = day_of(house, file);
    let suggested = point.suggested.as_deref().filter(|code| *code != point.category);
    let why = point.drop_reason.clone().unwrap_or_default();
    let why = why_dropped(page, &why).unwrap_or(why);
    let elsewhere = house.crosswalks.of(&point.category, day);
    let original = point.original.as_ref().and_then(|(case, _)| file.others.get(case.as_str()));
    PointView {
        ordinal: point.ordinal,
        facts: facts(house, page, file, point),
        category: case_words::category(house, page, &point.category),
        suggested: suggested.map(|code| case_words::category(house, page, code)),
        unclassified: point.category.is_empty() && !blind,
        codes: current
            .values()
            .filter(|coding| coding.axis != CATEGORY)
            .map(|coding| code_view(house, page, file, coding))
            .collect(),
        elsewhere: elsewhere.iter().map(|mapped| elsewhere_view(house, page, mapped)).collect(),
        history: file.codings.iter().filter(of).map(|coding| line(house, page, file, coding)).collect(),
        blind,
        no_dialogue: point.no_dialogue,
        brought_from: original.map(ToString::to_string),
        dropped: point.dropped_at.map(|at| (page.time(&at), why)),
        axes: if may.code && !blind {
            axes(house, page, may.today, &current, may.handler)
        } else {
            Vec::new()
        },
        may_drop: may.drop,
    }
}

/// The day that decides which version of a map holds: that of the receipt.
fn day_of(house: &House, file: &CaseFile) -> chrono::NaiveDate {
    file.case.received_at.service_day(house.zone_of(&file.case.line))
}

/// The coding that stands on each axis of a point.
fn current<'f>(file: &'f CaseFile, point: &Point) -> BTreeMap<&'f str, &'f Coding> {
    let of_point = file.codings.iter().filter(|coding| coding.point == point.id);
    let mut current: BTreeMap<&str, &Coding> =
        of_point.map(|coding| (coding.axis.as_str(), coding)).collect();
    current.retain(|_, coding| !coding.code.is_empty());
    current
}

fn facts(house: &House, page: &Page, file: &CaseFile, point: &Point) -> Vec<(String, String)> {
    let known = |text: &Option<String>| text.clone().unwrap_or_else(|| page.t("case-unknown"));
    let institution = point.institution.as_deref().map(|code| institution(house, page, code));
    let mut facts = vec![
        ("case-point-institution", known(&institution)),
        ("case-point-place", known(&point.place)),
        ("case-point-happened", known(&point.happened)),
        ("case-point-persons", known(&point.persons)),
    ];
    let payer = point.payer.as_deref().map(|code| page.tc("intake-payer", code));
    facts.extend(payer.map(|payer| ("case-point-payer", payer)));
    facts.push(("case-point-words", point.own_words.clone()));
    facts.extend(point.harm.clone().map(|harm| ("case-point-harm", harm)));
    facts.extend(point.finding.as_deref().map(|code| ("case-point-finding", page.tc("finding", code))));
    facts.extend(
        case_investigation::rests_on(house, page, file, point).map(|text| ("case-point-rests-on", text)),
    );
    let kind = point.outcome_kind.as_deref().map(|code| page.tc("outcome", code));
    let outcome = kind.zip(point.outcome.as_ref()).map(|(kind, outcome)| format!("{kind}: {outcome}"));
    facts.extend(outcome.map(|outcome| ("case-point-outcome", outcome)));
    facts.into_iter().map(|(id, text)| (page.t(id), text)).collect()
}

/// Name of an institution; one that has ended says until when it was there.
fn institution(house: &House, page: &Page, code: &str) -> String {
    let name = case_words::institution(house, page, code);
    match house.directory.institution(code).and_then(|one| one.valid_to) {
        Some(last) => format!("{name} ({})", page.tv("point-institution-until", "day", page.date(last))),
        None => name,
    }
}

/// A code in words; one that nobody knows any more stands as it is.
pub(super) fn code_words(house: &House, page: &Page, axis: &str, system: &str, code: &str) -> String {
    if code.is_empty() {
        return page.t("point-code-none");
    }
    if axis == CATEGORY {
        return case_words::category(house, page, code);
    }
    let value = house.axes.value(system, code);
    value.map_or_else(|| code.to_owned(), |value| name_in(&value.names, page.lang()).to_owned())
}

/// Name of an axis.
pub(super) fn axis_words(house: &House, page: &Page, axis: &str) -> String {
    if axis == CATEGORY {
        return page.t("case-point-category");
    }
    let found = house.axes.axis(axis);
    found.map_or_else(|| axis.to_owned(), |found| name_in(&found.names, page.lang()).to_owned())
}

fn code_view(house: &House, page: &Page, file: &CaseFile, coding: &Coding) -> (String, String, String) {
    let by = page.texts(
        "point-code-by",
        &[
            ("coder", coder(page, file, coding)),
            ("time", page.time(&coding.at)),
            ("version", coding.version.clone()),
        ],
    );
    let code = code_words(house, page, &coding.axis, &coding.system, &coding.code);
    (axis_words(house, page, &coding.axis), code, by)
}

fn coder(page: &Page, file: &CaseFile, coding: &Coding) -> String {
    let known = file.names.get(coding.coder.as_str()).cloned();
    known.unwrap_or_else(|| page.t("case-history-house"))
}

fn line(house: &House, page: &Page, file: &CaseFile, coding: &Coding) -> String {
    let words = |code: &str| code_words(house, page, &coding.axis, &coding.system, code);
    let axis = axis_words(house, page, &coding.axis);
    let change = match &coding.before {
        Some(before) => format!("{axis}: {} → {}", words(before), words(&coding.code)),
        None => format!("{axis}: {}", words(&coding.code)),
    };
    let mut parts = vec![page.time(&coding.at), coder(page, file, coding), change];
    parts.extend(coding.reason.clone());
    parts.push(page.tv("point-code-version", "version", &coding.version));
    parts.join(" · ")
}

fn elsewhere_view(house: &House, page: &Page, mapped: &Mapped) -> ElsewhereView {
    let system = house.axes.versions(&mapped.system).next();
    let system =
        system.map_or(mapped.system.as_str(), |system| name_in(&system.names, page.lang())).to_owned();
    let code = code_words(house, page, "", &mapped.system, &mapped.code);
    let values = [("system", system), ("code", code), ("version", mapped.version.clone())];
    ElsewhereView { text: page.texts("point-elsewhere", &values), lossy: mapped.lossy }
}

/// The axes that may be coded, with the codes of today and the one that stands.
fn axes(
    house: &House,
    page: &Page,
    day: chrono::NaiveDate,
    current: &BTreeMap<&str, &Coding>,
    handler: bool,
) -> Vec<AxisField> {
    let stands = |axis: &str| current.get(axis).map_or("", |coding| coding.code.as_str());
    let mut fields = Vec::new();
    if !handler {
        fields.push(category_field(house, page, day, stands(CATEGORY)));
    }
    let open = house.axes.all().iter().filter(|axis| !handler || axis.by_department);
    fields.extend(open.map(|axis| axis_field(house, page, axis, day, stands(&axis.code))));
    fields
}

/// The category as an axis; one that stands is there though it is not given any more.
pub(super) fn category_field(house: &House, page: &Page, day: chrono::NaiveDate, stands: &str) -> AxisField {
    let mut all = case_words::categories_on(house, page, day);
    if !stands.is_empty() && all.iter().all(|(code, _)| code != stands) {
        all.push((stands.to_owned(), case_words::category(house, page, stands)));
    }
    let all = all.into_iter();
    let all = all.map(|(code, name)| {
        let stand = code == stands;
        (code, name, stand)
    });
    AxisField {
        code: CATEGORY.to_owned(),
        name: page.t("case-point-category"),
        hint: String::new(),
        groups: vec![CodeGroup { heading: String::new(), codes: all.collect() }],
    }
}

/// One axis with the codes of `day`, under their headings.
pub(super) fn axis_field(
    house: &House,
    page: &Page,
    axis: &Axis,
    day: chrono::NaiveDate,
    stands: &str,
) -> AxisField {
    let named = |names: &Names| name_in(names, page.lang()).to_owned();
    let mut groups: Vec<CodeGroup> = Vec::new();
    let values = house.axes.system_on(&axis.system, day).map(|system| system.values.as_slice());
    for value in values.unwrap_or_default() {
        let heading = value.group.as_ref().map(named).unwrap_or_default();
        let entry = (value.code.clone(), named(&value.names), value.code == stands);
        match groups.last_mut().filter(|last| last.heading == heading) {
            Some(group) => group.codes.push(entry),
            None => groups.push(CodeGroup { heading, codes: vec![entry] }),
        }
    }
    AxisField { code: axis.code.clone(), name: named(&axis.names), hint: named(&axis.hint), groups }
}

/// Whose lists the codes of this case are from, each once.
fn attributions(house: &House, page: &Page, file: &CaseFile) -> Vec<String> {
    let day = day_of(house, file);
    let mapped = file.points.iter().flat_map(|point| house.crosswalks.of(&point.category, day));
    let mut systems: BTreeSet<String> = mapped.map(|mapped| mapped.system).collect();
    systems.extend(file.codings.iter().map(|coding| coding.system.clone()));
    let told: BTreeSet<String> = systems
        .iter()
        .filter_map(|system| house.axes.versions(system).next())
        .map(|system| name_in(&system.attribution, page.lang()).to_owned())
        .collect();
    told.into_iter().collect()
}

type Fields = Form<Vec<(String, String)>>;

fn text(fields: &[(String, String)], name: &str) -> String {
    let found = fields.iter().find(|(key, _)| key == name);
    found.map_or_else(String::new, |(_, value)| value.trim().to_owned())
}

fn version(fields: &[(String, String)]) -> Result<i64> {
    text(fields, "version").parse().map_err(|_| Error::Unreadable("version".to_owned()))
}

/// The codes that were chosen: fields `axis-…`.
pub(super) fn chosen(fields: &[(String, String)]) -> BTreeMap<String, String> {
    let axes = fields.iter().filter_map(|(name, code)| Some((name.strip_prefix("axis-")?, code)));
    axes.map(|(axis, code)| (axis.to_owned(), code.trim().to_owned())).collect()
}

/// Adds a point.
pub async fn add(at: CaseDesk, Path(number): Path<String>, Form(fields): Fields) -> Result<Response> {
    let id = find(&at, &number).await?;
    let payer = text(&fields, "payer");
    let payer = match payer.as_str() {
        "" => None,
        code => Some(code.parse().map_err(|_| Error::Unreadable(at.page.t("case-point-payer")))?),
    };
    let typed = TypedPoint {
        institution: text(&fields, "institution"),
        place: text(&fields, "place"),
        persons: text(&fields, "persons"),
        happened: text(&fields, "happened"),
        payer,
        own_words: text(&fields, "own_words"),
        harm: text(&fields, "harm"),
        category: text(&fields, "category"),
    };
    at.desk.add_point(&id, version(&fields)?, typed).await?;
    Ok(at.page.done(&format!("/cases/{number}#points")))
}

/// Takes a point off.
pub async fn take_off(
    at: CaseDesk,
    Path((number, ordinal)): Path<(String, i64)>,
    Form(fields): Fields,
) -> Result<Response> {
    let id = find(&at, &number).await?;
    let point = numbered(&at.desk.case_file(&id).await?, ordinal)?;
    at.desk.drop_point(&id, version(&fields)?, &point, &text(&fields, "reason")).await?;
    Ok(at.page.done(&format!("/cases/{number}#points")))
}

/// Codes a point, or codes it anew.
pub async fn code(
    at: CaseDesk,
    Path((number, ordinal)): Path<(String, i64)>,
    Form(fields): Fields,
) -> Result<Response> {
    let id = find(&at, &number).await?;
    let point = numbered(&at.desk.case_file(&id).await?, ordinal)?;
    let (codes, reason) = (chosen(&fields), text(&fields, "reason"));
    at.desk.code_point(&id, version(&fields)?, &point, codes, &reason).await?;
    Ok(at.page.done(&format!("/cases/{number}#point-{ordinal}")))
}

fn numbered(file: &CaseFile, ordinal: i64) -> Result<PointId> {
    let found = file.points.iter().find(|point| point.ordinal == ordinal);
    found.map(|point| point.id.clone()).ok_or(Error::NotFound)
}
