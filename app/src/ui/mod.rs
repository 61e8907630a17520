//! Components: few, hand-made, semantic. Each is shown in every state on the gallery page.

pub mod browser;
pub mod captcha;
pub mod elder;
pub mod field;
pub mod finding;
pub mod form;
pub mod format;
pub mod gallery;
pub mod kept;
pub mod lines;
pub mod marked;
pub mod page;
pub mod parts;
pub mod search;
pub mod send_code;
pub mod sentence;
pub mod slider;
pub mod steps;
pub mod table;
pub mod text_area;
pub mod track;
pub mod upload;
pub mod words;
