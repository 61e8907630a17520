//! 一直审核中: what is said of an application past its day, and 催办.

use domain::case::Late;
use domain::case::view::CaseSummary;
use domain::intake::view::ProgressView;
use leptos::prelude::*;

use super::parts;
use crate::ui::format;
use crate::ui::page::Frame;

/// With whom it is and how to reach them, and the button, or from when there is one again. A plain form: it works alike with
/// scripts and without.
pub(super) fn late(frame: &Frame, view: &ProgressView, case: &CaseSummary, late: Late) -> AnyView {
    let due = case.due_on.map(format::date).unwrap_or_default();
    let text = format!("原预计 {due} 前答复，现在仍由{}审核，让您久等了。可以打电话询问，也可以在这里催办。", case.bureau_name);
    let news = format!("结果以【{}】的短信和站内信告知。", view.signature);
    let urged = late.urged_at.map(|at| {
        let again = late.again_on.map(|on| format!("{} 起可以再次催办。", format::date(on))).unwrap_or_default();
        format!("您已于 {} 催办，审核列表中已标明，并排在同一天到期的申请前面。{again}", format::instant(at))
    });
    let button = late.may_be_urged().then(|| {
        view! {
            <form method="post" action="/api/intake/urge">
                <input type="hidden" name="province" value=frame.key.clone() />
                <p class="button-row"><button type="submit" class="button">"催办"</button></p>
            </form>
        }
    });
    view! {
        <section class="card" aria-labelledby="late-title">
            <h2 id="late-title">"已经超过预计的答复日期"</h2>
            <p>{text}</p>
            {view.bureau.as_ref().map(|bureau| parts::bureau(bureau, frame))}
            {urged.map(|urged| view! { <p>{urged}</p> })}
            {button}
            <p class="hint">{news}</p>
        </section>
    }
    .into_any()
}
