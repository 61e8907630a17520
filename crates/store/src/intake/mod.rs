//! What 信息采集 knows beside its cases: employers and certificates.

pub mod certificate;
pub mod employer;
