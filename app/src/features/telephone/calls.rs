//! 通話の記録: what became of my calls; for heads of sections and administrators, how many came in a month and who took them.

use super::page::{not_set_up, ways};
use crate::{
    api::{ApiError, call_href, signed_in},
    i18n::{Locale, dates, telephone::calls::Texts, use_locale},
    routes,
    ui::{Icon, Shape, asked, query},
};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use domain::telephone::{
    Outcome,
    totals::{Called, Month, Totals},
    view::MonthView,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use services::{
    Failure,
    telephone::{CallView, month_totals, own_calls, year_totals},
};

/// Own calls are shown this long.
const OWN: TimeDelta = TimeDelta::days(30);
/// Most own calls on the page.
const MOST: u64 = 200;

struct Page {
    calls: Vec<(CallView, NaiveDateTime, Option<String>)>,
    today: NaiveDate,
    totals: Option<(MonthView, Vec<(Month, Totals)>)>,
}

pub(super) fn page() -> AnyView {
    let t = use_locale().telephone_calls();
    let month = use_query_map().with_untracked(|query| query.get("month").unwrap_or_default());
    view! {
        <Title text=t.title/>
        {ways()}
        <h1>{t.title}</h1>
        {asked(move || gather(month.clone()), |page: &Option<Page>| page.as_ref().map_or_else(not_set_up, draw))}
    }
    .into_any()
}

/// `None` where no house has telephones yet.
async fn gather(month: String) -> Result<Option<Page>, ApiError> {
    let (cx, actor) = signed_in()?;
    let cx = cx.services;
    let (board, now) = (cx.board(), cx.clock().now());
    let Some(house) = board.world.houses().next() else { return Ok(None) };
    let today = house.clock.wall(now).date();
    let own = own_calls(&cx, &actor, now - OWN, now + TimeDelta::seconds(1), MOST).await?;
    let me = actor.person();
    let office = cx.office();
    let by = |call: &CallView| {
        let person = office.by_staff_no.get(call.answered_by.as_ref()?)?;
        (Some(*person) != me).then(|| office.people.get(person).map(|person| person.name.clone())).flatten()
    };
    let calls = own.into_iter().map(|call| (house.clock.wall(call.started_at), by(&call), call)).map(|(at, by, call)| (call, at, by)).collect();
    let month = month.parse().unwrap_or_else(|_| Month::of(today)).min(Month::of(today));
    let totals = match month_totals(&cx, &actor, month).await {
        Ok(view) => Some((view, year_totals(&cx, &actor, Month::of(today)).await?)),
        // Whoever answers their own calls only.
        Err(Failure::Denied) => None,
        Err(failure) => return Err(failure.into()),
    };
    Ok(Some(Page { calls, today, totals }))
}

fn draw(page: &Page) -> AnyView {
    let totals = page.totals.as_ref().map(|(view, year)| totals(view, year, page.today));
    // Who heads something looks at that first; everybody else has only their own.
    view! { <div class="n-stack">{totals} {mine(page)}</div> }.into_any()
}

fn mine(page: &Page) -> AnyView {
    let t = use_locale().telephone_calls();
    let rows = page.calls.iter().map(|call| row(call, page.today)).collect_view();
    let list = if page.calls.is_empty() { view! { <p class="n-quiet">{t.none}</p> }.into_any() } else { view! { <ul class="n-calls">{rows}</ul> }.into_any() };
    view! { <section class="n-card"><h2>{t.mine}</h2><p class="n-help">{t.mine_lead}</p>{list}</section> }.into_any()
}

fn row((call, at, by): &(CallView, NaiveDateTime, Option<String>), today: NaiveDate) -> AnyView {
    let locale = use_locale();
    let t = locale.telephone_calls();
    let outcome = Outcome::parse(&call.outcome).unwrap_or(Outcome::Ringing);
    let missed = matches!(outcome, Outcome::Unanswered | Outcome::Abandoned);
    let class = if missed { "n-chip n-chip--busy" } else { "n-chip" };
    let shown = call.from.bytes().filter(u8::is_ascii_digit).count() >= 3;
    let from = if shown {
        let aria = (t.call_back)(&call.from);
        view! { <a class="n-call" href=call_href(&call.from)><Icon shape=Shape::Phone/><b>{call.from.clone()}</b> <span class="n-hidden">{aria}</span></a> }
            .into_any()
    } else {
        view! { <b>{t.anonymous}</b> }.into_any()
    };
    let taken = (call.answered_by.is_some()).then(|| {
        let after = call.answered_at.map(|answered| (t.after)((answered - call.started_at).num_seconds())).unwrap_or_default();
        let gap = locale.pick("", " ");
        match locale {
            Locale::Ja => format!("{after}{gap}{}", (t.taken_by)(by.as_deref())),
            Locale::En => format!("{}{gap}{after}", (t.taken_by)(by.as_deref())),
        }
    });
    let when = dates::moment(locale, *at, today);
    view! {
        <li>
            <span class="n-calls__when">{when}</span>
            <span class="n-calls__from">{from}</span>
            <span class="n-quiet">{t.dialled} " " {call.to.clone()}</span>
            <span><span class=class>{(t.outcome)(outcome)}</span> " " {taken}</span>
        </li>
    }
    .into_any()
}

fn totals(view: &MonthView, year: &[(Month, Totals)], today: NaiveDate) -> AnyView {
    let locale = use_locale();
    let t = locale.telephone_calls();
    let newest = Month::of(today);
    let step = |month: Month, words: &'static str, class: &'static str| {
        let href = address(month);
        view! { <a class=class href=href>{words}</a> }
    };
    let next = (view.month < newest).then(|| step(view.month.next(), t.next, "n-button n-button--second"));
    let empty = view.rows.is_empty().then(|| view! { <p class="n-quiet">{t.no_calls}</p> });
    let whole = (!view.rows.is_empty()).then(|| {
        view! { {table(t, view)} {by_hour(t, view)} <p><a class="n-button n-button--second" href=routes::telephone_calls_csv(&view.month.to_string()) download="">{t.download}</a></p> }
    });
    view! {
        <section class="n-card n-totals">
            <div class="n-totals__head">
                <h2>{t.totals} " " <span>{dates::month(locale, view.month.first())}</span></h2>
                <p class="n-row">{step(view.month.back(1), t.before, "n-button n-button--second")} {next}</p>
            </div>
            <p class="n-help">{t.totals_lead}</p>
            {empty}
            {whole}
        </section>
        <section class="n-card n-totals"><h2>{t.year}</h2>{months(t, year, view.month)}<p class="n-quiet">{t.kept}</p></section>
    }
    .into_any()
}

fn address(month: Month) -> String {
    format!("{}?{}", routes::TELEPHONE_CALLS, query(&[("month", &month.to_string())]))
}

/// What a row is called.
pub fn name(t: &Texts, called: Called, name: &str) -> String {
    (t.name)(called, if name.is_empty() { t.gone } else { name })
}

fn table(t: &'static Texts, view: &MonthView) -> AnyView {
    let all = view.rows.iter().fold(Totals::default(), |sum, (.., totals)| sum.plus(*totals));
    let row = |name: String, totals: Totals| {
        let percent = totals.answered_percent().map(t.percent);
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{totals.calls}</td>
                <td>{totals.answered} " " <small>{percent}</small></td>
                <td>{totals.meant}</td>
                <td>{totals.fixed}</td>
                <td>{totals.passed_on}</td>
                <td>{totals.unanswered}</td>
                <td>{totals.abandoned}</td>
                <td>{totals.answer_tenths().map(t.seconds)}</td>
            </tr>
        }
    };
    let rows = view.rows.iter().map(|(called, text, totals)| row(name(t, *called, text), *totals)).collect_view();
    let heads = [t.called, t.calls, t.answered, t.meant, t.fixed, t.passed_on, t.unanswered, t.abandoned, t.time];
    let heads = heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    view! {
        <div class="n-scroll" tabindex="0" role="region" aria-label=t.totals>
            <table class="n-table n-totals__table">
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
                <tfoot>{row(t.all.into(), all)}</tfoot>
            </table>
        </div>
    }
    .into_any()
}

