//! The carrier port filled with HTTP: asks a provider's REST side to place, redirect and end calls.
//!
//! Which bytes to send is the dialect's knowledge; here they only travel. A request that was perhaps carried
//! out is never repeated: two telephones ringing for one callback is worse than none.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use dialect::{Account, Authorisation, Body, Dialect, PlacedCall, RestError, RestRequest};
use switchboard::Provider;
use switchboard::ports::{
    Answer, CallFilter, Carrier, CarrierError, CircuitStand, ListedCall, NewCall, Parting, RecordOrder,
    Sound, SoundError,
};

use crate::carrier_circuit::Circuit;

/// Longest wait for a connection: a provider that is up answers within milliseconds.
const CONNECT: Duration = Duration::from_secs(3);
/// Longest wait for an answer. An agent who has pressed a key is waiting.
const WHOLE: Duration = Duration::from_secs(8);
/// Waits before a request is sent again that the provider was too busy to carry out. With them an agent still waits
/// less than for a telephone to ring.
const WHEN_BUSY: [Duration; 3] =
    [Duration::from_millis(300), Duration::from_millis(900), Duration::from_millis(1_800)];
/// Longest wait that a provider may ask for; who wants more is not asked again.
const LONGEST_BUSY: Duration = Duration::from_secs(3);

/// Talks to every configured provider.
pub(crate) struct HttpCarrier {
    /// Made when first needed: reading the trusted certificates takes longer than the rest of the start.
    client: OnceLock<reqwest::Client>,
    providers: BTreeMap<String, Provider>,
    /// How each provider does that was asked for something, by its name.
    circuits: Mutex<BTreeMap<String, Circuit>>,
    started: Instant,
}

/// A provider's answer.
struct Reply {
    status: u16,
    body: Vec<u8>,
    /// How long it wants to be left alone.
    retry_after: Option<Duration>,
}

impl HttpCarrier {
    /// A carrier for these providers.
    pub(crate) fn new(providers: BTreeMap<String, Provider>) -> Self {
        let circuits = Mutex::default();
        Self { client: OnceLock::new(), providers, circuits, started: Instant::now() }
    }

