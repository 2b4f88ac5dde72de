//! Canaries: a name and a number are planted wherever a case can hold a text, and every page that an accused
//! institution can reach is searched for them.

use domain::{RequestType, Role};
use switchboard::intake::Intake;
use switchboard::testing::{Fresh, complaint};

use crate::case_tests::{Browser, between};

/// Who must not be found, in the spellings that the texts below use.
pub(crate) const CANARIES: [&str; 9] = [
    "金丝雀",
    "金女士",
    "Kanariefugl",
    "Camilla",
    "13877776666",
    "7777666",
    "7777 6666",
    "camilla@",
    "777 766 66",
];
const INSTITUTION: &str = "yunhe-first";
pub(crate) const OFFICE: &str = "yunhe-first-complaints";

pub(crate) fn told(name: &str) -> String {
    format!(
        "{name}(电话13877776666)说:我是金丝雀的女儿 Camilla Kanariefugl,护士叫我金女士。\
         请打 138 7777 6666 或一三八七七七七六六六六,camilla@post.example。CPR 010170-1234"
    )
}

pub(crate) fn planted(request_type: RequestType, confidential: Option<bool>) -> Intake {
    let mut intake = complaint();
    intake.request_type = Some(request_type);
    intake.caller.name = "Camilla Kanariefugl".to_owned();
    intake.caller.phone = "+86 138 7777 6666".to_owned();
    intake.caller.email = "camilla@post.example".to_owned();
    intake.wishes.mail = Some(true);
    intake.patient.name = "金丝雀".to_owned();
    intake.wishes.confidential = confidential;
    intake.desired_words = told("投诉人");
    intake.note = told("备注");
    let point = &mut intake.points[0];
    point.institution_code = Some(INSTITUTION.to_owned());
    point.own_words = told("投诉人");
    point.place.text = "金丝雀的病房 3 楼".to_owned();
    point.persons.text = "对 Camilla 说话的护士".to_owned();
    point.happened.text = "2026-02-12,金女士住院时".to_owned();
    point.harm = told("投诉人的伤");
    intake
}

/// A case in the hands of the complaint office of the institution complained of, with canaries in every text.
async fn with_the_accused(house: &Fresh, intake: Intake) -> String {
    let agent = house.board.person_by_login("agent").await.unwrap().id;
    let number = house.open_case(intake, &agent).await.unwrap().number.to_string();
    let agent = Browser::log_in(house, "agent").await;
    // Points that come later, are coded and fall: each with canaries in what is written with it.
    for place in ["金丝雀诊所", "Camilla Kanariefugls klinik"] {
        let (words, harm) = (told("补充"), told("补充的伤"));
        let new = [
            ("own_words", words.as_str()),
            ("harm", &harm),
            ("institution", place),
            ("category", "attitude"),
        ];
        agent
            .done(
                &number,
                "points/add",
                &[&new[..], &[("persons", "Camilla"), ("place", "金女士家")]].concat(),
            )
            .await;
    }
    let why = told("改码");
    agent
        .done(
            &number,
            "points/2/code",
            &[("axis-category", "communication"), ("axis-severity", "2"), ("reason", &why)],
        )
        .await;
    agent.done(&number, "points/3/drop", &[("reason", &told("放弃"))]).await;
    agent.done(&number, "dispatch", &[("department", OFFICE), ("reason", &told("派发原因"))]).await;
    let office = Browser::log_in(house, "office").await;
    office.done(&number, "sign", &[]).await;
    office.done(&number, "step", &[("kind", "parties_heard"), ("note", &told("已联系"))]).await;
    investigate(&agent, &number).await;
    number
}

/// Canaries in the evidence register, in what the two sides say, in what is put right, learned and written.
async fn investigate(agent: &Browser, number: &str) {
    let told = |what: &str| told(what);
    let camera = told("三号机位");
    let seen_by_all = [("readers", "institution"), ("readers", "handler"), ("readers", "supervisor")];
    let evidence = [("kind", "footage"), ("what", &camera), ("state", "promised"), ("holder", "institution")];
    agent.done(number, "do/name_evidence", &[&evidence[..], &seen_by_all[..]].concat()).await;
    let (hidden, why) = (told("病历"), told("不能提供"));
    let own = [("kind", "record_copy"), ("what", hidden.as_str()), ("state", "not_available"), ("why", &why)];
    agent.done(number, "do/name_evidence", &[&own[..], &[("holder", "complainant")]].concat()).await;
    let said = told("陈述");
    let statement = [
        ("side", "complainant"),
        ("date", "2026-02-13"),
        ("heard-by", "Li"),
        ("form", "phone"),
        ("said", &said),
    ];
    agent.done(number, "do/record_statement", &statement).await;
    let about = told("请答辩");
    let reply = [("side", "institution"), ("words", about.as_str()), ("date", "2026-02-20")];
    agent.done(number, "do/offer_reply", &reply).await;
    let what = told("整改");
    let plan = [
        ("words", what.as_str()),
        ("owner", "Camilla"),
        ("date", "2026-02-20"),
        ("check-date", "2026-02-21"),
    ];
    agent.done(number, "do/plan_correction", &plan).await;
    agent.done(number, "do/note_learning", &[("words", &told("经验")), ("rule-gap", &told("缺规定"))]).await;
}

