//! The scans, one after the other, each as far as it goes.

use crate::bits::{Bits, Broken};
use crate::colours::{Colours, Decoded, Plane};
use crate::frame::Grid;
use crate::header::Header;
use crate::inverse::Inverse;
use crate::segments::{self, ADOBE, END, HUFFMAN, QUANTIZATION, RESTARTS, SCAN, START};
use crate::store::{Block, Store};
use crate::tables::{Part, Progress, Scan, Tables};
use crate::{Flaw, Reduction};

/// A progressive photograph has about ten scans; thousands of them are an attack on the processor.
const MOST_SCANS: usize = 100;
/// How many of its last bits a coefficient may lack and still be read by eye.
const BLUR: u8 = 2;
const NEVER: u8 = u8::MAX;

/// A component while it is decoded.
struct Layer {
    grid: Grid,
    side: usize,
    inverse: Inverse,
    /// Of progressive pictures only.
    store: Option<Store>,
    samples: Vec<u8>,
    /// The quantization of its first scan.
    table: Option<[u16; 64]>,
    /// The last bits that each coefficient lacks, in the order of the file.
    lacks: [u8; 64],
    /// Blocks that did not arrive, in hundredths.
    missing: u8,
}

impl Layer {
    fn draw(&mut self, at: usize, coefficients: &[i16]) {
        let Some(table) = &self.table else { return };
        let stride = self.grid.stride * self.side;
        let first = (at / self.grid.stride * stride + at % self.grid.stride) * self.side;
        self.inverse.draw(coefficients, table, &mut self.samples[first..], stride);
    }

    /// Draws what was kept, and drops it.
    fn finish(&mut self) {
        let Some(store) = self.store.take() else { return };
        (0..self.grid.blocks()).for_each(|at| self.draw(at, store.kept(at)));
    }

    fn is_blurred(&self) -> bool {
        let kept = (0..64).filter(|place| {
            let natural = usize::from(crate::store::ZIGZAG[*place]);
            natural / 8 < self.side && natural % 8 < self.side
        });
        kept.into_iter().any(|place| self.lacks[place] > BLUR)
    }
}

pub(crate) struct Decoder<'h> {
    header: &'h Header,
    reduction: Reduction,
    layers: Vec<Layer>,
    tables: Tables,
    adobe: Option<u8>,
    is_cut: bool,
}

impl<'h> Decoder<'h> {
    pub(crate) fn new(header: &'h Header, reduction: Reduction) -> Self {
        let frame = &header.frame;
        let layer = |component| {
            let (grid, side) = (frame.grid(component), frame.side(component, reduction));
            Layer {
                grid,
                side,
                inverse: Inverse::new(side),
                store: frame.is_progressive.then(|| Store::new(grid, side)),
                samples: vec![128; grid.blocks() * side * side],
                table: None,
                lacks: [NEVER; 64],
                missing: 100,
            }
        };
        let layers = frame.components.iter().map(layer).collect();
        Self { header, reduction, layers, tables: Tables::default(), adobe: None, is_cut: true }
    }

    pub(crate) fn run(mut self, bytes: &[u8]) -> Result<Decoded, Flaw> {
        let (mut at, mut scans) = (2, 0);
        while let Some(segment) = segments::next(bytes, at) {
            at = segment.end;
            let goes_on = match segment.marker {
                END => {
                    self.is_cut = false;
                    break;
                }
                START => break,
                SCAN if scans == MOST_SCANS => return Err(Flaw::Damaged),
                SCAN => {
                    scans += 1;
                    self.scan(bytes, segment.body, &mut at)
                }
                HUFFMAN => self.tables.take_huffman(segment.body),
                QUANTIZATION => self.tables.take_quantization(segment.body),
                RESTARTS => self.tables.take_restarts(segment.body),
                ADOBE => {
                    self.adobe = segment.body.strip_prefix(b"Adobe").and_then(|rest| rest.get(6).copied()).or(self.adobe);
                    Some(())
                }
                _ => Some(()),
            };
            if goes_on.is_none() {
                break;
            }
        }
        self.finish()
    }

