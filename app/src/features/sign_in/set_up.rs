//! The route `/set-up`: the first start of a house.

use super::api::{Doors, doors};
use crate::{
    i18n::use_locale,
    routes,
    ui::{ErrorNote, Landing, Loaded, Post, PostForm, read},
};
use leptos::prelude::*;
use leptos_meta::Title;

/// Creates the first administrator.
#[component]
pub fn SetUpPage() -> impl IntoView {
    let page = read("account/doors", || (String::new(), 0), doors);
    let post = Post::new();
    let t = use_locale().account();
    view! {
        <Title text=t.set_up_title/>
        <div class="n-door">
            <h1>{t.set_up_title}</h1>
            <ErrorNote error=post.error_of(&[])/>
            <Loaded from=page children=move |doors: Doors| if doors.set_up { form(post) } else { done() }/>
        </div>
    }
    .into_any()
}

fn done() -> AnyView {
    let t = use_locale().account();
    view! {
        <p>{t.set_up_done}</p>
        <p><a class="n-button" href=routes::SIGN_IN>{t.sign_in}</a></p>
    }
    .into_any()
}

fn form(post: Post) -> AnyView {
    let t = use_locale().account();
    view! {
        <PostForm to="account/set_up" post=post landing=Landing::Reload class="n-card n-form">
            <p>{t.set_up_lead}</p>
            {field("code", "code", t.code, Some(t.code_help), "text", "one-time-code")}
            {field("staff-no", "staff_no", t.staff_no, None, "text", "username")}
            {field("name", "name", t.name, None, "text", "name")}
            {field("password", "password", t.new_password, Some(t.password_help), "password", "new-password")}
            {field("repeat", "repeat", t.repeat, None, "password", "new-password")}
            <button class="n-button n-button--big" type="submit">{t.set_up}</button>
        </PostForm>
    }
    .into_any()
}

/// A labelled text field with its help.
pub(crate) fn field(
    id: &'static str,
    name: &'static str,
    label: &'static str,
    help: Option<&'static str>,
    kind: &'static str,
    complete: &'static str,
) -> AnyView {
    let help_id = help.map(|_| format!("{id}-help"));
    view! {
        <div class="n-field">
            <label for=id>{label}</label>
            {help.map(|help| view! { <p class="n-help" id=help_id.clone()>{help}</p> })}
            <input class="n-input" id=id name=name type=kind autocomplete=complete autocapitalize="none" spellcheck="false" maxlength="200" required=true aria-describedby=help_id.clone()/>
        </div>
    }
    .into_any()
}
