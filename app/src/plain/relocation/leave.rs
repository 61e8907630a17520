//! 跨省调出: the form, where it stands, and the package.

use domain::province::Profile;
use domain::relocation::view::{MayLeave, RelocationView, Stands};
use leptos::prelude::*;

use super::Came;
use crate::ui::format;

pub(super) fn section(profile: &Profile, view: &RelocationView, came: &Came) -> AnyView {
    let name = view.name.clone();
    let body = match &view.stands {
        Stands::Nowhere => {
            let text = format!("您在本省还没有档案，{}审核通过以后才能调出。", view.intake_name);
            view! { <p>{text}</p> }.into_any()
        }
        Stands::Busy { line } => {
            let text = format!("您的{line}还没有办结，办结以后才能申请调出。");
            view! { <p>{text}</p> }.into_any()
        }
        Stands::Here(may) => form(profile, may, came),
        Stands::Waiting { destination, bureau_name, number, due_on, version } => {
            let due = due_on.map(|on| format!("，预计 {} 前审核完毕", format::date(on))).unwrap_or_default();
            let text = format!(
                "调往{destination}的申请已提交{bureau_name}审核，受理编号 {number}{due}。审核期间不能办理其他业务，继续教育不受影响。"
            );
            view! {
                <div class="notice notice--info"><p>{text}</p></div>
                {cancel(profile, *version)}
            }
            .into_any()
        }
        Stands::Left { .. } => gone(profile, &view.stands, came),
    };
    view! { <section class="stack" aria-labelledby="leave"><h2 id="leave">{name}</h2>{body}</section> }.into_any()
}

fn cancel(profile: &Profile, version: i64) -> AnyView {
    view! {
        <form method="post" action=format!("/{}/relocation", profile.key)>
            <input type="hidden" name="act" value="cancel" />
            <input type="hidden" name="version" value=version.to_string() />
            <div class="button-row"><button type="submit" class="button button--secondary">"取消申请"</button></div>
        </form>
    }
    .into_any()
}

/// What has left: the file, and for how long it can be made.
fn gone(profile: &Profile, stands: &Stands, came: &Came) -> AnyView {
    let Stands::Left { destination, at, packed_at, has_key, is_here } = stands else { return ().into_any() };
    let text = format!("您的档案已于 {} 调出至{destination}，在本省只能查看，不能修改。", format::instant(*at));
    let next = match is_here {
        true => format!("到{destination}的平台登录后，在“跨省调转”中可以直接接收，不用上传文件。也可以生成档案包带去。"),
        false => format!("请生成档案包，到{destination}的平台办理跨省调入。"),
    };
    let secret = came.made.as_ref().and_then(Option::as_ref).map(|secret| {
        view! {
            <div class="notice notice--warning" role="status">
                <h3>"请记下口令"</h3>
                <p>"打开档案包需要这个口令。口令只显示这一次，离开本页后不能再查看："</p>
                <p><strong class="number" id="passphrase">{secret.clone()}</strong></p>
                <p>"没有记下的，重新生成档案包，会有新的口令。请不要把口令和文件放在一起。"</p>
            </div>
        }
    });
    let made = (came.made == Some(None)).then(|| {
        let text = format!("档案包已生成，只有{destination}的平台可以打开，不需要口令。");
        view! { <div class="notice notice--success" role="status"><p>{text}</p></div> }
    });
    let file = packed_at.map(|at| {
        let href = format!("/{}/relocation/package", profile.key);
        let label = format!("下载档案包（{} 生成）", format::instant(at));
        view! { <p class="button-row"><a class="button" href=href download="">{label}</a></p> }
    });
    let lock = match has_key {
        true => "档案包已加密，只有调往的平台可以打开。",
        false => "档案包用生成的口令加密，口令只显示一次。",
    };
    let (button, class) = match packed_at {
        Some(_) => ("重新生成档案包", "button button--secondary"),
        None => ("生成档案包", "button"),
    };
    view! {
        <p>"档案状态："<span class="tag tag--grey">"已调出"</span></p>
        <div class="notice notice--info"><p>{text}</p><p>{next}</p></div>
        {secret}
        {made}
        {file}
        <form class="card stack" method="post" action=format!("/{}/relocation", profile.key)>
            <input type="hidden" name="act" value="pack" />
            <p>{lock}"其中有您的档案、历次版本、继续教育学分和诚信信息，请妥善保管。"</p>
            <div class="button-row"><button type="submit" class=class>{button}</button></div>
        </form>
    }
    .into_any()
}

fn form(profile: &Profile, may: &MayLeave, came: &Came) -> AnyView {
    // A key is given out once.
    let key = may.form.request_key.clone();
    let form = came.form.clone().unwrap_or_else(|| may.form.clone());
    let fault = |field: &str| came.faults.iter().find(|(of, _)| *of == field).map(|(_, said)| said.clone());
    let said =
        |field: &'static str| fault(field).map(|said| view! { <p class="field__error" id=format!("{field}-error")>{said}</p> });
    let invalid = |field: &str| fault(field).map(|_| "true");
    let described = |field: &str| fault(field).map(|_| format!("{field}-error"));
    let returned = may.returned.map(|(_, version)| {
        view! {
            <div class="notice notice--danger"><h3>"申请被退回，请修改后重新提交"</h3><p>{may.reason.clone()}</p></div>
            {cancel(profile, version)}
        }
    });
    let option = |(key, name): &(String, String)| {
        view! { <option value=key.clone() selected=key == &form.destination>{name.clone()}</option> }
    };
    view! {
        {may.briefing.iter().map(|text| view! { <p>{text.clone()}</p> }).collect_view()}
        {returned}
        <form class="card stack" method="post" action=format!("/{}/relocation", profile.key) data-keeps="yes" aria-labelledby="leave">
            <input type="hidden" name="act" value="submit" />
            <input type="hidden" name="request_key" value=key />
            <div class="field">
                <label for="destination">"调往"</label>
                {said("destination")}
                <select id="destination" name="destination" aria-describedby=described("destination") aria-invalid=invalid("destination")>
                    <option value="">"请选择"</option>
                    {may.places.iter().map(option).collect_view()}
                </select>
            </div>
            <div class="field">
                <label for="reason">"调出原因"</label>
                {said("reason")}
                <input id="reason" name="reason" type="text" autocomplete="off" value=form.reason.clone() aria-describedby=described("reason") aria-invalid=invalid("reason") />
            </div>
            {may.pledge.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view()}
            <div class="field">
                {said("agreed")}
                <label class="choice" for="agreed">
                    <input type="checkbox" id="agreed" name="agreed" value="yes" aria-describedby=described("agreed") aria-invalid=invalid("agreed") />
                    <span>{may.confirm_label.clone()}</span>
                </label>
            </div>
            <div class="button-row"><button type="submit" class="button">"提交申请"</button></div>
        </form>
    }
    .into_any()
}
