//! Finding a person by kanji, kana, romaji, staff number or extension.

use super::{
    letters::{HALF_VOICED, VOICED, hiragana_of_half_width, long_vowel_after, marked, usual_form},
    romaji::spellings,
};

/// What a person is found by, folded. Built once when the person is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchKey(pub String);

/// The parts of a person that a query may name.
#[derive(Clone, Copy, Debug, Default)]
pub struct Findable<'a> {
    /// 氏名.
    pub name: &'a str,
    /// カナ, family name first, words apart if they are known.
    pub kana: &'a str,
    /// 職員番号.
    pub staff_no: &'a str,
    /// 内線番号.
    pub extension: Option<&'a str>,
    /// Names of every unit (兼務 included).
    pub units: &'a [&'a str],
}

impl SearchKey {
    /// The key of a person: name, reading, every usual Latin spelling of the reading, staff number, extension and units,
    /// each without spaces inside and one space apart, so that no query word reaches from one part into the next.
    #[must_use]
    pub fn of(person: &Findable<'_>) -> Self {
        let latin = spellings(person.kana);
        let parts = [person.name, person.kana, person.staff_no].into_iter().chain(latin.iter().map(String::as_str));
        let parts = parts.chain(person.extension).chain(person.units.iter().copied());
        let folded: Vec<_> = parts.map(|part| fold(part).replace(' ', "")).filter(|part| !part.is_empty()).collect();
        Self(folded.join(" "))
    }
}

/// Folds a text so that ways of writing the same name meet: full and half width, katakana to hiragana, long vowel marks to
/// vowels, old and new forms of kanji (髙 → 高, 邉 邊 → 辺), variation selectors away, Latin to lower case without macrons and
/// apostrophes. Spaces at the ends go; spaces between words become one plain space, for [`matches`] to part them.
/// Folding a folded text changes nothing.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        push_folded(&mut folded, letter);
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The folded words of a query, as the user typed it.
#[must_use]
pub fn words(query: &str) -> Vec<String> {
    fold(query).split(' ').filter(|word| !word.is_empty()).map(ToString::to_string).collect()
}

/// Whether every word of a folded query is part of a person's key. A query without words matches nobody.
#[must_use]
pub fn matches(key: &SearchKey, folded_query: &str) -> bool {
    let mut words = folded_query.split_whitespace().peekable();
    words.peek().is_some() && words.all(|word| key.0.contains(word))
}

/// Appends one lower-case letter as it is searched, looking at the one before where the script asks for it.
fn push_folded(folded: &mut String, letter: char) {
    let before = folded.chars().last();
    match letter {
        // Variation selectors, the macron and the apostrophes of romaji carry no sound.
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{304}' | '\'' | '\u{2019}' | '\u{FF07}' => {}
        letter if letter.is_whitespace() => {
            if before.is_some_and(|before| before != ' ') {
                folded.push(' ');
            }
        }
        '\u{FF01}'..='\u{FF5E}' => push_folded(folded, char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter)),
        '\u{FF66}'..='\u{FF9D}' => push_folded(folded, hiragana_of_half_width(letter)),
        '\u{FF9E}' | '\u{3099}' | '\u{309B}' => push_mark(folded, before, VOICED),
        '\u{FF9F}' | '\u{309A}' | '\u{309C}' => push_mark(folded, before, HALF_VOICED),
        'ー' => folded.push(before.and_then(long_vowel_after).unwrap_or('-')),
        '−' | '‐' | '‑' | '–' | '—' | '―' => folded.push('-'),
        '〜' => folded.push('~'),
        '々' => folded.push(before.unwrap_or('々')),
        'ァ'..='ヶ' => push_folded(folded, char::from_u32(u32::from(letter) - 0x60).unwrap_or(letter)),
        'ゕ' => folded.push('か'),
        'ゖ' => folded.push('け'),
        letter => folded.push(usual_form(letter)),
    }
}

/// Puts ゛ or ゜ on the kana before; a mark that stands alone is dropped.
fn push_mark(folded: &mut String, before: Option<char>, table: &str) {
    if let Some(marked) = before.and_then(|before| marked(before, table)) {
        folded.pop();
        folded.push(marked);
    }
}
