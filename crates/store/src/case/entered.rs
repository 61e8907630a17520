//! The rows of what a bureau enters about somebody: whose they are and which bureau entered them, with where their case stands. They
//! are asked for by bureau, by person and by case, whatever else a kind notes.

/// The statements of a table of such rows, and what reads them; `with` names the columns that only this kind has. Further statements
/// of the module follow.
macro_rules! entered_rows {
    ($row:ident of $table:literal with $own:literal: $list:ident, $of_account:ident, $of_case:ident; $($name:ident = $text:expr;)*) => {
        $crate::conn::sql! {
            OF_BUREAU = concat!("SELECT t.case_id, t.account_id, f.applicant AS name, t.bureau, f.number AS case_number, f.status, f.due_on, ",
                $own, " FROM ", $table, " t JOIN case_file f ON f.id = t.case_id
                WHERE t.province = $1 AND t.bureau = $2 ORDER BY f.created_at DESC, f.id DESC LIMIT $3");
            OF_ACCOUNT = concat!("SELECT t.case_id, t.account_id, f.applicant AS name, t.bureau, f.number AS case_number, f.status, f.due_on, ",
                $own, " FROM ", $table, " t JOIN case_file f ON f.id = t.case_id
                WHERE t.account_id = $1 ORDER BY f.created_at DESC, f.id DESC");
            OF_CASE = concat!("SELECT t.case_id, t.account_id, f.applicant AS name, t.bureau, f.number AS case_number, f.status, f.due_on, ",
                $own, " FROM ", $table, " t JOIN case_file f ON f.id = t.case_id WHERE t.case_id = $1");
            $($name = $text;)*
        }

        impl $crate::conn::Reader {
            /// What a bureau entered, the newest first, so many at most.
            ///
            /// # Errors
            /// `Driver`.
            pub async fn $list(
                &mut self,
                province: &str,
                bureau: &domain::id::BureauCode,
                limit: i64,
            ) -> Result<Vec<$row>, $crate::error::StoreError> {
                Ok($crate::conn::on!(self, |c| sqlx::query_as(OF_BUREAU).bind(province).bind(bureau.as_str()).bind(limit).fetch_all(c))?)
            }

            /// What was entered of a person, confirmed or not, the newest first.
            ///
            /// # Errors
            /// `Driver`.
            pub async fn $of_account(
                &mut self,
                account: &domain::id::AccountId,
            ) -> Result<Vec<$row>, $crate::error::StoreError> {
                Ok($crate::conn::on!(self, |c| sqlx::query_as(OF_ACCOUNT).bind(account.as_str()).fetch_all(c))?)
            }

            /// What a case is about.
            ///
            /// # Errors
            /// `Driver`.
            pub async fn $of_case(
                &mut self,
                case: &domain::id::CaseId,
            ) -> Result<Option<$row>, $crate::error::StoreError> {
                Ok($crate::conn::on!(self, |c| sqlx::query_as(OF_CASE).bind(case.as_str()).fetch_optional(c))?)
            }
        }
    };
}

pub(crate) use entered_rows;
