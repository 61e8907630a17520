//! 获取单位信息 (手册丁 工作单位或居住地). Without scripts the button saves the page, and the name stands in it afterwards.

use domain::intake::{Answers, StepKey};
use leptos::prelude::*;

/// The button beside the code of the employer, and what came of it.
pub fn lookup(key: &str, answers: Memo<Answers>, is_asked: Signal<bool>) -> AnyView {
    let said = RwSignal::new(String::new());
    let key = key.to_owned();
    let click = move |event: leptos::ev::MouseEvent| {
        let code = answers.with_untracked(|answers| answers.text(StepKey::Employment, "employer_code").to_owned());
        look(&event, &key, code, said);
    };
    view! {
        <div class="button-row" data-question="employer_code" data-not-asked=move || (!is_asked.get()).then_some("yes")>
            <button
                type="submit"
                class="button button--secondary button--small"
                name="how"
                value="lookup"
                formnovalidate
                on:click=click
            >
                "获取单位信息"
            </button>
            <span class="live live--shown" role="status">{said}</span>
        </div>
    }
    .into_any()
}

fn look(event: &leptos::ev::MouseEvent, key: &str, code: String, said: RwSignal<String>) {
    use domain::intake::view::EmployerAnswer;

    use crate::ui::{browser, sentence};

    event.prevent_default();
    said.set("正在查询…".into());
    let pairs = [("province".to_owned(), key.to_owned()), ("code".to_owned(), code)];
    let done = move |status: u16, text: String| {
        let answer = (status == 200).then(|| browser::read::<EmployerAnswer>(&text).ok()).flatten();
        let _ = said.try_set(match answer {
            Some(EmployerAnswer::Found(name)) => {
                browser::fill("field-employer_name", &name);
                format!("已填入单位名称：{name}")
            }
            Some(EmployerAnswer::Unknown) => "没有查到这个单位，请手工填写单位名称。".into(),
            Some(EmployerAnswer::Wrong(fault)) => format!("{}。", sentence::fault("统一社会信用代码（组织机构代码）", &fault)),
            Some(EmployerAnswer::Silent) | None => "暂时无法查询，请手工填写单位名称。".into(),
        });
    };
    browser::post_pairs("/api/intake/employer", &pairs, Box::new(done));
}
