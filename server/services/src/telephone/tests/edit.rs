//! The set-up changed on a page: tried first, kept as a revision, taken back; heads within their own section.

use super::*;
use crate::telephone::{
    SecurityFile,
    file::{HoursFile, LinkFile, NumberFile, SectionFile},
};
use domain::{SiteId, account::Role, telephone::RingMode};

fn site(house: &House) -> SiteId {
    *house.cx.office().sites.keys().next().unwrap()
}

fn admin(house: &House) -> Actor {
    Actor::Person { id: house.person("1001"), role: Role::Admin }
}

fn head(house: &House, staff_no: &str) -> Actor {
    Actor::Person { id: house.person(staff_no), role: Role::SectionAdmin }
}

async fn file(house: &House) -> TelephoneFile {
    export_telephone(&house.cx, site(house)).await.unwrap()
}

async fn section(house: &House, key: &str) -> SectionFile {
    file(house).await.sections.into_iter().find(|section| section.key == key).unwrap()
}

fn change(key: &str, now: SectionFile) -> Edit {
    Edit::Section { was: Some(key.into()), now: Some(Box::new(now)), fixed: None, blocks: None }
}

async fn store(house: &House, actor: &Actor, edit: Edit, mode: ImportMode) -> Result<Outcome, Failure<EditRefusal>> {
    edit_telephone(&house.cx, actor, site(house), edit, None, mode).await
}

fn told(outcome: &Outcome) -> Vec<String> {
    outcome.rows.iter().map(|row| format!("{:?} {}", row.part, row.key)).collect()
}

#[tokio::test]
async fn an_edit_is_tried_and_then_stored_with_the_numbers_that_ring_differently() {
    for house in telephones().await {
        let before = file(&house).await;
        let edit = change("zaisei", SectionFile { ring: RingMode::All, tasks: vec!["予算".into()], ..section(&house, "zaisei").await });
        let tried = store(&house, &admin(&house), edit.clone(), ImportMode::DryRun).await.unwrap();
        assert_eq!((told(&tried), tried.report.revision), (vec!["Section zaisei".into()], None));
        assert_eq!(tried.report.changed, ["3200"], "the members of one section ring at once, and nothing else changes");
        assert_eq!(file(&house).await, before, "it was only tried");
        let done = store(&house, &admin(&house), edit.clone(), ImportMode::Apply).await.unwrap();
        assert_eq!((&done.report.changed, &done.rows), (&tried.report.changed, &tried.rows));
        assert_eq!(section(&house, "zaisei").await.tasks, ["予算"]);
        assert!(matches!(store(&house, &admin(&house), edit, ImportMode::Apply).await, Err(Failure::Refused(EditRefusal::Nothing))));
        let kept = revisions(&house.cx, &admin(&house), None).await.unwrap();
        let line = |revision: &Revision| (revision.origin, revision.by, revision.rows.len(), revision.changed.clone());
        assert_eq!(line(&kept[0]), (Origin::Page, Some(house.person("1001")), 1, vec!["3200".into()]));
        assert_eq!((kept.len(), kept[1].origin), (2, Origin::File), "the file it began with is one, too");
        house.is_sound().await;
    }
}

