//! What the demo's colleagues do about each other's cases, at the end of the history: they code points a second time,
//! and keep out of what they have an interest in.

use std::collections::BTreeMap;
use std::sync::Arc;

use complaints::Action;
use store::people::Person;
use store::points::Point;
use switchboard::Switchboard;
use switchboard::rights::{Agent, CaseWorker, Desk, Overseer, Right};

use crate::demo_dice::Dice;
use crate::demo_fill::Opened;
use crate::demo_walk::{Hall, HandClock, NoCarrier};

/// Points that each second coder has finished.
const CODED: usize = 12;

/// Everything of it, in the last hours before the present.
pub(crate) async fn look(hall: &Hall, opened: &[Opened]) -> anyhow::Result<()> {
    let clock = Arc::new(HandClock::at(hall.until.plus_seconds(-3 * 3600)));
    let board = Switchboard::new(hall.store.clone(), hall.house.clone(), clock, Arc::new(NoCarrier));
    let mut colleagues = Colleagues { hall, board, dice: Dice::new(0xC011) };
    colleagues.code_again().await?;
    colleagues.keep_out(opened).await
}

struct Colleagues<'a> {
    hall: &'a Hall,
    board: Switchboard,
    dice: Dice,
}

impl Colleagues<'_> {
    fn desk<R: Right>(&self, person: &Person) -> anyhow::Result<Desk<R>> {
        Desk::admit(&self.board, person).ok_or_else(|| anyhow::anyhow!("{} may not", person.login))
    }

    /// Two agents code again; the first agent and the supervisor have a point in hand.
    async fn code_again(&mut self) -> anyhow::Result<()> {
        for person in self.hall.people.agents.iter().skip(1) {
            let desk: Desk<Agent> = self.desk(person)?;
            for _ in 0..CODED {
                desk.take_second_coding().await?;
                for taken in desk.second_codings().await? {
                    let codes = self.codes(&taken.point).await?;
                    desk.finish_second_coding(&taken.point.id, codes).await?;
                }
            }
        }
        for person in self.hall.people.agents.first().into_iter().chain([&self.hall.people.supervisor]) {
            self.desk::<Agent>(person)?.take_second_coding().await?;
        }
        Ok(())
    }

    /// What a second coder makes of a point: mostly what the first one did.
    async fn codes(&mut self, point: &Point) -> anyhow::Result<BTreeMap<String, String>> {
        let file = self.desk::<CaseWorker>(&self.hall.people.supervisor)?.case_file(&point.case).await?;
        let first = file.points.iter().find(|one| one.id == point.id).map(|one| one.category.clone());
        let mut codes = crate::demo_walk::codes(&mut self.dice);
        for coding in file.codings.iter().filter(|coding| coding.point == point.id) {
            if self.dice.chance(78) {
                codes.insert(coding.axis.clone(), coding.code.clone());
            }
        }
        let category = first.filter(|_| self.dice.chance(85)).unwrap_or_else(|| "process".to_owned());
        codes.insert("category".to_owned(), category);
        Ok(codes)
    }

    /// An interest declared, somebody who kept out, and a case that has to be given to another.
    async fn keep_out(&self, opened: &[Opened]) -> anyhow::Result<()> {
        let people = &self.hall.people;
        let (supervisor, last) = (&people.supervisor, people.agents.last());
        let sites = &self.hall.house.directory.institutions;
        if let (Some(handler), Some(site)) = (people.handlers.get("drug-administration"), sites.first()) {
            let desk: Desk<Overseer> = self.desk(supervisor)?;
            desk.declare_interests(&handler.id, vec![site.code.clone()]).await?;
        }
        let desk: Desk<CaseWorker> = self.desk(supervisor)?;
        let (mut closed, mut open) = (None, None);
        for case in opened.iter().filter(|case| !case.danish) {
            let file = desk.case_file(&case.id).await?;
            let place = if file.view.status.is_closed() { &mut closed } else { &mut open };
            *place = Some(file.case);
        }
        let Some(agent) = last else { return Ok(()) };
        if let Some(case) = closed {
            let reason = "与被投诉人曾为同事";
            desk.recuse(&case.id, case.version, &agent.id, reason).await?;
        }
        if let Some(case) = open {
            desk.act(&case.id, case.version, Action::HandOver { to: agent.id.clone() }).await?;
            let version = desk.case_file(&case.id).await?.case.version;
            let own: Desk<CaseWorker> = self.desk(agent)?;
            own.recuse(&case.id, version, &agent.id, "来电人是本人亲属").await?;
        }
        Ok(())
    }
}
