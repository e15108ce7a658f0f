//! Header, navigation, footer. Everything here works without the program: links, plain forms, `<details>`.

use super::api::{Session, current};
use crate::{
    api::ApiError,
    i18n::{Locale, use_locale},
    routes,
    ui::{Icon, Reading, Shape, read},
};
use domain::person::view::Me;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The frame's session, for pages that want it too.
#[derive(Clone, Copy)]
struct SessionContext(Reading<Session>);

/// Who is signed in; read it inside a `Suspense` or `Transition`.
#[must_use]
pub fn use_session() -> Option<Reading<Session>> {
    use_context::<SessionContext>().map(|context| context.0)
}

/// The frame around every page.
#[component]
pub fn Frame(
    /// The page.
    children: Children,
) -> impl IntoView {
    let t = use_locale().common();
    // Signing in and out load the page anew, so that this is asked once.
    let session = read("session/current", || (String::new(), 0), current);
    provide_context(SessionContext(session));
    follow_focus();
    view! {
        <a class="n-skip" href="#main">{t.skip}</a>
        <Suspense>{move || Suspend::new(async move { or_nobody(session.wait().await).demo.then(demo_banner) })}</Suspense>
        <header class="n-header">
            <div class="n-header__in">
                <a class="n-brand" href=routes::HOME><b>{t.brand}</b> <small>{t.brand_sub}</small></a>
                <Suspense>{move || Suspend::new(async move { or_nobody(session.wait().await).me.is_some().then(navigation) })}</Suspense>
                <div class="n-header__end">
                    <LanguageSwitch/>
                    <Suspense>{move || Suspend::new(async move { person(or_nobody(session.wait().await)) })}</Suspense>
                </div>
            </div>
        </header>
        <main id="main" class="n-main" tabindex="-1">{children()}</main>
        <footer class="n-footer">
            <p>{t.footer}</p>
            <p>{t.tokens_credit}</p>
        </footer>
        <div id="n-announcer" class="n-hidden" role="status" aria-live="polite"></div>
    }
    .into_any()
}

/// A frame that cannot ask shows what it shows to nobody.
fn or_nobody(session: Result<Session, ApiError>) -> Session {
    session.unwrap_or(Session { me: None, demo: false, memos: String::new() })
}

fn demo_banner() -> AnyView {
    let t = use_locale().common();
    view! {
        <aside class="n-demo" aria-label=t.brand>
            <p>{t.demo_banner}</p>
            <a href=routes::DEMO>{t.demo_switch}</a>
        </aside>
    }
    .into_any()
}

fn navigation() -> AnyView {
    let t = use_locale().common();
    let path = use_location().pathname;
    let links = [
        (routes::HOME, t.home, Shape::Home),
        (routes::FLOORS, t.floor, Shape::Map),
        (routes::BOOKINGS, t.bookings, Shape::Calendar),
        (routes::PEOPLE, t.people, Shape::People),
        (routes::TELEPHONE, t.telephone, Shape::Phone),
    ];
    let items = links.into_iter().map(|(href, name, shape)| {
        let current = move || path.with(|path| if href == routes::HOME { path == href } else { path.starts_with(href) }).then_some("page");
        view! { <li><a class="n-nav__link" href=href aria-current=current><Icon shape=shape/><span>{name}</span></a></li> }
    });
    view! { <nav class="n-nav" aria-label=t.nav><ul>{items.collect_view()}</ul></nav> }.into_any()
}

fn person(session: Session) -> AnyView {
    let t = use_locale().common();
    match session.me {
        // A small script of the page keeps the number fresh (`pages/memos.js`).
        Some(me) => view! { <div inner_html=session.memos></div> {person_menu(me)} }.into_any(),
        None => view! { <a class="n-header__link" href=routes::sign_in(None)>{t.sign_in}</a> }.into_any(),
    }
}

fn person_menu(me: Me) -> impl IntoView {
    let t = use_locale().common();
    view! {
        <details class="n-menu">
            <summary class="n-menu__button">
                <Icon shape=Shape::Person/>
                <span class="n-menu__name">{me.name.clone()}</span>
                <span class="n-hidden">{t.menu}</span>
            </summary>
            <div class="n-menu__list">
                <p class="n-menu__who"><b>{me.name}</b> <span>{me.unit}</span> <span>{me.staff_no}</span></p>
                <a href=routes::ACCOUNT>{t.account}</a>
                <a href=routes::GUIDE>{t.guide}</a>
                <form method="post" action=format!("{}/account/sign-out", routes::FN_PREFIX)>
                    <button type="submit">{t.sign_out}</button>
                </form>
            </div>
        </details>
    }
}

/// A plain form, so that the whole page comes anew in the other language.
#[component]
fn LanguageSwitch() -> impl IntoView {
    let locale = use_locale();
    let here = use_location();
    let back = move || format!("{}{}", here.pathname.get(), routes::without_news(&here.search.get()));
    let buttons = Locale::ALL.into_iter().map(move |choice| {
        let pressed = if choice == locale { "true" } else { "false" };
        view! { <button type="submit" name="lang" value=choice.code() lang=choice.code() aria-pressed=pressed>{choice.own_name()}</button> }
    });
    view! {
        <form class="n-language" method="post" action=format!("{}/session/locale", routes::FN_PREFIX) aria-label=locale.common().language>
            <input type="hidden" name="back" value=back/>
            {buttons.collect_view()}
        </form>
    }
    .into_any()
}

/// After a change of page the focus goes to the new page's beginning, and open menus close.
fn follow_focus() {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        #[cfg(feature = "hydrate")]
        if before.is_some_and(|before| before != now) {
            use leptos::wasm_bindgen::JsCast;
            if let Some(main) = document().get_element_by_id("main").and_then(|main| main.dyn_into::<leptos::web_sys::HtmlElement>().ok()) {
                let _ = main.focus();
            }
            if let Ok(Some(menu)) = document().query_selector("details.n-menu[open]") {
                let _ = menu.remove_attribute("open");
            }
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = before;
        now
    });
}
