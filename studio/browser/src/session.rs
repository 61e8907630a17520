//! One opening of the studio: what was chosen, where the frame lies, what came of it.

use std::cell::{Cell, RefCell};

use studio::{Flaw, Frame, Made, Pixels, Rect, judge, lighten, make, scale, within, words};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, File, HtmlElement, HtmlInputElement, KeyboardEvent, PointerEvent};

use crate::asked::{Asked, What};
use crate::files::{self, Source};
use crate::panel::{Panel, Tone};
use crate::{dom, stage};

/// A step by key or button, as a part of the frame; and of the zoom.
const STEP: f64 = 0.02;
const ZOOM: f64 = 0.1;
/// Whoever moves the frame wants to see it move, and the verdict when it rests.
const REST: i32 = 200;

thread_local! {
    static PANEL: RefCell<Option<Panel>> = const { RefCell::new(None) };
    static SESSION: RefCell<Option<Session>> = const { RefCell::new(None) };
    static ROUND: Cell<u32> = const { Cell::new(0) };
}

struct Session {
    asked: Asked,
    panel: Panel,
    accept: String,
    /// Whether the file in the input was put there for the studio.
    is_picked: bool,
    name: String,
    bytes: u32,
    source: Option<Source>,
    frame: Option<Frame>,
    has_moved: bool,
    made: Option<Made>,
    /// Where the pointer was, while it drags.
    drag: Option<(f64, f64)>,
}

fn with<T>(call: impl FnOnce(&mut Session) -> T) -> Option<T> {
    SESSION.with_borrow_mut(|session| session.as_mut().map(call))
}

/// Counts up; what was begun for an earlier round is not finished.
fn next_round() -> u32 {
    ROUND.with(|round| {
        round.set(round.get().wrapping_add(1));
        round.get()
    })
}

fn is_round(round: u32) -> bool {
    ROUND.with(Cell::get) == round
}

/// Opens the dialog; with a picture, when one waits in the input.
pub fn open(asked: Asked) {
    let panel = PANEL.with_borrow_mut(|panel| {
        if panel.is_none() {
            *panel = Panel::build();
            if let Some(panel) = panel.as_ref() {
                listen(panel);
            }
        }
        panel.clone()
    });
    let Some(panel) = panel else { return };
    panel.begin(&asked);
    let _ = panel.dialog.show_modal();
    let waiting = asked.input.files().and_then(|files| files.get(0));
    let accept = asked.input.accept();
    asked.input.set_accept("image/*");
    let session = Session {
        asked,
        panel,
        accept,
        is_picked: false,
        name: String::new(),
        bytes: 0,
        source: None,
        frame: None,
        has_moved: false,
        made: None,
        drag: None,
    };
    SESSION.set(Some(session));
    if let Some(file) = waiting {
        take(file);
    }
}

/// What is chosen while the dialog is open is for the dialog; nobody else hears of it.
pub fn watch_choices() {
    let Some(window) = dom::window() else { return };
    let call = wasm_bindgen::closure::Closure::<dyn Fn(Event)>::new(|event: Event| {
        let chosen = with(|session| {
            let is_ours = event.target().is_some_and(|target| target == session.asked.input.clone().into());
            let file = session.asked.input.files().and_then(|files| files.get(0)).filter(|_| is_ours);
            session.is_picked |= file.is_some();
            file
        });
        if let Some(Some(file)) = chosen {
            event.stop_immediate_propagation();
            take(file);
        }
    });
    let _ = window.add_event_listener_with_callback_and_bool("change", call.as_ref().unchecked_ref(), true);
    call.forget();
}

fn listen(panel: &Panel) {
    let dialog = &panel.dialog;
    // Esc closes a dialog by itself, and not every time says `cancel` before.
    let shown = dialog.clone();
    dom::on(dialog, "close", move |_| {
        if !shown.open() {
            close();
        }
    });
    dom::on(dialog, "click", |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(what) =
            target.and_then(|target| target.closest("[data-do]").ok().flatten()).and_then(|it| it.get_attribute("data-do"))
        {
            act(&what);
        }
    });
    if let Some(slider) = panel.find::<HtmlInputElement>("#studio-zoom") {
        let value = slider.clone();
        dom::on(&slider, "input", move |_| zoom(|_| value.value_as_number() / 100.0));
    }
    if let Some(stage) = panel.find::<HtmlElement>(".studio__stage") {
        dom::on(&stage, "keydown", |event| {
            if let Ok(event) = event.dyn_into::<KeyboardEvent>() {
                press(&event);
            }
        });
        for kind in ["pointerdown", "pointermove", "pointerup", "pointercancel"] {
            let stage = stage.clone();
            dom::on(&stage.clone(), kind, move |event| {
                if let Ok(event) = event.dyn_into::<PointerEvent>() {
                    drag(&event, &stage);
                }
            });
        }
    }
    // Going to another page leaves the dialog behind.
    if let Some(window) = dom::window() {
        dom::on(&window, "popstate", |_| close());
    }
}

fn act(what: &str) {
    match what {
        "cancel" => close(),
        "choose" | "camera" => ask_for_file(what == "camera"),
        "use" => use_it(),
        "in" => zoom(|zoom| zoom + ZOOM),
        "out" => zoom(|zoom| zoom - ZOOM),
        "left" => step(-STEP, 0.0),
        "right" => step(STEP, 0.0),
        "up" => step(0.0, -STEP),
        "down" => step(0.0, STEP),
        _ => turn(what == "turn-right"),
    }
}

