//! The versions of the texts: every one is kept.

use chrono::{DateTime, NaiveDate, Utc};
use domain::id::StaffId;
use domain::portal::{Audience, Subject, TextKind};

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::{StoreError, one_row};

/// A version of a text.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct VersionRow {
    /// Id of the text.
    pub text_id: String,
    /// Which version; 1 is the first.
    pub nth: i64,
    /// Key of the province.
    pub province: String,
    /// What kind of text it is.
    #[sqlx(try_from = "String")]
    pub kind: TextKind,
    /// Whether it was published, ever.
    pub is_published: bool,
    /// For whom it is.
    #[sqlx(try_from = "String")]
    pub audience: Audience,
    /// What it is about.
    #[sqlx(try_from = "String")]
    pub subject: Subject,
    /// 1 for what stands first, 0 for everything else.
    pub pin: i64,
    /// The day by which lists are ordered, in China.
    pub listed_on: NaiveDate,
    /// First day on which it is shown, in China.
    pub shown_from: NaiveDate,
    /// Last day on which it is shown, in China; `None` for no end.
    pub shown_until: Option<NaiveDate>,
    /// From this day another version, or nothing, is in its place.
    pub replaced_on: Option<NaiveDate>,
    /// Title in one line.
    pub title: String,
    /// 文号; empty for other kinds.
    pub number: String,
    /// 发文机关; empty for other kinds.
    pub issuer: String,
    /// 发文日期.
    pub issued_on: Option<NaiveDate>,
    /// 施行日期.
    pub effective_on: Option<NaiveDate>,
    /// 废止日期.
    pub repealed_on: Option<NaiveDate>,
    /// What repealed it; empty while nothing did.
    pub repealed_by: String,
    /// Markdown.
    pub body: String,
    /// Why it was given back; empty where it was not.
    pub note: String,
    /// Who wrote it last.
    #[sqlx(try_from = "String")]
    pub author_id: StaffId,
    /// When, in UTC.
    pub written_at: DateTime<Utc>,
}

/// What the search reads of a version, written at publication.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    /// Title, number and issuer, without blanks.
    pub head: String,
    /// Their pinyin initials.
    pub initials: String,
    /// A letter for each character of all of it.
    pub shape: String,
    /// All of it, without blanks.
    pub folded: String,
}

/// A version with the names of those who made it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct VersionNames {
    /// Which version; 1 is the first.
    pub nth: i64,
    /// Title in one line.
    pub title: String,
    /// Who wrote it last.
    pub author: String,
    /// When, in UTC.
    pub written_at: DateTime<Utc>,
    /// Who published it; `None` while nobody did.
    pub publisher: Option<String>,
    /// When, in UTC.
    pub published_at: Option<DateTime<Utc>>,
    /// From this day another version, or nothing, is in its place.
    pub replaced_on: Option<NaiveDate>,
}

sql! {
    INSERT = "INSERT INTO portal_version (text_id, nth, province, kind, is_published, audience, subject, pin, listed_on, shown_from,
            shown_until, title, number, issuer, issued_on, effective_on, repealed_on, repealed_by, head, folded, body,
            note, author_id, written_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, '', '', $19, '', $20, $21)";
    UPDATE = "UPDATE portal_version SET audience = $4, subject = $5, pin = $6, listed_on = $7, shown_from = $8, shown_until = $9,
            title = $10, number = $11, issuer = $12, issued_on = $13, effective_on = $14, repealed_on = $15, repealed_by = $16,
            body = $17, author_id = $18, written_at = $19
        WHERE text_id = $1 AND nth = $2 AND is_published = $3";
    PUBLISH = "UPDATE portal_version SET is_published = $3, publisher_id = $4, published_at = $5, head = $6, folded = $7,
            note = ''
        WHERE text_id = $1 AND nth = $2 AND published_at IS NULL";
    SHAPE = "INSERT INTO portal_shape (text_id, nth, province, initials, shape) VALUES ($1, $2, $3, $4, $5)";
    REPLACE = "UPDATE portal_version SET replaced_on = $3
        WHERE text_id = $1 AND nth < $2 AND is_published AND (replaced_on IS NULL OR replaced_on > $3)";
    NOTE = "UPDATE portal_version SET note = $3 WHERE text_id = $1 AND nth = $2";
    FIND = "SELECT text_id, nth, province, kind, is_published, audience, subject, pin, listed_on, shown_from, shown_until, replaced_on,
            title, number, issuer, issued_on, effective_on, repealed_on, repealed_by, body, note, author_id, written_at
        FROM portal_version WHERE text_id = $1 AND nth = $2";
    LIST = "SELECT v.nth, v.title, a.name AS author, v.written_at, p.name AS publisher, v.published_at, v.replaced_on
        FROM portal_version v JOIN staff a ON a.id = v.author_id LEFT JOIN staff p ON p.id = v.publisher_id
        WHERE v.text_id = $1 ORDER BY v.nth DESC";
    SHOWN = "SELECT COUNT(*) FROM portal_version
        WHERE text_id = $1 AND is_published AND (shown_until IS NULL OR shown_until >= $2) AND (replaced_on IS NULL OR replaced_on > $2)";
}

