//! How light a picture is, pixel by pixel.

use studio::Pixels;

/// Luminance, row by row.
pub(crate) struct Plane {
    pub width: usize,
    pub height: usize,
    pub luma: Vec<u8>,
}

impl Plane {
    pub fn of(picture: &dyn Pixels) -> Self {
        let (width, height) = picture.size();
        let luma = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| picture.luma(x, y) as u8).collect();
        Self { width: width as usize, height: height as usize, luma }
    }

    pub fn at(&self, x: usize, y: usize) -> i32 {
        i32::from(self.luma[y * self.width + x])
    }

    pub fn row(&self, y: usize) -> &[u8] {
        &self.luma[y * self.width..(y + 1) * self.width]
    }

    /// Averaged over 3 × 3 pixels, those nearer counting more: grain goes, strokes stay.
    pub fn smoothed(&self) -> Self {
        let around = |at: usize, side: usize| [at.saturating_sub(1), at, (at + 1).min(side - 1)];
        let mut across = Vec::with_capacity(self.luma.len());
        for y in 0..self.height {
            let row = self.row(y);
            across.extend((0..self.width).map(|x| {
                let [a, b, c] = around(x, self.width).map(|x| u16::from(row[x]));
                a + 2 * b + c
            }));
        }
        let mut luma = Vec::with_capacity(self.luma.len());
        for y in 0..self.height {
            let [above, here, below] = around(y, self.height).map(|y| y * self.width);
            luma.extend((0..self.width).map(|x| ((across[above + x] + 2 * across[here + x] + across[below + x] + 8) / 16) as u8));
        }
        Self { width: self.width, height: self.height, luma }
    }

    /// The other way round: columns as rows.
    pub fn turned(&self) -> Self {
        let luma = (0..self.width).flat_map(|x| (0..self.height).map(move |y| self.luma[y * self.width + x])).collect();
        Self { width: self.height, height: self.width, luma }
    }

    /// So large a part of the pixels is not lighter than this.
    pub fn quantile(&self, part: f64) -> u8 {
        let mut counts = [0_usize; 256];
        for value in &self.luma {
            counts[usize::from(*value)] += 1;
        }
        quantile(&counts, part) as u8
    }
}

/// The place in a histogram below which so large a part of all lies.
pub(crate) fn quantile(counts: &[usize], part: f64) -> usize {
    let wanted = counts.iter().sum::<usize>() as f64 * part;
    let mut seen = 0;
    counts
        .iter()
        .position(|count| {
            seen += count;
            seen as f64 >= wanted
        })
        .unwrap_or(counts.len() - 1)
}
