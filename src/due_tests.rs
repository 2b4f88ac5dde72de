//! Tests of `hotline due`.

use super::*;

fn asked(change: impl FnOnce(&mut DueArgs)) -> anyhow::Result<String> {
    let laws = Laws::parse(include_str!("../config/laws.toml"), "laws.toml")?;
    let decrees = Decrees::parse(include_str!("../config/decrees.toml"), "decrees.toml")?;
    let mut calendars = Calendars::default();
    for text in
        [include_str!("../config/calendars/china.toml"), include_str!("../config/calendars/denmark.toml")]
    {
        calendars.add(clocks::Calendar::parse(text, "calendar")?);
    }
    let mut args = DueArgs {
        law: "cn-order3-single".to_owned(),
        from: "2026-02-13T09:00:00+08:00".to_owned(),
        ..DueArgs::default()
    };
    change(&mut args);
    let books = Books { laws: &laws, calendars: &calendars, decrees: &decrees };
    answer(&args, &books, Timestamp::parse("2026-03-10T09:00:00+08:00")?)
}

#[test]
fn the_reckoning_shows_each_day_and_the_law() {
    let text = asked(|args| args.profile = Some("cn-gov".to_owned())).unwrap();
    assert!(text.contains("due: 2026-02-27T23:59:59+08:00\nprovisional: no\n"), "{text}");
    assert!(text.contains("    1  2026-02-14 Sat  make-up workday\n"), "{text}");
    assert!(text.contains("    -  2026-02-16 Mon  Spring Festival\n") && text.contains("第3号"), "{text}");
    assert!(text.contains("warning:  50 % at 2026-02-25T08:45:00+08:00\n"), "{text}");
}

#[test]
fn weeks_and_provisional_deadlines() {
    let text = asked(|args| {
        args.law = "dk-dialogue".to_owned();
        args.from = "2026-02-02T10:00:00+01:00".to_owned();
    });
    assert!(text.unwrap().contains("due: 2026-03-02T23:59:59+01:00"));
    let text = asked(|args| args.from = "2026-12-29T10:00:00+08:00".to_owned()).unwrap();
    assert!(text.contains("due: 2027-01-05") && text.contains("provisional: yes"), "{text}");
}

#[test]
fn pauses_extensions_and_decrees_are_shown() {
    let pause = "2026-02-24T12:00:00+08:00/2026-02-26T12:00:00+08:00/appraisal";
    let text = asked(|args| {
        args.pause.push(pause.to_owned());
        args.extend = Some(2);
    })
    .unwrap();
    assert!(text.contains("(5 + 2 working days)") && text.contains("due: 2026-03-04"), "{text}");
    assert!(text.contains("    -  2026-02-25 Wed  paused: appraisal\n"), "{text}");
    assert!(text.contains("    7  2026-03-04 Wed  working day, extension\n"), "{text}");
    let text = asked(|args| {
        args.law = "dk-dialogue".to_owned();
        args.from = "2020-03-10T10:00:00+01:00".to_owned();
    })
    .unwrap();
    assert!(text.contains("suspended by dk-covid-2020: Bekendtgørelse"), "{text}");
    assert!(text.contains("due: 2020-07-21T23:59:59+02:00"), "{text}");
}

#[test]
fn an_open_pause_ends_as_of_now_for_the_reckoning() {
    let open = "2026-02-24T12:00:00+08:00//appraisal".to_owned();
    let text = asked(|args| args.pause.push(open.clone())).unwrap();
    assert!(text.contains("paused: yes") && text.contains("due: 2026-03-13"), "{text}");
    let text = asked(|args| {
        args.pause.push(open);
        args.as_of = Some("2026-02-25T12:00:00+08:00".to_owned());
    });
    assert!(text.unwrap().contains("due: 2026-02-28"));
}

#[test]
fn json_names_every_day_with_its_reason() {
    let text = asked(|args| args.json = true).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["due_at"], "2026-02-27T23:59:59+08:00");
    assert_eq!((&value["provisional"], &value["unit"]), (&false.into(), &"working_day".into()));
    assert_eq!(value["days"][1]["reason"], "make_up_workday");
    assert_eq!(value["days"][3]["reason"]["holiday"]["zh-CN"], "春节");
    assert_eq!(value["warnings"].as_array().unwrap().len(), 3);
}

#[test]
fn wrong_use_is_explained() {
    type Change = fn(&mut DueArgs);
    let wrong: [(Change, &str); 9] = [
        (|args| args.law = "cn-order4".to_owned(), "known are cn-order3-single"),
        (|args| args.from = "yesterday".to_owned(), "is not a moment"),
        (|args| args.profile = Some("dk".to_owned()), "for profile dk"),
        (|args| args.from = "2018-02-13T09:00:00+08:00".to_owned(), "in force at"),
        (|args| args.pause.push("monday".to_owned()), "is not FROM/TO/REASON"),
        (|args| args.pause.push("2026-02-24T12:00:00+08:00//lunch".to_owned()), "--pause"),
        (|args| args.pause.push("2026-02-24T12:00:00+08:00//agreed".to_owned()), "does not hold the law"),
        (
            |args| {
                args.pause.push("2026-02-24T12:00:00+08:00/2026-02-23T12:00:00+08:00/appraisal".to_owned())
            },
            "ends before it begins",
        ),
        (|args| args.extend = Some(6), "is extended by 5 at most"),
    ];
    for (change, what) in wrong {
        let error = format!("{:#}", asked(change).unwrap_err());
        assert!(error.contains(what), "{error}");
    }
}
