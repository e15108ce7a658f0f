//! The schema's history. Forward only: a migration that has landed is never edited; expand, migrate, contract.

use sea_orm_migration::prelude::*;

pub use sea_orm_migration::MigratorTrait;

mod m20261121_000001_foundation;
mod m20261121_000002_telephone;
mod m20261121_000003_memo;
mod m20261121_000004_cover;
mod m20261121_000005_revision;
mod m20261121_000006_sip_peers;
mod m20261121_000007_call_total;
mod m20261121_000008_audit_seal;
mod m20261121_000009_pbx_status;
mod m20261121_000010_security;

/// Runs the migrations in order.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_foundation::Migration),
            Box::new(m20261121_000002_telephone::Migration),
            Box::new(m20261121_000003_memo::Migration),
            Box::new(m20261121_000004_cover::Migration),
            Box::new(m20261121_000005_revision::Migration),
            Box::new(m20261121_000006_sip_peers::Migration),
            Box::new(m20261121_000007_call_total::Migration),
            Box::new(m20261121_000008_audit_seal::Migration),
            Box::new(m20261121_000009_pbx_status::Migration),
            Box::new(m20261121_000010_security::Migration),
        ]
    }
}
