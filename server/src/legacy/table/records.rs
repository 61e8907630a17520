//! Separated text: which sign separates the cells, and where a record ends. A quotation mark that somebody left behind must not
//! swallow the people below it, so that a record over several lines is believed only when those lines hold no more cells
//! than the headings do.

use anyhow::{bail, ensure};
use domain::account::legacy::LegacyBreak;
use domain::text::tidy;

use super::headings::{self, SEARCHED};
use super::{Cell, Line, MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Room, Sheet, Spec, plain};

/// What separates cells, the likeliest first.
const SEPARATORS: [char; 6] = [',', '\t', ';', '，', '；', '|'];
/// The most lines of one record.
const MAX_SPAN: usize = 20;

/// The lines of a text below headings, with whatever sign they are separated by.
///
/// # Errors
/// What was read where headings are expected.
pub(super) fn read(text: &str, spec: &Spec) -> anyhow::Result<Sheet> {
    let lines = filled(text)?;
    let head = &lines[..lines.len().min(SEARCHED + MAX_SPAN)];
    let mut best: Option<headings::Unread> = None;
    for separator in SEPARATORS {
        let most = head.iter().map(|(_, line)| line.matches(separator).count()).max().unwrap_or(0);
        match headings::find(&records(head, separator, most + 1), spec) {
            Ok(found) => {
                // Of a very wide table not all headings were read.
                let width = if found.width < MAX_COLUMNS { found.width } else { most + 1 };
                has_room(&lines, separator, MAX_CELLS)?;
                let mut lines = records(&lines, separator, width);
                let headings = headings::find(&lines, spec).unwrap_or(found);
                for line in lines.iter_mut().skip(headings.last + 1) {
                    judge(line, separator, width);
                }
                return Ok(Sheet { lines, headings, merged: Vec::new(), passed: Vec::new() });
            }
            Err(unread) if best.as_ref().is_none_or(|best| unread.hits > best.hits) => best = Some(unread),
            Err(_) => {}
        }
    }
    bail!("{}", best.map(|unread| unread.why).unwrap_or_default())
}

/// The lines in which something stands, each with its number. They end with CR, LF or both, as whoever wrote them liked.
fn filled(text: &str) -> anyhow::Result<Vec<(u64, &str)>> {
    let mut lines = Vec::new();
    let (mut rest, mut number) = (text, 0);
    while !rest.is_empty() {
        let end = rest.find(['\r', '\n']).unwrap_or(rest.len());
        let (line, after) = rest.split_at(end);
        rest = after.strip_prefix("\r\n").or_else(|| after.strip_prefix(['\r', '\n'])).unwrap_or(after);
        number += 1;
        if !line.trim().is_empty() {
            ensure!(lines.len() <= MAX_ROWS, "超过 {MAX_ROWS} 行，请分成几个文件");
            lines.push((number, line));
        }
    }
    Ok(lines)
}

fn records(lines: &[(u64, &str)], separator: char, width: usize) -> Vec<Line> {
    let mut records = Vec::new();
    let mut at = 0;
    while let Some((number, first)) = lines.get(at) {
        let record = Record::read(&lines[at..], separator).filter(|record| {
            let spanned = lines[at..at + record.lines].iter().map(|(_, line)| line.matches(separator).count());
            record.lines == 1 || spanned.sum::<usize>() < width
        });
        let (line, used) = match record {
            Some(record) => {
                let broken = record.beyond(width);
                (Line { number: *number, cells: record.cells, broken }, record.lines)
            }
            None => {
                let cells = vec![Cell { text: first.chars().take(MAX_CELL).collect::<String>().into(), known: None }];
                (Line { number: *number, cells, broken: Some(LegacyBreak::Quote) }, 1)
            }
        };
        records.push(line);
        at += used;
    }
    records
}

