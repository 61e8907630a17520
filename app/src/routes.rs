//! The shell of every document, and the routes. Every route is rendered whole before it is sent (`SsrMode::Async`), so that
//! status, redirects and pages without scripts are right.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::hooks::use_location;
use leptos_router::{ParamSegment, SsrMode, StaticSegment};

use crate::account::{ActivatePage, SetPasswordPage};
use crate::account::{ForgotPage, HomePage, LoginPage, MessagesPage, PortalPage, RegisterPage, RegisteredPage, ServicesPage};
use crate::account::{ObjectionPage, PhoneChangePage};
use crate::intake::{BriefingPage, CheckPage, FilesPage, HubPage, ProgressPage, RecordPage, StepPage};
use crate::portal::{
    ContactPage, ContactsPage, EditGuidePage, EditGuidesPage, EditNoticePage, EditNoticesPage, GuidePage, GuidesPage,
    HotlinesPage, NoticePage, NoticesPage,
};
use crate::review::{CasePage, DeskPage, QueuePage};
use crate::site::{Reload, Site, load_site, use_province};
use crate::staff::{
    ActivatePage as StaffActivatePage, BootstrapPage, NewPersonPage, PeoplePage, PersonPage, SecondFactorPage, StaffLoginPage,
};
use crate::ui::gallery::GalleryPage;

/// The document around every page.
#[cfg(feature = "ssr")]
pub fn shell(options: LeptosOptions) -> impl IntoView {
    use leptos_meta::{HashedStylesheet, MetaTags};
    crate::request::secure();
    let is_staff = crate::request::is_staff_page();
    let studio = crate::request::studio().filter(|_| !is_staff);
    let program = if is_staff { crate::request::staff_program(&options) } else { options.clone() };
    view! {
        <!DOCTYPE html>
        <html lang="zh-CN" data-studio=studio>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <HashedStylesheet options=options.clone() id="style" />
                <noscript>
                    <link rel="stylesheet" href="/noscript.css" />
                </noscript>
                // A page that answers a post stands at another address than its program would look for.
                {(!crate::request::is_answer()).then(|| view! { <HydrationScripts options=program /> })}
                <MetaTags />
            </head>
            <body>
                {if is_staff { view! { <StaffApp /> }.into_any() } else { view! { <AccountantApp /> }.into_any() }}
            </body>
        </html>
    }
}

/// The pages of visitors and accountants: one program for the browser.
#[component]
pub fn AccountantApp() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <AccountantPages />
        </Router>
    }
}

/// The pages of the bureaus: a program of its own, so that accountants do not download it (docs/adr/0009).
#[component]
pub fn StaffApp() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <StaffPages />
        </Router>
    }
}

/// What every page finds in its context.
fn provide() {
    let reload = Reload(RwSignal::new(0));
    provide_context(reload);
    let province = use_province();
    let data = crate::wire::load(move || (province.get(), reload.0.get()), |(province, _)| load_site(province));
    provide_context(Site(data));
    follow_focus();
}

#[component]
fn AccountantPages() -> impl IntoView {
    provide();
    let province = ParamSegment("province");
    let intake = StaticSegment("intake");
    let whole = SsrMode::Async;
    view! {
        <Routes fallback=missing>
            <Route path=province view=PortalPage ssr=whole.clone() />
            <Route path=(province, StaticSegment("register")) view=RegisterPage ssr=whole.clone() />
            <Route path=(province, StaticSegment("registered")) view=RegisteredPage ssr=whole.clone() />
            <Route path=(province, StaticSegment("login")) view=LoginPage ssr=whole.clone() />
            <Route path=(province, StaticSegment("forgot")) view=ForgotPage ssr=whole.clone() />
            <Route path=(province, StaticSegment("phone-change")) view=PhoneChangePage ssr=whole.clone() />
            <Route
                path=(province, StaticSegment("phone-change"), StaticSegment("objection"), ParamSegment("token"))
                view=ObjectionPage
                ssr=whole.clone()
            />
            <Route path=(province, StaticSegment("notices")) view=NoticesPage ssr=whole.clone() />
            <Route path=(province, StaticSegment("notices"), ParamSegment("id")) view=NoticePage ssr=whole.clone() />
            <Route path=(province, StaticSegment("guides")) view=GuidesPage ssr=whole.clone() />
            <Route path=(province, StaticSegment("guides"), ParamSegment("id")) view=GuidePage ssr=whole.clone() />
            <Route path=(province, StaticSegment("hotlines")) view=HotlinesPage ssr=whole.clone() />
            <Route path=(province, StaticSegment("activate")) view=ActivatePage ssr=whole.clone() />
            <Route path=(province, StaticSegment("password")) view=SetPasswordPage ssr=whole.clone() />
            <Route path=(province, StaticSegment("home")) view=HomePage ssr=whole.clone() />
            <Route path=(province, StaticSegment("services")) view=ServicesPage ssr=whole.clone() />
            <Route path=(province, StaticSegment("messages")) view=MessagesPage ssr=whole.clone() />
            <Route path=(province, StaticSegment("record")) view=RecordPage ssr=whole.clone() />
            <Route path=(province, intake) view=HubPage ssr=whole.clone() />
            <Route path=(province, intake, StaticSegment("briefing")) view=BriefingPage ssr=whole.clone() />
            <Route path=(province, intake, StaticSegment("files")) view=FilesPage ssr=whole.clone() />
            <Route path=(province, intake, StaticSegment("check")) view=CheckPage ssr=whole.clone() />
            <Route path=(province, intake, StaticSegment("progress")) view=ProgressPage ssr=whole.clone() />
            <Route path=(province, intake, ParamSegment("step")) view=StepPage ssr=whole />
        </Routes>
    }
}

