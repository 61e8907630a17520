//! A batch: what would become of its rows, or did, and what can be done about it.

use domain::import::view::ImportBatchView;
use domain::import::{ImportAct, ImportOutcome, ImportStage};
use domain::province::Profile;
use leptos::prelude::*;

use super::super::rows::table;
use super::super::verify::framed;
use super::{Said, crumbs, stage};
use crate::ui::format;

/// Whether the house is at work on a batch, so that its page is asked for again.
#[must_use]
pub fn is_at_work(view: &ImportBatchView) -> bool {
    view.line.stage.is_at_work() || settles(view)
}

fn settles(view: &ImportBatchView) -> bool {
    view.effective_at.is_some() && view.settled < view.rows.0
}

/// What came to a page beside its batch.
#[derive(Default)]
pub struct Beside {
    /// What an act came to that was refused.
    pub trouble: Option<String>,
    /// Whether the browser is told to ask for the page again.
    pub is_followed: bool,
}

/// A batch.
#[must_use]
pub fn batch(profile: &Profile, style: &str, view: &ImportBatchView, said: Vec<Said>, beside: Beside) -> String {
    let Beside { trouble, is_followed } = beside;
    let line = &view.line;
    let (word, class) = stage(line.stage);
    let trouble = trouble.map(|said| view! { <div class="notice notice--danger" role="alert"><p>{said}</p></div> });
    let by = if view.by.is_empty() { "运行人员".to_owned() } else { view.by.clone() };
    // Whoever is asked to agree looks at what was handed in, and not only at what was read of it.
    let original = view.has_file.then(|| {
        let href = format!("/{}/staff/imports/{}/original", profile.key, line.id);
        view! { " " <a href=href download="">"下载原文件"</a> <span class="hint">"（含完整证件号码，每次下载都有记录）"</span> }
    });
    let body = view! {
        {crumbs("数据导入", format!("/{}/staff/imports", profile.key), line.key.clone())}
        <h1>{format!("{}批次 {}", line.kind.label(), line.key)}</h1>
        {trouble}
        <p><span class=class>{word}</span></p>
        {progress(profile, view, is_followed)}
        <dl class="card facts">
            <div><dt>"文件"</dt><dd>{line.file_name.clone()} {original}</dd></div>
            <div><dt>"提交"</dt><dd>{format!("{by}，{}", format::instant(line.at))}</dd></div>
            {view.effective_at.map(|at| view! { <div><dt>"生效"</dt><dd>{format::instant(at)}</dd></div> })}
        </dl>
        {counts(view)}
        {acts(profile, view)}
        {rows(profile, view, said)}
    };
    framed(profile, style, "数据导入", body.into_any())
}

fn progress(profile: &Profile, view: &ImportBatchView, is_followed: bool) -> Option<AnyView> {
    let (size, decided) = view.rows;
    let (done, word) = match view.line.stage {
        ImportStage::Checking => (decided, "正在逐行检查。"),
        ImportStage::Applying => (0, "正在导入，全部登记后才对外显示。"),
        ImportStage::Undoing => (0, "正在撤销。"),
        _ if settles(view) => (view.settled, "学分已经处理完毕，正在更新完成证明。"),
        _ => return None,
    };
    let most = size.max(1).to_string();
    let told = format!("{word}{done} / {size} 行");
    let here = format!("/{}/staff/imports/{}", profile.key, view.line.id);
    let way = match is_followed {
        true => view! { <p>"页面自动更新。" <a href=format!("{here}?still=1")>"停止自动更新"</a></p> },
        false => view! { <p>"页面没有自动更新。" <a href=here>"更新"</a></p> },
    };
    Some(
        view! {
            <div class="notice notice--info" role="status">
                <p id="progress">{told}</p>
                <progress max=most value=done.to_string() aria-labelledby="progress"></progress>
                {way}
            </div>
        }
        .into_any(),
    )
}

