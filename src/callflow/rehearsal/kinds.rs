//! Each kind of node as callers meet it.

use super::golden;

#[test]
fn say_and_branch_go_on_at_once_and_notes_are_taken() {
    golden(
        "call +4570102030, 2026-03-03 09:30, open
  note came = in
  say Welcome.
  say Press 1 to 8.
  gather 1 key, 8 s
hang up",
    );
}

#[test]
fn out_of_hours_a_message_is_recorded() {
    golden(
        "call +4570102030, 2026-03-03 23:40, closed
  note came = in
  say Welcome.
  say Speak after the tone.
  gather 1 key, 2 s
wait
  record up to 120 s, until 5 s of silence
record 14s
  message message, 14 s
  say Goodbye.
  gather 1 key, 2 s
wait
  hangup",
    );
}

#[test]
fn a_person_and_help_are_a_key_away_while_a_message_is_recorded() {
    for (key, leads) in [
        (
            "0",
            "  say One moment.\n  ask queue general\nanswer nobody\n  say Speak after the tone.\n  gather 1 key, 2 s",
        ),
        ("9", "  emergency\n  say The ambulance.\n  dial 112, 30 s"),
    ] {
        for (seconds, kept) in [(14, "  message message, 14 s\n"), (0, "")] {
            golden(&format!(
                "call +4570102030, 2026-03-03 23:40, closed
  note came = in
  say Welcome.
  say Speak after the tone.
  gather 1 key, 2 s
wait
  record up to 120 s, until 5 s of silence
record {seconds}s then {key}
{kept}{leads}
hang up"
            ));
        }
    }
}

#[test]
fn whoever_thinks_of_something_during_the_goodbye_is_still_heard() {
    let goodbye = "call +4570102030, 2026-03-03 09:30, open
  note came = in
  say Welcome.
  say Press 1 to 8.
  gather 1 key, 8 s
press 8
  say Goodbye.
  gather 1 key, 2 s
";
    for (key, then) in [
        ("0", "  say One moment.\n  ask queue general\nhang up"),
        ("9", "  emergency\n  say The ambulance.\n  dial 112, 30 s\nhang up"),
        ("*", "  say Goodbye.\n  gather 1 key, 2 s\nwait\n  hangup"),
        ("5", "  hangup"),
    ] {
        golden(&format!("{goodbye}press {key}\n{then}"));
    }
    let plain =
        include_str!("full.toml").replace("prompt = \"goodbye\"", "prompt = \"goodbye\"\nplain = true");
    let mut sources = super::full_sources();
    sources.files[0].text = plain;
    let said = goodbye.replace("  say Goodbye.\n  gather 1 key, 2 s\n", "  say Goodbye.\n  hangup");
    super::golden_on(&crate::load(&sources).unwrap(), &said);
}

#[test]
fn silence_is_no_message_and_hanging_up_keeps_it() {
    golden(
        "call withheld, 2026-03-03 23:40, closed
  note came = in
  say Welcome.
  say Speak after the tone.
  gather 1 key, 2 s
press 5
  record up to 120 s, until 5 s of silence
record 0s
  say Nothing heard.
  say Speak after the tone.
  gather 1 key, 2 s
wait
  record up to 120 s, until 5 s of silence
record 3s hung up
  message message, 3 s
  hangup",
    );
}

#[test]
fn digits_are_collected_read_back_and_spoken() {
    golden(
        "call +4570102030, 2026-03-03 09:30, open
  note came = in
  say Welcome.
  say Press 1 to 8.
  gather 1 key, 8 s
press 2
  say Key in the number, then press #.
  gather up to 6 keys then #, 8 s
press 123
  say Not understood.
  say Key in the number, then press #.
  gather up to 6 keys then #, 8 s
press 12320
  say 1 2 3 2 0. Press 1 if right, press 2 if not.
  gather 1 key, 8 s
press 2
  say Key in the number, then press #.
  gather up to 6 keys then #, 8 s
press 4711
  say 4 7 1 1. Press 1 if right, press 2 if not.
  gather 1 key, 8 s
press 1
  say Noted 4 7 1 1.
  say Goodbye.
  gather 1 key, 2 s
wait
  hangup",
    );
}

