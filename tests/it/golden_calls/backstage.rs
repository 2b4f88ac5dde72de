//! Brings the house into the state that makes it answer as a golden call says: agents at their desks, other callers
//! in the queue, conversations that were had, cases that are known.

use std::collections::BTreeMap;
use std::sync::Mutex;

use callflow::transcript::Scenario;
use callflow::{Answer, Event, transcript};
use domain::{
    CallId, Caller, CaseId, CaseNumber, Language, PersonId, PhoneNumber, QueueEntryId, Role, Timestamp,
};
use queueing::{AgentState, Load, estimate};
use store::agents::Agent;
use store::cases::Case;
use store::people::Person;
use store::queue::{Entry, EntryState, Outcome};
use switchboard::Line;
use switchboard::rights::{self, Desk};

use super::carrier::Gate;
use super::group::Group;
use super::service::Service;

/// As few conversations as tell something about the next one.
const CONVERSATIONS: usize = 5;

/// What happens out of the caller's sight.
pub(super) struct Backstage<'a> {
    service: &'a Service,
    line: &'a Line,
    scenario: &'a Scenario,
    begun: Timestamp,
    agents: Mutex<BTreeMap<String, Person>>,
    others: Mutex<Vec<Entry>>,
    made: Mutex<u32>,
}

impl<'a> Backstage<'a> {
    pub(super) fn new(
        service: &'a Service,
        line: &'a Line,
        scenario: &'a Scenario,
        begun: Timestamp,
    ) -> Self {
        let (agents, others, made) = (Mutex::default(), Mutex::default(), Mutex::new(0));
        Self { service, line, scenario, begun, agents, others, made }
    }

    fn fresh(&self, noun: &str) -> String {
        let mut made = self.made.lock().unwrap();
        *made += 1;
        format!("{noun}-{made:04}")
    }

