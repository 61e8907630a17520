//! 继续教育: the years of a person, and 学分折算 (手册甲 三, 手册乙 7).

pub mod api;
mod asked;
mod card;
mod classes;
mod conversion;
mod exams;
#[cfg(feature = "ssr")]
pub mod gallery;
mod handed_in;
mod list;
mod new;
mod originals;
mod record;
mod requests;
mod side;
pub mod words;

pub use card::{card, in_short};
pub use conversion::ConversionPage;
pub use list::ConversionsPage;
pub use new::NewConversionPage;
pub use record::LearningPage;
