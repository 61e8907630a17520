//! The characters of the captcha as strokes, drawn for this project on a grid 10 wide and 14 high.
//! `M x y` begins a stroke, `L x y` draws a line, `Q cx cy x y` a curve.

use super::canvas::Point;

/// Without what could be taken for something else: no 0 O D Q, 1 I, 2 Z, 5 S, 8 B, and no G and V beside C and U.
pub(super) const ALPHABET: &str = "ACEFHJKLMNPRTUWXY34679";

fn strokes(sign: char) -> &'static str {
    match sign {
        'A' => "M0 14L5 0L10 14M1.9 9.2L8.1 9.2",
        'C' => "M9.6 3Q8.2 0 5.2 0Q0 0 0 7Q0 14 5.2 14Q8.2 14 9.6 11",
        'E' => "M9 0L0 0L0 14L9 14M0 7L7.6 7",
        'F' => "M9 0L0 0L0 14M0 7L7.6 7",
        'H' => "M0 0L0 14M9.6 0L9.6 14M0 7L9.6 7",
        'J' => "M4 0L8.6 0M8.6 0L8.6 9.6Q8.6 14 4.4 14Q1 14 0.4 10.4",
        'K' => "M0 0L0 14M9.2 0L0 8.6M3.4 5.6L9.8 14",
        'L' => "M0 0L0 14L8.6 14",
        'M' => "M0 14L0.6 0L6 9.4L11.4 0L12 14",
        'N' => "M0 14L0 0L9.6 14L9.6 0",
        'P' => "M0 14L0 0L5 0Q9.6 0 9.6 4Q9.6 8 5 8L0 8",
        'R' => "M0 14L0 0L5 0Q9.4 0 9.4 3.8Q9.4 7.6 5 7.6L0 7.6M4.8 7.6L9.8 14",
        'T' => "M0 0L10 0M5 0L5 14",
        'U' => "M0 0L0 8.6Q0 14 4.9 14Q9.8 14 9.8 8.6L9.8 0",
        'W' => "M0 0L3 14L6.5 3.6L10 14L13 0",
        'X' => "M0.2 0L9.6 14M9.6 0L0.2 14",
        'Y' => "M0 0L5 7.2L10 0M5 7.2L5 14",
        '3' => "M0.4 1.8Q1.8 0 4.6 0Q9 0 9 3.6Q9 7 3.8 7Q9.8 7 9.8 10.4Q9.8 14 4.6 14Q1.4 14 0 11.8",
        '4' => "M7.2 14L7.2 0L0 9.6L10 9.6",
        '6' => "M8.2 0.4Q0 1.6 0 9.4Q0 14 5 14Q9.8 14 9.8 9.8Q9.8 5.8 5.4 5.8Q1.4 5.8 0.1 9.6",
        '7' => "M0 0L10 0L4 14",
        _ => "M1.8 13.6Q10 12.4 10 4.6Q10 0 5 0Q0.2 0 0.2 4.2Q0.2 8.2 4.6 8.2Q8.6 8.2 9.9 4.4",
    }
}

/// The strokes of a character as points so close to each other that they may be bent.
pub(super) fn outline(sign: char) -> Vec<Vec<Point>> {
    let mut outline: Vec<Vec<Point>> = Vec::new();
    for (kind, numbers) in commands(strokes(sign)) {
        match (kind, numbers.as_slice()) {
            ('M', [x, y]) => outline.push(vec![(*x, *y)]),
            ('L', [x, y]) => extend(&mut outline, |from, part| between(from, (*x, *y), part)),
            ('Q', [cx, cy, x, y]) => extend(&mut outline, |from, part| {
                between(between(from, (*cx, *cy), part), between((*cx, *cy), (*x, *y), part), part)
            }),
            _ => {}
        }
    }
    outline
}

fn commands(text: &str) -> Vec<(char, Vec<f32>)> {
    let mut commands: Vec<(char, String)> = Vec::new();
    for sign in text.chars() {
        match commands.last_mut() {
            Some((_, numbers)) if !sign.is_ascii_uppercase() => numbers.push(sign),
            _ => commands.push((sign, String::new())),
        }
    }
    commands.into_iter().map(|(kind, text)| (kind, text.split(' ').filter_map(|number| number.parse().ok()).collect())).collect()
}

fn extend(outline: &mut [Vec<Point>], curve: impl Fn(Point, f32) -> Point) {
    const STEPS: u8 = 7;
    if let Some((stroke, from)) = outline.last_mut().and_then(|stroke| stroke.last().copied().map(|from| (stroke, from))) {
        stroke.extend((1..=STEPS).map(|step| curve(from, f32::from(step) / f32::from(STEPS))));
    }
}

fn between(from: Point, to: Point, part: f32) -> Point {
    (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part)
}
