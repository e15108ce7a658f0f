//! A floor from its file (CONTRACTS.md, Files): all or nothing, and nobody's booking vanishes.

use super::{
    file::{File, check, mm, parse},
    image::{self, Ready},
};
use crate::{
    Failure, Services, audit,
    import::{ImportError, ImportProblem},
    office,
};
use domain::{FloorId, account::Actor, site::SitePolicy};
use entity::{booking, floor, overflow, plan_image, site, space, unit, zone, zone_home};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
    sea_query::Expr,
};
use serde::Serialize;
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// What an import did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FloorReport {
    /// The floor.
    pub floor: FloorId,
    /// What people call it.
    pub name: String,
    /// Zones in the file.
    pub zones: usize,
    /// Seats in the file.
    pub seats: usize,
    /// Rooms in the file.
    pub rooms: usize,
}

/// Brings in a floor with zones, seats and rooms, and the picture beneath. A floor of the same site and name is replaced;
/// seats keep their bookings by their label.
///
/// # Errors
/// `Refused` with everything that is wrong; then nothing was changed.
pub async fn import_floor(cx: &Services, json: &[u8], picture: Option<&[u8]>) -> Result<FloorReport, Failure<Vec<ImportProblem>>> {
    let file = parse(json).map_err(Failure::Refused)?;
    let mut problems = check(cx, &file);
    let pictures = match picture.map(<[u8]>::to_vec) {
        None => Vec::new(),
        Some(bytes) => match tokio::task::spawn_blocking(move || image::prepare(&bytes)).await {
            Ok(Ok(ready)) => ready,
            Ok(Err(problem)) => {
                problems.push(ImportProblem::field("image", "", ImportError::Picture { message: problem.to_string() }));
                Vec::new()
            }
            Err(error) => return Err(Failure::Internal(error.to_string())),
        },
    };
    if !problems.is_empty() {
        return Err(Failure::Refused(problems));
    }
    let import = Arc::new(Import { file, pictures, at: cx.clock().now() });
    let report = cx
        .db()
        .write(move |transaction| {
            let import = Arc::clone(&import);
            Box::pin(async move { import.store(transaction).await })
        })
        .await?;
    cx.refresh_office().await.map_err(|failure| failure.map(|never| match never {}))?;
    Ok(report)
}

struct Import {
    file: File,
    pictures: Vec<Ready>,
    at: chrono::DateTime<chrono::Utc>,
}

impl Import {
    async fn store(&self, transaction: &DatabaseTransaction) -> Result<FloorReport, Failure<Vec<ImportProblem>>> {
        let site = self.site(transaction).await?;
        let floor = self.floor(transaction, site).await?;
        let zones = self.zones(transaction, floor).await?;
        self.units(transaction, &zones).await?;
        self.seats(transaction, floor, &zones).await?;
        self.rooms(transaction, floor).await?;
        self.picture(transaction, floor).await?;
        let detail = serde_json::json!({ "seats": self.file.seats.len(), "zones": self.file.zones.len() });
        audit::record(transaction, self.at, &Actor::System, "floor.import", format!("floor:{floor}"), detail).await?;
        office::bump(transaction).await?;
        Ok(FloorReport {
            floor: FloorId(floor),
            name: self.file.floor.clone(),
            zones: self.file.zones.len(),
            seats: self.file.seats.len(),
            rooms: self.file.rooms.len(),
        })
    }

    async fn site(&self, transaction: &DatabaseTransaction) -> Result<i64, DbErr> {
        let name = self.file.site.trim();
        if let Some(found) = site::Entity::find().filter(site::Column::Name.eq(name)).one(transaction).await? {
            return Ok(found.id);
        }
        let policy = serde_json::to_string(&SitePolicy::default()).map_err(|error| DbErr::Custom(error.to_string()))?;
        let zone = self.file.time_zone.clone().unwrap_or_else(|| "Asia/Tokyo".into());
        let row = site::ActiveModel { id: NotSet, name: Set(name.to_owned()), time_zone: Set(zone), policy: Set(policy) };
        Ok(site::Entity::insert(row).exec(transaction).await?.last_insert_id)
    }

