//! The rows of a site's telephones, made to be those of a file. What stays the same keeps its number, so that what people
//! chose, passwords and secrets outlive an import.

use super::{
    refer::{BlockRow, DeviceRow, NumberRow, Resolved, SectionRow, Stands, Whose},
    rows as words,
};
use crate::office::Office;
use chrono::NaiveDate;
use domain::{
    SectionId, SiteId,
    memo::MemoTo,
    telephone::{NumberKind, Owner, Target},
};
use entity::{block_rule, contact, device, house_security, number, pbx_link, section, section_roster};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Rows inserted in one statement: both databases limit the values of one.
const AT_ONCE: usize = 500;

/// Stores everything and returns the sections' numbers by key.
pub(super) async fn store(transaction: &DatabaseTransaction, office: &Office, wanted: &Resolved) -> Result<BTreeMap<String, i64>, DbErr> {
    let site = wanted.site;
    let sections = store_sections(transaction, site, &wanted.sections).await?;
    let devices = store_devices(transaction, office, site, &wanted.devices, &sections).await?;
    store_numbers(transaction, site, &wanted.numbers, &sections, &devices).await?;
    store_callers(transaction, wanted, &sections).await?;
    store_links(transaction, wanted).await?;
    Ok(sections)
}

/// Inserts in pieces that a statement can hold.
async fn insert<A>(transaction: &DatabaseTransaction, rows: Vec<A>) -> Result<(), DbErr>
where
    A: ActiveModelTrait + Send + Clone,
{
    for rows in rows.chunks(AT_ONCE) {
        A::Entity::insert_many(rows.to_vec()).exec_without_returning(transaction).await?;
    }
    Ok(())
}

/// Who is told of emergency calls: the sections first, then the people, each in the order of the file.
pub(super) async fn store_security(transaction: &DatabaseTransaction, wanted: &Resolved, sections: impl Iterator<Item = i64>) -> Result<(), DbErr> {
    house_security::Entity::delete_many().filter(house_security::Column::SiteId.eq(wanted.site.0)).exec(transaction).await?;
    let people = wanted.security.iter().copied().map(MemoTo::Person);
    let rows = (0..).zip(sections.map(|id| MemoTo::Section(SectionId(id))).chain(people)).map(|(rank, to)| house_security::ActiveModel {
        site_id: Set(wanted.site.0),
        to_kind: Set(to.parts().0.to_owned()),
        to_id: Set(to.parts().1),
        rank: Set(rank),
    });
    insert(transaction, rows.collect()).await
}

async fn store_sections(transaction: &DatabaseTransaction, site: SiteId, wanted: &[SectionRow]) -> Result<BTreeMap<String, i64>, DbErr> {
    let present = section::Entity::find().filter(section::Column::SiteId.eq(site.0)).all(transaction).await?;
    let kept: HashSet<&str> = wanted.iter().map(|row| row.file.key.as_str()).collect();
    let all: Vec<i64> = present.iter().map(|row| row.id).collect();
    section_roster::Entity::delete_many().filter(section_roster::Column::SectionId.is_in(all)).exec(transaction).await?;
    let gone: Vec<i64> = present.iter().filter(|row| !kept.contains(row.key.as_str())).map(|row| row.id).collect();
    section::Entity::delete_many().filter(section::Column::Id.is_in(gone)).exec(transaction).await?;
    let mut keys = BTreeMap::new();
    for row in wanted {
        let before = present.iter().find(|before| before.key == row.file.key);
        let mut model = section_model(site, row);
        let id = match before {
            Some(before) => {
                model.id = Set(before.id);
                section::Entity::update(model).exec(transaction).await?.id
            }
            None => section::Entity::insert(model).exec(transaction).await?.last_insert_id,
        };
        keys.insert(row.file.key.clone(), id);
    }
    for row in wanted {
        let id = keys[&row.file.key];
        if let Some(overflow) = row.file.overflow.as_ref().and_then(|key| keys.get(key)) {
            let model = section::ActiveModel { id: Set(id), overflow_id: Set(Some(*overflow)), ..Default::default() };
            section::Entity::update(model).exec(transaction).await?;
        }
        let roster =
            (0..).zip(&row.roster).map(|(rank, person)| section_roster::ActiveModel { section_id: Set(id), person_id: Set(person.0), rank: Set(rank) });
        insert(transaction, roster.collect()).await?;
        if let Some(rules) = &row.cover {
            super::cover::replace_rules(transaction, SectionId(id), rules).await?;
        }
    }
    Ok(keys)
}

