//! What a change asks for; `provinces` has every question of the other three.

mod provinces;

use super::*;
use crate::identity::Sex;
use crate::identity::document::DocumentKind;
use crate::intake::Holder;
use crate::province::{Province, read_for_tests};

struct World {
    province: Province,
    holder: Holder,
    answers: Answers,
}

fn world(key: &str, answers: &[(&str, &str)]) -> World {
    let province = Province::parse(&read_for_tests, key).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let born_on = "1990-03-07".parse().ok();
    let holder = Holder { document_kind: DocumentKind::ResidentId, name: "张三".to_owned(), sex: Some(Sex::Female), born_on };
    let mut world = World { province, holder, answers: Answers::default() };
    for (item, value) in answers {
        world.set(item, value);
    }
    world
}

impl World {
    fn set(&mut self, item: &str, value: &str) {
        assert!(self.answers.set(item, value.to_owned()), "{item}");
    }

    fn cx(&self) -> Context<'_> {
        Context::of(&self.province, &self.holder, &self.answers, "2026-03-17".parse().unwrap())
    }

    fn rules(&self) -> &ChangeRules {
        self.province.profile.change.as_ref().unwrap()
    }

    fn slots(&self) -> &[AttachmentRules] {
        &self.province.profile.line(crate::case::CaseKind::Change).attachments
    }

    /// Every question of the form: whether it may be changed and is reviewed, and by what proof.
    fn table(&self) -> Vec<String> {
        let cx = self.cx();
        let line = |step: &StepRules, key: &str| {
            let path = format!("{}.{key}", step.key.as_str());
            let item = item_of(&path);
            let way = match self.rules().way(&item) {
                Some(Way::Reviewed) => "reviewed",
                Some(Way::AtOnce) => "at once",
                None => "never",
            };
            let proofs: Vec<_> = self.rules().asks_for(self.slots(), &item, &cx).iter().map(|slot| slot.slot.as_str()).collect();
            format!("{path}: {way} {}", proofs.join("+")).trim_end().to_owned()
        };
        let steps = self.province.profile.intake.steps.iter();
        steps.flat_map(|step| step.fields.iter().map(move |field| line(step, &field.key))).collect()
    }

    /// What differs from another record, and the slots that it calls for.
    fn against(&self, before: &Answers) -> (Vec<String>, Vec<String>) {
        let items = changed(&self.cx(), before, &self.answers);
        let called = self.rules().calls_for(self.slots(), &items, &self.cx());
        (items, called.into_iter().map(|(slot, _)| slot.slot.clone()).collect())
    }
}

fn hubei() -> World {
    world(
        "hubei",
        &[
            ("person.name", "张三"),
            ("person.nationality", "CN"),
            ("person.ethnicity", "01"),
            ("person.political_status", "13"),
            ("education.full_time_level", "bachelor"),
            ("education.full_time_degree", "bachelor"),
            ("education.full_time_school", "湖北经济学院"),
            ("education.full_time_major", "会计学"),
            ("education.full_time_graduated_on", "2012-06-30"),
            ("credential.level", "intermediate"),
            ("credential.category", "accounting"),
            ("credential.method", "exam"),
            ("credential.obtained_on", "2019-09-18"),
            ("credential.certificate_number", "19420001"),
            ("credential.duty", "staff"),
            ("credential.abacus_level", "none"),
            ("employment.status", "yes"),
            ("employment.division", "420102"),
            ("employment.employer_name", "武汉某某有限公司"),
            ("employment.credit_code", "91350100M000100Y43"),
            ("employment.employer_kind", "unlisted_private"),
            ("employment.employer_address", "中山大道 1 号"),
            ("employment.employer_phone", "027-80000000"),
            ("employment.joined_on", "2015-03-16"),
            ("employment.post", "cashier"),
            ("employment.accounting_started_on", "2012-07-16"),
        ],
    )
}

