//! The carrier port over HTTP to the bundled switch, with a gate: a golden call says itself at which moment the
//! house fetches the caller.

use reqwest::Method;
use switchboard::Provider;
use switchboard::ports::{Answer, Carrier, CarrierError, NewCall};
use tokio::sync::watch;

/// What becomes of a fetch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gate {
    /// The provider does not do it; the caller's next knock finds the offer.
    Deaf,
    /// It waits for the gate to open.
    Held,
    Open,
}

/// Asks the switch's REST side, as the front door's carrier does.
pub(super) struct GatedCarrier {
    http: reqwest::Client,
    provider: Provider,
    gate: watch::Sender<Gate>,
    /// Fetches that were turned away so far.
    turned_away: watch::Sender<u32>,
}

impl GatedCarrier {
    pub(super) fn new(provider: Provider) -> Self {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { http, provider, gate: watch::Sender::new(Gate::Deaf), turned_away: watch::Sender::new(0) }
    }

    pub(super) fn set(&self, gate: Gate) {
        self.gate.send_replace(gate);
    }

    pub(super) fn turned_away(&self) -> u32 {
        *self.turned_away.borrow()
    }

    /// Waits until more fetches than `before` were turned away.
    pub(super) async fn turns_away_more_than(&self, before: u32) {
        self.turned_away.subscribe().wait_for(|count| *count > before).await.unwrap();
    }

    async fn fetch(&self, id: &str, url: &str) -> Result<(), CarrierError> {
        let gate = *self.gate.subscribe().wait_for(|gate| *gate != Gate::Held).await.unwrap();
        if gate == Gate::Deaf {
            self.turned_away.send_modify(|count| *count += 1);
            return Err(CarrierError::Refused("this provider cannot redirect".to_owned()));
        }
        let provider = &self.provider;
        let account = dialect::Account { id: provider.account.clone(), token: provider.tokens[0].clone() };
        let dialect = dialect::by_name(&provider.dialect, &provider.profile).unwrap();
        let request = dialect.redirect_call(&account, id, url);
        let method = Method::from_bytes(request.method.as_bytes()).unwrap();
        let sent = self.http.request(method, format!("{}{}", provider.api_url, request.path));
        let dialect::Authorisation::Basic { user, password } = &request.authorisation else { panic!() };
        let dialect::Body::Form(form) = &request.body else { panic!() };
        let sent = sent.basic_auth(user, Some(password.reveal())).form(form);
        let reply = sent.send().await.map_err(|fault| CarrierError::Refused(fault.to_string()))?;
        let (status, body) = (reply.status().as_u16(), reply.bytes().await.unwrap());
        let read = dialect.read_reply(status, &body);
        read.map(drop).map_err(|fault| CarrierError::Refused(fault.to_string()))
    }
}

impl Carrier for GatedCarrier {
    fn create<'a>(&'a self, _: &'a NewCall) -> Answer<'a, Result<String, CarrierError>> {
        let no = "no golden call places a call";
        Box::pin(async move { Err(CarrierError::Refused(no.to_owned())) })
    }

    fn redirect<'a>(&'a self, _: &'a str, id: &'a str, url: &'a str) -> Answer<'a, Result<(), CarrierError>> {
        Box::pin(self.fetch(id, url))
    }

    fn end<'a>(&'a self, _: &'a str, _: &'a str) -> Answer<'a, Result<(), CarrierError>> {
        Box::pin(async { Err(CarrierError::Refused("no golden call is ended by the house".to_owned())) })
    }
}
