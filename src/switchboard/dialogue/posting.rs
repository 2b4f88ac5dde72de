//! The package for the authority in the outbox of the house: written as a letter with the files that fit, queued, taken back
//! while it still can be, and what the dialogue makes of the end of its mail.

use complaints::dialogue::{DialogueAction, Package, PackagePoint, PointState};
use complaints::firewall::Recipient;
use complaints::investigation::{LetterKind, Reader};
use complaints::letters::{
    Enclosed, Letter, LetterPackage, LetterPoint, LetterStatement, Material, Sheet, fitting,
};
use complaints::{CaseView, Channel};
use domain::directory::name_in;
use domain::{CaseId, Timestamp};
use store::Tx;
use store::attachments::Attachment;

use super::{Dialogue, act, fold};
use crate::case_work::CaseWork;
use crate::doors::MailKind;
use crate::investigation::addressee;
use crate::investigation::letters::{self, LetterOrder, Posted};
use crate::mailing::outbox::drop_mail;
use crate::mailing::parcel::{self, ParcelFile, Posting};
use crate::rights::{CaseWorker, Desk};
use crate::{Error, House, Result, fresh_id, sight};

impl Desk<CaseWorker> {
    /// Has the house mail the package to the authority.
    pub async fn mail_package(&self, id: &CaseId, version: i64) -> Result<()> {
        self.work_on(id, version, queue).await
    }
}

/// Writes the package as a letter and puts it into the outbox; refused where the authority has no address for it.
pub(super) fn queue(hand: &mut CaseWork<'_, '_>) -> Result<()> {
    let address = addressee::authority(hand.house, &hand.case, hand.now)
        .ok_or_else(|| Error::refused("refused-authority-no-mail"))?;
    let dialogue = dialogue_of(hand.tx, &hand.case.id)?;
    let package = dialogue.package.clone().ok_or_else(|| Error::refused("dialogue-refused-no-package"))?;
    let files = Files::of(hand)?;
    let sheet = write(hand, &dialogue, &package, &files)?;
    let (letter, sha256) = (fresh_id(), letters::hash_of(&sheet));
    act(hand, &DialogueAction::Queue { letter: letter.clone(), sha256: sha256.clone() })?;
    letters::keep(hand, &letter, LetterKind::Package, Channel::Email, &sheet, sha256)?;
    let (kind, separately) = (MailKind::Package, files.separately.len());
    let posting =
        Posting { kind, letter: &letter, sheet: &sheet, address, files: files.enclosed(), separately };
    parcel::post(hand, posting)
}

/// Mails what the house forwarded by itself, where the authority has an address; else it stays a duty.
pub(super) fn queue_if_it_can(hand: &mut CaseWork<'_, '_>) -> Result<()> {
    match addressee::authority(hand.house, &hand.case, hand.now) {
        Some(_) => queue(hand),
        None => Ok(()),
    }
}

/// A mail that was given up is tried again: the dialogue waits for it once more.
pub(crate) fn queue_again(
    tx: &mut Tx<'_>,
    house: &House,
    case: &CaseId,
    letter: &str,
    now: Timestamp,
) -> Result<()> {
    let dialogue = dialogue_of(tx, case)?;
    if dialogue.not_mailed.as_deref() != Some(letter) {
        // It was put together anew, or sent by hand.
        return Err(Error::refused("refused-mail-done"));
    }
    let sha256 = store::letters::get(tx, letter)?.sha256;
    as_the_house(tx, house, case, &DialogueAction::Queue { letter: letter.to_owned(), sha256 }, now)
}

/// Whether the dialogue of a case waits for the mail with this letter.
pub(crate) fn waits_for(tx: &mut Tx<'_>, case: &CaseId, letter: &str) -> Result<bool> {
    Ok(dialogue_of(tx, case)?.queued.as_deref() == Some(letter))
}

/// The mail with the package was taken by the server, or given up. What was put together anew or sent otherwise meanwhile
/// does not care.
pub(crate) fn mail_ended(
    tx: &mut Tx<'_>,
    house: &House,
    case: &CaseId,
    letter: &str,
    sent: bool,
    now: Timestamp,
) -> Result<()> {
    if !waits_for(tx, case, letter)? {
        return Ok(());
    }
    let letter = letter.to_owned();
    let action = if sent { DialogueAction::Mailed { letter } } else { DialogueAction::NotMailed { letter } };
    as_the_house(tx, house, case, &action, now)
}

/// Takes the mail of a letter back; refused while it is on its way.
pub(super) fn recall(tx: &mut Tx<'_>, case: &CaseId, letter: &str) -> Result<()> {
    for mut mail in store::mails::of_letters(tx, case)? {
        if mail.load.letter() != Some(letter) {
            continue;
        }
        match mail.state.as_str() {
            "sending" => return Err(Error::refused("refused-mail-under-way")),
            "waiting" => drop_mail(tx, &mut mail)?,
            _ => {}
        }
    }
    Ok(())
}

/// How far the mail is in which the package goes out, went out or was given up.
pub(super) fn last(tx: &mut Tx<'_>, case: &CaseId, dialogue: &Dialogue) -> Result<Option<Posted>> {
    let mut posted = letters::posted(tx, case)?;
    let awaited = dialogue.queued.as_ref().or(dialogue.not_mailed.as_ref());
    posted.retain(|one| awaited == Some(&one.letter));
    Ok(posted.pop())
}

