//! Which characters cannot be printed, told where they are typed: a form has a blank to write on for each.

use domain::identity::name::as_printed;

use crate::Visit;

/// The characters of some texts that no font has, each once; none where the province prints nothing. The fonts are asked only
/// about what is rare enough to be missing.
pub(crate) async fn missing<'a>(visit: &Visit, texts: impl Iterator<Item = &'a str>) -> String {
    if !visit.province.profile.intake_line().prints() {
        return String::new();
    }
    let rare: String = texts.map(as_printed).collect::<String>().chars().filter(|c| !is_common(*c)).collect();
    if rare.is_empty() {
        return rare;
    }
    // Without fonts nothing is printed, and the link to print says so.
    visit.services.paper.missing(rare).await.unwrap_or_default()
}

/// Every face for Chinese has these (a test of `paper`), so that nearly nobody asks.
fn is_common(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{3000}'..='\u{3011}' | '\u{4E00}'..='\u{9FA5}' | '\u{FF01}'..='\u{FF5E}')
        || "·—“”‘’".contains(c)
}
