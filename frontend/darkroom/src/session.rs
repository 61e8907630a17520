//! One opening of the studio: what was chosen, where the frame lies, what came of it.

use std::cell::{Cell, RefCell};

use gloo_file::ObjectUrl;
use studio::{Flaw, Frame, Made, Pixels, Rect, judge, make, scale, within, words};
use web_sys::File;

use crate::asked::Asked;
use crate::files::{self, Source};
use crate::hands::listen;
use crate::panel::{Panel, Tone};
use crate::stage;

thread_local! {
    static PANEL: RefCell<Option<Panel>> = const { RefCell::new(None) };
    static SESSION: RefCell<Option<Session>> = const { RefCell::new(None) };
    static ROUND: Cell<u32> = const { Cell::new(0) };
}

pub struct Session {
    pub asked: Asked,
    pub panel: Panel,
    pub accept: String,
    pub name: String,
    pub bytes: u32,
    pub source: Option<Source>,
    pub frame: Option<Frame>,
    pub has_moved: bool,
    pub made: Option<Made>,
    /// The address of the picture that was made.
    pub shown: Option<ObjectUrl>,
    /// Where the pointer was, while it drags.
    pub drag: Option<(f64, f64)>,
}

pub fn with<T>(call: impl FnOnce(&mut Session) -> T) -> Option<T> {
    SESSION.with_borrow_mut(|session| session.as_mut().map(call))
}

/// Counts up; what was begun for an earlier round is not finished.
pub fn next_round() -> u32 {
    ROUND.with(|round| {
        round.set(round.get().wrapping_add(1));
        round.get()
    })
}

pub fn is_round(round: u32) -> bool {
    ROUND.with(Cell::get) == round
}

/// Opens the dialog with the picture in the input; answers whether it did.
pub async fn open(asked: Asked) -> bool {
    let Some(file) = asked.input.files().and_then(|files| files.get(0)) else { return false };
    let Some(source) = files::open(&file).await else { return false };
    // Whoever has gone on to another page meanwhile wants no dialog there.
    if !asked.input.is_connected() {
        return false;
    }
    let panel = PANEL.with_borrow_mut(|panel| {
        if panel.is_none() {
            *panel = Panel::build();
            if let Some(panel) = panel.as_ref() {
                listen(panel);
            }
        }
        panel.clone()
    });
    let Some(panel) = panel else { return false };
    panel.begin(&asked);
    let _ = panel.dialog.show_modal();
    let accept = asked.input.accept();
    asked.input.set_accept("image/*");
    let session = Session {
        asked,
        panel,
        accept,
        name: String::new(),
        bytes: 0,
        source: None,
        frame: None,
        has_moved: false,
        made: None,
        shown: None,
        drag: None,
    };
    SESSION.set(Some(session));
    next_round();
    with(|session| session.begin(&file, source));
    true
}

pub fn take(file: File) {
    let round = next_round();
    with(|session| {
        session.source = None;
        session.made = None;
        session.panel.empty();
        session.panel.say("正在打开图片…", Tone::Info);
    });
    wasm_bindgen_futures::spawn_local(async move {
        let source = files::open(&file).await;
        if !is_round(round) {
            return;
        }
        with(|session| match source {
            Some(source) => session.begin(&file, source),
            None => {
                session.panel.tell("Unreadable", "");
                let words = "浏览器打不开这个文件。手机拍摄的 HEIC 照片，请在手机的相机设置中选择“兼容性最佳”（JPG）后重新拍摄，或者先转换为 JPG 再选择。";
                session.panel.say(words, Tone::Bad);
            }
        });
    });
}

pub fn close() {
    end(true);
}

pub fn end(is_cancelled: bool) {
    next_round();
    let Some(session) = SESSION.take() else { return };
    let input = &session.asked.input;
    input.set_accept(&session.accept);
    let _ = input.remove_attribute("capture");
    if is_cancelled {
        input.set_value("");
    }
    session.panel.after(None);
    session.panel.dialog.close();
    let _ = input.focus();
}

fn kilobytes(bytes: usize) -> String {
    words::bytes(u32::try_from(bytes).unwrap_or(u32::MAX))
}

impl Session {
    fn begin(&mut self, file: &File, source: Source) {
        self.name = file.name();
        self.bytes = file.size() as u32;
        self.source = Some(source);
        self.lay_frame();
        self.draw();
        self.look();
    }

    /// The frame where it lies by itself.
    pub fn lay_frame(&mut self) {
        self.has_moved = false;
        let pixels = self.source.as_ref().and_then(Source::rgba);
        let rules = &self.asked.rules;
        self.frame = pixels.map(|pixels| {
            let verdict = judge(&pixels, rules, None);
            Frame::new(stage::limit(&pixels, &verdict), (rules.width, rules.height))
        });
    }

    pub fn draw(&self) {
        let Some(source) = &self.source else { return };
        let (width, height, bytes) = (source.width, source.height, words::bytes(self.bytes));
        let zoom = self.frame.as_ref().filter(|frame| frame.can_zoom()).map(Frame::zoom);
        self.panel.work(&format!("处理前：{width}×{height} 像素，{bytes}"), zoom);
        if let Some(stage) = self.panel.stage() {
            stage::draw(&stage, source, self.frame.as_ref());
        }
    }

    /// Measures, makes, and tells.
    pub fn look(&mut self) {
        let Some(pixels) = self.source.as_ref().and_then(Source::rgba) else { return };
        let rules = &self.asked.rules;
        let part = self.frame.as_ref().map(Frame::part).filter(|_| self.has_moved);
        let verdict = judge(&pixels, rules, part);
        let background = verdict.background.map_or("other", studio::Background::as_str);
        let facts = measured(&verdict, self.has_moved);
        let outcome = match verdict.flaw {
            Some(flaw) => Err(flaw),
            None => make(&cut(&pixels, verdict.part), rules, &mut files::encoder()),
        };
        match outcome {
            Ok(made) => {
                let words = format!("{}×{} 像素，{}", made.width, made.height, kilobytes(made.bytes.len()));
                let address = files::address(&made.bytes);
                self.panel.after(Some((&address, &words)));
                // The picture before it goes only now.
                self.shown = Some(address);
                self.panel.tell("-", background);
                self.panel.say(&format!("{facts}符合要求，可以使用。处理后 {words}。"), Tone::Good);
                self.made = Some(made);
            }
            Err(flaw) => {
                self.made = None;
                self.panel.after(None);
                self.panel.tell(flaw.name(), background);
                let words = match flaw {
                    Flaw::WhiteBorder { .. } if self.has_moved => "裁剪框里有白边，请放大或者移动裁剪框".to_owned(),
                    flaw => words::flaw(&flaw),
                };
                self.panel.say(&format!("{facts}{words}。"), Tone::Bad);
            }
        }
    }
}

fn cut(pixels: &dyn Pixels, part: Rect) -> studio::Picture {
    let (width, height) = within(part.width, part.height, studio::LONG_SIDE);
    scale(pixels, part, width, height)
}

fn measured(verdict: &studio::Verdict, has_moved: bool) -> String {
    let ground = verdict.background.map_or("其他颜色或者多种颜色", words::background);
    let border = match verdict.border.is_there() {
        true if has_moved => "裁剪框里有",
        true => "有",
        false => "没有",
    };
    let border = if verdict.border.is_there() && verdict.flaw.is_none() && !has_moved { "有，已经裁掉" } else { border };
    format!("底色：{ground}。白边：{border}。")
}
