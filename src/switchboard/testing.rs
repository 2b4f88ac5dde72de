//! For tests (feature `testing`): the shipped world, a clock wound by hand, and a carrier that only notes what
//! it was asked.

mod carrier;
mod danish;
mod doors;
mod hand_clock;
mod knowledge;
mod letters;
mod shelf;

use std::collections::BTreeMap;
use std::sync::Arc;

use complaints::Intake;
use complaints::intake::{Fact, IntakePoint};
use domain::directory::Directory;
use domain::{
    CallbackId, DataFile, Language, PersonId, PhoneNumber, RequestType, Role, Secret, directory_file,
};
use store::Store;
use store::people::Person;

pub use self::carrier::NotedCarrier;
pub use self::danish::{
    danish_board, danish_house, danish_mailed, mixed_complaint, open_danish, with_agency_mail,
};
pub use self::doors::{MemoryFiles, NotedMailer, mailed};
pub use self::hand_clock::HandClock;
pub use self::shelf::MemoryShelf;
use crate::cases::{NewCase, OpenedCase, open_from_intake};
use crate::people::NewPerson;
use crate::ports::{Carrier, Clock};
use crate::recordings::RecordingRules;
use crate::{House, Line, Provider, Switchboard};

/// Password of everybody in tests.
pub const PASSWORD: &str = "correct horse battery";

/// A switchboard on a fresh SQLite file that goes with it.
pub struct Fresh {
    pub board: Switchboard,
    pub clock: Arc<HandClock>,
    pub carrier: Arc<NotedCarrier>,
    pub shelf: Arc<MemoryShelf>,
    _file: store::testing::Fresh,
}

impl Fresh {
    /// The shipped house; the clock shows `now`, RFC 3339.
    pub fn at(now: &str) -> Self {
        let file = store::testing::Fresh::sqlite();
        let (clock, carrier) = (HandClock::at(now), Arc::new(NotedCarrier::default()));
        let shelf = Arc::new(MemoryShelf::default());
        let board = board(file.open(), clock.clone(), carrier.clone()).with_shelf(shelf.clone());
        Self { board, clock, carrier, shelf, _file: file }
    }

    /// Adds somebody with an account, [`PASSWORD`] and, for agents, the telephone 8001.
    pub async fn person(&self, login: &str, role: Role, department: Option<&str>, language: &str) -> Person {
        let new = NewPerson {
            login: login.to_owned(),
            name: login.to_uppercase(),
            role,
            department: department.map(str::to_owned),
            phone: (role == Role::Agent).then(|| must(PhoneNumber::parse("8001"))),
            language: must(Language::parse(language)),
            password: Secret::new(PASSWORD),
        };
        must(self.board.add_person(new, crate::audit::HOUSE).await)
    }

    /// Opens a case on line 12320, called from 13800138000, as `agent` would.
    pub async fn open_case(&self, intake: Intake, agent: &PersonId) -> crate::Result<OpenedCase> {
        open_case(&self.board, intake, agent).await
    }
}

/// Opens a case on line 12320, called from 13800138000, as `agent` would.
pub async fn open_case(board: &Switchboard, intake: Intake, agent: &PersonId) -> crate::Result<OpenedCase> {
    let (house, now, agent) = (board.house.clone(), board.now(), agent.clone());
    let open = move |tx: &mut store::Tx<'_>| {
        let new = NewCase {
            contact: None,
            line: "12320",
            caller: Some(&must(PhoneNumber::parse("13800138000"))),
            language: &must(Language::parse("zh-CN")),
            received_at: now,
            intake: &intake,
        };
        open_from_intake(tx, &house, &new, &agent, now)
    };
    board.store.write(open).await
}

impl Fresh {
    /// Promises a queue callback to 13800138000.
    pub async fn owed_callback(&self) -> CallbackId {
        owe_callback(&self.board).await
    }
}

/// Promises a queue callback to 13800138000.
pub async fn owe_callback(board: &Switchboard) -> CallbackId {
    let (id, now) = (CallbackId::new(crate::fresh_id()), board.now());
    let row = store::callbacks::Callback {
        id: id.clone(),
        purpose: callbacks::Purpose::QueueCallback.as_str().to_owned(),
        line: "12320".to_owned(),
        case: None,
        call: None,
        phone: must(PhoneNumber::parse("13800138000")),
        language: must(Language::parse("zh-CN")),
        wish: None,
        law: None,
        place_at: Some(now),
        promised_at: now,
        due_at: now.plus_seconds(7200),
        next_at: Some(now),
        state: "due".to_owned(),
        attempts: 0,
        claimed_by: None,
        outcome: None,
        contacted: None,
        solved: None,
        satisfaction: None,
        note: None,
        done_at: None,
        done_by: None,
        created_at: now,
        service_day: now.service_day(chrono_tz::Asia::Shanghai).to_string(),
    };
    must(board.store.write(move |tx| store::callbacks::insert(tx, &row)).await);
    id
}

