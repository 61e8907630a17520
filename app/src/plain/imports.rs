//! 数据导入: the pages of the administrators. No script: a page that waits for the house is asked for again by its browser, and
//! whoever reads it can stop that.

mod batch;

use domain::import::view::ImportBatchLine;
use domain::import::{ImportKind, ImportStage};
use domain::province::Profile;
use leptos::prelude::*;

use super::verify::framed;
use crate::ui::format;
use crate::ui::table::{heads, table};

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
    let body = view! {
        {crumbs("网校管理", format!("/{}/staff/schools", profile.key), "数据导入".to_owned())}
        <h1>"数据导入"</h1>
        <p class="lead">"考试成绩和学分按文件导入。先预检，看到每一行会怎样；申请导入后，由另一位管理员同意才生效；生效后可以整批撤销。"</p>
        {form(profile, &typed)}
        {headings()}
        <section aria-labelledby="batches">
            <h2 id="batches">"批次"</h2>
            {batches}
        </section>
    };
    framed(profile, style, "数据导入", body.into_any())
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
    let summary = (!typed.faults.is_empty()).then(|| {
        let line = |(field, said): &(&'static str, String)| view! { <li><a href=format!("#{field}")>{said.clone()}</a></li> };
        view! {
            <div class="notice notice--danger" role="alert">
                <h2>"没有提交，请先改正："</h2>
                <ul>{typed.faults.iter().map(line).collect_view()}</ul>
            </div>
        }
    });
    let option = |kind: &ImportKind| {
        let code = kind.code();
        view! { <option value=code selected=typed.kind == code>{kind.label()}</option> }
    };
    view! {
        {summary}
        <form class="card" method="post" action=format!("/{}/staff/imports/file", profile.key) enctype="multipart/form-data" aria-labelledby="new">
            <h2 id="new">"提交文件预检"</h2>
            <div class="field">
                <label for="kind">"内容"</label>
                {said("kind")}
                <select id="kind" name="kind" aria-describedby=described("kind") aria-invalid=invalid("kind")>
                    <option value="">"请选择"</option>
                    {ImportKind::ALL.iter().map(option).collect_view()}
                </select>
            </div>
            <div class="field">
                <label for="key">"批次编号（可以不填）"</label>
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

/// Which headings a file needs.
fn headings() -> AnyView {
    let item = |kind: &ImportKind| {
        let of = |is_needed: bool| {
            let words = kind.columns().iter().filter(|column| column.is_needed == is_needed).map(|column| column.heading);
            words.collect::<Vec<_>>().join("、")
        };
        view! {
            <div>
                <dt>{kind.label()}</dt>
                <dd>{format!("{}；也可以有{}", of(true), of(false))}</dd>
            </div>
        }
    };
    view! {
        <details class="card">
            <summary>"文件需要哪些列"</summary>
            <p class="hint">"次序不限，表头之前可以有标题。"</p>
            <dl class="facts">{ImportKind::ALL.iter().map(item).collect_view()}</dl>
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
        view! {
            <tr>
                <th scope="row"><a href=format!("/{}/staff/imports/{}", profile.key, line.id)>{line.key}</a></th>
                <td>{line.kind.label()}</td>
                <td>{line.file_name}</td>
                <td><span class=class>{word}</span></td>
                <td>{format::instant(line.at)}</td>
            </tr>
        }
        .into_any()
    };
    let heads = heads(&["批次编号", "内容", "文件", "状态", "提交时间"]);
    table("批次列表".into(), heads, lines.into_iter().map(row).collect())
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
