//! The Danish house: one line of profile dk, and the mixed complaint that the dialogue is about.

use std::sync::Arc;

use complaints::Intake;
use complaints::dialogue::Payer;
use complaints::intake::{Fact, IntakePoint};
use domain::{Language, PersonId, PhoneNumber, RequestType};
use store::Store;

use super::{
    Carrier, Clock, Fresh, HandClock, MemoryFiles, MemoryShelf, NotedCarrier, NotedMailer, house, line, must,
};
use crate::cases::{NewCase, OpenedCase, open_from_intake};
use crate::{House, Line, Switchboard};

/// The shipped tables with the line `dialog` alone.
pub fn danish_house() -> House {
    let mut house = house();
    let line = Line {
        name: "dialog".to_owned(),
        zone: chrono_tz::Europe::Copenhagen,
        profile: "dk".to_owned(),
        calendar: "denmark".to_owned(),
        ..line()
    };
    house.lines = std::collections::BTreeMap::from([(line.name.clone(), line)]);
    house
}

/// A switchboard of it.
pub fn danish_board(store: Store, clock: Arc<dyn Clock>, carrier: Arc<dyn Carrier>) -> Switchboard {
    Switchboard::new(store, Arc::new(danish_house()), clock, carrier)
        .with_shelf(Arc::new(MemoryShelf::default()))
}

/// The same with a mail server; the authority takes mail at `sikkerpost@agency.example`, and the line has a sender of its
/// own.
pub fn danish_mailed(
    store: Store,
    clock: Arc<dyn Clock>,
    carrier: Arc<dyn Carrier>,
    mailer: Arc<NotedMailer>,
    files: Arc<MemoryFiles>,
) -> Switchboard {
    let mut house = danish_house();
    with_agency_mail(&mut house);
    for line in house.lines.values_mut() {
        line.mail_from = Some("Dialoglinjen <dialog@line.example>".to_owned());
    }
    Switchboard::new(store, Arc::new(house), clock, carrier)
        .with_shelf(Arc::new(MemoryShelf::default()))
        .with_mailer(mailer)
        .with_files(files)
}

/// Lets the authority take cases by mail.
pub fn with_agency_mail(house: &mut House) {
    for office in house.directory.offices.iter_mut().filter(|office| office.code == "stpk") {
        office.secure_mail.push(domain::directory::SecureMail {
            address: "sikkerpost@agency.example".to_owned(),
            citation: "for tests".to_owned(),
            valid_from: None,
            valid_to: None,
        });
    }
}

impl Fresh {
    /// The Danish house; the clock shows `now`, RFC 3339.
    pub fn danish(now: &str) -> Self {
        let file = store::testing::Fresh::sqlite();
        let (clock, carrier) = (HandClock::at(now), Arc::new(NotedCarrier::default()));
        let shelf = Arc::new(MemoryShelf::default());
        let board = danish_board(file.open(), clock.clone(), carrier.clone()).with_shelf(shelf.clone());
        Self { board, clock, carrier, shelf, _file: file }
    }
}

/// Treatment at a hospital, its records, and a clinic that the patient paid: one point qualifies.
pub fn mixed_complaint() -> Intake {
    let point = |institution: Option<&str>, told: &str, category: &str, payer, words: &str| IntakePoint {
        institution_code: institution.map(str::to_owned),
        institution: Fact { text: told.to_owned(), unknown: false },
        happened: Fact { text: "2026-01-20".to_owned(), unknown: false },
        own_words: words.to_owned(),
        category: Some(category.to_owned()),
        payer: Some(payer),
        severity: Some(2),
        ..IntakePoint::default()
    };
    let havnby = Some("havnby-hospital");
    let points = vec![
        point(havnby, "", "quality", Payer::Region, "Bruddet blev overset i skadestuen"),
        point(havnby, "", "records", Payer::Region, "Journalen mangler to dage"),
        point(None, "Klinik Solvej", "quality", Payer::Patient, "Efterbehandlingen gjorde ondt"),
    ];
    let mut intake = Intake { request_type: Some(RequestType::Complaint), points, ..Intake::default() };
    intake.caller.name = "Inger Holm".to_owned();
    intake.wishes.dialogue = Some(true);
    intake
}

/// Opens a case on the Danish line, called from 97001122.
pub async fn open_danish(board: &Switchboard, intake: Intake, agent: &PersonId) -> crate::Result<OpenedCase> {
    let (house, now, agent) = (board.house.clone(), board.now(), agent.clone());
    board
        .store
        .write(move |tx| {
            let new = NewCase {
                contact: None,
                line: "dialog",
                caller: Some(&must(PhoneNumber::parse("97001122"))),
                language: &must(Language::parse("da")),
                received_at: now,
                intake: &intake,
            };
            open_from_intake(tx, &house, &new, &agent, now)
        })
        .await
}
