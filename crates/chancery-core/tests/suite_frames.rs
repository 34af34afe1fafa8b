//! Runs the examples that the frames carry: what each must catch, must leave, and is known to miss.
use chancery_core::code::{Coder, examples, prepare};
use chancery_core::knowledge::DataFiles;
use chancery_parse::{Pipeline, locate};

#[test]
fn frames_do_what_their_examples_say() {
    let model = locate::locate(None).unwrap_or_else(|e| panic!("{e}"));
    let pipeline = Pipeline::load(&model).unwrap_or_else(|e| panic!("{e}"));
    let (coder, findings) = Coder::new(&DataFiles::embedded());
    assert!(findings.is_empty(), "the built-in knowledge has faults:\n{}", lines(&findings));
    let report = examples::check(
        &coder,
        |_| true,
        |sentence| {
            let mut doc = pipeline.parse(&prepare(sentence));
            sentence.clone_into(&mut doc.text);
            doc
        },
    );
    let failed: Vec<String> =
        report.failures.iter().map(|f| format!("{}, {}\n    {}\n    {}", f.file, f.frame, f.example, f.why)).collect();
    println!("catches {}, leaves {}, known misses {}", report.catches, report.leaves, report.misses);
    assert!(failed.is_empty(), "{} examples fail:\n{}", failed.len(), failed.join("\n"));
    assert!(report.catches >= 100 && report.leaves >= 5, "the frames have lost their examples: {report:?}");
}

fn lines(findings: &[chancery_core::Finding]) -> String {
    findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
