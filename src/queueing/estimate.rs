//! The wait that is told to a caller: place × mean handling ÷ agents at work, as a range, or nothing at all.

use serde::{Deserialize, Serialize};

/// What a queue looks like now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// Agents who serve the queue and are ready, ringing, talking or in wrap-up.
    pub agents: u32,
    /// Agents among them who are ready this moment.
    pub ready: u32,
    /// Mean handling of the last conversations (talk, hold, wrap-up), in seconds; none where there were too few.
    pub mean_handling_seconds: Option<u32>,
}

/// A wait between two numbers of minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitRange {
    /// At least, in whole minutes.
    pub from_minutes: u32,
    /// At most, in whole minutes, at least one.
    pub to_minutes: u32,
}

/// The wait of the caller at `place` (from 1). None where nobody serves the queue or nothing is known: better no
/// number than an invented one.
pub fn estimate(place: u32, load: Load) -> Option<WaitRange> {
    if load.agents == 0 || place == 0 {
        return None;
    }
    if place <= load.ready {
        return Some(WaitRange { from_minutes: 0, to_minutes: 1 });
    }
    let handling = u64::from(load.mean_handling_seconds.filter(|seconds| *seconds > 0)?);
    let expected = u64::from(place - load.ready) * handling / u64::from(load.agents);
    let minutes = |seconds: u64| u32::try_from(seconds).unwrap_or(u32::MAX);
    // A third to either side: handling times scatter about that much around their mean.
    let from_minutes = minutes(expected * 2 / 3 / 60);
    let to_minutes = minutes((expected * 4 / 3).div_ceil(60)).max(from_minutes + 1);
    Some(WaitRange { from_minutes, to_minutes })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(agents: u32, ready: u32, mean: u32) -> Load {
        Load { agents, ready, mean_handling_seconds: Some(mean) }
    }

    #[test]
    fn a_range_around_place_times_handling_over_agents() {
        assert_eq!(estimate(6, load(3, 0, 240)), Some(WaitRange { from_minutes: 5, to_minutes: 11 }));
        assert_eq!(estimate(1, load(2, 1, 240)), Some(WaitRange { from_minutes: 0, to_minutes: 1 }));
        assert_eq!(estimate(1, load(4, 0, 60)), Some(WaitRange { from_minutes: 0, to_minutes: 1 }));
    }

    #[test]
    fn what_is_not_known_is_not_told() {
        assert_eq!(estimate(3, load(0, 0, 240)), None);
        assert_eq!(estimate(3, Load { agents: 2, ready: 0, mean_handling_seconds: None }), None);
        assert_eq!(estimate(3, load(2, 0, 0)), None);
    }

    #[test]
    fn later_places_never_wait_less() {
        for agents in 1..5 {
            let ranges: Vec<_> =
                (1..50).map(|place| estimate(place, load(agents, 0, 200)).unwrap()).collect();
            assert!(ranges.windows(2).all(|pair| pair[0].to_minutes <= pair[1].to_minutes));
            assert!(ranges.iter().all(|range| range.from_minutes < range.to_minutes));
        }
    }
}
