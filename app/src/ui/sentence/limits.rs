//! Limits: before they bite, and when they have.

use domain::limit::{Left, Limited};

use crate::ui::format;

/// A limit that was reached, with the day and hour from which it goes on, and another way where there is one.
pub(super) fn too_often(of: Limited, soon: &str) -> String {
    let (what, rest) = match of {
        Limited::Codes => ("验证码的发送次数已达上限", "再发送"),
        Limited::Pictures => ("图片更换得太频繁", "再试"),
        Limited::Puzzles => ("拼图没有对准的次数较多，请改为填写图片中的字符，或者", "再试"),
        Limited::SignIns => ("您所在的网络登录次数太多", "再试"),
        Limited::DocumentEnds | Limited::Passwords | Limited::StaffPasswords | Limited::SecondFactors => {
            ("填错的次数太多", "再试")
        }
        Limited::Registrations => ("您所在的网络注册次数太多", "再注册"),
        Limited::Resets => ("您所在的网络设置密码的次数太多", "再试"),
        Limited::IdentityService => ("您所在的网络前往统一身份认证的次数太多", "再试"),
        Limited::PhoneChanges => ("手机号更换的申请次数已达上限", "再申请"),
        Limited::Objections => ("您所在的网络提交异议的次数太多", "再提交"),
        Limited::Uploads => ("24 小时内上传的文件已达上限，已经上传的都在", "再上传"),
        Limited::Prints => ("24 小时内打印的次数已达上限", "再打印"),
        Limited::Employers => ("获取单位信息的次数已达上限，可以自己填写单位名称，或者", "再获取"),
        Limited::Reveals => ("查看、打印完整号码的次数已达上限", "再查看"),
        Limited::Activations => ("您所在的网络启用账号的次数太多", "再试"),
        Limited::Requests => ("24 小时内申请的事项已达上限", "再申请"),
        Limited::Visitors => ("您所在的网络访问的人数太多", "再访问"),
        Limited::Lendings => ("生成二维码的次数已达上限，可以在电脑上直接选择图片，或者", "再生成"),
        Limited::UnknownCodes => ("您所在的网络打开失效二维码的次数太多", "再试"),
        Limited::Searches => ("按号码查询的次数已达上限", "再查询"),
        Limited::Enrolments => ("24 小时内在窗口登记的账号已达上限", "再登记"),
        Limited::Shares => ("24 小时内生成的分享链接已达上限", "再生成"),
        Limited::Schools => ("登录或更换网校的次数太多", "再操作"),
        Limited::Machines => ("接口调用的次数太多", "再调用"),
        Limited::FillIns => ("24 小时内为这位申请人开始代为填写的次数已达上限", "再开始"),
    };
    match what.strip_suffix("，或者") {
        Some(what) => format!("{what}，或者在{soon}之后{rest}。"),
        None => format!("{what}，请在{soon}之后{rest}。"),
    }
}

/// What was given wrong too often, and which way is left.
pub(super) fn locked(of: Limited, soon: &str) -> String {
    match of {
        Limited::DocumentEnds => {
            format!(
                "证件号码的最后 4 位填错的次数过多，为保护账号安全暂停用手机号码登录，请在{soon}之后再试，或者用其他方式登录。"
            )
        }
        Limited::Passwords => format!("密码填错的次数过多，请在{soon}之后再试；忘记密码的，可以退出登录后使用“忘记密码”。"),
        Limited::StaffPasswords => format!("原密码填错的次数过多，请在{soon}之后再试；忘记密码的，请联系省级管理员重置。"),
        Limited::SecondFactors => format!("动态口令填错的次数过多，请在{soon}之后再试。"),
        _ => format!("尝试次数过多，为保护账号安全暂停登录，请在{soon}之后再试，或者使用“忘记密码”。"),
    }
}

/// A limit before it bites, such as 24 小时内还可以发送 2 次.
pub fn left(left: Left, act: &str) -> String {
    match left.times {
        0 => format!("{}不能再{act}。", until(left)),
        times => format!("{}内还可以{act} {times} 次。", within(left.seconds)),
    }
}

/// How long nothing goes on after the last. By the clock, because the window may be nearly over.
pub(super) fn until(left: Left) -> String {
    match left.again {
        Some(at) => format!("{} 之前", format::instant(at)),
        None => format!("{}内", within(left.seconds)),
    }
}

pub(super) fn within(seconds: u32) -> String {
    match seconds {
        ..3_600 => format!("{} 分钟", seconds.div_ceil(60)),
        _ => format!("{} 小时", seconds / 3_600),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{by_hand, fault, refusal};
    use super::*;
    use chrono::{DateTime, Utc};
    use domain::case::Refusal;
    use domain::fault::Fault;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_limit_says_its_day_and_what_it_is_about() {
        let (now, then) = (at("2026-11-18T02:00:00Z"), at("2026-11-18T23:28:00Z"));
        let of = |of| refusal(&Refusal::TooOften { of, retry_at: then, at: now });
        assert_eq!(of(Limited::Codes), "验证码的发送次数已达上限，请在明天 07:28之后再发送。");
        assert_eq!(of(Limited::Employers), "获取单位信息的次数已达上限，可以自己填写单位名称，或者在明天 07:28之后再获取。");
        let locked = |of| refusal(&Refusal::Locked { of, until: at("2026-11-18T02:15:00Z"), at: now });
        assert!(locked(Limited::SignIns).contains("暂停登录，请在今天 10:15之后再试"));
        assert!(!locked(Limited::SecondFactors).contains("忘记密码") && !locked(Limited::DocumentEnds).contains("忘记密码"));
    }

    #[test]
    fn a_limit_is_announced_in_the_words_of_its_window() {
        let of = |times, seconds| Left { times, seconds, again: (times == 0).then(|| at("2026-11-18T02:07:00Z")) };
        assert_eq!(left(of(2, 3_600), "发送验证码"), "1 小时内还可以发送验证码 2 次。");
        assert_eq!(left(of(0, 3_600), "发送验证码"), "2026年11月18日 10:07 之前不能再发送验证码。");
        assert_eq!(left(of(1, 86_400), "打印"), "24 小时内还可以打印 1 次。");
        let tries = |times| fault("密码", &Fault::TriesLeft(of(times, 900)));
        assert_eq!(tries(1), "还可以再试 1 次；仍不正确的，最长要等 15 分钟才能再试");
        assert_eq!(tries(0), "2026年11月18日 10:07 之前不能再试");
    }

    #[test]
    fn what_no_font_has_is_named() {
        assert_eq!(by_hand("𫠠"), "“𫠠”打印时字库中没有，会留出空白，请打印后手写。");
    }
}
