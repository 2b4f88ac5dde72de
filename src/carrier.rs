//! The carrier port filled with HTTP: asks a provider's REST side to place, redirect and end calls.
//!
//! Which bytes to send is the dialect's knowledge; here they only travel. A request that was perhaps carried
//! out is never repeated: two telephones ringing for one callback is worse than none.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::time::Duration;

use dialect::{Account, Authorisation, Body, Dialect, PlacedCall, RestError, RestRequest, SoundPlace};
use reqwest::StatusCode;
use switchboard::Provider;
use switchboard::ports::{Answer, Carrier, CarrierError, NewCall, RecordOrder, Sound, SoundError};

/// Longest wait for a connection: a provider that is up answers within milliseconds.
const CONNECT: Duration = Duration::from_secs(3);
/// Longest wait for an answer. An agent who has pressed a key is waiting.
const WHOLE: Duration = Duration::from_secs(8);

/// Talks to every configured provider.
pub(crate) struct HttpCarrier {
    /// Made when first needed: reading the trusted certificates takes longer than the rest of the start.
    client: OnceLock<reqwest::Client>,
    providers: BTreeMap<String, Provider>,
}

impl HttpCarrier {
    /// A carrier for these providers.
    pub(crate) fn new(providers: BTreeMap<String, Provider>) -> Self {
        Self { client: OnceLock::new(), providers }
    }

    fn client(&self) -> Result<&reqwest::Client, reqwest::Error> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let client = reqwest::Client::builder().connect_timeout(CONNECT).timeout(WHOLE);
        let client = client.redirect(reqwest::redirect::Policy::none()).no_proxy().build()?;
        Ok(self.client.get_or_init(|| client))
    }

    fn account(&self, provider: &str) -> Result<(&Provider, &'static dyn Dialect, Account), CarrierError> {
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
        let (status, body) = self.exchange(provider, request).await?;
        dialect.read_reply(status, &body).map_err(|fault| told(&fault))
    }

    /// Sends a request once; status and body of the reply.
    async fn exchange(
        &self,
        provider: &Provider,
        request: RestRequest,
    ) -> Result<(u16, Vec<u8>), CarrierError> {
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
        let body = reply.bytes().await.map_err(|fault| CarrierError::Unclear(without_address(&fault)))?;
        Ok((status, body.to_vec()))
    }
}

/// What a provider's fault means to who asked.
fn told(fault: &RestError) -> CarrierError {
    match fault {
        RestError::Unclear { .. } => CarrierError::Unclear(fault.to_string()),
        _ => CarrierError::Refused(fault.to_string()),
    }
}

/// Longest recording taken, in bytes: two hours of a conversation, uncompressed.
const LONGEST: usize = 128 * 1024 * 1024;
/// Longest wait for one. Nobody stands waiting: it is fetched behind the callers.
const FETCH: Duration = Duration::from_secs(120);

impl HttpCarrier {
    /// Fetches a recording of our account, and nothing else: an address that leads anywhere but to the provider's
    /// own REST side is not asked, whoever told it.
    async fn fetch(&self, provider: &str, url: &str) -> Result<Sound, SoundError> {
        let (provider, dialect, account) = self.account(provider).map_err(|_| SoundError::Foreign)?;
        let place = dialect.sound_place(&account, &provider.api_url, url).ok_or(SoundError::Foreign)?;
        let unclear = |fault: reqwest::Error| SoundError::Unclear(without_address(&fault));
        let asked = shown(self.client().map_err(unclear)?.get(url).timeout(FETCH), place, &account);
        let mut reply = asked.send().await.map_err(unclear)?;
        match reply.status() {
            StatusCode::OK => {}
            StatusCode::NOT_FOUND | StatusCode::GONE => return Err(SoundError::NotThere),
            other => return Err(SoundError::Unclear(format!("HTTP {}", other.as_u16()))),
        }
        let kind = reply.headers().get(reqwest::header::CONTENT_TYPE);
        let media_type = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
        if !media_type.starts_with("audio/") {
            return Err(SoundError::Unclear(format!("not a sound but {media_type:?}")));
        }
        let mut bytes = Vec::new();
        while let Some(part) = reply.chunk().await.map_err(unclear)? {
            if bytes.len() + part.len() > LONGEST {
                return Err(SoundError::Unclear(format!("longer than {LONGEST} bytes")));
            }
            bytes.extend_from_slice(&part);
        }
        Ok(Sound { media_type, bytes })
    }

