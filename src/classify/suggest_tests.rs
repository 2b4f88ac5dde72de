//! Sentences of our own, in three languages, and what an agent would say they are.

use std::sync::OnceLock;

use domain::DataFile;

use super::*;
use crate::Categories;

const CATEGORIES: &str = include_str!("../../config/categories.toml");
const ZH: &str = include_str!("../../config/classify/zh.toml");
const EN: &str = include_str!("../../config/classify/en.toml");
const DA: &str = include_str!("../../config/classify/da.toml");

fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| {
        let categories = Categories::parse(CATEGORIES, "categories.toml").unwrap();
        let files =
            [DataFile::new(ZH, "zh.toml"), DataFile::new(EN, "en.toml"), DataFile::new(DA, "da.toml")];
        Rules::parse(&files, &categories).unwrap()
    })
}

/// Text, request type, category, urgent.
const SENTENCES: [(&str, &str, &str, bool); 36] = [
    ("护士一边玩手机一边给我量血压,问她一句就翻白眼", "complaint", "attitude", false),
    ("态度还行,就是收费太离谱,同一个检查收了我两次钱", "complaint", "fees", false),
    ("我妈骨折被误诊成扭伤,耽误了三个星期", "complaint", "quality", false),
    ("输液的时候把隔壁床的药水挂到我爸身上了", "complaint", "safety", false),
    ("药房给我发错药,拿回家才发现过期了", "complaint", "drugs", false),
    ("手术前没人跟我们解释风险,就让家属签同意书", "complaint", "communication", false),
    ("挂号排队等了四个小时,最后说医生下班了", "complaint", "process", false),
    ("病房厕所臭得进不去,垃圾堆了两天没人收", "complaint", "environment", false),
    ("医院把我的化验结果告诉了我单位领导", "complaint", "privacy", false),
    ("要复印病历,病案室不给,还说我的住院记录找不到了", "complaint", "records", false),
    ("医疗事故鉴定做完了,医院还是不肯赔偿", "complaint", "dispute", false),
    ("举报我们小区一个美容院给人打玻尿酸,没有资质", "report", "unlicensed", false),
    ("食堂吃完饭现在二十多个学生上吐下泻,老师不知道怎么办", "report", "public_health", true),
    ("请问流感疫苗几点可以打,需要带什么材料", "inquiry", "public_health", false),
    ("建议门诊大厅增加几台自助机,大家少排队", "suggestion", "process", false),
    ("感谢骨科的刘医生,耐心细心,我父亲恢复得很好", "praise", "attitude", false),
    ("我爸昏迷了叫不醒,嘴唇发紫,在家里,快来救护车", "emergency", "other", true),
    ("你好我想查一下快递到哪了", "invalid", "other", false),
    ("不赔钱我就带刀去医院砍那个医生", "complaint", "dispute", true),
    ("The receptionist shouted at my mother and hung up", "complaint", "attitude", false),
    ("I was billed £240 for a scan I never had", "complaint", "fees", false),
    ("The ward staff were lovely, but the toilets were filthy for a week", "complaint", "environment", false),
    ("They missed a fracture and I needed a second operation", "complaint", "quality", false),
    ("How do I get a copy of my medical records?", "inquiry", "records", false),
    (
        "Nobody told us what the operation involved and we never signed a consent form",
        "complaint",
        "communication",
        false,
    ),
    ("Thank you to the paramedics who saved my dad", "praise", "quality", false),
    ("A woman is doing botox in her kitchen without a licence", "report", "unlicensed", false),
    ("My husband has collapsed at home and he is not breathing", "emergency", "other", true),
    (
        "Thirty guests are vomiting after the wedding, two of them are children",
        "report",
        "public_health",
        true,
    ),
    ("Sygeplejersken råbte ad min mor og smækkede døren", "complaint", "attitude", false),
    ("Jeg har ventet seks timer på skadestuen og blev sendt hjem", "complaint", "process", false),
    ("Lægen overså et brud, og jeg skal opereres igen", "complaint", "quality", false),
    ("Lægen fortalte min chef, hvad jeg fejler", "complaint", "privacy", false),
    ("Hvordan får jeg tilskud til medicin?", "inquiry", "fees", false),
    ("Tusind tak til personalet på fødegangen, de var så søde", "praise", "attitude", false),
    ("Min far er faldet om hjemme, han trækker ikke vejret", "emergency", "other", true),
];

