//! Accounts: made by the administrator, the command line or the set-up link of an empty house.

use domain::{Language, PersonId, PhoneNumber, Role, Timestamp};
use store::people::Person;

use crate::audit::{self, HOUSE};
use crate::rights::{Administrator, Desk, Right};
use crate::{Error, Result, Switchboard, fresh_id, secrets};

/// Fewest characters of a password.
pub const SHORTEST_PASSWORD: usize = 10;

/// Setting that holds the set-up token at rest while there is nobody.
const SETUP: &str = "setup_token";

/// An account to be made.
#[derive(Debug, Clone)]
pub struct NewPerson {
    pub login: String,
    pub name: String,
    pub role: Role,
    pub department: Option<String>,
    pub phone: Option<PhoneNumber>,
    pub language: Language,
    pub password: domain::Secret,
}

impl Switchboard {
    /// Adds an account from the command line or the demo; `actor` goes into the audit trail.
    pub async fn add_person(&self, new: NewPerson, actor: &str) -> Result<Person> {
        let (person, password) = self.checked(new).await?;
        let (stored, actor) = (person.clone(), actor.to_owned());
        self.store
            .write(move |tx| -> Result<()> {
                store::people::add(tx, &stored, &password).map_err(taken)?;
                let object = format!("person:{}", stored.id);
                Ok(audit::record(tx, stored.created_at, &actor, "account-added", &object, None)?)
            })
            .await?;
        Ok(person)
    }

    /// Everybody with an account, by login.
    pub async fn people(&self) -> Result<Vec<Person>> {
        self.store.read(|tx| Ok(store::people::list(tx)?)).await
    }

    /// The person with this login.
    pub async fn person_by_login(&self, login: &str) -> Result<Person> {
        let login = login.trim().to_lowercase();
        let found =
            self.store.read(move |tx| -> Result<_> { Ok(store::people::by_login(tx, &login)?) }).await?;
        found.map(|credentials| credentials.person).ok_or(Error::NotFound)
    }

    /// Sets a new password, lifts a lock and ends the person's sessions.
    pub async fn set_password(&self, id: &PersonId, password: domain::Secret, actor: &str) -> Result<()> {
        check_password(password.reveal())?;
        let hash = secrets::hash_password(password.reveal().to_owned()).await?;
        self.change(id, actor, "password-set", move |tx, id, _| {
            store::people::set_password(tx, id, &hash)?;
            store::sessions::close_all_of(tx, id)
        })
        .await
    }

    /// Disables an account and ends its sessions at once.
    pub async fn disable_person(&self, id: &PersonId, actor: &str) -> Result<()> {
        self.change(id, actor, "account-disabled", |tx, id, now| {
            store::people::set_disabled(tx, id, Some(now))?;
            store::sessions::close_all_of(tx, id)
        })
        .await
    }

    /// Lets a disabled account in again.
    pub async fn enable_person(&self, id: &PersonId, actor: &str) -> Result<()> {
        self.change(id, actor, "account-enabled", |tx, id, _| store::people::set_disabled(tx, id, None)).await
    }

    /// While nobody has an account: a fresh one-time address that makes the first administrator. Earlier
    /// addresses stop working.
    pub async fn setup_link(&self) -> Result<Option<String>> {
        let token = secrets::token()?;
        let kept = secrets::at_rest(&token);
        let empty = self
            .store
            .write(move |tx| -> Result<bool> {
                if store::people::any(tx)? {
                    store::settings::remove(tx, SETUP)?;
                    return Ok(false);
                }
                store::settings::write(tx, SETUP, &kept)?;
                Ok(true)
            })
            .await?;
        Ok(empty.then(|| format!("{}/setup/{token}", self.house.public_url)))
    }

    /// Whether `token` would make the first administrator.
    pub async fn setup_open(&self, token: &str) -> Result<bool> {
        let kept = secrets::at_rest(token);
        self.store
            .read(move |tx| Ok(store::settings::read(tx, SETUP)?.as_deref() == Some(kept.as_str())))
            .await
    }

