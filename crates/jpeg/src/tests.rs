//! Small pictures of every kind that people have, as other programs write them, and what becomes of them when they are cut,
//! bent and lied about. Their motif is known, so that every pixel is compared.

use super::*;

macro_rules! cases {
    ($($name:literal),+) => { &[$(($name, include_bytes!(concat!("../cases/", $name, ".jpg")))),+] };
}

const COLOURED: &[(&str, &[u8])] = cases!(
    "base-420",
    "base-422",
    "base-444",
    "restarts-420",
    "rgb",
    "cmyk",
    "progressive-420",
    "progressive-444",
    "progressive-restarts",
    "progressive-cmyk"
);
const GREY: &[(&str, &[u8])] = cases!("grey", "progressive-grey");
const SCANS: &[u8] = include_bytes!("../cases/scans-420.jpg");
const WIDTH: u32 = 101;
const HEIGHT: u32 = 77;

fn motif(x: u32, y: u32) -> [u8; 3] {
    let colours = [[200, 30, 40], [20, 150, 60], [40, 60, 190], [180, 170, 60]];
    colours[usize::from(x >= 50) + 2 * usize::from(y >= 40)].map(|value: u8| value + (x % 50 / 2) as u8)
}

fn decoded(bytes: &[u8], reduction: Reduction) -> Decoded {
    decode(bytes, &Header::read(bytes).unwrap(), reduction).unwrap()
}

/// The largest distance of any channel from the motif, away from its seams.
fn distance(picture: &Decoded, reduction: Reduction, rows: u32, to: impl Fn([u8; 3]) -> [u8; 3]) -> u8 {
    let step = 8 / reduction.side() as u32;
    let mut most = 0;
    for y in 0..picture.size().1.min(rows) {
        for x in 0..picture.size().0 {
            let (from, middle) = ((x * step, y * step), (x * step + step / 2, y * step + step / 2));
            let at_seam = |at: u32, seam: u32| at + 16 > seam && at < seam + 16;
            if at_seam(from.0, 50) || from.0 + 16 > 100 || at_seam(from.1, 40) || from.1 + 8 > HEIGHT {
                continue;
            }
            let (seen, wanted) = (picture.at(x, y), to(motif(middle.0, middle.1)));
            most = (0..3).map(|channel| seen[channel].abs_diff(wanted[channel])).max().unwrap().max(most);
        }
    }
    most
}

fn luma([r, g, b]: [u8; 3]) -> [u8; 3] {
    [((299 * u32::from(r) + 587 * u32::from(g) + 114 * u32::from(b)) / 1000) as u8; 3]
}

#[test]
fn every_kind_looks_like_its_motif_at_every_size() {
    for reduction in Reduction::ALL {
        for (name, bytes) in COLOURED {
            let picture = decoded(bytes, reduction);
            assert_eq!(picture.size(), (reduction.of(WIDTH), reduction.of(HEIGHT)), "{name}");
            assert_eq!(picture.missing, 0, "{name}");
            let distance = distance(&picture, reduction, HEIGHT, |colour| colour);
            assert!(distance <= 12, "{name} at {reduction:?}: {distance}");
        }
        for (name, bytes) in GREY {
            let distance = distance(&decoded(bytes, reduction), reduction, HEIGHT, luma);
            assert!(distance <= 8, "{name} at {reduction:?}: {distance}");
        }
    }
}

#[test]
fn scans_of_single_sparse_colours_keep_their_colours() {
    let picture = decoded(SCANS, Reduction::None);
    let near = |x: u32, y: u32, to: [u8; 3]| picture.at(x, y).iter().zip(to).all(|(one, other)| one.abs_diff(other) < 25);
    assert!(near(32, 5, [20, 200, 40]) && near(8, 40, [200, 30, 40]) && near(56, 40, [67, 142, 219]));
}

#[test]
fn what_a_picture_takes_is_what_was_reckoned() {
    for (name, bytes) in COLOURED.iter().chain(GREY) {
        let header = Header::read(bytes).unwrap();
        for reduction in Reduction::ALL {
            let picture = decoded(bytes, reduction);
            let taken: usize = picture.planes.iter().map(|plane| plane.samples.capacity()).sum();
            assert_eq!(taken as u64, header.drawn(reduction), "{name} at {reduction:?}");
            assert_eq!(header.cost(reduction) > header.drawn(reduction), header.is_progressive(), "{name}");
        }
    }
}

/// The figures of the limits that stand on the page: what the largest pictures need, whatever they are.
#[test]
fn the_largest_pictures_stay_below_44_mib() {
    let frame = |marker: u8, side: u16, sampling: &[u8]| {
        let parts: Vec<u8> = (1..).zip(sampling).flat_map(|(id, sampling)| [id, *sampling, 0]).collect();
        let [high, low] = side.to_be_bytes();
        let length = 8 + parts.len() as u8;
        [&[0xFF, 0xD8, 0xFF, marker, 0, length, 8, high, low, high, low, sampling.len() as u8], &parts[..], &[0xFF, 0xD9]]
            .concat()
    };
    for sampling in [&[0x11][..], &[0x22, 0x11, 0x11], &[0x21, 0x11, 0x11], &[0x11, 0x11, 0x11], &[0x11, 0x11, 0x11, 0x11]] {
        let progressive = Header::read(&frame(0xC2, 4000, sampling)).unwrap();
        let reduction = if sampling.len() == 4 { Reduction::Quarter } else { Reduction::Half };
        assert!(progressive.cost(reduction) < 44 << 20, "{sampling:?} {}", progressive.cost(reduction));
        let sequential = Header::read(&frame(0xC0, 7071, sampling)).unwrap();
        assert!(sequential.cost(Reduction::Quarter) < 14 << 20, "{sampling:?}");
    }
}

