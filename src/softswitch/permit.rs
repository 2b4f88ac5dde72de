//! Who may take the telephone of a desk: whoever shows a permit that the service's own page was given.

use std::time::{SystemTime, UNIX_EPOCH};

use domain::Secret;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

/// How long a permit can be used, in seconds: long enough for a page to load.
const VALID_SECONDS: u64 = 120;

/// A permit to register `extension` within the next two minutes.
pub fn permit(secret: &Secret, extension: &str) -> String {
    let until = now().saturating_add(VALID_SECONDS);
    format!("{until}.{}", hex(&mac(secret, extension, until)))
}

/// Whether `shown` permits registering `extension` now.
pub(crate) fn permits(secret: &Secret, extension: &str, shown: &str) -> bool {
    permits_at(secret, extension, shown, now())
}

fn permits_at(secret: &Secret, extension: &str, shown: &str, now: u64) -> bool {
    let Some((until, given)) = shown.split_once('.') else { return false };
    let Ok(until) = until.parse::<u64>() else { return false };
    let fresh = (now..=now.saturating_add(VALID_SECONDS)).contains(&until);
    let expected = hex(&mac(secret, extension, until));
    fresh && bool::from(expected.as_bytes().ct_eq(given.as_bytes()))
}

fn mac(secret: &Secret, extension: &str, until: u64) -> Vec<u8> {
    // HMAC takes keys of every length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.reveal().as_bytes()) else { return Vec::new() };
    mac.update(format!("extension {extension} until {until}").as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permit_is_for_one_extension_and_for_two_minutes() {
        let secret = Secret::new("hush");
        let shown = permit(&secret, "8001");
        let until: u64 = shown.split('.').next().unwrap().parse().unwrap();
        let fits = |secret: &str, extension: &str, shown: &str, now: u64| {
            permits_at(&Secret::new(secret), extension, shown, now)
        };
        assert!(fits("hush", "8001", &shown, until - VALID_SECONDS));
        assert!(fits("hush", "8001", &shown, until));
        assert!(!fits("hush", "8001", &shown, until + 1), "too late");
        assert!(!fits("hush", "8002", &shown, until), "another desk");
        assert!(!fits("other", "8001", &shown, until), "another house");
        let longer = shown.replacen(&until.to_string(), &(until + 60).to_string(), 1);
        assert!(!fits("hush", "8001", &longer, until), "the time is signed");
        for nonsense in ["", ".", "soon.ff", &format!("{until}."), &format!("{until}")] {
            assert!(!fits("hush", "8001", nonsense, until), "{nonsense}");
        }
    }
}
