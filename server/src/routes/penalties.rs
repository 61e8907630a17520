//! 行政处罚登记 of a bureau.

use app::plain::entered::Typed;
use app::plain::penalties::penalties;
use app::ui::sentence;
use domain::answer::Answer;
use domain::fault::Fault;
use domain::integrity::forms::PenaltyForm;
use domain::integrity::view::PenaltiesView;
use domain::province::Profile;
use service::case::Proof;
use service::{Failure, Visit};

use super::entered::{Entered, said_of_all};

/// 行政处罚登记.
pub struct Penalties;

impl Entered for Penalties {
    type Form = PenaltyForm;
    type View = PenaltiesView;
    const FORM: &'static str = "penalty";
    const PAGE: &'static str = "penalties";
    const BOXES: &'static [&'static str] = &["kinds", "articles"];
    const OWN: &'static str = "不能登记本人的行政处罚，请由其他工作人员登记。";

    async fn view(visit: &Visit, again: &str) -> Result<PenaltiesView, Failure> {
        service::integrity::penalties_view(visit, again).await
    }

    async fn enter(visit: &Visit, form: &PenaltyForm, proof: Option<Proof>) -> Result<Answer, Failure> {
        service::integrity::enter_penalty(visit, form, proof).await
    }

    fn draw(profile: &Profile, style: &str, view: PenaltiesView, typed: Typed<PenaltyForm>) -> String {
        penalties(profile, style, view, typed)
    }

    fn said(field: &str, fault: &Fault) -> (&'static str, String) {
        let of = |field: &'static str, label: &str| (field, sentence::fault(label, fault));
        match (field, fault) {
            ("body", _) => of("body", "处罚决定机关"),
            ("number", Fault::DuplicateRow) => ("number", "这份决定书已经录入过这名会计人员，请在下面的列表中查看".into()),
            ("number", _) => of("number", "处罚决定书文号"),
            ("decided_on", Fault::TooEarly) => ("decided_on", "决定日期早于系统登记的法律版本，请与决定书核对".into()),
            ("decided_on", _) => of("decided_on", "处罚决定日期"),
            ("articles", Fault::NotInList) => ("articles", "所选的条款在决定之日没有施行，请按决定日期选择".into()),
            ("articles", _) => ("articles", "请选择法律依据".into()),
            ("kinds", Fault::NotInList) => ("kinds", "所选的条款没有规定这种处罚，请与决定书核对".into()),
            ("kinds", Fault::DuplicateRow) => ("kinds", "五年内不得从事会计工作和不得再从事会计工作只能选一项".into()),
            ("kinds", _) => ("kinds", "请选择处罚种类".into()),
            ("facts", _) => of("facts", "违法事实"),
            (_, _) => said_of_all(field, fault, "处罚决定书"),
        }
    }
}
