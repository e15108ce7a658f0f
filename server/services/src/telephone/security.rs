//! Who looks after a building, as it stands in the telephone file.

use serde::{Deserialize, Serialize};

/// 守衛・防災センター: who looks after the building and is told at once when somebody calls 110, 118, 119 or an emergency number of
/// the house. Administrators, where nobody is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SecurityFile {
    /// Keys of sections: everybody of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<String>,
    /// 職員番号.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
}

impl SecurityFile {
    /// Whether it names nobody.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.sections.is_empty() && self.people.is_empty()
    }
}
