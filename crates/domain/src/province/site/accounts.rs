//! The part of a profile that is about accounts: how one comes to be, how people sign in, and what they are sent.

use serde::{Deserialize, Serialize};

use crate::account::password::PasswordPolicy;
use crate::account::username::UsernameRules;
use crate::account::work::{WorkPage, WorkRules};
use crate::identity::document::DocumentKind;

/// How people register and log in.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountRules {
    /// 证件类型 that people may register with.
    pub document_kinds: Vec<DocumentOption>,
    /// Only where people have passwords.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<PasswordPolicy>,
    /// Only where people choose a name to sign in with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<UsernameRules>,
    /// What has to be agreed to with the registration; `None` where there is nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<Agreement>,
    /// Signature and limits of the messages with codes.
    pub sms: SmsRules,
    /// What the picture of characters is called, on every page that has one (手册乙 1.2: 系统验证码).
    #[serde(default = "usual_picture", skip_serializing_if = "is_usual_picture")]
    pub captcha: String,
    /// 自动验证 in the place of pictures; `None` where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work: Option<WorkRules>,
    /// How an account comes to be here.
    pub registration: RegistrationWay,
    /// The first is the one that is offered.
    pub logins: Vec<LoginWay>,
    /// Where signing in leads when no page was asked for. No page shows it.
    #[serde(default, skip_serializing)]
    pub landing: Landings,
    /// Whether holders of the old certificate were imported and set a password (手册丙 2).
    #[serde(default)]
    pub has_legacy_holders: bool,
    /// What is said of a taken number.
    #[serde(default)]
    pub taken: Taken,
    /// 统一身份认证; `None` where people have their account here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity_service: Option<IdentityService>,
}

fn usual_picture() -> String {
    "图形验证码".to_owned()
}

fn is_usual_picture(word: &str) -> bool {
    word == usual_picture()
}

impl AccountRules {
    /// The rule for the password of a registration, where one is set with it.
    #[must_use]
    pub fn registration_password(&self) -> Option<&PasswordPolicy> {
        let is_set = matches!(self.registration, RegistrationWay::WithPassword | RegistrationWay::WithUsername);
        self.password.as_ref().filter(|_| is_set)
    }

    /// Whether people may have a document of this kind.
    #[must_use]
    pub fn takes(&self, kind: DocumentKind) -> bool {
        self.document_kinds.iter().any(|option| option.kind == kind)
    }

    /// The work that a page asks for in the place of a picture.
    #[must_use]
    pub fn work_at(&self, page: WorkPage) -> Option<&WorkRules> {
        self.work.as_ref().filter(|work| work.pages.contains(&page))
    }

    /// The way to log in with this key, or the first one.
    #[must_use]
    pub fn login(&self, key: &str) -> Option<LoginWay> {
        self.logins.iter().find(|way| way.key() == key).or_else(|| self.logins.first()).copied()
    }
}

/// How an account comes to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegistrationWay {
    /// The password is set with it (手册甲 一).
    WithPassword,
    /// A user name and the password are chosen with it (手册丁 注册, where a province runs such accounts itself).
    WithUsername,
    /// There are no passwords (手册乙 1.2).
    WithoutPassword,
    /// The password is set once the telephone is proven (手册丙 3).
    PasswordAfter,
    /// By the provincial identity service alone (手册丁 注册).
    IdentityService,
}

/// Where signing in leads, by where the person's 信息采集 stands.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Landings {
    /// Nothing was submitted yet, or a closed one may be followed by another.
    #[serde(default)]
    pub draft: Landing,
    /// The bureau has it.
    #[serde(default)]
    pub submitted: Landing,
    /// It was returned.
    #[serde(default)]
    pub returned: Landing,
    /// It was approved.
    #[serde(default)]
    pub approved: Landing,
}

/// A page to which signing in leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Landing {
    /// 个人中心.
    #[default]
    Home,
    /// 信息采集, where one stands.
    Intake,
    /// 采集须知 at first, then the step that is open.
    OpenStep,
    /// 需要修改的项目, of a return item by item.
    Amend,
    /// How far the application has come.
    Progress,
    /// What stands in the archive.
    Record,
}

/// What becomes of a registration whose document number is taken, once the telephone is proven.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Taken {
    /// Nobody learns of it but the owner.
    #[default]
    Silent,
    /// It leads to a page that says so and what to do, to the telephones of the bureaus among it (手册丙 3).
    Told,
}

/// A text that has to be agreed to (手册丁 注册); its version is kept with the agreement.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// With its brackets 《》.
    pub title: String,
    /// Noted with the registration.
    pub version: String,
    /// A line each.
    pub paragraphs: Vec<String>,
}

/// The service of the province where people have their account.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityService {
    /// As people know it.
    pub name: String,
    /// The telephone of the service.
    pub hotline: String,
    /// What to do where its data are wrong.
    pub note: String,
}

/// A kind of identity document that the province offers, with the province's word for it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentOption {
    /// The kind, by which the number is checked.
    pub kind: DocumentKind,
    /// The province's word for it.
    pub label: String,
}

/// The messages with codes: seconds until the next may be sent, minutes that a code lives, tries that it has.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsRules {
    /// Without the brackets 【】.
    pub signature: String,
    /// Until the same page may have another code sent.
    pub resend_seconds: u32,
    /// Until the number gets another code, whatever it is for: carriers bear one a minute.
    #[serde(default = "a_minute")]
    pub pause_seconds: u32,
    /// How long a code lives.
    pub code_minutes: u32,
    /// How many wrong codes are answered before it is void.
    pub max_tries: u32,
    /// How many digits a code has: 5 or 6.
    #[serde(default = "six")]
    pub code_digits: u32,
    /// The button that has one sent (手册丙 3: 获取验证码).
    #[serde(default = "send_a_code")]
    pub label: String,
}

fn send_a_code() -> String {
    "发送验证码".to_owned()
}

fn a_minute() -> u32 {
    60
}

fn six() -> u32 {
    6
}

/// A way to log in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoginWay {
    /// 证件号登录 (手册甲 一「登录功能」).
    PasswordAndSlider,
    /// 手机登录 (手册甲 一「登录功能」).
    MobileAndSlider,
    /// 证件号码, 手机号, 短信验证码, 系统验证码 (手册乙 1.2).
    MobileAndDocument,
    /// 姓名, 证件号, 密码 (手册丙 4).
    NameAndPassword,
    /// 用户名 or 证件号码, and the password.
    UsernameAndPassword,
    /// The provincial identity service (手册丁 登录).
    IdentityService,
}

impl LoginWay {
    /// The word for it in addresses and in the names of forms.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::PasswordAndSlider => "password",
            Self::MobileAndSlider => "mobile",
            Self::MobileAndDocument => "document",
            Self::NameAndPassword => "name",
            Self::UsernameAndPassword => "username",
            Self::IdentityService => "service",
        }
    }
}
