//! 咨询电话 on the first page: two lists lead to one telephone. Without scripts the first leads to the page that has both.

use domain::id::BureauCode;
use domain::portal::view::HotlinesView;
use domain::province::Bureau;
use leptos::prelude::*;

use super::{api, phone};
use crate::ui::page::Frame;

/// The lists, and the bureau that they lead to.
pub(super) fn finder(frame: &Frame, cities: Vec<(BureauCode, String)>) -> AnyView {
    let (city, county) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let found = RwSignal::new(None::<HotlinesView>);
    let key = frame.key.clone();
    let choose = move |asked: String| {
        county.set(String::new());
        found.set(None);
        city.set(asked.clone());
        let province = key.clone();
        leptos::task::spawn_local(async move {
            // Where nothing is answered the button leads to the page that asks again.
            let view = api::hotlines(province, String::new(), asked.clone(), String::new()).await.ok();
            // Another city may be chosen by now, or another page.
            if city.try_get_untracked() == Some(asked) {
                let _ = found.try_set(view.filter(|view| view.city.is_some()));
            }
        });
    };
    let counties = move || found.with(|found| found.as_ref().map(|view| options(view.counties.clone())));
    let (site, chosen) = (frame.site.clone(), move || found.with(|found| bureau(found.as_ref()?, &county.get())));
    let result = move || {
        chosen().map(|bureau| {
            let hours = if bureau.hours.is_empty() { site.province.hours.clone() } else { bureau.hours.clone() };
            let hours = (!bureau.phone.is_empty() && !hours.is_empty()).then_some(("办公时间", hours));
            let address = (!bureau.address.is_empty()).then(|| ("地址", bureau.address.clone()));
            let rows = hours.into_iter().chain(address).map(|(label, text)| view! { <div><dt>{label}</dt><dd>{text}</dd></div> });
            let rows = rows.collect_view();
            view! { <dl class="facts"><div><dt>{bureau.desk()}</dt><dd>{phone(bureau.phone, &site.province)}</dd></div> {rows}</dl> }
        })
    };
    view! {
        <form class="finder" method="get" action=frame.path("hotlines") aria-label="按地区查找">
            <div class="field">
                <label for="city">"市州"</label>
                <select id="city" name="city" on:change=move |event| choose(event_target_value(&event))>
                    <option value="">"请选择市州"</option>
                    {options(cities)}
                </select>
            </div>
            <div class="field" hidden=move || found.with(Option::is_none)>
                <label for="county">"区县或者本级"</label>
                <select id="county" name="county" on:change=move |event| county.set(event_target_value(&event))>
                    <option value="">"请选择"</option>
                    {counties}
                </select>
            </div>
            <div class="button-row" hidden=move || found.with(Option::is_some)>
                <button type="submit" class="button button--secondary">"查看电话"</button>
            </div>
            <div aria-live="polite">{result}</div>
        </form>
    }
    .into_any()
}

fn options(all: Vec<(BureauCode, String)>) -> AnyView {
    let option = |(code, name): (BureauCode, String)| view! { <option value=code.to_string()>{name}</option> };
    all.into_iter().map(option).collect_view().into_any()
}

fn bureau(view: &HotlinesView, code: &str) -> Option<Bureau> {
    view.cities.iter().flat_map(|(_, all)| all).find(|bureau| bureau.code == *code).cloned()
}
