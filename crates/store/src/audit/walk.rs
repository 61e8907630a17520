//! Whether the audit trail stands as it was written.

use std::collections::BTreeMap;

use super::{AuditKey, AuditRow, Head, link};
use crate::conn::Reader;
use crate::db::Db;
use crate::error::StoreError;

/// The newest row of a chain, as it was at some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditHead {
    /// Number of the chain, from 0.
    pub chain: i64,
    /// Place of the row in its chain, from 1.
    pub seq: i64,
    /// Hash of the row; covers all rows before it too.
    pub hash: Vec<u8>,
}

impl Db {
    /// The heads of all chains that have one, now.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn audit_heads(&self) -> Result<Vec<AuditHead>, StoreError> {
        let (mut reader, mut heads) = (self.read().await?, Vec::new());
        for chain in 0..crate::door::CHAINS {
            if let Some(Head { seq, hash }) = reader.audit_head(chain).await? {
                heads.push(AuditHead { chain, seq, hash });
            }
        }
        Ok(heads)
    }

    /// Walks every chain, also while others write; answers how many rows stand, or the first (chain, seq) that does not fit:
    /// that was changed, follows a gap, is missing at the end, or differs from a head that was written down before.
    ///
    /// # Errors
    /// `NoAuditKey`, `Driver`.
    pub async fn verify_audit(&self, written_down: &[AuditHead]) -> Result<Result<u64, (i64, i64)>, StoreError> {
        let key = self.door.audit_key().ok_or(StoreError::NoAuditKey)?;
        let mut reader = self.read().await?;
        let mut known: BTreeMap<(i64, i64), Vec<&[u8]>> = BTreeMap::new();
        for head in written_down {
            known.entry((head.chain, head.seq)).or_default().push(&head.hash);
        }
        let mut rows = 0;
        for chain in 0..crate::door::CHAINS {
            match walk(&mut reader, &key, chain, &mut known).await? {
                Ok(stand) => rows += stand,
                Err(seq) => return Ok(Err((chain, seq))),
            }
        }
        Ok(known.keys().next().map_or(Ok(rows), |missing| Err(*missing)))
    }
}

async fn walk(
    reader: &mut Reader,
    key: &AuditKey,
    chain: i64,
    known: &mut BTreeMap<(i64, i64), Vec<&[u8]>>,
) -> Result<Result<u64, i64>, StoreError> {
    // Before the rows: what is written meanwhile comes after it.
    let head = reader.audit_head(chain).await?;
    let (mut rows, mut last, mut previous) = (0, 0, Vec::new());
    loop {
        let page = reader.list_audit(chain, last, 500).await?;
        if page.is_empty() {
            break;
        }
        for row in page {
            let is_written_down = |row: &AuditRow, hash: &[u8]| row.hash == hash;
            let head_fits = head.as_ref().filter(|head| head.seq == row.seq).is_none_or(|head| head.hash == row.hash);
            let known = known.remove(&(chain, row.seq)).unwrap_or_default();
            let fits = row.seq == last + 1 && row.previous == previous && row.hash == link(&row, key);
            if !fits || !head_fits || !known.iter().all(|hash| is_written_down(&row, hash)) {
                return Ok(Err(row.seq));
            }
            (last, previous, rows) = (row.seq, row.hash, rows + 1);
        }
    }
    let is_short = match head {
        Some(head) => head.seq > last,
        None => last > 0 && reader.audit_head(chain).await?.is_none(),
    };
    Ok(if is_short { Err(last + 1) } else { Ok(rows) })
}
