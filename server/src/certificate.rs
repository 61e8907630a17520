//! `verify-certificate`: whether a certificate was signed, without the house and without a network.

use std::io::Read;
use std::path::Path;

use anyhow::{Context, bail, ensure};
use domain::certificate::view::VerifiedView;
use domain::certificate::{Extract, Signed, Statement, Verdict};
use service::certificate::{KeySet, verified_offline};

/// No certificate of ours is larger, and what is larger is not read.
const LARGEST: u64 = 1 << 20;

/// Verifies what was named and prints what it says.
///
/// # Errors
/// What cannot be read; a certificate that proves nothing, with the reason.
pub fn verify(named: &str, keys: &Path) -> anyhow::Result<()> {
    let bytes = std::fs::read(keys).with_context(|| format!("reading {}", keys.display()))?;
    let text = text(&bytes).with_context(|| format!("{} is no text", keys.display()))?;
    let keys: KeySet = serde_json::from_str(&text).with_context(|| format!("{} is no key set", keys.display()))?;
    ensure!(!keys.keys.is_empty(), "the key set is empty");
    let VerifiedView { verdict, signed, .. } = verified_offline(&keys, &brought(named)?);
    match (verdict, signed) {
        (_, Some(signed)) => {
            println!("signed, and not altered. Whether it was revoked since, only the house knows.\n{}", lines(&signed));
            Ok(())
        }
        (Verdict::ForeignKey, None) => bail!("foreign: it was signed with a key that is not in the key set"),
        (Verdict::Altered, None) => bail!("altered or forged: the signature is not that of the key that it names"),
        (_, None) => bail!("this is no certificate: there is no signed statement in it"),
    }
}

fn lines(signed: &Signed) -> String {
    match signed {
        Signed::Certificate(statement) => of_certificate(statement),
        Signed::Extract(extract) => of_extract(extract),
    }
}

fn of_extract(extract: &Extract) -> String {
    let Extract { number, issuer, name, version, bureau_name, approved_on, .. } = extract;
    format!(
        "number        {number}\nname          {name}\nrecord        version {version}\napproved by   {bureau_name}\n\
         approved on   {approved_on}\nissuer        {issuer}\nissued on     {}",
        extract.issued_on()
    )
}

fn of_certificate(statement: &Statement) -> String {
    let Statement { number, issuer, name, year, total, professional, public, completed_on, .. } = statement;
    let name = if name.is_empty() { "(not shown)" } else { name };
    format!(
        "number        {number}\nname          {name}\n\
         year          {year}\ncredits       {total} (professional {professional}, public {public})\ncompleted on  {completed_on}\n\
         issuer        {issuer}\nissued on     {}",
        statement.issued_on()
    )
}

/// The text of what was named: of a PDF the statement inside.
fn brought(named: &str) -> anyhow::Result<String> {
    let bytes = match named {
        "-" => read(std::io::stdin())?,
        _ if Path::new(named).is_file() => read(std::fs::File::open(named).with_context(|| format!("reading {named}"))?)?,
        _ => named.as_bytes().to_vec(),
    };
    if bytes.starts_with(b"%PDF-") {
        return attached(&bytes).context("the PDF has no statement attached");
    }
    text(&bytes).context("this is no text")
}

/// Text as editors and shells save it: UTF-8, also with a mark of byte order, and UTF-16 with one, as Windows PowerShell writes.
fn text(bytes: &[u8]) -> anyhow::Result<String> {
    let units = |of: fn([u8; 2]) -> u16| -> anyhow::Result<String> {
        let (pairs, rest) = bytes.as_chunks::<2>();
        ensure!(rest.is_empty(), "it begins as UTF-16 and ends within a character");
        let units: Vec<u16> = pairs.iter().skip(1).map(|pair| of(*pair)).collect();
        String::from_utf16(&units).context("it begins as UTF-16 and is none")
    };
    match bytes {
        [0xFF, 0xFE, ..] => units(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => units(u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] | rest => String::from_utf8(rest.to_vec()).context("it is not UTF-8"),
    }
}

fn read(from: impl Read) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(LARGEST + 1).read_to_end(&mut bytes).context("reading the certificate")?;
    ensure!(bytes.len() as u64 <= LARGEST, "this is too large to be a certificate");
    Ok(bytes)
}

/// The first run of letters in the file that has the shape of a statement: it is attached as it is, not compressed. What it
/// proves its signature says, wherever in the file it stands.
fn attached(pdf: &[u8]) -> Option<String> {
    let is_sign = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let runs = pdf.split(|byte| !is_sign(byte)).filter(|run| run.starts_with(b"eyJ") && run.len() > 100);
    let is_statement = |run: &&[u8]| run.iter().filter(|byte| **byte == b'.').count() == 2;
    runs.filter(is_statement).find_map(|run| String::from_utf8(run.to_vec()).ok())
}

#[cfg(test)]
mod tests;
