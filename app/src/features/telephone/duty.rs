//! 当番表: a month of a section's turns, who serves how often, exchanges by consent. Printed, it is a table on A4.

use super::{
    cover::{chooser, no_section, section_asked},
    cover_words as words, duty_forms, duty_own, news,
    page::ways,
};
use crate::{
    api::{ApiError, signed_in},
    i18n::{dates, use_locale},
    routes,
    ui::{ErrorNote, Icon, Post, PostForm, Shape, asked},
};
use chrono::{Months, NaiveDate};
use domain::{SectionId, telephone::cover::DutyState};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use services::telephone::cover::{self, MyTurn, RotaView, TurnView};

/// What the page shows: the month, and what the viewer was asked to take.
pub(super) struct Page {
    pub rota: RotaView,
    pub asked: Vec<MyTurn>,
}

pub(super) fn page() -> AnyView {
    let t = use_locale().telephone_cover();
    let post = Post::new();
    let (section, month) = (section_asked(), use_query_map().with_untracked(|query| query.get_str("month").and_then(read_month)));
    view! {
        <Title text=t.duty/>
        {ways()}
        {news::note(post)}
        <ErrorNote error=post.error_of(&[])/>
        <h1>{t.duty}</h1>
        {asked(move || gather(section, month), move |page: &Option<Page>| page.as_ref().map_or_else(no_section, |page| draw(page, post)))}
    }
    .into_any()
}

/// `2026-12`, or a day of the month.
fn read_month(text: &str) -> Option<NaiveDate> {
    text.parse().ok().or_else(|| format!("{text}-01").parse().ok())
}

async fn gather(section: Option<SectionId>, month: Option<NaiveDate>) -> Result<Option<Page>, ApiError> {
    let (cx, actor) = signed_in()?;
    let Some(rota) = cover::rota(&cx.services, &actor, section, month).await? else { return Ok(None) };
    let asked = match actor.person() {
        Some(_) => cover::my_turns(&cx.services, &actor, 92).await?,
        None => Vec::new(),
    };
    let asked = asked.into_iter().filter(|turn| turn.state == DutyState::Asked && turn.section == rota.section.id).collect();
    Ok(Some(Page { rota, asked }))
}

fn draw(page: &Page, post: Post) -> AnyView {
    let rota = &page.rota;
    let leads = rota.section.leads.then(|| duty_forms::for_heads(rota, post));
    let own = rota.me.map(|me| duty_own::cannot(rota, me, post));
    view! {
        <div class="n-noprint">{chooser(&rota.sections, &rota.section, routes::TELEPHONE_DUTY)}</div>
        <div class="n-stack" data-live="/live/telephone">
            <div id="duty-requests" data-part="">{duty_own::requests(&page.asked, &rota.swaps, "duty", post)}</div>
            <div id="duty-drafts" data-part="">{duty_forms::drafts(rota, post)}</div>
            <section class="n-card n-rota">
                {pager(rota)}
                <div id="duty-turns" data-part="">{turns(rota, post)}</div>
                <p class="n-help n-noprint">{use_locale().telephone_cover().print_help}</p>
            </section>
            {duty_own::swap(rota, post)}
            {leads}
            {own}
            {duty_forms::counts(rota)}
            {duty_own::calendar(rota, post)}
        </div>
    }
    .into_any()
}

fn pager(rota: &RotaView) -> AnyView {
    let locale = use_locale();
    let t = locale.telephone_cover();
    let address = |month: NaiveDate| format!("{}?section={}&month={}", routes::TELEPHONE_DUTY, rota.section.id, month.format("%Y-%m"));
    let before = rota.from_on.checked_sub_months(Months::new(1)).unwrap_or(rota.from_on);
    let title = format!("{} {}", rota.section.name, dates::month(locale, rota.from_on));
    view! {
        <div class="n-pager">
            <a class="n-button n-button--second n-noprint" href=address(before)><Icon shape=Shape::Back/>{t.month_before}</a>
            <h2>{title}</h2>
            <a class="n-button n-button--second n-noprint" href=address(rota.until_on)>{t.month_after}<Icon shape=Shape::Next/></a>
        </div>
    }
    .into_any()
}

