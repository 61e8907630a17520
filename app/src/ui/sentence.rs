//! Codes into sentences: plain, polite, exact, naming the field and the way out (ux E4).

mod conversions;
mod limits;

use domain::account::password::Counted;
use domain::case::Refusal;
use domain::correction::{Ceiling, TooMuch};
use domain::fault::{Fault, Format};
use domain::identity::DocumentKind;
use domain::limit::Left;
use domain::picture::PROGRESSIVE_MEGAPIXELS;

use super::format;
use crate::AppError;
pub use conversions::not_converted;
pub use limits::left;
use limits::{locked, too_often, until, within};

/// What is wrong with a field, and how to mend it.
pub fn fault(label: &str, fault: &Fault) -> String {
    match fault {
        Fault::Missing => format!("请填写{label}"),
        Fault::NotInList => format!("请从列表中选择{label}"),
        Fault::TooLong(max) => format!("{label}最多 {max} 个字，请缩短"),
        Fault::TooShort(min) => format!("{label}至少 {min} 个字，请补充完整"),
        Fault::Character(refused) if is_part(*refused) => {
            format!("{label}中的“{refused}”是部首符号，不是汉字，请用输入法重新输入这个字")
        }
        Fault::Character(refused) => format!("{label}中不能有{}，请检查", shown(*refused)),
        Fault::Blank { before, after } => {
            format!("{label}中“{before}”和“{after}”之间有空格：汉字旁边不能有空格，请去掉；姓名中有间隔号的，请填写“·”")
        }
        Fault::Misplaced(mark) => format!("{label}中“{mark}”的位置不对，请检查"),
        Fault::IdLength(length) => format!("身份证号码应为 18 位，现在是 {length} 位，请核对"),
        Fault::IdFifteen => "这是 15 位的旧号码，请填写 18 位身份证号码".into(),
        Fault::IdCheckDigit => format!("{label}的最后一位与前面的数字不符，请逐位核对"),
        Fault::IdBirthDate => format!("{label}中的出生日期（第 7 至 14 位）不存在，请核对"),
        Fault::IdRegion => format!("{label}的前两位不是有效的地区代码，请核对"),
        Fault::DocumentShape => format!("{label}与所选证件类型的格式不一致，请核对证件类型和号码"),
        Fault::Mobile => "手机号码应为 11 位数字，以 13 至 19 开头，请核对".into(),
        Fault::Telephone => format!("{label}请填写手机号码，或者带区号的电话，例如 073185123456"),
        Fault::Postcode => "邮政编码应为 6 位数字，例如 410007".into(),
        Fault::Email => "电子邮箱请按 name@example.com 的样式填写".into(),
        Fault::CreditCodeLength(length) => format!("统一社会信用代码应为 18 位，现在是 {length} 位，请核对"),
        Fault::CreditCodeCharacters => "统一社会信用代码只含数字和大写字母（没有 I、O、S、V、Z），请核对".into(),
        Fault::CreditCodeCheck => "统一社会信用代码的最后一位与前面的不符，请逐位核对".into(),
        Fault::Number(most) => format!("{label}请填写大于 0、不超过 {most} 的数字"),
        Fault::NotAnAmount => format!("{label}请填写大于 0 的数字，最多两位小数"),
        Fault::AmountAbove(TooMuch { most, by: Ceiling::Rule }) => format!("{label}不能超过规则最多给的 {most}"),
        Fault::AmountAbove(TooMuch { most, by: Ceiling::Cap }) => format!("{label}不能超过本年度上限还余的 {most}"),
        Fault::NotADate => format!("{label}请填写真实的日期，例如 20171018"),
        Fault::NotADateOrMonth => format!("{label}请填写真实的日期，例如 20171018；只有年月的，填写 201710"),
        Fault::InTheFuture => format!("{label}不能晚于今天"),
        Fault::TooEarly => format!("{label}过早，请核对年份"),
        Fault::PasswordShort(min) => format!("密码至少 {min} 位，请加长"),
        Fault::PasswordLong(max) => format!("密码最多 {max} 位，请缩短"),
        Fault::PasswordKinds { needed, counted: Counted::DigitUpperLowerSpecial } => {
            format!("密码需要包含数字、大写字母、小写字母、特殊符号中的 {needed} 种")
        }
        Fault::PasswordKinds { needed, counted: Counted::DigitLetterSymbol } => {
            format!("密码需要包含数字、字母、符号中的 {needed} 种")
        }
        Fault::Username { min, max } => format!("{label}应为 {min}~{max} 个字符，第一位必须是字母，只能用字母和数字"),
        Fault::PasswordCommon => "这个密码太常见，容易被猜到，请换一个".into(),
        Fault::PasswordPersonal => "密码中含有您的姓名、手机号码或者证件号码，请换一个".into(),
        Fault::PasswordsDiffer => "两次填写的密码不一样，请重新填写确认密码".into(),
        Fault::Captcha => format!("{label}不正确或者已经失效，请按新图片填写"),
        Fault::Slider => "请将拼图移到缺口处；也可以改为填写图片中的字符".into(),
        Fault::CodeShape(digits) => format!("短信验证码是 {digits} 位数字，请核对"),
        Fault::CodeWrong(0) => "短信验证码不正确，已不能再试，请重新发送".into(),
        Fault::CodeWrong(left) => format!("短信验证码不正确，还可以再试 {left} 次"),
        Fault::CodeExpired => format!("{label}已经失效，请重新获取"),
        Fault::CodeNotSent => "还没有向这个手机号码发送验证码，请先获取验证码".into(),
        Fault::DocumentEnd => "您已很久没有登录。为确认是您本人，请填写证件号码的最后 4 位，然后再点击“登录”".into(),
        Fault::DocumentEndWrong => "与登记的证件号码的最后 4 位不一致，请核对".into(),
        Fault::TriesLeft(left @ Left { times: 0, .. }) => format!("{}不能再试", until(*left)),
        Fault::TriesLeft(Left { times, seconds, .. }) => {
            format!("还可以再试 {times} 次；仍不正确的，最长要等 {}才能再试", within(*seconds))
        }
        Fault::Credentials => format!("{label}与密码不匹配，请核对后重试"),
        Fault::NotAgreed => format!("请阅读并勾选{label}"),
        Fault::FullTimeNone => "全日制最高学历不能为“无学历”，请选择毕业的全日制学历".into(),
        Fault::FullTimeAbovePartTime => "全日制学历不能高于非全日制学历；没有更高的非全日制学历时，请将非全日制学历留空".into(),
        Fault::DuplicateRow => "同一类型的资格只填写最高级别的一项，请删除重复的一项".into(),
        Fault::TooManyRows(max) => format!("最多填写 {max} 项"),
        Fault::StartedAfterAppointed => "开始从事会计工作时间不能晚于专业技术职务聘任时间，请核对这两个日期".into(),
        Fault::BeforeOther(..) => format!("{label}早于前面的日期，请核对"),
        Fault::EmployerUnknown => "没有查到这个单位，请手工填写单位名称".into(),
        Fault::NoBureau => "这个地区没有对应的财政局，请选择到区县或者市本级".into(),
        Fault::FileMissing => format!("请上传{label}"),
        Fault::FileEmpty => "这个文件是空的，请重新选择".into(),
        Fault::FileTooBig { max, bytes } => {
            let (most, now) = (format::bytes(i64::from(*max)), format::bytes(i64::from(*bytes)));
            let now = if most == now { "略大于这个数".to_owned() } else { format!("是 {now}") };
            format!("文件必须小于 {most}，现在{now}，请压缩后重新选择")
        }
        Fault::FileKind => "这个文件不是图片，也不是 PDF，请重新选择照片或者扫描件".into(),
        Fault::FileFormat(format) => foreign(*format).into(),
        Fault::FileUnusual => "这种 JPG 很少见，打不开，请在手机或者电脑上打开图片，截图后上传截图".into(),
        Fault::FileCut => "图片不完整，可能是没有传完或者没有存完，请重新选择；还是这样的，请重新拍照或者下载".into(),
        Fault::FilePages { pages, most: 1 } => {
            format!("这个 PDF 有 {pages} 页，这里还能放 1 张图片，请只保留需要的一页，或者把需要的内容拍在一张照片里")
        }
        Fault::FilePages { pages, most } => {
            format!("这个 PDF 有 {pages} 页，这里还能放 {most} 张图片，请只保留需要的页，或者先删除不需要的图片")
        }
        Fault::FileLocked => "这个 PDF 有密码，请去掉密码后再选择，或者打开后截图上传".into(),
        Fault::FileTooHeavy => "这个文件的内容太多，在这里打不开，请打开后截图，或者拍照上传".into(),
        Fault::SlotFull(most) => format!("这里最多放 {most} 张图片，请先删除不需要的图片"),
        Fault::FileDamaged => "文件损坏，打不开，请重新拍照或者扫描后再选择".into(),
        Fault::FilePixels(PROGRESSIVE_MEGAPIXELS) => {
            format!("这张图片是渐进式的 JPG，最多 {PROGRESSIVE_MEGAPIXELS} 百万像素，请截图后上传截图，或者缩小后重新选择")
        }
        Fault::FilePixels(max_megapixels) => {
            format!("图片过大，最多 {max_megapixels} 百万像素，请缩小后重新选择，或者截图后上传截图")
        }
        Fault::FileSmall { width, height } => format!("图片太小，看不清楚，至少需要 {width}×{height} 像素"),
        Fault::Photo(flaw) => studio::words::flaw(flaw),
        Fault::ReasonMissing if label.is_empty() || label.ends_with("原因") => "请选择或者填写原因（2 至 200 字）".into(),
        Fault::ReasonMissing => format!("请填写{label}（2 至 200 字）"),
        Fault::OneTimeCode => "动态口令不正确，请等待新的口令再试，或者使用恢复码".into(),
        Fault::MobileOfAdministrator => "这是一位管理员的手机号码，请填写本人自己的手机号码".into(),
        Fault::NotByAsker => "账号由本人启用。请本人在自己的设备上打开这个页面，填写手机收到的启用口令".into(),
        Fault::LoginTaken => format!("这个{label}已有人使用，请换一个"),
        Fault::ProvinceOnly => "管理员只能设在省级财政部门，请选择省级财政部门，或者将角色改为审核人员".into(),
        Fault::CredentialsWithName => "姓名、证件号码与密码不匹配，请核对后重试".into(),
        Fault::AlreadyRegistered => "用户已注册，请直接登录".into(),
        Fault::OtherKind(DocumentKind::ResidencePermit) => {
            "这是港澳台居民居住证的号码，请将证件类型改为港澳台居民居住证".into()
        }
        Fault::OtherKind(..) => "这是居民身份证的号码，请将证件类型改为居民身份证".into(),
        Fault::OldStaffPassword => format!("{label}不正确，请核对；忘记了请联系省级管理员重置"),
        Fault::OldPassword => format!("{label}不正确，请核对；忘记了可以退出后用“忘记密码”重新设置"),
        Fault::MobileUnchanged => "这就是您现在登记的手机号码，请填写新的号码".into(),
        Fault::Unchanged => format!("{label}与现在登记的一致，不需要更正"),
        Fault::MobileElsewhere => {
            "这个手机号码登记在另一个账号上，请核对；确由本人使用的，请本人在自己的手机上注册或者办理“手机号更换申请”，短信验证后即归本人".into()
        }
        Fault::ChangedSince => {
            "登记或者填写的内容在受理之后已有变化，不能再按受理时的内容办理，请退回，由窗口核对后重新受理".into()
        }
        Fault::DocumentTaken => "这个证件号码已有另一个账号，请核对；确有两个账号的，请联系省级财政部门".into(),
        Fault::MobileTaken => "这个手机号码已用于另一个账号，请使用其他号码；那个账号是您本人的，可以直接登录".into(),
    }
}

