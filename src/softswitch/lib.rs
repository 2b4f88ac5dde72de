//! The bundled switch: a telephone network in a box for demo, terminal and tests.

pub mod interpreter;
