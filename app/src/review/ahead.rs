//! The case that comes next and its pictures, in the memory of the page while this one is judged: it is drawn at once.

use std::collections::BTreeMap;

use domain::answer::Notice;
use domain::case::{HOLD, Verdict};
use domain::review::view::{CaseView, HoldView};
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
        let Some(province) = bench.province.try_get_untracked().filter(|_| is_here(bench, &case)) else { return };
        let pairs = [("province".to_owned(), province.clone()), ("form[case]".to_owned(), case.clone())];
        let take = move |status, text: String| {
            let next = browser::read::<Option<CaseView>>(&text).ok().flatten().filter(|_| status == 200 && is_here(bench, &case));
            let Some(mut next) = next else { return };
            let files: Vec<String> = next.files.iter().map(|(_, file)| file.id.clone()).collect();
            next.hold = None;
            bench.next.set_value(Some(next));
            leptos::task::spawn_local(async move {
                for file in files {
                    let href = ["/", &province, "/staff/files/", &file].concat();
                    let Some(blob) = picture(&[&href, "?ahead"].concat()).await else { return };
                    if !is_here(bench, &case) {
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

/// Whether the page has this case still.
fn is_here(bench: Bench, case: &str) -> bool {
    bench.ahead_of.try_get_value().is_some_and(|of| of == case)
}

/// The next case was taken: what was fetched of it is what is judged where its version is the same, and is asked for anew where not.
pub(super) fn taken(bench: Bench, notice: Option<&Notice>) {
    let Some(Notice::Saved { version, at }) = notice else { return };
    let hold = HoldView { is_mine: true, name: String::new(), until: *at + HOLD };
    bench.next.update_value(|next| {
        if let Some(next) = next.as_mut().filter(|next| next.case.version == *version) {
            next.hold = Some(hold);
        }
    });
}

/// A case that was drawn from memory, as it was then; of every other one nothing.
#[derive(Clone)]
pub(super) struct Kept(Option<(i64, Vec<Verdict>)>);

impl Kept {
    pub fn of(view: &CaseView) -> Self {
        // The server names whoever has it.
        let is_kept = view.hold.as_ref().is_some_and(|hold| hold.is_mine && hold.name.is_empty());
        Self(is_kept.then(|| (view.case.version, view.verdicts.clone())))
    }
}

/// Opens a case that was drawn from memory, which writes the look down, and learns what could not be known beforehand. Where it is not
/// as it was drawn, the page comes whole. To be called in an effect.
pub(super) fn open(bench: Bench, Kept(kept): Kept) {
    let (Some(kept), case) = (kept, bench.case.get_value()) else { return };
    let province = bench.province.get_untracked();
    let pairs = [("province".to_owned(), province.clone()), ("case".to_owned(), case.clone())];
    let take = move |status, text: String| {
        if !is_here(bench, &case) {
            return;
        }
        match browser::read::<CaseView>(&text) {
            Ok(view) if status == 200 && (view.case.version, &view.verdicts) == (kept.0, &kept.1) => {
                bench.counts.set(view.counts);
                bench.staged.set(view.staged);
            }
            _ => browser::ask_server(&["/", &province, "/staff/cases/", &case].concat(), ""),
        }
    };
    browser::post_pairs("/api/review/case", &pairs, Box::new(take));
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
