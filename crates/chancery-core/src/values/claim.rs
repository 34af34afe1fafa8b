//! The unit of everything: who says, in which document, at which words, that something holds,
//! began, ended or happened, when, and how sure the wording is.
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

macro_rules! words {
    ($(#[$m:meta])* $name:ident { $($(#[$vm:meta])* $v:ident = $s:literal),* $(,)? }) => {
        $(#[$m])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum $name { $($(#[$vm])* $v),* }
        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$v),*];
            pub fn as_str(self) -> &'static str { match self { $($name::$v => $s),* } }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.pad(self.as_str()) }
        }
        impl std::str::FromStr for $name {
            type Err = String;
            fn from_str(s: &str) -> Result<Self, String> {
                match s {
                    $($s => Ok($name::$v),)*
                    _ => Err(format!("{s:?} is none of {}", [$($s),*].join(", "))),
                }
            }
        }
    };
}

words!(
    /// Does it hold over time, or happen?
    Family { Standing = "standing", Event = "event" }
);
words!(
    /// Which part of a standing's life the claim tells of.
    Phase { Begins = "begins", Ends = "ends", Holds = "holds" }
);
words!(
    /// `No` where the text says that it does not hold or did not happen.
    Polarity { Yes = "yes", No = "no" }
);
words!(
    /// How real the wording makes it. Only `Asserted` ever becomes an answer.
    Modality {
        Asserted = "asserted",
        Possible = "possible",
        Predicted = "predicted",
        Intended = "intended",
        Demanded = "demanded",
        Conditional = "conditional",
    }
);

/// A party of a claim.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Party {
    /// Actor id: ISO3 of a state, else a lower-case slug; a name unknown to the registry gets
    /// `~` and its slug ("~john-doe").
    pub id: String,
    /// The actor's usual name.
    pub label: String,
    /// The words of this document.
    pub mention: String,
    /// ISO 3166-1 alpha-3 of the state it is or belongs to, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Kind of actor: see [`crate::resolve::Kind`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// What else it is called: other names that the document has of it, and those of the registry (for states, whose
    /// adjectives and capitals are many, the document's alone). Told with the claim, not kept in the ledger.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
}

/// Who says so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum By {
    /// The document's own voice; written `"author"`.
    #[default]
    #[serde(with = "author")]
    Author,
    Speaker(Party),
}

mod author {
    use serde::{Deserialize, Deserializer, Serializer};
    pub fn serialize<S: Serializer>(s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str("author")
    }
    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<(), D::Error> {
        match String::deserialize(d)?.as_str() {
            "author" => Ok(()),
            s => Err(serde::de::Error::custom(format!("a speaker is \"author\" or a party, not {s:?}"))),
        }
    }
}

/// One claim of one document: the record that `chancery code` prints and the ledger keeps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// The document's id.
    pub doc: String,
    /// The shortest exact piece of the text that carries the claim.
    pub quote: String,
    /// `[start, end)` of the quote in Unicode scalar values of the document's text.
    pub span: [u32; 2],
    pub family: Family,
    /// A term of the ontology: "recognition", "mission", "consult" ...
    pub predicate: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Party>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<Party>,
    /// Standings only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    pub polarity: Polarity,
    pub modality: Modality,
    pub by: By,
    /// EDTF: when it held in the world; "" where the text gives no date.
    #[serde(default)]
    pub when: String,
    #[serde(default)]
    pub value: Map<String, Value>,
    /// EDTF: when it was said (the document's or the speaker's date); "" if unknown.
    #[serde(default)]
    pub said: String,
    /// The rule that made it.
    #[serde(default)]
    pub frame: String,
    /// How often a claim made this way is right, 0 to 1.
    #[serde(default)]
    pub confidence: f32,
}
