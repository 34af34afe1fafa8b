/// The two clocks of a question: the first parameter of everything in `ask`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsOf {
    /// The world's date the answer is for.
    pub valid_at: jiff::civil::Date,
    /// What the ledger held at this instant; `None` = all it holds now.
    pub known_at: Option<jiff::Timestamp>,
}
