//! What a search in the book finds, and what comes first.

use crate::{
    person::{Findable, SearchKey},
    telephone::book::{BookKey, BookQuery, Match, RowKind, person_parts},
};

struct Row {
    kind: RowKind,
    name: &'static str,
    parts: String,
    numbers: Vec<String>,
}

fn person(name: &'static str, kana: &str, ext: &str, unit: &str) -> Row {
    let key = SearchKey::of(&Findable { name, kana, staff_no: "", extension: None, units: &[unit] });
    Row { kind: RowKind::Person, name, parts: person_parts(name, kana, &key), numbers: vec![ext.into()] }
}

fn section(kind: RowKind, name: &'static str, numbers: &[&str]) -> Row {
    Row { kind, name, parts: name.into(), numbers: numbers.iter().map(ToString::to_string).collect() }
}

fn book() -> Vec<Row> {
    vec![
        person("森田 さくら", "モリタ サクラ", "2107", "福祉課"),
        person("森 一郎", "モリ イチロウ", "2106", "税務課"),
        person("佐藤 次郎", "サトウ ジロウ", "2102", "福祉課"),
        person("山本 正人", "ヤマモト マサト", "3102", "税務課"),
        person("髙橋 進", "タカハシ ススム", "2105", "税務課"),
        section(RowKind::Section, "福祉課", &["3100"]),
        section(RowKind::Section, "税務課", &["3102000"]),
        section(RowKind::Main, "本庁舎", &["3000", "0875731100"]),
    ]
}

/// Names in the order in which they are offered, each with how it was found.
fn found(typed: &str) -> Vec<(&'static str, Match)> {
    let query = BookQuery::new(typed);
    let mut found: Vec<_> = book()
        .iter()
        .filter_map(|row| Some((query.find(&BookKey { kind: row.kind, parts: &row.parts, numbers: &row.numbers })?, row.kind, row.name)))
        .collect();
    found.sort();
    found.into_iter().map(|(how, _, name)| (name, how)).collect()
}

#[test]
fn what_is_found_and_in_which_order() {
    use Match::{Begins, Inside, Number, NumberBegins, Word};
    let cases: [(&str, &[(&str, Match)]); 17] = [
        ("", &[]),
        ("   ", &[]),
        ("森", &[("森 一郎", Word), ("森田 さくら", Begins)]),
        ("もり", &[("森 一郎", Word), ("森田 さくら", Begins)]),
        ("さと", &[("佐藤 次郎", Begins), ("山本 正人", Inside)]),
        ("sato", &[("佐藤 次郎", Begins), ("山本 正人", Inside)]),
        ("高橋", &[("髙橋 進", Word)]),
        ("福祉課", &[("福祉課", Word), ("佐藤 次郎", Word), ("森田 さくら", Word)]),
        ("福祉課 佐藤", &[("佐藤 次郎", Word)]),
        ("佐藤 福祉課", &[("佐藤 次郎", Word)]),
        ("佐藤 税務", &[]),
        ("3102", &[("山本 正人", Number), ("税務課", NumberBegins)]),
        ("３１０２", &[("山本 正人", Number), ("税務課", NumberBegins)]),
        ("0875-73-1100", &[("本庁舎", Number)]),
        ("210", &[("佐藤 次郎", NumberBegins), ("森 一郎", NumberBegins), ("森田 さくら", NumberBegins), ("髙橋 進", NumberBegins)]),
        ("本庁", &[("本庁舎", Begins)]),
        ("zzzz", &[]),
    ];
    for (typed, expected) in cases {
        assert_eq!(found(typed), expected, "{typed:?}");
    }
}

#[test]
fn a_shared_number_goes_before_people_of_the_same_name() {
    let rows = [section(RowKind::Section, "森", &["3300"]), section(RowKind::Main, "森", &["3000"]), person("森", "モリ", "2106", "")];
    let mut found: Vec<_> =
        rows.iter().map(|row| (BookQuery::new("森").find(&BookKey { kind: row.kind, parts: &row.parts, numbers: &row.numbers }), row.kind)).collect();
    found.sort();
    assert_eq!(found.iter().map(|(_, kind)| *kind).collect::<Vec<_>>(), [RowKind::Main, RowKind::Section, RowKind::Person]);
}
