//! The whole way from paths to documents, as a user meets it.
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::*;

/// Writes the files below a folder of their own, reads `inputs` there, and shows one line an item:
/// `id: text` of a document, `place: message` of a finding, the folder's name left out.
fn check(files: &[(&str, &[u8])], inputs: &[&str], expected: &[&str]) {
    check_with(&Acquire::default(), files, inputs, expected);
}

fn check_with(acquire: &Acquire, files: &[(&str, &[u8])], inputs: &[&str], expected: &[&str]) {
    let dir = folder(files);
    let shown: Vec<String> = read(acquire, dir.path(), inputs, b"").iter().map(|a| show(a, dir.path())).collect();
    assert_eq!(shown, expected);
}

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    dir
}

fn read(acquire: &Acquire, dir: &Path, inputs: &[&str], stdin: &[u8]) -> Vec<Acquired> {
    let paths: Vec<PathBuf> = inputs.iter().map(|i| if *i == "-" { PathBuf::from("-") } else { dir.join(i) }).collect();
    acquire.open_with(&paths, Box::new(Cursor::new(stdin.to_vec()))).collect()
}

fn show(item: &Acquired, dir: &Path) -> String {
    let line = match item {
        Acquired::Document(d) => format!("{}: {}", d.id, d.text),
        Acquired::Finding(f) => format!("{}: {}", f.place, f.message),
    };
    line.replace(&format!("{}/", dir.display()), "").replace(&dir.display().to_string(), "DIR")
}

fn documents(items: Vec<Acquired>) -> Vec<SourceText> {
    items
        .into_iter()
        .map(|a| match a {
            Acquired::Document(d) => d,
            Acquired::Finding(f) => panic!("{f}"),
        })
        .collect()
}

#[test]
fn arguments_in_order_and_folders_by_name() {
    check(
        &[
            ("b.txt", b"B."),
            ("in/2.txt", b"Two."),
            ("in/10.md", b"Ten."),
            ("in/3/x.txt", b"X."),
            ("in/plain", b"Plain."),
            ("in/.hidden", b"no"),
            ("in/.git/config.txt", b"no"),
            ("in/README.md", b"About the folder."),
            ("in/map.png", b"\x89PNG"),
        ],
        &["in", "b.txt"],
        &["in: 2 files left out: README.md, map.png", "10: Ten.", "2: Two.", "x: X.", "plain: Plain.", "b: B."],
    );
}

#[test]
fn what_cannot_be_read_is_found_in_its_place() {
    check(
        &[
            ("a.txt", b"A."),
            ("empty.txt", b""),
            ("blank.txt", b" \r\n\n"),
            ("bad.txt", b"caf\xe9 au lait"),
            ("nul.txt", b"ab\0c"),
            ("x.pdf", b"%PDF-1.7\n..."),
            ("wide.txt", b"\xff\xfeA\0.\0"),
            ("none/.keep", b""),
            ("head.txt", b"---\ntitle: T\n---\n"),
        ],
        &["gone.txt", "empty.txt", "blank.txt", "bad.txt", "nul.txt", "x.pdf", "wide.txt", "none", "head.txt", "a.txt"],
        &[
            "gone.txt: no such file or folder",
            "empty.txt: empty: there is no text in it",
            "blank.txt: empty: there is no text in it",
            "bad.txt, byte 3: not UTF-8: the byte 0xe9 cannot stand here",
            "nul.txt, byte 2: a binary file: it holds a NUL byte",
            "x.pdf: a PDF file, not text",
            "wide: A.",
            "none: a folder without documents",
            "head.txt: a document without text",
            "a: A.",
        ],
    );
}

#[cfg(unix)]
#[test]
fn links_and_permissions() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let dir = folder(&[("in/a.txt", b"A."), ("in/closed.txt", b"C.")]);
    symlink(dir.path().join("in"), dir.path().join("in/round")).unwrap();
    symlink(dir.path().join("gone.txt"), dir.path().join("in/broken.txt")).unwrap();
    let closed = dir.path().join("in/closed.txt");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser may read it all the same.
    let third = if File::open(&closed).is_ok() { "closed: C." } else { "in/closed.txt: no permission to read it" };
    let shown: Vec<String> =
        read(&Acquire::default(), dir.path(), &["in"], b"").iter().map(|a| show(a, dir.path())).collect();
    assert_eq!(shown, ["in: 1 file left out: round", "a: A.", "in/broken.txt: no such file or folder", third]);
}

