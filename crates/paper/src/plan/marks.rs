//! What stands on a page, and how dense it is set.

use crate::typeface::Weight;

/// How dense a form is set.
#[derive(Clone, Copy)]
pub(crate) struct Look {
    pub(super) size: f32,
    pub(super) leading: f32,
    /// Above and below the lines of a cell.
    pub(super) pad: f32,
}

impl Look {
    /// From the most pleasant one on; the last is 小五, which is the smallest that forms are set in.
    pub const ALL: [Self; 3] = [
        Self { size: 10.0, leading: 14.0, pad: 4.5 },
        Self { size: 9.5, leading: 12.5, pad: 2.5 },
        Self { size: 9.0, leading: 11.5, pad: 2.0 },
    ];
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

/// Something on a page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Mark {
    /// `y` is the line that the characters stand on.
    Text {
        x: f32,
        y: f32,
        size: f32,
        weight: Weight,
        text: String,
    },
    Line {
        from: (f32, f32),
        to: (f32, f32),
        width: f32,
    },
    Frame {
        area: Area,
        width: f32,
    },
    /// Light grey.
    Ground {
        area: Area,
    },
    Photo {
        area: Area,
    },
    /// The 二维码 of a seal, which is square.
    Code {
        area: Area,
    },
}

#[derive(Clone, Copy)]
pub(super) enum Align {
    Left,
    Middle,
    Right,
}
