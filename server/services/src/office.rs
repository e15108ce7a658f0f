//! The office in memory: sites, floors, zones, seats, units and people. They change rarely and every page needs them,
//! so each process keeps one immutable snapshot and replaces it when the stored revision grows.

use crate::{Services, clock::Clock, db::Db, error::Failure};
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use domain::{
    FloorId, PersonId, SeatId, SiteId, UnitId, ZoneId,
    account::Actor,
    booking::SeatUse,
    floor::{Placed, Point, Rect},
    person::{Relation, SearchKey, Sight, Visibility, sight, view::Who},
    site::SitePolicy,
};
use entity::{floor, office_revision, overflow, person, post, site, space, unit, zone, zone_home};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, QueryOrder, sea_query::Expr};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Arc, RwLock},
};

/// 庁舎.
#[derive(Clone, Debug)]
pub struct Site {
    /// Its number.
    pub id: SiteId,
    /// What people call it.
    pub name: String,
    /// Its time zone.
    pub zone: Tz,
    /// Its rules.
    pub policy: SitePolicy,
}

impl Site {
    /// What its wall clock shows.
    #[must_use]
    pub fn now(&self, clock: &Clock) -> NaiveDateTime {
        clock.wall(self.zone)
    }
}

/// 階.
#[derive(Clone, Debug)]
pub struct Floor {
    /// Its number.
    pub id: FloorId,
    /// Its site.
    pub site: SiteId,
    /// What people call it.
    pub name: String,
    /// Width of the drawing, millimetres.
    pub width_mm: i32,
    /// Height of the drawing, millimetres.
    pub height_mm: i32,
    /// 0 without a picture; grows with every new one.
    pub image_version: i64,
    /// Zones in the order of the drawing.
    pub zones: Vec<ZoneId>,
    /// Seats, zone by zone and by label.
    pub seats: Vec<SeatId>,
    /// Rooms.
    pub rooms: Vec<Room>,
}

/// 会議室, as drawn.
#[derive(Clone, Debug)]
pub struct Room {
    /// What people call it.
    pub name: String,
    /// Where it is.
    pub area: Rect,
    /// How many people it holds.
    pub capacity: u32,
}

/// エリア.
#[derive(Clone, Debug)]
pub struct Zone {
    /// Its number.
    pub id: ZoneId,
    /// Its floor.
    pub floor: FloorId,
    /// Its key in the floor's file.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// 座席率, percent, where it differs from the site's.
    pub ratio_percent: Option<u16>,
    /// The units at home there.
    pub homes: Vec<UnitId>,
    /// Its seats.
    pub seats: Vec<SeatId>,
}

/// 座席.
#[derive(Clone, Debug)]
pub struct Seat {
    /// Its number.
    pub id: SeatId,
    /// Its floor.
    pub floor: FloorId,
    /// Its zone.
    pub zone: Option<ZoneId>,
    /// What stands on it.
    pub label: String,
    /// The middle of its marker.
    pub at: Point,
    /// Clockwise, degrees.
    pub rotation: i16,
    /// What it has.
    pub attributes: Vec<String>,
    /// What it is for.
    pub seat_use: SeatUse,
}

/// 部・課・係.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Its number.
    pub id: UnitId,
    /// 所属コード.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// The unit above.
    pub parent: Option<UnitId>,
    /// Seats of its home zones it lends at most before the release time.
    pub lends: Option<u32>,
    /// あふれ先, first choice first.
    pub overflow: Vec<ZoneId>,
}

/// 職員.
#[derive(Clone, Debug)]
pub struct Person {
    /// The number.
    pub id: PersonId,
    /// 職員番号.
    pub staff_no: String,
    /// The name shown.
    pub name: String,
    /// The reading.
    pub kana: String,
    /// What search looks at.
    pub key: SearchKey,
    /// Mail address.
    pub email: Option<String>,
    /// 内線番号.
    pub extension: Option<String>,
    /// 任用区分.
    pub employment: String,
    /// The person's own choice, or the administrator's.
    pub visibility: Option<Visibility>,
    /// Whether an administrator chose.
    pub visibility_fixed: bool,
    /// Attributes asked for in a proposal.
    pub wishes: Vec<String>,
    /// Posts, the main one first.
    pub posts: Vec<Post>,
}

