//! The nouns that every room shares: ids, time, telephone numbers, languages, people, the directory.
//!
//! Is not: a place for rules. A rule that decides something lives in the room that decides it;
//! here are only values that cannot be wrong once they exist.
//!
//! Read in this order: [`id`], [`time`], [`phone`], [`language`], [`people`], [`case_number`],
//! [`directory`], [`office`], [`directory_file`], [`secret`], [`code`], [`request_type`], [`data_file`].

pub mod case_number;
pub mod code;
pub mod data_file;
pub mod directory;
pub mod directory_file;
pub mod id;
mod institution;
pub mod language;
pub mod office;
pub mod people;
pub mod phone;
pub mod request_type;
pub mod secret;
pub mod time;

pub use case_number::CaseNumber;
pub use data_file::{DataFile, Fault};
pub use id::{
    AttemptId, CallId, CallbackId, CaseId, ConsentId, ContactId, IntakeId, ListeningId, MessageId, OfferId,
    PersonId, PointId, QueueEntryId, RecordingId, TransferId,
};
pub use language::Language;
pub use people::Role;
pub use phone::{Caller, PhoneNumber};
pub use request_type::RequestType;
pub use secret::Secret;
pub use time::Timestamp;
