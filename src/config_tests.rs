//! Tests of the configuration as a whole: what is refused, how it is said, what the shipped file holds.

use crate::config::{Config, Network, SHIPPED, SHIPPED_NAME, shipped_with};
use crate::config_layers::Layers;
use crate::house_files::Folder;

fn problems(text: &str) -> Vec<String> {
    shipped_with(text).unwrap_err().0.iter().map(ToString::to_string).collect()
}

#[test]
fn the_shipped_configuration_runs_both_lines() {
    let config = shipped_with("").unwrap();
    assert_eq!(config.lines.keys().collect::<Vec<_>>(), ["12320", "dialog"]);
    assert_eq!(config.lines["12320"].zone, chrono_tz::Asia::Shanghai);
    assert_eq!(config.lines["dialog"].zone, chrono_tz::Europe::Copenhagen);
    assert_eq!(config.lines["12320"].script, Folder::Shipped("ivr-scripts/12320".to_owned()));
    assert_eq!(config.store_url.reveal(), "sqlite:data/hotline.db");
    assert!(config.providers["twilio"].tokens.is_empty(), "no secret may be shipped");
    assert!(!config.switch.on);
}

#[test]
fn every_problem_is_listed_with_file_line_and_remedy() {
    let said = problems(
        "[server]\nlisten = 'here'\nlisen = 'x'\ntrusted_proxies = ['10.0.0.0/40']\n\
         [queue]\noffer_seconds = 1\nwrap_up_seconds = 'long'\n[switch]\non = 3\n[log]\nformat = 'xml'\n",
    );
    let expected = [
        "mine.toml:2: server.listen: is \"here\"; write an address and port, as 127.0.0.1:12320",
        "mine.toml:4: server.trusted_proxies: \"10.0.0.0/40\" is not understood; write a network such as 10.0.0.0/8 or 192.0.2.7",
        "mine.toml:11: log.format: is \"xml\"; write one of text, json",
        "mine.toml:6: queue.offer_seconds: is 1; write whole seconds from 5 to 120",
        "mine.toml:7: queue.wrap_up_seconds: is \"long\"; write whole seconds from 0 to 3600",
        "mine.toml:9: switch.on: is 3; write true or false",
        "mine.toml:3: unknown key server.lisen; did you mean server.listen? config/hotline.toml lists every key",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_line_needs_a_script_a_zone_and_a_language() {
    let said = problems("[line.x]\nnumbers = ['+45 70 12 01 20']\nzone = 'Mars/Olympus'\n").join("\n");
    for part in [
        "line.x.script: is missing",
        "line.x.zone: is \"Mars/Olympus\"",
        "line.x.languages: name at least one",
    ] {
        assert!(said.contains(part), "{said}");
    }
    assert!(said.lines().all(|line| line.starts_with("mine.toml:")), "{said}");
}

#[test]
fn a_number_leads_to_one_line() {
    let line = |name: &str| {
        format!(
            "[line.{name}]\nnumbers = ['12320']\nscript = 's'\nlanguages = ['en']\nzone = 'UTC'\ncalendar = 'cn'\nemergency = '112'\nfallback_number = '113'\n"
        )
    };
    let said = problems(&format!("{}{}", line("a"), line("b")));
    assert_eq!(
        said,
        ["mine.toml:11: line.b.numbers: 12320 already leads to line a; give each number to one line"]
    );
}

#[test]
fn a_mistyped_secret_is_not_printed() {
    let said = problems("[store]\nurl = 'mysql://root:hush@db/x'\n").join("\n");
    assert!(said.contains("store.url: is not understood"), "{said}");
    assert!(!said.contains("hush"), "{said}");
}

#[test]
fn tokens_in_rotation_are_kept_in_order() {
    let config = shipped_with("[provider.p]\nauth_token = 'new'\ntokens = ['old']\n").unwrap();
    let tokens: Vec<&str> = config.providers["p"].tokens.iter().map(domain::Secret::reveal).collect();
    assert_eq!(tokens, ["new", "old"]);
}

#[test]
fn a_provider_has_the_rest_side_of_its_profile() {
    for (profile, usual) in [
        ("twilio", "https://api.twilio.com"),
        ("telnyx", "https://api.telnyx.com"),
        ("somleng", "https://api.somleng.org"),
        ("signalwire", ""),
        ("generic", ""),
    ] {
        let written = format!("[provider.p]\nprofile = '{profile}'\n");
        assert_eq!(shipped_with(&written).unwrap().providers["p"].api_url, usual, "{profile}");
        let own = format!("{written}api_url = 'https://space.example/'\n");
        assert_eq!(shipped_with(&own).unwrap().providers["p"].api_url, "https://space.example", "{profile}");
    }
    let said = problems("[provider.p]\nprofile = 'twillio'\n").join("\n");
    assert!(said.contains("signalwire") && said.contains("somleng"), "{said}");
}

#[test]
fn the_shipped_file_names_every_key_there_is() {
    let mut layers = Layers::default();
    layers.file(SHIPPED_NAME, SHIPPED);
    let written: std::collections::BTreeSet<String> =
        layers.rest().map(|(path, _)| super::general(path)).collect();
    let mut reader = super::Reader::new(layers, None);
    Config::sections(&mut reader);
    assert_eq!(&written, reader.known());
}

#[test]
fn networks_are_checked() {
    assert_eq!("10.0.0.0/8".parse(), Ok(Network { address: [10, 0, 0, 0].into(), bits: 8 }));
    assert_eq!("::1".parse::<Network>().map(|network| network.bits), Ok(128));
    for bad in ["10.0.0.0/33", "ten/8", "10.0.0.0/", ""] {
        assert!(bad.parse::<Network>().is_err(), "{bad}");
    }
    let inside =
        |network: &str, address: &str| network.parse::<Network>().unwrap().contains(address.parse().unwrap());
    assert!(inside("10.0.0.0/8", "10.255.0.1") && inside("10.0.0.0/8", "::ffff:10.1.1.1"));
    assert!(
        !inside("10.0.0.0/8", "11.0.0.1") && !inside("10.0.0.1", "10.0.0.2") && !inside("10.0.0.0/8", "::1")
    );
    assert!(
        inside("0.0.0.0/0", "203.0.113.9")
            && inside("::/0", "2001:db8::1")
            && inside("2001:db8::/32", "2001:db8:5::1")
    );
}
