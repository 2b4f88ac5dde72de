//! Every report in every language and every grouping: no gap in a translation, and the same as a file.

use axum::http::StatusCode;
use domain::Role;
use switchboard::reports::figures::catalogue::REPORTS;
use switchboard::testing::Fresh;

use crate::case_tests::{Browser, no_gaps};

#[tokio::test]
async fn every_report_is_read_in_three_languages() {
    let house = Fresh::at("2026-03-03T10:00:00+08:00");
    for language in ["zh-CN", "en", "da"] {
        let login = format!("chief-{}", language.to_lowercase());
        house.person(&login, Role::Supervisor, None, language).await;
        let chief = Browser::log_in(&house, &login).await;
        for report in REPORTS {
            for by in report.by {
                let shown = chief.get(&format!("/reports/{}?by={by}", report.name)).await;
                assert_eq!(shown.status, StatusCode::OK, "{}", shown.text);
                no_gaps(&shown.text);
                for gap in [">figure-", ">report-", "\"figure-", ">language-", ">case-status-"] {
                    assert!(!shown.text.contains(gap), "{language} {} {by}: {gap}", report.name);
                }
            }
            let file = chief.get(&format!("/reports/{}/csv", report.name)).await;
            assert_eq!(file.status, StatusCode::OK, "{}", file.text);
            assert!(!file.text.contains("figure-"), "{}", file.text);
        }
    }
}
