//! Pictures as people take them: clean ones, and ones with a flaw.

#![expect(clippy::approx_constant, reason = "the sets that were measured are drawn with these turns")]

use studio::{Picture, Pixels, scale};

use super::camera::{compress, defocus, develop, mirror, shake};
use super::canvas::Canvas;
use super::dice::Dice;
use super::papers::{Paper, draw};
use super::scene::{Corners, Desk, Light, expose};
use super::screens;
use crate::{Face, Facts};

/// What may be planted into a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planted {
    Blurred,
    Dark,
    Glare,
    Tilted,
    Cut,
    Swapped,
    Twin,
    Screenshot,
}

impl Planted {
    pub const ALL: [Self; 8] =
        [Self::Blurred, Self::Dark, Self::Glare, Self::Tilted, Self::Cut, Self::Swapped, Self::Twin, Self::Screenshot];
}

/// A picture as it is looked at, and what is known beside it.
pub struct Shot {
    pub picture: Picture,
    pub facts: Facts,
    pub face: Option<Face>,
    pub paper: Paper,
}

/// How a paper becomes a picture.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// Photographed on a desk.
    Desk,
    /// Scanned, the paper out to the edges.
    Scan,
    /// Scanned, the paper in the middle of the glass.
    Glass,
    /// Never on paper at all.
    Digital,
}

/// What differs from a clean picture.
#[derive(Clone, Copy, Default)]
struct Twist {
    turn: Option<f32>,
    /// By how much of the paper it is pushed across and down.
    push: Option<(f32, f32)>,
    gain: Option<f32>,
}

const SEEN: [Paper; 6] = [Paper::CardPortrait, Paper::CardEmblem, Paper::Diploma, Paper::Certificate, Paper::Form, Paper::Letter];
const UNSEEN: [Paper; 8] = [
    Paper::CardPortrait,
    Paper::CardEmblem,
    Paper::Diploma,
    Paper::Certificate,
    Paper::Form,
    Paper::Letter,
    Paper::Booklet,
    Paper::Statement,
];

/// The kinds of paper of a set.
pub fn papers(is_held_out: bool) -> &'static [Paper] {
    if is_held_out { &UNSEEN } else { &SEEN }
}

fn face(paper: Paper) -> Option<Face> {
    match paper {
        Paper::CardPortrait => Some(Face::Portrait),
        Paper::CardEmblem => Some(Face::Emblem),
        _ => None,
    }
}

/// A picture that nobody has to take again.
pub fn clean(dice: &mut Dice, paper: Paper) -> Shot {
    let how = match (paper, dice.below(10)) {
        (Paper::CardPortrait | Paper::CardEmblem, 0 | 1) => How::Glass,
        (_, 0..=5) => How::Desk,
        (Paper::Statement, _) | (Paper::Form | Paper::Letter, 9) => How::Digital,
        _ => How::Scan,
    };
    taken(dice, paper, how, Twist::default(), |_, _| {})
}

