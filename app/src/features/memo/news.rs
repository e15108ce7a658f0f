//! What a change to memos did or why it was not done, as the next page's address says it.

use super::api::HANDLED;
use crate::{
    features::telephone::news::{note_of, undo_form},
    i18n::{Locale, memo as words, use_locale},
    ui::Post,
};
use domain::memo::{DraftError, Ending, Field, MOST_NAME, MOST_NUMBER, MOST_TEXT};
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

/// The notice of what was done with its undo, or of why it was not done.
pub(super) fn note(post: Post) -> AnyView {
    let (locale, here) = (use_locale(), use_query_map().get_untracked());
    let refused = here.get("refused").map(|why| refusal(locale, &why, &here));
    let done = here.get("news").and_then(|news| told(locale, &news, &here.get("of").unwrap_or_default()));
    let undo = here.get("news").and_then(|news| undo(&news, &here, post));
    note_of(refused, done, undo)
}

fn told(locale: Locale, news: &str, of: &str) -> Option<String> {
    let (t, m) = (locale.memo(), locale.memo_targets());
    Some(match news {
        "written" => (t.done_written)(of),
        "read" => t.done_read.into(),
        "ended" if of == HANDLED => (t.done_ended)(locale.emergency().was_handled),
        "ended" => (t.done_ended)(words::ending(locale, Ending::parse(of)?)),
        "reopened" => t.done_reopened.into(),
        "undone" => t.done_undone.into(),
        "setting" => t.done_setting.into(),
        "added" => m.done_added.into(),
        "tried" => m.done_tried.into(),
        "stopped" => (m.done_ended)(of),
        "restored" => m.done_restored.into(),
        _ => return None,
    })
}

fn refusal(locale: Locale, why: &str, here: &ParamsMap) -> String {
    let (t, m) = (locale.memo(), locale.memo_targets());
    let typed = here.get("to").unwrap_or_default();
    let long = |field, most| words::draft(locale, DraftError::TooLong { field, most, has: most + 1 });
    match why {
        "nothing_said" => words::draft(locale, DraftError::NothingSaid),
        "text_missing" => words::draft(locale, DraftError::TextMissing),
        "name_too_long" => long(Field::CallerName, MOST_NAME),
        "number_too_long" => long(Field::CallerNumber, MOST_NUMBER),
        "text_too_long" => long(Field::Text, MOST_TEXT),
        "nobody" => (t.refused_nobody)(&typed),
        "who" => (t.refused_who)(&typed),
        "memo_already_ended" => (t.refused_ended)(&here.get("by").unwrap_or_default()),
        "memo_not_ended" | "memo_not_by_people" => t.refused_not_ended.into(),
        "webhook_name" => m.refused_name.into(),
        "url_malformed" => m.refused_url.into(),
        "host_not_allowed" => m.refused_host.into(),
        _ => t.refused_gone.into(),
    }
}

/// The form that posts what held before.
fn undo(news: &str, here: &ParamsMap, post: Post) -> Option<AnyView> {
    let id = here.get("was_id")?;
    let (to, how): (&'static str, Option<&'static str>) = match news {
        "written" => ("memo/end", Some(Ending::NoNeed.code())),
        "read" => ("memo/unread", None),
        "ended" => ("memo/reopen", None),
        "reopened" => ("memo/end", here.get("was_how").and_then(|how| Ending::parse(&how)).map(Ending::code)),
        "stopped" => ("memo/restore-target", None),
        _ => return None,
    };
    let fields = view! {
        <input type="hidden" name="id" value=id/>
        {how.map(|how| view! { <input type="hidden" name="how" value=how/> })}
    };
    Some(undo_form(to, post, fields.into_any()))
}
