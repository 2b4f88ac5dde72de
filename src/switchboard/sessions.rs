//! Log-in, sessions, log-out.
//!
//! An unknown login, a disabled or locked account and a wrong password are answered alike, after the same
//! time.

use domain::{Role, Timestamp};
use store::people::{Credentials, Person};
use store::sessions::Session;

use crate::{Error, Result, Switchboard, audit, secrets};

/// Wrong tries before the account is locked.
const MOST_TRIES: u32 = 10;
/// How long a lock lasts.
const LOCK_SECONDS: i64 = 15 * 60;
/// A session without a sign of life ends after this time, except while its agent has a call.
const IDLE_SECONDS: i64 = 30 * 60;
/// A session ends after this time, whatever happens.
const ABSOLUTE_SECONDS: i64 = 12 * 3600;
/// A sign of life is written at most this often.
const TOUCH_SECONDS: i64 = 60;

/// A log-in that worked.
#[derive(Debug, Clone)]
pub struct LoggedIn {
    pub person: Person,
    /// What the browser keeps in its cookie.
    pub token: String,
}

/// Who knocks with a valid session.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub person: Person,
    /// What every form must bring along.
    pub csrf: String,
}

impl Switchboard {
    /// Checks a password and opens a session.
    pub async fn log_in(&self, login: &str, password: domain::Secret) -> Result<LoggedIn> {
        let now = self.now();
        let login = login.trim().to_lowercase();
        let known: Option<Credentials> =
            self.store.read(move |tx| -> Result<_> { Ok(store::people::by_login(tx, &login)?) }).await?;
        let hash = known.as_ref().map(|known| known.password.clone());
        let fits = secrets::password_fits(password.reveal().to_owned(), hash).await?;
        let Some(known) = known else { return Err(Error::refused("refused-login")) };
        let id = known.person.id.clone();
        if known.locked_until.is_some_and(|until| now < until) {
            return Err(Error::refused("refused-login"));
        }
        if !fits || known.person.disabled_at.is_some() {
            return Err(self.wrong_try(&known.person, now).await?);
        }
        let token = secrets::token()?;
        let session = Session {
            token_hash: secrets::at_rest(&token),
            person: id.clone(),
            csrf: secrets::token()?,
            created_at: now,
            seen_at: now,
            expires_at: now.plus_seconds(ABSOLUTE_SECONDS),
        };
        self.store
            .write(move |tx| -> Result<()> {
                store::people::note_tries(tx, &id, 0, None)?;
                store::sessions::open(tx, &session)?;
                Ok(audit::record(tx, now, id.as_str(), "logged-in", &format!("person:{id}"), None)?)
            })
            .await?;
        Ok(LoggedIn { person: known.person, token })
    }

    /// Counts a wrong try, locks at the tenth; what the person is told.
    async fn wrong_try(&self, person: &Person, now: Timestamp) -> Result<Error> {
        let login = person.login.clone();
        self.store
            .write(move |tx| -> Result<Error> {
                // Counted anew in the transaction: tries that come in at the same moment all count.
                let Some(known) = store::people::by_login(tx, &login)? else { return Err(Error::NotFound) };
                let (id, tries) = (known.person.id, known.failed_tries + 1);
                if tries < MOST_TRIES {
                    store::people::note_tries(tx, &id, tries, None)?;
                    return Ok(Error::refused("refused-login"));
                }
                store::people::note_tries(tx, &id, 0, Some(now.plus_seconds(LOCK_SECONDS)))?;
                audit::record(tx, now, audit::HOUSE, "account-locked", &format!("person:{id}"), None)?;
                Ok(Error::refused("refused-login"))
            })
            .await
    }

    /// Who holds this token, if the session still holds.
    pub async fn signed_in(&self, token: &str) -> Result<Option<SignedIn>> {
        let (now, hash) = (self.now(), secrets::at_rest(token));
        let found = self
            .store
            .read(move |tx| -> Result<Option<(Session, Person, bool)>> {
                let Some(session) = store::sessions::find(tx, &hash)? else { return Ok(None) };
                let Some(person) = store::people::find(tx, &session.person)? else { return Ok(None) };
                let busy = person.role != Role::Handler && store::agents::on_a_call(tx, &session.person)?;
                Ok(Some((session, person, busy)))
            })
            .await?;
        let Some((session, person, busy)) = found else { return Ok(None) };
        let idle = now.seconds_since(session.seen_at) > IDLE_SECONDS && !busy;
        if idle || now >= session.expires_at || person.disabled_at.is_some() {
            return Ok(None);
        }
        if now.seconds_since(session.seen_at) >= TOUCH_SECONDS {
            let hash = session.token_hash;
            self.store.write_later(move |tx| Ok::<_, Error>(store::sessions::touch(tx, &hash, now)?)).await?;
        }
        Ok(Some(SignedIn { person, csrf: session.csrf }))
    }

    /// Ends the session of this token.
    pub async fn log_out(&self, token: &str) -> Result<()> {
        let hash = secrets::at_rest(token);
        self.store.write(move |tx| Ok(store::sessions::close(tx, &hash)?)).await
    }
}
