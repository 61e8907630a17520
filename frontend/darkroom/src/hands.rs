//! What the person does: keys, buttons, a pointer; the same few acts behind all of them.

use studio::Frame;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent, PointerEvent};

use crate::panel::Panel;
use crate::session::{Session, close, end, is_round, next_round, take, with};
use crate::{dom, files, stage};

/// A step by key or button, as a part of the frame; and of the zoom.
const STEP: f64 = 0.02;
const ZOOM: f64 = 0.1;
/// Whoever moves the frame wants to see it move, and the verdict when it rests.
const REST: i32 = 200;

/// What is chosen while the dialog is open is for the dialog; nobody else hears of it.
pub fn watch_choices() {
    let Some(window) = dom::window() else { return };
    let call = Closure::<dyn Fn(Event)>::new(|event: Event| {
        let chosen = with(|session| {
            let is_ours = event.target().is_some_and(|target| target == session.asked.input.clone().into());
            session.asked.input.files().and_then(|files| files.get(0)).filter(|_| is_ours)
        });
        if let Some(Some(file)) = chosen {
            event.stop_immediate_propagation();
            take(file);
        }
    });
    let _ = window.add_event_listener_with_callback_and_bool("change", call.as_ref().unchecked_ref(), true);
    call.forget();
}

pub fn listen(panel: &Panel) {
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
