//! The measures of a JPEG or PNG, read without decoding, and what decoding it will cost.

use std::borrow::Cow;

use domain::fault::Fault;
use image::metadata::Orientation;

/// Bytes that one inspection may take.
const MEMORY: u64 = 48 << 20;
/// Of these, what small things take: tables, rows, the encoder.
const SMALL_THINGS: u64 = 1 << 20;
/// The picture that is shown or made of it, at its largest.
const MAX_VIEW_BYTES: u64 = studio::LONG_SIDE as u64 * studio::LONG_SIDE as u64 * 3;
const MAX_PIXELS: u64 = 13_000_000;
/// Bytes that the PNG decoder may take for its rows.
pub(super) const PNG_ROWS: u64 = 4 << 20;
/// A progressive photograph has about ten scans; thousands of them are an attack on the processor.
const MAX_SCANS: u32 = 100;
const MAX_EXIF: usize = 1 << 16;
const PNG_MAGIC: &[u8] = b"\x89PNG\r\n\x1a\n";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Jpeg,
    Png,
}

impl Kind {
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Some(Kind::Jpeg),
            _ => bytes.starts_with(PNG_MAGIC).then_some(Kind::Png),
        }
    }

    pub(super) fn is_among(self, kinds: &[String]) -> bool {
        kinds.iter().any(|kind| match self {
            Kind::Jpeg => kind == "jpg" || kind == "jpeg",
            Kind::Png => kind == "png",
        })
    }

    pub(super) fn media_type(self) -> &'static str {
        match self {
            Kind::Jpeg => "image/jpeg",
            Kind::Png => "image/png",
        }
    }
}

/// `decoded` is the length of the decoded pixels in bytes, `stream` what the decoder shall read.
#[derive(Debug)]
pub(super) struct Header<'a> {
    pub kind: Kind,
    pub width: u32,
    pub height: u32,
    pub decoded: u64,
    pub orientation: Orientation,
    pub stream: Cow<'a, [u8]>,
}

pub(super) fn read(bytes: &[u8], kind: Kind) -> Result<Header<'_>, Fault> {
    match kind {
        Kind::Jpeg => jpeg(bytes),
        Kind::Png => png(bytes),
    }
}

/// Refuses what would need too much: `decoded` and `extra` bytes while decoding, `decoded` and the view while shrinking,
/// and the copy of the file in both.
fn within_limits(width: u32, height: u32, decoded: u64, extra: u64, file: usize) -> Result<(), Fault> {
    let count = u64::from(width) * u64::from(height);
    if count == 0 {
        return Err(Fault::FileDamaged);
    }
    let room = MEMORY.saturating_sub(SMALL_THINGS + file as u64);
    let needed = decoded.saturating_add(extra.max(view_bytes(width, height)));
    if count <= MAX_PIXELS && needed <= room {
        return Ok(());
    }
    let room = u128::from(room.saturating_sub(MAX_VIEW_BYTES));
    let affordable = room * u128::from(count) / u128::from(decoded.saturating_add(extra).max(1));
    let megapixels = affordable.min(MAX_PIXELS.into()) / 1_000_000;
    Err(Fault::FilePixels { max_megapixels: u32::try_from(megapixels.max(1)).unwrap_or(1) })
}

/// What the picture that is shown takes in memory.
fn view_bytes(width: u32, height: u32) -> u64 {
    let (width, height) = studio::within(width, height, studio::LONG_SIDE);
    u64::from(width) * u64::from(height) * 3
}

fn png(bytes: &[u8]) -> Result<Header<'_>, Fault> {
    let damaged = Fault::FileDamaged;
    // The first chunk is always IHDR, so that a bomb is known by 24 bytes.
    let ihdr = bytes.get(16..29).filter(|_| bytes.get(8..16) == Some(b"\0\0\0\x0DIHDR")).ok_or(damaged.clone())?;
    let (width, height, depth) = (u32_at(ihdr, 0), u32_at(ihdr, 4), u64::from(ihdr[8]));
    let channels = match ihdr[9] {
        0 => 1,
        2 | 3 => 3,
        4 => 2,
        6 => 4,
        _ => return Err(damaged),
    };
    // With tRNS there may be one more channel, which is known only further on.
    let sample = depth.div_ceil(8);
    let cost = |channels: u64| (u64::from(width) * u64::from(height)).saturating_mul(channels * sample);
    let extra = PNG_ROWS + bytes.len() as u64;
    within_limits(width, height, cost(channels), extra, 0)?;
    let (stream, transparent, orientation) = essential_chunks(bytes)?;
    let decoded = cost(channels + u64::from(transparent && ihdr[9] != 4 && ihdr[9] != 6));
    within_limits(width, height, decoded, extra, 0)?;
    Ok(Header { kind: Kind::Png, width, height, decoded, orientation, stream: Cow::Owned(stream) })
}

/// The PNG without everything that is not its first picture: no text, no profile, no further frames. What is not there
/// cannot be unpacked into gigabytes.
fn essential_chunks(bytes: &[u8]) -> Result<(Vec<u8>, bool, Orientation), Fault> {
    let (mut stream, mut at) = (Vec::with_capacity(bytes.len()), PNG_MAGIC.len());
    let (mut transparent, mut orientation) = (false, Orientation::NoTransforms);
    stream.extend_from_slice(PNG_MAGIC);
    loop {
        let head = bytes.get(at..at + 8).ok_or(Fault::FileDamaged)?;
        let length = u32_at(head, 0) as usize;
        let chunk = at.checked_add(12 + length).and_then(|end| bytes.get(at..end)).ok_or(Fault::FileDamaged)?;
        match &head[4..] {
            b"eXIf" if length <= MAX_EXIF => orientation = exif_orientation(&chunk[8..8 + length]),
            b"tRNS" => transparent = true,
            _ => {}
        }
        if matches!(&head[4..], b"IHDR" | b"PLTE" | b"tRNS" | b"IDAT" | b"IEND") {
            stream.extend_from_slice(chunk);
        }
        if &head[4..] == b"IEND" {
            return Ok((stream, transparent, orientation));
        }
        at += chunk.len();
    }
}

