//! What each field of the interface means, in the words of those who write programs for schools.

use domain::school::{Cause, Noting, Outcome};

/// By shape and field; a test compares them with the shapes.
pub const FIELDS: &[(&str, &str, &str)] = &[
    ("Enrolments", "enrolments", "报名，按变动的先后，最多 1000 条。"),
    ("Enrolments", "cursor", "读到的位置，下次作为 after。"),
    ("Enrolments", "more", "后面是否还有。"),
    ("Enrolment", "id", "报名编号。"),
    ("Enrolment", "learner", "学员编号：22 位，每所网校不同，同一人在各年度相同。"),
    ("Enrolment", "name", "姓名；报名结束后为空。"),
    ("Enrolment", "year", "继续教育年度。"),
    ("Enrolment", "credits", "最多可以登记的学分。"),
    ("Enrolment", "booked", "已经登记的学分。"),
    ("Enrolment", "enrolled_at", "报名时间（UTC）。"),
    ("Enrolment", "ended_at", "改报其他网校的时间（UTC）；没有改报的为 null。"),
    ("TicketRequest", "ticket", "浏览器提交来的登录凭证。"),
    ("Ticket", "valid", "凭证是否有效。以下各项只在有效时才有。"),
    ("Ticket", "learner", "学员编号。"),
    ("Ticket", "name", "姓名。"),
    ("Ticket", "enrolment", "报名编号。"),
    ("Ticket", "year", "继续教育年度。"),
    ("CreditsRequest", "rows", "1 至 10000 行。"),
    ("CreditRow", "id", "网校自己的行号，1 至 64 位字母、数字或者 - _ . : ，同一行号只登记一次。"),
    ("CreditRow", "learner", "学员编号。"),
    ("CreditRow", "year", "继续教育年度。"),
    ("CreditRow", "subject", "科目类别：professional 为专业科目，public 为公需科目。"),
    ("CreditRow", "credits", "学分，大于 0，最多两位小数，数字或者文本都可以。"),
    ("CreditRow", "completed_on", "学完的日期，在该年度的学习时间内，不晚于今天。"),
    ("CreditRow", "name", "姓名，可以不填；填写的，必须与报名人一致。"),
    ("ProgressRequest", "rows", "1 至 500 行。"),
    ("ProgressRow", "learner", "学员编号。"),
    ("ProgressRow", "year", "继续教育年度。"),
    ("ProgressRow", "percent", "完成的百分数，0 至 100，最多两位小数。percent 和 hours 填写一项。"),
    ("ProgressRow", "hours", "完成的学时，最多两位小数。"),
    ("ProgressRow", "at", "学到这一进度的时间，例如 2026-11-20T09:00:00Z，不晚于现在。"),
    ("ProgressOutcomes", "rows", "每一行的处理结果，按报送的顺序。"),
    ("ProgressOutcome", "row", "第几行，从 0 开始。"),
    ("ProgressOutcome", "outcome", "处理结果。"),
    ("ProgressOutcome", "field", "有问题的字段。"),
    ("ProgressOutcome", "cause", "问题。"),
    ("Batch", "id", "批次编号。"),
    ("Batch", "state", "done 为处理完毕；open 为中断，原样重发即可继续。"),
    ("Batch", "received_at", "首次收到的时间（UTC）。"),
    ("Batch", "size", "行数。"),
    ("Batch", "counts", "各种处理结果的行数。"),
    ("Batch", "rows_until", "到这一天（北京时间）为止可以查到每一行；以后不再保留 refused 和 repeated 的行。"),
    ("Batch", "rows", "每一行的处理结果，按报送的顺序。"),
    ("Row", "row", "第几行，从 0 开始。"),
    ("Row", "id", "网校自己的行号。"),
    ("Row", "outcome", "处理结果。"),
    ("Row", "field", "有问题的字段。"),
    ("Row", "cause", "问题。"),
    ("Row", "answer", "省级管理员对这一行的说明；没有的省略。"),
    ("Counts", "booked", "已登记的行数。"),
    ("Counts", "repeated", "以前登记过的行数。"),
    ("Counts", "refused", "没有登记的行数。"),
    ("Counts", "quarantined", "待核对的行数。"),
    ("Day", "day", "日期（北京时间）。"),
    ("Day", "batches", "这一天收到的各批，按收到的先后，最多 1000 批。"),
    ("Day", "cursor", "读到的位置，下次作为 after。"),
    ("Day", "more", "后面是否还有。"),
    ("Day", "counts", "全天各种处理结果的行数。"),
    ("Day", "booked_credits", "全天登记的学分合计。"),
    ("DayBatch", "id", "批次编号。"),
    ("DayBatch", "idempotency_key", "报送时的 Idempotency-Key。"),
    ("DayBatch", "received_at", "首次收到的时间（UTC）。"),
    ("DayBatch", "size", "行数。"),
    ("DayBatch", "decided", "已有处理结果的行数。"),
    ("DayBatch", "counts", "各种处理结果的行数。"),
    ("DayBatch", "booked_credits", "登记的学分合计。"),
    ("Requests", "requests", "询问，按变动的先后，最多 1000 条。"),
    ("Requests", "cursor", "读到的位置，下次作为 after。"),
    ("Requests", "more", "后面是否还有。"),
    ("Request", "id", "询问编号。"),
    ("Request", "enrolment", "询问的报名的编号。"),
    ("Request", "learner", "学员编号。"),
    ("Request", "year", "继续教育年度。"),
    ("Request", "asked_at", "询问时间（UTC）。"),
    ("Request", "answer", "网校的答复；还没有答复的为空。"),
    ("Request", "answered_at", "答复时间（UTC）；还没有答复的为 null。"),
    ("AnswerRequest", "answer", "给学员看的答复，1 至 500 字。"),
    ("Refused", "error", "问题：code 供程序判断，message 供人阅读，fields 是有问题的字段，没有时省略。"),
];

