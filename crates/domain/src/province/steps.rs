//! The steps of 信息采集, their questions, and the conditions under which they are asked.

use serde::{Deserialize, Serialize};

/// The steps that exist; their order is the province's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKey {
    /// 个人基本信息.
    Person,
    /// 学历学位信息.
    Education,
    /// 专业技术资格, a row for each category.
    Qualification,
    /// 专业技术资格, the highest one only, with titles and licences.
    Credential,
    /// 工作单位信息.
    Employment,
}

impl StepKey {
    /// Whether its questions are asked again for each row.
    #[must_use]
    pub const fn has_rows(self) -> bool {
        matches!(self, Self::Qualification)
    }

    /// Every step, not in the order of any province.
    pub const ALL: [Self; 5] = [Self::Person, Self::Education, Self::Qualification, Self::Credential, Self::Employment];

    /// The name in addresses, items and profiles, such as `education`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Education => "education",
            Self::Qualification => "qualification",
            Self::Credential => "credential",
            Self::Employment => "employment",
        }
    }

    /// The step of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.as_str() == name)
    }
}

/// One page of the wizard.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepRules {
    /// Which step it is.
    pub key: StepKey,
    /// As people read it above the page.
    pub title: String,
    /// 温馨提示, at most five lines.
    #[serde(default)]
    pub tips: Vec<String>,
    /// In the order of the page.
    pub fields: Vec<FieldRules>,
}

/// A field that the province asks for. A field that is not listed is not asked.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldRules {
    /// The key of a field that exists in this step.
    pub key: String,
    /// The question, in the words of the province.
    pub label: String,
    /// What it is called instead while an answer says so (手册丁: 居住地 or 办公场所); the first that holds counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<LabelWhen>,
    /// Required where it is asked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Required only while this holds, where a field is a must for some and a choice for others (手册丙 7).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_when: Option<Condition>,
    /// Known from the registration, and open to the person only once the application was given back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fixed: bool,
    /// A line beside the question; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
    /// The heading that this field and the following ones stand under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The name of the list that it is chosen from; for a text the list that is suggested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// Asked where all of them hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<Condition>,
    /// A right answer, to look at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// The code that is chosen already when the page is opened first; nothing is saved by that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preset: Option<String>,
    /// The question as one would ask it aloud, for 长者版; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub plain: String,
}

/// A label that holds under a condition.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelWhen {
    /// On an answer of the same step.
    pub when: Condition,
    /// The question, in the words of the province.
    pub label: String,
}

/// Holds when the field's answer is one of `is` (if any are named) and none of `is_not`; an empty answer is `""`.
/// The field is one of the same step, or `step.field`; for a field with rows, one row has to fulfil it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// `level`, or `education.level` of another step.
    pub field: String,
    /// Codes of which the answer is one; empty for any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub is: Vec<String>,
    /// Codes that the answer is none of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub is_not: Vec<String>,
}

impl Condition {
    /// Whether an answer fulfils the condition.
    #[must_use]
    pub fn holds(&self, answer: &str) -> bool {
        (self.is.is_empty() || self.is.iter().any(|code| code == answer)) && !self.is_not.iter().any(|code| code == answer)
    }
}

impl StepRules {
    /// The rules of a field, if the province asks it.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&FieldRules> {
        self.fields.iter().find(|field| field.key == key)
    }
}
