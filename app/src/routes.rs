//! The routes. Every one is rendered whole before it is sent (`SsrMode::Async`), so that status, redirects and pages without
//! scripts are right.

#[cfg(feature = "ssr")]
mod kept;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::any_nested_route::IntoAnyNestedRoute;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::hooks::use_location;
use leptos_router::{ParamSegment, SsrMode, StaticSegment};

#[cfg(not(feature = "ssr"))]
use self::AllRoutes as Routes;
#[cfg(feature = "ssr")]
use self::kept::KeptRoutes as Routes;
use crate::account::LoginPage;
use crate::parts::lazily;
use crate::site::{Reload, Site, fetched, load_site, use_province};

/// All pages: one program for the browser, whose parts are fetched when they are opened first.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Pages />
        </Router>
    }
}

/// What every page finds in its context.
fn provide() {
    let reload = Reload(RwSignal::new(0));
    provide_context(reload);
    let province = use_province();
    let data = fetched(move || (province.get(), reload.0.get()), |(province, _)| load_site(province));
    provide_context(Site(data));
    follow_focus();
    keep_sides();
}

#[component]
fn Pages() -> impl IntoView {
    provide();
    view! {
        <FlatRoutes fallback=missing>
            <Routes />
        </FlatRoutes>
    }
}

#[component(transparent)]
fn AllRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <VisitorRoutes />
        <AccountRoutes />
        <IntakeRoutes />
        <LearningRoutes />
        <HandoverRoutes />
        <CertificateRoutes />
        <StaffRoutes />
        <ReviewRoutes />
        <EditRoutes />
    }
    .into_inner()
    .into_any_nested_route()
}

#[component(transparent)]
fn VisitorRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    use crate::parts::portal::Place;
    let province = ParamSegment("province");
    let whole = SsrMode::Async;
    view! {
        <Route path=province view=lazily(Place::PortalPage) ssr=whole.clone() />
        <Route path=(province, StaticSegment("login")) view=LoginPage ssr=whole.clone() />
        <Route path=(province, StaticSegment("texts"), ParamSegment("kind")) view=lazily(Place::TextsPage) ssr=whole.clone() />
        <Route path=(province, StaticSegment("texts"), ParamSegment("kind"), ParamSegment("id")) view=lazily(Place::TextPage) ssr=whole.clone() />
        <Route path=(province, StaticSegment("search")) view=lazily(Place::SearchPage) ssr=whole.clone() />
        <Route path=(province, StaticSegment("hotlines")) view=lazily(Place::HotlinesPage) ssr=whole />
    }
    .into_inner()
    .into_any_nested_route()
}

#[component(transparent)]
fn AccountRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    use crate::parts::account::Place;
    let province = ParamSegment("province");
    let whole = SsrMode::Async;
    view! {
        <Route path=(province, StaticSegment("register")) view=lazily(Place::RegisterPage) ssr=whole.clone() />
        <Route path=(province, StaticSegment("registered")) view=lazily(Place::RegisteredPage) ssr=whole.clone() />
        <Route path=(province, StaticSegment("taken")) view=lazily(Place::TakenPage) ssr=whole.clone() />
        <Route path=(province, StaticSegment("forgot")) view=lazily(Place::ForgotPage) ssr=whole.clone() />
        <Route path=(province, StaticSegment("phone-change")) view=lazily(Place::PhoneChangePage) ssr=whole.clone() />
        <Route path=(province, StaticSegment("phone-change"), StaticSegment("objection"), ParamSegment("token")) view=lazily(Place::ObjectionPage) ssr=whole.clone() />
        <Route path=(province, StaticSegment("activate")) view=lazily(Place::ActivatePage) ssr=whole.clone() />
        <Route path=(province, StaticSegment("password")) view=lazily(Place::SetPasswordPage) ssr=whole.clone() />
        <Route path=(province, StaticSegment("home")) view=lazily(Place::HomePage) ssr=whole.clone() />
        // Beside the gallery, and drawn by the part that has the page.
        <Route path=(province, StaticSegment("staff"), StaticSegment("gallery"), StaticSegment("home")) view=lazily(Place::HomeGalleryPage) ssr=whole.clone() />
        <Route path=(province, StaticSegment("services")) view=lazily(Place::ServicesPage) ssr=whole.clone() />
        <Route path=(province, StaticSegment("messages")) view=lazily(Place::MessagesPage) ssr=whole.clone() />
        <Route path=(province, StaticSegment("settings")) view=lazily(Place::SettingsPage) ssr=whole.clone() />
        <Route path=(province, StaticSegment("settings"), StaticSegment("mobile")) view=lazily(Place::ChangeMobilePage) ssr=whole.clone() />
        <Route path=(province, StaticSegment("settings"), StaticSegment("email")) view=lazily(Place::ChangeEmailPage) ssr=whole.clone() />
        <Route path=(province, StaticSegment("settings"), StaticSegment("password")) view=lazily(Place::ChangePasswordPage) ssr=whole />
    }
    .into_inner()
    .into_any_nested_route()
}

