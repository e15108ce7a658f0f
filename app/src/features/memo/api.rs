//! Server functions of memos. All but the count are plain posts that lead back to their page, with the news or with the reason and
//! what was typed; none of them is in the browser's program.

use crate::{
    api::{ApiError, Field, IntoApi, Invalid, parse, see_other, signed_in},
    features::telephone::news::{done, refused},
    i18n::use_locale,
    routes::{MEMO_NEW, MEMOS, TELEPHONE_NOTIFY},
};
use domain::{
    MemoId, SectionId, WebhookId,
    memo::{Draft, DraftError, Ending, Format, MailWish, MemoRefusal, MemoTo, Tongue, Urgency, Wish, view::Waiting},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use services::{
    Failure, Services,
    memo::{self, MemoWish, NewWebhook, WebhookRefusal},
};

/// Letters of what was typed that come back with a refusal.
const BROUGHT_BACK: usize = 1_000;

/// How an emergency was ended, in the next page's address: nobody was called back.
pub(super) const HANDLED: &str = "handled";

impl IntoApi for MemoRefusal {
    fn into_api(self) -> ApiError {
        ApiError::Invalid(Invalid { field: Field::Choice, value: self.code().into() })
    }
}

impl IntoApi for DraftError {
    fn into_api(self) -> ApiError {
        ApiError::Invalid(Invalid { field: Field::Choice, value: self.code().into() })
    }
}

impl IntoApi for WebhookRefusal {
    fn into_api(self) -> ApiError {
        ApiError::Invalid(Invalid { field: Field::Choice, value: self.code().into() })
    }
}

/// How many memos wait for me: what the header's script asks.
#[server(name = MemosWaiting, prefix = "/api/fn", endpoint = "memo/waiting", input = GetUrl)]
pub async fn waiting() -> Result<Waiting, ApiError> {
    let (cx, actor) = signed_in()?;
    Ok(memo::waiting(&cx.services, &actor).await?)
}

/// Leaves a memo: for whom the form knows, or whom a text means.
#[server(name = WriteMemo, prefix = "/api/fn", endpoint = "memo/write")]
pub async fn write(
    #[server(default)] whom: String,
    #[server(default)] to: String,
    #[server(default)] caller_name: String,
    #[server(default)] caller_number: String,
    #[server(default)] wish: String,
    #[server(default)] text: String,
    #[server(default)] urgent: String,
    #[server(default)] call: String,
    #[server(default)] key: String,
) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let cx = cx.services;
    let short = |text: &str| text.chars().take(BROUGHT_BACK).collect::<String>();
    let [brought_name, brought_number, brought_text] = [short(&caller_name), short(&caller_number), short(&text)];
    let typed = [
        ("whom", whom.as_str()),
        ("to", &to),
        ("caller_name", &brought_name),
        ("caller_number", &brought_number),
        ("wish", &wish),
        ("text", &brought_text),
        ("urgent", &urgent),
        ("call", &call),
    ];
    let back = |why: &str| see_other(&refused(MEMO_NEW, why, &typed));
    let Some(wished) = Wish::parse(&wish) else { return Err(parse::invalid(Field::Choice, &wish)) };
    let found = match whom.parse::<MemoTo>() {
        Ok(to) => memo::addressee(&cx, &actor, to).into_iter().collect(),
        Err(()) => memo::addressees(&cx, &actor, &to),
    };
    let [found] = found.as_slice() else {
        back(if found.is_empty() { "nobody" } else { "who" });
        return Ok(());
    };
    let urgency = if urgent.is_empty() { Urgency::Normal } else { Urgency::Urgent };
    let draft = Draft { to: found.to, caller_name, caller_number, wish: wished, text, urgency };
    match memo::write(&cx, &actor, MemoWish { draft, call: parse::optional(Field::Number, &call)?, key: Some(key) }).await {
        Ok(id) => see_other(&done(MEMOS, "written", &found.name, &[("id", &id.to_string())])),
        Err(Failure::Refused(why)) => back(why.code()),
        Err(Failure::NotFound(_)) => back("nobody"),
        Err(failure) => return Err(failure.into()),
    }
    Ok(())
}

/// Leads to the list, with the news or with why it is not done.
fn lead(cx: &Services, result: Result<(), Failure<MemoRefusal>>, news: &str) -> Result<(), ApiError> {
    match result {
        Ok(()) => see_other(news),
        Err(Failure::Refused(why)) => {
            let by = if let MemoRefusal::AlreadyEnded(ended) = why { ended.by.and_then(|by| memo::person_name(cx, by)) } else { None };
            see_other(&refused(MEMOS, why.code(), &[("by", &by.unwrap_or_default())]));
        }
        Err(Failure::NotFound(_)) => see_other(&refused(MEMOS, "gone", &[])),
        Err(failure) => return Err(failure.into()),
    }
    Ok(())
}

fn news(what: &str, of: &str, id: MemoId, undo: &str, more: &[(&str, &str)]) -> String {
    if !undo.is_empty() {
        return done(MEMOS, "undone", "", &[]);
    }
    let id = id.to_string();
    let mut fields = vec![("id", id.as_str())];
    fields.extend(more);
    done(MEMOS, what, of, &fields)
}

