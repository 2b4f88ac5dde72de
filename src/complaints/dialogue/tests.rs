//! The rows D1 to D34 of the domain notes, as far as they concern one case. Each test names its rows.

use super::scene::*;
use super::*;
use crate::Actor;
use crate::words::Channel;
use DialogueAction as A;
use DialogueRefusalCode as Code;

/// D1, D22: treatment that the region paid, in whole or part; anything else has no dialogue.
#[test]
fn d01_d22_treatment_that_the_region_paid_is_the_gate() {
    let table = [
        (Topic::Treatment, "havnby-hospital", Payer::Region, Stage::Accepted),
        (Topic::Treatment, "havnby-hospital", Payer::PartlyRegion, Stage::Accepted),
        (Topic::Treatment, "laegehuset-birketorv", Payer::Region, Stage::Accepted),
        (Topic::Treatment, "havnby-hospital", Payer::Unknown, Stage::Unclear),
        (Topic::Service, "havnby-hospital", Payer::Region, Stage::NotPossible),
    ];
    for (topic, site, payer, stage) in table {
        let mut scene = Scene::with(&[(topic, site, payer)]);
        scene.agent(yes());
        assert_eq!(scene.dialogue.stage, stage, "{topic} {site} {payer}");
    }
    let mut inquiry = Scene::plain();
    inquiry.complaint = false;
    assert_eq!(inquiry.refused(&agent(), &yes()), Code::NotAComplaint);
    let mut abroad = Scene::plain();
    abroad.profile = "cn-gov";
    assert_eq!(abroad.refused(&agent(), &yes()), Code::NoDialogueHere);
}

/// D2, D3: the motive is kept, and what the site learns from it.
#[test]
fn d02_d03_motive_and_learning() {
    let mut scene = Scene::plain().held();
    assert_eq!(scene.dialogue.motive, Some(Motive::Explanation));
    scene.region(A::Learn { note: "Pårørende orienteres samme dag.".to_owned() });
    assert_eq!(scene.dialogue.learned, ["Pårørende orienteres samme dag."]);
    scene.agent(A::Withdraw(in_words()));
    scene.open = false;
    assert!(scene.decide(&region(), &A::Learn { note: "Senere".to_owned() }).is_ok(), "also afterwards");
    assert_eq!(Scene::plain().invited().refused(&house(), &A::Learn { note: "x".into() }), Code::WrongStage);
}

/// D4, D27: both flags start the owner's work; the owner is the hospital or the region.
#[test]
fn d04_d27_accepted_and_eligible_has_an_owner() {
    let mut scene = Scene::plain();
    assert_eq!(scene.agent(yes()), ["dialogue_answered", "dialogue_assessed", "dialogue_owned"]);
    let owner = scene.dialogue.owner.clone().unwrap();
    assert_eq!((owner.kind, owner.code.as_str()), (OwnerKind::Site, "havnby-hospital"));
    assert_eq!((owner.region.as_str(), owner.department.as_str()), ("midtjylland", "doctor-patient-office"));
    let mut no = Scene::plain();
    assert_eq!(no.agent(answer(false)), ["dialogue_answered", "dialogue_assessed"]);
    assert_eq!((no.dialogue.stage, no.dialogue.owner.is_none()), (Stage::NotWanted, true));
    let mut not_eligible = Scene::with(&[(Topic::Confidentiality, "havnby-hospital", Payer::Region)]);
    assert_eq!(not_eligible.agent(yes()), ["dialogue_answered", "dialogue_assessed"]);
    assert!(not_eligible.dialogue.owner.is_none());
}

