//! What readers have of the texts on a day.

use chrono::NaiveDate;
use domain::portal::{Audience, TextKind};

use super::version::VersionRow;
use crate::conn::{Reader, on, sql};
use crate::error::StoreError;

/// A line of a list of texts.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ShownRow {
    /// Id of the text.
    pub text_id: String,
    /// What kind of text it is.
    #[sqlx(try_from = "String")]
    pub kind: TextKind,
    /// 1 for what stands first, 0 for everything else.
    pub pin: i64,
    /// The day by which lists are ordered, in China.
    pub listed_on: NaiveDate,
    /// Title in one line.
    pub title: String,
    /// 文号; empty for other kinds.
    pub number: String,
    /// 发文机关; empty for other kinds.
    pub issuer: String,
    /// 施行日期.
    pub effective_on: Option<NaiveDate>,
    /// 废止日期.
    pub repealed_on: Option<NaiveDate>,
}

/// Who reads, and when.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// Key of the province.
    pub province: &'a str,
    /// The day, in China.
    pub today: NaiveDate,
    /// The audiences that whoever reads belongs to; `Everyone` fills what is left.
    pub audiences: [Audience; 3],
}

/// Which page of a list: so many rows after the one with these.
#[derive(Clone, Copy, Debug)]
pub struct ShownPage<'a> {
    /// What kind of texts.
    pub kind: TextKind,
    /// Code of the subject; empty for all.
    pub subject: &'a str,
    /// The last row of the page before; `None` for the first page.
    pub after: Option<(i64, NaiveDate, &'a str)>,
    /// Most rows that are answered.
    pub limit: i64,
}

impl ShownPage<'_> {
    /// Later than everything that a row can have, where there is no row before.
    fn place(&self) -> (i64, NaiveDate, &str) {
        self.after.unwrap_or((9, NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX), "~"))
    }
}

sql! {
    LIST = "SELECT text_id, kind, pin, listed_on, title, number, issuer, effective_on, repealed_on FROM portal_version
        WHERE province = $1 AND kind = $6 AND is_published AND shown_from <= $2 AND (shown_until IS NULL OR shown_until >= $2)
            AND (replaced_on IS NULL OR replaced_on > $2) AND audience IN ($3, $4, $5)
            AND ($7 = '' OR subject = $7) AND (pin, listed_on, text_id) < ($8, $9, $10)
        ORDER BY pin DESC, listed_on DESC, text_id DESC LIMIT $11";
    FIND = "SELECT text_id, nth, province, kind, is_published, audience, subject, pin, listed_on, shown_from, shown_until, replaced_on,
            title, number, issuer, issued_on, effective_on, repealed_on, repealed_by, body, note, author_id, written_at
        FROM portal_version
        WHERE province = $1 AND text_id = $6 AND is_published AND shown_from <= $2 AND (shown_until IS NULL OR shown_until >= $2)
            AND (replaced_on IS NULL OR replaced_on > $2) AND audience IN ($3, $4, $5)
        ORDER BY nth DESC LIMIT 1";
    NAMED = "SELECT text_id, kind, pin, listed_on, title, number, issuer, effective_on, repealed_on FROM portal_version
        WHERE province = $1 AND kind = $6 AND is_published AND shown_from <= $2 AND (shown_until IS NULL OR shown_until >= $2)
            AND (replaced_on IS NULL OR replaced_on > $2) AND audience IN ($3, $4, $5) AND (number = $7 OR title = $7)
        ORDER BY listed_on DESC, text_id DESC LIMIT 1";
}

impl Reader {
    /// A page of a list as readers have it.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_shown_texts(&mut self, who: Reading<'_>, page: ShownPage<'_>) -> Result<Vec<ShownRow>, StoreError> {
        let (pin, on, id) = page.place();
        Ok(on!(self, |c| sqlx::query_as(LIST)
            .bind(who.province)
            .bind(who.today)
            .bind(who.audiences[0].code())
            .bind(who.audiences[1].code())
            .bind(who.audiences[2].code())
            .bind(page.kind.code())
            .bind(page.subject)
            .bind(pin)
            .bind(on)
            .bind(id)
            .bind(page.limit)
            .fetch_all(c))?)
    }

    /// The version of a text that readers have.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_shown_text(&mut self, who: Reading<'_>, id: &str) -> Result<Option<VersionRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(FIND)
            .bind(who.province)
            .bind(who.today)
            .bind(who.audiences[0].code())
            .bind(who.audiences[1].code())
            .bind(who.audiences[2].code())
            .bind(id)
            .fetch_optional(c))?)
    }

    /// The text of a kind that has this number or title.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_named_text(
        &mut self,
        who: Reading<'_>,
        kind: TextKind,
        name: &str,
    ) -> Result<Option<ShownRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(NAMED)
            .bind(who.province)
            .bind(who.today)
            .bind(who.audiences[0].code())
            .bind(who.audiences[1].code())
            .bind(who.audiences[2].code())
            .bind(kind.code())
            .bind(name)
            .fetch_optional(c))?)
    }
}
