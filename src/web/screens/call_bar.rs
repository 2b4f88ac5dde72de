//! The call bar of the desk: what may be ordered of the conversation in hand, and whom else to bring to it.

use askama::Template;
use axum::Form;
use axum::response::{Html, IntoResponse, Response};
use domain::directory::name_in;
use domain::{PersonId, PhoneNumber};
use serde::Deserialize;
use switchboard::call_control::{CallBar, CallOrder, Whom, Whose};

use crate::auth::AgentDesk;
use crate::page::Page;
use crate::{Error, Result};

#[derive(Template)]
#[template(path = "call_bar.html")]
struct Bar<'a> {
    page: &'a Page,
    /// How the call stands, in words.
    standing: String,
    /// How the last wish ended that came to nothing.
    failed: String,
    hold: bool,
    resume: bool,
    together: bool,
    hand_over: bool,
    call_off: bool,
    consult: bool,
    put_through: bool,
    /// Whether only putting through is possible at this provider.
    poor: bool,
    colleagues: Vec<Choice>,
    departments: Vec<Choice>,
}

/// One telephone to choose: what the form sends, and its name.
struct Choice {
    value: String,
    name: String,
}

/// What an agent wants of the call.
#[derive(Deserialize)]
pub struct Wish {
    to: String,
    #[serde(default)]
    whom: String,
    #[serde(default)]
    number: String,
}

/// The bar as it stands.
pub async fn show(at: AgentDesk) -> Result<Response> {
    Ok(Html(render(&at).await?).into_response())
}

/// Orders something about the conversation in hand.
pub async fn order(at: AgentDesk, Form(wish): Form<Wish>) -> Result<Response> {
    let order: CallOrder = wish.to.parse().map_err(|_| Error::Unreadable(wish.to.clone()))?;
    at.desk.order_call(order, whom(&wish)?).await?;
    Ok(at.page.done("/desk"))
}

/// A number that was typed counts before what was chosen.
fn whom(wish: &Wish) -> Result<Option<Whom>> {
    let number: String = wish.number.split_whitespace().collect();
    if !number.is_empty() {
        let number = PhoneNumber::parse(&number);
        return number
            .map(|number| Some(Whom::Number(number)))
            .map_err(|_| Error::Unreadable(wish.number.clone()));
    }
    Ok(match wish.whom.split_once(':') {
        Some(("person", id)) => Some(Whom::Colleague(PersonId::new(id))),
        Some(("department", code)) => Some(Whom::Department(code.to_owned())),
        _ => None,
    })
}

/// The bar as a fragment; empty while this agent holds no live call.
pub(super) async fn render(at: &AgentDesk) -> Result<String> {
    match at.desk.call_bar().await? {
        Some(bar) => Ok(view(&at.page, &bar).render()?),
        None => Ok(String::new()),
    }
}

fn view<'a>(page: &'a Page, bar: &CallBar) -> Bar<'a> {
    let may = |order| bar.orders.contains(&order);
    let colleague = |one: &switchboard::call_control::Colleague| Choice {
        value: format!("person:{}", one.id),
        name: format!("{} · {}", one.name, page.tc("desk-state", one.state)),
    };
    let department = |(code, names): &(String, domain::directory::Names)| Choice {
        value: format!("department:{code}"),
        name: name_in(names, page.lang()).to_owned(),
    };
    Bar {
        standing: standing(page, bar),
        failed: bar.failed.as_ref().map(|outcome| page.tc("call-failed", outcome)).unwrap_or_default(),
        hold: may(CallOrder::Hold),
        resume: may(CallOrder::Resume),
        together: may(CallOrder::Together),
        hand_over: may(CallOrder::HandOver),
        call_off: may(CallOrder::CallOff),
        consult: may(CallOrder::Consult),
        put_through: may(CallOrder::PutThrough),
        poor: !bar.rooms,
        colleagues: bar.colleagues.iter().map(colleague).collect(),
        departments: bar.departments.iter().map(department).collect(),
        page,
    }
}

fn standing(page: &Page, bar: &CallBar) -> String {
    use switchboard::call_control::{Other, Place};
    let who = bar.whom.as_ref().map(|whose| match whose {
        Whose::Colleague(name) => name.clone(),
        Whose::Department(names) => name_in(names, page.lang()).to_owned(),
        Whose::Number(number) => number.masked(),
    });
    match (bar.place, bar.other, who) {
        (Place::Room, Other::Answered, Some(who)) => page.tv("call-together", "who", who),
        (_, Other::Answered, Some(who)) => page.tv("call-asking", "who", who),
        (_, Other::Rung, Some(who)) => page.tv("call-rings", "who", who),
        (Place::Held, ..) => page.t("call-held"),
        _ => page.t("call-talking"),
    }
}
