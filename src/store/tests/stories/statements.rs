//! The portable SQL we write (db/README.md), held against every statement of the room.

use std::path::Path;

/// Texts between double quotes in a source file, with escapes and line continuations undone.
fn literals(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut letters = source.chars().peekable();
    let mut inside: Option<String> = None;
    while let Some(letter) = letters.next() {
        match (&mut inside, letter) {
            (None, '/') if letters.peek() == Some(&'/') => while letters.next_if(|c| *c != '\n').is_some() {},
            (None, '\'') => {
                // A character literal such as '"' opens no text.
                letters.next_if_eq(&'\\');
                if letters.peek() == Some(&'"') {
                    letters.next();
                }
            }
            (None, '"') => inside = Some(String::new()),
            (None, _) => {}
            (Some(_), '"') => found.extend(inside.take()),
            (Some(text), '\\') => match letters.next() {
                Some('\n') => while letters.next_if(|c| c.is_whitespace()).is_some() {},
                Some(escaped) => text.push(escaped),
                None => {}
            },
            (Some(text), other) => text.push(other),
        }
    }
    found
}

/// Numbers of `$n` in the order they first appear.
fn first_appearances(sql: &str) -> Vec<u32> {
    let mut seen = Vec::new();
    for part in sql.split('$').skip(1) {
        let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
        if let Ok(number) = digits.parse()
            && !seen.contains(&number)
        {
            seen.push(number);
        }
    }
    seen
}

fn sources(folder: &Path, into: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "tests") {
            sources(&path, into);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            into.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

fn statements() -> Vec<(String, String)> {
    let mut files = Vec::new();
    sources(Path::new(env!("CARGO_MANIFEST_DIR")), &mut files);
    let verbs = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "];
    files
        .iter()
        .flat_map(|(file, source)| literals(source).into_iter().map(move |text| (file.clone(), text)))
        .filter(|(_, text)| verbs.iter().any(|verb| text.trim_start().starts_with(verb)))
        .collect()
}

/// SQLite numbers `$n` by first appearance, PostgreSQL by the number: they agree only in ascending order.
#[test]
fn parameters_first_appear_in_ascending_order() {
    let statements = statements();
    assert!(statements.len() > 10, "found only {} statements: is the search broken?", statements.len());
    for (file, sql) in statements {
        let order = first_appearances(&sql);
        let ascending: Vec<u32> = (1..).take(order.len()).collect();
        assert_eq!(order, ascending, "{file}: {sql}");
    }
}

#[test]
fn nothing_is_written_that_only_one_engine_understands() {
    let foreign = [
        "datetime(",
        "strftime(",
        "NOW()",
        "now()",
        "ILIKE",
        "::text",
        "AUTOINCREMENT",
        "INSERT OR ",
        "ROWID",
        "jsonb",
        "json_extract",
    ];
    for (file, sql) in statements() {
        for word in foreign {
            assert!(!sql.contains(word) || sql.contains("refinery"), "{file}: `{word}` in {sql}");
        }
    }
}
