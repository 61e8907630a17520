//! 档案关闭登记 of a bureau.

use app::plain::closings::closings;
use app::plain::entered::Typed;
use app::ui::sentence;
use domain::answer::Answer;
use domain::closing::forms::ClosingForm;
use domain::closing::view::ClosingsView;
use domain::fault::Fault;
use domain::province::Profile;
use service::case::Proof;
use service::{Failure, Visit};

use super::entered::{Entered, said_of_all};

/// 档案关闭登记.
pub struct Closings;

impl Entered for Closings {
    type Form = ClosingForm;
    type View = ClosingsView;
    const FORM: &'static str = "closing";
    const PAGE: &'static str = "closings";
    const OWN: &'static str = "不能关闭本人的档案，请由其他工作人员登记。";

    async fn view(visit: &Visit, again: &str) -> Result<ClosingsView, Failure> {
        service::closing::closings_view(visit, again).await
    }

    async fn enter(visit: &Visit, form: &ClosingForm, proof: Option<Proof>) -> Result<Answer, Failure> {
        service::closing::enter_closing(visit, form, proof).await
    }

    fn draw(profile: &Profile, style: &str, view: ClosingsView, typed: Typed<ClosingForm>) -> String {
        closings(profile, style, view, typed)
    }

    fn said(field: &str, fault: &Fault) -> (&'static str, String) {
        let of = |field: &'static str, label: &str| (field, sentence::fault(label, fault));
        match (field, fault) {
            ("document_number", Fault::DuplicateRow) => {
                ("document_number", "这名会计人员的档案已经关闭，或者正在等待确认，请在下面的列表中查看".into())
            }
            ("document_number", Fault::Unchanged) => ("document_number", "这名会计人员还没有档案，不需要关闭".into()),
            ("cause", _) => ("cause", "请选择关闭原因".into()),
            ("since", _) => of("since", "发生日期"),
            ("note", _) => of("note", "说明"),
            (_, _) => said_of_all(field, fault, "证明材料"),
        }
    }
}
