//! Web pages: the article without its frame, and what the page says of itself.
//!
//! The text is found by `dom_smoothie` (the Readability algorithm of Firefox's reader view), then laid
//! out here: a paragraph per block, list item and table row, white space folded, captions left out.
//! Title, publisher and day come from what pages declare for machines (JSON-LD, `meta`), in the order
//! below; only the day falls back to a `<time>`, and only to one that can be no other article's.
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use chancery_core::{Finding, Level};
use dom_query::Document;
use dom_smoothie::{Config, Readability};
use serde_json::Value;

use super::{Draft, date, language};

/// Pages nested deeper than this are not read: browsers stop at 512, and building such a tree takes
/// time that grows with the square of the depth.
const MAX_DEPTH: usize = 1_000;

const TITLE: &[&str] = &["og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title"];
const PUBLISHER: &[&str] = &[
    "og:site_name",
    "citation_publisher",
    "citation_journal_title",
    "dc.publisher",
    "dcterms.publisher",
    "application-name",
];
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "dc.date.issued",
    "dc.date",
    "dc.date.created",
    "dcterms.issued",
    "dcterms.date",
    "dcterms.created",
    "parsely-pub-date",
    "sailthru.date",
    "datepublished",
    "pubdate",
    "publish-date",
    "date",
];

const NO_ARTICLE: &str = "save the article's text as a .txt file";

/// Reads one page; a page without an article is a finding.
pub(super) fn page(html: String, place: &str, findings: &mut Vec<Finding>) -> Result<Draft, Finding> {
    let error = |message: String| Finding::new(Level::Error, place, message, NO_ARTICLE);
    let depth = depth(&html);
    if depth > MAX_DEPTH {
        return Err(error(format!("HTML nested {depth} levels deep, more than {MAX_DEPTH}")));
    }
    // The extraction is foreign code over wild input: its panic costs this page, not the batch.
    catch_unwind(AssertUnwindSafe(|| read(html, place, findings)))
        .unwrap_or_else(|_| Err(error("this HTML page cannot be taken apart".into())))
}

fn read(html: String, place: &str, findings: &mut Vec<Finding>) -> Result<Draft, Finding> {
    let error = |message: &str| Finding::new(Level::Error, place, message, NO_ARTICLE);
    let doc = Document::from(html);
    let meta = Meta::read(&doc);
    let lang = declared_language(&doc);

    doc.select("figure, figcaption, template").remove();
    let config = Config { disable_json_ld: true, ..Config::default() };
    let article = Readability::with_document(doc, None, Some(config))
        .and_then(|mut page| page.parse())
        .map_err(|_| error("an HTML page without an article"))?;
    let content = Document::fragment(&*article.content);
    let text = lay_out(&content);
    if !is_article_text(&text, &content) {
        return Err(error("an HTML page without an article"));
    }

    if let Some(lang) = lang.filter(|l| !l.to_ascii_lowercase().starts_with("en"))
        && language::is_english(&text) == language::Verdict::Unknown
    {
        let message = format!("the page says that its language is {lang:?}, and its text is too short to tell");
        findings.push(Finding::new(Level::Warning, place, message, "only English is read"));
    }
    Ok(Draft {
        id: None,
        title: meta.title.or_else(|| Some(folded(&article.title)).filter(|t| !t.is_empty())),
        published: meta.published,
        publisher: meta.publisher,
        uri: meta.uri,
        text,
    })
}

/// The text of the article's HTML: one paragraph a block, an empty line between two.
fn lay_out(doc: &Document) -> String {
    doc.select("li, br, tr, dt, dd").rename("p");
    let text = doc.formatted_text();
    let mut out = String::with_capacity(text.len());
    let mut apart = false;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            apart = true;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if apart { "\n\n" } else { "\n" });
        }
        out.push_str(line);
        apart = false;
    }
    out
}

/// Where there is no article the extraction hands over what there is: a heading, a menu.
fn is_article_text(text: &str, doc: &Document) -> bool {
    let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).count();
    let linked: usize = doc.select("a").iter().map(|a| letters(&a.text())).sum();
    let sentence = text.contains(['.', '!', '?', '。', '।', '؟']) || text.split_whitespace().count() > 12;
    sentence && linked * 10 < letters(text) * 8
}

/// What a page declares of itself.
#[derive(Default)]
struct Meta {
    title: Option<String>,
    published: Option<String>,
    publisher: Option<String>,
    uri: Option<String>,
}

