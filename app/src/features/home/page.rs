//! The route `/`.

use super::{
    api::{HomePageView, home},
    model, parts,
};
use crate::{
    i18n::use_locale,
    routes,
    ui::{DoneNote, ErrorNote, Icon, Loaded, Post, Retake, Shape, page_key, read},
};
use leptos::prelude::*;
use leptos_meta::Title;

/// The home page.
#[component]
pub fn HomePage() -> impl IntoView {
    let key = page_key();
    let page = read("home/view", move || (String::new(), key().1), home);
    let post = Post::new();
    view! {
        <Title text=use_locale().common().home/>
        <DoneNote post=post/>
        <Loaded from=page children=move |view| draw(&view, post)/>
    }
    .into_any()
}

/// My turns, and what waits for my answer.
fn duty(lines: &[String]) -> Option<AnyView> {
    let rows = lines.chunks_exact(2).map(|line| view! { <li><a href=line[1].clone() rel="external">{line[0].clone()}</a></li> });
    let rows = rows.collect_view();
    (!lines.is_empty()).then(|| view! { <div class="n-note n-duty"><Icon shape=Shape::Phone/><ul class="n-note__words">{rows}</ul></div> }.into_any())
}

fn draw(page: &HomePageView, post: Post) -> AnyView {
    let locale = use_locale();
    let home = &page.home;
    let retake = home.proposal.as_ref().map(|proposal| {
        let wish = Retake { date: proposal.on.to_string(), slots: model::slot_codes(&home.grid, proposal.slots).join("."), back: routes::HOME.into() };
        (post, Signal::stored(wish))
    });
    let (today, proposal) = (parts::today(home, post), parts::proposal(home, post));
    let cards = if model::today_first(home) { [today, proposal] } else { [proposal, today] };
    let [first, second] = cards;
    view! {
        {page.mode.clone().map(|words| view! { <a class="n-note" href=routes::TELEPHONE_MODE><Icon shape=Shape::Phone/><b>{words}</b></a> })}
        // Whoever has just come sees first what was left for them.
        {(!page.memos.is_empty()).then(|| view! { <div inner_html=page.memos.clone()></div> })}
        {duty(&page.duty)}
        <h1>{model::greeting(locale, home.now, &page.name)}</h1>
        <ErrorNote error=post.error_of(&["booking/reserve"]) retake=retake/>
        <ErrorNote error=post.error_of(parts::OTHER_POSTS)/>
        <div class="n-two">
            <div class="n-stack">
                {first}
                {parts::tiles(home)}
                {second}
            </div>
            {parts::week(home)}
        </div>
    }
    .into_any()
}