/// A post in a unit, half-open in time.
#[derive(Clone, Debug)]
pub struct Post {
    /// The unit.
    pub unit: UnitId,
    /// 役職.
    pub title: String,
    /// 本務 (else 兼務).
    pub main: bool,
    /// First day.
    pub from_on: Option<NaiveDate>,
    /// The day after the last.
    pub until_on: Option<NaiveDate>,
}

impl Post {
    /// Whether the post is held on a day.
    #[must_use]
    pub fn covers(&self, on: NaiveDate) -> bool {
        self.from_on.is_none_or(|from| from <= on) && self.until_on.is_none_or(|until| on < until)
    }
}

/// One consistent state of the office.
#[derive(Clone, Debug, Default)]
pub struct Office {
    /// Grows with every change.
    pub revision: i64,
    /// Sites by number.
    pub sites: BTreeMap<SiteId, Site>,
    /// Floors in the order people list them.
    pub floors: Vec<Floor>,
    /// Zones.
    pub zones: HashMap<ZoneId, Zone>,
    /// Seats.
    pub seats: HashMap<SeatId, Seat>,
    /// Units by number.
    pub units: BTreeMap<UnitId, Unit>,
    /// People.
    pub people: HashMap<PersonId, Person>,
    /// People by 職員番号.
    pub by_staff_no: HashMap<String, PersonId>,
}

impl Office {
    /// A floor by number.
    #[must_use]
    pub fn floor(&self, id: FloorId) -> Option<&Floor> {
        self.floors.iter().find(|floor| floor.id == id)
    }

    /// The site of a floor.
    #[must_use]
    pub fn site_of(&self, floor: FloorId) -> Option<&Site> {
        self.floor(floor).and_then(|floor| self.sites.get(&floor.site))
    }

    /// The site a person's days are counted at: that of their home floor, or else the first.
    #[must_use]
    pub fn site_for(&self, person: PersonId, on: NaiveDate) -> Option<&Site> {
        self.home_floor(person, on).and_then(|floor| self.site_of(floor)).or_else(|| self.sites.values().next())
    }

    /// The units of a person on a day, those above included, the main one's first; each once.
    #[must_use]
    pub fn units_of(&self, person: PersonId, on: NaiveDate) -> Vec<UnitId> {
        let mut units = Vec::new();
        for post in self.people.get(&person).into_iter().flat_map(|person| &person.posts).filter(|post| post.covers(on)) {
            for unit in self.unit_and_above(post.unit) {
                if !units.contains(&unit) {
                    units.push(unit);
                }
            }
        }
        units
    }

    /// The unit of a person's main post on a day.
    #[must_use]
    pub fn main_unit(&self, person: PersonId, on: NaiveDate) -> Option<&Unit> {
        self.main_post(person, on).and_then(|post| self.units.get(&post.unit))
    }

    /// A person's main post on a day.
    #[must_use]
    pub fn main_post(&self, person: PersonId, on: NaiveDate) -> Option<&Post> {
        self.people.get(&person)?.posts.iter().find(|post| post.covers(on))
    }

    /// Whether a person works here on a day. Somebody without any post (an administrator from the first start) does.
    #[must_use]
    pub fn employed(&self, person: PersonId, on: NaiveDate) -> bool {
        self.people.get(&person).is_some_and(|person| person.posts.is_empty() || person.posts.iter().any(|post| post.covers(on)))
    }

    /// Members of any of these units on a day, each once (兼務 counts once).
    #[must_use]
    pub fn members(&self, units: &[UnitId], on: NaiveDate) -> Vec<PersonId> {
        let mut members: Vec<_> = self.people.keys().copied().filter(|person| self.units_of(*person, on).iter().any(|unit| units.contains(unit))).collect();
        members.sort_unstable();
        members
    }