/// What to do on the telephone or computer at hand with a format that cannot be opened here.
fn foreign(format: Format) -> &'static str {
    match format {
        Format::Heic => {
            "这是 HEIC 格式的照片，在这里打不开。苹果手机请在“设置 → 相机 → 格式”中选“兼容性最佳”后重新拍照，或者打开照片，截图后上传截图；其他手机请在相机设置中关闭“高效图片格式”"
        }
        Format::Avif => "这是 AVIF 格式的图片，在这里打不开，请打开图片，截图后上传截图，或者另存为 JPG",
        Format::Gif => "这是 GIF 格式的图片，请拍照上传，或者打开图片，截图后上传截图",
        Format::Film => "这是视频，请上传照片",
        Format::Document => "这是文档或者压缩包，请打开后另存为 PDF，或者截图后上传截图",
    }
}

/// A part of a character that looks like the character itself, as copying from a PDF gives it.
fn is_part(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FDF}')
}

/// A character in quotation marks; of one that cannot be seen by itself its number.
fn shown(c: char) -> String {
    match c {
        '\u{0300}'..='\u{036F}' | '\u{E000}'..='\u{F8FF}' => format!("编码为 U+{:04X} 的字符", u32::from(c)),
        '“' | '”' => format!("引号{c}"),
        c => format!("“{c}”"),
    }
}