#[test]
fn a_picture_without_its_end_is_whole() {
    for (name, bytes) in COLOURED.iter().chain(GREY) {
        for cut in [1, 2] {
            let picture = decoded(&bytes[..bytes.len() - cut], Reduction::None);
            assert!(picture.missing <= 1, "{name} {}", picture.missing);
        }
        // Noise, another picture or a second start instead of the end change nothing.
        for tail in [&b"\0\0\0"[..], &[0xFF, 0xD8, 0xFF, 0xE0], &[0xFF], b"trailing"] {
            let picture = decoded(&[&bytes[..bytes.len() - 2], tail].concat(), Reduction::None);
            assert!(picture.missing <= 1, "{name} {tail:?} {}", picture.missing);
        }
    }
}

#[test]
fn a_cut_picture_shows_what_is_there_and_says_how_much_is_not() {
    for name in ["base-420", "base-444", "restarts-420"] {
        let bytes = COLOURED.iter().find(|case| case.0 == name).unwrap().1;
        let scan = bytes.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap() + 14;
        let mut before = 100;
        for tenth in 1..10 {
            let picture = decoded(&bytes[..scan + (bytes.len() - scan) * tenth / 10], Reduction::None);
            assert!(picture.missing <= before && picture.missing > 0, "{name} {tenth} {} {before}", picture.missing);
            before = picture.missing;
            let rows = HEIGHT * u32::from(100 - picture.missing) / 100 / 16 * 16;
            let distance = distance(&picture, Reduction::None, rows, |colour| colour);
            assert!(distance <= 12, "{name} {tenth}: {distance}");
        }
    }
    let progressive = COLOURED.iter().find(|case| case.0 == "progressive-420").unwrap().1;
    assert_eq!(decoded(&progressive[..progressive.len() / 4], Reduction::None).missing, 100);
    assert_eq!(decoded(&progressive[..progressive.len() - 40], Reduction::None).missing, 0);
    // One pixel a block needs no details.
    assert_eq!(decoded(&progressive[..progressive.len() / 2], Reduction::Eighth).missing, 0);
}

#[test]
fn a_hole_between_restarts_is_only_a_hole() {
    let mut bytes = COLOURED.iter().find(|case| case.0 == "restarts-420").unwrap().1.to_vec();
    let third = bytes.windows(2).position(|pair| pair == [0xFF, 0xD2]).unwrap();
    bytes[third + 2..third + 6].fill(0);
    let picture = decoded(&bytes, Reduction::None);
    assert!(picture.missing < 30, "{}", picture.missing);
    assert!(distance(&picture, Reduction::None, 16, |colour| colour) <= 12);
}

#[test]
fn nothing_panics_whatever_the_bytes_are() {
    for (_, bytes) in COLOURED.iter().chain(GREY).chain(&[("scans", SCANS)]) {
        for end in 0..bytes.len() {
            if let Ok(header) = Header::read(&bytes[..end]) {
                let _ = decode(&bytes[..end], &header, Reduction::Half);
            }
        }
        for at in (0..bytes.len()).step_by(2) {
            for change in [0x5A, 0xFF] {
                let mut changed = bytes.to_vec();
                changed[at] ^= change;
                if let Ok(header) = Header::read(&changed).map_err(drop)
                    && header.width() < 500
                    && header.height() < 500
                {
                    Reduction::ALL.iter().for_each(|reduction| drop(decode(&changed, &header, *reduction)));
                }
            }
        }
    }
}

#[test]
fn what_no_browser_shows_is_unusual_and_what_is_no_picture_damaged() {
    assert_eq!(Header::read(b"\xFF\xD8\xFF\xD9"), Err(Flaw::Damaged));
    assert_eq!(Header::read(b"GIF89a"), Err(Flaw::Damaged));
    for marker in [0xC3, 0xC5, 0xC9, 0xCA] {
        let mut bytes = COLOURED[0].1.to_vec();
        let frame = bytes.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
        bytes[frame + 1] = marker;
        assert_eq!(Header::read(&bytes), Err(Flaw::Unusual), "{marker:x}");
    }
}

#[test]
fn thousands_of_scans_are_refused() {
    let bytes = COLOURED.iter().find(|case| case.0 == "progressive-420").unwrap().1;
    let scan = bytes.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap();
    let many = [&bytes[..scan], &bytes[scan..scan + 14].repeat(5000), &[0xFF, 0xD9]].concat();
    assert_eq!(decode(&many, &Header::read(&many).unwrap(), Reduction::None).unwrap_err(), Flaw::Damaged);
}

#[test]
fn exif_blocks_are_found_in_their_order() {
    let block = |text: &[u8]| [&[0xFF, 0xE1, 0, 8 + text.len() as u8], &b"Exif\0\0"[..], text].concat();
    let bytes = COLOURED[0].1;
    let two = [&bytes[..2], &block(b"one"), &block(b"other"), &bytes[2..]].concat();
    let header = Header::read(&two).unwrap();
    let found: Vec<_> = header.exif.iter().map(|range| &two[range.clone()]).collect();
    assert_eq!(found, [&b"one"[..], b"other"]);
}
