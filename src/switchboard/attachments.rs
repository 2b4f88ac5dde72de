//! Files that complainants and departments hand in: taken by what they really hold, counted and measured while they
//! come, kept outside of what the web serves, looked through by a scanner, handed out to who may see them.

use complaints::firewall::Screen;
use domain::{CaseId, CaseNumber, Role, Timestamp};
use sha2::{Digest, Sha256};
use store::Tx;
pub use store::attachments::Attachment;
use store::cases::Case;
use store::links::Link;
use store::people::Person;

use crate::doors::{FileRules, FileType};
use crate::one_time;
use crate::ports::{ShelfError, Verdict};
use crate::public::Asker;
use crate::rights::{CaseWorker, Desk};
use crate::sight::{self, must_see};
use crate::{Error, House, Result, Switchboard, Topic, audit, case_work, fresh_id, secrets};

/// As much of the beginning of a file tells what it holds.
const HEAD: usize = 8 * 1024;
/// Folder of files that are coming in.
pub(crate) const BEGUN: &str = "incoming";
/// Longest name that is kept, in characters.
const LONGEST_NAME: usize = 120;
/// Digits of a code that is read out.
const CODE_DIGITS: usize = 10;

/// Leave to hand in files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leave {
    pub case: CaseId,
    pub number: CaseNumber,
    link: Option<String>,
    giver: &'static str,
    /// As the history names the giver.
    actor: String,
    /// How many more files may come.
    pub left: usize,
}

/// A link to hand in files, and the code that is read out instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadLink {
    /// Absolute.
    pub address: String,
    /// Typed together with the case number.
    pub code: String,
    pub until: Timestamp,
}

/// A file that is coming in.
pub struct Incoming {
    leave: Leave,
    id: String,
    begun: String,
    head: Vec<u8>,
    digest: Sha256,
    bytes: u64,
    rules: FileRules,
}

/// A file of a case, as one person may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenFile {
    pub file: Attachment,
    /// Whether this person may have it.
    pub may_open: bool,
}

impl Incoming {
    /// Takes the next piece. Refused when the file gets too long.
    pub async fn push(&mut self, board: &Switchboard, piece: &[u8]) -> Result<()> {
        self.bytes += piece.len() as u64;
        if self.bytes > self.rules.limits.most_bytes {
            self.drop_it(board).await;
            return Err(Error::refused("refused-file-long"));
        }
        let room = HEAD.saturating_sub(self.head.len());
        self.head.extend_from_slice(&piece[..piece.len().min(room)]);
        self.digest.update(piece);
        board.files.append(&self.begun, piece).await.map_err(unavailable)
    }

    /// Ends it: the file is kept if it is of a type that is taken, and looked through. The name is kept without folders.
    pub async fn finish(self, board: &Switchboard, name: &str, kind: &str) -> Result<Attachment> {
        let taken = content_type(&self.head).and_then(|found| self.rules.taken(found).cloned());
        let Some(taken) = taken.filter(|_| self.bytes > 0) else {
            self.drop_it(board).await;
            return Err(Error::refused("refused-file-type"));
        };
        let kind: complaints::intake::EvidenceKind =
            kind.parse().unwrap_or(complaints::intake::EvidenceKind::Other);
        let now = board.now();
        let place = format!("{}/{}.{}", now.utc().format("%Y/%m"), self.id, taken.ending);
        board.files.finish(&self.begun, &place).await.map_err(unavailable)?;
        let scan = board.files.scan(&place).await;
        let file = Attachment {
            id: self.id,
            case: self.leave.case.clone(),
            link: self.leave.link.clone(),
            giver: self.leave.giver.to_owned(),
            name: plain_name(name, &taken),
            kind: kind.as_str().to_owned(),
            media_type: taken.media_type,
            bytes: i64::try_from(self.bytes).unwrap_or(i64::MAX),
            sha256: secrets::hexadecimal(&self.digest.finalize()),
            place: place.clone(),
            state: if matches!(scan, Verdict::Clean | Verdict::None) { "kept" } else { "quarantined" }
                .to_owned(),
            scan: scan.as_str().to_owned(),
            sight: self.rules.sight(self.leave.giver).to_owned(),
            at: now,
        };
        let (row, leave, rules) = (file.clone(), self.leave, self.rules);
        let written = board.store.write(move |tx| keep(tx, &row, &leave, &rules, now)).await;
        if written.is_err() {
            drop(board.files.erase(&place).await);
        }
        written?;
        board.post(vec![Topic::Cases]);
        Ok(file)
    }

