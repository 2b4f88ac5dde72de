//! The edges over HTTP: provider hooks, screens, API.
