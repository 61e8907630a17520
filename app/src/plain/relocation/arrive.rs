//! 跨省调入: what may be taken over, the file, and what was received.

use domain::province::Profile;
use domain::relocation::view::{Offer, Papers, ReceivedView, RelocationView};
use leptos::prelude::*;

use super::{Came, refusal, table};
use crate::ui::format;

pub(super) fn section(profile: &Profile, view: &RelocationView, came: &Came, may_arrive: bool) -> AnyView {
    let refused = came.refused.map(|why| {
        view! { <div class="notice notice--danger" role="alert" id="refused"><h3>"没有接收"</h3><p>{refusal(why)}</p></div> }
    });
    let taken = came.is_taken.then(|| {
        let text = format!("已接收，原省份的信息已填入{}。请补充还没有的内容和材料，再提交审核。", view.intake_name);
        view! { <div class="notice notice--success" role="status"><p>{text}</p></div> }
    });
    let received = view.received.as_ref().map(|of| received(profile, view, of));
    let offers = view.offers.iter().map(|offer| self::offer(profile, offer)).collect_view();
    let form = may_arrive.then(|| form(profile, view));
    view! {
        <section class="stack" aria-labelledby="arrive">
            <h2 id="arrive">"跨省调入"</h2>
            {refused}
            {taken}
            {received}
            {offers}
            {form}
        </section>
    }
    .into_any()
}

fn offer(profile: &Profile, offer: &Offer) -> AnyView {
    let text = format!("{}已于 {} 同意您的档案调出，可以直接接收，不用上传文件。", offer.origin, format::instant(offer.left_at));
    let button = format!("接收{}的档案", offer.origin);
    view! {
        <form class="card stack" method="post" action=format!("/{}/relocation", profile.key)>
            <input type="hidden" name="act" value="take" />
            <input type="hidden" name="case" value=offer.case.to_string() />
            <p>{text}</p>
            <div class="button-row"><button type="submit" class="button">{button}</button></div>
        </form>
    }
    .into_any()
}

fn form(profile: &Profile, view: &RelocationView) -> AnyView {
    let lead = format!(
        "上传从调出省份平台下载的档案包，本省表单中有的信息自动填入{}，只需要补充其余的内容。文件先经核对：由哪个省份签发、是不是您本人的、有没有被改动、有没有用过。",
        view.intake_name
    );
    view! {
        <form class="card stack" method="post" action=format!("/{}/relocation/file", profile.key) enctype="multipart/form-data" aria-labelledby="arrive">
            <p>{lead}</p>
            <div class="field">
                <label for="package">"档案包"</label>
                <p class="field__hint" id="package-hint">"文件名以 .age 结尾，最大 4 MB。"</p>
                <input id="package" name="package" type="file" accept=".age" aria-describedby="package-hint" />
            </div>
            <div class="field">
                <label for="passphrase-typed">"口令"</label>
                <p class="field__hint" id="passphrase-hint">"生成档案包时页面显示的口令，不分大小写。没有显示口令的不用填写。"</p>
                <input id="passphrase-typed" name="passphrase" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="passphrase-hint" />
            </div>
            <div class="button-row"><button type="submit" class="button">"接收档案包"</button></div>
        </form>
    }
    .into_any()
}

/// The papers: those that came along, and those that the person uploads.
fn papers(profile: &Profile, of: &ReceivedView, papers: &Papers) -> AnyView {
    let (there, missing) = match papers {
        Papers::Elsewhere => {
            let text = format!(
                "档案包里没有材料的图片，只有核对用的指纹，请重新上传材料。上传的文件与{}档案中的相同的，审核人员会看到。",
                of.origin
            );
            return view! { <p class="hint">{text}</p> }.into_any();
        }
        Papers::Here { there, missing } => (there, missing),
    };
    let came = (!there.is_empty()).then(|| {
        let text = format!("已有材料：{}。从原省份带来的材料已经重新检查，请在材料上传中核对。", there.join("、"));
        view! { <p>{text}</p> }
    });
    let left = (!missing.is_empty()).then(|| {
        let text = format!(
            "没有带来的材料：{}。说明工作单位和居住地的材料、不符合本省要求的材料，请重新上传；其他的，填写有关内容以后可以再带一次。",
            missing.join("、")
        );
        view! {
            <form class="stack" method="post" action=format!("/{}/relocation", profile.key)>
                <input type="hidden" name="act" value="papers" />
                <p>{text}</p>
                <div class="button-row"><button type="submit" class="button button--secondary">"带来原省份的材料"</button></div>
            </form>
        }
    });
    view! { <section class="card stack" aria-labelledby="papers"><h3 id="papers">"材料"</h3>{came}{left}</section> }.into_any()
}

fn received(profile: &Profile, view: &RelocationView, of: &ReceivedView) -> AnyView {
    let text = format!("{}的档案已于 {} 接收。", of.origin, format::instant(of.at));
    let way = format!("/{}/intake", profile.key);
    view! {
        <div class="notice notice--info">
            <p>{text}</p>
            <p><a class="way" href=way>{format!("继续办理{}", view.intake_name)}</a></p>
        </div>
        {of.papers.as_ref().map(|papers| self::papers(profile, of, papers))}
        <details>
            <summary>"查看从原省份接收的内容"</summary>
            {of.beside.iter().map(table).collect_view()}
        </details>
    }
    .into_any()
}
