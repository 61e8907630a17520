//! A session together with whose it is, in one question: every request asks it.

use crate::conn::{Reader, on, sql};
use crate::error::StoreError;
use crate::ids::Given;
use crate::session::SessionRow;
use crate::staff::StaffRow;
use chrono::{DateTime, Utc};
use domain::id::{BureauCode, StaffId};

#[derive(sqlx::FromRow)]
struct Met {
    #[sqlx(flatten)]
    session: SessionRow,
    #[sqlx(flatten)]
    member: Member,
}

/// The columns of a [`StaffRow`], which are all NULL where there is none.
#[derive(sqlx::FromRow)]
struct Member {
    #[sqlx(try_from = "Given<StaffId>")]
    member_id: Option<StaffId>,
    member_province: Option<String>,
    member_bureau: Option<String>,
    member_login: Option<String>,
    member_name: Option<String>,
    member_role: Option<String>,
    member_mobile: Option<Vec<u8>>,
    member_document: Option<Vec<u8>>,
    member_password: Option<String>,
    member_totp: Option<Vec<u8>>,
    member_step: Option<i64>,
    member_is_active: Option<bool>,
    member_version: Option<i64>,
    member_created_at: Option<DateTime<Utc>>,
}

impl Member {
    fn staff(self) -> Option<StaffRow> {
        Some(StaffRow {
            id: self.member_id?,
            province: self.member_province?,
            bureau: BureauCode::from(self.member_bureau?),
            login: self.member_login?,
            name: self.member_name?,
            role: self.member_role?,
            mobile_sealed: self.member_mobile?,
            document_hash: self.member_document,
            password_hash: self.member_password?,
            totp_sealed: self.member_totp,
            totp_step: self.member_step?,
            is_active: self.member_is_active?,
            version: self.member_version?,
            created_at: self.member_created_at?,
        })
    }
}

sql! {
    MET = "SELECT s.id, s.token_hash, s.province, s.account_id, s.staff_id, s.opened_by, s.is_second_factor_done, s.address, s.memo_sealed,
            s.created_at, s.seen_at, m.id AS member_id, m.province AS member_province, m.bureau AS member_bureau, m.login AS member_login,
            m.name AS member_name, m.role AS member_role, m.mobile_sealed AS member_mobile, m.document_hash AS member_document,
            m.password_hash AS member_password, m.totp_sealed AS member_totp, m.totp_step AS member_step, m.is_active AS member_is_active,
            m.version AS member_version, m.created_at AS member_created_at
        FROM session s LEFT JOIN staff m ON m.id = s.staff_id WHERE s.token_hash = $1";
}

impl Reader {
    /// A session by the hash of its token, with its staff member, whatever became of their account.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn meet_session(&mut self, token_hash: &[u8]) -> Result<Option<(SessionRow, Option<StaffRow>)>, StoreError> {
        let met: Option<Met> = on!(self, |c| sqlx::query_as(MET).bind(token_hash).fetch_optional(c))?;
        Ok(met.map(|met| (met.session, met.member.staff())))
    }
}
