//! Tests of who is offered to whom.

use proptest::prelude::*;

use super::*;

fn caller(name: &str, place_at: i64, missed_by: &[&str]) -> Waiting {
    Waiting {
        entry: QueueEntryId::new(name),
        place_at: Timestamp(place_at),
        queue: "general".to_owned(),
        language: Language::parse("zh-CN").unwrap(),
        priority: 0,
        missed_by: missed_by.iter().map(|agent| PersonId::new(*agent)).collect(),
    }
}

fn agent(name: &str, since: i64) -> Idle {
    Idle { agent: PersonId::new(name), since: Timestamp(since), queues: Vec::new(), languages: Vec::new() }
}

fn pairs(waiting: &[Waiting], idle: &[Idle]) -> Vec<String> {
    assign(waiting, idle).into_iter().map(|pair| format!("{}-{}", pair.entry, pair.agent)).collect()
}

#[test]
fn longest_waiting_to_longest_idle() {
    let waiting = [caller("late", 30, &[]), caller("early", 10, &[]), caller("middle", 20, &[])];
    let idle = [agent("ann", 9), agent("bo", 2)];
    assert_eq!(pairs(&waiting, &idle), ["early-bo", "middle-ann"]);
    assert_eq!(place(&waiting, &QueueEntryId::new("late")), Some(3));
    assert_eq!(place(&waiting, &QueueEntryId::new("nobody")), None);
}

#[test]
fn who_missed_a_caller_is_asked_last() {
    let waiting = [caller("early", 10, &["bo"])];
    assert_eq!(pairs(&waiting, &[agent("bo", 2), agent("ann", 9)]), ["early-ann"]);
    assert_eq!(pairs(&waiting, &[agent("bo", 2)]), ["early-bo"], "rather again than nobody");
}

#[test]
fn queue_and_language_must_fit() {
    let mut danish = agent("dorte", 1);
    danish.languages = vec![Language::parse("da").unwrap()];
    let mut elsewhere = agent("eva", 2);
    elsewhere.queues = vec!["dialogue".to_owned()];
    let mut chinese = agent("li", 3);
    chinese.languages = vec![Language::parse("zh").unwrap()];
    let waiting = [caller("early", 10, &[]), caller("late", 20, &[])];
    assert_eq!(pairs(&waiting, &[danish, elsewhere, chinese]), ["early-li"]);
}

#[test]
fn priority_goes_before_place() {
    let mut urgent = caller("urgent", 99, &[]);
    urgent.priority = 5;
    assert_eq!(pairs(&[caller("early", 10, &[]), urgent], &[agent("bo", 2)]), ["urgent-bo"]);
}

fn callers() -> impl Strategy<Value = Vec<Waiting>> {
    let one = (0i64..20, 0usize..2, 0usize..2, 0i64..2, proptest::collection::btree_set(0usize..5, 0..3));
    proptest::collection::vec(one, 0..12).prop_map(|rows| {
        let build = |(index, (place_at, queue, language, priority, missed)): (
            usize,
            (i64, usize, usize, i64, BTreeSet<usize>),
        )| Waiting {
            entry: QueueEntryId::new(format!("c{index:02}")),
            place_at: Timestamp(place_at),
            queue: ["general", "dialogue"][queue].to_owned(),
            language: Language::parse(["zh-CN", "da"][language]).unwrap(),
            priority,
            missed_by: missed.into_iter().map(|agent| PersonId::new(format!("a{agent}"))).collect(),
        };
        rows.into_iter().enumerate().map(build).collect()
    })
}

fn agents() -> impl Strategy<Value = Vec<Idle>> {
    proptest::collection::vec((0i64..20, 0usize..3, 0usize..3), 0..5).prop_map(|rows| {
        let build = |(index, (since, queue, language)): (usize, (i64, usize, usize))| Idle {
            agent: PersonId::new(format!("a{index}")),
            since: Timestamp(since),
            queues: [vec![], vec!["general".to_owned()], vec!["dialogue".to_owned()]][queue].clone(),
            languages: [vec![], vec![Language::parse("zh").unwrap()], vec![Language::parse("da").unwrap()]]
                [language]
                .clone(),
        };
        rows.into_iter().enumerate().map(build).collect()
    })
}

proptest! {
    #[test]
    fn nobody_stands_in_two_pairs_and_every_pair_fits(waiting in callers(), idle in agents()) {
        let pairs = assign(&waiting, &idle);
        let agents: BTreeSet<_> = pairs.iter().map(|pair| &pair.agent).collect();
        let entries: BTreeSet<_> = pairs.iter().map(|pair| &pair.entry).collect();
        prop_assert_eq!((agents.len(), entries.len()), (pairs.len(), pairs.len()));
        for pair in &pairs {
            let caller = waiting.iter().find(|caller| caller.entry == pair.entry).unwrap();
            prop_assert!(idle.iter().find(|agent| agent.agent == pair.agent).unwrap().serves(caller));
        }
    }

    #[test]
    fn nobody_is_overtaken(waiting in callers(), idle in agents()) {
        let pairs = assign(&waiting, &idle);
        let offered = |caller: &Waiting| pairs.iter().any(|pair| pair.entry == caller.entry);
        for passed in waiting.iter().filter(|caller| !offered(caller)) {
            for pair in &pairs {
                let winner = waiting.iter().find(|caller| caller.entry == pair.entry).unwrap();
                let agent = idle.iter().find(|agent| agent.agent == pair.agent).unwrap();
                prop_assert!(turn(winner) < turn(passed) || !agent.serves(passed));
            }
        }
    }

    #[test]
    fn nobody_waits_beside_an_idle_agent_who_serves_him(waiting in callers(), idle in agents()) {
        let pairs = assign(&waiting, &idle);
        for passed in waiting.iter().filter(|caller| pairs.iter().all(|pair| pair.entry != caller.entry)) {
            for agent in idle.iter().filter(|agent| agent.serves(passed)) {
                prop_assert!(pairs.iter().any(|pair| pair.agent == agent.agent));
            }
        }
    }

    #[test]
    fn the_order_of_the_rows_does_not_matter(waiting in callers(), idle in agents()) {
        let turned: Vec<_> = waiting.iter().rev().cloned().collect();
        let idle_turned: Vec<_> = idle.iter().rev().cloned().collect();
        prop_assert_eq!(assign(&waiting, &idle), assign(&turned, &idle_turned));
    }
}
