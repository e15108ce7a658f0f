//! Fields of the set-up's forms as they are drawn: label, help, input. Everything is there without a script.

use super::form::Form;
use crate::i18n::use_locale;
use leptos::prelude::*;

/// A choice: its word, and what people call it.
pub(super) type Choice = (String, String);

fn id(name: &str) -> String {
    format!("f-{name}")
}

/// The help of a field under an id, and that id.
fn help(name: &str) -> (Option<String>, AnyView) {
    let text = (use_locale().telephone_fields().help)(name);
    if text.is_empty() {
        return (None, ().into_any());
    }
    let id = format!("f-{name}-help");
    (Some(id.clone()), view! { <p class="n-help" id=id>{text}</p> }.into_any())
}

/// What kind of input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Tel,
    Date,
    Time,
    Number,
}

impl Kind {
    const fn code(self) -> &'static str {
        match self {
            Self::Text | Self::Tel => "text",
            Self::Date => "date",
            Self::Time => "time",
            Self::Number => "number",
        }
    }
}

/// One line.
pub(super) fn line(form: &Form, name: &'static str, kind: Kind) -> AnyView {
    let label = (use_locale().telephone_fields().name)(name);
    line_as(form, name, label, kind)
}

/// The same under another label.
pub(super) fn line_as(form: &Form, name: &str, label: impl IntoView + 'static, kind: Kind) -> AnyView {
    let (described, help) = help(name);
    let mode = (kind == Kind::Tel).then_some("tel");
    view! {
        <div class="n-field">
            <label for=id(name)>{label.into_any()}</label>
            {help}
            <input class="n-input" type=kind.code() id=id(name) name=name.to_owned() value=form.text(name).to_owned() maxlength="200" inputmode=mode autocomplete="off" aria-describedby=described/>
        </div>
    }
    .into_any()
}

/// Several lines.
pub(super) fn lines(form: &Form, name: &'static str) -> AnyView {
    let label = (use_locale().telephone_fields().name)(name);
    let (described, help) = help(name);
    view! {
        <div class="n-field">
            <label for=id(name)>{label}</label>
            {help}
            <textarea class="n-input n-lines" id=id(name) name=name rows="3" maxlength="4000" aria-describedby=described>{form.text(name).to_owned()}</textarea>
        </div>
    }
    .into_any()
}

/// One of several, closed until it is opened.
pub(super) fn select(form: &Form, name: &str, label: impl IntoView + 'static, choices: Vec<Choice>) -> AnyView {
    let (described, help) = help(name);
    let chosen = form.text(name).to_owned();
    // What stands there stays choosable, whatever it is.
    let odd = (!chosen.is_empty() && choices.iter().all(|(word, _)| *word != chosen)).then(|| (chosen.clone(), chosen.clone()));
    let options = choices.into_iter().chain(odd).map(|(word, called)| {
        let selected = word == chosen;
        view! { <option value=word selected=selected>{called}</option> }
    });
    view! {
        <div class="n-field">
            <label for=id(name)>{label.into_any()}</label>
            {help}
            <select class="n-input" id=id(name) name=name.to_owned() aria-describedby=described>{options.collect_view()}</select>
        </div>
    }
    .into_any()
}

/// One of several words of the file.
pub(super) fn words(form: &Form, name: &'static str, known: &[&str]) -> AnyView {
    let t = use_locale().telephone_fields();
    let choices = known.iter().map(|word| ((*word).to_owned(), (t.choice)(word).to_owned())).collect();
    select(form, name, (t.name)(name), choices)
}

/// A box.
pub(super) fn tick(form: &Form, name: &'static str) -> AnyView {
    let label = (use_locale().telephone_fields().name)(name);
    let checked = form.has(name);
    view! { <label class="n-check"><input type="checkbox" name=name value="1" checked=checked/><span>{label}</span></label> }.into_any()
}
