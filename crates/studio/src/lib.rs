//! The rules of a photograph, the same in the browser and on the server (ux "beyond every peer" 2): pixels go in, a verdict and a
//! picture in the province's size come out. Decoding and encoding are left to whoever has a codec: the canvas of a browser,
//! the `image` crate of the server.

mod background;
mod border;
mod crop;
mod enlarged;
mod frame;
mod pixels;
mod scale;
mod search;
#[cfg(feature = "testing")]
pub mod testing;
mod verdict;
pub mod words;

#[cfg(test)]
mod tests;

pub use background::Background;
pub use border::Border;
pub use crop::{has_proportion, largest};
pub use frame::Frame;
pub use pixels::{Picture, Pixels, Rect, Rgba};
pub use scale::{scale, within};
pub use search::{Made, make};
pub use verdict::{Flaw, Rules, Verdict, judge};

/// No picture that is made here has a longer side.
pub const LONG_SIDE: u32 = 1600;
