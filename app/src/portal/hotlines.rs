//! 咨询电话: a table for each city, as in 手册丙 12. The search is a plain form.

use domain::account::view::ProvinceWords;
use domain::portal::view::HotlinesView;
use domain::province::Bureau;
use leptos::prelude::*;

use super::{api, asked};
use crate::site::use_source;
use crate::ui::page::page;

/// 咨询电话.
#[component]
pub fn HotlinesPage() -> impl IntoView {
    let (source, search) = (use_source(), asked("search"));
    let data = Resource::new(move || (source.get(), search.get()), |((province, _), search)| api::hotlines(province, search));
    page("咨询电话", data, |frame, view: HotlinesView| {
        let province = &frame.site.province;
        let is_empty = view.cities.is_empty();
        let nothing = match (is_empty, view.search.is_empty()) {
            (true, false) => Some("没有找到这样的财政局，可以换一个词再查。".to_owned()),
            (_, true) => Some(format!("没有列出的财政局：{}", province.hotline_fallback)),
            (false, false) => None,
        };
        let city = |(nth, (name, bureaus)): (usize, (String, Vec<Bureau>))| {
            let (id, label, table) = (format!("city-{nth}"), format!("city-{nth}"), format!("city-{nth}"));
            let rows = bureaus.into_iter().map(|bureau| row(bureau, province)).collect_view();
            view! {
                <section class="card" aria-labelledby=label>
                    <h2 id=id>{name}</h2>
                    <table class="contacts" aria-labelledby=table>
                        <thead>
                            <tr><th scope="col">"管理部门"</th><th scope="col">"地址"</th><th scope="col">"咨询电话"</th></tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </section>
            }
        };
        let cities = view.cities.into_iter().enumerate().map(city).collect_view();
        view! {
            <h1 tabindex="-1">"咨询电话"</h1>
            <p class="lead">{view.text}</p>
            {search_box(frame.path("hotlines"), view.search)}
            {cities}
            {nothing.map(|text| view! { <p class="empty">{text}</p> })}
        }
    })
}

/// A search for a bureau.
pub(super) fn search_box(action: String, search: String) -> AnyView {
    let all = action.clone();
    view! {
        <form class="filters" method="get" action=action role="search" aria-label="查找财政局">
            <div class="field">
                <label for="search">"名称、地址或者电话"</label>
                <input type="text" id="search" name="search" value=search autocomplete="off" />
            </div>
            <div class="button-row">
                <button type="submit" class="button button--secondary">"查询"</button>
                <a class="button button--quiet" href=all>"显示全部"</a>
            </div>
        </form>
    }
    .into_any()
}

fn row(bureau: Bureau, province: &ProvinceWords) -> AnyView {
    let hours = if bureau.hours.is_empty() { province.hours.clone() } else { bureau.hours };
    let hours = (!bureau.phone.is_empty()).then(|| view! { <span class="muted">{hours}</span> });
    // The desk of a city is not the bureau of its districts (手册丙 12: 沈阳市财政局本级).
    let own = if bureau.level == 2 && bureau.handles_direct { "本级" } else { "" };
    view! {
        <tr>
            <th scope="row">{bureau.name}{own}</th>
            <td>{bureau.address}</td>
            <td>{phone(bureau.phone, province)} {hours}</td>
        </tr>
    }
    .into_any()
}

/// A single number can be dialled.
fn phone(phone: String, province: &ProvinceWords) -> AnyView {
    if phone.is_empty() {
        return view! { <span class="muted">{province.hotline_fallback.clone()}</span> }.into_any();
    }
    if phone.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return view! { <a href=format!("tel:{phone}") rel="external">{phone.clone()}</a> }.into_any();
    }
    view! { <span>{phone}</span> }.into_any()
}
