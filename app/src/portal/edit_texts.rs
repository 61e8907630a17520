//! Notices and guides under the pen.

use domain::form::Form;
use domain::portal::NoticeKind;
use domain::portal::forms::NoticeForm;
use domain::portal::view::{Shown, TextLine, TextView, TextsView};
use leptos::prelude::*;

use super::{api, asked, id, names};
use crate::site::use_source;
use crate::ui::field::{Control, Field, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm};
use crate::ui::format;
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;
use crate::ui::table::{heads, table};

const LABELS: [(&str, &str); 5] =
    [("title", "标题"), ("body", "正文"), ("published_on", "发布日期"), ("valid_to", "有效期至"), ("publish", "是否发布")];

/// 通知公告, for those who keep them.
#[component]
pub fn EditNoticesPage() -> impl IntoView {
    list(NoticeKind::Notice)
}

/// 操作指南, for those who keep them.
#[component]
pub fn EditGuidesPage() -> impl IntoView {
    list(NoticeKind::Guide)
}

/// One notice under the pen.
#[component]
pub fn EditNoticePage() -> impl IntoView {
    one(NoticeKind::Notice)
}

/// One guide under the pen.
#[component]
pub fn EditGuidePage() -> impl IntoView {
    one(NoticeKind::Guide)
}

/// What the page before wants to be said: something was saved.
pub(super) fn saved() -> AnyView {
    let saved = asked("saved");
    let word = move || {
        (!saved.get().is_empty()).then(|| view! { <div class="notice notice--success" role="status"><p>"已保存。"</p></div> })
    };
    word.into_any()
}

fn list(kind: NoticeKind) -> AnyView {
    let (source, after) = (use_source(), asked("after"));
    let data =
        Resource::new(move || (source.get(), after.get()), move |((province, _), after)| api::texts(province, kind, after));
    let (title, path) = names(kind);
    page(title, data, move |frame, view: TextsView| {
        let base = frame.path(&format!("staff/{path}"));
        let next = view.next.map(|id| {
            let href = format!("{base}?after={id}");
            view! { <nav class="pager" aria-label="翻页"><a class="button button--secondary" href=href rel="next">"下一页"</a></nav> }
        });
        view! {
            {saved()}
            <h1 tabindex="-1">{title}</h1>
            <p class="button-row">
                <a class="button" href=format!("{base}/new")>"新建"</a>
                <a class="button button--secondary" href=frame.path(path) rel="external">"查看网站上的页面"</a>
            </p>
            {if view.lines.is_empty() { nothing() } else { lines(title, &base, view.lines) }}
            {next}
        }
    })
}

fn nothing() -> AnyView {
    view! {
        <div class="empty"><strong>"还没有内容"</strong><p>"在您发布第一条之前，网站上显示系统自带的说明。"</p></div>
    }
    .into_any()
}

fn lines(name: &str, base: &str, lines: Vec<TextLine>) -> AnyView {
    let row = |line: TextLine| {
        let (word, class) = match line.shown {
            Shown::Yes => ("已发布", "tag tag--green"),
            Shown::Hidden => ("未发布", "tag tag--grey"),
            Shown::Later => ("等待发布", "tag tag--blue"),
            Shown::Over => ("已过期", "tag tag--grey"),
        };
        view! {
            <tr>
                <th scope="row"><a href=format!("{base}/{}", line.id)>{line.title}</a></th>
                <td>{format::date(line.on)}</td>
                <td><span class=class>{word}</span></td>
            </tr>
        }
        .into_any()
    };
    table(name.into(), heads(&["标题", "发布日期", "状态"]), lines.into_iter().map(row).collect())
}

fn one(kind: NoticeKind) -> AnyView {
    let (source, id) = (use_source(), id());
    let data = Resource::new(move || (source.get(), id.get()), move |((province, _), id)| api::one_text(province, kind, id));
    let (title, path) = names(kind);
    page(title, data, move |frame, view: TextView| {
        let state = FormState::new(LABELS, view.flash.as_ref());
        let here = if view.form.id.is_empty() { "新建" } else { "修改" };
        let labels = LABELS.map(|(field, label)| (field, label.to_owned()));
        view! {
            <ErrorSummary state=state />
            <Breadcrumbs trail=vec![(title, frame.path(&format!("staff/{path}")))] here=here.into() />
            <h1 tabindex="-1">{format!("{here}{title}")}</h1>
            {changed(view.changed)}
            {view.typed.map(|typed| conflict(&typed, &labels))}
            {form(&frame, view.form, state)}
        }
    })
}

/// Who wrote last.
pub(super) fn changed(changed: domain::portal::view::Changed) -> Option<AnyView> {
    changed.map(|(name, at)| view! { <p class="muted">{format!("{name}于 {} 修改", format::instant(at))}</p> }.into_any())
}

/// What was typed while somebody else was faster, to be copied from.
pub(super) fn conflict<F: Form>(typed: &F, labels: &[(&'static str, String)]) -> AnyView {
    let row = |(field, label): &(&'static str, String)| {
        let value = typed.get(field).unwrap_or_default().to_owned();
        let lines = value.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
        view! { <div><dt>{label.clone()}</dt><dd>{lines}</dd></div> }
    };
    view! {
        <section class="card" aria-labelledby="typed">
            <h2 id="typed">"您刚才填写的内容（没有保存）"</h2>
            <p>"其他人已先修改。下面的表单是最新内容，需要时请从这里复制后再保存。"</p>
            <dl class="summary-list">{labels.iter().map(row).collect_view()}</dl>
        </section>
    }
    .into_any()
}

fn form(frame: &Frame, form: NoticeForm, state: FormState) -> AnyView {
    let text = |field: &'static str, value: String, hint: &str| {
        let label = LABELS.iter().find(|(name, _)| *name == field).map_or("", |(_, label)| label);
        FieldSpec { value, hint: hint.into(), ..FieldSpec::new(field, label) }
    };
    let publish = [("yes", "发布"), ("no", "暂不发布，只有管理员能看到")].map(|(code, label)| (code.into(), label.into()));
    let fields = [
        text("title", form.title, "2 至 60 字。"),
        FieldSpec {
            control: Control::Area, ..text("body", form.body, "5000 字以内，每一行是一个段落，不能使用网页代码。")
        },
        FieldSpec {
            class: "input--medium", ..text("published_on", form.published_on, "从这一天起显示，例如 2026-11-18。")
        },
        FieldSpec {
            class: "input--medium",
            is_required: false,
            ..text("valid_to", form.valid_to, "过了这一天不再显示；长期有效的留空。")
        },
        FieldSpec { control: Control::Radio(publish.into()), ..text("publish", form.publish, "") },
    ];
    let hidden = [("form[id]", form.id), ("form[version]", form.version), ("form[kind]", form.kind)];
    view! {
        <PostForm action="/api/staff/text/save" state=state province=frame.key.clone()>
            {hidden.map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view()}
            {fields.into_iter().map(|spec| view! { <Field spec=spec /> }).collect_view()}
            <div class="button-row">
                <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"保存"</button>
            </div>
        </PostForm>
    }
    .into_any()
}
