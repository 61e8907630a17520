//! 浙江省会计管理外网平台信息登记操作指南. It does not number its sections, so that they are named by their headings.

use super::Place::{Approved, Filled, New, Open, OutOfWork, Recorded, Returned, Waiting};
use super::{Line, Manual, every_word_stands_on_its_page};

const LINES: &[Line] = &[
    ("信息登记操作指南", &["浙江省会计管理外网平台", "浙江省财政厅", "技术支持：浙江天顿信息科技有限公司"], Open("")),
    ("注册, 登录", &["注册", "登录", "浙江政务服务网", "0571-88808880"], Open("")),
    ("注册: 请输入图片验证码", &["图片验证码"], Open("look-up")),
    (
        "信息登记",
        &["登记须知", "基本信息", "工作单位或居住地", "学历学位", "专业技术资格", "附件上传", "登记进度"],
        New("intake/person"),
    ),
    ("信息登记: the tab", &["<title>登记须知–信息登记–浙江省会计管理外网平台</title>"], New("intake/briefing")),
    ("信息登记: the tab", &["<title>登记进度–浙江省会计管理外网平台</title>"], Waiting("intake/progress")),
    ("登记须知", &["登记须知", "需同时满足以下条件", "工作证明（无工作单位，无需提供）"], New("intake/briefing")),
    (
        "基本信息",
        &["温馨提示", "带*号为必填项", "国家或地区", "民族", "政治面貌", "备注", "性别", "出生日期"],
        New("intake/person"),
    ),
    (
        "基本信息: 中国(内地), 汉族, 群众",
        &["value=\"CN\"selected>中国（内地）", "value=\"01\"selected>汉族", "value=\"13\"selected>群众"],
        New("intake/person"),
    ),
    (
        "申请人员工作单位或居住地: 否",
        &[
            "是否有工作单位",
            "居住地",
            "data-wording=\"division.1\"data-shown=\"yes\"",
            "邮政编码",
            "所属会计管理部门",
            "上城区财政局",
        ],
        OutOfWork("intake/employment"),
    ),
    (
        "申请人员工作单位或居住地: 是",
        &[
            "统一社会信用代码（组织机构代码）",
            "获取单位信息",
            "单位名称",
            "单位经济类型",
            "行政单位",
            "办公场所",
            "data-wording=\"division.0\"data-shown=\"yes\"",
            "邮政编码",
            "开始会计工作时间",
            "从事会计工作岗位",
            "会计机构负责人（会计主管",
            "会计行政职务名称",
            "一般会计人员",
            "所属会计管理部门",
        ],
        Filled("intake/employment"),
    ),
    (
        "学历学位",
        &[
            "全日制学历信息",
            "全日制最高学历",
            "电子认证号",
            "全日制最高学位",
            "全日制所学专业",
            "全日制毕业学校",
            "全日制毕业时间",
            "非全日制学历信息",
        ],
        Filled("intake/education"),
    ),
    (
        "申请人员专业技术资格",
        &[
            "最高专业技术资格级别",
            "最高专业技术资格类型",
            "取得方式",
            "取得时间",
            "聘任技术职务",
            "聘任技术职务时间",
            "专业技术资格证书编号",
        ],
        Filled("intake/credential"),
    ),
    (
        "附件上传",
        &[
            "2寸证件照",
            "统一社会信用代码/组织机构代码",
            "开始会计工作单位证明",
            "现会计工作单位证明",
            "全日制最高学历证书",
            "全日制最高学位证书",
            "最高专业技术资格证书",
            "已上传",
            "预览",
            "上传",
            "模板下载",
            "正确上传示例",
            ">提交<",
        ],
        Filled("intake/files"),
    ),
    (
        "表单信息提交确认",
        &["表单信息提交确认", "办公场所", "所属会计管理部门", "杭州市上城区财政局", "同意以上资料填写无误", ">返回<", "确认"],
        Filled("intake/check"),
    ),
    ("表单信息提交确认: 居住地", &["居住地", "所属会计管理部门", "杭州市上城区财政局"], OutOfWork("intake/check")),
    (
        "登记进度",
        &[
            "登记进度",
            "您的信息登记申请正在审核中，请耐心等待审核结果！",
            "温馨提示",
            "审核结果也会以短信形式通知到您，请注意查收，手机号码为您在政务服务网注册的手机号码。",
            "待审核",
        ],
        Waiting("intake/progress"),
    ),
    ("登记进度", &["登记进度", "退回", "与毕业证书不一致"], Returned("intake/progress")),
    ("登记进度", &["登记进度", "审核通过"], Approved("intake/progress")),
    // 继续教育 is in no manual of the province, and in its rules.
    ("浙财会〔2019〕20号", &["继续教育", "查看继续教育完成记录，报名网校，申请学分抵免。"], Approved("home")),
    (
        "浙财会〔2019〕20号",
        &[
            "继续教育完成记录",
            "不少于90学分，其中专业科目不少于60学分。",
            "最后一天是2027年4月30日",
            "2027年3月31日前缴费，2027年4月30日前学完",
            "继续教育学分抵免",
            "申请抵免",
        ],
        Recorded("learning"),
    ),
    (
        "浙财会〔2019〕20号: 抵免, 补学",
        &["由财政部门统一导入", "2026年度，2027年4月30日截止", "2025年度，补学"],
        Recorded("learning/conversions/new"),
    ),
    ("申请人员工作单位或居住地: in the record", &["登记信息", "所属会计管理部门", "杭州市上城区财政局"], Approved("record")),
];

const ANSWERS: &[(&str, &str)] = &[
    ("person.sex", "2"),
    ("person.born_on", "1990-03-07"),
    ("person.nationality", "CN"),
    ("person.ethnicity", "01"),
    ("person.political_status", "13"),
    ("employment.status", "yes"),
    ("employment.employer_code", "91350100M000100Y43"),
    ("employment.employer_name", "杭州某某有限公司"),
    ("employment.employer_kind", "government"),
    ("employment.division", "330102"),
    ("employment.address", "解放路 1 号"),
    ("employment.postcode", "310001"),
    ("employment.accounting_started_on", "2017-10-18"),
    ("employment.post", "head"),
    ("employment.duty", "staff"),
    ("education.full_time_level", "bachelor"),
    ("education.full_time_verification_code", "A1B2C3D4E5F6G7H8"),
    ("education.full_time_degree", "bachelor"),
    ("education.full_time_major", "会计学"),
    ("education.full_time_school", "浙江财经大学"),
    ("education.full_time_graduated_on", "2017-06-16"),
    ("credential.level", "junior"),
    ("credential.category", "accounting"),
    ("credential.method", "exam"),
    ("credential.obtained_on", "2017-10-20"),
    ("credential.certificate_number", "17330001"),
    ("credential.title", "bookkeeper"),
    ("credential.title_appointed_on", "2017-10-21"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_word_of_the_manual_of_zhejiang_stands_on_its_page() {
    let out_of_work = &[("employment.status", "no")];
    every_word_stands_on_its_page(&Manual { province: "zhejiang", answers: ANSWERS, out_of_work, lines: LINES }).await;
}
