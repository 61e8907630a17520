//! Who of the staff looked at something of a person: the rows of the audit trail that say so.

use crate::conn::{Reader, on, sql};
use crate::error::StoreError;
use crate::ids::Given;
use chrono::{DateTime, Utc};
use domain::case::StaffRole;
use domain::id::{AccountId, BureauCode, CaseId, StaffId};

/// A look, as the trail has it, with whoever it was as they are employed now.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct LookRow {
    /// When, in UTC.
    pub at: DateTime<Utc>,
    /// What was done, as a word such as `look_at_case`.
    pub action: String,
    /// JSON that the act left.
    pub detail: String,
    /// What it was done to, as a word such as `case`.
    pub object_kind: String,
    /// Id of what it was done to.
    pub object_id: String,
    /// Id of the case that it was done for; `None` for none.
    #[sqlx(try_from = "Given<CaseId>")]
    pub case_id: Option<CaseId>,
    /// Id of whoever looked.
    #[sqlx(try_from = "String")]
    pub staff_id: StaffId,
    /// Name of whoever looked.
    pub name: String,
    /// What they are employed for.
    #[sqlx(try_from = "String")]
    pub role: StaffRole,
    /// 财政局代码 of where they work.
    #[sqlx(try_from = "String")]
    pub bureau: BureauCode,
}

sql! {
    // The order of the joins is meant: what belongs to the person leads to the rows of the trail, and not the trail to the person.
    OF_ACCOUNT = "SELECT a.at, a.action, a.detail, a.object_kind, a.object_id, c.id AS case_id, s.id AS staff_id, s.name, s.role, s.bureau
        FROM case_file c CROSS JOIN audit a CROSS JOIN staff s
        WHERE c.account_id = $1 AND a.object_kind = 'case' AND a.object_id = c.id AND a.actor_kind = 'staff' AND s.id = a.actor_id
            AND a.action IN ('look_at_case', 'look_at_files', 'reveal', 'print_form', 'print_at_counter')
        UNION ALL
        SELECT a.at, a.action, a.detail, a.object_kind, a.object_id, f.case_id AS case_id, s.id AS staff_id, s.name, s.role, s.bureau
        FROM attachment f CROSS JOIN audit a CROSS JOIN staff s
        WHERE f.account_id = $1 AND a.object_kind = 'attachment' AND a.object_id = f.id AND a.actor_kind = 'staff' AND s.id = a.actor_id
            AND a.action IN ('look_at_file')
        UNION ALL
        SELECT a.at, a.action, a.detail, a.object_kind, a.object_id, '' AS case_id, s.id AS staff_id, s.name, s.role, s.bureau
        FROM audit a CROSS JOIN staff s
        WHERE a.object_kind = 'account' AND a.object_id = $1 AND a.actor_kind = 'staff' AND s.id = a.actor_id
            AND a.action IN ('seek_person', 'fill_in')
        ORDER BY at DESC, object_id DESC, action LIMIT $2";
}

impl Reader {
    /// The looks of the staff at what belongs to a person, the newest first, so many at most.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_looks(&mut self, account: &AccountId, most: i64) -> Result<Vec<LookRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_ACCOUNT).bind(account.as_str()).bind(most).fetch_all(c))?)
    }
}

#[cfg(test)]
mod tests {
    use domain::record::LOOKS;

    #[test]
    fn the_trail_is_asked_for_every_act_that_is_a_look_and_for_no_other() {
        let lists = super::OF_ACCOUNT.split(" IN (").skip(1).map(|rest| rest.split(')').next().unwrap_or_default());
        let mut asked: Vec<&str> = lists.flat_map(|list| list.split(", ")).map(|word| word.trim_matches('\'')).collect();
        let mut known: Vec<&str> = LOOKS.iter().map(|(action, _)| *action).collect();
        asked.sort_unstable();
        known.sort_unstable();
        assert_eq!(asked, known);
    }
}
