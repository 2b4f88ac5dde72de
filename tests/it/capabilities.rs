//! The table of what providers can do, in docs/providers/README.md, is what the profiles themselves say.

use callflow::Abilities;

use crate::tidy;

const PAGE: &str = "docs/providers/README.md";
const BEGIN: &str = "<!-- capabilities:";
const END: &str = "<!-- end of capabilities -->";

fn table() -> String {
    let profiles: Vec<&Abilities> = dialect::NAMES
        .into_iter()
        .flat_map(|(name, profiles)| {
            profiles.iter().filter_map(move |profile| dialect::by_name(name, profile))
        })
        .map(dialect::Dialect::abilities)
        .collect();
    let mut table = row("", profiles.iter().map(|profile| profile.profile.to_owned()));
    table += &row("---", profiles.iter().map(|_| "---".to_owned()));
    for (what, tells) in ROWS {
        table += &row(what, profiles.iter().map(|profile| tells(profile)));
    }
    table
}

fn row(first: &str, cells: impl Iterator<Item = String>) -> String {
    format!("| {first} | {} |\n", cells.collect::<Vec<_>>().join(" | "))
}

type Tells = fn(&Abilities) -> String;

const ROWS: [(&str, Tells); 19] = [
    ("longest document, KiB", |of| (of.most_document_bytes / 1024).to_string()),
    ("waits for a key, s", |of| range(&of.gather_seconds)),
    ("keys at once", |of| of.most_digits.to_string()),
    ("rings, s", |of| range(&of.ring_seconds)),
    ("takes messages of, s", |of| if of.takes_messages() { range(&of.record_seconds) } else { yes(false) }),
    ("silence ends a recording", |of| yes(of.record_ends_on_silence)),
    ("a key ends a recording", |of| yes(of.record_ends_on_key)),
    ("plays recorded prompts", |of| yes(of.plays_audio)),
    ("speaks", |of| if of.spoken.is_empty() { "any".to_owned() } else { of.spoken.join(", ") }),
    ("dials SIP addresses", |of| yes(of.dials_sip)),
    ("shows numbers without +", |of| yes(!of.shows_e164_only)),
    ("tells when a message is ready", |of| yes(of.recordings_told)),
    ("tells how a dialled telephone gets on", |of| yes(of.legs_told)),
    ("tells if a machine answered", |of| yes(of.detects_machines)),
    ("places, fetches and ends calls", |of| {
        yes(of.control.places_calls && of.control.redirects_calls && of.control.ends_calls)
    }),
    ("records live calls", |of| yes(of.control.records_calls)),
    ("pauses such recordings", |of| yes(of.control.pauses_recordings)),
    ("brings calls together", |of| yes(of.control.has_rooms)),
    ("lists calls", |of| yes(of.control.lists_calls)),
];

fn yes(can: bool) -> String {
    if can { "yes" } else { "no" }.to_owned()
}

fn range(seconds: &std::ops::RangeInclusive<u32>) -> String {
    format!("{}–{}", seconds.start(), seconds.end())
}

#[test]
fn the_table_of_the_page_is_what_the_profiles_say() {
    let page = tidy::text(PAGE);
    let begin = page.find(BEGIN).expect("the page marks the table");
    let begin = begin + page[begin..].find('\n').unwrap() + 1;
    let end = begin + page[begin..].find(END).expect("the page marks the table's end");
    if std::env::var_os("UPDATE_DOCUMENTS").is_some() {
        let page = format!("{}{}{}", &page[..begin], table(), &page[end..]);
        std::fs::write(tidy::root().join(PAGE), page).unwrap();
        return;
    }
    let advice = "run UPDATE_DOCUMENTS=1 cargo test --test it capabilities";
    assert_eq!(&page[begin..end], table(), "{PAGE}: {advice}");
}

#[test]
fn every_profile_has_a_page_that_names_it() {
    let page = tidy::text(PAGE);
    for (name, profiles) in dialect::NAMES {
        for profile in profiles {
            let named = page.lines().any(|line| line.contains(&format!("`{name}` | `{profile}`")));
            assert!(named, "{PAGE}: the first table has no row for {name}, {profile}");
        }
    }
}
