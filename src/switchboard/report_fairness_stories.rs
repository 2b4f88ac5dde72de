//! The equity report and the new themes, over what people did.

use complaints::Action;
use domain::{CaseId, Language, PersonId};
use figures::{Cell, Ratio};
use store::Store;

use crate::Result;
use crate::case_stories::Stage;
use crate::cases::{NewCase, open_from_intake};
use crate::report_lists::Behind;
use crate::reports::{Asked, Query};
use crate::rights::{Desk, Supervisor};
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
    /// Four callers tell within a month what nobody told before; the case of one who calls ten times is none.
    async fn what_was_never_told_before_is_a_new_theme(store: Store) {
        let stage = Stage::set(store, "2026-03-02T09:00:00+08:00").await;
        let tell = async |category: &str, phone: &str| {
            let mut intake = complaint();
            intake.points[0].category = Some(category.to_owned());
            intake.caller.phone = phone.to_owned();
            stage.open(intake).await.unwrap().id
        };
        // The house is two months older than what is new.
        stage.clock.set("2026-03-01T09:00:00+08:00");
        tell("fees", "13700137000").await;
        stage.clock.set("2026-05-02T09:00:00+08:00");
        for _ in 0..10 {
            tell("safety", "13800138000").await;
        }
        for last in 1..=4 {
            tell("drugs", &format!("1390013900{last}")).await;
        }
        let id = tell("drugs", "13900139001").await;
        let note = complaints::investigation::LearningNote {
            learning: String::new(),
            point: None,
            words: "王女士问:断供几天要告知".into(),
            rule_gap: "断供告知没有期限,王女士说".into(),
        };
        let version = stage.file(&id).await.case.version;
        let note = complaints::investigation::InvestigationAction::NoteLearning(note);
        stage.cases("agent").await.inquire(&id, version, note).await.unwrap();
        let desk: Desk<Supervisor> = Desk::admit(&stage.board, stage.cases("supervisor").await.person()).unwrap();
        assert_eq!(desk.new_themes().await.unwrap(), 1);
        let query = Query::parse("themes", &Asked::default(), stage.board.house(), stage.board.now()).unwrap();
        let tables = stage.board.report(&query, "en").await.unwrap().tables;
        let told: Vec<_> = tables[0].rows.iter().map(|row| (row.key.as_str(), row.cells[1..5].to_vec())).collect();
        let message = |id: &str| Cell::Message(id.to_owned());
        let (count, new) = (Cell::Count, message("report-theme-new"));
        assert_eq!(told[0], ("drugs", vec![new, count(5), count(4), count(0)]));
        assert_eq!(told[1], ("safety", vec![message("report-theme-usual"), count(10), count(1), count(0)]));
        assert_eq!(tables[0].rows[0].cells[5], Cell::Hundredths(Some(0)), "nothing was to be expected");
        let gap = &tables[1].rows[0].cells;
        let Cell::Text(rule) = &gap[2] else { panic!("{gap:?}") };
        assert!(rule.contains("没有期限") && !rule.contains("王女士"), "{rule}");
        let cell = Behind { key: "drugs".into(), figure: "theme-points".into(), side: figures::measure::Side::Counted };
        assert_eq!(stage.board.behind(&query, &cell, "en").await.unwrap().rows.len(), 5);
    }

    /// A whole month, however it was asked for; a small number is withheld, and what would tell it.
    async fn what_is_published_covers_whole_months_and_tells_of_nobody(store: Store) {
        let stage = Stage::set(store, "2026-02-20T09:00:00+08:00").await;
        for category in ["attitude", "fees"].iter().flat_map(|one| std::iter::repeat_n(one, 6)).chain(["drugs"].iter()) {
            let mut intake = complaint();
            intake.points[0].category = Some((*category).to_owned());
            stage.open(intake).await.unwrap();
        }
        stage.clock.set("2026-03-09T10:00:00+08:00");
        let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
        let period = |from: &str, to: &str| {
            let asked = Asked { from: from.into(), to: to.into(), ..Asked::default() };
            let query = Query::parse("publication", &asked, stage.board.house(), stage.board.now()).unwrap();
            (query.period.from, query.period.to)
        };
        assert_eq!(period("", ""), (day("2026-02-01"), day("2026-02-28")));
        assert_eq!(period("2026-02-09", "2026-02-11"), (day("2026-02-01"), day("2026-02-28")));
        assert_eq!(period("2025-12-30", ""), (day("2025-12-01"), day("2026-02-28")));
        let query = Query::parse("publication", &Asked::default(), stage.board.house(), stage.board.now()).unwrap();
        let tables = stage.board.report(&query, "en").await.unwrap().tables;
        let of = |key: &str| {
            let row = tables[0].rows.iter().find(|row| row.cells[0] == Cell::Text(key.to_owned()));
            row.unwrap().cells[1..].to_vec()
        };
        let withheld = || Cell::Message("report-withheld".to_owned());
        let drugs = crate::report_tables::Naming::new(stage.board.house.clone(), "en").of("category", "drugs");
        let Cell::Text(drugs) = drugs else { panic!("{drugs:?}") };
        assert!(of(&drugs).contains(&withheld()), "one is withheld");
        let shown: Vec<&Cell> = tables[0].lines().flat_map(|row| &row.cells).collect();
        assert!(!shown.iter().any(|cell| matches!(cell, Cell::Count(1..=4))));
        assert!(shown.contains(&&Cell::Count(6)), "what is large enough is told");
        let cell = Behind { key: String::new(), figure: "column-1".into(), side: figures::measure::Side::Counted };
        assert!(stage.board.behind(&query, &cell, "en").await.is_err(), "no list leads behind it");
    }

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
