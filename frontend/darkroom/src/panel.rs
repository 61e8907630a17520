//! The dialog: built once, the same for all slots.

use studio::{Rules, words};
use wasm_bindgen::JsCast;
use web_sys::{
    Element, HtmlButtonElement, HtmlCanvasElement, HtmlDialogElement, HtmlElement, HtmlImageElement, HtmlInputElement,
};

use crate::asked::Asked;
use crate::dom;

const INSIDE: &str = r#"
<h2 id="studio-title"></h2>
<p class="hint" id="studio-asked"></p>
<p class="notice notice--info" id="studio-said" role="status"></p>
<div class="studio__work" hidden>
  <figure class="studio__before">
    <div class="studio__stage" role="group" tabindex="0" aria-label="裁剪框，可以拖动，也可以用方向键移动，按加号或者减号缩放"><canvas aria-hidden="true"></canvas></div>
    <figcaption></figcaption>
  </figure>
  <figure class="studio__after" hidden><img alt="处理后的图片"><figcaption></figcaption></figure>
  <div class="studio__tools">
    <label for="studio-zoom">缩放</label>
    <div class="studio__zoom">
      <button type="button" class="button button--secondary button--small" data-do="out">缩小</button>
      <input type="range" id="studio-zoom" min="0" max="100" step="1" value="0">
      <button type="button" class="button button--secondary button--small" data-do="in">放大</button>
    </div>
    <div class="button-row" role="group" aria-label="移动裁剪框">
      <button type="button" class="button button--secondary button--small" data-do="left">左移</button>
      <button type="button" class="button button--secondary button--small" data-do="right">右移</button>
      <button type="button" class="button button--secondary button--small" data-do="up">上移</button>
      <button type="button" class="button button--secondary button--small" data-do="down">下移</button>
    </div>
  </div>
  <div class="button-row studio__turn" role="group" aria-label="旋转图片">
    <button type="button" class="button button--secondary button--small" data-do="turn-left">向左旋转</button>
    <button type="button" class="button button--secondary button--small" data-do="turn-right">向右旋转</button>
  </div>
</div>
<div class="button-row">
  <button type="button" class="button" data-do="use" hidden aria-describedby="studio-said">使用这张照片</button>
  <button type="button" class="button button--secondary" data-do="choose"></button>
  <button type="button" class="button button--secondary studio__camera" data-do="camera">拍照</button>
  <button type="button" class="button button--quiet" data-do="cancel">取消</button>
</div>
"#;

/// The dialog and what is looked for in it.
#[derive(Clone)]
pub struct Panel {
    pub dialog: HtmlDialogElement,
}

/// How what is said is coloured.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Info,
    Good,
    Bad,
}

impl Panel {
    /// Puts an empty dialog at the end of the document.
    pub fn build() -> Option<Self> {
        let document = dom::document()?;
        let dialog: HtmlDialogElement = document.create_element("dialog").ok()?.dyn_into().ok()?;
        dialog.set_class_name("dialog studio");
        dialog.set_attribute("aria-labelledby", "studio-title").ok()?;
        dialog.set_inner_html(INSIDE);
        document.body()?.append_child(&dialog).ok()?;
        Some(Self { dialog })
    }

    pub fn find<T: JsCast>(&self, selector: &str) -> Option<T> {
        self.dialog.query_selector(selector).ok()??.dyn_into().ok()
    }

    fn write(&self, selector: &str, text: &str) {
        if let Some(element) = self.find::<Element>(selector) {
            element.set_text_content(Some(text));
        }
    }

    fn hide(&self, selector: &str, is_hidden: bool) {
        if let Some(element) = self.find::<HtmlElement>(selector) {
            element.set_hidden(is_hidden);
        }
    }

    pub fn stage(&self) -> Option<HtmlCanvasElement> {
        self.find(".studio__stage canvas")
    }

    /// As it is when it opens.
    pub fn begin(&self, asked: &Asked) {
        self.write("#studio-title", &format!("裁剪照片：{}", asked.title));
        self.write("#studio-asked", &wanted(&asked.rules));
        self.empty();
        self.say("图片只在本机处理，确认以后才上传。", Tone::Info);
    }

    /// Without a picture.
    pub fn empty(&self) {
        self.write("[data-do=choose]", "选择图片");
        self.hide(".studio__work", true);
        self.hide(".studio__after", true);
        self.hide("[data-do=use]", true);
        self.tell("", "");
    }

    /// With a picture; `before` describes the file.
    pub fn work(&self, before: &str, zoom: Option<f64>) {
        self.write("[data-do=choose]", "重新选择");
        self.write(".studio__before figcaption", before);
        self.hide(".studio__work", false);
        self.hide("[data-do=use]", false);
        self.show_zoom(zoom);
    }

    /// The slider follows the buttons and keys; `None` when there are no pixels to spare.
    pub fn show_zoom(&self, zoom: Option<f64>) {
        if let Some(slider) = self.find::<HtmlInputElement>("#studio-zoom") {
            slider.set_disabled(zoom.is_none());
            slider.set_value(&format!("{}", (zoom.unwrap_or(0.0) * 100.0).round()));
        }
    }

    /// What was made, or that nothing was.
    pub fn after(&self, made: Option<(&str, &str)>) {
        if let (Some((address, words)), Some(image)) = (made, self.find::<HtmlImageElement>(".studio__after img")) {
            image.set_src(address);
            image.set_alt(&format!("处理后的图片，{words}"));
            self.write(".studio__after figcaption", &format!("处理后：{words}"));
        }
        self.hide(".studio__after", made.is_none());
        if let Some(button) = self.find::<HtmlButtonElement>("[data-do=use]") {
            let _ = button.set_attribute("aria-disabled", if made.is_some() { "false" } else { "true" });
        }
    }

    pub fn say(&self, text: &str, tone: Tone) {
        if let Some(said) = self.find::<Element>("#studio-said") {
            said.set_class_name(match tone {
                Tone::Info => "notice notice--info",
                Tone::Good => "notice notice--success",
                Tone::Bad => "notice notice--danger",
            });
            said.set_text_content(Some(text));
        }
    }

    /// The verdict in one word, for whoever reads the document instead of looking at it.
    pub fn tell(&self, verdict: &str, background: &str) {
        let _ = self.dialog.set_attribute("data-verdict", verdict);
        let _ = self.dialog.set_attribute("data-background", background);
    }
}

/// What is asked for, in words.
fn wanted(rules: &Rules) -> String {
    let size = format!("按 {}×{} 的比例裁剪，不少于 {0}×{1} 像素", rules.width, rules.height);
    let bytes = match rules.min_bytes {
        0 => format!("不超过 {}", words::bytes(rules.max_bytes)),
        least => format!("大于 {}，不超过 {}", words::bytes(least), words::bytes(rules.max_bytes)),
    };
    let ground = if rules.backgrounds.is_empty() {
        String::new()
    } else {
        format!("，底色为{}", words::backgrounds(&rules.backgrounds))
    };
    let border = if rules.no_white_border { "，没有白边" } else { "" };
    format!("要求：{size}，{bytes}{ground}{border}。")
}
