//! The rules of a photograph on pictures that are drawn here.

use super::*;

fn rules() -> Rules {
    Rules { width: 295, height: 413, min_bytes: 0, max_bytes: 20 << 10, backgrounds: Vec::new(), no_white_border: true }
}

/// A person with a dark coat before a background, in hard edges, with grain.
fn portrait(width: u32, height: u32, background: [u8; 3]) -> Picture {
    let mut grain = 7_u32;
    drawn(width, height, |x, y| {
        grain = grain.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let by = (grain >> 16) as i32 % 9 - 4;
        let (across, down) = (f64::from(x) / f64::from(width) - 0.5, f64::from(y) / f64::from(height) - 0.42);
        let colour = match () {
            () if down > 0.28 && across.abs() < 0.44 => [40, 44, 60],
            () if down.abs() < 0.02 && (across.abs() - 0.1).abs() < 0.03 => [30, 20, 20],
            () if (across / 0.26).powi(2) + (down / 0.27).powi(2) < 1.0 => [224, 180, 150],
            () => background,
        };
        colour.map(|value: u8| (i32::from(value) + by).clamp(0, 255) as u8)
    })
}

fn drawn(width: u32, height: u32, mut at: impl FnMut(u32, u32) -> [u8; 3]) -> Picture {
    let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    Picture { width, height, rgb: places.flat_map(|(x, y)| at(x, y)).collect() }
}

fn framed(inner: &Picture, border: u32) -> Picture {
    let (width, height) = (inner.width + 2 * border, inner.height + 2 * border);
    let is_inside = |at: u32, side: u32| (border..border + side).contains(&at);
    drawn(width, height, |x, y| {
        if is_inside(x, inner.width) && is_inside(y, inner.height) { inner.at(x - border, y - border) } else { [255; 3] }
    })
}

fn enlarged(small: &Picture, times: u32) -> Picture {
    let place = |at: u32, side: u32| ((f64::from(at) + 0.5) / f64::from(times) - 0.5).clamp(0.0, f64::from(side - 1));
    drawn(small.width * times, small.height * times, |x, y| {
        let (x, y) = (place(x, small.width), place(y, small.height));
        let (right, below) = (x.fract(), y.fract());
        let at = |dx: u32, dy: u32| small.at((x as u32 + dx).min(small.width - 1), (y as u32 + dy).min(small.height - 1));
        let [a, b, c, d] = [at(0, 0), at(1, 0), at(0, 1), at(1, 1)];
        [0, 1, 2].map(|n| {
            let [a, b, c, d] = [a[n], b[n], c[n], d[n]].map(f64::from);
            ((a * (1.0 - right) + b * right) * (1.0 - below) + (c * (1.0 - right) + d * right) * below + 0.5) as u8
        })
    })
}

const RED: [u8; 3] = [200, 30, 40];
const BLUE: [u8; 3] = [67, 142, 219];
const WHITE: [u8; 3] = [250, 250, 250];
const GREY: [u8; 3] = [128, 128, 128];

fn flaw(picture: &Picture, rules: &Rules) -> Option<Flaw> {
    judge(picture, rules, None).flaw
}

#[test]
fn red_blue_and_white_are_told_and_other_colours_have_no_name() {
    let named = [(RED, Background::Red), (BLUE, Background::Blue), ([0, 60, 140], Background::Blue), (WHITE, Background::White)];
    for (colour, background) in named {
        assert_eq!(judge(&portrait(300, 420, colour), &rules(), None).background, Some(background), "{colour:?}");
    }
    for colour in [GREY, [60, 160, 70], [240, 220, 60], [20, 20, 24], [230, 150, 60]] {
        assert_eq!(judge(&portrait(300, 420, colour), &rules(), None).background, None, "{colour:?}");
    }
    let motley = drawn(300, 420, |x, _| if x < 150 { RED } else { BLUE });
    assert_eq!(judge(&motley, &rules(), None).background, None);
}

