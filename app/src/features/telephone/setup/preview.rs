//! What a change would do, before it is done: the rows, the numbers that ring differently with both sentences, and what would need
//! repair.

use super::{
    super::{
        difference::{DifferenceTold, difference},
        repair::conflict,
    },
    words::{RowTold, Says},
};
use crate::i18n::{Locale, telephone::repair::Trouble, use_locale};
use domain::telephone::{Concern, DifferenceKind};
use leptos::prelude::*;
use services::{
    Services,
    import::{ImportProblem, Language},
    telephone::{EditRefusal, Outcome, Revision, RowChange, TelephoneFile},
};

/// Numbers shown of one change; the rest is counted.
const MOST_NUMBERS: usize = 20;
/// Numbers named of those that differ only when nobody answers.
const MOST_FALLBACKS: usize = 300;
/// Rows shown of one change.
pub(super) const MOST_ROWS: usize = 30;

/// A change, tried.
pub(super) enum Tried {
    /// It can be done.
    Would(Would),
    /// It cannot.
    Not(Refused),
}

/// What it would do, in words.
pub(super) struct Would {
    rows: Vec<RowTold>,
    more_rows: usize,
    numbers: Vec<DifferenceTold>,
    /// Numbers that differ only when nobody answers.
    fallback: Vec<String>,
    own: usize,
    count: usize,
    arising: Vec<Trouble>,
}

/// Why it cannot be done, in words.
pub(super) enum Refused {
    Wrong(Vec<String>),
    Touched(Vec<Revision>),
    Nothing,
    Broken,
}

/// Puts rows into words, with names of today.
pub(super) fn rows_told(locale: Locale, cx: &Services, file: Option<&TelephoneFile>, rows: &[RowChange]) -> Vec<RowTold> {
    let (board, office) = (cx.board(), cx.office());
    let names = super::super::names::Names::at_site(locale, &board.world, None, cx.clock().now());
    let person = |no: &str| office.by_staff_no.get(no).and_then(|id| office.people.get(id)).map(|person| person.name.clone());
    let says = Says { locale, names, file, person: &person };
    rows.iter().take(MOST_ROWS).map(|row| says.row(row)).collect()
}

impl Tried {
    pub(super) fn would(locale: Locale, cx: &Services, file: Option<&TelephoneFile>, outcome: &Outcome) -> Self {
        let all = &outcome.compared.differences;
        let own = all.iter().filter(|dated| dated.difference.concern() == Concern::Own);
        let numbers = own.clone().take(MOST_NUMBERS).map(|dated| difference(locale, &outcome.compared, dated));
        let fallback = all.iter().filter(|dated| dated.difference.concern() == Concern::Fallback).map(|dated| dated.difference.ext.to_string());
        let arising = outcome.arising.iter().map(|found| conflict(locale, &outcome.after.world, found, cx.clock().now()));
        Self::Would(Would {
            rows: rows_told(locale, cx, file, &outcome.rows),
            more_rows: outcome.rows.len().saturating_sub(MOST_ROWS),
            numbers: numbers.collect(),
            fallback: fallback.collect(),
            own: own.count(),
            count: all.len(),
            arising: arising.collect(),
        })
    }

    pub(super) fn refused(locale: Locale, refusal: EditRefusal) -> Self {
        Self::Not(match refusal {
            EditRefusal::Wrong(problems) => Refused::Wrong(problems.iter().map(|problem| sentence(locale, problem)).collect()),
            EditRefusal::Touched(revisions) => Refused::Touched(revisions),
            EditRefusal::Nothing => Refused::Nothing,
        })
    }

    pub(super) const fn can_be_stored(&self) -> bool {
        matches!(self, Self::Would(_))
    }
}

/// A problem with the name that its field has on the page.
pub(super) fn sentence(locale: Locale, problem: &ImportProblem) -> String {
    let field = problem.column.rsplit('.').next().unwrap_or_default();
    // h2_open: the third line of the hours.
    let stretch = field.strip_prefix('h').and_then(|rest| rest.split_once('_')).and_then(|(index, name)| Some((index.parse::<usize>().ok()?, name)));
    let t = locale.telephone_fields();
    let column = match (stretch, field) {
        (_, "") => String::new(),
        (Some((index, name)), _) => format!("{} {}", (t.stretch)(index + 1), (t.name)(name)),
        (None, field) => (t.name)(field).to_owned(),
    };
    let language = locale.pick(Language::Japanese, Language::English);
    ImportProblem { column, ..problem.clone() }.sentence(language)
}

/// The preview as it is read.
pub(super) fn draw(tried: &Tried) -> AnyView {
    match tried {
        Tried::Would(would) => drawn(would),
        Tried::Not(refused) => not(refused),
    }
}

fn drawn(would: &Would) -> AnyView {
    let t = use_locale().telephone_setup();
    let more = would.own.saturating_sub(would.numbers.len());
    let more = (more > 0).then(|| view! { <p class="n-quiet">{(t.rings_more)(more)}</p> });
    let numbers = if would.count == 0 {
        view! { <p>{t.rings_none}</p> }.into_any()
    } else {
        view! { <h3>{(t.rings)(would.count)}</h3> {differences(&would.numbers)} {more} {fallbacks(&would.fallback)} }.into_any()
    };
    let more_rows = (would.more_rows > 0).then(|| view! { <p class="n-quiet">{(t.rings_more)(would.more_rows)}</p> });
    view! { {rows(&would.rows)} {more_rows} {numbers} {troubles(&would.arising)} }.into_any()
}

