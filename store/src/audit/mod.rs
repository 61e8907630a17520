//! The audit trail: rows chained by hash, written in the transaction of what they tell, never changed.

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use chrono::{DateTime, SecondsFormat, Utc};
use sha2::{Digest, Sha256};

/// Something that was done. `detail` names no person and holds no number of a document or a telephone.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditRow {
    pub chain: i64,
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub actor_kind: String,
    pub actor_id: String,
    pub action: String,
    pub object_kind: String,
    pub object_id: String,
    pub detail: String,
    pub request_id: String,
    pub previous: Vec<u8>,
    pub hash: Vec<u8>,
}

/// What the service says; chain, sequence and hashes are added here.
#[derive(Clone, Debug)]
pub struct Entry {
    pub at: DateTime<Utc>,
    pub actor_kind: &'static str,
    pub actor_id: String,
    pub action: &'static str,
    pub object_kind: &'static str,
    pub object_id: String,
    pub detail: String,
    pub request_id: String,
}

#[derive(sqlx::FromRow)]
struct Head {
    seq: i64,
    hash: Vec<u8>,
}

sql! {
    HEAD = "INSERT INTO audit_head (chain, seq, hash) VALUES ($1, 1, $2)
        ON CONFLICT (chain) DO UPDATE SET seq = audit_head.seq + 1 RETURNING seq, hash";
    SET_HEAD = "UPDATE audit_head SET hash = $2 WHERE chain = $1";
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

    /// Walks every chain, also while others write; answers how many rows stand, or the first (chain, seq) that does not fit:
    /// that was changed, follows a gap, or is missing at the end.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn verify_audit(&mut self) -> Result<Result<u64, (i64, i64)>, StoreError> {
        let mut rows = 0;
        for chain in 0..crate::door::CHAINS {
            // Before the rows: what is written meanwhile comes after it.
            let head = self.audit_head(chain).await?;
            let mut previous = Vec::new();
            let mut last = 0;
            loop {
                let page = self.list_audit(chain, last, 500).await?;
                if page.is_empty() {
                    break;
                }
                for row in page {
                    let is_head = head.as_ref().is_some_and(|head| head.seq == row.seq);
                    let fits = row.seq == last + 1 && row.previous == previous && row.hash == link(&row);
                    if !fits || (is_head && head.as_ref().is_some_and(|head| head.hash != row.hash)) {
                        return Ok(Err((chain, row.seq)));
                    }
                    (last, previous, rows) = (row.seq, row.hash, rows + 1);
                }
            }
            let is_short = match head {
                Some(head) => head.seq > last,
                None => last > 0 && self.audit_head(chain).await?.is_none(),
            };
            if is_short {
                return Ok(Err((chain, last + 1)));
            }
        }
        Ok(Ok(rows))
    }

    async fn audit_head(&mut self, chain: i64) -> Result<Option<Head>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(HEADS).bind(chain).fetch_optional(c))?)
    }
}

impl Tx {
    /// Adds a row to the chain of this transaction. It is the last statement of a write: on PostgreSQL the head of the
    /// chain stays locked until the commit.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn audit(&mut self, entry: &Entry) -> Result<(), StoreError> {
        let chain = self.chain;
        let head: Head = on!(self, |c| sqlx::query_as(HEAD).bind(chain).bind(Vec::<u8>::new()).fetch_one(c))?;
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
        row.hash = link(&row);
        change!(self, |c| sqlx::query(INSERT)
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
            .execute(c))?;
        change!(self, |c| sqlx::query(SET_HEAD).bind(chain).bind(&row.hash).execute(c))?;
        Ok(())
    }
}

/// The hash of a row over everything in it and the hash before it; lengths keep two rows from reading alike.
fn link(row: &AuditRow) -> Vec<u8> {
    let at = row.at.to_rfc3339_opts(SecondsFormat::Micros, true);
    let mut hash = Sha256::new();
    hash.update(row.chain.to_be_bytes());
    hash.update(row.seq.to_be_bytes());
    let texts =
        [&at, &row.actor_kind, &row.actor_id, &row.action, &row.object_kind, &row.object_id, &row.detail, &row.request_id];
    for text in texts {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    hash.update(&row.previous);
    hash.finalize().to_vec()
}
