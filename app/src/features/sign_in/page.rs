//! The route `/sign-in`.

use super::api::{Doors, doors};
use crate::{
    api::{AccountProblem, ApiError},
    i18n::use_locale,
    routes,
    ui::{DoneNote, ErrorNote, Landing, Loaded, Post, PostForm, read},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// Signing in; afterwards the page goes to `next`.
#[component]
pub fn SignInPage() -> impl IntoView {
    let query = use_query_map();
    let next = query.with_untracked(|query| query.get("next").map(|next| routes::local(&next).to_owned()));
    let page = read("account/doors", || (String::new(), 0), doors);
    let post = Post::new();
    let t = use_locale().account();
    let to_go_on = next.is_some().then(|| view! { <p class="n-quiet">{t.to_go_on}</p> });
    let other = next.clone();
    view! {
        <Title text=t.sign_in_title/>
        <div class="n-door">
            <DoneNote post=post/>
            <h1>{t.sign_in_title}</h1>
            {to_go_on}
            <ErrorNote error=post.error_of(&[])/>
            {form(post, next.unwrap_or_default())}
            <Loaded from=page children=move |doors| other_doors(doors, other.as_deref())/>
        </div>
    }
    .into_any()
}

/// The number stays after a mistake; the password never does.
fn form(post: Post, next: String) -> AnyView {
    let t = use_locale().account();
    let typed = post.failed.with_untracked(|failed| match failed {
        Some((
            _,
            ApiError::Account(
                AccountProblem::WrongCredentials { staff_no } | AccountProblem::TooManyTries { staff_no, .. } | AccountProblem::Disabled { staff_no },
            ),
        )) => staff_no.clone(),
        _ => String::new(),
    });
    view! {
        <PostForm to="account/sign_in" post=post landing=Landing::Reload class="n-card n-form">
            <input type="hidden" name="next" value=next/>
            <div class="n-field">
                <label for="staff-no">{t.staff_no}</label>
                <input class="n-input" id="staff-no" name="staff_no" value=typed autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="40" required=true/>
            </div>
            <div class="n-field">
                <label for="password">{t.password}</label>
                <input class="n-input" id="password" name="password" type="password" autocomplete="current-password" maxlength="200" required=true/>
            </div>
            <button class="n-button n-button--big" type="submit">{t.sign_in}</button>
            <p class="n-help">{t.no_password}</p>
        </PostForm>
    }
    .into_any()
}

fn other_doors(doors: Doors, next: Option<&str>) -> AnyView {
    let t = use_locale().account();
    let demo = doors.demo.then(|| view! { <p><a class="n-button n-button--second" href=routes::demo("", next)>{t.to_demo}</a></p> });
    let set_up = doors.set_up.then(|| view! { <p><a class="n-button n-button--second" href=routes::SET_UP>{t.to_set_up}</a></p> });
    view! { <div class="n-stack n-stack--tight">{demo}{set_up}</div> }.into_any()
}
