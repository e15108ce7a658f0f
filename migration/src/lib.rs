//! The schema's history. Forward only: a migration that has landed is never edited; expand, migrate, contract.

use sea_orm_migration::prelude::*;

pub use sea_orm_migration::MigratorTrait;

mod m20261121_000001_foundation;
mod m20261121_000002_telephone;
mod m20261121_000004_cover;

/// Runs the migrations in order.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m20261121_000001_foundation::Migration), Box::new(m20261121_000002_telephone::Migration), Box::new(m20261121_000004_cover::Migration)]
    }
}
