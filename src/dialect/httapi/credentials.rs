//! Basic credentials of a switch. There is no signature: whoever knows user and password is believed, so the
//! way between switch and service must be TLS or a network of its own.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};

use crate::hook::{Credentials, Headers, Refusal};

/// Longest header looked at, in characters.
const LONGEST: usize = 1_024;

/// Compares user and password with the account and each of its tokens, in a time that tells nothing of them.
pub fn verify(headers: Headers<'_>, credentials: &Credentials<'_>) -> Result<(), Refusal> {
    if credentials.tokens.is_empty() {
        return Err(Refusal::NoToken);
    }
    let header = headers("authorization").ok_or(Refusal::NoSignature)?;
    let said = decoded(header).ok_or(Refusal::WrongPassword)?;
    let said = Sha256::digest(&said);
    let mut believed = Choice::from(0);
    for token in credentials.tokens {
        let known = Sha256::digest(format!("{}:{}", credentials.account, token.reveal()));
        believed |= said.ct_eq(&known);
    }
    if bool::from(believed) { Ok(()) } else { Err(Refusal::WrongPassword) }
}

/// `user:password`, as the header says it.
fn decoded(header: &str) -> Option<Vec<u8>> {
    let (scheme, value) = header.split_once(' ')?;
    let fits = header.len() <= LONGEST && scheme.eq_ignore_ascii_case("basic");
    fits.then(|| STANDARD.decode(value.trim()).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Secret, Timestamp};
    use proptest::prelude::*;

    fn check(header: Option<&str>, tokens: &[&str]) -> Result<(), Refusal> {
        let tokens: Vec<Secret> = tokens.iter().map(|token| Secret::new(*token)).collect();
        let credentials = Credentials { tokens: &tokens, account: "hotline", now: Timestamp(0) };
        verify(&|name| header.filter(|_| name == "authorization"), &credentials)
    }

    fn basic(text: &str) -> String {
        format!("Basic {}", STANDARD.encode(text))
    }

    #[test]
    fn any_token_of_a_rotation_is_believed() {
        // As a real switch sent it.
        assert_eq!(check(Some("Basic aG90bGluZTpzM2NyZXQ="), &["s3cret"]), Ok(()));
        assert_eq!(check(Some(&basic("hotline:old")), &["new", "old"]), Ok(()));
        assert_eq!(check(Some(&basic("hotline:with:colon")), &["with:colon"]), Ok(()));
        assert_eq!(check(Some(&format!("bAsIc  {}", STANDARD.encode("hotline:a"))), &["a"]), Ok(()));
    }

    #[test]
    fn everything_else_is_refused() {
        assert_eq!(check(None, &["s3cret"]), Err(Refusal::NoSignature));
        assert_eq!(check(Some(&basic("hotline:s3cret")), &[]), Err(Refusal::NoToken));
        let long = basic(&"a".repeat(2_000));
        for wrong in [
            "Bearer aG90bGluZTpzM2NyZXQ=",
            "Basic",
            "Basic ???",
            "",
            &basic("hotline:S3cret"),
            &basic("Hotline:s3cret"),
            &basic(":s3cret"),
            &basic("hotline:"),
            &basic("hotline"),
            &basic("hotline:s3cret\0"),
            &long,
        ] {
            assert_eq!(check(Some(wrong), &["s3cret"]), Err(Refusal::WrongPassword), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn nothing_but_the_password_opens(guess in ".{0,40}") {
            prop_assume!(guess != "hotline:s3cret");
            prop_assert_eq!(check(Some(&basic(&guess)), &["s3cret"]), Err(Refusal::WrongPassword));
            prop_assert!(check(Some(&guess), &["s3cret"]).is_err());
        }
    }
}
