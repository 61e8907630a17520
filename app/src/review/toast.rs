//! 撤销 in the deck: what was decided a moment ago, with the seconds that are left.

use domain::review::view::StagedView;
use leptos::prelude::*;

use super::staged::what;

/// The newest of the decisions that can be undone. A plain form, with and without scripts: whoever undoes wants the page anew.
pub(super) fn toast(province: &str, staged: &[StagedView]) -> AnyView {
    let newest = staged.iter().find(|of| of.lapse.is_none() && of.seconds > 0);
    newest.map(|of| one(province, of)).into_any()
}

fn one(province: &str, of: &StagedView) -> AnyView {
    let left = RwSignal::new(of.seconds);
    Effect::new(move |_| tick(left));
    let is_over = move || left.get() == 0;
    view! {
        <form method="post" action="/api/review/undo" class="toast" hidden=is_over>
            <span role="status">{format!("{} {}", of.name, what(of))}</span>
            <input type="hidden" name="province" value=province.to_owned() />
            <input type="hidden" name="form[case]" value=of.case.to_string() />
            <input type="hidden" name="form[version]" value=of.version.to_string() />
            // Not in the live region: a second is no news.
            <button type="submit" data-undo aria-keyshortcuts="u">
                <kbd class="kbd" aria-hidden="true">"U"</kbd>
                " 撤销（"
                {left}
                " 秒）"
            </button>
        </form>
    }
    .into_any()
}

fn tick(left: RwSignal<i64>) {
    crate::ui::browser::later(1000, move || {
        if left.try_get_untracked().is_some_and(|seconds| seconds > 0) {
            left.update(|seconds| *seconds -= 1);
            tick(left);
        }
    });
}