fn as_the_house(
    tx: &mut Tx<'_>,
    house: &House,
    case: &CaseId,
    action: &DialogueAction,
    now: Timestamp,
) -> Result<()> {
    let mut hand = CaseWork::take_up(tx, house, None, now, case)?;
    act(&mut hand, action)?;
    hand.save()
}

fn dialogue_of(tx: &mut Tx<'_>, case: &CaseId) -> Result<Dialogue> {
    Ok(fold(&store::case_events::of_case(tx, case)?))
}

/// The files that go to the authority, each under the name that it has in letter and mail.
struct Files {
    enclosed: Vec<(ParcelFile, String)>,
    separately: Vec<(ParcelFile, String)>,
}

impl Files {
    /// What the complainant handed in and what is tied to the evidence, where its readers include the authority's: what the
    /// complainant or the handling department may read. What is locked away goes nowhere.
    fn of(hand: &mut CaseWork<'_, '_>) -> Result<Self> {
        let view = hand.view()?;
        let mut all = store::attachments::of_case(hand.tx, &hand.case.id)?;
        let shown = sight::screen_for(hand.tx, Recipient::Authority, &hand.case)?.sight().files;
        all.retain(|file| shown && file.state == "kept" && is_for_authority(&view, file));
        let sizes: Vec<(Timestamp, u64)> =
            all.iter().map(|file| (file.at, u64::try_from(file.bytes).unwrap_or(u64::MAX))).collect();
        let fits = fitting(&sizes, hand.house.doors.mail.most_enclosed());
        let mut files = Self { enclosed: Vec::new(), separately: Vec::new() };
        for ((number, file), fits) in (1..).zip(&all).zip(fits) {
            let named = (ParcelFile::new(number, file), file.name.clone());
            if fits { files.enclosed.push(named) } else { files.separately.push(named) }
        }
        Ok(files)
    }

    fn enclosed(self) -> Vec<ParcelFile> {
        self.enclosed.into_iter().map(|(file, _)| file).collect()
    }
}

fn is_for_authority(view: &CaseView, file: &Attachment) -> bool {
    let evidence = &view.investigation.evidence;
    let mut tied = evidence.iter().filter(|entry| entry.attachment.as_deref() == Some(&*file.id)).peekable();
    match tied.peek() {
        Some(_) => tied.all(|entry| entry.is_for(&[Reader::Complainant, Reader::Handler])),
        None => file.giver == "complainant",
    }
}

fn write(
    hand: &mut CaseWork<'_, '_>,
    dialogue: &Dialogue,
    package: &Package,
    files: &Files,
) -> Result<Sheet> {
    let view = hand.view()?;
    let points = letters::standing(hand)?;
    let order = LetterOrder::plain(LetterKind::Package);
    let general = letters::material(hand, &view, &order, &points)?;
    let sender = owner(hand.house, dialogue, &general.language).or(general.sender.clone());
    let material = Material {
        sender,
        words: Some(package.statement.clone()).filter(|text| !text.is_empty()),
        received: letters::day(hand, &general.language, package.complaint_received),
        points: kept(package).map(|point| told_point(hand.house, point, &general.language)).collect(),
        package: Some(LetterPackage {
            reason: package.reason,
            held: package.held_at.map(|at| letters::day(hand, &general.language, at)),
            minutes: package.minutes.clone(),
            statements: statements(hand, &view, &general.language),
            enclosed: named(&files.enclosed),
            separately: named(&files.separately),
        }),
        ..general
    };
    let letter = Letter::new(LetterKind::Package, material, |recipient| {
        sight::screen_for(hand.tx, recipient, &hand.case)
    })?;
    letter.sheet(&hand.house.letters).ok_or(Error::NotFound)
}

/// What was dropped in the dialogue is the authority's no more.
fn kept(package: &Package) -> impl Iterator<Item = &PackagePoint> {
    package.points.iter().filter(|point| point.state != PointState::Dropped)
}

fn told_point(house: &House, point: &PackagePoint, language: &str) -> LetterPoint {
    let site = |code: &str| {
        let known = house.directory.institution(code);
        known.map_or_else(|| code.to_owned(), |known| name_in(&known.names, language).to_owned())
    };
    LetterPoint {
        words: point.words.clone(),
        institution: point.institution.as_deref().map(site),
        added: point.state == PointState::Added,
        ..LetterPoint::default()
    }
}

fn statements(hand: &CaseWork<'_, '_>, view: &CaseView, language: &str) -> Vec<LetterStatement> {
    let told = view.investigation.statements.iter().map(|one| LetterStatement {
        side: one.side,
        day: letters::day(hand, language, one.at),
        words: one.statement.clone(),
    });
    told.collect()
}

fn named(files: &[(ParcelFile, String)]) -> Vec<Enclosed> {
    let one =
        |(file, name): &(ParcelFile, String)| Enclosed { called: file.called.clone(), name: name.clone() };
    files.iter().map(one).collect()
}

/// Name of who runs the dialogue, and writes.
fn owner(house: &House, dialogue: &Dialogue, language: &str) -> Option<String> {
    let code = dialogue.owner.as_ref().map(|owner| owner.code.as_str())?;
    let institution = house.directory.institution(code).map(|one| &one.names);
    let names = institution.or_else(|| house.directory.office(code).map(|one| &one.names))?;
    Some(name_in(names, language).to_owned())
}
