//! Pictures of papers for tests and workloads, drawn by other formulas than those that look at them, each from a seed.

mod camera;
mod canvas;
mod dice;
mod papers;
mod rates;
mod scene;
mod screens;
mod shots;

pub use dice::Dice;
pub use papers::Paper;
pub use rates::{Rates, Set, measure, shots};
pub use shots::{Planted, Shot, clean, flawed, papers};
