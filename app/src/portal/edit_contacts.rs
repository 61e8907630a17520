//! Address, telephone and hours of the bureaus under the pen.

use domain::form::Form;
use domain::portal::view::{Changed, ContactView, ContactsView};
use domain::province::Bureau;
use leptos::prelude::*;

use super::hotlines::search_box;
use super::{api, asked, param};
use crate::site::{fetched, use_source};
use crate::ui::field::{Field, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm};
use crate::ui::format;
use crate::ui::page::page;
use crate::ui::parts::Breadcrumbs;

const LABELS: [(&str, &str); 4] = [("phone", "咨询电话"), ("address", "办公地址"), ("hours", "办公时间"), ("wants", "调入要求")];

/// The bureaus whose contact may be changed.
#[component]
pub fn ContactsPage() -> impl IntoView {
    let (source, search) = (use_source(), asked("search"));
    let data = fetched(move || (source.get(), search.get()), |((province, _), search)| api::contacts(province, search));
    page("咨询电话", data, |frame, view: ContactsView| {
        let base = frame.path("staff/hotlines");
        let row = |bureau: Bureau| {
            let or_none = |text: String| if text.is_empty() { "未填写".to_owned() } else { text };
            view! {
                <tr>
                    <th scope="row"><a href=format!("{base}/{}", bureau.code)>{bureau.name}</a></th>
                    <td data-label="咨询电话">{or_none(bureau.phone)}</td>
                    <td data-label="办公地址">{or_none(bureau.address)}</td>
                    <td data-label="办公时间">{or_none(bureau.hours)}</td>
                </tr>
            }
        };
        let has_search = view.lines.len() > 1 || !view.search.is_empty();
        let is_empty = view.lines.is_empty();
        view! {
            {saved()}
            <h1 tabindex="-1">"咨询电话"</h1>
            <p class="button-row">
                <a class="button button--secondary" href=frame.path("hotlines") rel="external">"查看网站上的页面"</a>
            </p>
            {has_search.then(|| search_box(base.clone(), view.search))}
            {is_empty.then(|| view! { <p class="empty">"没有找到这样的财政局，可以换一个词再查。"</p> })}
            <div class="table-wrap table-wrap--cards" tabindex="0" role="region" aria-label="各财政局的联系方式" hidden=is_empty>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"财政局"</th>
                            <th scope="col">"咨询电话"</th>
                            <th scope="col">"办公地址"</th>
                            <th scope="col">"办公时间"</th>
                        </tr>
                    </thead>
                    <tbody>{view.lines.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        }
    })
}

/// The contact of one bureau under the pen.
#[component]
pub fn ContactPage() -> impl IntoView {
    let (source, id) = (use_source(), param("id"));
    let data = fetched(move || (source.get(), id.get()), |((province, _), bureau)| api::contact(province, bureau.into()));
    page("咨询电话", data, |frame, view: ContactView| {
        let state = FormState::new(LABELS, view.flash.as_ref());
        let labels = LABELS.map(|(field, label)| (field, label.to_owned()));
        let values = [view.form.phone, view.form.address, view.form.hours, view.form.wants];
        let hints = [
            "可以填写多个号码，用顿号分开，例如 0731-85165143。",
            "例如：韶山中路 1 号。",
            "留空时显示全省统一的办公时间。",
            "申请调转到本局的人提交以前看到，例如：请携带劳动合同原件到窗口核对。没有的不填。",
        ];
        let fields = LABELS.into_iter().zip(values).zip(hints).map(|(((field, label), value), hint)| FieldSpec {
            value,
            hint: hint.into(),
            is_required: false,
            ..FieldSpec::new(field, label)
        });
        view! {
            <ErrorSummary state=state />
            <Breadcrumbs trail=vec![("咨询电话", frame.path("staff/hotlines"))] here=view.bureau_name.clone() />
            <h1 tabindex="-1">{format!("{}的联系方式", view.bureau_name)}</h1>
            <p class="lead">"保存后立即显示在网站和申请人的页面上。"</p>
            {changed(view.changed)}
            {view.typed.map(|typed| conflict(&typed, &labels))}
            <PostForm action="/api/staff/contact/save" state=state province=frame.key.clone()>
                <input type="hidden" name="form[bureau]" value=view.form.bureau />
                <input type="hidden" name="form[version]" value=view.form.version />
                {fields.map(|spec| view! { <Field spec=spec /> }).collect_view()}
                <div class="button-row">
                    <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"保存"</button>
                </div>
            </PostForm>
        }
    })
}

/// What the page before wants to be said: something was saved.
fn saved() -> AnyView {
    let saved = asked("saved");
    let word = move || {
        (!saved.get().is_empty()).then(|| view! { <div class="notice notice--success" role="status"><p>"已保存。"</p></div> })
    };
    word.into_any()
}

/// Who wrote last.
fn changed(changed: Changed) -> Option<AnyView> {
    changed.map(|(name, at)| view! { <p class="muted">{format!("{name}于 {} 修改", format::instant(at))}</p> }.into_any())
}

/// What was typed while somebody else was faster, to be copied from.
fn conflict<F: Form>(typed: &F, labels: &[(&'static str, String)]) -> AnyView {
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
