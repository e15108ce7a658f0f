//! A site's telephones as a file that `import` takes again.

use super::{
    cover::load_rules,
    file::{BlockFile, ClosedFile, ContactFile, DeviceFile, File, LinkFile, NumberFile, PlaceFile, SeatFile, SectionFile, cover_file, hours_file, some_day},
    load, rows as words,
    security::SecurityFile,
};
use crate::{Failure, Kind, Never, Services, office::Office};
use domain::{
    PersonId, SeatId, SiteId,
    memo::MemoTo,
    telephone::{BlockScope, ClosedTarget, Hours, NumberKind, Owner, Reach, Service, Target},
};
use entity::{block_rule, contact, device, number, pbx_link, section, section_roster, telephone_house};
use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder};
use std::collections::BTreeMap;

/// The whole set-up of a site, without passwords and secrets.
///
/// # Errors
/// `NotFound` for a site without telephones.
pub async fn export_telephone(cx: &Services, site: SiteId) -> Result<File, Failure<Never>> {
    let office = cx.office();
    let found = office.sites.get(&site).ok_or(Failure::NotFound(Kind::Site))?;
    let connection = cx.db().snapshot().await?;
    let file = read(&connection, &office, site, &found.name).await?.ok_or(Failure::NotFound(Kind::Site))?;
    connection.commit().await?;
    Ok(file)
}

/// The same as a transaction sees it; `None` for a site without telephones.
pub(super) async fn read(connection: &DatabaseTransaction, office: &Office, site: SiteId, name: &str) -> Result<Option<File>, DbErr> {
    let Some(house) = telephone_house::Entity::find_by_id(site.0).one(connection).await? else { return Ok(None) };
    let rows = section::Entity::find().filter(section::Column::SiteId.eq(site.0)).order_by_asc(section::Column::Id).all(connection).await?;
    let naming = Naming { office, sections: load::keys(&rows) };
    let house_phone = house.house_phone.parse::<Target>().ok().ok_or_else(|| words::corrupt("telephone_house", site, "house phone"))?;
    Ok(Some(File {
        site: name.to_owned(),
        numbering: house.numbering.clone(),
        occupancy_from: words::word("telephone_house", site, &house.occupancy_from)?,
        house_phone: place(house_phone),
        reception: house.reception_id.and_then(|id| naming.section(id)),
        security: security(connection, site, &naming).await?,
        hours: hours_file(&words::json::<Vec<Hours>>("telephone_house", site, &house.hours)?),
        sections: sections(connection, &rows, &naming).await?,
        devices: devices(connection, site, &naming).await?,
        numbers: numbers(connection, site, &naming).await?,
        blocks: blocks(connection, &naming).await?,
        contacts: contacts(connection, &naming).await?,
        links: links(connection, site).await?,
    }))
}

/// Names as people know them.
struct Naming<'a> {
    office: &'a Office,
    sections: BTreeMap<i64, &'a str>,
}

impl Naming<'_> {
    fn section(&self, id: i64) -> Option<String> {
        self.sections.get(&id).map(|key| (*key).to_owned())
    }

    fn person(&self, id: PersonId) -> Option<String> {
        self.office.people.get(&id).map(|person| person.staff_no.clone())
    }

    fn seat(&self, id: SeatId) -> Option<SeatFile> {
        let seat = self.office.seats.get(&id)?;
        Some(SeatFile { floor: self.office.floor(seat.floor)?.name.clone(), label: seat.label.clone() })
    }
}

fn place(target: Target) -> PlaceFile {
    match target {
        Target::Aor(aor) => PlaceFile::Aor(aor.to_string()),
        Target::Tel(tel) => PlaceFile::Tel(tel.to_string()),
    }
}

async fn security(connection: &DatabaseTransaction, site: SiteId, naming: &Naming<'_>) -> Result<SecurityFile, DbErr> {
    let mut file = SecurityFile::default();
    for to in load::security(connection).await?.into_iter().filter(|(of, _)| *of == site).map(|(_, to)| to) {
        match to {
            MemoTo::Section(section) => file.sections.extend(naming.section(section.0)),
            MemoTo::Person(person) => file.people.extend(naming.person(person)),
        }
    }
    Ok(file)
}

async fn sections(connection: &DatabaseTransaction, rows: &[section::Model], naming: &Naming<'_>) -> Result<Vec<SectionFile>, DbErr> {
    let mut rosters: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for row in section_roster::Entity::find().order_by_asc(section_roster::Column::Rank).all(connection).await? {
        rosters.entry(row.section_id).or_default().extend(naming.person(PersonId(row.person_id)));
    }
    let rules = load_rules(connection).await?;
    let cover = |section: i64| {
        let own: Vec<_> = rules.iter().filter(|rule| rule.section.0 == section).map(|rule| cover_file(&rule.wish)).collect();
        (!own.is_empty()).then_some(own)
    };
    rows.iter()
        .map(|row| {
            let closed = words::closed(&row.closed).ok_or_else(|| words::corrupt("section", row.id, "closed target"))?;
            Ok(SectionFile {
                key: row.key.clone(),
                name: row.name.clone(),
                unit: row.unit_id.and_then(|unit| naming.office.units.get(&domain::UnitId(unit))).map(|unit| unit.code.clone()),
                ring: words::word("section", row.id, &row.ring)?,
                ring_ms: load::milliseconds(row.ring_ms),
                fixed_ms: load::milliseconds(row.fixed_ms),
                overflow: row.overflow_id.and_then(|id| naming.section(id)),
                hours: hours_file(&words::json::<Vec<Hours>>("section", row.id, &row.hours)?),
                closed: match closed {
                    ClosedTarget::Announcement => ClosedFile::Announcement,
                    ClosedTarget::Duty(to) => ClosedFile::Duty(to.to_string()),
                    ClosedTarget::Guard(to) => ClosedFile::Guard(to.to_string()),
                },
                roster: rosters.remove(&row.id).unwrap_or_default(),
                tasks: words::json("section", row.id, &row.tasks)?,
                cover: cover(row.id),
                from: some_day(row.from_on),
                until: row.until_on,
            })
        })
        .collect()
}

