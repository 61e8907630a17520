//! 培训机构: the province admits an employer, which then holds classes for everybody with a record.

use domain::learning::class::forms::{EndInstitutionForm, InstitutionForm};
use domain::learning::class::view::InstitutionsView;

use super::*;
use crate::learning::{admit_institution, end_institution, institutions_view};
use crate::school::stories::administrator;

async fn admit(visit: &Visit) -> Result<Answer, Failure> {
    let form = InstitutionForm { code: employer::CODE.into(), name: "某某培训中心".into() };
    admit_institution(visit, &form).await
}

async fn seen(visit: &Visit) -> InstitutionsView {
    institutions_view(visit).await.unwrap()
}

fn open_class(manager: &str) -> ClassForm {
    ClassForm { audience: "all".into(), ..class(manager, "2026-11-25") }
}

async fn an_institution_holds_classes_for_everybody_while_the_province_admits_it(house: House) {
    let (boss, manager, person) = town(&house).await;
    let zhao = administrator(&house).await;
    let not_admitted = Some(format!("/hunan/learning?classes={manager}&not={}", NotFiled::NotAdmitted.code()));
    assert_eq!(file(&boss, open_class(&manager)).await.unwrap().go, not_admitted);
    assert!(matches!(institutions_view(&boss).await, Err(Failure::Refused(_))), "accountants keep none");
    assert!(admit(&boss).await.is_err());
    assert!(seen(&zhao).await.lines.is_empty());
    for _ in 0..2 {
        admit(&zhao).await.unwrap();
    }
    let mut lines = seen(&zhao).await.lines;
    assert_eq!(lines.len(), 1, "once more changes nothing");
    let line = lines.remove(0);
    assert_eq!((line.code.as_str(), line.manager.as_str()), (employer::CODE, "张三"));

    let boss = house.again(&boss).await;
    assert!(view_of(&boss, &manager).await.is_institution);
    file(&boss, open_class(&manager)).await.unwrap();
    let case = view_of(&boss, &manager).await.classes[0].filing.case.clone();
    approve(&house, &case).await.unwrap();
    // What was approved is reported after the end as well; nothing new is filed.
    let end = EndInstitutionForm { institution: line.id };
    assert!(end_institution(&boss, &end).await.is_err());
    for _ in 0..2 {
        end_institution(&zhao, &end).await.unwrap();
    }
    assert_eq!(file(&boss, open_class(&manager)).await.unwrap().go, not_admitted);

    // Somebody who lets the manager see nothing takes part like everybody else. What is wrong with a number tells nobody more.
    let employment = employer::page_of(&person).await.employments.remove(0).id;
    answer_employment(&person, &EmploymentForm { employment, act: "refused".into() }).await.unwrap();
    let (boss, person) = (after_the_class(&house, &boss).await, after_the_class(&house, &person).await);
    let wrong = vec![row_of(2, "李四", NUMBERS[1], "合格"), row_of(3, "李四", "43010219900307999X", "合格")];
    report_results(&boss, &case, Ok(wrong)).await.unwrap();
    let sheet = view_of(&house.again(&boss).await, &manager).await.sheet.unwrap();
    assert_eq!(sheet_faults(sheet), [(2, RowFault::Unknown), (3, RowFault::Unknown)]);
    report_results(&boss, &case, Ok(vec![row_of(2, "张三", NUMBERS[1], "合格")])).await.unwrap();
    approve(&house, &results_of(&boss, &manager).await).await.unwrap();
    let entries = ledger(&house, &person).await;
    assert_eq!((entries.len(), entries[0].amount, entries[0].source.kind), (1, Credits::whole(12), SourceKind::Class));
    assert!(entries[0].arithmetic.starts_with("面授培训“收入准则”"), "{}", entries[0].arithmetic);
    assert!(titles(&house, &person).await.contains(&"面授培训学分已登记".to_owned()));
    assert_audit_stands(&house).await;
}
both!(an_institution_holds_classes_for_everybody_while_the_province_admits_it);
