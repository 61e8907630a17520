//! Passwords that everybody tries first: English favourites, keyboard walks, Chinese habits, words of the trade.

/// Bases in small letters; [`is_common`] sees through capitals, leetspeak and what is hung on at the end.
const BASES: &str = "\
password passwort passwd passcode pass pword mypassword letmein welcome login logon signin admin administrator adminadmin root \
toor user username guest default test tester testing testtest demo changeme secret private superman batman spiderman pokemon \
dragon monkey master shadow sunshine princess football baseball basketball soccer hockey michael jordan jennifer jessica \
ashley daniel charlie thomas george andrew robert william matthew joshua anthony hunter ranger killer trustno iloveyou loveyou \
lovely lovelove forever flower cookie cheese banana orange apple summer winter spring autumn monday friday sunday january \
february october november december computer internet google facebook microsoft windows samsung android iphone huawei xiaomi \
tencent alibaba alipay taobao wechat weixin weibo baidu freedom whatever starwars ninja mustang access hello helloworld \
hellokitty angel angels buster tigger ginger pepper silver golden diamond purple yellow nothing something anything everything \
matrix phoenix lucky happy family friend friends mother father china chinese zhongguo \
qwerty qwertyui qwertyuiop qwert qwer qwerasdf qwerasdfzxcv asdf asdfg asdfgh asdfghjk asdfghjkl asdfasdf asdfzxcv zxcv zxcvb \
zxcvbn zxcvbnm poiuytrewq lkjhgfdsa mnbvcxz qazwsx qazwsxedc qazxsw wsxedc edcrfv qweasd qweasdzxc qweqwe zaqxsw azerty qwertz \
qazwsxedcrfv qwaszx asdqwe zxcasd zxcasdqwe \
1qaz2wsx 1qaz2wsx3edc qaz2wsx qaz2wsx3edc 1qazxsw2 2wsx3edc zaq12wsx zaq1xsw2 1q2w3e 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4 q1w2e3r4t5 q1w2e3 \
qwe123 qwer1234 asd123 asdf1234 zxc123 zxcv1234 123qwe 123qweasd 123qweasdzxc 1234qwer 123asd 123abc 12qwaszx abc123 abcd1234 \
a1b2c3 a1b2c3d4 a123456 aa123456 aaa123456 a12345678 a123456789 aa12345678 q123456 qq123456 w123456 z123456 zz123456 s123456 \
x123456 abc123456 abc12345 woaini1314 woaini520 woaini521 123456a 123456aa 123456abc 123456q 123456qq 12345678a 123456789a \
1a2b3c 1a2b3c4d qwe123456 asd123456 zxc123456 wang123456 li123456 zhang123456 admin123 test123 pass123 \
123321 123123 123123123 12341234 1234554321 12344321 112233 11223344 1122334455 121212 123654 123654789 147258 147258369 \
147852 147896325 159357 159753 258369 789456 789456123 741852963 963852741 987456321 1029384756 0123456789 1234567890 \
123456123456 456456 654321 87654321 987654321 9876543210 101010 102030 100200 131415 147147 159159 198010 \
5201314 520520 5211314 1314520 1314521 13145200 52013140 520131400 7758521 7758258 7758520 5845201314 584520 521521 520530 \
168168 16881688 188188 518518 51885188 88888888 66668888 88886666 6688 66886688 888666 666888 911911 110110 119119 123168 \
woaini woaini1 woaiwo woaiwojia woaizhongguo woaimama woaibaba woaiziji aini ainiyiwannian wozuiai nihao nihaoma haohao \
xiaoxiao xiaohao baobao baobei baobeier laopo laogong mama baba mamababa babamama tiantian kuaile xingfu pingan pinganfa \
facai gongxifacai wansui shengri jiayou wangyi zhangwei wangwei wangfang liwei lina zhangmin lijing wangjing liuwei wangli \
zhangli mima wodemima mimamima mimashi dengluma meiyoumima bugaosuni caicaikan zhidao suibian wangjile \
caiwu caiwubu caiwuchu caiwuke kuaiji kuaijishi kuaijiju kuaijike kuaijiren kuaijizheng chuna shenji shuiwu caizheng \
caizhengju caizhengting guoku jizhang baozhang gongzi fapiao yusuan juesuan zhangben zhucekuaijishi chujikuaiji zhongjikuaiji \
gaojikuaiji jixujiaoyu danwei gongsi yinhang finance accounting accountant account audit auditor cashier budget money bank \
treasury invoice salary payroll company office bureau excel kingdee yonyou suanpan";

