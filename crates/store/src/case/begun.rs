//! What every save of a form begins with: the session that saves, the case, and the account with what was saved before.

use crate::account::AccountRow;
use crate::case::draft::{DraftRow, Line};
use crate::case::file::CaseRow;
use crate::conn::Tx;
use crate::error::StoreError;
use crate::session::SessionRow;
use domain::case::CaseKind;
use domain::id::AccountId;
use futures::TryStreamExt;
use sqlx::{FromRow, Row, SqliteConnection};

/// What is there when a form is saved, the case locked as by [`Tx::lock_case`].
#[derive(Debug, Default)]
pub struct Begun {
    /// The session as it is now; `None` when it has ended.
    pub session: Option<SessionRow>,
    /// The newest case of the kind.
    pub case: Option<CaseRow>,
    /// The account with the saved steps of that case; `None` when there is no such account.
    pub account: Option<(AccountRow, Vec<DraftRow>)>,
}

/// For SQLite alone, which answers several questions in one way to its thread and back.
const AT_ONCE: &str = "
    SELECT 'session' AS part, id, token_hash, province, account_id, staff_id, opened_by, is_second_factor_done, address, memo_sealed,
            created_at, seen_at
        FROM session WHERE id = $1;
    SELECT 'case' AS part, id, number, province, kind, account_id, is_single, applicant, bureau, bureau_path, status, version, round, seat,
            form_version, pledge_version, submitted_at, due_on, decided_at, decided_by, holder_id, holder_name, held_until, created_at, updated_at
        FROM case_file WHERE account_id = $2 AND kind = $3 ORDER BY created_at DESC, id DESC LIMIT 1;
    SELECT 'account' AS part, a.id, a.province, a.document_kind, a.document_hash, a.document_sealed, a.name, a.username, a.mobile_hash,
            a.mobile_sealed, a.email_sealed, a.password_hash, a.failed_logins, a.version, a.created_at, a.updated_at, a.signed_in_at,
            d.step, d.body_sealed, d.version AS draft_version, d.updated_at AS draft_updated_at, d.tab, d.sequence, d.noted_at, d.noted_by
        FROM account a LEFT JOIN draft d ON d.case_id =
            (SELECT c.id FROM case_file c WHERE c.account_id = $2 AND c.kind = $3 ORDER BY c.created_at DESC, c.id DESC LIMIT 1)
        WHERE a.id = $2 ORDER BY d.step";

impl Tx {
    /// What a save of a form begins with; the drafts are those of the newest case of the kind.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn begin_form(&mut self, session: &str, account: &AccountId, kind: CaseKind) -> Result<Begun, StoreError> {
        let Some(conn) = self.asking_at_once(3) else {
            let session = self.find_session_of_id(session).await?;
            let case = self.lock_latest_case(account, kind).await?;
            let account = self.find_account_with_drafts(account, case.as_ref().map(|case| &case.id)).await?;
            return Ok(Begun { session, case, account });
        };
        let begun = at_once(conn, session, account, kind).await;
        self.answered(begun.as_ref().err());
        Ok(begun?)
    }
}

async fn at_once(conn: &mut SqliteConnection, session: &str, account: &AccountId, kind: CaseKind) -> Result<Begun, sqlx::Error> {
    let (mut begun, mut lines) = (Begun::default(), Vec::new());
    let mut rows = sqlx::query(AT_ONCE).bind(session).bind(account.as_str()).bind(kind.code()).fetch(conn);
    while let Some(row) = rows.try_next().await? {
        match row.try_get::<&str, _>("part")? {
            "session" => begun.session = Some(SessionRow::from_row(&row)?),
            "case" => begun.case = Some(CaseRow::from_row(&row)?),
            _ => lines.push(Line::from_row(&row)?),
        }
    }
    begun.account = Line::gather(lines);
    Ok(begun)
}
