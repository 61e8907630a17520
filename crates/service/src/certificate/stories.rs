//! Certificates over the ledger, on both engines.

pub(crate) mod edited;
mod extracts;

use chrono::Duration;
use domain::case::Refusal;
use domain::certificate::view::VerifiedView;
use domain::certificate::{NameShown, ShareForm, Signed, Statement, UnshareForm, Verdict};
use domain::id::AccountId;
use domain::learning::{CreditEntry, Credits, Source, SourceKind, Subject, booked_by};
use store::certificate::CertificateRow;

use crate::case::Printed;
use crate::certificate::{certificate, printed, settle_for, share, shared, unshare, verified};
use crate::intake::stories::person_of;
use crate::testing::{House, both};
use crate::{Failure, Visit};

const SITE: &str = "https://kj.example.gov.cn";
const YEAR: i32 = 2025;

async fn zhang_san(house: &House) -> Visit {
    person_of(house, "hunan", "430111199003079988", "13900001234").await
}

/// Changes the ledger and settles the year in one write, as whatever changes it does.
async fn change(visit: &Visit, source: &str, amount: Option<i64>) {
    let (job, account) = (visit.clone(), visit.account().unwrap().clone());
    let source = Source { kind: SourceKind::School, id: source.to_owned() };
    let written = visit.write(move |tx| {
        Box::pin(async move {
            let (id, now) = (job.services.ids.id().into(), job.now());
            let row = match amount {
                Some(amount) => CreditEntry {
                    id,
                    year: YEAR,
                    subject: Subject::Professional,
                    amount: Credits::of_hundredths(amount),
                    source,
                    rule: "2019".into(),
                    arithmetic: "网络培训".into(),
                    decided: String::new(),
                    booked_by: "school".into(),
                    booked_at: now,
                    reverses: None,
                },
                None => {
                    let entries = tx.list_credits_of_year(&account, YEAR).await?;
                    let first = booked_by(&entries, &source).unwrap().id.clone();
                    CreditEntry::reversing(&entries, &first, id, ("bureau", now, "证明不实")).unwrap()
                }
            };
            tx.book_credit(&account, job.province_key(), &row).await?;
            settle_for(tx, &job, &account, YEAR).await
        })
    });
    written.await.unwrap();
}

/// Completes the learning year of somebody, which certifies it: for the stories of other rooms.
pub(crate) async fn complete(visit: &Visit) -> CertificateRow {
    book(visit, "s-1", 90_00).await;
    standing(visit).await.unwrap()
}

/// A certificate of before was replaced by one with this name, and is told as such.
pub(crate) async fn assert_replaced(visit: &Visit, former: &CertificateRow, name: &str) {
    let row = standing(visit).await.unwrap();
    assert_eq!(row.holder, name);
    assert_ne!(row.number, former.number);
    let old = rows(visit).await.into_iter().find(|row| row.number == former.number).unwrap();
    assert_eq!((old.ended_by.as_str(), old.replaced_by), ("replaced", Some(row.number)));
}

async fn book(visit: &Visit, source: &str, amount: i64) {
    change(visit, source, Some(amount)).await;
}

async fn take_back(visit: &Visit, source: &str) {
    change(visit, source, None).await;
}

async fn rows(visit: &Visit) -> Vec<CertificateRow> {
    let mut reader = visit.services.db.read().await.unwrap();
    reader.list_certificates(visit.account().unwrap(), YEAR).await.unwrap()
}

async fn standing(visit: &Visit) -> Option<CertificateRow> {
    let mut reader = visit.services.db.read().await.unwrap();
    reader.find_standing_certificate(visit.account().unwrap(), YEAR).await.unwrap()
}

async fn paper(visit: &Visit, shown: Option<NameShown>) -> String {
    let Printed::Pdf { bytes, .. } = printed(visit, YEAR, shown, SITE).await.unwrap() else { panic!() };
    String::from_utf8(bytes).unwrap()
}

async fn verify(house: &House, code: &str) -> VerifiedView {
    verified(&house.services, "hunan", code).await.unwrap().unwrap()
}

async fn audited(visit: &Visit, number: &str) -> Vec<String> {
    let rows = visit.services.db.read().await.unwrap().list_audit_of("certificate", number).await.unwrap();
    // Rows of one instant stand in no order.
    let mut actions: Vec<String> = rows.into_iter().map(|row| row.action).collect();
    actions.sort();
    actions
}

