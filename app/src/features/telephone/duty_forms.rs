//! What a head does with the rota: proposals, drafts, shares; and how often everybody serves.

use super::{
    cover_rules::{day, number, time, weekdays},
    news,
};
use crate::{
    i18n::use_locale,
    ui::{Post, PostForm},
};
use chrono::{Days, NaiveDate};
use domain::telephone::cover::{DutyKind, DutyState};
use leptos::prelude::*;
use services::telephone::cover::{RotaView, TallyView};

/// The drafts that wait for the head; nothing for everybody else.
pub(super) fn drafts(rota: &RotaView, post: Post) -> AnyView {
    let t = use_locale().telephone_cover();
    let count = rota.turns.iter().filter(|turn| turn.state == DutyState::Draft).count();
    if count == 0 {
        return ().into_any();
    }
    let (section, month) = (rota.section.id.to_string(), rota.from_on.to_string());
    view! {
        <section class="n-card n-noprint n-drafts">
            <p><b>{(t.drafts)(count)}</b></p>
            <PostForm to="telephone/duty-publish" post=post class="n-row">
                <input type="hidden" name="section" value=section/>
                <input type="hidden" name="month" value=month/>
                <button class="n-button" type="submit" name="what" value="publish">{t.publish}</button>
                <button class="n-button n-button--danger" type="submit" name="what" value="discard">{t.discard}</button>
            </PostForm>
        </section>
    }
    .into_any()
}

/// The forms of whoever leads the section.
pub(super) fn for_heads(rota: &RotaView, post: Post) -> AnyView {
    view! {
        {propose(rota, post)}
        {shares(rota, post)}
    }
    .into_any()
}

fn propose(rota: &RotaView, post: Post) -> AnyView {
    let t = use_locale().telephone_cover();
    let refused = news::typed("form") == "propose";
    let typed = |name: &str, usual: String| if refused { news::typed(name) } else { usual };
    let first = rota.from_on.max(rota.wall.date());
    let last = rota.until_on.pred_opt().unwrap_or(first).max(first + Days::new(13));
    let kinds = DutyKind::ALL.map(|kind| {
        view! { <label class="n-check"><input type="radio" name="kind" value=kind.code() checked=kind == DutyKind::Phone/><span>{(t.kind)(kind)}</span></label> }
    });
    let (from, last) = (typed("from", first.to_string()), typed("last", last.to_string()));
    let (begins, ends, people) = (typed("begins", "12:00".into()), typed("ends", "13:00".into()), typed("people", "1".into()));
    let section = rota.section.id.to_string();
    view! {
        <details class="n-card n-fold n-noprint" id="propose" open=refused>
            <summary><h2>{t.propose}</h2></summary>
            <div class="n-stack n-stack--tight">
                <p class="n-lead">{t.propose_help}</p>
                <PostForm to="telephone/duty-propose" post=post class="n-form">
                    <input type="hidden" name="section" value=section/>
                    <fieldset><legend class="n-legend">{t.kind_label}</legend><div class="n-checks">{kinds.collect_view()}</div></fieldset>
                    <div class="n-row n-row--top">
                        {day("propose-from", "from", t.first_day, from, None)}
                        {day("propose-last", "last", t.last_day, last, None)}
                    </div>
                    {weekdays(t.weekdays, |at| at < 5)}
                    <div class="n-row n-row--top">
                        {time("propose-begins", "begins", t.begins, begins)}
                        {time("propose-ends", "ends", t.ends, ends)}
                        {number("propose-people", "people", t.people, people, 50)}
                    </div>
                    <p><button class="n-button" type="submit">{t.propose_it}</button></p>
                </PostForm>
            </div>
        </details>
    }
    .into_any()
}

/// Whose share and exclusions are to change: a form for each member, in one fold.
fn shares(rota: &RotaView, post: Post) -> AnyView {
    let t = use_locale().telephone_cover();
    let rows = rota.tallies.iter().map(|tally| share(rota, tally, post)).collect_view();
    view! {
        <details class="n-card n-fold n-noprint">
            <summary><h2>{t.shares}</h2></summary>
            <div class="n-stack n-stack--tight">
                <p class="n-lead">{t.counts_help}</p>
                <ul class="n-rows">{rows}</ul>
            </div>
        </details>
    }
    .into_any()
}

fn share(rota: &RotaView, tally: &TallyView, post: Post) -> AnyView {
    let t = use_locale().telephone_cover();
    let member = &tally.member;
    let options = [0u16, 25, 50, 75, 100].into_iter().chain((!member.weight_percent.is_multiple_of(25)).then_some(member.weight_percent));
    let options = options.map(|share| view! { <option value=share.to_string() selected=share == member.weight_percent>{share}</option> }).collect_view();
    let label = format!("{} {}", member.name, t.share);
    let (section, month, person) = (rota.section.id.to_string(), rota.from_on.to_string(), member.person.to_string());
    // What the person has said about themselves goes along unchanged.
    let (exclusions, name) = (super::duty_own::hidden_exclusions(&member.exclusions), member.name.clone());
    view! {
        <li>
            <p class="n-rows__main">{member.name.clone()}</p>
            <PostForm to="telephone/duty-member" post=post class="n-row">
                <input type="hidden" name="section" value=section/>
                <input type="hidden" name="month" value=month/>
                <input type="hidden" name="person" value=person/>
                {exclusions}
                <select class="n-input" name="share" aria-label=label>{options}</select>
                <button class="n-button n-button--second" type="submit">{t.save} " " <span class="n-hidden">{name}</span></button>
            </PostForm>
        </li>
    }
    .into_any()
}

/// How often everybody serves: what makes a rota fair is there for all to see.
pub(super) fn counts(rota: &RotaView) -> AnyView {
    let t = use_locale().telephone_cover();
    let rows = rota.tallies.iter().map(|tally| {
        let member = &tally.member;
        view! {
            <tr><th scope="row">{member.name.clone()}</th><td>{member.weight_percent}</td><td>{tally.before}</td><td>{tally.month}</td></tr>
        }
    });
    view! {
        <section class="n-card n-noprint">
            <h2>{t.counts}</h2>
            <table class="n-table">
                <thead><tr><th scope="col">{t.who}</th><th scope="col">{t.share}</th><th scope="col">{t.before}</th><th scope="col">{t.this_month}</th></tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </section>
    }
    .into_any()
}

/// A first day as a form has it.
pub(super) fn date(on: Option<NaiveDate>) -> String {
    on.map(|on| on.to_string()).unwrap_or_default()
}
