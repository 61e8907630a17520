//! A province that nobody has written a line of Rust for: the invented 云海省 is `yunhai.toml` alone.

use super::read;
use crate::case::Judged;
use crate::province::{Layout, PledgeAt, Province, StepKey};

#[test]
fn a_fifth_province_is_a_toml_file_and_nothing_else() {
    let file = |name: &str| if name == "yunhai.toml" { Some(include_str!("yunhai.toml").to_owned()) } else { read(name) };
    let yunhai = Province::parse(&file, "yunhai").unwrap_or_else(|errors| panic!("{errors:#?}"));
    let intake = &yunhai.profile.intake;
    let steps: Vec<_> = intake.steps.iter().map(|step| step.key).collect();
    assert_eq!(steps, [StepKey::Employment, StepKey::Credential, StepKey::Person, StepKey::Education], "an order of its own");
    let line = yunhai.profile.intake_line();
    let ways = (intake.layout, line.pledge_at, line.returns, line.may_withdraw);
    assert_eq!(ways, (Layout::Side, PledgeAt::Start, Judged::PerItem, true), "a mixture that no other province has");
    assert_eq!(yunhai.bureaus.for_division("420102").unwrap().name, "武汉市江岸区财政局");
}
