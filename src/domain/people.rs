//! People with an account, and what they may do.

use serde::{Deserialize, Serialize};

/// What an account is for. Rights are derived from the role in one place, `switchboard::rights`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Answers calls and records intakes (坐席).
    Agent,
    /// Handles cases in one department (承办人).
    Handler,
    /// Oversees queue, cases and reports (班长).
    Supervisor,
    /// Accounts and configuration.
    Administrator,
}

impl Role {
    /// Every role, in the order that screens list them.
    pub const ALL: [Self; 4] = [Self::Agent, Self::Handler, Self::Supervisor, Self::Administrator];

    /// The stored and typed spelling.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Handler => "handler",
            Self::Supervisor => "supervisor",
            Self::Administrator => "administrator",
        }
    }
}

impl std::str::FromStr for Role {
    type Err = UnknownRole;
    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

/// A role that does not exist.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("unknown role \"{0}\"; roles are agent, handler, supervisor, administrator")]
pub struct UnknownRole(String);
