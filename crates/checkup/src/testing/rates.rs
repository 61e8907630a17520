//! How often something is found that is there, and that is not.

use std::fmt;
use std::sync::Mutex;
use std::time::Instant;

use super::dice::Dice;
use super::shots::{Planted, Shot, clean, flawed, papers};
use crate::{Finding, Print, Seen, look};

/// Pictures that belong together.
#[derive(Clone, Copy, Debug)]
pub struct Set {
    pub seed: u64,
    /// Clean pictures.
    pub clean: usize,
    /// Pictures with each of the flaws.
    pub each: usize,
    /// With kinds of paper that no threshold was chosen by.
    pub is_held_out: bool,
}

impl Set {
    /// By which the thresholds were chosen.
    pub const CHOSEN_BY: Self = Self { seed: 1, clean: 200, each: 25, is_held_out: false };
    /// By which they were not.
    pub const HELD_OUT: Self = Self { seed: 20_261_129, clean: 200, each: 25, is_held_out: true };
    /// Enough of them to tell 3 % from 2 %; for `./bench`.
    pub const LARGE: Self = Self { seed: 77_003, clean: 1200, each: 150, is_held_out: true };
}

/// What came out.
pub struct Rates {
    pub clean: usize,
    /// The clean pictures of which something was said: number and findings.
    pub false_alarms: Vec<(usize, Vec<Finding>)>,
    /// For each flaw how often it was found, of how many, and the numbers of those missed.
    pub found: Vec<(Planted, usize, usize, Vec<usize>)>,
    /// Flawed pictures of which something else was said as well.
    pub beside: Vec<(Planted, usize, Vec<Finding>)>,
    /// Milliseconds of each look, in order of size.
    pub milliseconds: Vec<f64>,
}

impl Rates {
    /// Hundredths of the clean pictures.
    #[must_use]
    pub fn false_alarm_rate(&self) -> f64 {
        self.false_alarms.len() as f64 * 100.0 / self.clean.max(1) as f64
    }

    #[must_use]
    pub fn median_ms(&self) -> f64 {
        self.milliseconds.get(self.milliseconds.len() / 2).copied().unwrap_or(0.0)
    }
}

impl fmt::Display for Rates {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            out,
            "{:<12} {:>5} of {:>3}  {:>5.1} %",
            "false alarms",
            self.false_alarms.len(),
            self.clean,
            self.false_alarm_rate()
        )?;
        for (planted, found, all, _) in &self.found {
            let rate = *found as f64 * 100.0 / (*all).max(1) as f64;
            writeln!(out, "{:<12} {found:>5} of {all:>3}  {rate:>5.1} %", format!("{planted:?}"))?;
        }
        let most = self.milliseconds.last().copied().unwrap_or(0.0);
        write!(out, "{:<12} {:.1} ms in the middle, {most:.1} ms at most", "a look", self.median_ms())
    }
}

fn is_named(finding: &Finding, planted: Planted) -> bool {
    matches!(
        (finding, planted),
        (Finding::Blurred, Planted::Blurred)
            | (Finding::Dark, Planted::Dark)
            | (Finding::Glare, Planted::Glare)
            | (Finding::Tilted(_), Planted::Tilted)
            | (Finding::Cut(_), Planted::Cut)
            | (Finding::Swapped { .. }, Planted::Swapped)
            | (Finding::Twin(_), Planted::Twin)
            | (Finding::Screenshot, Planted::Screenshot)
    )
}

/// What was said of one picture.
struct Looked {
    planted: Option<Planted>,
    number: usize,
    findings: Vec<Finding>,
    milliseconds: f64,
    print: Print,
}

/// A picture of a set by its number: the clean ones first, then the flaws in turn.
#[must_use]
pub fn shots(set: &Set, number: usize) -> (Option<Planted>, Vec<Shot>) {
    let mut dice = Dice::new(set.seed.wrapping_mul(100_003).wrapping_add(number as u64));
    let of = papers(set.is_held_out);
    match number.checked_sub(set.clean) {
        None => (None, vec![clean(&mut dice, of[number % of.len()])]),
        Some(flaw) => {
            let planted = Planted::ALL[flaw % Planted::ALL.len()];
            (Some(planted), flawed(&mut dice, of, planted))
        }
    }
}

fn one(set: &Set, number: usize) -> Looked {
    let (planted, shots) = shots(set, number);
    let shot = &shots[0];
    let begin = Instant::now();
    let Seen { mut findings, print } = look(&shot.picture, &shot.facts, shot.face);
    let milliseconds = begin.elapsed().as_secs_f64() * 1000.0;
    if shots.get(1).is_some_and(|other| look(&other.picture, &other.facts, None).print.is_same(&print)) {
        findings.push(Finding::Twin(String::new()));
    }
    Looked { planted, number, findings, milliseconds, print }
}

/// Draws a set and looks at all of it, on all cores.
#[must_use]
pub fn measure(set: &Set) -> Rates {
    let numbers = Mutex::new(0..set.clean + set.each * Planted::ALL.len());
    let next = || numbers.lock().ok()?.next();
    let work = || std::iter::from_fn(next).map(|number| one(set, number)).collect::<Vec<_>>();
    let threads = std::thread::available_parallelism().map_or(1, Into::into);
    let mut all: Vec<Looked> = std::thread::scope(|scope| {
        let hands: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        hands.into_iter().flat_map(|hand| hand.join().unwrap_or_default()).collect()
    });
    all.sort_by_key(|looked| looked.number);
    tell_twins(&mut all);
    count(set, &all)
}

/// Of the clean pictures no two are the same.
fn tell_twins(all: &mut [Looked]) {
    let prints: Vec<(usize, Print)> =
        all.iter().filter(|looked| looked.planted.is_none()).map(|looked| (looked.number, looked.print.clone())).collect();
    for looked in all.iter_mut().filter(|looked| looked.planted.is_none()) {
        if let Some((other, _)) = prints.iter().find(|(other, print)| *other != looked.number && print.is_same(&looked.print)) {
            looked.findings.push(Finding::Twin(other.to_string()));
        }
    }
}

fn count(set: &Set, all: &[Looked]) -> Rates {
    let is_clean = |looked: &&Looked| looked.planted.is_none();
    let alarms = all.iter().filter(is_clean).filter(|looked| !looked.findings.is_empty());
    let found = Planted::ALL.map(|planted| {
        let of: Vec<&Looked> = all.iter().filter(|looked| looked.planted == Some(planted)).collect();
        let is_found = |looked: &&Looked| looked.findings.iter().any(|finding| is_named(finding, planted));
        let missed: Vec<usize> = of.iter().filter(|looked| !is_found(looked)).map(|looked| looked.number).collect();
        (planted, of.len() - missed.len(), of.len(), missed)
    });
    let beside = all.iter().filter_map(|looked| {
        let planted = looked.planted?;
        let others: Vec<Finding> = looked.findings.iter().filter(|finding| !is_named(finding, planted)).cloned().collect();
        (!others.is_empty()).then_some((planted, looked.number, others))
    });
    let mut milliseconds: Vec<f64> = all.iter().map(|looked| looked.milliseconds).collect();
    milliseconds.sort_by(f64::total_cmp);
    Rates {
        clean: set.clean,
        false_alarms: alarms.map(|looked| (looked.number, looked.findings.clone())).collect(),
        found: found.into(),
        beside: beside.collect(),
        milliseconds,
    }
}
