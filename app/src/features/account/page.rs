//! The route `/account`.

use super::{api::account, parts};
use crate::{
    i18n::use_locale,
    ui::{DoneNote, ErrorNote, Loaded, Post, page_key, read},
};
use domain::person::view::AccountView;
use leptos::prelude::*;
use leptos_meta::Title;

/// The account.
#[component]
pub fn AccountPage() -> impl IntoView {
    let key = page_key();
    let page = read("account/view", move || (String::new(), key().1), account);
    let post = Post::new();
    view! {
        <Title text=use_locale().account().title/>
        <DoneNote post=post/>
        <ErrorNote error=post.error_of(&["account/end-session", "account/end-others", "account/visibility", "account/wishes"])/>
        <Loaded from=page children=move |view| draw(&view, post)/>
    }
    .into_any()
}

fn draw(view: &AccountView, post: Post) -> AnyView {
    let me = &view.me;
    view! {
        <div>
            <h1>{use_locale().account().title}</h1>
            <p class="n-quiet">{me.name.clone()} " " {me.unit.clone()} " " {me.staff_no.clone()}</p>
        </div>
        <div class="n-halves">
            {parts::wishes(view, post)}
            {parts::visibility(view, post)}
            {parts::password(view, post)}
            {parts::sessions(view, post)}
            {parts::look_ups(view)}
            {parts::purpose()}
        </div>
    }
    .into_any()
}
