//! The shipped table, and tables that are refused.

use proptest::prelude::*;

use super::*;

fn shipped() -> Destinations {
    Destinations::parse(include_str!("../../config/destinations.toml"), "destinations.toml").unwrap()
}

fn verdict(profile: &str, number: &str) -> Result<(), Denied> {
    shipped().may_call(profile, &PhoneNumber::parse(number).unwrap())
}

#[test]
fn people_at_home_may_be_called() {
    for (profile, number) in [
        ("cn-gov", "13800138000"),
        ("cn-gov", "+8613800138000"),
        ("cn-gov", "008613800138000"),
        ("cn-gov", "01064012345"),
        ("cn-gov", "+861064012345"),
        ("cn-gov", "64012345"),
        ("cn-gov", "12345"),
        ("dk", "97648010"),
        ("dk", "+4597648010"),
        ("dk", "004597648010"),
        ("dk", "+4500001234"),
        ("generic", "5550100"),
    ] {
        assert_eq!(verdict(profile, number), Ok(()), "{profile} {number}");
    }
}

#[test]
fn costly_foreign_and_emergency_numbers_may_not() {
    for (profile, number, why) in [
        ("cn-gov", "120", Denied::Emergency),
        ("cn-gov", "+86110", Denied::Emergency),
        ("cn-gov", "95588", Denied::Short),
        ("cn-gov", "16812345", Denied::Prefix),
        ("cn-gov", "+8616012345", Denied::Prefix),
        ("cn-gov", "13490000000", Denied::Prefix),
        ("cn-gov", "4008001234", Denied::Prefix),
        ("cn-gov", "+4597648010", Denied::Abroad),
        ("cn-gov", "004597648010", Denied::Abroad),
        ("cn-gov", "138001380001", Denied::NotAllowed),
        ("cn-gov", "sip:8001@elsewhere.example", Denied::NotAllowed),
        ("dk", "90123456", Denied::Prefix),
        ("dk", "+4590123456", Denied::Prefix),
        ("dk", "112", Denied::Emergency),
        ("dk", "1813", Denied::Emergency),
        ("dk", "+4512345678", Denied::NotAllowed),
        ("dk", "+299123456", Denied::Abroad),
        ("generic", "+12025550100", Denied::Abroad),
        ("generic", "9005550100", Denied::Prefix),
    ] {
        assert_eq!(verdict(profile, number), Err(why), "{profile} {number}");
    }
}

#[test]
fn an_agents_telephone_may_be_an_extension() {
    let table = shipped();
    let desk = |number: &str| table.may_ring_desk("cn-gov", &PhoneNumber::parse(number).unwrap());
    for number in ["8001", "80011", "sip:8001@hotline.example", "13800138000"] {
        assert_eq!(desk(number), Ok(()), "{number}");
    }
    assert_eq!(desk("120"), Err(Denied::Emergency));
    assert_eq!(desk("+4597648010"), Err(Denied::Abroad));
    assert_eq!(desk("16812345"), Err(Denied::Prefix));
}

#[test]
fn bounds_are_reached_not_passed() {
    let caps = Caps { per_hour: 3, per_hour_of_line: 2, per_number_per_day: 1, most_seconds: 60 };
    let placed =
        |in_hour, in_hour_of_line, to_number_in_day| Placed { in_hour, in_hour_of_line, to_number_in_day };
    assert_eq!(caps.verdict(placed(2, 1, 0)), Ok(()));
    assert_eq!(caps.verdict(placed(2, 1, 1)), Err(Denied::NumberDay));
    assert_eq!(caps.verdict(placed(2, 2, 0)), Err(Denied::LineHour));
    assert_eq!(caps.verdict(placed(3, 1, 0)), Err(Denied::HouseHour));
}

#[test]
fn a_faulty_table_is_refused_with_its_line() {
    let good = include_str!("../../config/destinations.toml");
    for (from, to, what) in [
        ("per_hour = 240", "per_hour = 0", "a bound of 0"),
        ("country = \"+86\"", "country = \"86\"", "not the code of a country"),
        ("lengths = [8, 8]", "lengths = [9, 8]", "lengths that no number has"),
        ("profile = \"dk\"", "profile = \"cn-gov\"", "two rules for one profile"),
        ("prefix = \"168\"", "prefix = \"16x\"", "something else than digits"),
        ("\n[[rule]]\nexit", "\n[[rule]]\nprofile = \"x\"\nexit", "no rule for all other profiles"),
        ("most_seconds = 7200", "most_seconds = 7200\nmost_minutes = 1", "unknown field"),
    ] {
        assert!(good.contains(from), "{from}");
        let fault =
            Destinations::parse(&good.replacen(from, to, 1), "destinations.toml").unwrap_err().to_string();
        assert!(fault.starts_with("destinations.toml:") && fault.contains(what), "{fault}");
    }
}

proptest! {
    /// Whatever is keyed in: never an emergency number, never a premium one, never another country.
    #[test]
    fn no_spelling_gets_round_the_table(keyed in "[+]?[0-9]{2,15}") {
        let number = PhoneNumber::parse(&keyed).unwrap();
        if shipped().may_call("dk", &number).is_ok() {
            let bare = number.as_str().trim_start_matches('+');
            let bare = bare.strip_prefix("0045").or(bare.strip_prefix("45").filter(|_| bare.len() > 8)).unwrap_or(bare);
            prop_assert_eq!(bare.len(), 8, "{}", keyed);
            let nobodys = bare.starts_with(['0', '1']) && !bare.starts_with("0000");
            prop_assert!(!bare.starts_with("90") && !nobodys, "{}", keyed);
        }
    }
}