impl Meta {
    fn read(doc: &Document) -> Meta {
        let tags: Vec<(String, String)> = doc
            .select("meta[content]")
            .iter()
            .filter_map(|m| {
                let key = m.attr("property").or_else(|| m.attr("name")).or_else(|| m.attr("itemprop"))?;
                let value = folded(&m.attr("content")?);
                (!value.is_empty()).then(|| (key.trim().to_ascii_lowercase(), value))
            })
            .collect();
        let all = |keys: &'static [&str]| {
            let tags = &tags;
            keys.iter().flat_map(move |key| tags.iter().filter(move |(k, _)| k == key).map(|(_, v)| v.clone()))
        };
        let first = |keys: &'static [&str]| all(keys).next();

        let ld = JsonLd::read(doc);
        let mut dates: Vec<String> = ld.published.into_iter().chain(all(PUBLISHED)).collect();
        if dates.is_empty() {
            dates.extend(times(doc));
        }
        // The first that is a date; a page with none but broken ones hands over the first, to be reported.
        let day = dates.iter().find_map(|d| date::published(d)).or_else(|| dates.first().cloned());
        let address = |s: &String| s.starts_with("https://") || s.starts_with("http://");
        let canonical = doc.select("link[rel=canonical]").attr("href").map(|s| s.trim().to_string());
        Meta {
            title: ld.title.or_else(|| first(TITLE)),
            published: day,
            publisher: ld.publisher.or_else(|| first(PUBLISHER)),
            uri: canonical.filter(address).or_else(|| first(&["og:url"]).filter(address)),
        }
    }
}

/// `<time datetime>`: the article's own, else the only one of the page.
fn times(doc: &Document) -> Option<String> {
    let of = |selector: &str| -> Vec<String> {
        doc.select(selector).iter().filter_map(|t| Some(t.attr("datetime")?.trim().to_string())).collect()
    };
    for own in [
        "time[pubdate][datetime]",
        "time[itemprop=datePublished][datetime]",
        "article time[datetime]",
        "main time[datetime]",
    ] {
        if let Some(first) = of(own).into_iter().next() {
            return Some(first);
        }
    }
    let mut all = of("time[datetime]");
    all.dedup();
    (all.len() == 1).then(|| all.remove(0))
}

/// The article of a page's JSON-LD (`NewsArticle`, `Article`, `BlogPosting`, ...).
#[derive(Default)]
struct JsonLd {
    title: Option<String>,
    published: Option<String>,
    publisher: Option<String>,
}

impl JsonLd {
    fn read(doc: &Document) -> JsonLd {
        let scripts = doc.select("script[type=\"application/ld+json\"]");
        let values: Vec<Value> = scripts.iter().filter_map(|s| serde_json::from_str(s.text().trim()).ok()).collect();
        let nodes: Vec<&Value> = values.iter().flat_map(nodes).collect();
        let Some(article) = nodes.iter().find(|n| is_article(n)) else { return JsonLd::default() };
        let publisher = &article["publisher"];
        let publisher = publisher.get(0).unwrap_or(publisher);
        let name = publisher.as_str().or_else(|| publisher["name"].as_str()).or_else(|| {
            let id = publisher["@id"].as_str()?;
            nodes.iter().find(|n| n["@id"] == id && n["name"].is_string())?["name"].as_str()
        });
        let text = |v: Option<&str>| v.map(unescaped).map(|s| folded(&s)).filter(|s| !s.is_empty());
        JsonLd {
            title: text(article["headline"].as_str().or_else(|| article["name"].as_str())),
            published: text(article["datePublished"].as_str()),
            publisher: text(name),
        }
    }
}

/// The objects of a JSON-LD script: itself, the items of an array, of `@graph`.
fn nodes(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().flat_map(nodes).collect(),
        Value::Object(fields) => {
            let inner = ["@graph", "mainEntity"].iter().filter_map(|k| fields.get(*k)).flat_map(nodes);
            std::iter::once(value).chain(inner).collect()
        }
        _ => Vec::new(),
    }
}

fn is_article(node: &Value) -> bool {
    let is = |t: &str| t.ends_with("Article") || matches!(t, "BlogPosting" | "LiveBlogPosting" | "Report");
    match &node["@type"] {
        Value::String(t) => is(t),
        Value::Array(types) => types.iter().any(|t| t.as_str().is_some_and(is)),
        _ => false,
    }
}

/// Many sites escape the strings of their JSON-LD as if they were HTML.
fn unescaped(s: &str) -> Cow<'_, str> {
    match s.contains('&') {
        true => Cow::Owned(Document::fragment(s).text().to_string()),
        false => Cow::Borrowed(s),
    }
}

