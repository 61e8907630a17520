//! What is no package, not this one, or was changed.

use serde_json::{Value, json};

use super::super::lock::{by_passphrase, identities, unlocked};
use super::super::verify::verified;
use super::*;

async fn a_package_for_a_place_without_a_key_opens_with_the_passphrase_alone(house: House) {
    let hunan = gone(&house, "dalian").await;
    let (file, secret) = file_of(&hunan).await;
    let secret = secret.unwrap();
    let (again, other) = file_of(&hunan).await;
    assert_ne!(other.as_deref(), Some(secret.as_str()), "it is drawn anew");
    let opened = |file: &[u8], typed: &str| unlocked(file, &[], &domain::relocation::tidy_passphrase(typed));
    assert!(opened(&file, &secret.to_lowercase()).is_ok());
    assert_eq!(opened(&file, "").err(), Some(NotReceived::PassphraseNeeded));
    assert_eq!(opened(&again, &secret).err(), Some(NotReceived::WrongPassphrase));
    let hubei = of_hubei(&house).await;
    assert_eq!(receive(&hubei, file.clone(), &secret).await.unwrap(), Err(NotReceived::OtherDestination));
    assert_eq!(receive(&hubei, b"PK\x03\x04".to_vec(), "").await.unwrap(), Err(NotReceived::NotAPackage));
    let hunan_key = identities(&house.services, "hunan").unwrap();
    let for_hubei = super::super::lock::for_recipient(&recipients(&house.services).unwrap()["hubei"], b"x").unwrap();
    assert_eq!(unlocked(&for_hubei, &hunan_key, "").err(), Some(NotReceived::NotForUs));
}
both!(a_package_for_a_place_without_a_key_opens_with_the_passphrase_alone);

async fn a_package_that_is_altered_by_one_byte_is_refused_wherever_it_is(house: House) {
    let hunan = gone(&house, "hubei").await;
    let (file, _) = file_of(&hunan).await;
    let hubei = of_hubei(&house).await;
    let keys = identities(&house.services, "hubei").unwrap();
    let step = (file.len() / 150).max(1);
    for at in (0..file.len()).filter(|at| *at < 260 || at % step == 0 || at + 40 > file.len()) {
        let mut changed = file.clone();
        changed[at] ^= 1;
        assert!(unlocked(&changed, &keys, "").is_err(), "byte {at} of {}", file.len());
    }
    let mut changed = file.clone();
    let last = changed.len() - 1;
    changed[last] ^= 1;
    assert_eq!(receive(&hubei, changed, "").await.unwrap(), Err(NotReceived::Altered));
    assert_eq!(receive(&hubei, file[..last].to_vec(), "").await.unwrap(), Err(NotReceived::Altered));

    // Inside the lock the signature watches.
    let account = account(&hubei).await;
    let signed = String::from_utf8(unlocked(&file, &keys, "").unwrap().to_vec()).unwrap();
    assert!(verified(&hubei, &account, &signed).unwrap().is_ok());
    let step = (signed.len() / 150).max(1);
    for at in (0..signed.len()).step_by(step).chain([signed.len() - 1]) {
        let mut changed = signed.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        assert!(verified(&hubei, &account, &changed).unwrap().is_err(), "sign {at} of {}", signed.len());
    }
    assert_eq!(view(&hubei).await.received, None, "nothing of it is kept");
    assert_eq!(receive(&hubei, file, "").await.unwrap(), Ok(()), "the right one is taken after all");
}
both!(a_package_that_is_altered_by_one_byte_is_refused_wherever_it_is);

async fn a_package_is_of_its_origin_its_destination_its_version_and_its_person(house: House) {
    let hunan = gone(&house, "hubei").await;
    let (file, _) = file_of(&hunan).await;
    let hubei = of_hubei(&house).await;
    let of_hubei = account(&hubei).await;
    let keys = identities(&house.services, "hubei").unwrap();
    let signed = String::from_utf8(unlocked(&file, &keys, "").unwrap().to_vec()).unwrap();
    let of = verified(&hubei, &of_hubei, &signed).unwrap().unwrap();
    let package = serde_json::to_value(&of.package).unwrap();
    let said = |by: &str, change: &dyn Fn(&mut Value)| {
        let mut package = package.clone();
        change(&mut package);
        let signed = house.services.notary.package(by, &package).unwrap();
        verified(&hubei, &of_hubei, &signed).unwrap().err()
    };
    assert_eq!(said("hunan", &|_| ()), None);
    assert_eq!(said("beijing", &|of| of["origin"]["key"] = json!("beijing")), Some(NotReceived::UnknownOrigin));
    assert_eq!(said("liaoning", &|_| ()), Some(NotReceived::UnknownOrigin), "a place vouches for its own records alone");
    assert_eq!(said("hunan", &|of| of["destination"]["key"] = json!("dalian")), Some(NotReceived::OtherDestination));
    assert_eq!(said("hunan", &|of| of["version"] = json!(2)), Some(NotReceived::OtherVersion));
    assert_eq!(said("hunan", &|of| of["format"] = json!("another")), Some(NotReceived::NotAPackage));
    assert_eq!(said("hunan", &|of| of["holder"]["name"] = json!("李四")), Some(NotReceived::OtherPerson));
    assert_eq!(
        said("hunan", &|of| of["holder"]["document_number"] = json!("430102199003071234")),
        Some(NotReceived::OtherPerson)
    );
    let ticket = house.services.notary.sign("hunan", &extract()).unwrap();
    assert_eq!(verified(&hubei, &of_hubei, &ticket).unwrap().err(), Some(NotReceived::NotAPackage), "another thing of ours");

    let person = of_hunan_again(&house).await;
    assert_eq!(receive(&person, file, "").await.unwrap(), Err(NotReceived::NotForUs), "it is locked for Hubei");
    let number = by_passphrase("AAAA", signed.as_bytes()).unwrap();
    assert_eq!(receive(&hubei, number, "aaaa").await.unwrap(), Ok(()), "whatever locks it");
}
both!(a_package_is_of_its_origin_its_destination_its_version_and_its_person);

/// What the province signs besides.
fn extract() -> domain::certificate::Signed {
    let recorded = domain::certificate::Recorded {
        holder: "张三",
        issuer: "湖南省财政厅",
        version: 1,
        bureau_name: "雨花区财政局",
        approved_on: "2026-11-18".parse().unwrap(),
    };
    domain::certificate::Extract::of(recorded, "430000-2026-7K3M-9QXZ-4T8C", chrono::DateTime::UNIX_EPOCH).into()
}

/// Somebody else of Hunan, without a record.
async fn of_hunan_again(house: &House) -> Visit {
    intake::person_of(house, "hunan", "430102199003071234", "13900008888").await
}