#[tokio::test]
async fn a_head_edits_their_own_section_and_no_other() {
    for house in telephones().await {
        let suzuki = head(&house, "2001");
        let own = SectionFile {
            name: "財政課・予算".into(),
            ring: RingMode::Sequential,
            hours: vec![HoursFile {
                from: None,
                until: None,
                windows: vec![WindowFile { days: DaysFile::OpenDays, from: "09:00".into(), until: "16:00".into() }],
            }],
            closed: ClosedFile::Duty("9000".into()),
            roster: vec!["2002".into()],
            overflow: None,
            ..section(&house, "zaisei").await
        };
        let blocks = vec![BlockFile { callers: "anonymous".into(), section: None, person: None, until: None }];
        let edit = Edit::Section { was: Some("zaisei".into()), now: Some(Box::new(own)), fixed: None, blocks: Some(blocks) };
        let done = store(&house, &suzuki, edit, ImportMode::Apply).await.unwrap();
        assert_eq!(told(&done), ["Section zaisei", "Block anonymous zaisei"]);
        assert_eq!(editable(&house.cx, &suzuki).await.unwrap().rights, Rights::Sections(["zaisei".to_owned()].into()));

        let zaisei = section(&house, "zaisei").await;
        let soumu = section(&house, "soumu").await;
        let wrong = SectionFile { ring_ms: 1, ..soumu.clone() };
        let number = NumberFile { ext: "3201".into(), kind: "section".into(), section: Some("zaisei".into()), ..NumberFile::default() };
        let fixed = Edit::Section { was: Some("zaisei".into()), now: Some(Box::new(zaisei.clone())), fixed: Some(vec![]), blocks: None };
        for (what, edit) in [
            ("another section", change("soumu", SectionFile { name: "x".into(), ..soumu.clone() })),
            ("another section, wrongly: what is wrong is none of theirs either", change("soumu", wrong)),
            ("a section that is not there", change("nowhere", zaisei.clone())),
            ("a section under another key", change("zaisei", SectionFile { key: "soumu2".into(), ..zaisei.clone() })),
            ("another unit", change("zaisei", SectionFile { unit: Some("S".into()), ..zaisei.clone() })),
            ("an end", change("zaisei", SectionFile { until: Some(today()), ..zaisei.clone() })),
            ("no section any more", Edit::Section { was: Some("zaisei".into()), now: None, fixed: None, blocks: None }),
            ("a number", Edit::Number(None, Some(number), None)),
            ("a telephone", fixed),
            ("a caller nobody takes", Edit::Block(None, Some(BlockFile { callers: "anonymous".into(), section: None, person: None, until: None }))),
        ] {
            for mode in [ImportMode::DryRun, ImportMode::Apply] {
                let refused = store(&house, &suzuki, edit.clone(), mode).await;
                assert!(matches!(refused, Err(Failure::NotFound(_))), "{what}: {refused:?}");
            }
        }
        for nobody in
            [house.actor("2001"), head(&house, "3001"), Actor::Token { id: 1, scope: domain::account::Scope::Book, person: Some(house.person("2001")) }]
        {
            assert!(matches!(editable(&house.cx, &nobody).await, Err(Failure::NotFound(_))), "{nobody:?}");
            let refused = store(&house, &nobody, change("zaisei", SectionFile { name: "x".into(), ..zaisei.clone() }), ImportMode::Apply).await;
            assert!(matches!(refused, Err(Failure::NotFound(_))), "{nobody:?}");
            assert!(matches!(revisions(&house.cx, &nobody, None).await, Err(Failure::NotFound(_))), "{nobody:?}");
        }
        // They see and take back what is theirs.
        let seen = revisions(&house.cx, &suzuki, None).await.unwrap();
        assert_eq!(seen.iter().map(|revision| revision.origin).collect::<Vec<_>>(), [Origin::Page], "not the file everybody's telephones came with");
        let all = revisions(&house.cx, &admin(&house), None).await.unwrap();
        assert!(matches!(undo_revision(&house.cx, &suzuki, all[1].id, Back::One, ImportMode::Apply).await, Err(Failure::NotFound(_))));
        undo_revision(&house.cx, &suzuki, seen[0].id, Back::One, ImportMode::Apply).await.unwrap();
        assert_eq!((section(&house, "zaisei").await.name.as_str(), file(&house).await.blocks.len()), ("財政課", 0));
    }
}

#[tokio::test]
async fn the_right_moves_with_the_post() {
    for house in telephones().await {
        // 田中 (2002) has a post in both.
        assert_eq!(editable(&house.cx, &head(&house, "2002")).await.unwrap().rights, Rights::Sections(["soumu".to_owned(), "zaisei".to_owned()].into()));
        // 渡邉 (1004) leaves at the end of November.
        let watanabe = head(&house, "1004");
        assert!(editable(&house.cx, &watanabe).await.unwrap().rights.section("soumu"));
        house.at("2026-12-01T09:00");
        assert!(matches!(editable(&house.cx, &watanabe).await, Err(Failure::NotFound(_))));
    }
}