/// D5, D6, D27: form, time and place are the owner's; the adviser at the telephone notes wishes and no more.
#[test]
fn d05_d06_the_owner_decides_the_form() {
    let mut scene = Scene::plain().received();
    let wishes = Wishes { form: Some(Form::Telephone), ..Wishes::default() };
    scene.agent(A::ChangeWishes { wishes });
    let invite = |appointment: Appointment| A::Invite { appointment };
    let good = meeting("2026-02-12T10:00:00+01:00");
    assert_eq!(scene.refused(&agent(), &invite(good.clone())), Code::WrongRole);
    let other = Actor { role: domain::Role::Handler, department: Some("legal-affairs".to_owned()) };
    assert_eq!(scene.refused(&other, &invite(good.clone())), Code::NotYourDialogue);
    let table = [
        (Appointment { place: " ".to_owned(), ..good.clone() }, Code::NeedsPlace),
        (Appointment { participants: vec![], ..good.clone() }, Code::NeedsParticipant),
        (meeting("2026-02-01T10:00:00+01:00"), Code::PastAppointment),
        (meeting("2026-03-03T10:00:00+01:00"), Code::AfterDue),
    ];
    for (wrong, code) in table {
        assert_eq!(scene.refused(&region(), &invite(wrong)), code);
    }
    scene.region(invite(good.clone()));
    assert_eq!(scene.dialogue.appointment.as_ref().unwrap().form, Form::Meeting, "wished for the telephone");
    let by_phone = Appointment { form: Form::Telephone, place: "Vi ringer".to_owned(), ..good };
    scene.region(invite(by_phone));
    assert_eq!(
        scene.dialogue.appointment.as_ref().unwrap().form,
        Form::Telephone,
        "a new date replaces the old"
    );
}

/// D7: who was planned and who came are two lists, each with a role.
#[test]
fn d07_participants_planned_and_actual() {
    let mut scene = Scene::plain().invited();
    scene.now = at("2026-02-12T12:00:00+01:00");
    let management = Participant {
        role: ParticipantRole::DepartmentManagement,
        name: "Ledende overlæge Dahl".to_owned(),
    };
    let A::Hold { at, form, companion_came, minutes, .. } = hold("2026-02-12T10:00:00+01:00", Form::Meeting)
    else {
        unreachable!()
    };
    scene.region(A::Hold { at, form, companion_came, minutes, participants: vec![management.clone()] });
    assert_eq!(scene.dialogue.held.as_ref().unwrap().participants, [management]);
    assert_eq!(scene.dialogue.appointment.as_ref().unwrap().participants, doctor());
}

/// D8, D33: one dialogue per complaint, however many institutions and regions.
#[test]
fn d08_one_dialogue_for_two_regions() {
    let mut scene = Scene::with(&[
        (Topic::Treatment, "aadal-hospital", Payer::Region),
        (Topic::Treatment, "havnby-hospital", Payer::Region),
    ]);
    scene.agent(yes());
    let owner = scene.dialogue.owner.clone().unwrap();
    assert_eq!((owner.kind, owner.code.as_str(), owner.open_point), (OwnerKind::Region, "syddanmark", true));
    assert_eq!(scene.refused(&agent(), &yes()), Code::SecondDialogue);
    let mut held = Scene::plain().held();
    assert_eq!(held.refused(&agent(), &yes()), Code::SecondDialogue);
    assert_eq!(
        held.refused(&region(), &hold("2026-02-12T11:00:00+01:00", Form::Meeting)),
        Code::SecondDialogue
    );
    held.agent(A::Maintain { added: vec![], dropped: vec![] });
    assert_eq!(held.refused(&agent(), &yes()), Code::SecondDialogue);
}

