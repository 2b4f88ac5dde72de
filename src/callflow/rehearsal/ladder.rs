//! Waiting: the queue's loop, the callback that keeps the place, silence and wrong keys.

use super::golden;

const TO_THE_QUEUE: &str = "call +4570102030, 2026-03-03 09:30, open
  note came = in
  say Welcome.
  say Press 1 to 8.
  gather 1 key, 8 s
press 0
  say One moment.
  ask queue general
";

fn from_the_queue(call: &str) {
    golden(&format!("{TO_THE_QUEUE}{call}"));
}

#[test]
fn a_caller_waits_is_rung_and_is_asked_afterwards() {
    from_the_queue(
        "answer waiting 2 61s
  say Place 2, 2 minutes.
  gather 1 key with music, 12 s
wait
  ask queue general
answer waiting 1
  say Please hold.
  gather 1 key with music, 12 s
press 5
  ask queue general
answer waiting 1 20s
  say Place 1, a minute.
  gather 1 key with music, 12 s
fetched
  ask queue general
answer ring 8001
  dial 8001, 20 s
dialled no-answer
  ask after dial general
answer waiting 1
  say Place 1.
  gather 1 key with music, 12 s
wait
  ask queue general
answer ring 8002
  dial 8002, 20 s
dialled completed 120s
  ask after dial general
answer served
  say Two questions.
  say Solved? Press 1 or 2.
  gather 1 key, 8 s
hang up",
    );
}

#[test]
fn a_callback_keeps_the_place_and_promises_the_callers_own_number_without_saying_it() {
    from_the_queue(
        "answer waiting 3 300s callback
  say Place 3, 5 minutes.
  say Press 1 for a callback.
  gather 1 key with music, 12 s
press 1
  say Press 1 for this number, press 2 for another.
  gather 1 key, 8 s
press 1
  promise callback
  say Promised.
  say Goodbye.
  gather 1 key, 2 s
wait
  hangup",
    );
}

#[test]
fn another_number_is_read_back_before_it_is_promised() {
    from_the_queue(
        "answer waiting 3 callback
  say Place 3.
  say Press 1 for a callback.
  gather 1 key with music, 12 s
press 1
  say Press 1 for this number, press 2 for another.
  gather 1 key, 8 s
press 2
  say Your number, then press #.
  gather up to 15 keys then #, 8 s
press 72330500
  say 7 2 3 3, 0 5 0 0? Press 1 if right, press 2 if not.
  gather 1 key, 8 s
press 1
  promise callback 72330500
  say Promised.
  say Goodbye.
  gather 1 key, 2 s
wait
  hangup",
    );
}

#[test]
fn a_withheld_number_must_be_keyed_in() {
    golden(
        "call withheld, 2026-03-03 09:30, open
  note came = in
  say Welcome.
  say Press 1 to 8.
  gather 1 key, 8 s
press 0
  say One moment.
  ask queue general
answer waiting 1 callback
  say Place 1.
  say Press 1 for a callback.
  gather 1 key with music, 12 s
press 1
  say Your number, then press #.
  gather up to 15 keys then #, 8 s
hang up",
    );
}

#[test]
fn a_callback_that_is_not_offered_cannot_be_chosen() {
    from_the_queue(
        "answer waiting 3
  say Place 3.
  gather 1 key with music, 12 s
press 1
  ask queue general
answer nobody
  leave queue
  say Speak after the tone.
  gather 1 key, 2 s
hang up",
    );
}

#[test]
fn a_callback_that_becomes_possible_is_offered_at_once_and_then_with_the_place() {
    from_the_queue(
        "answer waiting 3
  say Place 3.
  gather 1 key with music, 12 s
wait
  ask queue general
answer waiting 3 callback
  say Please hold.
  say Press 1 for a callback.
  gather 1 key with music, 12 s
wait
  ask queue general
answer waiting 2 callback
  say Place 2.
  say Press 1 for a callback.
  gather 1 key with music, 12 s
wait
  ask queue general
answer waiting 2 callback
  say Please hold.
  gather 1 key with music, 12 s
hang up",
    );
}

#[test]
fn the_emergency_key_gives_up_the_place() {
    from_the_queue(
        "answer waiting 3
  say Place 3.
  gather 1 key with music, 12 s
press 9
  emergency
  leave queue
  say The ambulance.
  dial 112, 30 s
hang up",
    );
}

#[test]
fn who_waits_for_the_person_already_hears_the_place_on_0_and_on_repeat() {
    from_the_queue(
        "answer waiting 3
  say Place 3.
  gather 1 key with music, 12 s
press 0
  ask queue general
answer waiting 3
  say Place 3.
  gather 1 key with music, 12 s
press *
  ask queue general
answer waiting 2
  say Place 2.
  gather 1 key with music, 12 s
hang up",
    );
}

#[test]
fn silence_and_wrong_keys_lead_on_after_two_tries_and_repeating_is_no_try() {
    let welcome = "call +4570102030, 2026-03-03 09:30, open
  note came = in
  say Welcome.
  say Press 1 to 8.
  gather 1 key, 8 s
";
    golden(&format!(
        "{welcome}press #
  say Not understood.
  say Press 1 to 8.
  gather 1 key, 8 s
press *
  say Press 1 to 8.
  gather 1 key, 8 s
press #
  say Goodbye.
  gather 1 key, 2 s
wait
  hangup"
    ));
    golden(&format!(
        "{welcome}wait
  say Nothing heard.
  say Press 1 to 8.
  gather 1 key, 8 s
wait
  say One moment.
  ask queue general
answer left
  say Two questions.
  say Solved? Press 1 or 2.
  gather 1 key, 8 s
hang up"
    ));
}
