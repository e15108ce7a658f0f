//! What a member does with the rota: answers, exchanges, says when they cannot serve, takes it into a calendar.

use super::{
    cover_rules::{day, time, weekdays},
    cover_words as words,
    duty_forms::date,
    news,
};
use crate::{
    i18n::{dates, use_locale},
    routes,
    ui::{Post, PostForm},
};
use domain::{
    PersonId,
    booking::Weekdays,
    telephone::{
        DayRange,
        cover::{DutyState, Exclusion},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use services::telephone::cover::{MyTurn, RotaView, SwapView, TurnView};

/// What waits for an answer: turns one was asked to take, exchanges one was asked for or asked for oneself.
pub(super) fn requests(asked: &[MyTurn], swaps: &[SwapView], back: &'static str, post: Post) -> AnyView {
    let t = use_locale().telephone_cover();
    if asked.is_empty() && swaps.is_empty() {
        return ().into_any();
    }
    let asked = asked.iter().map(|turn| asked_turn(turn, back, post)).collect_view();
    let swaps = swaps.iter().map(|swap| asked_swap(swap, back, post)).collect_view();
    view! { <section class="n-card n-requests n-noprint"><h2>{t.requests}</h2><ul class="n-rows">{asked}{swaps}</ul></section> }.into_any()
}

fn asked_turn(turn: &MyTurn, back: &'static str, post: Post) -> AnyView {
    let locale = use_locale();
    let t = locale.telephone_cover();
    let id = turn.id.to_string();
    let words = (t.asked_to_take)((t.kind)(turn.kind), &format!("{} {}", words::turn(locale, turn.duty), turn.section_name));
    view! {
        <li>
            <p class="n-rows__main">{words}</p>
            <PostForm to="telephone/duty-answer" post=post class="n-row">
                <input type="hidden" name="duty" value=id/>
                <input type="hidden" name="back" value=back/>
                <button class="n-button" type="submit" name="yes" value="1">{t.yes}</button>
                <button class="n-button n-button--second" type="submit" name="yes" value="0">{t.no}</button>
            </PostForm>
        </li>
    }
    .into_any()
}

fn asked_swap(swap: &SwapView, back: &'static str, post: Post) -> AnyView {
    let locale = use_locale();
    let t = locale.telephone_cover();
    let gives = words::turn(locale, swap.gives.1);
    let words = match (swap.to_me, &swap.wants) {
        (false, _) => (t.waits_for)(&swap.asked, &gives),
        (true, Some((_, wants))) => (t.wants_exchange)(&swap.asked_by, &gives, &words::turn(locale, *wants)),
        (true, None) => (t.wants_favour)(&swap.asked_by, &gives),
    };
    let buttons = if swap.to_me {
        view! {
            <button class="n-button" type="submit" name="answer" value="yes">{t.yes}</button>
            <button class="n-button n-button--second" type="submit" name="answer" value="no">{t.no}</button>
        }
        .into_any()
    } else {
        view! { <button class="n-button n-button--second" type="submit" name="answer" value="withdraw">{t.take_back}</button> }.into_any()
    };
    let id = swap.id.to_string();
    view! {
        <li>
            <p class="n-rows__main">{words}</p>
            <PostForm to="telephone/swap-answer" post=post class="n-row">
                <input type="hidden" name="swap" value=id/>
                <input type="hidden" name="back" value=back/>
                {buttons}
            </PostForm>
        </li>
    }
    .into_any()
}

/// Asking for an exchange, where one has a turn to come.
pub(super) fn swap(rota: &RotaView, post: Post) -> AnyView {
    let locale = use_locale();
    let t = locale.telephone_cover();
    let to_come = |turn: &&TurnView| turn.state == DutyState::Set && turn.duty.on >= rota.wall.date() && !turn.waits;
    let mine: Vec<_> = rota.turns.iter().filter(to_come).filter(|turn| turn.mine).collect();
    if mine.is_empty() {
        return ().into_any();
    }
    let name = |turn: &TurnView| turn.person.as_ref().and_then(|(_, name)| name.clone());
    let own = mine.iter().map(|turn| view! { <option value=turn.id.to_string()>{words::turn(locale, turn.duty)} " " {(t.kind)(turn.kind)}</option> });
    let theirs = rota.turns.iter().filter(to_come).filter(|turn| !turn.mine).filter_map(|turn| {
        let words = (t.exchange)(&name(turn)?, &words::turn(locale, turn.duty));
        Some(view! { <option value=format!("t{}", turn.id)>{words}</option> })
    });
    let favours = rota.tallies.iter().filter(|tally| Some(tally.member.person) != rota.me);
    let favours = favours.map(|tally| view! { <option value=format!("p{}", tally.member.person)>{(t.favour)(&tally.member.name)}</option> });
    let (section, month) = (rota.section.id.to_string(), rota.from_on.to_string());
    let (own, theirs, favours) = (own.collect_view(), theirs.collect_view(), favours.collect_view());
    view! {
        <section class="n-card n-noprint" id="swap">
            <h2>{t.swap}</h2>
            <p class="n-help">{t.swap_help}</p>
            <PostForm to="telephone/duty-swap" post=post class="n-form">
                <input type="hidden" name="section" value=section/>
                <input type="hidden" name="month" value=month/>
                <div class="n-row n-row--top">
                    <div class="n-field"><label for="swap-duty">{t.swap_which}</label><select class="n-input" id="swap-duty" name="duty">{own}</select></div>
                    <div class="n-field"><label for="swap-with">{t.swap_with}</label><select class="n-input" id="swap-with" name="with">{theirs}{favours}</select></div>
                </div>
                <p><button class="n-button n-button--second" type="submit">{t.swap_ask}</button></p>
            </PostForm>
        </section>
    }
    .into_any()
}

/// The parts of what somebody has said about when they cannot serve, as the form has them: weekdays, hours, days.
fn parts(exclusions: &[Exclusion]) -> (Weekdays, Option<(u16, u16)>, Option<DayRange>) {
    let (mut weekdays, mut hours, mut days) = (Weekdays::default(), None, None);
    for exclusion in exclusions {
        match exclusion {
            Exclusion::Weekdays(found) => weekdays = *found,
            Exclusion::Hours { from_minute, until_minute } => hours = Some((*from_minute, *until_minute)),
            Exclusion::Days(found) => days = Some(*found),
        }
    }
    (weekdays, hours, days)
}

fn last_day(days: Option<DayRange>) -> String {
    date(days.and_then(|days| days.until_on).and_then(|until| until.pred_opt()))
}

/// The same as hidden fields.
pub(super) fn hidden_exclusions(exclusions: &[Exclusion]) -> AnyView {
    let (weekdays, hours, days) = parts(exclusions);
    let week = dates::WEEK.into_iter().enumerate().filter(|(_, day)| weekdays.contains(*day));
    let week = week.map(|(at, _)| view! { <input type="hidden" name="weekdays[]" value=at.to_string()/> }).collect_view();
    let hours = hours.map(|(from, until)| {
        view! { <input type="hidden" name="begins" value=from.to_string()/><input type="hidden" name="ends" value=until.to_string()/> }
    });
    view! {
        {week}
        {hours}
        <input type="hidden" name="from" value=date(days.map(|days| days.from_on))/>
        <input type="hidden" name="last" value=last_day(days)/>
    }
    .into_any()
}

/// When I cannot serve.
pub(super) fn cannot(rota: &RotaView, me: PersonId, post: Post) -> AnyView {
    let t = use_locale().telephone_cover();
    let exclusions = rota.tallies.iter().find(|tally| tally.member.person == me).map(|tally| tally.member.exclusions.clone()).unwrap_or_default();
    let (week, hours, days) = parts(&exclusions);
    let refused = news::typed("form") == "member";
    let typed = |name: &str, usual: String| if refused { news::typed(name) } else { usual };
    let clock = |minute: Option<u16>| minute.map(|minute| format!("{:02}:{:02}", minute / 60, minute % 60)).unwrap_or_default();
    let (begins, ends) = (typed("begins", clock(hours.map(|hours| hours.0))), typed("ends", clock(hours.map(|hours| hours.1))));
    let (from, last) = (typed("from", date(days.map(|days| days.from_on))), typed("last", last_day(days)));
    let (section, month, person) = (rota.section.id.to_string(), rota.from_on.to_string(), me.to_string());
    view! {
        <details class="n-card n-fold n-noprint" open=refused>
            <summary><h2>{t.cannot}</h2></summary>
            <div class="n-stack n-stack--tight">
                <p class="n-lead">{t.cannot_help}</p>
                <PostForm to="telephone/duty-member" post=post class="n-form">
                    <input type="hidden" name="section" value=section/>
                    <input type="hidden" name="month" value=month/>
                    <input type="hidden" name="person" value=person/>
                    {weekdays(t.cannot_weekdays, |at| dates::WEEK.get(at).is_some_and(|day| week.contains(*day)))}
                    <fieldset>
                        <legend class="n-legend">{t.cannot_hours}</legend>
                        <div class="n-row n-row--top">{time("cannot-begins", "begins", t.begins, begins)} {time("cannot-ends", "ends", t.ends, ends)}</div>
                    </fieldset>
                    <fieldset>
                        <legend class="n-legend">{t.cannot_days}</legend>
                        <div class="n-row n-row--top">{day("cannot-from", "from", t.first_day, from, None)} {day("cannot-last", "last", t.last_day, last, None)}</div>
                    </fieldset>
                    <p><button class="n-button n-button--second" type="submit">{t.save}</button></p>
                </PostForm>
            </div>
        </details>
    }
    .into_any()
}

/// The rota in a calendar program: files, and addresses to subscribe to.
pub(super) fn calendar(rota: &RotaView, post: Post) -> AnyView {
    let locale = use_locale();
    let t = locale.telephone_cover();
    let section = rota.section.id.to_string();
    let files =
        [(format!("{}.ics", routes::TELEPHONE_DUTY), t.download_own), (format!("{}.ics?section={section}", routes::TELEPHONE_DUTY), t.download_section)];
    // Not a page of the program: the browser takes it as a file.
    let files = files.map(|(href, name)| view! { <li><a href=href rel="external" download="">{name}</a></li> });
    let secret = use_query_map().with_untracked(|query| query.get("feed")).filter(|secret| secret.len() <= 64);
    let shown = secret.map(|secret| {
        let address = format!("{}/{secret}.ics?lang={}", routes::DUTY_FEED, locale.code());
        view! {
            <div class="n-note n-note--done" role="status">
                <div class="n-note__words">
                    <p>{t.address}</p>
                    <p><a href=address.clone() rel="external">{address.clone()}</a></p>
                    <p class="n-quiet">{t.address_help}</p>
                </div>
            </div>
        }
    });
    view! {
        <section class="n-card n-noprint" id="calendar">
            <h2>{t.calendar}</h2>
            <p class="n-help">{t.calendar_help}</p>
            {shown}
            <ul class="n-plain n-files">{files.collect_view()}</ul>
            <PostForm to="telephone/duty-feed" post=post class="n-row">
                <input type="hidden" name="section" value=section/>
                <button class="n-button n-button--second" type="submit" name="of" value="own">{t.new_address_own}</button>
                <button class="n-button n-button--second" type="submit" name="of" value="section">{t.new_address_section}</button>
            </PostForm>
        </section>
    }
    .into_any()
}
