//! What is signed is kept for years: PDF/A-3b with the signed statement attached (A-2b takes no attachment).

use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::metadata::{DateTime, Metadata};
use krilla::{Document, SerializeSettings};

use crate::Unprintable;
use crate::draw::broken;

/// What is attached, who signed it, and when: year, month, day.
pub(crate) struct Attached<'a> {
    pub title: &'a str,
    pub author: &'a str,
    /// Name and contents.
    pub statement: &'a (String, String),
    pub on: (u16, u8, u8),
}

/// An empty document with the statement inside. It carries no time but that of the statement and no random number, so that the same
/// one gives the same bytes.
pub(crate) fn document(of: &Attached<'_>) -> Result<Document, Unprintable> {
    let archival = ConfigurationBuilder::new().with_archival_validator(Archival::A3_B).finish();
    let configuration = archival.map_err(|_| broken("the version of PDF/A"))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let (year, month, day) = of.on;
    let at = DateTime::new(year).month(month).day(day);
    let metadata = Metadata::new().title(of.title.to_owned()).language("zh-CN".to_owned());
    document.set_metadata(metadata.authors(vec![of.author.to_owned()]).creation_date(at));
    let (name, statement) = of.statement;
    let file = EmbeddedFile {
        path: name.clone(),
        mime_type: MimeType::new("application/jose"),
        description: Some(format!("{}的签名数据（JWS）", of.title)),
        association_kind: AssociationKind::Data,
        data: statement.clone().into_bytes().into(),
        modification_date: Some(at),
        compress: Some(false),
        location: None,
    };
    document.embed_file(file).ok_or_else(|| broken("the statement cannot be attached"))?;
    Ok(document)
}
