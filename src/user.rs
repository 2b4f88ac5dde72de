//! `hotline user`: accounts from the command line.
//!
//! A password never stands on the command line, where every other user of the machine could read it:
//! it comes on standard input, or one is made up and printed once.

use std::io::{BufRead, IsTerminal};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use domain::{Language, PhoneNumber, Role, Secret};
use switchboard::people::NewPerson;
use switchboard::{Error, Switchboard};

/// Who the audit trail names for what is done here.
const ACTOR: &str = "command-line";

#[derive(Debug, Subcommand)]
pub(crate) enum UserCommand {
    /// Add an account; the password is read from standard input, or made up and printed
    Add(NewAccount),
    /// List all accounts
    List,
    /// Set a new password, lift a lock and end all sessions
    Passwd {
        /// Log-in name
        login: String,
    },
    /// Disable an account and end its sessions at once
    Disable {
        /// Log-in name
        login: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct NewAccount {
    /// Log-in name
    login: String,
    /// agent, handler, supervisor or administrator
    #[arg(long)]
    role: Role,
    /// Name shown to colleagues; the log-in name if left out
    #[arg(long)]
    name: Option<String>,
    /// Department code, for handlers (config/departments.toml)
    #[arg(long)]
    department: Option<String>,
    /// Desk telephone that rings for this person, as 8001
    #[arg(long)]
    phone: Option<String>,
    /// Language of the screens: zh-CN, en or da
    #[arg(long, default_value = "en")]
    language: String,
}

/// Does one command.
pub(crate) async fn run(board: &Switchboard, command: UserCommand) -> anyhow::Result<ExitCode> {
    match command {
        UserCommand::Add(account) => add(board, account).await,
        UserCommand::List => list(board).await,
        UserCommand::Passwd { login } => {
            let person = find(board, &login).await?;
            let (password, made_up) = password()?;
            board.set_password(&person.id, Secret::new(&password), ACTOR).await.map_err(plain)?;
            crate::printing::say!("password of {login} set");
            show(&password, made_up);
            Ok(ExitCode::SUCCESS)
        }
        UserCommand::Disable { login } => {
            let person = find(board, &login).await?;
            board.disable_person(&person.id, ACTOR).await.map_err(plain)?;
            crate::printing::say!("{login} disabled");
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn add(board: &Switchboard, account: NewAccount) -> anyhow::Result<ExitCode> {
    if let Some(code) = &account.department
        && board.house().directory.department(code).is_none()
    {
        bail!("--department: there is no department {code}; config/departments.toml lists them");
    }
    let phone = account.phone.as_deref().map(PhoneNumber::parse).transpose().context("--phone")?;
    let language = Language::parse(&account.language).context("--language")?;
    let (password, made_up) = password()?;
    let new = NewPerson {
        name: account.name.unwrap_or_else(|| account.login.clone()),
        login: account.login.clone(),
        role: account.role,
        department: account.department,
        phone,
        language,
        password: Secret::new(&password),
    };
    board.add_person(new, ACTOR).await.map_err(plain)?;
    crate::printing::say!("{} added as {}", account.login, account.role.as_str());
    show(&password, made_up);
    Ok(ExitCode::SUCCESS)
}

async fn list(board: &Switchboard) -> anyhow::Result<ExitCode> {
    for person in board.people().await.map_err(plain)? {
        let state = if person.disabled_at.is_some() { "disabled" } else { "active" };
        let department = person.department.as_deref().unwrap_or("-");
        crate::printing::say!(
            "{:<20} {:<14} {:<10} {:<28} {}",
            person.login,
            person.role.as_str(),
            state,
            department,
            person.name
        );
    }
    Ok(ExitCode::SUCCESS)
}

async fn find(board: &Switchboard, login: &str) -> anyhow::Result<store::people::Person> {
    match board.person_by_login(login).await {
        Ok(person) => Ok(person),
        Err(Error::NotFound) => bail!("there is no account {login}; `hotline user list` shows all"),
        Err(fault) => Err(plain(fault)),
    }
}

/// From standard input where that is a pipe or a file; made up where it is a terminal. The flag says which.
fn password() -> anyhow::Result<(String, bool)> {
    let input = std::io::stdin();
    if input.is_terminal() {
        return Ok((crate::random::readable(20), true));
    }
    let mut line = String::new();
    input.lock().read_line(&mut line).context("reading the password from standard input")?;
    let typed = line.trim_end_matches(['\r', '\n']);
    if typed.is_empty() { Ok((crate::random::readable(20), true)) } else { Ok((typed.to_owned(), false)) }
}

fn show(password: &str, made_up: bool) {
    if made_up {
        crate::printing::say!("password: {password}  (shown only now)");
    }
}

/// What a refusal means at a prompt, where no screen translates its code.
fn plain(fault: Error) -> anyhow::Error {
    match fault {
        Error::Refused { code, .. } if code == "refused-password-short" => {
            anyhow::anyhow!(
                "the password is too short: give at least {} characters",
                switchboard::people::SHORTEST_PASSWORD
            )
        }
        Error::Refused { code, missing } => {
            anyhow::anyhow!("refused: {} {}", code.trim_start_matches("refused-"), missing.join(", "))
        }
        other => other.into(),
    }
}
