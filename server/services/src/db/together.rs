//! Several statements in one step.

use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, ExecResult, Statement, Value, Values};

/// Runs statements of which none needs another one's result, in their order. The thread that owns the embedded database is
/// asked once for all of them: to ask is most of what a small statement costs, and all the others wait for it. PostgreSQL is
/// asked for one after the other. The result is the last one's; `None` when there was nothing to run.
///
/// # Errors
/// Of the first statement that fails; the transaction must be given up then.
pub(crate) async fn together(transaction: &DatabaseTransaction, statements: Vec<Statement>) -> Result<Option<ExecResult>, DbErr> {
    let asked = if transaction.get_database_backend() == DatabaseBackend::Sqlite { joined(statements) } else { statements };
    let mut last = None;
    for statement in asked {
        last = Some(transaction.execute_raw(statement).await?);
    }
    Ok(last)
}

/// One text with the values of all: each statement takes its own from where the one before it ended.
fn joined(statements: Vec<Statement>) -> Vec<Statement> {
    if statements.is_empty() {
        return Vec::new();
    }
    let (texts, values): (Vec<String>, Vec<Vec<Value>>) =
        statements.into_iter().map(|statement| (statement.sql, statement.values.map_or_else(Vec::new, |Values(values)| values))).unzip();
    vec![Statement { sql: texts.join("; "), values: Some(Values(values.concat())), db_backend: DatabaseBackend::Sqlite }]
}