    pub(crate) fn client(&self) -> Result<&reqwest::Client, reqwest::Error> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let client = reqwest::Client::builder().connect_timeout(CONNECT).timeout(WHOLE);
        let client = client.redirect(reqwest::redirect::Policy::none()).no_proxy().build()?;
        Ok(self.client.get_or_init(|| client))
    }

    pub(crate) fn account(
        &self,
        provider: &str,
    ) -> Result<(&Provider, &'static dyn Dialect, Account), CarrierError> {
        let refused = |why: String| CarrierError::Refused(why);
        let found = self.providers.get(provider);
        let found =
            found.ok_or_else(|| refused(format!("provider {provider} is not in the configuration")))?;
        let dialect = dialect::by_name(&found.dialect, &found.profile).ok_or_else(|| {
            refused(format!("provider {provider} has the unknown dialect {}", found.dialect))
        })?;
        let token = found.rest_token();
        let token = token.ok_or_else(|| refused(format!("provider {provider} has no auth_token")))?.clone();
        Ok((found, dialect, Account { id: found.account.clone(), token }))
    }

    async fn send(
        &self,
        provider: &Provider,
        dialect: &dyn Dialect,
        request: RestRequest,
    ) -> Result<PlacedCall, CarrierError> {
        self.carried_out(provider, request, |status, body| dialect.read_reply(status, body)).await
    }

    /// Sends a request until the provider is not too busy for it, within an agent's patience. What was perhaps
    /// carried out is sent once.
    async fn carried_out<T>(
        &self,
        provider: &Provider,
        request: RestRequest,
        read: impl Fn(u16, &[u8]) -> Result<T, RestError>,
    ) -> Result<T, CarrierError> {
        for wait in WHEN_BUSY {
            let reply = self.guarded(provider, request.clone()).await?;
            match read(reply.status, &reply.body) {
                Err(RestError::Busy { .. }) => {}
                other => return other.map_err(|fault| told(&fault)),
            }
            let wait = reply.retry_after.unwrap_or(wait);
            if wait > LONGEST_BUSY {
                let why = format!("the provider is too busy and asks for {} s of rest", wait.as_secs());
                return Err(CarrierError::Refused(why));
            }
            tokio::time::sleep(wait).await;
        }
        let reply = self.guarded(provider, request).await?;
        read(reply.status, &reply.body).map_err(|fault| told(&fault))
    }

    /// Sends a request once, unless the provider has failed too often of late.
    async fn guarded(&self, provider: &Provider, request: RestRequest) -> Result<Reply, CarrierError> {
        let asked = self.circuit(&provider.name, |circuit, now| circuit.ask(now));
        asked.map_err(|seconds| {
            let name = &provider.name;
            CarrierError::Refused(format!("provider {name} keeps failing; it is asked again in {seconds} s"))
        })?;
        let reply = self.exchange(provider, request).await;
        let fine = reply.as_ref().is_ok_and(|reply| reply.status < 500);
        self.circuit(&provider.name, |circuit, now| {
            let before = circuit.state();
            if fine {
                circuit.answered()
            } else {
                circuit.failed(now)
            }
            if circuit.state() != before {
                tracing::warn!(
                    provider = provider.name,
                    circuit = circuit.state().as_str(),
                    "circuit changed"
                );
            }
        });
        reply
    }

    fn circuit<T>(&self, provider: &str, work: impl FnOnce(&mut Circuit, Duration) -> T) -> T {
        let mut circuits = self.circuits.lock().unwrap_or_else(PoisonError::into_inner);
        work(circuits.entry(provider.to_owned()).or_default(), self.started.elapsed())
    }

    /// Sends a request once.
    async fn exchange(&self, provider: &Provider, request: RestRequest) -> Result<Reply, CarrierError> {
        let url = format!("{}{}", provider.api_url, request.path);
        let method = reqwest::Method::from_bytes(request.method.as_bytes());
        let method = method.map_err(|_| CarrierError::Refused(format!("method {}", request.method)))?;
        let client = self.client().map_err(|fault| CarrierError::Refused(without_address(&fault)))?;
        let sent = client.request(method, url);
        let sent = match &request.authorisation {
            Authorisation::Basic { user, password } => sent.basic_auth(user, Some(password.reveal())),
            Authorisation::Bearer(token) => sent.bearer_auth(token.reveal()),
        };
        let sent = match &request.body {
            Body::Nothing => sent,
            Body::Form(form) => sent.form(form),
            Body::Json(value) => sent.json(value),
            Body::Text { media_type, text } => {
                sent.header(reqwest::header::CONTENT_TYPE, *media_type).body(text.clone())
            }
        };
        let reply = sent.send().await.map_err(|fault| unsent(&fault))?;
        let status = reply.status().as_u16();
        let wanted = reply.headers().get(reqwest::header::RETRY_AFTER).and_then(|text| text.to_str().ok());
        // Seconds; a date instead is not honoured but by our own ladder.
        let retry_after = wanted.and_then(|text| text.trim().parse().ok()).map(Duration::from_secs);
        let body = reply.bytes().await.map_err(|fault| CarrierError::Unclear(without_address(&fault)))?;
        Ok(Reply { status, body: body.to_vec(), retry_after })
    }
}

/// What a provider's fault means to who asked.
fn told(fault: &RestError) -> CarrierError {
    match fault {
        RestError::Unclear { .. } => CarrierError::Unclear(fault.to_string()),
        _ => CarrierError::Refused(fault.to_string()),
    }
}

/// A connection that was never made has done nothing; anything later may have.
fn unsent(fault: &reqwest::Error) -> CarrierError {
    if fault.is_connect() || fault.is_builder() {
        CarrierError::Refused(without_address(fault))
    } else {
        CarrierError::Unclear(without_address(fault))
    }
}

/// Addresses hold account ids and call ids, which do not belong into a log.
pub(crate) fn without_address(fault: &reqwest::Error) -> String {
    let why = std::error::Error::source(fault).map(ToString::to_string);
    let kind = if fault.is_timeout() { "no answer in time" } else { "the connection failed" };
    why.map_or_else(|| kind.to_owned(), |why| format!("{kind}: {why}"))
}