/// Whether a password is, behind its decoration, among those that are tried first.
pub fn is_common(typed: &str) -> bool {
    let lower = typed.to_lowercase();
    if is_walk(&lower) {
        return true;
    }
    let unleeted = [unleet(&lower, 'i'), unleet(&lower, 'l')];
    [&lower, &unleeted[0], &unleeted[1]].into_iter().any(|form| {
        let bare: String = form.chars().filter(|c| c.is_alphanumeric()).collect();
        let ends = form.trim_matches(|c: char| !c.is_alphanumeric());
        listed(form) || listed(&bare) || listed(ends) || is_walk(&bare) || stripped(form)
    }) || unleeted.iter().any(|form| stripped(&undecorated(&lower, form)))
}

fn listed(candidate: &str) -> bool {
    BASES.split_ascii_whitespace().any(|base| base == candidate)
}

/// A listed word with at most eight digits and symbols at each end; a longer tail is an effort of its own unless it is a walk.
fn stripped(form: &str) -> bool {
    let decoration = |c: char| !c.is_alphabetic();
    let head = form.trim_end_matches(decoration);
    let tail = &form[head.len()..];
    let core = head.trim_start_matches(decoration);
    let lead = &head[..head.len() - core.len()];
    let cheap = |part: &str| part.chars().count() <= 8 || listed(part) || is_walk(part);
    core.chars().count() >= 4 && cheap(tail) && cheap(lead) && listed(core)
}

/// The unleeted text with the digits and symbols at its end as typed, so that `p@ssw0rd1!` gives `password1!`.
fn undecorated(lower: &str, unleeted: &str) -> String {
    let core = lower.trim_end_matches(|c: char| !c.is_alphabetic()).chars().count();
    unleeted.chars().take(core).chain(lower.chars().skip(core)).collect()
}

fn unleet(s: &str, one: char) -> String {
    s.chars()
        .map(|c| match c {
            '@' | '4' => 'a',
            '0' => 'o',
            '1' | '!' | '|' => one,
            '3' => 'e',
            '$' | '5' => 's',
            '7' | '+' => 't',
            '8' => 'b',
            '9' => 'g',
            c => c,
        })
        .collect()
}

/// One character repeated, an ascending or descending run, or a block of at most four characters repeated.
fn is_walk(s: &str) -> bool {
    let chars: Vec<char> = s.chars().collect();
    if chars.len() < 4 {
        return false;
    }
    let step = |pair: &[char]| i64::from(u32::from(pair[1])) - i64::from(u32::from(pair[0]));
    let even = |wanted: i64| chars.windows(2).all(|pair| step(pair) == wanted);
    let repeated = |block: usize| chars.len() >= 2 * block && (block..chars.len()).all(|at| chars[at] == chars[at - block]);
    [-1, 0, 1].into_iter().any(even) || (1..=4).any(repeated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_passwords_are_known_behind_their_decoration() {
        for typed in [
            "password",
            "Password1!",
            "P@ssw0rd",
            "P@ssw0rd2026",
            "Passw0rd!@#",
            "pa$$w0rd",
            "Adm1n@123",
            "!QAZ2wsx3edc",
            "Qwer1234!",
            "1qaz2WSX",
            "1q2w3e4r!",
            "Woaini1314",
            "woaini520!",
            "A123456!",
            "Aa123456",
            "Aa123456!",
            "5201314!",
            "Caiwu@2026",
            "Kuaiji123",
            "KUAIJI_2026",
            "caiwu!1",
            "12345678",
            "87654321",
            "abcdefgh",
            "aaaaaaaa",
            "Aa1!Aa1!",
            "abcABCabc",
            "Abc123!!!",
            "Abcd1234",
            "Qwerty123456789",
            "2026Caiwu!",
            "Welcome1",
            "L0gin!!!",
            "Letme1n!",
            "1234-5678",
            "Zaq12wsx!",
            "iloveyou",
        ] {
            assert!(is_common(typed), "{typed}");
        }
    }

    #[test]
    fn other_passwords_are_left_alone() {
        for typed in [
            "Xk7!mpQ2",
            "correct horse battery",
            "Tr0ub4dor&3x",
            "Yu9$hsnoA",
            "caiwu83650192774",
            "湘江北去橘子洲头",
            "gR8-tulpe-Wm",
            "",
            "🙂🙃🙂🙂🙃",
            "MyKuaijiTree7!",
            "Hs5201314kQ",
            "password-of-the-lake9",
        ] {
            assert!(!is_common(typed), "{typed}");
        }
    }

    #[test]
    fn the_list_is_in_small_letters_and_without_repetition() {
        let bases: Vec<&str> = BASES.split_ascii_whitespace().collect();
        assert!(bases.len() >= 300);
        assert!(bases.iter().all(|base| *base == base.to_lowercase()));
        let unique: std::collections::BTreeSet<_> = bases.iter().collect();
        assert_eq!(unique.len(), bases.len());
    }
}