#[test]
fn sentences_are_heard_as_an_agent_would_hear_them() {
    let mut wrong = Vec::new();
    for (text, request_type, category, urgent) in SENTENCES {
        let heard = suggest(rules(), text, None);
        if (heard.request_type.as_str(), heard.category.as_str(), heard.urgent)
            != (request_type, category, urgent)
        {
            wrong.push(format!("{text}: {} {} {}", heard.request_type, heard.category, heard.urgent));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_suggestion_shows_the_words_it_rests_on() {
    let heard = suggest(rules(), "护士骂我,态度恶劣", Some("zh-CN"));
    let reasons: Vec<_> = heard
        .because
        .iter()
        .filter(|reason| reason.axis == "category")
        .map(|reason| reason.words.as_str())
        .collect();
    assert!(
        reasons.iter().any(|words| words.contains("骂"))
            && reasons.iter().any(|words| words.contains("态度")),
        "{reasons:?}"
    );
    assert!(heard.because.iter().all(|reason| !reason.words.is_empty()));
}

#[test]
fn shares_make_a_whole_and_there_are_at_least_three() {
    for text in ["", "?", "……", "护士骂我", "no words that any rule knows: zzz", "\u{0}\u{ffff}"] {
        let heard = suggest(rules(), text, None);
        assert!(heard.categories.len() >= 3 && (1..=4).contains(&heard.severity), "{text}");
        assert!(heard.categories.iter().map(|ranked| ranked.score).sum::<f64>() <= 1.01);
        assert_eq!(heard.category, heard.categories[0].name);
    }
}

#[test]
fn severity_follows_what_is_told_not_how_loudly() {
    let grade = |text: &str| suggest(rules(), text, None).severity;
    assert_eq!(grade("手术后抢救无效死亡,要求调查"), 4);
    assert_eq!(grade("护士说话难听!!!"), grade("护士说话难听"));
    assert_eq!(grade("请问体检几点开始"), 1);
    assert_eq!(grade("zzz"), 2, "nothing told is not grave");
    assert_eq!(grade("They gave me the wrong dose and I ended up in intensive care"), 3);
}

#[test]
fn a_past_death_is_grave_and_not_urgent() {
    let heard = suggest(rules(), "去年我母亲在医院抢救无效去世,到现在没人给个说法", None);
    assert_eq!((heard.severity, heard.urgent), (4, false));
}

#[test]
fn faulty_rules_name_file_and_line() {
    let categories = Categories::parse(CATEGORIES, "categories.toml").unwrap();
    let line =
        |needle: &str| DA[..DA.find(needle).unwrap()].bytes().filter(|byte| *byte == b'\n').count() + 1;
    for (wrong, at, what) in [
        (
            DA.replace("'\\bforkert nummer\\b', '\\b(er det", "'\\b(forkert', '\\b(er det"),
            line("'\\bforkert nummer\\b', '\\b(er det"),
            "is no regular expression",
        ),
        (DA.replace("[category.fees]", "[category.feees]"), line("[category.fees]"), "no category"),
        (DA.replace("[urgent]", "[urgnet]"), line("[urgent]"), "unknown field"),
        (DA.replace("\n4 = [", "\n5 = ["), line("\n4 = [") + 1, "no severity"),
        (
            DA.replace("plain = ['\\bpolitik\\w*\\b']", "plain = ['']"),
            line("plain = ['\\bpolitik"),
            "empty pattern",
        ),
    ] {
        let fault = Rules::parse(&[DataFile::new(&wrong, "da.toml")], &categories).unwrap_err();
        assert!(
            fault.file == "da.toml" && fault.line == at && fault.what.contains(what),
            "{fault}, expected line {at}"
        );
    }
}
