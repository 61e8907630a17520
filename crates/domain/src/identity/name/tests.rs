use super::*;

#[test]
fn a_name_is_stored_in_one_form() {
    for (typed, name) in [
        ("张三", "张三"),
        (" 张三\n", "张三"),
        ("\u{3000}张三丰\u{3000}", "张三丰"),
        ("\u{E5E5}张三丰", "张三丰"),
        ("张\u{200B}三", "张三"),
        ("阿卜杜拉•买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉‧买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉．买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉・买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉.买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉。买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉｡买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉﹒买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉․买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉\u{0387}买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉 · 买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉 . 买买提", "阿卜杜拉·买买提"),
        ("𠮷野", "𠮷野"),
        ("王𬭬", "王𬭬"),
        ("李䶮", "李䶮"),
        ("陈㛃", "陈㛃"),
        ("赵\u{31350}", "赵\u{31350}"),
        ("赵\u{9FB4}", "赵\u{9FB4}"),
        ("赵\u{E81E}", "赵\u{E81E}"),
        ("赵\u{2E8B}", "赵\u{2E8B}"),
        ("〇三", "〇三"),
        ("豈豈", "豈豈"),
        ("John  SMITH", "John SMITH"),
        ("John\u{3000}SMITH", "John SMITH"),
        ("John\u{00A0}SMITH", "John SMITH"),
        ("Ｊｏｈｎ　ＳＭＩＴＨ", "John SMITH"),
        ("Anne-Marie O'Neill", "Anne-Marie O'Neill"),
        ("Anne－Marie O‘Neill", "Anne-Marie O'Neill"),
        ("Anne–Marie O’Neill", "Anne-Marie O'Neill"),
        ("Anne‑Marie O´Neill", "Anne-Marie O'Neill"),
        ("Anne-Marie O＇Neill", "Anne-Marie O'Neill"),
        ("Martin Luther King, Jr.", "Martin Luther King, Jr."),
        ("Martin Luther King， Jr．", "Martin Luther King, Jr."),
        ("José Núñez", "José Núñez"),
        ("Jose\u{0301} Nu\u{0301}n\u{0303}ez", "José Núñez"),
        ("Nguyê\u{0303}n Thi\u{0323}", "Nguyễn Thị"),
        ("J. R. Smith", "J. R. Smith"),
        ("null", "null"),
    ] {
        assert_eq!(person_name(typed).as_deref(), Ok(name), "{typed:?}");
    }
}

#[test]
fn a_character_that_is_no_part_of_a_name_is_named() {
    for (typed, refused) in [
        ("张三1", '1'),
        ("张三２", '２'),
        ("张٣三", '٣'),
        ("张*三", '*'),
        ("<b>张三", '<'),
        ("张三;", ';'),
        ("🙂🙂", '🙂'),
        ("Robert'); DROP", ')'),
        ("${7*7}", '$'),
        ("张\u{0301}三", '\u{0301}'),
        ("张三（小）", '（'),
        ("张 3", '3'),
        ("Jo_hn", '_'),
        ("ⅣⅤ", 'Ⅳ'),
        ("⽅三", '⽅'),
        ("张\u{E78D}三", '\u{E78D}'),
        ("张“三”", '“'),
    ] {
        assert_eq!(person_name(typed), Err(Fault::Character(refused)), "{typed}");
        assert_eq!(known_name(typed), Err(Fault::Character(refused)), "{typed}");
    }
}

#[test]
fn a_mark_in_a_wrong_place_is_named() {
    for (typed, mark) in
        [("·张三", '·'), ("张三·", '·'), ("张··三", '·'), ("-John", '-'), ("John -", '-'), ("John- Smith", '-'), ("John,", ',')]
    {
        assert_eq!(person_name(typed), Err(Fault::Misplaced(mark)), "{typed}");
    }
}

#[test]
fn a_blank_beside_a_chinese_character_is_asked_about_where_a_name_is_stored_and_no_matter_where_one_is_looked_up() {
    for (typed, (before, after), known) in [
        ("张 三", ('张', '三'), "张三"),
        ("张\u{3000}三丰", ('张', '三'), "张三丰"),
        ("张\u{E5E5}三", ('张', '三'), "张三"),
        ("张\u{00A0}\u{2003}三", ('张', '三'), "张三"),
        ("欧阳 修 之", ('阳', '修'), "欧阳修之"),
        ("阿卜杜拉 买买提", ('拉', '买'), "阿卜杜拉买买提"),
        ("李 John", ('李', 'J'), "李John"),
    ] {
        assert_eq!(person_name(typed), Err(Fault::Blank { before, after }), "{typed}");
        assert_eq!(known_name(typed).as_deref(), Ok(known), "{typed}");
    }
    assert_eq!(vouched_name("张\u{3000}\u{3000}三").as_deref(), Ok("张 三"));
    assert_eq!(vouched_name("张三").as_deref(), Ok("张三"));
    assert_eq!(vouched_name("<b>"), Err(Fault::Character('<')));
}

#[test]
fn a_name_has_two_to_fifty_characters() {
    assert_eq!(person_name("\u{200B} "), Err(Fault::Missing));
    assert_eq!(person_name("张"), Err(Fault::TooShort(2)));
    assert!(person_name(&"𠮷".repeat(50)).is_ok());
    assert_eq!(person_name(&"张".repeat(51)), Err(Fault::TooLong(50)));
}

#[test]
fn two_ways_to_write_a_name_are_the_same_name() {
    for (one, other) in [
        ("赵\u{E81E}", "赵\u{9FB4}"),
        ("赵\u{E816}", "赵\u{20087}"),
        ("赵\u{E855}", "赵𤇾"),
        ("赵\u{E863}", "赵䶮"),
        ("\u{E7C7}a", "m\u{0301}a"),
        ("豈豈", "\u{8C48}\u{8C48}"),
        ("张 三", "张三"),
        ("张\u{3000}三", "张\u{E5E5}三"),
        ("阿卜杜拉.买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉。买买提", "阿卜杜拉 • 买买提"),
        ("O’Neill", "O'Neill"),
        ("Anne–Marie", "Anne-Marie"),
        ("Ｊｏｓｅ\u{0301}", "José"),
        ("J. R. Smith", "J.R.Smith"),
        ("𠮷野\u{E0100}", "𠮷野"),
    ] {
        assert!(is_same_name(one, other), "{one:?} {other:?}");
    }
    for (one, other) in [
        ("赵吉", "赵𠮷"),
        ("张三", "张叁"),
        ("赵\u{E81E}", "赵\u{E826}"),
        ("Jose", "José"),
        ("阿卜杜拉买买提", "阿卜杜拉·买买提"),
        ("\u{FA0E}三", "\u{FA0F}三"),
    ] {
        assert!(!is_same_name(one, other), "{one:?} {other:?}");
    }
}
