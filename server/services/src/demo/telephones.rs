//! Telephones for an invented office: a smartphone for everybody, a fixed telephone and a number for every section, a main
//! number, and a PBX that may ask. Brought in by the importer a user has. The largest section wants somebody at its telephone, and
//! has a noon rota for the rest of the week.

use crate::{
    Failure, Never, Services,
    office::{Office, Unit},
    person::ImportMode,
    telephone::{
        ClosedFile, CoverFile, DaysFile, DeviceFile, HoursFile, LinkFile, NumberFile, PlaceFile, SectionFile, SecurityFile, TelephoneFile, WindowFile,
        cover::{Proposal, propose, publish},
        import_telephone,
    },
};
use chrono::NaiveDate;
use domain::{
    PersonId, UnitId,
    account::Actor,
    booking::Weekdays,
    site::week_of,
    telephone::{
        RingMode,
        cover::{DutyKind, OnGap},
    },
};
use std::collections::BTreeMap;

/// 業務 of sections that people ask for by them.
const TASKS: [(&str, &[&str]); 8] = [
    ("市民課", &["住民票", "印鑑登録", "マイナンバーカード", "戸籍"]),
    ("税務課", &["住民税", "固定資産税", "納税証明"]),
    ("市民税課", &["住民税", "納税証明"]),
    ("福祉課", &["生活保護", "障害者手帳", "児童手当"]),
    ("保険年金課", &["国民健康保険", "国民年金"]),
    ("介護保険課", &["介護認定"]),
    ("土木課", &["道路の破損", "街路灯"]),
    ("総務課", &["情報公開"]),
];

fn tasks(section: &str) -> Vec<String> {
    let of = TASKS.iter().filter(|(name, _)| *name == section);
    of.flat_map(|(_, tasks)| tasks.iter()).map(|task| (*task).to_owned()).collect()
}

/// The PBX of the demo.
pub const LINK: &str = "demo";
/// 代表番号; sections follow it in steps of ten. A large house has people's numbers there, and takes the second.
const MAIN: [usize; 2] = [3_000, 70_000];
/// Members who answer in a disaster.
const ROSTER: usize = 2;
/// When whoever eats is not at the telephone, minutes of the day.
const NOON: (u16, u16) = (720, 780);

/// Gives the first site telephones. A site that has them already is left as it is.
pub(super) async fn make_telephones(cx: &Services) -> Result<(), Failure<Never>> {
    if cx.board().world.houses().next().is_some() {
        return Ok(());
    }
    let office = cx.office();
    let Some(file) = file(&office, cx.clock().now().date_naive()) else { return Ok(()) };
    let json = serde_json::to_vec(&file).map_err(|error| Failure::Internal(error.to_string()))?;
    match import_telephone(cx, &json, ImportMode::Apply).await {
        Ok(_) => make_rota(cx).await,
        Err(Failure::Refused(problems)) => Err(Failure::Internal(format!("the demo's telephones: {problems:?}"))),
        Err(failure) => Err(Failure::Internal(format!("the demo's telephones: {failure:?}"))),
    }
}

/// The noon turns from today to the end of the week; the week after is open, so that one can see what a gap is.
async fn make_rota(cx: &Services) -> Result<(), Failure<Never>> {
    let Some(section) = cx.board().cover_sections().next() else { return Ok(()) };
    let Some(site) = cx.office().sites.values().next().map(|site| site.now(cx.clock()).date()) else { return Ok(()) };
    let [from_on, .., sunday] = week_of(site);
    let wish = Proposal { section, kind: DutyKind::Phone, from_on, until_on: sunday, weekdays: Weekdays(0b11_1111), hours: vec![(NOON.0, NOON.1)], people: 1 };
    match propose(cx, &Actor::System, wish).await {
        Ok(_) => publish(cx, &Actor::System, section).await.map(drop),
        Err(failure) => Err(failure),
    }
    .or_else(|failure| match failure {
        // On a Saturday no turn of the week is left to give.
        Failure::Refused(_) => Ok(()),
        failure => Err(failure.map(|_| unreachable!("a refusal was handled"))),
    })
}

