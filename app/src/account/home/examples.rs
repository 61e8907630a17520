//! 个人中心 in every state, as the gallery shows it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::account::view::{HomeView, MessageLine, Next, RecordCard};
use domain::case::view::CaseSummary;
use domain::case::{CaseKind, Status};

/// 2026年11月18日 10:00 in China, and days after it.
fn day(days: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_794_967_200 + days * 86_400, 0).unwrap_or_default()
}

fn case(kind: CaseKind, status: Status) -> CaseSummary {
    let is_sent = status != Status::Draft;
    CaseSummary {
        id: "example".into(),
        number: if is_sent { "43202611180000137".to_owned() } else { String::new() },
        kind,
        status,
        version: 1,
        round: i64::from(is_sent),
        bureau_name: if is_sent { "长沙市雨花区财政局".to_owned() } else { String::new() },
        submitted_at: is_sent.then(|| day(0)),
        due_on: is_sent.then(|| NaiveDate::from_ymd_opt(2026, 12, 9)).flatten(),
        decided_at: matches!(status, Status::Returned | Status::Approved | Status::Closed).then(|| day(3)),
    }
}

fn of(status: Option<Status>, next: Next) -> HomeView {
    HomeView {
        name: "林晓雨".to_owned(),
        document: "430111********0123".to_owned(),
        document_label: "身份证".to_owned(),
        mobile: "139****5678".to_owned(),
        certificate: String::new(),
        next,
        intake: status.map(|status| case(CaseKind::Intake, status)),
        phone_change: None,
        stages: ["填写", "提交", "审核", "办结"].map(str::to_owned).to_vec(),
        record: None,
        messages: Vec::new(),
        bureau: None,
        has_relocation: false,
        further: Vec::new(),
        warnings: Vec::new(),
        is_annulled: false,
        elsewhere: None,
    }
}

/// Every state with its name.
pub(super) fn all() -> Vec<(&'static str, HomeView)> {
    let left = ["学历学位信息", "材料上传"].map(str::to_owned).to_vec();
    let draft = Next::GoOn { left, link: "#main".to_owned(), saved_at: Some(day(0)) };
    let amend = |items, left, label: &str, reason: &str| Next::Amend {
        items,
        left,
        first: (label.to_owned(), reason.to_owned()),
        at: Some(day(3)),
    };
    let message = |title: &str, is_new| MessageLine { title: title.to_owned(), at: day(3), is_new };
    let record = RecordCard {
        level: "会计类中级".to_owned(),
        number: "43202611180000137".to_owned(),
        at: day(3),
        photo: None,
        is_check_due: false,
    };
    vec![
        ("还没有办理", of(None, Next::Begin)),
        ("原有用户", HomeView { certificate: "******88".to_owned(), ..of(None, Next::Begin) }),
        ("草稿", of(Some(Status::Draft), draft)),
        ("已提交", of(Some(Status::Submitted), Next::Nothing)),
        (
            "逐项退回",
            HomeView {
                messages: vec![message("信息采集需要修改", true), message("登录密码已设置", false)],
                ..of(Some(Status::Returned), amend(2, 1, "工作单位证明", "没有加盖公章，请补盖后重新拍照上传"))
            },
        ),
        ("改好了", of(Some(Status::Returned), amend(2, 0, "", ""))),
        ("整件退回", of(Some(Status::Returned), amend(0, 0, "", "请上传清晰的证件照片"))),
        ("审核通过", HomeView { record: Some(record), ..of(Some(Status::Approved), Next::Nothing) }),
        (
            "两件同时办理",
            HomeView {
                phone_change: Some(case(CaseKind::PhoneChange, Status::Submitted)),
                ..of(Some(Status::Submitted), Next::Nothing)
            },
        ),
        ("已终止", of(Some(Status::Closed), Next::Nothing)),
    ]
}
