//! Small drawings. They decorate words and never stand alone, so assistive technology does not see them.

use leptos::prelude::*;

/// Which drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// ✓
    Check,
    /// !
    Alert,
    /// i
    Info,
    /// A house.
    Home,
    /// A floor plan.
    Map,
    /// A calendar page.
    Calendar,
    /// Two heads.
    People,
    /// An open book.
    Book,
    /// One head.
    Person,
    /// A magnifier.
    Search,
    /// A telephone.
    Phone,
    /// A seat.
    Seat,
    /// →
    Next,
    /// ←
    Back,
    /// ×
    Close,
    /// A globe.
    Globe,
    /// Turning arrows.
    Repeat,
    /// A sheet with lines.
    #[cfg(feature = "ssr")]
    Memo,
}

impl Shape {
    const fn path(self) -> &'static str {
        match self {
            Self::Check => "M4 12.5l5.2 5.2L20 7",
            Self::Alert => "M12 3l10 18H2zM12 10v5M12 17.6v.9",
            Self::Info => "M12 2.8a9.2 9.2 0 100 18.4 9.2 9.2 0 000-18.4zM12 11v6M12 7v1",
            Self::Home => "M3 11l9-8 9 8M5.5 9.2V20h13V9.2M10 20v-6h4v6",
            Self::Map => "M3 4h18v16H3zM10 4v9H3M10 17v3M14 20v-7h7",
            Self::Calendar => "M4 5.5h16V20H4zM4 10h16M8 3v4M16 3v4",
            Self::People => {
                "M9 11a3.4 3.4 0 100-6.8A3.4 3.4 0 009 11zM2.5 20c0-4 3-6 6.500-6s6.500 2 6.500 6M16 4.700a3.200 3.200 0 010 5.900M18 14.600c2.100.800 3.500 2.600 3.500 5.400"
            }
            Self::Book => {
                "M12 6C9.500 4.300 6.500 4 3 4.300V19c3.500-.300 6.500 0 9 1.700 2.500-1.700 5.500-2 9-1.700V4.300C17.500 4 14.500 4.300 12 6zm0 0v14.500"
            }
            Self::Person => "M12 12a4 4 0 100-8 4 4 0 000 8zM4 21c0-4.500 3.500-7 8-7s8 2.500 8 7",
            Self::Search => "M10.500 17.500a7 7 0 100-14 7 7 0 000 14zM16 16l5 5",
            Self::Phone => {
                "M6 3.500h3.500l1.500 5-2.500 1.500c1 2.500 3 4.500 5.500 5.500l1.500-2.500 5 1.500V18c0 1.500-1 2.500-2.500 2.500C10.500 20.500 3.500 13.500 3.500 6 3.500 4.500 4.500 3.500 6 3.500z"
            }
            Self::Seat => "M7 4v8h10V4M5 12h14v4H5zM7 16v4M17 16v4",
            Self::Next => "M5 12h14M13 6l6 6-6 6",
            Self::Back => "M19 12H5M11 6l-6 6 6 6",
            Self::Close => "M5 5l14 14M19 5L5 19",
            Self::Globe => "M12 3a9 9 0 100 18 9 9 0 000-18zM3 12h18M12 3c3 3 3.500 6 3.500 9s-.500 6-3.500 9c-3-3-3.500-6-3.500-9s.500-6 3.500-9z",
            #[cfg(feature = "ssr")]
            Self::Memo => "M5 3h14v14l-4 4H5zM15 21v-4h4M8.5 8h7M8.5 12h7",
            Self::Repeat => "M4 11V9.500A3.500 3.500 0 017.500 6H19M16 3l3 3-3 3M20 13v1.500a3.500 3.500 0 01-3.500 3.500H5M8 21l-3-3 3-3",
        }
    }
}

/// A small drawing beside a word.
#[component]
pub fn Icon(
    /// Which drawing.
    shape: Shape,
) -> impl IntoView {
    view! {
        <svg class="n-icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
            <path d=shape.path()></path>
        </svg>
    }
}
