//! Writes the demo's calls into the store: call, waiting, contact and, where there is one, the case.

use std::collections::BTreeMap;
use std::sync::Arc;

use complaints::intake::{CallerPart, Desired, Fact, Intake, IntakePoint, Relation, Wishes};
use domain::{
    AttemptId, CallId, CallbackId, Caller, CaseId, ContactId, Language, PhoneNumber, QueueEntryId, Timestamp,
};
use store::Tx;
use store::attempts::Attempt;
use store::callbacks::Callback;
use store::contacts::Contact;
use store::queue::{Entry, EntryState, Outcome};
use store::walks::Key;
use switchboard::House;
use switchboard::cases::{NewCase, open_from_intake};
use switchboard::walks::Sum;

use crate::demo_calls::PastCall;
use crate::demo_dice::Dice;
use crate::demo_people::People;
use crate::demo_ways;

/// A case to be handled.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    pub(crate) id: CaseId,
    pub(crate) seed: u64,
    pub(crate) danish: bool,
    /// When the call ended, and the agent could send the case on.
    pub(crate) from: Timestamp,
    pub(crate) department: Option<String>,
    /// Who took the call.
    pub(crate) agent: store::people::Person,
    /// What the department will say.
    pub(crate) outcome: &'static str,
}

/// Names of the lines that the demo speaks on.
#[derive(Debug, Clone)]
pub(crate) struct Lines {
    pub(crate) chinese: String,
    pub(crate) danish: Option<String>,
}

/// Writes calls, and says which cases came of them.
pub(crate) fn write(
    tx: &mut Tx<'_>,
    house: &House,
    lines: &Lines,
    people: &Arc<People>,
    calls: &[PastCall],
) -> switchboard::Result<Vec<Opened>> {
    let mut opened = Vec::new();
    let mut walked: BTreeMap<Key, Sum> = BTreeMap::new();
    for past in calls {
        let name = if past.danish { lines.danish.as_ref() } else { Some(&lines.chinese) };
        let Some(line) = name.and_then(|name| house.lines.get(name)) else { continue };
        let language = if past.danish { "da" } else { "zh-CN" };
        let Ok(language) = Language::parse(language) else { continue };
        let row = Row { past, line, language, dice: Dice::new(past.seed) };
        opened.extend(row.write(tx, house, people)?);
        let sum = walked.entry(key(line, past)).or_default();
        sum.add(&demo_ways::walk(house, line, past));
        demo_ways::early(house, line, past).iter().for_each(|walk| sum.add(walk));
    }
    for (key, sum) in &walked {
        sum.keep(tx, key)?;
    }
    Ok(opened)
}

fn key(line: &switchboard::Line, past: &PastCall) -> Key {
    Key {
        line: line.name.clone(),
        script_version: line.script.newest().version().to_owned(),
        service_day: past.started_at.service_day(line.zone).to_string(),
    }
}

/// One call on its way into the store.
struct Row<'a> {
    past: &'a PastCall,
    line: &'a switchboard::Line,
    language: Language,
    dice: Dice,
}

