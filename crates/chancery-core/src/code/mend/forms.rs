//! Base forms, tags and labels of single words, set right before the arcs.
use super::{Marks, sentence};
use chancery_parse::Doc;
use std::ops::Range;

/// The base form of a verb that the rules of the model cut short or leave too long: "staged" is of "stage", for "stag" would
/// double its last letter; "rearrested" of "rearrest"; "reoccupied" of "reoccupy".
pub(super) fn base_form(lemma: &str, tag: &str, text: &str) -> Option<String> {
    if !tag.starts_with("VB") || lemma.len() < 3 || !lemma.is_ascii() {
        return None;
    }
    let text = text.to_ascii_lowercase();
    let b = lemma.as_bytes();
    let vowel = |c: u8| b"aeiou".contains(&c);
    let last = b.len() - 1;
    let stem = text.strip_suffix("ed").or_else(|| text.strip_suffix("ing"));
    // one syllable that ends in consonant, vowel, consonant, and is not doubled: "fined", "waging", "raped"
    let short = b.iter().filter(|c| vowel(**c)).count() == 1
        && !vowel(b[last])
        && !b"wxyh".contains(&b[last])
        && vowel(b[last - 1])
        && !vowel(b[last - 2]);
    if short && (stem == Some(lemma) || text == format!("{lemma}es")) && lemma != "bus" {
        return Some(format!("{lemma}e"));
    }
    const PREFIXES: &[&str] = &["re", "de", "un", "dis", "over", "out", "mis", "pre", "water", "cordon"];
    const ENDS: &[&str] =
        &["nt", "ct", "nk", "nd", "rd", "ld", "st", "rm", "ck", "sh", "ch", "lt", "pt", "ft", "rn", "gister", "don"];
    if let Some(x) = lemma.strip_suffix('e')
        && stem == Some(x)
        && PREFIXES.iter().any(|p| x.len() > p.len() + 2 && x.starts_with(p) || x == *p)
        && ENDS.iter().any(|e| x.ends_with(e))
    {
        return Some(x.to_owned());
    }
    if let Some(x) = lemma.strip_suffix("ie").or_else(|| lemma.strip_suffix("ye"))
        && x.len() > 3
        && (text == format!("{x}ied") || text == format!("{x}ies") || text == format!("{x}ying"))
    {
        return Some(format!("{x}y"));
    }
    let known = match lemma {
        "appal" => "appall",
        "instal" => "install",
        "lambast" => "lambaste",
        "unbane" => "unban",
        _ => return None,
    };
    Some(known.to_owned())
}

/// "soldiers overthrew him": a strong past that the tagger took for a present is left as it stands by the lemmatizer.
pub(super) fn strong_past(text: &str) -> Option<&'static str> {
    const PAST: &[(&str, &str)] = &[
        ("overthrew", "overthrow"),
        ("withdrew", "withdraw"),
        ("overran", "overrun"),
        ("retook", "retake"),
        ("undertook", "undertake"),
        ("took", "take"),
        ("gave", "give"),
        ("forgave", "forgive"),
        ("went", "go"),
        ("underwent", "undergo"),
        ("fought", "fight"),
        ("sought", "seek"),
        ("broke", "break"),
        ("drove", "drive"),
        ("fled", "flee"),
        ("held", "hold"),
        ("upheld", "uphold"),
        ("withheld", "withhold"),
        ("led", "lead"),
        ("met", "meet"),
        ("sent", "send"),
        ("struck", "strike"),
        ("won", "win"),
        ("lost", "lose"),
        ("swore", "swear"),
        ("forswore", "forswear"),
        ("chose", "choose"),
        ("froze", "freeze"),
        ("unfroze", "unfreeze"),
        ("threw", "throw"),
        ("flew", "fly"),
        ("drew", "draw"),
        ("redrew", "redraw"),
        ("forbade", "forbid"),
        ("sank", "sink"),
        ("began", "begin"),
        ("became", "become"),
        ("said", "say"),
        ("told", "tell"),
        ("sold", "sell"),
        ("kept", "keep"),
        ("built", "build"),
        ("rebuilt", "rebuild"),
        ("brought", "bring"),
        ("bought", "buy"),
        ("caught", "catch"),
        ("stood", "stand"),
        ("withstood", "withstand"),
        ("spoke", "speak"),
        ("stole", "steal"),
        ("tore", "tear"),
        ("wrote", "write"),
        ("rewrote", "rewrite"),
    ];
    PAST.iter().find(|(p, _)| p.eq_ignore_ascii_case(text)).map(|(_, base)| *base)
}

/// The base form of a regular past tense that the model took for an adjective: "annexed", "imposed", "activated".
pub(super) fn base_of_past(word: &str) -> String {
    let word = word.to_lowercase();
    let stem = word.strip_suffix("ed").unwrap_or(&word);
    let silent = stem.ends_with(['v', 'c', 'z', 'u']) || stem.ends_with('s') && !stem.ends_with("ss");
    if silent || stem.ends_with("at") || matches!(stem, "ignit" | "examin") {
        format!("{stem}e")
    } else {
        stem.to_owned()
    }
}

