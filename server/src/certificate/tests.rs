use std::path::PathBuf;
use std::sync::Arc;

use chrono::{NaiveDate, TimeZone, Utc};
use domain::certificate::{Facts, NameShown};
use domain::learning::{Credits, Sums};
use service::Notary;
use service::certificate::VaultNotary;
use service::vault::{Keys, Vault};

use super::*;

fn notary() -> VaultNotary {
    VaultNotary(Arc::new(Vault::new(Keys::generate()).unwrap()))
}

fn signed(by: &VaultNotary) -> String {
    let facts = Facts {
        account: "a-1".into(),
        year: 2025,
        holder: "林晓雨".into(),
        issuer: "湖南省财政厅".into(),
        sums: Sums { total: Credits::whole(96), professional: Credits::whole(66), public: Credits::ZERO },
        completed_on: NaiveDate::from_ymd_opt(2026, 3, 1).unwrap(),
    };
    let at = Utc.with_ymd_and_hms(2026, 3, 2, 1, 30, 0).unwrap();
    by.sign("hunan", &Statement::of(&facts, "430000-2025-7K3M-9QXZ-4T8C", NameShown::Masked, at).into()).unwrap()
}

/// A folder with the key set of a notary.
fn folder(of: &VaultNotary) -> (PathBuf, PathBuf) {
    let folder = std::env::temp_dir().join(format!("suanpan_certificate_{}", uuid::Uuid::now_v7().simple()));
    std::fs::create_dir_all(&folder).unwrap();
    let keys = folder.join("keyset.json");
    std::fs::write(&keys, serde_json::to_string(&KeySet { keys: of.public_keys("hunan").unwrap() }).unwrap()).unwrap();
    (folder, keys)
}

#[test]
fn a_code_its_address_a_file_and_a_pdf_are_verified_by_a_key_set_alone() {
    let notary = notary();
    let ((folder, keys), code) = (folder(&notary), signed(&notary));
    verify(&code, &keys).unwrap();
    verify(&format!("https://kj.example.gov.cn/hunan/verify?c={code}"), &keys).unwrap();
    for (name, bytes) in [
        ("code.txt", format!("{code}\n").into_bytes()),
        ("paper.pdf", format!("%PDF-1.7\n1 0 obj\nstream\n{code}\nendstream\neyJub3Q.x").into_bytes()),
    ] {
        let file = folder.join(name);
        std::fs::write(&file, bytes).unwrap();
        verify(file.to_str().unwrap(), &keys).unwrap();
    }
    let said = lines(&notary_says(&notary, &code));
    for wanted in ["430000-2025-7K3M-9QXZ-4T8C", "林*雨", "2025", "96 (professional 66, public 0)", "湖南省财政厅", "2026-03-02"]
    {
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
}

fn notary_says(notary: &VaultNotary, code: &str) -> Signed {
    KeySet { keys: notary.public_keys("hunan").unwrap() }.open(code).unwrap().signed
}

#[test]
fn a_foreign_a_forged_and_another_code_are_told_apart_and_end_with_an_error() {
    let (ours, theirs) = (notary(), notary());
    let (folder, keys) = folder(&ours);
    let told = |named: &str| verify(named, &keys).unwrap_err().to_string();
    assert!(told(&signed(&theirs)).contains("altered or forged"));
    let code = signed(&ours);
    let (head, rest) = code.split_once('.').unwrap();
    assert!(told(&format!("{head}.{}", rest.replacen('e', "f", 1))).contains("altered or forged"));
    assert!(told("https://example.com/pay").contains("no certificate"));
    assert!(told("430000-2025-7K3M-9QXZ-4T8C").contains("no certificate"), "a number proves nothing without the house");
    let pdf = folder.join("other.pdf");
    std::fs::write(&pdf, "%PDF-1.7 nothing").unwrap();
    assert!(told(pdf.to_str().unwrap()).contains("no statement"));
    let only_other = folder.join("other.json");
    let other = KeySet { keys: theirs.public_keys("hubei").unwrap() };
    std::fs::write(&only_other, serde_json::to_string(&other).unwrap()).unwrap();
    assert!(verify(&code, &only_other).unwrap_err().to_string().contains("foreign"));
    std::fs::write(&only_other, "{\"keys\":[]}").unwrap();
    assert!(verify(&code, &only_other).unwrap_err().to_string().contains("empty"));
}

#[test]
fn a_key_set_and_a_code_are_read_however_an_editor_saved_them() {
    let notary = notary();
    let ((folder, keys), code) = (folder(&notary), signed(&notary));
    let set = std::fs::read_to_string(&keys).unwrap();
    let le = |text: &str| [vec![0xFF, 0xFE], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    let be = |text: &str| [vec![0xFE, 0xFF], text.encode_utf16().flat_map(u16::to_be_bytes).collect()].concat();
    let marked = |text: &str| [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    let file = folder.join("code.txt");
    for (set, code) in [(marked(&set), marked(&code)), (le(&set), le(&code)), (be(&set), be(&code))] {
        std::fs::write(&keys, set).unwrap();
        std::fs::write(&file, code).unwrap();
        verify(file.to_str().unwrap(), &keys).unwrap();
    }
    for broken in [vec![0xFF, 0xFE, 0x7B], vec![0xFF, 0xFE, 0x00, 0xD8], vec![0x7B, 0xFF]] {
        std::fs::write(&keys, broken).unwrap();
        let told = format!("{:#}", verify(&code, &keys).unwrap_err());
        assert!(told.contains("UTF-"), "{told}");
    }
}
