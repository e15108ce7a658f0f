//! The forms: one for each kind of row. A head gets the fields of their section that are theirs.

use super::{
    draw::{Choice, Kind, line, line_as, lines, select, tick, words},
    edit::Page,
    fields::{self, MOST_SECURITY, MOST_STRETCHES},
};
use crate::i18n::{dates, use_locale};
use chrono::Weekday;
use leptos::prelude::*;
use services::telephone::Part;

const RINGS: [&str; 4] = ["all", "rotate", "longest_idle", "sequential"];
const NUMBER_KINDS: [&str; 7] = ["section", "main", "person", "seat", "room", "fax", "emergency"];
const DEVICE_KINDS: [&str; 6] = ["mobile", "fixed_bcp", "seat_phone", "softphone", "dect", "outside"];
const WEEK: [Weekday; 7] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// The fields of what the page is about.
pub(super) fn fields(page: &Page) -> AnyView {
    match page.subject.part {
        Part::House => house(page),
        Part::Section => section(page),
        Part::Number => number(page),
        Part::Device => device(page),
        Part::Block => block(page),
        Part::Contact => contact(page),
        Part::Link => link(page),
    }
}

fn nothing() -> Choice {
    (String::new(), use_locale().telephone_fields().none_chosen.to_owned())
}

/// Sections by name; the first choice is none.
fn sections(page: &Page) -> Vec<Choice> {
    let sections = page.editable.file.sections.iter().map(|section| (section.key.clone(), section.name.clone()));
    std::iter::once(nothing()).chain(sections).collect()
}

fn section_of(page: &Page, name: &'static str) -> AnyView {
    select(&page.form, name, (use_locale().telephone_fields().name)(name), sections(page))
}

fn section(page: &Page) -> AnyView {
    let (form, t) = (&page.form, use_locale().telephone_fields());
    let whole = page.whole.then(|| {
        let units = std::iter::once(nothing()).chain(page.units.iter().cloned()).collect();
        view! {
            <input type="hidden" name="whole" value="1"/>
            {select(form, "unit", (t.name)("unit"), units)}
            {line(form, "fixed", Kind::Text)}
            <div class="n-row n-days">{line(form, "from", Kind::Date)} {line(form, "until", Kind::Date)}</div>
        }
    });
    view! {
        {line(form, "name", Kind::Text)}
        {lines(form, "tasks")}
        {words(form, "ring", &RINGS)}
        {line(form, "ring_s", Kind::Number)}
        {line(form, "fixed_s", Kind::Number)}
        {section_of(page, "overflow")}
        {hours(page)}
        {words(form, "closed", &["announcement", "duty", "guard"])}
        {line(form, "closed_to", Kind::Tel)}
        {line(form, "roster", Kind::Text)}
        {lines(form, "blocks")}
        {whole}
    }
    .into_any()
}

/// Stretches of hours: which days, from when until when, and for which dates.
fn hours(page: &Page) -> AnyView {
    let locale = use_locale();
    let t = locale.telephone_fields();
    let form = &page.form;
    let mut choices = vec![nothing()];
    choices.extend(["open_days", "always"].map(|word| (word.to_owned(), (t.choice)(word).to_owned())));
    choices.extend(WEEK.map(|day| (day.to_string().to_lowercase(), dates::weekday_long(locale, day))));
    choices.push(("closed".to_owned(), (t.choice)("closed").to_owned()));
    let there = (0..MOST_STRETCHES).filter(|index| form.has(&format!("h{index}_days"))).max().map_or(0, |last| last + 1);
    let rows = (0..(there + 2).min(MOST_STRETCHES)).map(|index| {
        let name = |field: &str| format!("h{index}_{field}");
        let days = with_weekdays(&choices, form.text(&name("days")));
        view! {
            <fieldset class="n-stretch">
                <legend>{(t.stretch)(index + 1)}</legend>
                {select(form, &name("days"), (t.name)("days"), days)}
                {line_as(form, &name("open"), (t.name)("open"), Kind::Time)}
                {line_as(form, &name("close"), (t.name)("close"), Kind::Time)}
                {line_as(form, &name("from"), (t.name)("hours_from"), Kind::Date)}
                {line_as(form, &name("until"), (t.name)("hours_until"), Kind::Date)}
            </fieldset>
        }
    });
    view! {
        <fieldset class="n-open">
            <legend class="n-legend">{(t.name)("hours")}</legend>
            <p class="n-help">{(t.help)("hours")}</p>
            {rows.collect_view()}
        </fieldset>
    }
    .into_any()
}