    /// Nothing of it is kept.
    pub async fn drop_it(&self, board: &Switchboard) {
        if let Err(error) = board.files.erase(&self.begun).await {
            tracing::warn!(%error, "a file that was not wanted could not be taken away");
        }
    }
}

/// Writes the row, unless too many came meanwhile.
fn keep(tx: &mut Tx<'_>, row: &Attachment, leave: &Leave, rules: &FileRules, now: Timestamp) -> Result<()> {
    if left(tx, &leave.case, leave.link.as_deref(), rules)? == 0 {
        return Err(Error::refused("refused-files-many"));
    }
    store::attachments::insert(tx, row)?;
    let detail = serde_json::json!({ "file": row.id, "evidence": row.kind, "state": row.state });
    case_work::write_event(tx, &row.case, now, &leave.actor, "file_received", &detail)
}

fn left(tx: &mut Tx<'_>, case: &CaseId, link: Option<&str>, rules: &FileRules) -> Result<usize> {
    let of_case = rules.limits.most_of_case.saturating_sub(store::attachments::of_case(tx, case)?.len());
    let Some(link) = link else { return Ok(of_case) };
    let of_link = rules.limits.most_of_link - store::attachments::count_of_link(tx, link)?;
    Ok(of_case.min(usize::try_from(of_link).unwrap_or(0)))
}

impl Switchboard {
    /// Leave by a link: to hand in, or to handle a dispatch.
    pub async fn leave_by_link(&self, token: &str) -> Result<Leave> {
        self.leave_by(secrets::at_rest(token)).await
    }

    /// Leave by the number of a case and the code that was read out; wrong pairs count like wrong PINs.
    pub async fn leave_by_code(&self, number: &str, code: &str, asker: &Asker) -> Result<Leave> {
        self.check_tries(asker).await?;
        let code: String = code.chars().filter(char::is_ascii_digit).collect();
        let number = CaseNumber::parse(number).map_err(|_| Error::NotFound);
        let found = match number {
            Ok(number) => self.leave_by(code_hash(&number, &code)).await,
            Err(error) => Err(error),
        };
        if matches!(found, Err(Error::NotFound)) {
            self.count_wrong_try(asker, None).await?;
            return Err(Error::refused("refused-code-wrong"));
        }
        found
    }

    async fn leave_by(&self, hash: String) -> Result<Leave> {
        let (house, now) = (self.house.clone(), self.now());
        self.store
            .read(move |tx| -> Result<Leave> {
                let link = one_time::open(tx, &hash, now)?;
                let by_department = link.department.is_some();
                if !by_department && link.acts != "upload" {
                    return Err(Error::refused("refused-link-act"));
                }
                let case = store::cases::get(tx, &link.case)?;
                if by_department && case.department != link.department {
                    return Err(Error::refused("refused-link-over"));
                }
                let left = left(tx, &link.case, Some(&link.id), &house.doors.files)?;
                let giver = if by_department { "department" } else { "complainant" };
                let actor = if by_department { format!("link:{}", link.id) } else { giver.to_owned() };
                Ok(Leave { case: case.id, number: case.number, link: Some(link.id), giver, actor, left })
            })
            .await
    }

    /// Leave by number and PIN.
    pub async fn leave_by_pin(&self, number: &str, pin: &str, asker: &Asker) -> Result<Leave> {
        let case = self.case_by_pin(number, pin, asker).await?;
        let (house, id) = (self.house.clone(), case.id.clone());
        let left = self.store.read(move |tx| left(tx, &id, None, &house.doors.files)).await?;
        let actor = crate::public::COMPLAINANT.to_owned();
        Ok(Leave { case: case.id, number: case.number, link: None, giver: "complainant", actor, left })
    }

    /// Begins to take a file.
    pub fn take_in(&self, leave: &Leave) -> Result<Incoming> {
        if leave.left == 0 {
            return Err(Error::refused("refused-files-many"));
        }
        let id = fresh_id();
        Ok(Incoming {
            leave: leave.clone(),
            begun: format!("{BEGUN}/{id}"),
            id,
            head: Vec::new(),
            digest: Sha256::new(),
            bytes: 0,
            rules: self.house.doors.files.clone(),
        })
    }

