//! The board from its rows. Most of it is what an administrator entered; three things follow from elsewhere, so that nobody
//! enters them twice: who belongs to a section (posts in its unit), a person's number (the 内線 of the people file), and the
//! telephone of a seat (`phone:` among its attributes). A row of its own always counts more.

use super::{board::Board, event, follow, link, rows as words};
use crate::{
    audit,
    db::Db,
    office::{Office, Site},
};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use domain::{
    DeviceId, NumberId, PersonId, SectionId, SiteId, UnitId,
    memo::MemoTo,
    telephone::{
        Aor, BlockRule, Contact, DayRange, Device, DeviceKind, DeviceOrder, House, Listing, Member, Number, NumberKind, OffsetChange, OnRoster, Owner, Post,
        Reach, Rows, SeatLabel, Section, Service, Settings, SiteClock, Snapshot, Subscriber, Target,
    },
};
use entity::{block_rule, contact, device, house_security, number, phone_setting, section, section_roster, telephone_house};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QueryOrder};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

/// How far back rows are complete; what ended earlier is only history.
const KNOWN_DAYS: u64 = 1;

/// Days before and after today whose bookings a board knows.
pub(super) const NEAR_DAYS: i64 = 2;

/// What a board is read with.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub office: &'a Office,
    pub now: DateTime<Utc>,
}

/// The earliest local day of any site: rows of the day before are still needed where midnight has just passed elsewhere.
pub(super) fn today(office: &Office, now: DateTime<Utc>) -> NaiveDate {
    office.sites.values().map(|site| crate::clock::wall_of(now, site.zone).date()).min().unwrap_or_else(|| now.date_naive())
}

/// Everything, on one snapshot of the database.
pub(super) async fn board(db: &Db, source: Source<'_>) -> Result<Board, DbErr> {
    let connection = db.snapshot().await?;
    let board = read(&connection, source).await?;
    connection.commit().await?;
    Ok(board)
}

/// The same as a transaction sees it: a set-up that is only tried has a board, too.
pub(super) async fn read(connection: &impl ConnectionTrait, source: Source<'_>) -> Result<Board, DbErr> {
    let loaded_on = today(source.office, source.now);
    let revision = audit::version(connection).await?;
    let mut rows = Rows { known_from_on: loaded_on.checked_sub_days(Days::new(KNOWN_DAYS)).unwrap_or(loaded_on), ..Rows::default() };
    houses(&mut rows, connection, source).await?;
    if !rows.houses.is_empty() {
        names(&mut rows, source.office);
        sections(&mut rows, connection, source.office).await?;
        devices(&mut rows, connection, source.office).await?;
        numbers(&mut rows, connection, source).await?;
        callers(&mut rows, connection).await?;
        settings(&mut rows, connection).await?;
        follow::load(&mut rows, connection, source).await?;
        rows.idles = event::idles(connection).await?;
    }
    let cover = super::cover::load_rules(connection).await?;
    let links = link::load(connection).await?;
    let built = Snapshot::build(revision, rows);
    Ok(Board {
        world: Arc::new(built.snapshot),
        conflicts: Arc::new(built.conflicts),
        cover: Arc::new(cover),
        links: Arc::new(links),
        loaded_on,
        office_revision: source.office.revision,
    })
}

async fn houses(rows: &mut Rows, connection: &impl ConnectionTrait, source: Source<'_>) -> Result<(), DbErr> {
    let security = security(connection).await?;
    for row in telephone_house::Entity::find().order_by_asc(telephone_house::Column::SiteId).all(connection).await? {
        let Some(site) = source.office.sites.get(&SiteId(row.site_id)) else { continue };
        let bad = |what: &str| words::corrupt("telephone_house", row.site_id, what);
        rows.houses.push(House {
            site: site.id,
            name: site.name.clone(),
            clock: clock(site, source.now),
            policy: site.policy.clone(),
            numbering: words::numbering(&row.numbering).ok_or_else(|| bad("numbering"))?,
            occupancy_from: words::word("telephone_house", row.site_id, &row.occupancy_from)?,
            hours: words::json("telephone_house", row.site_id, &row.hours)?,
            house_phone: row.house_phone.parse::<Target>().ok().ok_or_else(|| bad("house phone"))?,
            reception: row.reception_id.map(SectionId),
            security: security.iter().filter(|(of, _)| *of == site.id).map(|(_, to)| *to).collect(),
        });
    }
    Ok(())
}

