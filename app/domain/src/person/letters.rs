//! The small tables behind [`super::search::fold`]: letters that look different and mean the same.

/// The usual form of a kanji or of a Latin vowel with a macron; every other letter is itself.
pub(super) fn usual_form(letter: char) -> char {
    match letter {
        'ā' => 'a',
        'ī' => 'i',
        'ū' => 'u',
        'ē' => 'e',
        'ō' | 'ô' => 'o',
        // Most letters are no kanji or an ordinary one: only what could be in the table is looked up.
        '\u{3400}'.. => KANJI.split(' ').find(|forms| forms.contains(letter)).and_then(|forms| forms.chars().next()).unwrap_or(letter),
        _ => letter,
    }
}

/// Kanji of Japanese family and given names that are written in several ways: the searched form first, then the others
/// (old forms, forms of CP932, compatibility ideographs).
pub(super) const KANJI: &str = "高髙 崎\u{FA11}嵜碕 辺邉邊 浜濵濱 柳栁桺 徳德悳 斎齋齊斉 吉𠮷 橋槗𣘺 沢澤 広廣 島嶋嶌 国國圀 竜龍 真眞 恵惠 淵渕渊 \
    桜櫻 渋澁澀 条條 栄榮 寿壽 実實 万萬 学學 円圓 静靜 黒黑 瀬瀨 鴎鷗 曽曾 富冨 薮藪籔 館舘\u{FA2C} 船舩 岳嶽 荘莊 \
    与與 弥彌 礼禮\u{FA18} 来來 峰峯 野埜 槙槇 穂穗 鉄鐵 関關 蔵藏 芸藝 園薗 増增 県縣 児兒 勲勳勛 豊豐 村邨 郷鄕鄉 \
    芦蘆 桧檜 祢禰 為爲 戸戶 呉吳 黄黃 浅淺 寛寬 暁曉 清淸 緒緖 頼賴 郎郞\u{FA2E} 塚\u{FA10} 晴\u{FA12} \
    猪\u{FA16} 益\u{FA17} 神\u{FA19} 祥\u{FA1A} 福\u{FA1B} 靖\u{FA1C} 精\u{FA1D} \
    羽\u{FA1E} 諸\u{FA22} 逸\u{FA25} 都\u{FA26} 飯\u{FA2A} 飼\u{FA2B} 鶴\u{FA2D} \
    琢\u{FA4A} 滝瀧 鉱鑛 総總 塩鹽 浄淨 尭堯 遥遙 祐\u{FA4F} 隆\u{F9DC} 朗\u{F929}\u{FA6F}";

/// The hiragana of a half-width katakana; ｦ is the first of them, ﾝ the last.
pub(super) fn hiragana_of_half_width(letter: char) -> char {
    let at = u32::from(letter).checked_sub(0xFF66).and_then(|at| usize::try_from(at).ok());
    at.and_then(|at| HALF_WIDTH.chars().nth(at)).unwrap_or(letter)
}

/// U+FF66–U+FF9D in order.
const HALF_WIDTH: &str = "をぁぃぅぇぉゃゅょっーあいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわん";

/// Hiragana that take ゛, each followed by what they become.
pub(super) const VOICED: &str = "かがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはばひびふぶへべほぼうゔ";

/// Hiragana that take ゜, each followed by what they become.
pub(super) const HALF_VOICED: &str = "はぱひぴふぷへぺほぽ";

/// The kana before a mark together with the mark, from [`VOICED`] or [`HALF_VOICED`].
pub(super) fn marked(kana: char, table: &str) -> Option<char> {
    let mut letters = table.chars();
    while let (Some(plain), Some(marked)) = (letters.next(), letters.next()) {
        if plain == kana {
            return Some(marked);
        }
    }
    None
}

/// The vowel a long vowel mark after this hiragana stands for, as kana spelling writes it: う after お, い after え.
pub(super) fn long_vowel_after(kana: char) -> Option<char> {
    const ROWS: [(&str, char); 5] = [
        ("あかがさざただなはばぱまやらわぁゃゎ", 'あ'),
        ("いきぎしじちぢにひびぴみりぃゐ", 'い'),
        ("うくぐすずつづぬふぶぷむゆるぅゅゔ", 'う'),
        ("えけげせぜてでねへべぺめれぇゑ", 'い'),
        ("おこごそぞとどのほぼぽもよろをぉょ", 'う'),
    ];
    ROWS.iter().find(|(kanas, _)| kanas.contains(kana)).map(|(_, vowel)| *vowel)
}
