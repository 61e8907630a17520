//! How answers of server functions travel: JSON, read from text. Pages read their data from text too, so that the browser
//! carries one reader for each type and not two (docs/adr/0009).

use bytes::Bytes;
use leptos::server_fn::codec::Post;
use leptos::server_fn::{ContentType, Decodes, Encodes, Format, FormatType};
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Serialize};

use crate::AppError;

/// JSON as text.
pub struct TextJson;

/// The output of every server function.
pub type Wire = Post<TextJson>;

impl ContentType for TextJson {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for TextJson {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for TextJson {
    type Error = serde_json::Error;

    fn encode(output: &T) -> Result<Bytes, Self::Error> {
        serde_json::to_vec(output).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for TextJson {
    type Error = serde_json::Error;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        let text = std::str::from_utf8(&bytes).map_err(Self::Error::custom)?;
        serde_json::from_str(text)
    }
}

/// The data of a page as JSON in one text. All pages wait for this one type, and each reads its own from it when it is drawn:
/// what waits is compiled once and not for every page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(String);

impl Text {
    /// The text of some data.
    ///
    /// # Errors
    /// When the data cannot be JSON.
    pub fn of<T: Serialize>(data: &T) -> Result<Self, serde_json::Error> {
        serde_json::to_string(data).map(Self)
    }

    /// The data of a page that needs none.
    #[must_use]
    pub fn nothing() -> Self {
        Self("null".into())
    }

    /// The data in it.
    ///
    /// # Errors
    /// `Network`: browser and server are of different versions, and a reload helps.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, AppError> {
        serde_json::from_str(&self.0).map_err(|_| AppError::Network)
    }
}
