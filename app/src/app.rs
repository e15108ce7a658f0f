//! Providers and the map of pages.

#[cfg(not(feature = "hydrate"))]
use crate::features::{
    guide::GuidePage,
    sign_in::{DemoPage, SetUpPage, SignInPage},
};
#[cfg(feature = "ssr")]
use crate::features::{memo::MemoPage, telephone::TelephonePage};
#[cfg(not(feature = "ssr"))]
use crate::layout::{WholePage as MemoPage, WholePage as TelephonePage};
#[cfg(feature = "hydrate")]
use crate::layout::{WholePage as DemoPage, WholePage as GuidePage, WholePage as SetUpPage, WholePage as SignInPage};
use crate::{
    features::{
        account::AccountPage,
        bookings::BookingsPage,
        floor::{FloorIndexPage, FloorPage},
        home::HomePage,
        people::PeoplePage,
    },
    layout::{Frame, NotFound},
    ui::provide_refresh,
};
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

/// The whole product. Every page is rendered whole on the server, so that it works without the program.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_refresh();
    #[cfg(feature = "hydrate")]
    provide_context(crate::i18n::of_document());
    let brand = crate::i18n::use_locale().common().brand;

    view! {
        <Title formatter=move |page: String| if page.is_empty() { brand.to_owned() } else { format!("{page} | {brand}") }/>
        <Router>
            <Frame>
                <Routes fallback=NotFound>
                    <Route path=path!("/") view=HomePage ssr=SsrMode::Async/>
                    <Route path=path!("/floors") view=FloorIndexPage ssr=SsrMode::Async/>
                    <Route path=path!("/floors/:id") view=FloorPage ssr=SsrMode::Async/>
                    <Route path=path!("/bookings") view=BookingsPage ssr=SsrMode::Async/>
                    <Route path=path!("/people") view=PeoplePage ssr=SsrMode::Async/>
                    <Route path=path!("/account") view=AccountPage ssr=SsrMode::Async/>
                    <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async/>
                    <Route path=path!("/set-up") view=SetUpPage ssr=SsrMode::Async/>
                    <Route path=path!("/demo") view=DemoPage ssr=SsrMode::Async/>
                    <Route path=path!("/telephone") view=TelephonePage ssr=SsrMode::Async/>
                    <Route path=path!("/telephone/:page") view=TelephonePage ssr=SsrMode::Async/>
                    <Route path=path!("/memos") view=MemoPage ssr=SsrMode::Async/>
                    <Route path=path!("/memos/:page") view=MemoPage ssr=SsrMode::Async/>
                    <Route path=path!("/guide") view=GuidePage ssr=SsrMode::Async/>
                    <Route path=path!("/guide/:topic") view=GuidePage ssr=SsrMode::Async/>
                </Routes>
            </Frame>
        </Router>
    }
}
