//! 数据导入: the pages of the administrators. No script: a page that waits for the house is asked for again by its browser, and
//! whoever reads it can stop that.

mod batch;

use domain::import::view::ImportBatchLine;
use domain::import::{ImportKind, ImportStage};
use domain::national::has_copies;
use domain::province::Profile;
use leptos::prelude::*;

use super::fields::summary;
use super::rows::table;
use super::verify::framed;
use crate::ui::format;

pub use batch::{Beside, batch, is_at_work};

/// The form of a file as it was sent, with what is wrong: field and sentence.
#[derive(Default)]
pub struct Typed {
    /// What it holds, as a code.
    pub kind: String,
    /// 批次编号.
    pub key: String,
    /// What is wrong.
    pub faults: Vec<(&'static str, String)>,
}

/// A row of which something is said: line, 姓名, 证件号码 masked, and the sentences.
pub type Said = (i64, String, String, String);

/// The batches, and the form for another one.
#[must_use]
pub fn list(profile: &Profile, style: &str, lines: Vec<ImportBatchLine>, typed: Typed) -> String {
    let batches = batches(profile, lines);
    let what =
        if profile.integrity.is_some() { "考试成绩、学分、奖励和行政处罚" } else { "考试成绩和学分" };
    let lead = format!("{what}按文件导入。先预检，看到每一行会怎样；申请导入后，由另一位管理员同意才生效；生效后可以整批撤销。");
    let export = profile.integrity.is_some().then(|| {
        let href = format!("/{}/staff/integrity-export", profile.key);
        view! { <p class="button-row"><a class="button button--secondary" href=href>"诚信信息导出"</a></p> }
    });
    let credits = has_copies(profile).then(|| {
        let href = format!("/{}/staff/credits-export", profile.key);
        view! { <p class="button-row"><a class="button button--secondary" href=href>"学分导出"</a></p> }
    });
    let body = view! {
        {summary(&typed.faults)}
        {crumbs("网校管理", format!("/{}/staff/schools", profile.key), "数据导入".to_owned())}
        <h1>"数据导入"</h1>
        <p class="lead">{lead}</p>
        {export}
        {credits}
        {form(profile, &typed)}
        {headings(profile)}
        <section class="stack" aria-labelledby="batches">
            <h2 id="batches">"批次"</h2>
            {batches}
        </section>
    };
    let title = if typed.faults.is_empty() { "数据导入" } else { "错误：数据导入" };
    framed(profile, style, title, body.into_any())
}

fn crumbs(above: &'static str, href: String, here: String) -> AnyView {
    view! {
        <nav class="breadcrumbs" aria-label="当前位置">
            <ol>
                <li><a href=href>{above}</a></li>
                <li aria-current="page">{here}</li>
            </ol>
        </nav>
    }
    .into_any()
}

fn form(profile: &Profile, typed: &Typed) -> AnyView {
    let fault = |field: &str| typed.faults.iter().find(|(of, _)| *of == field).map(|(_, said)| said.clone());
    let said =
        |field: &'static str| fault(field).map(|said| view! { <p class="field__error" id=format!("{field}-error")>{said}</p> });
    let described = |field: &str| fault(field).map(|_| format!("{field}-error"));
    let invalid = |field: &str| fault(field).map(|_| "true");
    let option = |kind: &ImportKind| {
        let code = kind.code();
        view! { <option value=code selected=typed.kind == code>{kind.label()}</option> }
    };
    view! {
        <form class="card stack form--two" method="post" action=format!("/{}/staff/imports/file", profile.key) enctype="multipart/form-data" data-keeps="yes" aria-labelledby="new">
            <h2 id="new">"提交文件预检"</h2>
            <div class="field">
                <label for="kind">"内容"</label>
                {said("kind")}
                <select id="kind" name="kind" aria-describedby=described("kind") aria-invalid=invalid("kind")>
                    <option value="">"请选择"</option>
                    {kinds(profile).map(|kind| option(&kind)).collect_view()}
                </select>
            </div>
            <div class="field">
                <label for="key">"批次编号（选填）"</label>
                <p class="field__hint" id="key-hint">"同一编号的同一文件只导入一次。撤销后再次导入的，请填写不同的编号。"</p>
                {said("key")}
                <input id="key" name="key" type="text" maxlength="60" autocomplete="off" value=typed.key.clone() aria-describedby=described("key").unwrap_or_else(|| "key-hint".to_owned()) aria-invalid=invalid("key") />
            </div>
            <div class="field">
                <label for="file">"文件"</label>
                <p class="field__hint" id="file-hint">".xlsx，或者 UTF-8、GB18030 编码的 CSV，不超过 24 MB。预检不登记任何学分。"</p>
                {said("file")}
                <input id="file" name="file" type="file" accept=".xlsx,.csv,.txt,text/csv" aria-describedby=described("file").unwrap_or_else(|| "file-hint".to_owned()) aria-invalid=invalid("file") />
            </div>
            <div class="button-row"><button type="submit" class="button">"提交预检"</button></div>
        </form>
    }
    .into_any()
}

/// What the province imports.
fn kinds(profile: &Profile) -> impl Iterator<Item = ImportKind> {
    let copies = has_copies(profile);
    ImportKind::offered(profile.integrity.is_some()).filter(move |kind| copies || !kind.copies_records())
}

/// Which headings a file needs, with a table of each that only has to be filled in.
fn headings(profile: &Profile) -> AnyView {
    let base = format!("/{}/staff/imports/templates", profile.key);
    let item = |kind: &ImportKind| {
        let of = |is_needed: bool| {
            let words = kind.columns().iter().filter(|column| column.is_needed == is_needed).map(|column| column.heading);
            words.collect::<Vec<_>>().join("、")
        };
        view! {
            <div>
                <dt>{kind.label()}</dt>
                <dd>
                    {format!("{}；也可以有{}", of(true), of(false))} " "
                    <a href=format!("{base}/{}.csv", kind.code()) download="">"下载"{kind.label()}"空表"</a>
                </dd>
            </div>
        }
    };
    let entries = profile.integrity.is_some().then(|| {
        view! {
            <p class="hint">
                "处罚种类、法律依据有几项的，用顿号分开，例如第四十条、第四十一条；条款按决定之日有效的会计法核对，限制从业的期限由系统计算。奖励和行政处罚一个文件最多 2000 行。"
            </p>
        }
    });
    view! {
        <details class="card">
            <summary>"文件需要哪些列"</summary>
            <p class="hint">"次序不限，表头之前可以有标题。"</p>
            <dl class="facts">{kinds(profile).map(|kind| item(&kind)).collect_view()}</dl>
            {entries}
        </details>
    }
    .into_any()
}

fn batches(profile: &Profile, lines: Vec<ImportBatchLine>) -> AnyView {
    if lines.is_empty() {
        return view! { <p class="empty">"还没有导入过文件。"</p> }.into_any();
    }
    let row = |line: ImportBatchLine| {
        let (word, class) = stage(line.stage);
        let href = format!("/{}/staff/imports/{}", profile.key, line.id);
        vec![
            view! { <a href=href>{line.key}</a> }.into_any(),
            line.kind.label().into_any(),
            line.file_name.into_any(),
            view! { <span class=class>{word}</span> }.into_any(),
            format::instant(line.at).into_any(),
        ]
    };
    let heads = ["批次编号", "内容", "文件", "状态", "提交时间"];
    table("批次列表".into(), &heads, lines.into_iter().map(row).collect())
}

fn stage(stage: ImportStage) -> (&'static str, &'static str) {
    match stage {
        ImportStage::Checking => ("正在预检", "tag tag--orange"),
        ImportStage::Unreadable => ("读不到内容", "tag tag--red"),
        ImportStage::Checked => ("预检完成，没有生效", "tag tag--grey"),
        ImportStage::ApplyAsked => ("申请导入，等待同意", "tag tag--orange"),
        ImportStage::Applying => ("正在导入", "tag tag--orange"),
        ImportStage::Complete => ("已生效", "tag tag--green"),
        ImportStage::UndoAsked => ("已生效，申请撤销，等待同意", "tag tag--orange"),
        ImportStage::Undoing => ("正在撤销", "tag tag--orange"),
        ImportStage::Undone => ("已撤销", "tag tag--grey"),
        ImportStage::Dropped => ("已放弃，没有生效", "tag tag--grey"),
    }
}
