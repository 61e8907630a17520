//! Small parts of pages: header, footer, tabs, the row of tools, breadcrumbs, tips.

use chrono::NaiveDate;
use domain::account::view::Who;
use domain::case::StaffRole;
use domain::province::MenuItem;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::elder::version;
use super::format;
use super::page::Frame;

/// Above the header, and on a wide desk within it: 长者版, and under 显示 text size and contrast, which the browser remembers and every
/// page is drawn with (ux O1). Choosing them needs scripts and is hidden without them; the browser's own zoom works either way.
#[component]
pub fn Tools(frame: Frame) -> impl IntoView {
    let button = |(label, attribute, value): (&'static str, &'static str, &'static str)| {
        view! { <button type="button" on:click=move |_| choose(attribute, value)>{label}</button> }
    };
    let buttons = [
        ("标准字号", SIZE, ""),
        ("大字号", SIZE, "larger"),
        ("特大字号", SIZE, "largest"),
        ("高对比度", CONTRAST, "high"),
        ("标准颜色", CONTRAST, ""),
    ];
    let class = if is_staff(&frame) { "site-tools site-tools--side" } else { "site-tools" };
    view! {
        <section class=class aria-label="显示设置">
            <div class="wrap">
                {version(&frame)}
                <details class="menu needs-scripts">
                    <summary>"显示"</summary>
                    <div>{buttons.map(button).collect_view()}</div>
                </details>
            </div>
        </section>
    }
}

/// Attributes of the document, and the names of the cookies that keep them.
const SIZE: &str = "data-size";
const CONTRAST: &str = "data-contrast";

fn choose(attribute: &'static str, value: &'static str) {
    let Some(document) = super::browser::document() else { return };
    if let Some(root) = document.document_element() {
        let _ = if value.is_empty() { root.remove_attribute(attribute) } else { root.set_attribute(attribute, value) };
    }
    // In a cookie, so that the next page comes as it was chosen, also one without the program.
    let kept = [attribute, "=", value, "; path=/; max-age=31536000; samesite=lax"].concat();
    let _ = js_sys::Reflect::set(&document, &"cookie".into(), &kept.into());
}

fn is_staff(frame: &Frame) -> bool {
    matches!(frame.site.who, Who::Staff { .. })
}

/// The header: the site's name, and the ways that are open to whoever is looking.
#[component]
pub fn Header(frame: Frame) -> impl IntoView {
    let title = frame.site.province.title.clone();
    let home = format!("/{}", frame.key);
    let here = use_location().pathname;
    let link = |(label, href): (String, String)| {
        let target = href.clone();
        // The front page is the beginning of every address, and so only itself.
        let is_section = href != home;
        let is_here = move || {
            let rest = here.with(|path| path.strip_prefix(&target).map(str::to_owned));
            rest.is_some_and(|rest| rest.is_empty() || (is_section && rest.starts_with('/'))).then_some("page")
        };
        // Pages without the program.
        let rel = ["staff/texts", "staff/penalties"].iter().any(|page| href.ends_with(page)).then_some("external");
        view! { <a href=href rel=rel aria-current=is_here>{label}</a> }
    };
    let links = links(&frame).into_iter().map(link).collect_view();
    let account = account(&frame);
    // On a telephone the tabs at the lower edge are their navigation.
    let has_tabs = !frame.is_elder() && matches!(frame.site.who, Who::Accountant { .. });
    let class = if has_tabs { "site-header__nav site-header__nav--tabs" } else { "site-header__nav" };
    // Those of the staff stand at the side of a desk.
    let side = if is_staff(&frame) { "site-header site-header--side" } else { "site-header" };
    view! {
        <header class=side>
            <div class="wrap">
                <a class="site-header__name" href=home>
                    <img src="/emblem.svg" alt="" width="32" height="32" />
                    <span>{title}</span>
                </a>
                <nav class=class aria-label="主要导航">{links} {account}</nav>
            </div>
        </header>
    }
}

/// 窗口代为填写: for whom, and the way back to the counter, on every page of it.
pub fn acting(frame: &Frame) -> AnyView {
    let Who::Acting { name } = &frame.site.who else { return ().into_any() };
    let text = format!("正在为 {name} 代为填写（窗口办理）。填写完成后请回到窗口办理代为提交。");
    view! {
        <section class="acting" aria-label="窗口代为填写">
            <div class="wrap"><p>{text}</p> {end_acting(frame, "结束代为填写")}</div>
        </section>
    }
    .into_any()
}

