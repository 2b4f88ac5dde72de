//! Tests of the dispatch table.

use domain::directory_file::departments;

use super::*;
use crate::{Routes, WrapUpCodes};

const TABLE: &str = include_str!("../../config/dispatch.toml");
const CATEGORIES: [&str; 14] = [
    "quality",
    "safety",
    "attitude",
    "fees",
    "drugs",
    "communication",
    "process",
    "environment",
    "privacy",
    "records",
    "dispute",
    "unlicensed",
    "public_health",
    "other",
];

fn table(text: &str) -> Result<DispatchRules, Fault> {
    let institutions = domain::directory_file::institutions(
        include_str!("../../config/institutions.toml"),
        "institutions.toml",
    )
    .unwrap();
    let departments =
        departments(include_str!("../../config/departments.toml"), "departments.toml", &institutions)
            .unwrap();
    let codes: Vec<_> = departments.iter().map(|department| department.code.as_str()).collect();
    DispatchRules::parse(text, "dispatch.toml", &codes, &CATEGORIES)
}

#[test]
fn every_category_has_a_department_in_every_profile() {
    let table = table(TABLE).unwrap();
    for profile in ["cn-gov", "dk", "generic"] {
        for request_type in RequestType::ALL {
            for category in CATEGORIES {
                assert!(
                    table.propose(profile, *request_type, category).is_some(),
                    "{profile} {request_type} {category}"
                );
            }
        }
    }
}

#[test]
fn the_rule_that_names_most_wins() {
    let table = table(TABLE).unwrap();
    let propose = |profile, request_type, category| {
        let proposal = table.propose(profile, request_type, category).unwrap();
        (proposal.department, proposal.strength)
    };
    let complaint = RequestType::Complaint;
    assert_eq!(propose("cn-gov", complaint, "quality"), ("medical-administration".into(), Strength::Default));
    assert_eq!(propose("cn-gov", complaint, "attitude"), ("service-supervision".into(), Strength::Default));
    assert_eq!(propose("cn-gov", complaint, "unlicensed"), ("health-inspection".into(), Strength::Mandatory));
    assert_eq!(
        propose("cn-gov", RequestType::Report, "drugs"),
        ("drug-administration".into(), Strength::Mandatory)
    );
    assert_eq!(propose("dk", complaint, "quality"), ("doctor-patient-office".into(), Strength::Default));
    assert_eq!(propose("dk", complaint, "privacy"), ("legal-affairs".into(), Strength::Default));
}

#[test]
fn faulty_rules_name_the_line() {
    let line = |needle: &str| TABLE[..TABLE.find(needle).unwrap()].lines().count();
    for (wrong, at, what) in [
        (
            TABLE.replace("department = \"logistics\"", "department = \"cellar\""),
            line("id = \"environment\""),
            "no department",
        ),
        (
            TABLE.replace("category = \"records\"", "category = \"recrods\""),
            line("id = \"records\""),
            "no category",
        ),
        (
            TABLE.replace("id = \"other\"", "id = \"safety\""),
            line("id = \"other\""),
            "what another rule says",
        ),
        (
            TABLE.replace("strength = \"mandatory\"", "strength = \"hard\""),
            line("strength = \"mandatory\"") + 1,
            "unknown variant",
        ),
    ] {
        let fault = table(&wrong).unwrap_err();
        assert!(fault.what.contains(what) && fault.line == at, "{fault}, expected line {at}");
    }
}

#[test]
fn every_kind_of_case_has_a_route_in_three_languages() {
    let text = include_str!("../../config/routes.toml");
    let routes = Routes::parse(text, "routes.toml").unwrap();
    for profile in ["cn-gov", "dk", "generic"] {
        for request_type in [RequestType::Complaint, RequestType::Report, RequestType::Help] {
            for category in CATEGORIES {
                let fitting = routes.for_case(profile, request_type, category);
                assert!(!fitting.is_empty(), "{profile} {request_type} {category}");
                assert!(fitting.iter().all(|route| {
                    ["zh-CN", "en", "da"].iter().all(|language| route.texts.contains_key(*language))
                }));
            }
        }
    }
    let first =
        |profile, category| routes.for_case(profile, RequestType::Complaint, category)[0].code.as_str();
    assert_eq!((first("cn-gov", "fees"), first("dk", "attitude")), ("cn-price", "dk-service"));
    assert!(
        Routes::parse(&text.replace("cn-dispute", "cn-price"), "routes.toml")
            .unwrap_err()
            .what
            .contains("stands twice")
    );
}

#[test]
fn wrap_up_codes_fit_the_keyboard() {
    let text = include_str!("../../config/wrap_up.toml");
    let codes = WrapUpCodes::parse(text, "wrap_up.toml").unwrap();
    assert_eq!(codes.all().len(), 12);
    assert!(codes.get("case_opened").unwrap().makes_case);
    assert!(
        WrapUpCodes::parse(&text.replace("key = \"2\"", "key = \"1\""), "w")
            .unwrap_err()
            .what
            .contains("taken")
    );
    let thirteen = text.replace("\n]", "\n    { code = \"more\", key = \"m\", names = {} },\n]");
    assert!(WrapUpCodes::parse(&thirteen, "w").unwrap_err().what.contains("more than 12"));
}