/// A caller chose a complaint on line 12320, found nobody there and left a message of 42 seconds that the provider
/// keeps at `address`; the notices of it.
pub async fn leave_message(
    board: &Switchboard,
    call: &'static str,
    caller: &'static str,
    address: &'static str,
) -> Vec<crate::Topic> {
    let (house, now) = (board.house.clone(), board.now());
    let keep = move |tx: &mut store::Tx<'_>| -> crate::Result<Vec<crate::Topic>> {
        let (caller, language) = (domain::Caller::parse(caller), must(Language::parse("zh-CN")));
        let new = store::calls::NewCall {
            id: domain::CallId::new(call),
            provider: "twilio".to_owned(),
            provider_call_id: call.to_owned(),
            line: "12320".to_owned(),
            direction: "inbound",
            caller: caller.clone(),
            dialled: "12320".to_owned(),
            script_version: None,
            at: now,
            service_day: now.service_day(chrono_tz::Asia::Shanghai).to_string(),
        };
        let call = store::calls::find_or_open(tx, &new)?.id;
        store::calls::set_language(tx, &call, &language, 1)?;
        let turn = store::notes::TurnNumber { branch: 0, step: 4 };
        store::notes::write(tx, &call, turn, "request_type", "complaint")?;
        let asking = crate::queue::Asking {
            call: &call,
            line: "12320",
            visit: 0,
            caller: &caller,
            language: &language,
            ended_at: None,
            turn: crate::queue::TurnNumber { branch: 0, step: 0 },
        };
        let recording =
            callflow::Recording { url: address.to_owned(), seconds: 42, hung_up: false, ended_by: None };
        crate::messages::keep(tx, &house, &asking, turn, "message", &recording, now)
    };
    must(board.store.write(keep).await)
}

/// A complaint with one point, about the attitude of staff.
pub fn complaint() -> Intake {
    let point = IntakePoint {
        institution_code: Some("first-hospital".to_owned()),
        happened: Fact { text: "2026-02-12 上午".to_owned(), unknown: false },
        persons: Fact { text: String::new(), unknown: true },
        own_words: "护士大声训斥家属".to_owned(),
        category: Some("attitude".to_owned()),
        suggested: Some("communication".to_owned()),
        severity: Some(2),
        ..IntakePoint::default()
    };
    let mut intake =
        Intake { request_type: Some(RequestType::Complaint), points: vec![point], ..Intake::default() };
    intake.caller.name = "王女士".to_owned();
    intake
}

macro_rules! config {
    ($name:literal) => {
        include_str!(concat!("../../config/", $name))
    };
}

/// A switchboard of the shipped house on `store`, with a shelf of its own.
pub fn board(store: Store, clock: Arc<dyn Clock>, carrier: Arc<dyn Carrier>) -> Switchboard {
    let board = Switchboard::new(store, Arc::new(house()), clock, carrier);
    board.with_shelf(Arc::new(MemoryShelf::default()))
}

/// The shipped tables, with recorded files in the script of 12320: names below `audio/`, and their bytes.
pub fn house_with_sounds(sounds: &[(&str, &[u8])]) -> House {
    let mut sources = script_sources();
    sources.audio =
        sounds.iter().map(|(name, bytes)| callflow::AudioFile::new(*name, bytes.to_vec())).collect();
    let script = callflow::load(&sources).unwrap_or_else(|found| panic!("{found:?}"));
    let mut house = house();
    let line = Line { script: crate::ScriptShelf::new(script, sources), ..line() };
    house.lines.insert(line.name.clone(), line);
    house
}

fn must<T, E: std::fmt::Display>(result: Result<T, E>) -> T {
    result.unwrap_or_else(|error| panic!("{error}"))
}