async fn a_completed_year_is_certified_once_however_often_it_is_asked_for(house: House) {
    let visit = zhang_san(&house).await;
    assert!(matches!(printed(&visit, YEAR, None, SITE).await, Err(Failure::NotFound)), "nothing is booked");
    book(&visit, "s-1", 60_00).await;
    assert!(matches!(printed(&visit, YEAR, None, SITE).await, Err(Failure::NotFound)), "60 of 90");
    assert!(rows(&visit).await.is_empty());
    book(&visit, "s-2", 30_00).await;
    let row = standing(&visit).await.unwrap();
    let (first, second) = tokio::join!(paper(&visit, None), paper(&visit, None));
    assert_eq!(first, second);
    book(&visit, "s-2", 30_00).await;
    assert_eq!(rows(&visit).await, std::slice::from_ref(&row), "a replayed row changes nothing");
    assert_eq!(audited(&visit, &row.number).await, ["issue_certificate", "print_certificate", "print_certificate"]);
    for wanted in
        ["会计人员继续教育完成证明", "430111********9988", &row.number, "2026年11月18日", "湖南省财政厅", "不少于 90 学分"]
    {
        assert!(first.contains(wanted), "{wanted} is not in {first}");
    }
    assert!(!first.contains("430111199003079988"), "{first}");
    assert!(first.contains(&format!("{SITE}/hunan/verify?c={}", row.statement)), "{first}");
    let seen = verify(&house, &row.statement).await;
    assert_eq!(seen.verdict, Verdict::Valid);
    let statement = said(seen);
    assert_eq!((statement.number, statement.year, statement.total), (row.number.clone(), YEAR, Credits::whole(90)));
    assert!(statement.name.contains('*'), "{}", statement.name);
    let by_number = verify(&house, &row.number.to_lowercase()).await;
    assert_eq!((by_number.verdict, by_number.signed), (Verdict::Valid, None), "a number tells nothing of its holder");
    let registered = by_number.registered.unwrap();
    let of = domain::certificate::view::RegisteredOf::Year(YEAR);
    assert_eq!((registered.number, registered.of, registered.issuer.as_str()), (row.number, of, "湖南省财政厅"));
}
both!(a_completed_year_is_certified_once_however_often_it_is_asked_for);

async fn what_is_taken_back_revokes_it_in_the_same_write_and_a_stranger_sees_that(house: House) {
    let visit = zhang_san(&house).await;
    book(&visit, "s-1", 90_00).await;
    let row = standing(&visit).await.unwrap();
    house.clock.forward(Duration::minutes(10));
    take_back(&visit, "s-1").await;
    assert_eq!(standing(&visit).await, None);
    let seen = verify(&house, &row.statement).await;
    let on = house.services.today();
    assert_eq!(seen.verdict, Verdict::Revoked { on });
    assert!(seen.signed.is_some(), "what was certified is still shown");
    assert_eq!(audited(&visit, &row.number).await, ["issue_certificate", "revoke_certificate"]);
    assert!(matches!(printed(&visit, YEAR, None, SITE).await, Err(Failure::NotFound)));
    house.clock.forward(Duration::minutes(10));
    book(&visit, "s-9", 95_00).await;
    let again = standing(&visit).await.unwrap();
    assert_ne!(again.number, row.number, "what was revoked stays revoked");
    assert_eq!(verify(&house, &row.statement).await.verdict, Verdict::Revoked { on });
    assert_eq!(verify(&house, &again.statement).await.verdict, Verdict::Valid);
}
both!(what_is_taken_back_revokes_it_in_the_same_write_and_a_stranger_sees_that);

async fn a_changed_standing_replaces_it_and_the_old_one_says_whether_the_year_is_complete(house: House) {
    let visit = zhang_san(&house).await;
    book(&visit, "s-1", 90_00).await;
    let first = standing(&visit).await.unwrap();
    let visit = house.wait_awake(&visit, Duration::days(1)).await;
    book(&visit, "s-2", 6_00).await;
    let second = standing(&visit).await.unwrap();
    let on = house.services.today();
    assert_eq!(second.total, 96_00);
    assert_eq!(verify(&house, &first.statement).await.verdict, Verdict::Replaced { on, is_complete: true });
    let old = rows(&visit).await.into_iter().find(|row| row.number == first.number).unwrap();
    assert_eq!((old.ended_by.as_str(), old.replaced_by), ("replaced", Some(second.number.clone())));
    take_back(&visit, "s-1").await;
    assert_eq!(verify(&house, &first.statement).await.verdict, Verdict::Replaced { on, is_complete: false });
    assert_eq!(verify(&house, &second.statement).await.verdict, Verdict::Revoked { on });
}
both!(a_changed_standing_replaces_it_and_the_old_one_says_whether_the_year_is_complete);