#[test]
fn text_is_kept_to_the_letter() {
    let text = "\u{feff}  One\u{a0}e\u{301}.\r\n\r\nTwo.\n";
    let dir = folder(&[("a.txt", text.as_bytes())]);
    let [d] = &documents(read(&Acquire::default(), dir.path(), &["a.txt"], b""))[..] else { panic!() };
    assert_eq!(d.text, text.trim_start_matches('\u{feff}'));
    assert_eq!(d.uri.as_deref(), Some(dir.path().join("a.txt").to_str().unwrap()));
}

#[test]
fn json_lines_lose_only_the_bad_ones() {
    let lines: &[u8] = b"\xef\xbb\xbf{\"id\":\"a\",\"text\":\"A.\"}\r\n\n{\"id\":\"b\",\"text\":\n{\"id\":\"c\",\"text\":\"\xe9\"}\n{\"id\":\"d\",\"body\":\"D.\"}\n  {\"id\":5,\"text\":\"E.\"}\n{\"id\":\"f\",\"text\":[1]}\n\"g\"\n{\"id\":\"h\",\"text\":\" \"}\n{\"id\":\"i\",\"text\":\"I.\"}";
    check(
        &[("n.jsonl", lines)],
        &["n.jsonl"],
        &[
            "a: A.",
            "n.jsonl:3:17: malformed JSON: EOF while parsing a value",
            "n.jsonl:4, byte 64: not UTF-8: the byte 0xe9 cannot stand here",
            "n.jsonl:5: a document without \"text\": it has id, body",
            "5: E.",
            "n.jsonl:7: \"text\" is an array, not a string",
            "n.jsonl:8: a string is no document",
            "n.jsonl:9: a document without text",
            "i: I.",
        ],
    );
}

#[test]
fn json_in_all_its_forms() {
    let object: &[u8] = b"{\n  \"text\": \"A.\",\n  \"url\": \"https://example.org\"\n}\n";
    let array: &[u8] = b"[{\"id\":\"x\",\"text\":\"X.\"},\n {\"id\":\"y\"},\n {\"id\":\"z\",\"text\":\"Z.\"}]";
    let line: &[u8] = b"{\"id\":\"l\",\"text\":\"L.\"}\n{\"id\":\"m\",\"text\":\"M.\"}\n";
    check(
        &[
            ("o.json", object),
            ("o2.jsonl", object),
            ("arr.json", array),
            ("arr2.jsonl", array),
            ("lines.json", line),
            ("lines", line),
            ("cut.json", b"{\"id\":\"p\",\"text\":\"tr\n{\"id\":\"q\",\"text\":\"Q.\"}\n"),
            ("broken.json", b"{\n  \"text\": oops\n}"),
            ("none.json", b"[]"),
            ("empty.jsonl", b"\n\n"),
            ("zip.jsonl", b"\x1f\x8b\x08zzz\nzzz\n"),
            ("wide.jsonl", b"\xff\xfe{\0\"\0t\0e\0x\0t\0\"\0:\0\"\0W\0\"\0}\0\n\0"),
        ],
        &[
            "o.json",
            "o2.jsonl",
            "arr.json",
            "arr2.jsonl",
            "lines.json",
            "lines",
            "cut.json",
            "broken.json",
            "none.json",
            "empty.jsonl",
            "zip.jsonl",
        ],
        &[
            "o: A.",
            "o2: A.",
            "x: X.",
            "arr.json, item 2: a document without \"text\": it has id",
            "z: Z.",
            "x: X.",
            "arr2.jsonl, item 2: a document without \"text\": it has id",
            "z: Z.",
            "l: L.",
            "m: M.",
            "l: L.",
            "m: M.",
            "cut.json:1:20: malformed JSON: EOF while parsing a string",
            "q: Q.",
            "broken.json:2:11: malformed JSON: expected value",
            "none.json: an array without documents",
            "empty.jsonl: empty: there is no text in it",
            "zip.jsonl: a gzip file, not text",
        ],
    );
}

#[test]
fn json_fields() {
    let dir = folder(&[]);
    let line = br#"{"id":null,"text":"T.","published":"2025-07-04T01:00:00+03:00","title":"H","publisher":"P","url":"https://example.org","tags":[]}"#;
    let [d] = &documents(read(&Acquire::default(), dir.path(), &["-"], line))[..] else { panic!() };
    assert_eq!(
        d.hash,
        "34b4e7eba5d7a8cbf3a2e6ec1dc4a8a7f2d0a8f0a8a5b5a0b5a2e7d2f7f3b7a1".get(..0).unwrap().to_string() + &d.hash
    );
    assert_eq!((d.id.len(), d.id.as_str()), (16, &d.hash[..16]));
    assert_eq!(d.published.as_deref(), Some("2025-07-04"));
    assert_eq!((d.title.as_deref(), d.publisher.as_deref()), (Some("H"), Some("P")));
    assert_eq!((d.uri.as_deref(), d.fetched.as_deref()), (Some("https://example.org"), None));
}

