//! What a slot takes, in words: every limit that there is, and no other.

use domain::picture::{MEGAPIXELS, MOST_BYTES_TO_CONVERT, PROGRESSIVE_MEGAPIXELS};
use domain::province::AttachmentRules;

use crate::ui::format;

/// `image/*` and not the single types: the window of WeChat on Android opens camera and album for nothing else. What
/// comes is told by its content.
pub fn accept(rules: &AttachmentRules) -> &'static str {
    if rules.photo.is_some() { "image/*" } else { "image/*,application/pdf" }
}

/// What the tile says; [`limits`] stand with the examples.
pub(super) fn brief(rules: &AttachmentRules) -> String {
    let kinds: Vec<String> = rules.kinds.iter().map(|kind| kind.to_uppercase()).collect();
    let most = format::bytes(i64::from(rules.max_upload()));
    let what = if rules.photo.is_some() { "照片" } else { "图片" };
    let several = if rules.most > 1 { format!("，最多 {} 张", rules.most) } else { String::new() };
    format!("{}{what}，不超过 {most}{several}", kinds.join(" 或 "))
}

/// Every limit, in words.
pub fn limits(rules: &AttachmentRules) -> String {
    said(rules, MOST_BYTES_TO_CONVERT)
}

/// The same where the file goes along with a form, which takes no larger one of any kind.
pub fn limits_in_a_form(rules: &AttachmentRules) -> String {
    said(rules, rules.max_bytes)
}

fn said(rules: &AttachmentRules, most_to_convert: u32) -> String {
    let pixels = format!("不超过 {MEGAPIXELS} 百万像素（渐进式 JPG 不超过 {PROGRESSIVE_MEGAPIXELS} 百万像素）");
    if let Some(photo) = &rules.photo {
        return format!("{}原照片{pixels}；WebP、BMP、TIFF 格式会转换为 JPG。", super::studio::wanted(rules, photo));
    }
    let kept: Vec<String> = rules.kinds.iter().map(|kind| kind.to_uppercase()).collect();
    let least = match (rules.min_width, rules.min_height) {
        (Some(width), Some(height)) => format!("，至少 {width}×{height} 像素"),
        _ => String::new(),
    };
    let png = if rules.kinds.iter().any(|kind| kind == "png") { "" } else { "PNG、" };
    let several = match rules.most {
        1 => "PDF 只能有一页。".to_owned(),
        most => format!("最多 {most} 张，PDF 的每一页算一张。"),
    };
    format!(
        "{} 格式的图片，不超过 {}{least}，{pixels}。{png}WebP、BMP、TIFF 图片和 PDF 会转换为 JPG，不超过 {}。{several}",
        kept.join(" 或 "),
        format::bytes(i64::from(rules.max_bytes)),
        format::bytes(i64::from(most_to_convert)),
    )
}
