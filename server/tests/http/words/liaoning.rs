//! 辽宁省会计人员信息采集操作指南.

use super::Place::{Approved, Filled, New, Open, OutOfWork, Recorded, Returned, Waiting};
use super::{Line, Manual, every_word_stands_on_its_page};
use crate::support::TestApp;

const LINES: &[Line] = &[
    ("1", &["辽宁省会计管理综合服务平台", "首页", "通知公告", "操作指南", "咨询电话"], Open("")),
    ("1", &["原有用户设置密码", "请输入姓名", "请输入证件号", "请输入密码", "登录", "立即注册", "忘记密码"], Open("")),
    ("2", &["原有用户设置密码", "姓名", "证件号"], Open("activate")),
    ("3", &["姓名", "证件号", "手机号", "短信验证码", "获取验证码", "注册", "已有账号，", "去登录"], Open("register")),
    ("4", &["姓名", "证件号", "密码", "登录"], Open("login")),
    ("5", &["信息外网采集", "阅读须知", "审核条件", "收取材料"], Open("")),
    ("5", &["信息外网采集", "阅读须知"], New("intake")),
    (
        "6",
        &["个人信息", "申报人", "证件号码", "手机号码", "民族", "出生日期", "性别", "政治面貌", "国家（地区）", "电子邮箱"],
        New("intake/person"),
    ),
    ("6", &["近期1寸免冠照"], Filled("intake/files")),
    (
        "7",
        &[
            "会计管理部门",
            "是否有工作单位",
            "单位证照号码",
            "工作单位全称",
            "单位地址",
            "单位类型",
            "现任岗位",
            "行政职务",
            "单位电话",
            "入职时间",
            "从事会计工作时间",
            "data-wording=\"division.0\"data-shown=\"yes\"",
        ],
        Filled("intake/employment"),
    ),
    ("7", &["居住（户籍或学校所在）地", "data-wording=\"division.1\"data-shown=\"yes\""], OutOfWork("intake/employment")),
    (
        "8",
        &[
            "学历学位",
            "全日制学历信息",
            "最高学历",
            "最高学位",
            "所学专业",
            "毕业院校",
            "毕业时间",
            "毕业证编号",
            "非全日制学历信息",
        ],
        Filled("intake/education"),
    ),
    (
        "9",
        &[
            "会计专业技术资格",
            "最高专业技术资格级别",
            "最高专业技术资格类型",
            "最高取得方式",
            "最高取得时间",
            "证书编号",
            "会计技术职务",
            "会计职务聘任时间",
            "珠算等级",
            "珠算证号",
            "注册会计师",
            "注册税务师",
            "资产评估师",
        ],
        New("intake/credential"),
    ),
    ("9 注册会计师: 否", &["value=\"no\"checked"], New("intake/credential")),
    (
        "10",
        &[
            "温馨提示",
            "附件上传",
            "有效身份证件正面照片",
            "有效身份证件反面照片",
            "会计专业技术人员基本信息",
            "全日制最高学历（学位）证书",
            "从事会计工作的工作单位证明",
            "单位营业执照照片",
            "会计专业技术资格证书",
            "查看示例",
            "打印专业技术人员基本信息",
            "模板下载",
            "上传",
            ">提交<",
        ],
        Filled("intake/files"),
    ),
    ("10", &["关于本人信息真实准确承诺函", "已阅读并同意"], Filled("intake/check")),
    ("11", &["申报告知", "申报进度", "审核状态：", "待审核", "申报管理部门：", "沈阳市和平区财政局"], Waiting("intake/progress")),
    ("5–11 the stages", &["阅读须知", "填写申报信息", "申报告知"], Waiting("intake/progress")),
    ("5–11 the stages", &["阅读须知", "填写申报信息", "申报告知"], Filled("home")),
    ("11", &["申报告知", "退回", "重新提交", "与毕业证书不一致"], Returned("intake/progress")),
    ("11", &["人员档案"], Approved("home")),
    ("11", &["人员档案", "<title>人员档案–辽宁省会计管理综合服务平台</title>"], Filled("record")),
    (
        "12",
        &["咨询电话", "沈阳市", "管理部门", "地址", "沈阳市财政局本级", "024-22704418", "和平区财政局", "024-22861002"],
        Open("hotlines"),
    ),
    // 继续教育 is in no manual of the province, and in its rules.
    ("辽财会〔2018〕716号", &["继续教育", "查看继续教育完成记录，报名网校，申请学分折算。"], Approved("home")),
    (
        "辽财会〔2018〕716号",
        &[
            "继续教育完成记录",
            "不少于90学分，其中专业科目不少于60学分，其中公需科目不少于30学分",
            "最后一天是2027年3月31日",
            "申请折算",
        ],
        Recorded("learning"),
    ),
    (
        "辽财会〔2018〕716号: 集中",
        &["由省财政厅集中登记", "2026年度的折算时间是2027年1月1日至2027年3月31日"],
        Recorded("learning/conversions/new"),
    ),
    ("辽财会〔2018〕716号: 一所", &["继续教育网络培训", "每个年度选择一所网校。"], Recorded("learning/schools")),
];

