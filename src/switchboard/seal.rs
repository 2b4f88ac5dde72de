//! Sealed tokens: where a call stands, carried in the address of its next hook. Nobody without the key can
//! read or make one, and a token is bound to its provider, line and call. The same state gives the same
//! token, so that a repeated hook gets the very same document.

use aes_gcm_siv::aead::{Aead, KeyInit, Payload};
use aes_gcm_siv::{Aes256GcmSiv, Key, Nonce};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use store::{Store, Tx};

use crate::{Error, Result};

/// Name of the key among the settings.
const SETTING: &str = "sealing_key";
/// What records of the journal are bound to: none is a token.
const JOURNAL: &[u8] = b"journal";
/// What secrets of waiting mails are bound to.
const WAITING: &[u8] = b"waiting";
/// Longest token that is looked at, in characters; ours stay far below.
const LONGEST: usize = 8 * 1024;

/// The key, ready for use.
pub(crate) struct Seal {
    cipher: Aes256GcmSiv,
    key: [u8; 32],
}

/// What a token is bound to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bound<'a> {
    pub(crate) provider: &'a str,
    pub(crate) line: &'a str,
    pub(crate) provider_call_id: &'a str,
}

/// Where a call stands: the turn that comes next, and the state it begins from, as JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) branch: u32,
    pub(crate) step: u32,
    pub(crate) state: String,
}

impl Seal {
    /// Loads the key of this store; makes it on the first call ever. All processes on one store share it.
    pub(crate) async fn load(store: &Store) -> Result<Self> {
        let mut fresh = [0_u8; 32];
        getrandom::fill(&mut fresh).map_err(|error| Error::Unavailable(error.to_string()))?;
        let text = store.write(move |tx| load_or_keep(tx, &URL_SAFE_NO_PAD.encode(fresh))).await?;
        Self::from_text(&text)
    }

    /// The key from its text.
    pub(crate) fn from_text(text: &str) -> Result<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        let key = bytes
            .ok_or_else(|| Error::Unavailable(format!("settings.{SETTING} is not a key of 32 bytes")))?;
        Ok(Self::new(key))
    }

    /// The key as text, as it is kept.
    pub(crate) fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.key)
    }

    fn new(key: [u8; 32]) -> Self {
        Self { cipher: Aes256GcmSiv::new(&Key::<Aes256GcmSiv>::from(key)), key }
    }

    /// Seals where a call stands.
    pub(crate) fn close(&self, standing: &Standing, bound: Bound<'_>) -> Result<String> {
        let text = format!("{}.{}.{}", standing.branch, standing.step, standing.state);
        let payload = Payload { msg: text.as_bytes(), aad: &bound.bytes() };
        // SIV: with one fixed nonce, equal texts give equal tokens and nothing else is revealed.
        let sealed = self.cipher.encrypt(&Nonce::default(), payload);
        sealed
            .map(|bytes| URL_SAFE_NO_PAD.encode(bytes))
            .map_err(|_| Error::Unavailable("a token could not be sealed".to_owned()))
    }

    /// Opens a token; one that was forged, cut, or made for another call is refused.
    pub(crate) fn open(&self, token: &str, bound: Bound<'_>) -> Result<Standing> {
        let foreign = || Error::refused("refused-token");
        if token.len() > LONGEST {
            return Err(foreign());
        }
        let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| foreign())?;
        let payload = Payload { msg: &bytes, aad: &bound.bytes() };
        let text = self.cipher.decrypt(&Nonce::default(), payload).map_err(|_| foreign())?;
        let text = String::from_utf8(text).map_err(|_| foreign())?;
        let mut parts = text.splitn(3, '.');
        let mut number = || parts.next().and_then(|part| part.parse().ok());
        let (Some(branch), Some(step)) = (number(), number()) else { return Err(foreign()) };
        let state = parts.next().ok_or_else(foreign)?.to_owned();
        Ok(Standing { branch, step, state })
    }

    /// Seals a record of the journal.
    pub(crate) fn hide(&self, record: &[u8]) -> Result<Vec<u8>> {
        let sealed = self.cipher.encrypt(&Nonce::default(), Payload { msg: record, aad: JOURNAL });
        sealed.map_err(|_| Error::Unavailable("a record could not be sealed".to_owned()))
    }

    /// Opens a record of the journal; none: it was sealed with another key, or is no such record.
    pub(crate) fn show(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        self.cipher.decrypt(&Nonce::default(), Payload { msg: sealed, aad: JOURNAL }).ok()
    }

    /// Seals a secret that must be read again before it is used, as the token of a mail that waits.
    pub(crate) fn lock(&self, text: &str) -> Result<String> {
        let sealed = self.cipher.encrypt(&Nonce::default(), Payload { msg: text.as_bytes(), aad: WAITING });
        sealed
            .map(|bytes| URL_SAFE_NO_PAD.encode(bytes))
            .map_err(|_| Error::Unavailable("a secret could not be sealed".to_owned()))
    }

    /// Opens such a secret; none: it was sealed with another key.
    pub(crate) fn unlock(&self, sealed: &str) -> Option<String> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let text = self.cipher.decrypt(&Nonce::default(), Payload { msg: &bytes, aad: WAITING }).ok()?;
        String::from_utf8(text).ok()
    }

    /// A stable stand-in for a telephone number in tables that need no number.
    pub(crate) fn pseudonym(&self, text: &str) -> String {
        let digest =
            Sha256::new().chain_update(self.key).chain_update(b"pseudonym").chain_update(text).finalize();
        URL_SAFE_NO_PAD.encode(&digest[..18])
    }
}

