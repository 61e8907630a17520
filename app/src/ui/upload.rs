//! A slot for pictures (ux U1, U2, U4): a plain form, and with scripts a conversion before and a bar during the way.

mod checkup;
mod convert;
mod limits;
mod phone;
mod pictures;
mod preview;
mod send;
mod studio;

use domain::case::view::FileView;
use domain::fault::Fault;
use domain::intake::view::SlotView;
use domain::limit::Left;
use domain::province::AttachmentRules;
use leptos::prelude::*;

pub use limits::limits;
pub use phone::{PhoneUpload, received};
pub use pictures::cut;
pub use preview::Preview;

use super::sentence;
use limits::accept;
use pictures::pictures;
use send::take;

/// How far a slot is.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// Nothing is under way; there may be a file.
    Still,
    /// So many hundredths have gone.
    Uploading(u32),
    /// Sent, not answered.
    Checking,
    /// The last try failed, with the sentence that says why.
    Failed(String),
}

/// A slot and what is going on with it.
#[derive(Clone)]
pub struct Slot {
    pub view: SlotView,
    pub phase: RwSignal<Phase>,
    pub files: RwSignal<Vec<FileView>>,
    pub is_amended: RwSignal<bool>,
    /// What was seen in the chosen file, as long as the person has not said what becomes of it.
    pub advice: RwSignal<Option<ViewFn>>,
    /// All slots of the page.
    pub page: StoredValue<Vec<Holding>>,
}

/// What a slot of the page holds.
pub struct Holding {
    pub slot: String,
    pub title: String,
    pub files: RwSignal<Vec<FileView>>,
}

impl Slot {
    /// The slots of a page as they were loaded.
    pub fn all(views: &[SlotView]) -> Vec<Self> {
        let page = StoredValue::new(Vec::new());
        let slots: Vec<Self> = views.iter().cloned().map(|view| Self::new(view, page)).collect();
        page.set_value(slots.iter().map(Self::holding).collect());
        slots
    }

    /// A slot that is the only one of its page.
    pub fn alone(view: SlotView) -> Self {
        let page = StoredValue::new(Vec::new());
        let slot = Self::new(view, page);
        page.set_value(vec![slot.holding()]);
        slot
    }

    fn holding(&self) -> Holding {
        Holding { slot: self.view.rules.slot.clone(), title: self.view.rules.title.clone(), files: self.files }
    }

    /// What was wrong with the last post without scripts stands in it.
    fn new(view: SlotView, page: StoredValue<Vec<Holding>>) -> Self {
        let phase = view.error.as_ref().map_or(Phase::Still, |fault| Phase::Failed(words(&view.rules, fault)));
        Self {
            phase: RwSignal::new(phase),
            files: RwSignal::new(view.files.clone()),
            is_amended: RwSignal::new(view.is_amended),
            advice: RwSignal::new(None),
            page,
            view,
        }
    }

    /// Why one cannot go on yet; `None` when this slot is in order.
    pub fn obstacle(&self) -> Option<String> {
        let title = &self.view.rules.title;
        let has_file = self.has_file();
        match self.phase.get() {
            _ if self.advice.with(Option::is_some) => Some(format!("“{title}”还没有上传，请选择重拍或者仍然使用。")),
            Phase::Uploading(_) | Phase::Checking => Some(format!("“{title}”正在上传，请稍候。")),
            Phase::Failed(_) if !has_file => Some(format!("“{title}”没有传成功，请重新上传。")),
            _ if !has_file && self.view.rules.required => Some(format!("还没有上传“{title}”。")),
            _ => None,
        }
    }

    fn has_file(&self) -> bool {
        self.files.with(|files| !files.is_empty())
    }

    /// Whether one more picture would be one too many. Where there is room for one, another takes its place.
    fn is_full(&self) -> bool {
        let most = self.view.rules.most as usize;
        most > 1 && self.files.with(|files| files.len() >= most)
    }

    fn state(&self) -> (&'static str, &'static str, &'static str) {
        let is_rejected = self.view.reason.is_some() && !self.is_amended.get();
        match (self.phase.get(), self.has_file()) {
            (Phase::Uploading(_), _) => ("uploading", "上传中", "tag tag--orange"),
            (Phase::Checking, _) => ("checking", "检查中", "tag tag--orange"),
            (Phase::Failed(_), _) => ("error", "没有传成功", "tag tag--red"),
            (Phase::Still, _) if self.advice.with(Option::is_some) => ("asking", "待确认", "tag tag--orange"),
            (Phase::Still, _) if !self.view.is_open => ("locked", "已核对", "tag tag--grey"),
            (Phase::Still, true) if is_rejected => ("rejected", "需更换", "tag tag--red"),
            (Phase::Still, true) => ("done", "已上传", "tag tag--green"),
            (Phase::Still, false) => ("empty", "未上传", "tag tag--blue"),
        }
    }
}