#[test]
fn a_background_that_is_not_permitted_is_named_with_those_that_are() {
    let strict = Rules { backgrounds: vec![Background::White, Background::Blue], ..rules() };
    assert_eq!(flaw(&portrait(300, 420, BLUE), &strict), None);
    let allowed = strict.backgrounds.clone();
    assert_eq!(
        flaw(&portrait(300, 420, RED), &strict),
        Some(Flaw::Background { found: Some(Background::Red), allowed: allowed.clone() })
    );
    assert_eq!(flaw(&portrait(300, 420, GREY), &strict), Some(Flaw::Background { found: None, allowed }));
}

#[test]
fn a_white_border_is_found_to_the_pixel_and_cut_off() {
    for border in [2, 9, 30] {
        let verdict = judge(&framed(&portrait(300, 420, BLUE), border), &rules(), None);
        assert_eq!(verdict.border, Border { left: border, top: border, right: border, bottom: border });
        assert_eq!((verdict.part.x, verdict.part.width, verdict.flaw), (border, 300, None));
    }
    let small = framed(&portrait(290, 406, BLUE), 9);
    assert_eq!(flaw(&small, &rules()), Some(Flaw::WhiteBorder { width: 295, height: 413 }));
    assert_eq!(flaw(&small, &Rules { no_white_border: false, ..rules() }), None, "where it is permitted it stays");
}

#[test]
fn neither_a_white_background_nor_a_white_shirt_nor_a_blank_sheet_is_a_border() {
    for border in [0, 9] {
        let verdict = judge(&framed(&portrait(300, 420, WHITE), border), &rules(), None);
        assert_eq!((verdict.border, verdict.flaw), (Border::default(), None), "with a frame of {border}");
    }
    let person = portrait(300, 420, BLUE);
    let in_white = drawn(300, 420, |x, y| if y > 380 { [255; 3] } else { person.at(x, y) });
    assert_eq!(judge(&in_white, &rules(), None).border, Border::default());
    assert_eq!(judge(&drawn(300, 420, |_, _| [255; 3]), &rules(), None).border, Border::default());
}

#[test]
fn a_chosen_part_must_not_hold_a_border() {
    let picture = framed(&portrait(400, 560, RED), 12);
    let part = |by: u32| Rect { x: by, y: by, width: 400, height: 560 };
    assert_eq!(judge(&picture, &rules(), Some(part(12))).flaw, None);
    assert!(matches!(judge(&picture, &rules(), Some(part(6))).flaw, Some(Flaw::WhiteBorder { .. })));
}

#[test]
fn the_largest_part_lies_in_the_middle_and_rather_above() {
    let inside = |width, height| Rect { x: 10, y: 20, width, height };
    assert_eq!(largest(inside(400, 100), (1, 1)), Rect { x: 160, y: 20, width: 100, height: 100 });
    assert_eq!(largest(inside(100, 300), (1, 1)), Rect { x: 10, y: 70, width: 100, height: 100 });
    assert_eq!(largest(inside(295, 413), (295, 413)), inside(295, 413));
    assert!(
        has_proportion((590, 826), (295, 413))
            && has_proportion((600, 835), (295, 413))
            && !has_proportion((480, 640), (295, 413))
    );
}

#[test]
fn too_few_pixels_are_told_with_what_there_is() {
    let small = |found_width, found_height| Some(Flaw::Small { width: 295, height: 413, found_width, found_height });
    assert_eq!(flaw(&portrait(295, 413, BLUE), &rules()), None);
    assert_eq!(flaw(&portrait(294, 500, BLUE), &rules()), small(294, 412));
    assert_eq!(flaw(&portrait(900, 412, BLUE), &rules()), small(294, 412));
}

#[test]
fn an_enlarged_small_picture_is_told() {
    for times in [4, 6] {
        let small = portrait(295_u32.div_ceil(times), 413_u32.div_ceil(times), BLUE);
        assert_eq!(flaw(&enlarged(&small, times), &rules()), Some(Flaw::Enlarged), "{times} times, smoothly");
    }
    for times in [2, 3, 5, 8] {
        let small = portrait(600_u32.div_ceil(times), 840_u32.div_ceil(times), BLUE);
        let blocks = drawn(small.width * times, small.height * times, |x, y| small.at(x / times, y / times));
        assert_eq!(flaw(&blocks, &rules()), Some(Flaw::Enlarged), "{times} times, in blocks");
    }
}

