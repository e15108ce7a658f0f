//! One's own turns elsewhere: lines on the home page, and a card on my phone.

use super::{cover_words as words, duty_own};
use crate::{
    api::ApiError,
    i18n::{Locale, use_locale},
    routes,
    ui::Post,
};
use chrono::{Days, NaiveDate};
use domain::telephone::cover::DutyState;
use leptos::prelude::*;
use services::{
    Actor, Services,
    telephone::cover::{self, MyTurn, SwapView},
};

/// Days ahead that my phone shows.
const AHEAD: u64 = 14;

/// Lines of the home page, each followed by where it leads: my turns of today and tomorrow, what waits for my answer, and for a head the
/// gaps of the section.
///
/// # Errors
/// When the store cannot be read.
pub async fn lines(cx: &Services, actor: &Actor, locale: Locale, today: NaiveDate) -> Result<Vec<String>, ApiError> {
    let t = locale.telephone_cover();
    let mut lines = Vec::new();
    if actor.person().is_none() || cx.board().world.houses().next().is_none() {
        return Ok(lines);
    }
    for turn in cover::my_turns(cx, actor, AHEAD).await? {
        let (kind, href) = ((t.kind)(turn.kind), format!("{}?section={}&month={}", routes::TELEPHONE_DUTY, turn.section, turn.duty.on));
        let when = words::near(locale, turn.duty, today);
        match turn.state {
            DutyState::Asked => lines.extend([(t.asked_line)(&when, kind), href]),
            _ if turn.duty.on < today + Days::new(2) => lines.extend([(t.turn_line)(&when, kind, &turn.section_name), href]),
            _ => {}
        }
    }
    let swaps: Vec<SwapView> = cover::my_swaps(cx, actor).await?.into_iter().filter(|swap| swap.to_me).collect();
    if let Some(first) = swaps.first() {
        lines.extend([(t.swap_line)(swaps.len()), format!("{}?section={}", routes::TELEPHONE_DUTY, first.section)]);
    }
    for (section, gap, count) in cover::heads_news(cx, actor).await? {
        lines.extend([(t.gap_line)(&section.name, count, &words::gap(locale, &gap)), routes::cover(section.id)]);
    }
    Ok(lines)
}

/// What my phone shows of my turns.
pub(super) struct Own {
    turns: Vec<MyTurn>,
    swaps: Vec<SwapView>,
}

pub(super) async fn own(cx: &Services, actor: &Actor) -> Result<Own, ApiError> {
    Ok(Own { turns: cover::my_turns(cx, actor, AHEAD).await?, swaps: cover::my_swaps(cx, actor).await? })
}

pub(super) fn card(own: &Own, today: NaiveDate, post: Post) -> AnyView {
    let locale = use_locale();
    let t = locale.telephone_cover();
    let (asked, set): (Vec<MyTurn>, Vec<MyTurn>) = own.turns.iter().cloned().partition(|turn| turn.state == DutyState::Asked);
    let rows = set.iter().map(|turn| {
        let href = format!("{}?section={}&month={}", routes::TELEPHONE_DUTY, turn.section, turn.duty.on);
        view! { <li><a href=href>{(t.turn_line)(&words::near(locale, turn.duty, today), (t.kind)(turn.kind), &turn.section_name)}</a></li> }
    });
    let list = if set.is_empty() {
        view! { <p class="n-quiet">{t.no_own_turns}</p> }.into_any()
    } else {
        view! { <ul class="n-plain n-files">{rows.collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="n-card"><h2>{t.my_turns}</h2>{list}<p><a href=routes::TELEPHONE_DUTY>{t.duty}</a></p></section>
        {duty_own::requests(&asked, &own.swaps, "me", post)}
    }
    .into_any()
}
