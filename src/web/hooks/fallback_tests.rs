//! The fallback address: the call goes on from the hook that failed, and the codes are counted.

use super::tests::{BASE, FIRST, House, action, form, house, signed};

const FALLBACK: &str = "/voice/twilio/12320/fallback";

async fn fell_back(house: &House, code: &'static str, address: String) -> String {
    let address: &'static str = address.leak();
    let hook = form(&[("ErrorCode", code), ("ErrorUrl", address), ("CallStatus", "in-progress")]);
    house.ask(signed(BASE, FALLBACK, &hook)).await.2
}

#[tokio::test]
async fn a_call_goes_on_from_the_address_that_failed() {
    let house = house();
    let (_, _, first) = house.ask(signed(BASE, FIRST, &form(&[]))).await;
    let step = action(&first);
    let (_, _, menu) = house.ask(signed(BASE, &step, &form(&[("Digits", "2")]))).await;
    // Our answer did not arrive: the turn is answered as it was, without its keys.
    assert_eq!(fell_back(&house, "11200", format!("{BASE}{step}")).await, menu);
    assert_eq!(fell_back(&house, "11200", format!("{BASE}{FIRST}")).await, first);
    // A hook that never arrived: the caller is asked again, and the call goes on.
    let asked = fell_back(&house, "11205", format!("{BASE}{}", action(&menu))).await;
    assert!(asked.contains("<Gather") && action(&asked).contains("/step?t="), "{asked}");
}

#[tokio::test]
async fn where_the_document_was_at_fault_or_the_address_is_foreign_the_caller_is_put_through() {
    let house = house();
    let (_, _, first) = house.ask(signed(BASE, FIRST, &form(&[]))).await;
    let step = action(&first);
    for (code, address) in [
        ("12100", format!("{BASE}{step}")),
        ("11200", format!("{BASE}/voice/twilio/12320/step?t=forged")),
        ("11200", "https://elsewhere.example/voice".to_owned()),
        ("11200", "not an address".to_owned()),
        ("11200", String::new()),
        ("many", String::new()),
    ] {
        let said = fell_back(&house, code, address.clone()).await;
        assert!(said.contains(">12345</Number>"), "{code} {address}: {said}");
    }
    // Another call's address leads nowhere either.
    let theirs: &'static str = format!("{BASE}{step}").leak();
    let hook = form(&[("CallSid", "CA2"), ("ErrorCode", "11200"), ("ErrorUrl", theirs)]);
    let (_, _, said) = house.ask(signed(BASE, FALLBACK, &hook)).await;
    assert!(said.contains(">12345</Number>"), "{said}");
    let request = axum::http::Request::get("/metrics").body(axum::body::Body::empty()).unwrap();
    let metrics = house.ask(request).await.2;
    assert!(metrics.contains("hotline_fallbacks_total{code=\"12100\"} 1\n"), "{metrics}");
    assert!(metrics.contains("hotline_fallbacks_total{code=\"11200\"} 5\n"), "{metrics}");
    assert!(metrics.contains("hotline_fallbacks_total{code=\"0\"} 1\n"), "{metrics}");
}
