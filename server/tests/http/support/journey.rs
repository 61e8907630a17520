//! What people do, over HTTP and without scripts.

use std::time::Duration;

use domain::case::StaffRole;
use service::staff::DemoStaff;

use super::browser::{Browser, Page};
use super::pictures::png;

/// A person, with everything that must not leak.
#[derive(Clone, Debug)]
pub struct Person {
    pub document: String,
    pub name: String,
    pub mobile: String,
    pub address: String,
}

pub const PASSWORD: &str = "Guizhou@2026x";

/// A resident identity number with its check digit (GB 11643).
pub fn resident(serial: u32) -> String {
    let stem = format!("43011119900307{serial:03}");
    let sum: u32 = stem.bytes().enumerate().map(|(at, byte)| u32::from(byte - b'0') * (1u32 << (17 - at)) % 11).sum();
    let check = (12 - sum % 11) % 11;
    format!("{stem}{}", if check == 10 { "X".to_owned() } else { check.to_string() })
}

impl Person {
    pub fn new(serial: u32) -> Self {
        let names = ["欧阳归舟", "司马听雪", "诸葛临川", "上官知秋"];
        Self {
            document: resident(serial),
            name: names[serial as usize % names.len()].to_owned(),
            mobile: format!("1397316{serial:04}"),
            address: format!("归舟巷 {serial} 号楼"),
        }
    }

    /// What nobody else may read.
    pub fn canaries(&self) -> [&str; 4] {
        [&self.document, &self.name, &self.mobile, &self.address]
    }
}

/// The answers of a complete application, by item.
pub fn answers(address: &str) -> Vec<(&'static str, String)> {
    let fixed = [
        ("person.nationality", "CN"),
        ("person.ethnicity", "01"),
        ("person.political_status", "13"),
        ("education.full_time_level", "bachelor"),
        ("education.full_time_degree", "none"),
        ("education.full_time_school", "湖南财政经济学院"),
        ("education.full_time_major", "会计学"),
        ("education.full_time_graduated_on", "2012-06-30"),
        ("employment.status", "employed_accounting"),
        ("employment.division", super::BUREAU),
        ("employment.accounting_started_on", "2012-07-16"),
        ("employment.employer_name", "长沙某某有限公司"),
        ("employment.credit_code", "91350100M000100Y43"),
        ("employment.employer_kind", "unlisted_private"),
        ("employment.employer_address", "韶山中路 2 号"),
        ("employment.joined_on", "2015-03-16"),
        ("employment.post", "cashier"),
        ("employment.duty", "staff"),
        ("employment.title", "none"),
    ];
    let mut all: Vec<(&str, String)> = fixed.into_iter().map(|(item, value)| (item, value.to_owned())).collect();
    all.push(("person.residence_address", address.to_owned()));
    all
}

/// The slots that those answers call for.
pub const SLOTS: [&str; 5] = ["photo", "id_front", "id_back", "full_time_diploma", "employment_proof"];

impl Browser {
    /// Reads the picture, as a person would.
    pub async fn captcha(&mut self) -> String {
        let picture = self.look("/hunan/captcha.png").await;
        assert!(picture.status.is_success(), "{}", picture.text());
        self.look("/demo/challenge").await.json()["captcha"].as_str().unwrap().to_owned()
    }

