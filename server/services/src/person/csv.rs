//! The people file (CONTRACTS.md, Files): decoding, header, rows, and everything that can be wrong with them.

use super::day;
use crate::import::{ImportError, ImportProblem};
use chrono::{Days, NaiveDate};
use std::collections::HashMap;

const MOST_BYTES: usize = 32 * 1024 * 1024;
const MOST_ROWS: usize = 50_000;
const MOST_PROBLEMS: usize = 200;
const MOST_LETTERS: usize = 100;

/// One row: one post of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub line: u64,
    pub staff_no: String,
    pub name: String,
    pub kana: String,
    pub unit_code: String,
    pub unit_name: String,
    pub title: String,
    pub main: bool,
    pub from_on: Option<NaiveDate>,
    /// The day after the last; the file names the last.
    pub until_on: Option<NaiveDate>,
    pub employment: String,
    pub email: Option<String>,
    pub extension: Option<String>,
}

/// Column names: Japanese, English, and whether the file must have it.
const COLUMNS: [(&str, &str, Need); 12] = [
    ("職員番号", "staff_no", Need::Must),
    ("氏名", "name", Need::Must),
    ("カナ", "kana", Need::Must),
    ("所属コード", "unit_code", Need::Must),
    ("所属名", "unit_name", Need::Must),
    ("役職", "title", Need::May),
    ("本務兼務", "post", Need::May),
    ("発令日", "from", Need::May),
    ("終了日", "to", Need::May),
    ("任用区分", "employment", Need::May),
    ("メール", "email", Need::May),
    ("内線", "extension", Need::May),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    Must,
    May,
}

/// Reads the whole file.
///
/// # Errors
/// Everything that is wrong, at most 200 problems.
pub fn read(file: &[u8]) -> Result<Vec<Row>, Vec<ImportProblem>> {
    let text = decode(file).map_err(|what| vec![ImportProblem::file(what)])?;
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| vec![syntax(&error)])?.clone();
    let places = columns(&header)?;
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    for record in reader.records() {
        match record {
            Ok(record) if record.iter().all(|field| field.trim().is_empty()) => {}
            Ok(record) => rows.extend(row(&record, &places, &mut problems)),
            Err(error) => problems.push(syntax(&error)),
        }
        if rows.len() > MOST_ROWS {
            return Err(vec![ImportProblem::file(ImportError::TooManyRows { limit: MOST_ROWS })]);
        }
        if problems.len() >= MOST_PROBLEMS {
            return Err(problems);
        }
    }
    contradictions(&rows, &mut problems);
    if rows.is_empty() && problems.is_empty() {
        problems.push(ImportProblem::file(ImportError::Empty));
    }
    if problems.is_empty() { Ok(rows) } else { Err(problems) }
}

/// Byte order mark, then strict UTF-8, then CP932 (`research/japan.md` §6.3).
fn decode(file: &[u8]) -> Result<String, ImportError> {
    if file.len() > MOST_BYTES {
        return Err(ImportError::TooBig { limit_mb: MOST_BYTES / 1024 / 1024 });
    }
    if file.starts_with(b"\xFF\xFE") || file.starts_with(b"\xFE\xFF") || file.contains(&0) {
        return Err(ImportError::Encoding);
    }
    let file = file.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file);
    if let Ok(text) = std::str::from_utf8(file) {
        return Ok(text.to_owned());
    }
    encoding_rs::SHIFT_JIS.decode_without_bom_handling_and_without_replacement(file).map(std::borrow::Cow::into_owned).ok_or(ImportError::Encoding)
}

fn syntax(error: &csv::Error) -> ImportProblem {
    let line = error.position().map_or(1, csv::Position::line);
    ImportProblem::at(line, "", "", ImportError::Syntax { message: error.to_string() })
}

/// Where each column stands.
fn columns(header: &csv::StringRecord) -> Result<HashMap<&'static str, usize>, Vec<ImportProblem>> {
    let found: Vec<String> = header.iter().map(|column| column.trim().to_owned()).collect();
    let mut places = HashMap::new();
    let mut problems = Vec::new();
    for (japanese, english, need) in COLUMNS {
        match found.iter().position(|column| column == japanese || column.eq_ignore_ascii_case(english)) {
            Some(at) => drop(places.insert(english, at)),
            None if need == Need::Must => {
                let found = found.iter().map(|column| column.chars().take(20).collect()).take(20).collect();
                problems.push(ImportProblem::at(1, japanese, "", ImportError::MissingColumn { found }));
            }
            None => {}
        }
    }
    if problems.is_empty() { Ok(places) } else { Err(problems) }
}

