//! Any bytes as a wheel: refused with a reason, or read as far as its files go; never a panic or runaway memory. Half of the
//! inputs are changes of a sound one, so that the way past the table of contents is walked too.
#![no_main]
use libfuzzer_sys::fuzz_target;
use std::path::PathBuf;
use std::sync::OnceLock;

/// A small zip file with the three files that make a folder a pipeline, none of them compressed.
fn sound() -> &'static Vec<u8> {
    static SOUND: OnceLock<Vec<u8>> = OnceLock::new();
    SOUND.get_or_init(|| {
        let files: [(&str, &[u8]); 3] = [
            ("a/a-1/config.cfg", b"[nlp]\nlang = \"en\"\npipeline = [\"tagger\"]\n"),
            ("a/a-1/meta.json", b"{\"lang\":\"en\",\"name\":\"a\",\"version\":\"1\"}"),
            ("a/a-1/tokenizer", b"\x80"),
        ];
        let (mut out, mut table) = (Vec::new(), Vec::new());
        for (name, content) in files {
            let at = out.len() as u32;
            let mut shared = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
            shared.extend_from_slice(&crc(content).to_le_bytes());
            shared.extend_from_slice(&(content.len() as u32).to_le_bytes());
            shared.extend_from_slice(&(content.len() as u32).to_le_bytes());
            shared.extend_from_slice(&(name.len() as u16).to_le_bytes());
            shared.extend_from_slice(&[0, 0]);
            out.extend_from_slice(b"PK\x03\x04");
            out.extend_from_slice(&shared);
            out.extend_from_slice(name.as_bytes());
            out.extend_from_slice(content);
            table.extend_from_slice(b"PK\x01\x02\x14\x00");
            table.extend_from_slice(&shared);
            table.extend_from_slice(&[0; 10]);
            table.extend_from_slice(&at.to_le_bytes());
            table.extend_from_slice(name.as_bytes());
        }
        let (at, len) = (out.len() as u32, table.len() as u32);
        out.extend_from_slice(&table);
        out.extend_from_slice(b"PK\x05\x06\0\0\0\0\x03\0\x03\0");
        out.extend_from_slice(&len.to_le_bytes());
        out.extend_from_slice(&at.to_le_bytes());
        out.extend_from_slice(&[0, 0]);
        out
    })
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |c, b| {
        (0..8).fold(c ^ u32::from(*b), |c, _| if c & 1 == 1 { c >> 1 ^ 0xedb8_8320 } else { c >> 1 })
    })
}

fuzz_target!(|data: &[u8]| {
    static FILE: OnceLock<PathBuf> = OnceLock::new();
    let file = FILE.get_or_init(|| {
        let file = std::env::temp_dir().join(format!("chancery-fuzz-wheel-{}", std::process::id()));
        std::fs::write(&file, sound()).expect("a temporary file");
        let sound = chancery_parse::pack::check(&file).expect("the wheel that is changed is sound");
        assert_eq!(sound.len(), 3);
        file
    });
    let Some((which, bytes)) = data.split_first() else { return };
    let mut wheel = if which & 1 == 0 { bytes.to_vec() } else { sound().clone() };
    if which & 1 == 1 {
        // each three bytes: a place and what to write there
        for change in bytes.chunks_exact(3) {
            let at = usize::from(u16::from_le_bytes([change[0], change[1]])) % wheel.len();
            wheel[at] = change[2];
        }
    }
    if std::fs::write(file, &wheel).is_ok() {
        let _ = chancery_parse::pack::check(file);
        let _ = chancery_parse::Pipeline::load(file);
    }
});
