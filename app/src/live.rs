//! Server-sent events as signals: "this floor changed on that day". The page refetches; nothing is sent but a version.

use domain::FloorId;
use leptos::prelude::*;

/// What a floor page listens to: a floor and a day (`YYYY-MM-DD`).
pub type Channel = (FloorId, String);

/// A stream as a page sees it.
#[derive(Clone, Copy)]
pub struct Watch {
    /// Grows with every change, and when a lost stream or another channel was joined: something may have been missed.
    pub version: ReadSignal<u32>,
    /// Whether the stream has been lost for ten seconds.
    pub lost: ReadSignal<bool>,
}

/// Grows each time the server says that the floor changed on the day. Follows the channel; closes with its owner.
#[must_use]
pub fn changes(channel: Signal<Option<Channel>>) -> ReadSignal<u32> {
    watch(channel).version
}

/// Listens to a channel, also when it changes; nothing while there is none. Closes with its owner.
#[must_use]
pub fn watch(channel: Signal<Option<Channel>>) -> Watch {
    let (version, set_version) = signal(0);
    let (lost, set_lost) = signal(false);
    listen(channel, set_version, set_lost);
    Watch { version, lost }
}

#[cfg(not(feature = "hydrate"))]
fn listen(_channel: Signal<Option<Channel>>, _set_version: WriteSignal<u32>, _set_lost: WriteSignal<bool>) {}

#[cfg(feature = "hydrate")]
fn listen(channel: Signal<Option<Channel>>, set_version: WriteSignal<u32>, set_lost: WriteSignal<bool>) {
    use std::time::Duration;
    use wasm_bindgen::{JsCast, closure::Closure};
    use web_sys::{Event, EventSource};

    const PATIENCE: Duration = Duration::from_secs(10);
    let grow = move || {
        let _ = set_version.try_update(|version| *version += 1);
    };
    let joined_before = StoredValue::new(false);
    // The browser reconnects by itself unless the server refused; then this asks again.
    let again = RwSignal::new(0_u32);

    Effect::new(move |_| {
        again.track();
        let Some((floor, date)) = channel.get() else { return };
        let Ok(source) = EventSource::new(&format!("/live/floors/{floor}?date={date}")) else { return };
        let changed = Closure::<dyn FnMut(Event)>::new(move |_| grow());
        let opened = Closure::<dyn FnMut(Event)>::new(move |_| {
            let _ = set_lost.try_set(false);
            if joined_before.try_get_value() == Some(true) {
                grow();
            }
            let _ = joined_before.try_set_value(true);
        });
        let waiting = StoredValue::new(false);
        let held_source = StoredValue::new_local(source.clone());
        let failed = Closure::<dyn FnMut(Event)>::new(move |_| {
            if waiting.try_get_value() != Some(false) {
                return;
            }
            waiting.set_value(true);
            set_timeout(
                move || {
                    // The channel may have changed meanwhile, and the values of this one be gone.
                    let Some(state) = held_source.try_with_value(EventSource::ready_state) else { return };
                    let _ = waiting.try_set_value(false);
                    if state != EventSource::OPEN {
                        let _ = set_lost.try_set(true);
                    }
                    if state == EventSource::CLOSED {
                        let _ = again.try_update(|times| *times += 1);
                    }
                },
                PATIENCE,
            );
        });
        for event in ["changed", "resync"] {
            let _ = source.add_event_listener_with_callback(event, changed.as_ref().unchecked_ref());
        }
        let _ = source.add_event_listener_with_callback("open", opened.as_ref().unchecked_ref());
        let _ = source.add_event_listener_with_callback("error", failed.as_ref().unchecked_ref());
        let held = StoredValue::new_local(Some((source, changed, opened, failed)));
        on_cleanup(move || {
            if let Some((source, ..)) = held.try_update_value(Option::take).flatten() {
                source.close();
            }
        });
    });
}
