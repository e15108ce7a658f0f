//! 鳴り方の変わる日: every number that rings differently on a day than today, by section, with both sentences.

use super::{
    super::{
        difference::{DifferenceTold, arising, difference},
        page::{for_administrators, ways},
        repair::conflict,
    },
    form::Form,
    preview,
};
use crate::{
    api::{ApiError, signed_in},
    i18n::{Locale, dates, telephone::repair::Trouble, use_locale},
    routes,
    ui::{asked, query},
};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{
    SiteId,
    telephone::{Concern, Difference},
};
use leptos::prelude::*;
use leptos_meta::Title;
use services::{
    Actor, Failure, Kind, Never, Services,
    telephone::{Compared, Dated, changes_between},
};

/// Numbers of a page.
const PAGE: usize = 50;
/// The time of the day that is compared where none is said.
const MORNING: NaiveTime = match NaiveTime::from_hms_opt(10, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// Which day is compared with today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The site.
    pub site: SiteId,
    /// Today, on its wall.
    pub today: NaiveDate,
    /// The day.
    pub on: NaiveDate,
    /// The time of both days.
    pub time: NaiveTime,
    /// Today at that time.
    pub before: DateTime<Utc>,
    /// The day at that time.
    pub after: DateTime<Utc>,
}

/// Reads a day and a time as a page or an address says them; next April 1st at ten where they say nothing.
///
/// # Errors
/// `NotFound` where no house has telephones.
pub fn wanted(cx: &Services, on: &str, time: &str) -> Result<Wanted, Failure<Never>> {
    let (board, now) = (cx.board(), cx.clock().now());
    let house = board.world.houses().next().ok_or(Failure::NotFound(Kind::Site))?;
    let today = house.clock.wall(now).date();
    let on = on.parse().unwrap_or_else(|_| next_transfer(today));
    let time = NaiveTime::parse_from_str(time, "%H:%M").unwrap_or(MORNING);
    let [before, after] = [today, on].map(|day| house.clock.instant(day.and_time(time)));
    Ok(Wanted { site: house.site, today, on, time, before, after })
}

/// 4月1日: the day on which most people move.
fn next_transfer(today: NaiveDate) -> NaiveDate {
    use chrono::Datelike;
    let april = |year: i32| NaiveDate::from_ymd_opt(year, 4, 1);
    april(today.year()).filter(|day| *day > today).or_else(|| april(today.year() + 1)).unwrap_or(today)
}

/// What the day changes; numbers of one section together, sections by name.
///
/// # Errors
/// `Denied` for who does not administer.
pub async fn gather(cx: &Services, actor: &Actor, wanted: Wanted) -> Result<Compared, Failure<Never>> {
    let mut compared = changes_between(cx, actor, wanted.site, wanted.before, wanted.after).await?;
    let world = std::sync::Arc::clone(&compared.after);
    let name = |found: &Difference| found.section.and_then(|section| world.section(section, wanted.on)).map(|section| section.name.clone());
    // Numbers without a section come last.
    compared.differences.sort_by_cached_key(|Dated { difference, .. }| (difference.section.is_none(), name(difference), difference.section, difference.ext));
    Ok(compared)
}

struct Page {
    wanted: Wanted,
    count: usize,
    page: usize,
    pages: usize,
    numbers: Vec<DifferenceTold>,
    /// Numbers that differ only when nobody answers.
    fallback: Vec<String>,
    troubles: Vec<Trouble>,
}

/// The page of a day.
pub(in super::super) fn address(on: NaiveDate, time: NaiveTime, page: usize) -> String {
    let (on, time, page) = (on.to_string(), time.format("%H:%M").to_string(), page.to_string());
    format!("{}?{}", routes::TELEPHONE_CHANGES, query(&[("on", on.as_str()), ("at", time.as_str()), ("page", page.as_str())]))
}

pub(in super::super) fn page() -> AnyView {
    let t = use_locale().telephone_setup();
    let form = Form::here();
    view! {
        <Title text=t.changes/>
        {ways()}
        <h1>{t.changes}</h1>
        {for_administrators(move || asked(move || ask(form.clone()), |page: &Option<Page>| page.as_ref().map_or_else(super::super::page::not_set_up, draw)))}
    }
    .into_any()
}

