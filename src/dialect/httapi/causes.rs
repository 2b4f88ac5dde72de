//! How a call or a dial ended, in the switch's words (Q.850 causes, and the disposition of a dial).

use callflow::DialOutcome;

use crate::form::Form;
use crate::status::CallStatus;

/// How the call ended, by what the last request of a call tells. A call that was answered is completed however it
/// ended; without the switch's variables (permission `extended-data`) that is all that can be known.
pub fn end_of(form: &Form<'_>) -> CallStatus {
    let moment = |name: &str| {
        form.get(name).is_some_and(|text| text.bytes().any(|byte| (b'1'..=b'9').contains(&byte)))
    };
    if moment("Caller-Channel-Answered-Time") || moment("variable_answer_epoch") {
        return CallStatus::Completed;
    }
    match form.get("variable_hangup_cause") {
        None => CallStatus::Completed,
        Some("USER_BUSY" | "CALL_REJECTED") => CallStatus::Busy,
        Some(
            "NO_ANSWER" | "NO_USER_RESPONSE" | "ALLOTTED_TIMEOUT" | "PROGRESS_TIMEOUT" | "MEDIA_TIMEOUT",
        ) => CallStatus::NoAnswer,
        Some("ORIGINATOR_CANCEL" | "NORMAL_CLEARING" | "LOSE_RACE") => CallStatus::Canceled,
        Some(_) => CallStatus::Failed,
    }
}

/// How a dial ended, by `originate_disposition`: the only variable that is not left over from an earlier dial.
pub fn outcome_of(disposition: &str) -> DialOutcome {
    match disposition {
        "SUCCESS" => DialOutcome::Completed,
        "USER_BUSY" | "CALL_REJECTED" => DialOutcome::Busy,
        "NO_ANSWER" | "NO_USER_RESPONSE" | "ALLOTTED_TIMEOUT" | "PROGRESS_TIMEOUT" => DialOutcome::NoAnswer,
        "ORIGINATOR_CANCEL" => DialOutcome::Canceled,
        _ => DialOutcome::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answered_call_is_completed_and_another_tells_why() {
        let end = |text: &str| end_of(&Form::parse(text.as_bytes()).unwrap());
        assert_eq!(
            end("Caller-Channel-Answered-Time=1795314434&variable_hangup_cause=USER_BUSY"),
            CallStatus::Completed
        );
        assert_eq!(
            end("Caller-Channel-Answered-Time=0&variable_answer_epoch=1795314432"),
            CallStatus::Completed
        );
        assert_eq!(
            end("Caller-Channel-Answered-Time=0&variable_answer_epoch=0&exiting=true"),
            CallStatus::Completed
        );
        for (cause, status) in [
            ("USER_BUSY", CallStatus::Busy),
            ("NO_ANSWER", CallStatus::NoAnswer),
            ("ORIGINATOR_CANCEL", CallStatus::Canceled),
            ("UNALLOCATED_NUMBER", CallStatus::Failed),
        ] {
            assert_eq!(end(&format!("Caller-Channel-Answered-Time=0&variable_hangup_cause={cause}")), status);
        }
    }

    #[test]
    fn a_dial_ends_as_its_disposition_says() {
        for (word, outcome) in [
            ("SUCCESS", DialOutcome::Completed),
            ("USER_BUSY", DialOutcome::Busy),
            ("NO_ANSWER", DialOutcome::NoAnswer),
            ("ORIGINATOR_CANCEL", DialOutcome::Canceled),
            ("NORMAL_TEMPORARY_FAILURE", DialOutcome::Failed),
            ("", DialOutcome::Failed),
        ] {
            assert_eq!(outcome_of(word), outcome, "{word}");
        }
    }
}
