//! People of the bureaus: sign-in with password and second factor, the first administrator, the demonstration's reviewers.

use domain::account::view::Who;

use crate::{Failure, Visit};

/// Who of the staff is looking.
///
/// # Errors
/// `Store`.
pub async fn who(_visit: &Visit) -> Result<Who, Failure> {
    Ok(Who::Visitor)
}