/// Who is told of emergency calls in each house, in the order they were named.
pub(super) async fn security(connection: &impl ConnectionTrait) -> Result<Vec<(SiteId, MemoTo)>, DbErr> {
    let rows = house_security::Entity::find().order_by_asc(house_security::Column::SiteId).order_by_asc(house_security::Column::Rank);
    let read = |row: house_security::Model| {
        let to = MemoTo::of_parts(&row.to_kind, row.to_id).ok_or_else(|| words::corrupt("house_security", row.site_id, "kind"))?;
        Ok((SiteId(row.site_id), to))
    };
    rows.all(connection).await?.into_iter().map(read).collect()
}

/// The wall of a site from two years back to three years ahead: a simulation of next April needs its summer time too.
fn clock(site: &Site, now: DateTime<Utc>) -> SiteClock {
    let midnight = now.date_naive().and_time(NaiveTime::MIN).and_utc();
    let (from, until) = (midnight - TimeDelta::days(2 * 365), midnight + TimeDelta::days(3 * 365));
    let mut changes = vec![OffsetChange { from_at: from, east_seconds: east(site.zone, from) }];
    let mut at = from;
    while at < until {
        let next = at + TimeDelta::days(1);
        if east(site.zone, next) != east(site.zone, at) {
            changes.push(OffsetChange { from_at: change_between(site.zone, at, next), east_seconds: east(site.zone, next) });
        }
        at = next;
    }
    SiteClock::changing(changes)
}

fn east(zone: Tz, at: DateTime<Utc>) -> i32 {
    use chrono::Offset;
    at.with_timezone(&zone).offset().fix().local_minus_utc()
}

/// The second at which the offset changes.
fn change_between(zone: Tz, mut before: DateTime<Utc>, mut after: DateTime<Utc>) -> DateTime<Utc> {
    while after - before > TimeDelta::seconds(1) {
        let middle = before + TimeDelta::seconds((after - before).num_seconds() / 2);
        if east(zone, middle) == east(zone, before) { before = middle } else { after = middle }
    }
    after
}

fn names(rows: &mut Rows, office: &Office) {
    let floors: HashMap<_, _> = office.floors.iter().map(|floor| (floor.id, floor.name.as_str())).collect();
    rows.seats.extend(office.seats.values().map(|seat| SeatLabel {
        seat: seat.id,
        label: seat.label.clone(),
        floor: floors.get(&seat.floor).copied().unwrap_or_default().to_owned(),
    }));
    rows.people.extend(office.people.values().map(|person| Subscriber {
        person: person.id,
        name: person.name.clone(),
        kana: person.kana.clone(),
        listing: Listing::Listed,
    }));
}

async fn sections(rows: &mut Rows, connection: &impl ConnectionTrait, office: &Office) -> Result<(), DbErr> {
    for row in section::Entity::find().order_by_asc(section::Column::Id).all(connection).await? {
        let bad = |what: &str| words::corrupt("section", row.id, what);
        rows.sections.push(Section {
            id: SectionId(row.id),
            site: SiteId(row.site_id),
            unit: row.unit_id.map(UnitId),
            name: row.name.clone(),
            ring: words::word("section", row.id, &row.ring)?,
            ring_ms: milliseconds(row.ring_ms),
            fixed_ms: milliseconds(row.fixed_ms),
            overflow: row.overflow_id.map(SectionId),
            hours: words::json("section", row.id, &row.hours)?,
            closed: words::closed(&row.closed).ok_or_else(|| bad("closed target"))?,
            tasks: words::json("section", row.id, &row.tasks)?,
            valid: words::days(row.from_on, row.until_on),
        });
    }
    members(rows, office);
    for row in section_roster::Entity::find().order_by_asc(section_roster::Column::SectionId).order_by_asc(section_roster::Column::Rank).all(connection).await?
    {
        rows.rosters.push(OnRoster { section: SectionId(row.section_id), person: PersonId(row.person_id), valid: DayRange::ALWAYS });
    }
    Ok(())
}

