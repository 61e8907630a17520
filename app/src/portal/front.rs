//! The portal of a province: who must do what, the ways in, notices and telephones.

use domain::account::view::Who;
use domain::case::StaffRole;
use domain::national::view::Elsewhere;
use domain::portal::view::FrontView;
use leptos::prelude::*;

use super::abacus::abacus;
use super::finder::finder;
use super::texts::search_box;
use super::{api, lines};
use crate::site::{fetched, use_source};
use crate::ui::form::name_of;
use crate::ui::page::{Frame, page};
use crate::ui::parts::opening;

/// The first page of a province.
#[component]
pub fn PortalPage() -> impl IntoView {
    let source = use_source();
    let data = fetched(move || source.get(), |(province, _)| api::front(province));
    page("首页", data, portal)
}

fn portal(frame: Frame, view: FrontView) -> AnyView {
    let ways = entries(&frame, &view);
    // The box stands beside the notices (手册丙 1).
    let login = (view.has_login_box && frame.site.who == Who::Visitor).then(|| login_box(&frame, &view));
    let modules = view.has_modules.then(|| modules(&frame, view.elsewhere.as_ref()));
    // A plain page, which the program does not draw.
    let relocation = view.has_relocation.then(|| {
        view! { <p><a href=frame.path("relocation") rel="external">"跨省调转：档案转到其他省份，或者从其他省份转来"</a></p> }
    });
    let lead = match view.elsewhere.as_ref().is_some_and(|of| of.is_shut) {
        true => "会计人员继续教育和档案查询，手机和电脑都可以办理。".to_owned(),
        false => format!("会计人员{}、审核和查询，手机和电脑都可以办理。", frame.intake()),
    };
    let elsewhere = view.elsewhere.as_ref().map(|of| {
        view! {
            <div class="notice notice--info">
                <p>{of.said.clone()}</p>
                <p><a class="way" href=frame.path("national") rel="external">"查看在哪里办理"</a></p>
            </div>
        }
    });
    let look_up = (frame.site.who == Who::Visitor).then(|| look_up(&frame));
    let settled = (view.settled > 0).then(|| view! { <p>"本月已为会计人员办结 "<strong>{view.settled}</strong>" 件"</p> });
    let briefing = view! {
        <section class="card" aria-labelledby="briefing">
            <h2 id="briefing">{view.briefing}</h2>
            <ul>{view.tips.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
            <details>
                <summary>"查看完整须知"</summary>
                {view.paragraphs.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
            </details>
        </section>
    };
    let notices = view! {
        <section class="card" aria-labelledby="notices">
            <h2 id="notices">"通知公告"</h2>
            {lines(&frame, view.notices)}
            <p><a href=frame.path("texts/notices")>"全部通知公告"</a></p>
            <p>
                <a href=frame.path("texts/regulations")>"政策法规"</a>" "
                <a href=frame.path("texts/questions")>"常见问题"</a>" "
                <a href=frame.path("texts/guides")>"操作指南"</a>
            </p>
            {search_box(&frame, "")}
        </section>
    };
    let hotlines = view! {
        <section class="card" aria-labelledby="hotlines">
            <h2 id="hotlines">"咨询电话"</h2>
            <p>{view.hotlines}</p>
            {finder(&frame, view.cities)}
            <p><a href=frame.path("hotlines")>"各财政局的地址和电话"</a></p>
        </section>
    };
    let (left, right) = if login.is_some() { (login, Some(briefing.into_any())) } else { (Some(briefing.into_any()), None) };
    view! {
        <section class="hero">
            <div class="hero__head">
                <div>
                    <h1 tabindex="-1">{frame.site.province.title.clone()}</h1>
                    <p class="lead">{lead}</p>
                    {look_up}
                </div>
                <div class="hero__aside">
                    <div inner_html=abacus(view.settled)></div>
                    {settled}
                </div>
            </div>
            {ways}
        </section>
        {elsewhere}
        {relocation}
        {modules}
        <div class="columns"><div class="stack">{left}</div> <div class="stack">{notices} {right} {hotlines}</div></div>
    }
    .into_any()
}

/// Where a case stands, without signing in. A plain form: the page that it leads to asks for the rest and has no scripts.
fn look_up(frame: &Frame) -> AnyView {
    view! {
        <form class="lookup" method="post" action=frame.path("look-up")>
            <label for="lookup-number">"不登录，凭受理编号查办理进度"</label>
            <input type="text" inputmode="numeric" id="lookup-number" name="number" autocomplete="off" />
            <button type="submit" class="button button--secondary">"查询"</button>
        </form>
    }
    .into_any()
}

/// 导航页: every line of business with its entry; what opens later says when (手册乙 3).
fn modules(frame: &Frame, elsewhere: Option<&Elsewhere>) -> AnyView {
    let is_in = matches!(frame.site.who, Who::Accountant { .. });
    let page = |rest: &str| frame.path(if is_in { rest } else { "login" });
    let intake = page("intake");
    let open = |title: String, text: String, href: String| {
        // A plain page, which the program does not draw.
        let rel = (href.ends_with("/transfer") || href.ends_with("/national")).then_some("external");
        view! { <li><a class="entry" href=href rel=rel><strong>{title}</strong><span>{text}</span></a></li> }.into_any()
    };
    let province = &frame.site.province;
    let later = province.after_approval.iter().map(|item| match province.page_of(item) {
        Some(rest) => open(item.title.clone(), item.note.clone(), page(rest)),
        None => item.opens.map(|on| opening(item, on)).into_any(),
    });
    let first = match elsewhere.filter(|of| of.is_shut) {
        Some(of) => open(frame.intake(), of.said.clone(), frame.path("national")),
        None => open(frame.intake(), "填写信息、上传材料并提交，查看审核结果。".into(), intake),
    };
    view! {
        <section aria-labelledby="modules">
            <h2 id="modules">"业务导航"</h2>
            <p class="hint">{format!("{}审核通过以后，可以办理其他业务。", frame.intake())}</p>
            <ul class="card-list">{first}{later.collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// 【登录】 and 【注册】, both at the identity service (手册丁 注册, 登录).
fn by_service(frame: &Frame, name: &str) -> AnyView {
    let ways = [
        ("登录", format!("使用{name}个人账号登录。"), frame.path("identity/start")),
        ("注册", format!("没有账号的，先到{name}注册并通过实名认证，完成后回到这里登录。"), frame.path("identity/register")),
    ];
    let tile = |(title, text, href): (&'static str, String, String)| {
        view! { <li><a class="entry" href=href rel="external"><strong>{title}</strong><span>{text}</span></a></li> }
    };
    view! { <ul class="card-list">{ways.map(tile).collect_view()}</ul> }.into_any()
}

/// The box of the sign-in (手册丙 1). A plain form, whether or not the program runs: what is wrong is said on the page of the
/// sign-in, with what was typed.
fn login_box(frame: &Frame, view: &FrontView) -> AnyView {
    let input = |(name, label, kind, complete): (&'static str, String, &'static str, &'static str)| {
        let id = format!("box-{name}");
        view! {
            <div class="field">
                <label for=id.clone()>{label}</label>
                <input type=kind id=id name=name_of(name) autocomplete=complete />
            </div>
        }
    };
    let fields = [
        ("name", "请输入姓名".to_owned(), "text", "name"),
        ("document_number", "请输入证件号".to_owned(), "text", "username"),
        ("password", "请输入密码".to_owned(), "password", "current-password"),
        ("captcha", format!("请输入{}", view.captcha), "text", "off"),
    ];
    let legacy = view.has_legacy_holders.then(|| view! { <p><a href=frame.path("activate")>"原有用户设置密码"</a></p> });
    view! {
        <section class="card" aria-labelledby="login-box">
            <h2 id="login-box">"用户登录"</h2>
            {legacy}
            <form method="post" action="/api/account/login/name">
                <input type="hidden" name="province" value=frame.key.clone() />
                {fields.map(input).collect_view()}
                <div class="captcha__picture">
                    <img src=frame.path("captcha.png") width="160" height="60" alt=format!("{}，看不清可以更换", view.captcha) />
                    <a class="button button--quiet" href=format!("/{}", frame.key) rel="external">"看不清，换一张"</a>
                </div>
                <div class="button-row">
                    <button type="submit" class="button">"登录"</button>
                    <a href=frame.path("register")>"立即注册"</a>
                    <a href=frame.path("forgot")>"忘记密码"</a>
                </div>
            </form>
        </section>
    }
    .into_any()
}

fn entries(frame: &Frame, view: &FrontView) -> AnyView {
    if let (Who::Visitor, Some(service)) = (&frame.site.who, &frame.site.province.identity_service) {
        return by_service(frame, &service.name);
    }
    let ways = match frame.site.who {
        Who::Visitor => {
            // The box beside them leads there already.
            let mut ways = if view.has_login_box {
                Vec::new()
            } else {
                vec![
                    ("登录", "已经注册的人员，从这里登录办理业务。", frame.path("login")),
                    ("注册", "第一次使用，先注册账号，大约需要 3 分钟。", frame.path("register")),
                ]
            };
            if view.has_legacy_holders && !view.has_login_box {
                let text = "原持有会计从业资格证的人员，第一次使用时设置登录密码。";
                ways.push(("原有用户设置密码", text, frame.path("activate")));
            }
            if view.has_phone_change {
                ways.push(("手机号更换申请", "原手机号码不用了、无法登录的，从这里申请。", frame.path("phone-change")));
            }
            ways
        }
        Who::Accountant { .. } => vec![
            ("业务办理", "采集、登记和其他业务。", frame.path("services")),
            ("个人中心", "查看办理状态、站内信和个人资料。", frame.path("home")),
        ],
        Who::Acting { .. } => vec![("窗口代为填写", "继续为到场的本人填写。", frame.path("intake"))],
        Who::Staff { role: StaffRole::Reviewer, .. } => vec![("工作台", "查看待审核的申请。", frame.path("staff/desk"))],
        Who::Staff { role: StaffRole::Administrator, .. } => {
            vec![("人员管理", "添加审核人员，停用或者重置账号。", frame.path("staff/people"))]
        }
    };
    let tile = |(title, text, href): (&'static str, &'static str, String)| {
        view! { <li><a class="entry" href=href><strong>{title}</strong><span>{text}</span></a></li> }
    };
    view! { <ul class="card-list">{ways.into_iter().map(tile).collect_view()}</ul> }.into_any()
}