fn turns(rota: &RotaView, post: Post) -> AnyView {
    let t = use_locale().telephone_cover();
    if rota.turns.is_empty() {
        return view! { <p class="n-quiet">{t.no_turns}</p> }.into_any();
    }
    let rows = rota.turns.iter().map(|turn| row(rota, turn, post)).collect_view();
    let change = rota.section.leads.then(|| view! { <th scope="col" class="n-noprint">{t.change}</th> });
    view! {
        <table class="n-table n-rota__table">
            <thead><tr><th scope="col">{t.day}</th><th scope="col">{t.kind_label}</th><th scope="col">{t.who}</th>{change}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(rota: &RotaView, turn: &TurnView, post: Post) -> AnyView {
    let locale = use_locale();
    let t = locale.telephone_cover();
    let who = match &turn.person {
        Some((_, Some(name))) => name.clone(),
        Some((_, None)) => t.hidden.to_owned(),
        None => t.nobody.to_owned(),
    };
    let state = match (turn.state, turn.waits) {
        (DutyState::Draft, _) => Some(t.draft),
        (DutyState::Asked, _) => Some(t.asked),
        (DutyState::Declined, _) => Some(t.declined),
        (DutyState::Set, true) => Some(t.waits),
        (DutyState::Set, false) => None,
    };
    let mine = turn.mine.then(|| view! { " " <span class="n-chip n-chip--on">{t.mine}</span> });
    let state = state.map(|state| view! { " " <span class="n-chip">{state}</span> });
    let to_come = turn.duty.on >= rota.wall.date();
    let change = rota.section.leads.then(|| {
        let change = to_come.then(|| change(rota, turn, &who, post));
        view! { <td class="n-noprint n-rota__change">{change}</td> }
    });
    let class = if turn.mine { "n-rota__mine" } else { "" };
    view! {
        <tr class=class>
            <th scope="row">{dates::day(locale, turn.duty.on)} " " <span class="n-rota__hours">{words::hours(turn.duty.from_minute, turn.duty.until_minute)}</span></th>
            <td class="n-rota__kind">{(t.kind)(turn.kind)}</td>
            <td><b>{who.clone()}</b>{mine}{state}</td>
            {change}
        </tr>
    }
    .into_any()
}

/// What a head does with a turn.
fn change(rota: &RotaView, turn: &TurnView, who: &str, post: Post) -> AnyView {
    let locale = use_locale();
    let t = locale.telephone_cover();
    let what = format!("{} {who}", words::turn(locale, turn.duty));
    let holder = turn.person.as_ref().map(|(person, _)| *person);
    let options = rota.tallies.iter().filter(|tally| Some(tally.member.person) != holder);
    let options = options.map(|tally| view! { <option value=tally.member.person.to_string()>{tally.member.name.clone()}</option> }).collect_view();
    let (label, id) = (format!("{} {what}", t.hand_to), turn.id.to_string());
    let hidden = || {
        let (id, section, month) = (id.clone(), rota.section.id.to_string(), rota.from_on.to_string());
        view! {
            <input type="hidden" name="duty" value=id/>
            <input type="hidden" name="section" value=section/>
            <input type="hidden" name="month" value=month/>
        }
    };
    let (first, second) = (hidden(), hidden());
    view! {
        <details class="n-turn">
            <summary>{t.change} " " <span class="n-hidden">{what.clone()}</span></summary>
            <PostForm to="telephone/duty-reassign" post=post class="n-row">
                {first}
                <select class="n-input" name="person" aria-label=label>{options}</select>
                <button class="n-button n-button--second" type="submit">{t.hand_to}</button>
            </PostForm>
            <PostForm to="telephone/duty-cancel" post=post class="n-row">
                {second}
                <button class="n-button n-button--danger" type="submit">{t.remove}</button>
            </PostForm>
        </details>
    }
    .into_any()
}