/// What no font has is written by hand (docs/adr/0012).
pub fn by_hand(characters: &str) -> String {
    format!("“{characters}”打印时字库中没有，会留出空白，请打印后手写。")
}

/// Why the rules say no, and what to do next.
pub fn refusal(refusal: &Refusal) -> String {
    use domain::case::Status;
    match refusal {
        Refusal::NotAllowedIn { status, .. } => {
            format!("申请目前是“{}”状态，不能进行这项操作。请刷新页面查看最新情况。", super::words::status(*status))
        }
        Refusal::Withdrawn => {
            "申请人已经撤销了这件申请，现在不能审核，您的操作没有保存。申请人重新提交后，会回到审核列表。".into()
        }
        Refusal::NotYours => "这项内容不属于您的办理范围。".into(),
        Refusal::AlreadySubmitted => "申请已经提交过了，请在“申报进度”中查看。".into(),
        Refusal::AlreadyCollected => "您已采集过信息，无需重复采集。".into(),
        Refusal::HeldByOther { name, until } => format!("{name}正在审核这件申请，{} 之后可以接手。", format::time(*until)),
        Refusal::DecidedByOther { name, at, status } => {
            let what = if *status == Status::Approved { "审核通过" } else { super::words::status(*status) };
            format!("{name}已于 {} 处理了这件申请（{what}），您的操作没有保存。", format::instant(*at))
        }
        Refusal::Staged { until } => {
            format!("您已对这件申请作出结论，{} 生效。需要改动的，请先撤销。", format::time(*until))
        }
        Refusal::UndoOver => "可以撤销的时间已过，结论不能再撤销。".into(),
        Refusal::NotComplete => "申请还没有填写完整，请按提示补充后再提交。".into(),
        Refusal::NotAllAmended { items } => format!("还有 {} 项未通过的内容没有修改，全部改好后才能重新提交。", items.len()),
        Refusal::NothingRejected => "退回之前，请先在未通过的项目上标明“不通过”并写明原因。".into(),
        Refusal::RejectedItems => "还有标为“不通过”的项目，不能审核通过。请退回，或者先撤销这些标记。".into(),
        Refusal::NoBureau => "所选地区没有受理的财政局，请重新选择单位所在地或者居住地。".into(),
        Refusal::TooOften { of, retry_at, at } => too_often(*of, &format::soon(*retry_at, *at)),
        Refusal::Locked { of, until, at } => locked(*of, &format::soon(*until, *at)),
        Refusal::SignInAgain => "登录已经结束，请重新登录。已保存的内容都在。".into(),
        Refusal::ActingOver => "代为填写已经结束，这次的内容没有保存。已保存的内容都在，请回到窗口办理重新开始。".into(),
        Refusal::Conversion(why) => not_converted(why),
        Refusal::NotWhileActing => "正在窗口代为填写，这项操作由本人办理，不能代办。".into(),
        Refusal::GivenBack => "刚才提交时登录已经结束，没有生效。填写的内容已经放回本页，请核对后再提交一次。".into(),
        Refusal::SecondFactorNeeded => "请先完成动态口令验证。".into(),
        Refusal::SelfReview => {
            "这项申请是您本人的，或者为您本人登记学分，由其他审核人员办理；您可以查看，不能记录意见或者作出结论。".into()
        }
        Refusal::CorrectionOpen => "这个账号已有一件窗口办理在等待复核，复核以后才能再次受理。".into(),
        Refusal::NoSecondPerson => {
            "窗口办理需要有人复核：本财政局和上级财政局都没有足够的其他审核人员，请联系管理员添加。".into()
        }
        Refusal::SecondPersonNeeded => "您已经受理、代为填写或者同意过这件申请，需要由另一位审核人员办理。".into(),
        Refusal::LinkVoid => "这个链接已经失效：申请已经办结，或者有了新的链接。请核对短信，或者联系所在地财政局。".into(),
        Refusal::HandoverVoid => "这个二维码已经失效，请在电脑上重新生成。".into(),
        Refusal::HandoverElsewhere => "这个二维码已经在另一部手机上使用。换手机的，请在电脑上重新生成。".into(),
        Refusal::OwnAccount => "不能停用或者重置自己的账号，请由另一位管理员操作。".into(),
        Refusal::LastAdministrator => "这是最后一位可以登录的管理员。请先添加另一位管理员，待其启用账号后再操作。".into(),
    }
}

