use serde::{Deserialize, Serialize};

/// A document as acquired: acquire -> parse.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceText {
    /// What the user or the file calls it: the `id` of a JSON line or a header block, else the file's name
    /// without extension, else the first 16 hex digits of `hash`.
    pub id: String,
    /// SHA-256 of the text, lower-case hex: the same text read twice is known by it.
    pub hash: String,
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// EDTF; the day the document says it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Where it came from: a web address or a path as the user gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// RFC 3339 instant of acquisition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fetched: Option<String>,
}
