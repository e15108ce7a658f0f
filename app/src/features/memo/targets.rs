//! `/telephone/notify`: who is told of memos outside, and how that goes. For administrators.

use super::news;
use crate::{
    api::{ApiError, signed_in},
    features::telephone::{
        news::typed,
        page::{for_administrators, ways},
    },
    i18n::{Locale, dates, memo::targets as words, use_locale},
    ui::{ErrorNote, Icon, Post, PostForm, Shape, asked},
};
use domain::{
    SectionId, WebhookId,
    memo::{Format, Tongue},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use services::memo::{self, MailState, WebhookState, WebhookView};

/// What the page shows.
struct Page {
    mail_on: bool,
    mail: MailState,
    targets: Vec<WebhookView>,
    sections: Vec<(SectionId, String)>,
    nobody_permitted: bool,
    /// The secret of the program that was just added.
    secret: Option<String>,
}

/// The page.
pub fn page() -> AnyView {
    let t = use_locale().memo_targets();
    let post = Post::new();
    let added = use_query_map().with_untracked(|query| query.get("news").filter(|news| news == "added").and_then(|_| query.get("of")?.parse().ok()));
    view! {
        <Title text=t.title/>
        {ways()}
        {news::note(post)}
        <ErrorNote error=post.error_of(&[])/>
        <h1>{t.title}</h1>
        {for_administrators(move || asked(move || gather(added), move |page: &Page| draw(page, post)))}
    }
    .into_any()
}

async fn gather(added: Option<WebhookId>) -> Result<Page, ApiError> {
    let (cx, actor) = signed_in()?;
    let cx = cx.services;
    let (board, now) = (cx.board(), cx.clock().now());
    let live = board.world.sections().filter(|section| {
        let on = board.world.house(section.site).map_or_else(|| now.date_naive(), |house| house.clock.wall(now).date());
        section.valid.contains(on)
    });
    let mut sections: Vec<_> = live.map(|section| (section.id, section.name.clone())).collect();
    sections.sort();
    Ok(Page {
        mail_on: cx.outgoing().mail,
        mail: memo::mail_state(&cx, &actor).await?,
        targets: memo::webhooks(&cx, &actor).await?,
        nobody_permitted: cx.outgoing().allowed.is_empty(),
        secret: match added {
            Some(id) => memo::fresh_secret(&cx, &actor, id).await?,
            None => None,
        },
        sections,
    })
}

fn draw(page: &Page, post: Post) -> AnyView {
    let t = use_locale().memo_targets();
    let secret = page.secret.clone().map(|secret| {
        view! { <section class="n-card n-memo-secret"><h2>{t.secret}</h2><p><code>{secret}</code></p><p class="n-help">{t.secret_help}</p></section> }
    });
    let rows = page.targets.iter().map(|target| row(target, post)).collect_view();
    let list = if page.targets.is_empty() { view! { <p class="n-quiet">{t.none}</p> }.into_any() } else { view! { <ul class="n-rows">{rows}</ul> }.into_any() };
    let hosts = page.nobody_permitted.then(|| view! { <p>{t.hosts_none}</p> });
    let mail = if page.mail_on { t.mail_on } else { t.mail_off };
    view! {
        <p class="n-lead">{t.lead}</p>
        {secret}
        <section class="n-card"><h2>{t.mail}</h2><p>{mail}</p>{page.mail_on.then(|| state(&page.mail))}</section>
        <section class="n-card"><h2>{t.programs}</h2>{hosts}{list}</section>
        <section class="n-card"><h2>{t.add}</h2>{form(page, post)}</section>
    }
    .into_any()
}

fn row(target: &WebhookView, post: Post) -> AnyView {
    let t = use_locale().memo_targets();
    let section = match &target.section {
        None => t.every.to_owned(),
        Some((_, name)) if name.is_empty() => t.gone_section.to_owned(),
        Some((_, name)) => (t.of_section)(name),
    };
    let contents = if target.whole { t.whole } else { t.notice };
    let about = [section, contents.to_owned(), format_words(target.format).to_owned()].join(use_locale().pick("・", ", "));
    let wrong = (!target.permitted).then(|| view! { <p class="n-memo__urgent">{t.not_permitted}</p> });
    let [id, tried] = [target.id.to_string(), target.id.to_string()];
    let [name, tried_name, ended_name] = [target.name.clone(), target.name.clone(), target.name.clone()];
    view! {
        <li>
            <div class="n-rows__main"><h3>{target.name.clone()} " " <small class="n-quiet">{target.host.clone()}</small></h3><p>{about}</p>{wrong}{state(&target.state)}</div>
            <PostForm to="memo/try-target" post=post>
                <input type="hidden" name="id" value=tried/>
                <button class="n-button n-button--second" type="submit">{t.try_it} <span class="n-hidden">{tried_name}</span></button>
            </PostForm>
            <PostForm to="memo/end-target" post=post>
                <input type="hidden" name="id" value=id/>
                <input type="hidden" name="name" value=name/>
                <button class="n-button n-button--plain" type="submit">{t.end} <span class="n-hidden">{ended_name}</span></button>
            </PostForm>
        </li>
    }
    .into_any()
}

fn state(state: &WebhookState) -> AnyView {
    let locale = use_locale();
    let t = locale.memo_targets();
    let sent = state.sent.map_or_else(|| t.never_sent.to_owned(), |wall| (t.sent)(&dates::moment_plain(locale, wall)));
    let lines = [
        Some(sent),
        (state.waiting > 0).then(|| (t.waiting)(state.waiting)),
        (state.given_up > 0).then(|| (t.given_up)(state.given_up)),
        state.trouble.as_deref().map(|code| (t.last_trouble)(&words::trouble(locale, code))),
    ];
    view! { <ul class="n-plain n-quiet">{lines.into_iter().flatten().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> }.into_any()
}

fn format_words(format: Format) -> &'static str {
    let [teams, json] = use_locale().memo_targets().formats;
    match format {
        Format::Teams => teams,
        Format::Json => json,
    }
}

fn form(page: &Page, post: Post) -> AnyView {
    let t = use_locale().memo_targets();
    let (format, tongue) = (Format::parse(&typed("format")).unwrap_or(Format::Teams), Tongue::parse(&typed("lang")).unwrap_or(Tongue::Ja));
    let formats = Format::ALL.iter().map(|choice| {
        view! { <label class="n-check"><input type="radio" name="format" value=choice.code() checked=*choice == format/><span>{format_words(*choice)}</span></label> }
    }).collect_view();
    let tongues = [(Tongue::Ja, Locale::Ja), (Tongue::En, Locale::En)].map(|(choice, locale)| {
        view! { <label class="n-check"><input type="radio" name="lang" value=choice.code() checked=choice == tongue/><span lang=locale.code()>{locale.own_name()}</span></label> }
    }).collect_view();
    let chosen = typed("section");
    let sections = page
        .sections
        .iter()
        .map(|(id, name)| {
            let value = id.to_string();
            view! { <option value=value.clone() selected=value == chosen>{(t.of_section)(name)}</option> }
        })
        .collect_view();
    let (name, whole) = (typed("name"), !typed("whole").is_empty());
    view! {
        <PostForm to="memo/add-target" post=post class="n-form n-memo-form">
            <div class="n-field"><label for="target-name">{t.name}</label><p class="n-help" id="target-name-help">{t.name_help}</p>
                <input class="n-input" id="target-name" name="name" value=name required=true maxlength="60" autocomplete="off" aria-describedby="target-name-help"/></div>
            <div class="n-field"><label for="target-url">{t.url}</label><p class="n-help" id="target-url-help">{t.url_help}</p>
                <input class="n-input" id="target-url" name="url" type="url" required=true maxlength="2000" autocomplete="off" aria-describedby="target-url-help"/></div>
            <fieldset><legend class="n-legend">{t.format}</legend><div class="n-checks">{formats}</div></fieldset>
            <div class="n-field"><label for="target-section">{t.section}</label>
                <select class="n-input" id="target-section" name="section"><option value="">{t.every}</option>{sections}</select></div>
            <fieldset><legend class="n-legend">{t.contents}</legend>
                <label class="n-check"><input type="checkbox" name="whole" value="1" checked=whole/><span>{t.whole}</span></label></fieldset>
            <fieldset><legend class="n-legend">{t.lang}</legend><div class="n-checks">{tongues}</div></fieldset>
            <p><button class="n-button" type="submit"><Icon shape=Shape::Check/>{t.save}</button></p>
        </PostForm>
    }
    .into_any()
}
