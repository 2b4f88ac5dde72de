//! Where a provider keeps recordings. A hook tells the address, and whoever asks it shows our secret: so only
//! addresses are followed that can lead nowhere but to our own account.

use super::profiles::Profile;
use crate::outbound::{Account, SoundPlace};

/// Whose address it is; nothing where it is none of this account's recordings.
pub fn place_of(profile: &Profile, account: &Account, api_url: &str, url: &str) -> Option<SoundPlace> {
    let (origin, path) = split(url)?;
    let folders: Vec<&str> = path.split('/').collect();
    if Some(origin) == split(api_url).map(|(origin, _)| origin) {
        let ours = match folders.as_slice() {
            [.., "Accounts", owner, "Recordings", id]
            | [.., "Accounts", owner, "Calls", _, "Recordings", id] => *owner == account.id && !id.is_empty(),
            _ => false,
        };
        return ours.then_some(SoundPlace::Account);
    }
    let known = profile.sound_folders.iter().any(|folder| {
        url.strip_prefix(folder).is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '?']))
    });
    known.then_some(SoundPlace::Open)
}

/// Scheme with host and port, and the path. An address that a client could read in another way than we do is none.
fn split(url: &str) -> Option<(&str, &str)> {
    let after = url.find("://")? + 3;
    let scheme = url.get(..after)?;
    let rest = url.get(after..)?;
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let plain_host =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-:[]".contains(&byte);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let fine = ["http://", "https://"].contains(&scheme)
        && !host.is_empty()
        && host.bytes().all(plain_host)
        && url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
        && !path.to_ascii_lowercase().contains("%2")
        && !path.split('/').any(|folder| [".", ".."].contains(&folder));
    fine.then(|| (url.get(..after + host.len()).unwrap_or_default(), path))
}

#[cfg(test)]
mod tests {
    use domain::Secret;

    use super::*;
    use crate::Dialect;
    use crate::twiml::Twiml;

    fn place(profile: &str, account: &str, api_url: &str, url: &str) -> Option<SoundPlace> {
        let account = Account { id: account.to_owned(), token: Secret::new("t") };
        Twiml::of(profile).unwrap().sound_place(&account, api_url, url)
    }

    #[test]
    fn recordings_of_our_account_are_fetched_with_our_secret() {
        let ours = Some(SoundPlace::Account);
        let twilio = "https://api.twilio.com";
        let url = format!("{twilio}/2010-04-01/Accounts/AC1/Recordings/RE1");
        assert_eq!(place("twilio", "AC1", twilio, &url), ours);
        let space = "https://example.signalwire.com";
        let url = format!("{space}/api/laml/2010-04-01/Accounts/b3877c40/Recordings/r1.wav");
        assert_eq!(place("signalwire", "b3877c40", space, &url), ours);
        let somleng = "https://api.somleng.org";
        let url = format!("{somleng}/2010-04-01/Accounts/a1/Calls/c1/Recordings/r1");
        assert_eq!(place("somleng", "a1", somleng, &url), ours);
    }

    #[test]
    fn telnyx_keeps_sounds_where_no_secret_of_ours_belongs() {
        let telnyx = "https://api.telnyx.com";
        let folder = "https://s3.amazonaws.com/telephony-recorder-prod";
        let url =
            format!("{folder}/047e057e/2022-02-04/a.wav?X-Amz-Expires=600&X-Amz-Credential=x%2Faws4_request");
        assert_eq!(place("telnyx", "61bf/1494", telnyx, &url), Some(SoundPlace::Open));
        assert_eq!(place("twilio", "61bf", "https://api.twilio.com", &url), None);
        for other in [
            "https://s3.amazonaws.com/somebodys-bucket/a.wav",
            "https://s3.amazonaws.com/telephony-recorder-prod/",
            "https://s3.amazonaws.com/telephony-recorder-prod/../somebodys-bucket/a.wav",
            "https://s3.amazonaws.com/telephony-recorder-prod/%2e%2e/somebodys-bucket/a.wav",
            "https://s3.amazonaws.com.evil.example/telephony-recorder-prod/a.wav",
            "http://s3.amazonaws.com/telephony-recorder-prod/a.wav",
        ] {
            assert_eq!(place("telnyx", "61bf/1494", telnyx, other), None, "{other}");
        }
    }

    #[test]
    fn an_address_that_leads_elsewhere_is_nobodys() {
        let api = "https://api.twilio.com";
        for url in [
            "https://api.twilio.com/2010-04-01/Accounts/AC2/Recordings/RE1",
            "https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/",
            "https://api.twilio.com/2010-04-01/Accounts/AC1/Calls/CA1",
            "https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/../../AC2/Recordings/RE1",
            "https://api.twilio.com/x/%2e%2e/Accounts/AC1/Recordings/RE1",
            "https://api.twilio.com@evil.example/Accounts/AC1/Recordings/RE1",
            "https://evil.example\\@api.twilio.com/Accounts/AC1/Recordings/RE1",
            "https://api.twilio.com:8443/2010-04-01/Accounts/AC1/Recordings/RE1",
            "http://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1",
            "https://169.254.169.254/Accounts/AC1/Recordings/RE1",
            "file:///Accounts/AC1/Recordings/RE1",
            "https:///Accounts/AC1/Recordings/RE1",
            "nonsense",
            "",
        ] {
            assert_eq!(place("twilio", "AC1", api, url), None, "{url}");
        }
        assert_eq!(place("twilio", "AC1", "", "https://api.twilio.com/Accounts/AC1/Recordings/RE1"), None);
    }
}