/// The sentence for a fault of a file.
pub fn words(rules: &AttachmentRules, fault: &Fault) -> String {
    sentence::fault(&rules.title, fault)
}

/// Draws a slot. `key` is the key of the province.
#[component]
pub fn Upload(
    place: Slot,
    key: String,
    /// The characters for which the printed form has a blank.
    #[prop(optional)]
    by_hand: String,
    /// How often the form can still be printed, where that is not often.
    #[prop(optional_no_strip)]
    prints_left: Option<Left>,
    /// Whether a clerk fills in for the person: they lend no slot, and print by two.
    #[prop(optional)]
    is_acting: bool,
) -> impl IntoView {
    let slot = place;
    let rules = slot.view.rules.clone();
    let (id, title) = (rules.slot.clone(), rules.title.clone());
    let (shown, tagged) = (slot.clone(), slot.clone());
    let reason = {
        let (reason, is_amended) = (slot.view.reason.clone(), slot.is_amended);
        move || {
            reason.clone().map(|reason| {
                let word = if is_amended.get() { "（已更换）" } else { "" };
                view! { <p class="item__reason">{format!("未通过：{reason}{word}")}</p> }
            })
        }
    };
    let kept = pictures(&slot, &key);
    let template = rules.template.clone().map(|file| {
        view! { <p><a href=format!("/{key}/templates/{file}") rel="external" download>"下载模板"</a></p> }
    });
    let form = rules.prints.then(|| match is_acting {
        true => view! { <p class="hint">"申请表在窗口办理中打印，请本人签名后上传。"</p> }.into_any(),
        false => printed_form(&key, &by_hand, prints_left),
    });
    let advice = slot.view.is_open.then(|| checkup::advice(&slot));
    let ways = slot
        .view
        .is_open
        .then(|| view! { {chooser(&slot, own_way(&slot, &key))} {(!is_acting).then(|| phone::lend(&slot, &key))} });
    view! {
        <section class="upload" id=format!("slot-{id}") tabindex="-1" data-state=move || shown.state().0 aria-labelledby=format!("slot-{id}-title")>
            <div class="upload__head">
                <h3 id=format!("slot-{id}-title")>
                    {title}
                    {if rules.required {
                        view! { <span class="field__required" aria-hidden="true">" *"</span> }.into_any()
                    } else {
                        view! { <span class="field__optional">"（选填）"</span> }.into_any()
                    }}
                </h3>
                <span class=move || tagged.state().2>{ let slot = slot.clone(); move || slot.state().1 }</span>
            </div>
            <p>{rules.why.clone()}</p>
            <p class="hint" id=format!("file-{id}-hint")>{limits(&rules)}</p>
            {reason}
            <div aria-live="assertive">{failure(&slot)}</div>
            {examples(&rules)}
            {template}
            {form}
            {kept}
            {ways}
            {advice}
        </section>
    }
    .into_any()
}

/// What was wrong with the last try.
fn failure(slot: &Slot) -> impl Fn() -> Option<AnyView> + Send + use<> {
    let slot = slot.clone();
    move || match slot.phase.get() {
        Phase::Failed(text) => {
            let id = format!("file-{}-error", slot.view.rules.slot);
            let rest = if slot.has_file() { "原来上传的图片仍然保留。" } else { "" };
            Some(view! { <p class="upload__error" id=id>{text}"。"{rest}</p> }.into_any())
        }
        _ => None,
    }
}

/// The way to the paper that this slot is for.
fn printed_form(key: &str, by_hand: &str, left: Option<Left>) -> AnyView {
    let few = left.map(|left| view! { <p class="hint">{sentence::left(left, "打印")}</p> });
    let blanks = (!by_hand.is_empty()).then(|| view! { <p class="hint">{sentence::by_hand(by_hand)}</p> });
    view! {
        <p><a href=format!("/{key}/intake/form.pdf") rel="external">"打印基本信息表（PDF）"</a></p>
        {blanks}
        {few}
        <p class="hint">"请打印后签名（有工作单位的还要加盖单位公章），拍照或者扫描后上传。"</p>
    }
    .into_any()
}

