//! Small parts of pages: header, footer, the row of tools, breadcrumbs, tips.

use domain::account::view::Who;
use leptos::prelude::*;

use super::page::Frame;

/// The row above the header: text size and contrast, remembered in the browser (ux O1). It needs scripts and is hidden
/// without them; the browser's own zoom works either way.
#[component]
pub fn Tools() -> impl IntoView {
    let is_awake = RwSignal::new(false);
    Effect::new(move |_| {
        is_awake.set(true);
        restore();
    });
    let button = |label: &'static str, attribute: &'static str, value: &'static str| {
        view! { <button type="button" on:click=move |_| choose(attribute, value)>{label}</button> }
    };
    view! {
        <section class="site-tools" aria-label="显示设置" hidden=move || !is_awake.get()>
            <div class="wrap">
                {button("标准字号", "data-size", "")} {button("大字号", "data-size", "larger")}
                {button("特大字号", "data-size", "largest")} {button("高对比度", "data-contrast", "high")}
                {button("标准颜色", "data-contrast", "")}
            </div>
        </section>
    }
}

#[cfg(feature = "hydrate")]
fn choose(attribute: &'static str, value: &'static str) {
    apply(attribute, value);
    if let Some(store) = super::browser::window().and_then(|w| w.local_storage().ok().flatten()) {
        let _ = store.set_item(attribute, value);
    }
}

#[cfg(feature = "hydrate")]
fn restore() {
    let Some(store) = super::browser::window().and_then(|w| w.local_storage().ok().flatten()) else { return };
    for attribute in ["data-size", "data-contrast"] {
        if let Ok(Some(value)) = store.get_item(attribute) {
            apply(attribute, &value);
        }
    }
}

#[cfg(feature = "hydrate")]
fn apply(attribute: &str, value: &str) {
    if let Some(root) = super::browser::document().and_then(|d| d.document_element()) {
        let _ = if value.is_empty() { root.remove_attribute(attribute) } else { root.set_attribute(attribute, value) };
    }
}

#[cfg(not(feature = "hydrate"))]
fn choose(_: &'static str, _: &'static str) {}

#[cfg(not(feature = "hydrate"))]
fn restore() {}

/// The header: the site's name, and the ways that are open to whoever is looking.
#[component]
pub fn Header(frame: Frame) -> impl IntoView {
    let title = frame.site.profile.site.title.clone();
    let home = format!("/{}", frame.key);
    let links: Vec<(String, String)> = match &frame.site.who {
        Who::Visitor => vec![("注册".into(), frame.path("register")), ("登录".into(), frame.path("login"))],
        Who::Accountant { unread, .. } => {
            let messages = if *unread > 0 { format!("站内信（{unread} 条未读）") } else { "站内信".into() };
            vec![
                ("个人中心".into(), frame.path("home")),
                ("业务办理".into(), frame.path("services")),
                (messages, frame.path("messages")),
            ]
        }
        Who::Staff { is_second_factor_done: true, .. } => {
            vec![("工作台".into(), frame.path("staff/desk")), ("审核列表".into(), frame.path("staff/queue"))]
        }
        Who::Staff { .. } => Vec::new(),
    };
    let name = match &frame.site.who {
        Who::Visitor => None,
        Who::Accountant { name, .. } => Some(name.clone()),
        Who::Staff { name, bureau, .. } => Some(format!("{name}（{bureau}）")),
    };
    let key = frame.key.clone();
    view! {
        <header class="site-header">
            <div class="wrap">
                <a class="site-header__name" href=home>
                    <img src="/emblem.svg" alt="" width="32" height="32" />
                    <span>{title}</span>
                </a>
                <nav class="site-header__nav" aria-label="主要导航">
                    {links.into_iter().map(|(label, href)| view! { <a href=href>{label}</a> }).collect_view()}
                    {name
                        .map(|name| {
                            view! {
                                <span class="site-header__who">{name}</span>
                                <form method="post" action="/api/account/sign-out">
                                    <input type="hidden" name="province" value=key />
                                    <button type="submit" class="button button--quiet button--small">"退出登录"</button>
                                </form>
                            }
                        })}
                </nav>
            </div>
        </header>
    }
}

/// The footer: who runs the site, and a telephone of people on every page (ux O2).
#[component]
pub fn Footer(frame: Frame) -> impl IntoView {
    let site = frame.site.profile.site.clone();
    let phone = if site.hotline.is_empty() {
        site.hotline_fallback.clone()
    } else {
        format!("咨询电话 {}（{}）", site.hotline, site.hours)
    };
    let staff = frame.path("staff/login");
    view! {
        <footer class="site-footer">
            <div class="wrap">
                <p>"主办单位：" {site.authority}</p>
                <p>{phone}</p>
                <p><a href=staff rel="external">"工作人员登录"</a></p>
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
