//! PNG files by hand: small ones that are good, and hostile ones.

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 })
    })
}

pub fn chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut chunk = kind.to_vec();
    chunk.extend_from_slice(body);
    let crc = crc(&chunk);
    [&u32::try_from(body.len()).unwrap().to_be_bytes()[..], &chunk, &crc.to_be_bytes()].concat()
}

/// `length` bytes of the same value, deflated 150 to 1 with the fixed code of RFC 1951.
pub fn deflated(value: u8, length: usize) -> Vec<u8> {
    let (mut bytes, mut bit, mut byte) = (vec![0x78, 0x9C], 0, 0u8);
    let mut put = |code: u32, bits: u32, from_high: bool| {
        for n in 0..bits {
            let one = if from_high { code >> (bits - 1 - n) & 1 } else { code >> n & 1 };
            byte |= u8::try_from(one).unwrap() << bit;
            bit += 1;
            if bit == 8 {
                bytes.push(byte);
                (bit, byte) = (0, 0);
            }
        }
    };
    let literal = |value: u8| if value < 144 { (u32::from(value) + 0x30, 8) } else { (u32::from(value) - 144 + 0x190, 9) };
    put(1, 1, false);
    put(1, 2, false);
    let (code, bits) = literal(value);
    let runs = (length - 1) / 258;
    for _ in 0..length - runs * 258 {
        put(code, bits, true);
    }
    for _ in 0..runs {
        put(0b1100_0101, 8, true);
        put(0, 5, true);
    }
    put(0, 7, true);
    if bit > 0 {
        bytes.push(byte);
    }
    // Adler-32 of equal bytes is a sum of a series.
    let (value, length) = (u128::from(value), length as u128);
    let (a, b) = ((1 + length * value) % 65_521, (length + value * length * (length + 1) / 2) % 65_521);
    bytes.extend_from_slice(&u32::try_from(b << 16 | a).unwrap().to_be_bytes());
    bytes
}

/// A PNG whose head says so, with any data.
pub fn png_with(width: u32, height: u32, depth: u8, colour: u8, data: &[u8], before: &[Vec<u8>]) -> Vec<u8> {
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[depth, colour, 0, 0, 0]].concat();
    let mut png = [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &head)].concat();
    for chunk in before {
        png.extend_from_slice(chunk);
    }
    png.extend(chunk(b"IDAT", data));
    png.extend(chunk(b"IEND", b""));
    png
}

/// A black picture. `mark` makes files that look alike differ.
pub fn png(width: u32, height: u32, mark: &str) -> Vec<u8> {
    let data = deflated(0, ((width * 3 + 1) * height) as usize);
    png_with(width, height, 8, 2, &data, &[chunk(b"tEXt", format!("Comment\0{mark}").as_bytes())])
}
