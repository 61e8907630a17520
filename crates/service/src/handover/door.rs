//! The way of a file from a telephone into the slot: what must still hold in the moment in which it is kept.

use domain::case::Refusal;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use store::case::attachment::AttachmentRow;
use store::handover::{HandoverFileRow, HandoverRow};
use store::{Reader, Tx};

use super::is_open;
use crate::case::Door;
use crate::{Failure, Services};

/// A file that a telephone sent by a hand-over. That its session stands is asked by the write itself (`Visit::write`).
pub(super) struct ByPhone {
    pub services: Services,
    pub row: HandoverRow,
    /// Keyed hash of the telephone.
    pub device: Vec<u8>,
    /// SHA-256 of what was sent, in hexadecimal digits.
    pub sent: String,
}

impl ByPhone {
    async fn judge(&self, tx: &mut Tx, files: &[AttachmentRow]) -> Result<(), Failure> {
        let row = tx.lock_handover(&self.row.id).await?.filter(|row| is_open(row, self.services.now()));
        let row = row.filter(|row| files.iter().all(|file| (&file.case_id, &file.slot) == (&row.case_id, &row.slot)));
        let row = row.ok_or(Refusal::HandoverVoid)?;
        match row.device_hash {
            Some(device) if device != self.device => return Err(Refusal::HandoverElsewhere.into()),
            Some(_) => {}
            None => tx.bind_handover(&row.id, &self.device).await?,
        }
        for file in files {
            let file = HandoverFileRow { attachment_id: file.id.clone(), sent_sha256: self.sent.clone() };
            tx.add_handover_file(&row.id, &file).await?;
        }
        Ok(())
    }
}

impl Door for ByPhone {
    fn came_before<'a>(&'a self, reader: &'a mut Reader) -> BoxFuture<'a, Result<Vec<String>, Failure>> {
        let same = async move {
            let files = reader.list_handover_files(&self.row.id).await?.into_iter();
            let same: Vec<String> = files.filter(|file| file.sent_sha256 == self.sent).map(|file| file.attachment_id).collect();
            Ok::<_, Failure>(same)
        };
        same.boxed()
    }

    fn pass<'a>(&'a self, tx: &'a mut Tx, files: &'a [AttachmentRow]) -> BoxFuture<'a, Result<(), Failure>> {
        self.judge(tx, files).boxed()
    }

    fn noted(&self) -> Value {
        json!({ "handover": self.row.id })
    }
}
