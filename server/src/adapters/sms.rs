//! The ways to the telephones: the demonstration keeps what it would have sent; elsewhere a spool folder is read by the
//! gateway of the province.

use std::path::PathBuf;
use std::sync::Arc;

use futures::FutureExt;
use futures::future::BoxFuture;
use service::vault::Vault;
use service::{Clock, OutgoingSms, Sms, SmsError};
use store::notify::sent_sms::SentSmsRow;
use store::{Db, StoreError};

use crate::disk;

/// Keeps messages in the database, sealed, to be read at `/demo`.
pub struct DemoSms {
    pub db: Db,
    pub vault: Arc<Vault>,
    pub clock: Arc<dyn Clock>,
}

impl Sms for DemoSms {
    fn send<'a>(&'a self, message: &'a OutgoingSms) -> BoxFuture<'a, Result<(), SmsError>> {
        async move {
            let body = serde_json::to_vec(message).map_err(|error| SmsError(error.to_string()))?;
            let row = SentSmsRow {
                id: message.id.clone(),
                province: message.province.clone(),
                purpose: message.purpose.clone(),
                payload_sealed: self.vault.seal("sent_sms.payload", &message.id, &body),
                at: self.clock.now(),
            };
            let kept = self.db.write::<_, StoreError, _>(move |tx| async move { tx.insert_sent_sms(&row).await }.boxed()).await;
            kept.map_err(|error| SmsError(error.to_string()))
        }
        .boxed()
    }
}

/// Writes each message as a JSON file into a folder that the gateway empties. The name is the id, so that a repeated
/// hand-over makes no second message.
pub struct SpoolSms {
    pub folder: PathBuf,
}

impl Sms for SpoolSms {
    fn send<'a>(&'a self, message: &'a OutgoingSms) -> BoxFuture<'a, Result<(), SmsError>> {
        let (folder, message) = (self.folder.clone(), message.clone());
        async move {
            let written = tokio::task::spawn_blocking(move || -> std::io::Result<()> {
                disk::write(&folder.join(format!("{}.json", message.id)), &serde_json::to_vec(&message)?)
            })
            .await;
            match written {
                Ok(Ok(())) => Ok(()),
                Ok(Err(error)) => Err(SmsError(format!("spool: {:?}", error.kind()))),
                Err(_) => Err(SmsError("the task ended".into())),
            }
        }
        .boxed()
    }
}