    async fn floor(&self, transaction: &DatabaseTransaction, site: i64) -> Result<i64, DbErr> {
        let name = self.file.floor.trim();
        let (width, height) = (mm(self.file.size.width_m), mm(self.file.size.height_m));
        let same_site = floor::Entity::find().filter(floor::Column::SiteId.eq(site));
        if let Some(found) = same_site.clone().filter(floor::Column::Name.eq(name)).one(transaction).await? {
            floor::Entity::update_many()
                .col_expr(floor::Column::WidthMm, Expr::value(width))
                .col_expr(floor::Column::HeightMm, Expr::value(height))
                .filter(floor::Column::Id.eq(found.id))
                .exec(transaction)
                .await?;
            return Ok(found.id);
        }
        let position = i32::try_from(same_site.count(transaction).await?).unwrap_or(i32::MAX);
        let row = floor::ActiveModel {
            id: NotSet,
            site_id: Set(site),
            name: Set(name.to_owned()),
            position: Set(position),
            width_mm: Set(width),
            height_mm: Set(height),
            image_version: Set(0),
        };
        Ok(floor::Entity::insert(row).exec(transaction).await?.last_insert_id)
    }

    /// Numbers of the file's zones by key; zones that left the file go, once no seat is in them.
    async fn zones(&self, transaction: &DatabaseTransaction, floor: i64) -> Result<BTreeMap<String, i64>, DbErr> {
        let present = zone::Entity::find().filter(zone::Column::FloorId.eq(floor)).all(transaction).await?;
        let mut numbers = BTreeMap::new();
        for (position, wanted) in (0..).zip(&self.file.zones) {
            #[expect(clippy::cast_possible_truncation, reason = "checked to be within 0–2")]
            let ratio_percent = wanted.ratio.map(|ratio| (ratio * 100.0).round() as i32);
            let mut row = zone::ActiveModel {
                id: NotSet,
                floor_id: Set(floor),
                key: Set(wanted.id.clone()),
                name: Set(wanted.name.clone()),
                position: Set(position),
                ratio_percent: Set(ratio_percent),
            };
            let id = match present.iter().find(|zone| zone.key == wanted.id) {
                Some(found) => {
                    row.id = Set(found.id);
                    zone::Entity::update(row).exec(transaction).await?.id
                }
                None => zone::Entity::insert(row).exec(transaction).await?.last_insert_id,
            };
            numbers.insert(wanted.id.clone(), id);
            zone_home::Entity::delete_many().filter(zone_home::Column::ZoneId.eq(id)).exec(transaction).await?;
            let homes = unit::Entity::find().filter(unit::Column::Code.is_in(wanted.home_of.clone())).all(transaction).await?;
            let homes: Vec<_> = homes.into_iter().map(|home| zone_home::ActiveModel { zone_id: Set(id), unit_id: Set(home.id) }).collect();
            if !homes.is_empty() {
                zone_home::Entity::insert_many(homes).exec_without_returning(transaction).await?;
            }
        }
        let gone: Vec<i64> = present.iter().filter(|zone| !numbers.contains_key(&zone.key)).map(|zone| zone.id).collect();
        space::Entity::update_many()
            .col_expr(space::Column::ZoneId, Expr::value(None::<i64>))
            .filter(space::Column::ZoneId.is_in(gone.clone()))
            .exec(transaction)
            .await?;
        zone_home::Entity::delete_many().filter(zone_home::Column::ZoneId.is_in(gone.clone())).exec(transaction).await?;
        overflow::Entity::delete_many().filter(overflow::Column::ZoneId.is_in(gone.clone())).exec(transaction).await?;
        zone::Entity::delete_many().filter(zone::Column::Id.is_in(gone)).exec(transaction).await?;
        Ok(numbers)
    }

    async fn units(&self, transaction: &DatabaseTransaction, zones: &BTreeMap<String, i64>) -> Result<(), DbErr> {
        for wanted in &self.file.units {
            let Some(found) = unit::Entity::find().filter(unit::Column::Code.eq(&wanted.code)).one(transaction).await? else { continue };
            let lends = wanted.lends.and_then(|lends| i32::try_from(lends).ok());
            unit::Entity::update_many().col_expr(unit::Column::Lends, Expr::value(lends)).filter(unit::Column::Id.eq(found.id)).exec(transaction).await?;
            overflow::Entity::delete_many().filter(overflow::Column::UnitId.eq(found.id)).exec(transaction).await?;
            let mut rows = Vec::new();
            for (position, key) in (0..).zip(&wanted.overflow) {
                let zone = match zones.get(key) {
                    Some(zone) => Some(*zone),
                    None => zone::Entity::find().filter(zone::Column::Key.eq(key)).one(transaction).await?.map(|zone| zone.id),
                };
                rows.extend(zone.map(|zone| overflow::ActiveModel { unit_id: Set(found.id), position: Set(position), zone_id: Set(zone) }));
            }
            if !rows.is_empty() {
                overflow::Entity::insert_many(rows).exec_without_returning(transaction).await?;
            }
        }
        Ok(())
    }