/// D9, D10, D33: declining names channel and time, and whether the complaint is maintained; without words it stands.
#[test]
fn d09_d10_d33_a_late_no_keeps_the_complaint() {
    let scene = Scene::plain().received();
    assert_eq!(scene.refused(&agent(), &decline(None, None)), Code::NeedsMaintained);
    assert_eq!(scene.refused(&agent(), &decline(Some(Maintained::No), None)), Code::NeedsStatement);
    let silent =
        Withdrawal { statement: " ".to_owned(), informed: true, channel: crate::words::Channel::Phone };
    assert_eq!(scene.refused(&agent(), &decline(Some(Maintained::No), Some(silent))), Code::NeedsStatement);
    let uninformed = Withdrawal { informed: false, ..in_words() };
    assert_eq!(scene.refused(&agent(), &decline(Some(Maintained::No), Some(uninformed))), Code::NotInformed);
    let ends = [
        (Maintained::Yes, None, Stage::ToForward),
        (Maintained::No, Some(in_words()), Stage::Withdrawn),
        (Maintained::Unknown, None, Stage::AskBack),
    ];
    for (maintained, withdrawal, stage) in ends {
        for invited in [false, true] {
            let mut scene = if invited { Scene::plain().invited() } else { Scene::plain().received() };
            scene.agent(decline(Some(maintained), withdrawal.clone()));
            assert_eq!(scene.dialogue.stage, stage);
            let after = |change: &DialogueChange| matches!(change, DialogueChange::DialogueDeclined { after_invitation, .. } if *after_invitation == invited);
            assert!(scene.history.iter().any(after), "before or after the invitation is kept");
            assert_eq!(scene.refused(&agent(), &yes()), Code::SecondDialogue);
        }
    }
}

/// D10: not said is asked back; unanswered it goes to the authority.
#[test]
fn d10_not_said_is_asked_back() {
    let mut scene = Scene::plain().received();
    scene.agent(decline(Some(Maintained::Unknown), None));
    let again = A::AnswerAskBack { maintained: Maintained::Unknown, withdrawal: None };
    assert_eq!(scene.refused(&agent(), &again), Code::NeedsMaintained);
    assert_eq!(scene.refused(&house(), &A::LetRunOut), Code::NotDueYet);
    scene.now = scene.dialogue.runs_out_at().unwrap().plus_seconds(1);
    assert_eq!(scene.attempt(&house(), &A::LetRunOut), Ok(vec!["dialogue_to_forward"]));
    assert_eq!(scene.dialogue.forward_reason, Some(ForwardReason::Undecided));
    let mut asked = Scene::plain().received();
    asked.agent(decline(Some(Maintained::Unknown), None));
    asked.agent(A::AnswerAskBack { maintained: Maintained::Yes, withdrawal: None });
    assert_eq!(asked.dialogue.forward_reason, Some(ForwardReason::Declined));
}

/// D11: the package holds statement, points and outcome; it is assembled, sent and acknowledged.
#[test]
fn d11_the_package_is_tracked() {
    let mut scene = Scene::plain().received();
    scene.agent(decline(Some(Maintained::Yes), None));
    let send = A::Send { at: scene.now, channel: Channel::Email };
    assert_eq!(scene.refused(&region(), &send), Code::NoPackage);
    let assemble = A::Assemble { statement: "Jeg fastholder min klage.".to_owned(), with_minutes: true };
    assert_eq!(scene.refused(&agent(), &assemble), Code::WrongRole);
    scene.region(assemble);
    let package = scene.dialogue.package.clone().unwrap();
    assert_eq!((package.authority.as_str(), package.held_at, package.minutes), ("stpk", None, None));
    assert_eq!(package.complaint_received, at(FILED));
    assert_eq!(scene.dialogue.package_state(), Some(PackageState::Assembled));
    scene.region(send);
    assert_eq!(scene.dialogue.package_state(), Some(PackageState::Sent));
    scene.open = false;
    let acknowledge = |reference: &str| A::Acknowledge { at: scene.now, reference: reference.to_owned() };
    assert_eq!(scene.refused(&region(), &acknowledge(" ")), Code::NeedsReference);
    let acknowledge = acknowledge("26/01234");
    scene.region(acknowledge);
    assert_eq!(scene.dialogue.package_state(), Some(PackageState::Acknowledged));
}

