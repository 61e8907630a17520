//! One case, in one window: the papers, the answers that they prove, the verdicts and the decision.

use std::collections::BTreeMap;

use domain::account::view::Who;
use domain::case::Action;
use domain::review::view::CaseView;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::case;
use super::bench::Bench;
use super::benches::Benches;
use super::dossier::{Dossier, Reader};
use super::item::Desk;
use super::proof::{self, Fresh};
use super::{ahead, bar, decide, evidence, keys};
use crate::site::{fetched, use_source};
use crate::ui::form::{ErrorSummary, FormState};
use crate::ui::page::{Frame, whole};
use crate::ui::words as common;

/// 审核. `reader` draws what is only looked at, which is another part of the program.
#[component]
pub fn CasePage(reader: Reader) -> impl IntoView {
    let source = use_source();
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("case").unwrap_or_default());
    // Outside of what is drawn again, so that zoom, keys and the current item outlive every reload.
    let asked = use_query_map().with_untracked(|query| query.get("reject"));
    let (benches, page) = (Benches::new(asked.unwrap_or_default()), Owner::current().unwrap_or_default());
    let data = fetched(
        move || (source.get(), id.get()),
        move |((province, _), id)| async move {
            match benches.kept(&id) {
                Some(view) => Ok(view),
                None => case(province, id.into()).await,
            }
        },
    );
    provide_context(benches);
    Effect::new(move |_| keys::wake(benches));
    whole("审核", data, move |frame, view: CaseView| {
        let bench = benches.of(view.case.id.as_str(), &page);
        let kept = ahead::Kept::of(&view);
        Effect::new(move |_| {
            keys::note_opening(bench);
            ahead::open(bench, kept.clone());
        });
        bench.province.set(frame.key.clone());
        bench.counts.set(view.counts);
        bench.staged.set(view.staged.clone());
        bench.held_until.set(view.hold.as_ref().filter(|hold| hold.is_mine).map(|hold| hold.until));
        bench.verdicts.set(view.verdicts.iter().map(|verdict| (verdict.item.clone(), verdict.clone())).collect());
        draw(&frame, &view, bench, reader(&frame, &view, bench))
    })
}

fn draw(frame: &Frame, view: &CaseView, bench: Bench, dossier: Dossier) -> AnyView {
    let Dossier { notices, numbers, changes, checks, beside, facts, rounds, timeline } = dossier;
    let (pictures, fresh) = (evidence::pictures(frame, view, bench), Fresh::of(view));
    let homes = view.proofs.iter().flat_map(|(slot, items)| items.iter().map(move |item| (item.clone(), slot.clone())));
    let keys = pictures.iter().map(|picture| picture.key.clone()).collect();
    // Drawn again, a case leaves alone what was fetched for the one behind it.
    if bench.shown.with_untracked(String::is_empty) {
        ahead::keep(bench, &pictures.iter().map(|picture| picture.href.as_str()).collect::<Vec<_>>());
    }
    bench.lay(keys, homes.collect(), fresh.first(view));
    if decide::is_open(view) {
        Effect::new(move |_| ahead::fetch(bench));
    }
    let before = view.rounds.last().into_iter().flat_map(|round| &round.rejected);
    bench.former.set_value(before.filter_map(|verdict| verdict.mark.clone()).collect());
    let flash = |form: &str| view.flash.as_ref().filter(|flash| flash.form == form);
    let deciding = FormState::of(labels(view), flash("decide"));
    let wrong = flash("judge").filter(|flash| !flash.answer.errors.is_empty()).and_then(|flash| flash.values.get("item"));
    wrong.into_iter().for_each(|item| bench.rejecting.set(item.clone()));
    let held = FormState::new([("case", "申请")], flash("hold").or_else(|| flash("undo")));
    let desk = Desk {
        bench,
        version: view.case.version,
        is_open: decide::is_open(view) && view.actions.contains(&Action::Judge),
        reasons: &view.reasons,
        flash: flash("judge"),
    };
    let reviewer = match &frame.site.who {
        Who::Staff { name, .. } => name.clone(),
        Who::Visitor | Who::Accountant { .. } | Who::Acting { .. } => String::new(),
    };
    let title = format!("{} – {} – {}", view.applicant, common::status(view.case.status), frame.site.province.title);
    view! {
        <Title text=title />
        <a class="skip-link" href="#decision" rel="external">"跳到审核结论"</a>
        <div class=move || if bench.is_all.get() { "cockpit cockpit--all" } else { "cockpit" }>
            <div class="cockpit__notes">
                <ErrorSummary state=deciding />
                {move || held.refusal.get().map(|why| view! { <div class="notice notice--warning"><p>{crate::ui::sentence::refusal(&why)}</p></div> })}
                {notices}
                <p class="live" role="status">{bench.said}</p>
            </div>
            {bar::bar(frame, view, bench, numbers)}
            <div class="cockpit__work">
                {evidence::thumbs(&pictures, bench)}
                {evidence::stage(pictures, bench, &reviewer)}
                <section class="proof" aria-label="填写的内容和核对" tabindex="0">
                    {changes}
                    {proof::groups(frame, view, &desk, &fresh)}
                    {checks}
                    {beside}
                    {facts}
                    {rounds}
                    {timeline}
                </section>
            </div>
            {decide::deck(frame, view, bench, deciding)}
        </div>
    }
    .into_any()
}

/// What each item is called, for the summary of what is wrong with a decision.
fn labels(view: &CaseView) -> BTreeMap<String, String> {
    let rows = view.sections.iter().flat_map(|section| &section.rows).map(|row| (row.item.clone(), row.label.clone()));
    let files = view.file_titles.iter().map(|(slot, title)| (format!("attachment.{slot}"), title.clone()));
    rows.chain(files)
        .chain([("reason".to_owned(), "退回说明".to_owned()), ("decision".to_owned(), "审核结论".to_owned())])
        .collect()
}