    /// Members a zone is planned for on a day, by zone: people whose main post is in a unit at home there (兼務 counts once,
    /// where the main post is). One pass over the people for all zones.
    #[must_use]
    pub fn planned_members(&self, on: NaiveDate) -> HashMap<ZoneId, u32> {
        let mut by_unit: HashMap<UnitId, u32> = HashMap::new();
        for post in self.people.values().filter_map(|person| person.posts.iter().find(|post| post.covers(on))) {
            *by_unit.entry(post.unit).or_default() += 1;
        }
        let below = |home: UnitId, unit: UnitId| self.unit_and_above(unit).contains(&home);
        let planned = |zone: &Zone| by_unit.iter().filter(|(unit, _)| zone.homes.iter().any(|home| below(*home, **unit))).map(|(_, count)| count).sum();
        self.zones.values().map(|zone| (zone.id, planned(zone))).collect()
    }

    /// A unit and those above it, nearest first.
    fn unit_and_above(&self, unit: UnitId) -> Vec<UnitId> {
        let mut units = Vec::new();
        let mut next = Some(unit);
        // A unit cannot be above itself; should the data say so, the list stays finite.
        while let Some(unit) = next.filter(|unit| !units.contains(unit)) {
            units.push(unit);
            next = self.units.get(&unit).and_then(|unit| unit.parent);
        }
        units
    }

    /// The zones a person is at home in on a day.
    #[must_use]
    pub fn homes_of(&self, person: PersonId, on: NaiveDate) -> Vec<&Zone> {
        let units = self.units_of(person, on);
        let mut homes: Vec<_> = self.zones.values().filter(|zone| zone.homes.iter().any(|unit| units.contains(unit))).collect();
        // Homes of the main post before those of a 兼務.
        homes.sort_by_key(|zone| (zone.homes.iter().filter_map(|home| units.iter().position(|unit| unit == home)).min(), zone.id));
        homes
    }

    /// The floor a person's home zone is on, or the first floor.
    #[must_use]
    pub fn home_floor(&self, person: PersonId, on: NaiveDate) -> Option<FloorId> {
        self.homes_of(person, on).first().map(|zone| zone.floor).or_else(|| self.floors.first().map(|floor| floor.id))
    }

    /// What an actor sees of a person on a day.
    #[must_use]
    pub fn sight(&self, actor: &Actor, person: PersonId, on: NaiveDate) -> Sight {
        let Some(found) = self.people.get(&person) else { return Sight::Nothing };
        let visibility = found.visibility.or_else(|| self.site_for(person, on).map(|site| site.policy.visibility)).unwrap_or(Visibility::House);
        if visibility == Visibility::House {
            return Sight::Seat;
        }
        let relation = match actor.person() {
            _ if actor.administers_people() => Relation::Administrator,
            Some(viewer) if viewer == person => Relation::Oneself,
            Some(viewer) if self.share_unit(viewer, person, on) => Relation::SameUnit,
            _ => Relation::OtherUnit,
        };
        sight(visibility, relation)
    }

    /// Whether two people hold posts in a common unit (of the posts themselves, not of the units above).
    #[must_use]
    pub fn share_unit(&self, one: PersonId, other: PersonId, on: NaiveDate) -> bool {
        let posts = |person| self.people.get(&person).into_iter().flat_map(|person| &person.posts).filter(|post| post.covers(on)).map(|post| post.unit);
        let units: HashSet<_> = posts(one).collect();
        posts(other).any(|unit| units.contains(&unit))
    }

    /// A person as named beside a seat.
    #[must_use]
    pub fn who(&self, actor: &Actor, person: PersonId, on: NaiveDate) -> Option<Who> {
        let found = self.people.get(&person)?;
        Some(Who {
            id: person,
            staff_no: found.staff_no.clone(),
            name: found.name.clone(),
            unit: self.main_unit(person, on).map(|unit| unit.name.clone()),
            team: actor.person().is_some_and(|viewer| self.share_unit(viewer, person, on)),
        })
    }

    /// Seats of a floor with their places.
    #[must_use]
    pub fn placed(&self, floor: FloorId) -> Vec<Placed> {
        let seats = self.floor(floor).into_iter().flat_map(|floor| &floor.seats);
        seats.filter_map(|seat| self.seats.get(seat)).map(|seat| Placed { seat: seat.id, at: seat.at }).collect()
    }
}

/// The process's current snapshot.
pub struct OfficeCache(RwLock<Arc<Office>>);

