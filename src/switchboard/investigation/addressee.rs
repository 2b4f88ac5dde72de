//! Where a letter is mailed to. Nobody is mailed who did not ask for it or has no address; and an address stands in the
//! envelope alone.

use complaints::Intake;
use complaints::firewall::Recipient;
use complaints::investigation::LetterKind;
use domain::Timestamp;
use domain::directory::{Office, is_mail_address};
use store::cases::Case;
use store::points::Point;

use super::letters::{LetterOrder, fitting};
use crate::House;
use crate::case_file::CaseFile;

/// The address of who such a letter is for; none: it goes by hand.
pub(super) fn of(
    house: &House,
    case: &Case,
    points: &[Point],
    order: &LetterOrder,
    now: Timestamp,
) -> Option<String> {
    match order.kind.recipient() {
        Recipient::Complainant => complainant(&serde_json::from_str(&case.intake).ok()?),
        Recipient::Accused => institution(house, order.institution_of(points).as_deref()?),
        Recipient::Authority => authority(house, case, now),
        _ => None,
    }
}

/// The letters that could be mailed now, of those that could be written.
pub fn mailable(house: &House, file: &CaseFile, now: Timestamp) -> Vec<LetterKind> {
    let mut kinds = fitting(&file.view);
    kinds.retain(|kind| of(house, &file.case, &file.points, &LetterOrder::plain(*kind), now).is_some());
    kinds
}

/// Who gave an address, wants letters there, and wants to hear anything at all.
fn complainant(intake: &Intake) -> Option<String> {
    let (address, wishes) = (intake.caller.email.trim(), &intake.wishes);
    let wanted = wishes.mail == Some(true) && wishes.reply != Some(false);
    (wanted && is_mail_address(address)).then(|| address.to_owned())
}

/// The complaint office of the institution: its mailbox for dispatches, else its address.
fn institution(house: &House, code: &str) -> Option<String> {
    let offices = house.directory.departments.iter();
    let mut own = offices.filter(|office| office.institution.as_deref() == Some(code));
    own.find_map(|office| office.mail.clone().or_else(|| office.email.clone()))
}

/// The address at which the authority of a case's profile takes cases today.
pub(crate) fn authority(house: &House, case: &Case, now: Timestamp) -> Option<String> {
    let day = now.service_day(house.zone_of(&case.line));
    office(house, case, now)?.secure_mail_on(day).map(str::to_owned)
}

/// The office that decides complaints of a case's profile.
pub(crate) fn office<'h>(house: &'h House, case: &Case, now: Timestamp) -> Option<&'h Office> {
    let rules = house.dialogues.get(&case.profile)?;
    house.directory.office_on(&rules.authority, now.service_day(house.zone_of(&case.line)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_mailed_who_did_not_ask_for_it() {
        let mut intake = Intake::default();
        intake.caller.email = " camilla@post.example ".to_owned();
        assert_eq!(complainant(&intake), None, "an address alone is no wish");
        intake.wishes.mail = Some(true);
        assert_eq!(complainant(&intake).as_deref(), Some("camilla@post.example"));
        for (mail, reply, address) in [
            (Some(false), None, "camilla@post.example"),
            (Some(true), Some(false), "camilla@post.example"),
            (Some(true), None, "camilla"),
            (Some(true), None, ""),
        ] {
            (intake.wishes.mail, intake.wishes.reply) = (mail, reply);
            intake.caller.email = address.to_owned();
            assert_eq!(complainant(&intake), None, "{mail:?} {reply:?} {address}");
        }
    }
}
