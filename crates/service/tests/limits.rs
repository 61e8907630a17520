//! Every limit that there is, and whether people hear of it before it bites. A new limit needs a row here.

#![cfg(test)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use Heard::{Before, NotBefore};

/// How people hear of a limit.
#[derive(Clone, Copy)]
enum Heard {
    /// While few tries are left; the story with this name shows it.
    Before(&'static str),
    /// Only when it refuses, with the day and hour from which it goes on; why that is enough.
    NotBefore(&'static str),
}

const OF_A_NETWORK: &str =
    "counts everybody behind an address: nobody gets there alone, and what others do there is nobody's business";
const SHORT: &str = "over within minutes, and the refusal says when";

/// File, name of the limit, and how it is heard of.
const LIMITS: &[(&str, &str, Heard)] = &[
    ("account/challenge.rs", "NEW_PICTURES", NotBefore(SHORT)),
    ("account/challenge.rs", "DRAWINGS", NotBefore(SHORT)),
    ("account/challenge.rs", "MISSED_BY_SESSION", NotBefore("refuses nothing: characters are offered instead of the puzzle")),
    ("account/challenge.rs", "MISSED_BY_ADDRESS", NotBefore("refuses nothing: characters are offered instead of the puzzle")),
    ("account/code/counted.rs", "pause", Before("a_number_gets_one_message_a_minute_five_an_hour_and_ten_a_day")),
    ("account/code/counted.rs", "PER_ADDRESS", NotBefore(OF_A_NETWORK)),
    ("account/code/counted.rs", "PER_SESSION", Before("an_address_and_a_window_are_limited_too")),
    ("account/code/counted.rs", "OVER_ALL", NotBefore("counts the whole country; it is for the operator")),
    ("account/code/counted.rs", "resend", NotBefore("the countdown at the button says it")),
    ("account/freeze.rs", "PER_ADDRESS", NotBefore(OF_A_NETWORK)),
    ("account/identity.rs", "PER_ADDRESS", NotBefore(OF_A_NETWORK)),
    ("account/identity.rs", "ONCE", NotBefore("never refuses a person: it finds the second use of an answer")),
    ("account/register.rs", "PER_ADDRESS", NotBefore(OF_A_NETWORK)),
    ("account/reset.rs", "PER_ADDRESS", NotBefore(OF_A_NETWORK)),
    ("account/settings/password.rs", "GUESSES", Before("a_password_is_changed_by_the_present_one_whose_guesses_are_counted")),
    ("account/sign_in.rs", "PER_ADDRESS", NotBefore(OF_A_NETWORK)),
    ("account/sign_in.rs", "FAILURES", Before("five_failures_are_announced_and_lock_one_address_out_for_a_quarter_of_an_hour")),
    ("account/sign_in/by_code.rs", "ENDS", Before("after_half_a_year_a_telephone_alone_opens_nothing")),
    ("case/access.rs", "LOOKUPS", NotBefore("three hundred numbers a day are more than one person at a desk looks for")),
    ("case/access.rs", "REVEALS", Before("a_reveal_has_a_purpose_is_audited_and_happens_at_most_sixty_times_an_hour")),
    (
        "certificate/print.rs",
        "PRINTS",
        NotBefore("more papers in a day than anybody needs, and the refusal says when it goes on"),
    ),
    (
        "school/enrol.rs",
        "CHANGES",
        NotBefore("nobody goes over to another school ten times a day; the refusal says when it goes on"),
    ),
    ("portal/files.rs", "SENT", NotBefore("sixty files for the portal in an hour are no work but an accident")),
    ("portal/shown.rs", "VOTES", NotBefore("refuses nothing: who says it once more is thanked and not counted")),
    ("school/approve.rs", "ASKED", NotBefore("fifty things asked for schools in a day are no work but an accident")),
    ("school/logo.rs", "SENT", NotBefore("thirty pictures of schools in an hour are no work but an accident")),
    ("school/missing.rs", "ASKED", NotBefore("a school that was asked owes an answer; nobody asks anew ten times a day")),
    ("school/leave.rs", "TICKETS", NotBefore(SHORT)),
    ("school/machine.rs", "calls", NotBefore("counts programs, which read the seconds in the answer")),
    ("certificate/share.rs", "SHARES", NotBefore("more links in a day than anybody needs, and the refusal says when it goes on")),
    (
        "confirmation/ask.rs",
        "ASKED",
        NotBefore("nobody goes to work for ten employers a day, and the paper is taken as well; the refusal says its day"),
    ),
    ("confirmation/ask.rs", "TO_ONE", NotBefore("forty messages a day to one telephone; the paper is taken as well")),
    ("confirmation/answer.rs", "PER_ADDRESS", NotBefore(OF_A_NETWORK)),
    (
        "counter/enrol.rs",
        "ENROLMENTS",
        NotBefore("thirty people a day who have no account yet are more than one person at a counter serves"),
    ),
    ("counter/fill_in.rs", "FILL_INS", NotBefore("nobody begins ten times a day with one person; the refusal says its day")),
    (
        "handover/lend.rs",
        "PER_ACCOUNT",
        NotBefore("four codes an hour for each slot, and the page itself takes the picture as well"),
    ),
    ("handover/phone.rs", "GUESSES", NotBefore(OF_A_NETWORK)),
    ("portal/look_up.rs", "MISSED", NotBefore("counts guesses of everybody at one number; its owner signs in and sees more")),
    ("import/receive.rs", "RECEIVED", NotBefore("sixty files in a day are no work but an accident")),
    ("import/act.rs", "ASKED", NotBefore("fifty batches asked for in a day are no work but an accident")),
    ("integrity/public.rs", "PER_ADDRESS", NotBefore(OF_A_NETWORK)),
    ("integrity/export.rs", "TAKEN", NotBefore("twenty files of a whole province in a day are no work but an accident")),
    ("national/export.rs", "MADE", NotBefore("twenty files of credits in a day are no work but an accident")),
    ("relocation/file.rs", "MADE", NotBefore("a record leaves by one file; the refusal says when it goes on")),
    ("relocation/receive.rs", "TRIES", NotBefore("a record arrives by one file; the refusal says when it goes on")),
    ("question/ask.rs", "A_DAY", NotBefore("the fifth question of a day is no news, and the telephone stands above the form")),
    ("question/ask.rs", "AN_HOUR", NotBefore("thirty pictures of questions in an hour are no work but an accident")),
    ("learning/class/file.rs", "FILED", NotBefore("forty classes in a day are no work but an accident")),
    ("learning/class/door.rs", "SHEETS", NotBefore("sixty sheets in a day are no work but an accident")),
    ("intake/employer.rs", "LOOKS", NotBefore("a person has one employer, whose name can be typed as well; the refusal says so")),
    ("case/uploads.rs", "UPLOADS", Before("uploads_are_limited_and_parallel_ones_leave_one_file")),
    ("case/uploads.rs", "LOOKED_AT", NotBefore("five times as many as can be kept: no person gets there by hand")),
    ("case/uploads.rs", "PROOFS", Before("proofs_are_counted_for_themselves_and_the_same_once_more_is_no_page")),
    (
        "case/uploads.rs",
        "PROOFS_LOOKED_AT",
        NotBefore("more than three times as many as can be kept: no person gets there by hand"),
    ),
    ("intake/print.rs", "PRINTS", Before("printing_is_limited_announced_and_refused_where_the_province_prints_nothing")),
    (
        "intake/print/extract.rs",
        "EXTRACTS",
        NotBefore("thirty papers a day of one record say the same; the refusal says its day"),
    ),
    (
        "intake/receipt.rs",
        "RECEIPTS",
        NotBefore("thirty receipts a day of one application say the same; the refusal says its day"),
    ),
    ("phone_change/apply.rs", "PER_ADDRESS", NotBefore(OF_A_NETWORK)),
    (
        "phone_change/apply.rs",
        "PER_NUMBER",
        Before("applications_are_few_for_a_document_and_an_address_whether_they_match_or_not"),
    ),
    ("phone_change/object.rs", "PER_ADDRESS", NotBefore(OF_A_NETWORK)),
    ("staff/activate.rs", "PER_ADDRESS", NotBefore(OF_A_NETWORK)),
    ("staff/ask.rs", "ASKED", NotBefore("two hundred accounts a day of one administrator are no work but an accident")),
    ("staff/bootstrap.rs", "PER_ADDRESS", NotBefore(OF_A_NETWORK)),
    ("staff/factor.rs", "GUESSES", Before("five_wrong_codes_or_passwords_lock_for_a_quarter_of_an_hour")),
    ("staff/settings.rs", "GUESSES", Before("wrong_guesses_of_the_own_password_are_announced_and_lock_for_a_quarter_of_an_hour")),
    (
        "staff/sign_in.rs",
        "FROM_EVERYWHERE",
        NotBefore("counts the failures of strangers for one name; its owner is told of them"),
    ),
    ("staff/sign_in.rs", "SLOWLY", NotBefore("one minute, and the refusal says when")),
    ("staff/sign_in.rs", "COUNTED", NotBefore("never refuses: it only counts")),
    ("staff/sign_in.rs", "FROM_ADDRESS", NotBefore("never refuses: it only counts")),
    ("staff/sign_in.rs", "once", NotBefore("never refuses a person: its owner is told once a day")),
    ("visit.rs", "PER_ADDRESS", NotBefore(OF_A_NETWORK)),
];

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files(of: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(of).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// What the program itself is made of, without its stories.
fn is_program(name: &str) -> bool {
    name.ends_with(".rs") && !name.contains("stories") && !name.contains("test") && name != "limits.rs"
}

/// What a limit is called: the name that was given last before it.
fn name_before(text: &str) -> String {
    let at = ["const ", "let "].iter().filter_map(|word| text.rfind(word).map(|at| at + word.len())).max().unwrap();
    text[at..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Every limit of a source: made anew, or another one counted for something else.
fn limits_in(text: &str) -> BTreeSet<String> {
    let makes = ["Limit::new(", "FAILURES.of("].into_iter().flat_map(|word| text.match_indices(word));
    makes.map(|(at, _)| name_before(&text[..at])).collect()
}

#[test]
fn every_limit_has_a_row_that_says_whether_it_is_announced() {
    let root = sources();
    let mut found = BTreeSet::new();
    for file in files(&root) {
        let name = file.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
        if is_program(&name) {
            let limits = limits_in(&std::fs::read_to_string(&file).unwrap());
            found.extend(limits.into_iter().map(|limit| (name.clone(), limit)));
        }
    }
    let known: BTreeSet<_> = LIMITS.iter().map(|(file, name, _)| ((*file).to_owned(), (*name).to_owned())).collect();
    assert_eq!(found, known);
}

#[test]
fn every_announcement_has_a_story_that_reads_it_and_every_silence_a_reason() {
    let stories: String = files(&sources())
        .iter()
        .filter(|file| file.to_string_lossy().contains("stories"))
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect();
    for (file, name, heard) in LIMITS {
        match heard {
            NotBefore(why) => assert!(why.len() > 20, "{file} {name}"),
            Before(story) => {
                let body =
                    stories.split(&format!("async fn {story}(")).nth(1).unwrap_or_else(|| panic!("{file} {name}: no {story}"));
                let body = body.split("both!(").next().unwrap();
                assert!(body.contains("left"), "{file} {name}: {story} does not look at what is left");
            }
        }
    }
}
