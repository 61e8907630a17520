//! Pages that stand outside the application: no session, no script, no province.

pub mod annulments;
pub mod appeal;
pub mod asked;
pub mod closing_request;
pub mod closings;
pub mod confirmation;
pub mod credits_export;
pub mod entered;
mod fields;
mod frame;
pub mod freeze;
pub mod imports;
pub mod integrity_export;
pub mod interface;
mod kept;
mod leaving;
mod look_up;
pub mod merges;
pub mod national;
pub mod objections;
pub mod penalties;
mod public_penalties;
pub mod questions;
pub mod relocation;
mod rows;
mod settled;
mod shared;
mod status;
pub mod texts;
pub mod transfer;
mod verify;

use leptos::prelude::*;

use crate::request::Display;

pub use frame::{Look, seen_by};
pub use kept::{KEEPS, KEPT};
pub use leaving::leaving;
pub use look_up::{Told, look_up};
pub use public_penalties::public_penalties;
pub use settled::settled;
pub use shared::shared;
pub use status::status;
pub use verify::verify;

/// A line of the demonstration's tables, in the order of its columns.
pub type Row = Vec<String>;

fn document(title: &'static str, head: impl IntoView + 'static, body: impl IntoView + 'static) -> String {
    drawn(title.to_owned(), (false, Display::default()), head, body)
}

/// A document; its title is markup.
fn drawn(
    title: String,
    (is_elder, display): (bool, Display),
    head: impl IntoView + 'static,
    body: impl IntoView + 'static,
) -> String {
    let page = view! {
        <html lang="zh-CN" data-elder=is_elder.then_some("yes") data-size=display.size data-contrast=display.contrast>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                {head}
                // Text would get the marks of a page that wakes up.
                <title inner_html=title></title>
            </head>
            <body>{body}</body>
        </html>
    };
    format!("<!DOCTYPE html>{}", page.to_html())
}

/// Where people choose their province: key, name and title of each.
#[must_use]
pub fn front(provinces: Vec<(String, String, String)>) -> String {
    let head = view! {
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/front.css" />
    };
    let item = |(key, name, title)| view! { <li><a href=format!("/{key}")><strong>{name}</strong>{title}</a></li> };
    let body = view! {
        <main>
            <h1>"请选择省份"</h1>
            <p>"请选择您工作、学习或者居住的省份，进入该省的平台办理。"</p>
            <ul>{provinces.into_iter().map(item).collect_view()}</ul>
        </main>
    };
    document("会计人员管理服务平台", head, body)
}

/// What was refused outside of the application, in the frame that its own pages of trouble have.
#[must_use]
pub fn trouble(text: &str) -> String {
    let head = view! {
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/front.css" />
    };
    let body = view! {
        <main>
            <section class="trouble">
                <h1>"暂时打不开这个页面"</h1>
                <p>{text.to_owned()}</p>
                <p>"已经保存的内容都在。"</p>
                <p><a href="/">"返回首页"</a></p>
            </section>
        </main>
    };
    document("暂时打不开这个页面", head, body)
}

/// Leads on at once, from a page of ours.
#[must_use]
pub fn lead_on(address: &str) -> String {
    let head = view! { <meta http-equiv="refresh" content=format!("0;url={address}") /> };
    document("正在打开", head, view! { <p><a href=address.to_owned()>"继续打开页面"</a></p> })
}

/// What the demonstration shows of itself: the text messages (time, number, text) and the staff (province, bureau, login,
/// password, present code).
#[must_use]
pub fn demo(messages: Vec<Row>, staff: Vec<Row>) -> String {
    let table = |name: &'static str, columns: &[&'static str], rows: Vec<Row>| {
        let head = columns.iter().map(|column| view! { <th scope="col">{*column}</th> }).collect_view();
        let row = |row: Row| view! { <tr>{row.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr> };
        view! {
            <div tabindex="0" role="region" aria-label=format!("{name}列表")>
                <table><thead><tr>{head}</tr></thead><tbody>{rows.into_iter().map(row).collect_view()}</tbody></table>
            </div>
        }
    };
    let mut provinces: Vec<String> = staff.iter().filter_map(|row| row.first().cloned()).collect();
    provinces.dedup();
    let door = |key: String| {
        let href = format!("/{key}/staff/login");
        view! { <li><a href=href>{key}</a></li> }
    };
    let body = view! {
        <main>
            <h1>"演示"</h1>
            <p>"这里只供演示和测试。刷新页面查看新的短信和动态口令。"</p>
            <h2>"短信"</h2>
            {table("短信", &["时间", "手机号码", "内容"], messages)}
            <h2>"工作人员"</h2>
            <p>"用户名和密码在各省的工作人员登录页使用："</p>
            <ul>{provinces.into_iter().map(door).collect_view()}</ul>
            {table("工作人员", &["省份", "财政局", "用户名", "密码", "当前动态口令"], staff)}
        </main>
    };
    document("演示", view! { <link rel="stylesheet" href="/demo.css" /> }, body)
}
