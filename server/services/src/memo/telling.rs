//! What is to be told outside of a new memo: rows of the outbox, in the memo's own transaction.

use crate::{Services, office::Office};
use chrono::{DateTime, Utc};
use domain::{
    MemoId, PersonId, SectionId,
    memo::{MailWish, MemoTo},
    telephone::Snapshot,
};
use entity::{memo_setting, outbox, webhook};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
    sea_query::OnConflict,
};
use std::{collections::HashMap, sync::Arc};

/// A memo was written.
pub(super) const WRITTEN: &str = "written";
/// One about an emergency call was: sent before everything else, and to everybody it is for.
pub(super) const EMERGENCY: &str = "emergency";
/// A message that only shows whether messages arrive.
pub(super) const TRY: &str = "try";
pub(super) const MAIL: &str = "mail";
pub(super) const WEBHOOK: &str = "webhook";

/// Everything that decides who is told.
#[derive(Clone)]
pub(crate) struct Telling {
    pub(super) office: Arc<Office>,
    pub(super) world: Arc<Snapshot>,
    pub(super) now: DateTime<Utc>,
    mail: bool,
}

impl Telling {
    pub(crate) fn now(cx: &Services) -> Self {
        Self { office: cx.office(), world: Arc::clone(&cx.board().world), now: cx.clock().now(), mail: cx.outgoing().mail }
    }

    /// Writes down who is to be told of a memo, each once.
    pub(super) async fn tell(&self, transaction: &impl ConnectionTrait, memo: MemoId, to: MemoTo, author: Option<PersonId>) -> Result<(), DbErr> {
        let people = self.by_mail(transaction, to, author).await?;
        self.put_all(transaction, memo, to, (people, WRITTEN)).await
    }

    /// The same of an emergency: whoever has an address is mailed, whatever they chose for ordinary memos.
    pub(super) async fn alarm(&self, transaction: &impl ConnectionTrait, memo: MemoId, to: MemoTo) -> Result<(), DbErr> {
        self.put_all(transaction, memo, to, (self.with_address(to), EMERGENCY)).await
    }

    async fn put_all(&self, transaction: &impl ConnectionTrait, memo: MemoId, to: MemoTo, (people, occasion): (Vec<PersonId>, &str)) -> Result<(), DbErr> {
        if self.mail {
            for person in people {
                self.put(transaction, Some(memo), MAIL, person.0, occasion).await?;
            }
        }
        let own = match to {
            MemoTo::Section(section) => Condition::any().add(webhook::Column::SectionId.is_null()).add(webhook::Column::SectionId.eq(section.0)),
            MemoTo::Person(_) => Condition::any().add(webhook::Column::SectionId.is_null()),
        };
        for target in webhook::Entity::find().filter(webhook::Column::EndedAt.is_null()).filter(own).all(transaction).await? {
            self.put(transaction, Some(memo), WEBHOOK, target.id, occasion).await?;
        }
        Ok(())
    }

    /// Who has an address and wants mail. A section's members are asked first: twenty mails a call are too many.
    async fn by_mail(&self, connection: &impl ConnectionTrait, to: MemoTo, author: Option<PersonId>) -> Result<Vec<PersonId>, DbErr> {
        let mut people = self.with_address(to);
        people.retain(|person| Some(*person) != author);
        let rows = memo_setting::Entity::find().filter(memo_setting::Column::PersonId.is_in(people.iter().map(|person| person.0))).all(connection).await?;
        let chosen: HashMap<i64, memo_setting::Model> = rows.into_iter().map(|row| (row.person_id, row)).collect();
        people.retain(|person| match (chosen.get(&person.0), to) {
            (Some(row), _) if row.mail == MailWish::Off.code() => false,
            (Some(row), MemoTo::Section(_)) => row.sections,
            (None, MemoTo::Section(_)) => false,
            (_, MemoTo::Person(_)) => true,
        });
        Ok(people)
    }

    /// Everybody it is for who has an address.
    fn with_address(&self, to: MemoTo) -> Vec<PersonId> {
        let mut people = match to {
            MemoTo::Person(person) => vec![person],
            MemoTo::Section(section) => self.members(section),
        };
        people.retain(|person| self.office.people.get(person).is_some_and(|person| person.email.is_some()));
        people
    }

    fn members(&self, section: SectionId) -> Vec<PersonId> {
        let on = self.world.sections().find(|row| row.id == section).and_then(|row| self.world.house(row.site));
        let on = on.map_or_else(|| self.now.date_naive(), |house| house.clock.wall(self.now).date());
        self.world.members_of(section, on).map(|member| member.person).collect()
    }

    pub(super) async fn put(
        &self,
        transaction: &impl ConnectionTrait,
        memo: Option<MemoId>,
        channel: &str,
        recipient: i64,
        occasion: &str,
    ) -> Result<(), DbErr> {
        let row = outbox::ActiveModel {
            id: NotSet,
            memo_id: Set(memo.map(|memo| memo.0)),
            channel: Set(channel.to_owned()),
            recipient_id: Set(recipient),
            occasion: Set(occasion.to_owned()),
            created_at: Set(self.now),
            attempts: Set(0),
            next_at: Set(Some(self.now)),
            sent_at: Set(None),
            trouble: Set(None),
        };
        let once = OnConflict::columns([outbox::Column::MemoId, outbox::Column::Channel, outbox::Column::RecipientId, outbox::Column::Occasion]);
        outbox::Entity::insert(row).on_conflict(once.clone().do_nothing().to_owned()).exec_without_returning(transaction).await?;
        Ok(())
    }
}
