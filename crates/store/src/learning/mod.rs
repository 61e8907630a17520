//! 继续教育: the ledger of credits, what the cases of 学分折算 ask for, when their originals were asked for, and what was
//! noted of their persons; classes, the institutions that may hold them for everybody, and what managers are asked about them.

pub mod class;
pub mod class_request;
pub mod conversion;
pub mod entry;
pub mod export;
pub mod inspection;
pub mod institution;
pub mod integrity;
