//! What an uploaded picture may be. These figures stand on the pages, and there are no others.

/// Millions of pixels that a picture may have.
pub const MEGAPIXELS: u32 = 50;
/// The same for a progressive JPEG, of which much must be kept until its end.
pub const PROGRESSIVE_MEGAPIXELS: u32 = 16;
/// Most bytes of an upload of which a JPEG is made, because its slot does not keep its format.
pub const MOST_BYTES_TO_CONVERT: u32 = 10 * 1024 * 1024;
