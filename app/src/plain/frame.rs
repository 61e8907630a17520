//! The frame of a plain page: the header with the ways that are open to whoever asks, and the footer. They are those of the other pages,
//! without what needs a script.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::account::view::{ProvinceWords, SiteView, Who};
use domain::national::footer;
use domain::province::Profile;
use http::HeaderMap;
use leptos::prelude::*;

use super::drawn;
use super::questions::escaped;
use crate::request::{Display, display_of, wants_elder};
use crate::ui::elder::call;
use crate::ui::page::Frame;
use crate::ui::parts::{Footer, links};

/// How a plain page looks to whoever asks for it. It stands around the routes, so that none of them has to carry it.
#[derive(Clone, Debug, Default)]
pub struct Look {
    today: NaiveDate,
    is_demo: bool,
    path: String,
    wants_elder: bool,
    display: Display,
    /// `None` where nobody looks for a session.
    who: Option<Who>,
    /// Names whoever is signed in to what their tab keeps, and to nobody else.
    typist: String,
}

impl Look {
    /// That of a request of which the head is known.
    #[must_use]
    pub fn of(path: &str, headers: &HeaderMap, today: NaiveDate, is_demo: bool) -> Self {
        let (wants_elder, display) = (wants_elder(path, headers), display_of(headers));
        Self { today, is_demo, path: path.to_owned(), wants_elder, display, ..Self::default() }
    }
}

/// Notes who asks, for the header of a page that is drawn afterwards, and as whom what they type is kept.
pub fn seen_by(who: Who, typist: String) {
    if let Some(look) = use_context::<Look>() {
        // What a visitor types here is kept by nobody.
        let typist = if matches!(who, Who::Visitor) { String::new() } else { typist };
        provide_context(Look { who: Some(who), typist, ..look });
    }
}

/// A page in its frame. `style` is the address of the style sheet.
pub(super) fn framed(profile: &Profile, style: &str, title: &str, content: AnyView) -> String {
    let look = use_context::<Look>().unwrap_or_default();
    let who = look.who.clone().unwrap_or_default();
    // 长者版 is for whoever does their own affairs.
    let is_own = matches!(who, Who::Visitor | Who::Accountant { .. });
    let mut province = ProvinceWords::of(profile, look.today);
    province.footer.extend(footer(profile, look.today));
    let elder = (look.wants_elder && is_own).then(|| service::intake::hotline(&province));
    let is_staff = matches!(who, Who::Staff { .. });
    let site = SiteView { province, who, typist: look.typist.clone(), is_demo: look.is_demo, elder };
    let frame = Frame { key: profile.key.clone(), site: Arc::new(site) };
    let head = view! {
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href=style.to_owned() />
        <meta name="robots" content="noindex" />
    };
    let class = if is_staff { "page page--wide wrap" } else { "page wrap" };
    let typist = Some(look.typist.clone()).filter(|typist| !typist.is_empty());
    let body = view! {
        <a class="skip-link" href="#main">"跳到主要内容"</a>
        {is_own.then(|| version(&frame))}
        {header(&frame, &look)}
        {call(&frame)}
        <main id="main" class=class data-typist=typist>{content}</main>
        <Footer frame=frame.clone() />
        {tabs(&frame)}
    };
    let title = format!("{} – {}", escaped(title), escaped(&profile.site.title));
    drawn(title, (frame.is_elder(), look.display), head, body)
}

/// 长者版 and the way back from it.
fn version(frame: &Frame) -> AnyView {
    let (value, label) = if frame.is_elder() { ("no", "标准版") } else { ("yes", "长者版") };
    view! {
        <section class="site-tools" aria-label="显示设置">
            <div class="wrap">
                <form method="post" action="/api/site/version">
                    <input type="hidden" name="province" value=frame.key.clone() />
                    <button type="submit" class="site-tools__version" name="form[elder]" value=value>{label}</button>
                </form>
            </div>
        </section>
    }
    .into_any()
}

fn header(frame: &Frame, look: &Look) -> AnyView {
    let front = format!("/{}", frame.key);
    let mut ways = links(frame);
    if look.who.is_none() {
        // Whether somebody is signed in is not known here.
        ways.retain(|(_, href)| !href.ends_with("/login") && !href.ends_with("/register"));
    }
    let way = |(label, href): (String, String)| {
        let rest = look.path.strip_prefix(&href).filter(|_| href != front);
        let is_here = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')).then_some("page");
        view! { <a href=href aria-current=is_here>{label}</a> }
    };
    let ways = ways.into_iter().map(way).collect_view();
    let (side, nav) = match frame.site.who {
        Who::Staff { .. } => ("site-header site-header--side", "site-header__nav"),
        // On a telephone the tabs at the lower edge are their navigation.
        Who::Accountant { .. } if !frame.is_elder() => ("site-header", "site-header__nav site-header__nav--tabs"),
        _ => ("site-header", "site-header__nav"),
    };
    view! {
        <header class=side>
            <div class="wrap">
                <a class="site-header__name" href=front.clone()>
                    <img src="/emblem.svg" alt="" width="32" height="32" />
                    <span>{frame.site.province.title.clone()}</span>
                </a>
                <nav class=nav aria-label="主要导航">{ways} {account(frame)}</nav>
            </div>
        </header>
    }
    .into_any()
}

/// Who of the staff is signed in, and the way out. The name of a person would be a look into the store.
fn account(frame: &Frame) -> Option<AnyView> {
    let (who, leave) = match &frame.site.who {
        Who::Visitor | Who::Acting { .. } => return None,
        Who::Accountant { .. } => (None, "/api/account/sign-out"),
        Who::Staff { name, bureau_name, .. } => (Some(format!("{name}（{bureau_name}）")), "/api/account/sign-out?staff"),
    };
    let who = who.map(|who| view! { <span class="site-header__who">{who}</span> });
    let view = view! {
        <div class="site-header__account">
            {who}
            <form method="post" action=leave>
                <input type="hidden" name="province" value=frame.key.clone() />
                <button type="submit" class="button button--quiet button--small">"退出登录"</button>
            </form>
        </div>
    };
    Some(view.into_any())
}

/// The places of an accountant at the lower edge of a telephone.
fn tabs(frame: &Frame) -> Option<AnyView> {
    let has_tabs = matches!(frame.site.who, Who::Accountant { .. }) && !frame.is_elder();
    has_tabs.then(|| {
        let tab = |(label, path): (&'static str, &'static str)| view! { <a href=frame.path(path)>{label}</a> };
        let tabs = [("首页", "home"), ("办事", "services"), ("消息", "messages"), ("我的", "settings")].map(tab);
        view! { <nav class="tab-bar" aria-label="常用">{tabs.into_iter().collect_view()}</nav> }.into_any()
    })
}
