//! PBXs that may ask: each has a name, what it can do, and two live secrets, so that one can be replaced while it rings.

use super::board::lock;
use crate::{Actor, Failure, Kind, Never, Services, audit, office, secret};
use domain::{SiteId, telephone::PbxCaps};
use entity::pbx_link;
use ipnet::IpNet;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryOrder};
use serde_json::json;
use std::{collections::BTreeMap, net::IpAddr, time::Instant};

/// Questions a second that one PBX may ask for long, and how many it may ask at once after a quiet while.
const PER_SECOND: f64 = 250.0;
const BURST: f64 = 500.0;

/// A PBX that may ask.
#[derive(Clone, Debug)]
pub struct Link {
    /// Its name.
    pub id: String,
    /// Its site: its own numbers come first.
    pub site: SiteId,
    /// `kamailio`, `asterisk`, `freeswitch`, `sip`.
    pub kind: String,
    /// What it can do.
    pub caps: PbxCaps,
    /// Its SIP domain, where an answer names one.
    pub domain: Option<String>,
    /// Its trunk to the outside world, where an answer names one.
    pub trunk: Option<String>,
    /// Where it may send calls from to the redirect server.
    pub peers: Vec<IpNet>,
    hashes: [Option<String>; 2],
}

impl Link {
    /// Whether it can show one.
    #[must_use]
    pub const fn has_secret(&self) -> bool {
        self.hashes[0].is_some() || self.hashes[1].is_some()
    }

    /// Whether a secret is one of the two.
    #[must_use]
    pub fn admits(&self, secret: &str) -> bool {
        // What is compared are hashes of random secrets: how long it takes tells nothing about them.
        let hash = secret::hash(secret);
        self.hashes.iter().flatten().any(|live| *live == hash)
    }
}

/// An address, or a network with how many bits name it.
#[must_use]
pub(super) fn network(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
}

/// How much a PBX may ask right now.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rate {
    left: f64,
    at: Instant,
}

impl Services {
    /// The PBX behind a name and a secret.
    #[must_use]
    pub fn pbx(&self, id: &str, secret: &str) -> Option<Link> {
        self.board().links.get(id).filter(|link| link.admits(secret)).cloned()
    }

    /// The PBX that may send calls from an address to the redirect server.
    #[must_use]
    pub fn sip_peer(&self, from: IpAddr) -> Option<Link> {
        let from = from.to_canonical();
        self.board().links.values().find(|link| link.peers.iter().any(|network| network.contains(&from))).cloned()
    }

    /// Whether a PBX may ask once more now; `false` when it asks more than any house's calls could need.
    #[must_use]
    pub fn pbx_may_ask(&self, link: &Link) -> bool {
        let now = Instant::now();
        let mut rates = lock(&self.switchboard().rates);
        let rate = rates.entry(link.id.clone()).or_insert(Rate { left: BURST, at: now });
        let left = (now - rate.at).as_secs_f64().mul_add(PER_SECOND, rate.left).min(BURST);
        *rate = Rate { left: (left - 1.0).max(0.0), at: now };
        left >= 1.0
    }
}

pub(super) async fn load(connection: &impl ConnectionTrait) -> Result<BTreeMap<String, Link>, DbErr> {
    let rows = pbx_link::Entity::find().order_by_asc(pbx_link::Column::Id).all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.id.clone(), to_link(row))).collect())
}

fn to_link(row: pbx_link::Model) -> Link {
    let small = |value: i32| u8::try_from(value).unwrap_or(u8::MAX);
    let caps = PbxCaps::new(small(row.max_parallel), small(row.max_stages), u32::try_from(row.max_total_ms).unwrap_or(0));
    Link {
        id: row.id,
        site: SiteId(row.site_id),
        kind: row.kind,
        caps,
        domain: row.domain,
        trunk: row.trunk,
        // Checked when they were imported.
        peers: serde_json::from_str::<Vec<String>>(&row.peers).unwrap_or_default().iter().filter_map(|text| network(text)).collect(),
        hashes: [row.secret_hash, row.secret_hash_before],
    }
}

/// Makes a new secret for a PBX and returns it; it is shown this once. The one before stays valid until the next.
///
/// # Errors
/// `Denied` for who does not administer; `NotFound` for a PBX that is not set up.
pub async fn new_secret(cx: &Services, actor: &Actor, id: &str) -> Result<String, Failure<Never>> {
    if !actor.administers_people() {
        return Err(Failure::Denied);
    }
    let made = format!("nwp_{}", secret::fresh());
    let (hash, id, by, at) = (secret::hash(&made), id.to_owned(), actor.clone(), cx.clock().now());
    cx.db()
        .write(move |transaction| {
            let (hash, id, by) = (hash.clone(), id.clone(), by.clone());
            Box::pin(async move {
                let row = pbx_link::Entity::find_by_id(id.clone()).one(transaction).await?.ok_or(Failure::NotFound(Kind::PbxLink))?;
                let before = row.secret_hash.clone();
                let mut row = row.into_active_model();
                row.secret_hash = Set(Some(hash));
                row.secret_hash_before = Set(before);
                pbx_link::Entity::update(row).exec(transaction).await?;
                office::bump(transaction).await?;
                audit::record(transaction, at, &by, "pbx.secret", format!("pbx:{id}"), json!({})).await?;
                Ok::<_, Failure<Never>>(())
            })
        })
        .await?;
    cx.refresh_office().await?;
    Ok(made)
}
