//! A part of a page that comes whole from the server: asked once, drawn once, and nothing of it kept for the browser.

use super::ErrorNote;
use crate::{api::ApiError, ui::page::look_again};
use leptos::prelude::*;
use std::{future::Future, sync::Arc};

/// Asks, and shows what is drawn of the answer, or why there is none.
pub fn asked<T, Ask, Answering, Draw>(ask: Ask, draw: Draw) -> AnyView
where
    T: Send + Sync + 'static,
    Ask: Fn() -> Answering + Send + Sync + 'static,
    Answering: Future<Output = Result<T, ApiError>> + Send + 'static,
    Draw: Fn(&T) -> AnyView + Send + Sync + 'static,
{
    let answer = AsyncDerived::new(move || {
        let answer = ask();
        async move { answer.await.map(Arc::new) }
    });
    let draw = Arc::new(draw);
    view! {
        <Suspense>
            {move || {
                let draw = Arc::clone(&draw);
                Suspend::new(async move {
                    let answer = answer.await;
                    look_again().await;
                    match answer {
                        Ok(view) => draw(&view),
                        Err(error) => view! { <ErrorNote error=Signal::stored(Some(error))/> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}