fn declared_language(doc: &Document) -> Option<String> {
    let lang =
        doc.select("html").attr("lang").or_else(|| doc.select("meta[http-equiv=content-language]").attr("content"))?;
    Some(lang.trim().to_string()).filter(|l| !l.is_empty())
}

fn folded(s: &str) -> String {
    s.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How deep the tags nest, at most: a scan, not a parse. Elements that close themselves (`<br>`) or
/// that the next of their kind closes (`<p>`, `<li>`) do not count.
fn depth(html: &str) -> usize {
    const FLAT: &[&str] = &[
        "a", "area", "base", "body", "br", "col", "dd", "dt", "embed", "head", "hr", "html", "img", "input", "li",
        "link", "meta", "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
    ];
    let bytes = html.as_bytes();
    let (mut open, mut deepest, mut i) = (0usize, 0usize, 0usize);
    while let Some(at) = bytes[i..].iter().position(|&b| b == b'<') {
        i += at + 1;
        if bytes[i..].starts_with(b"!--") {
            // From the first hyphen on: `<!-->` is a whole comment.
            i = html[i + 1..].find("-->").map_or(i, |end| i + 1 + end);
            continue;
        }
        let closing = bytes.get(i) == Some(&b'/');
        let start = i + usize::from(closing);
        if !bytes.get(start).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let name_end = bytes[start..]
            .iter()
            .position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
            .map_or(bytes.len(), |n| start + n);
        let name = String::from_utf8_lossy(&bytes[start..name_end.min(start + 32)]).to_ascii_lowercase();
        i = tag_end(bytes, name_end);
        let self_closed = i >= 2 && bytes[i - 2] == b'/' && bytes[i - 1] == b'>';
        if FLAT.contains(&name.as_str()) {
            continue;
        }
        if closing {
            open = open.saturating_sub(1);
        } else if matches!(name.as_str(), "script" | "style" | "textarea" | "title") {
            // Up to its end there are no tags.
            let end = format!("</{name}");
            let close = bytes[i..].windows(end.len()).position(|w| w.eq_ignore_ascii_case(end.as_bytes()));
            i = close.map_or(i, |n| i + n + end.len());
        } else if !self_closed {
            open += 1;
            deepest = deepest.max(open);
        }
    }
    deepest
}

/// Past the `>` of the tag whose name ends at `i`; quoted attributes may hold one.
fn tag_end(bytes: &[u8], mut i: usize) -> usize {
    let mut quote = None;
    let mut value = false; // a quote opens a value only after `=`
    while let Some(&b) = bytes.get(i) {
        i += 1;
        match (quote, b) {
            (Some(q), b) if b == q => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return i,
            (None, b'=') => value = true,
            (None, b'"' | b'\'') if value => (quote, value) = (Some(b), false),
            (None, b) if b.is_ascii_whitespace() => {}
            (None, _) => value = false,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "<p>Russia said on Thursday that it had recognised the Islamic Emirate, and its ambassador in Kabul, who met the acting foreign minister, called the step historic.</p><p>The ministry in Kabul welcomed the decision, while other capitals, among them Washington, kept their distance.</p><ul><li>First point, of some length.</li><li>Second point.</li></ul><p>Line one.<br>Line two.</p>";

    fn read_page(head: &str, body: &str) -> (Draft, Vec<Finding>) {
        let mut findings = Vec::new();
        let html = format!(
            "<!doctype html><html lang=en><head><title>Site title</title>{head}</head><body><nav><a href=/>Home</a> <a href=/w>World</a></nav>{body}<footer>All rights reserved</footer></body></html>"
        );
        (page(html, "p.html", &mut findings).unwrap(), findings)
    }

    #[test]
    fn the_article_without_its_frame_in_paragraphs() {
        let (d, findings) = read_page(
            "",
            &format!(
                "<article><h1>Site title</h1><figure><img src=a.jpg><figcaption>A caption</figcaption></figure>{BODY}</article>"
            ),
        );
        assert!(findings.is_empty());
        let paragraphs: Vec<&str> = d.text.split("\n\n").collect();
        assert!(paragraphs[0].starts_with("Russia said on Thursday"), "{:?}", d.text);
        assert_eq!(&paragraphs[2..], ["First point, of some length.", "Second point.", "Line one.", "Line two."]);
        for frame in ["Home", "rights reserved", "caption"] {
            assert!(!d.text.contains(frame), "{frame}: {}", d.text);
        }
        assert_eq!(d.title.as_deref(), Some("Site title"));
    }

    #[test]
    fn what_a_page_says_of_itself() {
        let check = |head: &str, body: &str, title: &str, publisher: Option<&str>, published: Option<&str>| {
            let (d, _) = read_page(head, &format!("<article>{body}{BODY}</article>"));
            assert_eq!(d.title.as_deref(), Some(title), "{head}");
            assert_eq!(d.publisher.as_deref(), publisher, "{head}");
            assert_eq!(d.published.as_deref(), published, "{head}");
        };
        check(
            r#"<meta property="og:title" content="T &amp; U"><meta property="og:site_name" content="Harbour Wire"><meta property="article:published_time" content="2025-07-03T22:10:00Z">"#,
            "",
            "T & U",
            Some("Harbour Wire"),
            Some("2025-07-03"),
        );
        check(
            r#"<meta name="citation_title" content="C"><meta name="citation_publisher" content="Press"><meta name="citation_date" content="2011/05/23">"#,
            "",
            "C",
            Some("Press"),
            Some("2011-05-23"),
        );
        check(r#"<meta name="DC.date" content="2008-02-18">"#, "", "Site title", None, Some("2008-02-18"));
        check(
            r#"<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"Organization","@id":"urn:o","name":"The Meridian Post"},{"@type":["NewsArticle"],"headline":"It&#39;s so","datePublished":"2025-07-04","publisher":{"@id":"urn:o"}}]}</script><meta property="og:title" content="Other">"#,
            "",
            "It's so",
            Some("The Meridian Post"),
            Some("2025-07-04"),
        );
        check(
            r#"<script type="application/ld+json">[{"@type":"NewsArticle","headline":"H","publisher":{"name":"P"}}]</script>"#,
            r#"<time datetime="2024-01-30T09:00">today</time>"#,
            "H",
            Some("P"),
            Some("2024-01-30"),
        );
        // Broken JSON-LD and a broken date leave the rest.
        check(
            r#"<script type="application/ld+json">{"@type":</script><meta name=date content="soon"><meta property="og:site_name" content="W">"#,
            "",
            "Site title",
            Some("W"),
            Some("soon"),
        );
    }

    #[test]
    fn times_of_other_articles_are_not_taken() {
        let (d, _) = read_page(
            "",
            &format!(
                "<div>{BODY}</div><aside><time datetime=2020-01-01>a</time><time datetime=2021-01-01>b</time></aside>"
            ),
        );
        assert_eq!(d.published, None);
    }

    #[test]
    fn the_address_of_the_page() {
        let (d, _) = read_page("<link rel=canonical href='https://example.org/a'>", BODY);
        assert_eq!(d.uri.as_deref(), Some("https://example.org/a"));
        let (d, _) = read_page("<link rel=canonical href='/a'>", BODY);
        assert_eq!(d.uri, None);
    }

    #[test]
    fn no_article_is_a_finding() {
        let menu = format!(
            "<html><body><ul>{}</ul></body></html>",
            "<li><a href=/x>A story of the day, told in short.</a></li>".repeat(30)
        );
        for html in [
            "<html></html>",
            "<html><body><nav><a href=/>Home</a></nav></body></html>",
            "<html><script>var a = 1;</script>",
            &menu,
        ] {
            let f = page(html.into(), "p.html", &mut Vec::new()).map(|d| d.text).unwrap_err();
            assert!(f.message.contains("without an article"), "{f}");
        }
    }

    #[test]
    fn depth_counts_what_nests() {
        for (html, n) in [
            ("<div><div></div><b>x</b></div>", 2),
            ("<p><p><p><li><br><img>", 0),
            ("<div title='<div><div>'>x</div>", 1),
            ("<div><script>'<div><div><div>'</script></div>", 1),
            ("<!-- <div><div> --><div>", 1),
            ("<!--><div>", 1),
            ("< div ><3 <é> a<b", 1),
            ("<svg><path d='1'/><path/></svg>", 1),
        ] {
            assert_eq!(depth(html), n, "{html}");
        }
    }

    #[test]
    fn deep_and_wide_pages_are_quick() {
        let started = std::time::Instant::now();
        let deep = "<div>".repeat(100_000) + "text";
        let f = page(deep, "deep.html", &mut Vec::new()).map(|d| d.text).unwrap_err();
        assert!(f.message.contains("100000 levels"), "{f}");
        let limit = format!(
            "<html><body>{}<p>{}</p>",
            "<div>".repeat(MAX_DEPTH - 10),
            "Words of a page, and more. ".repeat(40)
        );
        page(limit, "limit.html", &mut Vec::new()).unwrap();
        let wide = format!(
            "<html><body><article>{}</article>",
            "<p>A paragraph of a long page, with a comma.</p>".repeat(20_000)
        );
        assert!(page(wide, "wide.html", &mut Vec::new()).unwrap().text.len() > 800_000);
        assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    }
}
