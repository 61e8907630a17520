//! What a keeper writes as Markdown, drawn for readers: nothing in it runs, comes from another site or leads where no page of ours leads.
//! It is drawn whenever it is read, so that what is learnt about the web later holds for old texts too.

use std::collections::HashSet;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// What may be left of it.
const TAGS: [&str; 25] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];
/// Elements within each other; what is deeper loses its form and keeps its words.
const DEEPEST: usize = 24;

/// Where the files of the texts of a province lie.
pub(super) fn files_of(province: &str) -> String {
    format!("/{province}/text-files/")
}

/// A text as HTML.
pub(super) fn drawn(markdown: &str, province: &str) -> String {
    let own = files_of(province);
    let mut html = String::with_capacity(markdown.len() * 2);
    pulldown_cmark::html::push_html(&mut html, Kept::new(Parser::new_ext(markdown, Options::ENABLE_TABLES), &own));
    // The second look is of another hand than the first: it reads as a browser does.
    let set = |words: &[&'static str]| words.iter().copied().collect::<HashSet<_>>();
    let mut cleaner = ammonia::Builder::default();
    cleaner
        .tags(set(&TAGS))
        .tag_attributes([("a", set(&["href"])), ("img", set(&["src", "alt"])), ("ol", set(&["start"]))].into_iter().collect())
        .generic_attributes(HashSet::new())
        .url_schemes(set(&["http", "https", "mailto", "tel"]))
        .link_rel(Some("external noopener noreferrer"))
        .attribute_filter(move |element, attribute, value| match (element, attribute) {
            ("img", "src") if !is_file(value, &own) => None,
            ("a", "href") if !is_followed(value) => None,
            _ => Some(value.into()),
        });
    cleaner.clean(&html).to_string()
}

/// The words of a text, for the search.
pub(super) fn words(markdown: &str) -> String {
    let mut words = String::with_capacity(markdown.len());
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => words.push_str(&text),
            _ => words.push(' '),
        }
    }
    words
}

/// A picture that was uploaded here.
fn is_file(address: &str, own: &str) -> bool {
    address
        .strip_prefix(own)
        .is_some_and(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
}

/// An address that a reader may be led to: of this site by its path, of another one, a telephone or a mailbox.
fn is_followed(address: &str) -> bool {
    let lower = address.trim().to_ascii_lowercase();
    let is_own = lower.starts_with('/') && !lower[1..].starts_with(['/', '\\']);
    is_own || ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| lower.starts_with(scheme))
}

/// The events of a text without what is not for readers.
struct Kept<'a, I> {
    events: I,
    own: &'a str,
    /// Of each element that is open, whether it was kept.
    open: Vec<bool>,
}

impl<'a, I> Kept<'a, I> {
    fn new(events: I, own: &'a str) -> Self {
        Self { events, own, open: Vec::new() }
    }

    fn opened<'t>(&mut self, tag: Tag<'t>) -> Option<Event<'t>> {
        let is_kept = self.open.len() < DEEPEST
            && match &tag {
                Tag::Image { dest_url, .. } => is_file(dest_url, self.own),
                Tag::Link { dest_url, .. } => is_followed(dest_url),
                _ => true,
            };
        self.open.push(is_kept);
        is_kept.then(|| Event::Start(below(tag)))
    }
}

impl<'t, I: Iterator<Item = Event<'t>>> Iterator for Kept<'_, I> {
    type Item = Event<'t>;

    fn next(&mut self) -> Option<Event<'t>> {
        loop {
            let kept = match self.events.next()? {
                Event::Start(tag) => self.opened(tag),
                Event::End(tag) => self.open.pop().unwrap_or(false).then(|| Event::End(end_below(tag))),
                // What looks like a page of the web is only words.
                Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
                // Each line as it was typed.
                Event::SoftBreak => Some(Event::HardBreak),
                other => Some(other),
            };
            if kept.is_some() {
                return kept;
            }
        }
    }
}

