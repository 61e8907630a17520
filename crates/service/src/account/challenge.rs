//! Pictures to be read, pieces to be put in place and work to be done: made anew, tried a few times, used once.

use chrono::{DateTime, Duration, Utc};
use domain::account::view::SliderView;
use domain::account::work::{Work, WorkPage, given};
use domain::case::Refusal;
use domain::fault::{Fault, FieldErrors};
use domain::limit::Limited;
use store::Tx;
use store::session::challenge::ChallengeRow;
use tokio::sync::Semaphore;

use super::{Judged, count_address};
use crate::vault::same;
use crate::{Failure, Limit, Visit};
use challenge_art::{Slider, captcha, slider, slider_accepts, spoken, spoken_answer};

const CAPTCHA: &str = "captcha";
const SLIDER: &str = "slider";
const WORK: &str = "work";
const LIFE: Duration = Duration::minutes(5);
/// So long a puzzle may lie there before somebody begins with it.
const FRESH: Duration = Duration::minutes(1);
const TRIES: i64 = 3;
const NEW_PICTURES: Limit = Limit::new(Limited::Pictures, 60, 60);
/// Drawings of what is there already: of each new puzzle its landscape, its piece and its view, and as many again.
const DRAWINGS: Limit = Limit::new(Limited::Pictures, 360, 60);
/// Puzzles missed within an hour, over all pictures; after that only characters are offered.
const MISSED_BY_SESSION: Limit = Limit::new(Limited::Puzzles, 10, 3_600);
/// The same for an address, behind which a whole office may sit: at most one or two blind guesses an hour pass.
const MISSED_BY_ADDRESS: Limit = Limit::new(Limited::Puzzles, 40, 3_600);

/// Drawing takes a core for some milliseconds; a flood waits here.
static DRAWING: Semaphore = Semaphore::const_new(2);

/// A new picture to be read (PNG, 320 × 120); the one before is void.
///
/// # Errors
/// `TooOften`, `Store`.
pub async fn captcha_png(visit: &Visit) -> Result<Vec<u8>, Failure> {
    let seed = renew(visit, CAPTCHA).await?;
    draw(move || captcha(seed).png).await
}

/// The present picture's challenge as spoken digits (WAV), or a new one's when there is none: what is heard is an answer to it as
/// good as what is seen.
///
/// # Errors
/// `TooOften`, `Store`.
pub async fn captcha_wav(visit: &Visit) -> Result<Vec<u8>, Failure> {
    let seed = present(visit, CAPTCHA, |_| true).await?;
    draw(move || spoken(seed).wav).await
}

/// A new puzzle; the one before is void. One that nobody has tried stays for a minute: the page has its landscape before the program
/// runs, and the program takes it up.
///
/// # Errors
/// `TooOften` (also after too many that were missed: the page then shows characters instead), `Store`.
pub async fn slider_view(visit: &Visit) -> Result<SliderView, Failure> {
    refuse_after_misses(visit).await?;
    let good_until = visit.now() + LIFE - FRESH;
    let seed = present(visit, SLIDER, move |row| row.tries == 0 && row.expires_at > good_until).await?;
    let art = draw(move || slider(seed)).await?;
    Ok(SliderView {
        width: art.width,
        height: art.height,
        piece_width: art.piece_width,
        piece_height: art.piece_height,
        y: art.y,
        nonce: (visit.services.ids.number() & u64::from(u32::MAX)) as u32,
    })
}

/// New work for the browser (自动验证); that of before is void. It counts among the pictures.
///
/// # Errors
/// `NotFound` where the province has none, `TooOften`, `Store`.
pub async fn work_view(visit: &Visit) -> Result<Work, Failure> {
    let rules = visit.province.profile.account.work.as_ref().ok_or(Failure::NotFound)?;
    Ok(Work { nonce: renew(visit, WORK).await?, bits: rules.bits })
}

/// The landscape (JPEG) of the present puzzle, or of a new one when there is none.
///
/// # Errors
/// `TooOften`, `Store`.
pub async fn slider_background(visit: &Visit) -> Result<Vec<u8>, Failure> {
    Ok(present_slider(visit).await?.background)
}

