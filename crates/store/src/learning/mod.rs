//! 继续教育: the ledger of credits, what the cases of 学分折算 ask for, and when their originals were asked for.

pub mod class;
pub mod conversion;
pub mod entry;
pub mod inspection;
