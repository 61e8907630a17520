//! The frame: what the picture measures and of what it consists.

use crate::segments::u16_at;
use crate::{Flaw, Reduction};

/// A colour or an ink, and how densely it is sampled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Component {
    pub id: u8,
    pub across: u32,
    pub down: u32,
    pub table: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    pub width: u32,
    pub height: u32,
    pub components: Vec<Component>,
    pub is_progressive: bool,
    /// The densest sampling of all components.
    pub across: u32,
    pub down: u32,
}

/// How the blocks of a component lie. `width` and `height` are what a scan of this component alone has; `stride` and `rows`
/// are filled up to whole units of all components, which is what is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Grid {
    pub width: usize,
    pub height: usize,
    pub stride: usize,
    pub rows: usize,
}

impl Grid {
    pub(crate) fn blocks(self) -> usize {
        self.stride * self.rows
    }
}

impl Frame {
    pub(crate) fn read(marker: u8, body: &[u8]) -> Result<Self, Flaw> {
        let count = usize::from(*body.get(5).ok_or(Flaw::Damaged)?);
        let (height, width) = (u16_at(body, 1).ok_or(Flaw::Damaged)?, u16_at(body, 3).ok_or(Flaw::Damaged)?);
        if !matches!(marker, 0xC0..=0xC2) || body[0] != 8 || !matches!(count, 1 | 3 | 4) || height == 0 {
            return Err(Flaw::Unusual);
        }
        let parts = body.get(6..6 + 3 * count).ok_or(Flaw::Damaged)?;
        let mut components: Vec<_> = parts
            .chunks_exact(3)
            .map(|part| {
                let table = usize::from(part[2] & 3);
                Component { id: part[0], across: u32::from(part[1] >> 4), down: u32::from(part[1] & 15), table }
            })
            .collect();
        let is_usual = |component: &Component| (1..=4).contains(&component.across) && (1..=4).contains(&component.down);
        if width == 0 || !components.iter().all(is_usual) {
            return Err(Flaw::Damaged);
        }
        if let [only] = components.as_mut_slice() {
            // Alone it is never interleaved, so its sampling says nothing (A.2.2).
            (only.across, only.down) = (1, 1);
        }
        let across = components.iter().map(|component| component.across).max().unwrap_or(1);
        let down = components.iter().map(|component| component.down).max().unwrap_or(1);
        let (width, height) = (u32::from(width), u32::from(height));
        Ok(Self { width, height, components, is_progressive: marker == 0xC2, across, down })
    }

    /// Units of all components, across and down.
    pub(crate) fn units(&self) -> (usize, usize) {
        let (width, height) = (self.width.div_ceil(8 * self.across), self.height.div_ceil(8 * self.down));
        (width as usize, height as usize)
    }

    pub(crate) fn grid(&self, component: &Component) -> Grid {
        let (across, down) = self.units();
        let blocks = |length: u32, own: u32, most: u32| (length * own).div_ceil(most * 8) as usize;
        Grid {
            width: blocks(self.width, component.across, self.across),
            height: blocks(self.height, component.down, self.down),
            stride: across * component.across as usize,
            rows: down * component.down as usize,
        }
    }

    /// Pixels that a block of this component has each way. A component that is sampled at half is drawn twice as large, so
    /// that it covers the others.
    pub(crate) fn side(&self, component: &Component, reduction: Reduction) -> usize {
        let mut side = reduction.side();
        let most = reduction.side() * (self.across / component.across).min(self.down / component.down) as usize;
        while side < 8 && side * 2 <= most {
            side *= 2;
        }
        side
    }
}