/// 手册乙 6.2: 变更相应的项，对应的上传附件证明.
#[test]
fn hubei_says_of_every_question_whether_it_may_be_changed_and_by_what_proof() {
    let expected = [
        "person.name: reviewed id_front+name_proof",
        "person.sex: never",
        "person.born_on: never",
        "person.nationality: reviewed id_back",
        "person.ethnicity: reviewed id_front",
        "person.political_status: reviewed",
        "person.residence_address: at once",
        "person.email: at once",
        "person.telephone: at once",
        "education.full_time_level: reviewed full_time_diploma",
        "education.full_time_degree: reviewed full_time_diploma",
        "education.full_time_school: reviewed full_time_diploma",
        "education.full_time_major: reviewed full_time_diploma",
        "education.full_time_graduated_on: reviewed full_time_diploma",
        "education.full_time_certificate_number: reviewed full_time_diploma",
        "education.part_time_level: reviewed part_time_diploma",
        // Asked, and proven, once there is a level.
        "education.part_time_degree: reviewed",
        "education.part_time_school: reviewed",
        "education.part_time_major: reviewed",
        "education.part_time_graduated_on: reviewed",
        "education.part_time_certificate_number: reviewed",
        "credential.level: reviewed qualification_proof",
        "credential.category: reviewed qualification_proof",
        "credential.method: reviewed qualification_proof",
        "credential.obtained_on: reviewed qualification_proof",
        "credential.certificate_number: reviewed qualification_proof",
        "credential.duty: reviewed",
        "credential.abacus_level: reviewed abacus_proof",
        "credential.cpa: reviewed cpa_proof",
        "credential.cpa_number: reviewed",
        "credential.tax_agent: reviewed tax_agent_proof",
        "credential.tax_agent_number: reviewed",
        "credential.appraiser: reviewed appraiser_proof",
        "credential.appraiser_number: reviewed",
        "employment.status: reviewed employment_proof+residence_proof",
        "employment.off_post_status: reviewed employment_proof",
        "employment.division: reviewed employment_proof",
        "employment.employer_name: reviewed employment_proof",
        "employment.credit_code: reviewed employment_proof",
        "employment.employer_kind: reviewed employment_proof",
        "employment.employer_address: reviewed employment_proof",
        "employment.employer_phone: reviewed employment_proof",
        "employment.joined_on: reviewed employment_proof",
        "employment.post: reviewed employment_proof",
        "employment.accounting_started_on: reviewed employment_proof",
    ];
    assert_eq!(hubei().table(), expected);
}

/// The sentence and 资料上传 come from one rule: a change of one answer alone calls for what stood under it.
#[test]
fn what_stands_under_a_question_is_what_a_change_of_it_calls_for() {
    let before = hubei();
    for (item, value) in [
        ("person.name", "张叁"),
        ("person.political_status", "01"),
        ("person.email", "zhang@example.com"),
        ("education.full_time_school", "武汉大学"),
        ("credential.certificate_number", "19420002"),
        ("credential.duty", "none"),
        ("employment.employer_name", "武汉另一有限公司"),
    ] {
        let mut after = hubei();
        after.set(item, value);
        let (items, called) = after.against(&before.answers);
        let asked = before.rules().asks_for(before.slots(), item, &before.cx());
        assert_eq!(items, [item]);
        assert_eq!(called, asked.iter().map(|slot| slot.slot.clone()).collect::<Vec<_>>(), "{item}");
    }
    let says = |item: &str| before.rules().sentence(before.slots(), item, &before.cx());
    assert_eq!(says("credential.level"), "变更此项需上传：专业技术资格证书。");
    assert_eq!(says("employment.status"), "变更此项需上传：从事会计工作说明或者户籍、居住或者学生证明。");
    assert_eq!(says("person.political_status"), "变更此项不需要证明。");
    assert_eq!(says("person.email"), "变更此项不需要证明，提交后立即生效。");
    assert_eq!(says("person.sex"), "此项不能在这里变更。");
}

#[test]
fn what_is_taken_back_is_no_change_and_takes_its_proof_back() {
    let before = hubei();
    let mut after = hubei();
    after.set("education.part_time_level", "master");
    after.set("education.part_time_school", "武汉大学");
    after.set("employment.post", "checking");
    let slots = |world: &World| world.against(&before.answers).1;
    assert_eq!(slots(&after), ["part_time_diploma", "employment_proof"]);
    after.set("employment.post", "cashier");
    assert_eq!(slots(&after), ["part_time_diploma"]);
    // What hangs on the level is neither asked nor changed without it.
    after.set("education.part_time_level", "");
    assert_eq!(after.against(&before.answers), (Vec::new(), Vec::new()));
}

