//! 单位管理: what oneself was asked, the employers that one manages, and one's claims.

use domain::case::Status;
use domain::employer::view::{ClaimLine, EmployedLine, EmployersView, EmploymentLine, ManagedLine};
use domain::employer::{Consent, NotClaimed, Vouched};
use leptos::prelude::*;

use crate::intake::one_sheet::status;
use crate::ui::field::{Field, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm, name_of};
use crate::ui::format;
use crate::ui::page::Frame;
use crate::ui::parts::Breadcrumbs;

/// The page. `not` is why a claim could not be begun.
pub fn employers(frame: &Frame, view: &EmployersView, not: &str) -> AnyView {
    let title = view.rules.page_name.clone();
    let name = format!("{title} – {}", frame.site.province.title);
    let trail = vec![
        ("个人中心".to_owned(), frame.path("home")),
        ("业务办理".to_owned(), frame.path("services")),
        ("继续教育".to_owned(), frame.path("learning")),
    ];
    let flash = view.flash.as_ref();
    let labels = [("code", "统一社会信用代码"), ("name", "单位名称")];
    let claim = FormState::new(labels, flash.filter(|flash| flash.form == "employer"));
    let said = FormState::new([("employment", "会计人员")], flash.filter(|flash| flash.form == "employment"));
    let not = NotClaimed::from_code(not)
        .map(|why| view! { <div class="notice notice--warning" role="status"><p>{why_not(why, &view.rules)}</p></div> });
    let asked = view.employments.iter().map(|line| employment(frame, view, line, said)).collect_view();
    let asked = (!view.employments.is_empty()).then(|| {
        view! { <section aria-labelledby="asked-title"><h2 id="asked-title">"我的工作单位"</h2><ul class="stack">{asked}</ul></section> }
    });
    let managed = view.managed.iter().map(|line| self::managed(frame, view, line, said)).collect_view();
    view! {
        <leptos_meta::Title text=name />
        <Breadcrumbs trail=trail here=title.clone() />
        <ErrorSummary state=claim />
        <ErrorSummary state=said />
        <h1 tabindex="-1">{title}</h1>
        {not}
        {collect_first(frame, view)}
        {asked}
        {managed}
        {claims(frame, view)}
        {new(frame, view, claim)}
    }
    .into_any()
}

/// Why an employer cannot be claimed, and what helps.
pub(super) fn why_not(why: NotClaimed, rules: &domain::employer::EmployerRules) -> String {
    let manager = &rules.manager_name;
    match why {
        NotClaimed::NotCollected => format!("信息采集审核通过以后，才能申请成为{manager}。"),
        NotClaimed::Taken => format!(
            "该单位已有{manager}，现在不能申请。请先与单位联系：由原{manager}在“{}”中选择不再管理，或者由单位所在地财政局撤销原认证。",
            rules.page_name
        ),
        NotClaimed::Own => format!("您已经是该单位的{manager}，不需要再申请。"),
        NotClaimed::Open => "您已经有一件这个单位的申请，请在那一件中办理。".to_owned(),
        NotClaimed::TooMany => format!("一人最多管理 {} 个单位，审核中的申请也计算在内。", rules.most),
    }
}

fn collect_first(frame: &Frame, view: &EmployersView) -> Option<AnyView> {
    // Whoever manages one already by the identity service needs no claim.
    (!view.is_collected && view.managed.is_empty()).then(|| {
        view! {
            <div class="notice notice--warning">
                <p>{why_not(NotClaimed::NotCollected, &view.rules)}</p>
                <p><a href=frame.path("intake")>{format!("办理{}", frame.intake())}</a></p>
            </div>
        }
        .into_any()
    })
}