/// A bar for each hour somebody called in; its words are for who does not see it.
fn by_hour(t: &'static Texts, view: &MonthView) -> AnyView {
    let busy: Vec<usize> = (0..24).filter(|hour| view.hours[*hour].calls > 0).collect();
    let (Some(first), Some(last)) = (busy.first(), busy.last()) else { return ().into_any() };
    let most = view.hours.iter().map(|totals| totals.calls).max().unwrap_or(1).max(1);
    let bar = |hour: usize| {
        let totals = view.hours[hour];
        let [whole, missed] = [totals.calls, totals.missed()].map(|count| (count * 100 / most).to_string());
        let below = |height: &str| (100 - height.parse::<u64>().unwrap_or(0)).to_string();
        let words = (t.hour)(hour, totals.calls, totals.missed());
        view! {
            <li>
                <span class="n-hidden">{words}</span>
                <svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                    <rect class="n-hours__all" width="10" y=below(&whole) height=whole></rect>
                    <rect class="n-hours__missed" width="10" y=below(&missed) height=missed></rect>
                </svg>
                <span aria-hidden="true">{hour}</span>
            </li>
        }
    };
    let bars = (*first..=*last).map(bar).collect_view();
    view! { <h3>{t.by_hour}</h3><p class="n-help">{t.by_hour_lead}</p><ol class="n-hours">{bars}</ol> }.into_any()
}

