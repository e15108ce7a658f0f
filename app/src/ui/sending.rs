//! The program's requests: posts of forms and reads of views, by the browser's own fetch.

use crate::api::ApiError;
use js_sys::futures::JsFuture;
use leptos::{ev::SubmitEvent, prelude::window};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{FormData, Headers, HtmlElement, HtmlFormElement, RequestInit, Response, UrlSearchParams};

/// The form's fields as the browser would send them, the pressed button's among them.
pub fn body_of(event: &SubmitEvent) -> Option<String> {
    let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
    let data = FormData::new_with_form(&form).ok()?;
    let fields = UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    if let Some(button) = event.submitter()
        && let (Some(name), Some(value)) = (button.get_attribute("name"), button.get_attribute("value"))
    {
        fields.append(&name, &value);
    }
    Some(String::from(fields.to_string()))
}

/// Brings the words of a failure into view and under the keyboard.
pub fn focus_alert() {
    let alert = leptos::prelude::document().query_selector("[role='alert']").ok().flatten();
    if let Some(alert) = alert.and_then(|alert| alert.dyn_into::<HtmlElement>().ok()) {
        let _ = alert.focus();
    }
}

/// Reads; the text of the answer, or the failure.
pub async fn get(address: &str) -> Result<String, ApiError> {
    let response = fetch(address, None).await.map_err(|_| ApiError::Transport)?;
    if response.ok() { text_of(&response).await.ok_or(ApiError::Transport) } else { Err(failure(&response).await) }
}

/// Posts; the address that a success leads to, or the failure.
pub async fn post(path: &str, body: &str) -> Result<Option<String>, ApiError> {
    let response = fetch(path, Some(body)).await.map_err(|_| ApiError::Transport)?;
    if response.ok() { Ok(response.headers().get("location").ok().flatten()) } else { Err(failure(&response).await) }
}

/// Layers before the app (load, origin, floods) answer in their own words; their status says enough.
async fn failure(response: &Response) -> ApiError {
    if response.headers().has("serverfnerror").unwrap_or(false) {
        return ApiError::from_json(&text_of(response).await.unwrap_or_default());
    }
    match response.status() {
        401 => ApiError::NotSignedIn,
        403 => ApiError::Denied,
        429 | 503 => ApiError::Busy,
        _ => ApiError::Transport,
    }
}

async fn text_of(response: &Response) -> Option<String> {
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

async fn fetch(path: &str, body: Option<&str>) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    headers.set("accept", "application/json")?;
    let init = RequestInit::new();
    if let Some(body) = body {
        headers.set("content-type", "application/x-www-form-urlencoded;charset=UTF-8")?;
        init.set_method("POST");
        init.set_body(&JsValue::from_str(body));
    }
    init.set_headers(headers.as_ref());
    Ok(JsFuture::from(window().fetch_with_str_and_init(path, &init)).await?.unchecked_into())
}