/// The button that ends it. What was typed a moment ago is saved before.
pub fn end_acting(frame: &Frame, label: &'static str) -> AnyView {
    view! {
        <form method="post" action="/api/counter/end" on:submit=move |event| super::browser::save_first(&event)>
            <input type="hidden" name="province" value=frame.key.clone() />
            <button type="submit" class="button button--secondary">{label}</button>
        </form>
    }
    .into_any()
}

/// The ways in the header of whoever is looking.
pub(crate) fn links(frame: &Frame) -> Vec<(String, String)> {
    let staff = |links: &[(&str, &str)]| {
        links.iter().map(|(label, path)| ((*label).to_owned(), frame.path(&format!("staff/{path}")))).collect()
    };
    match &frame.site.who {
        Who::Visitor => vec![
            ("首页".into(), format!("/{}", frame.key)),
            ("通知公告".into(), frame.path("texts/notices")),
            ("政策法规".into(), frame.path("texts/regulations")),
            ("操作指南".into(), frame.path("texts/guides")),
            ("常见问题".into(), frame.path("texts/questions")),
            ("咨询电话".into(), frame.path("hotlines")),
            ("登录".into(), frame.path("login")),
            ("注册".into(), frame.path("register")),
        ],
        Who::Accountant { unread, .. } => {
            let messages = if *unread > 0 { format!("站内信（{unread} 条未读）") } else { "站内信".into() };
            vec![
                ("个人中心".into(), frame.path("home")),
                ("业务办理".into(), frame.path("services")),
                (messages, frame.path("messages")),
            ]
        }
        Who::Acting { .. } => vec![(frame.intake(), frame.path("intake"))],
        Who::Staff { role: StaffRole::Reviewer, is_second_factor_done: true, .. } => {
            let mut ways: Vec<_> =
                staff(&[("工作台", "desk"), ("审核列表", "queue"), ("本局电话", "hotlines"), ("账号设置", "settings")]);
            if frame.site.province.after_approval.iter().any(|item| item.key == "integrity") {
                ways.insert(2, ("行政处罚登记".into(), frame.path("staff/penalties")));
            }
            ways
        }
        Who::Staff { role: StaffRole::Administrator, is_second_factor_done: true, .. } => staff(&[
            ("人员管理", "people"),
            ("网站内容", "texts"),
            ("咨询电话", "hotlines"),
            ("网校管理", "schools"),
            ("账号设置", "settings"),
        ]),
        Who::Staff { .. } => Vec::new(),
    }
}

/// The places of an accountant at the lower edge of a telephone; on a wider page the header has them.
#[component]
pub fn TabBar(frame: Frame) -> impl IntoView {
    let Who::Accountant { unread, .. } = frame.site.who else { return ().into_any() };
    if frame.is_elder() {
        return ().into_any();
    }
    let (path, prefix) = (use_location().pathname, frame.path(""));
    let at = Memo::new(move |_| path.with(|path| tab_of(path.strip_prefix(&prefix).unwrap_or_default())));
    let mut count = (unread > 0)
        .then(|| view! { <span class="tab-bar__count">{unread}</span> <span class="hidden-visually">"条未读"</span> });
    let tab = |(nth, (label, path)): (usize, (&'static str, &'static str))| {
        let count = if nth == 2 { count.take() } else { None };
        view! { <a href=frame.path(path) aria-current=move || (at.get() == Some(nth)).then_some("page")>{label} " " {count}</a> }
    };
    let tabs = [("首页", "home"), ("办事", "services"), ("消息", "messages"), ("我的", "settings")];
    let tabs = tabs.into_iter().enumerate().map(tab).collect_view();
    view! { <nav class="tab-bar" aria-label="常用" hidden=move || at.get().is_none()>{tabs}</nav> }.into_any()
}

/// The tab that a page belongs to, past the last one where it belongs to none. The pages of a form have no tabs: the bar of
/// the form stays at the lower edge there.
fn tab_of(page: &str) -> Option<usize> {
    match page {
        "home" => Some(0),
        "services" | "record" | "intake" | "intake/progress" => Some(1),
        "messages" => Some(2),
        "settings" => Some(3),
        _ if page == "learning" || page.starts_with("learning/") => Some(1),
        _ if page.starts_with("intake/") || page.starts_with("settings/") => None,
        _ => Some(4),
    }
}

