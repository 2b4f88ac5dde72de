//! Addresses that a document sends the provider to next.

use callflow::Prompt;

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

/// Seconds that a key is still waited for when a tune has filled the time of waiting.
const BEHIND_A_TUNE: u32 = 1;

impl Links<'_> {
    /// All that is played in a gather, and the seconds it waits for a key afterwards: where the tune can be played it
    /// takes the time of waiting, otherwise that is silent.
    pub(crate) fn with_tune<'p>(
        &self,
        prompts: &'p [Prompt],
        tune: Option<&'p Prompt>,
        seconds: u32,
    ) -> (Vec<&'p Prompt>, u32) {
        let tune = tune.filter(|_| self.audio.is_some());
        let seconds = if tune.is_some() { BEHIND_A_TUNE } else { seconds };
        (prompts.iter().chain(tune).collect(), seconds)
    }
}
