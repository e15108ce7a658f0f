//! 電話の設定: what there is, a list for each kind of row, and the way to change it.

use super::{
    super::{
        news,
        page::{absent, ways},
    },
    fields::outside,
    form::Form,
    typed::Subject,
};
use crate::{
    api::{ApiError, signed_in},
    i18n::{Locale, use_locale},
    routes,
    ui::{ErrorNote, Icon, Post, Shape, asked, query},
};
use chrono::NaiveDate;
use domain::telephone::Numbering;
use leptos::prelude::*;
use leptos_meta::Title;
use services::{
    Failure,
    telephone::{BlockFile, ContactFile, DeviceFile, Editable, NumberFile, Part, Rights, SeatFile, TelephoneFile, editable},
};

/// Rows of a list that are shown at once.
const MOST: usize = 100;

/// A row as it is listed.
struct Listed {
    key: String,
    name: String,
    detail: String,
}

struct Page {
    part: Part,
    whole: bool,
    q: String,
    rows: Vec<Listed>,
    more: usize,
    secret: Option<Secret>,
}

/// A secret that was just made.
struct Secret {
    name: String,
    text: Option<String>,
}

/// The list of a part.
pub(super) fn address(part: Part) -> String {
    let word = serde_json::to_value(part).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default();
    format!("{}?{}", routes::TELEPHONE_SETUP, query(&[("part", word.as_str())]))
}

pub(in super::super) fn page() -> AnyView {
    let t = use_locale().telephone_setup();
    let post = Post::new();
    let form = Form::here();
    view! {
        <Title text=t.setup/>
        {ways()}
        {news::note(post)}
        <ErrorNote error=post.error_of(&[])/>
        {asked(move || gather(form.clone()), |page: &Option<Page>| page.as_ref().map_or_else(absent, draw))}
    }
    .into_any()
}

/// `None` for who may change nothing.
async fn gather(form: Form) -> Result<Option<Page>, ApiError> {
    let (cx, actor) = signed_in()?;
    let Editable { file, rights, site, .. } = match editable(&cx.services, &actor).await {
        Err(Failure::NotFound(_)) => return Ok(None),
        found => found?,
    };
    let whole = rights == Rights::Everything;
    let part = Subject::of(&form).map(|subject| subject.part).filter(|_| whole).unwrap_or(Part::Section);
    let numbering = cx.services.board().world.house(site).map_or(Numbering::Japan, |house| house.numbering);
    let office = cx.services.office();
    let person = |no: &str| office.by_staff_no.get(no).and_then(|id| office.people.get(id)).map(|person| person.name.clone());
    let mut rows = Lister { locale: cx.locale, file: &file, numbering, person: &person }.all(part);
    rows.retain(|row| part != Part::Section || rights.section(&row.key));
    let q = form.text("q").to_owned();
    let wanted = domain::person::words(&q);
    rows.retain(|row| {
        let text = domain::person::fold(&format!("{} {}", row.name, row.detail));
        wanted.iter().all(|word| text.contains(word.as_str()))
    });
    let more = rows.len().saturating_sub(MOST);
    rows.truncate(MOST);
    let secret = form.some("made").map(|name| Secret { name, text: super::api::shown_once() });
    Ok(Some(Page { part, whole, q, rows, more, secret }))
}

/// Says what a row is, by name and in a few words.
struct Lister<'a> {
    locale: Locale,
    file: &'a TelephoneFile,
    numbering: Numbering,
    person: &'a dyn Fn(&str) -> Option<String>,
}

fn key(part: Part, row: &impl serde::Serialize) -> String {
    serde_json::to_value(row).map(|row| part.key(&row)).unwrap_or_default()
}

impl Lister<'_> {
    fn all(&self, part: Part) -> Vec<Listed> {
        let file = self.file;
        match part {
            Part::House => Vec::new(),
            Part::Section => file.sections.iter().map(|row| self.row(part, row, row.name.clone(), row.tasks.clone())).collect(),
            Part::Number => file.numbers.iter().map(|row| self.row(part, row, row.ext.clone(), self.number(row))).collect(),
            Part::Device => file.devices.iter().map(|row| self.row(part, row, self.device_name(row), self.device(row))).collect(),
            Part::Block => file.blocks.iter().map(|row| self.row(part, row, self.callers(&row.callers), self.block(row))).collect(),
            Part::Contact => {
                let detail = |row: &ContactFile| vec![outside(&row.tel, self.numbering), self.section(row.section.as_ref())];
                file.contacts.iter().map(|row| self.row(part, row, row.name.clone(), detail(row))).collect()
            }
            Part::Link => file.links.iter().map(|row| self.row(part, row, row.id.clone(), vec![row.kind.clone()])).collect(),
        }
    }

    fn row(&self, part: Part, row: &impl serde::Serialize, name: String, detail: Vec<String>) -> Listed {
        let said: Vec<String> = detail.into_iter().filter(|text| !text.is_empty()).collect();
        Listed { key: key(part, row), name, detail: said.join(self.locale.pick("、", ", ")) }
    }

    fn choice(&self, word: &str) -> String {
        (self.locale.telephone_fields().choice)(word).to_owned()
    }

    fn section(&self, key: Option<&String>) -> String {
        let found = key.and_then(|key| self.file.sections.iter().find(|section| section.key == *key));
        found.map(|section| section.name.clone()).unwrap_or_default()
    }

    fn person(&self, no: Option<&String>) -> String {
        no.map(|no| (self.person)(no).map_or_else(|| no.clone(), |name| format!("{name} {no}"))).unwrap_or_default()
    }

    fn days(&self, from: Option<NaiveDate>, until: Option<NaiveDate>) -> [String; 2] {
        let t = self.locale.telephone_fields();
        let day = |on: Option<NaiveDate>, words: fn(&str) -> String| on.map(|on| words(&on.to_string())).unwrap_or_default();
        [day(from, t.since), day(until, t.until)]
    }

    fn number(&self, row: &NumberFile) -> Vec<String> {
        let tel = row.tel.as_deref().map(|tel| outside(tel, self.numbering)).unwrap_or_default();
        let whose = [self.person(row.person.as_ref()), self.section(row.section.as_ref()), seat(row.seat.as_ref()), row.device.clone().unwrap_or_default()];
        [self.choice(&row.kind)].into_iter().chain(whose).chain([tel]).chain(self.days(row.from, row.until)).collect()
    }

    fn device_name(&self, row: &DeviceFile) -> String {
        row.aor.clone().or_else(|| row.tel.as_deref().map(|tel| outside(tel, self.numbering))).unwrap_or_default()
    }

    fn device(&self, row: &DeviceFile) -> Vec<String> {
        let house = if row.house { self.choice("house") } else { String::new() };
        let stopped = if row.out_of_service { (self.locale.telephone_fields().name)("out_of_service") } else { "" };
        let whose = [self.person(row.person.as_ref()), self.section(row.section.as_ref()), seat(row.seat.as_ref()), house];
        [self.choice(&row.kind)].into_iter().chain(whose).chain([stopped.to_owned()]).chain(self.days(row.from, row.until)).collect()
    }

    fn callers(&self, callers: &str) -> String {
        let word = self.choice(callers);
        if word.is_empty() { super::fields::callers(callers, self.numbering) } else { word }
    }

    fn block(&self, row: &BlockFile) -> Vec<String> {
        let whose = [self.section(row.section.as_ref()), self.person(row.person.as_ref())];
        if whose.iter().all(String::is_empty) { vec![self.choice("house")] } else { whose.into() }
    }
}