    /// The newest code that was sent to a number.
    pub async fn code(&mut self, mobile: &str) -> String {
        for _ in 0..100 {
            if let Some(services) = &self.deliverer {
                service::notify::deliver(services).await.unwrap();
            }
            let sent = self.look("/demo/sms").await.json();
            let mut sent = sent.as_array().unwrap().iter().filter(|sms| sms["mobile"] == mobile);
            if let Some(code) = sent.find_map(|sms| sms["code"].as_str()) {
                return code.to_owned();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no code came to {mobile}");
    }

    pub async fn register(&mut self, person: &Person) {
        assert!(self.get("/hunan/register").await.status.is_success());
        let captcha = self.captcha().await;
        let asked =
            [("province", "hunan"), ("purpose", "registration"), ("form[mobile]", &person.mobile), ("form[captcha]", &captcha)];
        let page = self.post("/api/account/code", &asked).await;
        assert!(page.path.starts_with("/hunan/register"), "{} {}", page.path, page.text());
        let code = self.code(&person.mobile).await;
        let form = [
            ("province", "hunan"),
            ("form[document_kind]", "resident_id"),
            ("form[document_number]", &person.document),
            ("form[name]", &person.name),
            ("form[password]", PASSWORD),
            ("form[password_again]", PASSWORD),
            ("form[mobile]", &person.mobile),
            ("form[captcha]", ""),
            ("form[sms_code]", &code),
        ];
        let page = self.post("/api/account/register", &form).await;
        assert_eq!((page.path.as_str(), page.status.as_u16()), ("/hunan/home", 200), "{}", page.text());
    }

    pub async fn sign_in(&mut self, person: &Person) {
        let page = self.try_sign_in(person).await;
        assert_eq!((page.path.as_str(), page.status.as_u16()), ("/hunan/home", 200), "{}", page.text());
    }

    /// Signs in, wherever that leads.
    pub async fn try_sign_in(&mut self, person: &Person) -> Page {
        assert!(self.get("/hunan/login").await.status.is_success());
        let captcha = self.captcha().await;
        let form = [
            ("province", "hunan"),
            ("form[document_number]", person.document.as_str()),
            ("form[password]", PASSWORD),
            ("form[captcha]", &captcha),
        ];
        self.post("/api/account/login/password", &form).await
    }

    pub async fn pledge(&mut self) {
        let page = self.get("/hunan/intake/briefing").await;
        let version = page.hidden("form[version]");
        let form = [("province", "hunan"), ("form[agreed]", "yes"), ("form[version]", &version)];
        let page = self.post("/api/intake/pledge", &form).await;
        assert_eq!(page.path, "/hunan/intake/person", "{}", page.text());
    }

    /// Fills every step; answers the page after the last one.
    pub async fn fill(&mut self, person: &Person) -> Page {
        let mut page = self.get("/hunan/intake/person").await;
        for step in ["person", "education", "qualification", "employment"] {
            assert!(page.path.starts_with(&format!("/hunan/intake/{step}")), "{step}: {} {}", page.path, page.text());
            let version = page.hidden("version");
            let pairs = [("province", "hunan"), ("step", step), ("version", version.as_str())];
            let mut form = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
            for (item, value) in answers(&person.address) {
                if let Some(field) = item.strip_prefix(&format!("{step}.")) {
                    form.push((format!("form[{field}]"), value));
                }
            }
            form.push(("how".to_owned(), "continue".to_owned()));
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            page = self.post("/api/intake/step/save", &form).await;
        }
        page
    }

    pub async fn upload_all(&mut self) {
        for slot in SLOTS {
            let page = self.upload(slot, &format!("{slot}.png"), &png(640, 480, slot)).await;
            assert!(page.text().starts_with("{\"Kept\""), "{slot}: {} {}", page.status, page.text());
        }
    }

    pub async fn submit(&mut self) -> Page {
        let key = self.get("/hunan/intake/check").await.hidden("form[request_key]");
        let form = [("province", "hunan"), ("form[request_key]", key.as_str()), ("form[agreed]", "yes")];
        let page = self.post("/api/intake/submit", &form).await;
        assert_eq!(page.path, "/hunan/intake/progress", "{}", page.text());
        page
    }

    /// From the registration to the submission.
    pub async fn apply(&mut self, person: &Person) {
        self.register(person).await;
        self.sign_in(person).await;
        self.pledge().await;
        let page = self.fill(person).await;
        assert_eq!(page.path, "/hunan/intake/files", "{}", page.text());
        self.upload_all().await;
        self.submit().await;
    }

    /// The first factor only.
    pub async fn half_sign_in(&mut self, staff: &DemoStaff) {
        let form = [("province", "hunan"), ("form[login]", staff.login.as_str()), ("form[password]", &staff.password)];
        let page = self.post("/api/staff/sign-in", &form).await;
        assert_eq!(page.path, "/hunan/staff/second-factor", "{}", page.text());
    }

    /// Both factors, at the time of `now`.
    pub async fn staff_sign_in(&mut self, staff: &DemoStaff, now: chrono::DateTime<chrono::Utc>) {
        self.half_sign_in(staff).await;
        let code = service::second_factor::code(&staff.totp_secret, now);
        let page = self.post("/api/staff/confirm", &[("province", "hunan"), ("form[code]", &code)]).await;
        let home = if staff.role == StaffRole::Administrator { "/hunan/staff/people" } else { "/hunan/staff/desk" };
        assert_eq!((page.path.as_str(), page.status.as_u16()), (home, 200), "{}", page.text());
    }

    /// The cases of the queue as the scripts see them.
    pub async fn queue(&mut self) -> Vec<serde_json::Value> {
        let answer = self.call("/api/review/queue", &[("province", "hunan"), ("query[status]", "submitted")]).await.json();
        answer["lines"].as_array().unwrap_or_else(|| panic!("{answer}")).clone()
    }

    /// Accepts an item, then approves.
    pub async fn approve(&mut self, case: &str) {
        let path = format!("/hunan/staff/cases/{case}");
        let page = self.get(&path).await;
        assert!(page.status.is_success(), "{}", page.text());
        let version = page.hidden("form[version]");
        let item = [
            ("province", "hunan"),
            ("form[case]", case),
            ("form[version]", version.as_str()),
            ("form[item]", "attachment.photo"),
            ("form[verdict]", "accept"),
        ];
        let judged = self.post("/api/review/judge", &item).await;
        assert!(judged.path.starts_with(&path), "{}", judged.path);
        let form = [
            ("province", "hunan"),
            ("form[case]", case),
            ("form[version]", &version),
            ("form[decision]", "approve"),
            ("form[reason]", ""),
        ];
        let page = self.post("/api/review/decide", &form).await;
        // Behind it is said what can be taken back.
        let path = page.path.split('?').next();
        assert_eq!((path, page.status.as_u16()), (Some("/hunan/staff/queue"), 200), "{}", page.text());
    }
}
