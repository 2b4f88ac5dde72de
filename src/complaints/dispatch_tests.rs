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
    let regions = domain::directory::Directory::regions(&institutions);
    let known = Known { departments: &codes, categories: &CATEGORIES, regions: &regions };
    DispatchRules::parse(text, "dispatch.toml", &known)
}

fn somewhere(category: &str) -> Complained<'_> {
    Complained { category, region: None }
}

#[test]
fn every_category_has_a_department_in_every_profile() {
    let table = table(TABLE).unwrap();
    for profile in ["cn-gov", "dk", "generic"] {
        for request_type in RequestType::ALL {
            for category in CATEGORIES {
                assert!(
                    table.propose(profile, *request_type, somewhere(category)).is_some(),
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
        let proposal = table.propose(profile, request_type, somewhere(category)).unwrap();
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
fn a_region_has_its_own_department_but_never_against_what_binds_everywhere() {
    let table = table(TABLE).unwrap();
    let propose = |category, region| {
        let proposal =
            table.propose("cn-gov", RequestType::Complaint, Complained { category, region }).unwrap();
        (proposal.rule, proposal.department)
    };
    assert_eq!(propose("environment", Some("城中区")), propose("environment", None));
    assert_eq!(
        propose("environment", Some("北坪区")),
        ("beiping-environment".into(), "beiping-health-office".into())
    );
    // A rule for everything in a region goes before those by category, save where the law binds.
    let whole = TABLE.replacen(
        "[[rule]]\n",
        "[[rule]]\nid = \"east\"\nregion = \"东湖区\"\n\
        department = \"beiping-health-office\"\nstrength = \"default\"\nremarks = {}\n\n[[rule]]\n",
        1,
    );
    let table = self::table(&whole).unwrap();
    let rule = |category, region| {
        table.propose("cn-gov", RequestType::Complaint, Complained { category, region }).unwrap().rule
    };
    assert_eq!(rule("quality", Some("东湖区")), "east");
    assert_eq!(rule("quality", Some("西山区")), rule("quality", None));
    assert_eq!(
        rule("unlicensed", Some("东湖区")),
        rule("unlicensed", None),
        "licences are supervised in one place"
    );
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
            TABLE.replace("region = \"北坪区\"", "region = \"北平区\""),
            line("id = \"beiping-environment\""),
            "no region",
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
