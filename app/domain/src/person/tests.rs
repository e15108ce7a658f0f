//! Visibility, folding, spellings and search.

use super::{letters, romaji::spellings, *};
use proptest::prelude::*;

#[test]
fn what_a_viewer_sees() {
    use Relation::{Administrator, Oneself, OtherUnit, SameUnit};
    use Sight::{Nothing, PresenceOnly, Seat};
    let relations = [Oneself, Administrator, SameUnit, OtherUnit];
    let cases = [
        (Visibility::House, [Seat, Seat, Seat, Seat]),
        (Visibility::Unit, [Seat, Seat, Seat, PresenceOnly]),
        (Visibility::Hidden, [Seat, Seat, Nothing, Nothing]),
    ];
    for (visibility, sights) in cases {
        for (relation, expected) in relations.into_iter().zip(sights) {
            assert_eq!(sight(visibility, relation), expected, "{visibility:?} for {relation:?}");
        }
        assert_eq!(Visibility::parse(visibility.code()), Some(visibility));
    }
    assert_eq!(Visibility::parse("all"), None);
}

#[test]
fn folding() {
    let cases: &[(&str, &str)] = &[
        ("ﾔﾏﾀﾞ ﾀﾛｳ", "やまだ たろう"),
        ("ヤマダ　タロウ", "やまだ たろう"),
        ("ﾊﾟﾋﾟﾌﾞ", "ぱぴぶ"),
        ("か\u{3099}", "が"),
        ("ＡＢＣ　１２３", "abc 123"),
        ("  Sato   Taro ", "sato taro"),
        ("SATŌ", "sato"),
        ("Sato\u{304}", "sato"),
        ("Jun'ichi", "junichi"),
        ("髙橋", "高橋"),
        ("山﨑", "山崎"),
        ("渡邉 渡邊", "渡辺 渡辺"),
        ("渡邉\u{E0100}", "渡辺"),
        ("濵田 濱田", "浜田 浜田"),
        ("齋藤 齊藤 斉藤 斎藤", "斎藤 斎藤 斎藤 斎藤"),
        ("𠮷田", "吉田"),
        ("栁 德", "柳 徳"),
        ("佐々木", "佐佐木"),
        ("サトー", "さとう"),
        ("ユーコ", "ゆうこ"),
        ("ｻｰﾊﾞｰ", "さあばあ"),
        ("2101−2", "2101-2"),
        ("三ヶ島", "三け島"),
        ("ヴ", "ゔ"),
        ("", ""),
        ("　", ""),
    ];
    for (text, folded) in cases {
        assert_eq!(fold(text), *folded, "{text:?}");
    }
}

#[test]
fn no_kanji_stands_in_two_groups() {
    let mut seen = std::collections::BTreeSet::new();
    for group in letters::KANJI.split(' ') {
        assert!(group.chars().count() > 1, "{group} has no other form");
        for kanji in group.chars() {
            assert!(seen.insert(kanji), "{kanji} is in two groups");
        }
    }
}

#[test]
fn readings_in_latin_letters() {
    let cases: &[(&str, &str, &[&str])] = &[
        // reading, Hepburn, other spellings
        ("サトウ", "satou", &["sato", "satoh"]),
        ("おおの", "oono", &["ono", "ohno"]),
        ("オオウチ", "oouchi", &["ouchi", "oouti", "outi"]),
        ("シミズ", "shimizu", &["simizu"]),
        ("ツチヤ", "tsuchiya", &["tutiya"]),
        ("フジイ", "fujii", &["huzii"]),
        ("ジュンイチ", "junichi", &["zyuniti"]),
        ("シュウヘイ", "shuuhei", &["shuhei", "syuuhei", "syuhei"]),
        ("チョウ", "chou", &["cho", "tyou", "tyo"]),
        ("ナンバ", "nanba", &["namba"]),
        ("ホンマ", "honma", &["homma"]),
        ("ハットリ", "hattori", &[]),
        ("マッチ", "matchi", &["matti"]),
        ("イイダ", "iida", &[]),
        ("キョウコ", "kyouko", &["kyoko"]),
        ("ファン", "fan", &[]),
        ("ウィ", "wi", &[]),
        ("佐藤", "佐藤", &[]),
    ];
    for (kana, hepburn, others) in cases {
        assert_eq!(romaji(kana), *hepburn, "{kana}");
        let spellings = spellings(kana);
        for other in *others {
            assert!(spellings.iter().any(|spelling| spelling == other), "{kana} as {other}: {spellings:?}");
        }
    }
    assert_eq!(romaji("サトウ　ウメ"), "satou ume");
}

fn key(name: &str, kana: &str) -> SearchKey {
    SearchKey::of(&Findable { name, kana, staff_no: "001023", extension: Some("2101"), units: &["総務部", "総務課"] })
}

#[test]
fn a_person_is_found() {
    let satou = key("佐藤 太郎", "サトウ タロウ");
    let watanabe = key("渡邉 純一", "ワタナベ ジュンイチ");
    let yoshida = key("𠮷田 髙志", "ヨシダ タカシ");
    let cases: &[(&SearchKey, &str, bool)] = &[
        (&satou, "佐藤", true),
        (&satou, "佐藤太郎", true),
        (&satou, "太郎　佐藤", true),
        (&satou, "さとう", true),
        (&satou, "サトー", true),
        (&satou, "ｻﾄｳ ﾀﾛｳ", true),
        (&satou, "sato", true),
        (&satou, "Satō Tarō", true),
        (&satou, "SATOUTAROU", true),
        (&satou, "satotaro", true),
        (&satou, "satoh", true),
        (&satou, "001023", true),
        (&satou, "２１０１", true),
        (&satou, "総務課 佐藤", true),
        (&satou, "総務課 鈴木", false),
        (&satou, "佐藤 2102", false),
        (&satou, "郎さ", false),
        (&satou, "", false),
        (&satou, "　 ", false),
        (&watanabe, "渡辺", true),
        (&watanabe, "渡邊", true),
        (&watanabe, "zyuniti", true),
        (&watanabe, "Jun'ichi Watanabe", true),
        (&yoshida, "吉田 高志", true),
        (&yoshida, "yosida", true),
    ];
    for (key, query, found) in cases {
        assert_eq!(matches(key, &fold(query)), *found, "{query:?} in {key:?}");
    }
    assert_eq!(words(" 総務課　ｻﾄｳ "), ["総務課", "さとう"]);
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing(text in "[\\PCァ-ヶｦ-ﾟ々ー゛ \u{3099}]{0,20}") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn everybody_is_found_by_their_own_name(name in "[一-龠髙﨑々]{1,3} [一-龠]{1,3}", kana in "[ア-ン]{1,4} [ア-ン]{1,4}") {
        let key = key(&name, &kana);
        prop_assert!(matches(&key, &fold(&name)));
        prop_assert!(matches(&key, &fold(&kana)));
        prop_assert!(matches(&key, &fold(&romaji(&kana))));
    }
}
