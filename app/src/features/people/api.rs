//! The search.

use crate::api::ApiError;
#[cfg(feature = "ssr")]
use crate::api::{parse, signed_in};
use chrono::NaiveDate;
use domain::{SlotTime, person::view::FindView, telephone::CallLinks};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

/// Who was found, and what their slots are called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleView {
    /// Who.
    pub found: FindView,
    /// The viewer's site's slots.
    pub grid: Vec<SlotTime>,
    /// Today there.
    pub today: NaiveDate,
    /// What their numbers are the addresses of.
    pub calls: CallLinks,
}

/// Finds people; nobody without a query.
#[server(name = FindPeople, prefix = "/api/fn", endpoint = "people/find", input = GetUrl)]
pub async fn find(#[server(default)] q: String) -> Result<PeopleView, ApiError> {
    let (cx, actor) = signed_in()?;
    let found = services::person::find(&cx.services, &actor, &q).await?;
    let today = cx.services.clock().now().date_naive();
    let (office, person) = (cx.services.office(), parse::person(&actor)?);
    let site = office.site_for(person, today);
    let today = site.map_or(today, |site| site.now(cx.services.clock()).date());
    Ok(PeopleView { found, grid: site.map(|site| site.policy.grid.times().to_vec()).unwrap_or_default(), today, calls: cx.call_links })
}
