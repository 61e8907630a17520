//! What a post came to, and what a page that works without scripts remembers about it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::case::Refusal;
use crate::fault::FieldErrors;
use crate::form::Form;
use crate::limit::Left;

/// What a post came to. Exactly one of these is of interest: faults to mend, a refusal to read, or where to go next.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// Empty when the form has no fault.
    pub errors: FieldErrors,
    /// `None` when the rules say yes.
    pub refusal: Option<Refusal>,
    /// A path inside the site.
    pub go: Option<String>,
    /// What to say on the same page.
    pub notice: Option<Notice>,
    /// The characters of each field for which a printed form has a blank, because no font has them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by_hand: BTreeMap<String, String>,
}

/// Something that went well and that the page says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Notice {
    /// A code is on its way, or looks as if it were; another may be asked for in `resend_seconds`.
    CodeSent {
        /// Until another code may be asked for.
        resend_seconds: u32,
        /// How many more can be sent, when few can.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        left: Option<Left>,
    },
    /// The draft was kept; `version` is what the next save must name.
    Saved {
        /// What the next save must name.
        version: i64,
        /// When it was kept, in UTC.
        at: chrono::DateTime<chrono::Utc>,
    },
    /// What was asked for is done.
    Done,
}

impl Answer {
    /// Go on to another page.
    pub fn go(path: impl Into<String>) -> Self {
        Self { go: Some(path.into()), ..Self::default() }
    }

    /// Say something on the same page.
    pub fn say(notice: Notice) -> Self {
        Self { notice: Some(notice), ..Self::default() }
    }
}

impl From<FieldErrors> for Answer {
    fn from(errors: FieldErrors) -> Self {
        Self { errors, ..Self::default() }
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        Self { refusal: Some(refusal), ..Self::default() }
    }
}

/// What a form looked like when it was posted without scripts, kept in the session until the page is shown again.
/// Secrets are never in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Flash {
    /// The name of the form that was posted.
    pub form: String,
    /// What was typed, by field; without secrets.
    pub values: BTreeMap<String, String>,
    /// What came of the post.
    pub answer: Answer,
}

impl Flash {
    /// A form without its secrets, and what came of posting it.
    pub fn of<F: Form>(name: &str, form: &F, answer: Answer) -> Self {
        let kept = |field: &str| !crate::account::forms::SECRET_FIELDS.contains(&field);
        let values = form.values().into_iter().filter(|(field, _)| kept(field));
        Self { form: name.into(), values: values.map(|(field, value)| (field.into_owned(), value.into())).collect(), answer }
    }

    /// The form as it was typed.
    pub fn refill<F: Form>(&self) -> F {
        let mut form = F::default();
        for (field, value) in &self.values {
            form.set(field, value.clone());
        }
        form
    }
}