fn file(office: &Office, on: NaiveDate) -> Option<TelephoneFile> {
    let site = office.sites.values().next()?;
    let members = members(office, on);
    let first = members.keys().next().and_then(|unit| office.units.get(unit)).map(key)?;
    let window = open_days("08:30", "17:15");
    let units: Vec<_> = members.iter().filter_map(|(unit, people)| Some((office.units.get(unit)?, people))).collect();
    let largest = units.iter().max_by_key(|(_, people)| people.len()).map(|(unit, _)| unit.id);
    Some(TelephoneFile {
        site: site.name.clone(),
        numbering: "japan".into(),
        occupancy_from: domain::telephone::OccupancyFrom::CheckIn,
        house_phone: PlaceFile::Aor("bcp-house".into()),
        reception: Some(first.clone()),
        security: SecurityFile { sections: vec![first.clone()], people: Vec::new() },
        hours: vec![HoursFile { from: None, until: None, windows: vec![window] }],
        sections: units
            .iter()
            .map(|(unit, people)| SectionFile { cover: (Some(unit.id) == largest).then(cover), ..section(office, unit, people, &first) })
            .collect(),
        devices: devices(office, &units),
        numbers: numbers(office, &units, &first),
        blocks: Vec::new(),
        contacts: Vec::new(),
        links: vec![LinkFile {
            id: LINK.into(),
            kind: "kamailio".into(),
            max_parallel: 28,
            max_stages: 5,
            max_total_ms: 60_000,
            peers: Vec::new(),
            domain: None,
            trunk: None,
        }],
    })
}

/// Members by the unit of their main post, by staff number.
fn members(office: &Office, on: NaiveDate) -> BTreeMap<UnitId, Vec<PersonId>> {
    let mut members: BTreeMap<UnitId, Vec<PersonId>> = BTreeMap::new();
    let mut people: Vec<_> = office.people.values().collect();
    people.sort_by(|a, b| a.staff_no.cmp(&b.staff_no));
    for person in people {
        if let Some(post) = office.main_post(person.id, on) {
            members.entry(post.unit).or_default().push(person.id);
        }
    }
    members
}

fn key(unit: &Unit) -> String {
    format!("u{}", unit.code)
}

fn open_days(from: &str, until: &str) -> WindowFile {
    WindowFile { days: DaysFile::OpenDays, from: from.into(), until: until.into() }
}

/// Somebody all day, noon included, and two people while most citizens call.
fn cover() -> Vec<CoverFile> {
    let rule = |people, from, until| CoverFile { people, hours: open_days(from, until), on_gap: OnGap::Warn, from: None, until: None };
    vec![rule(1, "08:30", "17:15"), rule(2, "09:00", "12:00")]
}

fn section(office: &Office, unit: &Unit, people: &[PersonId], first: &str) -> SectionFile {
    let roster = people.iter().take(ROSTER).filter_map(|person| office.people.get(person)).map(|person| person.staff_no.clone());
    let key = key(unit);
    SectionFile {
        name: unit.name.clone(),
        unit: Some(unit.code.clone()),
        ring: RingMode::All,
        ring_ms: 15_000,
        fixed_ms: 20_000,
        overflow: (key != first).then(|| first.to_owned()),
        hours: Vec::new(),
        closed: ClosedFile::Announcement,
        roster: roster.collect(),
        tasks: tasks(&unit.name),
        cover: None,
        from: None,
        until: None,
        key,
    }
}

fn devices(office: &Office, units: &[(&Unit, &Vec<PersonId>)]) -> Vec<DeviceFile> {
    let fixed = units.iter().map(|(unit, _)| DeviceFile {
        aor: Some(format!("bcp-{}", unit.code)),
        kind: "fixed_bcp".into(),
        section: Some(key(unit)),
        ..DeviceFile::default()
    });
    let people = units.iter().flat_map(|(_, people)| people.iter()).filter_map(|person| office.people.get(person));
    let own = people.map(|person| DeviceFile {
        aor: Some(format!("mob-{}", person.staff_no)),
        kind: "mobile".into(),
        person: Some(person.staff_no.clone()),
        ..DeviceFile::default()
    });
    let house = DeviceFile { aor: Some("bcp-house".into()), kind: "fixed_bcp".into(), house: true, ..DeviceFile::default() };
    fixed.chain(own).chain([house]).collect()
}

/// People's own numbers are the 内線 of the people file.
fn numbers(office: &Office, units: &[(&Unit, &Vec<PersonId>)], first: &str) -> Vec<NumberFile> {
    let taken = |ext: usize| office.people.values().any(|person| person.extension.as_deref() == Some(&ext.to_string()));
    let base = if taken(MAIN[0]) { MAIN[1] } else { MAIN[0] };
    let main =
        NumberFile { ext: base.to_string(), tel: Some("+81875731100".into()), kind: "main".into(), section: Some(first.to_owned()), ..NumberFile::default() };
    let section = |(index, (unit, _)): (usize, &(&Unit, &Vec<PersonId>))| NumberFile {
        ext: (base + 100 + index * 10).to_string(),
        kind: "section".into(),
        section: Some(key(unit)),
        ..NumberFile::default()
    };
    [main].into_iter().chain(units.iter().enumerate().map(section)).collect()
}
