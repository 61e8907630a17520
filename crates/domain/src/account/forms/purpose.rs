//! What codes are for.

use serde::{Deserialize, Serialize};

/// What a code from a text message is for; a code serves no other purpose.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
#[serde(rename_all = "snake_case")]
pub enum CodePurpose {
    /// 注册, to the number that is being registered.
    Registration,
    /// 手机登录.
    Login,
    /// 忘记密码, to the number of the account.
    PasswordReset,
    /// 手机号更换, to the new number.
    PhoneChange,
    /// 账号申诉, to the number of who appeals.
    Appeal,
    /// 登录 by document number and mobile (手册乙 1.2).
    DocumentLogin,
    /// 原有用户设置密码 (手册丙 2).
    Activation,
    /// 账号设置 更换手机号码, to the number on file.
    OldMobile,
    /// 账号设置 更换手机号码, to the new number.
    NewMobile,
}

impl CodePurpose {
    const ALL: [Self; 9] = [
        Self::Registration,
        Self::Login,
        Self::PasswordReset,
        Self::PhoneChange,
        Self::Appeal,
        Self::DocumentLogin,
        Self::Activation,
        Self::OldMobile,
        Self::NewMobile,
    ];

    /// The code in forms and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Registration => "registration",
            Self::Login => "login",
            Self::PasswordReset => "password_reset",
            Self::PhoneChange => "phone_change",
            Self::Appeal => "appeal",
            Self::DocumentLogin => "document_login",
            Self::Activation => "activation",
            Self::OldMobile => "old_mobile",
            Self::NewMobile => "new_mobile",
        }
    }

    /// The purpose with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }
}
