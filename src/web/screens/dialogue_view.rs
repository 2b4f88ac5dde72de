//! What the screen of a dialogue shows, in words.

use domain::directory::{Office, OfficeKind, name_in};
use domain::{Timestamp, directory};
use switchboard::House;
use switchboard::dialogue::{
    Absent, Appointment, CompanionKind, DialogueFile, Eligibility, Form, Incapacity, Maintained, Motive,
    OwnerKind, Participant, ParticipantRole, Payer, PointState, Topic,
};
use switchboard::feedback::Channel;

use super::dialogue::said;
use super::dialogue_forms::PARTICIPANTS;
use super::{case_investigation, case_words};
use crate::page::Page;
use crate::words::{Tongue, tongue};

/// Who runs it, and how to reach them.
pub(super) struct OwnerView {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) open_point: bool,
    pub(super) office: Option<OfficeView>,
}

/// An office with what it has: some have no telephone, some no mail.
pub(super) struct OfficeView {
    pub(super) name: String,
    pub(super) phone: Option<String>,
    pub(super) email: Option<String>,
    pub(super) web: Option<String>,
    pub(super) local: bool,
    /// What changed when it took over.
    pub(super) took_over: Option<String>,
}

/// A point with its verdict.
pub(super) struct PointRow {
    pub(super) id: String,
    pub(super) ordinal: i64,
    pub(super) institution: String,
    pub(super) words: String,
    pub(super) topic: String,
    pub(super) payer: String,
    pub(super) verdict: String,
    pub(super) class: &'static str,
    /// Said to the complainant, in his language.
    pub(super) why: String,
    /// The other way is to be told.
    pub(super) other_way: bool,
    pub(super) told: bool,
    pub(super) dropped: bool,
}

/// A date, set or past.
pub(super) struct AppointmentView {
    pub(super) at: String,
    pub(super) form: String,
    pub(super) place: String,
    pub(super) participants: Vec<String>,
}

/// Who comes along.
pub(super) struct CompanionView {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) awaited: bool,
    pub(super) nobody: bool,
}

/// The package for the authority.
pub(super) struct PackageView {
    pub(super) state: String,
    pub(super) statement: String,
    /// Words of each point and what became of it.
    pub(super) points: Vec<(String, String)>,
    pub(super) with_minutes: bool,
    pub(super) sent: Option<String>,
    pub(super) reference: Option<String>,
    /// How far its mail is, with a class.
    pub(super) mail: Option<(String, &'static str)>,
}

/// What the forms offer to choose from: codes with names.
pub(super) struct Choices {
    pub(super) motives: Vec<(String, String)>,
    pub(super) forms: Vec<(String, String)>,
    pub(super) roles: Vec<(String, String)>,
    pub(super) companions: Vec<(String, String)>,
    pub(super) maintained: Vec<(String, String)>,
    pub(super) channels: Vec<(String, String)>,
    pub(super) absent: Vec<(String, String)>,
    pub(super) incapacities: Vec<(String, String)>,
    pub(super) topics: Vec<(String, String)>,
    pub(super) payers: Vec<(String, String)>,
    pub(super) regions: Vec<(String, String)>,
    pub(super) rows: Vec<i64>,
    pub(super) authority: String,
}

impl Choices {
    /// Of today.
    pub(super) fn of(house: &House, page: &Page, now: Timestamp) -> Self {
        let words = |prefix: &str, codes: &mut dyn Iterator<Item = &'static str>| {
            case_words::choices(page, prefix, codes)
        };
        let today = now.service_day(page.zone());
        let regions = house
            .directory
            .offices
            .iter()
            .filter(|office| office.kind == OfficeKind::Region && office.holds_on(today));
        let agency = house.directory.offices.iter().find(|office| office.kind == OfficeKind::Agency);
        Self {
            motives: words("dialogue-motive", &mut Motive::ALL.iter().map(|one| one.as_str())),
            forms: words("dialogue-form", &mut Form::ALL.iter().map(|one| one.as_str())),
            roles: words("dialogue-role", &mut ParticipantRole::ALL.iter().map(|one| one.as_str())),
            companions: words(
                "dialogue-companion",
                &mut CompanionKind::ALL
                    .iter()
                    .filter(|kind| **kind != CompanionKind::Volunteer)
                    .map(|one| one.as_str()),
            ),
            maintained: words("dialogue-maintained", &mut Maintained::ALL.iter().map(|one| one.as_str())),
            channels: words("channel", &mut Channel::ALL.iter().map(|one| one.as_str())),
            absent: words("dialogue-absent", &mut Absent::ALL.iter().map(|one| one.as_str())),
            incapacities: words("dialogue-incapacity", &mut Incapacity::ALL.iter().map(|one| one.as_str())),
            topics: words("dialogue-topic", &mut Topic::ALL.iter().map(|one| one.as_str())),
            payers: words("dialogue-payer", &mut Payer::ALL.iter().map(|one| one.as_str())),
            regions: regions.map(|one| (one.code.clone(), office_name(page, one))).collect(),
            rows: (1..=PARTICIPANTS).collect(),
            authority: agency.map(|agency| office_name(page, agency)).unwrap_or_default(),
        }
    }
}

