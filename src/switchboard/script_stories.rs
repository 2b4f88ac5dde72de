//! A newer script while calls go on, told on both engines.

use callflow::{Event, SourceFile, Verb};
use dialect::incoming::Kind;
use dialect::{Direction, Incoming};
use domain::Caller;
use store::Store;

use super::*;
use crate::testing::{HandClock, NotedCarrier, board, script_sources};
use crate::{Knock, Reply};

const LINE: &str = "12320";
const NEW: &str = "新菜单。";

fn stage(store: Store) -> Switchboard {
    board(store, HandClock::at("2026-03-03T10:00:00+08:00"), Arc::new(NotedCarrier::default()))
}

/// The shipped script with another menu.
fn newer() -> (Script, Sources) {
    let mut sources = script_sources();
    for SourceFile { path, text } in &mut sources.files {
        if path.ends_with("zh-CN.ftl") {
            *text = text.replace("main-menu = ", &format!("main-menu = {NEW}"));
        }
    }
    (callflow::check(&sources).0.unwrap(), sources)
}

async fn knock(board: &Switchboard, call: &str, token: Option<&str>, kind: Kind) -> Reply {
    let incoming = Incoming {
        provider_call_id: call.to_owned(),
        parent_call_id: None,
        from: Caller::parse("anonymous"),
        to: LINE.to_owned(),
        direction: Direction::Inbound,
        status: None,
        answered_by: None,
        kind,
        upload: None,
    };
    let (provider, line, token) = ("twilio".to_owned(), LINE.to_owned(), token.map(str::to_owned));
    board.turn(Knock { provider, line, token, incoming }).await.unwrap()
}

/// Rings and presses 1 for Chinese: the caller hears the menu.
async fn menu(board: &Switchboard, call: &str) -> Reply {
    let first = knock(board, call, None, Kind::Start).await;
    knock(board, call, first.token.as_deref(), Kind::Step(Event::Digits("1".to_owned()))).await
}

/// The menu again.
async fn again(board: &Switchboard, call: &str, after: &Reply) -> Reply {
    knock(board, call, after.token.as_deref(), Kind::Step(Event::Digits("*".to_owned()))).await
}

fn is_new(reply: &Reply) -> bool {
    let said = reply.verbs.iter().flat_map(|verb| match verb {
        Verb::Say(prompt) => std::slice::from_ref(prompt),
        Verb::Gather { prompts, .. } => prompts,
        _ => &[],
    });
    let said: Vec<&str> = said.map(|prompt| prompt.text.as_str()).collect();
    assert!(said.iter().any(|text| text.contains("投诉,请按 1")), "{said:?}");
    said.iter().any(|text| text.contains(NEW))
}

store::on_both_engines! {
    async fn a_call_keeps_the_version_it_began_with(store: Store) {
        let board = stage(store);
        board.open_scripts().await.unwrap();
        let old = menu(&board, "CA1").await;
        assert!(!is_new(&old));
        let (script, sources) = newer();
        board.adopt_script(LINE, script, sources).await.unwrap();
        assert!(!is_new(&again(&board, "CA1", &old).await), "the old call changed under its caller");
        assert!(is_new(&menu(&board, "CA2").await), "a new call begins with the new version");
    }

    /// The process ends, the script has changed on disk, the call is still there.
    async fn a_call_keeps_its_version_over_a_restart(store: Store) {
        let before = stage(store.clone());
        before.open_scripts().await.unwrap();
        let old = menu(&before, "CA1").await;
        let mut house = crate::testing::house();
        let (script, sources) = newer();
        house.lines.get_mut(LINE).unwrap().script = ScriptShelf::new(script, sources);
        let after = Switchboard { house: Arc::new(house), ..stage(store) };
        after.open_scripts().await.unwrap();
        assert!(!is_new(&again(&after, "CA1", &old).await));
        assert!(is_new(&menu(&after, "CA2").await));
    }

    async fn a_refusal_is_remembered_until_a_version_is_adopted(store: Store) {
        let board = stage(store);
        board.open_scripts().await.unwrap();
        menu(&board, "CA1").await;
        board.refuse_script(LINE, "bad", vec!["script.toml:3: dead-end: x — y".to_owned()]).await.unwrap();
        let [told] = &board.script_versions().await.unwrap()[..] else { panic!("one line") };
        assert_eq!(told.refused.as_ref().map(|refused| refused.version.as_str()), Some("bad"));
        assert_eq!((told.versions.len(), told.versions[0].open_calls), (1, 1));
        assert!(!is_new(&menu(&board, "CA2").await), "the old version goes on");
        let (script, sources) = newer();
        let version = script.version().to_owned();
        board.adopt_script(LINE, script, sources).await.unwrap();
        let [told] = &board.script_versions().await.unwrap()[..] else { panic!("one line") };
        assert_eq!((told.refused.is_none(), told.versions.len()), (true, 2));
        assert!(told.versions.iter().any(|kept| kept.version == version && kept.open_calls == 0));
    }

    /// A version goes when no open call is on it, and never while one is.
    async fn versions_that_no_call_is_on_are_forgotten(store: Store) {
        let board = stage(store);
        board.open_scripts().await.unwrap();
        let old = menu(&board, "CA1").await;
        let first = board.house.lines[LINE].script.newest().version().to_owned();
        let (script, sources) = newer();
        board.adopt_script(LINE, script, sources).await.unwrap();
        let later = board.now().plus_seconds(1);
        board.forget_scripts(later).await.unwrap();
        assert!(board.house.lines[LINE].script.of(&first).is_some(), "a call is on it");
        let ended = move |tx: &mut Tx<'_>| {
            let call = store::calls::by_provider_id(tx, "twilio", "CA1")?;
            store::calls::set_status(tx, &call.id, "completed", None, Some(later))
        };
        board.store.write(ended).await.unwrap();
        board.forget_scripts(later).await.unwrap();
        assert!(board.house.lines[LINE].script.of(&first).is_none());
        // A hook that comes even later is answered with the newest, not with silence.
        assert!(is_new(&again(&board, "CA1", &old).await));
    }
}
