//! 继续教育: the ledger of credits, what the cases of 学分折算 ask for, when their originals were asked for, and what was
//! noted of their persons.

pub mod class;
pub mod conversion;
pub mod entry;
pub mod inspection;
pub mod integrity;
