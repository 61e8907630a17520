//! 删除 of a conversion by its person (手册乙 7.3: 对于审核退回或待审核的继续教育记录，可进行删除操作，审核通过的不可删除).

use domain::answer::Answer;
use domain::case::CaseKind;
use domain::id::CaseId;
use domain::learning::forms::DropForm;
use futures::FutureExt;
use futures::future::BoxFuture;
use store::learning::conversion::ConversionRow;
use store::{Reader, Tx};

use super::{KIND, path};
use crate::case::{Sheet, take_away};
use crate::{Failure, Visit};

impl Sheet for ConversionRow {
    const KIND: CaseKind = KIND;

    fn find<'a>(reader: &'a mut Reader, case: &'a CaseId) -> BoxFuture<'a, Result<Option<Self>, Failure>> {
        async move { Ok(reader.find_conversion(case).await?) }.boxed()
    }

    /// The same may be converted again.
    fn let_go<'a>(tx: &'a mut Tx, case: &'a CaseId) -> BoxFuture<'a, Result<(), Failure>> {
        async move { Ok(tx.release_conversion(case).await?) }.boxed()
    }
}

/// Takes a conversion away that is a draft, waits, or was returned; what was handed in stays known to the bureau. Repeating it
/// changes nothing.
///
/// # Errors
/// `NotAllowedIn` for an approved one, `Stale` when it changed since it was seen, `NotFound`.
pub async fn delete_conversion(visit: &Visit, form: &DropForm) -> Result<Answer, Failure> {
    let page = path(visit, "learning/conversions?done=deleted");
    take_away::<ConversionRow>(visit, (&form.case, &form.version), page).await
}
