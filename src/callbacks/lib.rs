//! Follow-up callbacks: purposes, ladders, windows, attempts.
