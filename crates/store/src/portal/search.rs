//! The search over all texts. The letters of `shape` are a quarter of what they stand for, stand in narrow rows of their own, and are
//! compared first, so that the version itself is read of those alone that may have the word (docs/adr/0056).

use super::shown::{Reading, ShownRow};
use crate::conn::{Reader, on, sql};
use crate::error::StoreError;

/// How many words are looked for at once.
pub const WORDS: usize = 3;

/// A word of letters and digits that is looked for, as patterns of `LIKE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// A letter for each of its characters.
    pub shape: String,
    /// Its characters.
    pub word: String,
}

impl Default for Pattern {
    /// What is found everywhere.
    fn default() -> Self {
        Self { shape: "%".to_owned(), word: "%".to_owned() }
    }
}

sql! {
    SEARCH = "SELECT v.text_id, v.kind, v.pin, v.listed_on, v.title, v.number, v.issuer, v.effective_on, v.repealed_on
        FROM portal_shape s JOIN portal_version v ON v.text_id = s.text_id AND v.nth = s.nth
        WHERE s.province = $1 AND (s.initials LIKE $6 OR s.shape LIKE $7) AND (s.initials LIKE $8 OR s.shape LIKE $9)
            AND (s.initials LIKE $10 OR s.shape LIKE $11)
            AND v.is_published AND v.shown_from <= $2 AND (v.shown_until IS NULL OR v.shown_until >= $2)
            AND (v.replaced_on IS NULL OR v.replaced_on > $2) AND v.audience IN ($3, $4, $5)
            AND (s.initials LIKE $6 OR v.folded LIKE $6) AND (s.initials LIKE $8 OR v.folded LIKE $8)
            AND (s.initials LIKE $10 OR v.folded LIKE $10)
        ORDER BY CASE WHEN v.head LIKE $6 OR s.initials LIKE $6 THEN 0 ELSE 1 END, v.listed_on DESC, v.text_id DESC
        LIMIT $12";
}

impl Reader {
    /// The texts that have all the words, those first whose title has the first one.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn search_texts(
        &mut self,
        who: Reading<'_>,
        words: &[Pattern; WORDS],
        limit: i64,
    ) -> Result<Vec<ShownRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(SEARCH)
            .bind(who.province)
            .bind(who.today)
            .bind(who.audiences[0].code())
            .bind(who.audiences[1].code())
            .bind(who.audiences[2].code())
            .bind(&words[0].word)
            .bind(&words[0].shape)
            .bind(&words[1].word)
            .bind(&words[1].shape)
            .bind(&words[2].word)
            .bind(&words[2].shape)
            .bind(limit)
            .fetch_all(c))?)
    }
}
