//! 変更の記録: every stored change of the set-up, what each did, and the way back.

use super::{
    super::{
        news,
        page::{absent, ways},
    },
    form::Form,
    preview::{self, Tried, rows_told},
    words::{RowTold, counted},
};
use crate::{
    api::{ApiError, signed_in},
    i18n::{Locale, dates, use_locale},
    routes,
    ui::{ErrorNote, Post, PostForm, asked, query},
};
use leptos::prelude::*;
use leptos_meta::Title;
use services::{
    Failure, Services,
    person::ImportMode,
    telephone::{Back, EditRefusal, Origin, Revision, editable, revision, revisions, undo_revision},
};

/// A change in a line.
struct Line {
    id: i64,
    when: String,
    who: String,
    what: String,
    origin: &'static str,
    numbers: usize,
    undoes: Option<i64>,
}

/// Between things said of a change.
const DOT: &str = " · ";

impl Line {
    /// When, who, by which way.
    fn about(&self) -> String {
        [self.when.as_str(), self.who.as_str(), self.origin].join(DOT)
    }
}

/// One change in full, and what taking it back would do.
struct Opened {
    line: Line,
    rows: Vec<RowTold>,
    more_rows: usize,
    changed: Vec<String>,
    /// Later changes of the same rows: it cannot be taken back by itself.
    later: Vec<Revision>,
    back: Option<(Back, Tried)>,
}

enum Page {
    All(Vec<Line>, bool),
    One(Box<Opened>),
}

/// A change's own page.
pub(super) fn address(id: i64) -> String {
    format!("{}?{}", routes::TELEPHONE_HISTORY, query(&[("rev", id.to_string().as_str())]))
}

pub(in super::super) fn page() -> AnyView {
    let t = use_locale().telephone_setup();
    let post = Post::new();
    let form = Form::here();
    view! {
        <Title text=t.history/>
        {ways()}
        {news::note(post)}
        <ErrorNote error=post.error_of(&[])/>
        {asked(move || gather(form.clone()), move |page: &Option<Page>| match page {
            None => absent(),
            Some(Page::All(lines, more)) => list(lines, *more),
            Some(Page::One(opened)) => one(opened, post),
        })}
    }
    .into_any()
}

/// `None` for what is not there or not the reader's to see.
async fn gather(form: Form) -> Result<Option<Page>, ApiError> {
    let (cx, actor) = signed_in()?;
    let (locale, cx) = (cx.locale, cx.services);
    if let Some(id) = form.some("rev") {
        let found = match id.parse() {
            Ok(id) => revision(&cx, &actor, id).await,
            Err(_) => return Ok(None),
        };
        return match found {
            Err(Failure::NotFound(_)) => Ok(None),
            found => Ok(Some(Page::One(Box::new(opened(&cx, locale, &actor, found?, &form).await)))),
        };
    }
    match revisions(&cx, &actor, form.text("before").parse().ok()).await {
        Err(Failure::NotFound(_)) => Ok(None),
        found => {
            let found = found?;
            let more = found.len() >= 50;
            Ok(Some(Page::All(found.iter().map(|revision| line(&cx, locale, revision)).collect(), more)))
        }
    }
}

fn line(cx: &Services, locale: Locale, revision: &Revision) -> Line {
    let (board, office, now) = (cx.board(), cx.office(), cx.clock().now());
    let t = locale.telephone_setup();
    let wall = |at| board.world.house(revision.site).map_or_else(|| now.naive_utc(), |house| house.clock.wall(at));
    let who = revision.by.and_then(|person| office.people.get(&person)).map_or_else(|| t.program.to_owned(), |person| person.name.clone());
    let told = rows_told(locale, cx, None, revision.rows.get(..1).unwrap_or_default());
    let what = match (revision.rows.len(), told.first()) {
        (1, Some(row)) => row.title.clone(),
        _ => (t.summary)(&counted(&revision.rows)),
    };
    Line {
        id: revision.id,
        when: dates::moment(locale, wall(revision.at), wall(now).date()),
        who,
        what,
        origin: t.origins[match revision.origin {
            Origin::File => 0,
            Origin::Page => 1,
            Origin::Undo => 2,
        }],
        numbers: revision.changed_count,
        undoes: revision.undoes,
    }
}

async fn opened(cx: &Services, locale: Locale, actor: &services::Actor, revision: Revision, form: &Form) -> Opened {
    // Sections are called by their names of today.
    let file = editable(cx, actor).await.ok().map(|editable| editable.file);
    let wanted = match form.text("back") {
        "one" => Some(Back::One),
        "whole" => Some(Back::Whole),
        _ => None,
    };
    // Whether it goes by itself is known by trying.
    let alone = undo_revision(cx, actor, revision.id, Back::One, ImportMode::DryRun).await;
    let later = match &alone {
        Err(Failure::Refused(EditRefusal::Touched(later))) => later.clone(),
        _ => Vec::new(),
    };
    let tried = match wanted {
        None => None,
        Some(Back::One) => Some((Back::One, alone)),
        Some(Back::Whole) => Some((Back::Whole, undo_revision(cx, actor, revision.id, Back::Whole, ImportMode::DryRun).await)),
    };
    let back = tried.map(|(back, tried)| {
        let told = match tried {
            Ok(outcome) => Tried::would(locale, cx, file.as_ref(), &outcome),
            Err(Failure::Refused(refusal)) => Tried::refused(locale, refusal),
            Err(_) => Tried::Not(preview::Refused::Broken),
        };
        (back, told)
    });
    Opened {
        line: line(cx, locale, &revision),
        rows: rows_told(locale, cx, file.as_ref(), &revision.rows),
        more_rows: revision.rows.len().saturating_sub(preview::MOST_ROWS),
        changed: revision.changed,
        later,
        back,
    }
}