/// What the manager of the employer asks, and what was said to it.
fn employment(frame: &Frame, view: &EmployersView, line: &EmploymentLine, state: FormState) -> AnyView {
    let asks = format!("管理员{}于 {} 请您确认是否在该单位工作。", line.manager, format::date(line.asked_on));
    let seen = view.rules.seen();
    let answer = match line.answer {
        Some((Consent::Confirmed, on)) => format!("您于 {} 同意：管理员可以看到{seen}。", format::date(on)),
        Some((Consent::Refused, on)) => format!("您于 {} 选择不同意：管理员看不到您的任何信息。", format::date(on)),
        None => format!("同意以后，管理员可以看到{seen}，看不到其他信息；不同意的，管理员什么也看不到。"),
    };
    let word = line.word.map(|(word, on)| match word {
        Vouched::Confirmed => format!("管理员于 {} 确认您在职。", format::date(on)),
        Vouched::Denied => format!(
            "管理员于 {} 表示您不在该单位工作。工作单位有变动的，请更新您的信息；没有变动的，请与单位联系。",
            format::date(on)
        ),
    });
    let given = line.answer.map(|(answer, _)| answer);
    let yes = (given != Some(Consent::Confirmed)).then(|| {
        say(frame, ("/api/employer/answer", &line.id, Consent::Confirmed.code()), ("同意", &line.name), "button", state)
    });
    let no = (given != Some(Consent::Refused)).then(|| {
        let word = if given.is_some() { "改为不同意" } else { "不同意" };
        say(
            frame,
            ("/api/employer/answer", &line.id, Consent::Refused.code()),
            (word, &line.name),
            "button button--secondary",
            state,
        )
    });
    view! {
        <li class="card">
            <h3>{line.name.clone()}</h3>
            <p class="hint">"统一社会信用代码 " <span class="code">{line.code.clone()}</span></p>
            <p>{asks}</p>
            <p>{answer}</p>
            {word.map(|word| view! { <p>{word}</p> })}
            <div class="button-row">{yes} {no}</div>
        </li>
    }
    .into_any()
}

/// A press that says one thing of an employment.
fn say(
    frame: &Frame,
    (action, id, act): (&'static str, &str, &'static str),
    (word, of): (&'static str, &str),
    class: &'static str,
    state: FormState,
) -> AnyView {
    let (key, id, spoken) = (frame.key.clone(), id.to_owned(), format!("：{of}"));
    view! {
        <PostForm action=action state=state province=key keeps=false>
            <input type="hidden" name=name_of("employment") value=id />
            <input type="hidden" name=name_of("act") value=act />
            <button type="submit" class=class>{word}<span class="hidden-visually">{spoken}</span></button>
        </PostForm>
    }
    .into_any()
}

/// An employer that one manages, with those who confirmed.
fn managed(frame: &Frame, view: &EmployersView, line: &ManagedLine, state: FormState) -> AnyView {
    let people = line.people.iter().map(|person| employed(frame, person, state)).collect_view();
    let body = match line.people.is_empty() {
        true => view! { <p class="empty">"还没有会计人员同意。档案中的工作单位是本单位的会计人员会收到询问，同意以后显示在这里。"</p> }.into_any(),
        false => view! { <ul class="ledger">{people}</ul> }.into_any(),
    };
    let (id, key, spoken) = (line.id.clone(), frame.key.clone(), format!("：{}", line.name));
    let facts = format!("您从 {} 起是该单位的{}。", format::date(line.since), view.rules.manager_name);
    let heading = format!("managed-{}", line.id);
    let title = heading.clone();
    let classes = view.classes.as_ref().map(|name| {
        let href = frame.path(&format!("learning?classes={}", line.id));
        view! { <p><a href=href>{format!("{name}：备案和结果")}<span class="hidden-visually">{spoken.clone()}</span></a></p> }
    });
    view! {
        <section class="card" aria-labelledby=heading>
            <h2 id=title>{line.name.clone()}</h2>
            <p class="hint">"统一社会信用代码 " <span class="code">{line.code.clone()}</span></p>
            <p>{facts}</p>
            {classes}
            <h3>"本单位的会计人员"</h3>
            {body}
            <details>
                <summary>"不再管理"<span class="hidden-visually">{spoken.clone()}</span></summary>
                <p class="hint">"选择后您看不到本单位的会计人员，其他人可以申请管理本单位。再次管理需要重新申请。"</p>
                <PostForm action="/api/employer/resign" state=state province=key keeps=false>
                    <input type="hidden" name=name_of("manager") value=id />
                    <button type="submit" class="button button--secondary">"确定不再管理"<span class="hidden-visually">{spoken}</span></button>
                </PostForm>
            </details>
        </section>
    }
    .into_any()
}

fn employed(frame: &Frame, person: &EmployedLine, state: FormState) -> AnyView {
    let word = person.word.map(|word| match word {
        Vouched::Confirmed => ("已确认在职", "tag tag--green"),
        Vouched::Denied => ("已表示不在职", "tag tag--red"),
    });
    let word = word.map(|(word, class)| view! { " " <span class=class>{word}</span> });
    let ban = (!person.ban.is_empty()).then(|| view! { <p>{format!("不得从事会计工作（{}）。", person.ban)}</p> });
    let press = |word: &'static str, act: Vouched| {
        (person.word != Some(act)).then(|| {
            say(
                frame,
                ("/api/employer/vouch", &person.id, act.code()),
                (word, &person.name),
                "button button--secondary button--small",
                state,
            )
        })
    };
    view! {
        <li>
            <p><strong>{person.name.clone()}</strong>{word}</p>
            <p class="hint">{format!("{} 同意", format::date(person.since))}</p>
            {ban}
            <div class="button-row">{press("确认在职", Vouched::Confirmed)} {press("不在职", Vouched::Denied)}</div>
        </li>
    }
    .into_any()
}

