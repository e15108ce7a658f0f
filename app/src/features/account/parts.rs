//! The cards of the account page.

use super::model;
use crate::{
    features::sign_in::field,
    i18n::{
        common::{WISHES, attribute},
        dates, use_locale,
    },
    ui::{ErrorNote, Post, PostForm},
};
use domain::person::{
    Visibility,
    view::{AccountView, SessionView},
};
use leptos::prelude::*;

/// What the person likes in a seat.
pub fn wishes(view: &AccountView, post: Post) -> AnyView {
    let locale = use_locale();
    let t = locale.account();
    let boxes = WISHES.into_iter().map(|code| {
        let checked = view.wishes.iter().any(|wish| wish == code);
        view! { <label class="n-check"><input type="checkbox" name="wishes[]" value=code checked=checked/><span>{attribute(locale, code)}</span></label> }
    });
    let boxes = boxes.collect_view();
    view! {
        <section class="n-card">
            <h2>{t.wishes}</h2>
            <PostForm to="account/wishes" post=post class="n-form">
                <fieldset><legend class="n-help">{t.wishes_lead}</legend><div class="n-checks">{boxes}</div></fieldset>
                <p><button class="n-button n-button--second" type="submit">{t.save}</button></p>
            </PostForm>
        </section>
    }
    .into_any()
}

/// Who may see where the person is.
pub fn visibility(view: &AccountView, post: Post) -> AnyView {
    let t = use_locale().account();
    let now = view.visibility;
    if view.visibility_fixed {
        let words = match now {
            Visibility::House => t.house,
            Visibility::Unit => t.unit,
            Visibility::Hidden => t.hidden,
        };
        return view! { <section class="n-card"><h2>{t.visibility}</h2><p><b>{words}</b></p><p class="n-quiet">{t.fixed}</p></section> }.into_any();
    }
    let choices = [(Visibility::House, t.house, t.house_help), (Visibility::Unit, t.unit, t.unit_help)].into_iter().map(move |(choice, name, help)| {
        view! {
            <label class="n-check n-check--wide">
                <input type="radio" name="visibility" value=choice.code() checked=choice == now/>
                <span>{name} <br/> <small>{help}</small></span>
            </label>
        }
    });
    let choices = choices.collect_view();
    view! {
        <section class="n-card">
            <h2>{t.visibility}</h2>
            <PostForm to="account/visibility" post=post class="n-form">
                <fieldset><legend class="n-help">{t.visibility_lead}</legend><div class="n-stack n-stack--tight">{choices}</div></fieldset>
                <p><button class="n-button n-button--second" type="submit">{t.save}</button></p>
            </PostForm>
        </section>
    }
    .into_any()
}

/// A new password.
pub fn password(view: &AccountView, post: Post) -> AnyView {
    let t = use_locale().account();
    if !view.has_password {
        return view! { <section class="n-card"><h2>{t.password_title}</h2><p class="n-quiet">{t.has_no_password}</p></section> }.into_any();
    }
    let staff_no = view.me.staff_no.clone();
    view! {
        <section class="n-card">
            <h2>{t.password_title}</h2>
            <div class="n-stack n-stack--tight">
                <ErrorNote error=post.error_of(&["account/change_password"])/>
                <PostForm to="account/change_password" post=post class="n-form">
                    // Password managers look for the name that belongs to the password.
                    <input type="text" class="n-hidden" autocomplete="username" value=staff_no readonly=true tabindex="-1" aria-hidden="true"/>
                    {field("current", "current", t.current, None, "password", "current-password")}
                    {field("new", "new", t.new_password, Some(t.password_help), "password", "new-password")}
                    {field("repeat", "repeat", t.repeat, None, "password", "new-password")}
                    <label class="n-check"><input type="checkbox" name="others" value="end" checked=true/><span>{t.end_others_too}</span></label>
                    <p><button class="n-button n-button--second" type="submit">{t.change_password}</button></p>
                </PostForm>
            </div>
        </section>
    }
    .into_any()
}

/// Signed-in browsers.
pub fn sessions(view: &AccountView, post: Post) -> AnyView {
    let t = use_locale().account();
    let rows = view.sessions.iter().map(|session| session_row(session, post)).collect_view();
    let others = (view.sessions.len() > 1).then(|| {
        view! { <PostForm to="account/end-others" post=post><button class="n-button n-button--second" type="submit">{t.end_others}</button></PostForm> }
    });
    view! {
        <section class="n-card">
            <h2>{t.sessions}</h2>
            <p class="n-help">{t.sessions_lead}</p>
            <ul class="n-rows">{rows}</ul>
            {others}
        </section>
    }
    .into_any()
}

fn session_row(session: &SessionView, post: Post) -> AnyView {
    let locale = use_locale();
    let t = locale.account();
    let name = model::browser(&session.user_agent).unwrap_or_else(|| t.unknown_browser.into());
    let when = (t.since)(&dates::moment_plain(locale, session.created_at), &dates::moment_plain(locale, session.last_seen_at));
    let id = session.id.to_string();
    let spoken = format!("{name} {}", t.end);
    let end = (!session.this).then(|| {
        view! {
            <PostForm to="account/end-session" post=post>
                <input type="hidden" name="session" value=id/>
                <button class="n-button n-button--danger n-button--small" type="submit" aria-label=spoken>{t.end}</button>
            </PostForm>
        }
    });
    view! {
        <li>
            <p class="n-rows__main">
                <b>{name}</b> " " {session.this.then(|| view! { <span class="n-chip n-chip--on">{t.this_one}</span> })} <br/>
                <small class="n-quiet">{when}</small>
            </p>
            {end}
        </li>
    }
    .into_any()
}

/// Who looked the person up.
pub fn look_ups(view: &AccountView) -> AnyView {
    let locale = use_locale();
    let t = locale.account();
    let rows = view.look_ups.iter().map(|seen| {
        view! { <li><span class="n-rows__main">{seen.by.clone()}</span><span class="n-quiet">{dates::day(locale, seen.on)} " " {(t.times)(seen.times)}</span></li> }
    });
    let list = if view.look_ups.is_empty() {
        view! { <p class="n-quiet">{t.nobody}</p> }.into_any()
    } else {
        view! { <ul class="n-rows n-rows--low">{rows.collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="n-card">
            <h2>{t.look_ups}</h2>
            <p class="n-help">{t.look_ups_lead}</p>
            {list}
        </section>
    }
    .into_any()
}

/// What it is all used for (利用目的).
pub fn purpose() -> AnyView {
    let t = use_locale().account();
    let lines = t.purpose_lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! { <section class="n-card"><h2>{t.purpose}</h2><ul class="n-lines">{lines}</ul></section> }.into_any()
}