    async fn seats(&self, transaction: &DatabaseTransaction, floor: i64, zones: &BTreeMap<String, i64>) -> Result<(), Failure<Vec<ImportProblem>>> {
        let present: HashMap<String, i64> = space::Entity::find()
            .filter(space::Column::FloorId.eq(floor))
            .filter(space::Column::Kind.eq("seat"))
            .all(transaction)
            .await?
            .into_iter()
            .map(|seat| (seat.label, seat.id))
            .collect();
        for wanted in &self.file.seats {
            let mut row = wanted.row(floor, wanted.zone.as_ref().and_then(|zone| zones.get(zone)).copied());
            match present.get(wanted.label.trim()) {
                Some(id) => {
                    row.id = Set(*id);
                    space::Entity::update(row).exec(transaction).await?;
                }
                None => {
                    space::Entity::insert(row).exec(transaction).await?;
                }
            }
        }
        let gone = present.iter().filter(|(label, _)| !self.file.seats.iter().any(|seat| seat.label.trim() == label.as_str()));
        self.retire(transaction, gone.map(|(label, id)| (label.as_str(), *id)).collect()).await
    }

    /// Seats that left the file: refused while booked, removed when never booked, kept as history otherwise.
    async fn retire(&self, transaction: &DatabaseTransaction, gone: Vec<(&str, i64)>) -> Result<(), Failure<Vec<ImportProblem>>> {
        let mut problems = Vec::new();
        for (label, id) in gone {
            let bookings = booking::Entity::find().filter(booking::Column::SpaceId.eq(id));
            let live = bookings.clone().filter(booking::Column::State.is_in(["booked", "checked_in"])).count(transaction).await?;
            if live > 0 {
                problems.push(ImportProblem::field("seats", label, ImportError::SeatBooked { bookings: live }));
            } else if bookings.limit(1).one(transaction).await?.is_none() {
                space::Entity::delete_by_id(id).exec(transaction).await?;
            } else {
                space::Entity::update_many()
                    .col_expr(space::Column::Retired, Expr::value(true))
                    .col_expr(space::Column::ZoneId, Expr::value(None::<i64>))
                    .filter(space::Column::Id.eq(id))
                    .exec(transaction)
                    .await?;
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(Failure::Refused(problems)) }
    }

    async fn rooms(&self, transaction: &DatabaseTransaction, floor: i64) -> Result<(), DbErr> {
        space::Entity::delete_many().filter(space::Column::FloorId.eq(floor)).filter(space::Column::Kind.eq("room")).exec(transaction).await?;
        let rows: Vec<_> = self.file.rooms.iter().map(|room| room.row(floor)).collect();
        if !rows.is_empty() {
            space::Entity::insert_many(rows).exec_without_returning(transaction).await?;
        }
        Ok(())
    }

    async fn picture(&self, transaction: &DatabaseTransaction, floor: i64) -> Result<(), DbErr> {
        if self.pictures.is_empty() {
            return Ok(());
        }
        plan_image::Entity::delete_many().filter(plan_image::Column::FloorId.eq(floor)).exec(transaction).await?;
        let rows = self.pictures.iter().map(|picture| plan_image::ActiveModel {
            floor_id: Set(floor),
            size: Set(picture.size.to_owned()),
            width_px: Set(i32::try_from(picture.width_px).unwrap_or(i32::MAX)),
            height_px: Set(i32::try_from(picture.height_px).unwrap_or(i32::MAX)),
            content_type: Set("image/webp".into()),
            bytes: Set(picture.bytes.clone()),
        });
        plan_image::Entity::insert_many(rows).exec_without_returning(transaction).await?;
        let version = self.at.timestamp();
        floor::Entity::update_many().col_expr(floor::Column::ImageVersion, Expr::value(version)).filter(floor::Column::Id.eq(floor)).exec(transaction).await?;
        Ok(())
    }
}
