use crate::province::StepKey;

/// What kind of answer a field takes, for the check and for the control that is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// At most `max` characters.
    Text {
        max: u32,
    },
    /// A code of the list that the profile names.
    Choice,
    Date,
    /// The code of a division of the province.
    Division,
    Telephone,
    Postcode,
    Email,
    CreditCode,
    /// 统一社会信用代码 or the older 组织机构代码.
    EmployerCode,
    /// The code of a bureau that takes cases of the chosen division.
    Bureau,
    /// The name of a person.
    Name,
    Mobile,
}

use FieldKind::{Bureau, Choice, CreditCode, Date, Division, Email, EmployerCode, Mobile, Name, Postcode, Telephone, Text};
use StepKey::{Credential, Education, Employment, Person, Qualification};

/// Every field that exists. A profile chooses among them and names them; it does not invent any.
pub const FIELDS: &[(StepKey, &str, FieldKind)] = &[
    (Person, "name", Name),
    (Person, "mobile", Mobile),
    (Person, "sex", Choice),
    (Person, "born_on", Date),
    (Person, "nationality", Choice),
    (Person, "ethnicity", Choice),
    (Person, "political_status", Choice),
    (Person, "residence_division", Division),
    (Person, "residence_address", Text { max: 100 }),
    (Person, "postcode", Postcode),
    (Person, "email", Email),
    (Person, "telephone", Telephone),
    (Person, "remark", Text { max: 200 }),
    (Education, "full_time_level", Choice),
    (Education, "full_time_degree", Choice),
    (Education, "full_time_school", Text { max: 60 }),
    (Education, "full_time_major", Text { max: 60 }),
    (Education, "full_time_graduated_on", Date),
    (Education, "full_time_certificate_number", Text { max: 40 }),
    (Education, "full_time_verification_code", Text { max: 40 }),
    (Education, "part_time_level", Choice),
    (Education, "part_time_degree", Choice),
    (Education, "part_time_school", Text { max: 60 }),
    (Education, "part_time_major", Text { max: 60 }),
    (Education, "part_time_graduated_on", Date),
    (Education, "part_time_certificate_number", Text { max: 40 }),
    (Education, "part_time_verification_code", Text { max: 40 }),
    (Qualification, "category", Choice),
    (Qualification, "level", Choice),
    (Qualification, "method", Choice),
    (Qualification, "obtained_on", Date),
    (Qualification, "certificate_number", Text { max: 40 }),
    (Credential, "level", Choice),
    (Credential, "category", Choice),
    (Credential, "method", Choice),
    (Credential, "obtained_on", Date),
    (Credential, "certificate_number", Text { max: 40 }),
    (Credential, "title", Choice),
    (Credential, "title_appointed_on", Date),
    (Credential, "duty", Choice),
    (Credential, "abacus_level", Choice),
    (Credential, "abacus_number", Text { max: 40 }),
    (Credential, "cpa", Choice),
    (Credential, "tax_agent", Choice),
    (Credential, "appraiser", Choice),
    (Employment, "status", Choice),
    (Employment, "division", Division),
    (Employment, "bureau", Bureau),
    (Employment, "address", Text { max: 100 }),
    (Employment, "postcode", Postcode),
    (Employment, "employer_name", Text { max: 100 }),
    (Employment, "employer_code", EmployerCode),
    (Employment, "credit_code", CreditCode),
    (Employment, "employer_kind", Choice),
    (Employment, "employer_address", Text { max: 100 }),
    (Employment, "employer_phone", Telephone),
    (Employment, "joined_on", Date),
    (Employment, "post", Choice),
    (Employment, "duty", Choice),
    (Employment, "title", Choice),
    (Employment, "title_appointed_on", Date),
    (Employment, "accounting_started_on", Date),
];

/// The kind of a field; for a row of 专业技术资格 the key of the column.
#[must_use]
pub fn field_kind(step: StepKey, key: &str) -> Option<FieldKind> {
    FIELDS.iter().find(|(of, name, _)| *of == step && *name == key).map(|(_, _, kind)| *kind)
}
