//! Texts (being written).

/// See the module.
pub struct Texts {
    /// Title.
    pub title: &'static str,
    pub sign_in_again: &'static str,
}

/// 日本語
pub const JA: Texts = Texts { title: "", sign_in_again: "サインインし直す" };

/// English
pub const EN: Texts = Texts { title: "", sign_in_again: "サインインし直す" };
