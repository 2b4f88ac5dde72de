//! Who works in the demo: the accounts that a newcomer may use, and their colleagues.

use std::collections::BTreeMap;

use domain::{Language, PersonId, PhoneNumber, Role, Secret, Timestamp};
use store::people::Person;
use store::{Store, Tx};
use switchboard::Switchboard;
use switchboard::people::NewPerson;

/// The password of every account. It opens nothing but invented data on a database of its own.
pub(crate) const PASSWORD: &str = "hotline-demo";

/// Everybody.
#[derive(Debug, Clone)]
pub(crate) struct People {
    /// Of the Chinese line.
    pub(crate) agents: Vec<Person>,
    /// Of the Danish line.
    pub(crate) danish_agent: Person,
    pub(crate) supervisor: Person,
    /// One per department, by its code.
    pub(crate) handlers: BTreeMap<String, Person>,
}

/// A colleague: log-in, name, role, department, extension, language of the screens.
type Colleague<'a> = (&'a str, &'a str, Role, Option<&'a str>, Option<&'a str>, &'a str);

const DESK: &[Colleague<'_>] = &[
    ("agent", "林晓雯", Role::Agent, None, Some("8001"), "en"),
    ("agent2", "周海涛", Role::Agent, None, Some("8002"), "zh-CN"),
    ("agent3", "何静怡", Role::Agent, None, Some("8003"), "zh-CN"),
    ("agent-da", "Mette Skovgaard", Role::Agent, None, Some("8004"), "da"),
    ("supervisor", "陈立新", Role::Supervisor, None, None, "en"),
    ("admin", "方远", Role::Administrator, None, None, "en"),
];

/// Names of handlers, in the order of the departments.
const HANDLERS: &[&str] = &[
    "赵敏",
    "孙国强",
    "吴佳",
    "郑文博",
    "王丽娟",
    "冯志远",
    "蒋雪",
    "沈建平",
    "韩梅",
    "杨帆",
    "朱德明",
    "秦岚",
    "许卫东",
    "吕思源",
    "邹明慧",
];

/// Adds everybody. The handler of the first department logs in as `handler`, the others as their department.
pub(crate) async fn add(board: &Switchboard, store: &Store) -> anyhow::Result<People> {
    let departments: Vec<String> =
        board.house().directory.departments.iter().map(|department| department.code.clone()).collect();
    let mut all = DESK.to_vec();
    for (place, code) in departments.iter().enumerate() {
        let login = if place == 0 { "handler" } else { code.as_str() };
        let name = HANDLERS.get(place % HANDLERS.len()).copied().unwrap_or("赵敏");
        let language = if place == 0 { "en" } else { "zh-CN" };
        all.push((login, name, Role::Handler, Some(code), None, language));
    }
    let Some((first, rest)) = all.split_first() else { anyhow::bail!("nobody works here") };
    let first = board.add_person(new_person(first)?, "demo").await?;
    let rest = rest.iter().map(|one| person(one, first.created_at)).collect::<anyhow::Result<Vec<_>>>()?;
    let (login, stored) = (first.login.clone(), rest.clone());
    store.write(move |tx| add_like(tx, &login, &stored)).await?;
    arrange(first, rest)
}

/// Adds the others with the first one's password text: hashing it for each would take seconds.
fn add_like(tx: &mut Tx<'_>, login: &str, people: &[Person]) -> store::Result<()> {
    let first = store::people::by_login(tx, login)?.ok_or(store::Error::NotFound)?;
    people.iter().try_for_each(|person| store::people::add(tx, person, &first.password))
}

fn new_person((login, name, role, department, phone, language): &Colleague<'_>) -> anyhow::Result<NewPerson> {
    Ok(NewPerson {
        login: (*login).to_owned(),
        name: (*name).to_owned(),
        role: *role,
        department: department.map(str::to_owned),
        phone: phone.map(PhoneNumber::parse).transpose()?,
        language: Language::parse(language)?,
        password: Secret::new(PASSWORD),
    })
}

fn person(colleague: &Colleague<'_>, created_at: Timestamp) -> anyhow::Result<Person> {
    let new = new_person(colleague)?;
    Ok(Person {
        id: PersonId::new(format!("demo-{}", new.login)),
        login: new.login,
        name: new.name,
        role: new.role,
        department: new.department,
        phone: new.phone,
        language: new.language,
        created_at,
        disabled_at: None,
    })
}

fn arrange(first: Person, rest: Vec<Person>) -> anyhow::Result<People> {
    let find = |login: &str| {
        rest.iter()
            .find(|person| person.login == login)
            .cloned()
            .ok_or_else(|| anyhow::anyhow!("{login} is missing"))
    };
    let of_department = |person: &Person| Some((person.department.clone()?, person.clone()));
    Ok(People {
        danish_agent: find("agent-da")?,
        supervisor: find("supervisor")?,
        agents: vec![first, find("agent2")?, find("agent3")?],
        handlers: rest.iter().filter_map(of_department).collect(),
    })
}
