//! Tests of the articles: the ones that ship, and what is wrong with others.

use super::*;

const LAWS: &str = include_str!("../../../config/laws.toml");
const CATEGORIES: &str = include_str!("../../../config/categories.toml");

/// Values of a key, as they stand at the beginning of a line.
fn values<'a>(text: &'a str, key: &str) -> Vec<&'a str> {
    let start = format!("{key} = \"");
    text.lines().filter_map(|line| line.strip_prefix(&start)?.split('"').next()).collect()
}

/// The articles that ship, as the folder holds them.
fn files() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../config/articles");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|path| (std::fs::read_to_string(path).unwrap(), path.display().to_string())).collect()
}

fn parse(files: &[(String, String)]) -> Result<Articles, Fault> {
    Articles::parse(files, &values(CATEGORIES, "code"), &values(LAWS, "id"))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn each_profile_has_articles_in_three_languages_about_what_people_ask() {
    let articles = parse(&files()).unwrap();
    let codes = |profile: &str| -> Vec<String> {
        let found = articles.find(profile, day("2026-03-02"), &Query::new(""), &[]);
        for article in &found {
            for language in LANGUAGES {
                assert!(!article.body(language).is_empty(), "{} {language}", article.code);
                assert!(!article.title(language).is_empty(), "{} {language}", article.code);
            }
            assert!(!article.categories.is_empty(), "{} is suggested for nothing", article.code);
        }
        found.iter().map(|article| article.code.clone()).collect()
    };
    assert_eq!(codes("cn-gov"), ["cn-what", "cn-evidence", "cn-how-long", "cn-routes", "cn-elsewhere"]);
    assert_eq!(codes("dk"), ["dk-what", "dk-dialogue", "dk-companion", "dk-how-long", "dk-routes"]);
    assert_eq!(codes("generic"), ["what", "how-long"]);
}

#[test]
fn articles_are_found_in_chinese_danish_and_english() {
    let articles = parse(&files()).unwrap();
    let first = |profile: &str, typed: &str| {
        let found = articles.find(profile, day("2026-03-02"), &Query::new(typed), &[]);
        found.first().map_or("nothing", |article| article.code.as_str()).to_owned()
    };
    assert_eq!(first("cn-gov", "病历复印"), "cn-evidence");
    assert_eq!(first("cn-gov", "投诉要多久才有结果"), "cn-how-long");
    assert_eq!(first("cn-gov", "医保报销"), "cn-elsewhere");
    assert_eq!(first("dk", "BISIDDER"), "dk-companion");
    assert_eq!(first("dk", "frist"), "dk-how-long");
    assert_eq!(first("dk", "interpreter"), "dk-companion");
    assert_eq!(first("dk", "挂号"), "nothing");
}

#[test]
fn the_category_of_the_call_comes_first_where_nothing_else_decides() {
    let articles = parse(&files()).unwrap();
    let found = articles.find("cn-gov", day("2026-03-02"), &Query::new(""), &["drugs"]);
    assert_eq!(found[0].code, "cn-elsewhere");
    assert!(found[0].suggested_for(&["drugs"]) && !found[1].suggested_for(&["drugs"]));
    assert_eq!(found.len(), 5, "the others stay in reach");
}

const SOUND: &str = r#"
code = "one"
version = 1
place = 1
categories = ["quality"]
citation = "house rule"
valid_from = "2026-01-01"
valid_to = "2026-06-30"
titles = { zh-CN = "一", en = "One", da = "En" }
bodies = { zh-CN = "{limit:cn-sign}内", en = "within {limit:cn-sign}", da = "inden {limit:cn-sign}" }
"#;

#[test]
fn a_later_version_takes_over_on_its_day_and_the_older_one_keeps_its_words() {
    let later = SOUND
        .replace("version = 1", "version = 2")
        .replace("valid_from = \"2026-01-01\"\nvalid_to = \"2026-06-30\"", "valid_from = \"2026-07-01\"");
    let articles = parse(&[(SOUND.to_owned(), "a".into()), (later, "b".into())]).unwrap();
    let version = |on: &str| articles.get("one", day(on)).map(|article| article.version);
    assert_eq!(version("2025-12-31"), None);
    assert_eq!(version("2026-06-30"), Some(1));
    assert_eq!(version("2026-07-01"), Some(2));
    assert!(articles.version("one", 1).is_some() && articles.version("one", 3).is_none());
}

#[test]
fn what_is_wrong_is_told_with_its_file_and_a_remedy() {
    let later = |text: &str| text.replace("version = 1", "version = 2");
    for (texts, what) in [
        (vec![SOUND.replace("\"one\"", "\"One!\"")], "no address can carry"),
        (vec![SOUND.replace("house rule", "")], "names no source"),
        (vec![SOUND.replace("2026-06-30", "2025-06-30")], "ends before it begins"),
        (vec![SOUND.replace("quality", "qualities")], "for the category qualities"),
        (vec![SOUND.replace("cn-sign", "cn-sing")], "tells the limit of cn-sing"),
        (vec![SOUND.replace("within {limit:cn-sign}", "soon")], "names other limits in en"),
        (vec![SOUND.replace("da = \"En\"", "da = \"\"")], "has no title in da"),
        (vec![SOUND.replace("da = \"inden {limit:cn-sign}\"", "da = \" \"")], "has no text in da"),
        (vec![SOUND.replace("{limit:cn-sign}内", "{law}")], "in zh-CN: {law} is not known"),
        (vec![SOUND.to_owned(), SOUND.to_owned()], "stands twice"),
        (vec![SOUND.to_owned(), later(SOUND)], "overlaps another version"),
        (vec![SOUND.replace("place", "rank")], "unknown field"),
    ] {
        let files: Vec<_> =
            texts.into_iter().enumerate().map(|(at, text)| (text, format!("{at}.toml"))).collect();
        let fault = parse(&files).unwrap_err();
        assert!(fault.to_string().contains(what), "{fault}");
        assert!(!fault.remedy.is_empty());
        assert_eq!(fault.file, format!("{}.toml", files.len() - 1));
    }
}
