//! The page of every form with files, by the address to which it is posted: there it says that the house had no room for it.

/// A form with files.
pub struct FileForm {
    /// Where it is posted to, as the router writes it.
    pub address: &'static str,
    /// Its page, with names of the address in it; `None` where the address does not tell the page: what a case is about knows the
    /// database alone.
    pub page: Option<&'static str>,
    /// Whether scripts send it too, and want an answer of their own.
    pub is_upload: bool,
}

const fn form(address: &'static str, page: &'static str) -> FileForm {
    FileForm { address, page: Some(page), is_upload: false }
}

/// All of them.
pub const FORMS: &[FileForm] = &[
    FileForm { address: "/{province}/upload/{slot}", page: Some("/{province}/intake/files"), is_upload: true },
    // A conversion, or the claim of an employer; of a class only the id of its case.
    FileForm { address: "/{province}/learning/conversions/{case}/upload/{slot}", page: None, is_upload: true },
    FileForm { address: "/{province}/learning/classes/{class}/results", page: None, is_upload: false },
    FileForm { address: "/{province}/handover/{token}/upload", page: Some("/{province}/handover/{token}"), is_upload: true },
    form("/{province}/relocation/file", "/{province}/relocation"),
    form("/{province}/questions/ask", "/{province}/questions"),
    form("/{province}/objections/file", "/{province}/objections"),
    form("/{province}/annulments/file", "/{province}/annulments"),
    form("/{province}/closing/apply", "/{province}/closing"),
    form("/{province}/transfer/apply", "/{province}/transfer"),
    form("/{province}/phone-change/apply", "/{province}/phone-change"),
    form("/{province}/appeal/apply", "/{province}/appeal"),
    form("/{province}/staff/schools/{id}/logo", "/{province}/staff/schools/{id}"),
    form("/{province}/staff/texts/{id}/file", "/{province}/staff/texts/{id}"),
    form("/{province}/staff/imports/file", "/{province}/staff/imports"),
    form("/{province}/staff/penalties/file", "/{province}/staff/penalties"),
    form("/{province}/staff/annulments/file", "/{province}/staff/annulments"),
    form("/{province}/staff/closings/file", "/{province}/staff/closings"),
];

/// The page of what is posted to an address, which says there that the house is busy, and whether scripts send it too.
pub fn page_of(path: &str) -> Option<(String, bool)> {
    let parts: Vec<&str> = path.split('/').collect();
    let FileForm { address, page, is_upload } = FORMS.iter().find(|form| is_at(form.address, &parts))?;
    let named =
        |part: &'static str| address.split('/').position(|of| of == part && of.starts_with('{')).map_or(part, |at| parts[at]);
    let page: Vec<&str> = (*page)?.split('/').map(named).collect();
    let page = format!("{}?trouble=busy", page.join("/"));
    let is_plain = page.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_/?=".contains(&byte));
    is_plain.then_some((page, *is_upload))
}

fn is_at(address: &str, parts: &[&str]) -> bool {
    let address: Vec<&str> = address.split('/').collect();
    address.len() == parts.len() && address.iter().zip(parts).all(|(of, part)| of.starts_with('{') || of == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_with_files_has_its_page_or_says_that_its_address_tells_none() {
        let mut sent = crate::router::sent().paths().to_vec();
        let mut known: Vec<String> = FORMS.iter().map(|form| form.address.to_owned()).collect();
        sent.sort();
        known.sort();
        assert_eq!(known, sent);
    }

    #[test]
    fn a_form_that_the_house_had_no_room_for_leads_to_its_own_page_or_to_none() {
        for (path, page) in [
            ("/hunan/upload/photo", Some(("/hunan/intake/files", true))),
            ("/hunan/handover/t-1_x/upload", Some(("/hunan/handover/t-1_x", true))),
            ("/hunan/staff/schools/7/logo", Some(("/hunan/staff/schools/7", false))),
            ("/hunan/staff/texts/7/file", Some(("/hunan/staff/texts/7", false))),
            ("/hubei/staff/penalties/file", Some(("/hubei/staff/penalties", false))),
            ("/hunan/questions/ask", Some(("/hunan/questions", false))),
            ("/hunan/relocation/file", Some(("/hunan/relocation", false))),
            ("/hunan/learning/conversions/7/upload/paper", None),
            ("/hunan/learning/classes/7/results", None),
            ("/hunan/handover/%0d%0a/upload", None),
            ("/hunan/upload/photo/more", None),
        ] {
            let expected = page.map(|(page, is_upload)| (format!("{page}?trouble=busy"), is_upload));
            assert_eq!(page_of(path), expected, "{path}");
        }
    }
}
