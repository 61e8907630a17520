//! 通知公告 and 操作指南.

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::{StoreError, one_row};
use chrono::{DateTime, NaiveDate, Utc};
use domain::id::StaffId;
use domain::portal::NoticeKind;

/// A notice or a guide. `author_id` is whoever wrote it last.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct NoticeRow {
    /// Id of the notice or guide.
    pub id: String,
    /// Key of the province whose portal shows it.
    pub province: String,
    /// 通知公告 or 操作指南.
    #[sqlx(try_from = "String")]
    pub kind: NoticeKind,
    /// Title in one line, in clear.
    pub title: String,
    /// Whole text, in clear.
    pub body: String,
    /// First day on which it is shown, in China.
    pub published_on: NaiveDate,
    /// Last day on which it is shown, in China; `None` for no end.
    pub valid_to: Option<NaiveDate>,
    /// While false it is shown on no day.
    pub is_published: bool,
    /// Rises with every write; whoever writes names the version that was seen.
    pub version: i64,
    /// Id of the staff member who wrote it last.
    #[sqlx(try_from = "String")]
    pub author_id: StaffId,
    /// When it was last written, in UTC.
    pub updated_at: DateTime<Utc>,
}

/// Which page of a list: so many rows after the one with this date and id.
#[derive(Clone, Copy, Debug)]
pub struct NoticePage<'a> {
    /// Key of the province.
    pub province: &'a str,
    /// 通知公告 or 操作指南.
    pub kind: NoticeKind,
    /// First day and id of the last row of the page before; `None` for the first page.
    pub after: Option<(NaiveDate, &'a str)>,
    /// Most rows that are answered.
    pub limit: i64,
}

impl NoticePage<'_> {
    /// Later than every date and id that a row can have, where there is no row before.
    fn place(&self) -> (NaiveDate, &str) {
        self.after.unwrap_or((NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX), "~"))
    }
}

sql! {
    INSERT = "INSERT INTO notice (id, province, kind, title, body, published_on, valid_to, is_published, version, author_id, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10)";
    UPDATE = "UPDATE notice SET title = $4, body = $5, published_on = $6, valid_to = $7, is_published = $8, author_id = $9,
        updated_at = $10, version = version + 1 WHERE province = $1 AND id = $2 AND version = $3";
    FIND = "SELECT id, province, kind, title, body, published_on, valid_to, is_published, version, author_id, updated_at
        FROM notice WHERE province = $1 AND kind = $2 AND id = $3";
    LIST = "SELECT id, province, kind, title, body, published_on, valid_to, is_published, version, author_id, updated_at
        FROM notice WHERE province = $1 AND kind = $2 AND (published_on, id) < ($3, $4)
        ORDER BY published_on DESC, id DESC LIMIT $5";
    LIST_SHOWN = "SELECT id, province, kind, title, body, published_on, valid_to, is_published, version, author_id, updated_at
        FROM notice WHERE province = $1 AND kind = $2 AND (published_on, id) < ($3, $4)
        AND is_published AND published_on <= $6 AND (valid_to IS NULL OR valid_to >= $6)
        ORDER BY published_on DESC, id DESC LIMIT $5";
}

impl Reader {
    /// A notice of a province and kind, shown or not.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_notice(&mut self, province: &str, kind: NoticeKind, id: &str) -> Result<Option<NoticeRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(FIND).bind(province).bind(kind.code()).bind(id).fetch_optional(c))?)
    }

    /// A page of all notices, the newest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_notices(&mut self, page: NoticePage<'_>) -> Result<Vec<NoticeRow>, StoreError> {
        let (on, id) = page.place();
        Ok(on!(self, |c| sqlx::query_as(LIST)
            .bind(page.province)
            .bind(page.kind.code())
            .bind(on)
            .bind(id)
            .bind(page.limit)
            .fetch_all(c))?)
    }

    /// A page of those that are published, begun and not over on a day.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_shown_notices(&mut self, page: NoticePage<'_>, today: NaiveDate) -> Result<Vec<NoticeRow>, StoreError> {
        let (on, id) = page.place();
        Ok(on!(self, |c| sqlx::query_as(LIST_SHOWN)
            .bind(page.province)
            .bind(page.kind.code())
            .bind(on)
            .bind(id)
            .bind(page.limit)
            .bind(today)
            .fetch_all(c))?)
    }
}

impl Tx {
    /// Adds a notice, version 1.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn insert_notice(&mut self, n: &NoticeRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(&n.id)
            .bind(&n.province)
            .bind(n.kind.code())
            .bind(&n.title)
            .bind(&n.body)
            .bind(n.published_on)
            .bind(n.valid_to)
            .bind(n.is_published)
            .bind(n.author_id.as_str())
            .bind(n.updated_at)
            .execute(c))?;
        Ok(())
    }

    /// Writes a notice over the version that it names.
    ///
    /// # Errors
    /// `Stale` when somebody else wrote in between, or there is no such notice.
    pub async fn save_notice(&mut self, n: &NoticeRow) -> Result<(), StoreError> {
        let changed = change!(self, |c| sqlx::query(UPDATE)
            .bind(&n.province)
            .bind(&n.id)
            .bind(n.version)
            .bind(&n.title)
            .bind(&n.body)
            .bind(n.published_on)
            .bind(n.valid_to)
            .bind(n.is_published)
            .bind(n.author_id.as_str())
            .bind(n.updated_at)
            .execute(c))?;
        one_row("notice", changed)
    }
}
