//! `chancery model` as a user runs it. Without the language model the tests pass with a note.
use std::path::Path;
use std::process::Command;

/// Exit code, standard output, standard error.
fn chancery(args: &[&str]) -> (i32, String, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_chancery")).args(args).output().expect("the program starts");
    let text = |b: &[u8]| String::from_utf8_lossy(b).into_owned();
    (out.status.code().unwrap_or(-1), text(&out.stdout), text(&out.stderr))
}

#[test]
fn a_model_is_packed_checked_and_used() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = folder.path().join("dispatch.txt");
    std::fs::write(&text, "Oslo reopened its embassy in Damascus.\n").expect("it can be written");
    let text = text.to_string_lossy().into_owned();
    if let Ok(place) = chancery_parse::locate::locate(None) {
        let place = place.to_string_lossy().into_owned();
        let packed = folder.path().join("model.chancery");
        let packed_name = packed.to_string_lossy().into_owned();
        let (code, out, err) = chancery(&["model", "pack", "--model", &place, &packed_name]);
        assert!(code == 0 && out.starts_with(&packed_name) && out.contains("one file, "), "{out}{err}");
        for model in [&place, &packed_name] {
            let (code, out, err) = chancery(&["model", "check", model]);
            assert!(code == 0 && out.starts_with(model.as_str()) && out.lines().count() == 1, "{out}{err}");
        }
        let parse = |model: &str| chancery(&["parse", "--format", "conllu", "--model", model, &text]);
        assert_eq!(parse(&packed_name), parse(&place));

        let good = std::fs::read(&packed).expect("it is there");
        let mut bad = good.clone();
        bad[good.len() / 2] ^= 1;
        for (bytes, why) in [(&bad[..], "checksum"), (&good[..good.len() - 9], "cut short")] {
            std::fs::write(&packed, bytes).expect("it can be written");
            for args in [&["model", "check", &packed_name][..], &["parse", &text, "--model", &packed_name]] {
                let (code, out, err) = chancery(args);
                let named = err.contains(&packed_name) && err.contains(why) && err.lines().count() == 1;
                assert!(code == 1 && out.is_empty() && named, "{err}");
            }
        }
    } else {
        eprintln!("skipped: no language model (`make model`)");
    }
}

#[test]
fn what_is_no_model_is_said_to_be_none() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("note.txt");
    std::fs::write(&file, "a note").expect("it can be written");
    let name = |p: &Path| p.to_string_lossy().into_owned();
    let (code, _, err) = chancery(&["model", "check", &name(&file)]);
    assert!(code == 1 && err.contains("note.txt") && err.contains("not a packed model"), "{err}");
    let (code, _, err) = chancery(&["model", "check", &name(&folder.path().join("none"))]);
    assert!(code == 1 && err.contains("no language model at"), "{err}");
    let (code, _, err) = chancery(&["model", "pack", "--model", &name(folder.path()), &name(&file)]);
    assert!(code == 1 && err.contains("no language model at"), "{err}");
    assert_eq!(std::fs::read(&file).expect("still there"), b"a note");
}
