//! A question that is sent.

use domain::answer::Answer;
use domain::fault::{Fault, FieldErrors};
use domain::limit::Limited;
use domain::question::{MOST_PICTURES, QuestionForm};
use serde_json::json;
use store::question::QuestionRow;

use super::picture_name;
use crate::account::count;
use crate::case::{Proof, bureau_of_person};
use crate::{Failure, Limit, Visit};
use pictures::{PictureError, PictureRules};

/// Questions that one may send in a day.
const A_DAY: [Limit; 1] = [Limit::new(Limited::Requests, 5, 86_400)];
/// Pictures that one may send in an hour: each costs the gate of all pictures.
const AN_HOUR: [Limit; 1] = [Limit::new(Limited::Uploads, 30, 3_600)];
/// The most bytes of a picture as it is sent.
const MOST_BYTES: u32 = 10 << 20;
/// The long side of a picture, in pixels: what is written on a screen can be read.
const LONG: u32 = 1600;

/// The longest key of a request.
const LONGEST_KEY: usize = 64;

/// Sends a question to the bureau of the person. The same key again has no effect.
///
/// # Errors
/// Faults at the fields, `proof` for the pictures; `Stale` without a key; `TooOften`, `SignInAgain`, `Busy`, `Store`.
pub async fn ask_question(visit: &Visit, form: &QuestionForm, sent: Vec<Proof>) -> Result<Answer, Failure> {
    let account = visit.account()?.clone();
    if form.request_key.is_empty() || form.request_key.len() > LONGEST_KEY {
        return Err(Failure::Stale);
    }
    let checked = form.check();
    if sent.len() > usize::from(MOST_PICTURES) {
        return Err(FieldErrors::one("proof", Fault::TooLong(MOST_PICTURES.into())).into());
    }
    let (page, text) = checked?;
    let pictures = drawn(visit, sent).await?;
    let (services, work, key) = (visit.services.clone(), visit.clone(), form.request_key.clone());
    let id = services.ids.id();
    let text_sealed = services.vault.seal("question.text", &id, text.as_bytes());
    let bodies: Vec<(i64, Vec<u8>)> = (0..)
        .zip(&pictures)
        .map(|(place, body)| (place, services.vault.seal("question.picture", &picture_name(&id, place), body)))
        .collect();
    let write = visit.write(move |tx| {
        Box::pin(async move {
            let bureau = bureau_of_person(tx, &work, &account).await?;
            let days = work.province.profile.questions.answer_working_days;
            let row = QuestionRow {
                id,
                account_id: account.clone(),
                province: work.province_key().to_owned(),
                bureau,
                page,
                text_sealed,
                pictures: i64::try_from(bodies.len()).unwrap_or_default(),
                asked_at: work.now(),
                due_on: work.province.calendar.add_working_days(work.services.today(), days),
                answer_sealed: None,
                answered_at: None,
                text_id: None,
            };
            if !tx.insert_question(&row, &key).await? {
                return Ok(());
            }
            count(tx, &work, &work.bucket("question", account.as_str()), &A_DAY).await?;
            for (place, sealed) in &bodies {
                tx.insert_question_picture(&row.id, *place, sealed).await?;
            }
            let detail = json!({ "bureau": row.bureau, "pictures": row.pictures });
            Ok::<_, Failure>(tx.audit(&work.entry("ask_question", "question", &row.id, detail)).await?)
        })
    });
    write.await?;
    Ok(Answer::go(format!("/{}/questions?done=1", visit.province_key())))
}

/// The pictures as they are kept: drawn anew, and nothing of what came.
async fn drawn(visit: &Visit, sent: Vec<Proof>) -> Result<Vec<Vec<u8>>, Failure> {
    if sent.is_empty() {
        return Ok(Vec::new());
    }
    let (work, bucket) = (visit.clone(), visit.bucket("question:picture", visit.account()?.as_str()));
    visit.write(move |tx| Box::pin(async move { count(tx, &work, &bucket, &AN_HOUR).await })).await?;
    let mut drawn = Vec::new();
    for proof in sent {
        let wrong = |fault| Failure::from(FieldErrors::one("proof", fault));
        let rules = PictureRules {
            max_bytes: MOST_BYTES,
            max_source: MOST_BYTES,
            kinds: Vec::new(),
            min: None,
            portrait: None,
            most: 1,
            long: LONG,
        };
        match visit.services.pictures.inspect(proof.bytes.map_err(wrong)?, rules).await {
            Ok(pictures) => drawn.extend(pictures.into_iter().take(1).map(|picture| picture.view)),
            Err(PictureError::Refused(fault)) => return Err(wrong(fault)),
            Err(PictureError::Busy) => return Err(Failure::Busy),
        }
    }
    Ok(drawn)
}
