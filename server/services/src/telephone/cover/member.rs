//! A member's share of the turns, and when they cannot serve. The head writes both; everybody may say for themselves when they cannot.

use super::{desk::Desk, rows::small};
use crate::{Actor, Failure, Kind, Services, audit, telephone::rows as words};
use domain::{
    PersonId, SectionId,
    telephone::cover::{CoverRefusal, Exclusion, leads},
};
use entity::duty_member;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, sea_query::OnConflict};
use serde_json::json;
use std::collections::HashMap;

/// A full share, percent.
const FULL: u16 = 100;

/// A member of a section as the rota sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberView {
    /// The person.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// Their share of the turns, percent.
    pub weight_percent: u16,
    /// When they cannot serve.
    pub exclusions: Vec<Exclusion>,
}

/// Shares and exclusions that were written down, by person.
pub(super) async fn written(connection: &impl ConnectionTrait, section: SectionId) -> Result<HashMap<PersonId, (u16, Vec<Exclusion>)>, DbErr> {
    let rows = duty_member::Entity::find().filter(duty_member::Column::SectionId.eq(section.0)).all(connection).await?;
    rows.iter()
        .map(|row| {
            let exclusions = words::json("duty_member", row.person_id, &row.exclusions)?;
            Ok((PersonId(row.person_id), (super::rows::minute(row.weight_percent), exclusions)))
        })
        .collect()
}

/// The share of somebody about whom nothing was written: a full one, and none for who leads the section.
pub(super) fn usual_weight(desk: &Desk, person: PersonId) -> u16 {
    let on = desk.today();
    let posts = desk.office.people.get(&person).into_iter().flat_map(|person| &person.posts);
    let head = posts.filter(|post| post.covers(on) && Some(post.unit) == desk.section.unit).any(|post| leads(&post.title));
    if head { 0 } else { FULL }
}

/// Writes down a member's share and when they cannot serve.
///
/// # Errors
/// `NotFound` for a section that is not the actor's; `Denied` for another one's row or the share by who does not lead the section;
/// `Refused` for who is no member or a share above a full one.
pub async fn set_member(
    cx: &Services,
    actor: &Actor,
    section: SectionId,
    person: PersonId,
    weight_percent: Option<u16>,
    exclusions: Vec<Exclusion>,
) -> Result<(), Failure<CoverRefusal>> {
    let desk = Desk::open(cx, actor, section)?;
    if !desk.leads() && (!actor.may_act_for(person) || weight_percent.is_some()) {
        return Err(Failure::Denied);
    }
    if desk.name(person).is_none() {
        return Err(Failure::NotFound(Kind::Person));
    }
    if !desk.is_member(person, desk.today()) {
        return Err(Failure::Refused(CoverRefusal::NotMember { person }));
    }
    if weight_percent.is_some_and(|weight| weight > FULL) {
        return Err(Failure::Refused(CoverRefusal::Share));
    }
    let (usual, by, at) = (usual_weight(&desk, person), actor.clone(), cx.clock().now());
    cx.db()
        .write(move |transaction| {
            let (by, exclusions) = (by.clone(), exclusions.clone());
            Box::pin(async move {
                let before = duty_member::Entity::find_by_id((section.0, person.0)).one(transaction).await?;
                let weight = weight_percent.map(small).or(before.map(|row| row.weight_percent)).unwrap_or(small(usual));
                let row = duty_member::ActiveModel {
                    section_id: Set(section.0),
                    person_id: Set(person.0),
                    weight_percent: Set(weight),
                    exclusions: Set(words::json_of(&exclusions)),
                };
                let conflict = OnConflict::columns([duty_member::Column::SectionId, duty_member::Column::PersonId])
                    .update_columns([duty_member::Column::WeightPercent, duty_member::Column::Exclusions])
                    .to_owned();
                duty_member::Entity::insert(row).on_conflict(conflict).exec_without_returning(transaction).await?;
                let detail = json!({ "section": section, "weight": weight, "exclusions": exclusions.len() });
                audit::record(transaction, at, &by, "duty.member", format!("person:{person}"), detail).await?;
                Ok(())
            })
        })
        .await
}
