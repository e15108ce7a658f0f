//! 直すところ: what is wrong with the set-up of the telephones, each with what to do about it. For administrators.

use super::{
    page::{for_administrators, ways},
    repair::{conflict, link},
};
use crate::{
    api::{ApiError, reject, signed_in},
    i18n::{telephone::repair::Trouble, use_locale},
    ui::{Icon, Shape, asked},
};
use leptos::prelude::*;
use leptos_meta::Title;

pub(super) fn page() -> AnyView {
    let t = use_locale().telephone_book();
    view! {
        <Title text=t.repair/>
        {ways()}
        <h1>{t.repair}</h1>
        {for_administrators(|| asked(gather, draw))}
    }
    .into_any()
}

async fn gather() -> Result<Vec<Trouble>, ApiError> {
    let (cx, actor) = signed_in()?;
    if !actor.administers_people() {
        return Err(reject(ApiError::Denied));
    }
    let (board, at) = (cx.services.board(), cx.services.clock().now());
    let health = services::telephone::link_health(&cx.services, &actor).await?;
    let of_links = health.iter().flat_map(|(found, troubles)| troubles.iter().map(|trouble| link(cx.locale, &board.world, &found.id, trouble, at)));
    Ok(of_links.chain(board.conflicts.iter().map(|found| conflict(cx.locale, &board.world, found, at))).collect())
}

#[expect(clippy::ptr_arg, reason = "what was asked for is drawn by reference")]
fn draw(troubles: &Vec<Trouble>) -> AnyView {
    let t = use_locale().telephone_pages();
    if troubles.is_empty() {
        return view! { <section class="n-empty"><span class="n-good"><Icon shape=Shape::Check/></span><p><b>{t.nothing_to_repair}</b></p></section> }
            .into_any();
    }
    let rows = troubles.iter().map(|trouble| {
        view! {
            <li class="n-card n-trouble">
                <Icon shape=Shape::Alert/>
                <div><h2>{trouble.what.clone()}</h2><p><b>{t.what_to_do}</b> " " {trouble.repair.clone()}</p></div>
            </li>
        }
    });
    view! { <p class="n-lead">{t.repair_lead}</p> <ul class="n-people">{rows.collect_view()}</ul> }.into_any()
}