fn section_model(site: SiteId, row: &SectionRow) -> section::ActiveModel {
    section::ActiveModel {
        id: NotSet,
        site_id: Set(site.0),
        key: Set(row.file.key.clone()),
        name: Set(row.file.name.clone()),
        unit_id: Set(row.unit.map(|unit| unit.0)),
        ring: Set(words::word_of(&row.file.ring)),
        ring_ms: Set(whole(row.file.ring_ms)),
        fixed_ms: Set(whole(row.file.fixed_ms)),
        overflow_id: Set(None),
        hours: Set(words::json_of(&row.hours)),
        closed: Set(words::closed_text(row.closed)),
        tasks: Set(words::json_of(&row.file.tasks)),
        from_on: Set(row.valid.from_on),
        until_on: Set(row.valid.until_on),
    }
}

fn whole(ms: u32) -> i32 {
    i32::try_from(ms).unwrap_or(i32::MAX)
}

type Devices = HashMap<Target, i64>;

async fn store_devices(
    transaction: &DatabaseTransaction,
    office: &Office,
    site: SiteId,
    wanted: &[DeviceRow],
    sections: &BTreeMap<String, i64>,
) -> Result<Devices, DbErr> {
    let present = device::Entity::find().filter(device::Column::SiteId.eq(site.0)).all(transaction).await?;
    let by_key: HashMap<(&str, NaiveDate), &device::Model> = present.iter().map(|row| ((row.target.as_str(), row.from_on), row)).collect();
    let names: Vec<String> = wanted.iter().map(|row| row.target.to_string()).collect();
    let kept: HashSet<(&str, NaiveDate)> = names.iter().zip(wanted).map(|(name, row)| (name.as_str(), row.valid.from_on)).collect();
    // A seat's telephone has a row without standing in any file once it has a password.
    let at_seats: HashSet<&str> = office.seats.values().flat_map(|seat| &seat.attributes).filter_map(|attribute| attribute.strip_prefix("phone:")).collect();
    let gone = present.iter().filter(|row| !kept.contains(&(row.target.as_str(), row.from_on)) && !at_seats.contains(row.target.as_str()));
    let gone: Vec<i64> = gone.map(|row| row.id).collect();
    for gone in gone.chunks(AT_ONCE) {
        device::Entity::delete_many().filter(device::Column::Id.is_in(gone.to_vec())).exec(transaction).await?;
    }
    let mut fresh = Vec::new();
    for (name, row) in names.iter().zip(wanted) {
        let mut model = device_model(site, name, row, sections);
        match by_key.get(&(name.as_str(), row.valid.from_on)) {
            Some(before) => {
                model.id = before.id;
                model.ha1.clone_from(&before.ha1);
                if model != **before {
                    device::Entity::update(model.into_active_model().reset_all()).exec(transaction).await?;
                }
            }
            None => fresh.push(device::ActiveModel { id: NotSet, ..model.into_active_model() }),
        }
    }
    insert(transaction, fresh).await?;
    let stored = device::Entity::find().filter(device::Column::SiteId.eq(site.0)).all(transaction).await?;
    Ok(stored.iter().filter_map(|row| Some((row.target.parse::<Target>().ok()?, row.id))).collect())
}

fn device_model(site: SiteId, name: &str, row: &DeviceRow, sections: &BTreeMap<String, i64>) -> device::Model {
    let (owner_kind, owner_id) = match &row.owner {
        Whose::Person(person) => words::owner_parts(Owner::Person(*person)),
        Whose::Seat(seat) => words::owner_parts(Owner::Seat(*seat)),
        Whose::Section(key) => ("section", sections.get(key).copied().unwrap_or_default()),
        Whose::House => words::owner_parts(Owner::House(site)),
    };
    device::Model {
        id: 0,
        site_id: site.0,
        target: name.to_owned(),
        kind: row.kind.code().to_owned(),
        owner_kind: owner_kind.to_owned(),
        owner_id,
        leaves_building: row.leaves_building,
        in_service: row.in_service,
        ha1: None,
        from_on: row.valid.from_on,
        until_on: row.valid.until_on,
    }
}

async fn store_numbers(
    transaction: &DatabaseTransaction,
    site: SiteId,
    wanted: &[NumberRow],
    sections: &BTreeMap<String, i64>,
    devices: &Devices,
) -> Result<(), DbErr> {
    let present = number::Entity::find().filter(number::Column::SiteId.eq(site.0)).all(transaction).await?;
    let by_key: HashMap<(&str, NaiveDate), &number::Model> = present.iter().map(|row| ((row.ext.as_str(), row.from_on), row)).collect();
    let kept: HashSet<(&str, NaiveDate)> = wanted.iter().map(|row| (row.ext.as_str(), row.valid.from_on)).collect();
    let gone: Vec<i64> = present.iter().filter(|row| !kept.contains(&(row.ext.as_str(), row.from_on))).map(|row| row.id).collect();
    for gone in gone.chunks(AT_ONCE) {
        number::Entity::delete_many().filter(number::Column::Id.is_in(gone.to_vec())).exec(transaction).await?;
    }
    let mut fresh = Vec::new();
    for row in wanted {
        let mut model = number_model(site, row, sections, devices);
        match by_key.get(&(row.ext.as_str(), row.valid.from_on)) {
            Some(before) => {
                model.id = before.id;
                if model != **before {
                    number::Entity::update(model.into_active_model().reset_all()).exec(transaction).await?;
                }
            }
            None => fresh.push(number::ActiveModel { id: NotSet, ..model.into_active_model() }),
        }
    }
    insert(transaction, fresh).await
}

