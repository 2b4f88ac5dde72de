//! `hotline dial` prints golden calls: what was heard on a real call is read back and played through the script with
//! the same result.

use std::path::Path;
use std::process::Command;

use callflow::transcript;

use crate::service::{Folder, Service};

/// What a call of these keys printed.
fn dial(service: &Service, keys: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_hotline"))
        .args(["dial", "12320", "--keys", keys, "--service"])
        .arg(format!("http://{}", service.address))
        .env_clear()
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

fn with_switch(folder: &Path) -> Service {
    Service::start_with(folder, "a secret of the dialling", "[switch]\non = true\n")
}

#[test]
fn a_dialled_call_is_a_golden_call() {
    let folder = Folder::new("dial");
    let service = with_switch(&folder.0);
    let script = crate::golden_calls::shipped_script("12320");
    for keys in ["wait,*,wait,hang-up", "wait,4,00001234#,hang-up", "wait,8,wait,7,hang-up"] {
        let printed = dial(&service, keys);
        let scenario = transcript::read(&printed).unwrap_or_else(|fault| panic!("{fault} in\n{printed}"));
        let played =
            transcript::play(&script, &scenario).unwrap_or_else(|fault| panic!("{fault} in\n{printed}"));
        let differences = transcript::compare(&scenario, &played);
        assert!(differences.is_empty(), "{differences:#?} in\n{printed}");
        assert_eq!(scenario.parts.len(), keys.split(',').count() + 1, "{printed}");
    }
}

#[test]
fn a_dialled_call_with_questions_and_notes_is_read_and_filled_in() {
    let folder = Folder::new("dial-ask");
    let service = with_switch(&folder.0);
    let printed = dial(&service, "2,3");
    let scenario = transcript::read(&printed).unwrap_or_else(|fault| panic!("{fault} in\n{printed}"));
    let heard: Vec<&String> = scenario.parts.iter().flat_map(|part| &part.expected).collect();
    assert!(heard.iter().any(|line| line.starts_with("say [en] ")), "{printed}");
    assert!(heard.iter().any(|line| line.starts_with("gather 1 key")), "{printed}");
}