impl Bound<'_> {
    fn bytes(&self) -> Vec<u8> {
        // None of the three can hold a zero byte: two are names of the configuration, the third is checked.
        [self.provider, "\0", self.line, "\0", self.provider_call_id].concat().into_bytes()
    }
}

fn load_or_keep(tx: &mut Tx<'_>, fresh: &str) -> store::Result<String> {
    match store::settings::read(tx, SETTING)? {
        Some(known) => Ok(known),
        None => {
            store::settings::write(tx, SETTING, fresh)?;
            Ok(fresh.to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BOUND: Bound<'_> = Bound { provider: "twilio", line: "12320", provider_call_id: "CA1" };

    fn seal() -> Seal {
        Seal::new([7; 32])
    }

    #[test]
    fn equal_states_give_equal_tokens_and_others_do_not() {
        let standing = |step| Standing { branch: 0, step, state: "{\"a\":1}".to_owned() };
        assert_eq!(seal().close(&standing(1), BOUND).unwrap(), seal().close(&standing(1), BOUND).unwrap());
        assert_ne!(seal().close(&standing(1), BOUND).unwrap(), seal().close(&standing(2), BOUND).unwrap());
    }

    #[test]
    fn a_token_opens_only_for_its_own_call_and_key() {
        let standing = Standing { branch: 1, step: 2, state: "{}".to_owned() };
        let token = seal().close(&standing, BOUND).unwrap();
        assert_eq!(seal().open(&token, BOUND).unwrap(), standing);
        for other in [
            Bound { provider: "somleng", ..BOUND },
            Bound { line: "dialog", ..BOUND },
            Bound { provider_call_id: "CA2", ..BOUND },
        ] {
            assert!(matches!(seal().open(&token, other), Err(Error::Refused { .. })));
        }
        assert!(Seal::new([8; 32]).open(&token, BOUND).is_err());
    }

    proptest! {
        #[test]
        fn a_changed_token_is_refused(at in 0usize..40, with in "[A-Za-z0-9_-]") {
            let token = seal().close(&Standing { branch: 0, step: 1, state: "{\"x\":2}".into() }, BOUND).unwrap();
            let at = at % token.len();
            let mut changed = token.clone();
            changed.replace_range(at..=at, &with);
            prop_assume!(changed != token);
            prop_assert!(seal().open(&changed, BOUND).is_err());
        }

        #[test]
        fn any_text_is_answered_without_panic(token in ".{0,200}") {
            prop_assert!(seal().open(&token, BOUND).is_err());
        }
    }
}