#[derive(Default)]
struct Frame {
    width: u32,
    height: u32,
    sampling: Vec<(u64, u64)>,
    progressive: bool,
}

fn jpeg(bytes: &[u8]) -> Result<Header<'_>, Fault> {
    let (mut frame, mut scans, mut all_in_one) = (None::<Frame>, 0, true);
    let mut orientation = Orientation::NoTransforms;
    let mut at = 2;
    loop {
        let (marker, after) = next_marker(bytes, at).ok_or(Fault::FileDamaged)?;
        match marker {
            0x01 | 0xD0..=0xD7 => {
                at = after;
                continue;
            }
            0xD9 if scans > 0 => break,
            0xD8 | 0xD9 => return Err(Fault::FileDamaged),
            _ => {}
        }
        let length = usize::from(u16_at(bytes, after).filter(|length| *length >= 2).ok_or(Fault::FileDamaged)?);
        let segment = bytes.get(after + 2..after + length).ok_or(Fault::FileDamaged)?;
        match marker {
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                let new = start_of_frame(marker, segment).filter(|_| frame.is_none()).ok_or(Fault::FileDamaged)?;
                let pixels = u64::from(new.width) * u64::from(new.height);
                within_limits(new.width, new.height, pixels * channels(&new), 0, bytes.len())?;
                frame = Some(new);
            }
            0xDA => {
                let count = frame.as_ref().ok_or(Fault::FileDamaged)?.sampling.len();
                all_in_one &= scans > 0 || segment.first().is_some_and(|some| usize::from(*some) == count);
                scans += 1;
            }
            0xE1 => orientation = segment.strip_prefix(b"Exif\0\0").map_or(orientation, exif_orientation),
            _ => {}
        }
        if scans > MAX_SCANS {
            return Err(Fault::FileDamaged);
        }
        at = after + length;
    }
    let frame = frame.ok_or(Fault::FileDamaged)?;
    // zune-jpeg 0.5.15 mixes up the components of these: a refusal is better than a face in wrong colours.
    let is_sparse = frame.sampling.iter().any(|sampling| *sampling != frame.sampling[0]);
    if !all_in_one && !frame.progressive && is_sparse {
        return Err(Fault::FileScans);
    }
    let (decoded, extra) = jpeg_cost(&frame, all_in_one);
    within_limits(frame.width, frame.height, decoded, extra, bytes.len())?;
    let (width, height) = (frame.width, frame.height);
    Ok(Header { kind: Kind::Jpeg, width, height, decoded, orientation, stream: Cow::Borrowed(bytes) })
}

/// The next marker that is neither filling nor part of coded data, and where it ends.
fn next_marker(bytes: &[u8], mut at: usize) -> Option<(u8, usize)> {
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xFF)? + 1;
        at += bytes.get(at..)?.iter().position(|byte| *byte != 0xFF)?;
        let marker = *bytes.get(at)?;
        at += 1;
        if marker != 0 {
            return Some((marker, at));
        }
    }
}

fn start_of_frame(marker: u8, segment: &[u8]) -> Option<Frame> {
    let (height, width, count) = (u16_at(segment, 1)?, u16_at(segment, 3)?, usize::from(*segment.get(5)?));
    let sampling: Vec<_> =
        segment.get(6..6 + 3 * count)?.chunks(3).map(|part| ((part[1] >> 4).into(), (part[1] & 15).into())).collect();
    let usual = sampling.iter().all(|(across, down)| (1..=4).contains(across) && (1..=4).contains(down));
    let frame = Frame { width: width.into(), height: height.into(), sampling, progressive: marker & 3 == 2 };
    (matches!(count, 1 | 3 | 4) && usual).then_some(frame)
}

fn channels(frame: &Frame) -> u64 {
    if frame.sampling.len() == 1 { 1 } else { 3 }
}

/// Decoded bytes, and bytes that the decoder takes besides: rows, and when it cannot go row by row, two bytes for every
/// coefficient of every component.
fn jpeg_cost(frame: &Frame, all_in_one: bool) -> (u64, u64) {
    let (width, height) = (u64::from(frame.width), u64::from(frame.height));
    let across = frame.sampling.iter().map(|sampling| sampling.0).max().unwrap_or(1);
    let down = frame.sampling.iter().map(|sampling| sampling.1).max().unwrap_or(1);
    let units = width.div_ceil(8 * across) * height.div_ceil(8 * down);
    let blocks: u64 = frame.sampling.iter().map(|(across, down)| across * down).sum();
    let coefficients = if frame.progressive || !all_in_one { units * blocks * 128 } else { 0 };
    let rows = width.next_multiple_of(8 * across) * down * 8 * 2 * 3 * frame.sampling.len() as u64;
    (width * height * channels(frame), coefficients + rows)
}

fn exif_orientation(exif: &[u8]) -> Orientation {
    Orientation::from_exif_chunk(exif).unwrap_or(Orientation::NoTransforms)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
}

/// Of a slice that is known to be long enough.
fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes[at..at + 4].iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
}