#[tokio::test]
async fn a_number_changes_from_a_day_on() {
    for house in telephones().await {
        let april = crate::testing::day("2027-04-01");
        let was = file(&house).await.numbers.into_iter().find(|number| number.ext == "3200").unwrap();
        let now = NumberFile { section: Some("soumu".into()), ..was.clone() };
        let tried = store(&house, &admin(&house), Edit::Number(Some("3200".into()), Some(now), Some(april)), ImportMode::DryRun).await.unwrap();
        assert_eq!(told(&tried), ["Number 3200", "Number 3200 2027-04-01"]);
        assert_eq!(tried.report.changed, ["3200"]);
        let at = tried.compared.differences[0].at;
        assert_eq!(at, instant("2027-04-01T10:00"), "nothing changes before");
        // Given up from a day on.
        let ended = store(&house, &admin(&house), Edit::Number(Some("3200".into()), None, Some(april)), ImportMode::Apply).await.unwrap();
        assert_eq!((told(&ended), ended.compared.differences[0].at), (vec!["Number 3200".to_owned()], instant("2027-04-01T10:00")));
        // A second one of the same days is refused with what is wrong, and nothing is stored.
        let twice = NumberFile { ext: "3200".into(), kind: "section".into(), section: Some("zaisei".into()), ..NumberFile::default() };
        let before = file(&house).await;
        let Err(Failure::Refused(EditRefusal::Wrong(problems))) = store(&house, &admin(&house), Edit::Number(None, Some(twice), None), ImportMode::Apply).await
        else {
            panic!("one number for two")
        };
        assert!(matches!(problems[0].what, ImportError::Duplicate { .. }), "{problems:?}");
        assert_eq!(file(&house).await, before);
    }
}

#[tokio::test]
async fn hours_are_compared_where_they_begin_and_end() {
    for house in telephones().await {
        let hours =
            vec![HoursFile { from: None, until: None, windows: vec![WindowFile { days: DaysFile::OpenDays, from: "08:30".into(), until: "17:00".into() }] }];
        let edit = change("zaisei", SectionFile { hours, ..section(&house, "zaisei").await });
        let tried = store(&house, &admin(&house), edit, ImportMode::DryRun).await.unwrap();
        assert_eq!(tried.report.changed, ["3200"]);
        assert_eq!(tried.compared.differences[0].at, instant("2026-11-24T17:00"));
        // Who answers at night shows at night.
        let edit = change("zaisei", SectionFile { closed: ClosedFile::Duty("9000".into()), ..section(&house, "zaisei").await });
        let tried = store(&house, &admin(&house), edit, ImportMode::DryRun).await.unwrap();
        assert_eq!((tried.report.changed, tried.compared.differences[0].at), (vec!["3200".into()], instant("2026-11-24T22:00")));
    }
}

#[tokio::test]
async fn what_somebody_else_changed_meanwhile_is_not_overwritten_unseen() {
    for house in telephones().await {
        let base = editable(&house.cx, &admin(&house)).await.unwrap().base;
        let zaisei = section(&house, "zaisei").await;
        let suzuki = head(&house, "2001");
        store(&house, &suzuki, change("zaisei", SectionFile { ring_ms: 20_000, ..zaisei.clone() }), ImportMode::Apply).await.unwrap();
        let late = change("zaisei", SectionFile { name: "財政室".into(), ..zaisei });
        let refused = edit_telephone(&house.cx, &admin(&house), site(&house), late, Some(base), ImportMode::Apply).await;
        let Err(Failure::Refused(EditRefusal::Touched(since))) = refused else { panic!("{refused:?}") };
        assert_eq!((since.len(), since[0].by), (1, Some(house.person("2001"))));
        // Another section is another matter.
        let soumu = change("soumu", SectionFile { ring_ms: 20_000, ..section(&house, "soumu").await });
        edit_telephone(&house.cx, &admin(&house), site(&house), soumu, Some(base), ImportMode::Apply).await.unwrap();
    }
}