fn seat(seat: Option<&SeatFile>) -> String {
    seat.map(|seat| format!("{} {}", seat.floor, seat.label)).unwrap_or_default()
}

fn draw(page: &Page) -> AnyView {
    let t = use_locale().telephone_setup();
    let lead = if page.whole { t.setup_lead } else { t.setup_own };
    let parts = page.whole.then(|| {
        let links = Part::ALL.map(|part| {
            let href = if part == Part::House { edit_address(part, None) } else { address(part) };
            let current = (part == page.part).then_some("page");
            view! { <li><a href=href aria-current=current>{t.all(part)}</a></li> }
        });
        view! { <nav class="n-ways n-ways--parts" aria-label=t.setup><ul>{links.collect_view()}</ul></nav> }
    });
    let add = page.whole.then(|| {
        view! { <a class="n-button n-button--second" href=edit_address(page.part, None)>{(t.add)(t.one(page.part))}</a> }
    });
    let derived = (page.part == Part::Number).then(|| view! { <p class="n-help">{t.derived}</p> });
    view! {
        <h1>{t.setup}</h1>
        <p class="n-lead">{lead}</p>
        {page.secret.as_ref().map(secret)}
        {parts}
        <section class="n-card" aria-label=t.all(page.part)>
            <div class="n-head"><h2>{t.all(page.part)}</h2> {add}</div>
            {derived}
            {search(page)}
            {rows(page)}
        </section>
    }
    .into_any()
}

fn edit_address(part: Part, key: Option<&str>) -> String {
    format!("{}?{}", routes::TELEPHONE_EDIT, super::address_of(&Subject { part, key: key.map(str::to_owned) }))
}

fn search(page: &Page) -> AnyView {
    let t = use_locale().telephone_setup();
    if page.q.is_empty() && page.rows.len() < 12 {
        return ().into_any();
    }
    let part = serde_json::to_value(page.part).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default();
    view! {
        <form method="get" action=routes::TELEPHONE_SETUP class="n-search" role="search">
            <input type="hidden" name="part" value=part/>
            <div class="n-field">
                <label for="setup-q">{t.search}</label>
                <p class="n-help" id="setup-help">{t.search_help}</p>
                <div class="n-search__row">
                    <input class="n-input" type="search" id="setup-q" name="q" value=page.q.clone() maxlength="60" aria-describedby="setup-help"/>
                    <button class="n-button" type="submit"><Icon shape=Shape::Search/>{t.search}</button>
                </div>
            </div>
        </form>
    }
    .into_any()
}

fn rows(page: &Page) -> AnyView {
    let t = use_locale().telephone_setup();
    if page.rows.is_empty() {
        return view! { <p class="n-quiet">{t.none}</p> }.into_any();
    }
    let rows = page.rows.iter().map(|row| {
        let href = edit_address(page.part, Some(&row.key));
        view! {
            <li>
                <span class="n-rows__main"><b>{row.name.clone()}</b> " " <span class="n-quiet">{row.detail.clone()}</span></span>
                <a class="n-button n-button--second n-button--small" href=href>{t.edit} <span class="n-hidden">{row.name.clone()}</span></a>
            </li>
        }
    });
    let more = (page.more > 0).then(|| view! { <p class="n-quiet">{(t.more_rows)(page.more)}</p> });
    view! { <ul class="n-rows">{rows.collect_view()}</ul> {more} }.into_any()
}

fn secret(secret: &Secret) -> AnyView {
    let t = use_locale().telephone_setup();
    let Some(text) = secret.text.clone() else { return view! { <p class="n-card">{t.secret_gone}</p> }.into_any() };
    view! {
        <section class="n-card n-secret" aria-label=t.secret>
            <h2>{secret.name.clone()}</h2>
            <p><code>{text}</code></p>
            <p class="n-help">{t.secret_help}</p>
        </section>
    }
    .into_any()
}