/// The piece (PNG) of the present puzzle, or of a new one when there is none.
///
/// # Errors
/// `TooOften`, `Store`.
pub async fn slider_piece(visit: &Visit) -> Result<Vec<u8>, Failure> {
    Ok(present_slider(visit).await?.piece)
}

/// The solutions of the open challenges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Solutions {
    /// The characters of the picture.
    pub captcha: Option<String>,
    /// The digits that are said instead.
    pub spoken: Option<String>,
    /// Where the piece belongs, in pixels from the left.
    pub slider: Option<u32>,
}

/// The solutions of the open challenges, in the demonstration only.
///
/// # Errors
/// `NotFound` outside the demonstration; `Store`.
pub async fn demo_challenge(visit: &Visit) -> Result<Solutions, Failure> {
    if !visit.services.is_demo {
        return Err(Failure::NotFound);
    }
    let mut solutions = Solutions::default();
    if let Some(row) = find(visit, CAPTCHA).await? {
        let seed = row.seed.cast_unsigned();
        solutions.captcha = Some(draw(move || captcha(seed).answer).await?);
        solutions.spoken = Some(spoken_answer(seed));
    }
    if let Some(row) = find(visit, SLIDER).await? {
        solutions.slider = Some(draw(move || slider(row.seed.cast_unsigned()).x).await?);
    }
    Ok(solutions)
}

/// An answer to a challenge, compared but not yet spent: that belongs into the transaction of what it opens.
#[derive(Clone)]
pub(crate) struct Proof {
    row: Option<ChallengeRow>,
    is_right: bool,
    kind: &'static str,
    /// Who answers a puzzle, whose misses count over all pictures.
    slid_by: Option<Visit>,
}

impl Proof {
    /// Spends a try, and the challenge itself when the answer is right.
    pub(crate) async fn spend(&self, tx: &mut Tx, now: DateTime<Utc>) -> Judged<()> {
        if let Some(visit) = &self.slid_by
            && !count_slide(tx, visit, self.is_right).await?
        {
            return Ok(Err(FieldErrors::one(SLIDER, Fault::Slider)));
        }
        let is_passed = match &self.row {
            Some(row) => tx.try_challenge(row, TRIES, now).await? && self.is_right && tx.use_challenge(row, now).await?,
            None => false,
        };
        let fault = if self.kind == SLIDER { Fault::Slider } else { Fault::Captcha };
        Ok(if is_passed { Ok(()) } else { Err(FieldErrors::one(self.kind, fault)) })
    }
}

/// The characters of the picture, in capitals, or the digits that were said.
pub(crate) async fn captcha_proof(visit: &Visit, typed: &str) -> Result<Proof, Failure> {
    let row = find(visit, CAPTCHA).await?;
    let is_right = match &row {
        Some(row) => {
            let seed = row.seed.cast_unsigned();
            let is_heard = same(spoken_answer(seed).as_bytes(), typed.as_bytes());
            same(draw(move || captcha(seed).answer).await?.as_bytes(), typed.as_bytes()) | is_heard
        }
        None => false,
    };
    Ok(Proof { row, is_right, kind: CAPTCHA, slid_by: None })
}

/// The slider; where it was left alone the captcha, or the work of a page that has it in the place of pictures.
pub(super) async fn proof(visit: &Visit, page: WorkPage, slid: &str, typed: &str) -> Result<Proof, Failure> {
    if slid.is_empty() {
        return match (visit.province.profile.account.work_at(page), given(typed)) {
            (Some(rules), Some(number)) => work_proof(visit, rules.bits, number).await,
            _ => captcha_proof(visit, typed).await,
        };
    }
    let row = find(visit, SLIDER).await?;
    let is_right = match (&row, slid.parse::<u32>()) {
        (Some(row), Ok(given)) => {
            let seed = row.seed.cast_unsigned();
            slider_accepts(draw(move || slider(seed).x).await?, given)
        }
        _ => false,
    };
    Ok(Proof { row, is_right, kind: SLIDER, slid_by: Some(visit.clone()) })
}

/// A wrong number is told at the field of the picture, which then stands in its place.
async fn work_proof(visit: &Visit, bits: u32, number: u64) -> Result<Proof, Failure> {
    let row = find(visit, WORK).await?;
    let is_right = row.as_ref().is_some_and(|row| Work { nonce: row.seed.cast_unsigned(), bits }.is_done(number));
    Ok(Proof { row, is_right, kind: CAPTCHA, slid_by: None })
}

