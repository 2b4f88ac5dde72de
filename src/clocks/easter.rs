//! The date of Easter Sunday, from which the movable feasts are counted.

use chrono::NaiveDate;

/// Easter Sunday of a year of the Gregorian calendar (the method published in *Nature* in 1876, which needs
/// no tables and holds for every year).
pub fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let century = year.div_euclid(100);
    let in_century = year.rem_euclid(100);
    let sun = (century + 8) / 25;
    let moon = (century - sun + 1) / 3;
    let epact = (19 * golden + century - century / 4 - moon + 15).rem_euclid(30);
    let weekday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * late + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(days / 31).ok()?, u32::try_from(days % 31 + 1).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_easters() {
        let known = [
            "1961-04-02",
            "1999-04-04",
            "2008-03-23",
            "2011-04-24",
            "2019-04-21",
            "2023-04-09",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2038-04-25",
        ];
        for date in known {
            let year = date[..4].parse().unwrap();
            assert_eq!(easter_sunday(year).unwrap().to_string(), date);
        }
    }
}
