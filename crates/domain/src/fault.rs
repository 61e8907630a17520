//! What can be wrong with a value, as codes. The sentences belong to `app`, the tests compare codes.

use crate::account::password::Counted;
use serde::{Deserialize, Serialize};
use studio::Flaw;

use crate::identity::DocumentKind;
use crate::limit::Left;

crate::by_name! {
    /// One way in which a value can be wrong. Every variant has its own sentence in `app::ui::sentence`.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub enum Fault {
        /// Nothing was given where something is needed.
        Missing,
        /// A choice that is not in the list.
        NotInList,
        /// More than so many characters.
        TooLong(u32),
        /// Fewer than so many characters.
        TooShort(u32),
        /// A character that this field does not take, which is named so that it can be found.
        Character(char),
        /// A blank beside a Chinese character of a name, which may be a slip or stand for a dot: only the person knows.
        Blank {
            /// What stands before it.
            before: char,
            /// What stands after it.
            after: char,
        },
        /// A mark of a name where none can stand.
        Misplaced(char),
        /// A resident identity number has 18 characters; this has so many, as typed.
        IdLength(u32),
        /// The old identity number of 15 digits.
        IdFifteen,
        /// The check digit does not fit the other 17.
        IdCheckDigit,
        /// The eight digits of the birth date are no date, lie before 1900 or in the future.
        IdBirthDate,
        /// The first two digits are no province.
        IdRegion,
        /// The number does not have the shape of its document.
        DocumentShape,
        /// A mobile number has 11 digits and begins with 13 to 19.
        Mobile,
        /// A telephone number, mobile or with area code.
        Telephone,
        /// A postcode has six digits.
        Postcode,
        /// An e-mail address.
        Email,
        /// A unified social credit code has 18 characters; this has so many, as typed.
        CreditCodeLength(u32),
        /// A unified social credit code holds no I, O, S, V, Z and nothing but digits and capitals.
        CreditCodeCharacters,
        /// The check character of the unified social credit code does not fit.
        CreditCodeCheck,
        /// No number above 0, or one above this.
        Number(u32),
        /// No amount above nothing with at most two decimals.
        NotAnAmount,
        /// More than may be booked.
        AmountAbove(crate::correction::TooMuch),
        /// No calendar date.
        NotADate,
        /// Neither a calendar date nor a month of a year.
        NotADateOrMonth,
        /// A date after today.
        InTheFuture,
        /// A date before 1900, or before the person could have got there.
        TooEarly,
        /// The password has fewer characters than the policy of the province asks for.
        PasswordShort(u32),
        /// The password has more characters than the policy of the province takes.
        PasswordLong(u32),
        /// The password has fewer than `needed` of the kinds of characters.
        PasswordKinds {
            /// How many of the kinds.
            needed: u32,
            /// Which kinds the province tells apart.
            counted: Counted,
        },
        /// The password is among the common ones.
        PasswordCommon,
        /// The password holds the name, the mobile number or the end of the identity number.
        PasswordPersonal,
        /// The two passwords differ.
        PasswordsDiffer,
        /// The characters of the picture were not read correctly, or the picture is used up.
        Captcha,
        /// The piece was not put into its place.
        Slider,
        /// The code from the message has so many digits.
        CodeShape(u32),
        /// The code is wrong; so many tries remain.
        CodeWrong(u32),
        /// The code is too old, used, or was never sent here.
        CodeExpired,
        /// No code has been sent to this number in this window.
        CodeNotSent,
        /// The user name has another shape.
        Username {
            /// The least number of characters.
            min: u32,
            /// The largest number of characters.
            max: u32,
        },
        /// The last four characters of the document number are asked for beside the code: a telephone number is no person.
        DocumentEnd,
        /// They are not those of the account.
        DocumentEndWrong,
        /// Number and password do not belong together (said for every reason).
        Credentials,
        /// Beside a wrong password, code or number: so often it may still be tried.
        TriesLeft(Left),
        /// A statement that must be agreed to was not ticked.
        NotAgreed,
        /// 全日制学历 may not be 无.
        FullTimeNone,
        /// 全日制学历 may not be above 非全日制学历.
        FullTimeAbovePartTime,
        /// Two rows of one kind.
        DuplicateRow,
        /// At most so many rows.
        TooManyRows(u32),
        /// 开始从事会计工作时间 is after 专业技术职务聘任时间.
        StartedAfterAppointed,
        /// A date that must not be before another field's date; this is that field.
        BeforeOther(String),
        /// The directory knows no employer of this code, or did not answer.
        EmployerUnknown,
        /// No bureau takes cases of this division.
        NoBureau,
        /// A file that the answers call for is missing.
        FileMissing,
        /// The file is empty.
        FileEmpty,
        /// The file is larger than `max` bytes.
        FileTooBig {
            /// In bytes.
            max: u32,
            /// How large the file is.
            bytes: u32,
        },
        /// Neither JPEG nor PNG, whatever its name says.
        FileKind,
        /// The picture cannot be decoded.
        FileDamaged,
        /// More pixels than can be handled safely: the limit in millions of pixels.
        FilePixels(u32),
        /// Fewer pixels than can be read: at least `width` × `height`.
        FileSmall {
            /// The least, in pixels.
            width: u32,
            /// The least, in pixels.
            height: u32,
        },
        /// A photograph that the province does not take, with what was measured.
        Photo(Flaw),
        /// A format that is known and cannot be made a picture here.
        FileFormat(Format),
        /// A rare kind of a known format, which browsers do not show either.
        FileUnusual,
        /// More than half of the picture is not in the file, or the file did not arrive whole.
        FileCut,
        /// A document of `pages` pages, of which the slot takes `most`.
        FilePages {
            /// Pages of the document.
            pages: u32,
            /// How many the slot still takes.
            most: u32,
        },
        /// A document that opens with a password.
        FileLocked,
        /// A document that would need more memory or time than there is for one.
        FileTooHeavy,
        /// The slot has as many pictures as it takes, which are so many.
        SlotFull(u32),
        /// A reason is needed.
        ReasonMissing,
        /// A one-time code of the authenticator is wrong.
        OneTimeCode,
        /// The mobile number serves another account.
        MobileTaken,
        /// The telephone of an administrator, who would get the token of another account.
        MobileOfAdministrator,
        /// A token is not used in the window of whoever asked for the account.
        NotByAsker,
        /// Somebody or something of the province has it already: a name to log in with, the code of a school.
        LoginTaken,
        /// Administrators belong to the bureau of the province.
        ProvinceOnly,
        /// Name, number and password do not belong together (said for every reason).
        CredentialsWithName,
        /// The number has an account, and the telephone just proven is its own.
        AlreadyRegistered,
        /// The number is one of this other document.
        OtherKind(DocumentKind),
        /// The present password is another one.
        OldPassword,
        /// The present password of a staff member is another one.
        OldStaffPassword,
        /// The number is the one that the account has already.
        MobileUnchanged,
        /// What is to be corrected is as it was.
        Unchanged,
        /// The number serves another account, which has to be relieved of it first.
        MobileElsewhere,
        /// Another account has the document.
        DocumentTaken,
        /// What is to be corrected has changed since the correction was asked for.
        ChangedSince,
    }
}

