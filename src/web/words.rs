//! Words of the screens, in Fluent: `i18n/<language>/<screen>.ftl`. All languages have the same messages;
//! a test holds them to it.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::Embed;

#[derive(Embed)]
#[folder = "i18n"]
struct Files;

/// One language of the screens.
pub struct Tongue {
    /// As `zh-CN`.
    pub tag: &'static str,
    /// Its own name for itself.
    pub own_name: &'static str,
    /// chrono's pattern for day and time.
    pub time_format: &'static str,
    pub hour_format: &'static str,
    pub day_format: &'static str,
    messages: FluentBundle<FluentResource>,
}

/// Tag, own name, patterns for time, hour and day.
const TONGUES: [[&str; 5]; 3] = [
    ["zh-CN", "中文", "%Y-%m-%d %H:%M", "%H:%M:%S", "%Y-%m-%d"],
    ["en", "English", "%-d %b %Y %H:%M", "%H:%M:%S", "%-d %b %Y"],
    ["da", "Dansk", "%d.%m.%Y %H.%M", "%H.%M.%S", "%d.%m.%Y"],
];

static ALL: LazyLock<Vec<Tongue>> = LazyLock::new(|| TONGUES.iter().map(read).collect());

/// Every language of the screens; the first is the default.
pub fn tongues() -> &'static [Tongue] {
    &ALL
}

/// The language with this tag.
pub fn tongue(tag: &str) -> Option<&'static Tongue> {
    ALL.iter().find(|tongue| tongue.tag == tag)
}

/// The person's own choice; else the first language of the browser that we have; else the default.
pub fn choose(wished: Option<&str>, accepted: Option<&str>) -> &'static Tongue {
    let ranges =
        accepted.unwrap_or_default().split(',').map(|range| range.split(';').next().unwrap_or("").trim());
    let primary = |tag: &str| tag.split('-').next().unwrap_or("").to_ascii_lowercase();
    let by_browser =
        || ranges.clone().find_map(|range| ALL.iter().find(|tongue| primary(tongue.tag) == primary(range)));
    wished.and_then(tongue).or_else(by_browser).unwrap_or(&ALL[0])
}

impl Tongue {
    /// The text of a message; its id where it is not there, so that a gap is seen and nothing breaks.
    pub fn say(&self, id: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        let (name, attribute) = id.split_once('.').map_or((id, None), |(name, part)| (name, Some(part)));
        let message = self.messages.get_message(name);
        let pattern = message.as_ref().and_then(|message| match attribute {
            Some(part) => message.get_attribute(part).map(|attribute| attribute.value()),
            None => message.value(),
        });
        let Some(pattern) = pattern else { return id.to_owned() };
        let args: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, value.clone())).collect();
        self.messages.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }

    /// Whether the message is there.
    pub fn knows(&self, id: &str) -> bool {
        self.messages.has_message(id)
    }
}

fn read([tag, own_name, time_format, hour_format, day_format]: &[&'static str; 5]) -> Tongue {
    let language = tag.parse().unwrap_or_default();
    let mut messages = FluentBundle::new_concurrent(vec![language]);
    messages.set_use_isolating(false);
    for name in Files::iter().filter(|name| name.starts_with(&format!("{tag}/"))) {
        let text = Files::get(&name).map(|file| String::from_utf8_lossy(&file.data).into_owned());
        // A file with a fault still gives the messages that can be read; the test names the fault.
        let resource =
            FluentResource::try_new(text.unwrap_or_default()).unwrap_or_else(|(resource, _)| resource);
        messages.add_resource_overriding(resource);
    }
    Tongue { tag, own_name, time_format, hour_format, day_format, messages }
}

/// What is said to an answering machine, in the language of whom it is for: that the hotline called, a reference, and
/// whom to call. Digit by digit, because neither number is a quantity.
pub(crate) fn message_to_machine(words: &switchboard::machine::MessageWords) -> String {
    let spelt = |text: &str| text.chars().map(String::from).collect::<Vec<_>>().join(" ");
    let phone = words.phone.as_ref().map(|phone| spelt(phone.as_str())).unwrap_or_default();
    let tongue = choose(Some(words.language.as_str()), None);
    match &words.reference {
        Some(number) => {
            let spelt = [("reference", spelt(number).into()), ("phone", phone.into())];
            tongue.say("callback-message-reference", &spelt)
        }
        None => tongue.say("callback-message", &[("phone", phone.into())]),
    }
}

#[cfg(test)]
mod tests;
