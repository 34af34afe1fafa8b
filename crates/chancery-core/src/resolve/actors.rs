//! The registry of actors: states, governments, organisations, groups, persons, loaded from
//! `data/actors/*.toml` and `data/offices/*.tsv`.
use crate::knowledge::DataFiles;
use crate::values::Finding;
use serde::{Deserialize, Serialize};

/// What kind of actor it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    State,
    /// A government or regime that others may or may not recognise ("the Islamic Emirate").
    Government,
    Organization,
    /// An armed group or movement.
    Group,
    /// A political party.
    Party,
    Person,
    /// A nation, community or people without a body that acts for it ("Kurds", "the Rohingya").
    People,
    Place,
    /// An organ of a state or organisation: ministry, army, court, parliament.
    Body,
    Media,
    #[default]
    Other,
}

/// Index of an actor in its [`Registry`].
pub type ActorIx = u32;

/// One actor of the registry.
#[derive(Debug, Clone, Default)]
pub struct Actor {
    pub id: String,
    pub kind: Kind,
    pub label: String,
    /// ISO3 of the state it is or belongs to.
    pub country: Option<String>,
}

/// One spell of office.
#[derive(Debug, Clone, Default)]
pub struct Spell {
    pub person: ActorIx,
    pub title: String,
    pub of: ActorIx,
    pub from: String,
    pub until: String,
}

/// All known actors, and every name they go by.
#[derive(Debug, Default)]
pub struct Registry {
    actors: Vec<Actor>,
}

impl Registry {
    /// Reads `actors/*.toml` and `offices/*.tsv`. A bad entry is a finding that names file, line and field.
    pub fn load(_data: &DataFiles) -> (Registry, Vec<Finding>) {
        (Registry::default(), Vec::new())
    }

    pub fn by_id(&self, id: &str) -> Option<ActorIx> {
        self.actors.iter().position(|a| a.id == id).map(|i| i as ActorIx)
    }

    pub fn actor(&self, ix: ActorIx) -> &Actor {
        &self.actors[ix as usize]
    }
}
