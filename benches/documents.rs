//! How long a document takes to be written, and a step of the engine to be walked: pure work, on one processor, with
//! the allocator of the program.
//!
//! `scripts/bench` runs it. Every figure is the median of several rounds: somebody else's work on the machine makes
//! single ones long, never short.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench that cannot go on stops")]

#[path = "../tests/it/documents.rs"]
#[allow(dead_code, unused_imports, reason = "the tests hold the documents against what is written down")]
mod documents;
#[path = "documents/steps.rs"]
mod steps;
#[path = "../tests/it/tidy.rs"]
#[allow(dead_code, reason = "the tests hold the whole repository in order")]
mod tidy;

use std::hint::black_box;
use std::time::{Duration, Instant};

use callflow::{SourceFile, Sources};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Rounds per figure, and how long they take together.
const ROUNDS: usize = 9;
const ROUND: Duration = Duration::from_millis(20);
/// What is aimed at, in microseconds.
const DOCUMENT: f64 = 20.0;
const STEP: f64 = 10.0;

fn main() {
    println!("{:<34}{:>9}{:>9}{:>9}{:>9}", "microseconds", "median", "slowest", "aim", "count");
    documents_of_every_profile();
    for line in ["12320", "dialog"] {
        let script = callflow::check(&sources(&format!("ivr-scripts/{line}"))).0.unwrap();
        let steps = steps::walked(&script);
        let each = steps.iter().map(|step| micros(|| drop(black_box(step.again(&script))))).collect();
        row(&format!("step of {line}"), each, STEP);
    }
}

fn documents_of_every_profile() {
    let script = documents::script();
    let scenes = documents::LANGUAGES.iter().flat_map(|language| {
        let play = |(_, scene): &(&str, &str)| documents::play(&script, language, scene, true);
        documents::SCENES.iter().flat_map(play).collect::<Vec<_>>()
    });
    let told: Vec<_> = scenes.collect();
    for (name, dialect) in documents::every_profile() {
        let render = |verbs| micros(|| drop(black_box(documents::render(dialect, verbs))));
        row(&format!("document for {name}"), told.iter().map(|verbs| render(verbs)).collect(), DOCUMENT);
    }
}

/// Everything that makes up the script of a folder, without its sounds.
fn sources(folder: &str) -> Sources {
    let files = tidy::files(folder, &["toml", "ftl"]);
    Sources {
        files: files.iter().map(|path| SourceFile::new(path, tidy::text(path))).collect(),
        audio: Vec::new(),
    }
}

/// Microseconds that the work takes once: the median of the rounds.
fn micros(mut work: impl FnMut()) -> f64 {
    let began = Instant::now();
    work();
    let once = began.elapsed().as_secs_f64().max(1e-8);
    let times = (ROUND.as_secs_f64() / ROUNDS as f64 / once).clamp(1.0, 10_000.0) as u32;
    let mut rounds: Vec<f64> = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let began = Instant::now();
        (0..times).for_each(|_| work());
        rounds.push(began.elapsed().as_secs_f64() * 1e6 / f64::from(times));
    }
    rounds.sort_by(f64::total_cmp);
    rounds[ROUNDS / 2]
}

/// The median and the slowest of all documents or steps.
fn row(name: &str, mut each: Vec<f64>, aim: f64) {
    each.sort_by(f64::total_cmp);
    let (median, slowest) = (each[each.len() / 2], each[each.len() - 1]);
    let missed = if median > aim { "  missed" } else { "" };
    println!("{name:<34}{median:>9.1}{slowest:>9.1}{aim:>9.0}{:>9}{missed}", each.len());
}
