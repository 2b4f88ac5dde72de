//! What else may be done to a case: one form for each action that is open to this person now, with what it needs. The
//! forms follow the table of the lifecycle; the rules refuse what comes too late.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use domain::directory::name_in;
use domain::{CaseNumber, PersonId, Role, Timestamp};
use switchboard::case_course::{
    Action, ActionKind, AutopsyOutcome, Ground, PauseReason, Relation, StatedBy, Withdrawal,
};
use switchboard::case_file::{CaseFile, Duty, Law, StartEvent, at_local, start_of};
use switchboard::feedback::Channel;

use super::case::find;
use super::{case_inquiries, case_words};
use crate::auth::CaseDesk;
use crate::page::Page;
use crate::{Error, Result};

/// One form.
pub(super) struct CourseForm {
    pub(super) code: &'static str,
    pub(super) title: String,
    /// What it means, where the title does not say it.
    pub(super) hint: String,
    pub(super) danger: bool,
    /// Needed in few cases: folded away behind the others.
    pub(super) rare: bool,
    pub(super) fields: Vec<Field>,
}

/// One field of a form.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) label: String,
    /// text, line, number, date, moment, select, check.
    pub(super) kind: &'static str,
    pub(super) options: Vec<(String, String)>,
    pub(super) required: bool,
}

/// From this severity on (1 slight to 4 most serious) a death is likely enough to be asked about.
const GRAVE: i64 = 4;

/// Actions that have forms of their own, or that only the house or the dialogue does.
const ELSEWHERE: [ActionKind; 23] = [
    ActionKind::Classify,
    ActionKind::AddPoint,
    ActionKind::DropPoint,
    ActionKind::Recode,
    ActionKind::Dispatch,
    ActionKind::Redispatch,
    ActionKind::Designate,
    ActionKind::SignFor,
    ActionKind::Return,
    ActionKind::LogStep,
    ActionKind::Answer,
    ActionKind::SendBack,
    ActionKind::FeedBack,
    ActionKind::WaiveFeedback,
    ActionKind::GiveRouteNotice,
    ActionKind::WaiveRouteNotice,
    ActionKind::FinishFollowUp,
    ActionKind::FollowUpUnreached,
    ActionKind::Close,
    ActionKind::Reopen,
    ActionKind::EnterDialogue,
    ActionKind::LeaveDialogue,
    ActionKind::IssueLetter,
];

/// Every form that stands on the page now.
pub(super) fn forms(at: &CaseDesk, file: &CaseFile) -> Vec<CourseForm> {
    let open = at.desk.open_actions(&file.view).into_iter();
    open.filter(|action| {
        has_form(*action) && !case_inquiries::is_one(*action) && makes_sense(at, *action, file)
    })
    .filter(|action| *action != ActionKind::ApproveExtension || approves(at, file))
    .map(|action| form(at, file, action))
    .collect()
}

/// Whether it has a form here.
pub(super) fn has_form(action: ActionKind) -> bool {
    let elsewhere = [ActionKind::Escalate, ActionKind::Absorb, ActionKind::Unmerge];
    !ELSEWHERE.contains(&action) && !elsewhere.contains(&action)
}

/// Whether it is needed in few cases only.
fn is_rare(action: ActionKind) -> bool {
    matches!(
        action,
        ActionKind::Withdraw
            | ActionKind::Forward
            | ActionKind::WaiveFollowUp
            | ActionKind::AskTermination
            | ActionKind::HandOver
            | ActionKind::NoteDeath
            | ActionKind::Link
            | ActionKind::Merge
            | ActionKind::Release
            | ActionKind::Split
            | ActionKind::DropCoHandler
    )
}

/// The form that notes a death, where one is likely: it stands with the facts. In other cases it is a rare one.
pub(super) fn death(at: &CaseDesk, file: &CaseFile) -> Option<CourseForm> {
    let open = at.desk.open_actions(&file.view).contains(&ActionKind::NoteDeath);
    (open && counts_from_death(at, file) && is_grave(file)).then(|| form(at, file, ActionKind::NoteDeath))
}

