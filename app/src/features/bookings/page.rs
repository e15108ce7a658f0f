//! The route `/bookings`. Span and first day are in the address.

use super::{api::my_bookings, calendar, forms};
use crate::{
    api::{ApiError, PartlyBooked},
    i18n::{dates, reasons, use_locale},
    routes::{self, BookingsSpan},
    ui::{DoneNote, ErrorNote, Icon, Loaded, Post, PostForm, Retake, Shape, page_key, query as query_of, read},
};
use chrono::NaiveDate;
use domain::booking::view::MyBookingsView;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// What the pieces of the page share.
#[derive(Clone)]
pub struct Scene {
    /// The state of the page's posts.
    pub post: Post,
    /// Week or month.
    pub span: BookingsSpan,
    /// The page itself, for the way back.
    pub here: String,
}

/// My bookings.
#[component]
pub fn BookingsPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| (query.get("from").unwrap_or_default(), query.get("view").unwrap_or_default())));
    let key = page_key();
    let question = move || (asked.with(|(from, view)| query_of(&[("from", from), ("view", view)])), key().1);
    let page = read("bookings/view", question, move || {
        let (from, view) = asked.get_untracked();
        my_bookings(from, view)
    });
    let post = Post::new();
    let span = move || asked.with(|(_, view)| if view == "month" { BookingsSpan::Month } else { BookingsSpan::Week });
    view! {
        <Title text=use_locale().booking().title/>
        <DoneNote post=post/>
        <Failures post=post/>
        <Loaded from=page children=move |view| {
            let from = asked.with_untracked(|(from, _)| from.parse::<NaiveDate>().ok());
            draw(&view, &Scene { post, span: span(), here: routes::bookings(span(), from) })
        }/>
    }
    .into_any()
}

fn draw(view: &MyBookingsView, scene: &Scene) -> AnyView {
    let t = use_locale().booking();
    view! {
        <div class="n-head">
            <h1>{t.title}</h1>
            {span_switch(view, scene)}
        </div>
        {pager(view, scene)}
        {if scene.span == BookingsSpan::Week { calendar::week(view, scene) } else { calendar::month(view, scene) }}
        {forms::several(view, scene)}
        {forms::repeating(view, scene)}
        {forms::range(view, scene)}
    }
    .into_any()
}

fn span_switch(view: &MyBookingsView, scene: &Scene) -> AnyView {
    let t = use_locale().booking();
    let current = scene.span;
    let from = view.from_on;
    let links = [(BookingsSpan::Week, t.week), (BookingsSpan::Month, t.month)]
        .into_iter()
        .map(move |(span, name)| view! { <a href=routes::bookings(span, Some(from)) aria-current=(span == current).then_some("true")>{name}</a> });
    view! { <nav class="n-segments" aria-label=t.span>{links.collect_view()}</nav> }.into_any()
}

fn pager(view: &MyBookingsView, scene: &Scene) -> AnyView {
    let locale = use_locale();
    let t = locale.booking();
    let (before, after) = super::model::neighbours(view);
    let last = view.to_on.pred_opt().unwrap_or(view.to_on);
    let title = (t.week_of)(&dates::day(locale, view.from_on), &dates::day(locale, last));
    view! {
        <div class="n-pager">
            <a class="n-button n-button--second" href=routes::bookings(scene.span, Some(before))><Icon shape=Shape::Back/>{t.earlier}</a>
            <h2 aria-live="polite">{title}</h2>
            <a class="n-button n-button--plain" href=routes::bookings(scene.span, None)>{t.now}</a>
            <a class="n-button n-button--second" href=routes::bookings(scene.span, Some(after))>{t.later}<Icon shape=Shape::Next/></a>
        </div>
    }
    .into_any()
}

/// Failures of every form of the page; several days tell of each refused one.
#[component]
fn Failures(
    /// The state of the page's posts.
    post: Post,
) -> impl IntoView {
    let all = post.error_of(&[]);
    let plain = Signal::derive(move || all.get().filter(|error| !matches!(error, ApiError::Days(_))));
    move || match all.get() {
        Some(ApiError::Days(partly)) => partly_booked(partly, post),
        _ => view! { <ErrorNote error=plain/> }.into_any(),
    }
}

fn partly_booked(partly: PartlyBooked, post: Post) -> AnyView {
    let locale = use_locale();
    let words = reasons::api(locale, &ApiError::Days(partly.clone()));
    let booked = partly.booked.iter().map(ToString::to_string).collect::<Vec<_>>().join(".");
    let undo = (!partly.booked.is_empty()).then(|| {
        view! {
            <PostForm to="booking/cancel" post=post>
                <input type="hidden" name="booking" value=booked/>
                <input type="hidden" name="back" value=routes::BOOKINGS/>
                <input type="hidden" name="undo" value="1"/>
                <button class="n-button n-button--plain" type="submit">{locale.booking().undo_booked}</button>
            </PostForm>
        }
    });
    let days = partly.refused.into_iter().map(|(on, refused)| {
        let wish = Retake { date: on.to_string(), slots: partly.slots.clone(), back: routes::bookings(BookingsSpan::Week, Some(on)) };
        let error = Signal::stored(Some(ApiError::Reserve(refused)));
        view! { <li><h3>{dates::day(locale, on)}</h3><ErrorNote error=error retake=Some((post, Signal::stored(wish)))/></li> }
    });
    view! {
        <section class="n-card n-partly" role="alert" tabindex="-1">
            <div class="n-head"><h2>{words}</h2>{undo}</div>
            <ul class="n-stack n-stack--tight">{days.collect_view()}</ul>
        </section>
    }
    .into_any()
}
