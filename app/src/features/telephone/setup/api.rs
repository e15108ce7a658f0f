//! Server functions of the set-up pages: plain posts of what was previewed. What cannot be stored leads back to the preview, which says
//! why with everything that was typed.

use super::{
    super::news::done,
    form::Form,
    typed::{self, Subject},
};
use crate::{
    api::{ApiError, Field, IntoApi, Invalid, cookie, parse, reject, see_other, signed_in},
    routes::{TELEPHONE_EDIT, TELEPHONE_HISTORY},
    ui::query,
};
use leptos::prelude::*;
use services::{
    Failure,
    person::ImportMode,
    telephone::{self, Back, EditRefusal, Part, edit_telephone, editable, undo_revision},
};

/// Stores a change as it was previewed: `wish` are the fields of its form.
#[server(name = StoreSetUp, prefix = "/api/fn", endpoint = "telephone/edit")]
pub async fn store(#[server(default)] wish: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let (locale, cx) = (cx.locale, cx.services);
    let set_up = editable(&cx, &actor).await?;
    let form = Form::read(&wish);
    let subject = Subject::of(&form).ok_or_else(|| parse::invalid(Field::Choice, form.text("part")))?;
    let board = cx.board();
    let house = board.world.house(set_up.site).ok_or_else(|| reject(ApiError::NotFound))?;
    let back = format!("{TELEPHONE_EDIT}?{}#preview", form.query());
    let Ok(edit) = typed::edit(&form, &subject, &set_up.file, house) else {
        see_other(&back);
        return Ok(());
    };
    match edit_telephone(&cx, &actor, set_up.site, edit, form.text("base").parse().ok(), ImportMode::Apply).await {
        Ok(outcome) => {
            let revision = outcome.report.revision.unwrap_or_default().to_string();
            let page = super::list::address(if subject.part == Part::House { Part::Section } else { subject.part });
            let what = super::words::counted(&outcome.rows);
            let news = done("", "stored", &(locale.telephone_setup().summary)(&what), &[("revision", &revision)]);
            see_other(&format!("{page}&{}", news.trim_start_matches('?')));
        }
        Err(Failure::Refused(_)) => see_other(&back),
        Err(failure) => return Err(failure.into()),
    }
    Ok(())
}

impl IntoApi for EditRefusal {
    /// Refusals lead back to the preview; whoever comes here has sent something else.
    fn into_api(self) -> ApiError {
        ApiError::Invalid(Invalid { field: Field::Choice, value: String::new() })
    }
}

/// Takes a stored change back: `one` alone, `whole` with everything since.
#[server(name = UndoSetUp, prefix = "/api/fn", endpoint = "telephone/undo")]
pub async fn undo(revision: String, #[server(default)] back: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let (locale, cx) = (cx.locale, cx.services);
    let id: i64 = parse::value(Field::Number, &revision)?;
    let how = if back == "whole" { Back::Whole } else { Back::One };
    match undo_revision(&cx, &actor, id, how, ImportMode::Apply).await {
        Ok(outcome) => {
            let new = outcome.report.revision.unwrap_or_default().to_string();
            let what = super::words::counted(&outcome.rows);
            see_other(&done(TELEPHONE_HISTORY, "stored", &(locale.telephone_setup().summary)(&what), &[("revision", &new)]));
        }
        Err(Failure::Refused(_)) => {
            let word = if how == Back::Whole { "whole" } else { "one" };
            see_other(&format!("{TELEPHONE_HISTORY}?{}#preview", query(&[("rev", revision.as_str()), ("back", word)])));
        }
        Err(failure) => return Err(failure.into()),
    }
    Ok(())
}

/// Makes a new secret for a PBX.
#[server(name = NewPbxSecret, prefix = "/api/fn", endpoint = "telephone/secret")]
pub async fn secret(name: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let secret = telephone::new_secret(&cx.services, &actor, &name).await?;
    made(Part::Link, &name, &secret)
}

/// Makes a new password for a telephone.
#[server(name = NewDevicePassword, prefix = "/api/fn", endpoint = "telephone/password")]
pub async fn password(name: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let aor = name.parse().map_err(|_| reject(ApiError::NotFound))?;
    let password = telephone::new_password(&cx.services, &actor, aor).await?;
    made(Part::Device, &name, &password)
}

/// Leads to the page that shows what was made, this once: it travels in a cookie, because an address is written down in many places.
fn made(part: Part, name: &str, secret: &str) -> Result<(), ApiError> {
    cookie::show_once(secret)?;
    see_other(&format!("{}&{}", super::list::address(part), query(&[("made", name)])));
    Ok(())
}

/// What was just made; the browser forgets it with this answer.
pub(super) fn shown_once() -> Option<String> {
    cookie::shown_once()
}
