//! 考试成绩: what the province imported of the own exams, and the ways to 考试报名 and 成绩查询.

use domain::import::view::{ExamLine, ExamOffer, ExamsView};
use domain::learning::view::LearningWords;
use leptos::prelude::*;

use super::record::trail;
use crate::ui::form::{ErrorSummary, FormState, PostForm, name_of};
use crate::ui::page::Frame;
use crate::ui::parts::Breadcrumbs;

const TITLE: &str = "考试成绩";

/// The way there.
pub fn exams_card(frame: &Frame, words: &LearningWords) -> Option<AnyView> {
    words.exams.then(|| {
        let hint = format!("省里导入的考试成绩，合格的按规则登记，不需要另外申请{}。", words.converting);
        view! {
            <section class="card" aria-labelledby="exams-title">
                <h2 id="exams-title">{TITLE}</h2>
                <p class="hint">{hint}</p>
                <p><a href=frame.path("learning?exams=1")>"查看考试成绩、报名和查询"</a></p>
            </section>
        }
        .into_any()
    })
}

/// The page.
pub fn exams(frame: &Frame, view: &ExamsView) -> AnyView {
    let name = format!("{TITLE} – {}", frame.site.province.title);
    let mut trail = trail(frame);
    trail.push(("继续教育", frame.path("learning")));
    let links = view.links.iter().map(|link| {
        let (url, name) = (link.url.clone(), link.name.clone());
        view! { <li><a href=url rel="external noopener noreferrer">{name}</a></li> }
    });
    let links = (!view.links.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="ways-title">
                <h2 id="ways-title">"报名和查询"</h2>
                <p class="hint">"以下由考试机构办理，将离开本平台。"</p>
                <ul class="stack">{links.collect_view()}</ul>
            </section>
        }
    });
    let table = match view.lines.is_empty() {
        true => view! { <p class="empty">"还没有导入您的考试成绩。成绩由省里统一导入，证件号码和姓名与您的账号一致时显示在这里。"</p> }.into_any(),
        false => table(view),
    };
    view! {
        <leptos_meta::Title text=name />
        <Breadcrumbs trail=trail here=TITLE.into() />
        <h1 tabindex="-1">{TITLE}</h1>
        <p class="lead">{format!("合格的成绩按规则登记，在继续教育记录中可以看到，不需要另外申请{}。", view.converting)}</p>
        {table}
        {offers(frame, view)}
        {links}
    }
    .into_any()
}

/// What the results show and the record does not: a change of the record with it filled in.
fn offers(frame: &Frame, view: &ExamsView) -> Option<AnyView> {
    let (change, offers) = &view.offers;
    (!offers.is_empty()).then(|| {
        let state = FormState::new([("level", "资格级别")], None);
        let offer = |of: &ExamOffer| {
            let (key, (level, certificate)) = (frame.key.clone(), of.filled.clone());
            let text = format!(
                "成绩中有{}会计专业技术资格证书（编号 {certificate}），档案中还没有。办理{change}时，资格级别、取得方式和证书编号已经填好，请补充取得时间，核对后提交。",
                of.name
            );
            let (word, spoken) = (format!("办理{change}"), format!("：{}", of.name));
            view! {
                <li class="stack">
                    <p>{text}</p>
                    <PostForm action="/api/change/earned" state=state province=key keeps=false>
                        <input type="hidden" name=name_of("level") value=level />
                        <input type="hidden" name=name_of("certificate") value=certificate />
                        <button type="submit" class="button">{word}<span class="hidden-visually">{spoken}</span></button>
                    </PostForm>
                </li>
            }
        };
        view! {
            <section class="card" aria-labelledby="earned-title">
                <h2 id="earned-title">"新取得的资格"</h2>
                <ErrorSummary state=state />
                <ul class="stack">{offers.iter().map(offer).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

fn table(view: &ExamsView) -> AnyView {
    let row = |ExamLine { result, credits }: &ExamLine| {
        let credits = match credits {
            Some((year, amount)) => format!("{amount} {}（{year} 年度）", view.unit),
            None => "–".to_owned(),
        };
        let or_none = |text: &str| if text.is_empty() { "–".to_owned() } else { text.to_owned() };
        let (word, class) = if result.passed { ("合格", "tag tag--green") } else { ("不合格", "tag tag--grey") };
        view! {
            <tr>
                <th scope="row">{result.exam.clone()}</th>
                <td data-label="级别">{or_none(&result.level)}</td>
                <td data-label="科目">{result.subject.clone()}</td>
                <td data-label="年度">{result.year}</td>
                <td data-label="合格"><span class=class>{word}</span></td>
                <td data-label="证书编号">{or_none(&result.certificate)}</td>
                <td data-label="登记学分">{credits}</td>
            </tr>
        }
    };
    view! {
        <div class="table-wrap table-wrap--cards" tabindex="0" role="region" aria-label="考试成绩列表">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"考试"</th>
                        <th scope="col">"级别"</th>
                        <th scope="col">"科目"</th>
                        <th scope="col">"年度"</th>
                        <th scope="col">"合格"</th>
                        <th scope="col">"证书编号"</th>
                        <th scope="col">"登记学分"</th>
                    </tr>
                </thead>
                <tbody>{view.lines.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
