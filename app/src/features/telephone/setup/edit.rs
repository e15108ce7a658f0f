//! One thing of the set-up: its form, and, once it is filled in, what it would change. Looking is a GET that stores nothing; saving is
//! a post of the same fields.

use super::{
    draw::Choice,
    fields,
    form::Form,
    forms,
    preview::{self, Refused, Tried},
    typed::{self, Subject},
};
use crate::{
    api::{ApiError, signed_in},
    i18n::{Locale, telephone::book::capital, use_locale},
    layout::NotFound,
    routes,
    ui::{ErrorNote, Post, PostForm, asked},
};
use domain::telephone::House;
use leptos::prelude::*;
use leptos_meta::Title;
use services::{
    Failure, Services,
    import::{ImportError, ImportProblem},
    person::ImportMode,
    telephone::{EditRefusal, Editable, Part, Rights, TelephoneFile, edit_telephone, editable},
};

/// What the page shows.
pub(super) struct Page {
    pub editable: Editable,
    pub subject: Subject,
    pub form: Form,
    /// Whether whoever looks administers, and gets every field.
    pub whole: bool,
    pub units: Vec<Choice>,
    pub floors: Vec<String>,
    title: String,
    members: Vec<String>,
    tried: Option<Tried>,
}

pub(in super::super) fn page() -> AnyView {
    let post = Post::new();
    let form = Form::here();
    view! {
        {super::super::page::ways()}
        <ErrorNote error=post.error_of(&[])/>
        {asked(move || gather(form.clone()), move |page: &Option<Page>| page.as_ref().map_or_else(|| view! { <NotFound/> }.into_any(), |page| draw(page, post)))}
    }
    .into_any()
}

/// `None` for what is not there or not the reader's to change.
async fn gather(form: Form) -> Result<Option<Page>, ApiError> {
    let (cx, actor) = signed_in()?;
    let (locale, cx) = (cx.locale, cx.services);
    let editable = match editable(&cx, &actor).await {
        Err(Failure::NotFound(_)) => return Ok(None),
        found => found?,
    };
    let Some(subject) = Subject::of(&form).filter(|subject| may(&editable.rights, subject)) else { return Ok(None) };
    let board = cx.board();
    let Some(house) = board.world.house(editable.site) else { return Ok(None) };
    let Some(present) = present(&editable.file, &subject, house) else { return Ok(None) };
    let sent = form.has("sent");
    let tried = if sent { Some(tried(&cx, locale, &actor, (&form, &subject, &editable, house)).await) } else { None };
    let office = cx.office();
    let members = match (subject.part, &subject.key) {
        (Part::Section, Some(key)) => members(&cx, &editable.file, key),
        _ => Vec::new(),
    };
    let mut units: Vec<Choice> = office.units.values().map(|unit| (unit.code.clone(), format!("{} {}", unit.name, unit.code))).collect();
    units.sort();
    let base = form.some("base").unwrap_or_else(|| editable.base.to_string());
    let shown = if sent { form } else { present }.with("base", &base);
    Ok(Some(Page {
        title: title(locale, &editable.file, &subject),
        whole: editable.rights == Rights::Everything,
        floors: office.floors.iter().map(|floor| floor.name.clone()).collect(),
        units,
        members,
        tried,
        form: shown,
        subject,
        editable,
    }))
}

/// Whether a form is there at all for somebody; what it may change is judged where it is stored.
fn may(rights: &Rights, subject: &Subject) -> bool {
    match (rights, subject.part, &subject.key) {
        (Rights::Everything, ..) => true,
        (rights, Part::Section, Some(key)) => rights.section(key),
        _ => false,
    }
}

/// The fields of the row as it stands, or of a new one; `None` for one that is not there.
fn present(file: &TelephoneFile, subject: &Subject, house: &House) -> Option<Form> {
    let numbering = house.numbering;
    fn find<'a, T: serde::Serialize>(list: &'a [T], part: Part, key: &str) -> Option<&'a T> {
        list.iter().find(|row| serde_json::to_value(row).is_ok_and(|row| part.key(&row) == key))
    }
    let part = subject.part;
    match (part, &subject.key) {
        (Part::House, _) => Some(fields::house(file)),
        (_, None) => Some(fields::fresh(part)),
        (Part::Section, Some(key)) => find(&file.sections, part, key).map(|row| fields::section(file, row, numbering)),
        (Part::Number, Some(key)) => find(&file.numbers, part, key).map(|row| fields::number(row, numbering)),
        (Part::Device, Some(key)) => find(&file.devices, part, key).map(|row| fields::device(row, numbering)),
        (Part::Block, Some(key)) => find(&file.blocks, part, key).map(|row| fields::block(row, house)),
        (Part::Contact, Some(key)) => find(&file.contacts, part, key).map(|row| fields::contact(row, numbering)),
        (Part::Link, Some(key)) => find(&file.links, part, key).map(fields::link),
    }
}

type Asked<'a> = (&'a Form, &'a Subject, &'a Editable, &'a House);

