//! What is kept of the blocks of a component until it can be drawn.

use crate::frame::Grid;

/// Where the coefficients of a block stand, row by row, in the order of the file (T.81, figure A.6).
pub(crate) const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28, 35, 42,
    49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// The coefficients of all blocks, as far as a picture of `side` pixels a block needs them, and of the others only whether
/// they are anything: their corrections stand in the file all the same.
pub(crate) struct Store {
    kept: Vec<i16>,
    is_set: Vec<u64>,
    side: usize,
}

impl Store {
    pub(crate) fn cost(grid: Grid, side: usize) -> u64 {
        (grid.blocks() * (side * side * size_of::<i16>() + size_of::<u64>())) as u64
    }

    pub(crate) fn new(grid: Grid, side: usize) -> Self {
        Self { kept: vec![0; grid.blocks() * side * side], is_set: vec![0; grid.blocks()], side }
    }

    pub(crate) fn block(&mut self, at: usize) -> Block<'_> {
        let length = self.side * self.side;
        Block { kept: &mut self.kept[at * length..][..length], is_set: &mut self.is_set[at], side: self.side }
    }

    /// The kept coefficients of a block, row by row.
    pub(crate) fn kept(&self, at: usize) -> &[i16] {
        let length = self.side * self.side;
        &self.kept[at * length..][..length]
    }
}

/// A block while it is read. Places are those of the file.
pub(crate) struct Block<'a> {
    pub kept: &'a mut [i16],
    pub is_set: &'a mut u64,
    pub side: usize,
}

impl Block<'_> {
    /// The coefficient at a place, if it is one that is kept.
    fn kept_at(&mut self, place: u32) -> Option<&mut i16> {
        let natural = usize::from(ZIGZAG[place as usize]);
        let (row, column) = (natural / 8, natural % 8);
        (row < self.side && column < self.side).then(|| &mut self.kept[row * self.side + column])
    }

    pub(crate) fn is_set(&self, place: u32) -> bool {
        *self.is_set >> place & 1 == 1
    }

    pub(crate) fn set(&mut self, place: u32, value: i32) {
        *self.is_set |= 1 << place;
        if let Some(kept) = self.kept_at(place) {
            *kept = value as i16;
        }
    }

    /// Adds a bit, away from zero.
    pub(crate) fn correct(&mut self, place: u32, bit: i16) {
        if let Some(kept) = self.kept_at(place) {
            *kept = if *kept < 0 { kept.wrapping_sub(bit) } else { kept.wrapping_add(bit) };
        }
    }
}
