//! Findings in plain words: what was seen, and what helps.

use crate::{Face, Finding, Side};

/// A sentence for a finding.
#[must_use]
pub fn sentence(finding: &Finding) -> String {
    match finding {
        Finding::Blurred => "图片看起来不够清楚，文字可能难以辨认。请拿稳手机，对焦清楚后重拍。".to_owned(),
        Finding::Dark => "图片看起来偏暗。请到明亮的地方，或者打开灯后重拍。".to_owned(),
        Finding::Glare => "图片上好像有反光，可能遮住了内容。请关闭闪光灯，或者换个角度避开灯光后重拍。".to_owned(),
        Finding::Tilted(degrees) => format!("图片看起来歪了大约 {degrees} 度。请把手机与纸张对齐后重拍。"),
        Finding::Cut(sides) => format!("纸张的{}好像没有拍全。请让四条边都在画面以内后重拍。", self::sides(sides)),
        Finding::Swapped { asked } => {
            let (asked, other) = match asked {
                Face::Portrait => ("带照片的一面（人像面）", "国徽面"),
                Face::Emblem => ("国徽面", "带照片的一面（人像面）"),
            };
            format!("这一张看起来是身份证的{other}，这里需要{asked}。请换一张。")
        }
        Finding::Screenshot => "这一张看起来是屏幕截图。请上传原件的照片或者扫描件。".to_owned(),
        Finding::Twin(title) => format!("这一张与“{title}”里的图片看起来是同一张。请看一看是否选对了。"),
    }
}

fn sides(sides: &[Side]) -> String {
    let words: Vec<&str> = sides
        .iter()
        .map(|side| match side {
            Side::Left => "左边",
            Side::Top => "上边",
            Side::Right => "右边",
            Side::Bottom => "下边",
        })
        .collect();
    words.join("、")
}