/// A limit of this case would be counted from a death.
fn counts_from_death(at: &CaseDesk, file: &CaseFile) -> bool {
    let own = |law: &Law| law.profile.as_ref().is_none_or(|profile| *profile == file.case.profile);
    let counted = |law: &Law| law.start == StartEvent::Death && own(law);
    at.desk.house().laws.all().iter().any(counted) && file.case.request_type == "complaint"
}

/// A death was told already, or the matter is as serious as can be.
fn is_grave(file: &CaseFile) -> bool {
    let told = file.unstarted.contains(&Duty::Autopsy);
    told || file.clocks.iter().any(|clock| clock.duty == Duty::Autopsy) || file.case.severity >= GRAVE
}

/// Whether what it needs beforehand is there.
fn makes_sense(at: &CaseDesk, action: ActionKind, file: &CaseFile) -> bool {
    let view = &file.view;
    match action {
        ActionKind::Release => !view.absorbed.is_empty(),
        ActionKind::DropCoHandler => !view.co_handlers.is_empty(),
        ActionKind::ComplainantGave => view.information_asked.is_some(),
        ActionKind::Resume => view.information_asked.is_none(),
        ActionKind::Extend => view.extension.asked.is_none(),
        ActionKind::ApproveExtension => view.extension.asked.is_some(),
        ActionKind::AskTermination => view.termination_asked.is_none(),
        ActionKind::Terminate | ActionKind::RefuseTermination => view.termination_asked.is_some(),
        ActionKind::Split => view.points.len() > 1,
        ActionKind::NoteDeath => counts_from_death(at, file) && !is_grave(file),
        ActionKind::SettleAutopsy => {
            file.clocks.iter().any(|clock| clock.duty == Duty::Autopsy && clock.met_at.is_none())
        }
        _ => true,
    }
}

/// Whether the law of the answer's clock names this person's role among those who approve more time.
fn approves(at: &CaseDesk, file: &CaseFile) -> bool {
    let answer = file.clocks.iter().find(|clock| clock.duty == Duty::Answer);
    let due = answer.and_then(|clock| clock.due.as_ref());
    let law = due.and_then(|due| at.desk.house().laws.all().iter().find(|law| law.id == due.law));
    let rule = law.and_then(|law| law.extension.as_ref());
    rule.is_some_and(|rule| rule.approvers.contains(&at.desk.person().role))
}

pub(super) fn form(at: &CaseDesk, file: &CaseFile, action: ActionKind) -> CourseForm {
    let page = &at.page;
    let danger = matches!(
        action,
        ActionKind::Withdraw
            | ActionKind::Terminate
            | ActionKind::RefuseAcceptance
            | ActionKind::Merge
            | ActionKind::Archive
    );
    CourseForm {
        code: action.as_str(),
        title: page.tc("course", action),
        hint: page.known("course-hint", action.as_str()).unwrap_or_default(),
        danger,
        rare: is_rare(action),
        fields: match case_inquiries::is_one(action) {
            true => case_inquiries::fields(at, file, action),
            false => fields(at, file, action),
        },
    }
}

pub(super) fn field(page: &Page, name: &'static str, kind: &'static str) -> Field {
    let label = page.t(&format!("course-field-{name}"));
    Field { name, label, kind, options: Vec::new(), required: !matches!(kind, "check") }
}

pub(super) fn choice(page: &Page, name: &'static str, options: Vec<(String, String)>) -> Field {
    Field { options, ..field(page, name, "select") }
}

pub(super) fn optional(field: Field) -> Field {
    Field { required: false, ..field }
}

fn autopsy_outcomes(page: &Page) -> Vec<(String, String)> {
    case_words::choices(page, "autopsy-outcome", AutopsyOutcome::ALL.iter().map(|one| one.as_str()))
}