/// D12 to D15: relative, friend, or a volunteer whom the scheme has to be asked for.
#[test]
fn d12_d14_d15_companions() {
    let mut scene = Scene::plain().received();
    let friend = |name: &str| A::NameCompanion { companion: CompanionKind::Friend, name: name.to_owned() };
    assert_eq!(scene.refused(&agent(), &friend("")), Code::NeedsName);
    let found = A::AnswerCompanionRequest { name: Some("Karen".to_owned()) };
    assert_eq!(scene.refused(&agent(), &found), Code::NoCompanionRequest);
    scene.agent(A::RequestCompanion { adviser_helps: true });
    assert!(scene.dialogue.companion.as_ref().unwrap().awaited, "a task until the scheme answers");
    scene.agent(found);
    let companion = scene.dialogue.companion.clone().unwrap();
    assert_eq!(
        (companion.kind, companion.name.as_str(), companion.awaited),
        (CompanionKind::Volunteer, "Karen", false)
    );
    scene.agent(A::RequestCompanion { adviser_helps: false });
    scene.agent(A::AnswerCompanionRequest { name: None });
    assert!(scene.dialogue.companion.as_ref().unwrap().nobody);
    scene.agent(friend("Mette"));
    assert_eq!(scene.dialogue.companion.as_ref().unwrap().kind, CompanionKind::Friend);
}

/// D19: after the dialogue the complainant decides; silence forwards and never withdraws.
#[test]
fn d19_no_silent_default() {
    let mut scene = Scene::plain().held();
    assert_eq!(scene.dialogue.runs_out_at(), Some(at("2026-03-02T23:59:59+01:00")));
    assert_eq!(scene.refused(&house(), &A::LetRunOut), Code::NotDueYet);
    scene.now = at("2026-03-03T00:00:00+01:00");
    assert_eq!(scene.refused(&region(), &A::LetRunOut), Code::WrongRole, "the house does it, nobody by hand");
    scene.attempt(&house(), &A::LetRunOut).unwrap();
    assert_eq!(scene.dialogue.forward_reason, Some(ForwardReason::Undecided));
    let uninformed = Withdrawal { informed: false, ..in_words() };
    assert_eq!(scene.refused(&agent(), &A::Withdraw(uninformed)), Code::NotInformed);
}

/// D20, D34: points are dropped and added, the originals stay, and added ones get no dialogue of their own.
#[test]
fn d20_d34_maintained_in_part_and_more() {
    let mut scene = Scene::with(&[
        (Topic::Treatment, "havnby-hospital", Payer::Region),
        (Topic::RecordKeeping, "havnby-hospital", Payer::Region),
    ])
    .held();
    let (p1, p2) = (PointId::new("p1"), PointId::new("p2"));
    let drop = |points: &[&PointId]| A::Maintain {
        added: vec![],
        dropped: points.iter().map(|point| (*point).clone()).collect(),
    };
    assert_eq!(scene.refused(&agent(), &drop(&[&p1, &p2])), Code::LastPointDropped);
    assert_eq!(scene.refused(&agent(), &drop(&[&PointId::new("p9")])), Code::NoSuchPoint);
    let added = NewPoint { id: PointId::new("p3"), words: "Manglende opfølgning".to_owned() };
    let kinds = scene.agent(A::Maintain { added: vec![added], dropped: vec![p2.clone()] });
    assert_eq!(
        kinds,
        ["dialogue_points_added", "dialogue_no_second", "dialogue_points_dropped", "dialogue_to_forward"]
    );
    scene.region(A::Assemble { statement: String::new(), with_minutes: false });
    let package = scene.dialogue.package.clone().unwrap();
    let states: Vec<_> = package.points.iter().map(|point| (point.point.as_str(), point.state)).collect();
    assert_eq!(
        states,
        [("p1", PointState::Maintained), ("p2", PointState::Dropped), ("p3", PointState::Added)]
    );
    assert_eq!(package.points[1].words, "punkt 2", "the original stays readable");
    assert_eq!(scene.refused(&agent(), &drop(&[&p2])), Code::NoSuchPoint, "dropped already");
    scene.agent(drop(&[&p1]));
    assert_eq!(
        scene.dialogue.package.as_ref().unwrap().points[0].state,
        PointState::Dropped,
        "assembled anew"
    );
}

