//! Points that come and go, and who codes them: told with a clock wound by hand.

use std::collections::BTreeMap;

use complaints::intake::IntakePoint;
use domain::{CaseId, PersonId, Role};

use crate::case_file::CaseStatus;
use crate::case_stories::Stage;
use crate::points::TypedPoint;
use crate::rights::{Agent, Desk, Supervisor};
use crate::second_sampling::{DrawOrder, Wanted};
use crate::testing::complaint;
use crate::{Error, Result};

fn refusal(result: Result<()>) -> (String, Vec<String>) {
    match result {
        Err(Error::Refused { code, missing }) => (code, missing),
        other => panic!("not refused: {other:?}"),
    }
}

fn told(words: &str) -> TypedPoint {
    TypedPoint {
        institution: "市三院".to_owned(),
        happened: "2026-02-12".to_owned(),
        own_words: words.to_owned(),
        category: "fees".to_owned(),
        ..TypedPoint::default()
    }
}

fn codes(codes: &[(&str, &str)]) -> BTreeMap<String, String> {
    codes.iter().map(|(axis, code)| ((*axis).to_owned(), (*code).to_owned())).collect()
}

async fn desk(stage: &Stage, login: &str) -> Desk<Agent> {
    stage.calls(login).await
}

async fn overseer(stage: &Stage) -> Desk<Supervisor> {
    let person = stage.board.person_by_login("supervisor").await.unwrap();
    Desk::admit(&stage.board, &person).unwrap()
}

fn order(coder: &str, count: u32) -> DrawOrder {
    DrawOrder {
        coder: PersonId::new(coder),
        wanted: Wanted::Count(count),
        from: domain::Timestamp(0),
        until: domain::Timestamp(i64::MAX),
        category: String::new(),
        seed: None,
    }
}

async fn draw(stage: &Stage, coder: &str, count: u32) -> Result<()> {
    overseer(stage).await.draw_sample(order(coder, count)).await.map(drop)
}

async fn opened(stage: &Stage) -> CaseId {
    stage.open(complaint()).await.unwrap().id
}

