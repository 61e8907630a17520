//! 继续教育: the ledger of credits, and what the cases of 学分折算 ask for.

pub mod conversion;
pub mod entry;
