//! The bits of a scan.

use crate::huffman::Huffman;
use crate::segments;

/// The coded data are not what the tables allow, or at their end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Broken;

/// Reads bits up to the next marker. Behind it there are only zeros, which are known to be none of the file's.
pub(crate) struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
    buffer: u64,
    count: u32,
    /// How many of the bits that lie in the buffer are no bits of the file.
    padding: u32,
}

impl<'a> Bits<'a> {
    pub(crate) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at, buffer: 0, count: 0, padding: 0 }
    }

    /// Where the reading goes on after the scan.
    pub(crate) fn place(&self) -> usize {
        self.at
    }

    fn fill(&mut self) {
        while self.count <= 48 {
            let byte = match (self.bytes.get(self.at), self.bytes.get(self.at + 1)) {
                (Some(0xFF), Some(0)) => {
                    self.at += 2;
                    0xFF
                }
                (Some(0xFF), _) | (None, _) => {
                    self.padding += 8;
                    0
                }
                (Some(byte), _) => {
                    self.at += 1;
                    *byte
                }
            };
            self.buffer = self.buffer << 8 | u64::from(byte);
            self.count += 8;
        }
    }

    fn drop(&mut self, count: u32) -> Result<(), Broken> {
        self.count -= count;
        if self.count < self.padding { Err(Broken) } else { Ok(()) }
    }

    /// Up to sixteen bits as a number.
    pub(crate) fn take(&mut self, count: u32) -> Result<u32, Broken> {
        if self.count < count {
            self.fill();
        }
        let value = (self.buffer >> (self.count - count)) as u32 & ((1 << count) - 1);
        self.drop(count)?;
        Ok(value)
    }

    pub(crate) fn symbol(&mut self, table: &Huffman) -> Result<u8, Broken> {
        if self.count < 16 {
            self.fill();
        }
        let (length, symbol) = table.find((self.buffer >> (self.count - 16)) as u32 & 0xFFFF).ok_or(Broken)?;
        self.drop(length)?;
        Ok(symbol)
    }

    /// A number of so many bits, of which the first says the sign (F.2.2.1).
    pub(crate) fn signed(&mut self, count: u32) -> Result<i32, Broken> {
        if count == 0 {
            return Ok(0);
        }
        let value = self.take(count)? as i32;
        Ok(if value < 1 << (count - 1) { value - (1 << count) + 1 } else { value })
    }

    /// Goes on behind the next restart, whatever lies before it. False where none comes before another marker.
    pub(crate) fn restart(&mut self) -> bool {
        (self.buffer, self.count, self.padding) = (0, 0, 0);
        loop {
            let Some(step) = self.bytes.get(self.at..).and_then(|rest| rest.iter().position(|byte| *byte == 0xFF)) else {
                self.at = self.bytes.len();
                return false;
            };
            self.at += step;
            match self.bytes.get(self.at + 1) {
                Some(0) => self.at += 2,
                Some(0xFF) => self.at += 1,
                Some(marker) if segments::is_restart(*marker) => {
                    self.at += 2;
                    return true;
                }
                _ => return false,
            }
        }
    }
}