const ANSWERS: &[(&str, &str)] = &[
    ("person.name", "张三"),
    ("person.mobile", "13800000000"),
    ("person.sex", "2"),
    ("person.born_on", "1990-03-07"),
    ("person.nationality", "CN"),
    ("person.ethnicity", "01"),
    ("person.political_status", "13"),
    ("person.email", "zhangsan@example.com"),
    ("employment.status", "yes"),
    ("employment.employer_code", "91350100M000100Y43"),
    ("employment.employer_name", "沈阳某某有限公司"),
    ("employment.division", "210102"),
    ("employment.address", "十一纬路 1 号"),
    ("employment.bureau", "210102"),
    ("employment.employer_kind", "unlisted_private"),
    ("employment.post", "cashier"),
    ("employment.duty", "staff"),
    ("employment.employer_phone", "024-80000000"),
    ("employment.joined_on", "2015-03-16"),
    ("employment.accounting_started_on", "2012-07-16"),
    ("education.full_time_level", "bachelor"),
    ("education.full_time_degree", "bachelor"),
    ("education.full_time_major", "会计学"),
    ("education.full_time_school", "东北财经大学"),
    ("education.full_time_graduated_on", "2012-06-30"),
    ("education.full_time_certificate_number", "101731201205001234"),
    ("credential.level", "intermediate"),
    ("credential.category", "accounting"),
    ("credential.method", "exam"),
    ("credential.obtained_on", "2019-09-18"),
    ("credential.certificate_number", "19210001"),
    ("credential.title", "accountant"),
    ("credential.title_appointed_on", "2019-12-20"),
    ("credential.abacus_level", "none"),
    ("credential.cpa", "no"),
    ("credential.tax_agent", "no"),
    ("credential.appraiser", "no"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_word_of_the_manual_of_liaoning_stands_on_its_page() {
    let out_of_work = &[("employment.status", "no")];
    every_word_stands_on_its_page(&Manual { province: "liaoning", answers: ANSWERS, out_of_work, lines: LINES }).await;
}

/// 手册 1: the box stands on the first page. What is wrong is said on the page of the sign-in, with what was typed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_box_of_the_first_page_signs_in_without_scripts_and_leads_to_the_sign_in_with_what_was_typed() {
    let app = TestApp::sqlite().await;
    let mut browser = app.browser();
    let front = browser.get("/liaoning").await.text();
    assert!(front.contains("action=\"/api/account/login/name\"") && front.contains("/liaoning/captcha.png"), "{front}");
    assert!(!browser.get("/hunan").await.text().contains("/api/account/login/"), "only where the manual shows it");
    let form = [
        ("province", "liaoning"),
        ("form[name]", "张三丰"),
        ("form[document_number]", "210102199003070011"),
        ("form[password]", "Lotus-Harbour-71"),
        ("form[captcha]", ""),
    ];
    let answer = browser.post("/api/account/login/name", &form).await.text();
    assert!(answer.contains("value=\"张三丰\"") && answer.contains("id=\"error-summary\""), "{answer}");
    assert!(answer.contains("<h1 tabindex=\"-1\">登录</h1>") && !answer.contains("Lotus-Harbour-71"), "{answer}");
}