    /// Makes the first administrator and burns the link.
    pub async fn set_up(&self, token: &str, mut new: NewPerson) -> Result<Person> {
        new.role = Role::Administrator;
        let (person, password) = self.checked(new).await?;
        let (stored, kept) = (person.clone(), secrets::at_rest(token));
        self.store
            .write(move |tx| -> Result<()> {
                if store::settings::read(tx, SETUP)?.as_deref() != Some(kept.as_str()) {
                    return Err(Error::NotFound);
                }
                store::settings::remove(tx, SETUP)?;
                store::people::add(tx, &stored, &password).map_err(taken)?;
                let object = format!("person:{}", stored.id);
                Ok(audit::record(tx, stored.created_at, HOUSE, "first-administrator", &object, None)?)
            })
            .await?;
        Ok(person)
    }

    async fn checked(&self, new: NewPerson) -> Result<(Person, String)> {
        let login = new.login.trim().to_lowercase();
        let name = new.name.trim().to_owned();
        let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_@".contains(c);
        if login.is_empty() || login.len() > 64 || !login.chars().all(fine) {
            return Err(Error::refused("refused-login-form"));
        }
        if name.is_empty() || name.chars().count() > 100 {
            return Err(Error::refused("refused-name-missing"));
        }
        check_password(new.password.reveal())?;
        if new.role == Role::Handler && new.department.is_none() {
            return Err(Error::refused("refused-handler-without-department"));
        }
        if new.department.as_deref().is_some_and(|code| self.house.directory.department(code).is_none()) {
            return Err(Error::refused("refused-unknown-department"));
        }
        let hash = secrets::hash_password(new.password.reveal().to_owned()).await?;
        let person = Person {
            id: PersonId::new(fresh_id()),
            login,
            name,
            role: new.role,
            department: new.department,
            phone: new.phone,
            language: new.language,
            created_at: self.now(),
            disabled_at: None,
        };
        Ok((person, hash))
    }

    /// Changes one account and writes the trail, in one transaction.
    async fn change<F>(&self, id: &PersonId, actor: &str, action: &'static str, work: F) -> Result<()>
    where
        F: Fn(&mut store::Tx<'_>, &PersonId, Timestamp) -> store::Result<()> + Send + 'static,
    {
        let (id, actor, now) = (id.clone(), actor.to_owned(), self.now());
        self.store
            .write(move |tx| -> Result<()> {
                store::people::find(tx, &id)?.ok_or(Error::NotFound)?;
                work(tx, &id, now)?;
                Ok(audit::record(tx, now, &actor, action, &format!("person:{id}"), None)?)
            })
            .await
    }
}

impl<R: Right> Desk<R> {
    /// Sets the language of one's own screens.
    pub async fn choose_language(&self, language: Language) -> Result<()> {
        let id = self.person().id.clone();
        self.board.store.write(move |tx| Ok(store::people::set_language(tx, &id, &language)?)).await
    }
}

impl Desk<Administrator> {
    /// Everybody with an account.
    pub async fn accounts(&self) -> Result<Vec<Person>> {
        self.board.people().await
    }

    /// Adds an account.
    pub async fn add_account(&self, new: NewPerson) -> Result<Person> {
        self.board.add_person(new, self.person().id.as_str()).await
    }

    /// Sets another person's password.
    pub async fn reset_password(&self, id: &PersonId, password: domain::Secret) -> Result<()> {
        self.board.set_password(id, password, self.person().id.as_str()).await
    }

    /// Disables an account; one's own is refused, so that somebody can still let people in.
    pub async fn disable(&self, id: &PersonId) -> Result<()> {
        if *id == self.person().id {
            return Err(Error::refused("refused-disable-oneself"));
        }
        self.board.disable_person(id, self.person().id.as_str()).await
    }

    /// Lets a disabled account in again.
    pub async fn enable(&self, id: &PersonId) -> Result<()> {
        self.board.enable_person(id, self.person().id.as_str()).await
    }
}

fn check_password(password: &str) -> Result<()> {
    if password.chars().count() < SHORTEST_PASSWORD || password.len() > 1024 {
        return Err(Error::refused("refused-password-short"));
    }
    Ok(())
}

fn taken(error: store::Error) -> Error {
    match error {
        store::Error::Conflict(_) => Error::refused("refused-login-taken"),
        other => other.into(),
    }
}
