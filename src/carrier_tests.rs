//! A carrier that talks to a provider of one answer, over a real socket.

use std::io::{Read, Write};

use domain::{PhoneNumber, Secret};

use switchboard::ports::CircuitState;

use super::*;

/// A provider that answers one request with `reply` and tells what it was asked.
fn provider(reply: &'static str) -> (Provider, std::thread::JoinHandle<String>) {
    provider_asked(reply, "Timeout=")
}

/// The same for a request whose last field begins with `end`.
fn provider_asked(reply: &'static str, end: &'static str) -> (Provider, std::thread::JoinHandle<String>) {
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
    runtime.block_on(carrier.create(&new_call()))
}

fn new_call() -> NewCall {
    NewCall {
        provider: "p".to_owned(),
        from: "12320".to_owned(),
        to: PhoneNumber::parse("8001").unwrap(),
        url: "http://us/step".to_owned(),
        status_url: "http://us/status".to_owned(),
        timeout_seconds: 20,
        most_seconds: 7200,
        detect_machine: false,
        wanted_id: "0190-a".to_owned(),
    }
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
    let page = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
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
    let reply = "HTTP/1.1 201 Created\r\ncontent-length: 31\r\n\r\n{\"sid\":\"CA1\",\"status\":\"queued\"}";
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

/// A provider that gives these replies, one a connection, and tells how often it was asked.
fn answering(replies: Vec<&'static str>) -> (Provider, std::thread::JoinHandle<usize>) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let api_url = format!("http://{}", listener.local_addr().unwrap());
    let (provider, asked) = provider("");
    // Lets the provider of one answer go; this one stands in for it.
    let mut stream = std::net::TcpStream::connect(provider.api_url.trim_start_matches("http://")).unwrap();
    stream.write_all(b"Timeout=").unwrap();
    drop(asked.join());
    let answering = std::thread::spawn(move || {
        let mut count = 0;
        for reply in replies {
            let (mut stream, _) = listener.accept().unwrap();
            let (mut asked, mut buffer) = (Vec::new(), [0; 4096]);
            while !String::from_utf8_lossy(&asked).contains("Timeout=") {
                let read = stream.read(&mut buffer).unwrap();
                asked.extend_from_slice(&buffer[..read]);
            }
            stream.write_all(reply.as_bytes()).unwrap();
            count += 1;
        }
        count
    });
    (Provider { api_url, ..provider }, answering)
}

const BUSY: &str = "HTTP/1.1 429 Too Many Requests\r\nretry-after: 0\r\nconnection: close\r\n\
    content-length: 14\r\n\r\n{\"code\":20429}";
const PLACED: &str =
    "HTTP/1.1 201 Created\r\nconnection: close\r\ncontent-length: 13\r\n\r\n{\"sid\":\"CA1\"}";

#[test]
fn a_provider_that_is_too_busy_is_asked_again_a_few_times() {
    crate::serve::choose_cryptography();
    let (busy, asked) = answering(vec![BUSY, BUSY, PLACED]);
    assert_eq!(place(busy), Ok("CA1".to_owned()));
    assert_eq!(asked.join().unwrap(), 3);
    let (busy, asked) = answering(vec![BUSY, BUSY, BUSY, BUSY]);
    let refused = place(busy).unwrap_err().to_string();
    assert!(refused.contains("too busy"), "{refused}");
    assert_eq!(asked.join().unwrap(), 4);
}

#[test]
fn a_provider_that_asks_for_a_long_rest_gets_it() {
    crate::serve::choose_cryptography();
    let (busy, asked) = answering(vec![
        "HTTP/1.1 429 Too Many Requests\r\nretry-after: 60\r\nconnection: close\r\n\
         content-length: 14\r\n\r\n{\"code\":20429}",
    ]);
    assert!(place(busy).unwrap_err().to_string().contains("60 s of rest"));
    assert_eq!(asked.join().unwrap(), 1);
}

#[test]
fn a_provider_that_keeps_failing_is_left_alone() {
    crate::serve::choose_cryptography();
    let broken = "HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    let (provider, asked) = answering(vec![broken; 5]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let carrier = HttpCarrier::new([("p".to_owned(), provider)].into());
    for _ in 0..5 {
        let answer = runtime.block_on(carrier.create(&new_call()));
        assert!(matches!(answer, Err(CarrierError::Unclear(_))), "perhaps carried out: sent once");
    }
    assert_eq!(asked.join().unwrap(), 5);
    let stands = carrier.circuits();
    assert_eq!((stands.len(), stands[0].provider.as_str(), stands[0].state), (1, "p", CircuitState::Open));
    assert!(stands[0].rest > Duration::from_secs(25) && stands[0].rest <= Duration::from_secs(30));
    let refused = runtime.block_on(carrier.create(&new_call())).unwrap_err();
    assert!(matches!(&refused, CarrierError::Refused(why) if why.contains("keeps failing")), "{refused}");
}

/// Passes one request on to `upstream` and drops its answer, as a network does that fails in the wrong moment.
async fn lose_the_answer(listener: tokio::net::TcpListener, upstream: std::net::SocketAddr) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let (mut asked, _) = listener.accept().await.unwrap();
    let (mut request, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let read = asked.read(&mut buffer).await.unwrap();
        request.extend_from_slice(&buffer[..read]);
        let text = String::from_utf8_lossy(&request).to_lowercase();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
        if body.len() >= length.parse().unwrap() {
            break;
        }
    }
    let mut passed = tokio::net::TcpStream::connect(upstream).await.unwrap();
    passed.write_all(&request).await.unwrap();
    let read = passed.read(&mut buffer).await.unwrap();
    assert!(buffer[..read].starts_with(b"HTTP/1.1 201"), "the provider did place the call");
}

