//! Callers: six hooks a call (first, three gathers, one recording, one status), in a closed or an open loop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::provider::{Wire, action, hook};

/// Latencies of one run.
pub(crate) struct Measured {
    latencies: Vec<Duration>,
    took: Duration,
    /// Hooks that were not answered with a document that goes on.
    pub(crate) errors: u64,
}

/// How long a connection may have been idle.
const FRESH: Duration = Duration::from_secs(3);

static CALLS: AtomicU64 = AtomicU64::new(0);

impl Measured {
    fn new(mut latencies: Vec<Duration>, took: Duration, errors: u64) -> Self {
        latencies.sort_unstable();
        Self { latencies, took, errors }
    }

    pub(crate) fn count(&self) -> usize {
        self.latencies.len()
    }

    pub(crate) fn rate(&self) -> f64 {
        self.latencies.len() as f64 / self.took.as_secs_f64()
    }

    pub(crate) fn quantile(&self, share: f64) -> Duration {
        let last = self.latencies.len().saturating_sub(1);
        self.latencies.get((last as f64 * share).round() as usize).copied().unwrap_or_default()
    }
}

/// One call of six hooks; the latency of each. `from`: the planned moment of the first one.
async fn call(wire: &mut Wire, into: &mut Vec<Duration>, from: Option<Instant>) -> Result<(), String> {
    let number = CALLS.fetch_add(1, Ordering::Relaxed);
    let (id, caller) = (format!("CA{number:032x}"), format!("+861{number:010}"));
    let line = "/voice/twilio/12320";
    let mut target = line.to_owned();
    let steps: [&[(&str, &str)]; 6] = [
        &[("CallStatus", "ringing")],
        &[("Digits", "1")],
        &[("Digits", "1")],
        &[("Digits", "1")],
        &[("RecordingUrl", "https://sound.example/RE1"), ("RecordingDuration", "7"), ("Digits", "#")],
        &[("CallStatus", "completed"), ("CallDuration", "61"), ("SequenceNumber", "3")],
    ];
    for (step, fields) in steps.into_iter().enumerate() {
        if step == 5 {
            target = format!("{line}/status");
        }
        let planned = from.filter(|_| step == 0);
        let asked = planned.unwrap_or_else(Instant::now);
        let sent = hook(target.as_str(), &id, &caller, fields);
        let answer = wire.send(&sent).await.map_err(|error| error.to_string())?;
        into.push(asked.elapsed());
        if answer.status != 200 || answer.body.contains("/fallback") {
            return Err(format!("{} {}", answer.status, answer.body));
        }
        target = action(&answer.body).unwrap_or_default();
    }
    Ok(())
}

/// `callers` callers, each with one call after another.
pub(crate) async fn closed(
    address: SocketAddr,
    token: &'static str,
    callers: usize,
    round: Duration,
) -> Measured {
    let started = Instant::now();
    let tasks: Vec<_> = (0..callers)
        .map(|_| {
            tokio::spawn(async move {
                let (mut latencies, mut errors) = (Vec::new(), 0);
                let Ok(mut wire) = Wire::open(address, token).await else { return (latencies, 1) };
                while started.elapsed() < round {
                    if let Err(error) = call(&mut wire, &mut latencies, None).await {
                        eprintln!("{error}");
                        errors += 1;
                        break;
                    }
                }
                (latencies, errors)
            })
        })
        .collect();
    gather(tasks, started).await
}

/// Calls that begin by the clock, whether or not the ones before have ended.
pub(crate) async fn steady(
    address: SocketAddr,
    token: &'static str,
    calls: u32,
    round: Duration,
) -> Measured {
    let wires = Arc::new(tokio::sync::Mutex::new(Vec::<(Instant, Wire)>::new()));
    let started = Instant::now();
    let mut tasks = Vec::new();
    let total = u32::try_from(round.as_secs()).unwrap_or(0) * calls;
    for number in 0..total {
        let planned = started + Duration::from_secs(1) * number / calls;
        tokio::time::sleep_until(planned.into()).await;
        let wires = Arc::clone(&wires);
        tasks.push(tokio::spawn(async move {
            // The service closes what has been idle for five seconds; a provider opens anew.
            let kept =
                wires.lock().await.pop().filter(|(since, _)| since.elapsed() < FRESH).map(|(_, wire)| wire);
            let mut wire = match kept {
                Some(wire) => wire,
                None => match Wire::open(address, token).await {
                    Ok(wire) => wire,
                    Err(_) => return (Vec::new(), 1),
                },
            };
            let mut latencies = Vec::with_capacity(6);
            // The generator's own timer is late by up to a millisecond: that is not the service's.
            let begun = planned.max(Instant::now());
            let errors = u64::from(call(&mut wire, &mut latencies, Some(begun)).await.is_err());
            wires.lock().await.push((Instant::now(), wire));
            (latencies, errors)
        }));
    }
    gather(tasks, started).await
}

type Outcome = (Vec<Duration>, u64);

async fn gather(tasks: Vec<tokio::task::JoinHandle<Outcome>>, started: Instant) -> Measured {
    let (mut all, mut errors) = (Vec::new(), 0);
    for task in tasks {
        let (latencies, failed) = task.await.unwrap_or((Vec::new(), 1));
        all.extend(latencies);
        errors += failed;
    }
    Measured::new(all, started.elapsed(), errors)
}

/// Calls of three hooks that do not end.
pub(crate) async fn open_calls(address: SocketAddr, token: &'static str, count: u32, name: &'static str) {
    let tasks: Vec<_> = (0..32)
        .map(|lane| {
            tokio::spawn(async move {
                let Ok(mut wire) = Wire::open(address, token).await else { return };
                for number in (lane..count).step_by(32) {
                    let (id, caller) = (format!("CA-{name}-{number}"), format!("+862{number:010}"));
                    let mut target = "/voice/twilio/12320".to_owned();
                    for keys in ["", "1", "1"] {
                        let sent = hook(target.as_str(), &id, &caller, &[("Digits", keys)]);
                        let Ok(answer) = wire.send(&sent).await else { return };
                        target = action(&answer.body).unwrap_or_default();
                    }
                }
            })
        })
        .collect();
    for task in tasks {
        drop(task.await);
    }
}

/// One call's first document.
pub(crate) async fn first_answer(address: SocketAddr, token: &'static str) {
    let sent = hook("/voice/twilio/12320", "CA-after-start", "+8613800138000", &[]);
    let mut wire = Wire::open(address, token).await.unwrap_or_else(|error| panic!("{error}"));
    let answer = wire.send(&sent).await.unwrap_or_else(|error| panic!("{error}"));
    assert!(answer.status == 200 && answer.body.contains("<Gather"), "{} {}", answer.status, answer.body);
}

/// Waits until it takes connections.
pub(crate) async fn ready(address: SocketAddr) {
    while tokio::net::TcpStream::connect(address).await.is_err() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}
