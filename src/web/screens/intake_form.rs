//! The intake form as a table, one row per question: the same table renders the form and reads it back. The path
//! of a row is its place in [`Intake`] as JSON, and its message id is `intake-` and the path with dashes.

use chrono::NaiveDate;
use domain::RequestType;
use serde_json::{Map, Value, json};
use switchboard::House;
use switchboard::intake::{Desired, EvidenceKind, EvidenceStatus, Intake, OtherRoute, Payer, Relation, Risk};
use switchboard::points::Happened;

use crate::{Error, Result};

/// Codes of a closed set.
pub(super) type Codes = fn() -> Vec<&'static str>;

/// How a question is answered.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Line,
    /// A date with the time of day.
    Moment,
    Words,
    /// Ticked or not.
    Tick,
    /// Yes, no, or not asked yet.
    YesNo,
    /// A key fact: words, or asked for and not known.
    Fact,
    One(Codes),
    Many(Codes),
    /// 1 slight to 4 most serious.
    Severity,
    /// A category of the configuration.
    Category,
    /// Each kind of evidence with its status.
    Evidence,
}

/// One question.
#[derive(Clone, Copy)]
pub(super) struct Ask {
    pub(super) path: &'static str,
    pub(super) kind: Kind,
    /// Asked on lines of this profile only.
    pub(super) profile: Option<&'static str>,
}

/// A group of questions under one heading.
pub(super) struct Section {
    pub(super) name: &'static str,
    /// Seldom needed: folded away until opened.
    pub(super) folded: bool,
    pub(super) asks: &'static [Ask],
}

const fn ask(path: &'static str, kind: Kind) -> Ask {
    Ask { path, kind, profile: None }
}

const fn danish(path: &'static str, kind: Kind) -> Ask {
    Ask { path, kind, profile: Some("dk") }
}

macro_rules! codes_of {
    ($set:ty) => {
        || <$set>::ALL.iter().map(|code| code.as_str()).collect()
    };
}

/// Questions about each point; the paths stand under `points.N`.
pub(super) const POINT: &[Ask] = &[
    ask("own_words", Kind::Words),
    ask("institution", Kind::Fact),
    ask("ward", Kind::Line),
    ask("happened", Kind::Fact),
    ask("place", Kind::Fact),
    ask("persons", Kind::Fact),
    danish("payer", Kind::One(codes_of!(Payer))),
    ask("category", Kind::Category),
    ask("severity", Kind::Severity),
    ask("harm", Kind::Line),
];

/// What is asked before the points.
pub(super) const INTENT: Section = Section {
    name: "intent",
    folded: false,
    asks: &[ask("request_type", Kind::One(codes_of!(RequestType)))],
};

/// What is asked after the points.
pub(super) const SECTIONS: &[Section] = &[
    Section {
        name: "caller",
        folded: false,
        asks: &[
            ask("caller.name", Kind::Line),
            ask("caller.anonymous", Kind::Tick),
            ask("caller.phone", Kind::Line),
            ask("caller.email", Kind::Line),
            ask("caller.best_times", Kind::Line),
            ask("caller.relation", Kind::One(codes_of!(Relation))),
            ask("caller.authority", Kind::Line),
        ],
    },
    Section {
        name: "wishes",
        folded: false,
        asks: &[
            ask("wishes.reply", Kind::YesNo),
            ask("wishes.confidential", Kind::YesNo),
            ask("wishes.callback", Kind::YesNo),
            ask("wishes.message", Kind::YesNo),
            ask("wishes.mail", Kind::YesNo),
            ask("wishes.recording", Kind::YesNo),
            danish("wishes.dialogue", Kind::YesNo),
            danish("wishes.companion", Kind::YesNo),
            danish("wishes.participants", Kind::Line),
            ask("desired", Kind::One(codes_of!(Desired))),
            ask("desired_words", Kind::Line),
        ],
    },
    Section {
        name: "danger",
        folded: false,
        asks: &[ask("urgent", Kind::Tick), ask("risks", Kind::Many(codes_of!(Risk)))],
    },
    Section {
        name: "patient",
        folded: true,
        asks: &[
            ask("patient.name", Kind::Line),
            ask("patient.age_band", Kind::Line),
            ask("patient.deceased", Kind::Tick),
            ask("patient.died_at", Kind::Moment),
        ],
    },
    Section {
        name: "more",
        folded: true,
        asks: &[
            ask("wishes.interpreter", Kind::Line),
            ask("wishes.accessibility", Kind::Line),
            ask("evidence", Kind::Evidence),
            ask("other_routes", Kind::Many(codes_of!(OtherRoute))),
        ],
    },
    Section {
        name: "closing",
        folded: false,
        asks: &[ask("note", Kind::Words), ask("route_told", Kind::Tick), ask("read_back", Kind::Tick)],
    },
];

