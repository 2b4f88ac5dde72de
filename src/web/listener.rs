//! The accept loop. Every connection has a header timeout, a body timeout and a place among a limited
//! number; at the end, what has begun is finished.

mod timed_body;

use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::ServiceExt;

use self::timed_body::TimedBody;
use crate::hooks::Peer;

/// From the connection, or the answer before, to the end of the next request's headers. An idle connection is
/// closed by the same clock; providers open a new one.
const HEADERS: Duration = Duration::from_secs(5);
/// Beyond them a connection waits in the kernel's queue.
const MOST_CONNECTIONS: usize = 8_192;
/// Most header fields of a request.
const MOST_HEADERS: usize = 100;
/// Longest request head, in bytes.
const LONGEST_HEAD: usize = 64 * 1024;
/// What has begun gets so long to finish.
const FAREWELL: Duration = Duration::from_secs(10);
/// Pause after a failed accept: it fails again at once while file handles are short.
const BREATH: Duration = Duration::from_millis(50);

/// Serves until `stop` resolves, then takes no more connections, finishes what has begun, and returns.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        // A place first: a connection that cannot be served stays in the kernel's queue.
        let accepted = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, stream) = tokio::select! {
            () = &mut stop => break,
            accepted = accepted => accepted,
        };
        match (place, stream) {
            (Ok(place), Ok((stream, peer))) => connection(stream, Peer(peer), &router, &graceful, place),
            (_, Err(error)) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(BREATH).await;
            }
            // The semaphore is never closed.
            (Err(_), _) => break,
        }
    }
    drop(listener);
    if tokio::time::timeout(FAREWELL, graceful.shutdown()).await.is_err() {
        tracing::warn!("some connections did not end in time and are cut");
    }
}

fn connection(
    stream: TcpStream,
    peer: Peer,
    router: &Router,
    graceful: &GracefulShutdown,
    place: OwnedSemaphorePermit,
) {
    // Answers are one small packet: waiting to fill it only delays the caller.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a socket option could not be set");
    }
    let router = router.clone();
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let router = router.clone();
        async move {
            let mut request = request.map(|body| Body::new(TimedBody::new(body)));
            request.extensions_mut().insert(peer);
            Ok::<_, Infallible>(router.oneshot(request).await.unwrap_or_else(|never| match never {}))
        }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS)
        .max_headers(MOST_HEADERS)
        .max_buf_size(LONGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    let served = graceful.watch(served);
    tokio::spawn(async move {
        // Half requests and broken connections are everyday; the metrics count what was answered.
        if let Err(error) = served.await {
            tracing::debug!(%error, "a connection ended");
        }
        drop(place);
    });
}