/// What was said in the dialogue is no evidence, unless the complainant wants it to be.
#[test]
fn minutes_stay_out_of_the_package() {
    for wanted in [false, true] {
        let mut scene = Scene::plain().held();
        scene.agent(A::Maintain { added: vec![], dropped: vec![] });
        scene.region(A::Assemble { statement: String::new(), with_minutes: wanted });
        let package = scene.dialogue.package.clone().unwrap();
        assert_eq!(package.minutes.is_some(), wanted);
        assert_eq!(package.held_at, Some(at("2026-02-12T10:00:00+01:00")));
        let text = serde_json::to_string(&package).unwrap();
        assert_eq!(text.contains("gennemgået"), wanted);
    }
}

/// D21, D23, D32: exactly five grounds, per point; the other way is told; the complaint stays valid.
#[test]
fn d21_d23_d32_a_mixed_complaint() {
    let mut scene = Scene::with(&[
        (Topic::Treatment, "havnby-hospital", Payer::Region),
        (Topic::RecordKeeping, "havnby-hospital", Payer::Region),
        (Topic::Treatment, "klinik-b", Payer::Patient),
    ]);
    scene.agent(yes());
    let codes: Vec<_> = scene.dialogue.verdicts.iter().map(|verdict| verdict.eligibility.code()).collect();
    assert_eq!(codes, ["eligible", "record_keeping", "self_paid"]);
    assert_eq!(scene.dialogue.stage, Stage::Accepted);
    assert_eq!(scene.agent(A::TellAlternative), ["dialogue_alternative_told"]);
    assert_eq!(scene.dialogue.alternative_told.len(), 2);
    assert_eq!(scene.refused(&agent(), &A::TellAlternative), Code::NothingToTell);
    assert_eq!(Ground::ALL.len(), 5);
    let mut none = Scene::with(&[(Topic::RecordKeeping, "havnby-hospital", Payer::Region)]);
    none.agent(yes());
    assert_eq!(none.dialogue.stage, Stage::NotPossible);
    none.agent(A::Assemble { statement: "Journalen er forkert.".to_owned(), with_minutes: false });
    assert_eq!(
        none.dialogue.forward_reason,
        Some(ForwardReason::NotPossible),
        "no dialogue, but a complaint"
    );
}

/// An unknown payer is asked for, and the verdict follows.
#[test]
fn what_is_not_known_is_clarified() {
    let mut scene = Scene::with(&[(Topic::Treatment, "havnby-hospital", Payer::Unknown)]);
    scene.agent(yes());
    let clarify = |payer| A::Clarify { point: PointId::new("p1"), topic: None, payer };
    assert_eq!(scene.refused(&agent(), &clarify(None)), Code::NothingSaid);
    let nowhere = A::Clarify { point: PointId::new("p9"), topic: None, payer: Some(Payer::Region) };
    assert_eq!(scene.refused(&agent(), &nowhere), Code::NoSuchPoint);
    scene.agent(clarify(Some(Payer::Region)));
    assert_eq!((scene.dialogue.stage, scene.dialogue.owner.is_some()), (Stage::Accepted, true));
    scene.agent(clarify(Some(Payer::Insurance)));
    assert_eq!((scene.dialogue.stage, scene.dialogue.runs_out_at()), (Stage::NotPossible, None));
}

/// §2.2: satisfied after the dialogue closes for good, in words.
#[test]
fn satisfied_is_said_in_words() {
    let mut scene = Scene::plain().held();
    let silent =
        Withdrawal { statement: String::new(), informed: true, channel: crate::words::Channel::Phone };
    assert_eq!(scene.refused(&agent(), &A::EndSatisfied(silent)), Code::NeedsStatement);
    scene.agent(A::EndSatisfied(in_words()));
    assert_eq!(scene.dialogue.stage, Stage::Satisfied);
    for late in [yes(), A::Maintain { added: vec![], dropped: vec![] }, A::Withdraw(in_words())] {
        assert!(scene.decide(&agent(), &late).is_err());
    }
    assert_eq!(Scene::plain().invited().refused(&agent(), &A::EndSatisfied(in_words())), Code::WrongStage);
}

