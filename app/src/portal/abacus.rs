//! The abacus of the first page, which shows the number of the month: a bead above the beam counts five. It is decoration; the
//! sentence below says the number.

use std::fmt::Write;

/// Rods, which is how many digits there is room for.
const RODS: u32 = 9;
/// From rod to rod.
const STEP: u32 = 44;

/// The picture of a number, or of all beads where it has more digits than there are rods. It stands on the ink of the page's head, whose colour is one in light and dark.
pub(super) fn abacus(number: u32) -> String {
    let number = number.min(10_u32.pow(RODS) - 1);
    let mut svg = String::from(
        "<svg viewBox=\"0 0 444 300\" aria-hidden=\"true\" focusable=\"false\"><rect x=\"8\" y=\"8\" width=\"428\" height=\"284\" rx=\"14\" fill=\"#0b2344\" stroke=\"#7d9cc6\" stroke-width=\"6\"/>",
    );
    for rod in 0..RODS {
        let digit = number / 10_u32.pow(RODS - 1 - rod) % 10;
        let x = 46 + rod * STEP;
        let _ = write!(svg, "<path d=\"M{x} 24v252\" stroke=\"#6f8fb8\" stroke-width=\"3\"/>");
        for (y, counts) in beads(digit) {
            let fill = if counts { "#e08a3c" } else { "#5f83b3" };
            let _ = write!(svg, "<rect x=\"{}\" y=\"{y}\" width=\"36\" height=\"25\" rx=\"12.5\" fill=\"{fill}\"/>", x - 18);
        }
    }
    svg + "<path d=\"M12 97h420\" stroke=\"#7d9cc6\" stroke-width=\"9\"/></svg>"
}

/// Where the five beads of a digit lie, and which of them count.
fn beads(digit: u32) -> [(u32, bool); 5] {
    let (has_five, ones) = (digit >= 5, digit % 5);
    let lower = |nth: u32| if nth < ones { (107 + nth * 27, true) } else { (161 + nth * 27, false) };
    [(if has_five { 65 } else { 30 }, has_five), lower(0), lower(1), lower(2), lower(3)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beads_that_count_make_the_digit() {
        for digit in 0..10 {
            let [(_, has_five), ones @ ..] = beads(digit);
            let ones: u32 = ones.iter().map(|(_, counts)| u32::from(*counts)).sum();
            assert_eq!(5 * u32::from(has_five) + ones, digit);
        }
    }

    #[test]
    fn a_picture_has_the_beads_of_its_number_whatever_it_is() {
        for (number, counting) in [(0, 0), (12_486, 1 + 2 + 4 + 4 + 2), (u32::MAX, 9 * 5)] {
            let drawn = abacus(number);
            assert_eq!(drawn.matches("#e08a3c").count(), counting, "{number}");
            assert_eq!(drawn.matches("rx=\"12.5\"").count(), 45);
        }
    }
}
