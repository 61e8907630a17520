//! Address, telephone and hours of the bureaus under the pen.

use domain::portal::view::{ContactView, ContactsView};
use domain::province::Bureau;
use leptos::prelude::*;

use super::edit_texts::{changed, conflict, saved};
use super::hotlines::search_box;
use super::{api, asked, id};
use crate::site::use_source;
use crate::ui::field::{Field, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm};
use crate::ui::page::page;
use crate::ui::parts::Breadcrumbs;

const LABELS: [(&str, &str); 3] = [("phone", "咨询电话"), ("address", "办公地址"), ("hours", "办公时间")];

/// The bureaus whose contact may be changed.
#[component]
pub fn ContactsPage() -> impl IntoView {
    let (source, search) = (use_source(), asked("search"));
    let data = Resource::new(move || (source.get(), search.get()), |((province, _), search)| api::contacts(province, search));
    page("咨询电话", data, |frame, view: ContactsView| {
        let base = frame.path("staff/hotlines");
        let row = |bureau: Bureau| {
            let or_none = |text: String| if text.is_empty() { "未填写".to_owned() } else { text };
            view! {
                <tr>
                    <th scope="row"><a href=format!("{base}/{}", bureau.code)>{bureau.name}</a></th>
                    <td>{or_none(bureau.phone)}</td>
                    <td>{or_none(bureau.address)}</td>
                    <td>{or_none(bureau.hours)}</td>
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
            <div class="table-wrap" tabindex="0" role="region" aria-label="各财政局的联系方式" hidden=is_empty>
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
    let (source, id) = (use_source(), id());
    let data = Resource::new(move || (source.get(), id.get()), |((province, _), bureau)| api::contact(province, bureau.into()));
    page("咨询电话", data, |frame, view: ContactView| {
        let state = FormState::new(LABELS, view.flash.as_ref());
        let labels = LABELS.map(|(field, label)| (field, label.to_owned()));
        let values = [view.form.phone, view.form.address, view.form.hours];
        let hints =
            ["可以填写多个号码，用顿号分开，例如 0731-85165143。", "例如：韶山中路 1 号。", "留空时显示全省统一的办公时间。"];
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
