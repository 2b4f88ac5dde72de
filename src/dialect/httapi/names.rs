//! Names that documents give and hooks bring back, and names that the set-up page fixes on the switch.

/// Parameter with the keys that were pressed.
pub const KEYS: &str = "digits";
/// Field of an uploaded message.
pub const MESSAGE: &str = "message";
/// Query parameter of where a recording goes: the key that ended it, for `#` too.
pub const ENDED_BY: &str = "key";
/// Variable that says how a dial ended.
pub const DISPOSITION: &str = "originate_disposition";
/// Query parameter of a status address: the call that the leg was dialled for.
pub const PARENT: &str = "parent";
/// Query parameter: which part of the same document is asked for.
pub const PART: &str = "part";
/// Variable of a dialled leg: the address that is told when it is answered.
pub const TOLD: &str = "hotline_told";
/// Context of the switch's dialplan that leads to telephones and lines; it decides what may be dialled.
pub const CONTEXT: &str = "hotline-out";
/// Profile in the switch's `conference.conf.xml`: who is alone in a room hears its music.
pub const ROOMS: &str = "default";
/// Profile in the switch's `httapi.conf.xml`.
pub const PROFILE: &str = "hotline";