impl OfficeCache {
    pub(crate) async fn load(db: &Db) -> Result<Self, DbErr> {
        Ok(Self(RwLock::new(Arc::new(load(db).await?))))
    }

    pub(crate) fn get(&self) -> Arc<Office> {
        // A poisoned lock still holds a whole snapshot: it is replaced in one move.
        Arc::clone(&self.0.read().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    fn put(&self, office: Office) {
        *self.0.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(office);
    }
}

impl Services {
    /// Loads the office anew when somebody changed it. Called after own changes and once a second by a job.
    ///
    /// # Errors
    /// When the database cannot be read; the old snapshot stays.
    pub async fn refresh_office(&self) -> Result<(), Failure<crate::Never>> {
        let stored = office_revision::Entity::find_by_id(1).one(self.db().reader()).await?.map_or(0, |row| row.revision);
        if stored != self.office().revision {
            self.office_cache().put(load(self.db()).await?);
        }
        Ok(())
    }
}

/// Notes that the office changed; part of every transaction that changes it.
pub(crate) async fn bump(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    office_revision::Entity::update_many()
        .col_expr(office_revision::Column::Revision, Expr::col(office_revision::Column::Revision).add(1))
        .exec(transaction)
        .await?;
    Ok(())
}

async fn load(db: &Db) -> Result<Office, DbErr> {
    let snapshot = db.snapshot().await?;
    let mut office = Office { revision: office_revision::Entity::find_by_id(1).one(&snapshot).await?.map_or(0, |row| row.revision), ..Office::default() };
    load_sites(&mut office, &snapshot).await?;
    load_units(&mut office, &snapshot).await?;
    load_floors(&mut office, &snapshot).await?;
    load_people(&mut office, &snapshot).await?;
    snapshot.commit().await?;
    Ok(office)
}

fn corrupt(table: &str, id: i64, what: impl std::fmt::Display) -> DbErr {
    DbErr::Custom(format!("{table} {id}: {what}"))
}

async fn load_sites(office: &mut Office, connection: &impl ConnectionTrait) -> Result<(), DbErr> {
    for row in site::Entity::find().order_by_asc(site::Column::Id).all(connection).await? {
        let zone = row.time_zone.parse().map_err(|error| corrupt("site", row.id, error))?;
        let policy = serde_json::from_str(&row.policy).map_err(|error| corrupt("site", row.id, error))?;
        office.sites.insert(SiteId(row.id), Site { id: SiteId(row.id), name: row.name, zone, policy });
    }
    Ok(())
}

async fn load_units(office: &mut Office, connection: &impl ConnectionTrait) -> Result<(), DbErr> {
    for row in unit::Entity::find().all(connection).await? {
        let lends = row.lends.and_then(|lends| u32::try_from(lends).ok());
        let unit = Unit { id: UnitId(row.id), code: row.code, name: row.name, parent: row.parent_id.map(UnitId), lends, overflow: Vec::new() };
        office.units.insert(unit.id, unit);
    }
    for row in overflow::Entity::find().order_by_asc(overflow::Column::Position).all(connection).await? {
        if let Some(unit) = office.units.get_mut(&UnitId(row.unit_id)) {
            unit.overflow.push(ZoneId(row.zone_id));
        }
    }
    Ok(())
}

async fn load_floors(office: &mut Office, connection: &impl ConnectionTrait) -> Result<(), DbErr> {
    let mut homes: HashMap<i64, Vec<UnitId>> = HashMap::new();
    for row in zone_home::Entity::find().order_by_asc(zone_home::Column::UnitId).all(connection).await? {
        homes.entry(row.zone_id).or_default().push(UnitId(row.unit_id));
    }
    for row in
        floor::Entity::find().order_by_asc(floor::Column::SiteId).order_by_asc(floor::Column::Position).order_by_asc(floor::Column::Id).all(connection).await?
    {
        office.floors.push(Floor {
            id: FloorId(row.id),
            site: SiteId(row.site_id),
            name: row.name,
            width_mm: row.width_mm,
            height_mm: row.height_mm,
            image_version: row.image_version,
            zones: Vec::new(),
            seats: Vec::new(),
            rooms: Vec::new(),
        });
    }
    let at: HashMap<FloorId, usize> = office.floors.iter().enumerate().map(|(index, floor)| (floor.id, index)).collect();
    for row in zone::Entity::find().order_by_asc(zone::Column::Position).order_by_asc(zone::Column::Id).all(connection).await? {
        let zone = Zone {
            id: ZoneId(row.id),
            floor: FloorId(row.floor_id),
            key: row.key,
            name: row.name,
            ratio_percent: row.ratio_percent.and_then(|ratio| u16::try_from(ratio).ok()),
            homes: homes.remove(&row.id).unwrap_or_default(),
            seats: Vec::new(),
        };
        if let Some(index) = at.get(&zone.floor) {
            office.floors[*index].zones.push(zone.id);
        }
        office.zones.insert(zone.id, zone);
    }
    for row in space::Entity::find().order_by_asc(space::Column::Label).order_by_asc(space::Column::Id).all(connection).await? {
        if let Some(index) = at.get(&FloorId(row.floor_id)) {
            add_space(office, *index, row)?;
        }
    }
    order_seats(office);
    Ok(())
}

fn add_space(office: &mut Office, floor: usize, row: space::Model) -> Result<(), DbErr> {
    let at = Point { x_mm: row.x_mm, y_mm: row.y_mm };
    if row.kind == "room" {
        let area = Rect { x_mm: row.x_mm, y_mm: row.y_mm, width_mm: row.width_mm, height_mm: row.height_mm };
        office.floors[floor].rooms.push(Room { name: row.label, area, capacity: u32::try_from(row.capacity).unwrap_or(0) });
        return Ok(());
    }
    let seat = Seat {
        id: SeatId(row.id),
        floor: FloorId(row.floor_id),
        zone: row.zone_id.map(ZoneId),
        label: row.label,
        at,
        rotation: row.rotation,
        attributes: serde_json::from_str(&row.attributes).map_err(|error| corrupt("space", row.id, error))?,
        seat_use: if row.retired { SeatUse::Closed } else { SeatUse::parse(&row.seat_use).ok_or_else(|| corrupt("space", row.id, &row.seat_use))? },
    };
    if row.retired {
        // Not drawn any more; its name is still needed where its past bookings are shown.
    } else if let Some(zone) = seat.zone.and_then(|zone| office.zones.get_mut(&zone)) {
        zone.seats.push(seat.id);
    } else {
        office.floors[floor].seats.push(seat.id);
    }
    office.seats.insert(seat.id, seat);
    Ok(())
}

/// The list twin's order: zone by zone as drawn, then what stands outside every zone.
fn order_seats(office: &mut Office) {
    for floor in &mut office.floors {
        let outside = std::mem::take(&mut floor.seats);
        let zones = &office.zones;
        floor.seats = floor.zones.iter().filter_map(|zone| zones.get(zone)).flat_map(|zone| zone.seats.iter().copied()).chain(outside).collect();
    }
}

async fn load_people(office: &mut Office, connection: &impl ConnectionTrait) -> Result<(), DbErr> {
    let mut posts: HashMap<i64, Vec<Post>> = HashMap::new();
    for row in post::Entity::find().order_by_desc(post::Column::Main).order_by_asc(post::Column::Id).all(connection).await? {
        let post = Post { unit: UnitId(row.unit_id), title: row.title, main: row.main, from_on: row.from_on, until_on: row.until_on };
        posts.entry(row.person_id).or_default().push(post);
    }
    for row in person::Entity::find().all(connection).await? {
        let id = PersonId(row.id);
        office.by_staff_no.insert(row.staff_no.clone(), id);
        let person = Person {
            id,
            staff_no: row.staff_no,
            name: row.name,
            kana: row.kana,
            key: SearchKey(row.search_key),
            email: row.email,
            extension: row.extension,
            employment: row.employment,
            visibility: row.visibility.as_deref().and_then(Visibility::parse),
            visibility_fixed: row.visibility_fixed,
            wishes: serde_json::from_str(&row.wishes).map_err(|error| corrupt("person", row.id, error))?,
            posts: posts.remove(&row.id).unwrap_or_default(),
        };
        office.people.insert(id, person);
    }
    Ok(())
}