#[test]
fn a_call_whose_answer_was_lost_is_found_in_the_list_of_the_bundled_switch() {
    crate::serve::choose_cryptography();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let switch = softswitch::Switch::new(softswitch::Setup {
            base_url: format!("http://{address}"),
            account: Account { id: "AC1".to_owned(), token: Secret::new("hush") },
            lines: Vec::new(),
            extensions: vec!["8001".to_owned()],
            outside: BTreeMap::new(),
            anyone: softswitch::Outside::NoAnswer,
            desk_secret: None,
            own_numbers: false,
            ice_servers: Vec::new(),
        });
        let router = softswitch::router(switch.unwrap());
        let serving = tokio::spawn(web::listener::serve(listener, router, std::future::pending()));
        let doorway = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let api_url = format!("http://{}", doorway.local_addr().unwrap());
        let losing = tokio::spawn(lose_the_answer(doorway, address));
        let provider = |api_url: String| Provider {
            name: "p".to_owned(),
            dialect: "twiml".to_owned(),
            profile: String::new(),
            account: "AC1".to_owned(),
            tokens: vec![Secret::new("hush")],
            api_token: None,
            api_url,
        };
        let carrier = HttpCarrier::new([("p".to_owned(), provider(api_url))].into());
        assert!(matches!(carrier.create(&new_call()).await, Err(CarrierError::Unclear(_))));
        losing.await.unwrap();
        let carrier = HttpCarrier::new([("p".to_owned(), provider(format!("http://{address}")))].into());
        let filter = |to: &str| CallFilter {
            to: to.to_owned(),
            from: "12320".to_owned(),
            since: domain::Timestamp(0),
            wanted_id: Some("0190-a".to_owned()),
        };
        let listed = carrier.find("p", &filter("8001")).await.unwrap().unwrap();
        assert_eq!(listed.len(), 1, "one call, however unclear its answer");
        assert_eq!(listed[0].to, "8001");
        assert!(listed[0].placed_at.is_some() && !listed[0].provider_call_id.is_empty());
        assert_eq!(carrier.find("p", &filter("8009")).await, Ok(Some(Vec::new())));
        serving.abort();
    });
}
