//! The pages in a real Chromium, driven through its DevTools pipe: paste a document, follow a claim to its words, move
//! the slider, correct by keyboard, undo a merge, settle a conflict; and markup in a text never runs.
//! Passes with a note where there is no Chromium or no language model.
#![cfg(unix)]
use chancery_parse::locate::locate;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

const EVIL: &str =
    "Russia recognised <script>window.ran=1</script><img src=x onerror=window.ran=1> Kosovo on 3 May 2024.";

/// A process that ends with the test.
struct Own(Child);

impl Drop for Own {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

struct Browser {
    _process: Own,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    session: String,
    calls: u64,
    /// What the console complained of.
    complaints: Vec<String>,
}

impl Browser {
    /// Chromium talks over file handles 3 and 4; a shell lays its own input and output there.
    fn start(dir: &Path) -> Option<Browser> {
        let chromium = ["chromium", "chromium-browser", "google-chrome"];
        let found = chromium.into_iter().find(|c| Command::new(c).arg("--version").output().is_ok())?;
        let profile = dir.join("profile");
        let line = format!(
            "exec {found} --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
             --disable-background-networking --disable-component-update --disable-sync --disable-dev-shm-usage \
             --window-size=1280,900 --user-data-dir='{}' --remote-debugging-pipe about:blank \
             3<&0 4>&1 </dev/null >/dev/null 2>&1",
            profile.display()
        );
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(line).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = shell.spawn().ok()?;
        let (to, from) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
        let process = Own(child);
        let mut b = Browser { _process: process, to, from, session: String::new(), calls: 0, complaints: Vec::new() };
        let target = b.call("Target.createTarget", json!({"url": "about:blank"}))["targetId"].clone();
        let session = b.call("Target.attachToTarget", json!({"targetId": target, "flatten": true}));
        b.session = session["sessionId"].as_str()?.to_string();
        for domain in ["Page", "Runtime", "Log"] {
            b.call(&format!("{domain}.enable"), json!({}));
        }
        Some(b)
    }

    fn call(&mut self, method: &str, params: Value) -> Value {
        self.ask(method, params).unwrap_or_else(|refusal| panic!("{method}: {refusal}"))
    }

    /// The answer to a message, or Chromium's refusal.
    fn ask(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        self.calls += 1;
        let mut message = json!({"id": self.calls, "method": method, "params": params});
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        self.to.write_all(format!("{message}\0").as_bytes()).expect("Chromium listens");
        loop {
            let mut bytes = Vec::new();
            self.from.read_until(0, &mut bytes).expect("Chromium answers");
            assert!(!bytes.is_empty(), "Chromium ended during {method}");
            bytes.pop();
            let got: Value = serde_json::from_slice(&bytes).expect("JSON");
            match got["method"].as_str() {
                Some("Log.entryAdded") => {
                    let entry = &got["params"]["entry"];
                    if entry["level"] == "error" {
                        self.complaints.push(entry["text"].to_string() + &entry["url"].to_string());
                    }
                }
                Some("Runtime.exceptionThrown") => self.complaints.push(got["params"].to_string()),
                _ => {}
            }
            if got["id"] == self.calls {
                return got.get("error").map_or_else(|| Ok(got["result"].clone()), |e| Err(e.clone()));
            }
        }
    }

    /// What a script yields; nothing where the page was left meanwhile (by a click of the script itself, or by one
    /// before it): the waits that follow tell whether it came to the right place.
    fn eval(&mut self, script: &str) -> Value {
        let got = match self.ask("Runtime.evaluate", json!({"expression": script, "returnByValue": true})) {
            Ok(got) => got,
            Err(e) if ["navigated", "context"].iter().any(|w| e["message"].to_string().contains(w)) => {
                return Value::Null;
            }
            Err(e) => panic!("{script}: {e}"),
        };
        assert!(got.get("exceptionDetails").is_none(), "{script}: {got}");
        got["result"]["value"].clone()
    }

