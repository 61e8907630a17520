//! Where one goes: first the bureau, then what it wants and the form.

use chrono::NaiveDate;
use domain::id::BureauCode;
use domain::transfer::TransferReason;
use domain::transfer::view::{CityChoice, Destination, TransferView};
use leptos::prelude::*;

use super::super::fields::Seen;
use super::Typed;
use crate::ui::format;

/// The bureau to which one goes; choosing it shows what it wants.
pub(super) fn choose(key: &str, view: &TransferView) -> AnyView {
    let option = |(code, name): &(BureauCode, String)| {
        let is_chosen = view.to.as_ref().is_some_and(|to| to.code == *code);
        view! { <option value=code.to_string() selected=is_chosen>{name.clone()}</option> }
    };
    let group = |of: &CityChoice| {
        view! { <optgroup label=of.city.clone()>{of.bureaus.iter().map(option).collect_view()}</optgroup> }
    };
    let groups = view.bureaus.iter().map(group).collect_view();
    let word = if view.to.is_some() { "换一个财政局" } else { "下一步" };
    let class = if view.to.is_some() { "button button--secondary" } else { "button" };
    view! {
        <form class="card stack" method="get" action=format!("/{key}/transfer") aria-labelledby="where">
            <h2 id="where">"调入财政局"</h2>
            <div class="field">
                <label for="to">"新的工作单位或者居住地的财政局"</label>
                <p class="field__hint" id="to-hint">"在职人员选择新单位所在地，其他人员选择户籍、居住地或者学校所在地。"</p>
                <select id="to" name="to" required aria-describedby="to-hint">
                    <option value="">"请选择"</option>
                    {groups}
                </select>
            </div>
            <div class="button-row"><button type="submit" class=class>{word}</button></div>
        </form>
    }
    .into_any()
}

/// Who has to agree, what the destination wants, and the form of the transfer to it.
pub(super) fn form(key: &str, view: &TransferView, to: &Destination, typed: &Typed) -> AnyView {
    let form = typed.form.clone().unwrap_or_else(|| view.form.clone());
    let seen = Seen { form, faults: &typed.faults };
    let (promised, confirm) = view.promise.clone();
    let pledge = promised.text.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
    let kept = view.has_proof.then(|| view! { <p class="hint">"上次提交的证明仍然有效；需要更换的，重新选择文件。"</p> });
    let is_agreed = seen.form.agreed == "yes";
    view! {
        {wants(view, to)}
        <form class="card stack" method="post" action=format!("/{key}/transfer/apply") enctype="multipart/form-data" data-keeps="yes" aria-labelledby="apply">
            <h2 id="apply">{format!("申请{}", to.way.name)}</h2>
            <input type="hidden" name="to" value=to.code.to_string() />
            <input type="hidden" name="request_key" value=view.form.request_key.clone() />
            {reasons(&to.reasons, &seen)}
            {to.reasons.iter().any(|reason| reason.asks_employer).then(|| {
                seen.text("employer_name", "调入单位", "因新单位调转的填写，请按营业执照或者法人证书上的全称。", &seen.form.employer_name)
            })}
            {seen.proof(&view.proof)}
            <p class="hint">{view.proof.why.clone()}</p>
            {confirmed(key, view)}
            {kept}
            {seen.text("remark", "备注（选填）", "需要向审核人员说明的，最多 200 个字。", &seen.form.remark)}
            <h3>{promised.title}</h3>
            {pledge}
            <div class="field">
                {seen.said("agreed")}
                <label class="choice" for="agreed">
                    <input type="checkbox" id="agreed" name="agreed" value="yes" checked=is_agreed aria-describedby=seen.described("agreed", false) aria-invalid=seen.invalid("agreed") />
                    <span>{confirm}</span>
                </label>
            </div>
            <div class="button-row"><button type="submit" class="button">"提交调转"</button></div>
        </form>
    }
    .into_any()
}

/// The employers that have confirmed, or the way to ask one.
fn confirmed(key: &str, view: &TransferView) -> Option<AnyView> {
    view.asks_employers.then(|| {
        let line = |(name, on): &(String, NaiveDate)| {
            let text =
                format!("{name}已于 {} 确认您在该单位工作。调入单位填写“{name}”的，可以不上传证明材料。", format::date(*on));
            view! { <p class="hint">{text}</p> }
        };
        let href = format!("/{key}/confirmation");
        view! {
            {view.confirmed.iter().map(line).collect_view()}
            <p class="hint">"调入单位在本平台登记了管理员的，可以" <a href=href>"请单位确认"</a> "，不用上传单位的证明。"</p>
        }
        .into_any()
    })
}

/// The destination as it is reached, what it wants, and both deadlines.
fn wants(view: &TransferView, to: &Destination) -> AnyView {
    let all = [("调入要求", &to.wants), ("咨询电话", &to.phone), ("办公时间", &to.hours), ("办公地址", &to.address)];
    let known: Vec<_> = all.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let rows = (!known.is_empty()).then(|| {
        let row = |(label, value): (&'static str, &String)| view! { <div><dt>{label}</dt><dd>{value.clone()}</dd></div> };
        view! { <dl class="summary-list">{known.into_iter().map(row).collect_view()}</dl> }
    });
    let days = to.way.working_days;
    let how = match to.way.origin_working_days {
        Some(first) => {
            format!(
                "先由{}在 {first} 个工作日内审核是否同意调出，再由{}在 {days} 个工作日内审核是否接收。",
                view.bureau_name, to.name
            )
        }
        None => format!("由{}在 {days} 个工作日内审核。", to.name),
    };
    let unknown = to.phone.is_empty().then(|| view! { <p class="hint">"这个财政局的电话还没有公布。"</p> });
    view! {
        <section class="card" aria-labelledby="wants">
            <h2 id="wants">{to.name.clone()}</h2>
            <p>{how}</p>
            {rows}
            {unknown}
        </section>
    }
    .into_any()
}

fn reasons(all: &[TransferReason], seen: &Seen<'_, domain::transfer::forms::TransferForm>) -> AnyView {
    let one = |(nth, reason): (usize, &TransferReason)| {
        let id = if nth == 0 { "reason".to_owned() } else { format!("reason-{nth}") };
        let target = id.clone();
        let is_chosen = seen.form.reason == reason.key;
        view! {
            <label class="choice" for=target>
                <input type="radio" id=id name="reason" value=reason.key.clone() checked=is_chosen />
                <span>{reason.title.clone()}</span>
            </label>
        }
    };
    view! {
        <fieldset class="field-group" aria-describedby=seen.described("reason", false)>
            <legend>"调转原因"</legend>
            {seen.said("reason")}
            <div class="choices">{all.iter().enumerate().map(one).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}