async fn the_holder_chooses_how_much_of_the_name_the_code_shows(house: House) {
    let visit = zhang_san(&house).await;
    book(&visit, "s-1", 90_00).await;
    let first = standing(&visit).await.unwrap();
    paper(&visit, Some(NameShown::Hidden)).await;
    let hidden = standing(&visit).await.unwrap();
    assert_eq!((&hidden.number, hidden.name_shown.as_str()), (&first.number, "hidden"));
    assert_ne!(hidden.statement, first.statement);
    let seen = verify(&house, &hidden.statement).await;
    assert_eq!((seen.verdict.clone(), said(seen).name.as_str()), (Verdict::Valid, ""));
    assert_eq!(verify(&house, &first.statement).await.verdict, Verdict::Valid, "paper of before stays good");
    assert_eq!(verify(&house, &first.number).await.signed, None, "and the number alone tells no name at all");
    assert!(paper(&visit, None).await.contains(&hidden.statement), "and for what is printed next");
}
both!(the_holder_chooses_how_much_of_the_name_the_code_shows);

async fn nobody_else_prints_it_and_what_is_no_certificate_gets_its_own_answer(house: House) {
    let visit = zhang_san(&house).await;
    book(&visit, "s-1", 90_00).await;
    let row = standing(&visit).await.unwrap();
    let stranger = printed(&house.visit(None).await, YEAR, None, SITE).await;
    assert!(matches!(stranger, Err(Failure::Refused(Refusal::SignInAgain))), "{stranger:?}");
    let other = person_of(&house, "hunan", "110105194912310021", "13900005678").await;
    assert!(matches!(printed(&other, YEAR, None, SITE).await, Err(Failure::NotFound)));
    let (head, rest) = row.statement.split_once('.').unwrap();
    for (code, verdict) in [
        (format!("{head}.{}", rest.replacen('e', "f", 1)), Verdict::Altered),
        (House::new(house.services.db.clone()).services.notary.sign("hunan", &statement(&row)).unwrap(), Verdict::Altered),
        (house.services.notary.sign("atlantis", &statement(&row)).unwrap(), Verdict::ForeignKey),
        (house.services.notary.sign("hubei", &statement(&row)).unwrap(), Verdict::OtherProvince { key: "hubei".into() }),
        (house.services.notary.sign("hunan", &unknown(&row)).unwrap(), Verdict::Unregistered),
        (house.services.notary.sign("hunan", &richer(&row)).unwrap(), Verdict::Unregistered),
        ("430000-2025-ZZZZ-ZZZZ-ZZZZ".into(), Verdict::NoSuchNumber),
        ("https://example.com/pay".into(), Verdict::NotOurs),
    ] {
        let seen = verify(&house, &code).await;
        assert_eq!((seen.verdict, seen.signed), (verdict, None), "{code}");
    }
    assert_eq!(verified(&house.services, "hunan", " ").await.unwrap(), None);
    let elsewhere = verified(&house.services, "hubei", &row.number).await.unwrap().unwrap();
    assert_eq!(elsewhere.verdict, Verdict::OtherProvince { key: "hunan".into() }, "a register is that of its province");
    assert_eq!((elsewhere.signed, elsewhere.registered), (None, None));
    let nowhere = verified(&house.services, "hubei", "990000-2025-ZZZZ-ZZZZ-ZZZZ").await.unwrap().unwrap();
    assert_eq!(nowhere.verdict, Verdict::NoSuchNumber, "of no province that is served here");
}
both!(nobody_else_prints_it_and_what_is_no_certificate_gets_its_own_answer);

fn statement(row: &CertificateRow) -> Signed {
    super::issue::statement_of(row).into()
}

/// What a certificate says that can be verified.
fn said(seen: VerifiedView) -> Statement {
    match seen.signed {
        Some(Signed::Certificate(statement)) => statement,
        other => panic!("{other:?}"),
    }
}

fn unknown(row: &CertificateRow) -> Signed {
    Statement { number: "430000-2025-ZZZZ-ZZZZ-ZZZZ".into(), ..super::issue::statement_of(row) }.into()
}

fn richer(row: &CertificateRow) -> Signed {
    Statement { total: Credits::whole(200), ..super::issue::statement_of(row) }.into()
}

async fn fifty_bookings_at_once_certify_one_year_once(house: House) {
    let visit = zhang_san(&house).await;
    let account: AccountId = visit.account().unwrap().clone();
    futures::future::join_all((0..50).map(|_| book(&visit, "s-1", 90_00))).await;
    assert_eq!(rows(&visit).await.len(), 1, "{account}");
}
both!(fifty_bookings_at_once_certify_one_year_once);