/// The shipped tables, with the line 12320 and one provider.
pub fn house() -> House {
    let categories = must(classify::Categories::parse(config!("categories.toml"), "categories.toml"));
    let institutions = must(directory_file::institutions(config!("institutions.toml"), "institutions.toml"));
    let directory = Directory {
        departments: must(directory_file::departments(
            config!("departments.toml"),
            "departments.toml",
            &institutions,
        )),
        institutions,
        offices: must(directory_file::offices(config!("offices.toml"), "offices.toml")),
    };
    let mut calendars = clocks::Calendars::default();
    for text in [
        config!("calendars/china.toml"),
        config!("calendars/denmark.toml"),
        config!("calendars/weekdays.toml"),
    ] {
        calendars.add(must(clocks::Calendar::parse(text, "calendar")));
    }
    let departments: Vec<&str> = directory.departments.iter().map(|one| one.code.as_str()).collect();
    let dispatch = complaints::DispatchRules::parse(
        config!("dispatch.toml"),
        "dispatch.toml",
        &complaints::dispatch::Known {
            departments: &departments,
            categories: &categories.codes(),
            regions: &domain::directory::Directory::regions(&directory.institutions),
        },
    );
    let axes = must(complaints::points::Axes::parse(config!("axes.toml"), "axes.toml"));
    let crosswalks = must(complaints::points::Crosswalks::parse(
        config!("crosswalks.toml"),
        "crosswalks.toml",
        &categories.codes(),
        &axes,
    ));
    let laws = must(clocks::Laws::parse(config!("laws.toml"), "laws.toml"));
    House {
        public_url: "http://127.0.0.1:12320".to_owned(),
        providers: BTreeMap::from([("twilio".to_owned(), provider())]),
        lines: BTreeMap::from([("12320".to_owned(), line())]),
        calendars,
        phrases: knowledge::phrases(),
        articles: knowledge::articles(&categories, &laws),
        laws,
        decrees: must(clocks::Decrees::parse(config!("decrees.toml"), "decrees.toml")),
        classify: must(classify::Rules::parse(&[] as &[DataFile<'_>], &categories)),
        axes,
        crosswalks,
        dispatch: must(dispatch),
        routes: must(complaints::Routes::parse(config!("routes.toml"), "routes.toml")),
        dialogues: must(complaints::dialogue::Dialogues::parse(config!("dialogue.toml"), "dialogue.toml")),
        grounds: must(complaints::grounds::Grounds::parse(config!("grounds.toml"), "grounds.toml")),
        supervision: must(complaints::supervision::Ladder::parse(
            config!("supervision.toml"),
            "supervision.toml",
        )),
        evidence: must(complaints::EvidenceRules::parse(config!("evidence.toml"), "evidence.toml")),
        letters: letters::letters(),
        wrap_up: must(complaints::WrapUpCodes::parse(config!("wrap_up.toml"), "wrap_up.toml")),
        ladders: must(callbacks::Ladders::parse(config!("callback_ladders.toml"), "callback_ladders.toml")),
        destinations: must(callbacks::Destinations::parse(config!("destinations.toml"), "destinations.toml")),
        targets: must(figures::Targets::parse(config!("reports.toml"), "reports.toml")),
        recording_rules: must(RecordingRules::parse(config!("recording.toml"), "recording.toml")),
        sound_keeping: crate::house::SoundKeeping {
            delete_at_provider: false,
            days: BTreeMap::from([("message".to_owned(), 365), ("documentation".to_owned(), 90)]),
        },
        doors: doors::doors(),
        offer_seconds: 20,
        wrap_up_seconds: 60,
        directory,
        categories,
    }
}

fn provider() -> Provider {
    Provider {
        name: "twilio".to_owned(),
        dialect: "twiml".to_owned(),
        profile: "generic".to_owned(),
        account: "AC0123456789abcdef0123456789abcdef".to_owned(),
        tokens: vec![Secret::new("12345")],
        api_token: None,
        api_url: "http://127.0.0.1:9".to_owned(),
    }
}

fn line() -> Line {
    let number = |text: &str| must(PhoneNumber::parse(text));
    Line {
        name: "12320".to_owned(),
        numbers: vec![number("12320")],
        languages: ["zh-CN", "en"].map(|tag| must(Language::parse(tag))).to_vec(),
        zone: chrono_tz::Asia::Shanghai,
        profile: "cn-gov".to_owned(),
        fallback_number: number("12345"),
        sender: std::collections::BTreeMap::new(),
        mail_from: None,
        locality: None,
        emergency: number("120"),
        script: script(),
        hours: clocks::OpeningHours::around_the_clock(),
        calendar: "china".to_owned(),
    }
}

fn script() -> crate::ScriptShelf {
    let sources = script_sources();
    let loaded = callflow::load(&sources);
    crate::ScriptShelf::new(loaded.unwrap_or_else(|found| panic!("{found:?}")), sources)
}

/// The text of the shipped script.
pub(crate) fn script_sources() -> callflow::Sources {
    let file = callflow::SourceFile::new;
    let files = vec![
        file("script.toml", include_str!("../../ivr-scripts/12320/script.toml")),
        file("prompts/zh-CN.ftl", include_str!("../../ivr-scripts/12320/prompts/zh-CN.ftl")),
        file("prompts/en.ftl", include_str!("../../ivr-scripts/12320/prompts/en.ftl")),
    ];
    callflow::Sources { files, audio: Vec::new() }
}
