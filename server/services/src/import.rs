//! What is wrong with a file somebody brings: line, column, value, and what to do. The words are in both languages because
//! the command line shows them too.

use serde::Serialize;

/// One thing wrong in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImportProblem {
    /// The line, counted from 1, the header included; `None` for the file as a whole.
    pub line: Option<u64>,
    /// The column or field.
    pub column: String,
    /// What stands there, at most 60 characters.
    pub value: String,
    /// What is wrong with it.
    pub what: ImportError,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum ImportError {
    /// More bytes than are read.
    TooBig {
        /// Megabytes that are.
        limit_mb: usize,
    },
    /// More rows than are read.
    TooManyRows {
        /// Rows that are.
        limit: usize,
    },
    /// Neither UTF-8 nor CP932.
    Encoding,
    /// A required column or field is missing; these were found.
    MissingColumn {
        /// The header's columns.
        found: Vec<String>,
    },
    /// The row cannot be read as CSV, or the file not as JSON.
    Syntax {
        /// What the reader says.
        message: String,
    },
    /// Nothing stands where something must.
    Empty,
    /// Longer than can be stored.
    TooLong {
        /// Characters that can.
        limit: usize,
    },
    /// No date.
    Date,
    /// Ends before it begins.
    EndsBeforeItBegins,
    /// Not one of the words that may stand there.
    UnknownWord {
        /// The words.
        known: Vec<String>,
    },
    /// Names something that is not there.
    UnknownReference,
    /// Stands there already, on this line.
    Duplicate {
        /// The first one's line or place.
        first: String,
    },
    /// Two rows of one person contradict each other.
    Contradiction,
    /// A number outside what makes sense.
    OutOfRange {
        /// What makes sense.
        range: String,
    },
    /// A seat that is to go is booked.
    SeatBooked {
        /// Bookings to come.
        bookings: u64,
    },
    /// The picture cannot be used.
    Picture {
        /// Why.
        message: String,
    },
}

/// The language of a sentence for an administrator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// 日本語.
    Japanese,
    /// English.
    English,
}

impl ImportProblem {
    /// A problem of the whole file.
    #[must_use]
    pub fn file(what: ImportError) -> Self {
        Self { line: None, column: String::new(), value: String::new(), what }
    }

    /// A problem at a place.
    #[must_use]
    pub fn at(line: u64, column: &str, value: &str, what: ImportError) -> Self {
        Self { line: Some(line), column: column.to_owned(), value: value.chars().take(60).collect(), what }
    }

    /// A problem of a named field of a JSON file.
    #[must_use]
    pub fn field(column: &str, value: &str, what: ImportError) -> Self {
        Self { line: None, column: column.to_owned(), value: value.chars().take(60).collect(), what }
    }

    /// One sentence: where, what stands there, what to do.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        let place = match (language, self.line, self.column.as_str()) {
            (_, None, "") => String::new(),
            (Language::Japanese, Some(line), "") => format!("{line}行目: "),
            (Language::Japanese, Some(line), column) => format!("{line}行目「{column}」: "),
            (Language::Japanese, None, column) => format!("「{column}」: "),
            (Language::English, Some(line), "") => format!("line {line}: "),
            (Language::English, Some(line), column) => format!("line {line}, {column}: "),
            (Language::English, None, column) => format!("{column}: "),
        };
        let value = match (language, self.value.as_str()) {
            (_, "") => String::new(),
            (Language::Japanese, value) => format!("「{value}」— "),
            (Language::English, value) => format!("\"{value}\" — "),
        };
        let words = match language {
            Language::Japanese => self.what.japanese(),
            Language::English => self.what.english(),
        };
        format!("{place}{value}{words}")
    }
}

impl ImportError {
    fn japanese(&self) -> String {
        match self {
            Self::TooBig { limit_mb } => format!("ファイルが大きすぎます。{limit_mb} MBまでにしてください。"),
            Self::TooManyRows { limit } => format!("行が多すぎます。{limit}行までに分けてください。"),
            Self::Encoding => "文字コードを判別できません。UTF-8 または CP932(Shift_JIS)で保存し直してください。".into(),
            Self::MissingColumn { found } => format!("この列がありません。見出し行を確認してください(見つかった列: {})。", found.join("、")),
            Self::Syntax { message } => format!("読み取れません。書式を確認してください({message})。"),
            Self::Empty => "空です。値を入れてください。".into(),
            Self::TooLong { limit } => format!("長すぎます。{limit}文字までにしてください。"),
            Self::Date => "日付として読めません。2026-04-01 のように書いてください。".into(),
            Self::EndsBeforeItBegins => "終了日が発令日より前です。".into(),
            Self::UnknownWord { known } => format!("使えない値です。{} のどれかにしてください。", known.join("、")),
            Self::UnknownReference => "該当するものがありません。コードを確認してください。".into(),
            Self::Duplicate { first } => format!("重複しています(最初: {first})。"),
            Self::Contradiction => "同じ職員番号のほかの行と食い違っています。".into(),
            Self::OutOfRange { range } => format!("範囲外です({range})。"),
            Self::SeatBooked { bookings } => format!("この席には今後の予約が{bookings}件あります。先に予約を移してください。"),
            Self::Picture { message } => format!("画像を使えません({message})。PNG・JPEG・WebP、10 MBまでにしてください。"),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::TooBig { limit_mb } => format!("the file is too large; keep it within {limit_mb} MB."),
            Self::TooManyRows { limit } => format!("too many rows; split the file into at most {limit} rows."),
            Self::Encoding => "the character encoding is not recognised; save the file as UTF-8 or CP932 (Shift_JIS).".into(),
            Self::MissingColumn { found } => format!("this column is missing; check the header row (found: {}).", found.join(", ")),
            Self::Syntax { message } => format!("cannot be read; check the format ({message})."),
            Self::Empty => "empty; a value is needed.".into(),
            Self::TooLong { limit } => format!("too long; at most {limit} characters."),
            Self::Date => "not a date; write it like 2026-04-01.".into(),
            Self::EndsBeforeItBegins => "ends before it begins.".into(),
            Self::UnknownWord { known } => format!("not a known value; use one of {}.", known.join(", ")),
            Self::UnknownReference => "there is no such thing; check the code.".into(),
            Self::Duplicate { first } => format!("stands here twice (first: {first})."),
            Self::Contradiction => "contradicts another row of the same staff number.".into(),
            Self::OutOfRange { range } => format!("out of range ({range})."),
            Self::SeatBooked { bookings } => format!("this seat has {bookings} bookings to come; move them first."),
            Self::Picture { message } => format!("the picture cannot be used ({message}); bring PNG, JPEG or WebP of at most 10 MB."),
        }
    }
}
