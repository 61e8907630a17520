//! A PNG, made smaller row by row while it is read, so that only the small picture is ever whole in memory.

use std::io::Cursor;

use domain::fault::Fault;
use domain::picture::MEGAPIXELS;
use image::metadata::Orientation;
use png::{ColorType, DecodeOptions, Decoder, Limits, Transformations};
use studio::Picture;

use super::memory::{Wanted, fits, measure};
use super::pixels::{Decoded, Pixelled};

/// Bytes that the decoder may take for rows and for unpacking.
const ROWS: u64 = 4 << 20;
const MAGIC_BYTES: usize = 8;
const LONGEST_EXIF: usize = 1 << 16;
/// Where the pixels of the seven passes lie and how far they are apart, across and down (PNG, 8.2).
const PASSES: [(u32, u32, u32, u32); 7] =
    [(0, 8, 0, 8), (4, 8, 0, 8), (0, 4, 4, 8), (2, 4, 0, 4), (0, 2, 2, 4), (1, 2, 0, 2), (0, 1, 1, 2)];

pub(super) fn decode(bytes: &[u8], wanted: Wanted) -> Result<Decoded, Fault> {
    // The first chunk is always IHDR, so that a bomb is known by 24 bytes.
    let ihdr = bytes.get(16..29).filter(|_| bytes.get(8..16) == Some(b"\0\0\0\x0DIHDR")).ok_or(Fault::FileDamaged)?;
    let (width, height) = (u32_at(ihdr, 0), u32_at(ihdr, 4));
    measure(width, height, MEGAPIXELS)?;
    let factor = factor((width, height), bytes.len() as u64 + ROWS, wanted);
    let (stream, orientation) = essential_chunks(bytes)?;
    let (picture, missing) = rows(&stream, factor).ok_or(Fault::FileDamaged)?;
    Ok(Decoded { pixels: Pixelled::Plain(picture), width, height, orientation, missing })
}

/// How many pixels become one, each way.
fn factor((width, height): (u32, u32), beside: u64, wanted: Wanted) -> u32 {
    let small = |factor: u32| (width.div_ceil(factor), height.div_ceil(factor));
    let is_enough = |factor: &u32| wanted.is_met((width, height), (width / factor, height / factor));
    let is_affordable = |factor: &u32| {
        let (width, height) = small(*factor);
        fits(u64::from(width) * u64::from(height) * 3, beside)
    };
    let enough = (1..64).take_while(is_enough).last().unwrap_or(1);
    (enough..64).find(is_affordable).unwrap_or(64)
}

/// The PNG without everything that is not its first picture: no text, no profile, no further frames. What is not there
/// cannot be unpacked into gigabytes. A stream that ends too early is taken as far as it goes.
fn essential_chunks(bytes: &[u8]) -> Result<(Vec<u8>, Orientation), Fault> {
    let (mut stream, mut at, mut orientation) = (Vec::with_capacity(bytes.len()), MAGIC_BYTES, None);
    stream.extend_from_slice(&bytes[..MAGIC_BYTES]);
    let mut has_pixels = false;
    while let Some(head) = bytes.get(at..at + 8) {
        let length = u32_at(head, 0) as usize;
        let whole = at.checked_add(12).and_then(|end| end.checked_add(length)).and_then(|end| bytes.get(at..end));
        let chunk = whole.unwrap_or(&bytes[at..]);
        match &head[4..] {
            b"eXIf" if whole.is_some() && length <= LONGEST_EXIF => {
                orientation = orientation.or_else(|| Orientation::from_exif_chunk(&chunk[8..8 + length]));
            }
            b"IDAT" => has_pixels = true,
            _ => {}
        }
        if matches!(&head[4..], b"IHDR" | b"PLTE" | b"tRNS" | b"IDAT" | b"IEND") {
            stream.extend_from_slice(chunk);
        }
        if &head[4..] == b"IEND" {
            break;
        }
        at += chunk.len();
    }
    if has_pixels { Ok((stream, orientation.unwrap_or(Orientation::NoTransforms))) } else { Err(Fault::FileDamaged) }
}

