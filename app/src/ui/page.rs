//! The frame of a page: one `Suspense` in the leaf, header, main and footer, titles and the focus after a change of page.

use std::pin::Pin;
use std::sync::Arc;

use domain::account::view::{SiteView, Who};
use domain::case::{CaseKind, Refusal};
use domain::province::IdentityService;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos::tachys::html::InertElement;
use leptos_meta::Title;
use leptos_router::hooks::{use_location, use_query_map};

use super::elder::call;
use super::parts::{Footer, Header, TabBar, Tools, acting};
use super::sentence;
use crate::AppError;
use crate::site::{Site, fetched};

/// What a page is given besides its data.
#[derive(Clone)]
pub struct Frame {
    pub site: Arc<SiteView>,
    /// The key of the province, the first part of every path.
    pub key: String,
}

impl Frame {
    /// What the province calls 信息采集.
    pub fn intake(&self) -> String {
        self.site.province.line(CaseKind::Intake).to_owned()
    }

    /// Whether this is 长者版: one question a page, large, with a telephone above.
    pub fn is_elder(&self) -> bool {
        self.site.elder.is_some()
    }

    /// Whether a clerk fills in for somebody.
    pub fn is_acting(&self) -> bool {
        matches!(self.site.who, Who::Acting { .. })
    }

    /// The way to the page of 信息采集; for a clerk who fills in it is where everything begins.
    pub fn services_trail(&self) -> Vec<(String, String)> {
        if self.is_acting() { Vec::new() } else { vec![("业务办理".to_owned(), self.path("services"))] }
    }

    /// The way to the pages of 信息采集.
    pub fn intake_trail(&self) -> Vec<(String, String)> {
        let mut trail = self.services_trail();
        trail.push((self.intake(), self.path("intake")));
        trail
    }

    /// A path below the province.
    pub fn path(&self, rest: &str) -> String {
        format!("/{}/{rest}", self.key)
    }
}

/// The data of a page.
pub type Page<T> = Resource<Result<T, AppError>>;

/// What draws a page within its frame, and what waits for it: of one type for all pages, so that it is compiled once.
type Drawn = Box<dyn FnOnce(Frame) -> AnyView + Send>;
type Waiting = Pin<Box<dyn Future<Output = Result<Drawn, AppError>> + Send>>;
type Wait = Arc<dyn Fn() -> Waiting + Send + Sync>;

/// Draws a page from its data once both the site and the data are there.
pub fn page<T, V>(title: &'static str, data: Page<T>, draw: impl Fn(Frame, T) -> V + Send + Sync + 'static) -> AnyView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    draw_page(title, false, waiting(data, draw))
}

/// The same for a page that owns the whole window: without header and footer.
pub fn whole<T, V>(title: &'static str, data: Page<T>, draw: impl Fn(Frame, T) -> V + Send + Sync + 'static) -> AnyView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    draw_page(title, true, waiting(data, draw))
}

fn waiting<T, V>(data: Page<T>, draw: impl Fn(Frame, T) -> V + Send + Sync + 'static) -> Wait
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let draw = Arc::new(draw);
    Arc::new(move || -> Waiting {
        let draw = draw.clone();
        Box::pin(async move {
            let data = data.await?;
            Ok(Box::new(move |frame| draw(frame, data).into_any()) as Drawn)
        })
    })
}

fn draw_page(title: &'static str, is_whole: bool, wait: Wait) -> AnyView {
    let site = expect_context::<Site>();
    let settled = move || {
        let data = wait();
        async move { settle(title, is_whole, site.0.await, data.await) }
    };
    #[cfg(feature = "ssr")]
    let page = once(settled());
    #[cfg(not(feature = "ssr"))]
    let page = view! {
        <Suspense fallback=|| view! { <main class="page wrap"><p class="muted">"正在打开…"</p></main> }>
            {move || Suspend::new(settled())}
        </Suspense>
    };
    page.into_any()
}

/// What the browser draws in a `Suspense` the server draws without: it would draw the page to learn what else it waits for, draw
/// it again to wait for that, and walk through it twice more. All that a page waits for is its data and that of the frame, and
/// so it is drawn into a text at once.
#[cfg(feature = "ssr")]
fn once(page: impl Future<Output = AnyView> + Send + 'static) -> Suspend<InertElement> {
    // The `Suspense` of the browser has a number among the data.
    let _its = Owner::current_shared_context().map(|context| context.next_id());
    Suspend::new(async move { InertElement::new(page.await.to_html()) })
}

fn settle(title: &'static str, is_whole: bool, site: Result<SiteView, AppError>, drawn: Result<Drawn, AppError>) -> AnyView {
    let site = match site {
        Ok(site) => site,
        Err(error) => return bare(&error),
    };
    let frame = Frame { key: site.province.key.clone(), site: Arc::new(site) };
    match drawn {
        Ok(draw) => framed(title, is_whole, &frame, draw),
        Err(error) => framed("暂时打不开", false, &frame, Box::new(move |frame| trouble(&error, &frame))),
    }
}

