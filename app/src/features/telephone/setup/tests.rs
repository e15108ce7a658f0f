//! A form left as it is changes nothing; what is typed becomes what people mean; what was changed is said without a word of the file.

use super::{
    fields,
    form::Form,
    preview::sentence,
    typed::{self, Subject},
    words::Says,
};
use crate::{features::telephone::names::Names, i18n::Locale};
use domain::{
    SiteId,
    site::SitePolicy,
    telephone::{House, Numbering, OccupancyFrom, RingMode, SiteClock, Snapshot, Target},
};
use serde_json::{Value, json};
use services::{
    import::{ImportError, ImportProblem},
    telephone::{BlockFile, ClosedFile, DaysFile, Edit, HoursFile, Part, RowChange, TelephoneFile},
};

fn house() -> House {
    House {
        site: SiteId(1),
        name: "本庁舎".into(),
        clock: SiteClock::fixed(9 * 3_600),
        policy: SitePolicy::default(),
        numbering: Numbering::Japan,
        occupancy_from: OccupancyFrom::CheckIn,
        hours: vec![],
        house_phone: Target::Aor("bcp-house".parse().unwrap()),
        reception: None,
        security: vec![],
    }
}

/// A house with something of every kind.
fn file() -> TelephoneFile {
    serde_json::from_value(json!({
        "site": "本庁舎", "house_phone": { "tel": "+81312345678" }, "reception": "soumu", "security": { "sections": ["zaisei", "soumu"], "people": ["1001", "1002"] }, "occupancy_from": "booking_start",
        "hours": [
            { "until": "2027-04-01", "windows": [{ "from": "08:30", "until": "17:15" }, { "days": { "weekdays": ["Tue", "Thu"] }, "from": "17:15", "until": "19:00" }] },
            { "from": "2027-04-01", "windows": [{ "days": "always", "from": "09:00", "until": "24:00" }] },
        ],
        "sections": [
            { "key": "soumu", "name": "総務課", "unit": "S", "closed": { "duty": "9000" }, "roster": ["1001", "1002"], "tasks": ["住民票", "印鑑 登録"], "ring": "rotate" },
            { "key": "zaisei", "name": "財政課", "overflow": "soumu", "closed": { "guard": "+81399990000" }, "from": "2026-04-01", "until": "2027-04-01",
              "hours": [{ "windows": [] }] },
        ],
        "devices": [
            { "aor": "mob-1", "kind": "mobile", "person": "1001", "leaves_building": true },
            { "aor": "seat-1", "kind": "seat_phone", "seat": { "floor": "2階", "label": "S1" }, "leaves_building": false, "from": "2026-04-01" },
            { "aor": "bcp-soumu", "kind": "fixed_bcp", "section": "soumu", "leaves_building": false },
            { "tel": "+81390000000", "kind": "outside", "house": true, "leaves_building": true, "out_of_service": true },
        ],
        "numbers": [
            { "ext": "3000", "kind": "main", "section": "soumu", "tel": "+81875731100" },
            { "ext": "2101", "kind": "person", "person": "1001", "until": "2027-04-01", "successor": "2102", "announce_until": "2027-07-01" },
            { "ext": "4001", "kind": "seat", "seat": { "floor": "2階", "label": "S1" } },
            { "ext": "9000", "kind": "room", "device": "bcp-house", "from": "2026-04-01" },
            { "ext": "7119", "kind": "emergency" },
        ],
        "blocks": [
            { "callers": "anonymous", "section": "soumu" }, { "callers": "+81120*", "section": "soumu" },
            { "callers": "+12125550100", "until": "2026-12-31T15:00:00Z" }, { "callers": "+81312345678", "person": "1001" },
        ],
        "contacts": [{ "tel": "+81312345678", "name": "○○町会", "section": "soumu" }],
        "links": [{ "id": "k1", "kind": "kamailio", "max_total_ms": 50_000, "domain": "pbx.example.lg.jp", "trunk": "ntt" }],
    }))
    .unwrap()
}

fn edit(form: &Form, part: Part, key: Option<&str>) -> Result<Edit, Vec<ImportProblem>> {
    typed::edit(form, &Subject { part, key: key.map(str::to_owned) }, &file(), &house())
}

/// Through the address and back, as a browser sends it.
fn sent(form: &Form) -> Form {
    Form::read(&form.query())
}