/// A picture with one flaw; of [`Planted::Twin`] two.
pub fn flawed(dice: &mut Dice, papers: &[Paper], planted: Planted) -> Vec<Shot> {
    let paper = dice.pick(papers);
    let some = |dice: &mut Dice| if dice.chance(0.7) { How::Desk } else { How::Scan };
    let how = some(dice);
    let plain = Twist::default();
    let shot = match planted {
        Planted::Blurred if dice.chance(0.6) => {
            taken(dice, paper, how, plain, |seen, dice| defocus(seen, dice.between(2.6, 5.5)))
        }
        Planted::Blurred => {
            taken(dice, paper, how, plain, |seen, dice| shake(seen, dice.between(11.0, 22.0), dice.between(0.0, 3.14)))
        }
        Planted::Dark => {
            let gain = Some(dice.between(0.14, 0.4));
            taken(dice, paper, How::Desk, Twist { gain, ..plain }, |_, _| {})
        }
        // A scanner mirrors no lamp; a photograph without a desk does.
        Planted::Glare => taken(dice, paper, how, Twist { gain: (how == How::Scan).then_some(0.88), ..plain }, |seen, dice| {
            let (width, height) = (seen.width as f32, seen.height as f32);
            let long = width.max(height);
            for _ in 0..=dice.below(2) {
                let place = (width * dice.between(0.3, 0.7), height * dice.between(0.3, 0.7));
                let reach = (long * dice.between(0.06, 0.13), long * dice.between(0.045, 0.08));
                mirror(seen, place, reach, dice.between(0.0, 3.14), dice.between(180.0, 420.0));
            }
        }),
        Planted::Tilted => {
            let turn = Some(dice.either(12.0, 38.0));
            taken(dice, paper, how, Twist { turn, ..plain }, |_, _| {})
        }
        Planted::Cut => {
            let (across, down) = (dice.either(0.08, 0.24), dice.either(0.08, 0.24));
            let push = match dice.below(3) {
                0 => (across, 0.0),
                1 => (0.0, down),
                _ => (across, down),
            };
            taken(dice, paper, How::Desk, Twist { push: Some(push), ..plain }, |_, _| {})
        }
        Planted::Swapped => {
            let paper = dice.pick(&[Paper::CardPortrait, Paper::CardEmblem]);
            let how = if dice.chance(0.2) { How::Glass } else { how };
            let mut shot = taken(dice, paper, how, plain, |_, _| {});
            shot.face = Some(if paper == Paper::CardPortrait { Face::Emblem } else { Face::Portrait });
            shot
        }
        Planted::Twin => return twins(dice, paper),
        Planted::Screenshot => return vec![screens::shot(dice, paper)],
    };
    vec![shot]
}

/// A picture, and the same one smaller and compressed anew.
fn twins(dice: &mut Dice, paper: Paper) -> Vec<Shot> {
    let first = clean(dice, paper);
    let part = dice.between(0.55, 1.0);
    let (width, height) = first.picture.size();
    let side = |length: u32| (length as f32 * part) as u32;
    let mut picture = scale(&first.picture, first.picture.whole(), side(width), side(height));
    compress(&mut picture, dice.between(1.0, 4.0));
    let facts = Facts { width: side(first.facts.width), height: side(first.facts.height), is_from_camera: false };
    let second = Shot { picture, facts, face: None, paper };
    vec![first, second]
}

fn taken(dice: &mut Dice, paper: Paper, how: How, twist: Twist, spoil: impl Fn(&mut Canvas, &mut Dice)) -> Shot {
    let sheet = draw(paper, dice, 1100);
    let long = dice.between(820.0, 1000.0);
    let proportion = sheet.width as f32 / sheet.height as f32;
    let is_upright = proportion < 1.0;
    let frame = if how == How::Desk || how == How::Glass {
        dice.pick(&[4.0 / 3.0, 4.0 / 3.0, 1.5, 16.0 / 9.0])
    } else {
        proportion.max(1.0 / proportion)
    };
    let (width, height) = if is_upright { (long / frame, long) } else { (long, long / frame) };
    let size = (width as usize, height as usize);
    let shoots = how == How::Desk;
    let turn = twist.turn.unwrap_or_else(|| if shoots { dice.between(-5.0, 5.0) } else { dice.between(-1.5, 1.5) });
    let (fill, bent) = match how {
        How::Desk => (dice.between(0.74, 0.92), dice.between(0.0, 0.03)),
        How::Glass => (dice.between(0.45, 0.6), 0.0),
        How::Scan | How::Digital => (0.0, 0.0),
    };
    let push = twist.push.unwrap_or_else(|| (dice.between(-0.015, 0.015), dice.between(-0.015, 0.015)));
    let corners = corners(dice, (width, height), proportion, fill, turn, bent, push);
    let (desk, mut light) = match how {
        How::Desk => (Desk::any(dice), Light::any(dice)),
        _ => {
            let gain = if how == How::Digital { 1.0 } else { dice.between(0.93, 1.02) };
            let light = Light { gain, slope: (0.0, 0.0), cast: [1.0; 3], shadow: None };
            (Desk::Plain { base: [246.0, 246.0, 246.0] }, light)
        }
    };
    light.gain *= twist.gain.unwrap_or(1.0);
    let mut seen = if how == How::Digital {
        let mut sheet = sheet;
        sheet.at.iter_mut().for_each(|pixel| *pixel = pixel.map(|value| value.min(255.0)));
        sheet
    } else {
        expose(&sheet, desk, &light, size, corners)
    };
    spoil(&mut seen, dice);
    let picture = if how == How::Digital {
        develop(&seen, dice, 0.0)
    } else {
        defocus(&mut seen, if shoots { dice.between(0.6, 1.1) } else { dice.between(0.4, 0.8) });
        let grain = match twist.gain {
            Some(_) => dice.between(2.5, 6.0),
            None if shoots => dice.between(0.8, 3.5),
            None => dice.between(0.5, 1.8),
        };
        let mut picture = develop(&seen, dice, grain);
        compress(&mut picture, dice.between(0.4, 3.0));
        picture
    };
    let facts = facts(dice, &picture, shoots, frame);
    Shot { picture, facts, face: face(paper), paper }
}