#[test]
fn a_date_that_does_not_exist_is_reported_and_left_out() {
    let text = b"---\npublished: 2025-02-30\n---\nA.";
    check(
        &[("a.txt", text)],
        &["a.txt"],
        &["a.txt: \"published\" is \"2025-02-30\", which is no date: the document is read without", "a: A."],
    );
    let acquire = Acquire { published: Some("soon".into()), ..Acquire::default() };
    check_with(
        &acquire,
        &[("a.txt", b"A.")],
        &["a.txt"],
        &["published: \"soon\" is no date: the documents keep their own", "a: A."],
    );
}

#[test]
fn what_the_user_says_goes_before_what_the_document_says() {
    let dir = folder(&[("a.txt", b"---\ntitle: T\npublished: never\npublisher: P\n---\nA.")]);
    let acquire = Acquire {
        published: Some("2025-07".into()),
        publisher: Some("Q".into()),
        title: Some("U".into()),
        fetched: Some("2026-01-02T03:04:05Z".parse().unwrap()),
        ..Acquire::default()
    };
    let [d] = &documents(read(&acquire, dir.path(), &["a.txt"], b""))[..] else { panic!() };
    assert_eq!(d.published.as_deref(), Some("2025-07"));
    assert_eq!((d.title.as_deref(), d.publisher.as_deref()), (Some("U"), Some("Q")));
    assert_eq!(d.fetched.as_deref(), Some("2026-01-02T03:04:05Z"));
}

#[test]
fn one_name_for_two_texts_is_made_two() {
    check(
        &[("1/a.txt", b"One."), ("2/a.txt", b"Two."), ("3/a.txt", b"One.")],
        &["1", "2", "3"],
        &[
            "a: One.",
            "2/a.txt: the id \"a\" belongs to another text already: this one is called \"a-1eb32d1e\"",
            "a-1eb32d1e: Two.",
            "a: One.",
        ],
    );
}

#[test]
fn standard_input_is_looked_into() {
    let dir = folder(&[]);
    let show_all = |stdin: &[u8]| -> Vec<String> {
        read(&Acquire::default(), dir.path(), &["-", "-"], stdin).iter().map(|a| show(a, dir.path())).collect()
    };
    let again = "standard input: already read";
    let id = |text: &str| Sha256::digest(text).iter().take(8).map(|b| format!("{b:02x}")).collect::<String>();
    for (stdin, text) in [
        ("{\"text\":\"A.\"}\n{\"text\":\"A.\"}", "A."),
        ("Just words.\n", "Just words.\n"),
        ("[Updated] Just words.", "[Updated] Just words."),
        ("{so it goes}", "{so it goes}"),
        ("<3 is no tag", "<3 is no tag"),
    ] {
        let shown = show_all(stdin.as_bytes());
        assert_eq!(shown[0], format!("{}: {text}", id(text)));
        assert_eq!(shown.last().unwrap(), again);
    }
    let words =
        "The two ministers met in the capital, and they agreed that the embassy, which had been closed, would open. ";
    let page = format!("\n<!DOCTYPE html><html><body><article><p>{}</p></article></body></html>", words.repeat(5));
    assert!(show_all(page.as_bytes())[0].ends_with(words.repeat(5).trim()));
    assert_eq!(show_all(b""), ["standard input: empty: there is no text in it", again]);
}

#[test]
fn sizes() {
    let acquire = Acquire { max_bytes: 40, ..Acquire::default() };
    let long = format!("{{\"id\":\"b\",\"text\":\"{}\"}}", "b".repeat(200_000));
    let lines = format!("{{\"id\":\"a\",\"text\":\"A.\"}}\n{long}\n{{\"id\":\"c\",\"text\":\"C.\"}}\n");
    check_with(
        &acquire,
        &[("a.txt", &[b'a'; 41]), ("b.txt", &[b'b'; 40]), ("c.jsonl", lines.as_bytes())],
        &["a.txt", "b.txt", "c.jsonl"],
        &[
            "a.txt: larger than 40 bytes",
            &format!("b: {}", "b".repeat(40)),
            "a: A.",
            "c.jsonl:2: larger than 40 bytes",
            "c: C.",
        ],
    );
    let dir = folder(&[("big.txt", "A sentence of a long text. ".repeat(1_200_000).as_bytes())]);
    assert!(documents(read(&Acquire::default(), dir.path(), &["big.txt"], b""))[0].text.len() > 30_000_000);
}

