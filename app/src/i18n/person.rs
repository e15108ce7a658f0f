//! Texts (being written).

/// See the module.
pub struct Texts {
    /// Title.
    pub title: &'static str,
}

/// 日本語
pub const JA: Texts = Texts { title: "" };

/// English
pub const EN: Texts = Texts { title: "" };
