//! What each language says, row by row, and that what is said can be heard as the number it was.

use chrono::{NaiveDate, NaiveTime};
use proptest::prelude::*;

use super::*;

fn language(tag: &str) -> Language {
    Language::parse(tag).unwrap()
}

fn of(tag: &str) -> &'static dyn Tongue {
    tongue(&language(tag))
}

#[test]
fn digits_are_read_one_by_one_in_the_groups_of_the_language() {
    for (tag, text, said) in [
        ("zh-CN", "12320", "1 2 3 2 0"),
        ("zh-CN", "13800138000", "1 3 8, 0 0 1 3, 8 0 0 0"),
        ("zh-CN", "8613800138000", "8 6, 1 3 8, 0 0 1 3, 8 0 0 0"),
        ("zh-CN", "01062345678", "0 1 0, 6 2 3 4, 5 6 7 8"),
        ("zh-CN", "07191234567", "0 7 1 9, 1 2 3, 4 5 6 7"),
        ("zh-CN", "62345678", "6 2 3 4, 5 6 7 8"),
        ("da", "72330500", "7 2, 3 3, 0 5, 0 0"),
        ("da", "112", "1 1 2"),
        ("en", "2026030517", "2 0 2 6, 0 3 0 5, 1 7"),
        ("en", "sip:a@b", "sip:a@b"),
        ("en", "", ""),
        ("fr", "0123456789", "0 1 2 3, 4 5 6 7, 8 9"),
    ] {
        assert_eq!(digits(&language(tag), text), said);
    }
}

#[test]
fn digits_are_spelt_in_words() {
    for (tag, text, one, said) in [
        ("zh-CN", "120", None, "幺二零"),
        ("zh-CN", "110", None, "幺幺零"),
        ("zh-CN", "120", Some("一"), "一二零"),
        ("zh-CN", "13800138000", None, "幺三八, 零零幺三, 八零零零"),
        ("zh-CN", "1 3 8, 0 0 1 3, 8 0 0 0", None, "幺三八, 零零幺三, 八零零零"),
        ("da", "112", None, "et et to"),
        ("da", "112", Some("en"), "en en to"),
        ("da", "+45 72 33 05 00", None, "fire fem, syv to, tre tre, nul fem, nul nul"),
        ("en", "12320", None, "one two three two zero"),
        ("en", "extension", None, "extension"),
        ("en", "", None, ""),
        ("fr", "15", None, "1 5"),
    ] {
        assert_eq!(spelt(of(tag), text, one), said);
    }
}