/// `None` where no house has telephones.
async fn ask(form: Form) -> Result<Option<Page>, ApiError> {
    let (cx, actor) = signed_in()?;
    let (locale, cx) = (cx.locale, cx.services);
    let wanted = match wanted(&cx, form.text("on"), form.text("at")) {
        Err(Failure::NotFound(_)) => return Ok(None),
        found => found?,
    };
    let compared = gather(&cx, &actor, wanted).await?;
    let count = compared.differences.len();
    let own: Vec<&Dated> = compared.differences.iter().filter(|dated| dated.difference.concern() == Concern::Own).collect();
    let fallback = compared.differences.iter().filter(|dated| dated.difference.concern() == Concern::Fallback);
    let pages = own.len().div_ceil(PAGE).max(1);
    let page = form.text("page").parse().unwrap_or(1).clamp(1, pages);
    let shown = own.into_iter().skip((page - 1) * PAGE).take(PAGE);
    Ok(Some(Page {
        numbers: shown.map(|dated| difference(locale, &compared, dated)).collect(),
        fallback: fallback.map(|dated| dated.difference.ext.to_string()).collect(),
        troubles: troubles(&cx, locale, wanted),
        wanted,
        count,
        page,
        pages,
    }))
}

fn troubles(cx: &Services, locale: Locale, wanted: Wanted) -> Vec<Trouble> {
    let board = cx.board();
    arising(&board.conflicts, wanted.today, wanted.on).into_iter().map(|found| conflict(locale, &board.world, found, wanted.after)).collect()
}

fn draw(page: &Page) -> AnyView {
    let locale = use_locale();
    let t = locale.telephone_setup();
    let wanted = page.wanted;
    let [today, day] = [wanted.today, wanted.on].map(|on| dates::day_with_year(locale, on, wanted.today));
    let (on, time) = (wanted.on.to_string(), wanted.time.format("%H:%M").to_string());
    let csv = routes::telephone_changes_csv(&query(&[("on", on.as_str()), ("at", time.as_str())]));
    let csv = (page.count > 0).then(|| view! { <a class="n-button n-button--second" href=csv download="changes.csv">{t.csv}</a> });
    let head = if page.count == 0 { t.no_changes.to_owned() } else { (t.rings)(page.count) };
    view! {
        <p class="n-lead">{t.changes_lead}</p>
        <form class="n-card n-row n-when" method="get" action=routes::TELEPHONE_CHANGES>
            <div class="n-field"><label for="changes-on">{t.day}</label><input class="n-input" type="date" id="changes-on" name="on" value=wanted.on.to_string()/></div>
            <div class="n-field"><label for="changes-at">{t.time}</label><input class="n-input" type="time" id="changes-at" name="at" value=wanted.time.format("%H:%M").to_string()/></div>
            <button class="n-button" type="submit">{t.show}</button>
        </form>
        <section class="n-card" id="changes" aria-label=t.changes>
            <div class="n-head"><h2>{head}</h2> {csv}</div>
            <p class="n-quiet">{(t.compared_with)(&today, &day)}</p>
            {sections(&page.numbers)}
            {pager(page)}
            {preview::fallbacks(&page.fallback)}
        </section>
        {then(&page.troubles)}
    }
    .into_any()
}

/// What needs repair by that day.
fn then(troubles: &[Trouble]) -> AnyView {
    let t = use_locale().telephone_setup();
    if troubles.is_empty() {
        return ().into_any();
    }
    let what = use_locale().telephone_pages().what_to_do;
    let rows = troubles.iter().map(|trouble| view! { <li><b>{trouble.what.clone()}</b> <br/> {what} ": " {trouble.repair.clone()}</li> });
    view! { <section class="n-card"><h2>{(t.conflicts_then)(troubles.len())}</h2> <ul class="n-arisen">{rows.collect_view()}</ul></section> }.into_any()
}

fn sections(numbers: &[DifferenceTold]) -> AnyView {
    let t = use_locale().telephone_setup();
    let groups = numbers.chunk_by(|a, b| a.section == b.section).map(|group| {
        let name = group.first().map(|told| told.section.clone()).filter(|name| !name.is_empty()).unwrap_or_else(|| t.no_section.to_owned());
        view! { <section><h3>{name}</h3> {preview::differences(group)}</section> }
    });
    view! { {groups.collect_view()} }.into_any()
}

fn pager(page: &Page) -> AnyView {
    let t = use_locale().telephone_setup();
    if page.pages < 2 {
        return ().into_any();
    }
    let link = |to: usize, words: &'static str| view! { <a class="n-button n-button--second" href=address(page.wanted.on, page.wanted.time, to)>{words}</a> };
    let before = (page.page > 1).then(|| link(page.page - 1, t.before_page));
    let next = (page.page < page.pages).then(|| link(page.page + 1, t.next_page));
    view! { <nav class="n-row" aria-label=t.changes>{before} <span>{(t.page_of)(page.page, page.pages)}</span> {next}</nav> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn april_first_is_the_next_one() {
        for (today, expected) in [("2026-11-24", "2027-04-01"), ("2026-03-31", "2026-04-01"), ("2026-04-01", "2027-04-01")] {
            assert_eq!(next_transfer(today.parse().unwrap()).to_string(), expected);
        }
    }
}
