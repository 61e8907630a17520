pub use crate::form::FieldKind;
use crate::province::StepKey;

use FieldKind::{
    Bureau, Choice, CreditCode, Date, DateOrMonth, Division, Email, EmployerCode, Mobile, Name, Postcode, ResponsibleBureau,
    Telephone, Text,
};
use StepKey::{Credential, Education, Employment, Person, Qualification};

/// A question of 信息采集.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The form that it belongs to.
    pub step: StepKey,
    /// Its name in the form, the profile and the items.
    pub key: &'static str,
    /// What is checked, and which control is drawn.
    pub kind: FieldKind,
}

const fn field(step: StepKey, key: &'static str, kind: FieldKind) -> Field {
    Field { step, key, kind }
}

/// Every field that exists, the only listing. A profile chooses among them and names them; it does not invent any.
pub const FIELDS: &[Field] = &[
    field(Person, "name", Name),
    field(Person, "mobile", Mobile),
    field(Person, "sex", Choice),
    field(Person, "born_on", Date),
    field(Person, "nationality", Choice),
    field(Person, "ethnicity", Choice),
    field(Person, "political_status", Choice),
    field(Person, "residence_division", Division),
    field(Person, "residence_address", Text { max: 100 }),
    field(Person, "postcode", Postcode),
    field(Person, "email", Email),
    field(Person, "telephone", Telephone),
    field(Person, "remark", Text { max: 200 }),
    field(Education, "full_time_level", Choice),
    field(Education, "full_time_degree", Choice),
    field(Education, "full_time_school", Text { max: 60 }),
    field(Education, "full_time_major", Text { max: 60 }),
    field(Education, "full_time_graduated_on", DateOrMonth),
    field(Education, "full_time_certificate_number", Text { max: 40 }),
    field(Education, "full_time_verification_code", Text { max: 40 }),
    field(Education, "part_time_level", Choice),
    field(Education, "part_time_degree", Choice),
    field(Education, "part_time_school", Text { max: 60 }),
    field(Education, "part_time_major", Text { max: 60 }),
    field(Education, "part_time_graduated_on", DateOrMonth),
    field(Education, "part_time_certificate_number", Text { max: 40 }),
    field(Education, "part_time_verification_code", Text { max: 40 }),
    field(Qualification, "category", Choice),
    field(Qualification, "level", Choice),
    field(Qualification, "method", Choice),
    field(Qualification, "obtained_on", DateOrMonth),
    field(Qualification, "certificate_number", Text { max: 40 }),
    field(Credential, "level", Choice),
    field(Credential, "category", Choice),
    field(Credential, "method", Choice),
    field(Credential, "obtained_on", DateOrMonth),
    field(Credential, "certificate_number", Text { max: 40 }),
    field(Credential, "title", Choice),
    field(Credential, "title_appointed_on", DateOrMonth),
    field(Credential, "duty", Choice),
    field(Credential, "abacus_level", Choice),
    field(Credential, "abacus_number", Text { max: 40 }),
    field(Credential, "cpa", Choice),
    field(Credential, "cpa_number", Text { max: 40 }),
    field(Credential, "tax_agent", Choice),
    field(Credential, "tax_agent_number", Text { max: 40 }),
    field(Credential, "appraiser", Choice),
    field(Credential, "appraiser_number", Text { max: 40 }),
    field(Employment, "status", Choice),
    field(Employment, "off_post_status", Choice),
    field(Employment, "division", Division),
    field(Employment, "bureau", Bureau),
    field(Employment, "responsible_bureau", ResponsibleBureau),
    field(Employment, "address", Text { max: 100 }),
    field(Employment, "postcode", Postcode),
    field(Employment, "employer_name", Text { max: 100 }),
    field(Employment, "employer_code", EmployerCode),
    field(Employment, "credit_code", CreditCode),
    field(Employment, "employer_kind", Choice),
    field(Employment, "employer_address", Text { max: 100 }),
    field(Employment, "employer_phone", Telephone),
    field(Employment, "joined_on", Date),
    field(Employment, "post", Choice),
    field(Employment, "duty", Choice),
    field(Employment, "title", Choice),
    field(Employment, "title_appointed_on", DateOrMonth),
    field(Employment, "accounting_started_on", DateOrMonth),
];

/// The fields of a form, in their order; where it has rows, those of one row.
pub fn fields_of(step: StepKey) -> impl Iterator<Item = &'static Field> {
    FIELDS.iter().filter(move |field| field.step == step)
}

/// The kind of a field; for a row of 专业技术资格 the key of the column.
#[must_use]
pub fn field_kind(step: StepKey, key: &str) -> Option<FieldKind> {
    fields_of(step).find(|field| field.key == key).map(|field| field.kind)
}
