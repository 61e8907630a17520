//! The tables of a JPEG, and how blocks are read by them (T.81, annexes F and G).

use crate::bits::{Bits, Broken};
use crate::frame::Frame;
use crate::huffman::Huffman;
use crate::segments::u16_at;
use crate::store::{Block, ZIGZAG};

/// A component in a scan and the tables that it is coded by.
pub(crate) struct Part {
    pub component: usize,
    pub steady: usize,
    pub varying: usize,
}

/// What a scan has: components, the coefficients `from..=to`, and of their bits those above `low`; `high` is 0 where they
/// come for the first time.
pub(crate) struct Scan {
    pub parts: Vec<Part>,
    pub from: usize,
    pub to: usize,
    pub high: u8,
    pub low: u8,
}

impl Scan {
    pub(crate) fn read(body: &[u8], frame: &Frame) -> Option<Self> {
        let count = usize::from(*body.first()?);
        let parts = body.get(1..1 + 2 * count)?.chunks_exact(2).map(|part| {
            let component = frame.components.iter().position(|component| component.id == part[0])?;
            Some(Part { component, steady: usize::from(part[1] >> 4) & 3, varying: usize::from(part[1] & 3) })
        });
        let parts: Vec<Part> = parts.collect::<Option<_>>()?;
        let is_unique = (1..parts.len()).all(|at| parts[..at].iter().all(|other| other.component != parts[at].component));
        let [from, to, bits] = *body.get(1 + 2 * count..4 + 2 * count)? else { return None };
        if parts.is_empty() || !is_unique {
            return None;
        }
        if !frame.is_progressive {
            return Some(Self { parts, from: 0, to: 63, high: 0, low: 0 });
        }
        let is_allowed = if from == 0 { to == 0 } else { from <= to && to < 64 && count == 1 };
        let (high, low) = (bits >> 4, bits & 15);
        (is_allowed && low < 14 && high < 15).then(|| Self { parts, from: from.into(), to: to.into(), high, low })
    }
}

/// What one block leaves to the next: the levels of the components, and how many blocks are known to have nothing more.
#[derive(Default)]
pub(crate) struct Progress {
    levels: [i32; 4],
    empty: u32,
}

#[derive(Default)]
pub(crate) struct Tables {
    steady: [Option<Huffman>; 4],
    varying: [Option<Huffman>; 4],
    quantization: [Option<[u16; 64]>; 4],
    /// Units between two restarts, 0 for none.
    pub restarts: usize,
}

impl Tables {
    pub(crate) fn take_huffman(&mut self, mut body: &[u8]) -> Option<()> {
        while let [which, rest @ ..] = body {
            let counts: &[u8; 16] = rest.first_chunk()?;
            let length = counts.iter().map(|count| usize::from(*count)).sum::<usize>();
            let symbols = rest.get(16..16 + length)?;
            let tables = if which >> 4 == 0 { &mut self.steady } else { &mut self.varying };
            tables[usize::from(which & 3)] = Some(Huffman::new(counts, symbols)?);
            body = &rest[16 + length..];
        }
        Some(())
    }

    pub(crate) fn take_quantization(&mut self, mut body: &[u8]) -> Option<()> {
        while let [which, rest @ ..] = body {
            let size = if which >> 4 == 0 { 1 } else { 2 };
            let values = rest.get(..64 * size)?;
            let mut table = [0; 64];
            for (place, value) in ZIGZAG.iter().zip(values.chunks_exact(size)) {
                table[usize::from(*place)] = value.iter().fold(0, |sum, byte| sum << 8 | u16::from(*byte));
            }
            self.quantization[usize::from(which & 3)] = Some(table);
            body = &rest[64 * size..];
        }
        Some(())
    }

    pub(crate) fn take_restarts(&mut self, body: &[u8]) -> Option<()> {
        self.restarts = u16_at(body, 0)?.into();
        Some(())
    }

    pub(crate) fn quantization(&self, which: usize) -> Option<[u16; 64]> {
        self.quantization[which]
    }

    /// Whether all tables are there that a scan names.
    pub(crate) fn check(&self, scan: &Scan, is_progressive: bool) -> Option<()> {
        let (needs_steady, needs_varying) = (scan.from == 0 && scan.high == 0, !is_progressive || scan.from > 0);
        let has_all = scan.parts.iter().all(|part| {
            (!needs_steady || self.steady[part.steady].is_some()) && (!needs_varying || self.varying[part.varying].is_some())
        });
        has_all.then_some(())
    }

