//! The floor page: loads the view, draws it, follows the live stream, and turns keys and taps into addresses.

use super::{
    Scene,
    api::floor_view,
    header::header,
    list::list,
    live_bar::{legend, switch, updated},
    map::{plan, spacer},
    panel::panel,
    query::{FloorQuery, ViewChoice, chosen_slots, remaining_slots, slot_codes},
    symbols::sprite,
};
use crate::{
    i18n::use_locale,
    live,
    ui::{DoneNote, ErrorNote, Loaded, Post, Reading, Retake, page_key, query as query_of, read},
};
use domain::{FloorId, SeatId, floor::view::FloorView};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use std::sync::Arc;

/// The person's own floor.
#[component]
pub fn FloorIndexPage() -> impl IntoView {
    page(Memo::new(|_| String::new()))
}

/// One floor.
#[component]
pub fn FloorPage() -> impl IntoView {
    let params = use_params_map();
    page(Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default())))
}

/// What lives as long as the page, beyond one drawing of it.
#[derive(Clone, Copy)]
struct State {
    query: Memo<FloorQuery>,
    view: Reading<FloorView>,
    /// The view on the screen, for handlers.
    shown: StoredValue<Option<Arc<FloorView>>>,
    /// The seat the keyboard was on last.
    last: StoredValue<Option<SeatId>>,
    /// Width the person zoomed the drawing to, px.
    width: RwSignal<Option<u32>>,
    paused: RwSignal<bool>,
    lost: Signal<bool>,
    /// Whether the program runs; controls that need it wait for that.
    running: RwSignal<bool>,
    post: Post,
}

fn page(floor: Memo<String>) -> AnyView {
    let params = use_query_map();
    let query = Memo::new(move |_| params.with(|map| FloorQuery::parse(|name| map.get(name))));
    let on = Memo::new(move |_| query.with(|query| query.on.map(|on| on.to_string()).unwrap_or_default()));
    let key = page_key();
    let posts = Memo::new(move |_| key().1);
    let paused = RwSignal::new(false);
    let channel = RwSignal::new(None::<live::Channel>);
    let watch = live::watch(Signal::derive(move || if paused.get() { None } else { channel.get() }));
    let question = move || {
        let asked = floor.with(|floor| on.with(|on| query_of(&[("floor", floor), ("on", on)])));
        // Both only grow: their sum is new whenever one of them is.
        (asked, posts.get() + watch.version.get())
    };
    let view = read("floor/view", question, move || floor_view(floor.get_untracked(), on.get_untracked()));
    let state = State {
        query,
        view,
        shown: StoredValue::new(None),
        last: StoredValue::new(None),
        width: RwSignal::new(None),
        paused,
        lost: watch.lost.into(),
        running: RwSignal::new(false),
        post: Post::new(),
    };
    follow(state, channel, posts);
    view! {
        {sprite()}
        <DoneNote post=state.post/>
        <Transition>{failure(state)}</Transition>
        <Loaded from=view children=move |found| draw(state, found)/>
    }
    .into_any()
}

/// The failure of a post with its alternatives. Drawn once the view is known, and not again with every change of it: an
/// alert that is drawn again is read out again.
fn failure(state: State) -> impl IntoView {
    let retake = Signal::derive(move || {
        let view = state.view.get().and_then(Result::ok);
        view.map_or_else(empty_retake, |view| state.query.with(|query| retake(query, &view)))
    });
    let instead = Signal::derive(move || {
        let view = state.view.get().and_then(Result::ok);
        let holds = |view: FloorView| state.query.with(|query| holds_a_seat(query, &view));
        if view.is_some_and(holds) { "move" } else { "" }
    });
    Suspend::new(async move {
        let _ = state.view.wait().await;
        view! { <ErrorNote error=state.post.error_of(&[]) retake=Some((state.post, retake)) instead=instead/> }
    })
}

