//! What happens in dialogues by itself: silence forwards, by mail where the authority has an address; an authority that does
//! not acknowledge is asked; and regions that merge take their open dialogues along.

use complaints::dialogue::{DialogueAction, Owner};
use domain::CaseId;
use domain::directory::{Office, OfficeKind};

use super::{act, posting, told};
use crate::case_work::CaseWork;
use crate::{Error, Result, Switchboard};

/// So many in one tick; the next one takes the rest.
const AT_ONCE: i64 = 20;

impl Switchboard {
    /// Forwards what nobody decided in time. Looked for once a minute: the limits are days.
    pub(crate) async fn tick_dialogues(&self) -> Result<()> {
        if self.now().0 / 1000 % 60 != 0 {
            return Ok(());
        }
        let now = self.now();
        let due =
            self.store.read(move |tx| Ok::<_, Error>(store::dialogues::run_out(tx, now, AT_ONCE)?)).await?;
        let mut results = Vec::new();
        for id in due {
            let forwarded = self
                .by_itself(&id, |hand| {
                    act(hand, &DialogueAction::LetRunOut)?;
                    let (statement, with_minutes) = (String::new(), false);
                    act(hand, &DialogueAction::Assemble { statement, with_minutes })
                })
                .await;
            // In a transaction of its own: whatever keeps it from the outbox, it is forwarded, and a person sends it.
            if forwarded.is_ok() {
                results.push(self.by_itself(&id, posting::queue_if_it_can).await);
            }
            results.push(forwarded);
        }
        results.push(self.miss_acknowledgements().await);
        results.push(self.pass_to_successors().await);
        results.into_iter().collect()
    }

    /// Makes it a duty to ask the authority that has not acknowledged a package in time.
    async fn miss_acknowledgements(&self) -> Result<()> {
        let now = self.now();
        let late = self
            .store
            .read(move |tx| Ok::<_, Error>(store::dialogues::unacknowledged(tx, now, AT_ONCE)?))
            .await?;
        let mut results = Vec::new();
        for id in late {
            let asked = self.by_itself(&id, |hand| act(hand, &DialogueAction::MissAcknowledgement)).await;
            results.push(asked);
        }
        results.into_iter().collect()
    }

    /// Does something to a case as the house itself.
    async fn by_itself(
        &self,
        id: &CaseId,
        work: impl Fn(&mut CaseWork<'_, '_>) -> Result<()> + Send + Sync + 'static,
    ) -> Result<()> {
        let (house, now, id) = (self.house.clone(), self.now(), id.clone());
        self.store
            .write(move |tx| -> Result<()> {
                let mut hand = CaseWork::take_up(tx, &house, None, now, &id)?;
                work(&mut hand)?;
                hand.save()
            })
            .await?;
        told(self);
        Ok(())
    }

    /// From its first day on the successor of a region owns that region's open dialogues; the time limits run on.
    async fn pass_to_successors(&self) -> Result<()> {
        let Some(zone) = self.house.lines.values().map(|line| line.zone).next() else { return Ok(()) };
        let today = self.now().service_day(zone);
        let ended = |office: &&Office| office.kind == OfficeKind::Region && !office.holds_on(today);
        let pairs: Vec<(String, Office)> = self
            .house
            .directory
            .offices
            .iter()
            .filter(ended)
            .filter_map(|old| Some((old.code.clone(), self.house.directory.office_on(&old.code, today)?)))
            .map(|(old, new)| (old, new.clone()))
            .collect();
        for (old, new) in pairs {
            let region = old.clone();
            let open = self
                .store
                .read(move |tx| Ok::<_, Error>(store::dialogues::running_of_region(tx, &region, AT_ONCE)?))
                .await?;
            for id in open {
                let change = self.taken_over(&id, &old, &new).await?;
                self.by_itself(&id, move |hand| act(hand, &change)).await?;
            }
        }
        Ok(())
    }

    async fn taken_over(&self, id: &CaseId, old: &str, new: &Office) -> Result<DialogueAction> {
        let (house, id, new_code) = (self.house.clone(), id.clone(), new.code.clone());
        let owner = self
            .store
            .read(move |tx| -> Result<Owner> {
                let case = store::cases::get(tx, &id)?;
                let rules = house.dialogues.get(&case.profile).ok_or(Error::NotFound)?;
                let row = store::dialogues::of_case(tx, &id)?.ok_or(Error::NotFound)?;
                let kind = row.owner_kind.and_then(|kind| kind.parse().ok()).ok_or(Error::NotFound)?;
                Ok(rules.owned(kind, row.owner.as_deref(), &new_code, false))
            })
            .await?;
        Ok(DialogueAction::ChangeOwner { owner, reason: format!("{old} → {}", new.code) })
    }
}
