//! The dialogue report over what people did: the same numbers as the stories they did them in.

use domain::CaseId;
use figures::measure::Side;
use figures::{Cell, Ratio};
use store::Store;

use crate::dialogue::{DialogueAction as A, Wishes, Withdrawal};
use crate::dialogue_stories::{Scene, yes};
use crate::report_lists::Behind;
use crate::reports::{Asked, Filled, Query};

async fn filled(scene: &Scene) -> (Query, Filled) {
    let query = Query::parse("dialogue", &Asked::default(), scene.board.house(), scene.board.now()).unwrap();
    let filled = scene.board.report(&query, "da").await.unwrap();
    (query, filled)
}

fn total(filled: &Filled, figure: &str) -> Cell {
    let table = filled.table("groups").unwrap();
    let place = table.place(figure).unwrap();
    table.total.as_ref().unwrap().cells[place].clone()
}

async fn another(scene: &Scene) -> CaseId {
    let agent = domain::PersonId::new("agent");
    crate::testing::open_danish(&scene.board, crate::testing::mixed_complaint(), &agent).await.unwrap().id
}

store::on_both_engines! {
    async fn what_people_did_is_what_is_counted(store: Store) {
        let scene = Scene::set(store, "2026-02-02T09:00:00+01:00").await;
        // Another complainant wants none, and withdraws later: that is no dialogue he wanted.
        let other = Scene { case: another(&scene).await, board: scene.board.clone(), clock: scene.clock.clone() };
        other.act("agent", A::Answer { accepted: false, motive: None, wishes: Wishes::default() }).await;
        let words = Withdrawal {
            statement: "Jeg trækker klagen".to_owned(),
            informed: true,
            channel: complaints::Channel::Phone,
        };
        other.act("agent", A::Withdraw(words)).await;
        scene.held().await;
        scene.act("agent", A::Maintain { added: vec![], dropped: vec![] }).await;
        let (query, filled) = filled(&scene).await;
        let counts = [
            ("dialogues-offered", 2),
            ("dialogue-not-wanted", 1),
            ("dialogue-held", 1),
            ("dialogue-telephone", 1),
            ("dialogue-maintained", 1),
            ("dialogue-withdrawn", 0),
        ];
        for (figure, wanted) in counts {
            assert_eq!(total(&filled, figure), Cell::Count(wanted), "{figure}");
        }
        assert_eq!(total(&filled, "dialogue-uptake"), Cell::FewOf(Ratio { numerator: 1, denominator: 2 }));
        assert_eq!(total(&filled, "dialogue-contact-rate"), Cell::FewOf(Ratio { numerator: 1, denominator: 1 }));
        let verdicts = filled.table("verdicts").unwrap();
        let points: Vec<_> = verdicts.lines().map(|line| line.cells[1].clone()).collect();
        // Of each of both complaints: one that qualifies, one of record-keeping, one self-paid.
        let wanted = [2, 2, 0, 0, 0, 2, 0, 0, 6].map(Cell::Count);
        assert_eq!(points, wanted);
        let behind = Behind { key: String::new(), figure: "dialogue-uptake".to_owned(), side: Side::Counted };
        let list = scene.board.behind(&query, &behind, "da").await.unwrap();
        let number = scene.file().await.case.number.to_string();
        assert_eq!(list.rows.iter().map(|row| row.key.clone()).collect::<Vec<_>>(), [number]);
    }
}

#[test]
fn facts_that_were_asked_before_the_answer_do_not_date_it() {
    store::testing::on_sqlite(|store| async move {
        let scene = Scene::set(store, "2026-02-02T09:00:00+01:00").await;
        let point = scene.file().await.points[0].id.clone();
        let payer = Some(crate::dialogue::Payer::Region);
        scene.act("agent", A::Clarify { point, topic: None, payer }).await;
        assert_eq!(total(&filled(&scene).await.1, "dialogues-offered"), Cell::Count(0), "nobody was asked");
        scene.clock.advance(2 * 86_400);
        scene.act("agent", yes()).await;
        let case = scene.case.clone();
        let row =
            scene.board.store.read(move |tx| store::dialogues::of_case(tx, &case)).await.unwrap().unwrap();
        assert_eq!(row.answered_at, scene.board.now());
        assert_eq!(total(&filled(&scene).await.1, "dialogue-open"), Cell::Count(1));
    });
}
