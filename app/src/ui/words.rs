//! The words and colours of codes.

use domain::case::{Action, Status, Urgency};
use domain::intake::{Task, TaskState};

/// The name of a status.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Draft => "草稿",
        Status::Submitted => "待审核",
        Status::Returned => "已退回",
        Status::Approved => "审核通过",
        Status::Closed => "已终止",
    }
}

/// The class of a status tag.
pub fn status_class(status: Status) -> &'static str {
    match status {
        Status::Draft | Status::Closed => "tag tag--grey",
        Status::Submitted => "tag tag--blue",
        Status::Returned => "tag tag--red",
        Status::Approved => "tag tag--green",
    }
}

/// What was done, in the timeline.
pub fn action(action: Action) -> &'static str {
    match action {
        Action::Look => "查看",
        Action::Save => "保存",
        Action::Submit => "提交申请",
        Action::Delete => "删除草稿",
        Action::Cancel => "取消申请",
        Action::Withdraw => "撤销申请",
        Action::Resubmit => "重新提交",
        Action::Hold => "开始审核",
        Action::Judge => "记录意见",
        Action::Approve => "审核通过",
        Action::Return => "退回修改",
        Action::Forward => "转交其他财政局",
        Action::Reveal => "查看完整证件号码",
        Action::Note => "备注",
        Action::Revoke => "撤销审核通过",
        Action::Endorse => "初审同意",
        Action::Object => "提出异议",
        Action::Apply => "已生效",
        Action::Lapse => "未能生效",
    }
}

/// The path of a task below `/<province>/intake`.
pub fn task_path(task: Task) -> &'static str {
    match task {
        Task::Briefing => "briefing",
        Task::Step(step) => step.as_str(),
        Task::Attachments => "files",
        Task::Check => "check",
    }
}

/// The name of a task's state, with the class of its tag; a finished one is plain text (ux F2).
pub fn task_state(state: TaskState) -> (&'static str, &'static str) {
    match state {
        TaskState::NotStarted => ("未开始", "tag tag--blue"),
        TaskState::InProgress => ("进行中", "tag tag--orange"),
        TaskState::Done => ("已完成", ""),
        TaskState::Blocked => ("暂不能开始", "tag tag--grey"),
    }
}

/// How urgent a case is, with its class.
pub fn urgency(urgency: Urgency) -> (&'static str, &'static str) {
    match urgency {
        Urgency::Calm => ("正常", "urgency"),
        Urgency::Warn => ("请留意", "urgency urgency--warn"),
        Urgency::Red => ("将到期", "urgency urgency--red"),
        Urgency::Overdue => ("已超期", "urgency urgency--overdue"),
    }
}