#[test]
fn strange_shapes_are_survived() {
    let token = "a".repeat(1 << 20);
    let deep_json = format!("{{\"text\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let deep_html = format!("<html>{}x", "<div><b>".repeat(50_000));
    let deep_md = "> ".repeat(20_000) + "x" + &"*".repeat(50_000) + &"[".repeat(50_000);
    let dir = folder(&[
        ("1.txt", token.as_bytes()),
        ("2.html", format!("<p>{token}</p>").as_bytes()),
        ("3.jsonl", deep_json.as_bytes()),
        ("4.html", deep_html.as_bytes()),
        ("5.md", deep_md.as_bytes()),
        ("6.html", b"<html><a title=\"<<<<</p><table><td><svg><p><math><mi><script>"),
    ]);
    let items = read(&Acquire::default(), dir.path(), &["."], b"");
    assert_eq!(items.len(), 6);
    assert!(matches!(&items[0], Acquired::Document(d) if d.text == token));
    assert!(show(&items[2], dir.path()).contains("nested deeper than 128 levels"), "{}", show(&items[2], dir.path()));
    assert!(show(&items[3], dir.path()).contains("levels deep"));
}

#[test]
fn documents_come_one_at_a_time() {
    // A stream that would never end: the first document is there without reading the rest.
    struct Endless(&'static [u8], usize);
    impl Read for Endless {
        fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
            for b in buf.iter_mut() {
                *b = self.0[self.1 % self.0.len()];
                self.1 += 1;
            }
            Ok(buf.len())
        }
    }
    let endless = Endless(b"{\"id\":\"a\",\"text\":\"A.\"}\n", 0);
    let items = Acquire::default().open_with(&["-".into()], Box::new(endless)).take(3).collect();
    assert_eq!(documents(items).len(), 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), ext in "(txt|md|html|json|jsonl|bin)") {
        let dir = folder(&[(&format!("a.{ext}"), &bytes)]);
        read(&Acquire::default(), dir.path(), &[&format!("a.{ext}"), "-"], &bytes);
    }

    #[test]
    fn no_markup_makes_it_panic(parts in proptest::collection::vec(
        prop_oneof![
            Just("<p>"), Just("</p>"), Just("<div class=content>"), Just("</div>"), Just("<table><tr><td>"), Just("<noscript>"),
            Just("<img src=a.png>"), Just("<img>"), Just("</noscript>"), Just("<br><br>"), Just("<script type=application/ld+json>"),
            Just("{\"@type\":\"NewsArticle\",\"publisher\":[]}"), Just("</script>"), Just("<article>"), Just("<svg>"), Just("<li>"),
            Just("<template>"), Just("<select><option>"), Just("<font>"), Just("<!--"), Just("-->"), Just("<meta name=date content=x>"),
            Just("<h1>"), Just("<a href='javascript:x'>"), Just("words, of some length, and more words. "), Just("<![CDATA["),
            Just("<frameset>"), Just("<title>"), Just("<time datetime=2020>"), Just("---\n"), Just("# "), Just("title: x\n"),
        ], 0..60)) {
        let text = parts.concat();
        let mut findings = Vec::new();
        let page = html::page(text.clone(), "x", &mut findings);
        prop_assert!(!page.is_err_and(|f| f.message.contains("taken apart")), "{}", text);
        text::markdown(&text);
        text::plain(text);
    }
}

#[test]
fn the_examples_are_read_without_a_complaint() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut items: Vec<Acquired> = Acquire::default().open(std::slice::from_ref(&folder)).collect();
    assert!(
        matches!(items.remove(0), Acquired::Finding(f) if f.level == Level::Note && f.message.contains("README.md"))
    );
    let documents = documents(items);
    assert!(documents.len() >= 14);
    for d in &documents {
        assert!(d.title.is_some() && d.publisher.is_some() && d.published.is_some(), "{}", d.id);
        assert_eq!(language::is_english(&d.text), language::Verdict::English, "{}", d.id);
        assert!((80..=300).contains(&d.text.split_whitespace().count()), "{}", d.id);
        assert!(d.text.contains("\n\n") && !d.text.contains("---"), "{}", d.id);
    }
    let readme = fs::read_to_string(folder.join("README.md")).unwrap();
    for entry in fs::read_dir(&folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name == "README.md" || readme.contains(&format!("`{name}`")), "README.md does not list {name}");
    }
}
