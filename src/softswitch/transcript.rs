//! What a telephone heard and its owner did, one line each, as people read it.

use crate::phone::{Heard, Notice};

/// The lines of a call. Keys pressed one after another stand together.
pub fn write(heard: &[Heard]) -> String {
    let mut text = String::new();
    let mut keys = String::new();
    for heard in heard {
        if let Notice::Pressed { key } = heard.notice {
            keys.push(key);
            continue;
        }
        // The answer to a key that was not yet enough is silence on the line, not a line here.
        flush(&mut text, &mut keys);
        if let Some(line) = line(&heard.notice) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    flush(&mut text, &mut keys);
    text
}

fn flush(text: &mut String, keys: &mut String) {
    if !keys.is_empty() {
        text.push_str("press ");
        text.push_str(keys);
        text.push('\n');
        keys.clear();
    }
}

/// One notice as a line; nothing for those that only move the telephone's display.
pub fn line(notice: &Notice) -> Option<String> {
    Some(match notice {
        Notice::Calling { to } => format!("call {to}"),
        Notice::Ringing { from } => format!("ringing {from}"),
        Notice::Say { language, text } => format!("say {language} {text}"),
        Notice::Play { url } => format!("play {url}"),
        Notice::Pressed { key } => format!("press {key}"),
        Notice::Silence => "wait".to_owned(),
        Notice::Record { most_seconds, .. } => format!("listen {most_seconds}"),
        Notice::Recorded { seconds } => format!("record {seconds}"),
        Notice::Connecting { to } => format!("dial {to}"),
        Notice::Connected { with } => format!("connected {with}"),
        Notice::Voice { text } => format!("voice {text}"),
        Notice::Parted => "parted".to_owned(),
        Notice::Fault { text } => format!("# fault: {text}"),
        Notice::Ended { reason } => format!("ended {reason}"),
        Notice::Answered | Notice::Gather { .. } => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_reads_like_a_play() {
        let notices = [
            Notice::Calling { to: "12320".into() },
            Notice::Answered,
            Notice::Say { language: "zh-CN".into(), text: "您好".into() },
            Notice::Gather { most: Some(2), finish_key: None, timeout_seconds: 5 },
            Notice::Pressed { key: '1' },
            Notice::Pressed { key: '2' },
            Notice::Silence,
            Notice::Ended { reason: "finished".into() },
        ];
        let heard: Vec<Heard> =
            notices.into_iter().zip(1..).map(|(notice, seq)| Heard { seq, notice }).collect();
        assert_eq!(write(&heard), "call 12320\nsay zh-CN 您好\npress 12\nwait\nended finished\n");
    }
}