fn months(t: &'static Texts, year: &[(Month, Totals)], shown: Month) -> AnyView {
    let locale = use_locale();
    let row = |(month, totals): &(Month, Totals)| {
        let current = (*month == shown).then_some("true");
        view! {
            <tr>
                <th scope="row"><a href=address(*month) aria-current=current>{dates::month(locale, month.first())}</a></th>
                <td>{totals.calls}</td>
                <td>{totals.answered} " " <small>{totals.answered_percent().map(t.percent)}</small></td>
                <td>{totals.missed()}</td>
                <td>{totals.answer_tenths().map(t.seconds)}</td>
            </tr>
        }
    };
    // Months before the first call say nothing.
    let rows = year.iter().skip_while(|(month, totals)| totals.calls == 0 && *month != shown).map(row).collect_view();
    let heads = [t.month, t.calls, t.answered, t.unanswered, t.time].into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    view! {
        <div class="n-scroll" tabindex="0" role="region" aria-label=t.year>
            <table class="n-table n-totals__table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
        </div>
    }
    .into_any()
}

/// The language of whoever asks, for the file.
#[must_use]
pub fn csv(locale: Locale, view: &MonthView) -> Vec<Vec<String>> {
    let t = locale.telephone_calls();
    let head = [t.called, t.calls, t.answered, t.meant, t.fixed, t.passed_on, t.unanswered, t.abandoned, t.time].map(str::to_owned).to_vec();
    let row = |(called, text, totals): &(Called, String, Totals)| {
        let numbers = [totals.calls, totals.answered, totals.meant, totals.fixed, totals.passed_on, totals.unanswered, totals.abandoned];
        let time = totals.answer_tenths().map(|tenths| format!("{}.{}", tenths / 10, tenths % 10)).unwrap_or_default();
        std::iter::once(name(t, *called, text)).chain(numbers.map(|number| number.to_string())).chain([time]).collect()
    };
    std::iter::once(head).chain(view.rows.iter().map(row)).collect()
}
