//! 湖南省会计管理服务平台操作手册.

use super::Place::{Approved, Begun, Filled, Learnt, New, Open, Recorded, Returned, Waiting};
use super::{Line, Manual, every_word_stands_on_its_page};

/// After 提交, and whenever somebody comes back.
const ENROLLED: &str = "learning/schools?done=enrolment-1";

const LINES: &[Line] = &[
    ("一（一）1", &["湖南省会计管理服务平台"], Open("")),
    (
        "一（一）2",
        &["注册", "证件类型", "证件号码", "姓名", "密码", "手机号码", "图形验证码", "短信验证码", "发送验证码"],
        Open("register"),
    ),
    ("一（一）2 注（1）", &["身份证", "军人证", "港、澳、台居民居住证", "护照", "其他"], Open("register")),
    ("一（二）1", &["登录", "采集须知", "证件号登录", "手机登录", "证件号码", "密码", "忘记密码"], Open("login")),
    ("一（二）1（2）", &["手机号码", "短信验证码", "发送验证码"], Open("login?way=mobile")),
    ("一（三）", &["忘记密码", "证件号码", "图形验证码"], Open("forgot")),
    ("二（一）1", &["个人中心", "业务办理", "信息采集"], New("services")),
    ("二（一）2", &["采集须知", "本人承诺", "会计人员工作证明（模板）"], New("intake/briefing")),
    ("二（二）1", &["个人基本信息"], New("intake/person")),
    ("二（二）2", &["学历学位信息", "全日制", "非全日制"], New("intake/education")),
    (
        "二（二）2: 所学专业 from a list, or as the certificate says",
        &["<datalist", "<optionvalue=\"会计学\"", "可以从列表中选择"],
        Filled("intake/education"),
    ),
    (
        "二（二）3",
        &["专业技术资格", "同类型的专业技术资格只填写最高级别", "会计从业资格证书不属于专业技术资格"],
        New("intake/qualification"),
    ),
    (
        "二（二）4",
        &["工作单位信息", "在岗状态", "在会计岗工作", "开始从事会计工作时间", "专业技术职务聘任时间"],
        Filled("intake/employment"),
    ),
    (
        "二（三）1",
        &[
            "材料上传",
            "个人近期彩照",
            "有效身份证照正面",
            "有效身份证照背面",
            "全日制最高学历",
            "非全日制最高学历",
            "会计专业技术资格证明",
            "工作单位证明/户籍或者学生证明",
            "上传",
            "查看示例",
            "下一步",
        ],
        Filled("intake/files"),
    ),
    ("二（三）1 the tab", &["<title>材料上传–信息采集–湖南省会计管理服务平台</title>"], Filled("intake/files")),
    ("二（四）1", &["提交申请"], Filled("intake/check")),
    ("二（四）1 注", &["撤销申请", "申报进度"], Waiting("intake/progress")),
    ("二（五）1", &["信息变更", "继续教育"], Waiting("services")),
    ("二（五）1", &["审核通过", "信息变更", "继续教育"], Approved("services")),
    ("二（五）2", &["申报进度", "未通过", "与毕业证书不一致"], Returned("intake/progress")),
    ("二（五）2", &["重新提交"], Returned("intake/amend")),
    ("三", &["个人中心", "业务办理", "继续教育完成记录", "继续教育网络培训", "继续教育学分折算"], Recorded("learning")),
    (
        "三（一）",
        &["继续教育完成记录", "继续教育年度", "审核状态", "通过时间", "学分/学时", "通过方式", "打印完成证明", "导出PDF文件"],
        Learnt("learning"),
    ),
    ("三（二）1", &["继续教育网络培训", "继续教育年度", "网校", ">提交<"], Recorded("learning/schools")),
    ("三（二）1", &["报名成功"], Learnt(ENROLLED)),
    // The manual's 登陆 is a slip of the pen for 登录.
    ("三（二）2", &["是否登录网校", "确定", "网络继续教育报名信息", "登录网校"], Learnt(ENROLLED)),
    ("三（三）1", &["继续教育学分折算", "继续教育年度", "继续教育方式"], Recorded("learning/conversions/new")),
    ("三（三）1", &["考试名称", "证明材料", "上传", "200KB", ">提交<"], Begun),
    ("三（三）1", &["待审核"], Learnt("learning/conversions")),
];

const ANSWERS: &[(&str, &str)] = &[
    ("person.sex", "2"),
    ("person.born_on", "1990-03-07"),
    ("person.nationality", "CN"),
    ("person.ethnicity", "01"),
    ("person.political_status", "13"),
    ("person.residence_address", "韶山中路 1 号"),
    ("education.full_time_level", "bachelor"),
    ("education.full_time_degree", "none"),
    ("education.full_time_school", "湖南财政经济学院"),
    ("education.full_time_major", "会计学"),
    ("education.full_time_graduated_on", "2012-06-30"),
    ("education.part_time_level", "master"),
    ("education.part_time_degree", "none"),
    ("education.part_time_school", "湖南大学"),
    ("education.part_time_major", "会计学"),
    ("education.part_time_graduated_on", "2018-06-30"),
    ("qualification.rows.0.category", "accounting"),
    ("qualification.rows.0.level", "intermediate"),
    ("qualification.rows.0.method", "exam"),
    ("qualification.rows.0.obtained_on", "2018-09-09"),
    ("qualification.rows.0.certificate_number", "19430001"),
    ("employment.status", "employed_accounting"),
    ("employment.division", "430111"),
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_word_of_the_manual_of_hunan_stands_on_its_page() {
    let out_of_work = &[("employment.status", "student")];
    every_word_stands_on_its_page(&Manual { province: "hunan", answers: ANSWERS, out_of_work, lines: LINES }).await;
}