async fn without_the_register_the_signature_is_told_alone(house: House) {
    let visit = zhang_san(&house).await;
    book(&visit, "s-1", 90_00).await;
    let row = standing(&visit).await.unwrap();
    house.services.db.close().await;
    let seen = verify(&house, &row.statement).await;
    assert_eq!(seen.verdict, Verdict::SignatureOnly);
    assert_eq!(said(seen).number, row.number);
    assert_eq!(verify(&house, &row.number).await.verdict, Verdict::CannotLookUp);
    let (head, rest) = row.statement.split_once('.').unwrap();
    assert_eq!(verify(&house, &format!("{head}.{}", rest.replacen('e', "f", 1))).await.verdict, Verdict::Altered);
}
both!(without_the_register_the_signature_is_told_alone);

fn chosen(name: &str, document: &str) -> ShareForm {
    let word = str::to_owned;
    ShareForm { year: word("2025"), name: word(name), document: word(document), credits: word("yes"), until: word("week") }
}

fn token(address: &str) -> &str {
    address.rsplit('/').next().unwrap()
}

async fn a_link_shows_what_its_holder_chose_until_it_ends_and_counts_days_alone(house: House) {
    let visit = zhang_san(&house).await;
    assert!(matches!(share(&visit, &chosen("whole", "yes")).await, Err(Failure::NotFound)), "nothing is certified");
    book(&visit, "s-1", 90_00).await;
    share(&visit, &chosen("whole", "yes")).await.unwrap();
    share(&visit, &chosen("hidden", "no")).await.unwrap();
    let page = certificate(&visit, YEAR, SITE).await.unwrap();
    let [second, first] = &page.shares[..] else { panic!("{:?}", page.shares) };
    let seen = shared(&house.services, "hunan", token(&first.address)).await.unwrap().unwrap();
    assert_eq!((seen.name.as_str(), seen.document.as_deref()), ("张三", Some("430111********9988")));
    assert!(seen.statement.is_some());
    for _ in 0..2 {
        let seen = shared(&house.services, "hunan", token(&second.address)).await.unwrap().unwrap();
        assert_eq!((seen.name.as_str(), seen.document), ("", None));
    }
    assert_eq!(shared(&house.services, "hubei", token(&first.address)).await.unwrap(), None, "a link is of its province");
    assert_eq!(shared(&house.services, "hunan", "AAAA").await.unwrap(), None);
    let page = certificate(&visit, YEAR, SITE).await.unwrap();
    let today = house.services.today();
    let opened: Vec<_> = page.shares.iter().map(|share| share.opened.clone()).collect();
    assert_eq!(opened, [vec![(today, 2)], vec![(today, 1)]]);
    unshare(&visit, &UnshareForm { year: "2025".into(), share: first.id.clone() }).await.unwrap();
    assert_eq!(shared(&house.services, "hunan", token(&first.address)).await.unwrap(), None, "ended by its holder");
    house.clock.forward(Duration::days(7));
    assert_eq!(shared(&house.services, "hunan", token(&second.address)).await.unwrap(), None, "ended by itself");
}
both!(a_link_shows_what_its_holder_chose_until_it_ends_and_counts_days_alone);

async fn nobody_ends_the_link_of_another_and_the_oldest_of_many_makes_room(house: House) {
    let visit = zhang_san(&house).await;
    book(&visit, "s-1", 90_00).await;
    share(&visit, &chosen("masked", "no")).await.unwrap();
    let first = certificate(&visit, YEAR, SITE).await.unwrap().shares.remove(0);
    let other = person_of(&house, "hunan", "110105194912310021", "13900005678").await;
    unshare(&other, &UnshareForm { year: "2025".into(), share: first.id.clone() }).await.unwrap();
    assert!(shared(&house.services, "hunan", token(&first.address)).await.unwrap().is_some());
    assert!(matches!(certificate(&other, YEAR, SITE).await, Err(Failure::NotFound)));
    for _ in 0..10 {
        house.clock.forward(Duration::seconds(1));
        share(&visit, &chosen("masked", "no")).await.unwrap();
    }
    assert_eq!(certificate(&visit, YEAR, SITE).await.unwrap().shares.len(), 10);
    assert_eq!(shared(&house.services, "hunan", token(&first.address)).await.unwrap(), None);
    let wrong = share(&visit, &chosen("everything", "no")).await;
    assert!(matches!(wrong, Err(Failure::Invalid(_))), "{wrong:?}");
    take_back(&visit, "s-1").await;
    let last = open_token(&visit).await;
    assert_eq!(shared(&house.services, "hunan", &last).await.unwrap().unwrap().statement, None, "what was revoked is not shown");
}
both!(nobody_ends_the_link_of_another_and_the_oldest_of_many_makes_room);

/// The token of an open link, which its holder cannot see while the year is not complete.
async fn open_token(visit: &Visit) -> String {
    let mut reader = visit.services.db.read().await.unwrap();
    let open = reader.list_open_shares(visit.account().unwrap(), YEAR, visit.now()).await.unwrap();
    super::share::token(&visit.services, &open[0].id)
}
