//! People with an account, and their password as an argon2id text.

use domain::{Language, PersonId, PhoneNumber, Role, Timestamp};

use crate::{Error, Result, Row, Tx, params};

/// A person with an account. The password is never part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    /// What is typed at log-in, lower case.
    pub login: String,
    pub name: String,
    pub role: Role,
    /// Code of the department a handler works in.
    pub department: Option<String>,
    /// The telephone that rings for this person, as an extension.
    pub phone: Option<PhoneNumber>,
    /// Language of the screens.
    pub language: Language,
    pub created_at: Timestamp,
    pub disabled_at: Option<Timestamp>,
}

/// What a log-in is checked against.
#[derive(Debug, Clone)]
pub struct Credentials {
    pub person: Person,
    /// The argon2id text.
    pub password: String,
    /// Wrong tries since the last good one or the last lock.
    pub failed_tries: u32,
    pub locked_until: Option<Timestamp>,
}

const COLUMNS: &str = "id, login, name, role, department, phone, language, created_at, disabled_at";

/// Stores a new person; a login that is taken is a [`Error::Conflict`].
pub fn add(tx: &mut Tx<'_>, person: &Person, password: &str) -> Result<()> {
    tx.execute(
        "INSERT INTO people (id, login, name, role, department, phone, language, password, failed_tries,
            created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9)",
        params![
            &person.id,
            &person.login,
            &person.name,
            person.role.as_str(),
            person.department.as_deref(),
            person.phone.as_ref().map(PhoneNumber::as_str),
            person.language.as_str(),
            password,
            person.created_at
        ],
    )?;
    Ok(())
}

/// Whether anybody has an account.
pub fn any(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(tx.first("SELECT id FROM people LIMIT 1", &[])?.is_some())
}

/// The person with this id.
pub fn find(tx: &mut Tx<'_>, id: &PersonId) -> Result<Option<Person>> {
    let sql = format!("SELECT {COLUMNS} FROM people WHERE id = $1");
    tx.first(&sql, params![id])?.map(|row| read(&row)).transpose()
}

/// The person with this login.
pub fn by_login(tx: &mut Tx<'_>, login: &str) -> Result<Option<Credentials>> {
    let sql = format!("SELECT {COLUMNS}, password, failed_tries, locked_until FROM people WHERE login = $1");
    let Some(row) = tx.first(&sql, params![login])? else { return Ok(None) };
    Ok(Some(Credentials {
        person: read(&row)?,
        password: row.get(9)?,
        failed_tries: row.get(10)?,
        locked_until: row.get(11)?,
    }))
}

/// Everybody, by login.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Person>> {
    let sql = format!("SELECT {COLUMNS} FROM people ORDER BY login");
    tx.query(&sql, &[])?.iter().map(read).collect()
}

/// Keeps the count of wrong tries, and the lock they led to.
pub fn note_tries(tx: &mut Tx<'_>, id: &PersonId, tries: u32, locked_until: Option<Timestamp>) -> Result<()> {
    tx.execute(
        "UPDATE people SET failed_tries = $1, locked_until = $2 WHERE id = $3",
        params![tries, locked_until, id],
    )?;
    Ok(())
}

/// Sets another password and lifts a lock.
pub fn set_password(tx: &mut Tx<'_>, id: &PersonId, password: &str) -> Result<()> {
    tx.execute(
        "UPDATE people SET password = $1, failed_tries = 0, locked_until = NULL WHERE id = $2",
        params![password, id],
    )?;
    Ok(())
}

/// Disables the account at `at`, or enables it again.
pub fn set_disabled(tx: &mut Tx<'_>, id: &PersonId, at: Option<Timestamp>) -> Result<()> {
    tx.execute("UPDATE people SET disabled_at = $1 WHERE id = $2", params![at, id])?;
    Ok(())
}

/// Sets the language of a person's screens.
pub fn set_language(tx: &mut Tx<'_>, id: &PersonId, language: &Language) -> Result<()> {
    tx.execute("UPDATE people SET language = $1 WHERE id = $2", params![language.as_str(), id])?;
    Ok(())
}

/// Reads the columns of a person, in the order in which this file selects them.
pub(crate) fn read(row: &Row) -> Result<Person> {
    let broken = |what: &str| Error::Broken(format!("people.{what} holds what this version does not know"));
    Ok(Person {
        id: row.get(0)?,
        login: row.get(1)?,
        name: row.get(2)?,
        role: row.get::<String>(3)?.parse().map_err(|_| broken("role"))?,
        department: row.get(4)?,
        phone: row
            .get::<Option<String>>(5)?
            .map(|text| PhoneNumber::parse(&text))
            .transpose()
            .map_err(|_| broken("phone"))?,
        language: Language::parse(&row.get::<String>(6)?).map_err(|_| broken("language"))?,
        created_at: row.get(7)?,
        disabled_at: row.get(8)?,
    })
}