/// A line of which only one cell was read, while another sign would give as many as the headings have.
fn judge(line: &mut Line, separator: char, width: usize) {
    let [cell] = &line.cells[..] else { return };
    let wanted = width.saturating_sub(1).clamp(1, 4);
    let others = SEPARATORS.iter().filter(|other| **other != separator);
    if line.broken.is_none() && others.clone().any(|other| cell.text.matches(*other).count() >= wanted) {
        line.broken = Some(LegacyBreak::Separator);
    }
}

/// The cells of a record.
#[derive(Default)]
struct Record {
    cells: Vec<Cell>,
    lines: usize,
    /// How many cells there are up to the last one in which something stands.
    filled: usize,
    found: usize,
}

impl Record {
    /// `None` where a quotation mark is not closed, or something stands behind the one that closes it.
    fn read(lines: &[(u64, &str)], separator: char) -> Option<Self> {
        let mut record = Self { lines: 1, ..Self::default() };
        let mut rest = lines.first()?.1;
        loop {
            rest = match rest.trim_start_matches(' ').strip_prefix('"') {
                None => {
                    let end = rest.find(separator).unwrap_or(rest.len());
                    record.push(&rest[..end]);
                    &rest[end..]
                }
                Some(inner) => {
                    let (text, after) = record.quoted(inner, lines)?;
                    record.push(&text);
                    after.trim_start_matches(' ')
                }
            };
            match rest.strip_prefix(separator) {
                Some(next) => rest = next,
                None if rest.trim().is_empty() => return Some(record),
                None => return None,
            }
        }
    }

    /// The text up to the mark that closes it, over as many lines as it takes, and what follows.
    fn quoted<'a>(&mut self, mut rest: &'a str, lines: &[(u64, &'a str)]) -> Option<(String, &'a str)> {
        let mut text = String::new();
        loop {
            match rest.find('"') {
                Some(at) => {
                    text.push_str(&rest[..at]);
                    rest = &rest[at + 1..];
                    match rest.strip_prefix('"') {
                        Some(after) => {
                            text.push('"');
                            rest = after;
                        }
                        None => return Some((text, rest)),
                    }
                }
                None => {
                    text.push_str(rest);
                    text.push('\n');
                    rest = lines.get(self.lines).filter(|_| self.lines < MAX_SPAN)?.1;
                    self.lines += 1;
                }
            }
        }
    }

    fn push(&mut self, text: &str) {
        self.found += 1;
        if !tidy(&text.chars().take(MAX_CELL).collect::<String>()).is_empty() {
            self.filled = self.found;
        }
        if self.cells.len() < MAX_COLUMNS {
            self.cells.push(Cell { text: plain(text).into(), known: None });
        }
    }

    /// More cells than headings: a separator stands within a cell, and what follows it is in the wrong column.
    fn beyond(&self, width: usize) -> Option<LegacyBreak> {
        (self.filled > width).then_some(LegacyBreak::Columns { found: self.filled, expected: width })
    }
}

/// Whether the lines are no more cells than there may be, as a sign would separate them.
fn has_room(lines: &[(u64, &str)], separator: char, most: usize) -> anyhow::Result<()> {
    let mut room = Room(most);
    for (_, line) in lines {
        room.take((line.matches(separator).count() + 1).min(MAX_COLUMNS))?;
    }
    Ok(())
}

/// What is found in the lines of a text as one sign after the other would separate them: which of them is meant, whoever looks for
/// headings finds out.
///
/// # Errors
/// For more lines or cells than are taken.
pub(super) fn either_way<T>(text: &str, most: usize, find: impl Fn(Vec<Line>) -> Option<T>) -> anyhow::Result<Option<T>> {
    let lines = filled(text)?;
    for separator in SEPARATORS {
        has_room(&lines, separator, most)?;
        let width = lines.iter().map(|(_, line)| line.matches(separator).count()).max().unwrap_or(0) + 1;
        if let Some(found) = find(records(&lines, separator, width)) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}
