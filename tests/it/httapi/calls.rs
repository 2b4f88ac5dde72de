//! Whole calls over HTTP: our small switch against the real service.

use std::net::SocketAddr;

use super::switch::{Asked, Doing, Leg};
use super::wire::{Answer, send};
use super::{AUTHORIZATION, DOOR, service};
use crate::service::{Folder, Service};

/// A sound of so many seconds in which somebody speaks.
pub(super) fn spoken(seconds: u32) -> Vec<u8> {
    wav(seconds, 900)
}

/// A sound of so many seconds in which nobody does.
pub(super) fn silent(seconds: u32) -> Vec<u8> {
    wav(seconds, 4)
}

fn wav(seconds: u32, amplitude: i16) -> Vec<u8> {
    let data = amplitude.to_le_bytes().repeat(8_000 * seconds as usize);
    let length = u32::try_from(data.len()).unwrap();
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((length + 36).to_le_bytes());
    bytes.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data");
    bytes.extend(length.to_le_bytes());
    bytes.extend(data);
    bytes
}

/// Bytes of a request, as the switch writes them: a form, or with a sound its parts.
pub(super) fn written(asked: &Asked) -> (String, Vec<u8>) {
    match &asked.upload {
        None => {
            let form = dialect::Form::from_pairs(
                asked.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())),
            );
            ("application/x-www-form-urlencoded".to_owned(), form.encode().into_bytes())
        }
        Some((name, sound)) => {
            let mut body = Vec::new();
            for (name, value) in &asked.fields {
                body.extend(
                    format!("--b0\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                        .bytes(),
                );
            }
            let head = format!(
                "--b0\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"u_message.wav\"\r\n"
            );
            body.extend(head.bytes());
            body.extend(b"Content-Type: application/octet-stream\r\n\r\n");
            body.extend(sound);
            body.extend(b"\r\n--b0--\r\n");
            ("multipart/form-data; boundary=b0".to_owned(), body)
        }
    }
}

fn over_http(address: SocketAddr) -> impl FnMut(&Asked) -> Answer {
    move |asked| {
        let target =
            asked.url.strip_prefix(&format!("http://{address}")).unwrap_or_else(|| panic!("{}", asked.url));
        let (kind, body) = written(asked);
        let headers = [
            ("Host", address.to_string()),
            ("Authorization", AUTHORIZATION.to_owned()),
            ("User-Agent", "mod_httapi/1.0".to_owned()),
            ("Content-Type", kind),
            ("Content-Length", body.len().to_string()),
        ];
        send(address, ("POST", target), &headers.map(|(name, value)| (name.to_owned(), value)), &body)
    }
}

fn leg<'a>(service: &Service, id: &str) -> Leg<'a> {
    let url = format!("http://{}{DOOR}", service.address);
    Leg::new(id, "13800138000", "12320", &url, over_http(service.address))
}

/// One value of the store.
fn kept<T: rusqlite::types::FromSql>(folder: &Folder, query: &str, id: &str) -> T {
    let store = rusqlite::Connection::open(folder.0.join("hotline.db")).unwrap();
    store.query_row(query, [id], |row| row.get(0)).unwrap_or_else(|error| panic!("{id}: {query}: {error}"))
}

const STATUS: &str = "SELECT status FROM calls WHERE provider_call_id = ?1";
const MESSAGES: &str = "SELECT count(*) FROM recordings r JOIN calls c ON c.id = r.call_id \
    WHERE c.provider_call_id = ?1 AND r.place IS NOT NULL";

/// Chooses a language and presses 1 until a message is recorded.
fn to_the_message(leg: &mut Leg<'_>) {
    leg.dial();
    for _ in 0..8 {
        match leg.doing {
            Doing::Keys(_) => leg.press("1"),
            Doing::Recording(_) => return,
            _ => panic!("the way to a message is lost: {:?}", leg.heard),
        }
    }
    panic!("no message after eight keys: {:?}", leg.heard);
}

