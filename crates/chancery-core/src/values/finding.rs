use serde::Serialize;

/// How much a finding matters to the reader of the batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing; nothing was lost.
    Note,
    /// Something of the document was not used.
    Warning,
    /// The document was not read.
    Error,
}

/// What a stage has to say beside its result. A bad document is a finding, never an `Err`:
/// one bad document never stops a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub level: Level,
    /// Where: `file:line`, `file, byte N`, a field.
    pub place: String,
    /// What.
    pub message: String,
    /// What to do about it; may be empty.
    pub hint: String,
}

impl Finding {
    pub fn new(level: Level, place: impl Into<String>, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Finding { level, place: place.into(), message: message.into(), hint: hint.into() }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let level = match self.level {
            Level::Note => "note",
            Level::Warning => "warning",
            Level::Error => "error",
        };
        write!(f, "{level}: {}: {}", self.place, self.message)?;
        if !self.hint.is_empty() {
            write!(f, " ({})", self.hint)?;
        }
        Ok(())
    }
}