#[tokio::test]
async fn a_change_is_taken_back_unless_a_later_one_touched_the_same() {
    for house in telephones().await {
        let boss = admin(&house);
        let began = file(&house).await;
        let mut ids = Vec::new();
        for ring_ms in [16_000, 17_000] {
            let edit = change("zaisei", SectionFile { ring_ms, ..section(&house, "zaisei").await });
            ids.push(store(&house, &boss, edit, ImportMode::Apply).await.unwrap().report.revision.unwrap());
        }
        let soumu = change("soumu", SectionFile { roster: vec!["1002".into()], ..section(&house, "soumu").await });
        let soumu = store(&house, &boss, soumu, ImportMode::Apply).await.unwrap().report.revision.unwrap();
        // The first of the two is under the second.
        let refused = undo_revision(&house.cx, &boss, ids[0], Back::One, ImportMode::Apply).await;
        let Err(Failure::Refused(EditRefusal::Touched(later))) = refused else { panic!("{refused:?}") };
        assert_eq!(later.iter().map(|revision| revision.id).collect::<Vec<_>>(), [ids[1]]);
        // The second goes by itself; 総務課 stays as it is. That is a revision of its own, and can be taken back, too.
        let undone = undo_revision(&house.cx, &boss, ids[1], Back::One, ImportMode::Apply).await.unwrap();
        assert_eq!((section(&house, "zaisei").await.ring_ms, section(&house, "soumu").await.roster), (16_000, vec!["1002".to_owned()]));
        let newest = revisions(&house.cx, &boss, None).await.unwrap().remove(0);
        assert_eq!((newest.origin, newest.undoes, newest.changed), (Origin::Undo, Some(ids[1]), undone.report.changed));
        undo_revision(&house.cx, &boss, newest.id, Back::One, ImportMode::Apply).await.unwrap();
        assert_eq!(section(&house, "zaisei").await.ring_ms, 17_000);
        // Back whole, to before the first: first only tried.
        let now = file(&house).await;
        let tried = undo_revision(&house.cx, &boss, ids[0], Back::Whole, ImportMode::DryRun).await.unwrap();
        assert_eq!((told(&tried), file(&house).await), (vec!["Section soumu".to_owned(), "Section zaisei".to_owned()], now));
        undo_revision(&house.cx, &boss, ids[0], Back::Whole, ImportMode::Apply).await.unwrap();
        assert_eq!(file(&house).await, began);
        assert!(matches!(undo_revision(&house.cx, &boss, soumu, Back::One, ImportMode::Apply).await, Err(Failure::Refused(EditRefusal::Touched(_)))));
        assert!(matches!(undo_revision(&house.cx, &boss, 999_999, Back::One, ImportMode::Apply).await, Err(Failure::NotFound(_))));
        house.is_sound().await;
    }
}

