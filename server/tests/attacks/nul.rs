//! NUL, which SQLite stores and PostgreSQL does not: in no field is it more than a letter too many.

use service::vault::Keys;

use crate::access::{FUNCTIONS, May, is_among, town_of};
use crate::support::{TestApp, folder};

/// The fields of a row's form, each of them once with a NUL behind its value.
fn spoilt(form: &str) -> Vec<String> {
    let fields: Vec<&str> = form.split('&').filter(|field| !field.is_empty()).collect();
    let with = |at: usize| {
        let field = |(nth, field): (usize, &&str)| if nth == at { format!("{field}%00") } else { (*field).to_owned() };
        fields.iter().enumerate().map(field).collect::<Vec<_>>().join("&")
    };
    (0..fields.len()).map(with).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_nul_in_whatever_field_of_whatever_form_is_no_fault_of_the_house() {
    let (db, url) = store::testing::postgres().await;
    let mut town = town_of(TestApp::over(db, url, Keys::generate(), folder())).await;
    let forms: Vec<(&str, May, String)> = FUNCTIONS.iter().map(|(path, may, form)| (*path, *may, town.filled(form))).collect();
    let staff = town.actors.iter_mut().filter(|(who, _)| matches!(*who, "a reviewer" | "an administrator"));
    let people = staff.map(|(who, browser)| (*who, browser)).chain([("the accountant", &mut town.owner)]);
    for (who, browser) in people {
        for (path, _, form) in forms.iter().filter(|(_, may, _)| is_among(*may, who)) {
            for form in spoilt(form) {
                let page = browser.call_encoded(path, format!("province=hunan&{form}")).await;
                let is_fault = page.status.is_server_error() || page.text().contains("Broken");
                assert!(!is_fault, "{who} at {path} with {form}: {} {}", page.status, page.text());
            }
        }
    }
}
