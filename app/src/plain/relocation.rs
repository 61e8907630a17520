//! 跨省调转: the record leaves for another province, or arrives from one. No script: forms, and a file in one post.

mod arrive;
mod leave;

use domain::case::Beside;
use domain::province::Profile;
use domain::relocation::NotReceived;
use domain::relocation::forms::DepartureForm;
use domain::relocation::view::{RelocationView, Stands};
use leptos::prelude::*;

use super::fields::summary;
use super::rows;
use super::verify::framed;

/// What came of a post; nothing of it on a fresh page.
#[derive(Default)]
pub struct Came {
    /// What was typed; `None` where nothing was posted.
    pub form: Option<DepartureForm>,
    /// What is wrong: the field and the sentence.
    pub faults: Vec<(&'static str, String)>,
    /// What is said above everything, where the rules say no.
    pub trouble: Option<String>,
    /// What would be handed in and has to wait for this, as it is called.
    pub before: Option<String>,
    /// Why a package was not taken.
    pub refused: Option<NotReceived>,
    /// The file was made a moment ago; with its passphrase, which is shown once, where it has one.
    pub made: Option<Option<String>>,
    /// A package was taken a moment ago.
    pub is_taken: bool,
}

/// The page of a person. `style` is the address of the style sheet.
#[must_use]
pub fn relocation(profile: &Profile, style: &str, view: RelocationView, came: Came) -> String {
    let has_faults = !came.faults.is_empty() || came.refused.is_some();
    let title = if has_faults { "错误：跨省调转" } else { "跨省调转" };
    let waits = came.before.as_ref().and_then(|name| comes_first(name, &view.stands));
    let trouble = came
        .trouble
        .as_ref()
        .or(waits.as_ref())
        .map(|text| view! { <div class="notice notice--danger" role="alert"><p>{text.clone()}</p></div> });
    let left = leave::section(profile, &view, &came);
    let may_arrive = matches!(view.stands, Stands::Nowhere | Stands::Left { .. });
    let arrived = (may_arrive || view.received.is_some()).then(|| arrive::section(profile, &view, &came, may_arrive));
    let body = view! {
        {summary(&came.faults)}
        <nav class="breadcrumbs" aria-label="当前位置">
            <ol>
                <li><a href=format!("/{}/home", profile.key)>"个人中心"</a></li>
                <li aria-current="page">"跨省调转"</li>
            </ol>
        </nav>
        <h1>"跨省调转"</h1>
        <p class="lead">"档案转到其他省份，或者从其他省份转来。大连、宁波、青岛、厦门、深圳等单独管理档案的地区，按省份办理。"</p>
        {trouble}
        {left}
        {arrived}
    };
    framed(profile, style, title, body.into_any())
}

/// Why something else was not handed in; nothing where this stands in the way of nothing.
fn comes_first(name: &str, stands: &Stands) -> Option<String> {
    match stands {
        Stands::Left { .. } => Some(format!("{name}没有提交：您的档案已经调出，由调往的地区管理。")),
        Stands::Waiting { .. } => {
            Some(format!("{name}没有提交：您的跨省调出正在办理，办结或者取消以后再提交。填写的内容已经保留。"))
        }
        Stands::Here(_) | Stands::Busy { .. } | Stands::Nowhere => None,
    }
}

/// Why a package is not taken, and what to do.
#[must_use]
pub fn refusal(why: NotReceived) -> &'static str {
    match why {
        NotReceived::NotAPackage => "这不是会计人员档案包，或者文件没有下载完整、被改动过。请选择从调出省份平台下载的原文件。",
        NotReceived::PassphraseNeeded => "这份档案包需要口令。请填写生成档案包时页面显示的口令。",
        NotReceived::WrongPassphrase => {
            "打不开这份档案包：口令不对，或者文件被改动过。请核对口令；没有口令的，请在调出省份的平台重新生成档案包。"
        }
        NotReceived::NotForUs => "这份档案包是为其他省份生成的，本省打不开。请到调往的省份办理，或者在调出省份的平台核对。",
        NotReceived::Altered => "这份档案包被改动过，电子签名不符，不能接收。请在调出省份的平台重新下载。",
        NotReceived::OtherVersion => "这份档案包的格式版本本平台还不能读取。请与调入地的会计管理部门联系。",
        NotReceived::UnknownOrigin => "不能确认这份档案包由哪个省份签发，不能接收。请与调入地的会计管理部门联系。",
        NotReceived::OtherDestination => "这份档案包转往其他省份，不能在本省接收。请到调往的省份办理。",
        NotReceived::OtherPerson => "这份档案包不是您本人的：证件号码或者姓名与您的账号不一致。",
        NotReceived::UsedBefore => "这份档案包已经接收过，不能再次使用。",
        NotReceived::HasRecord => "您在本省已有档案，不用调入。信息有变化的，请办理信息变更。",
        NotReceived::UnderReview => "您在本省的申请正在审核或者等待修改，不能再调入。请先办结这件申请。",
    }
}

/// A table that a package says, with its sentences.
fn table(of: &Beside) -> AnyView {
    let said = of.said.iter().map(|text| view! { <p>{text.clone()}</p> }).collect_view();
    let heads: Vec<&str> = of.columns.iter().map(String::as_str).collect();
    let row = |row: &Vec<String>| row.iter().map(|cell| cell.clone().into_any()).collect();
    let table = (!of.rows.is_empty()).then(|| rows::table(of.title.clone(), &heads, of.rows.iter().map(row).collect()));
    view! { <h3>{of.title.clone()}</h3> {said} {table} }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_says_what_waits_for_it_and_nothing_where_it_keeps_nobody() {
        let waiting = Stands::Waiting {
            destination: "大连市".into(),
            bureau_name: "雨花区财政局".into(),
            number: "1".into(),
            due_on: None,
            version: 1,
        };
        let said = comes_first("诚信奖励", &waiting).unwrap();
        assert!(said.starts_with("诚信奖励没有提交：您的跨省调出正在办理"), "{said}");
        assert_eq!(comes_first("诚信奖励", &Stands::Nowhere), None);
    }
}
