//! What the tests over random histories share.
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::ProptestConfig;

/// The n-th day of the histories' world.
#[allow(dead_code)]
pub fn day(n: usize) -> Date {
    date(2020, 1, 1).checked_add((n as i64).days()).unwrap()
}

/// So many histories, or as many as `PROPTEST_CASES` says.
pub fn cases(default: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(default);
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}