fn office_name(page: &Page, office: &Office) -> String {
    name_in(&office.names, page.lang()).to_owned()
}

pub(super) fn name_and_web(page: &Page, office: &Office) -> (String, Option<String>) {
    (office_name(page, office), office.web.clone())
}

pub(super) fn owner(house: &House, page: &Page, file: &DialogueFile) -> Option<OwnerView> {
    let owner = file.dialogue.owner.as_ref()?;
    let name = match owner.kind {
        OwnerKind::Site => case_words::institution(house, page, &owner.code),
        OwnerKind::Region => {
            let office = house.directory.office(&owner.code);
            office.map_or_else(|| page.t("dialogue-owner-unknown"), |office| office_name(page, office))
        }
    };
    Some(OwnerView {
        name,
        kind: page.tc("dialogue-owner", owner.kind),
        open_point: owner.open_point,
        office: file.office.as_ref().map(|office| office_view(page, office)),
    })
}

fn office_view(page: &Page, office: &directory::Office) -> OfficeView {
    OfficeView {
        name: office_name(page, office),
        phone: office.phone.clone(),
        email: office.email.clone(),
        web: office.web.clone(),
        local: office.local_per_hospital,
        took_over: office.on_take_over.as_ref().map(|words| name_in(words, page.lang()).to_owned()),
    }
}

pub(super) fn points(
    house: &House,
    page: &Page,
    file: &DialogueFile,
    spoken: Option<&'static Tongue>,
) -> Vec<PointRow> {
    let row = |point: &switchboard::dialogue::DialoguePoint| {
        let code = point.eligibility.code().replace('_', "-");
        PointRow {
            id: point.id.to_string(),
            ordinal: point.ordinal,
            institution: point
                .institution
                .as_deref()
                .map_or_else(|| page.t("case-unknown"), |code| case_words::institution(house, page, code)),
            words: point.words.clone(),
            topic: point
                .topic
                .map_or_else(|| page.t("dialogue-topic-unknown"), |topic| page.tc("dialogue-topic", topic)),
            payer: page.tc("dialogue-payer", point.payer),
            verdict: page.tc("dialogue-verdict", &code),
            class: class_of(point.eligibility),
            why: said(page, spoken, &format!("dialogue-why-{code}")),
            other_way: matches!(point.eligibility, Eligibility::Not(_)),
            told: point.alternative_told,
            dropped: point.state == PointState::Dropped,
        }
    };
    file.points.iter().map(row).collect()
}

/// A point of the intake form, while the caller still speaks.
pub(super) struct PreviewRow {
    pub(super) ordinal: usize,
    pub(super) verdict: String,
    pub(super) class: &'static str,
    /// To say to the caller, with the other way where there is no dialogue.
    pub(super) say: String,
}

/// What may be said of each point of a form.
pub(super) fn preview(house: &House, page: &Page, file: &switchboard::intake::IntakeFile) -> Vec<PreviewRow> {
    let spoken = file.contact.language.as_ref().and_then(|language| tongue(language.as_str()));
    let row = |point: switchboard::dialogue::PointPreview| {
        let why = said(page, spoken, &format!("dialogue-why-{}", point.eligibility.code().replace('_', "-")));
        let other_way = matches!(point.eligibility, Eligibility::Not(_));
        PreviewRow {
            ordinal: point.ordinal,
            verdict: page.tc("dialogue-verdict", point.eligibility.code()),
            class: class_of(point.eligibility),
            say: if other_way {
                format!("{why} {}", said(page, spoken, "dialogue-alternative"))
            } else {
                why
            },
        }
    };
    let found =
        switchboard::dialogue::preview(house, &file.contact.line, &file.intake, file.contact.started_at);
    found.into_iter().map(row).collect()
}

fn class_of(eligibility: Eligibility) -> &'static str {
    match eligibility {
        Eligibility::Eligible => "good",
        Eligibility::Unclear => "warn",
        _ => "",
    }
}

pub(super) fn wishes(page: &Page, file: &DialogueFile) -> Vec<(String, String)> {
    let wishes = &file.dialogue.wishes;
    let form = wishes.form.map(|form| page.tc("dialogue-form", form)).unwrap_or_default();
    let all = [
        ("dialogue-wish-form", form),
        ("dialogue-wish-participants", wishes.participants.clone()),
        ("dialogue-wish-interpreter", wishes.interpreter.clone()),
        ("dialogue-wish-other", wishes.other.clone()),
    ];
    let said = all.into_iter().filter(|(_, text)| !text.is_empty());
    said.map(|(label, text)| (page.t(label), text)).collect()
}

fn participants(page: &Page, all: &[Participant]) -> Vec<String> {
    all.iter().map(|one| format!("{} ({})", one.name, page.tc("dialogue-role", one.role))).collect()
}