#[tokio::test]
async fn whatever_is_added_and_removed_comes_back() {
    for house in telephones().await {
        let boss = admin(&house);
        let began = file(&house).await;
        let fixed = Edit::Section {
            was: Some("zaisei".into()),
            now: Some(Box::new(section(&house, "zaisei").await)),
            fixed: Some(vec![PlaceFile::Aor("bcp-zaisei-2".into())]),
            blocks: None,
        };
        let house_hours = Edit::House(Box::new(HouseWish {
            occupancy_from: began.occupancy_from,
            house_phone: PlaceFile::Tel("+81399990000".into()),
            reception: None,
            security: SecurityFile { sections: vec!["soumu".into()], people: vec!["2001".into(), "1001".into()] },
            hours: vec![],
        }));
        let new_section =
            SectionFile { key: "doboku".into(), name: "土木課".into(), unit: Some("T".into()), overflow: None, ..section(&house, "zaisei").await };
        let edits = [
            fixed,
            house_hours,
            Edit::Section { was: None, now: Some(Box::new(new_section)), fixed: Some(vec![PlaceFile::Aor("bcp-doboku".into())]), blocks: None },
            Edit::Number(Some("3000".into()), None, None),
            Edit::Device(Some("mob-2001".into()), None, None),
            Edit::Contact(Some("+81312345678".into()), None),
            Edit::Link(Some("k1".into()), None),
            Edit::Link(None, Some(LinkFile { id: "k2".into(), ..began.links[0].clone() })),
            Edit::Block(None, Some(BlockFile { callers: "+81120*".into(), section: None, person: None, until: None })),
        ];
        let mut ids = Vec::new();
        for edit in edits {
            ids.push(store(&house, &boss, edit, ImportMode::Apply).await.unwrap().report.revision.unwrap());
        }
        let sorted = |mut file: TelephoneFile| {
            file.devices.sort_by(|a, b| a.aor.cmp(&b.aor));
            file.numbers.sort_by(|a, b| a.ext.cmp(&b.ext));
            file
        };
        assert_ne!(sorted(file(&house).await), sorted(began.clone()));
        for id in ids.into_iter().rev() {
            undo_revision(&house.cx, &boss, id, Back::One, ImportMode::Apply).await.unwrap();
        }
        assert_eq!(sorted(file(&house).await), sorted(began));
    }
}