/// What a browser sent: names and values, a name possibly several times.
pub(super) struct Sent(Vec<(String, String)>);

impl Sent {
    /// Reads an urlencoded form.
    pub(super) fn parse(body: &[u8]) -> Self {
        Self(form_urlencoded::parse(body).into_owned().collect())
    }

    /// The first value of a name, trimmed.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }

    fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
    }

    /// How many points the form has.
    fn points(&self) -> usize {
        (0..MOST_POINTS)
            .take_while(|n| self.0.iter().any(|(name, _)| *name == format!("points.{n}.own_words")))
            .count()
    }
}

/// More points than these belong into two cases.
const MOST_POINTS: usize = 20;

/// The form as it was sent, over what a form without these questions keeps. An institution is the one that goes by the
/// typed name on the day of the matter, or else `today`.
pub(super) fn read(sent: &Sent, house: &House, today: NaiveDate) -> Result<Intake> {
    let mut form = json!({ "points": [] });
    for ask in INTENT.asks.iter().chain(SECTIONS.iter().flat_map(|section| section.asks)) {
        put(&mut form, ask.path, answer(sent, ask.path, ask.kind));
    }
    for n in 0..sent.points() {
        let mut point = Value::Object(Map::new());
        for ask in POINT {
            put(&mut point, ask.path, answer(sent, &format!("points.{n}.{}", ask.path), ask.kind));
        }
        let institution = sent.get(&format!("points.{n}.institution"));
        let told = Happened::read(sent.get(&format!("points.{n}.happened")));
        let found = house.directory.institution_called(institution, told.deciding_day(today));
        put(&mut point, "institution_code", json!(found.map(|one| &one.code)));
        if let Some(points) = form["points"].as_array_mut() {
            points.push(point);
        }
    }
    serde_json::from_value(form).map_err(|error| Error::Unreadable(error.to_string()))
}

/// One answer as JSON.
fn answer(sent: &Sent, name: &str, kind: Kind) -> Value {
    let text = sent.get(name);
    let given = (!text.is_empty()).then_some(text);
    match kind {
        Kind::Line | Kind::Moment | Kind::Words => json!(text),
        Kind::Tick => json!(given.is_some()),
        Kind::YesNo => json!(given.map(|text| text == "yes")),
        Kind::Fact => json!({ "text": text, "unknown": !sent.get(&format!("{name}.unknown")).is_empty() }),
        Kind::One(_) | Kind::Category => json!(given),
        Kind::Severity => {
            json!(given.and_then(|text| text.parse::<u8>().ok()).filter(|grade| (1..=4).contains(grade)))
        }
        Kind::Many(_) => json!(sent.all(name)),
        Kind::Evidence => EvidenceKind::ALL
            .iter()
            .filter_map(|kind| {
                let status = sent.get(&format!("{name}.{kind}")).parse::<EvidenceStatus>().ok()?;
                Some(json!({ "kind": kind, "status": status }))
            })
            .collect(),
    }
}

/// Puts `value` at a path of names joined by dots.
fn put(form: &mut Value, path: &str, value: Value) {
    match path.split_once('.') {
        None => form[path] = value,
        Some((head, rest)) => put(&mut form[head], rest, value),
    }
}

/// The value at a path of names and places joined by dots.
pub(super) fn at<'v>(form: &'v Value, path: &str) -> &'v Value {
    let step = |value: &'v Value, part: &str| match part.parse::<usize>() {
        Ok(place) => &value[place],
        Err(_) => &value[part],
    };
    path.split('.').fold(form, step)
}