/// What would need repair then.
pub(super) fn troubles(troubles: &[Trouble]) -> AnyView {
    let t = use_locale().telephone_setup();
    let repair = use_locale().telephone_pages().what_to_do;
    if troubles.is_empty() {
        return ().into_any();
    }
    let rows = troubles.iter().map(|trouble| view! { <li><b>{trouble.what.clone()}</b> <br/> {repair} ": " {trouble.repair.clone()}</li> });
    view! { <h3 class="n-arising">{(t.arising)(troubles.len())}</h3> <ul class="n-arisen">{rows.collect_view()}</ul> }.into_any()
}

/// Numbers that differ only when nobody answers, folded up.
pub(super) fn fallbacks(exts: &[String]) -> AnyView {
    let t = use_locale().telephone_setup();
    if exts.is_empty() {
        return ().into_any();
    }
    let shown = exts.iter().take(MOST_FALLBACKS).map(String::as_str).collect::<Vec<_>>().join(use_locale().pick("、", ", "));
    let more = exts.len().saturating_sub(MOST_FALLBACKS);
    let more = (more > 0).then(|| (t.rings_more)(more));
    view! {
        <details class="n-fold">
            <summary>{(t.fallback_only)(exts.len())}</summary>
            <p class="n-help">{t.fallback_help}</p>
            <p>{shown} " " {more}</p>
        </details>
    }
    .into_any()
}

/// Numbers with what rings before and after.
pub(super) fn differences(numbers: &[DifferenceTold]) -> AnyView {
    let t = use_locale().telephone_setup();
    let rows = numbers.iter().map(|told| {
        let kind = match told.kind {
            DifferenceKind::Begins => Some(t.begins),
            DifferenceKind::Ends => Some(t.ends),
            DifferenceKind::Changes => None,
        };
        let chip = kind.map(|kind| view! { <span class="n-chip n-chip--on">{kind}</span> });
        view! {
            <li class="n-differs">
                <p class="n-differs__who"><b>{told.ext.clone()}</b> " " {told.name.clone()} " " <span class="n-quiet">{(t.from_day)(&told.day)}</span> " " {chip}</p>
                <p class="n-differs__what">{told.what.clone()}</p>
                <dl>
                    <div><dt>{t.before}</dt><dd>{told.before.clone()}</dd></div>
                    <div><dt>{t.after}</dt><dd>{told.after.clone()}</dd></div>
                </dl>
            </li>
        }
    });
    view! { <ul class="n-differences">{rows.collect_view()}</ul> }.into_any()
}

/// Rows with what stands there before and after; of one that is added or removed, what it has.
pub(super) fn rows(rows: &[RowTold]) -> AnyView {
    let locale = use_locale();
    let t = locale.telephone_setup();
    let cards = rows.iter().map(|row| {
        if !row.changed {
            let has = row.fields.iter().map(|(name, was, will)| format!("{name}: {}", if row.added { will } else { was }));
            let has = has.collect::<Vec<_>>().join(locale.pick("、", ", "));
            return view! { <p class="n-changed"><b>{row.title.clone()}</b> <br/> <span class="n-quiet">{has}</span></p> }.into_any();
        }
        let fields = row.fields.iter().map(|(name, was, will)| {
            view! { <tr><th scope="row">{*name}</th><td>{was.clone()}</td><td>{will.clone()}</td></tr> }
        });
        view! {
            <div class="n-changed">
                <table class="n-table">
                    <caption>{row.title.clone()}</caption>
                    <thead><tr><th scope="col">{t.what}</th><th scope="col">{t.before}</th><th scope="col">{t.after}</th></tr></thead>
                    <tbody>{fields.collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any()
    });
    view! { {cards.collect_view()} }.into_any()
}

fn not(refused: &Refused) -> AnyView {
    let t = use_locale().telephone_setup();
    let words = match refused {
        Refused::Wrong(problems) => {
            let list = problems.iter().map(|problem| view! { <li>{problem.clone()}</li> }).collect_view();
            view! { <p>{t.wrong}</p> <ul class="n-plain">{list}</ul> }.into_any()
        }
        Refused::Touched(revisions) => view! { <p>{t.touched}</p> {touched(revisions)} <p>{t.touched_help}</p> }.into_any(),
        Refused::Nothing => view! { <p>{t.nothing}</p> }.into_any(),
        Refused::Broken => view! { <p>{t.broken}</p> }.into_any(),
    };
    view! { <div class="n-note n-note--error" role="alert"><crate::ui::Icon shape=crate::ui::Shape::Alert/><div class="n-note__words">{words}</div></div> }
        .into_any()
}

/// Links to revisions.
pub(super) fn touched(revisions: &[Revision]) -> AnyView {
    let t = use_locale().telephone_setup();
    let links = revisions.iter().map(|revision| {
        let href = super::history::address(revision.id);
        view! { <li><a href=href>{(t.revision)(revision.id)}</a></li> }
    });
    view! { <ul class="n-plain">{links.collect_view()}</ul> }.into_any()
}