/// A fault at a field. Rows are addressed as `rows.0.kind`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// As the form names it.
    pub field: String,
    /// The first cause, which is the one to mend.
    pub fault: Fault,
}

/// Everything that is wrong with a form, in the order of the form; at most one fault a field is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("the form has {} faults", .0.len())]
pub struct FieldErrors(pub Vec<FieldError>);

impl FieldErrors {
    /// A single fault at a field.
    pub fn one(field: &str, fault: Fault) -> Self {
        let mut errors = Self::default();
        errors.push(field, fault);
        errors
    }

    /// Adds a fault, unless the field already has one: the first cause is the one to mend.
    pub fn push(&mut self, field: &str, fault: Fault) {
        if self.of(field).is_none() {
            self.0.push(FieldError { field: field.to_owned(), fault });
        }
    }

    /// The same as [`FieldErrors::push`] where a value was wanted: there is none.
    pub fn note<T>(&mut self, field: &str, fault: Fault) -> Option<T> {
        self.push(field, fault);
        None
    }

    /// Adds a word beside the fault that the field has already.
    pub fn add(&mut self, field: &str, fault: Fault) {
        self.0.push(FieldError { field: field.to_owned(), fault });
    }

    /// The fault of a field.
    pub fn of(&self, field: &str) -> Option<&Fault> {
        self.0.iter().find(|error| error.field == field).map(|error| &error.fault)
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `Ok(value)` when nothing is wrong.
    ///
    /// # Errors
    /// Itself, when it holds a fault.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
}

/// A format that people hand in and that is not taken as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// What telephones of Apple write, and some others.
    Heic,
    /// A newer kind of the same family.
    Avif,
    /// Moving or few colours.
    Gif,
    /// A film.
    Film,
    /// Word, WPS, Excel or an archive.
    Document,
}