/// §7.2: four weeks from the receipt at the region, also over the change to summer time.
#[test]
fn d29_four_weeks_from_the_receipt() {
    let table = [
        ("2026-02-02T09:00:00+01:00", "2026-03-02T23:59:59+01:00"),
        ("2026-02-02T23:59:00+01:00", "2026-03-02T23:59:59+01:00"),
        ("2026-03-06T09:00:00+01:00", "2026-04-03T23:59:59+02:00"),
        ("2026-10-01T09:00:00+02:00", "2026-10-29T23:59:59+01:00"),
    ];
    for (received, due) in table {
        let mut scene = Scene::plain();
        scene.now = at("2026-12-01T00:00:00+01:00");
        scene.agent(yes());
        scene.region(A::RecordReceipt { at: at(received) });
        assert_eq!(scene.dialogue.runs_out_at(), Some(at(due)), "{received}");
    }
    let mut scene = Scene::plain();
    scene.agent(yes());
    assert_eq!(
        scene.dialogue.deadline.as_ref().unwrap().law,
        "dk-dialogue",
        "runs from the hand-over until then"
    );
    let tomorrow = scene.now.plus_seconds(86_400);
    assert_eq!(scene.refused(&region(), &A::RecordReceipt { at: tomorrow }), Code::ImpossibleTime);
    let before = at(FILED).plus_seconds(-1);
    assert_eq!(scene.refused(&region(), &A::RecordReceipt { at: before }), Code::ImpossibleTime);
    // It was filed half a minute past, and the region gives the minute.
    scene.filed = at(FILED).plus_seconds(30);
    scene.now = at(FILED).plus_seconds(45);
    scene.region(A::RecordReceipt { at: at(FILED) });
}

/// D30, D31: no-show, unreachable, a practitioner who refuses, death, loss of capacity, an interpreter.
#[test]
fn d31_exceptions_never_end_the_complaint() {
    let reached = |scene: &Scene| (scene.dialogue.stage, scene.dialogue.forward_reason);
    let mut no_show = Scene::plain().invited();
    let absent = |again| A::NoShow { absent: Absent::Complainant, note: String::new(), again };
    assert_eq!(no_show.refused(&region(), &absent(true)), Code::ImpossibleTime, "before the appointment");
    no_show.now = at("2026-02-12T11:00:00+01:00");
    no_show.region(absent(true));
    assert_eq!((no_show.dialogue.stage, no_show.dialogue.no_shows), (Stage::Received, 1));
    no_show.region(A::Invite { appointment: meeting("2026-02-20T10:00:00+01:00") });
    no_show.now = at("2026-02-20T11:00:00+01:00");
    no_show.region(absent(false));
    assert_eq!(reached(&no_show), (Stage::ToForward, Some(ForwardReason::NoShow)));

    let mut lost = Scene::plain().received();
    lost.region(A::Unreachable { note: "Tre opkald på to dage".to_owned() });
    assert_eq!(reached(&lost), (Stage::ToForward, Some(ForwardReason::Unreachable)));

    let refuses =
        |site: &str| A::SiteRefuses { institution: site.to_owned(), note: "Ønsker ikke".to_owned() };
    assert_eq!(Scene::plain().received().refused(&region(), &refuses("havnby-hospital")), Code::MustTakePart);
    let practice = [(Topic::Treatment, "laegehuset-birketorv", Payer::Region)];
    let mut refused = Scene::with(&practice).received();
    assert_eq!(refused.refused(&region(), &refuses("havnby-hospital")), Code::NoSuchPoint);
    refused.region(refuses("laegehuset-birketorv"));
    assert_eq!(reached(&refused), (Stage::ToForward, Some(ForwardReason::SiteRefused)));
    let both = [practice[0], (Topic::Treatment, "havnby-hospital", Payer::Region)];
    let mut half = Scene::with(&both).received();
    half.region(refuses("laegehuset-birketorv"));
    assert_eq!(half.dialogue.stage, Stage::Received, "the hospital is still there");

    let died = |representative: Option<&str>| A::Incapacity {
        incapacity: Incapacity::Died,
        representative: representative.map(str::to_owned),
    };
    let mut heir = Scene::plain().invited();
    heir.agent(died(Some("Datteren")));
    assert_eq!(
        (heir.dialogue.stage, heir.dialogue.representative.as_deref()),
        (Stage::Invited, Some("Datteren"))
    );
    heir.agent(died(None));
    assert_eq!(reached(&heir), (Stage::ToForward, Some(ForwardReason::Incapacity)));

    let mut foreign = Scene::plain().received();
    assert_eq!(
        foreign.refused(&agent(), &A::OrderInterpreter { language: String::new() }),
        Code::NeedsLanguage
    );
    foreign.agent(A::OrderInterpreter { language: "ar".to_owned() });
    assert_eq!(foreign.dialogue.interpreter.as_deref(), Some("ar"));
}