    /// Has the provider delete a recording of our account; one that is gone is deleted.
    async fn delete(&self, provider: &str, url: &str) -> Result<(), SoundError> {
        let (provider, dialect, account) = self.account(provider).map_err(|_| SoundError::Foreign)?;
        let place = dialect.sound_place(&account, &provider.api_url, url).ok_or(SoundError::Foreign)?;
        let unclear = |fault: reqwest::Error| SoundError::Unclear(without_address(&fault));
        let asked = shown(self.client().map_err(unclear)?.delete(url), place, &account);
        match asked.send().await.map_err(unclear)?.status() {
            StatusCode::NOT_FOUND | StatusCode::GONE => Ok(()),
            status if status.is_success() => Ok(()),
            other => Err(SoundError::Unclear(format!("HTTP {}", other.as_u16()))),
        }
    }
}

/// The request with our secret, where the place is ours.
fn shown(asked: reqwest::RequestBuilder, place: SoundPlace, account: &Account) -> reqwest::RequestBuilder {
    match place {
        SoundPlace::Account => asked.basic_auth(&account.id, Some(account.token.reveal())),
        SoundPlace::Open => asked,
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
fn without_address(fault: &reqwest::Error) -> String {
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
                most_seconds: None,
                detect_machine: false,
                wanted_id: None,
            };
            let placed = self.send(provider, dialect, dialect.place_call(&account, &wanted)).await?;
            Ok(placed.provider_call_id)
        })
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
            let (status, body) = self.exchange(provider, request).await?;
            let placed = dialect.read_recording(status, &body).map_err(|fault| told(&fault))?;
            Ok(placed.recording_id)
        })
    }

    fn delete_sound<'a>(&'a self, provider: &'a str, url: &'a str) -> Answer<'a, Result<(), SoundError>> {
        Box::pin(self.delete(provider, url))
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use domain::{PhoneNumber, Secret};

    use super::*;

    /// A provider that answers one request with `reply` and tells what it was asked.
    fn provider(reply: &'static str) -> (Provider, std::thread::JoinHandle<String>) {
        provider_asked(reply, "Timeout=")
    }

    /// The same for a request whose last field begins with `end`.
    fn provider_asked(
        reply: &'static str,
        end: &'static str,
    ) -> (Provider, std::thread::JoinHandle<String>) {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let api_url = format!("http://{}", listener.local_addr().unwrap());
        let asked = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut asked = Vec::new();
            let mut buffer = [0; 4096];
            while !String::from_utf8_lossy(&asked).contains(end) {
                let read = stream.read(&mut buffer).unwrap();
                asked.extend_from_slice(&buffer[..read]);
            }
            stream.write_all(reply.as_bytes()).unwrap();
            String::from_utf8(asked).unwrap()
        });
        let tokens = vec![Secret::new("hush")];
        let (name, dialect, account) = ("p".to_owned(), "twiml".to_owned(), "AC1".to_owned());
        (Provider { name, dialect, profile: String::new(), account, tokens, api_token: None, api_url }, asked)
    }

    fn place(provider: Provider) -> Result<String, CarrierError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let carrier = HttpCarrier::new([("p".to_owned(), provider)].into());
        let call = NewCall {
            provider: "p".to_owned(),
            from: "12320".to_owned(),
            to: PhoneNumber::parse("8001").unwrap(),
            url: "http://us/step".to_owned(),
            status_url: "http://us/status".to_owned(),
            timeout_seconds: 20,
        };
        runtime.block_on(carrier.create(&call))
    }

    fn hear(reply: &'static str, address: &str) -> (Result<Sound, SoundError>, Option<String>) {
        crate::serve::choose_cryptography();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let api_url = format!("http://{}", listener.local_addr().unwrap());
        let url = address.replace("PROVIDER", &api_url);
        listener.set_nonblocking(true).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            let tokens = vec![Secret::new("hush")];
            let (name, dialect, account) = ("p".to_owned(), "twiml".to_owned(), "AC1".to_owned());
            let (profile, api_token) = (String::new(), None);
            let provider = Provider { name, dialect, profile, account, tokens, api_token, api_url };
            let carrier = HttpCarrier::new([("p".to_owned(), provider)].into());
            let answer = async {
                use tokio::io::{AsyncReadExt, AsyncWriteExt};
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut asked = vec![0; 4096];
                let read = stream.read(&mut asked).await.unwrap();
                stream.write_all(reply.as_bytes()).await.unwrap();
                String::from_utf8_lossy(&asked[..read]).into_owned()
            };
            tokio::pin!(answer);
            let mut asked = None;
            let fetch = carrier.sound("p", &url);
            tokio::pin!(fetch);
            let heard = loop {
                tokio::select! {
                    request = &mut answer, if asked.is_none() => asked = Some(request),
                    heard = &mut fetch => break heard,
                }
            };
            (heard, asked)
        })
    }

    #[test]
    fn the_recording_of_a_live_call_is_ordered_under_our_account() {
        crate::serve::choose_cryptography();
        let reply = "HTTP/1.1 201 Created\r\ncontent-length: 13\r\n\r\n{\"sid\":\"RE1\"}";
        let (provider, asked) = provider_asked(reply, "us%2Frecording");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let carrier = HttpCarrier::new([("p".to_owned(), provider)].into());
        let order = RecordOrder::Start { told: Some("http://us/recording".to_owned()) };
        let placed = runtime.block_on(carrier.record("p", "CA1", &order));
        assert_eq!(placed, Ok(Some("RE1".to_owned())));
        let asked = asked.join().unwrap();
        assert!(asked.starts_with("POST /2010-04-01/Accounts/AC1/Calls/CA1/Recordings.json"), "{asked}");
        assert!(matches!(
            runtime.block_on(carrier.record("nobody", "CA1", &order)),
            Err(CarrierError::Refused(_))
        ));
    }

    const SOUND: &str =
        "HTTP/1.1 200 OK\r\ncontent-type: audio/wav\r\ncontent-length: 4\r\nconnection: close\r\n\r\nRIFF";

    #[test]
    fn a_recording_is_fetched_with_our_account() {
        let (heard, asked) = hear(SOUND, "PROVIDER/2010-04-01/Accounts/AC1/Recordings/RE1");
        assert_eq!(heard, Ok(Sound { media_type: "audio/wav".to_owned(), bytes: b"RIFF".to_vec() }));
        let asked = asked.unwrap();
        assert!(asked.starts_with("GET /2010-04-01/Accounts/AC1/Recordings/RE1 HTTP/1.1"), "{asked}");
        assert!(asked.contains("authorization: Basic QUMxOmh1c2g="), "{asked}");
        let gone = "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        let (heard, _) = hear(gone, "PROVIDER/2010-04-01/Accounts/AC1/Recordings/RE1");
        assert_eq!(heard, Err(SoundError::NotThere));
        let page =
            "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        let (heard, _) = hear(page, "PROVIDER/2010-04-01/Accounts/AC1/Recordings/RE1");
        assert!(matches!(heard, Err(SoundError::Unclear(_))), "{heard:?}");
    }

    #[test]
    fn an_address_that_leads_elsewhere_is_not_asked() {
        for address in [
            "http://169.254.169.254/2010-04-01/Accounts/AC1/Recordings/RE1",
            "http://127.0.0.1:9/2010-04-01/Accounts/AC1/Recordings/RE1",
            "file:///2010-04-01/Accounts/AC1/Recordings/RE1",
            "PROVIDER/2010-04-01/Accounts/AC2/Recordings/RE1",
            "PROVIDER/2010-04-01/Accounts/AC1/Calls/CA1",
            "PROVIDER/admin",
            "PROVIDER@elsewhere.example/2010-04-01/Accounts/AC1/Recordings/RE1",
            "nonsense",
        ] {
            assert_eq!(hear(SOUND, address), (Err(SoundError::Foreign), None), "{address}");
        }
    }

    #[test]
    fn a_call_is_placed_under_our_account() {
        crate::serve::choose_cryptography();
        let reply =
            "HTTP/1.1 201 Created\r\ncontent-length: 31\r\n\r\n{\"sid\":\"CA1\",\"status\":\"queued\"}";
        let (provider, asked) = provider(reply);
        assert_eq!(place(provider), Ok("CA1".to_owned()));
        let asked = asked.join().unwrap();
        assert!(asked.starts_with("POST /2010-04-01/Accounts/AC1/Calls.json HTTP/1.1"), "{asked}");
        assert!(asked.contains("To=8001") && asked.contains("From=12320"), "{asked}");
    }

    #[test]
    fn a_refusal_did_nothing_and_an_empty_answer_may_have() {
        crate::serve::choose_cryptography();
        let refusal =
            "HTTP/1.1 400 Bad Request\r\ncontent-length: 33\r\n\r\n{\"code\":21201,\"message\":\"No 'To'\"}";
        let (refusing, asked) = provider(refusal);
        assert!(matches!(place(refusing), Err(CarrierError::Refused(_))));
        drop(asked.join());
        let (silent, asked) = provider("HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n");
        assert!(matches!(place(silent), Err(CarrierError::Unclear(_))));
        drop(asked.join());
    }

    #[test]
    fn a_provider_that_cannot_be_reached_did_nothing() {
        crate::serve::choose_cryptography();
        let (mut unreachable, asked) = provider("");
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let reached = std::mem::replace(&mut unreachable.api_url, format!("http://{free}"));
        assert!(matches!(place(unreachable), Err(CarrierError::Refused(_))));
        // Lets the waiting provider of this test go.
        let mut stream = std::net::TcpStream::connect(reached.trim_start_matches("http://")).unwrap();
        stream.write_all(b"Timeout=").unwrap();
        drop(asked.join());
    }
}
