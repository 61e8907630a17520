//! A text of two weights in lines.

use crate::typeface::Weight;
use crate::wrap;

/// A piece of a text.
#[derive(Clone, Copy)]
pub(super) struct Piece<'a> {
    pub text: &'a str,
    pub weight: Weight,
}

/// Lines of pieces. Where to break is decided as for a text of one weight, with the width of each character as it is.
pub(super) fn lines(pieces: &[Piece<'_>], most: f32, width: impl Fn(char, Weight) -> f32) -> Vec<Vec<(String, Weight)>> {
    let signs: Vec<(char, Weight)> = pieces.iter().flat_map(|p| p.text.chars().map(|c| (c, p.weight))).collect();
    let text: String = signs.iter().map(|(c, _)| *c).collect();
    // A character is as wide as in its heavier cut; the difference is in the figures alone.
    let widest = |c: char| width(c, Weight::Regular).max(width(c, Weight::Bold));
    let mut rest = signs.iter();
    let mut line_of = |line: String| {
        let mut parts: Vec<(String, Weight)> = Vec::new();
        for wanted in line.chars() {
            // Blanks at the end of a line are dropped.
            let Some((c, weight)) = rest.by_ref().find(|(c, _)| *c == wanted) else { break };
            match parts.last_mut().filter(|(_, of)| of == weight) {
                Some((part, _)) => part.push(*c),
                None => parts.push((c.to_string(), *weight)),
            }
        }
        parts
    };
    wrap::lines(&text, most, widest).into_iter().map(&mut line_of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_two_weights_keeps_them_over_its_lines() {
        let pieces = [("林晓雨", true), ("取得 ", false), ("96", true), (" 学分，特此证明。", false)];
        let weight = |bold| if bold { Weight::Bold } else { Weight::Regular };
        let pieces = pieces.map(|(text, bold)| Piece { text, weight: weight(bold) });
        let set = lines(&pieces, 6.0, |c, _| if c.is_ascii() { 0.5 } else { 1.0 });
        let all: String = set.iter().flatten().map(|(text, _)| text.as_str()).filter(|text| *text != " ").collect();
        assert_eq!(all.replace(' ', ""), "林晓雨取得96学分，特此证明。");
        let bold: Vec<&str> = set.iter().flatten().filter(|(_, of)| *of == Weight::Bold).map(|(text, _)| text.as_str()).collect();
        assert_eq!(bold, ["林晓雨", "96"]);
        assert!(set.len() > 1);
    }
}
