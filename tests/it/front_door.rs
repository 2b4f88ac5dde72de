//! The front door, knocked on wrongly: one clear message with place and remedy, exit code 2, no panic.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of one test, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("hotline-front-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Writes a configuration with its own database and a free port, and `text` after it.
    fn config(&self, text: &str) -> PathBuf {
        let path = self.0.join("hotline.toml");
        std::fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).unwrap();
    }
}

fn hotline(arguments: &[&str], config: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hotline"));
    command.args(arguments).arg("--config").arg(config).env_clear();
    command.output().unwrap()
}

/// What the program said on its way out, after checking that it went out properly.
fn refused(arguments: &[&str], config: &Path) -> String {
    let output = hotline(arguments, config);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    // Before it there may be lines of the log.
    let at = said.find("hotline: ").unwrap_or_else(|| panic!("no message: {said}"));
    said[at..].to_owned()
}

#[test]
fn an_unknown_key_is_named_with_file_and_line() {
    let folder = Folder::new("key");
    let config = folder.config("[server]\nlisten = \"127.0.0.1:0\"\nlissten = \"x\"\n");
    let said = refused(&["serve"], &config);
    assert!(said.contains(&format!("{}:3: unknown key server.lissten", config.display())), "{said}");
    assert!(said.contains("did you mean server.listen?"), "{said}");
}

#[test]
fn broken_toml_is_named_with_file_and_line() {
    let folder = Folder::new("toml");
    let config = folder.config("[server]\nlisten = \"127.0.0.1:0\n");
    let said = refused(&["serve"], &config);
    assert!(said.contains(&format!("{}:2: ", config.display())), "{said}");
}

#[test]
fn a_missing_configuration_file_is_named() {
    let folder = Folder::new("missing");
    let said = refused(&["check-config"], &folder.0.join("nowhere.toml"));
    assert!(said.contains("nowhere.toml") && said.contains("--config"), "{said}");
}

#[test]
fn a_wrong_database_address_is_refused() {
    let folder = Folder::new("url");
    let config = folder.config("[store]\nurl = \"mysql://somewhere\"\n");
    let said = refused(&["serve"], &config);
    assert!(said.contains("hotline.toml:2: store.url") && said.contains("sqlite:PATH"), "{said}");
}

#[test]
fn a_file_that_is_no_database_is_named() {
    let folder = Folder::new("database");
    let path = folder.0.join("not.db");
    std::fs::write(
        &path,
        "this is a letter, not a database, and it is long enough to be read as a header\n".repeat(40),
    )
    .unwrap();
    let config = folder.config("[server]\nlisten = \"127.0.0.1:0\"\n[store]\nurl = \"sqlite:not.db\"\n");
    let said = refused(&["serve"], &config);
    assert!(said.contains("not.db"), "{said}");
}

#[test]
fn an_occupied_port_is_named_with_the_way_out() {
    let folder = Folder::new("port");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let config =
        folder.config(&format!("[server]\nlisten = \"{address}\"\n[store]\nurl = \"sqlite:a.db\"\n"));
    let said = refused(&["serve"], &config);
    assert!(said.contains(&address.to_string()) && said.contains("--listen"), "{said}");
    assert!(!folder.0.join("a.db").exists(), "a service that cannot serve must not touch the database");
}

#[test]
fn faults_in_tables_are_listed_together() {
    let folder = Folder::new("tables");
    std::fs::write(folder.0.join("laws.toml"), "[[law]]\nid = 3\n").unwrap();
    std::fs::create_dir_all(folder.0.join("calendars")).unwrap();
    std::fs::write(folder.0.join("calendars/ours.toml"), "id = \"ours\"\nzone = \"Nowhere\"\n").unwrap();
    let config = folder.config("[data]\ntables = \".\"\n");
    let said = refused(&["check-config"], &config);
    assert!(said.contains("laws.toml:2: ") && said.contains("calendars/ours.toml:"), "{said}");
}

