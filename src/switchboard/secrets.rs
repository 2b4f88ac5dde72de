//! Random tokens and what is kept of them.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::{Error, Result};

/// A fresh token of 256 bits, fit for an address or a cookie.
pub(crate) fn token() -> Result<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| Error::Unavailable(error.to_string()))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// What is stored of a token: its SHA-256. The token has 256 random bits, so no salt is needed.
pub(crate) fn at_rest(token: &str) -> String {
    hexadecimal(&Sha256::digest(token.as_bytes()))
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The argon2id text of a password. Takes some ten milliseconds on purpose: off the async threads.
pub(crate) async fn hash_password(password: String) -> Result<String> {
    off_thread(move || {
        let hash = Argon2::default().hash_password(password.as_bytes());
        hash.map(|hash| hash.to_string()).map_err(|error| Error::Unavailable(error.to_string()))
    })
    .await?
}

/// Whether the password fits. With nothing to compare to, takes the same time and says no, so that the
/// time of an answer does not tell whether an account exists.
pub(crate) async fn password_fits(password: String, hash: Option<String>) -> Result<bool> {
    off_thread(move || match hash.as_deref().map(PasswordHash::new) {
        Some(Ok(hash)) => Argon2::default().verify_password(password.as_bytes(), &hash).is_ok(),
        _ => {
            drop(Argon2::default().hash_password(password.as_bytes()));
            false
        }
    })
    .await
}

async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Unavailable(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only() {
        let hash = hash_password("correct horse".to_owned()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(password_fits("correct horse".to_owned(), Some(hash.clone())).await.unwrap());
        assert!(!password_fits("wrong horse".to_owned(), Some(hash)).await.unwrap());
        assert!(!password_fits("correct horse".to_owned(), None).await.unwrap());
    }

    #[test]
    fn tokens_differ_and_are_not_kept_in_the_clear() {
        let (one, other) = (token().unwrap(), token().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.len(), 43);
        assert_eq!(at_rest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