#[tokio::test]
async fn revisions_are_kept_for_a_year() {
    for house in telephones().await {
        house.at("2027-11-24T09:00");
        assert_eq!(forget_revisions(&house.cx).await.unwrap(), 0);
        house.at("2027-11-26T09:00");
        assert_eq!(forget_revisions(&house.cx).await.unwrap(), 1);
        assert!(revisions(&house.cx, &admin(&house), None).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn two_days_are_compared_with_everybody_in() {
    for house in telephones().await {
        let booking = house.book("2001", "Z1", today(), DAY).await;
        check_in(&house.cx, &house.actor("2001"), booking).await.unwrap();
        let (now, december) = (instant("2026-11-24T09:00"), instant("2026-12-01T09:00"));
        let found = changes_between(&house.cx, &admin(&house), site(&house), now, december).await.unwrap();
        // 渡邉 has no telephone, and that 鈴木 sits at Z1 today is no transfer.
        assert_eq!(found.differences, []);
        let april = crate::testing::day("2027-04-01");
        store(&house, &admin(&house), Edit::Device(Some("mob-2001".into()), None, Some(april)), ImportMode::Apply).await.unwrap();
        let found = changes_between(&house.cx, &admin(&house), site(&house), now, instant("2027-04-01T09:00")).await.unwrap();
        let exts: Vec<String> = found.differences.iter().map(|dated| dated.difference.ext.to_string()).collect();
        assert_eq!(exts, ["2201", "2202", "3200"], "whoever falls back to the section, too");
        assert!(matches!(changes_between(&house.cx, &head(&house, "2001"), site(&house), now, december).await, Err(Failure::Denied)));
    }
}

#[tokio::test]
async fn the_book_finds_a_section_by_its_task() {
    for house in telephones().await {
        let edit = change("zaisei", SectionFile { tasks: vec!["国民 健康保険".into(), "ふるさと納税".into()], ..section(&house, "zaisei").await });
        store(&house, &head(&house, "2001"), edit, ImportMode::Apply).await.unwrap();
        for typed in ["国民健康保険", "ﾌﾙｻﾄ", "フルサト", "ふるさと納税", "財政課 ふるさと"] {
            let found = super::super::book(&house.cx, &house.actor("3001"), typed).await.unwrap();
            assert_eq!(found.rows.first().map(|row| row.name.as_str()), Some("財政課"), "{typed}");
        }
        let long = change("zaisei", SectionFile { tasks: vec!["あ".repeat(41)], ..section(&house, "zaisei").await });
        assert!(matches!(store(&house, &head(&house, "2001"), long, ImportMode::Apply).await, Err(Failure::Refused(EditRefusal::Wrong(_)))));
    }
}

/// 鈴木 goes to 総務課 on April 1st.
const TRANSFER: &str = "職員番号,氏名,カナ,所属コード,所属名,役職,本務兼務,発令日,終了日,任用区分,メール,内線
2001,鈴木 四郎,スズキ シロウ,Z,財政課,課長,本務,,2027-03-31,正規,,2201
2001,鈴木 四郎,スズキ シロウ,S,総務課,課長,本務,2027-04-01,,正規,,2201
";

#[tokio::test]
async fn trying_the_people_file_names_the_numbers_that_will_ring_differently() {
    for house in telephones().await {
        let before = house.cx.office().revision;
        let tried = crate::person::preview_people(&house.cx, TRANSFER.as_bytes(), ImportMode::DryRun).await.unwrap();
        let calls = tried.calls.unwrap();
        let at: Vec<_> = calls.differences.iter().map(|dated| dated.at).collect();
        assert_eq!(
            tried.report.numbers,
            ["2101", "2102", "2103", "2201", "2202", "2301", "3000", "3100", "3200", "9000"],
            "whoever and whatever falls back to 総務課, too"
        );
        assert!(at.iter().all(|at| *at == instant("2027-04-01T10:00")), "{at:?}");
        assert_eq!((house.cx.office().revision, house.cx.board().office_revision), (before, before), "it was only tried");
        let done = crate::person::preview_people(&house.cx, TRANSFER.as_bytes(), ImportMode::Apply).await.unwrap();
        assert_eq!(done.report, tried.report);
    }
}

#[tokio::test]
async fn the_first_file_is_taken_back_and_had_again() {
    for house in telephones().await {
        let boss = admin(&house);
        let began = file(&house).await;
        let first = revisions(&house.cx, &boss, None).await.unwrap().remove(0).id;
        let edit = change("zaisei", SectionFile { ring_ms: 16_000, ..section(&house, "zaisei").await });
        let later = store(&house, &boss, edit, ImportMode::Apply).await.unwrap().report.revision.unwrap();
        // Without the house nothing of what came later could stay.
        let refused = undo_revision(&house.cx, &boss, first, Back::One, ImportMode::Apply).await;
        let Err(Failure::Refused(EditRefusal::Touched(since))) = refused else { panic!("{refused:?}") };
        assert_eq!(since.iter().map(|revision| revision.id).collect::<Vec<_>>(), [later]);
        let tried = undo_revision(&house.cx, &boss, first, Back::Whole, ImportMode::DryRun).await.unwrap();
        assert!(tried.report.changed.contains(&"2201".to_owned()) && tried.report.changed.contains(&"3200".to_owned()), "{:?}", tried.report.changed);
        assert_eq!(section(&house, "zaisei").await.ring_ms, 16_000, "it was only tried");
        undo_revision(&house.cx, &boss, first, Back::Whole, ImportMode::Apply).await.unwrap();
        assert_eq!(ask(&house, "3200").status, Status::Unknown);
        assert!(matches!(export_telephone(&house.cx, site(&house)).await, Err(Failure::NotFound(_))));
        assert!(matches!(editable(&house.cx, &boss).await, Err(Failure::NotFound(_))), "as before the first file");
        house.is_sound().await;
        // What was taken back is a change, too.
        let kept = revisions(&house.cx, &boss, None).await.unwrap();
        assert_eq!((kept.len(), kept[0].undoes), (3, Some(first)));
        undo_revision(&house.cx, &boss, kept[0].id, Back::One, ImportMode::Apply).await.unwrap();
        assert_eq!(section(&house, "zaisei").await.ring_ms, 16_000);
        assert_eq!(ask(&house, "3200").status, Status::Ring);
        undo_revision(&house.cx, &boss, later, Back::One, ImportMode::DryRun).await.unwrap_err();
        assert_eq!((file(&house).await.numbers.len(), file(&house).await.sections.len()), (began.numbers.len(), began.sections.len()));
        house.is_sound().await;
    }
}