pub(super) fn appointment(page: &Page, set: &Appointment) -> AppointmentView {
    AppointmentView {
        at: page.time(&set.at),
        form: page.tc("dialogue-form", set.form),
        place: set.place.clone(),
        participants: participants(page, &set.participants),
    }
}

pub(super) fn held(page: &Page, file: &DialogueFile, held: &switchboard::dialogue::Held) -> AppointmentView {
    let came = companion(page, file).filter(|_| held.companion_came);
    let came =
        came.map(|one| if one.name.is_empty() { one.kind } else { format!("{} ({})", one.name, one.kind) });
    AppointmentView {
        at: page.time(&held.at),
        form: page.tc("dialogue-form", held.form),
        place: String::new(),
        participants: participants(page, &held.participants).into_iter().chain(came).collect(),
    }
}

pub(super) fn companion(page: &Page, file: &DialogueFile) -> Option<CompanionView> {
    file.dialogue.companion.as_ref().map(|companion| CompanionView {
        kind: page.tc("dialogue-companion", companion.kind),
        name: companion.name.clone(),
        awaited: companion.awaited,
        nobody: companion.nobody,
    })
}

pub(super) fn package(house: &House, page: &Page, file: &DialogueFile) -> Option<PackageView> {
    let package = file.dialogue.package.as_ref()?;
    let point = |point: &switchboard::dialogue::PackagePoint| {
        let site = point.institution.as_deref().map(|code| case_words::institution(house, page, code));
        let words = site.map_or_else(|| point.words.clone(), |site| format!("{site}: {}", point.words));
        (words, page.tc("dialogue-point", point.state))
    };
    Some(PackageView {
        state: file
            .dialogue
            .package_state()
            .map(|state| page.tc("dialogue-package", state))
            .unwrap_or_default(),
        statement: package.statement.clone(),
        points: package.points.iter().map(point).collect(),
        with_minutes: package.minutes.is_some(),
        sent: file.dialogue.sent_at.map(|at| page.time(&at)),
        reference: file.dialogue.acknowledged.clone(),
        mail: file.posted.as_ref().map(|posted| case_investigation::mail_state(page, posted)),
    })
}

/// The institutions of the points, each once.
pub(super) fn sites(house: &House, page: &Page, file: &DialogueFile) -> Vec<(String, String)> {
    let mut codes: Vec<&str> = file.points.iter().filter_map(|point| point.institution.as_deref()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.iter().map(|code| ((*code).to_owned(), case_words::institution(house, page, code))).collect()
}

/// The letters that can be written now: kind and name.
pub(super) fn letters(page: &Page, file: &DialogueFile) -> Vec<(&'static str, String)> {
    let dialogue = &file.dialogue;
    let all = [
        ("confirmation", dialogue.owner.is_some()),
        ("invitation", dialogue.appointment.is_some() && dialogue.held.is_none()),
        ("decision", dialogue.held.is_some()),
        ("forwarding", dialogue.package.is_some()),
    ];
    let there = all.into_iter().filter(|(_, there)| *there);
    there.map(|(kind, _)| (kind, page.tc("dialogue-letter", kind))).collect()
}

#[cfg(test)]
mod tests {
    use switchboard::dialogue::{
        Call, Called, Decided, DialogueRefusalCode, ForwardReason, Ground, PackageState, SiteKind, Stage,
        Task,
    };

    use super::*;

    fn known(prefix: &str, codes: impl Iterator<Item = &'static str>) {
        for code in codes {
            let id = format!("{prefix}-{}", code.replace('_', "-"));
            for tongue in crate::words::tongues() {
                assert!(tongue.knows(&id), "{}: {id}", tongue.tag);
            }
        }
    }

    macro_rules! words {
        ($($prefix:literal: $set:ident),+ $(,)?) => {
            $(known($prefix, $set::ALL.iter().map(|one| one.as_str()));)+
        };
    }

    #[test]
    fn every_code_has_its_words_in_every_language() {
        words! {
            "dialogue-stage": Stage, "dialogue-task": Task, "dialogue-motive": Motive, "dialogue-form": Form,
            "dialogue-role": ParticipantRole, "dialogue-companion": CompanionKind,
            "dialogue-maintained": Maintained, "dialogue-owner": OwnerKind, "dialogue-absent": Absent,
            "dialogue-incapacity": Incapacity, "dialogue-forward": ForwardReason, "dialogue-topic": Topic,
            "dialogue-payer": Payer, "dialogue-point": PointState, "dialogue-package": PackageState,
            "dialogue-decided": Decided, "dialogue-call": Call, "dialogue-called": Called, "dialogue-verdict": Ground, "dialogue-why": Ground,
            "dialogue-refused": DialogueRefusalCode,
        }
        known("dialogue-verdict", ["eligible", "other_track", "unclear"].into_iter());
        known("dialogue-why", ["eligible", "other_track", "unclear"].into_iter());
        known("dialogue-letter", ["confirmation", "invitation", "decision", "forwarding"].into_iter());
        known("case-event", switchboard::dialogue::DialogueChange::KINDS.into_iter());
        assert_eq!(SiteKind::ALL.len(), 6, "kinds of site stand in files only");
    }
}
