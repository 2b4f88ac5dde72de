//! Addresses that a document sends the provider to next.

/// Where the hooks of one document go, absolute or relative to the document's own address.
#[derive(Debug, Clone, Copy)]
pub struct Links<'a> {
    /// Keys, recordings and dial results.
    pub action: &'a str,
    /// Taken when a gather or record got nothing, and for [`callflow::Verb::Next`].
    pub way_out: &'a str,
    /// Told when a recording is ready, where the house wants to know.
    pub recording_status: Option<&'a str>,
    /// Told how a dialled leg gets on, where the house wants to know.
    pub dial_status: Option<&'a str>,
    /// Told whether a machine answered the dialled leg, where the house wants to know and the provider can tell.
    pub machine_status: Option<&'a str>,
    /// Folder that [`callflow::Prompt::audio`] lies in, without the last `/`; nothing: prompts are spoken.
    pub audio: Option<&'a str>,
    /// Number shown to whom we dial; nothing: the provider's default.
    pub caller_id: Option<&'a str>,
    /// The address of this very document, for providers that fetch long ones part by part; nothing where it
    /// cannot be asked again.
    pub again: Option<&'a str>,
    /// Which part of the document is asked for, from 0.
    pub part: usize,
}
