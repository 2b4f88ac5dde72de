//! The agenda: what falls due by itself. [`Switchboard::tick`] does all of it for one moment; the front door
//! drives it once a second, the tests with a clock wound by hand.

use std::sync::atomic::Ordering::Relaxed;

use domain::Timestamp;
use queueing::AgentMove;
use store::Tx;
use store::offers::Offer;

use crate::offering::{self, Change};
use crate::{Error, House, Result, Switchboard, Topic, agents};

/// Screens are told of calls that went on so often, and no more: a busy line turns many times a second.
const NOTICE_SECONDS: i64 = 3;
/// Calls that are over are counted so often.
const COUNT_SECONDS: i64 = 30;
/// Mails are written and sent so often.
const MAIL_SECONDS: u64 = 3;

impl Switchboard {
    /// Does everything that is due by now. What fails is told and tried again at the next tick; one kind of work
    /// never holds up another.
    pub async fn tick(&self) -> Result<()> {
        let results = [
            self.tick_queue().await,
            self.sweep_sessions().await,
            self.tick_walks().await,
            self.tick_reaper().await,
            self.tick_dialogues().await,
            self.tick_clocks().await,
            self.tick_supervision().await,
        ];
        results.into_iter().collect()
    }

    /// Ticks once a second until the process ends. A tick that failed is logged; the next one tries again. Sounds,
    /// recordings that run on, unclear calls, rooms and mails have beats of their own: a slow provider or server holds up no caller.
    pub async fn keep_agenda(&self) {
        tokio::join!(
            self.keep_ticking(),
            self.keep_sounds(),
            self.keep_stopping(),
            self.keep_asking(),
            self.keep_rooms(),
            self.keep_mails()
        );
    }

    async fn keep_rooms(&self) {
        let mut seconds = tokio::time::interval(std::time::Duration::from_secs(1));
        seconds.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            seconds.tick().await;
            if let Err(error) = self.settle_rooms().await {
                tracing::error!(%error, "rooms were not settled, will try again");
            }
        }
    }

    async fn keep_sounds(&self) {
        let mut seconds = tokio::time::interval(std::time::Duration::from_secs(1));
        seconds.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            seconds.tick().await;
            if let Err(error) = self.tend_sounds().await {
                tracing::error!(%error, "sounds were not tended, will try again");
            }
        }
    }

    async fn keep_stopping(&self) {
        let mut seconds = tokio::time::interval(std::time::Duration::from_secs(1));
        seconds.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            seconds.tick().await;
            if let Err(error) = self.stop_running_on().await {
                tracing::error!(%error, "recordings were not stopped, will try again");
            }
        }
    }

    async fn keep_mails(&self) {
        let mut seconds = tokio::time::interval(std::time::Duration::from_secs(MAIL_SECONDS));
        seconds.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            seconds.tick().await;
            if let Err(error) = self.tend_mails().await {
                tracing::error!(%error, "mails were not tended, will try again");
            }
        }
    }

    async fn keep_asking(&self) {
        let mut seconds = tokio::time::interval(std::time::Duration::from_secs(1));
        seconds.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            seconds.tick().await;
            if let Err(error) = self.ask_after_calls().await {
                tracing::error!(%error, "unclear calls were not asked after, will try again");
            }
        }
    }

    async fn keep_ticking(&self) {
        let mut seconds = tokio::time::interval(std::time::Duration::from_secs(1));
        seconds.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            seconds.tick().await;
            if let Err(error) = self.tick().await {
                tracing::error!(%error, "agenda failed, will try again");
            }
        }
    }

    /// Offers that rang too long, wrap-ups that are over, callers who can be offered now.
    async fn tick_queue(&self) -> Result<()> {
        let (now, house) = (self.now(), self.house.clone());
        // Most seconds nothing is due: find that out without writing.
        let glance = house.clone();
        let due = self.store.read(move |tx| something_due(tx, &glance, now)).await?;
        if !due {
            return Ok(());
        }
        let (offers, topics) = self
            .store
            .write_later(move |tx| -> Result<(Vec<Offer>, Vec<Topic>)> {
                let mut change = Change::new(&house, now);
                offering::expire(tx, &mut change)?;
                if house.wrap_up_seconds > 0 {
                    let since = now.plus_seconds(-i64::from(house.wrap_up_seconds));
                    for agent in store::agents::in_wrap_up_since(tx, since)? {
                        agents::advance(tx, &mut change, &agent.person, AgentMove::WrappedUp)?;
                    }
                }
                let offers = offering::offer_all(tx, &mut change)?;
                Ok((offers, change.topics()))
            })
            .await?;
        self.post(topics);
        self.fetch(offers);
        Ok(())
    }

    /// Offers whoever waits to whoever is ready, and fetches the callers out of their waiting loops.
    pub(crate) async fn fetch_waiting(&self) -> Result<()> {
        let (now, house) = (self.now(), self.house.clone());
        let (offers, topics) = self
            .store
            .write(move |tx| -> Result<(Vec<Offer>, Vec<Topic>)> {
                let mut change = Change::new(&house, now);
                let offers = offering::offer_all(tx, &mut change)?;
                Ok((offers, change.topics()))
            })
            .await?;
        self.post(topics);
        self.fetch(offers);
        Ok(())
    }

    /// Counts the walks of calls that are over, and tells screens when calls went on.
    async fn tick_walks(&self) -> Result<()> {
        let second = self.now().0 / 1000;
        if second % NOTICE_SECONDS == 0 && self.pulse.walked.swap(false, Relaxed) {
            self.post(vec![Topic::Walks]);
        }
        if second % COUNT_SECONDS == 0 {
            self.count_walks().await?;
        }
        Ok(())
    }

    /// Looked for every ten seconds: nobody waits for it.
    async fn tick_reaper(&self) -> Result<()> {
        if self.now().0 / 1000 % 10 != 0 {
            return Ok(());
        }
        self.reap().await.map(drop)
    }

    async fn sweep_sessions(&self) -> Result<()> {
        let now = self.now();
        // The rows are refused by their time anyway; once a minute is often enough to remove them.
        if now.0 / 1000 % 60 != 0 {
            return Ok(());
        }
        self.store.write_later(move |tx| Ok::<_, Error>(store::sessions::sweep(tx, now).map(drop)?)).await
    }

    /// Posts what changed, after the commit.
    pub(crate) fn post(&self, topics: Vec<Topic>) {
        for topic in topics {
            self.bulletin.post(topic);
        }
    }
}

fn something_due(tx: &mut Tx<'_>, house: &House, now: Timestamp) -> Result<bool> {
    let since = now.plus_seconds(-i64::from(house.wrap_up_seconds));
    let wrapped_up = house.wrap_up_seconds > 0 && !store::agents::in_wrap_up_since(tx, since)?.is_empty();
    Ok(wrapped_up || !store::offers::expired(tx, now)?.is_empty() || offering::somebody_fits(tx)?)
}