#[test]
fn chinese_numbers() {
    for (number, said) in [
        (0, "零"),
        (2, "二"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (57, "五十七"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (222, "二百二十二"),
        (1_010, "一千零一十"),
        (2_000, "两千"),
        (2_002, "两千零二"),
        (10_000, "一万"),
        (10_015, "一万零一十五"),
        (22_222, "两万两千二百二十二"),
        (100_010, "十万零一十"),
        (120_000, "十二万"),
        (1_000_001, "一百万零一"),
        (9_999_999, "九百九十九万九千九百九十九"),
        (100_000_001, "一亿零一"),
        (u32::MAX, "四十二亿九千四百九十六万七千二百九十五"),
    ] {
        assert_eq!(of("zh-CN").cardinal(number), said, "{number}");
    }
    assert_eq!((of("zh-CN").counted(2).as_str(), of("zh-CN").counted(12).as_str()), ("两", "十二"));
    assert_eq!(of("zh-CN").ordinal(2), "第二");
}

#[test]
fn danish_numbers_and_their_ordinals() {
    for (number, said, ordinal) in [
        (0, "nul", "nulte"),
        (1, "en", "første"),
        (2, "to", "anden"),
        (5, "fem", "femte"),
        (11, "elleve", "ellevte"),
        (17, "sytten", "syttende"),
        (20, "tyve", "tyvende"),
        (21, "enogtyve", "enogtyvende"),
        (30, "tredive", "tredivte"),
        (31, "enogtredive", "enogtredivte"),
        (44, "fireogfyrre", "fireogfyrretyvende"),
        (50, "halvtreds", "halvtredsindstyvende"),
        (57, "syvoghalvtreds", "syvoghalvtredsindstyvende"),
        (60, "tres", "tresindstyvende"),
        (72, "tooghalvfjerds", "tooghalvfjerdsindstyvende"),
        (85, "femogfirs", "femogfirsindstyvende"),
        (99, "nioghalvfems", "nioghalvfemsindstyvende"),
        (100, "et hundrede", "et hundrede"),
        (105, "et hundrede og fem", "et hundrede og femte"),
        (2_005, "to tusind og fem", "to tusind og femte"),
        (2_345, "to tusind tre hundrede og femogfyrre", "to tusind tre hundrede og femogfyrretyvende"),
        (21_000, "enogtyve tusind", "enogtyve tusind"),
        (1_000_000, "en million", "en million"),
        (9_999_999, "ni millioner ni hundrede og nioghalvfems tusind ni hundrede og nioghalvfems", ""),
    ] {
        assert_eq!(of("da").cardinal(number), said, "{number}");
        assert!(ordinal.is_empty() || of("da").ordinal(number) == ordinal, "{number}");
    }
    assert_eq!(of("da").counted(1), "et");
}

#[test]
fn english_numbers_and_their_ordinals() {
    for (number, said, ordinal) in [
        (0, "zero", "zeroth"),
        (1, "one", "first"),
        (12, "twelve", "twelfth"),
        (20, "twenty", "twentieth"),
        (22, "twenty-two", "twenty-second"),
        (33, "thirty-three", "thirty-third"),
        (58, "fifty-eight", "fifty-eighth"),
        (100, "one hundred", "one hundredth"),
        (105, "one hundred and five", "one hundred and fifth"),
        (1_009, "one thousand and nine", "one thousand and ninth"),
        (12_320, "twelve thousand three hundred and twenty", "twelve thousand three hundred and twentieth"),
        (2_000_001, "two million and one", "two million and first"),
    ] {
        assert_eq!((of("en").cardinal(number), of("en").ordinal(number)), (said.into(), ordinal.into()));
    }
}

#[test]
fn days() {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    for (tag, at, year, said) in [
        ("zh-CN", day(2026, 3, 5), true, "二〇二六年三月五日星期四"),
        ("zh-CN", day(2026, 10, 31), false, "十月三十一日星期六"),
        ("zh-CN", day(2026, 12, 20), false, "十二月二十日星期日"),
        ("da", day(2026, 3, 5), false, "torsdag den femte marts"),
        ("da", day(2026, 3, 5), true, "torsdag den femte marts totusind og seksogtyve"),
        ("da", day(2026, 5, 31), false, "søndag den enogtredivte maj"),
        ("da", day(1957, 1, 1), true, "tirsdag den første januar nittenhundrede og syvoghalvtreds"),
        ("en", day(2026, 3, 5), false, "Thursday the fifth of March"),
        ("en", day(2026, 3, 22), true, "Sunday the twenty-second of March, twenty twenty-six"),
        ("en", day(2005, 8, 1), true, "Monday the first of August, two thousand and five"),
        ("en", day(2000, 8, 1), true, "Tuesday the first of August, two thousand"),
        ("en", day(1905, 8, 1), true, "Tuesday the first of August, nineteen oh five"),
        ("en", day(1900, 8, 1), true, "Wednesday the first of August, nineteen hundred"),
        ("fr", day(2026, 3, 5), true, "2026-03-05"),
    ] {
        assert_eq!(of(tag).date(at, year), said);
    }
}

#[test]
fn times_of_the_day() {
    for (tag, hour, minute, said) in [
        ("zh-CN", 0, 0, "凌晨零点"),
        ("zh-CN", 2, 0, "凌晨两点"),
        ("zh-CN", 8, 5, "上午八点零五分"),
        ("zh-CN", 9, 30, "上午九点半"),
        ("zh-CN", 12, 10, "中午十二点十分"),
        ("zh-CN", 14, 0, "下午两点"),
        ("zh-CN", 20, 45, "晚上八点四十五分"),
        ("da", 0, 0, "klokken nul"),
        ("da", 1, 0, "klokken et"),
        ("da", 9, 0, "klokken ni"),
        ("da", 9, 30, "klokken ni tredive"),
        ("da", 13, 1, "klokken tretten nul et"),
        ("da", 21, 57, "klokken enogtyve syvoghalvtreds"),
        ("en", 0, 0, "midnight"),
        ("en", 0, 15, "twelve fifteen in the morning"),
        ("en", 9, 30, "half past nine in the morning"),
        ("en", 12, 0, "noon"),
        ("en", 13, 0, "one o'clock in the afternoon"),
        ("en", 18, 7, "six oh seven in the evening"),
        ("fr", 9, 5, "9:05"),
    ] {
        assert_eq!(of(tag).time(hour, minute), said);
    }
}

#[test]
fn lengths_of_time_and_moments() {
    for (tag, minutes, said) in [
        ("zh-CN", 2, "两分钟"),
        ("zh-CN", 3, "三分钟"),
        ("zh-CN", 60, "一小时"),
        ("zh-CN", 122, "两小时两分钟"),
        ("da", 1, "et minut"),
        ("da", 3, "tre minutter"),
        ("da", 60, "en time"),
        ("da", 130, "to timer og ti minutter"),
        ("en", 1, "one minute"),
        ("en", 3, "three minutes"),
        ("en", 61, "one hour and one minute"),
        ("en", 120, "two hours"),
        ("fr", 61, "61"),
    ] {
        assert_eq!(of(tag).duration(minutes), said);
    }
    let at = NaiveDate::from_ymd_opt(2026, 3, 5).unwrap().and_time(NaiveTime::from_hms_opt(8, 0, 0).unwrap());
    for (tag, said) in [
        ("zh-CN", "三月五日星期四上午八点"),
        ("da", "torsdag den femte marts klokken otte"),
        ("en", "Thursday the fifth of March at eight o'clock in the morning"),
        ("fr", "2026-03-05 8:00"),
    ] {
        assert_eq!(of(tag).moment(at), said);
    }
}

#[test]
fn places() {
    for (tag, written, said) in [
        ("zh-CN", "解放路12号3楼501室", "解放路十二号三楼五零幺室"),
        ("zh-CN", "北京中路100号", "北京中路幺零零号"),
        ("zh-CN", "人民医院", "人民医院"),
        (
            "da",
            "Algade 15, 2. tv., 4000 Roskilde",
            "Algade femten, anden sal til venstre, fyrre nul nul Roskilde",
        ),
        (
            "da",
            "Finsensvej 57, st. th., 3400 Hillerød",
            "Finsensvej syvoghalvtreds, stuen til højre, fireogtredive nul nul Hillerød",
        ),
        ("da", "Østergade 3, 1. sal", "Østergade tre, første sal"),
        ("da", "Vestergade 112, 3.", "Vestergade et hundrede og tolv, tredje sal"),
        ("da", "Parkvej 21B, 2650 Hvidovre", "Parkvej enogtyve B, seksogtyve halvtreds Hvidovre"),
        ("en", "12 High Street, room 501", "twelve High Street, room five zero one"),
        ("en", "4B Park Lane", "four B Park Lane"),
        ("fr", "12 rue de la Paix", "12 rue de la Paix"),
        ("da", "", ""),
    ] {
        assert_eq!(of(tag).place(written), said);
    }
}

/// Hears a Chinese number as a listener does.
fn heard_chinese(words: &str) -> u64 {
    let (mut all, mut group, mut figure) = (0, 0, 0);
    for word in words.chars() {
        match word {
            '十' => (group, figure) = (group + 10 * figure.max(u64::from(group == 0 && figure == 0)), 0),
            '百' => (group, figure) = (group + 100 * figure, 0),
            '千' => (group, figure) = (group + 1_000 * figure, 0),
            '万' => (all, group, figure) = ((all + group + figure) * 10_000, 0, 0),
            '两' => figure = 2,
            _ => figure = "零一二三四五六七八九".chars().position(|other| other == word).unwrap() as u64,
        }
    }
    all + group + figure
}

/// Hears a Danish or English number: words that add up, and words that multiply what came before.
fn heard(words: &str, values: &[(&str, u64)]) -> u64 {
    let (mut all, mut group) = (0, 0);
    for word in words.split([' ', '-']).filter(|word| !["og", "and"].contains(word)) {
        match word {
            "hundrede" | "hundred" => group *= 100,
            "tusind" | "thousand" => (all, group) = (all + group * 1_000, 0),
            "million" | "millioner" => (all, group) = (all + group * 1_000_000, 0),
            word => group += values.iter().find(|(known, _)| *known == word).unwrap().1,
        }
    }
    all + group
}

fn danish_values() -> Vec<(String, u64)> {
    let mut values: Vec<_> = (0..100).map(|number| (of("da").cardinal(number), u64::from(number))).collect();
    values.push(("et".to_owned(), 1));
    values
}

fn english_values() -> Vec<(String, u64)> {
    (0..100).filter(|n| *n < 20 || n % 10 == 0).map(|n| (of("en").cardinal(n), u64::from(n))).collect()
}

proptest! {
    #[test]
    fn every_number_speaks_and_is_heard_as_it_was(number in 0_u32..=9_999_999) {
        let borrow = |values: &[(String, u64)], words: &str| {
            let values: Vec<(&str, u64)> = values.iter().map(|(word, value)| (word.as_str(), *value)).collect();
            heard(words, &values)
        };
        let (chinese, danish, english) =
            (of("zh-CN").cardinal(number), of("da").cardinal(number), of("en").cardinal(number));
        for said in [&chinese, &danish, &english] {
            prop_assert!(!said.is_empty() && !said.contains(|c: char| c.is_ascii_digit()), "{said}");
        }
        prop_assert_eq!(heard_chinese(&chinese), u64::from(number), "{}", chinese);
        prop_assert_eq!(borrow(&danish_values(), &danish), u64::from(number), "{}", danish);
        prop_assert_eq!(borrow(&english_values(), &english), u64::from(number), "{}", english);
    }

    #[test]
    fn no_figure_is_left_in_anything_that_is_said(
        number: u32, hour in 0_u32..24, minute in 0_u32..60, days in 0_i32..80_000, text in "[0-9]{1,20}",
    ) {
        let day = NaiveDate::from_num_days_from_ce_opt(693_595 + days).unwrap();
        for tag in ["zh-CN", "da", "en"] {
            let tongue = of(tag);
            let all = [
                tongue.cardinal(number), tongue.counted(number), tongue.ordinal(number),
                tongue.duration(number), tongue.time(hour, minute), tongue.date(day, true), spelt(tongue, &text, None),
                tongue.place(&format!("Ringvej {text}, 2. th.")),
            ];
            for said in all {
                prop_assert!(!said.is_empty() && !said.contains(|c: char| c.is_ascii_digit()), "{said}");
            }
        }
    }

    #[test]
    fn any_text_can_be_a_place(text: String) {
        for tag in ["zh-CN", "da", "en", "fr"] {
            let _ = (of(tag).place(&text), spelt(of(tag), &text, None), digits(&language(tag), &text));
        }
    }
}
