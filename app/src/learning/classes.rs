//! The classes of an employer: filing one, and sending its results by a sheet.

use domain::answer::Flash;
use domain::case::Status;
use domain::learning::Subject;
use domain::learning::class::view::{ClassLine, ClassesView, SheetView, Standing};
use domain::learning::class::{Audience, NotFiled, RowFault, SheetFault};
use leptos::prelude::*;

use super::requests;
use crate::ui::field::{Control, Field, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm, name_of};
use crate::ui::format;
use crate::ui::page::Frame;
use crate::ui::parts::Breadcrumbs;
use crate::ui::words as common;

const LABELS: [(&str, &str); 7] = [
    ("title", "培训名称"),
    ("programme", "培训内容"),
    ("teacher", "授课教师"),
    ("starts_on", "开始日期"),
    ("ends_on", "结束日期"),
    ("subject", "科目类别"),
    ("credits", "每人学分"),
];

const AUDIENCE: (&str, &str) = ("audience", "培训对象");

/// The page. `not` is why something could not be handed in.
pub fn classes(frame: &Frame, view: &ClassesView, not: &str) -> AnyView {
    let title = view.rules.name.clone();
    let name = format!("{title} – {}", frame.site.province.title);
    let trail = vec![
        ("个人中心".to_owned(), frame.path("home")),
        ("业务办理".to_owned(), frame.path("services")),
        ("继续教育".to_owned(), frame.path("learning")),
        (view.employers.clone(), frame.path("learning?employers=all")),
    ];
    let flash = view.flash.as_ref();
    let labels = LABELS.into_iter().chain([AUDIENCE]);
    let state = FormState::new(labels, flash.filter(|flash| flash.form == "class"));
    let ending = FormState::new([("case", "申请")], flash.filter(|flash| flash.form == "cancel_class"));
    let answering = FormState::new([("answer", "答复")], flash.filter(|flash| flash.form == "answer_employee"));
    let not = NotFiled::from_code(not)
        .map(|why| view! { <div class="notice notice--warning" role="status"><p>{why_not(why, view)}</p></div> });
    let lines = view.classes.iter().map(|line| self::line(frame, view, line, ending)).collect_view();
    let lines = match view.classes.is_empty() {
        true => view! { <p class="empty">"还没有备案的培训。"</p> }.into_any(),
        false => view! { <ul class="stack">{lines}</ul> }.into_any(),
    };
    // One form stands on the page: of a class that was returned, or of a new one.
    let returned = view.classes.iter().find(|line| line.filing.status == Status::Returned);
    let case = returned.map(|line| line.filing.case.as_str()).unwrap_or_default();
    let is_of = |flash: &&Flash| flash.form == "class" && flash.values.get("case").map(String::as_str) == Some(case);
    let seen = Seen { typed: flash.filter(is_of), line: returned };
    let heading = match returned {
        Some(line) => format!("修改后重新提交：{}", line.planned.title),
        None => "备案".to_owned(),
    };
    view! {
        <leptos_meta::Title text=name />
        <Breadcrumbs trail=trail here=title.clone() />
        <ErrorSummary state=state />
        <ErrorSummary state=ending />
        <ErrorSummary state=answering />
        <h1 tabindex="-1">{title}</h1>
        <p class="lead">{view.employer.clone()}</p>
        {not}
        {requests::requests(frame, view, answering)}
        <section aria-labelledby="classes-title">
            <h2 id="classes-title">"已备案的培训"</h2>
            {lines}
        </section>
        <section class="card" aria-labelledby="file-title">
            <h2 id="file-title">{heading}</h2>
            <p class="hint">{format!("开始前 {} 个工作日备案：今天备案的，最早 {}开始。财政局审核通过后按备案的内容培训。", view.rules.notice_working_days, format::date(view.earliest))}</p>
            {form(frame, view, &seen, state)}
        </section>
    }
    .into_any()
}

fn why_not(why: NotFiled, view: &ClassesView) -> String {
    match why {
        NotFiled::TooLate => format!(
            "开始日期太近，没有提交。请提前 {} 个工作日备案，今天备案的，最早 {}开始。",
            view.rules.notice_working_days,
            format::date(view.earliest)
        ),
        NotFiled::NotOver => "备案审核通过、培训结束以后，才能上传结果。".to_owned(),
        NotFiled::Reported => "这次培训的结果已经提交，不能再次上传。".to_owned(),
        NotFiled::NotAdmitted => {
            "面向社会的培训只能由列入名单的培训机构备案，没有提交。请改为“本单位会计人员”，或者向财政厅咨询。".to_owned()
        }
    }
}

/// What stands in the form: what was typed, or what was filed before.
struct Seen<'a> {
    typed: Option<&'a Flash>,
    line: Option<&'a ClassLine>,
}

