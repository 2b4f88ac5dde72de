//! What the kernel says of a process: time on the processors, memory in use.

use std::time::Duration;

/// Ticks a second of `/proc`; fixed on Linux.
const TICKS: u32 = 100;

/// User and system time so far.
pub(crate) fn cpu(id: u32) -> Duration {
    let text = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    // The name in brackets may hold blanks; the fields after it do not.
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks = |place: usize| fields.get(place).and_then(|text| text.parse::<u32>().ok()).unwrap_or(0);
    Duration::from_secs(1) * (ticks(11) + ticks(12)) / TICKS
}

/// Resident memory, in KiB.
pub(crate) fn resident_kib(id: u32) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
