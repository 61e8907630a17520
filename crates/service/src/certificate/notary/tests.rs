use chrono::{NaiveDate, TimeZone, Utc};
use domain::certificate::{Facts, LONGEST_CODE, NameShown, Signed, Statement};
use domain::learning::{Credits, Sums};

use super::*;
use crate::vault::Keys;

fn statement(holder: &str, issuer: &str) -> Statement {
    let facts = Facts {
        account: "a-1".into(),
        year: 2025,
        holder: holder.into(),
        issuer: issuer.into(),
        sums: Sums {
            total: Credits::of_hundredths(109_650),
            professional: Credits::of_hundredths(66_25),
            public: Credits::whole(30),
        },
        completed_on: NaiveDate::from_ymd_opt(2026, 3, 1).unwrap(),
    };
    let at = Utc.with_ymd_and_hms(2026, 3, 2, 1, 30, 0).unwrap();
    Statement::of(&facts, "430000-2025-7K3M-9QXZ-4T8C", NameShown::Masked, at)
}

fn notary(keys: &Keys) -> VaultNotary {
    VaultNotary(Arc::new(Vault::new(keys.clone()).unwrap()))
}

fn set(of: &VaultNotary, province: &str) -> KeySet {
    KeySet { keys: of.public_keys(province).unwrap() }
}

#[test]
fn a_signed_statement_opens_with_the_key_set_and_is_short() {
    let notary = notary(&Keys::generate());
    // The longest that a name, a key of a province and an authority come to.
    let signed: Signed = statement(&"买".repeat(50), "新疆维吾尔自治区财政厅会计管理处（会计人员服务中心）").into();
    let code = notary.sign("inner-mongolia", &signed).unwrap();
    assert!(code.len() <= LONGEST_CODE, "{} characters: {code}", code.len());
    let opened = set(&notary, "inner-mongolia").open(&code).unwrap();
    assert_eq!(opened, Opened { signed, key_id: "inner-mongolia-1".into() });
}

#[test]
fn its_head_and_its_claims_are_those_of_jose() {
    let code = notary(&Keys::generate()).sign("hunan", &statement("林晓雨", "湖南省财政厅").into()).unwrap();
    let part = |nth: usize| URL_SAFE_NO_PAD.decode(code.split('.').nth(nth).unwrap()).unwrap();
    assert_eq!(String::from_utf8(part(0)).unwrap(), r#"{"alg":"EdDSA","kid":"hunan-1"}"#);
    assert!(String::from_utf8(part(1)).unwrap().starts_with(r#"{"jti":"430000-2025-7K3M-9QXZ-4T8C","iss":"湖南省财政厅","#));
    assert_eq!(part(2).len(), 64);
}

#[test]
fn whatever_is_changed_in_a_code_is_noticed() {
    let notary = notary(&Keys::generate());
    let keys = set(&notary, "hunan");
    let code = notary.sign("hunan", &statement("林晓雨", "湖南省财政厅").into()).unwrap();
    let signs: Vec<char> = code.chars().collect();
    for at in 0..signs.len() {
        let mut changed = signs.clone();
        changed[at] = if changed[at] == 'A' { 'B' } else { 'A' };
        let changed: String = changed.into_iter().collect();
        match keys.open(&changed) {
            Err(_) => {}
            // The last sign of a part has bits that say nothing.
            Ok(opened) => panic!("{at}: {opened:?} of {changed}"),
        }
    }
    let parts: Vec<&str> = code.split('.').collect();
    let claims = String::from_utf8(URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap().replace("\"y\":2025", "\"y\":2026");
    let forged = format!("{}.{}.{}", parts[0], URL_SAFE_NO_PAD.encode(claims), parts[2]);
    assert_eq!(keys.open(&forged), Err(Doubt::Altered));
}

#[test]
fn a_foreign_key_a_forged_signature_and_what_is_none_are_told_apart() {
    let (ours, theirs) = (notary(&Keys::generate()), notary(&Keys::generate()));
    let keys = set(&ours, "hunan");
    let statement = Signed::from(statement("林晓雨", "湖南省财政厅"));
    assert_eq!(keys.open(&theirs.sign("hubei", &statement).unwrap()), Err(Doubt::ForeignKey));
    assert_eq!(keys.open(&theirs.sign("hunan", &statement).unwrap()), Err(Doubt::Altered), "it claims to be ours");
    let with_head = |head: &str| format!("{}.{}.{}", URL_SAFE_NO_PAD.encode(head), URL_SAFE_NO_PAD.encode("{}"), "c2ln");
    for head in [
        r#"{"alg":"none"}"#,
        r#"{"alg":"none","kid":"hunan-1"}"#,
        r#"{"alg":"HS256","kid":"hunan-1"}"#,
        r#"{"alg":"EdDSA"}"#,
        "x",
    ] {
        assert_eq!(keys.open(&with_head(head)), Err(Doubt::NotOurs), "{head}");
    }
    assert_eq!(keys.open("a.b.c"), Err(Doubt::NotOurs));
}

#[test]
fn what_was_signed_before_a_rotation_stays_verifiable() {
    let keys = Keys::generate();
    let (before, after) = (notary(&keys), notary(&keys.sign_rotated().unwrap()));
    let old = before.sign("hunan", &statement("林晓雨", "湖南省财政厅").into()).unwrap();
    let new = after.sign("hunan", &statement("林晓雨", "湖南省财政厅").into()).unwrap();
    let published = set(&after, "hunan");
    assert_eq!(published.open(&old).unwrap().key_id, "hunan-1");
    assert_eq!(published.open(&new).unwrap().key_id, "hunan-2");
    assert_eq!(set(&before, "hunan").open(&new), Err(Doubt::ForeignKey), "a key set of before");
}

#[test]
fn a_key_set_from_anywhere_breaks_nothing() {
    let notary = notary(&Keys::generate());
    let code = notary.sign("hunan", &statement("林晓雨", "湖南省财政厅").into()).unwrap();
    let good = set(&notary, "hunan").keys.remove(0);
    for bad in [
        PublicKey { x: String::new(), ..good.clone() },
        PublicKey { x: "AAAA".into(), ..good.clone() },
        PublicKey { x: "???".into(), ..good.clone() },
        PublicKey { crv: "X25519".into(), ..good.clone() },
        PublicKey { kty: "RSA".into(), ..good.clone() },
    ] {
        assert_eq!(KeySet { keys: vec![bad.clone()] }.open(&code), Err(Doubt::ForeignKey), "{bad:?}");
    }
    let json =
        r#"{"keys":[{"kty":"RSA","kid":"x","n":"AQAB","e":"AQAB"},{"kty":"EC","crv":"P-256","kid":"y","x":"AA","y":"AA"}]}"#;
    assert_eq!(serde_json::from_str::<KeySet>(json).unwrap().open(&code), Err(Doubt::ForeignKey));
    let text = serde_json::to_string(&KeySet { keys: vec![good.clone()] }).unwrap();
    assert!(text.starts_with(r#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":""#) && text.contains(r#""use":"sig""#), "{text}");
    assert!(serde_json::from_str::<KeySet>(&text).unwrap().open(&code).is_ok());
}
