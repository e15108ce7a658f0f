//! `/memos`: those that wait, those that are done, those I wrote, and what I want by mail.

use super::{cards::card, news};
use crate::{
    api::{ApiError, signed_in},
    i18n::{Locale, memo as words, use_locale},
    routes,
    ui::{ErrorNote, Icon, Post, PostForm, Shape, asked},
};
use domain::memo::{
    MailWish, Tongue,
    view::{MemoView, MemosView},
};
use leptos::prelude::*;
use leptos_meta::Title;
use services::memo::{MemoSetting, mine, setting};

/// What the page shows.
struct Page {
    memos: MemosView,
    setting: MemoSetting,
}

pub(super) fn page() -> AnyView {
    let t = use_locale().memo();
    let post = Post::new();
    view! {
        <Title text=t.title/>
        {news::note(post)}
        <ErrorNote error=post.error_of(&[])/>
        <div class="n-memos__top">
            <h1>{t.title}</h1>
            <a class="n-button" href=routes::MEMO_NEW><Icon shape=Shape::Memo/>{t.new}</a>
        </div>
        {asked(gather, move |page: &Page| draw(page, post))}
    }
    .into_any()
}

async fn gather() -> Result<Page, ApiError> {
    let (cx, actor) = signed_in()?;
    Ok(Page { memos: mine(&cx.services, &actor).await?, setting: setting(&cx.services, &actor).await? })
}

fn draw(page: &Page, post: Post) -> AnyView {
    let t = use_locale().memo();
    let view = &page.memos;
    let list = |id: &'static str, memos: &[MemoView], none: &'static str| {
        let cards = memos.iter().map(|memo| card(memo, view.today, post)).collect_view();
        let empty = memos.is_empty().then(|| view! { <li class="n-quiet" data-key="none">{none}</li> });
        view! { <ul class="n-memos" id=id data-part="">{cards} {empty}</ul> }.into_any()
    };
    let (open, ended, written) =
        (list("memos-open", &view.open, t.none_open), list("memos-ended", &view.ended, t.none_ended), list("memos-written", &view.written, t.none_written));
    view! {
        <div class="n-stack" data-live="/live/memos">
            <section class="n-stack n-stack--tight"><h2>{t.open}</h2>{open}<p class="n-quiet n-book__live">{t.live}</p></section>
            <details class="n-card n-fold" open=!view.written.is_empty()><summary><h2>{t.written}</h2></summary>{written}</details>
            <details class="n-card n-fold"><summary><h2>{t.ended}</h2></summary>{ended}</details>
            {mail(&page.setting, post)}
        </div>
    }
    .into_any()
}

/// What I want by mail.
fn mail(chosen: &MemoSetting, post: Post) -> AnyView {
    let locale = use_locale();
    let t = locale.memo();
    let lead = match &chosen.address {
        Some(address) => (t.mail_to)(address),
        None => t.mail_none.into(),
    };
    let off = (!chosen.house_mails).then(|| view! { <p class="n-help">{t.mail_off}</p> });
    let (mail, tongue, sections) = (chosen.mail, chosen.tongue, chosen.sections);
    let wishes = MailWish::ALL.iter().map(|wish| {
        view! { <label class="n-check"><input type="radio" name="mail" value=wish.code() checked=*wish == mail/><span>{words::mail_wish(locale, *wish)}</span></label> }
    }).collect_view();
    let tongues = [(Tongue::Ja, Locale::Ja), (Tongue::En, Locale::En)].map(|(choice, locale)| {
        view! { <label class="n-check"><input type="radio" name="lang" value=choice.code() checked=choice == tongue/><span lang=locale.code()>{locale.own_name()}</span></label> }
    }).collect_view();
    view! {
        <details class="n-card n-fold" id="memo-mail">
            <summary><h2>{t.mail}</h2></summary>
            <div>
                <p class="n-help">{lead}</p>
                {off}
                <PostForm to="memo/setting" post=post class="n-form n-memo-form">
                    <fieldset><legend class="n-legend">{t.mail}</legend><div class="n-checks">{wishes}</div></fieldset>
                    <label class="n-check"><input type="checkbox" name="sections" value="1" checked=sections/><span>{t.mail_sections}</span></label>
                    <fieldset><legend class="n-legend">{t.mail_lang}</legend><div class="n-checks">{tongues}</div></fieldset>
                    <p><button class="n-button n-button--second" type="submit">{t.save}</button></p>
                </PostForm>
            </div>
        </details>
    }
    .into_any()
}
