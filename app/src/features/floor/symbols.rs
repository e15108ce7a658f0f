//! The drawn signs of the map contract and what else drawings share. One sprite per page, referred to by `<use>`.

use super::model::Symbol;
use crate::ui::Markup;
use leptos::prelude::*;

/// The sprite; takes no room.
pub fn sprite() -> impl IntoView {
    view! {
        <svg class="fl-sprite" width="0" height="0" aria-hidden="true" focusable="false">
            <symbol id="sym-ring" viewBox="0 0 16 16">
                <circle cx="8" cy="8" r="5.4" fill="none" stroke="currentColor" stroke-width="2" />
            </symbol>
            <symbol id="sym-disc" viewBox="0 0 16 16">
                <circle cx="8" cy="8" r="6.4" fill="currentColor" />
            </symbol>
            <symbol id="sym-ringed-dot" viewBox="0 0 16 16">
                <circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" stroke-width="1.6" />
                <circle cx="8" cy="8" r="2.6" fill="currentColor" />
            </symbol>
            <symbol id="sym-first-half" viewBox="0 0 16 16">
                <circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" stroke-width="1.6" />
                <path d="M8 2.4a5.6 5.6 0 0 0 0 11.2z" fill="currentColor" />
            </symbol>
            <symbol id="sym-last-half" viewBox="0 0 16 16">
                <circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" stroke-width="1.6" />
                <path d="M8 2.4a5.6 5.6 0 0 1 0 11.2z" fill="currentColor" />
            </symbol>
            <symbol id="sym-star" viewBox="0 0 16 16">
                <path d="M8 .9l2.1 4.7 5.1.5-3.9 3.4 1.2 5L8 11.9l-4.5 2.6 1.2-5L.8 6.1l5.1-.5z" fill="currentColor" />
            </symbol>
            <symbol id="sym-phone" viewBox="0 0 16 16">
                <path d="M1.2 6.2C1.2 3.6 4.6 2.6 8 2.6s6.800 1 6.800 3.600v1.300l-3.600.7V6.500C9.200 6 6.800 6 4.800 6.500v1.700l-3.600-.7z" fill="currentColor" />
                <path d="M5.200 7.600h5.600l2.500 3.600v2.600H2.700v-2.600z" fill="currentColor" />
                <circle cx="8" cy="10.700" r="1.500" fill="#fff" />
            </symbol>
            <symbol id="sym-lock" viewBox="0 0 16 16">
                <path d="M4.800 7V5a3.200 3.200 0 0 1 6.400 0v2" fill="none" stroke="currentColor" stroke-width="1.700" />
                <rect x="3" y="7" width="10" height="7.200" rx="1.400" fill="currentColor" />
            </symbol>
            <symbol id="sym-cross" viewBox="0 0 16 16">
                <path d="M3 3l10 10M13 3L3 13" stroke="currentColor" stroke-width="2.400" stroke-linecap="round" />
            </symbol>
        </svg>
    }
}

/// A sign in running text; the words beside it say the same.
pub fn sign(symbol: Symbol) -> impl IntoView {
    view! {
        <svg class="fl-sign" width="16" height="16" aria-hidden="true">
            <use href=symbol.href() />
        </svg>
    }
}

/// The same sign where markup is text.
pub fn sign_markup(made: &mut Markup, symbol: Symbol) {
    made.raw("<svg class=\"fl-sign\" width=\"16\" height=\"16\" aria-hidden=\"true\"><use href=\"").text(symbol.href()).raw("\"/></svg>");
}
