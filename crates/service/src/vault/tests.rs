use super::*;

fn vault() -> Vault {
    Vault::new(Keys::generate()).unwrap()
}

#[test]
fn what_was_sealed_opens_and_the_same_text_never_seals_twice_alike() {
    let vault = vault();
    let sealed = vault.seal_text("account.number", "7", "43010219900307123X");
    assert_eq!(sealed.len(), 18 + HEADER + 16);
    assert_eq!(vault.open_text("account.number", "7", &sealed).as_deref(), Ok("43010219900307123X"));
    assert_ne!(sealed, vault.seal_text("account.number", "7", "43010219900307123X"));
    assert_eq!(vault.open("account.number", "7", &vault.seal("account.number", "7", b"")), Ok(Vec::new()));
}

#[test]
fn every_flipped_bit_is_noticed() {
    let vault = vault();
    let sealed = vault.seal("a.b", "1", b"text");
    for bit in 0..sealed.len() * 8 {
        let mut flipped = sealed.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(vault.open("a.b", "1", &flipped).is_err(), "bit {bit}");
    }
    (0..sealed.len()).for_each(|end| assert!(vault.open("a.b", "1", &sealed[..end]).is_err(), "cut at {end}"));
}

#[test]
fn a_value_moved_to_another_row_or_column_does_not_open() {
    let vault = vault();
    let sealed = vault.seal("a.b", "1", b"text");
    for (place, row) in [("a.b", "2"), ("a.c", "1"), ("a.b1", ""), ("a.", "b1")] {
        assert_eq!(vault.open(place, row, &sealed), Err(VaultError::Refused));
    }
}

#[test]
fn an_old_key_opens_after_rotation_until_it_is_retired() {
    let old = Vault::new(Keys::generate()).unwrap();
    let sealed = old.seal("a.b", "1", b"text");
    let mut ring = old.keys.rotated().unwrap();
    let new = Vault::new(ring.clone()).unwrap();
    assert_eq!((new.current_key(), new.seal("a.b", "1", b"text")[1]), (2, 2));
    assert_eq!(new.open("a.b", "1", &sealed).as_deref(), Ok(&b"text"[..]));
    assert_eq!(new.keyed_hash("mobile", "1"), old.keyed_hash("mobile", "1"));
    ring.keys.remove(&1);
    assert_eq!(Vault::new(ring).unwrap().open("a.b", "1", &sealed), Err(VaultError::KeyUnknown(1)));
}

#[test]
fn keyed_hashes_depend_on_the_key_the_purpose_and_the_value() {
    let vault = vault();
    let hash = vault.keyed_hash("mobile", "13800001234");
    assert_eq!(hash.len(), 32);
    assert!(same(&hash, &vault.keyed_hash("mobile", "13800001234")));
    assert!(!same(&hash, &vault.keyed_hash("mobile", "13800001235")));
    assert!(!same(&hash, &vault.keyed_hash("code", "13800001234")));
    assert!(!same(&hash, &self::vault().keyed_hash("mobile", "13800001234")));
    assert!(!same(&hash, &hash[..31]));
}

#[test]
fn the_ring_survives_its_text_and_wrong_texts_are_refused_without_being_repeated() {
    let ring = Keys::generate().rotated().unwrap().sign_rotated().unwrap();
    assert_eq!(Keys::parse(&format!("# keys\n\n{}", *ring.to_text())), Ok(ring.clone()));
    let hex = "00".repeat(32);
    for (text, error) in [
        (format!("hash = {hex}\nkey.1 = {hex}\n"), KeysError::Incomplete),
        (format!("hash = {hex}\ncurrent = 1\n"), KeysError::Incomplete),
        (format!("hash = {hex}\nkey.1 = {hex}\ncurrent = 1\nsign.1 = {hex}\n"), KeysError::Incomplete),
        (format!("hash = {hex}\nkey.1 = {hex}\ncurrent = 1\nsign.1 = {hex}\nsigning = 2\n"), KeysError::Incomplete),
        (format!("sign.1 = {hex}\nsign.1 = {hex}"), KeysError::Line(2)),
        (format!("key = {hex}"), KeysError::Line(1)),
        (format!("hash.1 = {hex}"), KeysError::Line(1)),
        (format!("hash = {hex}\nkey.1 = {hex}\nkey.1 = {hex}\ncurrent = 1"), KeysError::Line(3)),
        ("hash = zz".into(), KeysError::Line(1)),
        (format!("key.300 = {hex}"), KeysError::Line(1)),
        ("nonsense".into(), KeysError::Line(1)),
    ] {
        assert_eq!(Keys::parse(&text), Err(error));
    }
    assert!(!format!("{ring:?}{:?}", vault()).contains(&hex::encode(&ring.hash_key[..])));
}

#[test]
fn every_province_signs_with_keys_of_its_own_and_the_old_ones_stay() {
    let ring = Keys::generate();
    let (old, new) = (Vault::new(ring.clone()).unwrap(), Vault::new(ring.sign_rotated().unwrap()).unwrap());
    assert_eq!((old.signing_key(), new.signing_key(), new.current_key()), (1, 2, 1));
    let (before, after) = (old.signing_seeds("hunan"), new.signing_seeds("hunan"));
    assert_eq!(before[&1], after[&1], "what was signed stays verifiable");
    assert_ne!(after[&1], after[&2]);
    assert_ne!(before[&1], old.signing_seeds("hubei")[&1]);
}