/// The buckets of missed puzzles.
fn misses(visit: &Visit) -> [(String, Limit); 2] {
    let session = visit.session.as_ref().map(|row| row.id.as_str()).unwrap_or_default();
    [
        (visit.bucket_over_all("slider:session", session), MISSED_BY_SESSION),
        (visit.bucket_over_all("slider:address", &visit.address), MISSED_BY_ADDRESS),
    ]
}

/// Whether a puzzle may still be answered; a miss is counted.
async fn count_slide(tx: &mut Tx, visit: &Visit, is_right: bool) -> Result<bool, Failure> {
    let (buckets, now) = (misses(visit), visit.now());
    for (bucket, limit) in &buckets {
        tx.lock_rate(bucket, now).await?;
        if tx.count_rate(bucket, now - Duration::seconds(limit.seconds)).await? >= limit.most {
            return Ok(false);
        }
    }
    if !is_right {
        for (bucket, _) in &buckets {
            tx.add_rate(&visit.services.ids.id(), bucket, now).await?;
        }
    }
    Ok(true)
}

async fn refuse_after_misses(visit: &Visit) -> Result<(), Failure> {
    let (mut reader, now) = (visit.services.db.read().await?, visit.now());
    for (bucket, limit) in misses(visit) {
        let life = Duration::seconds(limit.seconds);
        if reader.count_rate(&bucket, now - life).await? >= limit.most {
            let oldest = reader.find_oldest_rate(&bucket, now - life).await?.unwrap_or(now);
            return Err(Refusal::TooOften { of: limit.of, retry_at: oldest + life, at: now }.into());
        }
    }
    Ok(())
}

/// The open challenge of the session, if it can still be answered.
async fn find(visit: &Visit, kind: &str) -> Result<Option<ChallengeRow>, Failure> {
    let Some(session) = &visit.session else { return Ok(None) };
    let row = visit.services.db.read().await?.find_challenge(&session.id, kind).await?;
    Ok(row.filter(|row| can_be_answered(row, visit.now())))
}

fn can_be_answered(row: &ChallengeRow, now: DateTime<Utc>) -> bool {
    row.used_at.is_none() && row.tries < TRIES && row.expires_at > now
}

async fn present_slider(visit: &Visit) -> Result<Slider, Failure> {
    let seed = present(visit, SLIDER, |_| true).await?;
    draw(move || slider(seed)).await
}

/// A new challenge, whatever there is.
async fn renew(visit: &Visit, kind: &'static str) -> Result<u64, Failure> {
    present(visit, kind, |_| false).await
}

/// The seed of the open challenge of a session where it `will_do`, else of a new one. All that ask at once are answered one after the
/// other: the landscape of a page and the place of its piece are of one seed. Drawing what is there is counted too.
async fn present(
    visit: &Visit,
    kind: &'static str,
    will_do: impl Fn(&ChallengeRow) -> bool + Send + 'static,
) -> Result<u64, Failure> {
    let session = visit.ensure_session().await?;
    let (seed, now, job) = (visit.services.ids.number(), visit.now(), visit.clone());
    visit
        .write(move |tx| {
            Box::pin(async move {
                tx.lock_rate(&job.bucket_over_all("picture:session", &session), now).await?;
                let there = tx.find_challenge(&session, kind).await?;
                if let Some(row) = there.filter(|row| can_be_answered(row, now) && will_do(row)) {
                    count_address(tx, &job, "drawing", &[DRAWINGS]).await?;
                    return Ok(row.seed.cast_unsigned());
                }
                count_address(tx, &job, "picture", &[NEW_PICTURES]).await?;
                tx.renew_challenge(&session, kind, seed.cast_signed(), now, now + LIFE).await?;
                Ok::<_, Failure>(seed)
            })
        })
        .await
}

async fn draw<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
    let broken = || Failure::Broken("a picture was not drawn".into());
    let _permit = DRAWING.acquire().await.map_err(|_| broken())?;
    tokio::task::spawn_blocking(work).await.map_err(|_| broken())
}