impl Seen<'_> {
    fn value(&self, field: &str) -> String {
        if let Some(typed) = self.typed {
            return typed.values.get(field).cloned().unwrap_or_default();
        }
        let Some(planned) = self.line.map(|line| &line.planned) else { return String::new() };
        match field {
            "title" => planned.title.clone(),
            "programme" => planned.programme.clone(),
            "teacher" => planned.teacher.clone(),
            "starts_on" => planned.starts_on.to_string(),
            "ends_on" => planned.ends_on.to_string(),
            "subject" => planned.subject.code().to_owned(),
            "credits" => planned.credits.to_string(),
            "audience" => planned.audience.code().to_owned(),
            _ => String::new(),
        }
    }
}

fn form(frame: &Frame, view: &ClassesView, seen: &Seen<'_>, state: FormState) -> AnyView {
    let per_day = format!("每天最多 {} {}。", view.rules.credits_per_day, view.unit);
    let days = format!("最长 {} 天。", view.rules.most_days);
    let spec = |(field, label): (&'static str, &'static str)| {
        let control = match field {
            "programme" => Control::Area,
            "subject" => Control::Select(vec![(
                String::new(),
                [Subject::Professional, Subject::Public]
                    .map(|subject| (subject.code().to_owned(), subject.term().to_owned()))
                    .to_vec(),
            )]),
            _ => Control::Text,
        };
        let (hint, class) = match field {
            "programme" => ("课程安排、课时和考核方式。".to_owned(), ""),
            "starts_on" => ("例如 20261201。".to_owned(), "input--medium"),
            "ends_on" => (days.clone(), "input--medium"),
            "credits" => (per_day.clone(), "input--short"),
            _ => (String::new(), ""),
        };
        FieldSpec { value: seen.value(field), control, hint, class, ..FieldSpec::new(field, label) }
    };
    let specs = LABELS.map(spec);
    let audience = view.is_institution.then(|| {
        let choices = Audience::ALL.iter().map(|of| (of.code().to_owned(), of.term().to_owned())).collect();
        let hint = "面向社会的，结果中可以填写信息采集已审核通过的任何会计人员。".to_owned();
        let value = Some(seen.value("audience")).filter(|value| !value.is_empty());
        let value = value.unwrap_or_else(|| Audience::Own.code().to_owned());
        let control = Control::Select(vec![(String::new(), choices)]);
        let spec = FieldSpec { value, control, hint, ..FieldSpec::new(AUDIENCE.0, AUDIENCE.1) };
        view! { <Field spec=spec /> }
    });
    let (key, manager, request) = (frame.key.clone(), view.manager.clone(), view.request_key.clone());
    let filing = seen.line.map(|line| &line.filing);
    let case = filing.map(|filing| filing.case.to_string()).unwrap_or_default();
    let version = filing.map(|filing| filing.version.to_string()).unwrap_or_default();
    let word = if filing.is_some() { "重新提交" } else { "提交" };
    view! {
        <PostForm action="/api/learning/class/file" state=state province=key class="stack">
            <input type="hidden" name=name_of("manager") value=manager />
            <input type="hidden" name=name_of("case") value=case />
            <input type="hidden" name=name_of("version") value=version />
            <input type="hidden" name=name_of("request_key") value=request />
            {specs.map(|spec| view! { <Field spec=spec /> }).into_iter().collect_view()}
            {audience}
            <p class="button-row">
                <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>{word}</button>
            </p>
        </PostForm>
    }
    .into_any()
}

fn line(frame: &Frame, view: &ClassesView, line: &ClassLine, ending: FormState) -> AnyView {
    let planned = &line.planned;
    let facts = format!(
        "{}至{}，{}授课，{} 年度{} {} {}，{}。",
        format::date(planned.starts_on),
        format::date(planned.ends_on),
        planned.teacher,
        planned.year,
        planned.subject.term(),
        planned.credits,
        view.unit,
        planned.audience.term()
    );
    let results = line.results.as_ref().map(|(results, people, passed)| {
        let text = format!("结果：{people} 人，其中合格 {passed} 人");
        view! { <div><h4>{text} " " {tag(results)}</h4>{said(results)} {cancel(frame, results, "取消结果", ending)}</div> }
    });
    let sheet = view.sheet.as_ref().filter(|sheet| sheet.class == line.filing.case);
    view! {
        <li class="card" id=format!("class-{}", line.filing.case)>
            <h3>{planned.title.clone()} " " {tag(&line.filing)}</h3>
            <p>{facts}</p>
            {said(&line.filing)}
            {cancel(frame, &line.filing, "取消备案", ending)}
            {results}
            {sheet.map(|sheet| faults(view, sheet))}
            {line.may_report.then(|| upload(frame, view, line))}
        </li>
    }
    .into_any()
}