/// What each shape is.
pub const SHAPES: &[(&str, &str)] = &[
    ("Enrolments", "报名信息的一页"),
    ("Enrolment", "一条报名"),
    ("TicketRequest", "要核验的登录凭证"),
    ("Ticket", "核验结果"),
    ("CreditsRequest", "一批学分"),
    ("CreditRow", "一批中的一行"),
    ("ProgressRequest", "一次报送的学习进度"),
    ("ProgressRow", "一名学员的学习进度"),
    ("ProgressOutcomes", "学习进度的处理结果"),
    ("ProgressOutcome", "一行学习进度的处理结果"),
    ("Batch", "一批的处理结果"),
    ("Row", "一行的处理结果"),
    ("Counts", "各种处理结果的行数"),
    ("Day", "一天的对账"),
    ("DayBatch", "对账中的一批"),
    ("Requests", "学分询问的一页"),
    ("Request", "一个学分询问"),
    ("AnswerRequest", "对询问的答复"),
    ("Refused", "整个请求没有办成时的回答"),
];

/// What an outcome means to the school.
pub const fn of_outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Booked => "已登记，学员立即可以看到",
        Outcome::Repeated => "以前以同样的内容登记过，没有再登记",
        Outcome::Refused => "有问题，没有登记",
        Outcome::Quarantined => "与报名对不上，不计入；改正后可以用同一行号重新报送",
    }
}

/// What became of a report of progress.
pub const fn of_noting(noting: Noting) -> &'static str {
    match noting {
        Noting::Noted => "已记下，学员可以看到",
        Noting::Older => "已经有更新的进度，没有改动",
        Noting::Refused => "有问题，没有记下",
    }
}

/// What a cause means to the school.
pub const fn of_cause(cause: Cause) -> &'static str {
    match cause {
        Cause::Missing => "没有填写",
        Cause::Malformed => "写法不符合要求",
        Cause::UnknownYear => "本省没有这个继续教育年度",
        Cause::InTheFuture => "日期或者时间还没有到",
        Cause::OutsideWindow => "日期不在该年度的学习时间内",
        Cause::BeforeEnrolment => "早于报名的日期",
        Cause::OtherContents => "以前报送过不同的内容",
        Cause::AboveEnrolled => "超过报名的学分中尚未登记的部分",
        Cause::NoEnrolment => "没有这个学员编号在该年度的报名",
        Cause::EnrolmentEnded => "学员已经改报其他网校",
        Cause::OtherName => "与报名人的姓名不一致",
    }
}
