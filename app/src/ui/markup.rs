//! Markup as text, for the hundreds of small parts of a map and a list: one string a seat instead of a dozen nodes that the
//! program builds, hydrates and compares. Goes into a view as `inner_html`; what comes from people can only enter escaped.

/// Markup under construction.
#[derive(Default)]
pub struct Markup(String);

impl Markup {
    /// Markup of our own, as it stands in the source.
    pub fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Words or the value of an attribute, escaped for both places.
    pub fn text(&mut self, words: &str) -> &mut Self {
        let mut rest = words;
        while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
            let (plain, special) = rest.split_at(at);
            self.0.push_str(plain);
            self.0.push_str(match special.as_bytes()[0] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                _ => "&#39;",
            });
            rest = &special[1..];
        }
        self.0.push_str(rest);
        self
    }

    /// A number.
    pub fn number(&mut self, number: impl Into<i64>) -> &mut Self {
        self.0.push_str(&number.into().to_string());
        self
    }

    /// The text of the markup.
    #[must_use]
    pub fn finish(&mut self) -> String {
        std::mem::take(&mut self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cannot_become_markup() {
        let hostile = "</text><script>alert('1')</script>\" onload=\"x&";
        let made = Markup::default().raw("<text y=\"").number(-3).raw("\" class=\"").text(hostile).raw("\">").text(hostile).raw("</text>").finish();
        assert_eq!(made.matches('<').count(), 2);
        assert_eq!(made.matches('"').count(), 4);
        assert!(!made.contains('\'') && made.ends_with("x&amp;</text>"));
    }
}