fn list(lines: &[Line], more: bool) -> AnyView {
    let t = use_locale().telephone_setup();
    let rows = lines.iter().map(|line| {
        let undoes = line.undoes.map(|id| (t.undoes)(id));
        let about = [line.about(), (t.numbers_count)(line.numbers)].into_iter().chain(undoes).collect::<Vec<_>>().join(DOT);
        view! {
            <li>
                <span class="n-rows__main">
                    <a href=address(line.id)><b>{line.what.clone()}</b></a> <br/>
                    <span class="n-quiet">{about}</span>
                </span>
            </li>
        }
    });
    let rows = if lines.is_empty() {
        view! { <p class="n-quiet">{t.no_history}</p> }.into_any()
    } else {
        view! { <ul class="n-rows">{rows.collect_view()}</ul> }.into_any()
    };
    let older = lines.last().filter(|_| more).map(|line| {
        let href = format!("{}?{}", routes::TELEPHONE_HISTORY, query(&[("before", line.id.to_string().as_str())]));
        view! { <p><a href=href>{t.older}</a></p> }
    });
    view! { <h1>{t.history}</h1> <p class="n-lead">{t.history_lead}</p> <section class="n-card" aria-label=t.history>{rows} {older}</section> }.into_any()
}

fn one(opened: &Opened, post: Post) -> AnyView {
    let t = use_locale().telephone_setup();
    let line = &opened.line;
    let undoes = line.undoes.map(|id| view! { <p><a href=address(id)>{(t.undoes)(id)}</a></p> });
    let numbers = (line.numbers > 0).then(|| {
        let more = line.numbers.saturating_sub(opened.changed.len());
        let more = (more > 0).then(|| (t.rings_more)(more));
        view! { <p>{(t.numbers_count)(line.numbers)} ": " {opened.changed.join(use_locale().pick("、", ", "))} " " {more}</p> }
    });
    view! {
        <p><a href=routes::TELEPHONE_HISTORY>{t.history}</a></p>
        <h1>{(t.revision)(line.id)}</h1>
        {opened.back.as_ref().map(|(back, tried)| confirm(line, *back, tried, post))}
        <section class="n-card" aria-label=t.rows>
            <p><b>{line.what.clone()}</b></p>
            <p class="n-quiet">{line.about()}</p>
            {undoes}
            {preview::rows(&opened.rows)}
            {(opened.more_rows > 0).then(|| view! { <p class="n-quiet">{(t.rings_more)(opened.more_rows)}</p> })}
            {numbers}
        </section>
        {ways_back(opened)}
    }
    .into_any()
}

/// By itself where that can be, and whole.
fn ways_back(opened: &Opened) -> AnyView {
    let t = use_locale().telephone_setup();
    let href = |back: &str| format!("{}?{}", routes::TELEPHONE_HISTORY, query(&[("rev", opened.line.id.to_string().as_str()), ("back", back)]));
    let alone = if opened.later.is_empty() {
        view! { <a class="n-button" href=href("one")>{t.undo}</a> }.into_any()
    } else {
        view! { <div><p>{t.cannot_undo}</p> {preview::touched(&opened.later)}</div> }.into_any()
    };
    view! {
        <section class="n-card" aria-label=t.undo>
            <div class="n-row">{alone} <a class="n-button n-button--second" href=href("whole")>{(t.undo_whole)(&opened.line.when)}</a></div>
            <p class="n-help">{t.undo_help}</p>
        </section>
    }
    .into_any()
}

fn confirm(line: &Line, back: Back, tried: &Tried, post: Post) -> AnyView {
    let t = use_locale().telephone_setup();
    let (id, word) = (line.id.to_string(), if back == Back::One { "one" } else { "whole" });
    let press = tried.can_be_stored().then(|| {
        view! {
            <PostForm to="telephone/undo" post=post>
                <input type="hidden" name="revision" value=id/>
                <input type="hidden" name="back" value=word/>
                <button class="n-button n-button--big" type="submit">{t.undo_save}</button>
            </PostForm>
        }
    });
    view! {
        <section class="n-card n-preview" id="preview" aria-label=t.undo_preview>
            <h2>{t.undo_preview}</h2>
            {preview::draw(tried)}
            {press}
        </section>
    }
    .into_any()
}
