//! The office in memory: sites, floors, zones, seats, units and people. They change rarely and every page needs them,
//! so each process keeps one immutable snapshot and replaces it when the stored revision grows.

mod ask;
mod load;

use crate::{Services, clock::Clock, db::Db, error::Failure};
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use domain::{
    FloorId, PersonId, SeatId, SiteId, UnitId, ZoneId,
    booking::SeatUse,
    floor::{Point, Rect},
    person::{SearchKey, Visibility},
    site::SitePolicy,
};
use entity::office_revision;
use load::load;
pub(crate) use load::read;
use sea_orm::{DatabaseTransaction, DbErr, EntityTrait, ExprTrait, sea_query::Expr};
use std::{
    collections::{BTreeMap, HashMap},
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
    /// Width and height of a seat's marker, millimetres.
    pub seat_size_mm: (i32, i32),
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
    planned: ask::Planned,
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
        // Telephones name people, seats and units; a new day brings other bookings.
        self.refresh_board().await
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
