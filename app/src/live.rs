//! Server-sent events as a signal: "this floor changed on that day". The page refetches; nothing is sent but a version.

use domain::FloorId;
use leptos::prelude::*;

/// What a floor page listens to: a floor and a day (`YYYY-MM-DD`).
pub type Channel = (FloorId, String);

/// Grows each time the server says that the floor changed on the day. Follows the channel; closes with its owner.
#[must_use]
pub fn changes(channel: Signal<Option<Channel>>) -> ReadSignal<u32> {
    let (version, set_version) = signal(0);
    listen(channel, set_version);
    version
}

#[cfg(not(feature = "hydrate"))]
fn listen(_channel: Signal<Option<Channel>>, _set_version: WriteSignal<u32>) {}

#[cfg(feature = "hydrate")]
fn listen(channel: Signal<Option<Channel>>, set_version: WriteSignal<u32>) {
    use wasm_bindgen::{JsCast, closure::Closure};

    Effect::new(move |_| {
        let Some((floor, date)) = channel.get() else { return };
        let Ok(source) = web_sys::EventSource::new(&format!("/live/floors/{floor}?date={date}")) else { return };
        let changed = Closure::<dyn FnMut(web_sys::MessageEvent)>::new(move |_| {
            let _ = set_version.try_update(|version| *version += 1);
        });
        for event in ["changed", "resync"] {
            let _ = source.add_event_listener_with_callback(event, changed.as_ref().unchecked_ref());
        }
        let held = StoredValue::new_local(Some((source, changed)));
        on_cleanup(move || {
            if let Some((source, _changed)) = held.try_update_value(Option::take).flatten() {
                source.close();
            }
        });
    });
}
