//! What the demo's colleagues do about each other's cases, at the end of the history: they code points a second time,
//! and keep out of what they have an interest in.

use std::collections::BTreeMap;
use std::sync::Arc;

use complaints::Action;
use store::people::Person;
use store::points::Point;
use switchboard::Switchboard;
use switchboard::points::CATEGORY;
use switchboard::rights::{Agent, CaseWorker, Desk, Overseer, Right, Supervisor};
use switchboard::second_sampling::{DrawOrder, Wanted};

use crate::demo_dice::Dice;
use crate::demo_fill::Opened;
use crate::demo_walk::{Hall, HandClock, NoCarrier};

/// Points that each second coder was given and has finished.
const CODED: u32 = 16;
/// Codes that differ and were decided; the others wait.
const DECIDED: usize = 3;

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

    /// The supervisor draws for every agent but the first, who code; a few codes that differ are decided. The first agent
    /// and the supervisor have a point in hand.
    async fn code_again(&mut self) -> anyhow::Result<()> {
        let (agents, supervisor) = (self.hall.people.agents.clone(), self.hall.people.supervisor.clone());
        for person in agents.iter().skip(1) {
            self.draw(person, CODED).await?;
            let desk: Desk<Agent> = self.desk(person)?;
            for taken in desk.second_codings().await? {
                let codes = self.codes(&taken.point).await?;
                desk.finish_second_coding(&taken.point.id, codes).await?;
            }
        }
        let desk: Desk<Supervisor> = self.desk(&supervisor)?;
        for pair in desk.sampling().await?.undecided.iter().take(DECIDED) {
            let reason = "按编码手册复核";
            desk.decide_coding(&pair.point, &pair.axis, &pair.second, reason).await?;
        }
        for person in agents.first().into_iter().chain([&supervisor]) {
            self.draw(person, 1).await?;
        }
        Ok(())
    }

    async fn draw(&mut self, coder: &Person, count: u32) -> anyhow::Result<()> {
        let desk: Desk<Supervisor> = self.desk(&self.hall.people.supervisor)?;
        let days = i64::from(self.hall.house.axes.second_coding().days);
        let order = DrawOrder {
            coder: coder.id.clone(),
            wanted: Wanted::Count(count),
            from: self.hall.until.plus_seconds(-86_400 * days),
            until: self.hall.until,
            category: String::new(),
            seed: Some(self.dice.between(1, 999_999)),
        };
        desk.draw_sample(order).await?;
        Ok(())
    }

    /// What a second coder makes of a point: what the first one did, and now and then the code that lies next to it.
    async fn codes(&mut self, point: &Point) -> anyhow::Result<BTreeMap<String, String>> {
        let file = self.desk::<CaseWorker>(&self.hall.people.supervisor)?.case_file(&point.case).await?;
        let mut codes: BTreeMap<String, String> = BTreeMap::new();
        let of_point =
            file.codings.iter().filter(|coding| coding.point == point.id && coding.axis != CATEGORY);
        codes.extend(of_point.map(|coding| (coding.axis.clone(), coding.code.clone())));
        let first = file.points.iter().find(|one| one.id == point.id);
        codes.extend(first.map(|one| (CATEGORY.to_owned(), one.category.clone())));
        for (axis, code) in &mut codes {
            if !code.is_empty() && self.dice.chance(17) {
                *code = self.beside(axis, code);
            }
        }
        Ok(codes)
    }

    /// The code that stands beside another on its list: the next grade, or a name under the same heading.
    fn beside(&self, axis: &str, code: &str) -> String {
        let house = &self.hall.house;
        let day = self.hall.until.service_day(chrono_tz::UTC);
        let near: Vec<&str> = if axis == CATEGORY {
            let given = house.categories.all().iter().filter(|one| one.is_given_on(day));
            given.map(|one| one.code.as_str()).collect()
        } else {
            let known = house.axes.axis(axis).and_then(|axis| house.axes.system_on(&axis.system, day));
            let group = known.and_then(|known| known.value(code)).map(|value| value.group.clone());
            let values = known.map_or(&[][..], |known| &known.values).iter();
            values.filter(|one| Some(&one.group) == group.as_ref()).map(|one| one.code.as_str()).collect()
        };
        let Some(at) = near.iter().position(|known| *known == code) else { return code.to_owned() };
        let next = near.get(at + 1).or_else(|| near.get(at.checked_sub(1)?));
        (*next.unwrap_or(&code)).to_owned()
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