#[test]
fn a_form_left_as_it_is_changes_nothing() {
    let (file, house) = (file(), house());
    let numbering = house.numbering;
    for row in &file.sections {
        let form = sent(&fields::section(&file, row, numbering).with("whole", "1"));
        let Edit::Section { now: Some(now), fixed, blocks, .. } = edit(&form, Part::Section, Some(&row.key)).unwrap() else { panic!() };
        assert_eq!(*now, *row);
        let own = file.devices.iter().filter(|device| device.kind == "fixed_bcp" && device.section.as_ref() == Some(&row.key)).count();
        assert_eq!(fixed.map(|fixed| fixed.len()), Some(own));
        let kept: Vec<BlockFile> =
            file.blocks.iter().filter(|block| block.section.as_ref() == Some(&row.key)).map(|block| BlockFile { section: None, ..block.clone() }).collect();
        assert_eq!(blocks, Some(kept));
    }
    for row in &file.numbers {
        assert_eq!(edit(&sent(&fields::number(row, numbering)), Part::Number, None), Ok(Edit::Number(None, Some(row.clone()), None)));
    }
    for row in &file.devices {
        assert_eq!(edit(&sent(&fields::device(row, numbering)), Part::Device, None), Ok(Edit::Device(None, Some(row.clone()), None)));
    }
    for row in &file.blocks {
        assert_eq!(edit(&sent(&fields::block(row, &house)), Part::Block, None), Ok(Edit::Block(None, Some(row.clone()))));
    }
    for row in &file.contacts {
        assert_eq!(edit(&sent(&fields::contact(row, numbering)), Part::Contact, None), Ok(Edit::Contact(None, Some(row.clone()))));
    }
    for row in &file.links {
        assert_eq!(edit(&sent(&fields::link(row)), Part::Link, None), Ok(Edit::Link(None, Some(row.clone()))));
    }
    let Edit::House(wish) = edit(&sent(&fields::house(&file)), Part::House, None).unwrap() else { panic!() };
    assert_eq!(wish.security, file.security);
    assert_eq!((&wish.hours, &wish.house_phone, &wish.reception, wish.occupancy_from), (&file.hours, &file.house_phone, &file.reception, file.occupancy_from));
}

#[test]
fn what_is_typed_is_what_people_mean() {
    let form = |more: &str| Form::read(&format!("name=%E7%B7%8F%E5%8B%99%E8%AA%B2&ring=all&ring_s=15&fixed_s=20{more}"));
    let section = |more: &str| match edit(&form(more), Part::Section, Some("soumu")) {
        Ok(Edit::Section { now: Some(now), fixed, blocks, .. }) => (*now, fixed, blocks.unwrap()),
        other => panic!("{other:?}"),
    };
    let (now, fixed, blocks) = section("&closed=guard&closed_to=03-9999-0000&roster=1001%E3%80%811002&tasks=%E4%BD%8F%E6%B0%91%E7%A5%A8%0D%0A%20%0D%0Aa");
    assert_eq!(
        (now.closed, now.roster, now.tasks),
        (ClosedFile::Guard("+81399990000".into()), vec!["1001".into(), "1002".into()], vec!["住民票".to_owned(), "a".to_owned()])
    );
    assert_eq!((now.unit.as_deref(), now.ring, fixed, blocks), (Some("S"), RingMode::All, None, vec![]), "what the form has not got stays");
    let (_, _, blocks) = section("&blocks=%E9%9D%9E%E9%80%9A%E7%9F%A5%0D%0A0120*%0D%0A03-1234-5678");
    assert_eq!(blocks.iter().map(|block| block.callers.as_str()).collect::<Vec<_>>(), ["anonymous", "+81120*", "+81312345678"]);
    // Hours of a later day end those before.
    let (now, ..) = section(
        "&h0_days=open_days&h0_open=08:30&h0_close=17:15&h1_days=mon.thu&h1_open=09:00&h1_close=00:00&h1_from=2027-04-01&h2_days=&h3_days=closed&h3_from=2028-04-01",
    );
    let days = |text: &str| Some(text.parse().unwrap());
    let told: Vec<(Option<_>, Option<_>, usize)> = now.hours.iter().map(|hours: &HoursFile| (hours.from, hours.until, hours.windows.len())).collect();
    assert_eq!(told, [(None, days("2027-04-01"), 1), (days("2027-04-01"), days("2028-04-01"), 1), (days("2028-04-01"), None, 0)]);
    assert_eq!(
        (&now.hours[1].windows[0].days, now.hours[1].windows[0].until.as_str()),
        (&DaysFile::Weekdays(vec![chrono::Weekday::Mon, chrono::Weekday::Thu]), "24:00")
    );
    // Sections that are told of emergency calls stand in fields of their own, of which some may be left empty.
    let Edit::House(wish) =
        edit(&Form::read("house_phone=bcp-house&occupancy_from=check_in&security1=soumu&people=1001%E3%80%811002"), Part::House, None).unwrap()
    else {
        panic!()
    };
    assert_eq!((wish.security.sections, wish.security.people), (vec!["soumu".to_owned()], vec!["1001".to_owned(), "1002".to_owned()]));
    // A new section gets the key of its unit if nobody has it.
    let fresh = |more: &str| match edit(&form(&format!("&whole=1{more}")), Part::Section, None) {
        Ok(Edit::Section { now: Some(now), .. }) => now.key,
        other => panic!("{other:?}"),
    };
    assert_eq!((fresh("&unit=Z"), fresh("")), ("uZ".to_owned(), "s1".to_owned()));
}

