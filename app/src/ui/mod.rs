//! The house's own components: few, plain, with the focus, sizes and colours of デジタル庁デザインシステム (styles live in
//! `assets/public/style`). Class names begin with `n-`.

#[cfg(feature = "ssr")]
mod asked;
mod error_words;
mod icon;
mod markup;
mod notice;
mod page;
mod post;
#[cfg(feature = "hydrate")]
mod sending;

#[cfg(feature = "ssr")]
pub use asked::asked;
pub use error_words::{ErrorNote, Retake};
pub use icon::{Icon, Shape};
pub use markup::Markup;
pub use notice::{DoneNote, announce};
pub use page::{Loaded, Reading, Refresh, page_key, provide_refresh, query, read};
pub use post::{Landing, Post, PostForm};
