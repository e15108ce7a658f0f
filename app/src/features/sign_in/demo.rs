//! The route `/demo`: sample people by unit. The server answers it in the demo only.

use super::api::{Sample, samples};
use crate::{
    api::ApiError,
    i18n::use_locale,
    layout::NotFound,
    routes,
    ui::{DoneNote, ErrorNote, Icon, Landing, Post, PostForm, Shape, page_key, query as query_of, read},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// Be a sample person.
#[component]
pub fn DemoPage() -> impl IntoView {
    let query = use_query_map();
    let q = Memo::new(move |_| query.with(|query| query.get("q").unwrap_or_default()));
    let next = query.with_untracked(|query| query.get("next").map(|next| routes::local(&next).to_owned()).unwrap_or_default());
    let key = page_key();
    let question = move || (q.with(|q| query_of(&[("q", q)])), key().1);
    let page = read("account/samples", question, move || samples(q.get_untracked()));
    let post = Post::new();
    view! {
        <Transition>
            {move || {
                let next = next.clone();
                Suspend::new(async move {
                    match page.wait().await {
                        Ok(people) => draw(people, q.get_untracked(), next, post),
                        Err(ApiError::NotFound) => view! { <NotFound/> }.into_any(),
                        Err(error) => view! { <ErrorNote error=Signal::stored(Some(error))/> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

fn draw(people: Vec<Sample>, q: String, next: String, post: Post) -> AnyView {
    let t = use_locale().account();
    let none = people.is_empty().then(|| view! { <p>{t.demo_none}</p> });
    let units = by_unit(people).into_iter().map(|(unit, people)| {
        let people = people.into_iter().map(|person| sample_button(&person, &next, post)).collect_view();
        view! { <section><h2>{unit.unwrap_or_else(|| t.no_unit.into())}</h2><ul class="n-samples">{people}</ul></section> }
    });
    let units = units.collect_view();
    view! {
        <Title text=t.demo_title/>
        <DoneNote post=post/>
        <h1>{t.demo_title}</h1>
        <p class="n-lead">{t.demo_lead}</p>
        <ErrorNote error=post.error_of(&[])/>
        <form class="n-search" method="get" action=routes::DEMO role="search">
            <input type="hidden" name="next" value=next.clone()/>
            <div class="n-field">
                <label for="demo-q">{t.demo_search}</label>
                <div class="n-search__row">
                    <input class="n-input" type="search" id="demo-q" name="q" value=q maxlength="60" autocomplete="off"/>
                    <button class="n-button n-button--second" type="submit"><Icon shape=Shape::Search/>{t.search}</button>
                </div>
            </div>
        </form>
        {none}
        <div class="n-stack">{units}</div>
    }
    .into_any()
}

/// People of one unit stay together, in the order they came.
fn by_unit(people: Vec<Sample>) -> Vec<(Option<String>, Vec<Sample>)> {
    let mut units: Vec<(Option<String>, Vec<Sample>)> = Vec::new();
    for person in people {
        match units.iter_mut().find(|(unit, _)| *unit == person.unit) {
            Some((_, members)) => members.push(person),
            None => units.push((person.unit.clone(), vec![person])),
        }
    }
    units
}

fn sample_button(person: &Sample, next: &str, post: Post) -> AnyView {
    let (id, next) = (person.id.to_string(), next.to_owned());
    let (name, title) = (person.name.clone(), person.title.clone());
    view! {
        <li>
            <PostForm to="account/sample" post=post landing=Landing::Reload>
                <input type="hidden" name="person" value=id/>
                <input type="hidden" name="next" value=next/>
                <button class="n-sample" type="submit"><b>{name}</b><span>{title}</span></button>
            </PostForm>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::PersonId;

    #[test]
    fn units_stay_together() {
        let person = |id, unit: Option<&str>| Sample { id: PersonId(id), name: String::new(), unit: unit.map(Into::into), title: String::new() };
        let units = by_unit(vec![person(1, Some("財政課")), person(2, None), person(3, Some("財政課"))]);
        let ids: Vec<Vec<i64>> = units.iter().map(|(_, people)| people.iter().map(|person| person.id.0).collect()).collect();
        assert_eq!(ids, [vec![1, 3], vec![2]]);
    }
}
