//! How data travels between server and browser: as [`rows`](write), a text without the names of fields, which takes little
//! code to read (docs/adr/0010). Whoever asks for JSON gets JSON.

mod read;
#[cfg(any(feature = "ssr", test))]
mod write;

use bytes::Bytes;
use leptos::prelude::Resource;
use leptos::server::codee::string::FromToStringCodec;
use leptos::server_fn::codec::Post;
use leptos::server_fn::{ContentType, Decodes, Encodes, Format, FormatType};
use serde::de::DeserializeOwned;

use crate::AppError;

/// Rows begin with it: they are read by the order of fields, so that only the same version can read them.
const STAMP: &str = env!("SUANPAN_STAMP");

/// What the browser's programs ask for.
pub const ROWS: &str = "text/x-rows";

/// Rows as they are, for [`Text`] and for errors.
pub struct Plain;

/// The output of every server function.
pub type Wire = Post<Plain>;

impl ContentType for Plain {
    const CONTENT_TYPE: &'static str = ROWS;
}

impl FormatType for Plain {
    const FORMAT_TYPE: Format = Format::Text;
}

/// The data of a page or the answer to a post. All pages wait for this one type, and each reads its own from it when it is
/// drawn: what waits is compiled once and not for every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text(String);

impl Text {
    /// Data as rows.
    ///
    /// # Errors
    /// When a map has keys that are no text.
    #[cfg(any(feature = "ssr", test))]
    pub fn of<T: serde::Serialize>(data: &T) -> Result<Self, read::Unreadable> {
        write::rows(data).map(Self)
    }

    /// The data of a page that needs none.
    #[must_use]
    pub fn nothing() -> Self {
        Self(format!("{STAMP}-"))
    }

    /// A text that is on the wire already.
    #[must_use]
    pub fn as_it_is(text: String) -> Self {
        Self(text)
    }

    /// The data in it.
    ///
    /// # Errors
    /// `Network`: browser and server are of different versions, and a reload helps.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, AppError> {
        read::rows(&self.0).map_err(|_| AppError::Network)
    }

    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Encodes<Text> for Plain {
    type Error = read::Unreadable;

    fn encode(output: &Text) -> Result<Bytes, Self::Error> {
        Ok(Bytes::copy_from_slice(output.0.as_bytes()))
    }
}

impl Decodes<Text> for Plain {
    type Error = read::Unreadable;

    fn decode(bytes: Bytes) -> Result<Text, Self::Error> {
        String::from_utf8(bytes.to_vec()).map(Text).map_err(|_| read::Unreadable)
    }
}

impl Encodes<AppError> for Plain {
    type Error = read::Unreadable;

    #[cfg(feature = "ssr")]
    fn encode(output: &AppError) -> Result<Bytes, Self::Error> {
        crate::request::text(output).map(|text| Bytes::from(text.0)).map_err(|_| read::Unreadable)
    }

    #[cfg(not(feature = "ssr"))]
    fn encode(_: &AppError) -> Result<Bytes, Self::Error> {
        Err(read::Unreadable)
    }
}

impl Decodes<AppError> for Plain {
    type Error = read::Unreadable;

    fn decode(bytes: Bytes) -> Result<AppError, Self::Error> {
        std::str::from_utf8(&bytes).map_err(|_| read::Unreadable).and_then(read::rows)
    }
}

/// What a page waits for. In the document it is one text.
pub type Page = Resource<Outcome, FromToStringCodec>;

/// Fetches the data of a page, again whenever the source changes.
pub fn load<S, F>(source: impl Fn() -> S + Send + Sync + 'static, fetch: impl Fn(S) -> F + Send + Sync + 'static) -> Page
where
    S: PartialEq + Clone + Send + Sync + 'static,
    F: Future<Output = Result<Text, AppError>> + Send + 'static,
{
    Resource::new_str(source, move |source| {
        let fetched = fetch(source);
        async move { Outcome(fetched.await) }
    })
}

/// A text for the document without `<`. The framework would write `\u003c` for it, and only JSON reads that back, while rows count
/// bytes: one `<` in a remark, and the page would not wake up.
fn veil(text: &str) -> String {
    text.replace('&', "&a").replace('<', "&l")
}

fn unveil(text: &str) -> String {
    text.replace("&l", "<").replace("&a", "&")
}