    fn level(&self, bits: &mut Bits, part: &Part, progress: &mut Progress) -> Result<i32, Broken> {
        let size = bits.symbol(self.steady[part.steady].as_ref().ok_or(Broken)?)?;
        if size > 16 {
            return Err(Broken);
        }
        let level = &mut progress.levels[part.component];
        *level = level.wrapping_add(bits.signed(size.into())?);
        Ok(*level)
    }

    /// A whole block (F.2.2).
    pub(crate) fn sequential(
        &self,
        bits: &mut Bits,
        part: &Part,
        progress: &mut Progress,
        mut block: Block,
    ) -> Result<(), Broken> {
        let level = self.level(bits, part, progress)?;
        block.set(0, level);
        let table = self.varying[part.varying].as_ref().ok_or(Broken)?;
        let mut place = 1;
        while place < 64 {
            let symbol = bits.symbol(table)?;
            let (run, size) = (u32::from(symbol >> 4), u32::from(symbol & 15));
            if size == 0 {
                if run < 15 {
                    break;
                }
                place += 16;
                continue;
            }
            place += run;
            let value = bits.signed(size)?;
            if place > 63 {
                return Err(Broken);
            }
            block.set(place, value);
            place += 1;
        }
        Ok(())
    }

    /// What one scan of a progressive picture says of a block.
    pub(crate) fn progressive(
        &self,
        bits: &mut Bits,
        scan: &Scan,
        part: &Part,
        progress: &mut Progress,
        mut block: Block,
    ) -> Result<(), Broken> {
        match (scan.from, scan.high) {
            (0, 0) => {
                let level = self.level(bits, part, progress)?;
                block.set(0, level << scan.low);
            }
            (0, _) => {
                if bits.take(1)? == 1 {
                    block.kept[0] |= 1 << scan.low;
                }
            }
            (_, 0) => self.first(bits, scan, part, progress, block)?,
            _ => self.again(bits, scan, part, progress, block)?,
        }
        Ok(())
    }

    /// Coefficients that come for the first time (G.1.2.2).
    fn first(&self, bits: &mut Bits, scan: &Scan, part: &Part, progress: &mut Progress, mut block: Block) -> Result<(), Broken> {
        if progress.empty > 0 {
            progress.empty -= 1;
            return Ok(());
        }
        let table = self.varying[part.varying].as_ref().ok_or(Broken)?;
        let (mut place, to) = (scan.from as u32, scan.to as u32);
        while place <= to {
            let symbol = bits.symbol(table)?;
            let (run, size) = (u32::from(symbol >> 4), u32::from(symbol & 15));
            if size == 0 {
                if run < 15 {
                    progress.empty = (1 << run) - 1 + bits.take(run)?;
                    break;
                }
                place += 16;
                continue;
            }
            place += run;
            let value = bits.signed(size)?;
            if place > to {
                return Err(Broken);
            }
            block.set(place, value << scan.low);
            place += 1;
        }
        Ok(())
    }

    /// One more bit of each coefficient that is something already, and among them those that become something (G.1.2.3).
    fn again(&self, bits: &mut Bits, scan: &Scan, part: &Part, progress: &mut Progress, mut block: Block) -> Result<(), Broken> {
        let (mut place, to, bit) = (scan.from as u32, scan.to as u32, 1_i16 << scan.low);
        let table = self.varying[part.varying].as_ref().ok_or(Broken)?;
        while place <= to && progress.empty == 0 {
            let symbol = bits.symbol(table)?;
            let (mut run, size) = (u32::from(symbol >> 4), symbol & 15);
            let value = match size {
                0 if run < 15 => {
                    progress.empty = (1 << run) + bits.take(run)?;
                    break;
                }
                0 => None,
                1 => Some(if bits.take(1)? == 1 { bit } else { -bit }),
                _ => return Err(Broken),
            };
            // Up to the place that the run leads to; what is something on the way does not count.
            while place <= to {
                if block.is_set(place) {
                    correct(bits, &mut block, place, bit)?;
                } else if run == 0 {
                    break;
                } else {
                    run -= 1;
                }
                place += 1;
            }
            if let Some(value) = value.filter(|_| place <= to) {
                block.set(place, value.into());
            }
            place += 1;
        }
        if progress.empty > 0 {
            progress.empty -= 1;
            for place in place..=to {
                if block.is_set(place) {
                    correct(bits, &mut block, place, bit)?;
                }
            }
        }
        Ok(())
    }
}

fn correct(bits: &mut Bits, block: &mut Block, place: u32, bit: i16) -> Result<(), Broken> {
    if bits.take(1)? == 1 {
        block.correct(place, bit);
    }
    Ok(())
}