#[test]
fn nobody_is_accused_of_enlarging_without_proof() {
    let sharp = portrait(600, 840, BLUE);
    assert_eq!(flaw(&sharp, &rules()), None);
    // A soft lens: blurred by about a pixel and a half where it counts.
    let blurred = drawn(295, 413, |x, y| {
        let part = Rect { x: x.saturating_sub(1).min(292), y: y.saturating_sub(1).min(410), width: 3, height: 3 };
        scale(&portrait_once(), part, 1, 1).at(0, 0)
    });
    assert_eq!(flaw(&blurred, &rules()), None);
    assert_eq!(flaw(&enlarged(&portrait(148, 207, BLUE), 2), &rules()), None, "twice cannot be told from a soft lens");
    // Lines in a grid, a sheet of one colour, a drawing of few lines.
    for picture in [
        drawn(640, 480, |x, y| if y % 40 > 34 && x > 40 && x < 600 { [60; 3] } else { [150, 200, 180] }),
        drawn(640, 480, |_, _| [150, 90, 90]),
        drawn(640, 480, |x, y| if x % 8 == 0 || y % 8 == 0 { [0; 3] } else { [250; 3] }),
    ] {
        assert_eq!(flaw(&picture, &rules()), None);
    }
}

fn portrait_once() -> Picture {
    static ONCE: std::sync::OnceLock<Picture> = std::sync::OnceLock::new();
    ONCE.get_or_init(|| portrait(295, 413, BLUE)).clone()
}

#[test]
fn scaling_averages_and_never_enlarges() {
    let checks = drawn(4, 4, |x, y| if (x + y) % 2 == 0 { [200; 3] } else { [100; 3] });
    assert_eq!(scale(&checks, checks.whole(), 2, 2).rgb, [150; 12]);
    let same = scale(&checks, checks.whole(), 40, 40);
    assert_eq!((same.width, same.height, same.rgb), (4, 4, checks.rgb.clone()));
    assert_eq!(scale(&checks, Rect { x: 1, y: 1, width: 1, height: 1 }, 1, 1).rgb, [200; 3]);
}

#[test]
fn what_is_transparent_lies_on_white() {
    let bytes = [0, 0, 0, 0, 10, 20, 30, 255, 0, 0, 0, 128, 9, 9, 9, 255];
    let canvas = Rgba::new(2, 2, &bytes).unwrap();
    assert_eq!([canvas.at(0, 0), canvas.at(1, 0), canvas.at(0, 1)], [[255; 3], [10, 20, 30], [127; 3]]);
    assert!(Rgba::new(2, 3, &bytes).is_none() && Rgba::new(0, 3, &bytes).is_none());
}

/// As if a file took so many bytes a thousand pixels at quality 100, and in proportion less below.
fn encoder(bytes_for_a_thousand: usize) -> impl FnMut(&Picture, u8) -> Vec<u8> {
    move |picture, quality| {
        let pixels = picture.width as usize * picture.height as usize;
        vec![0; pixels * bytes_for_a_thousand * usize::from(quality) / 100_000]
    }
}

#[test]
fn the_search_prefers_twice_the_pixels_and_good_quality() {
    let part = portrait(1180, 1652, BLUE);
    let roomy = Rules { max_bytes: 3 << 20, ..rules() };
    let made = make(&part, &roomy, &mut encoder(500)).unwrap();
    assert_eq!((made.width, made.height, made.quality), (590, 826, 92));
    let between = make(&portrait(400, 560, BLUE), &roomy, &mut encoder(500)).unwrap();
    assert_eq!((between.width, between.height), (400, 560), "nothing is enlarged, nothing thrown away");
}