/// What became of fetching the data of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome(pub Result<Text, AppError>);

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Ok(text) => write!(f, "+{}", veil(&text.0)),
            #[cfg(feature = "ssr")]
            Err(error) => write!(f, "!{}", veil(&write::rows(error).map_err(|_| std::fmt::Error)?)),
            #[cfg(not(feature = "ssr"))]
            Err(_) => f.write_str("!"),
        }
    }
}

impl std::str::FromStr for Outcome {
    type Err = read::Unreadable;

    fn from_str(text: &str) -> Result<Self, read::Unreadable> {
        match text.strip_prefix('+') {
            Some(text) => Ok(Self(Ok(Text(unveil(text))))),
            None => read::rows(&unveil(text.strip_prefix('!').ok_or(read::Unreadable)?)).map(|error| Self(Err(error))),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::{NaiveDate, TimeZone, Utc};
    use domain::answer::{Answer, Notice};
    use domain::case::Refusal;
    use domain::fault::{Fault, FieldErrors};
    use serde::{Deserialize, Serialize};

    use super::{Outcome, Text};
    use crate::AppError;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    enum Kind {
        Unit,
        One(String),
        Pair(i64, bool),
        Named { at: u32, rest: Vec<String> },
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Everything {
        text: String,
        signed: i64,
        part: f64,
        letter: char,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        nothing: Option<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        empty: Vec<u8>,
        some: Option<u64>,
        on: NaiveDate,
        map: BTreeMap<String, (u8, Option<bool>)>,
        kinds: Vec<Kind>,
    }

    #[test]
    fn everything_comes_back_as_it_went() {
        let everything = Everything {
            text: "湖南 \"引号\" \\ \n 3:x)".into(),
            signed: i64::MIN,
            part: -0.25,
            letter: '𠮷',
            nothing: None,
            empty: Vec::new(),
            some: Some(u64::MAX),
            on: NaiveDate::from_ymd_opt(2026, 11, 21).unwrap(),
            map: [("a".to_owned(), (1, None)), (String::new(), (255, Some(true)))].into(),
            kinds: vec![
                Kind::Unit,
                Kind::One(String::new()),
                Kind::Pair(-1, false),
                Kind::Named { at: 0, rest: vec!["尾".into()] },
            ],
        };
        let text = Text::of(&everything).unwrap();
        assert_eq!(text.read::<Everything>().unwrap(), everything);
        assert!(text.as_str().contains("湖南 \"引号\""), "what is said can be found in the text: {}", text.as_str());
    }

    #[test]
    fn answers_and_errors_come_back_as_they_went() {
        let mut errors = FieldErrors::default();
        errors.push("mobile", Fault::TooLong { max: 11 });
        let at = Utc.with_ymd_and_hms(2026, 11, 21, 8, 0, 1).unwrap();
        let answer =
            Answer { errors, notice: Some(Notice::Saved { version: 3, at }), go: Some("/x".into()), ..Answer::default() };
        assert_eq!(Text::of(&answer).unwrap().read::<Answer>().unwrap(), answer);
        for error in [AppError::NotFound, AppError::Refused(Refusal::SignInAgain), AppError::Broken { request_id: "1".into() }] {
            assert_eq!(Text::of(&error).unwrap().read::<AppError>().unwrap(), error);
        }
    }

    #[test]
    fn what_is_cut_or_foreign_is_refused_without_a_panic() {
        let text = Text::of(&vec![Some(Kind::Named { at: 7, rest: vec!["一二三".into()] })]).unwrap();
        for end in 0..text.as_str().len() {
            let Some(cut) = text.as_str().get(..end) else { continue };
            assert!(Text::as_it_is(cut.to_owned()).read::<Vec<Option<Kind>>>().is_err(), "{cut}");
        }
        for foreign in ["", "{}", "null", "s9999999999999999999:x", "s5:一二", "((((", "i--3;", "vs3:Abc"] {
            assert!(Text::as_it_is(foreign.to_owned()).read::<Vec<Option<Kind>>>().is_err(), "{foreign}");
        }
    }

    #[test]
    fn what_was_typed_with_an_angle_bracket_comes_through_the_document() {
        for typed in ["<svg width=\"1\">", "a < b && c", "&l &a &lt; \\u003c", "</script>"] {
            let outcome = Outcome(Ok(Text::of(&typed).unwrap()));
            let shown = outcome.to_string();
            assert!(!shown.contains('<'), "{shown}");
            assert_eq!(shown.parse::<Outcome>().unwrap(), outcome);
        }
    }
}
