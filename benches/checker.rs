//! How many scripts are checked in a second: the shipped lines, read from disk once, checked by their profiles. Aim: 1,000.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use callflow::check::{Profiles, Standards};
use callflow::{SourceFile, Sources, check_by};

const FOR: Duration = Duration::from_secs(3);

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = read(&root.join("config/script_profiles.toml"));
    let profiles = Profiles::parse(&table.text, &table.path).unwrap_or_else(|fault| panic!("{fault}"));
    let standards = Standards { profiles: &profiles, today: chrono::NaiveDate::default() };
    let mut worst = f64::INFINITY;
    for line in ["12320", "dialog"] {
        let sources = sources(&root.join("ivr-scripts").join(line));
        let (_, found) = check_by(&sources, &standards);
        assert!(found.is_empty(), "{line}: {found:?}");
        let (started, mut checks) = (Instant::now(), 0_u32);
        while started.elapsed() < FOR {
            black_box(check_by(black_box(&sources), &standards));
            checks += 1;
        }
        let rate = f64::from(checks) / started.elapsed().as_secs_f64();
        println!("{line:<10}{rate:>8.0} scripts a second{:>10.0} µs each", 1e6 / rate);
        worst = worst.min(rate);
    }
    println!("slowest: {worst:.0} scripts a second; aim: 1,000");
}

fn read(path: &Path) -> SourceFile {
    let text = std::fs::read_to_string(path);
    SourceFile::new(
        path.display().to_string(),
        text.unwrap_or_else(|fault| panic!("{}: {fault}", path.display())),
    )
}

fn sources(folder: &Path) -> Sources {
    let mut files = vec![read(&folder.join("script.toml"))];
    let prompts = std::fs::read_dir(folder.join("prompts")).unwrap_or_else(|fault| panic!("{fault}"));
    files.extend(prompts.flatten().map(|entry| read(&entry.path())));
    Sources { files, audio: Vec::new() }
}
