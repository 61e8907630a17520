//! Huffman tables (T.81, annex C and F.2.2.3).

/// Codes of up to this length are looked up, longer ones searched for.
const FAST: u32 = 9;

#[derive(Clone)]
pub(crate) struct Huffman {
    /// Length in the upper byte, symbol in the lower; 0 for longer codes.
    fast: Vec<u16>,
    /// For each length the first code that is too large for it, from the left of sixteen bits.
    ends: [u32; 17],
    /// What is added to a code of a length for its place among the symbols.
    offsets: [i32; 17],
    symbols: Vec<u8>,
}

impl Huffman {
    /// From how many codes of each length there are, and what they mean in order. `None` when there are more codes than fit.
    pub(crate) fn new(counts: &[u8; 16], symbols: &[u8]) -> Option<Self> {
        let mut table = Self { fast: vec![0; 1 << FAST], ends: [0; 17], offsets: [0; 17], symbols: symbols.to_vec() };
        let (mut code, mut place) = (0_u32, 0_u32);
        for (length, count) in (1_u32..).zip(counts) {
            let count = u32::from(*count);
            table.offsets[length as usize] = place as i32 - code as i32;
            if code + count > 1 << length {
                return None;
            }
            for one in 0..count {
                let symbol = *symbols.get((place + one) as usize)?;
                if length <= FAST {
                    let first = ((code + one) << (FAST - length)) as usize;
                    table.fast[first..first + (1 << (FAST - length))].fill((length as u16) << 8 | u16::from(symbol));
                }
            }
            code += count;
            place += count;
            table.ends[length as usize] = code << (16 - length);
            code <<= 1;
        }
        Some(table)
    }

    /// The length and the symbol of the code that sixteen bits begin with.
    pub(crate) fn find(&self, bits: u32) -> Option<(u32, u8)> {
        let fast = self.fast[(bits >> (16 - FAST)) as usize & ((1 << FAST) - 1)];
        if fast != 0 {
            return Some((u32::from(fast >> 8), fast as u8));
        }
        let length = (FAST + 1..=16).find(|length| bits < self.ends[*length as usize])?;
        let place = (bits >> (16 - length)) as i32 + self.offsets[length as usize];
        let symbol = usize::try_from(place).ok().and_then(|place| self.symbols.get(place))?;
        Some((length, *symbol))
    }
}