#[test]
fn the_search_keeps_below_the_upper_bound_and_says_when_it_cannot() {
    let part = portrait(590, 826, BLUE);
    let made = make(&part, &rules(), &mut encoder(300)).unwrap();
    assert_eq!((made.width, made.height), (295, 413));
    assert!(made.bytes.len() <= 20 << 10 && made.quality >= 50, "{} at {}", made.bytes.len(), made.quality);
    let heavier = encoder(300)(&Picture { width: 295, height: 413, rgb: Vec::new() }, made.quality + 1);
    assert!(heavier.len() > 20 << 10, "one step more would fit");
    assert_eq!(make(&part, &rules(), &mut encoder(2000)), Err(Flaw::Heavy { max_bytes: 20 << 10, bytes: 73_101 }));
}

#[test]
fn for_a_lower_bound_the_search_keeps_more_pixels_and_says_when_there_are_none() {
    let rules = Rules { width: 413, height: 626, min_bytes: 60 << 10, max_bytes: 3 << 20, ..rules() };
    let [exact, large] = [portrait(413, 626, BLUE), portrait(1056, 1600, BLUE)];
    let at_best = make(&exact, &rules, &mut encoder(250)).unwrap();
    assert_eq!((at_best.width, at_best.quality), (413, 96), "more quality");
    let larger = make(&large, &rules, &mut encoder(40)).unwrap();
    assert_eq!((larger.width, larger.height), (1056, 1600), "more pixels");
    assert!(larger.bytes.len() >= 60 << 10);
    assert_eq!(make(&exact, &rules, &mut encoder(200)), Err(Flaw::Light { min_bytes: 60 << 10, bytes: 51_707 }));
}

#[test]
fn every_flaw_says_what_was_measured() {
    let allowed = vec![Background::Red, Background::Blue, Background::White];
    let words = words::flaw(&Flaw::Background { found: None, allowed: allowed.clone() });
    assert!(words.contains("红色、蓝色或者白色") && words.contains("不是单一"), "{words}");
    let words = words::flaw(&Flaw::Background { found: Some(Background::White), allowed: allowed[..1].to_vec() });
    assert!(words.contains("必须是红色，现在是白色"), "{words}");
    let words = words::flaw(&Flaw::Light { min_bytes: 60 << 10, bytes: 45_568 });
    assert!(words.contains("60 KB") && words.contains("44.5 KB"), "{words}");
}

#[test]
fn the_frame_keeps_proportion_pixels_and_the_picture() {
    let limit = Rect { x: 10, y: 20, width: 1000, height: 900 };
    let mut frame = Frame::new(limit, (295, 413));
    assert_eq!(frame.part(), largest(limit, (295, 413)));
    for zoom in [0.0, 0.1, 0.33, 0.5, 0.77, 1.0] {
        frame.zoom_to(zoom);
        for (across, down) in [(0.0, 0.0), (-5000.0, 0.0), (9000.0, 9000.0), (-3.4, -9000.0), (17.0, 400.5)] {
            frame.move_by(across, down);
            let part = frame.part();
            assert!(part.x >= 10 && part.y >= 20 && part.x + part.width <= 1010 && part.y + part.height <= 920, "{part:?}");
            assert!(part.width >= 295 && part.height >= 413, "{part:?}");
            assert!(has_proportion((part.width, part.height), (295, 413)), "{part:?}");
        }
    }
    frame.zoom_to(1.0);
    assert_eq!((frame.part().width, frame.part().height), (295, 413));
    frame.move_by(-9000.0, -9000.0);
    frame.move_by(1.0, 2.0);
    assert_eq!((frame.part().x, frame.part().y), (11, 22), "what was pushed out need not be pulled back");
}

#[test]
fn where_there_are_no_pixels_to_spare_there_is_no_zoom() {
    let mut frame = Frame::new(Rect { x: 0, y: 0, width: 200, height: 300 }, (295, 413));
    frame.zoom_to(1.0);
    assert_eq!((frame.can_zoom(), frame.zoom()), (false, 0.0));
    assert_eq!(frame.part(), Rect { x: 0, y: 5, width: 200, height: 280 });
}