store::on_both_engines! {
    async fn points_come_and_go_and_stay_readable(store: store::Store) {
        let stage = Stage::set(store, "2026-02-13T10:00:00+08:00").await;
        let id = opened(&stage).await;
        let agent = stage.cases("agent").await;
        let version = || async { stage.file(&id).await.case.version };
        let silent = TypedPoint { own_words: " ".to_owned(), ..told("") };
        assert_eq!(refusal(agent.add_point(&id, 1, silent).await).0, "refused-needs-words");
        for (happened, code) in [
            ("2026-02-14", "refused-happened-later"),
            ("2026-02-12 2026-02-01", "refused-happened-backwards"),
            ("2026-02-30", "refused-happened-no-day"),
            ("0206-02-12", "refused-happened-no-day"),
        ] {
            let mut intake = complaint();
            intake.points[0].happened.text = happened.to_owned();
            assert_eq!(refusal(stage.open(intake).await.map(drop)).0, code, "at the intake: {happened}");
            let typed = TypedPoint { happened: happened.to_owned(), ..told("账单不对") };
            assert_eq!(refusal(agent.add_point(&id, 1, typed).await).0, code);
        }
        agent.add_point(&id, version().await, told("账单不对")).await.unwrap();
        let file = stage.file(&id).await;
        let added = &file.points[1];
        assert_eq!(added.institution.as_deref(), Some("yunhe-third"), "found by its alias");
        assert_eq!((added.ordinal, added.category.as_str()), (2, "fees"));
        assert_eq!(added.category_version, stage.board.house.categories.edition().version);
        agent.add_point(&id, version().await, TypedPoint { institution: "路边诊所".to_owned(), category: String::new(), ..told("还有态度") })
            .await
            .unwrap();
        let file = stage.file(&id).await;
        assert_eq!(file.points[2].institution.as_deref(), Some("路边诊所"), "not listed: as it was told");
        assert_eq!(file.view.status, CaseStatus::Recorded, "a point has no category");
        let third = file.points[2].id.clone();
        assert_eq!(refusal(agent.drop_point(&id, version().await, &third, " ").await).0, "refused-needs-reason");
        agent.drop_point(&id, version().await, &third, "来电人说不提了").await.unwrap();
        let file = stage.file(&id).await;
        assert_eq!((file.points.len(), file.dropped.len(), file.view.status), (2, 1, CaseStatus::Classified));
        let gone = &file.dropped[0];
        assert_eq!((gone.own_words.as_str(), gone.drop_reason.as_deref()), ("还有态度", Some("来电人说不提了")));
        let second = file.points[1].id.clone();
        agent.drop_point(&id, version().await, &second, "算清楚了").await.unwrap();
        let first = file.points[0].id.clone();
        let last = refusal(agent.drop_point(&id, version().await, &first, "x").await);
        assert_eq!(last.0, "refused-last-standing-point");
        let kinds: Vec<String> = stage.file(&id).await.events.iter().map(|event| event.kind.clone()).collect();
        let points: Vec<&str> = kinds.iter().map(String::as_str).filter(|kind| kind.starts_with("point_")).collect();
        assert_eq!(points, ["point_added", "point_added", "point_dropped", "point_dropped"]);
    }

    async fn an_institution_that_has_ended_names_its_successor(store: store::Store) {
        let stage = Stage::set(store, "2026-02-13T10:00:00+08:00").await;
        let id = opened(&stage).await;
        let agent = stage.cases("agent").await;
        let at = |happened: &str| TypedPoint {
            institution: "市四院".to_owned(),
            happened: happened.to_owned(),
            ..told("等了一天")
        };
        let (code, missing) = refusal(agent.add_point(&id, 1, at("2025-07-01")).await);
        assert_eq!((code.as_str(), missing), ("refused-institution-ended", vec!["云河市第三人民医院".to_owned()]));
        assert_eq!(refusal(agent.add_point(&id, 1, at("")).await).0, "refused-institution-ended", "not known when: today");
        agent.add_point(&id, 1, at("2025-06-30")).await.unwrap();
        let file = stage.file(&id).await;
        assert_eq!(file.points[1].institution.as_deref(), Some("yunhe-fourth"), "still shown on what happened there");
        let mut intake = complaint();
        intake.points[0].institution_code = Some("yunhe-fourth".to_owned());
        intake.points[0].happened.text = "2026-01-05".to_owned();
        assert_eq!(refusal(stage.open(intake.clone()).await.map(drop)).0, "refused-institution-ended");
        intake.points[0].happened.text = "2025年6月1日".to_owned();
        stage.open(intake).await.unwrap();
    }

    async fn codes_are_kept_with_version_coder_and_reason(store: store::Store) {
        let stage = Stage::set(store, "2026-02-13T10:00:00+08:00").await;
        let id = opened(&stage).await;
        let (agent, supervisor) = (stage.cases("agent").await, stage.cases("supervisor").await);
        let point = stage.file(&id).await.points[0].id.clone();
        let version = || async { stage.file(&id).await.case.version };
        for (axis, code, why) in [
            ("weather", "1", "refused-axis-unknown"),
            ("severity", "4", "refused-code-unknown"),
            ("category", "weather", "refused-category-unknown"),
        ] {
            let tried = agent.code_point(&id, 1, &point, codes(&[(axis, code)]), "").await;
            assert_eq!(refusal(tried).0, why);
        }
        let first = codes(&[("category", "attitude"), ("severity", "2"), ("hcat", "respect-and-rights"), ("stage", "")]);
        agent.code_point(&id, 1, &point, first, "").await.unwrap();
        let anew = codes(&[("severity", "3")]);
        let silent = supervisor.code_point(&id, version().await, &point, anew.clone(), " ").await;
        assert_eq!(refusal(silent).0, "refused-needs-reason");
        supervisor.code_point(&id, version().await, &point, anew, "病人摔倒").await.unwrap();
        let file = stage.file(&id).await;
        let severity: Vec<_> = file.codings.iter().filter(|coding| coding.axis == "severity").collect();
        let told: Vec<_> = severity
            .iter()
            .map(|one| (one.coder.as_str(), one.before.as_deref(), one.code.as_str(), one.reason.as_deref()))
            .collect();
        assert_eq!(told, [("agent", None, "2", None), ("supervisor", Some("2"), "3", Some("病人摔倒"))]);
        assert!(severity.iter().all(|one| one.system == "hcat-severity" && one.version == "2016"));
        assert_eq!(file.view.points[0].codes.get("severity").map(String::as_str), Some("3"));
        // A department assesses the harm and nothing else.
        agent.dispatch(&id, version().await, "service-supervision", None).await.unwrap();
        let service = stage.cases("service").await;
        service.sign_for(&id, version().await).await.unwrap();
        let not_theirs = service.code_point(&id, version().await, &point, codes(&[("severity", "0")]), "x").await;
        assert_eq!(refusal(not_theirs).0, "refused-axis-not-yours");
        service.code_point(&id, version().await, &point, codes(&[("harm_assessed", "1")]), "").await.unwrap();
        let codes = &stage.file(&id).await.view.points[0].codes;
        assert_eq!(codes.get("harm_assessed").map(String::as_str), Some("1"));
        assert!(!codes.contains_key("harm_told"), "what was told is another matter");
    }

    async fn a_second_coder_does_not_know_the_first_coding(store: store::Store) {
        let stage = Stage::set(store, "2026-02-13T10:00:00+08:00").await;
        let id = opened(&stage).await;
        let point = stage.file(&id).await.points[0].id.clone();
        let first = codes(&[("severity", "2"), ("hcat", "communication")]);
        stage.cases("agent").await.code_point(&id, 1, &point, first, "").await.unwrap();
        let nobody = refusal(draw(&stage, "agent", 1).await);
        assert_eq!(nobody.0, "refused-second-coding-none", "nobody codes his own point twice");
        assert_eq!(refusal(draw(&stage, "service", 1).await).0, "refused-second-coding-coder", "a department does not");
        assert_eq!(refusal(draw(&stage, "supervisor", 0).await).0, "refused-second-coding-none");
        draw(&stage, "supervisor", 1).await.unwrap();
        let second = desk(&stage, "supervisor").await;
        assert_eq!(refusal(draw(&stage, "supervisor", 1).await).0, "refused-second-coding-none", "one each");
        let in_hand = second.second_codings().await.unwrap();
        assert_eq!((in_hand[0].point.category.as_str(), in_hand[0].point.suggested.as_deref()), ("", None));
        assert!(!in_hand[0].point.own_words.is_empty());
        // Nowhere else either: not in the file, not in the history, not on the list.
        let cases = stage.cases("supervisor").await;
        let file = cases.case_file(&id).await.unwrap();
        assert!(file.codings.is_empty() && file.blind.contains(&point) && file.proposed.is_none());
        assert!(file.points[0].category.is_empty() && file.view.points[0].codes.is_empty());
        assert!(file.events.iter().all(|event| event.kind != "point_coded"));
        let opening = &file.events[0].detail;
        assert!(!opening.contains("attitude"), "the first line names the category: {opening}");
        let line = &cases.case_list(Default::default(), 0).await.unwrap().lines[0];
        assert_eq!(line.first_point.as_ref().unwrap().category, "");
        let other = stage.cases("agent").await.case_file(&id).await.unwrap();
        assert_eq!(other.points[0].category, "attitude", "everybody else sees it");
        let recode = cases.code_point(&id, file.case.version, &point, codes(&[("severity", "1")]), "x").await;
        assert_eq!(refusal(recode).0, "refused-second-coding-open");
        // It ends with a category at least, and with codes that there are.
        let open = codes(&[("severity", "3")]);
        assert_eq!(refusal(second.finish_second_coding(&point, open).await).0, "refused-second-unfinished");
        let wrong = codes(&[("category", "attitude"), ("severity", "9")]);
        assert_eq!(refusal(second.finish_second_coding(&point, wrong).await).0, "refused-code-unknown");
        let own = codes(&[("category", "communication"), ("severity", "3"), ("stage", "ward"), ("hcat", "")]);
        second.finish_second_coding(&point, own).await.unwrap();
        assert!(matches!(second.finish_second_coding(&point, codes(&[("category", "fees")])).await, Err(Error::NotFound)));
        let file = cases.case_file(&id).await.unwrap();
        assert_eq!(file.points[0].category, "attitude", "the second coding changes nothing");
        assert!(file.events.iter().any(|event| event.kind == "point_coded_twice"));
        let until = stage.board.now().plus_seconds(1);
        let pairs = stage
            .board
            .store
            .read(move |tx| store::second_codings::pairs(tx, domain::Timestamp(0), until, ""))
            .await
            .unwrap();
        let told: Vec<_> =
            pairs.iter().map(|pair| (pair.axis.as_str(), pair.first.as_str(), pair.second.as_str())).collect();
        assert_eq!(told, [("category", "attitude", "communication"), ("severity", "2", "3")]);
        assert!(pairs.iter().all(|pair| pair.first_version == pair.second_version && !pair.first_version.is_empty()));
        // Where they differ a supervisor decides: a new code is a new coding, with the reason.
        let boss = overseer(&stage).await;
        assert_eq!(boss.sampling().await.unwrap().undecided.len(), 2);
        assert_eq!(refusal(boss.decide_coding(&point, "severity", "3", " ").await).0, "refused-needs-reason");
        assert_eq!(refusal(boss.decide_coding(&point, "severity", "9", "x").await).0, "refused-code-unknown");
        boss.decide_coding(&point, "severity", "3", "病人摔倒").await.unwrap();
        boss.decide_coding(&point, "category", "attitude", "手册第二条").await.unwrap();
        assert!(matches!(boss.decide_coding(&point, "severity", "2", "x").await, Err(Error::NotFound)), "decided once");
        assert!(boss.sampling().await.unwrap().undecided.is_empty());
        let file = cases.case_file(&id).await.unwrap();
        let last = file.codings.iter().rfind(|coding| coding.axis == "severity").unwrap();
        assert_eq!((last.before.as_deref(), last.code.as_str(), last.reason.as_deref()), (Some("2"), "3", Some("病人摔倒")));
        assert_eq!(file.points[0].category, "attitude");
        assert!(file.events.iter().any(|event| event.kind == "coding_confirmed" && event.detail.contains("手册第二条")));
    }

    async fn a_point_given_back_goes_to_somebody_who_may_have_it(store: store::Store) {
        let stage = Stage::set(store, "2026-02-13T10:00:00+08:00").await;
        let id = opened(&stage).await;
        let point = stage.file(&id).await.points[0].id.clone();
        draw(&stage, "supervisor", 1).await.unwrap();
        desk(&stage, "supervisor").await.give_second_coding_back(&point).await.unwrap();
        let boss = overseer(&stage).await;
        let seen = boss.sampling().await.unwrap();
        assert_eq!((seen.returned.len(), seen.samples[0].1.returned), (1, 1));
        for (to, why) in [("supervisor", "refused-second-gave-back"), ("agent", "refused-second-own-coding")] {
            assert_eq!(refusal(boss.give_second_coding(&point, &PersonId::new(to)).await).0, why);
        }
    }

    async fn a_draw_is_drawn_again_by_its_seed(store: store::Store) {
        let stage = Stage::set(store, "2026-02-13T10:00:00+08:00").await;
        for _ in 0..12 {
            opened(&stage).await;
        }
        let drawn = |stage: &Stage| {
            let store = stage.board.store.clone();
            async move {
                let in_hand = |tx: &mut store::Tx<'_>| store::second_codings::in_hand(tx, &PersonId::new("supervisor"));
                let mut points: Vec<_> = store.read(in_hand).await.unwrap().into_iter().map(|one| one.point).collect();
                points.sort_unstable();
                points
            }
        };
        let boss = overseer(&stage).await;
        let order = |seed| DrawOrder { wanted: Wanted::Share(25), seed: Some(seed), ..order("supervisor", 0) };
        boss.draw_sample(order(42)).await.unwrap();
        let first = drawn(&stage).await;
        assert_eq!(first.len(), 3);
        let sample = boss.sampling().await.unwrap().samples[0].clone();
        assert_eq!((sample.0.seed, sample.0.population, sample.0.asked.as_str()), (42, 12, "share 25"));
        assert_eq!((sample.2[0].population, sample.2[0].drawn), (12, 3));
        // As if it had not been drawn: the same seed gives the same points, another one others.
        let forget = store::testing::forget_second_codings;
        stage.board.store.write(forget).await.unwrap();
        boss.draw_sample(order(42)).await.unwrap();
        assert_eq!(drawn(&stage).await, first);
        let again = boss.sampling().await.unwrap();
        assert_eq!(again.samples[0].0.digest, again.samples[1].0.digest);
        stage.board.store.write(forget).await.unwrap();
        boss.draw_sample(order(43)).await.unwrap();
        assert_ne!(drawn(&stage).await, first);
    }

    async fn a_list_hides_from_whom_a_later_point_accuses_who_complains(store: store::Store) {
        let stage = Stage::set(store, "2026-02-13T10:00:00+08:00").await;
        let mut intake = complaint();
        intake.caller.name = "金丝雀".to_owned();
        intake.wishes.confidential = Some(true);
        let later = IntakePoint { institution_code: Some("yunhe-first".to_owned()), ..intake.points[0].clone() };
        intake.points[0].institution_code = Some("yunhe-central".to_owned());
        intake.points.push(later);
        let id = stage.open(intake).await.unwrap().id;
        let version = stage.file(&id).await.case.version;
        let reason = Some("两家医院");
        stage.cases("agent").await.dispatch(&id, version, "yunhe-first-complaints", reason).await.unwrap();
        let office = stage.cases("office").await;
        let list = office.case_list(store::case_lists::Filter::default(), 0).await.unwrap();
        assert_eq!(list.lines.len(), 1);
        let case = &list.lines[0].case;
        assert_eq!((case.complainant.as_deref(), case.phone.as_ref()), (None, None), "the second point is about them");
        assert!(!case.intake.contains("金丝雀"));
    }

    async fn a_recused_person_is_offered_nothing_of_the_case(store: store::Store) {
        let stage = Stage::set(store, "2026-02-13T10:00:00+08:00").await;
        let id = opened(&stage).await;
        assert_eq!(stage.board.person_by_login("supervisor").await.unwrap().role, Role::Supervisor);
        let recusal = store::conflicts::Recusal {
            case: id,
            person: PersonId::new("supervisor"),
            reason: "亲属".to_owned(),
            at: stage.board.now(),
            by: PersonId::new("supervisor"),
        };
        stage.board.store.write(move |tx| store::conflicts::recuse(tx, &recusal)).await.unwrap();
        assert_eq!(refusal(draw(&stage, "supervisor", 1).await).0, "refused-second-coding-none");
    }
}
