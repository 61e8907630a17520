//! 咨询电话: city, then county, and a table for each city, as in 手册丙 12. Choice and search are plain forms.

use domain::account::view::ProvinceWords;
use domain::id::BureauCode;
use domain::portal::view::HotlinesView;
use domain::province::Bureau;
use leptos::prelude::*;

use super::{api, asked};
use crate::site::{fetched, use_source};
use crate::ui::page::page;

/// 咨询电话.
#[component]
pub fn HotlinesPage() -> impl IntoView {
    let source = use_source();
    let (search, city, county) = (asked("search"), asked("city"), asked("county"));
    let data = fetched(
        move || (source.get(), search.get(), city.get(), county.get()),
        |((province, _), search, city, county)| api::hotlines(province, search, city, county),
    );
    page("咨询电话", data, |frame, view: HotlinesView| {
        let province = &frame.site.province;
        let is_empty = view.cities.is_empty();
        let nothing = match (is_empty, view.search.is_empty() && view.city.is_none()) {
            (true, false) => Some("没有找到这样的财政局，可以换一个词再查。".to_owned()),
            (_, true) => Some(format!("没有列出的财政局：{}", province.hotline_fallback)),
            (false, false) => None,
        };
        let city = |(nth, (name, bureaus)): (usize, (String, Vec<Bureau>))| {
            let (id, label, table) = (format!("city-{nth}"), format!("city-{nth}"), format!("city-{nth}"));
            let told = |bureau: Bureau| {
                let wait = view.waits.iter().find(|(code, _)| *code == bureau.code).map(|(_, words)| words.clone());
                row(bureau, wait, province)
            };
            let rows = bureaus.into_iter().map(told).collect_view();
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
            {choice(frame.path("hotlines"), view.choices, view.city, view.counties, view.county)}
            {search_box(frame.path("hotlines"), view.search)}
            {cities}
            {nothing.map(|text| view! { <p class="empty">{text}</p> })}
            <p><a href=frame.path("status") rel="external">"服务状态和办理时间"</a></p>
        }
    })
}

/// Two lists, the second once a city is chosen: a plain form, with or without scripts.
fn choice(
    action: String,
    cities: Vec<(BureauCode, String)>,
    city: Option<BureauCode>,
    counties: Vec<(BureauCode, String)>,
    county: Option<BureauCode>,
) -> AnyView {
    let list = |name: &'static str,
                label: &'static str,
                first: &'static str,
                all: Vec<(BureauCode, String)>,
                chosen: Option<BureauCode>| {
        let options = all.into_iter().map(|(code, text)| {
            let is_chosen = chosen.as_ref() == Some(&code);
            view! { <option value=code.to_string() selected=is_chosen>{text}</option> }
        });
        let options = options.collect_view();
        view! {
            <div class="field">
                <label for=name>{label}</label>
                <select id=name name=name><option value="">{first}</option>{options}</select>
            </div>
        }
        .into_any()
    };
    let is_chosen = city.is_some();
    let second = is_chosen.then(|| list("county", "区县或者本级", "全部", counties, county));
    view! {
        <form class="filters" method="get" action=action aria-label="按地区查找">
            {list("city", "市州", "请选择市州", cities, city)} {second}
            <div class="button-row"><button type="submit" class="button">"查看电话"</button></div>
        </form>
    }
    .into_any()
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

fn row(bureau: Bureau, wait: Option<String>, province: &ProvinceWords) -> AnyView {
    let name = bureau.desk();
    let hours = if bureau.hours.is_empty() { province.hours.clone() } else { bureau.hours };
    let hours = (!bureau.phone.is_empty()).then(|| view! { <span class="muted">{hours}</span> });
    let wait = wait.map(|words| view! { <p class="hint">{words}</p> });
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td>{bureau.address}</td>
            <td>{phone(bureau.phone, province)} {hours} {wait}</td>
        </tr>
    }
    .into_any()
}

/// A single number can be dialled.
pub(crate) fn phone(phone: String, province: &ProvinceWords) -> AnyView {
    if phone.is_empty() {
        return view! { <span class="muted">{province.hotline_fallback.clone()}</span> }.into_any();
    }
    if phone.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return view! { <a href=format!("tel:{phone}") rel="external">{phone.clone()}</a> }.into_any();
    }
    view! { <span>{phone}</span> }.into_any()
}