#[component(transparent)]
fn IntakeRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    use crate::parts::{files, form, hub, papers};
    let (province, intake) = (ParamSegment("province"), StaticSegment("intake"));
    let whole = SsrMode::Async;
    view! {
        <Route path=(province, StaticSegment("record")) view=lazily(papers::Place::RecordPage) ssr=whole.clone() />
        <Route path=(province, intake) view=lazily(hub::Place::HubPage) ssr=whole.clone() />
        <Route path=(province, intake, StaticSegment("briefing")) view=lazily(hub::Place::BriefingPage) ssr=whole.clone() />
        <Route path=(province, intake, StaticSegment("files")) view=lazily(files::Place::FilesPage) ssr=whole.clone() />
        <Route path=(province, intake, StaticSegment("amend")) view=lazily(files::Place::AmendPage) ssr=whole.clone() />
        <Route path=(province, intake, StaticSegment("check")) view=lazily(papers::Place::CheckPage) ssr=whole.clone() />
        <Route path=(province, intake, StaticSegment("progress")) view=lazily(papers::Place::ProgressPage) ssr=whole.clone() />
        <Route path=(province, intake, StaticSegment("explain"), ParamSegment("item")) view=lazily(hub::Place::ExplainPage) ssr=whole.clone() />
        <Route path=(province, intake, ParamSegment("step")) view=lazily(form::Place::StepPage) ssr=whole />
    }
    .into_inner()
    .into_any_nested_route()
}

#[component(transparent)]
fn LearningRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    use crate::parts::conversion::Place::ConversionPage;
    use crate::parts::{learning::Place, portal};
    let (province, learning, conversions) = (ParamSegment("province"), StaticSegment("learning"), StaticSegment("conversions"));
    let whole = SsrMode::Async;
    view! {
        <Route path=(province, learning) view=lazily(Place::LearningPage) ssr=whole.clone() />
        <Route path=(province, learning, StaticSegment("schools")) view=lazily(portal::Place::SchoolsPage) ssr=whole.clone() />
        <Route path=(province, learning, conversions) view=lazily(Place::ConversionsPage) ssr=whole.clone() />
        <Route path=(province, learning, conversions, StaticSegment("new")) view=lazily(Place::NewConversionPage) ssr=whole.clone() />
        <Route path=(province, learning, conversions, ParamSegment("case")) view=lazily(ConversionPage) ssr=whole />
    }
    .into_inner()
    .into_any_nested_route()
}

#[component(transparent)]
fn HandoverRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    use crate::parts::{files, hub};
    let (province, handover) = (ParamSegment("province"), StaticSegment("handover"));
    let whole = SsrMode::Async;
    view! {
        <Route path=(province, StaticSegment("lent"), ParamSegment("case"), ParamSegment("slot")) view=lazily(hub::Place::LentPage) ssr=whole.clone() />
        <Route path=(province, handover, ParamSegment("token")) view=lazily(files::Place::PhonePage) ssr=whole />
    }
    .into_inner()
    .into_any_nested_route()
}

#[component(transparent)]
fn CertificateRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    use crate::parts::hub::Place;
    let (province, learning) = (ParamSegment("province"), StaticSegment("learning"));
    view! {
        <Route path=(province, learning, StaticSegment("certificate"), ParamSegment("year")) view=lazily(Place::CertificatePage) ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}