impl Carrier for HttpCarrier {
    fn create<'a>(&'a self, call: &'a NewCall) -> Answer<'a, Result<String, CarrierError>> {
        Box::pin(async move {
            let (provider, dialect, account) = self.account(&call.provider)?;
            let wanted = dialect::NewCall {
                to: call.to.as_str().to_owned(),
                from: call.from.clone(),
                url: call.url.clone(),
                status_url: Some(call.status_url.clone()),
                timeout_seconds: call.timeout_seconds,
                most_seconds: Some(call.most_seconds),
                detect_machine: call.detect_machine,
                wanted_id: Some(call.wanted_id.clone()),
            };
            let placed = self.send(provider, dialect, dialect.place_call(&account, &wanted)).await?;
            // A provider that names none took the id that was wanted.
            let named = Some(placed.provider_call_id).filter(|id| !id.is_empty());
            Ok(named.unwrap_or_else(|| call.wanted_id.clone()))
        })
    }

    fn find<'a>(
        &'a self,
        provider: &'a str,
        filter: &'a CallFilter,
    ) -> Answer<'a, Result<Option<Vec<ListedCall>>, CarrierError>> {
        Box::pin(async move {
            let (provider, dialect, account) = self.account(provider)?;
            let Some(request) = dialect.list_calls(&account, filter) else { return Ok(None) };
            let read = |status: u16, body: &[u8]| dialect.read_list(status, body);
            self.carried_out(provider, request, read).await.map(Some)
        })
    }

    fn circuits(&self) -> Vec<CircuitStand> {
        let circuits = self.circuits.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.started.elapsed();
        let stand = |(name, circuit): (&String, &Circuit)| CircuitStand {
            provider: name.clone(),
            state: circuit.state(),
            rest: circuit.rest(now),
        };
        circuits.iter().map(stand).collect()
    }

    fn redirect<'a>(
        &'a self,
        provider: &'a str,
        provider_call_id: &'a str,
        url: &'a str,
    ) -> Answer<'a, Result<(), CarrierError>> {
        Box::pin(async move {
            let (provider, dialect, account) = self.account(provider)?;
            let request = dialect.redirect_call(&account, provider_call_id, url);
            self.send(provider, dialect, request).await.map(drop)
        })
    }

    fn part<'a>(
        &'a self,
        provider: &'a str,
        parting: &'a Parting<'a>,
    ) -> Answer<'a, Result<(), CarrierError>> {
        Box::pin(async move {
            let (provider, dialect, account) = self.account(provider)?;
            let request = dialect.part_calls(&account, parting).ok_or_else(|| {
                CarrierError::Refused(format!("provider {} parts no connected calls", provider.name))
            })?;
            self.send(provider, dialect, request).await.map(drop)
        })
    }

    fn end<'a>(
        &'a self,
        provider: &'a str,
        provider_call_id: &'a str,
    ) -> Answer<'a, Result<(), CarrierError>> {
        Box::pin(async move {
            let (provider, dialect, account) = self.account(provider)?;
            let request = dialect.end_call(&account, provider_call_id);
            self.send(provider, dialect, request).await.map(drop)
        })
    }

    fn sound<'a>(&'a self, provider: &'a str, url: &'a str) -> Answer<'a, Result<Sound, SoundError>> {
        Box::pin(self.fetch(provider, url))
    }

    fn record<'a>(
        &'a self,
        provider: &'a str,
        provider_call_id: &'a str,
        order: &'a RecordOrder,
    ) -> Answer<'a, Result<Option<String>, CarrierError>> {
        Box::pin(async move {
            let (provider, dialect, account) = self.account(provider)?;
            let request = dialect.record_call(&account, provider_call_id, order).ok_or_else(|| {
                CarrierError::Refused(format!("provider {} records no live calls", provider.name))
            })?;
            let read = |status: u16, body: &[u8]| dialect.read_recording(status, body);
            Ok(self.carried_out(provider, request, read).await?.recording_id)
        })
    }

    fn delete_sound<'a>(&'a self, provider: &'a str, url: &'a str) -> Answer<'a, Result<(), SoundError>> {
        Box::pin(self.delete(provider, url))
    }
}

#[cfg(test)]
#[path = "carrier_tests.rs"]
mod tests;
