//! The routes `/telephone` and `/telephone/{page}`: which page it is, and the way between them.

use super::{book, calls, cover, duty, me, mode, setup, simulate, troubles};
use crate::{
    api::{request, signed_in},
    features::memo::targets,
    i18n::use_locale,
    layout::NotFound,
    routes,
};
use domain::account::{Actor, Role};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};

/// A page of the telephones, whole from the server.
#[component]
pub fn TelephonePage() -> impl IntoView {
    let page = use_params_map().with_untracked(|params| params.get("page"));
    match page.as_deref() {
        None => book::page(),
        Some("me") => me::page(),
        Some("calls") => calls::page(),
        Some("mode") => mode::page(),
        Some("cover") => cover::page(),
        Some("duty") => duty::page(),
        Some("simulate") => simulate::page(),
        Some("repair") => troubles::page(),
        Some("notify") => targets::page(),
        Some("setup") => setup::list_page(),
        Some("edit") => setup::edit_page(),
        Some("history") => setup::history_page(),
        Some("changes") => setup::changes_page(),
        Some(_) => view! { <NotFound/> }.into_any(),
    }
}

/// The way between the pages of the telephones; what only administrators may open is named to them only.
pub(crate) fn ways() -> AnyView {
    let t = use_locale().telephone_book();
    let here = use_location().pathname.get_untracked();
    let link = |(href, name): (&'static str, &'static str)| {
        let current = (here == href).then_some("page");
        view! { <li><a href=href aria-current=current>{name}</a></li> }
    };
    let (cover, s) = (use_locale().telephone_cover(), use_locale().telephone_setup());
    let everybody = [
        (routes::TELEPHONE, t.book),
        (routes::TELEPHONE_ME, t.me),
        (routes::TELEPHONE_CALLS, t.calls),
        (routes::TELEPHONE_COVER, cover.cover),
        (routes::TELEPHONE_DUTY, cover.duty),
        (routes::TELEPHONE_MODE, t.mode),
    ];
    let heads = [(routes::TELEPHONE_SETUP, s.setup), (routes::TELEPHONE_HISTORY, s.history)];
    let notify = (routes::TELEPHONE_NOTIFY, use_locale().memo_targets().title);
    let administrators = [(routes::TELEPHONE_CHANGES, s.changes), (routes::TELEPHONE_SIMULATE, t.simulate), (routes::TELEPHONE_REPAIR, t.repair), notify];
    // A head's two fit beside everybody's; an administrator's have a line of their own.
    let heads_beside = heads.iter().copied().filter(|_| changes_some() && !administers());
    let links: Vec<_> = everybody.into_iter().chain(heads_beside).map(link).collect();
    let administration = administers().then(|| {
        let links: Vec<_> = heads.into_iter().chain(administrators).map(link).collect();
        view! { <div class="n-ways__second"><b id="ways-administer">{t.administer}</b><ul aria-labelledby="ways-administer">{links}</ul></div> }
    });
    view! { <nav class="n-ways n-noprint" aria-label=t.area><ul>{links}</ul>{administration}</nav> }.into_any()
}

/// What stands where no house has telephones yet.
pub(crate) fn not_set_up() -> AnyView {
    let t = use_locale().telephone_book();
    view! { <section class="n-empty"><p><b>{t.not_set_up}</b></p><p class="n-quiet">{t.not_set_up_help}</p></section> }.into_any()
}

/// What stands where there is nothing for whoever looks: for an administrator perhaps only because no house has telephones yet.
pub(super) fn absent() -> AnyView {
    let none_yet = request().is_ok_and(|cx| cx.services.board().world.houses().next().is_none());
    if administers() && none_yet { not_set_up() } else { view! { <NotFound/> }.into_any() }
}

/// A page for administrators; everybody else is told that it is. Who is not signed in is led to the sign-in by the page itself.
pub(crate) fn for_administrators(page: impl FnOnce() -> AnyView) -> AnyView {
    let stranger = signed_in().is_ok() && !administers();
    if stranger { view! { <p class="n-lead">{use_locale().telephone_pages().only_admin}</p> }.into_any() } else { page() }
}

/// Whether whoever looks may change some of the set-up: an administrator, or the head of a section.
fn changes_some() -> bool {
    let head = |actor: &Actor| matches!(actor, Actor::Person { role: Role::SectionAdmin, .. });
    administers() || request().ok().and_then(|cx| cx.signed).is_some_and(|signed| head(&signed.actor))
}

/// Whether whoever looks administers people.
pub(crate) fn administers() -> bool {
    request().ok().and_then(|cx| cx.signed).is_some_and(|signed| signed.actor.administers_people())
}
