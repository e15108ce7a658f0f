//! Loading a page's one view: from the server's own render, and again whenever the address or something else changed.
//!
//! In the browser every view travels as its text and is read once, where it is drawn. So the machinery of resources and
//! the reader of JSON are in the program once, and not once for every page.

use super::ErrorNote;
use crate::api::ApiError;
use leptos::{
    prelude::*,
    server::codee::{Decoder, Encoder},
};
use leptos_router::hooks::use_location;
use serde::{Serialize, de::DeserializeOwned};
use std::{convert::Infallible, future::Future, marker::PhantomData, pin::Pin, sync::Arc};

/// Grows with every finished post, so that pages fetch again.
#[derive(Clone, Copy)]
pub struct Refresh(RwSignal<u32>);

impl Refresh {
    /// Something changed.
    pub fn bump(self) {
        self.0.update(|count| *count += 1);
    }
}

/// Called once, by the app.
pub fn provide_refresh() {
    provide_context(Refresh(RwSignal::new(0)));
}

/// The app's refresh.
#[must_use]
pub fn use_refresh() -> Refresh {
    use_context::<Refresh>().unwrap_or_else(|| Refresh(RwSignal::new(0)))
}

/// What a page's view depends on beside its own question: the address and the finished posts.
pub fn page_key() -> impl Fn() -> (String, u32) + Send + Sync + Copy + 'static {
    let refresh = use_refresh();
    let search = use_location().search;
    move || (search.get(), refresh.0.get())
}

/// The text of a view, or why there is none.
type Answer = Result<String, ApiError>;
type Fetch = Pin<Box<dyn Future<Output = Answer> + Send>>;
type Text = Resource<Answer, Plain>;

/// How an answer is written into the page: the text as it is, after a letter that says which it is.
pub struct Plain;

impl Encoder<Answer> for Plain {
    type Error = Infallible;
    type Encoded = String;

    fn encode(answer: &Answer) -> Result<String, Infallible> {
        Ok(match answer {
            Ok(text) => format!("+{text}"),
            Err(error) => format!("-{}", error.to_json()),
        })
    }
}

impl Decoder<Answer> for Plain {
    type Error = Infallible;
    type Encoded = str;

    fn decode(text: &str) -> Result<Answer, Infallible> {
        Ok(match text.strip_prefix('+') {
            Some(text) => Ok(text.to_owned()),
            None => Err(ApiError::from_json(text.trim_start_matches('-'))),
        })
    }
}

/// A page's view on its way.
pub struct Reading<T> {
    text: Text,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Reading<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Reading<T> {}

impl<T: DeserializeOwned> Reading<T> {
    /// What has come; `None` while it is on its way.
    #[must_use]
    pub fn get(&self) -> Option<Result<T, ApiError>> {
        self.text.get().map(|answer| answer.and_then(|text| parse(&text)))
    }

    /// Waits until it has come.
    pub async fn wait(self) -> Result<T, ApiError> {
        self.text.await.and_then(|text| parse(&text))
    }
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T, ApiError> {
    serde_json::from_str(text).map_err(|_| ApiError::Transport)
}

/// Reads a view: in the browser by the server function's path (after `FN_PREFIX`) and query, on the server by calling it.
/// `question` is followed: it gives the query, and a number that only says that it is time to ask again.
pub fn read<T, Run, Answering>(path: &'static str, question: impl Fn() -> (String, u32) + Send + Sync + 'static, run: Run) -> Reading<T>
where
    T: Serialize + 'static,
    Run: Fn() -> Answering + Send + Sync + 'static,
    Answering: Future<Output = Result<T, ApiError>> + Send + 'static,
{
    #[cfg(feature = "ssr")]
    let fetch = {
        let _ = path;
        move |_| -> Fetch {
            let answer = run();
            Box::pin(async move { answer.await.and_then(|view| serde_json::to_string(&view).map_err(|_| ApiError::Transport)) })
        }
    };
    #[cfg(not(feature = "ssr"))]
    let fetch = {
        let _ = run;
        move |query: String| -> Fetch { fetch(path, &query) }
    };
    Reading { text: text(Arc::new(question), Arc::new(fetch)), of: PhantomData }
}

fn text(question: Arc<dyn Fn() -> (String, u32) + Send + Sync>, fetch: Arc<dyn Fn(String) -> Fetch + Send + Sync>) -> Text {
    Resource::new_with_options(move || question(), move |(query, _)| fetch(query), false)
}

#[cfg(not(feature = "ssr"))]
fn fetch(path: &str, query: &str) -> Fetch {
    #[cfg(feature = "hydrate")]
    {
        let address = format!("{}/{path}?{query}", crate::routes::FN_PREFIX);
        Box::pin(send_wrapper::SendWrapper::new(async move { super::sending::get(&address).await }))
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = (path, query);
        Box::pin(std::future::ready(Err(ApiError::Transport)))
    }
}

/// Names and values as a query.
#[must_use]
pub fn query(pairs: &[(&str, &str)]) -> String {
    pairs.iter().map(|(name, value)| format!("{name}={}", crate::routes::encode(value))).collect::<Vec<_>>().join("&")
}

/// Shows a view: nothing while it loads first, the failure in words, or what is drawn of it. The old one stays while a new
/// one loads.
#[component]
pub fn Loaded<T, F>(
    /// The page's one view.
    from: Reading<T>,
    /// Draws it.
    children: F,
) -> impl IntoView
where
    T: DeserializeOwned + 'static,
    F: Fn(T) -> AnyView + Send + Sync + 'static,
{
    loaded(from.text, Arc::new(move |text| parse(text).map(&children)))
}

type Draw = Arc<dyn Fn(&str) -> Result<AnyView, ApiError> + Send + Sync>;

/// Suspense asks once more, without waiting and without using the answer, when a page's data has come. Not being ready at that
/// moment spares the server a second drawing of the whole page.
#[cfg(feature = "ssr")]
pub(super) async fn look_again() {
    let mut asked = false;
    std::future::poll_fn(|context| {
        if asked {
            return std::task::Poll::Ready(());
        }
        asked = true;
        context.waker().wake_by_ref();
        std::task::Poll::Pending
    })
    .await;
}

fn loaded(text: Text, draw: Draw) -> AnyView {
    let locale = crate::i18n::use_locale();
    view! {
        <Transition fallback=move || view! { <p class="n-loading">{locale.common().loading}</p> }>
            {move || {
                let draw = Arc::clone(&draw);
                Suspend::new(async move {
                    let answer = text.await;
                    #[cfg(feature = "ssr")]
                    look_again().await;
                    match answer.and_then(|text| draw(&text)) {
                        Ok(drawn) => drawn,
                        Err(error) => view! { <ErrorNote error=Signal::stored(Some(error))/> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}
