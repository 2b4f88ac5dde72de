//! Which points are coded a second time, and what becomes of codes that differ: a supervisor draws points and gives them to
//! somebody who has coded none of them. The draw is written down with its seed, so that it can be drawn again. Where the
//! two codes differ, a supervisor decides; the decision is a new coding of the point, with its reason.

use complaints::Action;
use complaints::points::Code;
use complaints::points::sample::{Stratum as Drawn, draw};
use complaints::points::second::may_take;
use domain::{CaseId, PersonId, PointId, Timestamp};
use sha2::{Digest, Sha256};
pub use store::coding_samples::{Progress, Sample, Stratum};
use store::people::Person;
pub use store::second_codings::CodedPair;
use store::second_codings::{Decision, GivenCode, SecondCoding};
use store::{Tx, second_codings};

pub use complaints::points::sample::Wanted;

use crate::case_work::{CaseWork, write_event};
use crate::points::{known, standing};
use crate::rights::{Agent, CaseWorker, Desk, Right, Supervisor};
use crate::second_coding::{candidate, unfit};
use crate::sight::in_sight;
use crate::{Error, Result, Topic, fresh_id, secrets};

/// Draws, and pairs to be decided, on one screen.
const MOST_LISTED: i64 = 100;

/// What a supervisor asks for.
#[derive(Debug, Clone)]
pub struct DrawOrder {
    pub coder: PersonId,
    pub wanted: Wanted,
    /// Cases received from then on.
    pub from: Timestamp,
    /// And before then.
    pub until: Timestamp,
    /// Empty: all.
    pub category: String,
    /// None: any. A seed draws the same again.
    pub seed: Option<i64>,
}

/// What a supervisor sees of second codings.
#[derive(Debug, Clone, Default)]
pub struct Sampling {
    /// Newest first, each with its categories.
    pub samples: Vec<(Sample, Progress, Vec<Stratum>)>,
    /// Given back: the case's number, the point's number in it, who gave it back.
    pub returned: Vec<Returned>,
    pub undecided: Vec<CodedPair>,
    /// Everybody, for the names.
    pub people: Vec<Person>,
}

/// A point that waits for another coder.
#[derive(Debug, Clone)]
pub struct Returned {
    pub point: PointId,
    pub case_number: String,
    pub ordinal: i64,
    pub by: PersonId,
}

impl Sampling {
    /// Who can be asked to code.
    pub fn coders(&self) -> impl Iterator<Item = &Person> {
        self.people.iter().filter(|person| may_code(person))
    }
}

fn may_code(person: &Person) -> bool {
    Agent::held_by(person.role) && person.disabled_at.is_none()
}

impl Desk<Supervisor> {
    /// Draws so far, points given back, codes that differ. Nothing of a case that the supervisor keeps out of.
    pub async fn sampling(&self) -> Result<Sampling> {
        let person = self.person().clone();
        self.board
            .store
            .read(move |tx| -> Result<Sampling> {
                let mut seen = Sampling {
                    people: store::people::list(tx)?,
                    undecided: undecided(tx, &person)?,
                    ..Sampling::default()
                };
                for (sample, progress) in store::coding_samples::latest(tx, MOST_LISTED)? {
                    let strata = store::coding_samples::strata(tx, &sample.id)?;
                    seen.samples.push((sample, progress, strata));
                }
                for given in second_codings::returned(tx)? {
                    let point = store::points::get(tx, &given.point)?;
                    let case_number = store::cases::get(tx, &given.case)?.number.to_string();
                    let (ordinal, by) = (point.ordinal, given.coder);
                    seen.returned.push(Returned { point: point.id, case_number, ordinal, by });
                }
                Ok(seen)
            })
            .await
    }

    /// Draws points and gives them to a coder; the id of the draw. Refused where there is no point to draw.
    pub async fn draw_sample(&self, order: DrawOrder) -> Result<String> {
        let (person, now) = (self.person().id.clone(), self.now());
        let most = self.house().axes.second_coding().most as usize;
        let seed = order.seed.map_or_else(fresh_seed, Ok)?;
        let id = self
            .board
            .store
            .write(move |tx| -> Result<String> {
                let coder = coder(tx, &order.coder)?;
                let population = population(tx, &coder, &order)?;
                let count = order.wanted.of(population.len());
                if count == 0 {
                    return Err(Error::refused("refused-second-coding-none"));
                }
                if count > most {
                    return Err(Error::Refused {
                        code: "refused-second-coding-most".to_owned(),
                        missing: vec![most.to_string()],
                    });
                }
                let points: Vec<_> =
                    population.iter().map(|(point, _, category)| (point.clone(), category.clone())).collect();
                let strata = draw(seed.unsigned_abs(), &points, count);
                let sample = sample(&order, &person, now, seed, &population);
                let rows: Vec<Stratum> = strata.iter().map(stratum).collect();
                store::coding_samples::insert(tx, &sample, &rows)?;
                for point in strata.iter().flat_map(|one| &one.drawn) {
                    let case = population.iter().find(|(id, _, _)| id == point);
                    let case = case.map(|(_, case, _)| case.clone()).ok_or(Error::NotFound)?;
                    let (sample, coder) = (sample.id.clone(), coder.id.clone());
                    let (taken_at, returned_at, done_at) = (now, None, None);
                    let point = point.clone();
                    let given = SecondCoding { point, case, sample, coder, taken_at, returned_at, done_at };
                    second_codings::give(tx, &given)?;
                }
                Ok(sample.id)
            })
            .await?;
        self.board.bulletin.post(Topic::Cases);
        Ok(id)
    }

