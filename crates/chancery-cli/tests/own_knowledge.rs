//! docs/your-own-knowledge.md does what it says: its blocks are written to a folder, checked, and asked.
use chancery_parse::locate::locate;
use std::path::Path;
use std::process::{Command, Output};

fn chancery(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(args)
        .current_dir(dir)
        .env("CHANCERY_LEDGER", dir.join("l.sqlite"))
        .env_remove("CHANCERY_DATA")
        .output()
        .unwrap()
}

#[test]
fn the_page_is_followed_by_a_new_user() {
    if locate(None).is_err() {
        eprintln!("no language model: `make model` fetches it; passed without it");
        return;
    }
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/your-own-knowledge.md");
    let page = std::fs::read_to_string(page).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let mut files = 0;
    for block in page.split("```toml ").skip(1) {
        let (name, rest) = block.split_once('\n').unwrap();
        let file = dir.path().join("my-data").join(name.trim());
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, rest.split("```").next().unwrap()).unwrap();
        files += 1;
    }
    assert_eq!(files, 3);
    let done = chancery(dir.path(), &["data", "check", "my-data"]);
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success() && told.contains("2 catches and 1 leaves run"), "{told}");

    let text = "The River Council opened a grain corridor to Niger in May 2025, Ghana said.";
    std::fs::write(dir.path().join("article.txt"), text).unwrap();
    let read = chancery(dir.path(), &["read", "--data", "my-data", "article.txt"]);
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    let asked = chancery(dir.path(), &["status", "--data", "my-data", "River Council", "Niger", "--format", "jsonl"]);
    let row: serde_json::Value = serde_json::from_slice(&asked.stdout).unwrap();
    assert_eq!(
        (&row["predicate"], &row["answer"], &row["value"]["goods"]),
        (&"transit".into(), &"yes".into(), &"grain".into())
    );

    // an example that does not hold is told by file, line and frame
    let frames = dir.path().join("my-data/frames/mine.toml");
    let wrong = std::fs::read_to_string(&frames).unwrap().replace("goods=grain", "goods=rice");
    std::fs::write(&frames, wrong).unwrap();
    let done = chancery(dir.path(), &["data", "check", "my-data"]);
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(1));
    assert!(told.contains("frames/mine.toml:10") && told.contains("transit.open"), "{told}");
}