    /// What was before the call: its caller's language, agents in conversations, and conversations that ended.
    pub(super) async fn before_the_call(&self, queue: Option<&str>) {
        if let Some(language) = self.scenario.header.remembered.clone() {
            let (call, caller) = (self.call("earlier", -86_400), self.scenario.header.caller.clone());
            let call = store::calls::NewCall { caller, ..call };
            let write = move |tx: &mut store::Tx<'_>| {
                let found = store::calls::find_or_open(tx, &call)?;
                store::calls::set_language(tx, &found.id, &language, 1)
            };
            self.service.store.write(write).await.unwrap();
        }
        let Some(queue) = queue else { return };
        let waiting = self.scenario.parts.iter().filter_map(|part| match &part.input {
            transcript::Input::Event(Event::Answer(Answer::Waiting {
                position, estimate_seconds, ..
            })) => Some((*position, *estimate_seconds)),
            _ => None,
        });
        let waiting: Vec<_> = waiting.collect();
        let Some((agents, handling)) = load(&waiting) else {
            let lines: Vec<_> =
                waiting.iter().map(|(place, seconds)| format!("{place}: {seconds:?}")).collect();
            panic!("no house estimates {} for these places", lines.join(", "))
        };
        for number in 0..agents {
            let phone = format!("89{number:02}");
            self.seat(&phone, AgentState::Talking).await;
        }
        if let Some(handling) = handling {
            for _ in 0..CONVERSATIONS {
                self.conversation(queue, i64::from(handling)).await;
            }
        }
    }

    /// Makes the house answer `group` as written. For a caller who is to be fetched the agent sits down and the
    /// fetch is held at the gate.
    pub(super) async fn set(&self, group: &Group<'_>) {
        for (question, answer) in group.answers() {
            let queue = question.split(' ').next_back().unwrap_or_default();
            match answer {
                Answer::Waiting { position, .. } => self.ahead(queue, position.saturating_sub(1)).await,
                Answer::Ring { phone, .. } => {
                    self.ahead(queue, 0).await;
                    self.free(phone, group.event() == Some(&Event::Fetched)).await;
                }
                Answer::Progress { status } => {
                    let Some(Event::Digits(pin)) = group.event() else { panic!("a look-up without a PIN") };
                    self.know(queue, pin, status).await;
                }
                Answer::NobodyThere
                | Answer::Served
                | Answer::Left
                | Answer::NoSuchCase
                | Answer::TooManyTries
                | Answer::Down => {}
            }
        }
    }

    /// So many callers wait before ours.
    async fn ahead(&self, queue: &str, count: u32) {
        let count = usize::try_from(count).unwrap();
        let mut others = self.others.lock().unwrap().clone();
        while others.len() < count {
            let before = 60 * i64::try_from(others.len() + 1).unwrap();
            let entry = self.entry(queue, self.call("other", -before));
            others.push(self.store(entry).await);
        }
        for mut gone in others.split_off(count) {
            (gone.state, gone.ended_at) = (EntryState::Ended, Some(self.service.board.now()));
            gone.outcome = Some(Outcome::Abandoned);
            self.service.store.write(move |tx| store::queue::update(tx, &gone)).await.unwrap();
        }
        *self.others.lock().unwrap() = others;
    }

    /// The agent with this telephone is ready for a caller.
    async fn free(&self, phone: &PhoneNumber, fetched: bool) {
        let person = self.seat(phone.as_str(), AgentState::Offline).await;
        let (carrier, board) = (&self.service.carrier, &self.service.board);
        carrier.set(if fetched { Gate::Held } else { Gate::Deaf });
        let before = carrier.turned_away();
        Desk::<rights::Agent>::admit(board, &person).unwrap().go_ready().await.unwrap();
        let ringing = "SELECT count(*) FROM offers WHERE ended_at IS NULL";
        let offered: u32 = self.service.look().query_row(ringing, [], |row| row.get(0)).unwrap();
        if offered > 0 && !fetched {
            carrier.turns_away_more_than(before).await;
        }
    }

    /// An agent with this telephone; one who is there already stays.
    async fn seat(&self, phone: &str, state: AgentState) -> Person {
        let known = self.agents.lock().unwrap().get(phone).cloned();
        if let Some(person) = known {
            return person;
        }
        let person = Person {
            id: PersonId::new(format!("agent-{phone}")),
            login: format!("agent{phone}"),
            name: format!("Agent {phone}"),
            role: Role::Agent,
            department: None,
            phone: Some(PhoneNumber::parse(phone).unwrap()),
            language: Language::parse("en").unwrap(),
            created_at: self.begun,
            disabled_at: None,
        };
        let (id, since, stored) = (person.id.clone(), self.begun.plus_seconds(-300), person.clone());
        let write = move |tx: &mut store::Tx<'_>| {
            // Nobody logs in here: what can never be a hash is no password.
            store::people::add(tx, &stored, "none")?;
            let agent = Agent {
                person: id.clone(),
                state,
                reason: None,
                since,
                idle_since: since,
                offer: None,
                call: None,
            };
            store::agents::change(tx, None, &agent)
        };
        self.service.store.write(write).await.unwrap();
        self.agents.lock().unwrap().insert(phone.to_owned(), person.clone());
        person
    }

    /// A conversation of yesterday that lasted so many seconds.
    async fn conversation(&self, queue: &str, seconds: i64) {
        let (call, mut entry) = self.entry(queue, self.call("talked", -86_400));
        entry.state = EntryState::Ended;
        entry.answered_at = Some(entry.entered_at);
        entry.ended_at = Some(entry.entered_at.plus_seconds(seconds));
        entry.outcome = Some(Outcome::Answered);
        self.store((call, entry)).await;
    }

    async fn store(&self, (call, entry): (store::calls::NewCall, Entry)) -> Entry {
        let stored = entry.clone();
        let write = move |tx: &mut store::Tx<'_>| {
            store::calls::find_or_open(tx, &call)?;
            store::queue::insert(tx, &stored)
        };
        self.service.store.write(write).await.unwrap();
        entry
    }

    fn entry(&self, queue: &str, call: store::calls::NewCall) -> (store::calls::NewCall, Entry) {
        let entry = Entry {
            id: QueueEntryId::new(self.fresh("entry")),
            call: call.id.clone(),
            visit: 0,
            line: self.line.name.clone(),
            queue: queue.to_owned(),
            language: self.line.languages[0].clone(),
            caller: None,
            priority: 0,
            place_at: call.at,
            entered_at: call.at,
            state: EntryState::Waiting,
            answered_at: None,
            agent: None,
            ended_at: None,
            outcome: None,
            service_day: call.service_day.clone(),
        };
        (call, entry)
    }

    /// Another call, so many seconds from the beginning of ours.
    fn call(&self, noun: &str, seconds: i64) -> store::calls::NewCall {
        let (id, at) = (self.fresh(noun), self.begun.plus_seconds(seconds));
        store::calls::NewCall {
            id: CallId::new(id.clone()),
            provider: "elsewhere".to_owned(),
            provider_call_id: id,
            line: self.line.name.clone(),
            direction: "inbound",
            caller: Caller::Withheld,
            dialled: self.line.numbers[0].as_str().to_owned(),
            script_version: None,
            at,
            service_day: at.service_day(self.line.zone).to_string(),
        }
    }

    /// A case with that number and PIN stands at `status`.
    async fn know(&self, number: &str, pin: &str, status: &str) {
        let number =
            CaseNumber::parse(number).unwrap_or_else(|why| panic!("ask progress of {number}: {why}"));
        let at = self.begun.plus_seconds(-86_400);
        let case = Case {
            id: CaseId::new(self.fresh("case")),
            number,
            pin: pin.to_owned(),
            line: self.line.name.clone(),
            profile: self.line.profile.clone(),
            contact: None,
            request_type: "complaint".to_owned(),
            severity: 1,
            urgent: false,
            confidential: false,
            status: status.to_owned(),
            department: None,
            complainant: None,
            phone: None,
            language: self.line.languages[0].clone(),
            intake: "{}".to_owned(),
            law: None,
            received_at: at,
            due_at: None,
            answered_at: None,
            feedback_at: None,
            route_notice_at: None,
            closed_at: None,
            reopened: 0,
            created_by: PersonId::new("agent-8001"),
            version: 1,
            service_day: at.service_day(self.line.zone).to_string(),
        };
        self.service.store.write(move |tx| store::cases::insert(tx, &case)).await.unwrap();
    }
}

/// Agents at work and mean handling in seconds with which the house estimates the waits of all these places. Without
/// an estimate nothing is known of earlier conversations.
fn load(waiting: &[(u32, Option<u32>)]) -> Option<(u32, Option<u32>)> {
    if waiting.is_empty() {
        return Some((0, None));
    }
    let told = |agents, mean_handling_seconds| {
        waiting.iter().all(|(place, seconds)| {
            let range = estimate(*place, Load { agents, ready: 0, mean_handling_seconds });
            range.map(|range| range.to_minutes * 60) == *seconds
        })
    };
    let handling = std::iter::once(None).chain((30..1_200).map(Some));
    let mut loads = handling.flat_map(|handling| (1..6).map(move |agents| (agents, handling)));
    loads.find(|(agents, handling)| told(*agents, *handling))
}