    /// Gives a point that came back to somebody else.
    pub async fn give_second_coding(&self, point: &PointId, to: &PersonId) -> Result<()> {
        let (point, to, now) = (point.clone(), to.clone(), self.now());
        self.board
            .store
            .write(move |tx| -> Result<()> {
                let coder = coder(tx, &to)?;
                let row = store::points::get(tx, &point)?;
                may_take(&candidate(tx, &row)?, &coder.id).map_err(unfit)?;
                let case = store::cases::get(tx, &row.case)?;
                if !in_sight(tx, &coder, &case)? {
                    return Err(Error::refused("refused-second-coding-coder"));
                }
                Ok(second_codings::give_anew(tx, &point, &coder.id, now)?)
            })
            .await?;
        self.board.bulletin.post(Topic::Cases);
        Ok(())
    }

    /// Decides which code holds where the two differ. A code that does not stand yet is coded, with the reason.
    pub async fn decide_coding(&self, point: &PointId, axis: &str, code: &str, reason: &str) -> Result<()> {
        let desk = Desk::<CaseWorker>::admit(&self.board, self.person()).ok_or(Error::NotFound)?;
        let id = point.clone();
        let of_point = move |tx: &mut Tx<'_>| -> Result<_> {
            let case = store::points::get(tx, &id)?.case;
            Ok((case.clone(), store::cases::get(tx, &case)?.version))
        };
        let (case, version) = self.board.store.read(of_point).await?;
        let (point, axis) = (point.clone(), axis.to_owned());
        let (code, reason) = (code.trim().to_owned(), reason.trim().to_owned());
        desk.work_on(&case, version, move |hand| decide(hand, &point, &axis, &code, &reason)).await
    }
}

fn undecided(tx: &mut Tx<'_>, person: &Person) -> Result<Vec<CodedPair>> {
    let mut seen = Vec::new();
    for pair in second_codings::undecided(tx, MOST_LISTED)? {
        let case = store::cases::get(tx, &pair.case)?;
        if in_sight(tx, person, &case)? {
            seen.push(pair);
        }
    }
    Ok(seen)
}

/// Whoever is to code, if it is somebody who codes.
fn coder(tx: &mut Tx<'_>, id: &PersonId) -> Result<Person> {
    let found = store::people::find(tx, id)?.filter(may_code);
    found.ok_or_else(|| Error::refused("refused-second-coding-coder"))
}

/// The points that could be drawn, without those of cases that the coder keeps out of.
fn population(tx: &mut Tx<'_>, coder: &Person, order: &DrawOrder) -> Result<Vec<(PointId, CaseId, String)>> {
    let mut kept = Vec::new();
    for found in second_codings::population(tx, &coder.id, order.from, order.until, &order.category)? {
        if !store::conflicts::blocked(tx, &coder.id, &found.1)? {
            kept.push(found);
        }
    }
    Ok(kept)
}

fn sample(
    order: &DrawOrder,
    by: &PersonId,
    now: Timestamp,
    seed: i64,
    population: &[(PointId, CaseId, String)],
) -> Sample {
    let mut digest = Sha256::new();
    for (point, _, _) in population {
        digest.update(point.as_str().as_bytes());
        digest.update(b"\n");
    }
    Sample {
        id: fresh_id(),
        drawn_by: by.clone(),
        drawn_at: now,
        coder: order.coder.clone(),
        from: order.from,
        until: order.until,
        category: order.category.clone(),
        asked: match order.wanted {
            Wanted::Count(count) => format!("count {count}"),
            Wanted::Share(percent) => format!("share {percent}"),
        },
        seed,
        population: i64::try_from(population.len()).unwrap_or(i64::MAX),
        digest: secrets::hexadecimal(&digest.finalize()),
    }
}

fn stratum(drawn: &Drawn) -> Stratum {
    let count = |of: usize| i64::try_from(of).unwrap_or(i64::MAX);
    Stratum {
        category: drawn.category.clone(),
        population: count(drawn.population),
        drawn: count(drawn.drawn.len()),
    }
}

/// A seed of nine digits at most: it is read out and typed again.
fn fresh_seed() -> Result<i64> {
    let mut bytes = [0_u8; 4];
    getrandom::fill(&mut bytes).map_err(|error| Error::Unavailable(error.to_string()))?;
    Ok(i64::from(u32::from_be_bytes(bytes)) % 1_000_000_000)
}

fn decide(hand: &mut CaseWork<'_, '_>, point: &PointId, axis: &str, code: &str, reason: &str) -> Result<()> {
    if reason.is_empty() {
        return Err(Error::refused("refused-needs-reason"));
    }
    let open = second_codings::undecided_of(hand.tx, point, axis)?.ok_or(Error::NotFound)?;
    let stands = standing(hand, point)?.get(axis).is_some_and(|stands| stands == code);
    // What stands, stands by the list it was taken from; anything else is taken from the list of today.
    let version =
        if stands && code == open.first { open.first_version } else { known(hand, axis, code)?.version };
    let person = PersonId::new(hand.actor_id());
    let given = GivenCode { axis, code, version: &version };
    let decision = Decision { given, by: &person, at: hand.now, reason };
    second_codings::decide(hand.tx, point, &decision)?;
    if !stands {
        let code: Code = known(hand, axis, code)?;
        let (point, reason) = (point.clone(), reason.to_owned());
        return hand.act(&Action::Recode { point, codes: vec![code], reason });
    }
    let system = hand.house.axes.axis(axis).map_or(axis, |known| known.system.as_str());
    let detail =
        serde_json::json!({ "point": point, "axis": axis, "system": system, "code": code, "reason": reason });
    let (id, now) = (hand.case.id.clone(), hand.now);
    write_event(hand.tx, &id, now, person.as_str(), "coding_confirmed", &detail)
}