#[test]
fn what_cannot_be_read_is_named_as_the_page_names_it() {
    let wrong = |part: Part, query: &str| -> Vec<String> {
        edit(&Form::read(query), part, None).unwrap_err().iter().map(|problem| sentence(Locale::Ja, problem)).collect()
    };
    let section =
        wrong(Part::Section, "name=x&ring=loud&ring_s=abc&fixed_s=20&h0_days=open_days&h0_open=09:00&h1_days=never&h1_open=1&h1_close=2&whole=1&from=soon");
    assert_eq!(section.len(), 5, "{section:#?}");
    for expected in
        ["「1行目 終了」: 空です", "「2行目 曜日」: 「never」", "「鳴らし方」: 「loud」", "「課の人を鳴らす時間」: 「abc」", "「使い始める日」: 「soon」"]
    {
        assert!(section.iter().any(|told| told.starts_with(expected)), "{expected}: {section:#?}");
    }
    assert_eq!(wrong(Part::Block, "callers=0312345678&scope=section").len(), 1);
    assert_eq!(wrong(Part::Contact, "tel=0312345678").len(), 1);
    assert_eq!(wrong(Part::Number, "ext=1&kind=section&change_from=x").len(), 1);
    assert_eq!(wrong(Part::Link, "id=k&max_parallel=x&max_stages=5&max_total_s=60").len(), 1);
    let english = sentence(Locale::En, &ImportProblem::field("sections.roster", "7777", ImportError::UnknownReference));
    assert!(english.starts_with("Disaster roster: \"7777\" — "), "{english}");
}

/// Every row of the file as it would be said when it is added, removed, or changed in every field.
#[test]
fn a_change_is_said_without_a_word_of_the_file() {
    let file = file();
    let rows = serde_json::to_value(&file).unwrap();
    let world = Snapshot::default();
    for locale in Locale::ALL {
        let person = |no: &str| (no == "1001").then(|| locale.pick("佐藤 一郎", "Ichiro Sato").to_owned());
        let says = Says { locale, names: Names::at_site(locale, &world, None, "2026-11-24T01:00:00Z".parse().unwrap()), file: Some(&file), person: &person };
        let mut told = Vec::new();
        for (part, list) in [
            (Part::Section, "sections"),
            (Part::Device, "devices"),
            (Part::Number, "numbers"),
            (Part::Block, "blocks"),
            (Part::Contact, "contacts"),
            (Part::Link, "links"),
        ] {
            for row in rows[list].as_array().unwrap() {
                let of = |before: Option<&Value>, after: Option<&Value>| RowChange { part, key: part.key(row), before: before.cloned(), after: after.cloned() };
                told.extend([of(None, Some(row)), of(Some(row), None)].iter().map(|change| says.row(change)));
            }
        }
        let mut house = rows.clone();
        for list in ["sections", "devices", "numbers", "blocks", "contacts", "links", "site"] {
            house.as_object_mut().unwrap().remove(list);
        }
        told.push(says.row(&RowChange { part: Part::House, key: String::new(), before: None, after: Some(house) }));
        for row in &told {
            for (name, was, will) in &row.fields {
                let words = format!("{} {name} {was} {will}", row.title);
                for code in [
                    "open_days",
                    "always",
                    "weekdays",
                    "anonymous",
                    "rotate",
                    "announcement",
                    "fixed_bcp",
                    "seat_phone",
                    "booking_start",
                    "aor",
                    "true",
                    "false",
                    "null",
                    "{",
                    "duty\"",
                    "japan ",
                ] {
                    assert!(!words.contains(code), "{locale:?} {code}: {words}");
                }
                let unnamed = locale.pick("設定", "Setting");
                assert_ne!(*name, unnamed, "a field without a name: {words}");
            }
        }
        assert!(told.iter().flat_map(|row| &row.fields).count() > 60);
    }
}
