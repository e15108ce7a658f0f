//! Memos that wait for heads of sections, so that the page of memos shows something: their people took a call for them, and one
//! call nobody took.

use super::{heads, instant, random::Random};
use crate::{Failure, Never, Services};
use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use domain::{
    PersonId,
    memo::{MemoTo, Urgency, Wish},
    site::day_kind,
};
use entity::memo;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    EntityTrait,
};
use std::sync::Arc;

/// Who called, and about what. Names and numbers are nobody's.
const CALLERS: [(&str, &str, Wish, &str); 5] = [
    ("高瀬自治会 大西様", "0875220181", Wish::CallBack, "防災訓練の日程の件。あすの午前中は在宅とのこと。"),
    ("詫間商工会 森様", "0875220233", Wish::CallBack, "説明会の会場を決めたいそうです。"),
    ("県 市町村課 秋山様", "0878310042", Wish::CallBack, "照会の締切を確かめたいとのこと。"),
    ("豊中小学校 真鍋様", "0875620075", Wish::Tell, "見学の人数が32人に変わりました。"),
    ("仁尾建設 香川様", "0875820118", Wish::CallBack, "見積書を送ったので見てほしいとのこと。"),
];

/// Writes them; none where no site is.
pub(super) async fn make_memos(cx: &Services, seed: u64) -> Result<(), Failure<Never>> {
    let office = cx.office();
    let Some(site) = office.sites.values().next() else { return Ok(()) };
    let today = site.now(cx.clock()).date();
    // Never later than now: the office day before today.
    let Some(on) = (1..=14).filter_map(|back| today.checked_sub_days(Days::new(back))).find(|on| day_kind(&site.policy, *on).is_none()) else {
        return Ok(());
    };
    let mut random = Random::new(seed, 8);
    let mut rows = Vec::new();
    for head in heads(&office) {
        let unit = office.main_unit(head, on).map(|unit| unit.id);
        let mut colleagues: Vec<PersonId> =
            office.people.keys().copied().filter(|id| *id != head && office.main_unit(*id, on).map(|unit| unit.id) == unit).collect();
        colleagues.sort_unstable();
        let author = random.pick(&colleagues).copied();
        let (name, number, wish, text) = CALLERS[random.below(CALLERS.len())];
        let minute = u32::try_from(random.below(50)).unwrap_or(0);
        rows.push(memo::ActiveModel { text: Set(text.into()), ..row(head, author, (name, number), wish, instant(clock(on, (15, minute)), site.zone)) });
        rows.push(row(head, None, ("", CALLERS[random.below(CALLERS.len())].1), Wish::Called, instant(clock(on, (16, minute)), site.zone)));
    }
    let rows = Arc::new(rows);
    cx.db()
        .write(move |transaction| {
            let rows = Arc::clone(&rows);
            Box::pin(async move {
                for rows in rows.chunks(500) {
                    memo::Entity::insert_many(rows.to_vec()).exec_without_returning(transaction).await?;
                }
                Ok::<_, Failure<Never>>(())
            })
        })
        .await
}

fn clock(on: NaiveDate, (hour, minute): (u32, u32)) -> NaiveDateTime {
    on.and_time(NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default())
}

fn row(to: PersonId, author: Option<PersonId>, (name, number): (&str, &str), wish: Wish, at: DateTime<Utc>) -> memo::ActiveModel {
    let (kind, id) = MemoTo::Person(to).parts();
    memo::ActiveModel {
        id: NotSet,
        to_kind: Set(kind.to_owned()),
        to_id: Set(id),
        caller_name: Set(name.into()),
        caller_number: Set(number.into()),
        wish: Set(wish.code().to_owned()),
        text: Set(String::new()),
        urgency: Set(Urgency::Normal.code().to_owned()),
        author_id: Set(author.map(|person| person.0)),
        call_id: Set(None),
        once: Set(None),
        emergency: Set(None),
        called_at: Set(at),
        rang_s: Set(author.is_none().then_some(40)),
        written_at: Set(at),
        ended_how: Set(None),
        ended_by_id: Set(None),
        ended_at: Set(None),
    }
}