/// The small picture and which part of it, in hundredths, is missing.
fn rows(stream: &[u8], factor: u32) -> Option<(Picture, u8)> {
    let mut options = DecodeOptions::default();
    // Browsers do not ask either, and a bit that fell over in a row is seen.
    options.set_ignore_checksums(true);
    let mut decoder = Decoder::new_with_options(Cursor::new(stream), options);
    decoder.set_limits(Limits { bytes: ROWS as usize });
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info().ok()?;
    let (width, height) = (reader.info().width, reader.info().height);
    let places = places(width, height, reader.info().interlaced);
    let colour = reader.output_color_type().0;
    let mut small = Small::new(width, height, factor);
    let (mut arrived, mut all) = (0_u64, 0_u64);
    for (y, x, step) in places {
        let samples = u64::from((width - x).div_ceil(step));
        all += samples;
        // After a row that did not arrive none does.
        if arrived + samples == all
            && let Ok(Some(row)) = reader.next_row()
        {
            small.take(row.data(), colour, y, (x, step));
            arrived += samples;
        }
    }
    let missing = 100 - u8::try_from(arrived * 100 / all.max(1)).ok()?;
    (arrived > 0).then(|| (small.finish(), missing))
}

/// Where the rows of the file lie: how far down, where the first pixel is and how far the next.
fn places(width: u32, height: u32, is_interlaced: bool) -> Vec<(u32, u32, u32)> {
    if !is_interlaced {
        return (0..height).map(|y| (y, 0, 1)).collect();
    }
    let pass = |(x, across, y, down): (u32, u32, u32, u32)| (y..height).step_by(down as usize).map(move |y| (y, x, across));
    PASSES.into_iter().filter(|pass| pass.0 < width).flat_map(pass).collect()
}

/// A picture that becomes smaller while its rows arrive.
struct Small {
    picture: Picture,
    factor: u32,
    /// The sums of the row of the small picture that is under way, and how many pixels they are.
    sums: Vec<[u32; 4]>,
    under_way: u32,
}

impl Small {
    fn new(width: u32, height: u32, factor: u32) -> Self {
        let (width, height) = (width.div_ceil(factor), height.div_ceil(factor));
        // What never arrives is grey, as in a JPEG.
        let rgb = vec![128; width as usize * height as usize * 3];
        Self { picture: Picture { width, height, rgb }, factor, sums: vec![[0; 4]; width as usize], under_way: 0 }
    }

    /// The rows of interlaced files do not come in order: of them the last pixel that falls on a place stays.
    fn take(&mut self, row: &[u8], colour: ColorType, y: u32, (x, step): (u32, u32)) {
        let pixels = (x..).step_by(step as usize).zip(row.chunks_exact(colour.samples()));
        let line = y / self.factor;
        if line != self.under_way || step > 1 {
            self.flush();
            self.under_way = line;
        }
        for (x, pixel) in pixels {
            let [r, g, b] = flat(pixel, colour).map(u32::from);
            if let Some(sum) = self.sums.get_mut((x / self.factor) as usize) {
                *sum = [sum[0] + r, sum[1] + g, sum[2] + b, sum[3] + 1];
            }
        }
        if self.factor == 1 {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let start = self.under_way as usize * self.sums.len() * 3;
        let line = self.picture.rgb[start..].chunks_exact_mut(3);
        for (pixel, sum) in line.zip(&mut self.sums).filter(|(_, sum)| sum[3] > 0) {
            pixel.copy_from_slice(&[0, 1, 2].map(|channel| ((sum[channel] + sum[3] / 2) / sum[3]) as u8));
            *sum = [0; 4];
        }
    }

    fn finish(mut self) -> Picture {
        self.flush();
        self.picture
    }
}

/// Eight bits on white.
fn flat(pixel: &[u8], colour: ColorType) -> [u8; 3] {
    let on_white = |colour: [u8; 3], alpha: u8| {
        let alpha = u32::from(alpha);
        colour.map(|value| ((u32::from(value) * alpha + 255 * (255 - alpha) + 127) / 255) as u8)
    };
    match colour {
        ColorType::Grayscale | ColorType::Indexed => [pixel[0]; 3],
        ColorType::GrayscaleAlpha => on_white([pixel[0]; 3], pixel[1]),
        ColorType::Rgb => [pixel[0], pixel[1], pixel[2]],
        ColorType::Rgba => on_white([pixel[0], pixel[1], pixel[2]], pixel[3]),
    }
}

/// Of a slice that is known to be long enough.
fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes[at..at + 4].iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
}
