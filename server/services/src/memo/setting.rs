//! What a person wants to be told of memos by mail.

use crate::{Actor, Failure, Kind, Never, Services, audit};
use domain::{
    PersonId,
    memo::{MailWish, Tongue},
};
use entity::memo_setting;
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use serde_json::json;

/// What a person chose, and what can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemoSetting {
    /// What is mailed of the own memos.
    pub mail: MailWish,
    /// Whether memos for the own sections are mailed too.
    pub sections: bool,
    /// The language of the mails.
    pub tongue: Tongue,
    /// Where they go; the address of the people file. Without one nothing is mailed.
    pub address: Option<String>,
    /// Whether the house sends mail at all.
    pub house_mails: bool,
}

/// What whoever asks chose.
///
/// # Errors
/// `Denied` for programs that are nobody.
pub async fn setting(cx: &Services, actor: &Actor) -> Result<MemoSetting, Failure<Never>> {
    let person = actor.person().ok_or(Failure::Denied)?;
    let row = memo_setting::Entity::find_by_id(person.0).one(cx.db().reader()).await?;
    Ok(MemoSetting {
        mail: row.as_ref().and_then(|row| MailWish::parse(&row.mail)).unwrap_or(MailWish::Notice),
        sections: row.as_ref().is_some_and(|row| row.sections),
        tongue: row.as_ref().and_then(|row| Tongue::parse(&row.lang)).unwrap_or(Tongue::Ja),
        address: cx.office().people.get(&person).and_then(|person| person.email.clone()),
        house_mails: cx.outgoing().mail,
    })
}

/// Chooses.
///
/// # Errors
/// `NotFound` when the actor may not speak for the person.
pub async fn set_setting(cx: &Services, actor: &Actor, person: PersonId, mail: MailWish, sections: bool, tongue: Tongue) -> Result<(), Failure<Never>> {
    if !cx.office().people.contains_key(&person) || !actor.may_act_for(person) {
        return Err(Failure::NotFound(Kind::Person));
    }
    let (by, at) = (actor.clone(), cx.clock().now());
    cx.db()
        .write(move |transaction| {
            let by = by.clone();
            Box::pin(async move {
                let row = memo_setting::ActiveModel {
                    person_id: Set(person.0),
                    mail: Set(mail.code().to_owned()),
                    sections: Set(sections),
                    lang: Set(tongue.code().to_owned()),
                };
                let update = [memo_setting::Column::Mail, memo_setting::Column::Sections, memo_setting::Column::Lang];
                let conflict = OnConflict::column(memo_setting::Column::PersonId).update_columns(update).to_owned();
                memo_setting::Entity::insert(row).on_conflict(conflict).exec_without_returning(transaction).await?;
                audit::record(transaction, at, &by, "memo.setting", format!("person:{person}"), json!({ "mail": mail, "sections": sections })).await?;
                Ok::<_, Failure<Never>>(())
            })
        })
        .await
}