    /// Waits until a script is true.
    fn wait(&mut self, script: &str) {
        let until = Instant::now() + Duration::from_secs(20);
        // A page being left throws: that is no failure, only not yet.
        let script = format!("(() => {{ try {{ return Boolean({script}) }} catch {{ return false }} }})()");
        while self.eval(&script) != true {
            assert!(Instant::now() < until, "never came: {script}\n{}", self.eval("document.body.innerText"));
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn go(&mut self, url: &str) {
        self.call("Page.navigate", json!({"url": url}));
        self.wait("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    fn key(&mut self, key: &str) {
        let text = json!({"type": "keyDown", "key": key, "text": key});
        self.call("Input.dispatchKeyEvent", text);
        self.call("Input.dispatchKeyEvent", json!({"type": "keyUp", "key": key}));
    }
}

#[test]
fn an_analyst_at_work() {
    let dir = tempfile::tempdir().expect("a folder");
    if locate(None).is_err() {
        eprintln!("skipped: no language model; `make model` fetches it");
        return;
    }
    let Some(mut b) = Browser::start(dir.path()) else {
        eprintln!("skipped: no Chromium");
        return;
    };
    let mut server = Command::new(env!("CARGO_BIN_EXE_chancery"));
    server.arg("serve").arg(dir.path().join("l.sqlite")).args(["--listen", "127.0.0.1:0", "--reviewer", "tester"]);
    server.env_remove("CHANCERY_DATA").env_remove("CHANCERY_TOKEN").stderr(Stdio::piped());
    let mut server = Own(server.spawn().expect("the program"));
    let mut told = BufReader::new(server.0.stderr.take().expect("its words"));
    let mut line = String::new();
    told.read_line(&mut line).expect("the address");
    let site = line.split_whitespace().next().expect("an address").trim_end_matches('/').to_string();
    std::thread::spawn(move || told.read_to_end(&mut Vec::new()));

    // Two papers, pasted, that do not agree on the day.
    for (publisher, day, published) in [("Wire", "3 July 2025", "2025-07-04"), ("Post", "5 July 2025", "2025-07-06")] {
        b.go(&format!("{site}/add"));
        let fill = |name: &str, text: &str| format!("document.querySelector('[name={name}]').value = {};", json!(text));
        let text = format!("Russia formally recognised the Islamic Emirate on {day}.");
        let script = [fill("text", &text), fill("publisher", publisher), fill("published", published)].concat();
        b.eval(&format!("{script} document.querySelector('form.stack button').click()"));
        b.wait("location.pathname === '/document' && document.querySelectorAll('.judge').length > 0");
    }
    // From a claim to its words.
    b.eval("document.querySelector('.text a.ref').click()");
    b.wait("document.querySelector('.card:target blockquote').innerText.includes('recognised')");
    // The pair tells of the conflict, and a mark leads to its quote.
    b.go(&format!("{site}/pair?a=Russia&b=Islamic+Emirate&at=2025-08-01"));
    b.wait("document.querySelector('.clash h3').innerText.includes('2 days apart')");
    b.wait("document.querySelector('.picture a[href^=\"#c-\"]')");
    b.eval("location.hash = document.querySelector('.picture a').getAttribute('href')");
    b.wait("document.querySelector('.card:target blockquote')");
    // The slider moves the day, and the day stays in the address.
    b.eval(
        "{ const s = document.querySelector('#slide'); s.value = 2025 * 12 + 5; s.dispatchEvent(new Event('change')) }",
    );
    b.wait("location.search.includes('at=2025-06-30') && !document.querySelector('.answer.yes')");
    b.wait("document.querySelector('.top nav a').search === '?at=2025-06-30'");

    // Correct the second paper by keyboard alone: to the claim, e, the date.
    b.go(&format!("{site}/documents"));
    b.eval("document.querySelector('tbody a').click()");
    b.wait("document.querySelectorAll('.judge').length > 0");
    for n in 1.. {
        b.key("j");
        b.wait(&format!("document.querySelectorAll('.judge')[{}].classList.contains('chosen')", n - 1));
        if b.eval("document.querySelector('.chosen .deed').innerText") == "recognition begins" {
            break;
        }
    }
    b.key("e");
    b.wait("location.pathname === '/claim' && document.querySelector('[name=when]')");
    b.eval("document.querySelector('[name=when]').focus()");
    b.call("Input.insertText", json!({"text": "2025-07-03"}));
    b.call(
        "Input.dispatchKeyEvent",
        json!({"type": "keyDown", "key": "Enter", "text": "\r", "windowsVirtualKeyCode": 13}),
    );
    b.wait("document.querySelector('.badge.correct')");
    b.go(&format!("{site}/pair?a=Russia&b=Islamic+Emirate&at=2025-08-01"));
    b.wait(
        "document.querySelector('.badge.correct') && !document.querySelector('main').innerText.includes('days apart')",
    );
    // Accept by keyboard, and take it back.
    b.go(&format!("{site}/documents"));
    b.eval("document.querySelectorAll('tbody a')[1].click()");
    b.wait("document.querySelectorAll('.judge').length > 0");
    b.key("j");
    b.key("a");
    b.wait("document.querySelector('.badge.accept')");

    // Merge, and undo.
    b.go(&format!("{site}/actor?id=RUS"));
    b.eval("document.querySelector('#who-b').value = 'GEO'; document.querySelector('#who-b').form.requestSubmit()");
    b.wait("document.querySelector('main').innerText.includes('judged to be the same')");
    b.eval("document.querySelector('[value=undo]').form.requestSubmit()");
    b.wait("!document.querySelector('main').innerText.includes('judged to be the same')");

    // Take the correction back: the conflict is there again; settle it by a policy.
    b.go(&format!("{site}/pair?a=Russia&b=Islamic+Emirate"));
    b.eval("document.querySelector('.card.is-correct a.id').click()");
    b.wait("document.querySelector('button[value=open]')");
    b.eval("document.querySelector('button[value=open]').click()");
    b.wait("location.pathname === '/claim' && !document.querySelector('button[value=open]')");
    b.go(&format!("{site}/conflicts"));
    b.eval("document.querySelector('.policies button').click()");
    b.wait("document.querySelector('.clash .badge.accept')");

    // Markup in a text is text.
    b.go(&format!("{site}/add"));
    b.eval(&format!(
        "document.querySelector('[name=text]').value = {0}; document.querySelector('[name=title]').value = {0}; \
         document.querySelector('form.stack button').click()",
        json!(EVIL)
    ));
    b.wait("location.pathname === '/document'");
    for path in ["", "/documents", "/timeline", "/map?actor=Kosovo", "/actor?id=RUS", "/pair?a=Russia&b=Kosovo"] {
        if !path.is_empty() {
            b.go(&format!("{site}{path}"));
        }
        assert_eq!(
            b.eval("window.ran === undefined && !document.querySelector('main img, main script')"),
            true,
            "{path}"
        );
    }
    // What a browser asks of its own accord and no page tells of is no fault of a page.
    assert!(b.complaints.is_empty(), "the console complains: {:#?}", b.complaints);
}
