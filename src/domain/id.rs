//! Identifiers. Our own are UUIDv7 text, made by the switchboard and handed in; a provider's call id
//! is an opaque string, unique only within that provider, and never parsed.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Wraps an id that was made or stored elsewhere.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }
            /// The id as it is stored and shown in addresses.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(&self.0)
            }
        }
    )+};
}

ids! {
    /// One call, from the first hook to the end of its last leg.
    CallId,
    /// One contact: a call or a message, with or without a case.
    ContactId,
    /// One intake draft, a row from the moment the call is offered.
    IntakeId,
    /// One waiting caller.
    QueueEntryId,
    /// One offer of one waiting caller to one agent.
    OfferId,
    /// One case.
    CaseId,
    /// One complaint point of a case.
    PointId,
    /// One follow-up or queue callback.
    CallbackId,
    /// One attempt to reach somebody for a callback.
    AttemptId,
    /// One wish to bring somebody else to a call.
    TransferId,
    /// One message left on a recording.
    MessageId,
    /// One recording: of a message, or of a piece of a conversation.
    RecordingId,
    /// What a caller once said to being recorded.
    ConsentId,
    /// One person listening to one recording.
    ListeningId,
    /// A person with an account.
    PersonId,
}
