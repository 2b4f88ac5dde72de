//! What stands below the transfer report, over what people did.

use complaints::Action;
use figures::{Cell, Ratio, Table};
use store::Store;

use crate::case_stories::Stage;
use crate::dialogue::DialogueAction;
use crate::dialogue_stories::Scene;
use crate::reports::{Asked, Query};
use crate::rights::{Desk, Supervisor};
use crate::testing::complaint;
use crate::{Result, Switchboard};

async fn tables(board: &Switchboard, department: &str) -> Vec<Table> {
    let asked = Asked { department: department.to_owned(), ..Asked::default() };
    let query = Query::parse("transfer", &asked, board.house(), board.now()).unwrap();
    board.report(&query, "en").await.unwrap().tables
}

fn named<'a>(tables: &'a [Table], id: &str) -> &'a Table {
    tables.iter().find(|table| table.id == id).unwrap()
}

store::on_both_engines! {
    async fn refusals_are_counted_by_ground_among_all_that_came_in(store: Store) {
        let stage = Stage::set(store, "2026-03-02T09:00:00+08:00").await;
        let act = async |login: &str, id: &domain::CaseId, action: Action| -> Result<()> {
            let version = stage.file(id).await.case.version;
            stage.cases(login).await.act(id, version, action).await
        };
        let refuse = |ground: &str| Action::RefuseAcceptance { ground: ground.into(), advice: String::new() };
        let (first, second) = (stage.open(complaint()).await.unwrap().id, stage.open(complaint()).await.unwrap().id);
        stage.open(complaint()).await.unwrap();
        act("agent", &first, refuse("concluded")).await.unwrap();
        let review = Action::ReviewNonAcceptance { upheld: false, remark: "尚有新情况".into() };
        act("supervisor", &first, review).await.unwrap();
        act("agent", &first, refuse("petition")).await.unwrap();
        act("agent", &second, refuse("petition")).await.unwrap();
        let review = Action::ReviewNonAcceptance { upheld: true, remark: "属实".into() };
        act("supervisor", &second, review).await.unwrap();
        let all = tables(&stage.board, "").await;
        let table = named(&all, "non-acceptance");
        let ratio = |numerator, denominator| Cell::Ratio(Ratio { numerator, denominator });
        let of = |name: &str| {
            let line = table.rows.iter().find(|row| row.cells[0] == Cell::Text(name.into()));
            line.unwrap().cells[1..].to_vec()
        };
        assert_eq!(of("Already a petition"), [Cell::Count(2), ratio(2, 3), ratio(1, 2), Cell::Count(0)]);
        // Refused on this ground at first, and then on another: the last one counts.
        assert_eq!(of("Already lawfully concluded"), [Cell::Count(0), ratio(0, 3), ratio(0, 0), Cell::Count(0)]);
        assert_eq!(table.total.as_ref().unwrap().cells[1], Cell::Count(2));
        assert!(tables(&stage.board, "service-supervision").await.iter().all(|table| table.id == "groups"));
    }

    /// The note of a dialogue is told to all who learn, without the name of who complained.
    async fn what_a_dialogue_taught_is_among_what_was_learned(store: Store) {
        let scene = Scene::set(store, "2026-02-02T09:00:00+01:00").await;
        scene.held().await;
        let note = "Inger Holm (12345678): røntgen ses af to".to_owned();
        scene.act("region", DialogueAction::Learn { note }).await;
        let supervisor: Desk<Supervisor> =
            Desk::admit(&scene.board, scene.desk("supervisor").await.person()).unwrap();
        let seen = supervisor.follow_through(Some("havnby-hospital".into()), None).await.unwrap();
        assert_eq!(seen.notes.len(), 1);
        let words = &seen.notes[0].words;
        assert!(words.contains("røntgen ses af to") && !words.contains("Holm"), "{words}");
        assert!(!seen.notes[0].category.is_empty());
        let all = tables(&scene.board, "").await;
        let learned = named(&all, "learning");
        assert_eq!(learned.rows.len(), 1);
        assert_eq!(learned.rows[0].cells[3], Cell::Text(words.clone()));
    }
}