/// What the filled-in form would do.
async fn tried(cx: &Services, locale: Locale, actor: &services::Actor, (form, subject, editable, house): Asked<'_>) -> Tried {
    let edit = match typed::edit(form, subject, &editable.file, house) {
        Ok(edit) => edit,
        Err(problems) => return Tried::refused(locale, EditRefusal::Wrong(problems)),
    };
    let base = form.text("base").parse().ok();
    match edit_telephone(cx, actor, editable.site, edit, base, ImportMode::DryRun).await {
        Ok(outcome) => Tried::would(locale, cx, Some(&editable.file), &outcome),
        Err(Failure::Refused(refusal)) => Tried::refused(locale, refusal),
        // What it names is gone, or was never theirs.
        Err(Failure::NotFound(_) | Failure::Denied) => {
            Tried::refused(locale, EditRefusal::Wrong(vec![ImportProblem::field("", "", ImportError::UnknownReference)]))
        }
        Err(_) => Tried::Not(Refused::Broken),
    }
}

fn members(cx: &Services, file: &TelephoneFile, key: &str) -> Vec<String> {
    let (board, now) = (cx.board(), cx.clock().now());
    let unit = file.sections.iter().find(|section| section.key == key).and_then(|section| section.unit.as_deref());
    let office = cx.office();
    let unit = unit.and_then(|code| office.units.values().find(|unit| unit.code == code)).map(|unit| unit.id);
    let Some(section) = board.world.sections().find(|section| section.unit.is_some() && section.unit == unit) else { return Vec::new() };
    let on = board.world.house(section.site).map_or_else(|| now.date_naive(), |house| house.clock.wall(now).date());
    board.world.members_of(section.id, on).filter_map(|member| board.world.person(member.person)).map(|person| person.name.clone()).collect()
}

fn title(locale: Locale, file: &TelephoneFile, subject: &Subject) -> String {
    let one = capital(locale.telephone_setup().one(subject.part));
    match (&subject.key, subject.part) {
        (Some(key), Part::Section) => file.sections.iter().find(|section| section.key == *key).map_or_else(|| one.clone(), |section| section.name.clone()),
        (Some(key), _) => format!("{one} {}", key.split(' ').next().unwrap_or_default()),
        (None, Part::House) => one,
        (None, _) => (locale.telephone_setup().add)(locale.telephone_setup().one(subject.part)),
    }
}

fn draw(page: &Page, post: Post) -> AnyView {
    let t = use_locale().telephone_setup();
    let word = serde_json::to_value(page.subject.part).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default();
    let back = super::list::address(page.subject.part);
    let preview = page.tried.as_ref().map(|tried| confirm(page, tried, post));
    let remove = (page.subject.key.is_some() && page.whole && page.subject.part != Part::House)
        .then(|| view! { <button class="n-button n-button--danger" type="submit" name="remove" value="1">{t.remove}</button> });
    let members = (!page.members.is_empty()).then(|| {
        view! {
            <details class="n-fold">
                <summary>{(t.members)(page.members.len())}</summary>
                <p>{page.members.join(use_locale().pick("、", ", "))}</p>
                <p class="n-help">{t.members_help}</p>
            </details>
        }
    });
    view! {
        <Title text=page.title.clone()/>
        <p><a href=back>{t.all(page.subject.part)}</a></p>
        <h1>{page.title.clone()}</h1>
        {preview}
        <form class="n-card n-form n-setup" method="get" action=routes::TELEPHONE_EDIT>
            <input type="hidden" name="part" value=word/>
            <input type="hidden" name="key" value=page.subject.key.clone().unwrap_or_default()/>
            <input type="hidden" name="base" value=page.form.text("base").to_owned()/>
            <input type="hidden" name="sent" value="1"/>
            {members}
            {forms::fields(page)}
            <div class="n-row"><button class="n-button n-button--big" type="submit">{t.check}</button> <span class="n-help">{t.check_help}</span> {remove}</div>
        </form>
        {secret(page, post)}
    }
    .into_any()
}

/// What it would do, and the press that does it.
fn confirm(page: &Page, tried: &Tried, post: Post) -> AnyView {
    let t = use_locale().telephone_setup();
    let again = format!("{}?{}", routes::TELEPHONE_EDIT, super::address_of(&page.subject));
    let wish = page.form.query();
    let save = tried.can_be_stored().then(|| {
        view! {
            <PostForm to="telephone/edit" post=post>
                <input type="hidden" name="wish" value=wish/>
                <button class="n-button n-button--big" type="submit">{t.save}</button>
            </PostForm>
        }
    });
    let head = tried.can_be_stored().then(|| view! { <h2>{t.preview}</h2> <p class="n-quiet">{t.preview_help}</p> });
    view! {
        <section class="n-card n-preview" id="preview" aria-label=t.preview>
            {head}
            {preview::draw(tried)}
            <div class="n-row">{save} <a href=again>{t.again}</a></div>
        </section>
    }
    .into_any()
}

/// New secrets of a PBX and passwords of telephones.
fn secret(page: &Page, post: Post) -> AnyView {
    let t = use_locale().telephone_setup();
    let (to, words): (&'static str, _) = match page.subject.part {
        Part::Link => ("telephone/secret", t.new_secret),
        Part::Device if !page.form.text("target").starts_with(['+', '0']) => ("telephone/password", t.new_password),
        _ => return ().into_any(),
    };
    let Some(key) = page.subject.key.clone() else { return ().into_any() };
    let name = key.split(' ').next().unwrap_or_default().to_owned();
    view! {
        <section class="n-card">
            <PostForm to=to post=post>
                <input type="hidden" name="name" value=name/>
                <button class="n-button n-button--second" type="submit">{words}</button>
            </PostForm>
        </section>
    }
    .into_any()
}
