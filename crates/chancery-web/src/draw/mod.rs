//! Pictures: SVG made of the same rows that the tables print. No fonts, scripts or files from outside.
//!
//! A picture is drawn once and written twice: *inline* in a page, coloured by the page's style sheet, or *alone* as a
//! file that carries its own. What colour tells is told by shape too: sure is filled, possible dotted, denied hollow,
//! disputed hatched.
mod map;
mod matrix;
mod network;
mod scale;
mod timeline;
mod world;

pub use map::map;
pub use matrix::matrix;
pub use network::network;
pub use timeline::{Story, timeline};

use std::fmt::Write;

/// The colours of all pictures, for light and dark.
pub const STYLE: &str = include_str!("../../assets/draw.css");

/// Where a mark leads: from what it stands for to an address; `None` draws it without a link.
pub type Link<'a> = &'a dyn Fn(Target<'_>) -> Option<String>;

/// What a mark stands for.
#[derive(Debug, Clone, Copy)]
pub enum Target<'a> {
    /// The claims it rests on; never empty.
    Claims(&'a [String]),
    /// Two actors, by their ids.
    Pair(&'a str, &'a str),
    Actor(&'a str),
}

/// A finished drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    width: u32,
    height: u32,
    title: String,
    /// What it shows, for those who cannot see it.
    told: String,
    body: String,
}

impl Picture {
    /// As an element of a page that has [`STYLE`].
    pub fn inline(&self) -> String {
        self.element(&format!("class=\"picture\" width=\"{}\" height=\"{}\"", self.width, self.height), "")
    }

    /// As a file of its own.
    pub fn alone(&self) -> String {
        let size = format!("class=\"picture alone\" width=\"{}\" height=\"{}\"", self.width, self.height);
        let ground = format!("<rect class=\"ground\" width=\"{}\" height=\"{}\"/>", self.width, self.height);
        let head = format!("<style>{}</style>{ground}", STYLE);
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", self.element(&size, &head))
    }

    fn element(&self, attributes: &str, head: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" {attributes} viewBox=\"0 0 {} {}\" role=\"group\" \
             aria-label=\"{}\"><title>{}</title><desc>{}</desc>{head}{PATTERNS}{}</svg>",
            self.width,
            self.height,
            esc(&self.title),
            esc(&self.title),
            esc(&self.told),
            self.body
        )
    }
}

/// Hatching for what is disputed, dots for what is possible.
const PATTERNS: &str = "<defs>\
<pattern id=\"hatch\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
<rect class=\"hatch\" width=\"3\" height=\"7\"/></pattern>\
<pattern id=\"dots\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
<circle class=\"dot\" cx=\"2\" cy=\"2\" r=\"1.3\"/></pattern>\
</defs>";

/// Days since the epoch.
pub fn day_number(d: jiff::civil::Date) -> i64 {
    scale::number(d) as i64
}

/// Text as it may stand in markup, in or out of quotes. What no XML document may hold is replaced.
pub fn esc(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// At most `n` characters, the last an ellipsis where some are left out.
fn short(text: &str, n: usize) -> String {
    if text.chars().count() <= n {
        return text.to_string();
    }
    text.chars().take(n - 1).collect::<String>().trim_end().to_string() + "…"
}

/// At most `n` characters: the middle goes, since names that begin alike differ at the end.
fn middle(text: &str, n: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= n {
        return text.to_string();
    }
    let (head, tail) = (n * 3 / 5, n - n * 3 / 5 - 1);
    chars[..head].iter().chain(&['…']).chain(&chars[chars.len() - tail..]).collect()
}

/// Shapes, inside a link if there is one, with what they tell when pointed at.
fn told(out: &mut String, href: Option<String>, title: &str, shapes: &str) {
    let _ = match href {
        Some(h) => write!(
            out,
            "<a href=\"{}\" aria-label=\"{}\"><title>{}</title>{shapes}</a>",
            esc(&h),
            esc(title),
            esc(title)
        ),
        None => write!(out, "<g><title>{}</title>{shapes}</g>", esc(title)),
    };
}

fn text(out: &mut String, class: &str, x: f64, y: f64, words: &str) {
    let _ = write!(out, "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", esc(words));
}

/// What the shapes mean, in a row.
fn legend(out: &mut String, x: f64, y: f64, keys: &[(&str, &str)]) {
    let mut x = x;
    for (class, words) in keys {
        let _ = match *class {
            "mark" => write!(out, "<circle class=\"mark\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"5\"/>", x + 8.0, y - 4.0),
            "mark hollow" => {
                write!(out, "<circle class=\"mark hollow\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"5\"/>", x + 8.0, y - 4.0)
            }
            class => {
                let rect = |class: &str| {
                    format!(
                        "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{:.1}\" width=\"18\" height=\"12\" rx=\"2\"/>",
                        y - 10.0
                    )
                };
                let over = match class {
                    "yes disputed" => rect("over"),
                    "possibly" => rect("spots"),
                    _ => String::new(),
                };
                write!(out, "{}{over}", rect(class))
            }
        };
        text(out, "key", x + 24.0, y, words);
        x += 24.0 + 6.6 * words.chars().count() as f64 + 18.0;
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_breaks_out_of_the_markup() {
        assert_eq!(super::esc("<a b=\"'&\u{0}\u{202e}"), "&lt;a b=&quot;&#39;&amp;\u{fffd}\u{fffd}");
        assert_eq!(super::short("Afghanistan", 6), "Afgha…");
        assert_eq!(super::middle("Islamic Emirate (1996–2001)", 20), "Islamic Emir…6–2001)");
    }
}
