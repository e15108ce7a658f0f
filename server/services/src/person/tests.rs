//! Finding people, what a look leaves behind, and what a people file may hold.

use super::*;
use crate::{
    Failure,
    import::{ImportError, ImportProblem, Language},
    testing::{DAY, houses, today},
};
use domain::person::view::Whereabouts;
use entity::person as rows;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

#[tokio::test]
async fn people_are_found_by_every_way_of_writing() {
    for house in houses().await {
        let actor = house.actor("3001");
        for (query, staff_no) in [
            ("佐藤", "1001"),
            ("高橋", "1002"),
            ("たかはし", "1002"),
            ("takahasi", "1002"),
            ("Takahashi Hanako", "1002"),
            ("山崎", "1003"),
            ("渡辺", "1004"),
            ("いち", "1001"),
            ("ta", "1002"),
            ("2201", "2001"),
            ("２００２", "2002"),
        ] {
            let found = find(&house.cx, &actor, query).await.unwrap();
            assert_eq!(found.hits.first().map(|hit| hit.who.staff_no.as_str()), Some(staff_no), "{query}");
        }
        assert!(find(&house.cx, &actor, "  ").await.unwrap().hits.is_empty());
        assert!(find(&house.cx, &actor, "%").await.unwrap().hits.is_empty());
        assert_eq!(find(&house.cx, &actor, "総務課").await.unwrap().hits.len(), 5, "兼務 is found once");
    }
}

#[tokio::test]
async fn whereabouts_follow_the_booking_and_respect_what_may_be_seen() {
    for house in houses().await {
        let (viewer, person) = (house.actor("3001"), house.actor("1001"));
        assert_eq!(by_staff_no(&house.cx, &viewer, "1001").await.unwrap().whereabouts, Whereabouts::Unknown);
        let id = house.book("1001", "S1", today(), DAY).await;
        assert!(
            matches!(by_staff_no(&house.cx, &viewer, "1001").await.unwrap().whereabouts, Whereabouts::Expected { place: Some(place) } if place.seat_label == "S1")
        );
        crate::booking::check_in(&house.cx, &person, id).await.unwrap();
        assert!(matches!(by_staff_no(&house.cx, &viewer, "1001").await.unwrap().whereabouts, Whereabouts::AtSeat { place: Some(_), since: Some(_) }));
        crate::account::set_visibility(&house.cx, &person, domain::person::Visibility::Unit).await.unwrap();
        assert_eq!(by_staff_no(&house.cx, &viewer, "1001").await.unwrap().whereabouts, Whereabouts::AtSeat { place: None, since: None });
        assert!(matches!(by_staff_no(&house.cx, &house.actor("1002"), "1001").await.unwrap().whereabouts, Whereabouts::AtSeat { place: Some(_), .. }));
        hide(&house, "1001").await;
        assert!(matches!(by_staff_no(&house.cx, &viewer, "1001").await, Err(Failure::NotFound(_))));
        assert!(find(&house.cx, &viewer, "佐藤").await.unwrap().hits.is_empty());
        assert_eq!(find(&house.cx, &person, "佐藤").await.unwrap().hits.len(), 1, "one sees oneself");
    }
}

async fn hide(house: &crate::testing::House, staff_no: &str) {
    let id = house.person(staff_no).0;
    house
        .cx
        .db()
        .write(move |transaction| {
            Box::pin(async move {
                rows::Entity::update_many().col_expr(rows::Column::Visibility, Expr::value("hidden")).filter(rows::Column::Id.eq(id)).exec(transaction).await?;
                crate::office::bump(transaction).await?;
                Ok::<_, Failure<crate::Never>>(())
            })
        })
        .await
        .unwrap();
    house.cx.refresh_office().await.unwrap();
}

#[tokio::test]
async fn a_look_leaves_a_trace_that_fades() {
    for house in houses().await {
        let viewer = house.actor("3001");
        by_staff_no(&house.cx, &viewer, "1001").await.unwrap();
        by_staff_no(&house.cx, &viewer, "1001").await.unwrap();
        by_staff_no(&house.cx, &house.actor("1001"), "1001").await.unwrap();
        let traces = entity::look_up::Entity::find().all(house.cx.db().reader()).await.unwrap();
        assert_eq!((traces.len(), traces[0].times, traces[0].viewer_id), (1, 2, house.person("3001").0));
        house.at("2027-03-01T09:00");
        crate::account::purge(&house.cx).await.unwrap();
        assert!(entity::look_up::Entity::find().all(house.cx.db().reader()).await.unwrap().is_empty());
    }
}

const HEADER: &str = "職員番号,氏名,カナ,所属コード,所属名,役職,本務兼務,発令日,終了日,任用区分,メール,内線\n";