/// What went wrong with a page or a post, and what was kept (ux E8).
pub fn app_error(error: &AppError) -> String {
    match error {
        AppError::NotFound => "没有找到这个页面，或者您没有查看的权限。".into(),
        AppError::Refused(why) => refusal(why),
        AppError::Stale => "内容在别处被修改过，请刷新后再操作。".into(),
        AppError::Busy => "现在办理的人较多，请稍候再试。您填写的内容还在页面上。".into(),
        AppError::DiskFull => "系统的存储空间已满，内容没有保存，也没有提交。您填写的内容还在页面上，请稍后再试。".into(),
        AppError::Network => "网络没有连通，内容没有提交。请检查网络后重试，您填写的内容还在页面上。".into(),
        AppError::Broken { request_id } if request_id.is_empty() => "系统出了问题，内容没有提交。请稍后再试。".into(),
        AppError::Broken { request_id } => format!("系统出了问题，内容没有提交。请稍后再试；需要咨询时请提供编号 {request_id}。"),
    }
}

#[cfg(test)]
mod tests {
    /// The texts of a function of this file.
    fn texts(of: &str) -> Vec<&'static str> {
        let (_, rest) = include_str!("sentence.rs").split_once(of).unwrap();
        let (body, _) = rest.split_once("\n}\n").unwrap();
        body.split('"').skip(1).step_by(2).filter(|text| text.chars().count() > 4).collect()
    }

    #[test]
    fn each_fault_and_each_refusal_has_a_sentence_of_its_own() {
        for of in ["pub fn fault(", "pub fn refusal(", "pub fn app_error("] {
            let mut texts = texts(of);
            assert!(texts.len() > 5, "{of}");
            texts.sort_unstable();
            let twice: Vec<_> = texts.windows(2).filter(|two| two[0] == two[1]).collect();
            assert!(twice.is_empty(), "{of}: {twice:?}");
        }
    }
}