#[test]
fn a_value_decides_only_when_it_was_noted() {
    golden(
        "call +4570102030, 2026-03-03 09:30, open
  note came = in
  say Welcome.
  say Press 1 to 8.
  gather 1 key, 8 s
press 1
  note request_type = complaint
  say One moment.
  ask queue general
answer nobody
  say Speak after the tone.
  gather 1 key, 2 s
hang up",
    );
    golden(
        "call +4570102030, 2026-03-03 09:30, open
  note came = in
  say Welcome.
  say Press 1 to 8.
  gather 1 key, 8 s
press 8
  say Goodbye.
  gather 1 key, 2 s
wait
  hangup",
    );
}

#[test]
fn progress_is_told_by_number_and_pin() {
    golden(
        "call +4570102030, 2026-03-03 09:30, open
  note came = in
  say Welcome.
  say Press 1 to 8.
  gather 1 key, 8 s
press 3
  say Number, then press #.
  gather up to 19 keys then #, 8 s
press 00000013#
  say PIN, then press #.
  gather up to 8 keys then #, 8 s
press 1234
  ask progress of 00000013
answer no-such-case
  say No such case.
  say Number, then press #.
  gather up to 19 keys then #, 8 s
press 00000013#
  say PIN, then press #.
  gather up to 8 keys then #, 8 s
press 4321
  ask progress of 00000013
answer progress received
  say It was received.
  say Press 1 to 8.
  gather 1 key, 8 s
hang up",
    );
}

#[test]
fn each_language_is_offered_by_its_own_voice() {
    golden(
        "call +4570102030, 2026-03-03 09:30, open
  note came = in
  say Welcome.
  say Press 1 to 8.
  gather 1 key, 8 s
press 4
  say For English, press 1.
  say [da] For dansk, tryk 2.
  gather 1 key, 8 s
press 2
  language da
  say [da] tryk 1 to 8.
  gather 1 key, 8 s
hang up",
    );
    golden(
        "call +4570102030, 2026-03-03 09:30, da remembered, open
  note came = in
  say [da] Dansk welcome.
  say [da] tryk 1 to 8.
  gather 1 key, 8 s
hang up",
    );
}

#[test]
fn scores_count_one_by_one() {
    golden(
        "call +4570102030, 2026-03-03 09:30, open
  note came = in
  say Welcome.
  say Press 1 to 8.
  gather 1 key, 8 s
press 5
  say Two questions.
  say Solved? Press 1 or 2.
  gather 1 key, 8 s
press 3
  say Not understood.
  say Solved? Press 1 or 2.
  gather 1 key, 8 s
press 1
  rate solved 1
  say Press 1 to 5.
  gather 1 key, 8 s
press 5
  rate satisfaction 5
  say Goodbye.
  gather 1 key, 2 s
wait
  hangup",
    );
}

#[test]
fn an_office_is_rung_by_its_name() {
    golden(
        "call +4570102030, 2026-03-03 09:30, open
number office:north = 97648010
  note came = in
  say Welcome.
  say Press 1 to 8.
  gather 1 key, 8 s
press 6
  say The office: 9 7 6 4, 8 0 1 0.
  gather 1 key, 1 s
wait
  dial 97648010, 30 s
dialled completed 96s
  say Goodbye.
  gather 1 key, 2 s
wait
  hangup",
    );
}

#[test]
fn a_telephone_that_nobody_knows_or_answers_leads_on() {
    golden(
        "call +4570102030, 2026-03-03 09:30, open
  note came = in
  say Welcome.
  say Press 1 to 8.
  gather 1 key, 8 s
press 6
  trouble unknown-number at office: office:north
  say One moment.
  ask queue general
answer nobody
  say Speak after the tone.
  gather 1 key, 2 s
press 9
  emergency
  say The ambulance.
  dial 112, 30 s
dialled busy
  say One moment.
  ask queue general
answer nobody
  say Speak after the tone.
  gather 1 key, 2 s
hang up",
    );
}