fn row(record: &csv::StringRecord, places: &HashMap<&'static str, usize>, problems: &mut Vec<ImportProblem>) -> Option<Row> {
    let line = record.position().map_or(0, csv::Position::line);
    let before = problems.len();
    let mut field = |english: &'static str| {
        let (japanese, _, need) = COLUMNS.into_iter().find(|column| column.1 == english).unwrap_or(("", "", Need::May));
        let value = places.get(english).and_then(|at| record.get(*at)).unwrap_or_default().trim().to_owned();
        if value.is_empty() && need == Need::Must {
            problems.push(ImportProblem::at(line, japanese, "", ImportError::Empty));
        }
        if value.chars().count() > MOST_LETTERS {
            problems.push(ImportProblem::at(line, japanese, &value, ImportError::TooLong { limit: MOST_LETTERS }));
        }
        value
    };
    let (staff_no, name, kana) = (field("staff_no"), field("name"), field("kana"));
    let (unit_code, unit_name, title) = (field("unit_code"), field("unit_name"), field("title"));
    let (post, from, to) = (field("post"), field("from"), field("to"));
    let (employment, email, extension) = (field("employment"), field("email"), field("extension"));
    let main = match post.as_str() {
        "" | "本務" | "main" | "primary" => true,
        "兼務" | "concurrent" | "secondary" => false,
        other => {
            problems.push(ImportProblem::at(
                line,
                "本務兼務",
                other,
                ImportError::UnknownWord { known: vec!["本務".into(), "兼務".into(), "main".into(), "concurrent".into()] },
            ));
            true
        }
    };
    let from_on = date(line, "発令日", &from, problems);
    let until_on = date(line, "終了日", &to, problems).map(|last| last + Days::new(1));
    if from_on.zip(until_on).is_some_and(|(from, until)| until <= from) {
        problems.push(ImportProblem::at(line, "終了日", &to, ImportError::EndsBeforeItBegins));
    }
    let some = |text: String| (!text.is_empty()).then_some(text);
    let row =
        Row { line, staff_no, name, kana, unit_code, unit_name, title, main, from_on, until_on, employment, email: some(email), extension: some(extension) };
    (problems.len() == before).then_some(row)
}

fn date(line: u64, column: &str, text: &str, problems: &mut Vec<ImportProblem>) -> Option<NaiveDate> {
    if text.is_empty() {
        return None;
    }
    let read = day::parse(text);
    if read.is_none() {
        problems.push(ImportProblem::at(line, column, text, ImportError::Date));
    }
    read
}

/// Rows of one person must name one person; one unit code must name one unit; nobody holds one post twice at once.
fn contradictions(rows: &[Row], problems: &mut Vec<ImportProblem>) {
    let mut people: HashMap<&str, &Row> = HashMap::new();
    let mut units: HashMap<&str, &Row> = HashMap::new();
    let mut posts: HashMap<(&str, &str), Vec<&Row>> = HashMap::new();
    for row in rows {
        let first = *people.entry(&row.staff_no).or_insert(row);
        if first.name != row.name || first.kana != row.kana {
            problems.push(ImportProblem::at(row.line, "氏名", &row.name, ImportError::Contradiction));
        }
        let unit = *units.entry(&row.unit_code).or_insert(row);
        if unit.unit_name != row.unit_name {
            problems.push(ImportProblem::at(row.line, "所属名", &row.unit_name, ImportError::Contradiction));
        }
        let same = posts.entry((&row.staff_no, &row.unit_code)).or_default();
        let overlap = |other: &&&Row| {
            let starts_before_end = |from: Option<NaiveDate>, until: Option<NaiveDate>| from.zip(until).is_none_or(|(from, until)| from < until);
            starts_before_end(row.from_on, other.until_on) && starts_before_end(other.from_on, row.until_on)
        };
        if let Some(first) = same.iter().find(overlap) {
            problems.push(ImportProblem::at(
                row.line,
                "職員番号",
                &row.staff_no,
                ImportError::Duplicate { first: format!("{}行目 / line {}", first.line, first.line) },
            ));
        }
        same.push(row);
        if problems.len() >= MOST_PROBLEMS {
            return;
        }
    }
}