/// Several weekdays of one stretch (火・木) are a choice of their own, where they stand.
fn with_weekdays(choices: &[Choice], code: &str) -> Vec<Choice> {
    let mut choices = choices.to_vec();
    if code.contains('.') {
        let locale = use_locale();
        let names: Vec<&str> = code.split('.').filter_map(|day| day.parse::<Weekday>().ok()).map(|day| dates::weekday(locale, day)).collect();
        choices.push((code.to_owned(), names.join(locale.pick("・", ", "))));
    }
    choices
}

fn house(page: &Page) -> AnyView {
    let form = &page.form;
    view! {
        {hours(page)}
        {line(form, "house_phone", Kind::Text)}
        {section_of(page, "reception")}
        {security(page)}
        {words(form, "occupancy_from", &["check_in", "booking_start"])}
    }
    .into_any()
}

/// Who is told of emergency calls: sections, one more than there are, and people.
fn security(page: &Page) -> AnyView {
    let t = use_locale().telephone_fields();
    let there = (0..MOST_SECURITY).filter(|index| page.form.has(&fields::security(*index))).max().map_or(0, |last| last + 1);
    let rows = (0..(there + 1).min(MOST_SECURITY)).map(|index| select(&page.form, &fields::security(index), (t.security_section)(index + 1), sections(page)));
    view! {
        <fieldset class="n-open">
            <legend class="n-legend">{(t.name)("security")}</legend>
            <p class="n-help">{(t.help)("security")}</p>
            {rows.collect_view()}
            {line(&page.form, "people", Kind::Text)}
        </fieldset>
    }
    .into_any()
}

/// From which day a change holds; only where there is something to change.
fn change_from(page: &Page) -> AnyView {
    if page.subject.key.is_some() { line(&page.form, "change_from", Kind::Date) } else { ().into_any() }
}

fn seat(page: &Page) -> AnyView {
    let t = use_locale().telephone_fields();
    let floors = std::iter::once(nothing()).chain(page.floors.iter().map(|floor| (floor.clone(), floor.clone()))).collect();
    view! { <div class="n-row n-days">{select(&page.form, "floor", (t.name)("floor"), floors)} {line(&page.form, "label", Kind::Text)}</div> }.into_any()
}

fn number(page: &Page) -> AnyView {
    let form = &page.form;
    view! {
        {line(form, "ext", Kind::Tel)}
        {line(form, "tel", Kind::Tel)}
        {words(form, "kind", &NUMBER_KINDS)}
        {section_of(page, "section")}
        {line(form, "person", Kind::Text)}
        {seat(page)}
        {line(form, "device", Kind::Text)}
        <div class="n-row n-days">{line(form, "from", Kind::Date)} {line(form, "until", Kind::Date)}</div>
        {line(form, "successor", Kind::Tel)}
        {line(form, "announce_until", Kind::Date)}
        {change_from(page)}
    }
    .into_any()
}

fn device(page: &Page) -> AnyView {
    let form = &page.form;
    view! {
        {line(form, "target", Kind::Text)}
        {words(form, "kind", &DEVICE_KINDS)}
        {words(form, "owner", &["person", "section", "seat", "house"])}
        {line(form, "person", Kind::Text)}
        {section_of(page, "section")}
        {seat(page)}
        <div class="n-checks">{tick(form, "leaves_building")} {tick(form, "out_of_service")}</div>
        <div class="n-row n-days">{line(form, "from", Kind::Date)} {line(form, "until", Kind::Date)}</div>
        {change_from(page)}
    }
    .into_any()
}

fn block(page: &Page) -> AnyView {
    let form = &page.form;
    view! {
        {line(form, "callers", Kind::Text)}
        {words(form, "scope", &["house", "section", "person"])}
        {section_of(page, "section")}
        {line(form, "person", Kind::Text)}
        {line(form, "until", Kind::Date)}
    }
    .into_any()
}

fn contact(page: &Page) -> AnyView {
    let form = &page.form;
    view! { {line(form, "tel", Kind::Tel)} {line(form, "name", Kind::Text)} {section_of(page, "section")} }.into_any()
}

fn link(page: &Page) -> AnyView {
    let form = &page.form;
    let kinds = ["kamailio", "asterisk", "freeswitch", "sip"];
    let known = kinds.map(|kind| (kind.to_owned(), kind.to_owned())).to_vec();
    view! {
        {line(form, "id", Kind::Text)}
        {select(form, "kind", (use_locale().telephone_fields().name)("kind"), known)}
        {line(form, "max_parallel", Kind::Number)}
        {line(form, "max_stages", Kind::Number)}
        {line(form, "max_total_s", Kind::Number)}
        {line(form, "domain", Kind::Text)}
        {line(form, "trunk", Kind::Text)}
        {line(form, "peers", Kind::Text)}
    }
    .into_any()
}