#[tokio::test]
async fn a_people_file_is_counted_first_and_then_brought_in() {
    for house in houses().await {
        let file = format!(
            "{HEADER}1001,佐藤 一郎,サトウ イチロウ,S,総務部総務課,課長,本務,,,正規,ichiro@example.lg.jp,2101\n9001,𠮷田 新,ヨシダ アラタ,N,新設課,主事,本務,令和8年4月1日,R9.3.31,会計年度任用職員,,\n"
        );
        let dry = import_people(&house.cx, file.as_bytes(), ImportMode::DryRun).await.unwrap();
        assert_eq!((dry.added, dry.changed, dry.units_added), (1, 1, 1));
        assert!(!house.cx.office().by_staff_no.contains_key("9001"));
        assert_eq!(import_people(&house.cx, file.as_bytes(), ImportMode::Apply).await.unwrap(), dry);
        let office = house.cx.office();
        let post = &office.people[&house.person("9001")].posts[0];
        assert_eq!((post.from_on, post.until_on), ("2026-04-01".parse().ok(), "2027-04-01".parse().ok()));
        assert_eq!(office.units.values().find(|unit| unit.code == "S").unwrap().name, "総務部総務課");
        assert_eq!(import_people(&house.cx, file.as_bytes(), ImportMode::Apply).await.unwrap().unchanged, 2);
    }
}

#[tokio::test]
async fn cp932_and_a_byte_order_mark_are_read_like_utf8() {
    for house in houses().await {
        let text = format!("{HEADER}9002,髙﨑 德,タカサキ トク,S,総務課,主事,本務,,,正規,,2999\n");
        let (cp932, _, lossy) = encoding_rs::SHIFT_JIS.encode(&text);
        assert!(!lossy);
        import_people(&house.cx, &cp932, ImportMode::Apply).await.unwrap();
        let marked = format!("\u{FEFF}{text}");
        assert_eq!(import_people(&house.cx, marked.as_bytes(), ImportMode::Apply).await.unwrap().unchanged, 1);
        assert_eq!(house.cx.office().people[&house.person("9002")].name, "髙﨑 德");
    }
}

#[tokio::test]
async fn everything_wrong_in_a_people_file_is_named_and_nothing_is_kept() {
    let rows = "1,甲,コウ,S,総務課,,本務,2026-04-31,,,,\n2,,オツ,S,総務課,,副業,,,,,\n3,丙,ヘイ,S,別名課,,本務,2026-04-01,2026-03-01,,,\n3,丁,テイ,S,総務課,,本務,,,,,\n";
    for house in houses().await {
        let Err(Failure::Refused(problems)) = import_people(&house.cx, format!("{HEADER}{rows}").as_bytes(), ImportMode::Apply).await else {
            panic!("accepted")
        };
        let said: Vec<_> = problems.iter().map(|problem| (problem.line, problem.column.as_str())).collect();
        assert_eq!(said[..4], [(Some(2), "発令日"), (Some(3), "氏名"), (Some(3), "本務兼務"), (Some(4), "終了日")]);
        let sentence = problems[0].sentence(Language::Japanese);
        assert_eq!(sentence, "2行目「発令日」: 「2026-04-31」— 日付として読めません。2026-04-01 のように書いてください。");
        assert!(!house.cx.office().by_staff_no.contains_key("3"));
        let first = |file: &[u8]| csv::read(file).unwrap_err().remove(0);
        assert!(matches!(first("職員番号,氏名\n1,甲\n".as_bytes()).what, ImportError::MissingColumn { .. }));
        assert!(matches!(first(b"\xFF\xFE1\x00").what, ImportError::Encoding));
        assert!(matches!(
            first("é,髙\n".as_bytes().strip_suffix(b"\n").unwrap().split_last().unwrap().1).what,
            ImportError::Encoding | ImportError::MissingColumn { .. }
        ));
        assert!(matches!(first(HEADER.as_bytes()), ImportProblem { what: ImportError::Empty, .. }));
    }
}

#[test]
fn a_million_rows_are_refused_quickly_with_the_limit() {
    let mut file = HEADER.to_owned();
    for number in 0..1_000_000 {
        file.push_str(&format!("{number},甲,コウ,S,課,,,,,,,\n"));
    }
    let problems = csv::read(file.as_bytes()).unwrap_err();
    assert!(matches!(problems[..], [ImportProblem { what: ImportError::TooManyRows { .. } | ImportError::TooBig { .. }, .. }]), "{problems:?}");
}

#[test]
fn dates_are_read_as_offices_write_them() {
    let cases = [
        ("2026-04-01", Some("2026-04-01")),
        ("2026/4/1", Some("2026-04-01")),
        ("２０２６／４／１", Some("2026-04-01")),
        ("令和8年4月1日", Some("2026-04-01")),
        ("R8.4.1", Some("2026-04-01")),
        ("令和元年5月1日", Some("2019-05-01")),
        ("平成31年4月30日", Some("2019-04-30")),
        ("8-4-1", None),
        ("2026-02-29", None),
        ("2026-4", None),
        ("あした", None),
    ];
    for (text, expected) in cases {
        assert_eq!(day::parse(text), expected.map(|day| day.parse().unwrap()), "{text}");
    }
}
