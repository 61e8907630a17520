//! Flaws in words, for the studio and for the pages alike: what was measured, and the way out (ux E4, U3).

use crate::{Background, Flaw};

/// The colour.
#[must_use]
pub fn background(background: Background) -> &'static str {
    match background {
        Background::Red => "红色",
        Background::Blue => "蓝色",
        Background::White => "白色",
    }
}

/// The colours, with 或 before the last.
#[must_use]
pub fn backgrounds(all: &[Background]) -> String {
    let words: Vec<&str> = all.iter().map(|one| background(*one)).collect();
    match words.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{}或者{last}", rest.join("、")),
        None => "任意颜色".to_owned(),
    }
}

/// So many bytes, in KB or MB.
#[must_use]
pub fn bytes(bytes: u32) -> String {
    match bytes {
        0..1024 => format!("{bytes} 字节"),
        1024..1_048_576 => tenths(bytes, 1024, "KB"),
        _ => tenths(bytes, 1_048_576, "MB"),
    }
}

fn tenths(bytes: u32, unit: u32, name: &str) -> String {
    let tenths = (u64::from(bytes) * 10 + u64::from(unit) / 2) / u64::from(unit);
    match (tenths / 10, tenths % 10) {
        (whole, 0) => format!("{whole} {name}"),
        (whole, part) => format!("{whole}.{part} {name}"),
    }
}

/// A flaw in one sentence, without a full stop.
#[must_use]
pub fn flaw(flaw: &Flaw) -> String {
    match flaw {
        Flaw::Background { found, allowed } => {
            let now = found.map_or("不是单一的规定颜色", background);
            let now = if found.is_some() { format!("是{now}") } else { now.to_owned() };
            format!("照片底色必须是{}，现在{now}，请更换底色符合要求的照片", backgrounds(allowed))
        }
        Flaw::WhiteBorder { width, height } => {
            format!("照片四周有白边，裁掉白边以后不足 {width}×{height} 像素，请更换没有白边的照片")
        }
        Flaw::Small { width, height, found_width, found_height } => {
            format!(
                "照片尺寸至少 {width}×{height} 像素，现在按比例裁剪后是 {found_width}×{found_height}，小照片不能放大，请更换更大的照片"
            )
        }
        Flaw::Enlarged => "照片像是由小图放大的，不清晰，请更换没有放大过的原照片".to_owned(),
        Flaw::Light { min_bytes, bytes } => {
            let (least, now) = (self::bytes(*min_bytes), self::bytes(*bytes));
            format!("照片文件必须大于 {least}，这张照片按最高质量保存也只有 {now}，请更换像素更高的原照片")
        }
        Flaw::Heavy { max_bytes, bytes } => {
            let (most, now) = (self::bytes(*max_bytes), self::bytes(*bytes));
            format!("照片文件必须不超过 {most}，压缩以后仍有 {now}，请更换背景干净的照片")
        }
    }
}
