//! Mandarin. A 1 among digits is said 幺, as everybody says 幺二零 and 幺幺零: 一 is heard as 七 on a bad line. Two of
//! something is 两.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{Tongue, place};

pub(super) struct Chinese;

/// The figures as they are counted with; among digits the 1 differs.
const FIGURES: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
/// The figures of a year.
const OF_A_YEAR: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
/// Names of the places within four figures, the units first.
const PLACES: [&str; 4] = ["", "十", "百", "千"];
/// Names of the groups of four figures, the units first.
const GROUPS: [&str; 3] = ["", "万", "亿"];

fn figure(number: u32) -> &'static str {
    usize::try_from(number).ok().and_then(|at| FIGURES.get(at)).copied().unwrap_or_default()
}

/// Up to four figures. Zeros within are said once, those at the end not at all.
fn group(number: u32) -> String {
    let mut said = String::new();
    let mut gap = false;
    for (place, worth) in PLACES.iter().zip([1, 10, 100, 1_000]).rev() {
        match number / worth % 10 {
            0 => gap = !said.is_empty(),
            figure_here => {
                if std::mem::take(&mut gap) {
                    said.push_str(FIGURES[0]);
                }
                // 两千, but 二百 and 二十.
                said.push_str(if figure_here == 2 && worth == 1_000 { "两" } else { figure(figure_here) });
                said.push_str(place);
            }
        }
    }
    said
}

fn cardinal(number: u32) -> String {
    if number == 0 {
        return FIGURES[0].to_owned();
    }
    let mut said = String::new();
    let mut gap = false;
    for (name, worth) in GROUPS.iter().zip([1, 10_000, 100_000_000]).rev() {
        let here = number / worth % 10_000;
        if here == 0 {
            gap = !said.is_empty();
            continue;
        }
        if !said.is_empty() && (gap || here < 1_000) {
            said.push_str(FIGURES[0]);
        }
        gap = false;
        // 两万, 两亿.
        said.push_str(&if here == 2 && worth > 1 { "两".to_owned() } else { group(here) });
        said.push_str(name);
    }
    // 十五, not 一十五, at the head of a number.
    said.strip_prefix("一十").map(|rest| format!("十{rest}")).unwrap_or(said)
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "星期一",
        Weekday::Tue => "星期二",
        Weekday::Wed => "星期三",
        Weekday::Thu => "星期四",
        Weekday::Fri => "星期五",
        Weekday::Sat => "星期六",
        Weekday::Sun => "星期日",
    }
}

/// What the hours of the day are called.
fn part_of_day(hour: u32) -> &'static str {
    match hour {
        0..=5 => "凌晨",
        6..=11 => "上午",
        12 => "中午",
        13..=17 => "下午",
        _ => "晚上",
    }
}

impl Tongue for Chinese {
    fn cardinal(&self, number: u32) -> String {
        cardinal(number)
    }

    fn counted(&self, number: u32) -> String {
        if number == 2 { "两".to_owned() } else { cardinal(number) }
    }

    fn ordinal(&self, number: u32) -> String {
        format!("第{}", cardinal(number))
    }

    fn digit(&self, digit: u8) -> &'static str {
        if digit == 1 { "幺" } else { figure(u32::from(digit)) }
    }

    fn between_digits(&self) -> &'static str {
        ""
    }

    /// Mobiles as 138 0013 8000; land lines with their area code apart, of three figures in the largest cities.
    fn groups(&self, digits: &str) -> &'static [usize] {
        let length = digits.len();
        match digits.as_bytes() {
            [b'1', b'3'..=b'9', ..] if length == 11 => &[3, 4],
            [b'8', b'6', b'1', ..] if length == 13 => &[2, 3, 4],
            [b'0', b'1' | b'2', ..] if length == 11 => &[3, 4],
            [b'0', ..] if length == 12 => &[4, 4],
            [b'0', ..] if length == 11 => &[4, 3],
            _ => &[4, 4, 4, 4],
        }
    }

    fn date(&self, day: NaiveDate, year: bool) -> String {
        let mut said = String::new();
        if year {
            for figure in day.year().to_string().bytes() {
                said.push_str(
                    OF_A_YEAR.get(usize::from(figure.saturating_sub(b'0'))).copied().unwrap_or_default(),
                );
            }
            said.push('年');
        }
        format!("{said}{}月{}日{}", cardinal(day.month()), cardinal(day.day()), weekday(day.weekday()))
    }

    fn time(&self, hour: u32, minute: u32) -> String {
        let on_the_face = if hour > 12 { hour - 12 } else { hour };
        let minutes = match minute {
            0 => String::new(),
            30 => "半".to_owned(),
            1..=9 => format!("零{}分", figure(minute)),
            _ => format!("{}分", cardinal(minute)),
        };
        format!("{}{}点{minutes}", part_of_day(hour), self.counted(on_the_face))
    }

    fn and(&self) -> &'static str {
        "和"
    }

    fn duration(&self, minutes: u32) -> String {
        let (hours, rest) = (minutes / 60, minutes % 60);
        match (hours, rest) {
            (0, _) => format!("{}分钟", self.counted(rest)),
            (_, 0) => format!("{}小时", self.counted(hours)),
            _ => format!("{}小时{}分钟", self.counted(hours), self.counted(rest)),
        }
    }

    /// House numbers to ninety-nine are numbers (十二号), longer ones and rooms go figure by figure (五零幺室).
    fn place(&self, text: &str) -> String {
        place::with_numbers(text, |digits, _| match digits.parse() {
            Ok(number) if digits.len() <= 2 && !digits.starts_with('0') => cardinal(number),
            _ => digits.bytes().map(|figure| self.digit(figure.saturating_sub(b'0'))).collect(),
        })
    }

    fn moment(&self, at: chrono::NaiveDateTime) -> String {
        format!("{}{}", self.date(at.date(), false), super::clock(self, at.time()))
    }
}