fn tag(of: &Standing) -> AnyView {
    // What the bureau took back is not just ended.
    let (word, class) = match of.status {
        Status::Closed => ("已撤销", "tag tag--red"),
        other => (common::status(other), common::status_class(other)),
    };
    view! { <span class=class>{word}</span> }.into_any()
}

fn said(of: &Standing) -> AnyView {
    let number = (!of.number.is_empty()).then(|| view! { <p class="hint">{format!("受理编号 {}", of.number)}</p> });
    let reason = (!of.reason.is_empty()).then(|| view! { <p class="item__reason">{format!("原因：{}", of.reason)}</p> });
    view! { {number} {reason} }.into_any()
}

fn cancel(frame: &Frame, of: &Standing, word: &'static str, state: FormState) -> Option<AnyView> {
    of.may_cancel.then(|| {
        let (key, case, version, spoken) =
            (frame.key.clone(), of.case.to_string(), of.version.to_string(), format!("（受理编号 {}）", of.number));
        view! {
            <PostForm action="/api/learning/class/cancel" state=state province=key keeps=false>
                <input type="hidden" name=name_of("case") value=case />
                <input type="hidden" name=name_of("version") value=version />
                <button type="submit" class="button button--quiet">{word}<span class="hidden-visually">{spoken}</span></button>
            </PostForm>
        }
        .into_any()
    })
}

/// An ordinary form: the answer is the page, with each row that is wrong.
fn upload(frame: &Frame, view: &ClassesView, line: &ClassLine) -> AnyView {
    let action = frame.path(&format!("learning/classes/{}/results", line.filing.case));
    let id = format!("sheet-{}", line.filing.case);
    let hint = format!("{id}-hint");
    let who = match line.planned.audience {
        Audience::Own => "只能填写已同意的本单位会计人员。",
        Audience::All => "只能填写信息采集已审核通过的会计人员。",
    };
    let most = view.rules.most_people;
    let text = format!("CSV 或者 .xlsx，表头为姓名、证件号码、考核结果（合格或者不合格），最多 {most} 行。{who}");
    view! {
        <form method="post" enctype="multipart/form-data" action=action class="stack">
            <div class="field">
                <label for=id.clone()>"考核结果表"</label>
                <p class="hint" id=hint.clone()>{text}</p>
                <input type="file" id=id name="file" accept=".csv,.xlsx,text/csv" aria-describedby=hint />
            </div>
            <p class="button-row"><button type="submit" class="button">"上传并提交结果"<span class="hidden-visually">{format!("：{}", line.planned.title)}</span></button></p>
        </form>
    }
    .into_any()
}

fn faults(view: &ClassesView, sheet: &SheetView) -> AnyView {
    let whole = sheet.fault.map(|fault| match fault {
        SheetFault::Empty => "没有选择文件，或者文件中没有人员。".to_owned(),
        SheetFault::Unreadable => "文件读不出来，请另存为 .xlsx 或者 CSV 后再上传。".to_owned(),
        SheetFault::Cut => "文件没有传完，请检查网络后重新上传。".to_owned(),
        SheetFault::Headings => "没有读到表头，表头应包含：姓名、证件号码、考核结果，各占一列。".to_owned(),
        SheetFault::TooLarge => format!("文件过大，或者超过 {} 行。", view.rules.most_people),
    });
    let row = |(line, fault): &(u64, RowFault)| view! { <li>{format!("第 {line} 行：{}", row_fault(*fault))}</li> };
    let rows = sheet.rows.iter().map(row).collect_view();
    let lead = (!sheet.rows.is_empty()).then_some("结果没有提交。请改正下列各行后重新上传：");
    view! {
        <div class="notice notice--danger" role="alert">
            {whole.map(|text| view! { <p>{text}</p> })}
            {lead.map(|text| view! { <p>{text}</p> })}
            <ul>{rows}</ul>
        </div>
    }
    .into_any()
}

fn row_fault(fault: RowFault) -> &'static str {
    match fault {
        RowFault::Broken => "各列与表头对不上。",
        RowFault::Name => "没有姓名。",
        RowFault::Document => "没有证件号码，或者号码被表格改成了数字，请将单元格设为文本后重新填写。",
        RowFault::NotEmployed => "已同意的本单位会计人员中没有这个证件号码。",
        RowFault::OtherName => "姓名与证件号码不是同一个人。",
        RowFault::Twice => "证件号码与前面的行重复。",
        RowFault::Unknown => "没有找到姓名和证件号码都一致、信息采集已审核通过的会计人员。",
        RowFault::Result => "考核结果请填写“合格”或者“不合格”。",
    }
}