fn examples(rules: &AttachmentRules) -> AnyView {
    let picture = |end: &str| format!("/examples/{}-{end}.svg", rules.example);
    let mistakes = rules.examples_wrong.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view();
    let title = rules.title.clone();
    view! {
        <details>
            <summary>"查看示例"<span class="hidden-visually">{format!("：{title}")}</span></summary>
            <div class="examples">
                <figure class="examples__right">
                    <img src=picture("right") alt=format!("{title}的正确示例") loading="lazy" />
                    <figcaption>"正确：完整、清楚。"</figcaption>
                </figure>
                <figure class="examples__wrong">
                    <img src=picture("wrong") alt=format!("{title}的错误示例") loading="lazy" />
                    <figcaption>"错误：" <ul>{mistakes}</ul></figcaption>
                </figure>
            </div>
        </details>
    }
    .into_any()
}

/// Where a chosen file goes, and in what words.
struct Chooser {
    action: String,
    label: Box<dyn Fn() -> String + Send>,
    is_full: Box<dyn Fn() -> bool + Send>,
    /// What is said once it is there.
    done: &'static str,
}

/// That of whoever has signed in.
fn own_way(slot: &Slot, key: &str) -> Chooser {
    let (labelled, full) = (slot.clone(), slot.clone());
    let label = move || {
        let act = match (labelled.has_file(), labelled.view.rules.most) {
            (false, _) => "上传",
            (true, 1) => "替换",
            (true, _) => "再添加一张",
        };
        format!("{act}：{}", labelled.view.rules.title)
    };
    let action = format!("/{key}/upload/{}", slot.view.rules.slot);
    Chooser { action, label: Box::new(label), is_full: Box::new(move || full.is_full()), done: "已上传" }
}

fn chooser(slot: &Slot, way: Chooser) -> AnyView {
    let Chooser { action, label, is_full, done } = way;
    let id = slot.view.rules.slot.clone();
    let phase = slot.phase;
    let is_busy = move || matches!(phase.get(), Phase::Uploading(_) | Phase::Checking);
    let is_wrong = move || matches!(phase.get(), Phase::Failed(_));
    let by = {
        let id = id.clone();
        move || if is_wrong() { format!("file-{id}-hint file-{id}-error") } else { format!("file-{id}-hint") }
    };
    let accept = accept(&slot.view.rules);
    let progress = {
        let title = slot.view.rules.title.clone();
        move || {
            let percent = match phase.get() {
                Phase::Uploading(percent) => percent,
                Phase::Checking => 100,
                Phase::Still | Phase::Failed(_) => return None,
            };
            let text = if percent < 100 { format!("{percent}%") } else { "正在检查…".to_owned() };
            Some(view! {
                <div class="upload__progress">
                    <progress max="100" value=percent.to_string() aria-label=format!("{title}的上传进度")></progress>
                    <span>{text}</span>
                </div>
            })
        }
    };
    let there = slot.clone();
    let said = move || match phase.get() {
        Phase::Uploading(0..50) => "开始上传",
        Phase::Uploading(_) => "已上传一半",
        Phase::Checking => "正在检查",
        Phase::Still if there.has_file() => done,
        Phase::Still | Phase::Failed(_) => "",
    };
    let (chosen, url) = (slot.clone(), action.clone());
    let input = NodeRef::<leptos::html::Input>::new();
    // A file that was chosen before the program ran is sent as if it were chosen now.
    let early = (slot.clone(), action.clone());
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            take(&input, &early.0, &early.1);
        }
    });
    view! {
        <form method="post" enctype="multipart/form-data" action=action class="upload__drop" hidden=is_full>
            <label for=format!("file-{id}")>{label}</label>
            <input
                node_ref=input
                type="file"
                id=format!("file-{id}")
                name="file"
                accept=accept
                aria-describedby=by
                aria-invalid=move || is_wrong().then_some("true")
                disabled=is_busy
                on:change=move |event| take(&event_target::<web_sys::HtmlInputElement>(&event), &chosen, &url)
            />
            <p class="upload__plain"><button type="submit" class="button button--secondary">"上传"</button></p>
        </form>
        {progress}
        <p class="live" role="status">{said}</p>
    }
    .into_any()
}