fn claims(frame: &Frame, view: &EmployersView) -> Option<AnyView> {
    let line = |line: &ClaimLine| {
        let (word, class) = status(line.status);
        let number = if line.number.is_empty() { String::new() } else { format!("，受理编号 {}", line.number) };
        let href = frame.path(&format!("learning/conversions/{}?employer=claim", line.case));
        let go = match line.status {
            Status::Draft => "继续填写",
            Status::Returned => "修改后重新提交",
            Status::Submitted | Status::Approved | Status::Closed => "查看",
        };
        view! {
            <li>
                <p><strong>{line.name.clone()}</strong> " " <span class=class>{word}</span></p>
                <p class="hint">{format!("{}{number}", line.code)}</p>
                <p><a href=href>{go}<span class="hidden-visually">{format!("：{}", line.name)}</span></a></p>
            </li>
        }
    };
    (!view.claims.is_empty()).then(|| {
        let title = format!("我的{}申请", view.claim_name);
        view! {
            <section class="card" aria-labelledby="claims-title">
                <h2 id="claims-title">{title}</h2>
                <ul class="ledger">{view.claims.iter().map(line).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

/// The employer as it is claimed.
pub(super) fn specs(code: String, name: String) -> [FieldSpec; 2] {
    [
        FieldSpec {
            value: code,
            hint: "营业执照或者登记证书上的 18 位代码。".into(),
            class: "input--medium",
            ..FieldSpec::new("code", "统一社会信用代码")
        },
        FieldSpec {
            value: name,
            hint: "与营业执照或者登记证书上的名称一致。".into(),
            autocomplete: "organization",
            ..FieldSpec::new("name", "单位名称")
        },
    ]
}

fn new(frame: &Frame, view: &EmployersView, state: FormState) -> Option<AnyView> {
    view.may_claim.then(|| {
        let typed = |field: &str| {
            let flash = view.flash.as_ref().filter(|flash| flash.form == "employer");
            flash.and_then(|flash| flash.values.get(field)).cloned().unwrap_or_default()
        };
        let lead = format!(
            "受单位授权的会计人员可以申请成为{}，需要上传单位的证照和授权书，由单位登记所在地的财政局审核。",
            view.rules.manager_name
        );
        let specs = specs(typed("code"), typed("name"));
        let note = (!view.rules.note.is_empty()).then(|| view! { <p class="hint">{view.rules.note.clone()}</p> });
        let key = frame.key.clone();
        view! {
            <section class="card" aria-labelledby="claim-title">
                <h2 id="claim-title">{format!("申请{}", view.claim_name)}</h2>
                <p class="hint">{lead}</p>
                {note}
                <PostForm action="/api/employer/start" state=state province=key class="stack">
                    {specs.map(|spec| view! { <Field spec=spec /> }).into_iter().collect_view()}
                    <p class="button-row">
                        <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"下一步"</button>
                    </p>
                </PostForm>
            </section>
        }
        .into_any()
    })
}
