//! The forms by which the staff comes in.

crate::form! {
    /// Sign-in of the staff: name and password; the second factor follows.
    pub struct StaffLoginForm {
        /// The name to log in with.
        login,
        /// Exactly as typed.
        password,
        /// 图形验证码, as read from the picture.
        captcha,
    }
}

crate::form! {
    /// A code of the authenticator, or a recovery code.
    pub struct SecondFactorForm {
        /// 动态口令, or one of the 恢复码.
        code,
    }
}

crate::form! {
    /// The first administrator, by the one-time token.
    pub struct BootstrapForm {
        /// One-time, from whoever runs the server.
        token,
        /// The name to log in with.
        login,
        /// Of the person.
        name,
        /// 手机号, as typed.
        mobile,
        /// Exactly as typed.
        password,
        /// The same once more.
        password_again,
    }
}
