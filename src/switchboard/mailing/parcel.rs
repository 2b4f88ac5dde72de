//! Mails with letters. What goes out is put together when the letter is issued and kept word for word with the mail; only
//! files that were handed in are fetched from the shelf when it is sent, and must then be the same as they were.
//!
//! Subject and text of the mail say nothing of the matter and of nobody: those stand in the letter, which is enclosed.

use complaints::letters::Sheet;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::attachments::Attachment;
use store::mails::{Load, Mail};

use crate::case_work::CaseWork;
use crate::doors::MailKind;
use crate::ports::{Enclosure, Letter, MailError, ShelfError};
use crate::{Error, Result, Switchboard, fresh_id, secrets};

/// What goes out with a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// The line of the case: it is sent in its name.
    pub line: String,
    pub subject: String,
    pub body: String,
    /// The letter as a document, and what it is called.
    pub called: String,
    pub document: String,
    pub files: Vec<ParcelFile>,
}

/// A file of a case that comes along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParcelFile {
    /// In the mail; it says nothing about anybody.
    pub called: String,
    pub attachment: String,
    pub media_type: String,
    /// Where it lies on the shelf.
    pub place: String,
    /// Of its bytes, in hexadecimal digits.
    pub sha256: String,
}

impl ParcelFile {
    /// A file under a number.
    pub(crate) fn new(number: usize, file: &Attachment) -> Self {
        let ending = file.place.rsplit_once('.').map_or("bin", |(_, ending)| ending);
        Self {
            called: format!("enclosure-{number}.{ending}"),
            attachment: file.id.clone(),
            media_type: file.media_type.clone(),
            place: file.place.clone(),
            sha256: file.sha256.clone(),
        }
    }
}

/// A letter that is to be mailed.
pub(crate) struct Posting<'a> {
    pub(crate) kind: MailKind,
    /// Its id.
    pub(crate) letter: &'a str,
    pub(crate) sheet: &'a Sheet,
    pub(crate) address: String,
    pub(crate) files: Vec<ParcelFile>,
    /// How many files are sent by another way.
    pub(crate) separately: usize,
}

/// Puts it into the outbox.
pub(crate) fn post(hand: &mut CaseWork<'_, '_>, posting: Posting<'_>) -> Result<()> {
    let (sheet, number) = (posting.sheet, hand.case.number.to_string());
    let text = hand.house.doors.mail.text(posting.kind, &sheet.language).ok_or(Error::NotFound)?;
    let values = [
        ("{number}", number.clone()),
        ("{sender}", sender(hand, &sheet.language)),
        ("{enclosed}", posting.files.len().to_string()),
        ("{separately}", posting.separately.to_string()),
    ];
    let fill = |text: &str| {
        values.iter().fold(text.trim().to_owned(), |text, (name, value)| text.replace(name, value))
    };
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let parcel = Parcel {
        line: hand.case.line.clone(),
        subject: fill(&text.subject),
        body: fill(&text.body),
        called: format!("letter-{digits}.html"),
        document: sheet.document(),
        files: posting.files,
    };
    let mail = Mail {
        id: fresh_id(),
        kind: posting.kind.as_str().to_owned(),
        case: hand.case.id.clone(),
        load: Load::Letter(posting.letter.to_owned()),
        recipient: posting.address,
        language: sheet.language.clone(),
        facts: serde_json::to_string(&parcel).map_err(|error| Error::Unavailable(error.to_string()))?,
        sealed: None,
        state: "waiting".to_owned(),
        tries: 0,
        next_try_at: Some(hand.now),
        fault: None,
        created_at: hand.now,
        sent_at: None,
    };
    Ok(store::mails::insert(hand.tx, &mail)?)
}

/// The line's name, or the house's: who runs a dialogue stands in the letter alone.
fn sender(hand: &CaseWork<'_, '_>, language: &str) -> String {
    let own = hand.house.lines.get(&hand.case.line).and_then(|line| line.sender.get(language));
    own.cloned().unwrap_or_else(|| hand.house.letters.sender(language).to_owned())
}

impl Switchboard {
    /// A mail with a letter as it goes out.
    pub(super) async fn unpacked(&self, mail: &Mail) -> Result<Letter, MailError> {
        let parcel: Parcel =
            serde_json::from_str(&mail.facts).map_err(|error| MailError::Unclear(error.to_string()))?;
        let mut enclosed = vec![Enclosure {
            called: parcel.called,
            media_type: "text/html; charset=utf-8".to_owned(),
            bytes: parcel.document.into_bytes(),
        }];
        for file in parcel.files {
            let bytes = self.fetched(&file).await?;
            enclosed.push(Enclosure { called: file.called, media_type: file.media_type, bytes });
        }
        Ok(Letter {
            id: mail.id.clone(),
            from: self.house.sender_of(&parcel.line),
            to: mail.recipient.clone(),
            subject: parcel.subject,
            body: parcel.body,
            enclosed,
        })
    }

    /// A file as it was when the letter was issued; one that was erased or changed since is sent by nobody.
    async fn fetched(&self, file: &ParcelFile) -> Result<Vec<u8>, MailError> {
        let gone = || MailError::Refused(format!("{} is gone or was changed", file.called));
        let id = file.attachment.clone();
        let row = self
            .store
            .read(move |tx| store::attachments::get(tx, &id))
            .await
            .map_err(|error| MailError::Unclear(error.to_string()))?;
        if row.state != "kept" {
            return Err(gone());
        }
        let bytes = self.whole_file(&file.place).await.map_err(|error| match error {
            ShelfError::NotThere => gone(),
            other => MailError::Unclear(other.to_string()),
        })?;
        let same = secrets::hexadecimal(&Sha256::digest(&bytes)) == file.sha256;
        if same { Ok(bytes) } else { Err(gone()) }
    }

    async fn whole_file(&self, place: &str) -> Result<Vec<u8>, ShelfError> {
        const PIECE: usize = 1024 * 1024;
        let mut bytes = Vec::new();
        loop {
            let piece = self.files.piece(place, bytes.len() as u64, PIECE).await?;
            if piece.is_empty() {
                return Ok(bytes);
            }
            bytes.extend(piece);
        }
    }
}