/// I have read it.
#[server(name = ReadMemo, prefix = "/api/fn", endpoint = "memo/read")]
pub async fn read(id: String, #[server(default)] undo: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let id: MemoId = parse::value(Field::Number, &id)?;
    lead(&cx.services, memo::read(&cx.services, &actor, id).await, &news("read", "", id, &undo, &[]))
}

/// I have not read it after all.
#[server(name = UnreadMemo, prefix = "/api/fn", endpoint = "memo/unread")]
pub async fn unread(id: String, #[server(default)] undo: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let id: MemoId = parse::value(Field::Number, &id)?;
    lead(&cx.services, memo::unread(&cx.services, &actor, id).await, &news("undone", "", id, &undo, &[]))
}

/// Closes it: called back, or nothing to do.
#[server(name = EndMemo, prefix = "/api/fn", endpoint = "memo/end")]
pub async fn end(id: String, how: String, #[server(default)] undo: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let id: MemoId = parse::value(Field::Number, &id)?;
    let how = Ending::parse(&how).ok_or_else(|| parse::invalid(Field::Choice, &how))?;
    let emergency = memo::find(&cx.services, &actor, id).await.is_ok_and(|memo| memo.emergency.is_some());
    let of = if emergency && how == Ending::CalledBack { HANDLED } else { how.code() };
    lead(&cx.services, memo::end(&cx.services, &actor, id, how).await, &news("ended", of, id, &undo, &[]))
}

/// Opens it again.
#[server(name = ReopenMemo, prefix = "/api/fn", endpoint = "memo/reopen")]
pub async fn reopen(id: String, #[server(default)] undo: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let id: MemoId = parse::value(Field::Number, &id)?;
    let before = memo::find(&cx.services, &actor, id).await.ok().and_then(|memo| memo.ended).map_or("", |ended| ended.how.code());
    lead(&cx.services, memo::reopen(&cx.services, &actor, id).await, &news("reopened", "", id, &undo, &[("how", before)]))
}

/// What I want by mail.
#[server(name = SetMemoMail, prefix = "/api/fn", endpoint = "memo/setting")]
pub async fn setting(mail: String, #[server(default)] sections: String, #[server(default)] lang: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let person = parse::person(&actor)?;
    let mail = MailWish::parse(&mail).ok_or_else(|| parse::invalid(Field::Choice, &mail))?;
    let tongue = Tongue::parse(&lang).unwrap_or(use_locale().pick(Tongue::Ja, Tongue::En));
    memo::set_setting(&cx.services, &actor, person, mail, !sections.is_empty(), tongue).await?;
    see_other(&done(MEMOS, "setting", "", &[]));
    Ok(())
}

/// Adds a program that is told.
#[server(name = AddMemoTarget, prefix = "/api/fn", endpoint = "memo/add-target")]
pub async fn add_target(
    #[server(default)] name: String,
    #[server(default)] url: String,
    #[server(default)] format: String,
    #[server(default)] section: String,
    #[server(default)] whole: String,
    #[server(default)] lang: String,
) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    // The address may hold a secret of the other side: it does not come back in ours.
    let typed = [("name", name.as_str()), ("format", &format), ("section", &section), ("whole", &whole), ("lang", &lang)];
    let new = NewWebhook {
        name: name.clone(),
        url,
        format: Format::parse(&format).unwrap_or(Format::Json),
        tongue: Tongue::parse(&lang).unwrap_or(Tongue::Ja),
        whole: !whole.is_empty(),
        section: parse::optional::<SectionId>(Field::Number, &section)?,
    };
    match memo::add_webhook(&cx.services, &actor, new).await {
        Ok((id, _)) => see_other(&done(TELEPHONE_NOTIFY, "added", &id.to_string(), &[])),
        Err(Failure::Refused(why)) => see_other(&refused(TELEPHONE_NOTIFY, why.code(), &typed)),
        Err(failure) => return Err(failure.into()),
    }
    Ok(())
}

/// Sends a program a try.
#[server(name = TryMemoTarget, prefix = "/api/fn", endpoint = "memo/try-target")]
pub async fn try_target(id: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    memo::try_webhook(&cx.services, &actor, parse::value(Field::Number, &id)?).await?;
    see_other(&done(TELEPHONE_NOTIFY, "tried", "", &[]));
    Ok(())
}

/// Tells a program no more.
#[server(name = EndMemoTarget, prefix = "/api/fn", endpoint = "memo/end-target")]
pub async fn end_target(id: String, #[server(default)] name: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let target: WebhookId = parse::value(Field::Number, &id)?;
    memo::end_webhook(&cx.services, &actor, target).await?;
    see_other(&done(TELEPHONE_NOTIFY, "stopped", &name, &[("id", &id)]));
    Ok(())
}

/// Tells it again.
#[server(name = RestoreMemoTarget, prefix = "/api/fn", endpoint = "memo/restore-target")]
pub async fn restore_target(id: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    memo::restore_webhook(&cx.services, &actor, parse::value(Field::Number, &id)?).await?;
    see_other(&done(TELEPHONE_NOTIFY, "restored", "", &[]));
    Ok(())
}