/// "published on Friday Saudi Arabia declared": a name that the model took into the day before it.
pub(super) fn names_in_days(doc: &mut Doc) {
    const DAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    const OF_DAYS: &[&str] = &["Day", "Eve", "Morning", "Night", "Sunday", "Massacre"];
    let mut names = Vec::new();
    let mut entities = doc.entities.clone();
    for e in entities.iter_mut().filter(|e| e.label == "DATE") {
        let (start, end) = (e.start as usize, e.end as usize);
        let name = |j: usize| {
            doc.tokens[j].pos == "PROPN"
                && doc.text(j).starts_with(char::is_uppercase)
                && !OF_DAYS.contains(&doc.text(j))
                && !DAYS.contains(&doc.text(j))
                && !crate::resolve::is_month(doc.text(j))
        };
        if end > start + 1 && DAYS.contains(&doc.text(start)) && (start + 1..end).all(name) {
            // "on Friday Saudi Arabia", "on Friday Christian Wakeford"
            const FIRST: &[&str] = &[
                "Saudi",
                "South",
                "North",
                "New",
                "United",
                "Sri",
                "Costa",
                "El",
                "Papua",
                "East",
                "West",
                "Sierra",
                "Burkina",
                "Hong",
                "Great",
                "Northern",
                "Southern",
                "San",
                "Puerto",
                "Cape",
                "Ivory",
                "Equatorial",
                "Central",
            ];
            let person = end == start + 3 && !FIRST.contains(&doc.text(start + 1));
            let label = if person { "PERSON" } else { "GPE" };
            names.push(chancery_parse::Entity { start: e.start + 1, end: e.end, label });
            e.end = e.start + 1;
        }
    }
    entities.extend(names);
    entities.sort_by_key(|e| e.start);
    doc.entities = entities;
}

/// "appointed Rangin Spanta foreign minister": the post behind a name is no part of it.
pub(super) fn names_before_posts(doc: &mut Doc) {
    const POSTS: &[&str] =
        &["minister", "president", "premier", "chancellor", "governor", "ambassador", "chairman", "chief"];
    let small = |j: usize| doc.text(j).starts_with(char::is_lowercase) && matches!(doc.tokens[j].pos, "NOUN" | "ADJ");
    let mut entities = doc.entities.clone();
    for e in &mut entities {
        let (start, end) = (e.start as usize, e.end as usize);
        if end < start + 2 || !POSTS.contains(&doc.text(end - 1)) || !matches!(e.label, "PERSON" | "ORG") {
            continue;
        }
        let name = (start..end).take_while(|j| !small(*j)).count();
        if name > 0 && (start..start + name).all(|j| doc.tokens[j].pos == "PROPN") {
            e.end = (start + name) as u32;
            e.label = "PERSON";
        }
    }
    doc.entities = entities;
}

/// "Gunmen attacked a church": a plain word for armed people that begins a sentence is no name, for all its capital.
pub(super) fn plain_nouns(doc: &mut Doc) {
    const ARMED: &[&str] = &[
        "gunmen",
        "rebels",
        "soldiers",
        "troops",
        "fighters",
        "militants",
        "insurgents",
        "protesters",
        "demonstrators",
        "police",
        "officials",
        "diplomats",
        "separatists",
        "mercenaries",
        "jihadists",
        "guerrillas",
        "officers",
        "ministers",
        "lawmakers",
        "envoys",
        "residents",
        "villagers",
        "witnesses",
    ];
    for i in 0..doc.tokens.len() {
        let t = &doc.tokens[i];
        let alone = doc.tokens.get(i + 1).is_none_or(|n| n.pos != "PROPN");
        let opens = t.sent_start || i > 0 && doc.tokens[i - 1].pos == "SPACE";
        if t.pos == "PROPN" && opens && alone && ARMED.contains(&doc.text(i).to_lowercase().as_str()) {
            let lemma = doc.text(i).to_lowercase();
            doc.tokens[i].lemma = match lemma.as_str() {
                "gunmen" => "gunman".into(),
                "police" => lemma,
                l if l.ends_with("ies") => format!("{}y", &l[..l.len() - 3]),
                "witnesses" => "witness".into(),
                l => l.trim_end_matches('s').to_owned(),
            };
            (doc.tokens[i].tag, doc.tokens[i].pos) = ("NNS", "NOUN");
            doc.entities.retain(|e| e.start as usize != i || e.end as usize != i + 1);
        }
    }
}

/// "Lee Myung-bak": the last syllable is part of the name.
pub(super) fn last_syllables(doc: &mut Doc) {
    for n in 0..doc.entities.len() {
        let e = &doc.entities[n];
        let run = e.start as usize..e.end as usize;
        if e.label == "PERSON" && run.len() > 2 {
            let last = run.end - 1;
            if doc.text(last - 1) == "-"
                && doc.tokens[last].pos == "NOUN"
                && doc.text(last).chars().all(char::is_alphabetic)
            {
                (doc.tokens[last].pos, doc.tokens[last].tag) = ("PROPN", "NNP");
            }
        }
    }
}