/// Whether the viewer holds a seat in the slots that the page is about: then another one is taken instead of it.
fn holds_a_seat(query: &FloorQuery, view: &FloorView) -> bool {
    let slots = chosen_slots(query, view).both(remaining_slots(view));
    view.mine.iter().any(|place| place.state.is_live() && !place.slots.both(slots).is_empty())
}

const fn empty_retake() -> Retake {
    Retake { date: String::new(), slots: String::new(), back: String::new() }
}

fn retake(query: &FloorQuery, view: &FloorView) -> Retake {
    let slots = chosen_slots(query, view).both(remaining_slots(view));
    Retake { date: view.day.on.to_string(), slots: slot_codes(view, slots), back: query.href(view.floor.id) }
}

fn draw(state: State, found: FloorView) -> AnyView {
    let view = Arc::new(found);
    let query = state.query.get();
    let scene = Scene::new(use_locale(), view, query, state.last.get_value());
    let t = scene.locale.floor();
    let shows = if scene.query.view == ViewChoice::Map { "map" } else { "list" };
    let title = (t.heading)(&scene.view.floor.site_name, &scene.view.floor.name);
    view! {
        <Title text=title/>
        <div class="fl-page" data-view=shows data-panel=scene.query.seat.map(|_| "open") on:click=on_click(state) on:keydown=on_key(state)>
            {header(&scene)}
            <div class="fl-body">
                {map_card(state, &scene)}
                <div class="fl-side">
                    {panel(&scene, state.post)}
                    {list(&scene, state.post)}
                </div>
            </div>
        </div>
    }
    .into_any()
}

fn map_card(state: State, scene: &Scene) -> impl IntoView + use<> {
    let t = scene.locale.floor();
    let to_list = format!("{}#list", scene.href(&scene.query.seen_as(ViewChoice::List)));
    view! {
        <section class="fl-card fl-map" aria-label=t.map>
            <a class="fl-skip" href=to_list data-to="list">{t.choose_from_list}</a>
            <p class="n-hidden" id="plan-help">{t.map_help}</p>
            <div class="fl-map__scroll">
                <div class="fl-map__sheet">
                    {spacer(scene, state.width.get())}
                    {plan(scene)}
                </div>
            </div>
            {legend(scene)}
            <div class="fl-map__foot">
                {zoom(state, scene)}
                {updated(scene)}
                {switch(scene.locale, state.paused, state.lost, state.running)}
            </div>
        </section>
    }
}

fn zoom(state: State, scene: &Scene) -> impl IntoView + use<> {
    let t = scene.locale.floor();
    let button = |name: &'static str, path: &'static str, step: Step| {
        view! {
            <button type="button" aria-label=name title=name on:click=move |_| zoom_by(state, step)>
                <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false"><path d=path /></svg>
            </button>
        }
    };
    view! {
        <div class="fl-zoom" role="group" aria-label=t.zoom hidden=move || !state.running.get()>
            {button(t.zoom_in, "M8 3v10M3 8h10", Step::In)}
            {button(t.zoom_out, "M3 8h10", Step::Out)}
            {button(t.zoom_fit, "M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3", Step::Reset)}
        </div>
    }
}

#[derive(Clone, Copy)]
enum Step {
    In,
    Out,
    Reset,
}

#[cfg(not(feature = "hydrate"))]
fn zoom_by(_state: State, _step: Step) {}

#[cfg(feature = "hydrate")]
fn zoom_by(state: State, step: Step) {
    let now = super::touch::plan_width().unwrap_or(1_000);
    state.width.set(match step {
        Step::In => Some((now * 5 / 4).min(12_000)),
        Step::Out => Some((now * 4 / 5).max(320)),
        Step::Reset => None,
    });
}

#[cfg(not(feature = "hydrate"))]
fn on_click(_state: State) -> impl Fn(leptos::ev::MouseEvent) + 'static {
    |_| ()
}

