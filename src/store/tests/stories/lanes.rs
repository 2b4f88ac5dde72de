//! Jobs: answered means stored, a failing neighbour harms nobody, nothing runs half.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use store::{Error, Store, Tx, params};

fn put(tx: &mut Tx<'_>, name: &str, value: i64) -> Result<(), Error> {
    tx.execute("INSERT INTO counters (name, value) VALUES ($1, $2)", params![name, value]).map(drop)
}

async fn all(store: &Store) -> Vec<String> {
    store
        .read(|tx| {
            let rows = tx.query("SELECT name FROM counters ORDER BY name", &[])?;
            rows.iter().map(|row| row.get(0)).collect::<Result<Vec<String>, Error>>()
        })
        .await
        .unwrap()
}

store::on_both_engines! {
    async fn a_failing_job_is_undone_alone(store: Store) {
        let jobs: Vec<_> = (0..100)
            .map(|number| {
                let store = store.clone();
                tokio::spawn(async move {
                    store
                        .write(move |tx| {
                            put(tx, &format!("job-{number:03}"), number)?;
                            if number % 7 == 0 { Err(Error::Conflict("mine".to_owned())) } else { Ok(number) }
                        })
                        .await
                })
            })
            .collect();
        let mut kept = Vec::new();
        for (number, job) in jobs.into_iter().enumerate() {
            match job.await.unwrap() {
                Ok(_) => kept.push(format!("job-{number:03}")),
                Err(error) => assert_eq!(error, Error::Conflict("mine".to_owned())),
            }
        }
        assert_eq!(kept.len(), 85);
        assert_eq!(all(&store).await, kept);
    }

    async fn a_panicking_job_is_undone_alone_and_the_lane_goes_on(store: Store) {
        let bad = store.write(|tx| -> Result<(), Error> {
            put(tx, "half", 1)?;
            panic!("as the test wants it")
        });
        let good = store.write(|tx| put(tx, "whole", 1));
        let (bad, good) = tokio::join!(bad, good);
        assert!(matches!(bad, Err(Error::Broken(_))), "{bad:?}");
        good.unwrap();
        assert_eq!(all(&store).await, ["whole"]);
    }

    async fn a_taken_key_is_a_conflict_and_spares_the_neighbours(store: Store) {
        store.write(|tx| put(tx, "taken", 1)).await.unwrap();
        let (again, other) = tokio::join!(
            store.write(|tx| put(tx, "taken", 2)),
            store.write(|tx| put(tx, "other", 1)),
        );
        assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
        other.unwrap();
        assert_eq!(all(&store).await, ["other", "taken"]);
    }

    async fn a_job_that_goes_on_after_a_failed_statement_stores_nothing(store: Store) {
        store.write(|tx| put(tx, "taken", 1)).await.unwrap();
        let result = store
            .write(|tx| {
                drop(put(tx, "taken", 2));
                drop(put(tx, "sneaked-in", 1));
                Ok::<(), Error>(())
            })
            .await;
        assert!(matches!(result, Err(Error::Broken(_))), "{result:?}");
        assert_eq!(all(&store).await, ["taken"]);
    }

    async fn a_read_lane_refuses_to_write(store: Store) {
        let result = store.read(|tx| put(tx, "sneaked-in", 1)).await;
        assert!(matches!(result, Err(Error::Broken(_))), "{result:?}");
        assert_eq!(all(&store).await, Vec::<String>::new());
    }

    async fn rivals_for_one_row_all_count(store: Store) {
        store.write(|tx| put(tx, "sum", 0)).await.unwrap();
        let jobs: Vec<_> = (0..60)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move {
                    // Read, then write what was read plus one: wrong under anything less than serialisable.
                    store
                        .write(|tx| {
                            let now: i64 = tx.value("SELECT value FROM counters WHERE name = $1", params!["sum"])?;
                            tx.execute(
                                "UPDATE counters SET value = $1 WHERE name = $2",
                                params![now + 1, "sum"],
                            )
                        })
                        .await
                })
            })
            .collect();
        let mut done = 0;
        for job in jobs {
            match job.await.unwrap() {
                Ok(changed) => done += i64::try_from(changed).unwrap(),
                Err(error) => assert!(matches!(error, Error::Busy(_)), "{error}"),
            }
        }
        let sum: i64 = store.read(|tx| tx.value("SELECT value FROM counters", &[])).await.unwrap();
        assert_eq!(sum, done);
        assert!(done > 0);
    }

    async fn a_full_queue_refuses_at_once_and_closing_finishes_what_waits(store: Store) {
        let (hold, held) = std::sync::mpsc::channel::<()>();
        let held = Arc::new(std::sync::Mutex::new(held));
        // One blocker for each write lane there may be, in the queue before anything else.
        let mut blockers = Vec::new();
        for _ in 0..4 {
            let held = Arc::clone(&held);
            let mut blocker = Box::pin(store.write(move |_| {
                let _ = held.lock().unwrap().recv();
                Ok::<(), Error>(())
            }));
            assert!(futures_poll(&mut blocker).is_none());
            blockers.push(blocker);
        }
        let ran = Arc::new(AtomicU32::new(0));
        let mut waiting = Vec::new();
        let mut refused = 0;
        for _ in 0..6_000 {
            let ran = Arc::clone(&ran);
            let mut job = Box::pin(store.write_later(move |_| {
                ran.fetch_add(1, Ordering::Relaxed);
                Ok::<(), Error>(())
            }));
            // One poll puts the job into the queue or gets the refusal.
            match futures_poll(&mut job) {
                Some(Err(Error::Busy(_))) => refused += 1,
                Some(other) => panic!("{other:?}"),
                None => waiting.push(job),
            }
        }
        assert!(refused >= 1_800, "{refused} of 6,000 refused");
        drop(hold);
        for blocker in blockers {
            blocker.await.unwrap();
        }
        let count = u32::try_from(waiting.len()).unwrap();
        let closing = store.clone();
        tokio::task::spawn_blocking(move || closing.close()).await.unwrap();
        assert_eq!(ran.load(Ordering::Relaxed), count);
        for job in waiting {
            job.await.unwrap();
        }
        let late = store.write(|_| Ok::<(), Error>(())).await;
        assert!(matches!(late, Err(Error::Broken(_))), "{late:?}");
    }
}

fn futures_poll<F: Future + Unpin>(future: &mut F) -> Option<F::Output> {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::Pin::new(future).poll(&mut context) {
        std::task::Poll::Ready(value) => Some(value),
        std::task::Poll::Pending => None,
    }
}