#[component(transparent)]
fn StaffRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    use crate::parts::staff::Place;
    let (province, staff) = (ParamSegment("province"), StaticSegment("staff"));
    let whole = SsrMode::Async;
    view! {
        <Route path=(province, staff, StaticSegment("login")) view=lazily(Place::StaffLoginPage) ssr=whole.clone() />
        <Route path=(province, staff, StaticSegment("second-factor")) view=lazily(Place::SecondFactorPage) ssr=whole.clone() />
        <Route path=(province, staff, StaticSegment("bootstrap")) view=lazily(Place::BootstrapPage) ssr=whole.clone() />
        <Route path=(province, staff, StaticSegment("gallery")) view=lazily(Place::GalleryPage) ssr=whole.clone() />
        <Route path=(province, staff, StaticSegment("activate")) view=lazily(Place::ActivatePage) ssr=whole.clone() />
        <Route path=(province, staff, StaticSegment("settings")) view=lazily(Place::OwnSettingsPage) ssr=whole.clone() />
        <Route path=(province, staff, StaticSegment("settings"), StaticSegment("password")) view=lazily(Place::OwnPasswordPage) ssr=whole.clone() />
        <Route path=(province, staff, StaticSegment("settings"), StaticSegment("second-factor")) view=lazily(Place::OwnFactorPage) ssr=whole.clone() />
        <Route path=(province, staff, StaticSegment("people")) view=lazily(Place::PeoplePage) ssr=whole.clone() />
        <Route path=(province, staff, StaticSegment("people"), StaticSegment("new")) view=lazily(Place::NewPersonPage) ssr=whole.clone() />
        <Route path=(province, staff, StaticSegment("people"), ParamSegment("id")) view=lazily(Place::PersonPage) ssr=whole />
    }
    .into_inner()
    .into_any_nested_route()
}

#[component(transparent)]
fn ReviewRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    use crate::parts::{desk, review};
    let (province, staff) = (ParamSegment("province"), StaticSegment("staff"));
    let whole = SsrMode::Async;
    view! {
        <Route path=(province, staff, StaticSegment("desk")) view=lazily(desk::Place::DeskPage) ssr=whole.clone() />
        <Route path=(province, staff, StaticSegment("queue")) view=lazily(desk::Place::QueuePage) ssr=whole.clone() />
        <Route path=(province, staff, StaticSegment("counter")) view=lazily(desk::Place::CounterPage) ssr=whole.clone() />
        <Route path=(province, staff, StaticSegment("counter"), ParamSegment("what")) view=lazily(desk::Place::CorrectPage) ssr=whole.clone() />
        <Route path=(province, staff, StaticSegment("cases"), ParamSegment("case")) view=lazily(review::Place::CasePage) ssr=whole />
    }
    .into_inner()
    .into_any_nested_route()
}

#[component(transparent)]
fn EditRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    use crate::parts::{desk, staff::Place};
    let (province, staff) = (ParamSegment("province"), StaticSegment("staff"));
    let whole = SsrMode::Async;
    view! {
        <Route path=(province, staff, StaticSegment("schools")) view=lazily(desk::Place::KeptSchoolsPage) ssr=whole.clone() />
        <Route path=(province, staff, StaticSegment("schools"), ParamSegment("id")) view=lazily(desk::Place::KeptSchoolPage) ssr=whole.clone() />
        <Route path=(province, staff, StaticSegment("hotlines")) view=lazily(Place::ContactsPage) ssr=whole.clone() />
        <Route path=(province, staff, StaticSegment("hotlines"), ParamSegment("id")) view=lazily(Place::ContactPage) ssr=whole />
    }
    .into_inner()
    .into_any_nested_route()
}

/// An address that no page has; it is asked of the server, which may know it by now.
fn missing() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    if let Some(window) = crate::ui::browser::window() {
        let _ = window.location().reload();
    }
    view! {
        <main class="page wrap">
            <section class="trouble"><h1>"没有找到这个页面"</h1> <p><a href="/" rel="external">"返回首页"</a></p></section>
        </main>
    }
}

/// After a change of page inside the browser the focus goes to the heading (ux O6).
fn follow_focus() {
    let location = use_location();
    Effect::new(move |before: Option<String>| {
        let path = location.pathname.get();
        if before.is_some_and(|before| before != path) {
            crate::ui::browser::later(60, || crate::ui::browser::focus_first("main h1", 100));
        }
        path
    });
}

/// Accountants and bureaus have sessions of their own, and the frame was drawn for one of them: whoever crosses over gets a
/// whole page from the server.
fn keep_sides() {
    let location = use_location();
    Effect::new(move |before: Option<bool>| {
        let path = location.pathname.get();
        let is_staff = path.split('/').nth(2) == Some("staff");
        if before.is_some_and(|before| before != is_staff) {
            crate::ui::browser::ask_server(&path, &location.search.get_untracked());
        }
        is_staff
    });
}
