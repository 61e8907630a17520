//! HTTP tests: the real router over empty databases, and the real program. One crate, so that it is linked once.

#[cfg(test)]
mod access;
#[cfg(test)]
mod amend;
#[cfg(test)]
mod annulments;
#[cfg(test)]
mod appeal;
#[cfg(test)]
#[path = "../attacks/mod.rs"]
mod attacks;
#[cfg(test)]
mod audit;
#[cfg(test)]
mod certificate;
#[cfg(test)]
mod changes;
#[cfg(test)]
mod claims;
#[cfg(test)]
mod closing_request;
#[cfg(test)]
mod closings;
#[cfg(test)]
mod confirmation;
#[cfg(test)]
mod counter;
#[cfg(test)]
mod credits;
#[cfg(test)]
mod cross_site;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod elder;
#[cfg(test)]
mod employers;
#[cfg(test)]
mod filling_in;
#[cfg(test)]
mod framed;
#[cfg(test)]
mod handover;
#[cfg(test)]
mod headers;
#[cfg(test)]
mod home;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod identity;
#[cfg(test)]
mod imports;
#[cfg(test)]
mod integrity_export;
#[cfg(test)]
mod killed;
#[cfg(test)]
mod killed_batch;
#[cfg(test)]
mod late;
#[cfg(test)]
mod learning;
#[cfg(test)]
mod left;
#[cfg(test)]
mod look_up;
#[cfg(test)]
mod national;
#[cfg(test)]
mod no_personal_data;
#[cfg(test)]
mod orphans;
#[cfg(test)]
mod penalties;
#[cfg(test)]
mod phone_change;
#[cfg(test)]
mod portal;
#[cfg(test)]
mod print;
#[cfg(test)]
mod profiles;
#[cfg(test)]
mod promises;
#[cfg(test)]
mod questions;
#[cfg(test)]
mod queue;
#[cfg(test)]
mod receipt;
#[cfg(test)]
mod record;
mod relocation;
mod remarks;
#[cfg(test)]
mod school_interface;
#[cfg(test)]
mod schools;
#[cfg(test)]
mod serve;
#[cfg(test)]
mod settings;
#[cfg(test)]
mod statements;
#[cfg(test)]
mod status;
#[cfg(test)]
mod support;
#[cfg(test)]
mod transfers;
mod troubles;
#[cfg(test)]
mod two_servers;
#[cfg(test)]
mod uploads;
#[cfg(test)]
mod wanted;
#[cfg(test)]
mod ways;
#[cfg(test)]
mod weight;
#[cfg(test)]
mod words;