fn number_model(site: SiteId, row: &NumberRow, sections: &BTreeMap<String, i64>, devices: &Devices) -> number::Model {
    let section = |key: &String| sections.get(key).copied();
    let (kind, owner_id) = match &row.stands {
        Stands::For(Whose::Person(person)) => words::number_kind_parts(NumberKind::Person(*person)),
        Stands::For(Whose::Seat(seat)) => words::number_kind_parts(NumberKind::Seat(*seat)),
        Stands::For(Whose::Section(key)) => ("section", section(key)),
        Stands::Main(key) => ("main", section(key)),
        Stands::Room(target) => ("room", Some(devices.get(target).copied().unwrap_or_default())),
        Stands::Fax(target) => ("fax", Some(devices.get(target).copied().unwrap_or_default())),
        Stands::Emergency | Stands::For(Whose::House) => words::number_kind_parts(NumberKind::Emergency),
    };
    number::Model {
        id: 0,
        site_id: site.0,
        ext: row.ext.to_string(),
        tel: row.tel.map(|tel| tel.to_string()),
        kind: kind.to_owned(),
        owner_id,
        from_on: row.valid.from_on,
        until_on: row.valid.until_on,
        successor_ext: row.successor.map(|successor| successor.ext.to_string()),
        announce_until_on: row.successor.and_then(|successor| successor.announce_until_on),
    }
}

/// Callers belong to no site in the rows; the file of a house is the whole list.
async fn store_callers(transaction: &DatabaseTransaction, wanted: &Resolved, sections: &BTreeMap<String, i64>) -> Result<(), DbErr> {
    block_rule::Entity::delete_many().exec(transaction).await?;
    let scope = |row: &BlockRow| match &row.scope {
        Whose::Person(person) => ("person", Some(person.0)),
        Whose::Section(key) => ("section", sections.get(key).copied()),
        Whose::Seat(_) | Whose::House => ("house", None),
    };
    let rules = wanted.blocks.iter().map(|row| block_rule::ActiveModel {
        id: NotSet,
        callers: Set(words::callers_text(row.callers)),
        scope: Set(scope(row).0.to_owned()),
        scope_id: Set(scope(row).1),
        until_at: Set(row.until_at),
    });
    insert(transaction, rules.collect()).await?;
    contact::Entity::delete_many().exec(transaction).await?;
    let contacts = wanted.contacts.iter().map(|(tel, name, section)| contact::ActiveModel {
        id: NotSet,
        tel: Set(tel.to_string()),
        name: Set(name.clone()),
        section_id: Set(section.as_ref().and_then(|key| sections.get(key)).copied()),
    });
    insert(transaction, contacts.collect()).await
}

async fn store_links(transaction: &DatabaseTransaction, wanted: &Resolved) -> Result<(), DbErr> {
    let present = pbx_link::Entity::find().filter(pbx_link::Column::SiteId.eq(wanted.site.0)).all(transaction).await?;
    let gone: Vec<String> = present.iter().filter(|row| wanted.links.iter().all(|link| link.id != row.id)).map(|row| row.id.clone()).collect();
    pbx_link::Entity::delete_many().filter(pbx_link::Column::Id.is_in(gone)).exec(transaction).await?;
    for link in &wanted.links {
        let model = pbx_link::ActiveModel {
            id: Set(link.id.clone()),
            site_id: Set(wanted.site.0),
            kind: Set(link.kind.clone()),
            max_parallel: Set(i32::from(link.max_parallel)),
            max_stages: Set(i32::from(link.max_stages)),
            max_total_ms: Set(whole(link.max_total_ms)),
            domain: Set(link.domain.clone()),
            trunk: Set(link.trunk.clone()),
            peers: Set(words::json_of(&link.peers)),
            ..Default::default()
        };
        if present.iter().any(|row| row.id == link.id) {
            pbx_link::Entity::update(model).exec(transaction).await?;
        } else {
            pbx_link::Entity::insert(model).exec_without_returning(transaction).await?;
        }
    }
    Ok(())
}
