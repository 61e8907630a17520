use super::*;

#[test]
fn one_stray_quote_refuses_its_own_line_and_swallows_nobody() {
    let table = read(include_bytes!("../../cases/d_unclosed.csv")).unwrap();
    let expected =
        [(2, "前面的人"), (3, "Quote"), (4, "后面甲"), (5, "后面乙"), (6, "后面丙"), (7, "后面丁"), (8, "后面戊"), (9, "后面己")];
    assert_eq!(names(&table), named(&expected));
    assert_eq!(passed(&table), [(Some(1), "表头")]);
}

/// Lines 2 to 5 below the headings, and what becomes of each.
#[test]
fn a_stray_quote_is_one_wherever_it_stands_and_whatever_closes_it() {
    let (first, third, fourth) = ((2, "甲"), (4, "丙"), (5, "丁"));
    for (lines, expected) in [
        // Closed by another stray one, at the same place two lines below.
        (["甲,1,,,x", "\"乙,2,,,x", "丙,3,,,x", "丁\",4,,,x"], vec![first, (3, "Quote"), third, (5, "丁\"")]),
        // Before each of the columns.
        (["甲,1,,,x", "乙,\"2,,,x", "丙,3,,,x", "丁,4,,,x"], vec![first, (3, "Quote"), third, fourth]),
        (["甲,1,,,x", "乙,2,,\"9,x", "丙,3,,,x", "丁,4,,,x"], vec![first, (3, "Quote"), third, fourth]),
        (["甲,1,,,x", "乙,2,,,\"x", "丙,3,,,x", "丁,4,,,x"], vec![first, (3, "Quote"), third, fourth]),
        // In the last column, closed in the first of the next line: more columns than headings.
        (["甲,1,,,x", "乙,2,,,\"x", "丙\",3,,,x", "丁,4,,,x"], vec![first, (3, "Quote"), (4, "丙\""), fourth]),
        // Two of them, each on its line; something behind the one that closes; in the last line of all.
        (["甲,1,,,x", "\"乙,2,,,x", "\"丙,3,,,x", "丁,4,,,x"], vec![first, (3, "Quote"), (4, "Quote"), fourth]),
        (["甲,1,,,x", "\"乙\"乙,2,,,x", "丙,3,,,x", "丁,4,,,x"], vec![first, (3, "Quote"), third, fourth]),
        (["甲,1,,,x", "乙,2,,,x", "丙,3,,,x", "\"丁,4,,,x"], vec![first, (3, "乙"), third, (5, "Quote")]),
        // Right ones: a separator, a mark and a line end within a cell.
        (["甲,1,,,x", "乙,2,,\"a\"\"b\",x", "\"丙\",\"3\",,,\"x\"", "丁,4,,\"a,b\",x"], vec![first, (3, "乙"), third, fourth]),
        (["甲,1,,,x", "乙,2,,\"2101", "-1\",x", "丁,4,,,x"], vec![first, (3, "乙"), fourth]),
    ] {
        let table = table(&format!("{HEADINGS}\n{}\n", lines.join("\n")));
        assert_eq!(names(&table), named(&expected), "{lines:?}");
    }
}

#[test]
fn lines_are_counted_as_a_spreadsheet_counts_however_they_end() {
    let old = read(include_bytes!("../../cases/a_cr_only2.csv")).unwrap();
    assert_eq!(names(&old), named(&[(2, "错"), (3, "没错的人")]));
    assert_eq!(old.lines[1].row.mobile, "13800015838");
    let lines = [HEADINGS, "甲,1,,,x", "", "乙,2,,,x", "", "", "丙,3,,,x"];
    for end in ["\r", "\n", "\r\n"] {
        for tail in ["", end] {
            let table = table(&format!("{}{tail}", lines.join(end)));
            assert_eq!(names(&table), named(&[(2, "甲"), (4, "乙"), (7, "丙")]), "{end:?}");
        }
    }
    let mixed = format!("{HEADINGS}\r\n甲,1,,,x\r乙,2,,,x\n丙,3,,,x");
    assert_eq!(names(&table(&mixed)), named(&[(2, "甲"), (3, "乙"), (4, "丙")]));
}

#[test]
fn whatever_separates_the_cells_is_understood_and_a_line_with_another_sign_is_told() {
    for separator in [",", "\t", ";", "，", "；", "|"] {
        let text = format!("{HEADINGS}\n甲,1,,2101,x\n乙,2,,,x\n").replace(',', separator);
        let table = table(&text);
        assert_eq!(names(&table), named(&[(2, "甲"), (3, "乙")]), "{separator}");
        assert_eq!(table.lines[0].row, row(["甲", "1", "", "2101", "x"]), "{separator}");
    }
    let mixed = format!("{HEADINGS}\n甲，1，，2101，x\n乙\t2\t\t\tx\n合计：2 人\n丙,1,,2101,x\n");
    assert_eq!(names(&table(&mixed)), named(&[(2, "Separator"), (3, "Separator"), (4, "合计：2 人"), (5, "丙")]));
    let spreadsheet = format!("sep=;\n{}\n甲;1;;;x\n", HEADINGS.replace(',', ";"));
    assert_eq!(names(&table(&spreadsheet)), named(&[(3, "甲")]));
}

