//! A JPEG, decoded as small as it may be.

use domain::fault::Fault;
use domain::picture::{MEGAPIXELS, PROGRESSIVE_MEGAPIXELS};
use image::metadata::Orientation;
use jpeg::{Flaw, Header, Reduction};

use super::memory::{Wanted, fits, measure};
use super::pixels::{Decoded, Pixelled};

pub(super) fn decode(bytes: &[u8], wanted: Wanted) -> Result<Decoded, Fault> {
    let header = Header::read(bytes).map_err(fault)?;
    let (width, height) = (header.width(), header.height());
    let max_megapixels = if header.is_progressive() { PROGRESSIVE_MEGAPIXELS } else { MEGAPIXELS };
    measure(width, height, max_megapixels)?;
    let is_enough = |reduction: &Reduction| wanted.is_met((width, height), (reduction.of(width), reduction.of(height)));
    let is_affordable = |reduction: &Reduction| {
        let drawn = header.drawn(*reduction);
        fits(drawn, header.cost(*reduction) - drawn)
    };
    // As small as is enough, or smaller where that is too dear.
    let smallest = Reduction::ALL.into_iter().rfind(is_enough).unwrap_or(Reduction::None);
    let mut affordable = Reduction::ALL.into_iter().filter(|reduction| *reduction >= smallest);
    let reduction = affordable.find(is_affordable).ok_or(Fault::FilePixels(max_megapixels))?;
    let decoded = jpeg::decode(bytes, &header, reduction).map_err(fault)?;
    // Some programs write several blocks; the first that says something counts.
    let blocks = header.exif.iter().filter_map(|block| bytes.get(block.clone()));
    let orientation = blocks.into_iter().find_map(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms);
    let missing = decoded.missing;
    Ok(Decoded { pixels: Pixelled::Jpeg(decoded), width, height, orientation, missing })
}

fn fault(flaw: Flaw) -> Fault {
    match flaw {
        Flaw::Damaged => Fault::FileDamaged,
        Flaw::Unusual => Fault::FileUnusual,
    }
}
