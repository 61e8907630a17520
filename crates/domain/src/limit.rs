//! "At most so often": what is counted, and how many times are left before a limit bites. Where the limits lie is known to `service`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What is counted. Each has its own sentence in `app::ui::sentence`, because each has another way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limited {
    /// 短信验证码.
    Codes,
    /// 图形验证码 and puzzles that are drawn anew.
    Pictures,
    /// Puzzles that were missed.
    Puzzles,
    /// Sign-ins of a network; failures of a number or a name, which lock.
    SignIns,
    /// The end of the document number that a sign-in by telephone asks for after long.
    DocumentEnds,
    /// The present password, asked for where it is changed.
    Passwords,
    /// The present password of a staff member, whom nobody but an administrator helps to another one.
    StaffPasswords,
    /// 动态口令 of the staff.
    SecondFactors,
    /// 注册.
    Registrations,
    /// 忘记密码 and 原有用户设置密码.
    Resets,
    /// Ways to the identity service.
    IdentityService,
    /// 手机号更换.
    PhoneChanges,
    /// 异议 against a change of the telephone.
    Objections,
    /// 材料上传.
    Uploads,
    /// 打印基本信息表.
    Prints,
    /// 获取单位信息.
    Employers,
    /// 查看完整证件号码, on the page or on paper.
    Reveals,
    /// 启用账号 of the staff.
    Activations,
    /// What somebody asks others to agree to: accounts of the staff, tokens of schools, imports, classes.
    Requests,
    /// New visitors of a network.
    Visitors,
    /// 手机传图: codes that lend a slot.
    Lendings,
    /// 手机传图: codes that nobody gave out.
    UnknownCodes,
    /// Whole numbers of documents and telephones that one of the staff looks for.
    Searches,
    /// 登记账号 at the counter.
    Enrolments,
    /// 代为填写 for one person.
    FillIns,
    /// 分享链接 of certificates.
    Shares,
    /// Calls of the interface for schools.
    Machines,
    /// 登录网校 and 更换网校.
    Schools,
}

/// What a limit still leaves, told before it bites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// Times that are left; 0 after the last.
    pub times: u32,
    /// Length of the window in which they are counted, in seconds.
    pub seconds: u32,
    /// After the last: when the oldest of them leaves the window, in UTC, so that there is one more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<DateTime<Utc>>,
}