/// Who is signed in, and the way out; both wrap together.
fn account(frame: &Frame) -> Option<AnyView> {
    let name = match &frame.site.who {
        Who::Visitor | Who::Acting { .. } => return None,
        Who::Accountant { name, .. } => name.clone(),
        Who::Staff { name, bureau_name, .. } => format!("{name}（{bureau_name}）"),
    };
    // Said by the address: some browsers keep back from which page they come.
    let leave = if is_staff(frame) { "/api/account/sign-out?staff" } else { "/api/account/sign-out" };
    let view = view! {
        <div class="site-header__account">
            <span class="site-header__who">{name}</span>
            <form method="post" action=leave on:submit=|_| super::kept::clear()>
                <input type="hidden" name="province" value=frame.key.clone() />
                <button type="submit" class="button button--quiet button--small">"退出登录"</button>
            </form>
        </div>
    };
    Some(view.into_any())
}

/// Where name, number and telephone of a person come from, when they cannot be changed here (手册丁 基本信息).
#[component]
pub fn FromService(frame: Frame) -> impl IntoView {
    frame.site.province.identity_service.clone().map(|service| {
        let name = service.name;
        let text = format!("姓名、手机号码和证件信息来自{name}，如有错误请到{name}更正，或者拨打 {}。", service.hotline);
        let account = frame.path("identity/account");
        view! { <p class="hint">{text} " " <a href=account rel="external">{format!("{name}用户中心")}</a></p> }
    })
}

/// The footer: who runs the site, and a telephone of people on every page (ux O2).
#[component]
pub fn Footer(frame: Frame) -> impl IntoView {
    let site = frame.site.province.clone();
    let phone = if site.hotline.is_empty() {
        site.hotline_fallback.clone()
    } else {
        format!("咨询电话 {}（{}）", site.hotline, site.hours)
    };
    // A page of the portal lies in the accountants' program, whichever is running here.
    let links = [
        ("通知公告", "texts/notices"),
        ("政策法规", "texts/regulations"),
        ("操作指南", "texts/guides"),
        ("常见问题", "texts/questions"),
        ("咨询电话", "hotlines"),
        ("证明查验", "verify"),
        ("工作人员登录", "staff/login"),
    ];
    let links = links.map(|(label, path)| view! { <li><a href=frame.path(path) rel="external">{label}</a></li> }).collect_view();
    view! {
        <footer class="site-footer">
            <div class="wrap">
                <p>"主办单位：" {site.authority}</p>
                {site.footer.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
                <p>{phone}</p>
                <ul>{links}</ul>
                {frame.site.is_demo.then(|| view! { <p><a href="/demo" rel="external">"演示：查看短信"</a></p> })}
            </div>
        </footer>
    }
}

/// The way back to where the page hangs. Each is (label, path); the last one is the page itself.
#[component]
pub fn Breadcrumbs<L: Into<String>>(trail: Vec<(L, String)>, here: String) -> impl IntoView {
    let trail: Vec<(String, String)> = trail.into_iter().map(|(label, href)| (label.into(), href)).collect();
    view! {
        <nav class="breadcrumbs" aria-label="当前位置">
            <ol>
                {trail.into_iter().map(|(label, href)| view! { <li><a href=href>{label}</a></li> }).collect_view()}
                <li aria-current="page">{here}</li>
            </ol>
        </nav>
    }
}

/// 温馨提示: at most five numbered lines above a form (ux F11).
#[component]
pub fn Tips(lines: Vec<String>) -> impl IntoView {
    (!lines.is_empty()).then(|| {
        view! {
            <aside class="tips" aria-label="温馨提示">
                <h2>"温馨提示"</h2>
                <ol>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ol>
            </aside>
        }
    })
}

/// An entry of what the province opens later.
pub fn opening(item: &MenuItem, on: NaiveDate) -> AnyView {
    let title = format!("{}（{}开放）", item.title, format::date(on));
    view! { <li><div class="entry" data-state="disabled"><strong>{title}</strong><span>{item.note.clone()}</span></div></li> }
        .into_any()
}
