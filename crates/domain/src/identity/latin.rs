//! Letters and the marks above and below them: `e` and a mark are the same letter as `é` (canonical composition, Unicode Standard
//! Annex #15). Only the letters that names take, so that the program in the browser carries a small table.

/// The combining marks of the Latin letters, their combining class, and by pairs the letter without and with the mark.
/// Source: UnicodeData.txt, canonical decompositions of U+00C0 to U+024F and U+1E00 to U+1EFF.
#[rustfmt::skip]
const MARKS: &[(char, u8, &str)] = &[
    ('\u{0300}', 230, "AÀEÈIÌOÒUÙaàeèiìoòuùÜǛüǜNǸnǹĒḔēḕŌṐōṑWẀwẁÂẦâầĂẰăằÊỀêềÔỒôồƠỜơờƯỪưừYỲyỳ"),
    ('\u{0301}', 230, "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźÜǗüǘGǴgǵÅǺåǻÆǼæǽØǾøǿÇḈçḉĒḖēḗÏḮïḯKḰkḱMḾmḿÕṌ\
        õṍŌṒōṓPṔpṕŨṸũṹWẂwẃÂẤâấĂẮăắÊẾêếÔỐôốƠỚơớƯỨưứ"),
    ('\u{0302}', 230, "AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷZẐzẑẠẬạậẸỆẹệỌỘọộ"),
    ('\u{0303}', 230, "AÃNÑOÕaãnñoõIĨiĩUŨuũVṼvṽÂẪâẫĂẴăẵEẼeẽÊỄêễÔỖôỗƠỠơỡƯỮưữYỸyỹ"),
    ('\u{0304}', 230, "AĀaāEĒeēIĪiīOŌoōUŪuūÜǕüǖÄǞäǟȦǠȧǡÆǢæǣǪǬǫǭÖȪöȫÕȬõȭȮȰȯȱYȲyȳGḠgḡḶḸḷḹṚṜṛṝ"),
    ('\u{0306}', 230, "AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭȨḜȩḝẠẶạặ"),
    ('\u{0307}', 230, "CĊcċEĖeėGĠgġIİZŻzżAȦaȧOȮoȯBḂbḃDḊdḋFḞfḟHḢhḣMṀmṁNṄnṅPṖpṗRṘrṙSṠsṡŚṤśṥŠṦšṧṢṨṣṩTṪtṫWẆwẇXẊxẋYẎyẏ\
        ſẛ"),
    ('\u{0308}', 230, "AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸHḦhḧÕṎõṏŪṺūṻWẄwẅXẌxẍtẗ"),
    ('\u{0309}', 230, "AẢaảÂẨâẩĂẲăẳEẺeẻÊỂêểIỈiỉOỎoỏÔỔôổƠỞơởUỦuủƯỬưửYỶyỷ"),
    ('\u{030A}', 230, "AÅaåUŮuůwẘyẙ"),
    ('\u{030B}', 230, "OŐoőUŰuű"),
    ('\u{030C}', 230, "CČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzžAǍaǎIǏiǐOǑoǒUǓuǔÜǙüǚGǦgǧKǨkǩƷǮʒǯjǰHȞhȟ"),
    ('\u{030F}', 230, "AȀaȁEȄeȅIȈiȉOȌoȍRȐrȑUȔuȕ"),
    ('\u{0311}', 230, "AȂaȃEȆeȇIȊiȋOȎoȏRȒrȓUȖuȗ"),
    ('\u{031B}', 216, "OƠoơUƯuư"),
    ('\u{0323}', 220, "BḄbḅDḌdḍHḤhḥKḲkḳLḶlḷMṂmṃNṆnṇRṚrṛSṢsṣTṬtṭVṾvṿWẈwẉZẒzẓAẠaạEẸeẹIỊiịOỌoọƠỢơợUỤuụƯỰưựYỴyỵ"),
    ('\u{0324}', 220, "UṲuṳ"),
    ('\u{0325}', 220, "AḀaḁ"),
    ('\u{0326}', 220, "SȘsșTȚtț"),
    ('\u{0327}', 202, "CÇcçGĢgģKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţEȨeȩDḐdḑHḨhḩ"),
    ('\u{0328}', 202, "AĄaąEĘeęIĮiįUŲuųOǪoǫ"),
    ('\u{032D}', 220, "DḒdḓEḘeḙLḼlḽNṊnṋTṰtṱUṶuṷ"),
    ('\u{032E}', 220, "HḪhḫ"),
    ('\u{0330}', 220, "EḚeḛIḬiḭUṴuṵ"),
    ('\u{0331}', 220, "BḆbḇDḎdḏKḴkḵLḺlḻNṈnṉRṞrṟTṮtṯZẔzẕhẖ"),
];