#[component]
fn StaffPages() -> impl IntoView {
    provide();
    let province = ParamSegment("province");
    let staff = StaticSegment("staff");
    let whole = SsrMode::Async;
    view! {
        <Routes fallback=missing>
            <Route path=(province, staff, StaticSegment("login")) view=StaffLoginPage ssr=whole.clone() />
            <Route path=(province, staff, StaticSegment("second-factor")) view=SecondFactorPage ssr=whole.clone() />
            <Route path=(province, staff, StaticSegment("bootstrap")) view=BootstrapPage ssr=whole.clone() />
            <Route path=(province, staff, StaticSegment("gallery")) view=GalleryPage ssr=whole.clone() />
            <Route path=(province, staff, StaticSegment("activate")) view=StaffActivatePage ssr=whole.clone() />
            <Route path=(province, staff, StaticSegment("people")) view=PeoplePage ssr=whole.clone() />
            <Route path=(province, staff, StaticSegment("people"), StaticSegment("new")) view=NewPersonPage ssr=whole.clone() />
            <Route path=(province, staff, StaticSegment("people"), ParamSegment("id")) view=PersonPage ssr=whole.clone() />
            <Route path=(province, staff, StaticSegment("notices")) view=EditNoticesPage ssr=whole.clone() />
            <Route path=(province, staff, StaticSegment("notices"), ParamSegment("id")) view=EditNoticePage ssr=whole.clone() />
            <Route path=(province, staff, StaticSegment("guides")) view=EditGuidesPage ssr=whole.clone() />
            <Route path=(province, staff, StaticSegment("guides"), ParamSegment("id")) view=EditGuidePage ssr=whole.clone() />
            <Route path=(province, staff, StaticSegment("hotlines")) view=ContactsPage ssr=whole.clone() />
            <Route path=(province, staff, StaticSegment("hotlines"), ParamSegment("id")) view=ContactPage ssr=whole.clone() />
            <Route path=(province, staff, StaticSegment("desk")) view=DeskPage ssr=whole.clone() />
            <Route path=(province, staff, StaticSegment("queue")) view=QueuePage ssr=whole.clone() />
            <Route path=(province, staff, StaticSegment("cases"), ParamSegment("case")) view=CasePage ssr=whole />
        </Routes>
    }
}

/// An address that no page has; it lies outside the program that is running, so it is asked of the server.
fn missing() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    if let Some(window) = crate::ui::browser::window() {
        let _ = window.location().reload();
    }
    view! {
        <main class="page wrap">
            <h1>"没有找到这个页面"</h1>
            <p><a href="/" rel="external">"返回首页"</a></p>
        </main>
    }
}

/// After a change of page inside the browser the focus goes to the heading (ux O6).
fn follow_focus() {
    let location = use_location();
    Effect::new(move |before: Option<String>| {
        let path = location.pathname.get();
        #[cfg(feature = "hydrate")]
        if before.is_some_and(|before| before != path) {
            crate::ui::browser::later(60, || crate::ui::browser::focus_first("main h1", 100));
        }
        #[cfg(not(feature = "hydrate"))]
        drop(before);
        path
    });
}
