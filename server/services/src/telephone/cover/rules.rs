//! What sections ask for: so many people in these hours. Whoever leads a section writes its rules.

use super::{
    desk::Desk,
    rows::{minute, small},
};
use crate::{Actor, Failure, Kind, Never, Services, audit, db::is_unique_violation, live::Notice, telephone::rows as words};
use domain::{
    CoverRuleId, SectionId,
    booking::Weekdays,
    telephone::cover::{CoverRefusal, CoverRuleWish},
};
use entity::cover_rule;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
};
use serde_json::json;

/// A rule with its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredRule {
    /// Its number.
    pub id: CoverRuleId,
    /// Its section.
    pub section: SectionId,
    /// What it says.
    pub wish: CoverRuleWish,
}

/// Every rule of every section, by section.
pub(in crate::telephone) async fn load(connection: &impl ConnectionTrait) -> Result<Vec<StoredRule>, DbErr> {
    let rows = cover_rule::Entity::find().order_by_asc(cover_rule::Column::SectionId).order_by_asc(cover_rule::Column::Id);
    rows.all(connection).await?.iter().map(stored).collect()
}

fn stored(row: &cover_rule::Model) -> Result<StoredRule, DbErr> {
    let wish = CoverRuleWish {
        valid: words::days(row.from_on, row.until_on),
        weekdays: Weekdays(u8::try_from(row.weekdays).unwrap_or(0)),
        from_minute: minute(row.from_minute),
        until_minute: minute(row.until_minute),
        needed: minute(row.needed),
        on_gap: words::word("cover_rule", row.id, &row.on_gap)?,
    };
    Ok(StoredRule { id: CoverRuleId(row.id), section: SectionId(row.section_id), wish })
}

fn model(section: SectionId, wish: &CoverRuleWish) -> cover_rule::ActiveModel {
    cover_rule::ActiveModel {
        id: NotSet,
        section_id: Set(section.0),
        from_on: Set(wish.valid.from_on.max(words::EVER)),
        until_on: Set(wish.valid.until_on),
        weekdays: Set(i16::from(wish.weekdays.0)),
        from_minute: Set(small(wish.from_minute)),
        until_minute: Set(small(wish.until_minute)),
        needed: Set(small(wish.needed)),
        on_gap: Set(words::word_of(&wish.on_gap)),
    }
}

/// Makes a section's rules those of a file.
pub(in crate::telephone) async fn replace(transaction: &DatabaseTransaction, section: SectionId, wishes: &[CoverRuleWish]) -> Result<(), DbErr> {
    cover_rule::Entity::delete_many().filter(cover_rule::Column::SectionId.eq(section.0)).exec(transaction).await?;
    if !wishes.is_empty() {
        cover_rule::Entity::insert_many(wishes.iter().map(|wish| model(section, wish))).exec_without_returning(transaction).await?;
    }
    Ok(())
}

/// The rules of a section.
///
/// # Errors
/// `NotFound` for who neither belongs to it nor leads it.
pub fn rules(cx: &Services, actor: &Actor, section: SectionId) -> Result<Vec<StoredRule>, Failure<Never>> {
    let desk = Desk::open(cx, actor, section)?;
    Ok(desk.board.cover.iter().filter(|rule| rule.section == section).copied().collect())
}

/// Adds a rule to a section.
///
/// # Errors
/// `NotFound` and `Denied` for who does not lead it; `Refused` for a rule that makes no sense or is there already.
pub async fn add_rule(cx: &Services, actor: &Actor, section: SectionId, wish: CoverRuleWish) -> Result<CoverRuleId, Failure<CoverRefusal>> {
    Desk::led(cx, actor, section)?;
    wish.check().map_err(Failure::Refused)?;
    let (by, at) = (actor.clone(), cx.clock().now());
    let id = cx
        .db()
        .write(move |transaction| {
            let by = by.clone();
            Box::pin(async move {
                let inserted = cover_rule::Entity::insert(model(section, &wish)).exec(transaction).await;
                let id = match inserted {
                    Ok(inserted) => inserted.last_insert_id,
                    Err(error) if is_unique_violation(&error) => return Err(Failure::Refused(CoverRefusal::SameRule)),
                    Err(error) => return Err(error.into()),
                };
                let detail = json!({ "rule": id, "needed": wish.needed, "from": wish.from_minute, "until": wish.until_minute, "on_gap": wish.on_gap });
                audit::record(transaction, at, &by, "cover.rule", format!("section:{section}"), detail).await?;
                crate::office::bump(transaction).await?;
                Ok(CoverRuleId(id))
            })
        })
        .await?;
    known(cx).await?;
    Ok(id)
}

/// Takes a rule away.
///
/// # Errors
/// `NotFound` for a rule that is not there or a section that is not the actor's; `Denied` for who does not lead it.
pub async fn remove_rule(cx: &Services, actor: &Actor, id: CoverRuleId) -> Result<SectionId, Failure<CoverRefusal>> {
    let row = cover_rule::Entity::find_by_id(id.0).one(cx.db().reader()).await?.ok_or(Failure::NotFound(Kind::CoverRule))?;
    let section = SectionId(row.section_id);
    Desk::led(cx, actor, section)?;
    let (by, at) = (actor.clone(), cx.clock().now());
    cx.db()
        .write(move |transaction| {
            let by = by.clone();
            Box::pin(async move {
                cover_rule::Entity::delete_by_id(id.0).exec(transaction).await?;
                audit::record(transaction, at, &by, "cover.rule_end", format!("section:{section}"), json!({ "rule": id })).await?;
                crate::office::bump(transaction).await?;
                Ok::<_, Failure<CoverRefusal>>(())
            })
        })
        .await?;
    known(cx).await?;
    Ok(section)
}

/// The rules are on the board, so that people without any cost nothing; every server reads them anew.
async fn known(cx: &Services) -> Result<(), Failure<CoverRefusal>> {
    cx.refresh_office().await.map_err(|failure| failure.map(|never| match never {}))?;
    cx.live().publish([Notice::Mode]).await;
    Ok(())
}