    /// A piece of a file that somebody was let to; none: the end.
    pub async fn file_piece(&self, file: &Attachment, start: u64, most: usize) -> Result<Vec<u8>> {
        self.files.piece(&file.place, start, most).await.map_err(|error| match error {
            ShelfError::NotThere => Error::NotFound,
            ShelfError::Broken(why) => Error::Unavailable(why),
        })
    }
}

impl Desk<CaseWorker> {
    /// A link and a code by which the complainant may hand in files for some days.
    pub async fn upload_link(&self, id: &CaseId) -> Result<UploadLink> {
        let (person, now, id) = (self.person().clone(), self.now(), id.clone());
        let (token, code) = (secrets::token()?, digits(CODE_DIGITS)?);
        let until = now.plus_seconds(self.house().doors.files.limits.link_days * 24 * 60 * 60);
        let (secret, spoken) = (token.clone(), code.clone());
        let done = self
            .board
            .store
            .write(move |tx| -> Result<()> {
                let case = store::cases::get(tx, &id)?;
                must_see(tx, &person, &case)?;
                if person.role == Role::Handler {
                    return Err(Error::NotFound);
                }
                for hash in [secrets::at_rest(&secret), code_hash(&case.number, &spoken)] {
                    store::links::insert(tx, &upload(&case, person.id.as_str(), now, until), &hash)?;
                }
                let (actor, detail) = (person.id.as_str(), serde_json::json!({}));
                case_work::write_event(tx, &case.id, now, actor, "files_asked_for", &detail)
            })
            .await;
        self.board.note_block(&self.person().id, "files", done).await?;
        let address = format!("{}/hand-in/{token}", self.house().public_url);
        Ok(UploadLink { address, code, until })
    }

    /// The files of a case, as far as this person may know of them.
    pub async fn files(&self, id: &CaseId) -> Result<Vec<SeenFile>> {
        let (house, person, id) = (self.board.house.clone(), self.person().clone(), id.clone());
        let done = self
            .board
            .store
            .read(move |tx| -> Result<Vec<SeenFile>> {
                let case = store::cases::get(tx, &id)?;
                must_see(tx, &person, &case)?;
                seen(tx, &house, &person, &case)
            })
            .await;
        self.board.note_block(&self.person().id, "files", done).await
    }

    /// A file to hand out; that it was handed out stands in the audit trail.
    pub async fn open_file(&self, id: &str) -> Result<Attachment> {
        let (house, person) = (self.board.house.clone(), self.person().clone());
        let (now, id) = (self.now(), id.to_owned());
        let done = self
            .board
            .store
            .write(move |tx| -> Result<Attachment> {
                let mut file = store::attachments::get(tx, &id)?;
                let case = store::cases::get(tx, &file.case)?;
                let screen = sight::screen(tx, &house, &person, &case)?;
                must_see(tx, &person, &case)?;
                if !may_know(&screen, &person, &file) {
                    return Err(Error::NotFound);
                }
                if file.state != "kept" {
                    return Err(Error::refused("refused-file-quarantined"));
                }
                let object = format!("attachment:{}", file.id);
                audit::record(tx, now, person.id.as_str(), "file-read", &object, None)?;
                file.name = screen.text(&file.name);
                Ok(file)
            })
            .await;
        self.board.note_block(&self.person().id, "attachment", done).await
    }

    /// Shows a file to who handles the case, or keeps it with the hotline.
    pub async fn show_file(&self, id: &str, department: bool) -> Result<CaseId> {
        let (person, now, id) = (self.person().clone(), self.now(), id.to_owned());
        let sight = if department { "department" } else { "hotline" };
        let done = self
            .board
            .store
            .write(move |tx| -> Result<CaseId> {
                let file = store::attachments::get(tx, &id)?;
                let case = store::cases::get(tx, &file.case)?;
                must_see(tx, &person, &case)?;
                if person.role == Role::Handler {
                    return Err(Error::NotFound);
                }
                store::attachments::set_sight(tx, &id, sight)?;
                let object = format!("attachment:{id}");
                audit::record(tx, now, person.id.as_str(), "file-sight", &object, Some(sight))?;
                Ok(file.case)
            })
            .await;
        let case = self.board.note_block(&self.person().id, "attachment", done).await?;
        self.board.post(vec![Topic::Cases]);
        Ok(case)
    }
}