impl Reader {
    /// A version of a text, published or not.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_version(&mut self, text: &str, nth: i64) -> Result<Option<VersionRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(FIND).bind(text).bind(nth).fetch_optional(c))?)
    }

    /// All versions of a text, the newest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_versions(&mut self, text: &str) -> Result<Vec<VersionNames>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(LIST).bind(text).fetch_all(c))?)
    }

    /// Whether readers have a version of a text on a day, or will have it later.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn is_text_out(&mut self, text: &str, today: NaiveDate) -> Result<bool, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar::<_, i64>(SHOWN).bind(text).bind(today).fetch_one(c))? > 0)
    }
}

impl Tx {
    /// Adds a version that is not published.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn insert_version(&mut self, v: &VersionRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(&v.text_id)
            .bind(v.nth)
            .bind(&v.province)
            .bind(v.kind.code())
            .bind(false)
            .bind(v.audience.code())
            .bind(v.subject.code())
            .bind(v.pin)
            .bind(v.listed_on)
            .bind(v.shown_from)
            .bind(v.shown_until)
            .bind(&v.title)
            .bind(&v.number)
            .bind(&v.issuer)
            .bind(v.issued_on)
            .bind(v.effective_on)
            .bind(v.repealed_on)
            .bind(&v.repealed_by)
            .bind(&v.body)
            .bind(v.author_id.as_str())
            .bind(v.written_at)
            .execute(c))?;
        Ok(())
    }

    /// Writes a version anew that is not published.
    ///
    /// # Errors
    /// `Stale` for one that is.
    pub async fn save_version(&mut self, v: &VersionRow) -> Result<(), StoreError> {
        let changed = change!(self, |c| sqlx::query(UPDATE)
            .bind(&v.text_id)
            .bind(v.nth)
            .bind(false)
            .bind(v.audience.code())
            .bind(v.subject.code())
            .bind(v.pin)
            .bind(v.listed_on)
            .bind(v.shown_from)
            .bind(v.shown_until)
            .bind(&v.title)
            .bind(&v.number)
            .bind(&v.issuer)
            .bind(v.issued_on)
            .bind(v.effective_on)
            .bind(v.repealed_on)
            .bind(&v.repealed_by)
            .bind(&v.body)
            .bind(v.author_id.as_str())
            .bind(v.written_at)
            .execute(c))?;
        one_row("portal_version", changed)
    }

    /// Gives a version to the readers, and puts it in the place of the earlier ones from its first day.
    ///
    /// # Errors
    /// `Stale` for one that was published before.
    pub async fn publish_version(
        &mut self,
        v: &VersionRow,
        index: &Index,
        (by, at): (&StaffId, DateTime<Utc>),
    ) -> Result<(), StoreError> {
        let changed = change!(self, |c| sqlx::query(PUBLISH)
            .bind(&v.text_id)
            .bind(v.nth)
            .bind(true)
            .bind(by.as_str())
            .bind(at)
            .bind(&index.head)
            .bind(&index.folded)
            .execute(c))?;
        one_row("portal_version", changed)?;
        change!(self, |c| sqlx::query(SHAPE)
            .bind(&v.text_id)
            .bind(v.nth)
            .bind(&v.province)
            .bind(&index.initials)
            .bind(&index.shape)
            .execute(c))?;
        self.replace_versions(&v.text_id, v.nth, v.shown_from).await
    }

    /// Takes the versions before one from the readers from a day on.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn replace_versions(&mut self, text: &str, before: i64, from: NaiveDate) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(REPLACE).bind(text).bind(before).bind(from).execute(c))?;
        Ok(())
    }

    /// Why a version was given back; empty for nothing.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn note_version(&mut self, text: &str, nth: i64, note: &str) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(NOTE).bind(text).bind(nth).bind(note).execute(c))?;
        Ok(())
    }
}
