//! Passwords of telephones. We keep what SIP's digest needs (RFC 2617: the MD5 of name, realm and password) and never the
//! password; a PBX of the house fetches them, so that a telephone is set up or locked out on a page of ours.

use super::{load, rows as words};
use crate::{Actor, Failure, Kind, Never, Services, audit, office, secret};
use domain::telephone::{Aor, Device, Target};
use entity::device;
use md5::{Digest, Md5};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
};
use serde::Serialize;
use serde_json::json;
use std::{collections::BTreeMap, fmt::Write as _};

/// The realm of every telephone; it is part of the digest and never changes.
pub const REALM: &str = "nanawari";

/// Digests of every telephone that has a password and is in use today.
#[derive(Clone, Debug, Serialize)]
pub struct Credentials {
    /// The revision they belong to.
    pub rev: i64,
    /// The realm.
    pub realm: &'static str,
    /// Digest (HA1, hexadecimal) by device name. What is not in it has no password any more.
    pub set: BTreeMap<String, String>,
}

/// Makes a new password for a telephone and returns it; it is shown this once, and the one before ends.
///
/// # Errors
/// `Denied` for who does not administer; `NotFound` for a telephone that is not set up.
pub async fn new_password(cx: &Services, actor: &Actor, aor: Aor) -> Result<String, Failure<Never>> {
    if !actor.administers_people() {
        return Err(Failure::Denied);
    }
    let board = cx.board();
    let device = board.world.device_at(&Target::Aor(aor)).cloned().ok_or(Failure::NotFound(Kind::Device))?;
    let password: String = secret::fresh().chars().filter(char::is_ascii_alphanumeric).take(20).collect();
    let (digest, by, at) = (ha1(aor, &password), actor.clone(), cx.clock().now());
    cx.db()
        .write(move |transaction| {
            let (digest, by, device) = (digest.clone(), by.clone(), device.clone());
            Box::pin(async move {
                let of_name = device::Entity::find().filter(device::Column::Target.eq(aor.as_str()));
                let rows = of_name.all(transaction).await?;
                if rows.is_empty() {
                    // It stands among a seat's attributes only; with a password it becomes a row of its own.
                    device::Entity::insert(as_row(&device, digest.clone())).exec(transaction).await?;
                }
                for row in rows {
                    let mut row = row.into_active_model();
                    row.ha1 = Set(Some(digest.clone()));
                    device::Entity::update(row).exec(transaction).await?;
                }
                office::bump(transaction).await?;
                audit::record(transaction, at, &by, "device.password", format!("device:{aor}"), json!({})).await?;
                Ok::<_, Failure<Never>>(())
            })
        })
        .await?;
    cx.refresh_office().await?;
    Ok(password)
}

fn as_row(device: &Device, digest: String) -> device::ActiveModel {
    let (owner_kind, owner_id) = words::owner_parts(device.owner);
    device::ActiveModel {
        id: NotSet,
        site_id: Set(device.site.0),
        target: Set(device.target.to_string()),
        kind: Set(device.kind.code().to_owned()),
        owner_kind: Set(owner_kind.to_owned()),
        owner_id: Set(owner_id),
        leaves_building: Set(false),
        in_service: Set(true),
        ha1: Set(Some(digest)),
        from_on: Set(words::EVER),
        until_on: Set(None),
    }
}

/// The digests of the telephones of a site that are in use today.
///
/// # Errors
/// When the store cannot be read.
pub async fn credentials(cx: &Services, site: domain::SiteId) -> Result<Credentials, Failure<Never>> {
    let office = cx.office();
    let on = load::today(&office, cx.clock().now());
    let mut set = BTreeMap::new();
    for row in device::Entity::find().filter(device::Column::SiteId.eq(site.0)).filter(device::Column::Ha1.is_not_null()).all(cx.db().reader()).await? {
        if load::to_device(&row)?.rings_on(on) {
            set.extend(row.ha1.map(|ha1| (row.target, ha1)));
        }
    }
    Ok(Credentials { rev: office.revision, realm: REALM, set })
}

fn ha1(aor: Aor, password: &str) -> String {
    Md5::digest(format!("{aor}:{REALM}:{password}")).iter().fold(String::with_capacity(32), |mut text, byte| {
        // Writing to a String cannot fail.
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::ha1;

    #[test]
    fn the_digest_is_that_of_rfc_2617() {
        // printf 'mob-1:nanawari:secret' | md5sum
        assert_eq!(ha1("mob-1".parse().unwrap(), "secret"), "42f32bdeff0b4d2d01a00a746dca1a3c");
    }
}