/// Whoever has a post in a section's unit, or in one below it that has no section of its own, belongs to the section for the
/// days of the post. Their order is that of the posts' titles as the people file has them: by staff number.
fn members(rows: &mut Rows, office: &Office) {
    let of_unit: HashMap<UnitId, SectionId> = rows.sections.iter().filter_map(|section| Some((section.unit?, section.id))).collect();
    let mut people: Vec<_> = office.people.values().collect();
    people.sort_by(|a, b| a.staff_no.cmp(&b.staff_no));
    let mut ranks: HashMap<SectionId, u16> = HashMap::new();
    for person in people {
        let mut seen = HashSet::new();
        for post in &person.posts {
            let Some(section) = office.unit_and_above(post.unit).iter().find_map(|unit| of_unit.get(unit)).copied() else { continue };
            let valid = DayRange { from_on: post.from_on.unwrap_or(NaiveDate::MIN), until_on: post.until_on };
            if !seen.insert((section, valid.from_on)) {
                continue;
            }
            let rank = ranks.entry(section).or_default();
            rows.members.push(Member { section, person: person.id, post: if post.main { Post::Main } else { Post::Side }, rank: *rank, valid });
            *rank = rank.saturating_add(1);
        }
    }
}

async fn devices(rows: &mut Rows, connection: &impl ConnectionTrait, office: &Office) -> Result<(), DbErr> {
    for row in device::Entity::find().order_by_asc(device::Column::Id).all(connection).await? {
        rows.devices.push(to_device(&row)?);
    }
    let entered: HashSet<Target> = rows.devices.iter().map(|device| device.target).collect();
    let mut seats: Vec<_> = office.seats.values().collect();
    seats.sort_by_key(|seat| seat.id);
    for seat in seats {
        let Some(site) = office.floor(seat.floor).map(|floor| floor.site) else { continue };
        let names = seat.attributes.iter().filter_map(|attribute| attribute.strip_prefix("phone:")?.parse::<Aor>().ok());
        for target in names.map(Target::Aor).filter(|target| !entered.contains(target)) {
            rows.devices.push(Device {
                id: DeviceId(-seat.id.0),
                site,
                target,
                kind: DeviceKind::SeatPhone,
                owner: Owner::Seat(seat.id),
                reach: Reach::Building,
                service: Service::On,
                valid: DayRange::ALWAYS,
            });
        }
    }
    Ok(())
}

pub(super) fn to_device(row: &device::Model) -> Result<Device, DbErr> {
    let bad = |what: &str| words::corrupt("device", row.id, what);
    Ok(Device {
        id: DeviceId(row.id),
        site: SiteId(row.site_id),
        target: row.target.parse::<Target>().ok().ok_or_else(|| bad("target"))?,
        kind: DeviceKind::parse(&row.kind).ok_or_else(|| bad("kind"))?,
        owner: words::owner(&row.owner_kind, row.owner_id).ok_or_else(|| bad("owner"))?,
        reach: if row.leaves_building { Reach::Anywhere } else { Reach::Building },
        service: if row.in_service { Service::On } else { Service::Off },
        valid: words::days(row.from_on, row.until_on),
    })
}

async fn numbers(rows: &mut Rows, connection: &impl ConnectionTrait, source: Source<'_>) -> Result<(), DbErr> {
    for row in number::Entity::find().order_by_asc(number::Column::Id).all(connection).await? {
        rows.numbers.push(to_number(&row)?);
    }
    let sites: HashSet<SiteId> = rows.houses.iter().map(|house| house.site).collect();
    let taken: HashSet<_> = rows.numbers.iter().map(|number| (number.site, number.ext)).collect();
    let with_own: HashSet<PersonId> =
        rows.numbers.iter().filter_map(|number| if let NumberKind::Person(person) = number.kind { Some(person) } else { None }).collect();
    let on = today(source.office, source.now);
    let mut people: Vec<_> = source.office.people.values().filter(|person| !with_own.contains(&person.id)).collect();
    people.sort_by_key(|person| person.id);
    let mut given = HashSet::new();
    for person in people {
        let Some(ext) = person.extension.as_ref().and_then(|extension| extension.parse().ok()) else { continue };
        let Some(site) = source.office.site_for(person.id, on).map(|site| site.id).filter(|site| sites.contains(site)) else { continue };
        // One extension that several people carry is their section's, not theirs: it has a row of its own or it is nobody's.
        if !taken.contains(&(site, ext)) && given.insert((site, ext)) {
            rows.numbers.push(Number {
                id: NumberId(-person.id.0),
                site,
                ext,
                tel: None,
                kind: NumberKind::Person(person.id),
                valid: DayRange::ALWAYS,
                successor: None,
            });
        }
    }
    Ok(())
}