fn framed(title: &str, is_whole: bool, frame: &Frame, draw: Drawn) -> AnyView {
    let site = frame.site.province.title.clone();
    let text = format!("{title} – {site}");
    // On the server the last title that was made counts: that of the page, in the words of the province, where it has one.
    let title = view! { <Title text /> };
    let content = draw(frame.clone());
    let class = match frame.site.who {
        _ if is_whole => "page--whole",
        Who::Staff { .. } => "page page--wide wrap",
        _ => "page wrap",
    };
    let typist = Some(frame.site.typist.clone()).filter(|typist| !typist.is_empty());
    let tools = (!is_whole).then(|| view! { <Tools frame=frame.clone() /> });
    let header = (!is_whole).then(|| view! { <Header frame=frame.clone() /> });
    let footer = (!is_whole).then(|| view! { <Footer frame=frame.clone() /> });
    view! {
        {title}
        // "external" keeps the router away, which would scroll and leave the focus behind.
        <a class="skip-link" href="#main" rel="external">"跳到主要内容"</a>
        {tools}
        {header}
        {acting(frame)}
        {call(frame)}
        <main id="main" class=class data-typist=typist>
            <Word service=frame.site.province.identity_service.clone() />
            {content}
        </main>
        {footer}
        <TabBar frame=frame.clone() />
    }
    .into_any()
}

/// A page that needs no data of its own.
pub fn still<V: IntoView + 'static>(title: &'static str, draw: impl Fn(Frame) -> V + Send + Sync + 'static) -> AnyView {
    let nothing = fetched(|| (), |()| async { Ok(()) });
    page(title, nothing, move |frame, ()| draw(frame))
}

/// What a redirect wants to be said on the page it leads to.
#[component]
fn Word(service: Option<IdentityService>) -> impl IntoView {
    let query = use_query_map();
    let word = move || {
        query.with(|query| match (query.get("trouble").as_deref(), query.get("again").as_deref()) {
            (Some("stale"), _) => Some("内容在别处被修改过，下面是最新的内容。您刚才的操作没有生效，请核对后再操作。".into()),
            (Some("busy"), _) => Some("现在办理的人较多，刚才的操作没有完成，请稍候再试。".into()),
            (Some("missing"), _) => Some("没有找到要操作的内容，可能已经变化。".into()),
            (Some(trouble), _) => Some(
                service
                    .as_ref()
                    .and_then(|service| by_service(trouble, service))
                    .unwrap_or_else(|| "系统出了问题，刚才的操作没有完成，请稍后再试。".into()),
            ),
            (None, Some("kept")) => {
                Some("登录已经结束，刚才的操作没有生效。填写的内容已经保留，登录后会回到原来的页面，再提交一次即可。".into())
            }
            (None, Some("acting-kept")) => {
                Some("代为填写已经结束，刚才的操作没有生效。填写的内容已经保留，再次为本人代为填写时会回到原来的页面。".into())
            }
            (None, Some("acting")) => Some("代为填写已经结束，刚才的操作没有生效。请查找账号，重新开始。".into()),
            (None, Some("lost")) => Some("登录已经结束，刚才提交的内容没有保存。请登录后重新填写。".into()),
            (None, Some(_)) => Some("请先登录。已保存的内容都在，登录后可以继续。".into()),
            (None, None) => query.get("left").and(service.as_ref()).map(left),
        })
    };
    move || word().map(|text| view! { <div class="notice notice--warning" role="status"><p>{text}</p></div> })
}

/// Why nobody was signed in by the identity service; the words are those of `service::account::Trouble`.
fn by_service(trouble: &str, service: &IdentityService) -> Option<String> {
    let IdentityService { name, hotline, .. } = service;
    Some(match trouble.strip_prefix("identity-")? {
        "cancelled" => format!("您在{name}取消了登录。需要办理业务时，请重新登录。"),
        "expired" => "登录没有完成，或者已经过期。请重新登录。".into(),
        "unreachable" => format!("{name}暂时没有应答，现在不能登录。请稍后再试，或者拨打{name}服务热线 {hotline}。"),
        "data" => format!("{name}中的姓名、手机号码或者证件信息不完整，不能登录。请到{name}补充更正，或者拨打 {hotline}。"),
        "often" => "登录过于频繁，请一分钟后再试。".into(),
        _ => format!("{name}的登录没有成功，请重新登录。多次不成功的，请拨打{name}服务热线 {hotline}。"),
    })
}

/// 退出登录 ends the session here; that of the service is none of ours.
fn left(service: &IdentityService) -> String {
    let name = &service.name;
    format!("您已退出本平台。{name}的登录可能仍然有效，如果使用的是公用的电脑或者手机，请到{name}一并退出。")
}

fn trouble(error: &AppError, frame: &Frame) -> AnyView {
    let text = sentence::app_error(error);
    let is_staff = use_location().pathname.read_untracked().contains("/staff/");
    let (home, login) = (frame.path(""), frame.path(if is_staff { "staff/login" } else { "login" }));
    let (label, login) = match error {
        AppError::Refused(Refusal::NotWhileActing) => ("继续填写", frame.path("intake")),
        AppError::Refused(Refusal::ActingOver) => ("返回窗口办理", frame.path("staff/counter")),
        _ => ("去登录", login),
    };
    view! {
        <section class="trouble">
            <h1 tabindex="-1">"暂时打不开这个页面"</h1>
            <p class="lead">{text}</p>
            <p class="button-row">
                <a class="button" href=home.trim_end_matches('/').to_owned()>"返回首页"</a>
                <a class="button button--secondary" href=login>{label}</a>
            </p>
        </section>
    }
    .into_any()
}

/// The page for an address that no province has.
fn bare(error: &AppError) -> AnyView {
    let text = sentence::app_error(error);
    view! {
        <Title text="没有找到页面" />
        <main id="main" class="page wrap">
            <section class="trouble">
                <h1>"没有找到这个页面"</h1>
                <p class="lead">{text}</p>
                <p class="button-row"><a class="button" href="/">"返回首页"</a></p>
            </section>
        </main>
    }
    .into_any()
}
