//! The picture with the frame over it.

use studio::{Frame, Pixels, Rect};
use web_sys::HtmlCanvasElement;

use crate::dom;
use crate::files::Source;

const LARGEST: (f64, f64) = (640.0, 480.0);

/// How many pixels of the stage a pixel of the picture takes.
fn scale(source: &Source) -> f64 {
    let (width, height) = (f64::from(source.canvas.width()), f64::from(source.canvas.height()));
    (LARGEST.0 / width).min(LARGEST.1 / height).min(1.0)
}

/// Pixels of the picture for one of the page, as the stage is shown now.
pub fn pace(stage: &HtmlCanvasElement, source: &Source) -> f64 {
    let shown = stage.get_bounding_client_rect().width();
    if shown > 0.0 { f64::from(source.canvas.width()) / shown } else { 1.0 }
}

/// Draws it anew.
pub fn draw(stage: &HtmlCanvasElement, source: &Source, frame: Option<&Frame>) {
    let scale = scale(source);
    let (width, height) = (f64::from(source.canvas.width()) * scale, f64::from(source.canvas.height()) * scale);
    stage.set_width((width.round() as u32).max(1));
    stage.set_height((height.round() as u32).max(1));
    let Some(pen) = dom::pen(stage) else { return };
    let _ = pen.draw_image_with_html_canvas_element_and_dw_and_dh(&source.canvas, 0.0, 0.0, width, height);
    let Some(frame) = frame else { return };
    let Rect { x, y, width: across, height: down } = frame.part();
    let [x, y, across, down] = [x, y, across, down].map(|length| f64::from(length) * scale);
    pen.set_fill_style_str("rgba(10,20,34,.6)");
    pen.fill_rect(0.0, 0.0, width, y);
    pen.fill_rect(0.0, y + down, width, height - y - down);
    pen.fill_rect(0.0, y, x, down);
    pen.fill_rect(x + across, y, width - x - across, down);
    // Seen on light and on dark pictures.
    for (colour, line) in [("#000", 4.0), ("#fff", 2.0)] {
        pen.set_stroke_style_str(colour);
        pen.set_line_width(line);
        pen.stroke_rect(x + 1.0, y + 1.0, across - 2.0, down - 2.0);
    }
}

/// What the frame may cover: without the white border, when enough is left.
pub fn limit(source: &dyn Pixels, verdict: &studio::Verdict) -> Rect {
    let part = verdict.part;
    let inner = verdict.border.cut(source.whole());
    let is_inside = part.x >= inner.x
        && part.y >= inner.y
        && part.x + part.width <= inner.x + inner.width
        && part.y + part.height <= inner.y + inner.height;
    if is_inside { inner } else { source.whole() }
}
