//! The papers of a record: on one server they come along and are looked at anew, from another one they are uploaded.

use std::collections::BTreeSet;

use domain::relocation::passphrase;
use domain::relocation::view::Papers;

use super::*;
use crate::review::stories::assert_not_found;

/// The slots of the application that hold something, and how many files there are.
async fn held(visit: &Visit) -> (BTreeSet<String>, usize) {
    let case = newest(visit, CaseKind::Intake).await;
    let files = visit.services.db.read().await.unwrap().list_attachments(&case.id).await.unwrap();
    (files.iter().map(|file| file.slot.clone()).collect(), files.len())
}

async fn on_one_server_papers_come_along_and_are_looked_at_anew(house: House) {
    let hubei = of_hubei(&house).await;
    assert_not_found(bring_papers(&hubei).await);
    gone(&house, "hubei").await;
    let offer = view(&hubei).await.offers.remove(0);
    assert_eq!(take_over(&hubei, &offer.case).await.unwrap(), Ok(()));
    let Some(Papers::Here { there, missing }) = view(&hubei).await.received.unwrap().papers else { panic!("they are here") };
    assert!(there.is_empty() && missing.len() > 3, "{missing:?}");
    bring_papers(&hubei).await.unwrap();
    let (slots, count) = held(&hubei).await;
    for slot in ["id_front", "id_back", "full_time_diploma", "part_time_diploma"] {
        assert!(slots.contains(slot), "{slot}: {slots:?}");
    }
    assert!(!slots.contains("employment_proof"), "where somebody worked before proves nothing here");
    bring_papers(&hubei).await.unwrap();
    assert_eq!(held(&hubei).await, (slots, count), "each comes once");

    let received = view(&hubei).await.received.unwrap();
    let Some(Papers::Here { there, missing }) = received.papers else { panic!("they are here") };
    assert!(there.len() >= 4 && missing.contains(&"工作单位证明/户籍或者学生证明".to_owned()), "{there:?} {missing:?}");
    let table = received.beside.iter().find(|of| of.title == "湖南省档案中的材料").unwrap();
    assert!(table.rows.iter().any(|row| row[2] == "与本次上传的文件相同"), "{:?}", table.rows);
    let own = account(&hubei).await.id;
    let case = newest(&hubei, CaseKind::Intake).await;
    let files = house.services.db.read().await.unwrap().list_attachments(&case.id).await.unwrap();
    assert!(files.iter().all(|file| file.account_id == own), "they are files of the person in Hubei");
    for file in &files {
        assert!(crate::case::file_view(&hubei, &file.id).await.is_ok(), "{}", file.slot);
    }
    assert_audit_stands(&house).await;
}
both!(on_one_server_papers_come_along_and_are_looked_at_anew);

async fn from_another_server_the_person_uploads_and_reads_so(house: House) {
    let hunan = gone(&house, "hubei").await;
    let hubei = of_hubei(&house).await;
    let package = {
        let mut reader = house.services.db.read().await.unwrap();
        let row = reader.find_standing_departure(hunan.account().unwrap()).await.unwrap().unwrap();
        let mut package = pack::pack(&house.services, &hunan.province, &mut reader, &row).await.unwrap();
        // No departure of this server has that name.
        package.id = house.services.ids.id();
        package
    };
    let signed = house.services.notary.package("hunan", &serde_json::to_value(&package).unwrap()).unwrap();
    let secret = passphrase(&house.services.ids.secret());
    let file = lock::by_passphrase(&secret, signed.as_bytes()).unwrap();
    assert_eq!(receive(&hubei, file, &secret).await.unwrap(), Ok(()));
    assert_eq!(view(&hubei).await.received.unwrap().papers, Some(Papers::Elsewhere));
    assert_not_found(bring_papers(&hubei).await);
    assert_eq!(held(&hubei).await.1, 0);
}
both!(from_another_server_the_person_uploads_and_reads_so);