/// Overrun: four weeks without a dialogue, and the complaint goes on by itself.
#[test]
fn an_overrun_goes_on_by_itself() {
    for mut scene in [Scene::plain().received(), Scene::plain().invited()] {
        scene.now = at("2026-03-03T00:00:00+01:00");
        let late = hold("2026-03-02T23:59:59+01:00", Form::Telephone);
        assert!(scene.decide(&region(), &late).is_ok(), "held in time and written down a day late");
        assert_eq!(
            scene.refused(&region(), &hold("2026-03-03T00:00:00+01:00", Form::Telephone)),
            Code::AfterDue
        );
        scene.attempt(&house(), &A::LetRunOut).unwrap();
        assert_eq!(scene.dialogue.forward_reason, Some(ForwardReason::Overrun));
    }
}

/// Another owner needs a supervisor and a reason.
#[test]
fn the_owner_changes_with_a_reason() {
    let mut scene = Scene::plain().received();
    let owner = Owner {
        kind: OwnerKind::Region,
        code: "midtjylland".to_owned(),
        region: "midtjylland".to_owned(),
        department: "doctor-patient-office".to_owned(),
        open_point: false,
    };
    let change =
        |owner: &Owner, reason: &str| A::ChangeOwner { owner: owner.clone(), reason: reason.to_owned() };
    assert_eq!(scene.refused(&region(), &change(&owner, "x")), Code::WrongRole);
    assert_eq!(scene.refused(&house(), &change(&owner, " ")), Code::NeedsReason);
    let nobody = Owner { code: String::new(), ..owner.clone() };
    assert_eq!(scene.refused(&house(), &change(&nobody, "x")), Code::NeedsOwner);
    let due = scene.dialogue.runs_out_at();
    scene.attempt(&house(), &change(&owner, "Regionen overtager")).unwrap();
    assert_eq!((scene.dialogue.owner.as_ref(), scene.dialogue.runs_out_at()), (Some(&owner), due));
}

/// A history that was written as text reads back to the same dialogue.
#[test]
fn the_history_reads_back() {
    let mut scene = Scene::plain().held();
    scene.agent(A::Maintain { added: vec![], dropped: vec![] });
    scene.region(A::Assemble { statement: "x".to_owned(), with_minutes: true });
    let texts: Vec<String> =
        scene.history.iter().map(|change| serde_json::to_string(change).unwrap()).collect();
    let read: Vec<DialogueChange> = texts.iter().map(|text| serde_json::from_str(text).unwrap()).collect();
    assert_eq!(Dialogue::of(&read), scene.dialogue);
    for (text, change) in texts.iter().zip(&scene.history) {
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(value["kind"], change.kind());
        assert!(change.kind().starts_with("dialogue_"));
    }
}