/// The title of the page is above all headings of the text.
fn below(tag: Tag<'_>) -> Tag<'_> {
    match tag {
        Tag::Heading { level, .. } => Tag::Heading { level: lower(level), id: None, classes: Vec::new(), attrs: Vec::new() },
        // Only words are in it.
        Tag::HtmlBlock => Tag::Paragraph,
        Tag::Link { link_type, dest_url, .. } => {
            Tag::Link { link_type, dest_url, title: CowStr::Borrowed(""), id: CowStr::Borrowed("") }
        }
        other => other,
    }
}

fn end_below(tag: TagEnd) -> TagEnd {
    match tag {
        TagEnd::Heading(level) => TagEnd::Heading(lower(level)),
        TagEnd::HtmlBlock => TagEnd::Paragraph,
        other => other,
    }
}

const fn lower(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H2,
        HeadingLevel::H2 => HeadingLevel::H3,
        HeadingLevel::H3 => HeadingLevel::H4,
        HeadingLevel::H4 => HeadingLevel::H5,
        HeadingLevel::H5 | HeadingLevel::H6 => HeadingLevel::H6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_drawn_with_headings_below_the_title_and_each_line_as_typed() {
        let html = drawn(
            "# 第一条\n第一行\n第二行\n\n* 甲\n* 乙\n\n|列|\n|--|\n|格|\n\n**重** [网页](https://www.mof.gov.cn/) [本站](/hunan/login)",
            "hunan",
        );
        for part in [
            "<h2>第一条</h2>",
            "第一行<br>",
            "<li>甲</li>",
            "<td>格</td>",
            "<strong>重</strong>",
            "<a href=\"https://www.mof.gov.cn/\" rel=\"external noopener noreferrer\">网页</a>",
            "<a href=\"/hunan/login\" rel=\"external noopener noreferrer\">本站</a>",
        ] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
        assert!(drawn("![图](/hunan/text-files/0a-1b)", "hunan").contains("<img src=\"/hunan/text-files/0a-1b\" alt=\"图\">"));
    }

    #[test]
    fn nothing_in_a_text_runs_or_comes_from_elsewhere() {
        for hostile in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "a <svg onload=alert(1)> b",
            "<style>*{display:none}</style>",
            "<iframe src=//evil.example></iframe>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](&#106;avascript:alert(1))",
            "[x](java\tscript:alert(1))",
            "[x](vbscript:msgbox(1))",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "[x](//evil.example/)",
            "[x](/\\evil.example/)",
            "<javascript:alert(1)>",
            "![x](https://evil.example/count.png)",
            "![x](data:image/svg+xml;base64,PHN2Zz4=)",
            "![x](//evil.example/x.png)",
            "![x](/hunan/text-files/../../hunan/captcha.png)",
            "![x](/hubei/text-files/1)",
            "![x](/hunan/files/1)",
            "[![x](https://evil.example/x.png)](javascript:alert(1))",
            "[x][1]\n\n[1]: javascript:alert(1)",
            "```\"><script>alert(1)</script>\nx\n```",
            "<div onclick='alert(1)'>\n\n**x**\n\n</div>",
            "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
            "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        ] {
            let html = drawn(hostile, "hunan");
            let mut rest = html.as_str();
            while let Some(at) = rest.find('<') {
                let tag = &rest[at..rest[at..].find('>').map_or(rest.len(), |end| at + end + 1)];
                let name: String = tag[1..].trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
                assert!(TAGS.contains(&name.as_str()), "{hostile:?} left {tag} in {html}");
                for bad in ["javascript", "vbscript", "data:", "evil", " on", "style", "captcha", "hubei", "/files/"] {
                    assert!(!tag.to_lowercase().contains(bad), "{hostile:?} left {tag} in {html}");
                }
                rest = &rest[at + tag.len()..];
            }
        }
    }

    #[test]
    fn however_deep_a_text_nests_it_is_drawn_and_its_words_are_there() {
        for deep in [
            "> ".repeat(8_000) + "末",
            "* ".repeat(8_000) + "末",
            "[".repeat(18_000) + "末",
            "**".repeat(9_000) + "末",
            "_a".repeat(9_000) + "末",
        ] {
            let html = drawn(&deep, "hunan");
            assert!(html.contains('末'), "{}", html.len());
            assert!(html.matches("<blockquote>").count() <= DEEPEST && html.matches("<ul>").count() <= DEEPEST);
        }
    }
}
