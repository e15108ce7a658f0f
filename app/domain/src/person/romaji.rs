//! Reading to Latin letters, so that a person is found by typing a name on any keyboard.
//!
//! A name has many spellings (Satō, Sato, Satou, Satoh; Fujii, Huzii). [`romaji`] gives the usual one, [`spellings`] all
//! that a search should meet.

use super::search::fold;

/// How long vowels are spelled.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Long {
    /// As written in kana: さとう satou.
    AsWritten,
    /// Not at all, as on road signs: さとう sato.
    Dropped,
    /// With h, as on passports by choice: さとう satoh.
    WithH,
}

/// Which table of syllables.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Syllables {
    /// ヘボン式: shi, chi, tsu, fu, ji.
    Hepburn,
    /// ヘボン式 as on passports: n before b, m, p is m.
    Passport,
    /// 訓令式: si, ti, tu, hu, zi.
    Kunrei,
}

/// Latin letters (Hepburn, long vowels as written) of a reading in katakana or hiragana; other characters are kept.
#[must_use]
pub fn romaji(kana: &str) -> String {
    spell(kana, Syllables::Hepburn, Long::AsWritten)
}

/// Every usual spelling of a reading, each once: Hepburn, passport and kunrei, with, without and with h for long vowels.
#[must_use]
pub(super) fn spellings(kana: &str) -> Vec<String> {
    let ways = [
        (Syllables::Hepburn, Long::AsWritten),
        (Syllables::Hepburn, Long::Dropped),
        (Syllables::Passport, Long::Dropped),
        (Syllables::Passport, Long::WithH),
        (Syllables::Kunrei, Long::AsWritten),
        (Syllables::Kunrei, Long::Dropped),
    ];
    let mut spellings: Vec<String> = Vec::new();
    for (syllables, long) in ways {
        let spelling = spell(kana, syllables, long);
        if !spellings.contains(&spelling) {
            spellings.push(spelling);
        }
    }
    spellings
}

/// Word by word: a long vowel never spans two names.
fn spell(kana: &str, syllables: Syllables, long: Long) -> String {
    let words: Vec<_> = kana.split_whitespace().map(|word| lengthen(&spell_word(&fold(word), syllables), long)).collect();
    words.join(" ")
}

fn spell_word(hiragana: &str, syllables: Syllables) -> String {
    let kana: Vec<char> = hiragana.chars().collect();
    let mut latin = String::new();
    let mut doubled = false;
    let mut at = 0;
    while let Some(&first) = kana.get(at) {
        at += 1;
        match first {
            'っ' => doubled = true,
            'ん' => latin.push(if syllables == Syllables::Passport && before_lips(kana.get(at)) { 'm' } else { 'n' }),
            _ => {
                let glided = kana.get(at).and_then(|second| glide(first, *second, syllables));
                at += usize::from(glided.is_some());
                let syllable = glided.unwrap_or_else(|| single(first, syllables));
                if std::mem::take(&mut doubled) {
                    latin.extend(double(&syllable));
                }
                latin.push_str(&syllable);
            }
        }
    }
    latin
}

/// The letter っ puts before a syllable: its own first one, but t before ch.
fn double(syllable: &str) -> Option<char> {
    let first = syllable.chars().next().filter(|letter| letter.is_ascii_alphabetic() && !"aiueon".contains(*letter))?;
    Some(if syllable.starts_with("ch") { 't' } else { first })
}

/// Whether ん stands before b, m or p.
fn before_lips(next: Option<&char>) -> bool {
    next.is_some_and(|next| single(*next, Syllables::Hepburn).starts_with(['b', 'm', 'p']))
}

/// A syllable of two kana: きゃ kya, しゃ sha or sya, ふぁ fa.
fn glide(first: char, second: char, syllables: Syllables) -> Option<String> {
    let (vowel, y) = match second {
        'ゃ' => ("a", "y"),
        'ゅ' => ("u", "y"),
        'ょ' => ("o", "y"),
        'ぁ' => ("a", ""),
        'ぃ' => ("i", ""),
        'ぅ' => ("u", ""),
        'ぇ' => ("e", ""),
        'ぉ' => ("o", ""),
        _ => return None,
    };
    if first == 'う' {
        return Some(format!("w{vowel}"));
    }
    let syllable = single(first, syllables);
    let stem = syllable.strip_suffix(['a', 'i', 'u', 'e', 'o'])?;
    let y = if matches!(stem, "sh" | "ch" | "j" | "") { "" } else { y };
    Some(format!("{stem}{y}{vowel}"))
}

/// A syllable of one kana; any other character is itself.
fn single(kana: char, syllables: Syllables) -> String {
    let kunrei = syllables == Syllables::Kunrei;
    match kana {
        'し' if kunrei => "si".into(),
        'ち' if kunrei => "ti".into(),
        'つ' if kunrei => "tu".into(),
        'ふ' if kunrei => "hu".into(),
        'じ' | 'ぢ' if kunrei => "zi".into(),
        _ => HEPBURN.split(' ').find_map(|pair| pair.strip_prefix(kana)).map_or_else(|| kana.to_string(), ToString::to_string),
    }
}

/// Every kana with its letters.
const HEPBURN: &str = "あa いi うu えe おo かka きki くku けke こko がga ぎgi ぐgu げge ごgo さsa しshi すsu せse そso ざza じji ずzu ぜze ぞzo \
    たta ちchi つtsu てte とto だda ぢji づzu でde どdo なna にni ぬnu ねne のno はha ひhi ふfu へhe ほho ばba びbi ぶbu べbe ぼbo \
    ぱpa ぴpi ぷpu ぺpe ぽpo まma みmi むmu めme もmo やya ゆyu よyo らra りri るru れre ろro わwa ゐi ゑe をo ゔvu \
    ぁa ぃi ぅu ぇe ぉo ゃya ゅyu ょyo ゎwa んn";

/// Rewrites ou, oo and uu. いい and ええ stay: 飯田 is Iida everywhere.
fn lengthen(latin: &str, long: Long) -> String {
    if long == Long::AsWritten {
        return latin.into();
    }
    let mut short = String::with_capacity(latin.len());
    let mut before = None;
    for letter in latin.chars() {
        if matches!((before, letter), (Some('o'), 'o' | 'u') | (Some('u'), 'u')) {
            if long == Long::WithH && before == Some('o') {
                short.push('h');
            }
            // A vowel is long once: おおうち is ouchi, not ochi.
            before = None;
        } else {
            short.push(letter);
            before = Some(letter);
        }
    }
    short
}
