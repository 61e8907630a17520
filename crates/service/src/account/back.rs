//! What the page of the sign-in says of the page that was asked for, to which signing in leads back.

use domain::case::CaseKind;
use domain::province::Profile;

use crate::Visit;

/// The sentence, where a page was asked for.
pub(super) fn said(visit: &Visit) -> Option<String> {
    let page = visit.wanted.as_deref()?;
    Some(format!("登录后回到：{}。", title(&visit.province.profile, page)))
}

/// What a page is called, in the words of the province. Whose case it is, or which one, is not said to whoever has not signed in.
fn title(profile: &Profile, page: &str) -> String {
    let (path, query) = page.split_once('?').unwrap_or((page, ""));
    let parts: Vec<&str> = path.split('/').skip(2).collect();
    let is_asked = |word: &str| query.split('&').any(|pair| pair.split('=').next() == Some(word));
    let line = |kind| profile.line(kind).name.as_str();
    let title: &str = match parts.as_slice() {
        ["home"] => "个人中心",
        ["services"] => "业务办理",
        ["messages"] => "站内信",
        ["settings", ..] => "账号设置",
        ["record"] => &profile.intake.record_name,
        ["intake", "progress"] => &profile.intake.progress_name,
        ["intake", ..] if is_asked("change") => line(CaseKind::Change),
        ["intake", ..] => line(CaseKind::Intake),
        ["learning", ..] if is_asked("employers") || is_asked("employer") => "单位管理",
        ["learning", ..] if is_asked("integrity") => "诚信信息查询",
        ["learning", "conversions"] if query.is_empty() => line(CaseKind::Conversion),
        ["learning"] => "继续教育",
        ["staff", "desk"] => "工作台",
        ["staff", "queue"] => "审核列表",
        ["staff", "people", ..] => "人员管理",
        ["staff", "counter", ..] => "窗口更正",
        _ => "刚才要打开的页面",
    };
    title.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_called_as_its_province_calls_it_and_no_case_is_named() {
        let called = |province: &str, page: &str| {
            let read =
                |file: &str| std::fs::read_to_string(format!("{}/../../provinces/{file}", env!("CARGO_MANIFEST_DIR"))).ok();
            title(&domain::province::Province::parse(&read, province).unwrap().profile, page)
        };
        for (province, page, name) in [
            ("hunan", "/hunan/messages", "站内信"),
            ("hunan", "/hunan/settings/mobile", "账号设置"),
            ("hunan", "/hunan/intake/person", "信息采集"),
            ("zhejiang", "/zhejiang/intake/person", "信息登记"),
            ("zhejiang", "/zhejiang/intake/progress", "登记进度"),
            ("hubei", "/hubei/record", "信息查询"),
            ("hubei", "/hubei/intake?change=all", "信息变更"),
            ("hunan", "/hunan/learning", "继续教育"),
            ("hunan", "/hunan/learning?employers=all", "单位管理"),
            ("hunan", "/hunan/learning/conversions/c-1?employer=claim", "单位管理"),
            ("hunan", "/hunan/learning/conversions/c-1", "刚才要打开的页面"),
            ("hunan", "/hunan/staff/queue?status=approved", "审核列表"),
            ("hunan", "/hunan/staff/cases/c-1", "刚才要打开的页面"),
        ] {
            assert_eq!(called(province, page), name, "{page}");
        }
    }
}
