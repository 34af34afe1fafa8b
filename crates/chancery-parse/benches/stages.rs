//! What each stage costs, on one thread: `cargo bench -p chancery-parse --features stages`. Needs the language model.
//!
//! The texts are made up, by paragraph; the figures are tokens a second.
use chancery_parse::stages::Stages;
use chancery_parse::{Pipeline, locate::locate};
use divan::Bencher;
use divan::counter::ItemsCount;
use std::ops::ControlFlow;
use std::sync::LazyLock;

static MODEL: LazyLock<Pipeline> = LazyLock::new(|| {
    let model = locate(None).unwrap_or_else(|e| panic!("{e}"));
    Pipeline::load(&model).unwrap_or_else(|e| panic!("{e}"))
});

/// About 33,000 tokens of news as it is written, of these bricks in ever other orders.
fn texts() -> impl Iterator<Item = String> {
    const WHO: &[&str] = &[
        "The foreign ministry in Quito",
        "A spokeswoman for Chad's new envoy, Idriss Mahamat,",
        "Officials of both countries, who hadn't met since 2019,",
        "The U.N. mission's deputy head",
        "Prime Minister Kaja Saar",
        "Two of the five embassies that had closed in March",
        "Port-au-Prince",
    ];
    const DID: &[&str] = &[
        "said on Tuesday that the consulate would reopen within weeks",
        "recalled its ambassador for consultations after a vote of 112 to 3",
        "denied reports that $4.5 million had been withheld from the fund",
        "urged its neighbours to lift the sanctions imposed after the border clashes",
        "didn't recognise the outcome, calling the ballot \"neither free nor fair\"",
    ];
    const END: &[&str] = &[
        ".",
        ", according to the state news agency.",
        " (the third such step this year).",
        "; talks are to resume on 14 June in Geneva.",
        " -- a claim that could not be verified.",
    ];
    (0..400).map(|i: usize| {
        let sentence = |j: usize| {
            let n = i * 5 + j;
            format!("{} {}{}", WHO[n * 3 % WHO.len()], DID[(n / 7 + j) % DID.len()], END[(n / 3 + i) % END.len()])
        };
        (0..1 + i % 5).map(sentence).collect::<Vec<_>>().join(" ")
    })
}

fn run<R>(bencher: Bencher<'_, '_>, mut stage: impl for<'s> FnMut(&mut Stages<'s>) -> R) {
    let mut stages = Stages::new(&MODEL, texts());
    let tokens = stages.tokens();
    bencher.counter(ItemsCount::new(tokens)).bench_local(|| stage(&mut stages));
}

#[divan::bench]
fn a_tokenizer_known_words(bencher: Bencher<'_, '_>) {
    run(bencher, |s| s.tokens());
}

#[divan::bench]
fn b_tokenizer_new_words(bencher: Bencher<'_, '_>) {
    run(bencher, |s| s.new_words(false));
}

#[divan::bench]
fn c_tokenizer_and_embedding_new_words(bencher: Bencher<'_, '_>) {
    run(bencher, |s| s.new_words(true));
}

#[divan::bench]
fn d_tok2vec(bencher: Bencher<'_, '_>) {
    run(bencher, |s| s.vectors());
}

#[divan::bench]
fn e_tagger(bencher: Bencher<'_, '_>) {
    run(bencher, |s| s.tags());
}

#[divan::bench]
fn f_parser(bencher: Bencher<'_, '_>) {
    run(bencher, |s| s.trees());
}

#[divan::bench]
fn g_ner(bencher: Bencher<'_, '_>) {
    run(bencher, |s| s.entities());
}

#[divan::bench]
fn h_rules_and_lemmatizer(bencher: Bencher<'_, '_>) {
    run(bencher, |s| s.lemmas());
}

#[divan::bench]
fn i_whole_one_thread(bencher: Bencher<'_, '_>) {
    let tokens = Stages::new(&MODEL, texts()).tokens();
    bencher
        .counter(ItemsCount::new(tokens))
        .with_inputs(|| texts().map(|t| ((), t)).collect::<Vec<_>>())
        .bench_local_values(|texts| {
            let count = |(), doc: chancery_parse::Doc| doc.len();
            let mut tokens = 0;
            let flow: ControlFlow<()> = MODEL.parse_all(1, texts.into_iter(), count, |n| {
                tokens += n;
                ControlFlow::Continue(())
            });
            (flow, tokens)
        });
}

#[divan::bench]
fn j_load_the_model(bencher: Bencher<'_, '_>) {
    let model = locate(None).unwrap_or_else(|e| panic!("{e}"));
    bencher.bench(|| Pipeline::load(&model).is_ok());
}

fn main() {
    divan::main();
}