/// "Fred Matiang'i": the surname that the label leaves out, with the first name hanging on it.
pub(super) fn surnames(doc: &mut Doc) {
    let mut entities = doc.entities.clone();
    for n in 0..entities.len() {
        let end = entities[n].end as usize;
        let free = end < doc.tokens.len() && entities.get(n + 1).is_none_or(|e| e.start as usize > end);
        if entities[n].label == "PERSON"
            && free
            && doc.tokens[end].pos == "PROPN"
            && doc.text(end).starts_with(char::is_uppercase)
            && doc.tokens[end - 1].dep == "compound"
            && doc.tokens[end - 1].head as usize == end
        {
            entities[n].end += 1;
        }
    }
    doc.entities = entities;
}

/// "said Thailand had launched an invasion, and asked the Council": a plain past after what was said in the pluperfect goes
/// with the saying.
pub(super) fn tense_of_the_saying(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let said = t.head as usize;
    if t.dep != "conj" || t.tag != "VBD" || said >= i || doc.tokens[said].dep != "ccomp" {
        return;
    }
    let saying = doc.tokens[said].head as usize;
    if saying >= said || doc.tokens[saying].tag != "VBD" || doc.tokens[saying].pos != "VERB" {
        return;
    }
    let Range { start, end } = sentence(doc, i);
    let child = |doc: &Doc, v: usize, f: &dyn Fn(usize) -> bool| {
        (start..end).any(|k| k != v && doc.tokens[k].head as usize == v && f(k))
    };
    // "said that Iran was arming them and urged", "said that it was wrong and asked": what is spoken goes with the saying
    const SPOKEN: &[&str] =
        &["urge", "ask", "call", "accuse", "warn", "demand", "vow", "add", "pledge", "promise", "appeal", "threaten"];
    let lasting = doc.tokens[said].tag == "VBG" || doc.tokens[said].lemma == "be" && doc.tokens[said].tag == "VBD";
    let spoken = lasting && SPOKEN.contains(&doc.tokens[i].lemma.as_str());
    let moved = spoken
        || child(doc, said, &|k| {
            matches!(doc.tokens[k].dep, "aux" | "auxpass") && matches!(doc.text(k), "had" | "would" | "could" | "might")
        });
    let bare = !child(doc, i, &|k| matches!(doc.tokens[k].dep, "aux" | "nsubj" | "nsubjpass" | "auxpass"));
    if moved && bare {
        doc.tokens[i].head = saying as u32;
    }
}

/// "Sudan's army retook Khartoum": a past form that is no noun, taken for one before a name.
pub(super) fn noun_for_strong_past(doc: &mut Doc, _: &Marks, i: usize) {
    const PAST: &[(&str, &str)] = &[
        ("retook", "retake"),
        ("overran", "overrun"),
        ("overthrew", "overthrow"),
        ("withdrew", "withdraw"),
        ("foreswore", "foreswear"),
        ("forswore", "forswear"),
        ("undertook", "undertake"),
        ("forbade", "forbid"),
        ("outlawed", "outlaw"),
        ("proscribed", "proscribe"),
        ("derecognised", "derecognise"),
    ];
    let text = doc.text(i).to_owned();
    let Some((_, base)) = PAST.iter().find(|(p, _)| *p == text) else { return };
    let t = &doc.tokens[i];
    let object = t.head as usize;
    if t.dep != "compound" || object <= i || !matches!(doc.tokens[object].pos, "PROPN" | "NOUN") {
        return;
    }
    let kids: Vec<usize> = (0..doc.tokens.len())
        .filter(|k| doc.tokens[*k].head as usize == i && *k != i || doc.tokens[*k].head as usize == object && *k < i)
        .collect();
    let Some(subject) =
        kids.iter().copied().filter(|k| matches!(doc.tokens[*k].dep, "compound" | "nmod" | "poss")).max()
    else {
        return;
    };
    let (head, dep) = (doc.tokens[object].head, doc.tokens[object].dep);
    let root = head as usize == object;
    for k in kids {
        if k != subject {
            doc.tokens[k].head = subject as u32;
        }
    }
    doc.tokens[subject].head = i as u32;
    doc.tokens[subject].dep = "nsubj";
    doc.tokens[i].head = if root { i as u32 } else { head };
    doc.tokens[i].dep = dep;
    doc.tokens[i].tag = "VBD";
    doc.tokens[i].pos = "VERB";
    doc.tokens[i].lemma = (*base).to_owned();
    // what ends the sentence ends it behind the verb
    for k in object + 1..doc.tokens.len() {
        if doc.tokens[k].head as usize == object && (doc.tokens[k].dep == "prep" || doc.text(k) == ".") {
            doc.tokens[k].head = i as u32;
        }
    }
    doc.tokens[object].head = i as u32;
    doc.tokens[object].dep = "dobj";
}