fn counts(view: &ImportBatchView) -> Option<AnyView> {
    if !view.note.is_empty() {
        let note = view.note.clone();
        return Some(view! { <div class="notice notice--danger"><p>{note}</p></div> }.into_any());
    }
    let is_effective = view.effective_at.is_some();
    let counts = view.counts;
    let ready = if is_effective { "已导入" } else { "可导入" };
    Some(
        view! {
            <dl class="card facts" aria-label="各行的结果">
                <div><dt>{ready}</dt><dd>{format!("{} 行", counts.ready)}</dd></div>
                <div><dt>"人员尚未注册，注册后自动登记"</dt><dd>{format!("{} 行", counts.later)}</dd></div>
                <div><dt>"重复，不导入"</dt><dd>{format!("{} 行", counts.repeated)}</dd></div>
                <div><dt>"有问题，不导入"</dt><dd>{format!("{} 行", counts.refused)}</dd></div>
            </dl>
        }
        .into_any(),
    )
}

fn acts(profile: &Profile, view: &ImportBatchView) -> Option<AnyView> {
    let stage = view.line.stage;
    let waits = stage.waits().then(|| {
        let what = if stage == ImportStage::ApplyAsked { "导入" } else { "撤销" };
        let may = view.acts.contains(&ImportAct::Agree);
        let next = match may {
            true => "同意以前，请核对结果和文件。",
            false => "需要另一位管理员同意。没有另一位管理员的，请先在“人员管理”中添加。",
        };
        view! { <p>{format!("管理员{}申请{what}这一批。{next}", view.asker)}</p> }
    });
    let mine = stage.waits() && !view.acts.contains(&ImportAct::Agree);
    let button = |act: &ImportAct| {
        let (word, class) = match act {
            ImportAct::Apply => ("申请导入", "button"),
            ImportAct::Agree => ("同意", "button"),
            ImportAct::Undo => ("申请撤销这一批", "button button--secondary"),
            ImportAct::Refuse if mine => ("撤回申请", "button button--secondary"),
            ImportAct::Refuse => ("不同意", "button button--secondary"),
            ImportAct::Drop => ("放弃", "button button--secondary"),
        };
        view! { <button type="submit" class=class name="act" value=act.code()>{word}</button> }
    };
    (!view.acts.is_empty()).then(|| {
        view! {
            <form class="card" method="post" action=format!("/{}/staff/imports/{}", profile.key, view.line.id) aria-label="办理">
                {waits}
                <input type="hidden" name="version" value=view.version.to_string() />
                <div class="button-row">{view.acts.iter().map(button).collect_view()}</div>
            </form>
        }
        .into_any()
    })
}

fn rows(profile: &Profile, view: &ImportBatchView, said: Vec<Said>) -> Option<AnyView> {
    if view.rows.1 == 0 {
        return None;
    }
    let all = format!("/{}/staff/imports/{}/rows.csv", profile.key, view.line.id);
    let told = if view.line.kind.copies_records() { view.counts.ready } else { 0 };
    let wrong = view.counts.repeated + view.counts.refused + told;
    let shown = i64::try_from(said.len()).unwrap_or(i64::MAX);
    let more = (wrong > shown).then(|| view! { <p class="hint">{format!("这里显示前 {shown} 行，其余在下载的文件中。")}</p> });
    let outcome = |line: i64| view.said.iter().find(|row| row.line == line).map(|row| row.outcome);
    let row = |(line, name, number, why): Said| {
        let word = match outcome(line) {
            Some(ImportOutcome::Repeated) => "重复",
            Some(ImportOutcome::Ready) => "替换现有内容",
            _ => "有问题",
        };
        vec![line.to_string().into_any(), name.into_any(), number.into_any(), word.into_any(), why.into_any()]
    };
    let title = if view.line.kind.copies_records() { "替换现有内容和没有导入的行" } else { "没有导入的行" };
    let heads = ["行号", "姓名", "证件号码", "结果", "说明"];
    let table = (!said.is_empty()).then(|| table(title.into(), &heads, said.into_iter().map(row).collect()));
    Some(
        view! {
            <section class="stack" aria-labelledby="rows">
                <h2 id="rows">"逐行结果"</h2>
                <p><a class="way" href=all download="">"下载每一行的结果和问题（CSV，证件号码已隐藏）"</a></p>
                {table}
                {more}
            </section>
        }
        .into_any(),
    )
}