async fn devices(connection: &DatabaseTransaction, site: SiteId, naming: &Naming<'_>) -> Result<Vec<DeviceFile>, DbErr> {
    let rows = device::Entity::find().filter(device::Column::SiteId.eq(site.0)).order_by_asc(device::Column::Id).all(connection).await?;
    rows.iter()
        .map(|row| {
            let device = load::to_device(row)?;
            let mut file = DeviceFile {
                kind: device.kind.code().to_owned(),
                leaves_building: Some(device.reach == Reach::Anywhere),
                out_of_service: device.service == Service::Off,
                from: some_day(row.from_on),
                until: row.until_on,
                ..DeviceFile::default()
            };
            match device.target {
                Target::Aor(aor) => file.aor = Some(aor.to_string()),
                Target::Tel(tel) => file.tel = Some(tel.to_string()),
            }
            match device.owner {
                Owner::Person(person) => file.person = naming.person(person),
                Owner::Seat(seat) => file.seat = naming.seat(seat),
                Owner::Section(section) => file.section = naming.section(section.0),
                Owner::House(_) => file.house = true,
            }
            Ok(file)
        })
        .collect()
}

async fn numbers(connection: &DatabaseTransaction, site: SiteId, naming: &Naming<'_>) -> Result<Vec<NumberFile>, DbErr> {
    let names: BTreeMap<i64, String> = device::Entity::find().all(connection).await?.into_iter().map(|row| (row.id, row.target)).collect();
    let rows = number::Entity::find().filter(number::Column::SiteId.eq(site.0)).order_by_asc(number::Column::Id).all(connection).await?;
    rows.iter()
        .map(|row| {
            let number = load::to_number(row)?;
            let mut file = NumberFile {
                ext: row.ext.clone(),
                tel: row.tel.clone(),
                kind: row.kind.clone(),
                from: some_day(row.from_on),
                until: row.until_on,
                successor: row.successor_ext.clone(),
                announce_until: row.announce_until_on,
                ..NumberFile::default()
            };
            match number.kind {
                NumberKind::Person(person) => file.person = naming.person(person),
                NumberKind::Section(section) | NumberKind::Main(section) => file.section = naming.section(section.0),
                NumberKind::Seat(seat) => file.seat = naming.seat(seat),
                NumberKind::Room(device) | NumberKind::Fax(device) => file.device = names.get(&device.0).cloned(),
                NumberKind::Emergency => {}
            }
            Ok(file)
        })
        .collect()
}

async fn blocks(connection: &DatabaseTransaction, naming: &Naming<'_>) -> Result<Vec<BlockFile>, DbErr> {
    let rows = block_rule::Entity::find().order_by_asc(block_rule::Column::Id).all(connection).await?;
    rows.into_iter()
        .map(|row| {
            let scope = words::scope(&row.scope, row.scope_id).ok_or_else(|| words::corrupt("block_rule", row.id, "scope"))?;
            let (section, person) = match scope {
                BlockScope::House => (None, None),
                BlockScope::Section(section) => (naming.section(section.0), None),
                BlockScope::Person(person) => (None, naming.person(person)),
            };
            Ok(BlockFile { callers: row.callers, section, person, until: row.until_at })
        })
        .collect()
}

async fn contacts(connection: &DatabaseTransaction, naming: &Naming<'_>) -> Result<Vec<ContactFile>, DbErr> {
    let rows = contact::Entity::find().order_by_asc(contact::Column::Id).all(connection).await?;
    Ok(rows.into_iter().map(|row| ContactFile { tel: row.tel, name: row.name, section: row.section_id.and_then(|id| naming.section(id)) }).collect())
}

async fn links(connection: &DatabaseTransaction, site: SiteId) -> Result<Vec<LinkFile>, DbErr> {
    let rows = pbx_link::Entity::find().filter(pbx_link::Column::SiteId.eq(site.0)).order_by_asc(pbx_link::Column::Id).all(connection).await?;
    let small = |value: i32| u8::try_from(value).unwrap_or(u8::MAX);
    Ok(rows
        .into_iter()
        .map(|row| LinkFile {
            id: row.id,
            kind: row.kind,
            max_parallel: small(row.max_parallel),
            max_stages: small(row.max_stages),
            max_total_ms: load::milliseconds(row.max_total_ms),
            domain: row.domain,
            trunk: row.trunk,
            peers: serde_json::from_str(&row.peers).unwrap_or_default(),
        })
        .collect())
}