async fn house() -> Fresh {
    let house = Fresh::at("2026-02-13T10:00:00+08:00");
    for (login, role, department) in [
        ("agent", Role::Agent, None),
        ("supervisor", Role::Supervisor, None),
        ("office", Role::Handler, Some(OFFICE)),
    ] {
        house.person(login, role, department, "en").await;
    }
    house
}

/// Every address of ours that `page` names and that can be asked for without changing anything.
fn addresses(page: &str) -> Vec<String> {
    let named = page.split(['"', '\'']).filter(|part| part.starts_with('/') && !part.starts_with("/assets"));
    named.map(|part| part.split('#').next().unwrap_or_default().replace("&amp;", "&")).collect()
}

/// What a browser finds that follows every link from its first pages.
async fn all_that_can_be_reached(browser: &Browser, number: &str) -> Vec<(String, String)> {
    let mut wanted = vec!["/".to_owned(), "/cases?status=any".to_owned(), format!("/cases/{number}")];
    wanted.extend(["/callbacks", "/messages", "/reports", "/wallboard", "/desk"].map(str::to_owned));
    let mut read: Vec<(String, String)> = Vec::new();
    while let Some(address) = wanted.pop() {
        // The stream of live notices never ends; it names topics only.
        if address.starts_with("/live") || read.iter().any(|(known, _)| *known == address) || read.len() > 300
        {
            continue;
        }
        let seen = browser.get(&address).await;
        wanted.extend(addresses(&seen.text));
        read.push((address, seen.text));
    }
    read
}

#[tokio::test(flavor = "multi_thread")]
async fn the_accused_finds_no_trace_of_who_complains() {
    for (request_type, confidential) in [
        (RequestType::Complaint, Some(true)),
        (RequestType::Complaint, None),
        (RequestType::Report, None),
        (RequestType::Report, Some(false)),
    ] {
        let house = house().await;
        let number = with_the_accused(&house, planted(request_type, confidential)).await;
        let office = Browser::log_in(&house, "office").await;
        let read = all_that_can_be_reached(&office, &number).await;
        let own = read.iter().find(|(address, _)| *address == format!("/cases/{number}")).unwrap();
        assert!(own.1.contains("[…]") && own.1.contains("护士"), "the matter is there, the canary is not");
        for (address, page) in &read {
            for canary in CANARIES {
                assert!(!page.contains(canary), "{canary} in {address} ({request_type:?} {confidential:?})");
            }
        }
        let refused = office.post(&format!("/cases/{number}/phone"), &[("reason", "to call")]).await;
        assert!(!refused.text.contains("6666"), "{}", refused.text);
        let agent = Browser::log_in(&house, "agent").await;
        letters_and_notes(&house, &agent, &number).await;
        println!("{request_type:?}, confidential {confidential:?}: {} pages searched, 0 found", read.len());
    }
}

/// Every letter to the accused, and what was learned, name nobody.
async fn letters_and_notes(house: &Fresh, agent: &Browser, number: &str) {
    let supervisor = Browser::log_in(house, "supervisor").await;
    let mut outputs = vec![supervisor.get("/follow-through").await.text];
    // The lists of corrective actions are the house's own: only what was learned is told outside.
    let notes = outputs[0].split("id=\"learning\"").nth(1).unwrap_or_default().to_owned();
    outputs[0] = notes;
    for kind in ["preserve_request", "evidence_request"] {
        let words = told("补充");
        let issued =
            agent.act(number, "letters", &[("kind", kind), ("channel", "letter"), ("words", &words)]).await;
        assert!(issued.status.is_redirection(), "{kind}: {}", issued.text);
        outputs.push(agent.get(&issued.location).await.text);
    }
    for output in &outputs {
        assert!(output.contains("[…]"), "the matter is there: {output}");
        for canary in CANARIES {
            assert!(!output.contains(canary), "{canary} in {output}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn with_leave_the_complaint_office_knows_and_the_hotline_always_does() {
    let house = house().await;
    let number = with_the_accused(&house, planted(RequestType::Complaint, Some(false))).await;
    let office = Browser::log_in(&house, "office").await;
    assert!(office.get(&format!("/cases/{number}")).await.text.contains("Camilla Kanariefugl"));
    let secret = with_the_accused(&house, planted(RequestType::Report, None)).await;
    let agent = Browser::log_in(&house, "agent").await;
    let page = agent.get(&format!("/cases/{secret}")).await.text;
    // What is learned names nobody, not even to the house; all else is whole.
    let learned = between(&page, "经验(电话", "</").to_owned();
    assert!(learned.contains("[…]"), "{learned}");
    let mut rest = page.clone();
    while let Some((before, after)) = rest.split_once("经验(电话") {
        rest = format!("{before}{}", after.split_once("</").map_or("", |(_, after)| after));
    }
    assert!(rest.contains("Camilla Kanariefugl") && rest.contains("金丝雀") && !rest.contains("[…]"));
}
