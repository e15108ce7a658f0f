//! The routes `/guide` and `/guide/{topic}`.

use crate::{
    i18n::{
        guide::{self, Topic},
        use_locale,
    },
    layout::NotFound,
    routes,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// The guide: without a topic the list, with one its page.
#[component]
pub fn GuidePage() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("topic")));
    move || {
        let topics = guide::topics(use_locale());
        match slug.get() {
            None => contents(topics),
            Some(slug) => topics.iter().find(|topic| topic.slug == slug).map_or_else(|| view! { <NotFound/> }.into_any(), |topic| page(topics, topic)),
        }
    }
}

fn contents(topics: &'static [Topic]) -> AnyView {
    let title = guide::title(use_locale());
    let cards = topics.iter().map(|topic| {
        let heads = topic.sections.iter().map(|(head, _)| *head).collect::<Vec<_>>().join(use_locale().pick("・", ", "));
        view! { <li class="n-card"><h2><a href=routes::guide(topic.slug)>{topic.title}</a></h2><p class="n-quiet">{heads}</p></li> }
    });
    view! {
        <Title text=title/>
        <h1>{title}</h1>
        <ul class="n-topics">{cards.collect_view()}</ul>
    }
    .into_any()
}

fn page(topics: &'static [Topic], topic: &'static Topic) -> AnyView {
    let title = guide::title(use_locale());
    let links = topics.iter().map(|other| {
        let current = (other.slug == topic.slug).then_some("page");
        view! { <li><a href=routes::guide(other.slug) aria-current=current>{other.title}</a></li> }
    });
    let sections = topic.sections.iter().map(|(head, paragraphs)| {
        let paragraphs = paragraphs.iter().map(|paragraph| view! { <p>{*paragraph}</p> }).collect_view();
        view! { <section><h2>{*head}</h2>{paragraphs}</section> }
    });
    view! {
        <Title text=topic.title/>
        <div class="n-guide">
            <nav class="n-guide__nav" aria-label=title><ul>{links.collect_view()}</ul></nav>
            <article class="n-card n-guide__text"><h1>{topic.title}</h1>{sections.collect_view()}</article>
        </div>
    }
    .into_any()
}