#[test]
fn whoever_leaves_proves_it_otherwise_and_the_employer_goes() {
    let before = hubei();
    let mut after = hubei();
    after.set("employment.status", "no");
    after.set("employment.off_post_status", "unemployed");
    let (items, called) = after.against(&before.answers);
    assert_eq!(called, ["residence_proof"]);
    assert!(items.contains(&"employment.employer_name".to_owned()), "{items:?}");
    let applied = apply(&after.cx(), &before.answers, &items, &after.answers);
    assert_eq!((applied.get("employment.employer_name"), applied.get("employment.status")), (Some(""), Some("no")));
    assert_eq!(applied.get("credential.level"), Some("intermediate"), "what was not touched stays");
}

#[test]
fn what_may_not_be_changed_stays_as_it_is_on_record_whatever_is_posted() {
    let before = hubei();
    let mut typed = before.answers.form(StepKey::Person);
    assert!(typed.set("sex", "1".into()) && typed.set("email", "zhang@example.com".into()));
    let kept = before.rules().keep(&before.answers, typed);
    assert_eq!((kept.get("sex"), kept.get("email")), (Some(""), Some("zhang@example.com")));
}

#[test]
fn another_county_leads_to_another_bureau() {
    let before = hubei();
    let mut after = hubei();
    assert!(moves_to(&after.cx(), &before.answers, &after.answers).is_none());
    after.set("employment.division", "420103");
    let to = moves_to(&after.cx(), &before.answers, &after.answers).map(|bureau| bureau.code.to_string());
    assert_eq!(to.as_deref(), Some("420103"));
}

#[test]
fn what_leads_to_a_bureau_stays_and_what_does_not_gets_its_place() {
    let world = hubei();
    let to = |code: &str| world.province.bureaus.get(&code.into()).unwrap();
    assert_eq!(lead_to(&world.cx(), &world.answers, to("420102")), world.answers);
    let placed = lead_to(&world.cx(), &world.answers, to("420103"));
    assert_eq!((placed.get("employment.division"), placed.get("employment.bureau")), (Some("420103"), Some("")));
    assert_eq!(placed.bureau(&world.cx()).map(|bureau| bureau.code.to_string()).as_deref(), Some("420103"));
}

/// The keys that are named when one text of 湖北 is replaced.
fn faults(from: &str, to: &str) -> Vec<String> {
    let text = read_for_tests("hubei.toml").unwrap();
    assert!(text.contains(from), "{from}");
    let broken = text.replacen(from, to, 1);
    let read = |file: &str| if file == "hubei.toml" { Some(broken.clone()) } else { read_for_tests(file) };
    Province::parse(&read, "hubei").unwrap_err().into_iter().map(|error| error.key).collect()
}

#[test]
fn a_rule_that_names_nothing_is_named_itself() {
    for (from, to, key) in [
        ("\"person.political_status\", \"education.*\"", "\"person.politics\", \"education.*\"", "change.reviewed"),
        ("at_once = [\"person.residence_address\"", "at_once = [\"person.fax\"", "change.at_once"),
        ("at_once = [\"person.residence_address\"", "at_once = [\"employment.division\"", "change.at_once"),
        ("slots = [\n  \"id_front\"", "slots = [\n  \"id_middle\"", "change.slots"),
        ("[change.hints]\n\"person.name\"", "[change.hints]\n\"person.sex\"", "change.hints.person.sex"),
        ("key = \"moved\", title = \"搬家\"", "key = \"left\", title = \"搬家\"", "change.occasions.left"),
        ("fields = [\"person.residence_address\"]", "fields = [\"person.born_on\"]", "change.occasions.moved.fields"),
        ("proves = [\"person.name\"]\nwhy = \"用于核对变更后", "why = \"用于核对变更后", "lines.change.attachments.name_proof"),
        ("reviewed = [\"person.name\"", "reviewd = [\"person.name\"", "change.reviewd"),
    ] {
        let found = faults(from, to);
        assert!(found.iter().any(|found| found == key), "{key} among {found:?}");
    }
}