/// A seat of the map or of the list opens its panel, wherever it was pressed; the router does not follow links in SVG.
#[cfg(feature = "hydrate")]
fn on_click(state: State) -> impl Fn(leptos::ev::MouseEvent) + 'static {
    use super::touch;
    let open = opener(state);
    move |event| {
        if !touch::is_plain(&event) {
            return;
        }
        if let Some(seat) = touch::seat_of(&event) {
            event.prevent_default();
            open(seat);
        } else if touch::leads_to_list(&event) {
            touch::focus_soon("list");
        }
    }
}

#[cfg(not(feature = "hydrate"))]
fn on_key(_state: State) -> impl Fn(leptos::ev::KeyboardEvent) + 'static {
    |_| ()
}

/// Arrows, Home, End and Page keys on the map; Space opens like Enter; Escape leads from the panel back to the seat.
#[cfg(feature = "hydrate")]
fn on_key(state: State) -> impl Fn(leptos::ev::KeyboardEvent) + 'static {
    use super::{
        keys::{Move, target},
        touch,
    };
    let open = opener(state);
    move |event| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        if event.key() == "Escape" && touch::has_focus("panel") {
            if let Some(seat) = state.query.with_untracked(|query| query.seat) {
                touch::return_to(seat);
            }
            return;
        }
        let Some(seat) = touch::seat_of(&event).filter(|_| touch::has_focus("plan")) else { return };
        if event.key() == " " {
            event.prevent_default();
            open(seat);
        } else if let (Some(step), Some(view)) = (Move::from_key(&event.key()), state.shown.get_value()) {
            event.prevent_default();
            let next = target(&view, seat, step);
            state.last.set_value(Some(next));
            touch::go_to(next);
        }
    }
}

/// Opens a seat's panel: the address first, then the focus.
#[cfg(feature = "hydrate")]
fn opener(state: State) -> impl Fn(SeatId) + Clone + 'static {
    use leptos_router::{NavigateOptions, hooks::use_navigate};
    let navigate = use_navigate();
    move |seat| {
        let Some(view) = state.shown.get_value() else { return };
        state.last.set_value(Some(seat));
        let address = state.query.with_untracked(|query| query.at_seat(Some(seat)).href(view.floor.id));
        navigate(&address, NavigateOptions { scroll: false, replace: true, ..NavigateOptions::default() });
        super::touch::focus_soon("panel");
    }
}

/// Keeps what handlers and the stream need up to date with what is shown, and speaks of seats that matter to the viewer.
fn follow(state: State, channel: RwSignal<Option<live::Channel>>, posts: Memo<u32>) {
    Effect::new(move |before: Option<(u32, Option<FloorId>)>| {
        state.running.set(true);
        let post = posts.get_untracked();
        let Some(Ok(view)) = state.view.get() else { return before.unwrap_or((post, None)) };
        let view = Arc::new(view);
        let wanted = Some((view.floor.id, view.day.on.to_string()));
        if channel.get_untracked() != wanted {
            channel.set(wanted);
        }
        let old = state.shown.get_value();
        state.shown.set_value(Some(Arc::clone(&view)));
        #[cfg(feature = "hydrate")]
        {
            super::touch::keep_focus();
            let (last_post, last_floor) = before.unwrap_or((post, None));
            if last_floor != Some(view.floor.id) {
                reveal(state, &view);
            } else if let Some(old) = old.filter(|_| last_post == post) {
                super::speak::change(use_locale(), &old, &view, &state.query.get_untracked());
            }
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = old;
        (post, Some(view.floor.id))
    });
}

/// On a drawing wider than its box, the seat that matters comes into view first.
#[cfg(feature = "hydrate")]
fn reveal(state: State, view: &FloorView) {
    let selected = state.query.with_untracked(|query| query.seat);
    if let Some(seat) = selected.or_else(|| view.mine.first().map(|place| place.seat)) {
        set_timeout(move || super::touch::reveal(seat), std::time::Duration::from_millis(60));
    }
}