/// The files of a case as `person` may know of them.
pub(crate) fn seen(tx: &mut Tx<'_>, house: &House, person: &Person, case: &Case) -> Result<Vec<SeenFile>> {
    let screen = sight::screen(tx, house, person, case)?;
    let mut seen = Vec::new();
    for mut file in store::attachments::of_case(tx, &case.id)? {
        if may_know(&screen, person, &file) {
            let may_open = file.state == "kept";
            file.name = screen.text(&file.name);
            seen.push(SeenFile { file, may_open });
        }
    }
    Ok(seen)
}

/// The hotline knows of all; a department of its own, and of what it was shown where the firewall lets files through.
fn may_know(screen: &Screen, person: &Person, file: &Attachment) -> bool {
    let own = person.role != Role::Handler || file.giver == "department";
    own || (file.sight == "department" && screen.sight().files)
}

fn upload(case: &Case, by: &str, now: Timestamp, until: Timestamp) -> Link {
    Link {
        id: fresh_id(),
        acts: "upload".to_owned(),
        case: case.id.clone(),
        dispatch: None,
        department: None,
        created_by: by.to_owned(),
        created_at: now,
        expires_at: until,
        used_at: None,
        used_for: None,
    }
}

/// A code counts for one case alone.
fn code_hash(number: &CaseNumber, code: &str) -> String {
    secrets::at_rest(&format!("code:{number}:{code}"))
}

fn digits(count: usize) -> Result<String> {
    let mut bytes = vec![0_u8; count * 2];
    getrandom::fill(&mut bytes).map_err(|error| Error::Unavailable(error.to_string()))?;
    // 65536 is no multiple of ten: the first six digits come one in ten thousand times more often, which guesses nothing.
    let pairs = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]) % 10);
    Ok(pairs.map(|digit| char::from(b'0' + u8::try_from(digit).unwrap_or(0))).collect())
}

fn unavailable(error: ShelfError) -> Error {
    Error::Unavailable(error.to_string())
}

/// What a file holds, by its beginning.
fn content_type(head: &[u8]) -> Option<&'static str> {
    if head.get(128..132) == Some(b"DICM") {
        return Some("application/dicom");
    }
    infer::get(head).map(|found| found.mime_type())
}

/// The name without folders and signs that mean something elsewhere, with the ending of what it holds.
fn plain_name(name: &str, taken: &FileType) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let fine = |c: &char| !c.is_control() && !"\"<>:|?*;%".contains(*c) && !invisible(*c);
    let stem: String = stem.chars().filter(fine).take(LONGEST_NAME).collect();
    let stem = stem.trim_matches([' ', '.']);
    format!("{}.{}", if stem.is_empty() { "file" } else { stem }, taken.ending)
}

/// Marks that turn the direction of writing or take no room: names are disguised with them.
fn invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_it_holds() {
        assert_eq!(content_type(b"%PDF-1.7 ..."), Some("application/pdf"));
        assert_eq!(content_type(&[0xff, 0xd8, 0xff, 0xe0, 0, 0]), Some("image/jpeg"));
        let mut dicom = vec![0_u8; 128];
        dicom.extend_from_slice(b"DICM");
        assert_eq!(content_type(&dicom), Some("application/dicom"));
        assert_eq!(content_type(b"just words"), None);
        assert_eq!(content_type(b""), None);
        assert_ne!(content_type(b"MZ\x90\x00"), Some("application/pdf"));
    }

    #[test]
    fn a_name_leads_nowhere() {
        let pdf = FileType { media_type: "application/pdf".to_owned(), ending: "pdf".to_owned() };
        for (told, kept) in [
            ("../../etc/passwd", "passwd.pdf"),
            ("C:\\temp\\发票.PDF.exe", "发票.PDF.pdf"),
            ("", "file.pdf"),
            (".htaccess", "file.pdf"),
            ("a\r\nSet-Cookie: x\".pdf", "aSet-Cookie x.pdf"),
            ("gpj\u{202e}fdp.scan", "gpjfdp.pdf"),
        ] {
            assert_eq!(plain_name(told, &pdf), kept);
        }
        assert_eq!(plain_name(&"x".repeat(500), &pdf).len(), 124);
    }

    #[test]
    fn a_code_is_of_digits_and_of_one_case() {
        let code = digits(10).unwrap();
        assert!(code.len() == 10 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
        let (one, other) = (CaseNumber::from_sequence(1), CaseNumber::from_sequence(2));
        assert_ne!(code_hash(&one, &code), code_hash(&other, &code));
    }
}