#[test]
fn a_line_with_more_cells_than_headings_is_refused_and_empty_ones_at_its_end_are_nothing() {
    let table = table(&format!("{HEADINGS}\n甲,1,,21,01,x\n乙,2,,,x,,,\n丙,3,,,x,备注\n"));
    let told = |found| format!("{:?}", LegacyBreak::Columns { found, expected: 5 });
    assert_eq!(names(&table), [(2, told(6)), (3, "乙".into()), (4, told(6))]);
}

#[test]
fn marks_that_make_a_number_text_are_no_part_of_it() {
    for (written, read) in [
        ("=\"00012345\"", "00012345"),
        ("\"=\"\"00012345\"\"\"", "00012345"),
        ("'00012345", "00012345"),
        ("’辽2101", "’辽2101"),
        ("`00012345", "00012345"),
        ("\"\t00012345\"", "\t00012345"),
        ("'", "'"),
        ("=1+1", "=1+1"),
    ] {
        assert_eq!(table(&format!("{HEADINGS}\n甲,1,,{written},x\n")).lines[0].row.certificate, read, "{written}");
    }
}

#[test]
fn headings_are_understood_as_people_write_them() {
    for headings in [
        "财政局,原证书号,手机号,证件号码,姓名",
        "姓 名*,证件号码*,手机号,原证书号,财政局*",
        "*姓\u{3000}名,*证件号码（18位）,手机号（选填）,原证书号,财政局：",
        "姓名,身份证号,联系电话,证书编号,所属财政局",
        "序号,姓名,性别,身份证号码,手机,原证书编号,财政局名称,备注",
        "\u{FEFF}姓名,证件类型,证件号码,手机号,原证书号,财政局",
        "\"姓\n名\",\"证件\n号码\",手机号,原证书号,财政局",
    ] {
        assert_eq!(table(&format!("{headings}\n甲,1,1,1,1,1,1\n")).lines.len(), 1, "{headings}");
    }
    let titled = format!("沈阳市名单（2017年11月5日前）\n\n填表人：甲,,日期,,\n{HEADINGS}\n甲,1,,,x\n{HEADINGS}\n乙,2,,,x\n");
    let titled = table(&titled);
    assert_eq!(names(&titled), named(&[(5, "甲"), (7, "乙")]));
    let told = passed(&titled);
    assert_eq!(told.iter().map(|(line, _)| line.unwrap()).collect::<Vec<_>>(), [1, 3, 4, 6]);
    assert!(told[0].1.contains("沈阳市名单") && told[3].1 == "重复的表头", "{told:?}");
}

#[test]
fn where_no_headings_are_it_is_told_what_was_read_and_nobody_is_shown() {
    for (text, told) in [
        ("姓名,证件号码,原证书号,财政局\n", "第 1 行读到的表头是“姓名、证件号码、原证书号、财政局”，其中没有“手机号”"),
        ("名单\n姓名,号码,单位\n", "第 2 行读到的表头是“姓名、号码、单位”，其中没有“证件号码”“手机号”“原证书号”“财政局”"),
        ("姓名,姓名,证件号码,手机号,原证书号,财政局\n", "“姓名”出现了两次（第 1 列和第 2 列）"),
        ("姓名,身份证号,证件号,手机号,原证书号,财政局\n", "“证件号码”出现了两次（第 2 列和第 3 列）"),
        (
            "张三,430111199003079988,13912345678,1,210102\n",
            "读到的开头是：第 1 行“张三、******************、***********、1、******”",
        ),
        ("护照,E12345678\n", "第 1 行“护照、*********”"),
        ("\u{FFFD}\u{FFFD},\u{FFFD}\n", "没有读到表头"),
    ] {
        let message = message(text.as_bytes());
        assert!(message.contains(told) && !message.contains("9900307") && !message.contains("1391234"), "{told}: {message}");
    }
    assert!(message("姓名\n".as_bytes()).contains("表头应包含：姓名、证件号码、手机号、原证书号、财政局"));
}

#[test]
fn the_row_of_the_template_is_passed_over_and_lines_with_notes_alone_are_told() {
    let sample = "示例姓名,11010519491231002X,13800000000,00012345,210102,";
    let table = table(&format!("{HEADINGS},备注\n{sample}\n甲,1,,,x\n,,,,,以上 1 人\n"));
    assert_eq!(names(&table), named(&[(3, "甲")]));
    assert_eq!(passed(&table)[1..], [(Some(2), "模板中的示例行，不导入"), (Some(4), "各列均为空，只有其他内容“以上 1 人”")]);
}

#[test]
fn a_wide_table_and_one_with_long_cells_do_no_harm() {
    let wide = ",".repeat(200);
    let wide = table(&format!("{HEADINGS}{wide}\n甲,1,,,x{wide}y\n"));
    assert_eq!(names(&wide), named(&[(2, "甲")]));
    let long = "长".repeat(100_000);
    assert_eq!(table(&format!("{HEADINGS}\n{long},1,,,x\n")).lines[0].row.name.chars().count(), 200);
}
