//! 内線表: what a search in the house's book finds, and in which order. Whoever answers a ringing telephone types two letters and
//! takes the first row, so the order is a rule and not a matter of taste.

use crate::person::{SearchKey, fold};

/// What a row of the book is. The order is that of rows which answer equally well: a shared number is answered more surely.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowKind {
    /// 代表番号.
    Main,
    /// 課の番号.
    Section,
    /// A person.
    Person,
}

/// A row as a search sees it.
#[derive(Clone, Copy, Debug)]
pub struct BookKey<'a> {
    /// What it is.
    pub kind: RowKind,
    /// Folded parts (name, reading, staff number, sections, tasks), a space between them, the name first.
    pub parts: &'a str,
    /// Its numbers, digits only: 内線 first.
    pub numbers: &'a [String],
}

/// The parts of a person: what people search finds them by, and the family name by itself, so that 森 is exactly 森 一郎.
#[must_use]
pub fn person_parts(name: &str, kana: &str, key: &SearchKey) -> String {
    let family = |text: &str| text.split_whitespace().next().map(fold).unwrap_or_default();
    format!("{} {} {}", family(name), family(kana), key.0)
}

/// The parts of a section: its name and its tasks (業務), each a part without spaces inside, so that 国民健康保険 is found by itself.
#[must_use]
pub fn section_parts(name: &str, tasks: &[String]) -> String {
    let parts = std::iter::once(fold(name)).chain(tasks.iter().map(|task| fold(task).replace(' ', "")));
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// How a row answers a query; smaller is better. What is told by numbers goes before what is told by letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// It has exactly that number.
    Number,
    /// A part is exactly the first word: 森 before 森田.
    Word,
    /// A part begins with the first word: さとう before まさと.
    Begins,
    /// A number begins so.
    NumberBegins,
    /// The words are somewhere.
    Inside,
}

/// A query, read once for all rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookQuery {
    words: Vec<String>,
    /// The digits, where nothing but a number was typed.
    number: Option<String>,
}

impl BookQuery {
    /// Reads what was typed, in any width and script.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let folded = fold(typed);
        let number = folded.chars().filter(|letter| !" -.()+".contains(*letter)).collect::<String>();
        let is_number = !number.is_empty() && number.chars().all(|letter| letter.is_ascii_digit() || letter == '*' || letter == '#');
        Self { words: folded.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect(), number: is_number.then_some(number) }
    }

    /// Whether nothing was typed.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How a row answers; `None` when it does not. An empty query finds nothing.
    #[must_use]
    pub fn find(&self, row: &BookKey<'_>) -> Option<Match> {
        if let Some(number) = &self.number {
            let found =
                row.numbers.iter().filter_map(|own| if own == number { Some(Match::Number) } else { own.starts_with(number).then_some(Match::NumberBegins) });
            if let Some(found) = found.min() {
                return Some(found);
            }
        }
        let first = self.words.first()?;
        let held = |word: &String| row.parts.contains(word.as_str()) || row.numbers.iter().any(|number| number == word);
        if !self.words.iter().all(held) {
            return None;
        }
        let parts = || row.parts.split(' ');
        Some(if parts().any(|part| part == first) {
            Match::Word
        } else if parts().any(|part| part.starts_with(first.as_str())) {
            Match::Begins
        } else {
            Match::Inside
        })
    }
}
