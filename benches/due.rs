//! How long the reckoning of a limit takes: 60 working days ahead, with every day and its reason. Aim: 10 µs.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use clocks::{Calendar, Decrees, Law, Laws, Ledger, Pause, PauseReason, Reckoning};
use domain::Timestamp;

const FOR: Duration = Duration::from_secs(2);

fn main() {
    let laws = read("laws.toml", Laws::parse);
    let decrees = read("decrees.toml", Decrees::parse);
    for (id, calendar, start) in [
        ("cn-order3-single", "calendars/china.toml", "2026-01-05T09:00:00+08:00"),
        ("dk-answer", "calendars/denmark.toml", "2026-03-02T09:00:00+01:00"),
    ] {
        let calendar = read(calendar, Calendar::parse);
        let start = Timestamp::parse(start).unwrap_or_else(|fault| panic!("{fault}"));
        let law = laws.get(id, None, start.service_day(calendar.zone));
        let law = Law { count: 60, ..law.unwrap_or_else(|| panic!("there is no law {id}")).clone() };
        let (from, until) = (start.plus_seconds(30 * 86_400), Some(start.plus_seconds(33 * 86_400)));
        let reason = PauseReason::AwaitingComplainant;
        let paused = Ledger { pauses: vec![Pause { from, until, reason }], ..Ledger::default() };
        let plain = Reckoning::new(&law, &calendar, calendar.zone).under(&decrees);
        for (what, reckoning) in [("plain", plain), ("paused", plain.with(&paused, start))] {
            let days = reckoning.due(start).days.len();
            let (started, mut counts) = (Instant::now(), 0_u32);
            while started.elapsed() < FOR {
                black_box(black_box(reckoning).due(black_box(start)));
                counts += 1;
            }
            let each = started.elapsed().as_secs_f64() * 1e6 / f64::from(counts);
            println!("{id:<18}{what:<8}{days:>4} days{each:>8.2} µs each");
        }
    }
    println!("aim: 10 µs");
}

fn read<T, E: std::fmt::Display>(name: &str, parse: impl FnOnce(&str, &str) -> Result<T, E>) -> T {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("config").join(name);
    let text = std::fs::read_to_string(&file).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    parse(&text, name).unwrap_or_else(|fault| panic!("{fault}"))
}
