//! The description of the interface for schools, as a page: no script, and nothing that is not in the document.

use leptos::prelude::*;

use super::document;
use crate::ui::table::{heads, table};

/// The whole of it.
pub struct Interface {
    /// Its name.
    pub title: String,
    /// How it is used.
    pub about: String,
    /// Where the document is.
    pub json: &'static str,
    /// What can be called.
    pub operations: Vec<Operation>,
    /// What is sent and answered.
    pub shapes: Vec<Shape>,
}

/// What can be called.
pub struct Operation {
    /// A word for it.
    pub id: String,
    /// Method and path.
    pub name: String,
    /// What it does, in a word.
    pub summary: String,
    /// And in some more.
    pub description: String,
    /// Name, kind, whether it is needed, and what it is.
    pub params: Vec<[String; 4]>,
    /// The shape of the body.
    pub body: Option<String>,
    /// A body as JSON.
    pub example: Option<String>,
    /// Status, shape, and what it says.
    pub answers: Vec<[String; 3]>,
}

/// What is sent or answered.
pub struct Shape {
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: String,
    /// Name, kind, whether it is always there, and what it is.
    pub fields: Vec<[String; 4]>,
}

/// The page. `style` is the address of the style sheet.
#[must_use]
pub fn interface(style: &str, view: Interface) -> String {
    let head = view! {
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href=style.to_owned() />
        <meta name="robots" content="noindex" />
    };
    let link = |of: &Operation| view! { <li><a href=format!("#{}", of.id)>{of.summary.clone()}</a></li> };
    let links = view.operations.iter().map(link).collect_view();
    let body = view! {
        <a class="skip-link" href="#main">"跳到主要内容"</a>
        <main id="main" class="page wrap">
            <h1>{view.title}</h1>
            <p class="lead">{view.about}</p>
            <p><a href=view.json>"OpenAPI 3.1 文档（JSON）"</a></p>
            <nav aria-label="本页内容">
                <ul>{links}<li><a href="#shapes">"数据结构"</a></li></ul>
            </nav>
            {view.operations.into_iter().map(operation).collect_view()}
            <h2 id="shapes">"数据结构"</h2>
            {view.shapes.into_iter().map(shape).collect_view()}
        </main>
    };
    document("网校接口", head, body)
}

fn operation(of: Operation) -> AnyView {
    let Operation { id, name, summary, description, params, body, example, answers } = of;
    let heading = format!("{id}-title");
    let params = (!params.is_empty()).then(|| table(format!("{summary}：参数"), fields_of(&["参数", "类型"]), rows(params)));
    let body = body.map(|shape| view! { <p>"请求内容："{to(&shape)}</p> });
    let example = example.map(|text| {
        view! {
            <div class="table-wrap" tabindex="0" role="region" aria-label=format!("{summary}：请求示例")>
                <pre><code>{text}</code></pre>
            </div>
        }
    });
    let answer = |[status, shape, text]: [String; 3]| {
        let cells = view! { <td data-label="内容">{to(&shape)}</td><td data-label="说明">{text}</td> };
        view! { <tr><th scope="row">{status}</th>{cells}</tr> }.into_any()
    };
    let answers = answers.into_iter().map(answer).collect();
    let answers = table(format!("{summary}：回答"), heads(&["状态", "内容", "说明"]), answers);
    view! {
        <section class="card stack" id=id aria-labelledby=heading>
            <h2 id=heading.clone()>{summary}</h2>
            <p><code>{name}</code></p>
            <p>{description}</p>
            {params}
            {body}
            {example}
            {answers}
        </section>
    }
    .into_any()
}

fn shape(of: Shape) -> AnyView {
    let Shape { name, description, fields } = of;
    let (heading, anchor) = (format!("{name}-title"), format!("shape-{name}"));
    let fields = table(format!("{description}：字段"), fields_of(&["字段", "类型"]), rows(fields));
    view! {
        <section class="card stack" id=anchor aria-labelledby=heading>
            <h3 id=heading.clone()>{description}" "<code>{name}</code></h3>
            {fields}
        </section>
    }
    .into_any()
}

/// The name of a shape, leading there.
fn to(shape: &str) -> AnyView {
    view! { <a href=format!("#shape-{shape}")><code>{shape.to_owned()}</code></a> }.into_any()
}

fn rows(rows: Vec<[String; 4]>) -> Vec<AnyView> {
    let row = |[name, kind, is_there, text]: [String; 4]| {
        let cells = view! {
            <td data-label="类型"><code>{kind}</code></td>
            <td data-label="是否必有">{is_there}</td>
            <td data-label="说明">{text}</td>
        };
        view! { <tr><th scope="row"><code>{name}</code></th>{cells}</tr> }.into_any()
    };
    rows.into_iter().map(row).collect()
}

/// The headings of a table of fields: two words, whether it has to be there, and what it is.
fn fields_of(words: &[&'static str]) -> AnyView {
    view! {
        {heads(words)}
        <th scope="col"><span class="hidden-visually">"是否必有"</span></th>
        <th scope="col">"说明"</th>
    }
    .into_any()
}
