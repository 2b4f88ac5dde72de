//! The identity firewall: what of a case may reach whom. A confidential complaint and a report are handled without
//! the accused learning who speaks; the rule is the same for screens, letters, mails, exports and interfaces.
//!
//! Is not: the place where something is sent. Whoever builds something that leaves the house takes a [`Screen`] for
//! its recipient and passes every name, number and text through it.
//!
//! Read in this order: [`recipient`] (who gets it, and what he may see), [`identity`] (who is protected), [`scrub`]
//! (texts), then [`Screen`].

pub mod identity;
pub mod recipient;
pub mod scrub;

pub use identity::Identity;
pub use recipient::{Recipient, Secrecy, Sight, sight};
pub use scrub::Scrubber;

/// What one recipient sees of one case.
#[derive(Debug, Clone)]
pub struct Screen {
    sight: Sight,
    scrubber: Scrubber,
}

impl Screen {
    /// A screen between a case and `recipient`. `mark` stands where something was taken out, in the reader's language.
    pub fn new(recipient: Recipient, secrecy: Secrecy, identity: &Identity, mark: &str) -> Self {
        Self { sight: sight(recipient, secrecy), scrubber: Scrubber::new(identity, mark) }
    }

    /// What may be seen at all.
    pub fn sight(&self) -> Sight {
        self.sight
    }

    /// Whether nothing is held back.
    pub fn is_open(&self) -> bool {
        self.sight == Sight::WHOLE
    }

    /// Who complains, or the patient; none where that is held back.
    pub fn name<'a>(&self, name: Option<&'a str>) -> Option<&'a str> {
        name.filter(|_| self.sight.identity)
    }

    /// A number or address by which the complainant can be reached.
    pub fn contact<'a>(&self, contact: Option<&'a str>) -> Option<&'a str> {
        contact.filter(|_| self.sight.contact)
    }

    /// A text that somebody wrote or said: whole, or without whatever tells who the complainant is.
    pub fn text(&self, text: &str) -> String {
        if self.sight.identity && self.sight.contact { text.to_owned() } else { self.scrubber.scrub(text) }
    }
}
