//! A slot for pictures (ux U1, U2, U4): a plain form, and with scripts a conversion before and a bar during the way. A tile draws it.

mod checkup;
mod convert;
mod fitting;
mod limits;
mod phone;
mod pictures;
mod preview;
mod send;
mod studio;
mod tile;

use std::sync::Arc;

use domain::case::view::FileView;
use domain::fault::Fault;
use domain::intake::view::SlotView;
use domain::province::AttachmentRules;
use leptos::prelude::*;

pub use fitting::make_fit;
pub use limits::{accept, limits, limits_in_a_form};
pub use phone::{PhoneUpload, received};
pub use pictures::cut;
pub use preview::Preview;
pub use tile::Upload;

use super::form::here;
use super::sentence;
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
    /// Whether the last try failed because the session is over.
    pub is_over: RwSignal<bool>,
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
            is_over: RwSignal::new(false),
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

    /// Whether the server keeps a picture of it.
    pub fn has_file(&self) -> bool {
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
            (Phase::Failed(_), _) => ("failed", "没有传成功", "tag tag--red"),
            (Phase::Still, _) if self.advice.with(Option::is_some) => ("warn", "待确认", "tag tag--orange"),
            (Phase::Still, _) if !self.view.is_open => ("locked", "已核对", "tag tag--grey"),
            (Phase::Still, true) if is_rejected => ("returned", "需更换", "tag tag--red"),
            (Phase::Still, true) => ("done", "已上传", "tag tag--green"),
            (Phase::Still, false) => ("empty", "未上传", "tag tag--blue"),
        }
    }
}

/// The sentence for a fault of a file.
pub fn words(rules: &AttachmentRules, fault: &Fault) -> String {
    sentence::fault(&rules.title, fault)
}

/// What was wrong with the last try, with the way back in where the session is over.
fn failure(slot: &Slot) -> impl Fn() -> Option<AnyView> + Send + use<> {
    let (slot, here) = (slot.clone(), here());
    move || match slot.phase.get() {
        Phase::Failed(text) => {
            let id = format!("file-{}-error", slot.view.rules.slot);
            let rest = if slot.has_file() { "原来上传的图片仍然保留。" } else { "" };
            let door = slot.is_over.get().then(|| {
                view! { <a href=here() target="_blank" rel="external">"在新窗口重新登录"</a> "，登录后回到本页再选一次。" }
            });
            Some(view! { <p class="tile__error" id=id>{text}"。"{rest}{door}</p> }.into_any())
        }
        _ => None,
    }
}

/// Where a chosen file goes, and in what words.
struct Chooser {
    action: String,
    /// What choosing does, before the name of the slot.
    act: Arc<dyn Fn() -> &'static str + Send + Sync>,
    is_full: Box<dyn Fn() -> bool + Send>,
    /// What is said once it is there.
    done: &'static str,
}

fn chooser(slot: &Slot, way: Chooser) -> AnyView {
    let Chooser { action, act, is_full, done } = way;
    let (label, title) = (act.clone(), slot.view.rules.title.clone());
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
                <div class="tile__progress">
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
        // Of a program that runs the control is one face, which says what it does; until then it is the browser's own, in the same box.
        <form method="post" enctype="multipart/form-data" action=action class="pick" data-act=move || act() hidden=is_full>
            <label class="hidden-visually" for=format!("file-{id}")>{move || format!("{}：{title}", label())}</label>
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
            <p class="pick__plain"><button type="submit" class="button button--secondary">"上传"</button></p>
        </form>
        {progress}
        <p class="live" role="status">{said}</p>
    }
    .into_any()
}