pub(super) fn to_number(row: &number::Model) -> Result<Number, DbErr> {
    let bad = |what: &str| words::corrupt("number", row.id, what);
    let parsed = |text: &Option<String>| text.as_ref().map(|text| text.parse()).transpose().map_err(|_| bad("outside number"));
    Ok(Number {
        id: NumberId(row.id),
        site: SiteId(row.site_id),
        ext: row.ext.parse().map_err(|_| bad("extension"))?,
        tel: parsed(&row.tel)?,
        kind: words::number_kind(&row.kind, row.owner_id).ok_or_else(|| bad("kind"))?,
        valid: words::days(row.from_on, row.until_on),
        successor: match &row.successor_ext {
            Some(ext) => Some(domain::telephone::Successor { ext: ext.parse().map_err(|_| bad("successor"))?, announce_until_on: row.announce_until_on }),
            None => None,
        },
    })
}

async fn callers(rows: &mut Rows, connection: &impl ConnectionTrait) -> Result<(), DbErr> {
    for row in block_rule::Entity::find().order_by_asc(block_rule::Column::Id).all(connection).await? {
        let bad = |what: &str| words::corrupt("block_rule", row.id, what);
        rows.blocks.push(BlockRule {
            id: domain::BlockRuleId(row.id),
            callers: words::callers(&row.callers).ok_or_else(|| bad("callers"))?,
            scope: words::scope(&row.scope, row.scope_id).ok_or_else(|| bad("scope"))?,
            until_at: row.until_at,
        });
    }
    for row in contact::Entity::find().order_by_asc(contact::Column::Id).all(connection).await? {
        let tel = row.tel.parse().map_err(|_| words::corrupt("contact", row.id, "number"))?;
        rows.contacts.push(Contact { tel, name: row.name, section: row.section_id.map(SectionId) });
    }
    Ok(())
}

async fn settings(rows: &mut Rows, connection: &impl ConnectionTrait) -> Result<(), DbErr> {
    let mut unlisted = HashSet::new();
    for row in phone_setting::Entity::find().order_by_asc(phone_setting::Column::PersonId).all(connection).await? {
        if !row.listed {
            unlisted.insert(PersonId(row.person_id));
        }
        rows.settings.push((PersonId(row.person_id), to_settings(&row)?));
    }
    for subscriber in rows.people.iter_mut().filter(|subscriber| unlisted.contains(&subscriber.person)) {
        subscriber.listing = Listing::Unlisted;
    }
    Ok(())
}

pub(super) fn to_settings(row: &phone_setting::Model) -> Result<Settings, DbErr> {
    let picked: Option<Vec<i64>> = row.picked.as_ref().map(|picked| words::json("phone_setting", row.person_id, picked)).transpose()?;
    Ok(Settings {
        order: words::word::<DeviceOrder>("phone_setting", row.person_id, &row.ring_order)?,
        ring_ms: row.ring_ms.map(milliseconds),
        picked: picked.map(|picked| picked.into_iter().map(DeviceId).collect()),
        allowed: words::json("phone_setting", row.person_id, &row.allowed)?,
    })
}

pub(super) fn milliseconds(stored: i32) -> u32 {
    u32::try_from(stored).unwrap_or(0)
}

/// Sections of every site by their key in the file.
pub(super) fn keys(sections: &[section::Model]) -> BTreeMap<i64, &str> {
    sections.iter().map(|section| (section.id, section.key.as_str())).collect()
}
