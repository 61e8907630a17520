//! 湖北省会计人员管理系统 用户手册（会计人员）.

use super::Place::{Approved, Begun, Filled, Learnt, New, Open, OutOfWork, Recorded, Returned, Waiting};
use super::{Line, Manual, every_word_stands_on_its_page};

const LINES: &[Line] = &[
    ("1.1", &["湖北省会计人员管理系统", "湖北省财政厅会计处"], Open("")),
    ("1.2", &["证件号码", "手机号", "短信验证码", "系统验证码", "登录"], Open("login")),
    ("2", &["采集须知"], New("intake/briefing")),
    ("3", &["信息采集", "信息变更", "信息查询", "继续教育", "诚信录入"], Open("")),
    ("4.1", &["注册", "姓名", "证件号码", "手机号码", "短信验证码"], Open("register")),
    ("4.3", &["个人信息", "身份证件类型和证件号码为注册时的信息，不可重新填写"], New("intake/person")),
    ("4.4", &["学历信息", "无学历"], New("intake/education")),
    ("4.5", &["专业技术资格", "专业技术资格类型", "会计行政职务", "珠算等级", "无"], New("intake/credential")),
    ("4.5", &["注册会计师", "注册税务师", "资产评估师"], New("intake/credential")),
    ("4.6", &["会计岗位信息", "是否在岗", "所在地行政区划", "属地化原则"], New("intake/employment")),
    ("4.6", &["人员状态", "待业", "在校学生", "退休", "其他"], OutOfWork("intake/employment")),
    ("4.7", &["上传证明材料", "个人照片", "从事会计工作说明", "上传"], Filled("intake/files")),
    ("4.8", &["信息预览", "<title>信息预览–信息采集–湖北省会计人员管理系统</title>"], Filled("intake/check")),
    ("4.9", &["提交"], Filled("intake/check")),
    ("4.10", &["审核状态", "待审核"], Waiting("intake/progress")),
    ("4.10", &["审核状态", "退回原因", "与毕业证书不一致"], Returned("intake/progress")),
    ("4.10", &["上一步"], Returned("intake/employment")),
    ("4.10", &["您已采集过信息，无需重复采集"], Approved("intake")),
    ("5.1", &["信息查询"], Filled("record")),
    ("6.1", &["变更入口", "开始变更"], Recorded("intake?change=all")),
    ("6.2, 6.3", &["变更页", "变更此项需要上传什么证明", "资料上传"], Recorded("intake?change=all")),
    ("1.3（4）", &["非面授"], Recorded("learning/conversions/new")),
    ("指南 四", &["继续教育查询", "继续教育个人申报"], Recorded("learning")),
    ("7.2", &["继续教育提交", "id=\"entry-1\"", "id=\"entry-14\"", "保存"], Recorded("learning/conversions/new")),
    ("7.2 the tab", &["<title>继续教育提交–湖北省会计人员管理系统</title>"], Recorded("learning/conversions/new")),
    ("7.3", &["继续教育管理", "待审核", "审核退回", "审核通过", "删除"], Learnt("learning/conversions")),
    ("7.3", &["继续教育管理", "证明材料"], Begun),
    ("8.2", &["诚信录入", "奖励名称", "级别", "授予单位", "授予日期", "文号"], Recorded("learning?integrity=all")),
    ("8.3", &["诚信管理"], Recorded("learning?integrity=all")),
    ("指南 诚信信息查询", &["诚信信息查询", "诚信档案"], Recorded("learning?integrity=all")),
    ("9", &["手机号更换申请"], Open("login")),
];

const ANSWERS: &[(&str, &str)] = &[
    ("person.sex", "2"),
    ("person.born_on", "1990-03-07"),
    ("person.nationality", "CN"),
    ("person.ethnicity", "01"),
    ("person.political_status", "13"),
    ("education.full_time_level", "bachelor"),
    ("education.full_time_degree", "bachelor"),
    ("education.full_time_school", "湖北经济学院"),
    ("education.full_time_major", "会计学"),
    ("education.full_time_graduated_on", "2012-06-30"),
    ("credential.level", "intermediate"),
    ("credential.category", "accounting"),
    ("credential.method", "exam"),
    ("credential.obtained_on", "2019-09-18"),
    ("credential.certificate_number", "19420001"),
    ("credential.duty", "staff"),
    ("credential.abacus_level", "none"),
    ("employment.status", "yes"),
    ("employment.division", "420102"),
    ("employment.employer_name", "武汉某某有限公司"),
    ("employment.credit_code", "91350100M000100Y43"),
    ("employment.employer_kind", "unlisted_private"),
    ("employment.employer_address", "中山大道 1 号"),
    ("employment.employer_phone", "027-80000000"),
    ("employment.joined_on", "2015-03-16"),
    ("employment.post", "cashier"),
    ("employment.accounting_started_on", "2012-07-16"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_word_of_the_manual_of_hubei_stands_on_its_page() {
    let out_of_work = &[("employment.status", "no"), ("employment.off_post_status", "student")];
    every_word_stands_on_its_page(&Manual { province: "hubei", answers: ANSWERS, out_of_work, lines: LINES }).await;
}
