//! Texts of the portal, whichever their version: 通知公告, 操作指南, 政策法规 and 常见问题.

use chrono::NaiveDate;
use domain::portal::{TextKind, TextStage};

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::{StoreError, one_row};

/// A text. What it says is in its versions.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct TextRow {
    /// Id of the text.
    pub id: String,
    /// Key of the province whose portal shows it.
    pub province: String,
    /// What kind of text it is.
    #[sqlx(try_from = "String")]
    pub kind: TextKind,
    /// Where the newest version stands.
    #[sqlx(try_from = "String")]
    pub stage: TextStage,
    /// The newest version; 1 is the first.
    pub nth: i64,
    /// Rises with every write; whoever writes names the one that was seen.
    pub version: i64,
}

/// A text with what the list of its keepers says of it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct KeptRow {
    /// Id of the text.
    pub id: String,
    /// Where the newest version stands.
    #[sqlx(try_from = "String")]
    pub stage: TextStage,
    /// Title of the newest version.
    pub title: String,
    /// Its first day, in China.
    pub shown_from: NaiveDate,
    /// Its last day, in China.
    pub shown_until: Option<NaiveDate>,
    /// Who wrote it.
    pub author: String,
    /// How many versions readers have on the day: 1, or none.
    pub shown: i64,
    /// How many found the text useful.
    pub useful: i64,
    /// How many did not.
    pub useless: i64,
}

sql! {
    INSERT = "INSERT INTO portal_text (id, province, kind, stage, nth, version) VALUES ($1, $2, $3, $4, $5, 1)";
    MOVE = "UPDATE portal_text SET stage = $4, nth = $5, version = version + 1 WHERE province = $1 AND id = $2 AND version = $3";
    FIND = "SELECT id, province, kind, stage, nth, version FROM portal_text WHERE province = $1 AND id = $2";
    LIST = "SELECT t.id, t.stage, v.title, v.shown_from, v.shown_until, a.name AS author,
            (SELECT COUNT(*) FROM portal_version s WHERE s.text_id = t.id AND s.is_published AND s.shown_from <= $4
                AND (s.shown_until IS NULL OR s.shown_until >= $4) AND (s.replaced_on IS NULL OR s.replaced_on > $4)) AS shown,
            (SELECT COUNT(*) FROM portal_vote p WHERE p.text_id = t.id AND p.is_useful) AS useful,
            (SELECT COUNT(*) FROM portal_vote p WHERE p.text_id = t.id AND NOT p.is_useful) AS useless
        FROM portal_text t JOIN portal_version v ON v.text_id = t.id AND v.nth = t.nth JOIN staff a ON a.id = v.author_id
        WHERE t.province = $1 AND t.kind = $2 AND t.id < $3 ORDER BY t.id DESC LIMIT $5";
}

impl Reader {
    /// A text of a province.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_text(&mut self, province: &str, id: &str) -> Result<Option<TextRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(FIND).bind(province).bind(id).fetch_optional(c))?)
    }

    /// A page of the texts of a kind with their newest version, the newest text first: those before an id, or `~` for the first page.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_kept_texts(
        &mut self,
        (province, kind): (&str, TextKind),
        before: &str,
        (today, limit): (NaiveDate, i64),
    ) -> Result<Vec<KeptRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(LIST)
            .bind(province)
            .bind(kind.code())
            .bind(before)
            .bind(today)
            .bind(limit)
            .fetch_all(c))?)
    }
}

impl Tx {
    /// Adds a text, version 1 of the row.
    ///
    /// # Errors
    /// `Exists` for an id that another one has; `Driver`.
    pub async fn insert_text(&mut self, row: &TextRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(&row.id)
            .bind(&row.province)
            .bind(row.kind.code())
            .bind(row.stage.code())
            .bind(row.nth)
            .execute(c))
        .map_err(StoreError::exists_in("portal_text"))?;
        Ok(())
    }

    /// Moves a text to a stage and a newest version, over the version of the row that was seen. It keeps others from the text until the
    /// transaction ends, so it comes first.
    ///
    /// # Errors
    /// `Stale` when somebody else wrote in between, or there is no such text.
    pub async fn move_text(&mut self, seen: &TextRow, stage: TextStage, nth: i64) -> Result<(), StoreError> {
        let changed = change!(self, |c| sqlx::query(MOVE)
            .bind(&seen.province)
            .bind(&seen.id)
            .bind(seen.version)
            .bind(stage.code())
            .bind(nth)
            .execute(c))?;
        one_row("portal_text", changed)
    }
}
