//! A request body that must arrive in time: a peer that sends half of it must not hold the connection.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use tokio::time::Sleep;

/// From the first wait to the last byte.
const WHOLE: Duration = Duration::from_secs(15);

/// Why a body ended early.
#[derive(Debug, thiserror::Error)]
pub(super) enum Cut {
    #[error("the body did not come in time")]
    TooSlow,
    #[error(transparent)]
    Broken(#[from] hyper::Error),
}

/// The body, with a clock that only runs once it has to be waited for.
pub(super) struct TimedBody {
    body: Incoming,
    clock: Option<Pin<Box<Sleep>>>,
}

impl TimedBody {
    pub(super) fn new(body: Incoming) -> Self {
        Self { body, clock: None }
    }
}

impl Body for TimedBody {
    type Data = Bytes;
    type Error = Cut;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            return Poll::Ready(frame.map(|frame| frame.map_err(Cut::from)));
        }
        let clock = self.clock.get_or_insert_with(|| Box::pin(tokio::time::sleep(WHOLE)));
        clock.as_mut().poll(context).map(|()| Some(Err(Cut::TooSlow)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
