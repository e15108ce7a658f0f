//! 電話番: the next two weeks at a section's telephone, as a list of gaps with who could fill each, and half-hour by half-hour.

use super::{cover_rules, cover_words as words, news, page::ways};
use crate::{
    api::{ApiError, signed_in},
    i18n::{dates, use_locale},
    routes,
    ui::{ErrorNote, Icon, Post, PostForm, Shape, asked},
};
use chrono::NaiveDate;
use domain::{
    SectionId,
    telephone::cover::{DutyState, HalfHour},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use services::telephone::cover::{self, Could, CoverView, GapView, SectionChoice};

/// Gaps told with everything that can be done about them; the rest are told in a line each.
const SHOWN: usize = 10;

pub(super) fn page() -> AnyView {
    let t = use_locale().telephone_cover();
    let post = Post::new();
    let section = section_asked();
    view! {
        <Title text=t.cover/>
        {ways()}
        {news::note(post)}
        <ErrorNote error=post.error_of(&[])/>
        <h1>{t.cover}</h1>
        {asked(move || gather(section), move |view: &Option<CoverView>| view.as_ref().map_or_else(no_section, |view| draw(view, post)))}
    }
    .into_any()
}

/// The section an address names.
pub(super) fn section_asked() -> Option<SectionId> {
    use_query_map().with_untracked(|query| query.get_str("section").and_then(|section| section.parse().ok()))
}

async fn gather(section: Option<SectionId>) -> Result<Option<CoverView>, ApiError> {
    let (cx, actor) = signed_in()?;
    Ok(cover::cover(&cx.services, &actor, section).await?)
}

/// What stands where nobody's telephone is the viewer's.
pub(super) fn no_section() -> AnyView {
    view! { <section class="n-empty"><p><b>{use_locale().telephone_cover().no_section}</b></p></section> }.into_any()
}

fn draw(view: &CoverView, post: Post) -> AnyView {
    let t = use_locale().telephone_cover();
    let content = if view.rules.is_empty() { view! { <p class="n-lead">{t.no_rules}</p> }.into_any() } else { two_weeks(view, post) };
    // Who may write none has nothing to read where there is none.
    let rules =
        (view.section.leads || !view.rules.is_empty()).then(|| view! { <section class="n-card" id="cover-rules">{cover_rules::rules(view, post)}</section> });
    view! {
        {chooser(&view.sections, &view.section, routes::TELEPHONE_COVER)}
        <div class="n-stack" data-live="/live/telephone">{content} {rules}</div>
    }
    .into_any()
}

/// Which section; a plain form that asks for the page again.
pub(super) fn chooser(sections: &[SectionChoice], chosen: &SectionChoice, page: &'static str) -> AnyView {
    let t = use_locale().telephone_cover();
    if sections.len() < 2 {
        return view! { <p class="n-lead"><b>{chosen.name.clone()}</b></p> }.into_any();
    }
    let options =
        sections.iter().map(|section| view! { <option value=section.id.to_string() selected=section.id == chosen.id>{section.name.clone()}</option> });
    view! {
        <form class="n-choose" method="get" action=page>
            <label for="choose-section">{t.section}</label>
            <select class="n-input" id="choose-section" name="section">{options.collect_view()}</select>
            <button class="n-button n-button--second" type="submit">{t.show}</button>
        </form>
    }
    .into_any()
}

fn two_weeks(view: &CoverView, post: Post) -> AnyView {
    let t = use_locale().telephone_cover();
    let count = view.gaps.len();
    let state = if count == 0 {
        view! { <p class="n-cover__state"><span class="n-good"><Icon shape=Shape::Check/></span> " " <b>{t.all_covered}</b></p> }.into_any()
    } else {
        view! { <p class="n-cover__state"><span class="n-cover__alert"><Icon shape=Shape::Alert/></span> " " <b>{(t.gaps)(count)}</b></p> }.into_any()
    };
    let (shown, rest) = view.gaps.split_at(count.min(SHOWN));
    let gaps = shown.iter().map(|gap| gap_card(view, gap, post)).collect_view();
    let note = match (count, view.section.leads) {
        (0, _) => ().into_any(),
        (_, true) => {
            let href = format!("{}?section={}#propose", routes::TELEPHONE_DUTY, view.section.id);
            view! { <p><a href=href>{t.fill_with_rota}</a></p> }.into_any()
        }
        (_, false) => view! { <p class="n-quiet">{t.head_decides}</p> }.into_any(),
    };
    view! {
        <section>
            <p class="n-lead">{t.cover_lead}</p>
            <div id="cover-state" data-part="" role="status">{state}</div>
            <ul class="n-gaps" id="cover-gaps" data-part="">{gaps}</ul>
            <div id="cover-more" data-part="">{more(rest)}</div>
            {note}
        </section>
        <section class="n-card">
            <h2 id="cover-grid-name">{t.grid}</h2>
            <p class="n-help">{t.grid_help}</p>
            <div class="n-scroll" role="region" aria-labelledby="cover-grid-name" tabindex="0" id="cover-grid" data-part="">{grid(view)}</div>
        </section>
    }
    .into_any()
}

fn more(rest: &[GapView]) -> AnyView {
    let locale = use_locale();
    let t = locale.telephone_cover();
    if rest.is_empty() {
        return ().into_any();
    }
    let lines = rest.iter().map(|view| {
        let gap = view.gap;
        view! { <li>{words::gap(locale, &gap)} " " {(t.missing)(gap.needed - gap.planned, gap.needed)}</li> }
    });
    view! { <details class="n-card n-fold"><summary><h2>{(t.more_gaps)(rest.len())}</h2></summary><ul class="n-plain">{lines.collect_view()}</ul></details> }
        .into_any()
}

fn gap_card(view: &CoverView, found: &GapView, post: Post) -> AnyView {
    let locale = use_locale();
    let t = locale.telephone_cover();
    let gap = found.gap;
    let key = format!("{}-{}-{}", gap.on, gap.from_minute, gap.until_minute);
    let when = words::gap(locale, &gap);
    let asked = found.asked.iter().map(|asked| asked_row(view, asked, post)).collect_view();
    let helpers = view.section.leads.then(|| helpers(found, &key, &when, post));
    view! {
        <li class="n-card n-gap" data-key=key.clone()>
            <div class="n-gap__what">
                <h2>{when.clone()}</h2>
                <p><span class="n-chip n-chip--short">{(t.missing)(gap.needed - gap.planned, gap.needed)}</span></p>
                <ul class="n-plain">{asked}</ul>
            </div>
            {helpers}
        </li>
    }
    .into_any()
}

fn asked_row(view: &CoverView, (id, name, state): &(domain::DutyId, String, DutyState), post: Post) -> AnyView {
    let t = use_locale().telephone_cover();
    let words = if *state == DutyState::Asked { (t.is_asked)(name) } else { (t.said_no)(name) };
    let (id, section, name) = (id.to_string(), view.section.id.to_string(), name.clone());
    view! {
        <li class="n-row">
            <span>{words}</span>
            <PostForm to="telephone/duty-cancel" post=post>
                <input type="hidden" name="duty" value=id/>
                <input type="hidden" name="section" value=section/>
                <input type="hidden" name="back" value="cover"/>
                <button class="n-button n-button--plain" type="submit">{t.take_back} " " <span class="n-hidden">{name}</span></button>
            </PostForm>
        </li>
    }
    .into_any()
}

fn helpers(found: &GapView, key: &str, when: &str, post: Post) -> AnyView {
    let t = use_locale().telephone_cover();
    if found.could.is_empty() && found.others.is_empty() {
        return view! { <p class="n-quiet">{t.nobody_could}</p> }.into_any();
    }
    let rows = found.could.iter().map(|could| could_row(found, could, when, post)).collect_view();
    let others = (!found.others.is_empty()).then(|| others(found, key, when, post));
    view! {
        <div class="n-gap__who">
            <h3>{t.who_could}</h3>
            <ul class="n-plain n-could">{rows}</ul>
            {others}
        </div>
    }
    .into_any()
}

/// The hidden fields of a turn in a gap.
fn fields(found: &GapView) -> AnyView {
    let gap = found.gap;
    view! {
        <input type="hidden" name="section" value=gap.section.to_string()/>
        <input type="hidden" name="date" value=gap.on.to_string()/>
        <input type="hidden" name="begins" value=gap.from_minute.to_string()/>
        <input type="hidden" name="ends" value=gap.until_minute.to_string()/>
        <input type="hidden" name="back" value="cover"/>
    }
    .into_any()
}

fn buttons(whom: &str) -> AnyView {
    let t = use_locale().telephone_cover();
    view! {
        <div class="n-row">
            <button class="n-button" type="submit" name="how" value="set">{t.give} " " <span class="n-hidden">{whom.to_owned()}</span></button>
            <button class="n-button n-button--second" type="submit" name="how" value="ask">{t.ask} " " <span class="n-hidden">{whom.to_owned()}</span></button>
        </div>
    }
    .into_any()
}

fn could_row(found: &GapView, could: &Could, when: &str, post: Post) -> AnyView {
    let t = use_locale().telephone_cover();
    let why = could.there.map_or_else(|| t.not_there.to_owned(), |(from, until)| (t.there)(&words::hours(from, until)));
    let (fields, buttons) = (fields(found), buttons(&format!("{} {when}", could.name)));
    let (person, name, served) = (could.person.to_string(), could.name.clone(), (t.served)(could.turns));
    view! {
        <li>
            <PostForm to="telephone/duty-give" post=post class="n-could__row">
                {fields}
                <input type="hidden" name="person" value=person/>
                <p><b>{name}</b> " " <span class="n-quiet">{why} " / " {served}</span></p>
                {buttons}
            </PostForm>
        </li>
    }
    .into_any()
}

fn others(found: &GapView, key: &str, when: &str, post: Post) -> AnyView {
    let t = use_locale().telephone_cover();
    let id = format!("other-{key}");
    let options = found.others.iter().map(|(person, name)| view! { <option value=person.to_string()>{name.clone()}</option> }).collect_view();
    let (fields, buttons) = (fields(found), buttons(&format!("{} {when}", t.somebody_else)));
    view! {
        <PostForm to="telephone/duty-give" post=post class="n-could__row">
            {fields}
            <p class="n-could__other"><label for=id.clone()>{t.somebody_else}</label> " " <select class="n-input" id=id name="person">{options}</select></p>
            {buttons}
        </PostForm>
    }
    .into_any()
}

/// Half-hours down, days across. A sign and words say what the numbers mean.
fn grid(view: &CoverView) -> AnyView {
    let locale = use_locale();
    let t = locale.telephone_cover();
    let mut days: Vec<NaiveDate> = view.halves.iter().map(|half| half.on).collect();
    days.dedup();
    let mut times: Vec<(u16, u16)> = view.halves.iter().map(|half| (half.from_minute, half.until_minute)).collect();
    times.sort_unstable();
    times.dedup();
    let heads = days.iter().map(|on| view! { <th scope="col">{dates::day_short(locale, *on)}</th> }).collect_view();
    let rows = times.iter().map(|(from, until)| {
        let cells = days.iter().map(|on| cell(view.halves.iter().find(|half| (half.on, half.from_minute, half.until_minute) == (*on, *from, *until))));
        view! { <tr><th scope="row">{words::hours(*from, *until)}</th>{cells.collect_view()}</tr> }
    });
    view! {
        <table class="n-table n-cover__grid">
            <thead><tr><th scope="col">{t.time}</th>{heads}</tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn cell(half: Option<&HalfHour>) -> AnyView {
    let t = use_locale().telephone_cover();
    let Some(half) = half else { return view! { <td><span class="n-hidden">{t.not_asked}</span></td> }.into_any() };
    let missing = half.needed.saturating_sub(half.planned);
    let (class, sign) = match (missing, half.planned) {
        (0, _) => ("n-cover__enough", "○"),
        (_, 0) => ("n-cover__none", "×"),
        _ => ("n-cover__short", "△"),
    };
    let words = if missing == 0 { t.enough.to_owned() } else { (t.short)(missing) };
    view! { <td class=class><span aria-hidden="true">{sign}</span> " " {format!("{}/{}", half.planned, half.needed)} " " <span class="n-hidden">{words}</span></td> }
        .into_any()
}
