//! The audit trail: rows chained by a keyed hash, written in the transaction of what they tell, never changed.

mod end;
mod key;
mod walk;

pub use key::AuditKey;
pub use walk::AuditHead;

pub(crate) use end::End;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use chrono::{DateTime, SecondsFormat, Utc};

/// Something that was done. `detail` names no person and holds no number of a document or a telephone.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditRow {
    /// Number of the chain, from 0.
    pub chain: i64,
    /// Place in the chain, from 1.
    pub seq: i64,
    /// When it was done, in UTC.
    pub at: DateTime<Utc>,
    /// Who did it: `visitor`, `accountant`, `staff`, `operator` or `system`.
    pub actor_kind: String,
    /// Id of the account, staff member or visitor's session that did it, or the name of the part of the house.
    pub actor_id: String,
    /// What was done, as a word such as `sign_out`.
    pub action: String,
    /// What it was done to, as a word such as `case`.
    pub object_kind: String,
    /// Id of what it was done to.
    pub object_id: String,
    /// JSON that names no person and no number of a document or a telephone.
    pub detail: String,
    /// Id of the request that did it; empty for what no request did.
    pub request_id: String,
    /// Hash of the row before it in the chain; empty for the first.
    pub previous: Vec<u8>,
    /// Keyed hash over this row and the hash before it.
    pub hash: Vec<u8>,
}

/// What the service says; chain, sequence and hashes are added here.
#[derive(Clone, Debug)]
pub struct Entry {
    /// When it was done, in UTC.
    pub at: DateTime<Utc>,
    /// Who did it: `visitor`, `accountant`, `staff`, `operator` or `system`.
    pub actor_kind: &'static str,
    /// Id of the account, staff member or visitor's session that did it, or the name of the part of the house.
    pub actor_id: String,
    /// What was done, as a word such as `sign_out`.
    pub action: &'static str,
    /// What it was done to, as a word such as `case`.
    pub object_kind: &'static str,
    /// Id of what it was done to.
    pub object_id: String,
    /// JSON that names no person and no number of a document or a telephone.
    pub detail: String,
    /// Id of the request that did it; empty for what no request did.
    pub request_id: String,
}

#[derive(Clone, sqlx::FromRow)]
pub(crate) struct Head {
    pub(crate) seq: i64,
    pub(crate) hash: Vec<u8>,
}

sql! {
    HEAD = "INSERT INTO audit_head (chain, seq, hash) VALUES ($1, 1, $2)
        ON CONFLICT (chain) DO UPDATE SET seq = audit_head.seq + 1 RETURNING seq, hash";
    INSERT = "INSERT INTO audit
        (chain, seq, at, actor_kind, actor_id, action, object_kind, object_id, detail, request_id, previous, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    LIST = "SELECT chain, seq, at, actor_kind, actor_id, action, object_kind, object_id, detail, request_id, previous, hash
        FROM audit WHERE chain = $1 AND seq > $2 ORDER BY seq LIMIT $3";
    OF_OBJECT = "SELECT chain, seq, at, actor_kind, actor_id, action, object_kind, object_id, detail, request_id, previous, hash
        FROM audit WHERE object_kind = $1 AND object_id = $2 ORDER BY at, chain, seq LIMIT 500";
    HEADS = "SELECT seq, hash FROM audit_head WHERE chain = $1";
}

impl Reader {
    /// Rows of a chain after a sequence number.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_audit(&mut self, chain: i64, after: i64, limit: i64) -> Result<Vec<AuditRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(LIST).bind(chain).bind(after).bind(limit).fetch_all(c))?)
    }

    /// What was done with one object.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_audit_of(&mut self, kind: &str, id: &str) -> Result<Vec<AuditRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_OBJECT).bind(kind).bind(id).fetch_all(c))?)
    }

    pub(crate) async fn audit_head(&mut self, chain: i64) -> Result<Option<Head>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(HEADS).bind(chain).fetch_optional(c))?)
    }
}

impl Tx {
    /// Adds a row to the chain of this transaction; a trigger puts its number and hash at the head. It is the last statement of a write:
    /// on PostgreSQL the head of the chain stays locked until the commit, and on SQLite the row goes with what ends the write.
    ///
    /// # Errors
    /// `NoAuditKey`, `Driver`.
    pub async fn audit(&mut self, entry: &Entry) -> Result<(), StoreError> {
        let (chain, key) = (self.chain, self.audit_key.clone().ok_or(StoreError::NoAuditKey)?);
        // The second row of a transaction, and on SQLite of all that commit together, knows what the first one found and left.
        let head = match self.head.take() {
            Some(Head { seq, hash }) => Head { seq: seq + 1, hash },
            None => on!(self, |c| sqlx::query_as(HEAD).bind(chain).bind(Vec::<u8>::new()).fetch_one(c))?,
        };
        if let Some(before) = self.last.take() {
            self.put(INSERT, &before).await?;
        }
        let mut row = AuditRow {
            chain,
            seq: head.seq,
            at: entry.at,
            actor_kind: entry.actor_kind.into(),
            actor_id: entry.actor_id.clone(),
            action: entry.action.into(),
            object_kind: entry.object_kind.into(),
            object_id: entry.object_id.clone(),
            detail: entry.detail.clone(),
            request_id: entry.request_id.clone(),
            previous: head.hash,
            hash: Vec::new(),
        };
        row.hash = link(&row, &key);
        let head = Head { seq: row.seq, hash: row.hash.clone() };
        if self.is_alone() {
            self.last = Some(row);
        } else {
            self.put(INSERT, &row).await?;
        }
        self.head = Some(head);
        Ok(())
    }

    /// Writes a row by the statement for it, or by one with something behind it.
    async fn put(&mut self, statement: &'static str, row: &AuditRow) -> Result<(), sqlx::Error> {
        change!(self, |c| sqlx::query(statement)
            .bind(row.chain)
            .bind(row.seq)
            .bind(row.at)
            .bind(&row.actor_kind)
            .bind(&row.actor_id)
            .bind(&row.action)
            .bind(&row.object_kind)
            .bind(&row.object_id)
            .bind(&row.detail)
            .bind(&row.request_id)
            .bind(&row.previous)
            .bind(&row.hash)
            .execute(c))
        .map(|_| ())
    }
}

/// The hash of a row over everything in it and the hash before it.
fn link(row: &AuditRow, key: &AuditKey) -> Vec<u8> {
    let at = row.at.to_rfc3339_opts(SecondsFormat::Micros, true);
    let (chain, seq) = (row.chain.to_be_bytes(), row.seq.to_be_bytes());
    let texts =
        [&at, &row.actor_kind, &row.actor_id, &row.action, &row.object_kind, &row.object_id, &row.detail, &row.request_id];
    let parts: Vec<&[u8]> =
        [&chain[..], &seq].into_iter().chain(texts.iter().map(|text| text.as_bytes())).chain([&row.previous[..]]).collect();
    key.sign("row", &parts)
}
