//! The pictures of the case that comes next, in the memory of the page while this one is judged: the stage has them at once.

use std::collections::BTreeMap;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Response, Url};

use super::bench::Bench;
use crate::ui::browser;

/// The case that is judged comes first: so many milliseconds after it was drawn.
const AFTER: i32 = 800;

/// Where each picture lies in memory, by its address.
pub(super) type Ahead = BTreeMap<String, String>;

/// Fetches what comes after the case that lies on the bench, once. To be called in an effect.
pub(super) fn fetch(bench: Bench) {
    let case = bench.case.get_value();
    if bench.ahead_of.try_get_value().is_none_or(|of| of == case) {
        return;
    }
    bench.ahead_of.set_value(case.clone());
    browser::later(AFTER, move || {
        let is_here = move |case: &str| bench.ahead_of.try_get_value().is_some_and(|of| of == case);
        let Some(province) = bench.province.try_get_untracked().filter(|_| is_here(&case)) else { return };
        let pairs = [("province".to_owned(), province.clone()), ("form[case]".to_owned(), case.clone())];
        let take = move |status, text: String| {
            let files = browser::read::<Vec<String>>(&text).ok().filter(|_| status == 200).unwrap_or_default();
            leptos::task::spawn_local(async move {
                for file in files {
                    let href = ["/", &province, "/staff/files/", &file].concat();
                    let Some(blob) = picture(&[&href, "?ahead"].concat()).await else { return };
                    if !is_here(&case) {
                        return;
                    }
                    if let Ok(url) = Url::create_object_url_with_blob(&blob) {
                        bench.ahead.update_value(|ahead| drop(ahead.insert(href, url)));
                    }
                }
            });
        };
        browser::post_pairs("/api/review/ahead", &pairs, Box::new(take));
    });
}

async fn picture(href: &str) -> Option<Blob> {
    let found: Response = JsFuture::from(browser::window()?.fetch_with_str(href)).await.ok()?.dyn_into().ok()?;
    let blob = JsFuture::from(found.blob().ok().filter(|_| found.ok())?).await.ok()?;
    blob.dyn_into().ok()
}

/// Where a picture is shown from: memory, where it is there already.
pub(super) fn source(bench: Bench, href: &str) -> String {
    bench.ahead.with_value(|ahead| ahead.get(href).cloned()).unwrap_or_else(|| href.to_owned())
}

/// Gives back the memory of what the case does not show.
pub(super) fn keep(bench: Bench, hrefs: &[&str]) {
    bench.ahead.update_value(|ahead| {
        ahead.retain(|href, url| {
            let is_shown = hrefs.contains(&href.as_str());
            if !is_shown {
                let _ = Url::revoke_object_url(url);
            }
            is_shown
        });
    });
}
