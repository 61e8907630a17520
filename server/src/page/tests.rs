use super::*;

fn quoted(text: &str) -> String {
    let mut page = String::new();
    quote(&mut page, text);
    page
}

#[test]
fn nothing_that_was_typed_ends_the_string_the_line_or_the_script() {
    let quoted = quoted("a'b\\c</script><!--\n\r\u{0}\u{7f}\"");
    assert_eq!(quoted, r#"'a\x27b\\c\x3c/script>\x3c!--\x0a\x0d\x00\x7f"'"#);
}

/// What a browser reads of a string that has no escapes but these.
fn read(quoted: &str) -> String {
    let mut pieces = quoted.strip_prefix('\'').unwrap().strip_suffix('\'').unwrap().split('\\');
    let mut text = pieces.next().unwrap().to_owned();
    while let Some(piece) = pieces.next() {
        match piece.strip_prefix('x') {
            Some(rest) => {
                text.push(char::from(u8::from_str_radix(&rest[..2], 16).unwrap()));
                text.push_str(&rest[2..]);
            }
            // Two of them are one.
            None => {
                assert_eq!(piece, "");
                text.push('\\');
                text.push_str(pieces.next().unwrap());
            }
        }
    }
    text
}

#[test]
fn every_text_is_read_as_it_was_written() {
    let all: String = ('\u{0}'..='\u{2100}').chain("测试𠀀👩‍💻\u{2028}\u{2029}\u{feff}".chars()).collect();
    for text in ["", "{\"name\":\"张三\"}", "\\x3c", "\\\\", "'", all.as_str()] {
        assert_eq!(read(&quoted(text)), text);
    }
}

#[test]
fn the_data_of_a_page_stands_under_the_numbers_that_the_program_looks_for() {
    let mut page = "<html></html>".to_owned();
    let data = vec![(Id::new(0), "{\"a\":\"<b>\"}".to_owned()), (Id::new(3), "1".to_owned())];
    write_data(&mut page, None, data, Vec::new());
    let script = "<script>__RESOLVED_RESOURCES=[];__SERIALIZED_ERRORS=[];__INCOMPLETE_CHUNKS=[];\
        __RESOLVED_RESOURCES[0]='{\"a\":\"\\x3cb>\"}';__RESOLVED_RESOURCES[3]='1';</script>";
    assert_eq!(page, format!("<html></html>{script}"));
}