    fn finish(mut self) -> Result<Decoded, Flaw> {
        let frame = &self.header.frame;
        if self.layers[0].table.is_none() {
            return Err(Flaw::Damaged);
        }
        let is_blurred = frame.is_progressive && self.is_cut && self.layers[0].is_blurred();
        let missing = self.layers.iter().map(|layer| layer.missing).max().unwrap_or(100);
        let (width, height) = Decoded::measure(frame, self.reduction);
        let side = self.reduction.side() as u32;
        let planes = self.layers.iter_mut().zip(&frame.components).map(|(layer, component)| {
            layer.finish();
            let own = layer.side as u32;
            Plane {
                samples: std::mem::take(&mut layer.samples),
                stride: layer.grid.stride * layer.side,
                across: (component.across * own, frame.across * side),
                down: (component.down * own, frame.down * side),
            }
        });
        let planes = planes.collect();
        let missing = if is_blurred { 100 } else { missing };
        Ok(Decoded { width, height, planes, colours: Colours::of(frame, self.adobe), missing })
    }

    /// Reads a scan from `at` on and leaves it behind the scan. `None` where nothing after it can be understood.
    fn scan(&mut self, bytes: &[u8], body: &[u8], at: &mut usize) -> Option<()> {
        let frame = &self.header.frame;
        let scan = Scan::read(body, frame)?;
        self.tables.check(&scan, frame.is_progressive)?;
        for part in &scan.parts {
            let table = self.tables.quantization(frame.components[part.component].table)?;
            let layer = &mut self.layers[part.component];
            if !frame.is_progressive && layer.table.is_some() {
                return None;
            }
            layer.table.get_or_insert(table);
        }
        let (across, down) = match scan.parts.as_slice() {
            [only] => (self.layers[only.component].grid.width, self.layers[only.component].grid.height),
            _ => frame.units(),
        };
        let (total, interval) = (across * down, self.tables.restarts);
        let mut bits = Bits::new(bytes, *at);
        let (mut progress, mut unit, mut lost) = (Progress::default(), 0, 0);
        while unit < total {
            match self.unit(&mut bits, &scan, &mut progress, (unit % across, unit / across)) {
                Ok(()) => unit += 1,
                Err(Broken) => {
                    let next = unit.checked_div(interval).map_or(total, |segment| (segment + 1) * interval);
                    lost += next.min(total) - unit;
                    unit = next;
                }
            }
            if interval > 0 && unit % interval == 0 && unit < total {
                if !bits.restart() {
                    lost += total - unit;
                    break;
                }
                progress = Progress::default();
            }
        }
        *at = bits.place();
        self.note(&scan, (lost * 100).div_ceil(total));
        Some(())
    }

    /// Notes what a scan brought. The share of a progressive picture is that of its first scan, which has all its blocks.
    fn note(&mut self, scan: &Scan, lost: usize) {
        for part in &scan.parts {
            let layer = &mut self.layers[part.component];
            if scan.from == 0 && scan.high == 0 {
                layer.missing = lost as u8;
            }
            if lost == 0 {
                layer.lacks[scan.from..=scan.to].fill(scan.low);
            }
        }
    }

    /// The blocks of all components of the scan at a place.
    fn unit(&mut self, bits: &mut Bits, scan: &Scan, progress: &mut Progress, (x, y): (usize, usize)) -> Result<(), Broken> {
        for part in &scan.parts {
            let component = self.header.frame.components[part.component];
            let stride = self.layers[part.component].grid.stride;
            if scan.parts.len() == 1 {
                self.block(bits, scan, part, progress, y * stride + x)?;
                continue;
            }
            let (across, down) = (component.across as usize, component.down as usize);
            for row in 0..down {
                for column in 0..across {
                    self.block(bits, scan, part, progress, (y * down + row) * stride + x * across + column)?;
                }
            }
        }
        Ok(())
    }

    fn block(&mut self, bits: &mut Bits, scan: &Scan, part: &Part, progress: &mut Progress, at: usize) -> Result<(), Broken> {
        let layer = &mut self.layers[part.component];
        if let Some(store) = &mut layer.store {
            return self.tables.progressive(bits, scan, part, progress, store.block(at));
        }
        let (mut kept, mut is_set, side) = ([0; 64], 0, layer.side);
        let kept = &mut kept[..side * side];
        self.tables.sequential(bits, part, progress, Block { kept, is_set: &mut is_set, side })?;
        layer.draw(at, kept);
        Ok(())
    }
}