fn fields(at: &CaseDesk, file: &CaseFile, action: ActionKind) -> Vec<Field> {
    let (page, house) = (&at.page, at.desk.house());
    let words = || field(page, "words", "text");
    let number = || field(page, "number", "line");
    let codes =
        |prefix: &str, codes: &[&'static str]| case_words::choices(page, prefix, codes.iter().copied());
    let channels = || {
        let all: Vec<_> = Channel::ALL.iter().map(|one| one.as_str()).collect();
        choice(page, "channel", codes("channel", &all))
    };
    match action {
        ActionKind::CoHandlerSign | ActionKind::Archive => Vec::new(),
        ActionKind::AddCoHandler => vec![
            choice(page, "department", case_words::departments(house, page)),
            words(),
            optional(field(page, "date", "date")),
        ],
        ActionKind::DropCoHandler => {
            let named = |code: &String| (code.clone(), case_words::department(house, page, code));
            let helping = file.view.co_handlers.iter().map(|one| named(&one.department)).collect();
            vec![choice(page, "department", helping), words()]
        }
        ActionKind::Suspend => {
            let all: Vec<_> = PauseReason::ALL.iter().map(|one| one.as_str()).collect();
            vec![choice(page, "pause", codes("pause", &all)), words()]
        }
        ActionKind::AskComplainant => vec![words(), field(page, "date", "date")],
        ActionKind::Supervise => vec![words(), optional(field(page, "date", "date"))],
        ActionKind::Extend => vec![field(page, "units", "number"), words()],
        ActionKind::ApproveExtension => {
            vec![choice(page, "decision", codes("course-extension", &["granted", "refused"])), words()]
        }
        ActionKind::ReviewNonAcceptance => {
            vec![choice(page, "decision", codes("course-review", &["upheld", "taken_up"])), words()]
        }
        ActionKind::Terminate => {
            vec![field(page, "audit", "text"), field(page, "explanation", "text"), channels()]
        }
        ActionKind::Withdraw => {
            let all: Vec<_> = StatedBy::ALL.iter().map(|one| one.as_str()).collect();
            vec![
                field(page, "statement", "text"),
                choice(page, "by", codes("stated-by", &all)),
                channels(),
                field(page, "informed", "check"),
            ]
        }
        ActionKind::Forward => vec![field(page, "authority", "line"), field(page, "package", "line")],
        ActionKind::RefuseAcceptance => {
            let named =
                |ground: &Ground| (ground.code.clone(), name_in(&ground.names, page.lang()).to_owned());
            let grounds = house.grounds.of(&file.case.profile).map(named).collect();
            vec![choice(page, "ground", grounds), optional(field(page, "advice", "text"))]
        }
        ActionKind::NoteDeath => vec![field(page, "moment", "moment")],
        ActionKind::SettleAutopsy => {
            vec![choice(page, "outcome", autopsy_outcomes(page)), field(page, "words", "text")]
        }
        ActionKind::HandOver => {
            let people = file.names.iter().map(|(id, name)| (id.clone(), name.clone())).collect();
            vec![choice(page, "person", people)]
        }
        ActionKind::Link => {
            let all: Vec<_> = Relation::ALL.iter().map(|one| one.as_str()).collect();
            vec![number(), choice(page, "relation", codes("relation", &all))]
        }
        ActionKind::Merge => vec![number(), points_to_carry(page, file)],
        ActionKind::Release => {
            let held = file.view.absorbed.iter().filter_map(|(id, _)| file.others.get(id.as_str()));
            let held = held.map(|number| (number.to_string(), number.to_string())).collect();
            vec![choice(page, "number", held), words()]
        }
        ActionKind::Split => {
            let points = file.points.iter();
            let named = points
                .map(|point| (point.ordinal.to_string(), page.tn("case-point", "ordinal", point.ordinal)));
            vec![choice(page, "point", named.collect()), words()]
        }
        _ => vec![words()],
    }
}

/// The points that a merger may carry along, in their words.
fn points_to_carry(page: &Page, file: &CaseFile) -> Field {
    let words = |point: &switchboard::case_file::Point| {
        let which = page.tn("case-point", "ordinal", point.ordinal);
        (point.ordinal.to_string(), format!("{which}: {}", point.own_words))
    };
    Field { options: file.points.iter().map(words).collect(), ..optional(field(page, "carry", "checks")) }
}

/// What was typed, by name of the field.
pub(super) struct Typed<'a>(&'a [(String, String)]);