fn press(event: &KeyboardEvent) {
    match event.key().as_str() {
        "ArrowLeft" => step(-STEP, 0.0),
        "ArrowRight" => step(STEP, 0.0),
        "ArrowUp" => step(0.0, -STEP),
        "ArrowDown" => step(0.0, STEP),
        "+" | "=" => zoom(|zoom| zoom + ZOOM),
        "-" | "_" => zoom(|zoom| zoom - ZOOM),
        _ => return,
    }
    event.prevent_default();
}

fn drag(event: &PointerEvent, stage: &HtmlElement) {
    let place = (f64::from(event.client_x()), f64::from(event.client_y()));
    let moved = with(|session| {
        let before = session.drag.take();
        match event.type_().as_str() {
            "pointerdown" => {
                session.drag = Some(place);
                let _ = stage.set_pointer_capture(event.pointer_id());
                None
            }
            "pointermove" => {
                let before = before?;
                session.drag = Some(place);
                let pace = stage::pace(&session.panel.stage()?, session.source.as_ref()?);
                Some(((place.0 - before.0) * pace, (place.1 - before.1) * pace))
            }
            _ => None,
        }
    });
    if let Some(Some((across, down))) = moved {
        change(|frame| frame.move_by(across, down));
    }
}

fn step(across: f64, down: f64) {
    change(|frame| {
        let part = frame.part();
        frame.move_by(f64::from(part.width) * across, f64::from(part.height) * down);
    });
}

fn zoom(to: impl FnOnce(f64) -> f64) {
    change(|frame| frame.zoom_to(to(frame.zoom())));
}

/// Changes the frame, shows it at once, and looks again when it rests.
fn change(call: impl FnOnce(&mut Frame)) {
    let has_frame = with(|session| {
        let frame = session.frame.as_mut()?;
        call(frame);
        session.has_moved = true;
        session.draw();
        Some(())
    });
    if let Some(Some(())) = has_frame {
        look_soon();
    }
}

fn look_soon() {
    let round = next_round();
    dom::later(REST, move || {
        if is_round(round) {
            with(Session::look);
        }
    });
}

fn turn(is_right: bool) {
    with(|session| {
        if let Some(turned) = session.source.as_ref().and_then(|source| source.turned(is_right)) {
            session.source = Some(turned);
            session.lay_frame();
            session.draw();
        }
    });
    look_soon();
}

fn ask_for_file(is_camera: bool) {
    let input = with(|session| session.asked.input.clone());
    let Some(input) = input else { return };
    if is_camera {
        let _ = input.set_attribute("capture", "user");
    } else {
        let _ = input.remove_attribute("capture");
    }
    // Outside the session: a browser may answer before this returns.
    input.click();
}

fn take(file: File) {
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

fn use_it() {
    let ready = with(|session| {
        let made = session.made.take()?;
        Some((session.asked.input.clone(), made.bytes, session.name.clone()))
    });
    let Some(Some((input, bytes, name))) = ready else { return };
    // The session ends first, so that the choice is heard by the page this time.
    end(false);
    let _ = files::hand_over(&input, &bytes, &name);
}

fn close() {
    end(true);
}

fn end(is_cancelled: bool) {
    next_round();
    let Some(session) = SESSION.take() else { return };
    let Asked { input, opener, .. } = &session.asked;
    input.set_accept(&session.accept);
    let _ = input.remove_attribute("capture");
    if is_cancelled && session.is_picked {
        input.set_value("");
    }
    session.panel.after(None);
    session.panel.dialog.close();
    let _ = opener.focus();
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
    fn lay_frame(&mut self) {
        self.has_moved = false;
        let pixels = self.source.as_ref().and_then(Source::rgba);
        self.frame = match (&self.asked.what, pixels) {
            (What::Photo(rules), Some(pixels)) => {
                let verdict = judge(&pixels, rules, None);
                Some(Frame::new(stage::limit(&pixels, &verdict), (rules.width, rules.height)))
            }
            _ => None,
        };
    }

    fn draw(&self) {
        let Some(source) = &self.source else { return };
        let (width, height, bytes) = (source.width, source.height, words::bytes(self.bytes));
        let zoom = self.frame.as_ref().filter(|frame| frame.can_zoom()).map(Frame::zoom);
        self.panel.work(&format!("处理前：{width}×{height} 像素，{bytes}"), zoom);
        if let Some(stage) = self.panel.stage() {
            stage::draw(&stage, source, self.frame.as_ref());
        }
    }

    /// Measures, makes, and tells.
    fn look(&mut self) {
        let Some(pixels) = self.source.as_ref().and_then(Source::rgba) else { return };
        let mut facts = String::new();
        let mut background = "";
        let outcome = match &self.asked.what {
            What::Document { least, max_bytes } => lighten(&pixels, *least, *max_bytes, &mut files::encoder()),
            What::Photo(rules) => {
                let part = self.frame.as_ref().map(Frame::part).filter(|_| self.has_moved);
                let verdict = judge(&pixels, rules, part);
                background = verdict.background.map_or("other", studio::Background::as_str);
                facts = measured(&verdict, self.has_moved);
                match verdict.flaw {
                    Some(flaw) => Err(flaw),
                    None => make(&cut(&pixels, verdict.part), rules, &mut files::encoder()),
                }
            }
        };
        match outcome {
            Ok(made) => {
                let words = format!("{}×{} 像素，{}", made.width, made.height, kilobytes(made.bytes.len()));
                if let Some(address) = files::address(&made.bytes) {
                    self.panel.after(Some((&address, &words)));
                }
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
