//! 证明查验: what a stranger sees of a certificate. No session, no script and, if need be, no database.

use domain::certificate::view::{Registered, RegisteredOf, VerifiedView};
use domain::certificate::{Extract, Presented, Signed, Statement, Verdict};
use domain::province::Profile;
use leptos::prelude::*;

pub(super) use super::frame::framed;
use crate::ui::format;

/// What the page says, and how it looks.
struct Said {
    class: &'static str,
    title: &'static str,
    text: String,
}

/// The page of a province. `style` is the address of the style sheet, `typed` what somebody brought, `others` the names of the
/// provinces that are served here, by key.
#[must_use]
pub fn verify(
    profile: &Profile,
    style: &str,
    typed: &str,
    view: Option<VerifiedView>,
    others: &dyn Fn(&str) -> Option<String>,
) -> String {
    let answer = view.map(|view| answer(profile, typed, view, others));
    let body = view! {
        <h1>"证明查验"</h1>
        <p class="lead">"核对会计人员继续教育完成证明和会计人员信息登记表的真伪，以及现在是否有效。不需要登录。"</p>
        {answer}
        {form(profile, typed)}
        {notes()}
    };
    framed(profile, style, "证明查验", body.into_any())
}

fn answer(profile: &Profile, typed: &str, view: VerifiedView, others: &dyn Fn(&str) -> Option<String>) -> AnyView {
    let Said { class, title, text } = said(profile, &view, others);
    let elsewhere = match (&view.verdict, Presented::read(typed)) {
        (Verdict::OtherProvince { key }, Presented::Code(code) | Presented::Number(code)) => others(key).map(|name| {
            view! { <p><a class="way" href=format!("/{key}/verify?c={code}")>{format!("到{name}的页面查验")}</a></p> }
        }),
        _ => None,
    };
    let details = match (view.signed, view.registered) {
        (Some(Signed::Certificate(statement)), _) => Some(details(profile, &statement)),
        (Some(Signed::Extract(extract)), _) => Some(extract_details(&extract)),
        (None, Some(registered)) => Some(registered_details(registered)),
        (None, None) => None,
    };
    view! {
        <section class=class id="answer" aria-labelledby="answer-title">
            <h2 id="answer-title">{title}</h2>
            <p>{text}</p>
            {elsewhere}
        </section>
        {details}
    }
    .into_any()
}

fn said(profile: &Profile, view: &VerifiedView, others: &dyn Fn(&str) -> Option<String>) -> Said {
    let (good, care, bad) = ("notice notice--success", "notice notice--warning", "notice notice--danger");
    let signer = view.signed.as_ref().map(Signed::issuer);
    let issuer = signer.or(view.registered.as_ref().map(|found| found.issuer.as_str())).unwrap_or(&profile.site.authority);
    let signed = format!("这份证明由{issuer}签发，内容没有被改动");
    let is_extract = matches!(view.signed, Some(Signed::Extract(_)))
        || matches!(view.registered, Some(Registered { of: RegisteredOf::Version(_), .. }));
    let (class, title, text) = match &view.verdict {
        Verdict::Replaced { on, .. } if is_extract => (
            care,
            "登记表已经不是最新的",
            format!("{}起，档案有了新的内容，这份登记表不再反映现在的情况。请向持有人索取新的登记表。", format::date(*on)),
        ),
        // A number says nothing of the paper on which it stands.
        Verdict::Valid if view.registered.is_some() => (good, "证明有效", format!("登记中有{issuer}签发的这份证明，现在有效。")),
        Verdict::Valid => (good, "证明有效", format!("{signed}，现在有效。")),
        Verdict::SignatureOnly => (
            care,
            "签名有效，暂时查不到登记",
            format!("{signed}。现在不能查询登记，不能确认签发以后是否已经撤销，请稍后再查验一次。"),
        ),
        Verdict::Revoked { on } => (
            bad,
            "证明已经撤销",
            format!("{issuer}签发过这份证明，{}已经撤销：该年度的学分有变化，不再达到年度要求。", format::date(*on)),
        ),
        Verdict::Replaced { on, is_complete: true } => (
            care,
            "证明已被新的证明代替",
            format!("{}起由新的证明代替，该年度现在仍然完成。请向持有人索取新的证明。", format::date(*on)),
        ),
        Verdict::Replaced { on, is_complete: false } => {
            (bad, "证明已被代替，该年度现在没有完成", format!("{}由新的证明代替，新的证明后来也已经撤销。", format::date(*on)))
        }
        Verdict::Unregistered => (
            bad,
            "登记中没有这份证明",
            format!(
                "签名可以核对，但是登记中没有这份证明，或者登记的内容与它不同。请不要采信，并告知{}。",
                profile.site.authority
            ),
        ),
        Verdict::NoSuchNumber => (care, "没有这个编号的证明", "请对照证明核对编号，或者扫描证明上的二维码查验。".to_owned()),
        Verdict::CannotLookUp => (care, "暂时不能按编号查询", "请扫描证明上的二维码查验，或者稍后再试。".to_owned()),
        Verdict::Altered => (
            bad,
            "内容被改动，或者是伪造的",
            format!("二维码中的内容与签名不一致：它被改动过，或者不是由{}签发的。请不要采信。", profile.site.authority),
        ),
        Verdict::ForeignKey => {
            (bad, "不是本平台签发的", "二维码中有签名，但是签名的密钥不属于本平台。请向出具证明的单位核实。".to_owned())
        }
        Verdict::OtherProvince { key } => {
            let name = others(key).unwrap_or_else(|| "其他省份".into());
            (care, "是其他省份的证明", format!("这份证明由{name}签发，请到该省的页面查验。"))
        }
        Verdict::NotOurs => (
            bad,
            "不是本平台的证明",
            "这里没有签名的证明内容：可能是别的二维码，或者没有复制完整。请重新扫描或者粘贴。".to_owned(),
        ),
    };
    Said { class, title, text }
}

