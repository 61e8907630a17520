//! Where the headings stand, and in which column each: titles and notes stand above them, and people write them in many ways.

use domain::text::{half_width, tidy};

use super::{Line, Spec, excerpt};

/// So many lines from the top headings are looked for.
pub(super) const SEARCHED: usize = 30;

/// The lines with the headings, and the columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Headings {
    /// The place of the first line with headings among the lines.
    pub first: usize,
    /// The place of the last; a heading may be divided below.
    pub last: usize,
    /// Where each column of what is looked for stands.
    pub columns: Vec<Option<usize>>,
    /// How many cells the line has.
    pub width: usize,
    texts: Vec<String>,
}

/// Why no headings were found, and how many of them at best.
#[derive(Debug)]
pub(super) struct Unread {
    pub hits: usize,
    pub why: String,
}

/// Looks through the first lines.
///
/// # Errors
/// What was read in the place of the headings.
pub(super) fn find(lines: &[Line], spec: &Spec) -> Result<Headings, Unread> {
    let head = &lines[..lines.len().min(SEARCHED)];
    let mut best: Option<Unread> = None;
    for (at, line) in head.iter().enumerate() {
        let texts = texts(line);
        match columns(line, &texts, spec) {
            Ok(columns) => return Ok(Headings { first: at, last: at, columns, width: texts.len(), texts }),
            Err(unread) if unread.hits > best.as_ref().map_or(0, |best| best.hits) => best = Some(unread),
            Err(_) => {}
        }
    }
    for (at, pair) in head.windows(2).enumerate() {
        let [upper, lower] = pair else { continue };
        let texts = over(&texts(upper), lower);
        if let Ok(columns) = columns(upper, &texts, spec) {
            return Ok(Headings { first: at, last: at + 1, columns, width: texts.len(), texts });
        }
    }
    Err(best.unwrap_or_else(|| Unread { hits: 0, why: nothing(head, spec) }))
}

impl Headings {
    /// Whether a line is the headings once more, as at the top of each printed page.
    pub fn are_repeated(&self, line: &Line) -> bool {
        let texts = texts(line);
        self.columns.iter().flatten().all(|at| texts.get(*at).is_some_and(|text| Some(text) == self.texts.get(*at)))
    }
}

/// What is expected, for whoever made the file.
pub(super) fn expected(spec: &Spec) -> String {
    let of = |is_needed: bool| {
        let words = spec.columns.iter().filter(|column| column.is_needed == is_needed).map(|column| column.heading);
        words.collect::<Vec<_>>()
    };
    let (needed, beside) = (of(true).join("、"), of(false).join("”“"));
    let beside = if beside.is_empty() { String::new() } else { format!("，也可以另有“{beside}”一列") };
    format!("表头应包含：{needed}，各占一列，次序不限{beside}{}", spec.hint)
}

fn nothing(head: &[Line], spec: &Spec) -> String {
    let read = head.iter().map(|line| (line.number, excerpt(&line.cells))).filter(|(_, text)| !text.is_empty());
    let read: Vec<_> = read.take(3).map(|(number, text)| format!("第 {number} 行“{text}”")).collect();
    if read.is_empty() {
        return format!("没有读到任何内容。{}", expected(spec));
    }
    format!("前 {SEARCHED} 行中没有读到表头，读到的开头是：{}。{}", read.join("，"), expected(spec))
}

fn texts(line: &Line) -> Vec<String> {
    if line.broken.is_some() { Vec::new() } else { line.cells.iter().map(|cell| bare(&cell.text)).collect() }
}

/// A heading over two lines, the lower of which divides it.
fn over(upper: &[String], lower: &Line) -> Vec<String> {
    let mut joined = texts(lower);
    joined.resize(joined.len().max(upper.len()), String::new());
    for (text, upper) in joined.iter_mut().zip(upper) {
        if text.is_empty() {
            text.clone_from(upper);
        }
    }
    joined
}

/// A heading without blanks, stars, colons and what stands in brackets.
fn bare(text: &str) -> String {
    let mut depth = 0_u32;
    let mut kept = String::new();
    for c in half_width(&tidy(text)).chars() {
        match c {
            '(' | '[' | '【' | '〔' | '<' => depth += 1,
            ')' | ']' | '】' | '〕' | '>' => depth = depth.saturating_sub(1),
            '*' | ':' | '★' | '※' | '"' | '“' | '”' => {}
            c if depth == 0 && !c.is_whitespace() => kept.push(c),
            _ => {}
        }
    }
    kept
}

fn columns(line: &Line, texts: &[String], spec: &Spec) -> Result<Vec<Option<usize>>, Unread> {
    let places = |is: &dyn Fn(&str) -> bool| -> Vec<usize> {
        texts.iter().enumerate().filter(|(_, text)| is(text)).map(|(at, _)| at).collect()
    };
    let (mut columns, mut missing, mut twice) = (Vec::new(), Vec::new(), None);
    for column in spec.columns {
        let wanted = column.heading;
        let exact = places(&|text| text == wanted);
        let found = if exact.is_empty() { places(&|text| column.words.contains(&text)) } else { exact };
        match found[..] {
            [] if column.is_needed => missing.push(wanted),
            [_, second, ..] => twice = Some((wanted, found[0], second)),
            _ => {}
        }
        columns.push(found.first().copied());
    }
    let hits = columns.iter().flatten().count();
    let read = excerpt(&line.cells);
    let number = line.number;
    if !missing.is_empty() {
        let lacking = missing.join("”“");
        return Err(Unread {
            hits, why: format!("第 {number} 行读到的表头是“{read}”，其中没有“{lacking}”。{}", expected(spec))
        });
    }
    if let Some((wanted, first, second)) = twice {
        let (first, second) = (first + 1, second + 1);
        let why = format!("第 {number} 行的表头中，“{wanted}”出现了两次（第 {first} 列和第 {second} 列），请只保留一列");
        return Err(Unread { hits, why });
    }
    Ok(columns)
}
