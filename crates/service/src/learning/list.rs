//! The conversions of a person, and the page of a new one.

use std::collections::BTreeMap;

use domain::case::{Action, Role, Status, permitted};
use domain::learning::view::{ConversionLine, ConversionsView, KindView, NewConversionView};
use domain::learning::{Claim, Credits, LearningRules, NotConverted, WindowFor};

use super::kind::name_of;
use super::start::MOST;
use super::{KIND, converting, words, year_of};
use crate::{Failure, Visit};

/// 继续教育学分折算, 继续教育管理 (手册乙 7.3): kind, year, amount, state, reason and proofs of each.
///
/// # Errors
/// `NotFound` where the province has no such thing, `SignInAgain`, `Store`.
pub async fn conversions_view(visit: &Visit) -> Result<ConversionsView, Failure> {
    let account = visit.account()?.clone();
    let rules = converting(visit)?;
    let flash = visit.take_flash("conversions").await?;
    let mut reader = visit.services.db.read().await?;
    let is_collected = reader.find_record(&account).await?.is_some();
    let rows = reader.list_conversions(&account, MOST).await?;
    let mut proofs = BTreeMap::<String, Vec<(String, String)>>::new();
    for (case, id, slot) in reader.list_proofs(&account).await? {
        let title = rules.proof(&slot).map_or(slot, |proof| proof.title.clone());
        proofs.entry(case).or_default().push((id, title));
    }
    let reasons: BTreeMap<String, String> = reader.list_reasons(&account).await?.into_iter().collect();
    let line = |row: store::learning::conversion::ConversionRow| {
        let kind_rules = visit.kind_rules(KIND);
        let case = row.case_id.to_string();
        let tells = matches!(row.status, Status::Returned | Status::Closed);
        let may = |action| permitted(row.status, Role::Owner, action, &kind_rules).is_ok();
        ConversionLine {
            number: row.number.unwrap_or_default(),
            year: year_of(row.year),
            name: line_name(rules, &row.kind, &row.choice),
            amount: Credits::of_hundredths(row.amount),
            reason: reasons.get(&case).filter(|_| tells).cloned().unwrap_or_default(),
            proofs: proofs.remove(&case).unwrap_or_default(),
            version: row.version,
            may_delete: may(Action::Delete) || may(Action::Cancel),
            status: row.status,
            case: row.case_id,
        }
    };
    let mut line = line;
    let lines = rows.into_iter().map(&mut line).collect();
    Ok(ConversionsView { words: words(visit, rules, is_collected), lines, flash })
}

fn line_name(rules: &LearningRules, kind: &str, option: &str) -> String {
    let nothing = BTreeMap::new();
    let claim = Claim { year: 0, kind, option, answers: &nothing };
    name_of(claim.kind_in(rules), option, kind)
}

/// The page of a new conversion: the years that are open, the kinds, and, where nothing is open, when it is.
///
/// # Errors
/// `NotFound` where the province has no such thing, `SignInAgain`, `Store`.
pub async fn new_conversion_view(visit: &Visit) -> Result<NewConversionView, Failure> {
    let account = visit.account()?.clone();
    let (rules, today) = (converting(visit)?, visit.services.today());
    let flash = visit.take_flash("conversion").await?;
    let is_collected = visit.services.db.read().await?.find_record(&account).await?.is_some();
    let open = |year: i32| Some((year, rules.opening(year, WindowFor::Conversion, today).ok()?));
    let years: Vec<_> = rules.open_years(WindowFor::Conversion, today).into_iter().filter_map(open).collect();
    let this = rules.year_of(today).unwrap_or_default();
    let shut = match rules.opening(this, WindowFor::Conversion, today) {
        Err(shut) if years.is_empty() => Some(NotConverted::Shut(shut)),
        _ => None,
    };
    Ok(NewConversionView { words: words(visit, rules, is_collected), years, shut, kinds: kinds(visit, rules), flash })
}

/// Every kind once, by the version that holds today.
fn kinds(visit: &Visit, rules: &LearningRules) -> Vec<KindView> {
    let mut seen = Vec::new();
    for kind in &rules.kinds {
        if !seen.contains(&kind.code) {
            seen.push(kind.code.clone());
        }
    }
    let nothing = BTreeMap::new();
    let of = |code: &String| Claim { year: 0, kind: code, option: "", answers: &nothing }.kind_in(rules);
    let found = seen.iter().filter_map(of);
    found.map(|kind| KindView::of(kind, rules, |list| visit.province.lists.entries(list).to_vec())).collect()
}