fn details(profile: &Profile, statement: &Statement) -> AnyView {
    let unit = profile.learning.as_ref().map_or("学分", |learning| learning.unit.as_str());
    let credits = |amount: domain::learning::Credits| format!("{amount} {unit}");
    let name = match statement.name.as_str() {
        "" => "持有人选择不显示".to_owned(),
        name => format!("{name}（按持有人的选择只显示一部分）"),
    };
    let part = |amount: domain::learning::Credits| amount.is_some().then(|| credits(amount));
    let rows = [
        ("证明编号", Some(statement.number.clone())),
        ("姓名", Some(name)),
        ("继续教育年度", Some(format!("{} 年度", statement.year))),
        ("学分", Some(credits(statement.total))),
        ("专业科目", part(statement.professional)),
        ("公需科目", part(statement.public)),
        ("通过时间", Some(format::date(statement.completed_on))),
        ("签发单位", Some(statement.issuer.clone())),
        ("签发日期", Some(format::date(statement.issued_on()))),
    ];
    let row = |(label, value): (&'static str, String)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    let rows = rows.into_iter().filter_map(|(label, value)| Some(row((label, value?)))).collect_view();
    view! {
        <section class="card" aria-labelledby="certified">
            <h2 id="certified">"证明的内容"</h2>
            <dl class="summary-list">{rows}</dl>
            <p class="hint">"请对照手中的证明：编号、年度和学分都应当与这里一致。不一致的，以这里为准。"</p>
        </section>
    }
    .into_any()
}

fn extract_details(extract: &Extract) -> AnyView {
    let rows = [
        ("证明编号", extract.number.clone()),
        ("姓名", format!("{}（只显示一部分）", extract.name)),
        ("档案版本", format!("第 {} 版", extract.version)),
        ("会计管理部门", extract.bureau_name.clone()),
        ("审核通过时间", format::date(extract.approved_on)),
        ("签发单位", extract.issuer.clone()),
        ("签发日期", format::date(extract.issued_on())),
    ];
    let row = |(label, value): (&'static str, String)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    view! {
        <section class="card" aria-labelledby="certified">
            <h2 id="certified">"登记表的签名内容"</h2>
            <dl class="summary-list">{rows.map(row).into_iter().collect_view()}</dl>
            <p class="hint">"签名只包含这些内容。登记表上的其他项目，请对照持有人登录后的个人档案，或者向会计管理部门核实。"</p>
        </section>
    }
    .into_any()
}

/// What a number alone leads to.
fn registered_details(registered: Registered) -> AnyView {
    let of = match registered.of {
        RegisteredOf::Year(year) => ("继续教育年度", format!("{year} 年度")),
        RegisteredOf::Version(version) => ("档案版本", format!("第 {version} 版")),
    };
    let rows = [("证明编号", registered.number), of, ("签发单位", registered.issuer)];
    let row = |(label, value): (&'static str, String)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    view! {
        <section class="card" aria-labelledby="registered">
            <h2 id="registered">"登记的证明"</h2>
            <dl class="summary-list">{rows.map(row).into_iter().collect_view()}</dl>
            <p class="hint">"按编号只能查到这些。要核对姓名和其他内容，请扫描证明上的二维码。"</p>
        </section>
    }
    .into_any()
}

fn form(profile: &Profile, typed: &str) -> AnyView {
    view! {
        <section class="card" aria-labelledby="paste">
            <h2 id="paste">"输入或者粘贴"</h2>
            <form method="get" action=format!("/{}/verify", profile.key)>
                <div class="field">
                    <label for="c">"证明编号，或者二维码中的网址"</label>
                    <p class="field__hint" id="c-hint">"编号在证明的左下方，例如 430000-2025-7K3M-9QXZ-4T8C。"</p>
                    <input id="c" name="c" type="text" maxlength="2000" autocomplete="off" spellcheck="false" aria-describedby="c-hint" value=typed.to_owned() />
                </div>
                <div class="button-row"><button type="submit" class="button">"查验"</button></div>
            </form>
        </section>
    }
    .into_any()
}

fn notes() -> AnyView {
    view! {
        <section class="stack" aria-labelledby="offline">
            <h2 id="offline">"不联网也能核对"</h2>
            <p>
                "二维码中的内容带有省级财政部门的电子签名（JWS，EdDSA），任何支持 JOSE 的软件都可以用"
                <a href="/.well-known/jwks.json">"公开的密钥"</a>
                "核对。只有在这里才能知道证明后来是否撤销。"
            </p>
        </section>
    }
    .into_any()
}
