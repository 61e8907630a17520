//! A browser with its cookie, its address and a person who reads pictures and messages.

use std::sync::LazyLock;

use domain::account::forms::{MobileLoginForm, PasswordLoginForm, RegistrationForm, SendCodeForm};
use domain::answer::Answer;
use domain::fault::{Fault, FieldErrors};

use crate::account::{register, send_code, sign_in_with_mobile, sign_in_with_password};
use crate::testing::House;
use crate::{Entered, Failure, Visit, notify};
use challenge_art::{captcha, slider};

pub const NUMBER: &str = "430111199003079988";
pub const MOBILE: &str = "13912345678";
pub const PASSWORD: &str = "Xk7!mpQ2";
const SEED: u64 = 7;

pub(crate) struct Browser<'h> {
    house: &'h House,
    pub token: String,
    pub address: String,
}

impl<'h> Browser<'h> {
    pub async fn new(house: &'h House, address: &str) -> Self {
        let token = house.visit(None).await.token.as_str().to_owned();
        Self { house, token, address: address.into() }
    }

    pub async fn visit(&self) -> Visit {
        let mut visit = self.house.visit(Some(&self.token)).await;
        visit.address.clone_from(&self.address);
        visit
    }

    pub fn took(&mut self, entered: Entered) -> String {
        self.token = entered.token.as_str().to_owned();
        entered.go
    }

    /// A picture that is drawn once for all stories, and what is to be read in it.
    pub async fn captcha(&self) -> String {
        static ANSWER: LazyLock<String> = LazyLock::new(|| captcha(SEED).answer);
        self.open("captcha").await;
        ANSWER.clone()
    }

    /// A puzzle that is drawn once for all stories, solved two pixels beside.
    pub async fn slider(&self) -> String {
        static PLACE: LazyLock<u32> = LazyLock::new(|| slider(SEED).x);
        self.open("slider").await;
        (*PLACE + 2).to_string()
    }

    async fn open(&self, kind: &'static str) {
        let visit = self.visit().await;
        let (session, now) = (visit.ensure_session().await.unwrap(), visit.now());
        let life = chrono::Duration::minutes(5);
        let write = self.house.services.db.write(move |tx| {
            Box::pin(async move { tx.renew_challenge(&session, kind, SEED.cast_signed(), now, now + life).await })
        });
        write.await.unwrap();
    }

    pub async fn send(&self, purpose: &str, mobile: &str) -> Result<Answer, Failure> {
        self.send_for(purpose, "", mobile).await
    }

    pub async fn send_for(&self, purpose: &str, number: &str, mobile: &str) -> Result<Answer, Failure> {
        let form = SendCodeForm {
            purpose: purpose.into(),
            document_number: number.into(),
            mobile: mobile.into(),
            captcha: self.captcha().await,
            slider: String::new(),
            name: String::new(),
        };
        send_code(&self.visit().await, &form).await
    }

    /// The code of the newest message to a number.
    pub async fn code(&self, mobile: &str) -> Option<String> {
        sent(self.house, mobile).await.into_iter().rev().find_map(|(_, _, code)| code)
    }

    /// A registration with a code that was really sent.
    pub async fn filled(&self, number: &str, mobile: &str) -> RegistrationForm {
        self.send("registration", mobile).await.unwrap();
        registration(number, mobile, &self.code(mobile).await.unwrap())
    }

    /// Registers; whoever is signed in by that takes what was entered.
    pub async fn register(&self, form: &RegistrationForm) -> Result<Entered, Failure> {
        register(&self.visit().await, form).await
    }

    /// Somebody with the usual number, mobile and password has an account, and nobody is signed in.
    pub async fn registered(house: &'h House) -> Self {
        let browser = Self::new(house, "203.0.113.1").await;
        let form = browser.filled(NUMBER, MOBILE).await;
        browser.register(&form).await.unwrap();
        Self::new(house, "203.0.113.1").await
    }

    pub async fn sign_in(&mut self, number: &str, password: &str) -> Result<String, Failure> {
        let slider = self.slider().await;
        let form =
            PasswordLoginForm { document_number: number.into(), password: password.into(), slider, captcha: String::new() };
        sign_in_with_password(&self.visit().await, &form).await.map(|entered| self.took(entered))
    }

    pub async fn sign_in_by_mobile(&mut self, mobile: &str, code: &str) -> Result<String, Failure> {
        let captcha = self.captcha().await;
        let form = MobileLoginForm { mobile: mobile.into(), sms_code: code.into(), captcha, ..MobileLoginForm::default() };
        sign_in_with_mobile(&self.visit().await, &form).await.map(|entered| self.took(entered))
    }
}

/// A filled registration; the picture was read when the code was asked for.
pub fn registration(number: &str, mobile: &str, code: &str) -> RegistrationForm {
    let kind = if number.len() == 18 { "resident_id" } else { "passport" };
    RegistrationForm {
        username: String::new(),
        document_kind: kind.into(),
        document_number: number.into(),
        name: "张三丰".into(),
        password: PASSWORD.into(),
        password_again: PASSWORD.into(),
        mobile: mobile.into(),
        captcha: String::new(),
        sms_code: code.into(),
        agreed: String::new(),
    }
}

/// Everything that a number was sent: purpose, text, code.
pub async fn sent(house: &House, mobile: &str) -> Vec<(String, String, Option<String>)> {
    while notify::deliver(&house.services).await.unwrap() > 0 {}
    let all = house.sms.0.lock().unwrap();
    all.iter().filter(|sms| sms.mobile == mobile).map(|sms| (sms.purpose.clone(), sms.text.clone(), sms.code.clone())).collect()
}

/// The faults of an outcome that must be faults.
pub(crate) fn faults<T>(outcome: Result<T, Failure>) -> FieldErrors {
    match outcome {
        Err(Failure::Invalid(errors)) => errors,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it went through"),
    }
}

/// How many tries a refusal announces.
pub(crate) fn tries_left(errors: &FieldErrors) -> Option<u32> {
    errors.0.iter().find_map(|error| match &error.fault {
        Fault::TriesLeft(left) => Some(left.times),
        _ => None,
    })
}

pub(crate) fn is_fault<T>(outcome: &Result<T, Failure>, field: &str, fault: &Fault) -> bool {
    matches!(outcome, Err(Failure::Invalid(errors)) if errors.of(field) == Some(fault))
}