#[test]
fn a_key_stops_the_first_voice() {
    let folder = Folder::new("httapi-interrupted");
    let service = service(&folder.0);
    let mut listening = leg(&service, "patient");
    listening.dial();
    let voices: Vec<&str> = listening.heard.iter().map(|(voice, _)| voice.as_str()).collect();
    assert!(voices.contains(&"cmn") && voices.contains(&"en"), "both languages of the line: {voices:?}");
    let mut hasty = leg(&service, "hasty");
    hasty.dial_and_interrupt();
    assert!(hasty.heard.iter().all(|(voice, _)| voice == "cmn"), "{:?}", hasty.heard);
    hasty.press("1");
    assert!(hasty.heard.iter().all(|(voice, _)| voice == "cmn"), "{:?}", hasty.heard);
    assert!(hasty.heard.len() > 1 && matches!(hasty.doing, Doing::Keys(_)));
    hasty.hang_up();
    assert_eq!(kept::<String>(&folder, STATUS, "hasty"), "completed");
}

#[test]
fn a_message_is_kept_with_its_sound_also_of_who_hangs_up() {
    let folder = Folder::new("httapi-messages");
    let service = service(&folder.0);
    let mut patient = leg(&service, "leaves-a-message");
    to_the_message(&mut patient);
    patient.record(spoken(3), None);
    assert!(matches!(patient.doing, Doing::Keys(_)), "a goodbye can be interrupted: {:?}", patient.doing);
    patient.silence();
    assert_eq!(patient.doing, Doing::Over, "{:?}", patient.heard);
    let mut hasty = leg(&service, "hangs-up-speaking");
    to_the_message(&mut hasty);
    hasty.record_and_leave(spoken(2));
    for id in ["leaves-a-message", "hangs-up-speaking"] {
        assert_eq!(kept::<i64>(&folder, MESSAGES, id), 1, "{id}");
        assert_eq!(kept::<String>(&folder, STATUS, id), "completed", "{id}");
    }
    let mut mute = leg(&service, "says-nothing");
    to_the_message(&mut mute);
    mute.record_and_leave(silent(4));
    assert_eq!(kept::<i64>(&folder, MESSAGES, "says-nothing"), 0);
    assert_eq!(kept::<String>(&folder, STATUS, "says-nothing"), "completed");
}

#[test]
fn a_busy_telephone_does_not_end_the_call() {
    let folder = Folder::new("httapi-dials");
    let service = service(&folder.0);
    let mut caller = leg(&service, "emergency");
    caller.dial();
    caller.press("1");
    caller.press("9");
    let Doing::Dialling(dial) = &caller.doing else { panic!("{:?}: {:?}", caller.doing, caller.heard) };
    assert!(dial.text.ends_with("loopback/120/hotline-out"), "{}", dial.text);
    let before = caller.heard.len();
    caller.dialled("USER_BUSY");
    assert!(caller.heard.len() > before, "the caller hears what to do: {:?}", caller.heard);
    caller.silence();
    assert_eq!(caller.doing, Doing::Over);
    assert_eq!(kept::<String>(&folder, STATUS, "emergency"), "completed");
}

#[test]
fn a_silent_caller_is_asked_again_and_led_to_a_person() {
    let folder = Folder::new("httapi-silence");
    let service = service(&folder.0);
    let mut caller = leg(&service, "silent");
    caller.dial();
    for _ in 0..20 {
        match &caller.doing {
            Doing::Keys(_) => caller.silence(),
            Doing::Dialling(_) => caller.dialled("NO_ANSWER"),
            Doing::Recording(_) => caller.record(silent(5), None),
            Doing::Over => break,
        }
    }
    assert_eq!(caller.doing, Doing::Over, "twenty silences without an end: {:?}", caller.heard);
    assert_eq!(kept::<String>(&folder, STATUS, "silent"), "completed");
}
