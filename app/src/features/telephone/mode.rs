//! 受付モード: what the houses do with calls now, in large, and the press that changes it. Anybody who works here may: the night
//! forwarding of a town must not outlast a flood because whoever knows how is not there.

use super::{
    me_forms::until_fields,
    news,
    page::{not_set_up, ways},
};
use crate::{
    api::{ApiError, signed_in},
    i18n::{telephone::book as words, use_locale},
    ui::{ErrorNote, Post, PostForm, asked},
};
use domain::telephone::{Mode, view::ModeView};
use leptos::prelude::*;
use leptos_meta::Title;

const MODES: [Mode; 3] = [Mode::Normal, Mode::AfterHours, Mode::Disaster];

pub(super) fn page() -> AnyView {
    let t = use_locale().telephone_book();
    let post = Post::new();
    view! {
        <Title text=t.mode/>
        {ways()}
        {news::note(post)}
        <ErrorNote error=post.error_of(&[])/>
        <h1>{t.mode}</h1>
        {asked(gather, move |views: &Vec<ModeView>| draw(views, post))}
    }
    .into_any()
}

async fn gather() -> Result<Vec<ModeView>, ApiError> {
    let (cx, _) = signed_in()?;
    Ok(services::telephone::modes(&cx.services))
}

fn draw(views: &[ModeView], post: Post) -> AnyView {
    if views.is_empty() {
        return not_set_up();
    }
    let houses = views.iter().map(|view| house(view, post)).collect_view();
    view! { <div class="n-stack" data-live="/live/telephone">{houses}</div> }.into_any()
}

fn house(view: &ModeView, post: Post) -> AnyView {
    let locale = use_locale();
    let t = locale.telephone_pages();
    let until = view.until.map(|until| (t.mode_until)(&words::when(locale, until, view.wall.date())));
    let class = if view.now.mode == Mode::Normal { "n-card n-mode" } else { "n-card n-mode n-mode--unusual" };
    let part = format!("mode-{}", view.site);
    let (site, choices, choices_id) = (view.site.to_string(), choices(view), format!("{part}-choices"));
    view! {
        <div class="n-stack">
            <section class=class>
                <div id=format!("{part}-now") data-part="">
                    <p class="n-quiet">{view.house.clone()} " " {t.mode_now}</p>
                    <h2 class="n-mode__now">{words::mode_words(locale, view.now.mode)}</h2>
                    <p><b>{words::mode(locale, view)}</b> " " {until}</p>
                </div>
                <div id=format!("{part}-back") data-part="">{view.since.is_some().then(|| back(view, post))}</div>
            </section>
            <section class="n-card">
                <h2>{t.mode_choose}</h2>
                <p class="n-help">{t.mode_lead}</p>
                <PostForm to="telephone/mode" post=post class="n-form">
                    <input type="hidden" name="site" value=site/>
                    {until_fields("mode")}
                    <ul class="n-modes" id=choices_id data-part="">{choices}</ul>
                </PostForm>
            </section>
        </div>
    }
    .into_any()
}

/// What the house does not do now, each with what it means.
fn choices(view: &ModeView) -> AnyView {
    let locale = use_locale();
    let t = locale.telephone_pages();
    let others = MODES.into_iter().zip(t.mode_help).filter(|(mode, _)| *mode != view.now.mode);
    let rows = others.map(|(mode, help)| {
        let class = if mode == Mode::Disaster { "n-button n-button--danger n-button--big" } else { "n-button n-button--second n-button--big" };
        view! { <li><button class=class type="submit" name="mode" value=mode.code()>{(t.mode_to)(&words::mode_words(locale, mode))}</button> <p>{help}</p></li> }
    });
    rows.collect_view().into_any()
}

fn back(view: &ModeView, post: Post) -> AnyView {
    let t = use_locale().telephone_pages();
    let site = view.site.to_string();
    view! {
        <PostForm to="telephone/mode" post=post>
            <input type="hidden" name="site" value=site/>
            <button class="n-button n-button--big" type="submit">{t.mode_back}</button>
            <p class="n-help">{t.mode_back_help}</p>
        </PostForm>
    }
    .into_any()
}
