//! Pictures to be read and pieces to be put in place: drawn anew, tried a few times, used once.

use chrono::{DateTime, Duration, Utc};
use domain::account::view::SliderView;
use domain::fault::{Fault, FieldErrors};
use store::Tx;
use store::session::challenge::ChallengeRow;
use tokio::sync::Semaphore;

use super::{Judged, count};
use crate::challenge_art::{Slider, captcha, slider, slider_accepts};
use crate::vault::same;
use crate::{Failure, Limit, Visit};

const CAPTCHA: &str = "captcha";
const SLIDER: &str = "slider";
const LIFE: Duration = Duration::minutes(5);
const TRIES: i64 = 3;
const NEW_PICTURES: Limit = Limit::new(60, 60);

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

/// A new puzzle; the one before is void.
///
/// # Errors
/// `TooOften`, `Store`.
pub async fn slider_view(visit: &Visit) -> Result<SliderView, Failure> {
    let seed = renew(visit, SLIDER).await?;
    let art = draw(move || slider(seed)).await?;
    Ok(SliderView {
        width: art.width,
        height: art.height,
        piece_width: art.piece_width,
        piece_height: art.piece_height,
        y: art.y,
        nonce: (seed & u64::from(u32::MAX)) as u32,
    })
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

/// The solutions of the open challenges, in the demonstration only: the characters, and where the piece belongs.
///
/// # Errors
/// `NotFound` outside the demonstration; `Store`.
pub async fn demo_challenge(visit: &Visit) -> Result<(Option<String>, Option<u32>), Failure> {
    if !visit.services.is_demo {
        return Err(Failure::NotFound);
    }
    let letters = match find(visit, CAPTCHA).await? {
        Some(row) => Some(draw(move || captcha(row.seed.cast_unsigned()).answer).await?),
        None => None,
    };
    let place = match find(visit, SLIDER).await? {
        Some(row) => Some(draw(move || slider(row.seed.cast_unsigned()).x).await?),
        None => None,
    };
    Ok((letters, place))
}

/// An answer to a challenge, compared but not yet spent: that belongs into the transaction of what it opens.
#[derive(Clone)]
pub(crate) struct Proof {
    row: Option<ChallengeRow>,
    is_right: bool,
    kind: &'static str,
}

impl Proof {
    /// Spends a try, and the challenge itself when the answer is right.
    pub(crate) async fn spend(&self, tx: &mut Tx, now: DateTime<Utc>) -> Judged<()> {
        let is_passed = match &self.row {
            Some(row) => tx.try_challenge(row, TRIES, now).await? && self.is_right && tx.use_challenge(row, now).await?,
            None => false,
        };
        let fault = if self.kind == SLIDER { Fault::Slider } else { Fault::Captcha };
        Ok(if is_passed { Ok(()) } else { Err(FieldErrors::one(self.kind, fault)) })
    }
}

/// The characters as typed, in capitals.
pub(crate) async fn captcha_proof(visit: &Visit, typed: &str) -> Result<Proof, Failure> {
    let row = find(visit, CAPTCHA).await?;
    let is_right = match &row {
        Some(row) => {
            let seed = row.seed.cast_unsigned();
            same(draw(move || captcha(seed).answer).await?.as_bytes(), typed.as_bytes())
        }
        None => false,
    };
    Ok(Proof { row, is_right, kind: CAPTCHA })
}

/// The slider, or the captcha when the slider was left alone.
pub(super) async fn proof(visit: &Visit, slid: &str, typed: &str) -> Result<Proof, Failure> {
    if slid.is_empty() {
        return captcha_proof(visit, typed).await;
    }
    let row = find(visit, SLIDER).await?;
    let is_right = match (&row, slid.parse::<u32>()) {
        (Some(row), Ok(given)) => {
            let seed = row.seed.cast_unsigned();
            slider_accepts(draw(move || slider(seed).x).await?, given)
        }
        _ => false,
    };
    Ok(Proof { row, is_right, kind: SLIDER })
}

/// The open challenge of the session, if it can still be answered.
async fn find(visit: &Visit, kind: &str) -> Result<Option<ChallengeRow>, Failure> {
    let Some(session) = &visit.session else { return Ok(None) };
    let row = visit.services.db.read().await?.find_challenge(&session.id, kind).await?;
    Ok(row.filter(|row| row.used_at.is_none() && row.tries < TRIES && row.expires_at > visit.now()))
}

async fn present_slider(visit: &Visit) -> Result<Slider, Failure> {
    let seed = match find(visit, SLIDER).await? {
        Some(row) => row.seed.cast_unsigned(),
        None => renew(visit, SLIDER).await?,
    };
    draw(move || slider(seed)).await
}

async fn renew(visit: &Visit, kind: &'static str) -> Result<u64, Failure> {
    let session = visit.ensure_session().await?;
    let (seed, now, job) = (visit.services.ids.number(), visit.now(), visit.clone());
    visit
        .write(move |tx| {
            Box::pin(async move {
                count(tx, &job, &job.bucket_over_all("picture", &job.address), &[NEW_PICTURES]).await?;
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
