//! Stub until commands are wired.
mod config;
mod config_hours;
mod config_layers;
mod config_reader;
mod house_files;
fn main() {}
