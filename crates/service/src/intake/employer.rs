//! 获取单位信息: the name of an employer by its code, from a directory that is a port; not found means typed by hand.

use domain::fault::{Fault, FieldErrors};
use domain::intake::view::EmployerAnswer;
use domain::intake::{Employer, StepForm, employer_code};
use domain::limit::Limited;
use futures::FutureExt;
use futures::future::BoxFuture;
use store::{Db, Tx};

use crate::ports::{EmployerError, Employers};
use crate::{Failure, Limit, Visit, allow};

/// Looks of one person; a directory is not to be copied by asking.
const LOOKS: [Limit; 2] = [Limit::new(Limited::Employers, 20, 600), Limit::new(Limited::Employers, 60, 86_400)];

/// What has been approved here, or was loaded by the operator.
pub struct LocalEmployers(pub Db);

impl Employers for LocalEmployers {
    fn find<'a>(&'a self, province: &'a str, code: &'a str) -> BoxFuture<'a, Result<Option<String>, EmployerError>> {
        async move {
            let broken = |error: store::StoreError| EmployerError(error.to_string());
            self.0.read().await.map_err(broken)?.find_employer(province, code).await.map_err(broken)
        }
        .boxed()
    }
}

/// Looks an employer up. A wrong code, an unknown employer and a silent directory are answers.
///
/// # Errors
/// `NotFound` where the province has no directory, `SignInAgain`, `TooOften`, `Store`.
pub async fn find_employer(visit: &Visit, typed: &str) -> Result<EmployerAnswer, Failure> {
    let account = visit.filling_in()?;
    if !visit.province.profile.intake.employer_directory {
        return Err(Failure::NotFound);
    }
    let code = match employer_code(typed) {
        Ok(code) => code,
        Err(fault) => return Ok(EmployerAnswer::Wrong(fault)),
    };
    let (id, bucket, now) = (visit.services.ids.id(), visit.bucket("employer", account.as_str()), visit.now());
    let counted = visit.write(move |tx| Box::pin(async move { allow(tx, &id, &bucket, &LOOKS, now).await }));
    counted.await?;
    match visit.services.employers.find(visit.province_key(), &code).await {
        Ok(Some(name)) => Ok(EmployerAnswer::Found(name)),
        Ok(None) => Ok(EmployerAnswer::Unknown),
        Err(error) => {
            tracing::warn!(%error, "the directory of employers did not answer");
            Ok(EmployerAnswer::Silent)
        }
    }
}

/// Puts the name of the employer into the typed form, for browsers without scripts.
///
/// # Errors
/// `Invalid` at `employer_code` when there is nothing to put in; as [`find_employer`].
pub async fn fill_employer(visit: &Visit, form: &mut StepForm) -> Result<(), Failure> {
    let fault = match find_employer(visit, form.get("employer_code").unwrap_or_default()).await? {
        EmployerAnswer::Found(name) => {
            form.set("employer_name", name);
            return Ok(());
        }
        EmployerAnswer::Wrong(fault) => fault,
        EmployerAnswer::Unknown | EmployerAnswer::Silent => Fault::EmployerUnknown,
    };
    Err(FieldErrors::one("employer_code", fault).into())
}

/// What a bureau approves is known to the directory of its province from then on.
pub(crate) async fn remember(visit: &Visit, tx: &mut Tx, employer: &Employer) -> Result<(), Failure> {
    Ok(tx.save_employer(visit.province_key(), &employer.code, &employer.name, visit.now()).await?)
}
