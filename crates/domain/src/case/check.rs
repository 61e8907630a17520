//! What a machine can tell the reviewer about a case: findings, which advise and never decide. Each kind of case has its own rules.

use serde::{Deserialize, Serialize};

use super::codes::codes;

codes! {
    /// Which rule looked. The sentence belongs to `app`.
    pub enum CheckRule {
        /// The check digit of the identity number (GB 11643-1999).
        IdentityCheckDigit = "identity_check_digit",
        /// The birth date in the number is the one stated.
        IdentityBirth = "identity_birth",
        /// The sex in the number is the one stated.
        IdentitySex = "identity_sex",
        /// Another account has the same identity number.
        SameDocument = "same_document",
        /// Another case has the same certificate number.
        SameCertificate = "same_certificate",
        /// The name on the form is not the one of the registration, where it may be corrected.
        NameCorrected = "name_corrected",
        /// Graduated before the fifteenth birthday.
        GraduatedYoung = "graduated_young",
        /// Qualified before the sixteenth birthday.
        QualifiedYoung = "qualified_young",
        /// Began to work before the sixteenth birthday (劳动法 第十五条).
        WorkedYoung = "worked_young",
        /// Joined the employer before graduating; many study beside their work.
        JoinedBeforeGraduated = "joined_before_graduated",
        /// Began accounting after having been appointed to an accounting title (手册甲 二（二）4).
        StartedAfterAppointed = "started_after_appointed",
        /// The first two characters of the credit code against 单位类型 (GB 32100-2015).
        CreditCodePrefix = "credit_code_prefix",
        /// Diplomas since 2003 have numbers of 18 digits.
        DiplomaLength = "diploma_length",
        /// Digits 7 to 10 of a diploma of 18 digits are the year of graduation.
        DiplomaYear = "diploma_year",
        /// One file lies in two slots.
        SameFile = "same_file",
        /// The name of an application is that of the account.
        AccountName = "account_name",
        /// The document number of an application is that of the account.
        AccountDocument = "account_document",
        /// No other account uses the new mobile number.
        MobileFree = "mobile_free",
        /// No other account has the corrected document.
        DocumentFree = "document_free",
        /// What is to be corrected is as it was when the correction was asked for.
        AsAskedFor = "as_asked_for",
        /// 窗口代办: two of the staff handed it in for the person.
        TakenIn = "taken_in",
        /// 学分折算: the deciding date lies in the learning year.
        ConversionYear = "conversion_year",
        /// 学分折算: the cap of the year takes nothing away.
        ConversionCap = "conversion_cap",
        /// Another case has the same picture.
        FileElsewhere = "file_elsewhere",
        /// 单位管理员: nobody else manages the employer.
        EmployerFree = "employer_free",
        /// 单位管理员: the record of who asks names the employer.
        EmployerOfRecord = "employer_of_record",
        /// 单位管理员: the name is the one that the directory has.
        EmployerName = "employer_name",
    }
}

codes! {
    /// What a rule found: green, amber, red.
    pub enum Level {
        /// Green: nothing to look at.
        Fine = "fine",
        /// Amber: worth a look.
        Look = "look",
        /// Red: contradicts something.
        Wrong = "wrong",
    }
}

/// One finding at one item. The inputs are names and values that went into it, never a whole identity number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// The rule that looked.
    pub rule: CheckRule,
    /// Green, amber or red.
    pub level: Level,
    /// 项目 that the finding stands at, such as `person.born_on`.
    pub item: String,
    /// (name, value) of what the rule compared.
    pub inputs: Vec<(String, String)>,
}