fn pairs(letters: &str) -> impl Iterator<Item = (char, char)> {
    letters.chars().zip(letters.chars().skip(1)).step_by(2)
}

fn class(c: char) -> u8 {
    MARKS.iter().find(|(mark, ..)| *mark == c).map_or(0, |(_, class, _)| *class)
}

fn joined(letter: char, mark: char) -> Option<char> {
    let (_, _, letters) = MARKS.iter().find(|(known, ..)| *known == mark)?;
    pairs(letters).find(|(plain, _)| *plain == letter).map(|(_, with_mark)| with_mark)
}

fn take_apart(c: char, into: &mut Vec<char>) {
    let parts = MARKS
        .iter()
        .find_map(|(mark, _, letters)| pairs(letters).find(|(_, with_mark)| *with_mark == c).map(|(plain, _)| (plain, *mark)));
    match parts {
        Some((plain, mark)) => {
            take_apart(plain, into);
            into.push(mark);
        }
        None => into.push(c),
    }
}

/// The same text with every mark in its letter, as normalisation form C has it.
pub(super) fn compose(text: &str) -> String {
    if text.chars().all(|c| class(c) == 0) {
        return text.to_owned();
    }
    let mut parts = Vec::new();
    text.chars().for_each(|c| take_apart(c, &mut parts));
    for marks in parts.chunk_by_mut(|one, next| class(*one) != 0 && class(*next) != 0) {
        marks.sort_by_key(|mark| class(*mark));
    }
    let mut composed: Vec<char> = Vec::new();
    let (mut letter, mut last) = (None, 0);
    for c in parts {
        let class = class(c);
        // A mark of the same class that stayed apart stands between the letter and this one.
        let is_free = last == 0 || last < class;
        let with_mark = letter.filter(|_| class != 0 && is_free).and_then(|at: usize| Some((at, joined(composed[at], c)?)));
        if let Some((at, with_mark)) = with_mark {
            composed[at] = with_mark;
            continue;
        }
        if class == 0 {
            letter = Some(composed.len());
        }
        last = class;
        composed.push(c);
    }
    composed.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[test]
    fn every_letter_is_composed_as_unicode_has_it() {
        let letters = ('A'..='z').chain('À'..='ɏ').chain('Ḁ'..='ỿ');
        for letter in letters {
            for (one, ..) in MARKS {
                let apart: String = letter.to_string().nfd().chain([*one]).collect();
                assert_eq!(compose(&apart), apart.nfc().collect::<String>(), "{letter} {one:?}");
            }
        }
    }

    #[test]
    fn two_marks_are_composed_in_whatever_order_they_were_typed() {
        for letter in "aeouscâạơǖz".chars() {
            for (one, two) in MARKS.iter().flat_map(|(one, ..)| MARKS.iter().map(move |(two, ..)| (one, two))) {
                let typed = format!("x{letter}{one}{two}y");
                assert_eq!(compose(&typed), typed.nfc().collect::<String>(), "{letter} {one:?} {two:?}");
            }
        }
    }
}