impl Row<'_> {
    fn write(
        mut self,
        tx: &mut Tx<'_>,
        house: &House,
        people: &People,
    ) -> switchboard::Result<Option<Opened>> {
        let past = self.past;
        let agent = if past.danish {
            &people.danish_agent
        } else {
            people.agents.get(past.agent).unwrap_or(&people.supervisor)
        };
        let phone = past.caller.as_ref().and_then(|number| PhoneNumber::parse(number).ok());
        let service_day = past.entered_at.service_day(self.line.zone).to_string();
        let call = self.call(tx, phone.as_ref(), &service_day)?;
        let answered = past.outcome == Outcome::Answered;
        let entry = Entry {
            id: QueueEntryId::new(self.id()),
            call: call.clone(),
            visit: 0,
            line: self.line.name.clone(),
            queue: "general".to_owned(),
            language: self.language.clone(),
            caller: phone.clone(),
            priority: 0,
            place_at: past.entered_at,
            entered_at: past.entered_at,
            state: EntryState::Ended,
            answered_at: answered.then(|| past.wait_ended_at()),
            agent: answered.then(|| agent.id.clone()),
            ended_at: Some(past.ended_at()),
            outcome: Some(past.outcome),
            service_day: service_day.clone(),
        };
        store::queue::insert(tx, &entry)?;
        if past.outcome == Outcome::MovedToCallback {
            self.call_back(tx, &call, phone.as_ref(), agent, &service_day)?;
        }
        if !answered {
            return Ok(None);
        }
        let contact = Contact {
            id: ContactId::new(self.id()),
            call: Some(call),
            entry: Some(entry.id),
            channel: "call".to_owned(),
            line: self.line.name.clone(),
            caller: phone.clone(),
            language: Some(self.language.clone()),
            agent: Some(agent.id.clone()),
            started_at: past.started_at,
            ended_at: Some(past.ended_at()),
            request_type: Some(past.request_type),
            outcome: Some(past.wrap_up.to_owned()),
            note: None,
            case: None,
            service_day,
        };
        store::contacts::insert(tx, &contact)?;
        self.case(tx, house, agent, &contact, phone.as_ref())
    }

    fn call(
        &mut self,
        tx: &mut Tx<'_>,
        phone: Option<&PhoneNumber>,
        day: &str,
    ) -> switchboard::Result<CallId> {
        let id = CallId::new(self.id());
        let new = store::calls::NewCall {
            id: id.clone(),
            provider: crate::serve::SWITCH.to_owned(),
            provider_call_id: format!("CA{:032x}", u128::from(self.past.seed)),
            line: self.line.name.clone(),
            direction: "inbound",
            caller: phone.cloned().map_or(Caller::Withheld, Caller::Known),
            dialled: self.line.numbers.first().map(|number| number.as_str().to_owned()).unwrap_or_default(),
            script_version: None,
            at: self.past.started_at,
            service_day: day.to_owned(),
        };
        store::calls::find_or_open(tx, &new)?;
        store::walks::mark_counted(tx, &id, self.past.ended_at())?;
        store::calls::set_status(tx, &id, "completed", None, Some(self.past.ended_at()))?;
        store::calls::set_talk_seconds(tx, &id, u32::try_from(self.past.talk_seconds).unwrap_or(0))?;
        Ok(id)
    }

    /// The queue callback that the caller chose, kept within the hour.
    fn call_back(
        &mut self,
        tx: &mut Tx<'_>,
        call: &CallId,
        phone: Option<&PhoneNumber>,
        agent: &store::people::Person,
        day: &str,
    ) -> switchboard::Result<()> {
        let Some(phone) = phone else { return Ok(()) };
        let promised = self.past.wait_ended_at();
        let dialled = promised.plus_seconds(60 * self.dice.between(4, 70));
        let outcome = if self.dice.chance(85) { "reached" } else { "no_answer" };
        let done = dialled.plus_seconds(self.dice.between(30, 300));
        let callback = Callback {
            id: CallbackId::new(self.id()),
            purpose: "queue_callback".to_owned(),
            line: self.line.name.clone(),
            case: None,
            call: Some(call.clone()),
            phone: phone.clone(),
            language: self.language.clone(),
            wish: None,
            law: None,
            place_at: Some(self.past.entered_at),
            promised_at: promised,
            due_at: promised.plus_seconds(3600),
            next_at: None,
            state: "done".to_owned(),
            attempts: 1,
            claimed_by: Some(agent.id.clone()),
            outcome: Some(outcome.to_owned()),
            contacted: Some(outcome == "reached"),
            solved: None,
            satisfaction: None,
            note: None,
            done_at: Some(done),
            done_by: Some(agent.id.clone()),
            created_at: promised,
            service_day: day.to_owned(),
        };
        store::callbacks::insert(tx, &callback)?;
        let attempt = Attempt {
            id: AttemptId::new(self.id()),
            callback: callback.id,
            ordinal: 1,
            channel: "manual".to_owned(),
            agent: agent.id.clone(),
            provider_call_id: None,
            intended_at: dialled,
            dialled_at: Some(dialled),
            ended_at: Some(done),
            outcome: Some(outcome.to_owned()),
            note: None,
        };
        Ok(store::attempts::insert(tx, &attempt)?)
    }

    fn case(
        &mut self,
        tx: &mut Tx<'_>,
        house: &House,
        agent: &store::people::Person,
        contact: &Contact,
        caller: Option<&PhoneNumber>,
    ) -> switchboard::Result<Option<Opened>> {
        let Some(story) = self.past.story else { return Ok(None) };
        let intake = self.intake(house);
        let new = NewCase {
            contact: Some(&contact.id),
            line: &self.line.name,
            caller,
            language: &self.language,
            received_at: self.past.wait_ended_at(),
            intake: &intake,
        };
        let now = self.past.ended_at();
        let case = open_from_intake(tx, house, &new, &agent.id, now)?;
        store::contacts::wrap_up(
            tx,
            &contact.id,
            Some(self.past.request_type),
            self.past.wrap_up,
            None,
            Some(&case.id),
        )?;
        Ok(Some(Opened {
            id: case.id,
            seed: self.past.seed,
            danish: self.past.danish,
            from: now,
            department: case.department,
            agent: agent.clone(),
            outcome: story.outcome,
        }))
    }

    fn intake(&mut self, house: &House) -> Intake {
        let Some(story) = self.past.story else { return Intake::default() };
        let (code, name) = self.institution(house);
        let fact = |text: &str| Fact { text: text.to_owned(), unknown: false };
        let unknown = Fact { text: String::new(), unknown: true };
        let happened = self.past.started_at.plus_seconds(-86_400 * self.dice.between(0, 9));
        let persons = if self.dice.chance(40) { fact(self.persons()) } else { unknown };
        let point = IntakePoint {
            institution_code: code,
            institution: fact(&name),
            persons,
            happened: fact(&happened.service_day(self.line.zone).to_string()),
            place: fact(&name),
            own_words: story.words.replace("{i}", &name),
            category: Some(story.category.to_owned()),
            suggested: Some(story.category.to_owned()),
            severity: Some(story.severity),
            payer: self.past.danish.then_some(complaints::dialogue::Payer::Region),
            ..IntakePoint::default()
        };
        Intake {
            request_type: Some(story.request_type),
            caller: CallerPart {
                name: self.name(),
                anonymous: story.request_type == domain::RequestType::Report && self.dice.chance(40),
                phone: self.past.caller.clone().unwrap_or_default(),
                relation: Some(if self.dice.chance(60) { Relation::Patient } else { Relation::Relative }),
                ..CallerPart::default()
            },
            wishes: Wishes {
                reply: Some(true),
                confidential: Some(story.request_type == domain::RequestType::Report),
                recording: Some(true),
                callback: Some(true),
                ..Wishes::default()
            },
            points: vec![point],
            desired: Some(Desired::Explanation),
            urgent: story.severity >= 4,
            read_back: true,
            number_told: true,
            route_told: true,
            wrap_up: Some(self.past.wrap_up.to_owned()),
            ..Intake::default()
        }
    }

    /// Code and name of an institution of the line's country: those with Danish regions are Danish.
    fn institution(&mut self, house: &House) -> (Option<String>, String) {
        let danish =
            |region: &Option<String>| region.as_deref().is_some_and(|name| name.starts_with("Region "));
        let fitting: Vec<_> = house
            .directory
            .institutions
            .iter()
            .filter(|one| danish(&one.region) == self.past.danish && one.valid_to.is_none())
            .collect();
        // The first ones are the big ones: they are complained of more often, as everywhere.
        let (one, other) = (self.dice.one_of(&fitting), self.dice.one_of(&fitting));
        let place = |found: Option<&&domain::directory::Institution>| {
            found.and_then(|found| fitting.iter().position(|one| one.code == found.code))
        };
        let chosen = if place(one) <= place(other) { one } else { other };
        chosen.map_or_else(
            || (None, String::from("—")),
            |one| {
                let name = domain::directory::name_in(&one.names, self.language.as_str());
                (Some(one.code.clone()), name.to_owned())
            },
        )
    }

    fn name(&mut self) -> String {
        let (families, given): (&[&str], &[&str]) = if self.past.danish {
            (&["Anne ", "Lars ", "Karen ", "Ole ", "Birthe "], &["Holm", "Lund", "Krogh", "Bech", "Dahl"])
        } else {
            (
                &["李", "王", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周"],
                &["女士", "先生", "建华", "秀英", "志强", "丽萍", "桂兰", "海燕"],
            )
        };
        let family = self.dice.one_of(families).copied().unwrap_or_default();
        format!("{family}{}", self.dice.one_of(given).copied().unwrap_or_default())
    }

    fn persons(&self) -> &'static str {
        if self.past.danish { "vagthavende læge" } else { "当班医生,不知道姓名" }
    }

    /// An id in the shape of ours that sorts by the time of the call and is the same each time.
    fn id(&mut self) -> String {
        let millis = self.past.entered_at.0.unsigned_abs();
        let (one, other) = (self.dice.bits(), self.dice.bits());
        format!(
            "{:08x}-{:04x}-7{:03x}-8{:03x}-{:012x}",
            millis >> 16,
            millis & 0xffff,
            one & 0xfff,
            (one >> 12) & 0xfff,
            other >> 16
        )
    }
}