#[test]
fn codes_that_nobody_knows_are_named_with_file_and_entry() {
    let folder = Folder::new("codes");
    let changed = |name: &str, shipped: &str, from: &str, to: &str| {
        assert!(shipped.contains(from), "{name}");
        std::fs::write(folder.0.join(name), shipped.replacen(from, to, 1)).unwrap();
    };
    changed(
        "crosswalks.toml",
        include_str!("../../config/crosswalks.toml"),
        "to = \"institutional-processes\"",
        "to = \"weather\"",
    );
    changed(
        "departments.toml",
        include_str!("../../config/departments.toml"),
        "institution = \"yunhe-first\"",
        "institution = \"yunhe-ninth\"",
    );
    let said = refused(&["check-config"], &folder.config("[data]\ntables = \".\"\n"));
    for fault in [
        "crosswalks.toml:18: map to hcat 1, entry process → weather: hcat has no code weather",
        "department yunhe-first-complaints belongs to yunhe-ninth, which is no institution",
    ] {
        assert!(said.contains(fault), "{fault} in {said}");
    }
    changed(
        "institutions.toml",
        include_str!("../../config/institutions.toml"),
        "successor = \"yunhe-third\"",
        "successor = \"yunhe-ninth\"",
    );
    let said = refused(&["check-config"], &folder.config("[data]\ntables = \".\"\n"));
    assert!(said.contains("institution yunhe-fourth: the successor yunhe-ninth does not exist"), "{said}");
}

#[test]
fn phrases_and_articles_of_the_place_are_held_to_the_rules_of_the_shipped_ones() {
    let folder = Folder::new("knowledge");
    std::fs::create_dir_all(folder.0.join("articles")).unwrap();
    let phrases = include_str!("../../config/phrases.toml").replacen("\"110\"", "\"the police\"", 1);
    std::fs::write(folder.0.join("phrases.toml"), phrases).unwrap();
    let article = include_str!("../../config/articles/cn-how-long.toml");
    let article = article.replace("{limit:cn-acknowledge}", "{limit:cn-nothing}");
    std::fs::write(folder.0.join("articles/cn-how-long.toml"), article).unwrap();
    let said = refused(&["check-config"], &folder.config("[data]\ntables = \".\"\n"));
    for fault in [
        "phrase threat-others-cn: \"the police\" is no number that can be called",
        "articles/cn-how-long.toml:1: article cn-how-long version 1 tells the limit of cn-nothing",
    ] {
        assert!(said.contains(fault), "{fault} in {said}");
    }
}

#[test]
fn the_shipped_configuration_is_good_from_any_folder() {
    let folder = Folder::new("shipped");
    let config = folder.config("");
    let output = Command::new(env!("CARGO_BIN_EXE_hotline"))
        .args(["check-config", "--config"])
        .arg(&config)
        .current_dir(&folder.0)
        .env_clear()
        .output()
        .unwrap();
    let (said, complaint) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{complaint}");
    assert!(said.contains("line 12320: ") && said.contains("line dialog: "), "{said}");
}

#[test]
fn an_account_is_made_listed_and_disabled_without_a_password_on_the_command_line() {
    let folder = Folder::new("user");
    let config = folder.config("[store]\nurl = \"sqlite:users.db\"\n");
    let user = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_hotline"))
            .arg("user")
            .arg("--config")
            .arg(&config)
            .args(arguments)
            .env_clear()
            .stdin(std::process::Stdio::null())
            .output()
            .unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let (code, said, complaint) = user(&["add", "lin", "--role", "agent", "--phone", "8001"]);
    assert_eq!(code, Some(0), "{complaint}");
    assert!(said.contains("lin added as agent") && said.contains("password: "), "{said}");
    assert_eq!(user(&["disable", "lin"]).0, Some(0));
    assert!(user(&["list"]).1.contains("disabled"));
    let (code, _, complaint) = user(&["passwd", "nobody"]);
    assert_eq!(code, Some(2));
    assert!(complaint.contains("there is no account nobody"), "{complaint}");
    let (code, _, complaint) = user(&["add", "x", "--role", "boss"]);
    assert_eq!(code, Some(2));
    assert!(complaint.contains("agent, handler, supervisor, administrator"), "{complaint}");
}

#[test]
fn a_reader_that_has_gone_is_no_fault() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hotline"));
    command.args(["script", "check", "tests/faulty-scripts"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!said.contains("panicked"), "{said}");
    assert_eq!(output.status.code(), Some(1), "{said}");
}
