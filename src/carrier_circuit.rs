//! The circuit breaker of one provider: who failed again and again is not asked for a while, so that an agent is told
//! at once and a provider that comes back is not overrun. A state machine with the time handed in.

use std::time::Duration;

use switchboard::ports::CircuitState;

/// So many failures in a row open the circuit.
const FAILURES: u32 = 5;
/// The first rest; each that follows without a success between is twice as long.
const FIRST_REST: Duration = Duration::from_secs(30);
const LONGEST_REST: Duration = Duration::from_secs(300);
/// A trial whose end was never told is given up: the longest request is long over.
const TRIAL: Duration = Duration::from_secs(30);

/// Moments are counted from the start of the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Circuit {
    /// Asked as usual; failures in a row.
    Closed { failures: u32 },
    /// Not asked until then.
    Open { until: Duration, rest: Duration },
    /// One request is on its way since then; whether the provider is back.
    HalfOpen { since: Duration, rest: Duration },
}

impl Default for Circuit {
    fn default() -> Self {
        Self::Closed { failures: 0 }
    }
}

impl Circuit {
    /// Whether the provider may be asked at `now`; whole seconds left where it may not.
    pub(crate) fn ask(&mut self, now: Duration) -> Result<(), u64> {
        let (until, rest) = match *self {
            Self::Closed { .. } => return Ok(()),
            Self::Open { until, rest } => (until, rest),
            Self::HalfOpen { since, rest } => (since.saturating_add(TRIAL), rest),
        };
        if now < until {
            return Err(until.saturating_sub(now).as_secs().max(1));
        }
        *self = Self::HalfOpen { since: now, rest };
        Ok(())
    }

    /// The provider answered, whatever it said.
    pub(crate) fn answered(&mut self) {
        *self = Self::default();
    }

    /// The provider could not be reached, gave no answer in time, or broke down over it.
    pub(crate) fn failed(&mut self, now: Duration) {
        *self = match *self {
            Self::Closed { failures } if failures.saturating_add(1) < FAILURES => {
                Self::Closed { failures: failures.saturating_add(1) }
            }
            Self::Closed { .. } => Self::open(now, FIRST_REST),
            Self::HalfOpen { rest, .. } => Self::open(now, rest.saturating_mul(2).min(LONGEST_REST)),
            // A request that was on its way before the others failed.
            Self::Open { .. } => *self,
        };
    }

    fn open(now: Duration, rest: Duration) -> Self {
        Self::Open { until: now.saturating_add(rest), rest }
    }

    /// How long it is still not asked.
    pub(crate) fn rest(self, now: Duration) -> Duration {
        match self {
            Self::Open { until, .. } => until.saturating_sub(now),
            Self::Closed { .. } | Self::HalfOpen { .. } => Duration::ZERO,
        }
    }

    /// As it is shown.
    pub(crate) fn state(self) -> CircuitState {
        match self {
            Self::Closed { .. } => CircuitState::Closed,
            Self::Open { .. } => CircuitState::Open,
            Self::HalfOpen { .. } => CircuitState::HalfOpen,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn broken(now: u64) -> Circuit {
        let mut circuit = Circuit::default();
        for _ in 0..FAILURES {
            circuit.failed(at(now));
        }
        circuit
    }

    #[test]
    fn failures_in_a_row_open_it_and_one_answer_forgets_them() {
        let mut circuit = Circuit::default();
        for _ in 0..3 {
            for _ in 1..FAILURES {
                circuit.failed(at(1));
            }
            assert_eq!((circuit.ask(at(1)), circuit.state()), (Ok(()), CircuitState::Closed));
            circuit.answered();
        }
        assert_eq!(broken(1).state(), CircuitState::Open);
    }

    #[test]
    fn after_the_rest_one_request_tries() {
        let mut circuit = broken(100);
        assert_eq!(circuit.ask(at(100)), Err(30));
        assert_eq!(circuit.ask(at(129)), Err(1));
        assert_eq!((circuit.rest(at(129)), circuit.rest(at(200))), (at(1), Duration::ZERO));
        assert_eq!((circuit.ask(at(130)), circuit.state()), (Ok(()), CircuitState::HalfOpen));
        assert_eq!(circuit.ask(at(131)), Err(29), "one, and no second beside it");
        circuit.answered();
        assert_eq!((circuit.ask(at(131)), circuit.state()), (Ok(()), CircuitState::Closed));
    }

    #[test]
    fn rests_grow_to_a_bound() {
        let (mut circuit, mut now, mut rests) = (broken(0), 0, Vec::new());
        for _ in 0..6 {
            let rest = circuit.ask(at(now)).unwrap_err();
            rests.push(rest);
            now += rest;
            assert_eq!(circuit.ask(at(now)), Ok(()));
            circuit.failed(at(now));
        }
        assert_eq!(rests, [30, 60, 120, 240, 300, 300]);
    }

    #[test]
    fn a_trial_that_was_dropped_does_not_close_the_way_for_ever() {
        let mut circuit = broken(0);
        assert_eq!(circuit.ask(at(30)), Ok(()));
        assert_eq!(circuit.ask(at(60)), Ok(()), "whoever waited for the first has gone");
        circuit.failed(at(61));
        let open = circuit;
        circuit.failed(at(80));
        assert_eq!(circuit, open, "a straggler does not lengthen the rest");
    }
}