impl<'a> Typed<'a> {
    /// Of a form.
    pub(super) fn of(fields: &'a [(String, String)]) -> Self {
        Self(fields)
    }

    pub(super) fn text(&self, name: &str) -> String {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map_or_else(String::new, |(_, value)| value.trim().to_owned())
    }

    /// What was ticked.
    pub(super) fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect()
    }

    pub(super) fn code<T: std::str::FromStr>(&self, at: &CaseDesk, name: &str) -> Result<T> {
        let unreadable = || Error::Unreadable(at.page.t(&format!("course-field-{name}")));
        self.text(name).parse().map_err(|_| unreadable())
    }

    /// The moment that was typed, by the wall clock of the person's zone.
    fn moment(&self, at: &CaseDesk) -> Result<Timestamp> {
        let typed = chrono::NaiveDateTime::parse_from_str(&self.text("moment"), "%Y-%m-%dT%H:%M");
        let typed = typed.map_err(|_| Error::Unreadable(at.page.t("course-field-moment")))?;
        Ok(at_local(typed.date(), typed.time(), at.page.zone()))
    }

    /// The end of the day that was typed; none where nothing was.
    fn day(&self, at: &CaseDesk) -> Result<Option<Timestamp>> {
        self.end_of(at, "date")
    }

    /// The same of another field.
    pub(super) fn end_of(&self, at: &CaseDesk, name: &str) -> Result<Option<Timestamp>> {
        let next = self.date(at, name)?.and_then(|day| day.succ_opt());
        Ok(next.map(|next| start_of(next, at.page.zone()).plus_seconds(-1)))
    }

    /// The day that was typed; none where nothing was.
    pub(super) fn date(&self, at: &CaseDesk, name: &str) -> Result<Option<chrono::NaiveDate>> {
        let text = self.text(name);
        if text.is_empty() {
            return Ok(None);
        }
        let day = text.parse().map_err(|_| Error::Unreadable(at.page.t("course-field-date")))?;
        Ok(Some(day))
    }
}

/// Does it.
pub async fn act(
    at: CaseDesk,
    Path((number, action)): Path<(String, String)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let id = find(&at, &number).await?;
    let line = at.desk.line_of_case(&id).await?;
    let at = at.of_line(&line);
    let kind: ActionKind = action.parse().map_err(|_| Error::NotFound)?;
    let typed = Typed(&fields);
    let version = typed.text("version").parse().map_err(|_| Error::Unreadable("version".to_owned()))?;
    let words = typed.text("words");
    match kind {
        kind if case_inquiries::is_one(kind) => {
            let file = at.desk.case_file(&id).await?;
            let action = case_inquiries::read(&at, &file, kind, &typed)?.ok_or(Error::NotFound)?;
            at.desk.inquire(&id, version, action).await?;
        }
        ActionKind::Link => {
            at.desk.link_cases(&id, version, &other(&typed)?, typed.code(&at, "relation")?).await?;
        }
        ActionKind::Merge => {
            let (file, ticked) = (at.desk.case_file(&id).await?, typed.all("carry"));
            let chosen = file.points.iter().filter(|point| ticked.contains(&point.ordinal.to_string()));
            let points = chosen.map(|point| point.id.clone()).collect();
            at.desk.merge_case(&id, version, &other(&typed)?, points).await?;
        }
        ActionKind::Release => at.desk.unmerge_case(&id, version, &other(&typed)?, &words).await?,
        ActionKind::Split => {
            let file = at.desk.case_file(&id).await?;
            let chosen = |ordinal: i64| {
                fields.iter().any(|(name, value)| name == "point" && *value == ordinal.to_string())
            };
            let points = file.points.iter().filter(|point| chosen(point.ordinal));
            let points = points.map(|point| point.id.clone()).collect();
            at.desk.split_case(&id, version, points, &words).await?;
        }
        _ => {
            let action = read(&at, kind, &typed)?.ok_or(Error::NotFound)?;
            at.desk.act(&id, version, action).await?;
        }
    }
    // A co-handler may have left the case with it.
    let gone = at.desk.person().role == Role::Handler && at.desk.case_file(&id).await.is_err();
    Ok(at.page.done(&if gone { "/cases".to_owned() } else { format!("/cases/{number}") }))
}

