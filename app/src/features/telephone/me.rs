//! 自分の電話: what would ring now, and what I decide about it.

use super::{
    api::Until,
    bars::drawn,
    duty_lines::{self, Own},
    explain::explain,
    me_forms, news,
    page::{not_set_up, ways},
};
use crate::{
    api::{ApiError, signed_in},
    i18n::{telephone::book as words, use_locale},
    ui::{ErrorNote, Post, asked},
};
use leptos::prelude::*;
use leptos_meta::Title;
use services::{
    Failure,
    telephone::{Colleague, MyPhone, colleagues, my_phone},
};

/// What the page shows: the telephone, and whom a name that was refused may mean.
pub(super) struct Page {
    pub phone: MyPhone,
    pub meant: Vec<Colleague>,
    pub near: Vec<Colleague>,
    pub own: Own,
}

pub(super) fn page() -> AnyView {
    let t = use_locale().telephone_book();
    let (post, to) = (Post::new(), news::typed("to"));
    view! {
        <Title text=t.me/>
        {ways()}
        {news::note(post)}
        <ErrorNote error=post.error_of(&[])/>
        <h1>{t.me}</h1>
        {asked(move || gather(to.clone()), move |page: &Option<Page>| page.as_ref().map_or_else(not_set_up, |page| draw(page, post)))}
    }
    .into_any()
}

/// `None` where no house has telephones yet.
async fn gather(to: String) -> Result<Option<Page>, ApiError> {
    let (cx, actor) = signed_in()?;
    let phone = match my_phone(&cx.services, &actor) {
        Err(Failure::NotFound(_)) => return Ok(None),
        found => found?,
    };
    let own = duty_lines::own(&cx.services, &actor).await?;
    let unit = cx.signed.and_then(|signed| signed.me.unit).unwrap_or_default();
    Ok(Some(Page { phone, meant: colleagues(&cx.services, &actor, &to), near: colleagues(&cx.services, &actor, &unit), own }))
}

fn draw(page: &Page, post: Post) -> AnyView {
    let phone = &page.phone;
    view! {
        <div class="n-stack" data-live="/live/telephone">
            <div class="n-even" id="me-calls" data-part="">{calls(phone)}</div>
            <div class="n-even" id="me-duty" data-part="">{duty_lines::card(&page.own, phone.wall.date(), post)}</div>
            <div class="n-even">
                <section class="n-card" id="me-presence" data-part="">{me_forms::presence(phone, post)}</section>
                <section class="n-card" id="me-delegate" data-part="">{me_forms::hand_over(page, post)}</section>
                <section class="n-card" id="me-settings" data-part="">{me_forms::settings(phone, post)}</section>
            </div>
        </div>
    }
    .into_any()
}

/// If somebody calls me now, from outside and from inside; one card where it is the same.
fn calls(phone: &MyPhone) -> AnyView {
    let locale = use_locale();
    let t = locale.telephone_pages();
    let (Some(ext), Some([outside, inside])) = (phone.ext, &phone.plans) else {
        return view! { <section class="n-card"><p>{t.no_number}</p></section> }.into_any();
    };
    let told = |plan| explain(locale, &phone.world, ext.as_str(), plan, phone.at);
    let number = phone.tel.clone().map(|tel| format!(" / {tel}")).unwrap_or_default();
    let number = format!("{} {ext}{number}", t.my_number);
    let (outside, inside) = (told(outside), told(inside));
    let card = |title: String, told| view! { <section class="n-card"><p class="n-quiet">{number.clone()}</p><h2>{title}</h2>{drawn(told)}</section> };
    if outside == inside {
        return card(t.from_anywhere.into(), &outside).into_any();
    }
    view! { {card(t.from_outside.into(), &outside)} {card(t.from_inside.into(), &inside)} }.into_any()
}

/// An instant of this page as its wall shows it, in words.
pub(super) fn until_words(phone: &MyPhone, at: chrono::DateTime<chrono::Utc>) -> String {
    words::when(use_locale(), phone.wall + (at - phone.at), phone.wall.date())
}

/// What the form held if it is the one that was refused, or nothing.
pub(super) fn typed_until(form: &str) -> Until {
    if news::typed("form") == form { Until { time: news::typed("until"), on: news::typed("until_on") } } else { Until::default() }
}