/// As large as cameras and scanners make them, sometimes with the measures of a screen.
fn facts(dice: &mut Dice, picture: &Picture, shoots: bool, frame: f32) -> Facts {
    let (width, height) = picture.size();
    let long = match frame {
        frame if frame > 1.7 => dice.pick(&[1920.0, 4000.0, 2560.0]),
        _ if shoots => dice.pick(&[4000.0, 4032.0, 1600.0]),
        _ => dice.pick(&[1754.0, 2480.0, 3508.0]),
    };
    let by = long / width.max(height) as f32;
    let is_wide = width > height;
    let short = if frame > 1.7 { (long / frame).round() } else { (width.min(height) as f32 * by).round() };
    let (width, height) = if is_wide { (long, short) } else { (short, long) };
    Facts { width: width as u32, height: height as u32, is_from_camera: shoots && dice.chance(0.5) }
}

/// The corners of a paper in a picture: it fills so large a part of it (or all, when 0), turned by degrees, seen from aside, pushed.
fn corners(
    dice: &mut Dice,
    (width, height): (f32, f32),
    proportion: f32,
    fill: f32,
    turn: f32,
    bent: f32,
    push: (f32, f32),
) -> Corners {
    let (sin, cos) = turn.to_radians().sin_cos();
    let (across, down) = (proportion * cos.abs() + sin.abs(), proportion * sin.abs() + cos.abs());
    let fitting = (width / across).min(height / down);
    // A scan shows no desk, however it is turned.
    let high = if fill > 0.0 { fitting * fill } else { (width / proportion).max(height) * (1.02 + 1.1 * sin.abs()) };
    let wide = high * proportion;
    let (x, y) = (width / 2.0, height / 2.0);
    // So far until the paper touches the side, and then the part that is pushed beyond.
    let beyond = |push: f32, side: f32, reach: f32, paper: f32| {
        if push.abs() < 0.05 { push * side } else { push.signum() * ((side - reach) / 2.0 + push.abs() * paper) }
    };
    let x = x + if fill > 0.0 { beyond(push.0, width, across * high, wide) } else { 0.0 };
    let y = y + if fill > 0.0 { beyond(push.1, height, down * high, high) } else { 0.0 };
    [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)].map(|(u, v): (f32, f32)| {
        let (u, v) = (u * (1.0 - dice.between(0.0, bent)) * wide, v * (1.0 - dice.between(0.0, bent)) * high);
        (x + u * cos - v * sin, y + u * sin + v * cos)
    })
}