/// The action that was typed; none where there is no such form.
fn read(at: &CaseDesk, kind: ActionKind, typed: &Typed<'_>) -> Result<Option<Action>> {
    let words = typed.text("words");
    Ok(Some(match kind {
        ActionKind::Arbitrate => Action::Arbitrate { remark: words },
        ActionKind::AddCoHandler => {
            Action::AddCoHandler { department: typed.text("department"), task: words, due_at: typed.day(at)? }
        }
        ActionKind::CoHandlerSign => Action::CoHandlerSign,
        ActionKind::CoHandlerReport => Action::CoHandlerReport { report: words },
        ActionKind::DropCoHandler => {
            Action::DropCoHandler { department: typed.text("department"), reason: words }
        }
        ActionKind::Suspend => Action::Suspend { reason: typed.code(at, "pause")?, remark: words },
        ActionKind::Resume => Action::Resume { remark: words },
        ActionKind::AskComplainant => {
            let due_at = typed.day(at)?.ok_or_else(|| Error::Unreadable(at.page.t("course-field-date")))?;
            Action::AskComplainant { what: words, due_at }
        }
        ActionKind::ComplainantGave => Action::ComplainantGave { what: words },
        ActionKind::Extend => Action::Extend { units: typed.code(at, "units")?, reason: words, clock: None },
        ActionKind::ApproveExtension => {
            let granted = typed.text("decision") == "granted";
            Action::ApproveExtension { granted, remark: words, clock: None }
        }
        ActionKind::Audit => Action::Audit { remark: words },
        ActionKind::AskTermination => Action::AskTermination { reason: words },
        ActionKind::RefuseTermination => Action::RefuseTermination { reason: words },
        ActionKind::WaiveFollowUp => Action::WaiveFollowUp { reason: words },
        ActionKind::Archive => Action::Archive,
        ActionKind::Remind => Action::Remind { words },
        ActionKind::RecordSameMatter => Action::RecordSameMatter { told: words },
        ActionKind::Supervise => Action::Supervise { order: words, due_at: typed.day(at)? },
        ActionKind::NoteDeath => Action::NoteDeath { at: typed.moment(at)? },
        ActionKind::SettleAutopsy => {
            Action::SettleAutopsy { outcome: typed.code(at, "outcome")?, remark: words }
        }
        ActionKind::HandOver => Action::HandOver { to: PersonId::new(typed.text("person")) },
        _ => return ending(at, kind, typed),
    }))
}

/// The actions that end a case, or undo such an end.
fn ending(at: &CaseDesk, kind: ActionKind, typed: &Typed<'_>) -> Result<Option<Action>> {
    Ok(Some(match kind {
        ActionKind::Terminate => Action::Terminate {
            audit: typed.text("audit"),
            explanation: typed.text("explanation"),
            channel: typed.code(at, "channel")?,
        },
        ActionKind::Withdraw => Action::Withdraw(Withdrawal {
            statement: typed.text("statement"),
            informed: !typed.text("informed").is_empty(),
            channel: typed.code(at, "channel")?,
            by: typed.code(at, "by")?,
        }),
        ActionKind::Forward => {
            Action::Forward { authority: typed.text("authority"), package: typed.text("package") }
        }
        ActionKind::RefuseAcceptance => {
            Action::RefuseAcceptance { ground: typed.text("ground"), advice: typed.text("advice") }
        }
        ActionKind::ReviewNonAcceptance => Action::ReviewNonAcceptance {
            upheld: typed.text("decision") != "taken_up",
            remark: typed.text("words"),
        },
        _ => return Ok(None),
    }))
}

fn other(typed: &Typed<'_>) -> Result<CaseNumber> {
    CaseNumber::parse(&typed.text("number"))
        .map_err(|_| Error::Refused { code: "refused-no-other-case".to_owned(), missing: Vec::new() })
}
