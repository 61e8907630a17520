//! 接口口令 of a school: which are good, the new one, and what is done where one was lost.

use domain::school::view::TokenLine;
use leptos::prelude::*;

use crate::ui::form::{FormState, PostForm, name_of};
use crate::ui::format;
use crate::ui::page::Frame;

/// Those that are good, the new one, and the way to another; a third is asked for by one and agreed to by another.
pub fn tokens(
    frame: &Frame,
    school: &str,
    lines: Vec<TokenLine>,
    (new, asks): (Option<String>, bool),
    state: FormState,
) -> AnyView {
    let new = new.map(|text| {
        view! {
            <div class="notice notice--success" role="status">
                <p>"新的接口口令只显示这一次，请现在交给网校："</p>
                <p><code>{text}</code></p>
                <p>"关闭或者刷新页面以后不再显示。没有抄下来的，在下面停用它，重新申请一个。"</p>
            </div>
        }
    });
    let (key, id) = (frame.key.clone(), school.to_owned());
    let newest = lines.first().map(|line| line.id.clone()).unwrap_or_default();
    let newest_seen = newest.clone();
    let line = |line: TokenLine| {
        let newest = newest_seen.clone();
        let (key, school) = (frame.key.clone(), school.to_owned());
        let at = format::instant(line.at);
        let spoken = format!("：{at}生成的");
        let used = line
            .used_at
            .map_or_else(|| "还没有网校的系统使用过".to_owned(), |used| format!("{} 首次使用", format::instant(used)));
        // One that nobody wrote down is replaced by one press; whoever asks is again not the one who is shown the new one.
        let lost = (asks && line.used_at.is_none()).then(|| {
            let (key, school, id, newest) = (frame.key.clone(), school.clone(), line.id.clone(), newest.clone());
            let spoken = spoken.clone();
            view! {
                <p class="hint">"没有抄下来、没有交给网校的，不能再次显示，请停用后重新申请。"</p>
                <PostForm action="/api/staff/school/token" state=state province=key keeps=false>
                    <input type="hidden" name=name_of("school") value=school />
                    <input type="hidden" name=name_of("id") value=id />
                    <input type="hidden" name=name_of("newest") value=newest />
                    <button type="submit" class="button button--secondary">"重新申请"<span class="hidden-visually">{spoken}</span></button>
                </PostForm>
            }
        });
        view! {
            <li>
                <p>{format!("{at}生成，{used}")}</p>
                {lost}
                <PostForm action="/api/staff/school/token/end" state=state province=key keeps=false>
                    <input type="hidden" name=name_of("school") value=school />
                    <input type="hidden" name=name_of("id") value=line.id />
                    <button type="submit" class="button button--quiet">"停用"<span class="hidden-visually">{spoken}</span></button>
                </PostForm>
            </li>
        }
    };
    let ask = asks.then(|| {
        view! {
            <PostForm action="/api/staff/school/token" state=state province=key keeps=false>
                <input type="hidden" name=name_of("school") value=id />
                <input type="hidden" name=name_of("newest") value=newest />
                <button type="submit" class="button button--secondary">"申请接口口令"</button>
            </PostForm>
        }
    });
    view! {
        <section class="card" aria-labelledby="tokens-title">
            <h2 id="tokens-title">"接口口令"</h2>
            <p class="hint">"网校的系统用口令报送学分。最多两个同时有效，生成第三个时最早的一个停用。生成需要另一位管理员同意，口令只向同意的管理员显示一次。"</p>
            {new}
            <ul class="stack">{lines.into_iter().map(line).collect_view()}</ul>
            {ask}
        </section>
    }
    .into_any()
}
