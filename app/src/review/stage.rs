//! The picture under the mouse: the wheel zooms where it points, dragging moves, or rings round what is wrong.

use super::bench::{Bench, Compare, nth_of, slot_of};
use crate::ui::browser;
use domain::case::{Mark, place_on};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Zooms so that what is under the pointer stays there.
pub(super) fn wheel(bench: Bench, event: &web_sys::WheelEvent) {
    let Some(stage) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let Some(picture) = stage.query_selector("[data-now]").ok().flatten() else { return };
    event.prevent_default();
    let before = bench.zoom.get_untracked();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let was = picture.get_bounding_client_rect();
    bench.larger(if event.delta_y() < 0.0 { 1 } else { -1 });
    if before == bench.zoom.get_untracked() || was.width() == 0.0 || was.height() == 0.0 {
        return;
    }
    let (right, down) = ((x - was.left()) / was.width(), (y - was.top()) / was.height());
    // Once it is drawn in its new size.
    browser::later(20, move || {
        let is = picture.get_bounding_client_rect();
        move_by(&stage, is.left() + right * is.width() - x, is.top() + down * is.height() - y);
    });
}

/// Keeps the pointer that was pressed, so that it may leave the stage while it drags or draws.
pub(super) fn grasp(bench: Bench, size: (u32, u32), event: &web_sys::PointerEvent) {
    let is_marking = bench.is_marking.get_untracked();
    if event.button() != 0 || !(is_marking || event.pointer_type() == "mouse") {
        return;
    }
    let Some(stage) = stage_of(event) else { return };
    let _ = stage.set_pointer_capture(event.pointer_id());
    if is_marking {
        event.prevent_default();
        bench.from.set_value(place(bench, size, &stage, event));
    }
}

/// Moves the picture, or draws on it.
pub(super) fn drag(bench: Bench, size: (u32, u32), event: &web_sys::PointerEvent) {
    if event.buttons() & 1 == 0 {
        return;
    }
    let Some(stage) = stage_of(event) else { return };
    if let Some(from) = bench.from.get_value() {
        if let Some(to) = place(bench, size, &stage, event) {
            let key = bench.shown.get_untracked();
            bench.mark.set(Mark::between(slot_of(&key), nth_of(&key), from, to));
        }
    } else if event.pointer_type() == "mouse" && !bench.is_marking.get_untracked() {
        move_by(&stage, f64::from(-event.movement_x()), f64::from(-event.movement_y()));
    }
}

/// Ends what the pointer draws.
pub(super) fn drop(bench: Bench) {
    if bench.from.get_value().is_some() {
        bench.from.set_value(None);
        bench.is_marking.set(false);
        tell(bench);
    }
}

/// Begins or ends the drawing.
pub(super) fn mark(bench: Bench) {
    bench.is_marking.update(|is| *is = !*is);
    let is_marking = bench.is_marking.get_untracked();
    if is_marking {
        // It is drawn on the new one, which has to be seen.
        if bench.compare.get_untracked() == Compare::Before {
            bench.compare.set(Compare::Now);
        }
        bench.said.set("请按住拖动，或者用方向键圈出有问题的地方。".into());
    } else {
        tell(bench);
    }
}

/// The arrow keys, while somebody draws: the first puts a rectangle into the middle, the next move it or, with Shift, change its
/// size. Answers whether it was such a key.
pub(super) fn press(bench: Bench, key: &str, is_shifted: bool) -> bool {
    if !bench.is_marking.get_untracked() {
        return false;
    }
    let steps = match key {
        "arrowleft" => (-1, 0),
        "arrowright" => (1, 0),
        "arrowup" => (0, -1),
        "arrowdown" => (0, 1),
        "delete" | "backspace" => {
            bench.mark.set(None);
            return true;
        }
        "enter" => {
            mark(bench);
            return true;
        }
        _ => return false,
    };
    let shown = bench.shown.get_untracked();
    bench.mark.update(|mark| {
        *mark = match mark.take() {
            Some(mark) => Some(mark.stepped(steps, is_shifted)),
            None => Mark::middle(slot_of(&shown), nth_of(&shown)),
        };
    });
    true
}

fn tell(bench: Bench) {
    let is_there = bench.mark.with_untracked(Option::is_some);
    bench.said.set(if is_there { "已圈出一处，记录为不通过时一并保存。" } else { "没有圈出任何地方。" }.into());
}

fn stage_of(event: &web_sys::PointerEvent) -> Option<Element> {
    event.current_target()?.dyn_into::<Element>().ok()
}

/// Where on the picture the pointer is, in fractions of it.
fn place(bench: Bench, (width, height): (u32, u32), stage: &Element, event: &web_sys::PointerEvent) -> Option<(f64, f64)> {
    let stands = stage.query_selector("[data-now]").ok().flatten()?.get_bounding_client_rect();
    let stands = [stands.left(), stands.top(), stands.width(), stands.height()];
    let at = (f64::from(event.client_x()), f64::from(event.client_y()));
    Some(place_on((f64::from(width), f64::from(height)), stands, bench.turns.get_untracked(), at))
}

fn move_by(stage: &Element, right: f64, down: f64) {
    stage.set_scroll_left(stage.scroll_left() + right.round() as i32);
    stage.set_scroll_top(stage.scroll_top() + down.round() as i32);
}
