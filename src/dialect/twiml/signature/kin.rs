//! Signers that are like Twilio, and where they are not: SignalWire and Somleng.

use super::*;

const SW: Scheme = Scheme::SIGNALWIRE;

/// What a SignalWire project's own library signs, see its tests of webhooks.
const KEY: &str = "PSKtest1234567890abcdef";

fn check(
    scheme: Scheme,
    url: &str,
    content: &str,
    body: &str,
    header: (&str, &str),
    key: &str,
) -> Result<(), Refusal> {
    let headers = |name: &str| match name {
        "content-type" => Some(content),
        name if name == header.0 => Some(header.1),
        _ => None,
    };
    let hook = Hook::new("POST", url, &headers, body.as_bytes()).unwrap();
    verify_as(scheme, &hook, &[Secret::new(key)])
}

const FORM: &str = "application/x-www-form-urlencoded";
const OWN: &str = "x-signalwire-signature";

/// What `key` signs: the address, then fields in the order given.
fn signed(url: &str, fields: &[(&str, &str)], key: &str) -> String {
    let keyed = Hmac::<Sha1>::new_from_slice(key.as_bytes()).unwrap();
    STANDARD.encode(Address::split(url).digest(keyed, fields, &[]))
}

#[test]
fn signalwire_signs_a_form_as_twilio_does_under_either_header() {
    let url = "https://mycompany.com/myapp.php?foo=1&bar=2";
    let body =
        "To=%2B18005551212&CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309";
    let signature = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
    for header in [OWN, HEADER] {
        assert_eq!(check(SW, url, FORM, body, (header, signature), "12345"), Ok(()), "{header}");
    }
    let wrong = Err(Refusal::WrongSignature);
    assert_eq!(check(SW, url, FORM, body, (OWN, signature), "12346"), wrong);
    assert_eq!(check(SW, url, FORM, &body.replace("1234&", "1235&"), (OWN, signature), "12345"), wrong);
    assert_eq!(check(SW, &url.replace("foo=1", "foo=2"), FORM, body, (OWN, signature), "12345"), wrong);
    assert_eq!(check(SW, url, FORM, body, ("x-other", signature), "12345"), Err(Refusal::NoSignature));
    assert_eq!(check(Scheme::TWILIO, url, FORM, body, (OWN, signature), "12345"), Err(Refusal::NoSignature));
}

#[test]
fn signalwire_signs_repeats_in_the_order_sent() {
    let (url, body) = ("https://h.example/v", "b=2&Digits=5678&Digits=1234&Digits=1234&a=1");
    let as_sent = [("Digits", "5678"), ("Digits", "1234"), ("Digits", "1234"), ("a", "1"), ("b", "2")];
    let as_twilio = [("Digits", "1234"), ("Digits", "5678"), ("a", "1"), ("b", "2")];
    let wrong = Err(Refusal::WrongSignature);
    let (theirs, twilios) = (signed(url, &as_sent, KEY), signed(url, &as_twilio, KEY));
    assert_eq!(check(SW, url, FORM, body, (OWN, &theirs), KEY), Ok(()));
    assert_eq!(check(SW, url, FORM, body, (OWN, &twilios), KEY), wrong);
    assert_eq!(check(Scheme::TWILIO, url, FORM, body, (HEADER, &twilios), KEY), Ok(()));
    assert_eq!(check(Scheme::TWILIO, url, FORM, body, (HEADER, &theirs), KEY), wrong);
}

#[test]
fn a_port_that_was_given_is_kept_unless_it_is_the_standard_one() {
    let (with, without) = ("https://h.example:8443/v", "https://h.example/v");
    for scheme in [SW, Scheme::SOMLENG] {
        let refused = check(scheme, with, FORM, "", (HEADER, &signed(without, &[], KEY)), KEY);
        assert_eq!(refused, Err(Refusal::WrongSignature), "{scheme:?}");
        for (asked, stood) in
            [(with, with), (without, "https://h.example:443/v"), ("https://h.example:443/v", without)]
        {
            let signature = signed(stood, &[], KEY);
            assert_eq!(check(scheme, asked, FORM, "", (HEADER, &signature), KEY), Ok(()), "{asked} {stood}");
        }
    }
    let dropped = check(Scheme::TWILIO, with, FORM, "", (HEADER, &signed(without, &[], KEY)), KEY);
    assert_eq!(dropped, Ok(()), "Twilio leaves every port out where the scheme is https");
}

#[test]
fn signalwire_signs_json_in_hexadecimal_or_by_its_hash() {
    let (json, url) = ("application/json", "https://example.ngrok.io/webhook");
    let body = r#"{"event":"call.state","params":{"call_id":"abc-123","state":"answered"}}"#;
    let signature = "c3c08c1fefaf9ee198a100d5906765a6f394bf0f";
    assert_eq!(check(SW, url, json, body, (OWN, signature), KEY), Ok(()));
    let wrong = Err(Refusal::WrongSignature);
    assert_eq!(check(SW, url, json, &body.replace("abc", "abd"), (OWN, signature), KEY), wrong);
    assert_eq!(check(SW, "https://example.ngrok.io/other", json, body, (OWN, signature), KEY), wrong);
    assert_eq!(check(SW, url, json, body, (OWN, &signature.to_uppercase()), KEY), wrong);
    let plus = format!("+{}", &signature[1..]);
    assert_eq!(check(SW, url, json, body, (OWN, &plus), KEY), wrong);
    assert_eq!(check(Scheme::TWILIO, url, json, body, (HEADER, signature), KEY), wrong);

    let hash = "69f3cbfc18e386ef8236cb7008cd5a54b7fed637a8cb3373b5a1591d7f0fd5f4";
    let (url, body) = (format!("{url}?bodySHA256={hash}"), r#"{"event":"call.state"}"#);
    let signature = "dfO9ek8mxyFtn2nMz24plPmPfIY=";
    assert_eq!(check(SW, &url, json, body, (OWN, signature), KEY), Ok(()));
    assert_eq!(check(SW, &url, json, "{}", (OWN, signature), KEY), Err(Refusal::WrongBody));
}

/// A hook as the Somleng switch sent it over loopback, with its signature.
#[test]
fn a_hook_of_a_real_somleng_switch_is_believed() {
    let call = "Caller=13800138000&Called=12330&From=13800138000&To=12330\
                &CallSid=CA27ab316ac15840318bd07418ee2c3944&Direction=inbound\
                &AccountSid=AC00000000000000000000000000000000&ApiVersion=2010-04-01&CallStatus=in-progress";
    let recorded = format!(
        "{call}&RecordingUrl=http%3A%2F%2F127.0.0.1%3A8821%2Frec%2F9410e840-aa51-4ea3-9393-ed35b1c5fd23.wav\
         &RecordingDuration=1"
    );
    let content = "application/x-www-form-urlencoded; charset=utf-8";
    let verdict = |url, body: &str| {
        check(Scheme::SOMLENG, url, content, body, (HEADER, "MLA7Y2ThAXy+HXV0tjx0u83c7aY="), "sekret")
    };
    assert_eq!(verdict("http://127.0.0.1:8820/recorded", &recorded), Ok(()));
    let wrong = Err(Refusal::WrongSignature);
    assert_eq!(verdict("http://127.0.0.1:8820/recorded", call), wrong);
    assert_eq!(verdict("http://127.0.0.1:8821/recorded", &recorded), wrong);
    assert_eq!(verdict("http://127.0.0.1/recorded", &recorded), wrong);
}
