//! The whole house, tested from outside: one binary, so that everything is linked once.
//!
//! `tidy` keeps the rules of the building itself; the other modules drive the real program over HTTP.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod call_control;
mod capabilities;
mod conformance;
mod dialled_calls;
mod documents;
mod doors;
mod faulty_scripts;
mod front_door;
mod fuzz_bodies;
mod golden_calls;
mod httapi;
mod jambonz;
mod kill;
mod lengths;
mod mishaps;
mod permutations;
mod provider;
mod recordings;
mod reports;
mod service;
mod tidy;
mod tidy_walls;
