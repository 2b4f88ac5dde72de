//! The equity report over what people did: a group that is refused more often than all others is named.

use complaints::Action;
use domain::{CaseId, Language, PersonId};
use figures::{Cell, Ratio};
use store::Store;

use crate::Result;
use crate::case_stories::Stage;
use crate::cases::{NewCase, open_from_intake};
use crate::report_lists::Behind;
use crate::reports::{Asked, Query};
use crate::testing::complaint;

async fn told_in(stage: &Stage, language: &str) -> CaseId {
    let (house, now, language) =
        (stage.board.house.clone(), stage.board.now(), Language::parse(language).unwrap());
    let opened = stage.board.store.write(move |tx| -> Result<_> {
        let intake = complaint();
        let new = NewCase {
            contact: None,
            line: "12320",
            caller: None,
            language: &language,
            received_at: now,
            intake: &intake,
        };
        open_from_intake(tx, &house, &new, &PersonId::new("agent"), now)
    });
    opened.await.unwrap().id
}

store::on_both_engines! {
    async fn a_language_that_is_refused_more_often_is_named(store: Store) {
        let stage = Stage::set(store, "2026-03-02T09:00:00+08:00").await;
        for _ in 0..22 {
            told_in(&stage, "zh-CN").await;
        }
        for place in 0..21 {
            let id = told_in(&stage, "en").await;
            if place < 12 {
                let refuse = Action::RefuseAcceptance { ground: "concluded".into(), advice: String::new() };
                let version = stage.file(&id).await.case.version;
                stage.cases("agent").await.act(&id, version, refuse).await.unwrap();
            }
        }
        told_in(&stage, "da").await;
        let query = Query::parse("equity", &Asked::default(), stage.board.house(), stage.board.now()).unwrap();
        let tables = stage.board.report(&query, "en").await.unwrap().tables;
        let ratio = |numerator, denominator| Cell::Ratio(Ratio { numerator, denominator });
        let rate = tables[0].place("refused-rate").unwrap();
        let rates: Vec<_> = tables[0].rows.iter().map(|row| row.cells[rate].clone()).collect();
        assert_eq!(rates[1..], [ratio(12, 21), ratio(0, 22)]);
        assert_eq!(rates[0], Cell::FewOf(Ratio { numerator: 0, denominator: 1 }), "one is no percentage");
        let gaps: Vec<_> = tables[1].rows.iter().map(|row| row.cells.clone()).collect();
        let message = |id: &str| Cell::Message(id.to_owned());
        let language = message("report-column-language");
        assert_eq!(
            gaps,
            [
                vec![language.clone(), message("language-en"), message("figure-refused-rate"), ratio(12, 21), ratio(0, 23)],
                vec![language, message("language-zh-CN"), message("figure-refused-rate"), ratio(0, 22), ratio(12, 22)],
            ]
        );
        let cell = Behind { key: "en".into(), figure: "refused-rate".into(), side: figures::measure::Side::Counted };
        assert_eq!(stage.board.behind(&query, &cell, "en").await.unwrap().rows.len(), 12);
    }
}
