//! Trees that the small model is known to get wrong, set right before anything is read off them: each rule mends one kind
//! of fault, by words, tags and labels, and knows nothing of claims. Base forms and names come first, then the arcs.
use crate::resolve::is_month;
use chancery_parse::Doc;
use std::ops::Range;

/// Tokens that stand in a name by the model's labels.
struct Marks {
    named: Vec<bool>,
    person: Vec<bool>,
}

impl Marks {
    fn of(doc: &Doc, labels: &[&str]) -> Vec<bool> {
        let mut marked = vec![false; doc.tokens.len()];
        for e in doc.entities.iter().filter(|e| labels.contains(&e.label)) {
            marked[e.start as usize..e.end as usize].fill(true);
        }
        marked
    }
}

/// In the order in which they are tried at each token.
const RULES: &[fn(&mut Doc, &Marks, usize)] = &[
    name_begins,
    both_names,
    re_verb,
    finite_beside_finite,
    among_them,
    kept_shut,
    off_auxiliaries,
    they_control,
    has_overrun,
    annexed_crimea,
    person_beside_post,
    of_to_the_accuser,
    named_a,
    sworn_in,
    name_beside,
    name_no_verb,
    plural_for_verb,
    object_after_aside,
    shot_dead,
    doer_between,
    verb_after_aside,
    neither_does,
    who_is_somebody,
    between_two_days,
    one_post,
    led_by,
    said_again,
    infinitive_after_aside,
    to_charges,
    together_with,
    then_another,
    tense_of_the_saying,
    beside_the_candidate,
    called_home,
    sides_after_semicolon,
    at_the_time_that,
    called_president,
    day_before_name,
    year_before_names,
    behind_fronted,
    list_of_names,
    names_before_aside,
    with_by_telephone,
    joined_in_the_past,
    name_behind_noun,
    whose_object,
    member_named,
    branch_named,
    members_favour,
    set_free,
    finite_after_infinitive,
    two_subjects,
    asked_on_sunday_to,
    name_behind_comma,
    name_on_a_verb,
    name_joined_to_a_year,
    by_of_the_passive,
    taken_off,
    noun_for_strong_past,
    it_was_x_that,
    name_for_adverb,
    each_of_whom,
    names_of_the_count,
    one_in_return,
    those_against,
    a_charge_he_denies,
    in_yerevan_protesters,
    who_struck_killing,
    gunned_down_was,
    was_abducted_tried,
    day_in_front,
    after_his_meeting_with,
    appointed_he_resigned,
    told_before_the_name,
    as_well_as,
    who_led_it_in_gabon,
    armed_and_financed,
];

/// Mends the trees of a document; every token hangs on a root after it.
pub(super) fn mend(doc: &mut Doc) {
    for t in 0..doc.tokens.len() {
        // "co-operate" was shown without its hyphen
        if let Some(rest) = doc.tokens[t].lemma.to_lowercase().strip_prefix("cooo") {
            doc.tokens[t].lemma = format!("coo{rest}");
        }
        if let Some(l) = base_form(&doc.tokens[t].lemma, doc.tokens[t].tag, doc.text(t)) {
            doc.tokens[t].lemma = l;
        }
    }
    plain_nouns(doc);
    names_of_one_line(doc);
    last_syllables(doc);
    let marks =
        Marks { named: Marks::of(doc, &["GPE", "ORG", "NORP", "LOC", "PERSON"]), person: Marks::of(doc, &["PERSON"]) };
    for i in 0..doc.tokens.len() {
        for rule in RULES {
            rule(doc, &marks, i);
        }
    }
    unwind(doc);
}

/// The base form of a verb that the rules of the model cut short or leave too long: "staged" is of "stage", for "stag" would
/// double its last letter; "rearrested" of "rearrest"; "reoccupied" of "reoccupy".
fn base_form(lemma: &str, tag: &str, text: &str) -> Option<String> {
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

/// The base form of a regular past tense that the model took for an adjective: "annexed", "imposed", "activated".
fn base_of_past(word: &str) -> String {
    let word = word.to_lowercase();
    let stem = word.strip_suffix("ed").unwrap_or(&word);
    let silent = stem.ends_with(['v', 'c', 'z', 'u']) || stem.ends_with('s') && !stem.ends_with("ss");
    if silent || stem.ends_with("at") || matches!(stem, "ignit" | "examin") {
        format!("{stem}e")
    } else {
        stem.to_owned()
    }
}

/// No name runs on over a blank line: "the situation in Madagascar:", "Council," are two.
fn names_of_one_line(doc: &mut Doc) {
    let blank = |doc: &Doc, j: usize| doc.text(j).matches('\n').count() > 1;
    if !(0..doc.tokens.len()).any(|j| blank(doc, j)) {
        return;
    }
    // no word stands before the noun of another paragraph
    for i in 0..doc.tokens.len() {
        let h = doc.tokens[i].head as usize;
        if h > i
            && h < i + 6
            && matches!(doc.tokens[i].dep, "compound" | "nmod" | "amod" | "nummod")
            && (i..h).any(|j| blank(doc, j))
        {
            let (up, dep) = (doc.tokens[h].head, doc.tokens[h].dep);
            if up as usize != h && up as usize != i {
                (doc.tokens[i].head, doc.tokens[i].dep) = (up, dep);
                (doc.tokens[h].head, doc.tokens[h].dep) = (h as u32, "ROOT");
            }
        }
    }
    let mut parts = Vec::new();
    for e in std::mem::take(&mut doc.entities) {
        let run: Vec<usize> = (e.start as usize..e.end as usize).collect();
        if !run.iter().any(|j| blank(doc, *j)) {
            parts.push(e);
            continue;
        }
        for part in run.split(|j| blank(doc, *j)) {
            let bare = |j: &&usize| doc.tokens[**j].pos != "PUNCT" && doc.tokens[**j].pos != "SPACE";
            if let (Some(start), Some(last)) = (part.iter().find(bare), part.iter().rfind(bare)) {
                parts.push(chancery_parse::Entity { start: *start as u32, end: *last as u32 + 1, ..e.clone() });
            }
        }
    }
    doc.entities = parts;
}

/// "Gunmen attacked a church": a plain word for armed people that begins a sentence is no name, for all its capital.
fn plain_nouns(doc: &mut Doc) {
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
fn last_syllables(doc: &mut Doc) {
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

/// "cut ties on September 22nd, Saudi Arabia three days later": a name between two days is the doer of a verb left out, not
/// the object of the one before.
fn between_two_days(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    if !marks.named[i]
        || t.pos != "PROPN"
        || !matches!(t.dep, "dobj" | "appos" | "npadvmod" | "pobj" | "conj" | "oprd" | "attr")
    {
        return;
    }
    let start = (0..=i).rev().take_while(|j| marks.named[*j]).last().unwrap_or(i);
    let day = |at: usize, first: bool| {
        doc.entities
            .iter()
            .any(|e| e.label == "DATE" && at == (if first { e.start as usize } else { e.end as usize - 1 }))
    };
    let v = (0..start).rev().take(14).find(|k| doc.tokens[*k].tag == "VBD" && !doc.tokens[*k].dep.starts_with("aux"));
    if start < 2 || doc.text(start - 1) != "," || !day(start - 2, false) || !day(i + 1, true) {
        return;
    }
    if let Some(v) = v {
        (doc.tokens[i].head, doc.tokens[i].dep) = (v as u32, "dep");
    }
}

/// "but neither recognises Somaliland": the pronoun is the subject, and the name behind the verb its object.
fn neither_does(doc: &mut Doc, marks: &Marks, i: usize) {
    let v = doc.tokens[i].head as usize;
    let finite = |doc: &Doc, v: usize| matches!(doc.tokens[v].tag, "VBZ" | "VBD" | "VBP");
    let has = |doc: &Doc, v: usize, deps: &[&str]| {
        (0..doc.tokens.len()).any(|k| doc.tokens[k].head as usize == v && deps.contains(&doc.tokens[k].dep) && k != v)
    };
    if doc.text(i) == "neither"
        && doc.tokens[i].dep == "preconj"
        && v == i + 1
        && finite(doc, v)
        && !has(doc, v, &["nsubj"])
    {
        (doc.tokens[i].dep, doc.tokens[i].pos) = ("nsubj", "PRON");
    }
    if i == v + 1
        && doc.tokens[i].dep == "advmod"
        && doc.tokens[i].tag == "NNP"
        && (marks.named[i] || doc.text(i).starts_with(char::is_uppercase))
        && finite(doc, v)
        && has(doc, v, &["nsubj"])
        && !has(doc, v, &["dobj", "attr", "ccomp", "xcomp"])
    {
        doc.tokens[i].dep = "dobj";
    }
}

/// "Bakhmut is quiet": a name at the head of a sentence that the tagger takes for an adverb, before a verb without a subject.
fn name_for_adverb(doc: &mut Doc, _: &Marks, i: usize) {
    const ADVERBS: &[&str] = &[
        "here",
        "there",
        "now",
        "then",
        "thus",
        "so",
        "how",
        "when",
        "where",
        "why",
        "never",
        "only",
        "yet",
        "still",
        "instead",
        "once",
        "even",
        "again",
        "also",
        "not",
        "neither",
        "nor",
        "perhaps",
        "maybe",
        "much",
        "far",
        "more",
        "less",
        "little",
        "today",
        "later",
        "soon",
        "often",
        "seldom",
        "rather",
        "indeed",
        "too",
        "as",
        "at",
        "back",
        "over",
        "off",
        "up",
        "down",
        "out",
        "all",
        "no",
        "ever",
        "twice",
        "abroad",
        "inside",
        "outside",
        "nearby",
        "elsewhere",
        "meanwhile",
        "least",
        "most",
        "just",
        "otherwise",
        "nowhere",
        "whenever",
        "wherever",
        "however",
        "moreover",
        "furthermore",
        "overall",
        "alone",
        "together",
        "hence",
        "long",
    ];
    let v = doc.tokens[i].head as usize;
    let word = doc.text(i).to_lowercase();
    // "Nauru no longer recognises it"
    let near = v == i + 1 || v == i + 3 && doc.text(i + 1) == "no" && doc.text(i + 2) == "longer";
    if !doc.tokens[i].sent_start
        || !matches!(doc.tokens[i].tag, "RB" | "UH")
        || !matches!(doc.tokens[i].dep, "advmod" | "intj")
        || !near
        || !matches!(doc.tokens[v].tag, "VBZ" | "VBD" | "VBP" | "MD")
        || word.ends_with("ly")
        || ADVERBS.contains(&word.as_str())
        || !doc.text(i).starts_with(char::is_uppercase)
    {
        return;
    }
    let subject = (0..doc.tokens.len())
        .any(|k| doc.tokens[k].head as usize == v && matches!(doc.tokens[k].dep, "nsubj" | "nsubjpass" | "expl"));
    if !subject {
        (doc.tokens[i].tag, doc.tokens[i].pos, doc.tokens[i].dep) = ("NNP", "PROPN", "nsubj");
    }
}

/// "telephoned A and B, each of whom urged him": the clause hangs on those named before the comma.
fn each_of_whom(doc: &mut Doc, _: &Marks, i: usize) {
    let v = doc.tokens[i].head as usize;
    let whom = i + 2 < doc.tokens.len()
        && doc.text(i + 1) == "of"
        && matches!(doc.tokens[i + 2].tag, "WP" | "WDT")
        && doc.tokens[i + 1].head as usize == i;
    if !whom
        || i < 2
        || doc.text(i - 1) != ","
        || !matches!(doc.tokens[i].dep, "nsubj" | "nsubjpass")
        || doc.tokens[v].dep == "relcl"
        || v < i
    {
        return;
    }
    let mut noun = i - 2;
    if !matches!(doc.tokens[noun].pos, "NOUN" | "PROPN") {
        return;
    }
    while doc.tokens[noun].dep == "conj"
        && matches!(doc.tokens[doc.tokens[noun].head as usize].pos, "NOUN" | "PROPN")
        && (doc.tokens[noun].head as usize) < noun
    {
        noun = doc.tokens[noun].head as usize;
    }
    (doc.tokens[v].dep, doc.tokens[v].head) = ("relcl", noun as u32);
}

/// "two of his commanders, A and B": the names tell who the two are.
fn names_of_the_count(doc: &mut Doc, marks: &Marks, i: usize) {
    let (two, of) = (i, i + 1);
    if doc.tokens[two].tag != "CD" || of + 1 >= doc.tokens.len() || doc.text(of) != "of" {
        return;
    }
    let Some(noun) = (of + 1..doc.tokens.len().min(of + 7))
        .find(|k| doc.tokens[*k].dep == "pobj" && doc.tokens[*k].head as usize == of)
    else {
        return;
    };
    if doc.tokens[noun].tag != "NNS" || noun + 2 >= doc.tokens.len() || doc.text(noun + 1) != "," {
        return;
    }
    // the head of the first name: the last word of the run behind the comma
    let mut name = noun + 2;
    if doc.tokens[name].pos != "PROPN" {
        return;
    }
    while name + 1 < doc.tokens.len() && doc.tokens[name + 1].pos == "PROPN" {
        name += 1;
    }
    let joined = name + 2 < doc.tokens.len() && doc.text(name + 1) == "and" && doc.tokens[name + 2].pos == "PROPN";
    let over = doc.tokens[name].head as usize;
    let from_list = matches!(doc.tokens[name].dep, "conj" | "appos") && over < two.max(over + 1) && over <= two;
    let person = (noun + 2..doc.tokens.len().min(name + 5)).any(|k| marks.person[k]);
    if joined && from_list && person {
        (doc.tokens[name].dep, doc.tokens[name].head) = ("appos", two as u32);
    }
}

/// "expelled an Indian diplomat; Delhi expelled a Canadian one": another of the same.
fn one_in_return(doc: &mut Doc, _: &Marks, i: usize) {
    if !matches!(doc.text(i), "one" | "ones")
        || !matches!(doc.tokens[i].dep, "dobj" | "pobj" | "nsubjpass" | "nsubj")
        || i == 0
        || doc.tokens[i - 1].pos != "ADJ"
        || doc.tokens[i - 1].head as usize != i
    {
        return;
    }
    let like = (0..i).rev().take(40).find(|k| {
        matches!(doc.tokens[*k].tag, "NN" | "NNS")
            && matches!(doc.tokens[*k].dep, "dobj" | "pobj" | "nsubjpass" | "nsubj")
            && *k > 0
            && doc.tokens[*k - 1].pos == "ADJ"
            && doc.tokens[*k - 1].head as usize == *k
            && doc.tokens[*k - 1].tag == doc.tokens[i - 1].tag
            && doc.text(*k - 1).starts_with(char::is_uppercase) == doc.text(i - 1).starts_with(char::is_uppercase)
    });
    if let Some(k) = like {
        doc.tokens[i].lemma = doc.tokens[k].lemma.clone();
        (doc.tokens[i].pos, doc.tokens[i].tag) = ("NOUN", if doc.text(i) == "one" { "NN" } else { "NNS" });
    }
}

/// "accused Qatar of it, a charge Doha denies": the clause tells of the charge.
fn a_charge_he_denies(doc: &mut Doc, _: &Marks, i: usize) {
    let v = doc.tokens[i].head as usize;
    if i < 3
        || doc.tokens[i].dep != "dobj"
        || doc.tokens[i].tag != "NN"
        || v <= i + 1
        || !matches!(doc.text(i - 1), "a" | "an") && doc.tokens[i - 1].pos != "ADJ"
        || !matches!(doc.tokens[v].tag, "VBZ" | "VBD" | "VBP")
    {
        return;
    }
    let Some(comma) = (i.saturating_sub(4)..i).rev().find(|k| doc.text(*k) == ",") else { return };
    let kid = |deps: &[&str], range: std::ops::Range<usize>| {
        range.into_iter().find(|k| doc.tokens[*k].head as usize == v && deps.contains(&doc.tokens[*k].dep))
    };
    let subject = kid(&["nsubj"], i + 1..v);
    let told = kid(&["ccomp"], 0..comma);
    if let (Some(_), Some(x)) = (subject, told) {
        let (dep, head) = (doc.tokens[v].dep, doc.tokens[v].head);
        doc.tokens[x].dep = dep;
        doc.tokens[x].head = if head as usize == v { x as u32 } else { head };
        (doc.tokens[v].dep, doc.tokens[v].head) = ("relcl", i as u32);
        (doc.tokens[i].dep, doc.tokens[i].head) = ("appos", x as u32);
    }
}

/// "Boris Nemtsov, gunned down near the Kremlin, was to have led": the participle tells of him, the verb behind the comma is
/// his; "a separatist shot dead" was shot.
fn gunned_down_was(doc: &mut Doc, _: &Marks, v: usize) {
    let own = |doc: &Doc| {
        let subject = |k: usize| matches!(doc.tokens[k].dep, "nsubj" | "nsubjpass" | "mark");
        (0..v).any(|k| doc.tokens[k].head as usize == v && subject(k))
    };
    let noun = doc.tokens[v].head as usize;
    // a noun that is the root of its sentence is its subject, and the verb no participle
    if doc.tokens[v].dep == "acl" && doc.tokens[v].tag == "VBD" && !own(doc) && doc.tokens[noun].dep != "ROOT" {
        doc.tokens[v].tag = "VBN";
    }
    if v < 2 || doc.tokens[v].tag != "VBD" || doc.tokens[v].dep != "ROOT" || doc.text(v - 1) != "," {
        return;
    }
    let tokens = &doc.tokens;
    let kids = |h: usize| (0..tokens.len()).filter(move |k| *k != h && tokens[*k].head as usize == h);
    let kids_of: Vec<usize> = kids(v).collect();
    let dep = |k: usize| tokens[k].dep;
    let Some(s) = kids_of.iter().copied().find(|k| dep(*k) == "nsubj" && *k < v) else { return };
    let object = kids_of.iter().any(|k| matches!(dep(*k), "dobj" | "ccomp" | "xcomp" | "attr" | "cc"));
    let Some(w) = kids_of.iter().copied().find(|k| dep(*k) == "conj" && *k > v) else { return };
    let first = kids(w).filter(|k| matches!(dep(*k), "aux" | "auxpass") && *k < w).min().unwrap_or(w);
    let own = kids(w).any(|k| matches!(dep(k), "nsubj" | "nsubjpass"));
    let finite = matches!(tokens[first].tag, "VBD" | "VBZ" | "VBP" | "MD");
    if object || own || !finite || doc.text(first - 1) != "," || s + 2 > v {
        return;
    }
    let passive = kids(w).any(|k| dep(k) == "auxpass");
    (doc.tokens[w].dep, doc.tokens[w].head) = ("ROOT", w as u32);
    (doc.tokens[s].dep, doc.tokens[s].head) = (if passive { "nsubjpass" } else { "nsubj" }, w as u32);
    (doc.tokens[v].dep, doc.tokens[v].head, doc.tokens[v].tag) = ("acl", s as u32, "VBN");
}

/// "was abducted, tried in secret and hanged": the second was done to him, too.
fn was_abducted_tried(doc: &mut Doc, _: &Marks, i: usize) {
    let v = doc.tokens[i].head as usize;
    if i < 3
        || doc.tokens[i].dep != "advcl"
        || !matches!(doc.tokens[i].tag, "VBD" | "VBN")
        || v >= i
        || doc.text(i - 1) != ","
    {
        return;
    }
    let kid = |h: usize, deps: &[&str]| {
        (0..doc.tokens.len()).any(|k| k != h && doc.tokens[k].head as usize == h && deps.contains(&doc.tokens[k].dep))
    };
    if kid(v, &["auxpass"]) && kid(i, &["conj"]) && !kid(i, &["nsubj", "nsubjpass", "mark", "dobj", "aux", "auxpass"]) {
        (doc.tokens[i].dep, doc.tokens[i].tag) = ("conj", "VBN");
    }
}

/// "In Yerevan protesters besieged the offices": where they were, not whose.
fn in_yerevan_protesters(doc: &mut Doc, _: &Marks, i: usize) {
    const PEOPLE: &[&str] = &[
        "protester",
        "demonstrator",
        "gunman",
        "fighter",
        "rebel",
        "student",
        "supporter",
        "resident",
        "militant",
        "crowd",
        "opponent",
        "voter",
        "insurgent",
        "worker",
        "mourner",
        "loyalist",
        "settler",
        "activist",
        "man",
        "youth",
        "rioter",
    ];
    let n = doc.tokens[i].head as usize;
    if i == 0
        || n != i + 1
        || doc.tokens[i].dep != "compound"
        || doc.tokens[i].tag != "NNP"
        || !doc.tokens[i - 1].sent_start
        || doc.tokens[i - 1].dep != "prep"
        || !matches!(doc.text(i - 1), "In" | "At" | "Outside" | "Near" | "Across")
        || !matches!(doc.tokens[n].dep, "nsubj" | "nsubjpass")
        || !PEOPLE.contains(&doc.tokens[n].lemma.as_str())
    {
        return;
    }
    (doc.tokens[i].dep, doc.tokens[i].head) = ("pobj", i as u32 - 1);
}

/// "praised the forces who ended the siege, killing four": what follows a deed is of its doers, not of whoever speaks of them.
fn who_struck_killing(doc: &mut Doc, _: &Marks, i: usize) {
    const FOLLOWS: &[&str] = &[
        "kill", "wound", "injure", "destroy", "capture", "displace", "sink", "burn", "damage", "seize", "abduct",
        "maim",
    ];
    let v = doc.tokens[i].head as usize;
    if doc.tokens[i].tag != "VBG"
        || doc.tokens[i].dep != "advcl"
        || v >= i
        || doc.text(i - 1) != ","
        || !FOLLOWS.contains(&doc.tokens[i].lemma.as_str())
    {
        return;
    }
    let relative = (v + 1..i - 1).rev().find(|k| doc.tokens[*k].dep == "relcl" && doc.tokens[*k].pos == "VERB");
    if let Some(r) = relative {
        doc.tokens[i].head = r as u32;
    }
}

/// "lifted the sanctions on Syria. Those against the Assads remain": the measures of the sentence before.
fn those_against(doc: &mut Doc, _: &Marks, i: usize) {
    if !doc.text(i).eq_ignore_ascii_case("those")
        || i + 1 >= doc.tokens.len()
        || !matches!(doc.text(i + 1), "against" | "on" | "with")
        || doc.tokens[i + 1].head as usize != i
    {
        return;
    }
    let prep = doc.text(i + 1).to_owned();
    let like = (0..i).rev().take(50).find(|k| {
        doc.tokens[*k].tag == "NNS"
            && (*k + 1..doc.tokens.len().min(*k + 9)).any(|p| {
                doc.tokens[p].head as usize == *k && (doc.text(p) == prep || matches!(doc.text(p), "on" | "against"))
                    || doc.text(p) == "on" && doc.tokens[*k].lemma == "sanction"
            })
    });
    if let Some(k) = like {
        doc.tokens[i].lemma = doc.tokens[k].lemma.clone();
        (doc.tokens[i].pos, doc.tokens[i].tag) = ("NOUN", "NNS");
    }
}

/// "It was Qatar that mediated": the clause tells of the name before "that".
fn it_was_x_that(doc: &mut Doc, marks: &Marks, i: usize) {
    let v = doc.tokens[i].head as usize;
    let be = doc.tokens[v].head as usize;
    if i < 2
        || !matches!(doc.tokens[i].tag, "WDT" | "WP" | "IN")
        || !matches!(doc.text(i), "that" | "who" | "which")
        || !matches!(doc.tokens[i].dep, "nsubj" | "nsubjpass")
        || doc.tokens[v].dep != "ccomp"
        || doc.tokens[be].lemma != "be"
        || be > i
    {
        return;
    }
    let it = (0..be).rev().take(4).any(|k| {
        doc.tokens[k].dep == "nsubj" && doc.tokens[k].head as usize == be && doc.text(k).eq_ignore_ascii_case("it")
    });
    let noun = (be + 1..i).find(|k| doc.tokens[*k].dep == "attr" && doc.tokens[*k].head as usize == be);
    if let Some(noun) = noun.filter(|n| it && (marks.named[*n] || doc.tokens[*n].pos == "NOUN")) {
        doc.tokens[v].dep = "relcl";
        doc.tokens[v].head = noun as u32;
    }
}

/// "X, the UN envoy to the peace process, who arrived": "who" is the person, not the thing that stands before the comma.
fn who_is_somebody(doc: &mut Doc, marks: &Marks, i: usize) {
    let v = doc.tokens[i].head as usize;
    if doc.tokens[i].tag != "WP"
        || doc.tokens[i].dep != "nsubj"
        || doc.tokens[v].dep != "relcl"
        || i == 0
        || doc.text(i - 1) != ","
    {
        return;
    }
    let noun = doc.tokens[v].head as usize;
    if noun >= i || marks.person[noun] || doc.tokens[noun].dep != "pobj" {
        return;
    }
    // up to what stands beside a person
    let mut k = noun;
    for _ in 0..6 {
        let h = doc.tokens[k].head as usize;
        if h == k {
            return;
        }
        if doc.tokens[k].dep == "appos" && doc.tokens[h].pos == "PROPN" && h < k {
            doc.tokens[v].head = h as u32;
            return;
        }
        if !matches!(doc.tokens[k].dep, "pobj" | "prep" | "appos") {
            return;
        }
        k = h;
    }
}

/// "the former vice-president of Ecuador": the parts of one post, hung beside each other.
fn one_post(doc: &mut Doc, _: &Marks, i: usize) {
    if i < 2 || !matches!(doc.text(i - 2).to_lowercase().as_str(), "vice" | "ex" | "deputy") || doc.text(i - 1) != "-" {
        return;
    }
    let (h, dep) = (doc.tokens[i].head, doc.tokens[i].dep);
    let same = |k: usize| doc.tokens[k].head == h && doc.tokens[k].dep == dep;
    if doc.tokens[i].pos != "NOUN" || h as usize == i || !same(i - 2) {
        return;
    }
    for k in 0..i {
        if doc.tokens[k].head as usize == i - 2 && k != i - 2 {
            doc.tokens[k].head = i as u32;
        }
    }
    (doc.tokens[i - 2].head, doc.tokens[i - 2].dep) = (i as u32, "compound");
    (doc.tokens[i - 1].head, doc.tokens[i - 1].dep) = (i as u32, "punct");
}

/// "the fighters of the Union of Forces, led by X, moved": a participle beside a name, with whoever does it, tells of the name.
fn led_by(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    if t.tag != "VBN"
        || t.dep != "advcl"
        || i < 2
        || doc.text(i - 1) != ","
        || !marks.named[i - 2]
        || i + 1 >= doc.tokens.len()
        || doc.text(i + 1) != "by"
        || !matches!(t.lemma.as_str(), "lead" | "head" | "command" | "chair" | "found" | "run" | "back" | "own")
    {
        return;
    }
    // the head of the whole name
    let start = (0..=i - 2).rev().take_while(|j| marks.named[*j]).last().unwrap_or(i - 2);
    let Some(name) = (start..=i - 2).find(|j| !(start..=i - 2).contains(&(doc.tokens[*j].head as usize))) else {
        return;
    };
    (doc.tokens[i].head, doc.tokens[i].dep) = (name as u32, "acl");
}

/// "imposed sanctions on A, on B, and on C": the preposition said again hangs where the first does.
fn said_again(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let v = t.head as usize;
    if t.pos != "ADP" || v >= i || i == 0 {
        return;
    }
    let adp_conj = |k: usize| doc.tokens[k].pos == "ADP" && doc.tokens[k].dep == "conj";
    if t.dep == "conj" && adp_conj(v) && doc.tokens[doc.tokens[v].head as usize].pos == "ADP" {
        doc.tokens[i].head = doc.tokens[v].head;
        return;
    }
    if t.dep != "prep" || doc.text(i - 1) != "," || !doc.tokens[v].tag.starts_with("VB") {
        return;
    }
    let Some(o) = (v + 1..i).find(|k| doc.tokens[*k].head as usize == v && doc.tokens[*k].dep == "dobj") else {
        return;
    };
    let first = (o + 1..i)
        .find(|k| doc.tokens[*k].head as usize == o && doc.tokens[*k].dep == "prep" && doc.text(*k) == doc.text(i));
    if let Some(p) = first {
        (doc.tokens[i].head, doc.tokens[i].dep) = (p as u32, "conj");
    }
}

/// "The talks ended and Turkey provided assistance": a name right before a finite verb without a subject does it.
fn doer_between(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let v = t.head as usize;
    if t.dep != "conj" || t.pos != "PROPN" || !marks.named[i] || v >= i || !doc.tokens[v].tag.starts_with("VB") {
        return;
    }
    let next = i + 1;
    let finite = doc.tokens.get(next).is_some_and(|n| {
        matches!(n.tag, "VBD" | "VBZ" | "VBP") && n.dep == "conj" && (n.head as usize == v || n.head as usize == i)
    });
    let subject = (0..doc.tokens.len()).any(|k| doc.tokens[k].head as usize == next && doc.tokens[k].dep == "nsubj");
    if finite && !subject {
        (doc.tokens[i].head, doc.tokens[i].dep) = (next as u32, "nsubj");
        doc.tokens[next].head = v as u32;
    }
}

/// "Iran, which has not commented, fired missiles at Israel": a verb behind an aside that was read as a participle before its
/// own object, so that the sentence was left without one.
fn verb_after_aside(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let adjective = t.tag == "JJ" && doc.text(i).ends_with("ed");
    let participle = matches!(t.tag, "VBN" | "VBD") || adjective;
    if !participle || i < 4 || doc.text(i - 1) != "," {
        return;
    }
    // "The prime minister, Anna Kaminski, deported Afghans": a verb in its place, under another name
    let kid = |dep: &str| {
        (i - 4..doc.tokens.len().min(i + 12)).any(|k| doc.tokens[k].head as usize == i && doc.tokens[k].dep == dep)
    };
    if adjective && t.dep == "ROOT" && kid("dobj") && !kid("aux") {
        doc.tokens[i].lemma = base_of_past(doc.text(i));
        (doc.tokens[i].tag, doc.tokens[i].pos) = ("VBD", "VERB");
        return;
    }
    if !matches!(t.dep, "amod" | "acl") {
        return;
    }
    // its object, where it was read as a word before it: beside the name, or the object of the aside
    let up = t.head as usize;
    let (object, name) = if t.dep == "acl" {
        (None, up)
    } else {
        let h = doc.tokens[up].head as usize;
        match doc.tokens[up].dep {
            "appos" if doc.tokens[h].dep == "appos" => (Some(up), doc.tokens[h].head as usize),
            "appos" => (Some(up), h),
            "dobj" if doc.tokens[h].dep == "relcl" => (Some(up), doc.tokens[h].head as usize),
            _ => return,
        }
    };
    let nominal = matches!(doc.tokens[name].pos, "PROPN" | "NOUN");
    // the sentence, or what is said in it ("said that the president, X, handed in his resignation")
    let that =
        (name.saturating_sub(8)..name).find(|k| doc.tokens[*k].dep == "mark" && doc.tokens[*k].head as usize == name);
    let said = doc.tokens[name].dep == "ccomp" && that.is_some();
    let top = doc.tokens[name].head as usize == name || said;
    if !top || !nominal || name >= i || object.is_some_and(|o| o <= i) {
        return;
    }
    // the aside stands between two commas behind the name, nothing stands before the participle, and nobody does it to it
    let aside = doc.text(name + 1) == "," && name + 1 < i - 1;
    let own = object.is_some_and(|o| (name + 1..i).any(|k| doc.tokens[k].head as usize == o));
    let by = doc.tokens.get(i + 1).is_some() && doc.text(i + 1) == "by";
    if !aside || own || by {
        return;
    }
    if doc.tokens[i].tag == "JJ" {
        doc.tokens[i].lemma = base_of_past(doc.text(i));
    }
    for k in i..doc.tokens.len() {
        if doc.tokens[k].head as usize == name && k != i {
            doc.tokens[k].head = i as u32;
        }
    }
    let (over, dep) = if said { (doc.tokens[name].head, "ccomp") } else { (i as u32, "ROOT") };
    (doc.tokens[name].head, doc.tokens[name].dep) = (i as u32, "nsubj");
    (doc.tokens[i].head, doc.tokens[i].dep, doc.tokens[i].tag, doc.tokens[i].pos) = (over, dep, "VBD", "VERB");
    if let Some(m) = that.filter(|_| said) {
        doc.tokens[m].head = i as u32;
    }
    if let Some(o) = object {
        (doc.tokens[o].head, doc.tokens[o].dep) = (i as u32, "dobj");
    }
}

/// "shot dead three demonstrators": dead are those shot, not what they are called.
fn shot_dead(doc: &mut Doc, _: &Marks, i: usize) {
    let v = i.wrapping_sub(1);
    if doc.text(i) == "dead"
        && doc.tokens[i].dep == "amod"
        && i > 0
        && matches!(doc.tokens[v].lemma.as_str(), "shoot" | "gun")
    {
        (doc.tokens[i].head, doc.tokens[i].dep) = (v as u32, "oprd");
    }
}

/// The sentence around a token.
fn sentence(doc: &Doc, i: usize) -> Range<usize> {
    let start = (0..=i).rev().find(|j| doc.tokens[*j].sent_start).unwrap_or(0);
    let end = (i + 1..doc.tokens.len()).find(|j| doc.tokens[*j].sent_start).unwrap_or(doc.tokens.len());
    start..end
}

/// Every token hangs on a root: where the rules above, one after the other, have tied tokens in a ring, the first of
/// them is cut loose.
fn unwind(doc: &mut Doc) {
    let n = doc.tokens.len();
    // the walk in which a token was first seen; a walk that meets its own trace has gone in a ring
    let mut seen = vec![usize::MAX; n];
    for from in 0..n {
        let mut at = from;
        while seen[at] == usize::MAX {
            seen[at] = from;
            let up = doc.tokens[at].head as usize;
            if up == at {
                break;
            }
            if seen[up] == from {
                (doc.tokens[up].head, doc.tokens[up].dep) = (up as u32, "ROOT");
                break;
            }
            at = up;
        }
    }
}

/// "Canada, Brazil, Chile and Peru", where the second name reads as an apposition of the first and the others hang on
/// it: a list.
fn list_of_names(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let h = t.head as usize;
    if t.dep == "appos" && h < i && joined_places(doc, h, i) {
        return;
    }
    let t = &doc.tokens[i];
    if t.dep != "appos" || t.pos != "PROPN" || h >= i || doc.tokens[h].pos != "PROPN" || !marks.named[h] {
        return;
    }
    // "Joseph Kony, Okot Odhiambo and Dominic Ongwen", where the model overlooked one
    let next = (i + 1..doc.tokens.len().min(i + 5))
        .find(|j| doc.tokens[*j].head as usize == i && doc.tokens[*j].dep == "conj");
    if !(marks.named[i] || marks.person[h] && next.is_some_and(|n| marks.person[n])) {
        return;
    }
    // the names stand next to each other but for a bracket, and the chain ends with "and"
    let bracket = (h + 1 < i && doc.text(h + 1) == "(").then(|| (h + 2..i).find(|j| doc.text(*j) == ")")).flatten();
    let between = (bracket.unwrap_or(h) + 1..i).filter(|j| doc.tokens[*j].head as usize != i);
    if between.clone().count() != 1 || !between.clone().all(|j| doc.text(j) == ",") {
        return;
    }
    let (mut last, mut joined) = (i, false);
    while let Some(next) = (last + 1..doc.tokens.len().min(last + 12))
        .find(|j| doc.tokens[*j].dep == "conj" && doc.tokens[*j].head as usize == last && doc.tokens[*j].pos == "PROPN")
    {
        joined |= (last + 1..next).any(|j| doc.tokens[j].dep == "cc");
        if !marks.named[next] {
            return;
        }
        last = next;
    }
    if joined {
        doc.tokens[i].dep = "conj";
    }
}

/// "Nicaragua, Venezuela, Nauru and Syria": names of one kind with nothing but commas between and "and" before the last are
/// one list, whatever hangs on what.
fn joined_places(doc: &mut Doc, first: usize, second: usize) -> bool {
    let place = |doc: &Doc, from: usize| {
        doc.entities.iter().find(|e| e.start as usize == from && e.label == "GPE").map(|e| e.end as usize)
    };
    let Some(start) = doc.entities.iter().find(|e| (e.start..e.end).contains(&(first as u32)) && e.label == "GPE")
    else {
        return false;
    };
    let (mut heads, mut at, mut joined) = (vec![first], start.end as usize, false);
    while at < doc.tokens.len() && !joined {
        let comma = doc.text(at) == ",";
        let and = |k: usize| k < doc.tokens.len() && doc.tokens[k].dep == "cc" && doc.text(k) == "and";
        joined = and(at) || comma && and(at + 1);
        let mut next = at + 1 + usize::from(comma && joined);
        if !comma && !joined {
            return false;
        }
        if next < doc.tokens.len() && doc.text(next).eq_ignore_ascii_case("the") {
            next += 1;
        }
        let Some(end) = place(doc, next) else { return false };
        heads.push(end - 1);
        at = end;
    }
    if !joined || heads.len() < 4 || heads[1] != second {
        return false;
    }
    for pair in heads.windows(2) {
        (doc.tokens[pair[1]].head, doc.tokens[pair[1]].dep) = (pair[0] as u32, "conj");
    }
    true
}

/// "accuses the courts of sheltering men": what somebody is accused of hangs on the verb.
fn of_to_the_accuser(doc: &mut Doc, _: &Marks, i: usize) {
    const ACCUSE: &[&str] = &["accuse", "suspect", "convict", "acquit", "accused"];
    let t = &doc.tokens[i];
    let o = t.head as usize;
    if t.dep != "prep" || doc.text(i) != "of" || o >= i || doc.tokens[o].dep != "dobj" {
        return;
    }
    let verb = doc.tokens[o].head as usize;
    let gerund = (i + 1..doc.tokens.len().min(i + 4))
        .any(|j| doc.tokens[j].head as usize == i && doc.tokens[j].dep == "pcomp" && doc.tokens[j].tag == "VBG");
    // "accused separatists of disloyalty", not "accused members of parliament"
    const OF_SOMETHING: &[&str] = &[
        "member",
        "head",
        "leader",
        "chief",
        "part",
        "majority",
        "number",
        "commander",
        "supporter",
        "citizen",
        "president",
        "minister",
        "government",
    ];
    let deed = (i + 1..doc.tokens.len().min(i + 7))
        .find(|j| doc.tokens[*j].head as usize == i && doc.tokens[*j].dep == "pobj");
    let wrong = deed.is_some_and(|d| {
        let named = doc.entities.iter().any(|e| (e.start as usize..e.end as usize).contains(&d) && e.label != "DATE");
        matches!(doc.tokens[d].tag, "NN" | "NNS") && !named
    });
    let accused = doc.tokens[o].tag != "NN" && !OF_SOMETHING.contains(&doc.tokens[o].lemma.as_str());
    if (gerund || wrong && accused) && ACCUSE.contains(&doc.tokens[verb].lemma.as_str()) {
        doc.tokens[i].head = verb as u32;
    }
}

/// "designated Hezbollah a terrorist group": without a comma what follows the name is what it is called, no apposition.
fn named_a(doc: &mut Doc, _: &Marks, i: usize) {
    const CALL: &[&str] =
        &["designate", "name", "call", "declare", "consider", "label", "brand", "deem", "term", "proclaim", "list"];
    let t = &doc.tokens[i];
    let o = t.head as usize;
    if t.dep != "appos" || t.pos != "NOUN" || o >= i || doc.tokens[o].dep != "dobj" {
        return;
    }
    let v = doc.tokens[o].head as usize;
    if CALL.contains(&doc.tokens[v].lemma.as_str()) && v < o && (o + 1..i).all(|j| doc.text(j) != ",") {
        doc.tokens[i].head = v as u32;
        doc.tokens[i].dep = "oprd";
    }
}

/// "swore in Dina Boluarte": a particle taken for a preposition.
fn sworn_in(doc: &mut Doc, _: &Marks, i: usize) {
    let v = doc.tokens[i].head as usize;
    if doc.text(i) != "in" || v + 1 != i || doc.tokens[i].dep != "prep" || doc.tokens[v].lemma != "swear" {
        return;
    }
    let name = (i + 1..doc.tokens.len().min(i + 10))
        .find(|j| doc.tokens[*j].head as usize == i && doc.tokens[*j].dep == "pobj" && doc.tokens[*j].pos == "PROPN");
    if let Some(o) = name {
        doc.tokens[i].dep = "prt";
        doc.tokens[i].tag = "RP";
        doc.tokens[o].head = v as u32;
        doc.tokens[o].dep = "dobj";
    }
}

/// "no longer considered Pedro Castillo president", "elected Nawaf Salam prime minister": the name is the object.
fn called_president(doc: &mut Doc, marks: &Marks, i: usize) {
    const CALL: &[&str] = &["consider", "name", "elect", "appoint", "declare", "make", "proclaim", "deem", "reelect"];
    const POSTS: &[&str] =
        &["president", "leader", "premier", "chancellor", "king", "chairman", "minister", "governor"];
    let t = &doc.tokens[i];
    let v = t.head as usize;
    if !matches!(t.dep, "oprd" | "dobj")
        || t.pos != "NOUN"
        || v + 2 > i
        || !CALL.contains(&doc.tokens[v].lemma.as_str())
        || !POSTS.contains(&t.lemma.as_str())
    {
        return;
    }
    let name = (v + 1..i).rev().find(|j| doc.tokens[*j].pos == "PROPN" && marks.named[*j]);
    let Some(name) = name.filter(|n| doc.tokens[*n].dep == "compound" && doc.tokens[*n].head as usize == i) else {
        return;
    };
    // nothing but the name and a word of the title between
    let first = (v + 1..=name).rev().take_while(|j| *j == name || doc.tokens[*j].head as usize == name).last();
    if first.is_some_and(|f| f == v + 1) && name + 2 >= i {
        (doc.tokens[name].head, doc.tokens[name].dep) = (v as u32, "dobj");
        doc.tokens[i].dep = "oprd";
    }
}

/// "criticised the penholder, the United States, for haste": a name between commas after the object, taken for a measure.
fn name_beside(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let v = t.head as usize;
    if t.dep != "npadvmod" || t.pos != "PROPN" || !marks.named[i] || v >= i {
        return;
    }
    let Some(first) = (v + 1..=i).find(|j| *j == i || doc.tokens[*j].head as usize == i) else { return };
    if first < 2 || doc.text(first - 1) != "," {
        return;
    }
    let object = first - 2;
    let o = &doc.tokens[object];
    // "targeted another of its leaders, X"
    let of = o.head as usize;
    let one_of = o.dep == "pobj"
        && doc.text(of) == "of"
        && matches!(doc.text(doc.tokens[of].head as usize), "one" | "another")
        && doc.tokens[doc.tokens[of].head as usize].head as usize == v;
    if one_of || o.dep == "dobj" && o.head as usize == v && o.pos == "NOUN" {
        doc.tokens[i].head = object as u32;
        doc.tokens[i].dep = "appos";
    }
}

/// "The ministers, Andrii Sybiha and X, signed": a first name read as a verb.
fn name_no_verb(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let capital = |doc: &Doc, k: usize| doc.text(k).starts_with(char::is_uppercase);
    if !marks.person[i] || !t.tag.starts_with("VB") || t.sent_start || !capital(doc, i) {
        return;
    }
    let Some(last) = (i + 1..doc.tokens.len().min(i + 4)).take_while(|j| marks.person[*j]).last() else { return };
    let (up, dep) = (t.head, t.dep);
    if up as usize == i || doc.tokens[last].head as usize != i {
        return;
    }
    let subject = (0..i).rev().take(12).find(|j| doc.tokens[*j].head as usize == i && doc.tokens[*j].dep == "nsubj");
    for k in 0..doc.tokens.len() {
        if doc.tokens[k].head as usize == i && k != i && k != last {
            doc.tokens[k].head = last as u32;
        }
    }
    (doc.tokens[i].head, doc.tokens[i].dep, doc.tokens[i].tag, doc.tokens[i].pos) =
        (last as u32, "compound", "NNP", "PROPN");
    match subject {
        Some(s) => {
            (doc.tokens[s].head, doc.tokens[s].dep) = (up, "nsubj");
            (doc.tokens[last].head, doc.tokens[last].dep) = (s as u32, "appos");
        }
        None => (doc.tokens[last].head, doc.tokens[last].dep) = (up, dep),
    }
}

/// "freed a hostage, X; Algeria and Mauritania recalled their ambassadors": names after a semicolon, read as joined to
/// what stands before it, are the subject of the verb that follows them.
fn sides_after_semicolon(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    if !matches!(t.tag, "VBD" | "VBZ" | "VBP") || !matches!(t.dep, "conj" | "ccomp" | "ROOT" | "parataxis") {
        return;
    }
    let has_subject = |doc: &Doc| {
        (0..doc.tokens.len()).any(|k| doc.tokens[k].head as usize == i && doc.tokens[k].dep.starts_with("nsubj"))
    };
    let from = sentence(doc, i).start;
    let Some(stop) = (from..i).rev().find(|k| doc.text(*k) == ";") else { return };
    let between = stop + 1..i;
    if between.is_empty()
        || between.len() > 8
        || !between.clone().all(|k| marks.named[k] || matches!(doc.tokens[k].pos, "CCONJ" | "DET" | "PUNCT" | "PROPN"))
    {
        return;
    }
    let Some(first) = between.clone().find(|k| marks.named[*k] && (doc.tokens[*k].head as usize) < stop) else {
        return;
    };
    if has_subject(doc) {
        return;
    }
    (doc.tokens[first].head, doc.tokens[first].dep) = (i as u32, "nsubj");
}

/// "President Assad flees to Moscow": in a chronicle's present a verb reads as a plural that the name stands before.
fn plural_for_verb(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    if t.tag != "NNS"
        || t.dep != "ROOT"
        || i == 0
        || !doc.text(i).starts_with(char::is_lowercase)
        || !marks.named[i - 1]
    {
        return;
    }
    let range = sentence(doc, i);
    let finite =
        range.clone().any(|k| matches!(doc.tokens[k].tag, "VBD" | "VBZ" | "VBP") && doc.tokens[k].head as usize == i);
    let after =
        doc.tokens.get(i + 1).is_some_and(|n| matches!(n.pos, "ADP" | "DET" | "PROPN" | "PRON" | "ADJ" | "NUM"));
    let name = i - 1;
    let before: Vec<usize> = range.clone().filter(|k| *k < i && doc.tokens[*k].head as usize == i).collect();
    if finite || !after || !before.contains(&name) || doc.tokens[name].dep != "compound" {
        return;
    }
    let t = &mut doc.tokens[i];
    (t.tag, t.pos) = ("VBZ", "VERB");
    for k in before {
        let t = &mut doc.tokens[k];
        if k != name && matches!(t.dep, "compound" | "amod" | "punct" | "poss" | "det" | "nmod") && t.pos != "SPACE" {
            t.head = name as u32;
        }
    }
    doc.tokens[name].dep = "nsubj";
    let object = range
        .filter(|k| *k > i && doc.tokens[*k].head as usize == i)
        .find(|k| matches!(doc.tokens[*k].dep, "appos" | "npadvmod") && doc.tokens[*k].pos != "PUNCT");
    if let Some(o) = object.filter(|o| (i + 1..*o).all(|k| doc.text(k) != ",")) {
        doc.tokens[o].dep = "dobj";
    }
}

/// "decided to restore, with immediate effect, the status": an object parted from its verb by an aside, read as an
/// apposition of the subject.
fn object_after_aside(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let up = t.head as usize;
    if t.dep != "appos" || t.pos != "NOUN" || up + 4 > i {
        return;
    }
    let first = (up + 1..=i).find(|j| *j == i || doc.tokens[*j].head as usize == i).unwrap_or(i);
    if first == 0 || doc.text(first - 1) != "," {
        return;
    }
    let Some(v) = (up + 1..first - 1).rev().find(|j| doc.tokens[*j].pos == "VERB") else { return };
    let aside =
        doc.text(v + 1) == "," && doc.tokens.get(v + 2).is_some_and(|a| matches!(a.pos, "ADP" | "ADV" | "SCONJ"));
    let objects = (v..doc.tokens.len().min(i + 12))
        .any(|k| doc.tokens[k].head as usize == v && matches!(doc.tokens[k].dep, "dobj" | "ccomp" | "xcomp"));
    if aside && !objects && matches!(doc.tokens[v].tag, "VB" | "VBD" | "VBZ" | "VBP") {
        (doc.tokens[i].head, doc.tokens[i].dep) = (v as u32, "dobj");
    }
}

/// "said Thailand had launched an invasion, and asked the Council": a plain past after what was said in the pluperfect goes
/// with the saying.
fn tense_of_the_saying(doc: &mut Doc, _: &Marks, i: usize) {
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

/// "ECOWAS imposed sanctions", "Trump paused aid": a name that opens the sentence, read as a verb or a noun over what it does.
fn name_begins(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    if !t.sent_start
        || t.head as usize != i
        || i + 2 >= doc.tokens.len()
        || !doc.text(i).starts_with(char::is_uppercase)
    {
        return;
    }
    let n = &doc.tokens[i + 1];
    let object = n.head as usize;
    let done =
        matches!(n.tag, "VBN" | "VBD") && n.dep == "amod" && object > i + 1 && doc.tokens[object].head as usize == i;
    let name = matches!(t.tag, "VB" | "VBG" | "NN" | "VBP" | "VBN")
        && matches!(doc.tokens[object].dep, "dobj" | "npadvmod" | "appos");
    let bare = (i + 2..object).all(|k| doc.tokens[k].head as usize == object || doc.tokens[k].head as usize > i + 1);
    if !done || !name || !bare || doc.text(i).len() < 3 || doc.text(i).ends_with("ing") {
        return;
    }
    for k in 0..doc.tokens.len() {
        if doc.tokens[k].head as usize == i {
            doc.tokens[k].head = i as u32 + 1;
        }
    }
    let name = doc.text(i).to_owned();
    let t = &mut doc.tokens[i];
    (t.head, t.dep, t.tag, t.pos, t.lemma) = (i as u32 + 1, "nsubj", "NNP", "PROPN", name);
    let v = &mut doc.tokens[i + 1];
    (v.head, v.dep, v.tag, v.pos) = (i as u32 + 1, "ROOT", "VBD", "VERB");
    doc.tokens[object].dep = "dobj";
}

/// "Vanuatu and Tuvalu later withdrew": the first of two names is no sentence of its own.
fn both_names(doc: &mut Doc, _: &Marks, v: usize) {
    // the same, where the first was read as an adverb of the verb
    let t = &doc.tokens[v];
    if matches!(t.dep, "advmod" | "npadvmod")
        && t.pos == "PROPN"
        && (t.head as usize) > v + 2
        && v + 2 < doc.tokens.len()
    {
        let (verb, second) = (t.head as usize, v + 2);
        let s = &doc.tokens[second];
        let subject = matches!(s.dep, "nsubj" | "nsubjpass") && s.head as usize == verb && s.pos == "PROPN";
        if doc.text(v + 1) == "and" && doc.tokens[v + 1].head as usize == v && subject {
            let dep = s.dep;
            doc.tokens[v].dep = dep;
            (doc.tokens[second].head, doc.tokens[second].dep) = (v as u32, "conj");
        }
        return;
    }
    let t = &doc.tokens[v];
    let first = t.head as usize;
    if t.dep != "conj" || !matches!(t.tag, "VBD" | "VBZ" | "VBP") || first >= v {
        return;
    }
    let f = &doc.tokens[first];
    if f.head as usize != first || f.pos != "PROPN" {
        return;
    }
    let second = (first + 1..v)
        .find(|k| doc.tokens[*k].head as usize == v && matches!(doc.tokens[*k].dep, "nsubj" | "nsubjpass"));
    let Some(second) = second.filter(|s| doc.tokens[*s].pos == "PROPN") else { return };
    let and = (first + 1..second).find(|k| doc.tokens[*k].dep == "cc" && doc.text(*k) == "and");
    let near = and.is_some_and(|a| a == first + 1 && (a + 1..second).all(|k| doc.tokens[k].head as usize == second));
    if !near {
        return;
    }
    let dep = doc.tokens[second].dep;
    for k in v + 1..doc.tokens.len() {
        if doc.tokens[k].head as usize == first {
            doc.tokens[k].head = v as u32;
        }
    }
    (doc.tokens[v].head, doc.tokens[v].dep) = (v as u32, "ROOT");
    (doc.tokens[first].head, doc.tokens[first].dep) = (v as u32, dep);
    (doc.tokens[second].head, doc.tokens[second].dep) = (first as u32, "conj");
}

/// "NATO's newest member, Sweden, sent jets": a name between commas behind a noun is no measure.
fn member_named(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let h = t.head as usize;
    let commas = i + 1 < doc.tokens.len() && i > 0 && doc.text(i - 1) == "," && doc.text(i + 1) == ",";
    if t.dep == "npadvmod" && t.pos == "PROPN" && marks.named[i] && commas && h < i && doc.tokens[h].pos == "NOUN" {
        doc.tokens[i].dep = "appos";
    }
}

/// "Al-Qaeda's affiliate in Somalia, Al-Shabaab, attacked": the name between commas is the affiliate's, not the place's.
fn branch_named(doc: &mut Doc, _: &Marks, i: usize) {
    const BRANCHES: &[&str] = &[
        "affiliate",
        "branch",
        "arm",
        "wing",
        "ally",
        "proxy",
        "offshoot",
        "partner",
        "party",
        "group",
        "movement",
        "militia",
    ];
    let t = &doc.tokens[i];
    let place = t.head as usize;
    if t.dep != "appos" || t.pos != "PROPN" || place >= i || doc.tokens[place].dep != "pobj" {
        return;
    }
    let label = |k: usize| {
        doc.entities.iter().find(|e| (e.start as usize..e.end as usize).contains(&k)).map_or("", |e| e.label)
    };
    let noun = doc.tokens[doc.tokens[place].head as usize].head as usize;
    let in_place = doc.text(doc.tokens[place].head as usize) == "in" && label(place) == "GPE";
    let closed = i + 1 < doc.tokens.len() && doc.text(i + 1) == ",";
    if in_place && closed && label(i) != "GPE" && BRANCHES.contains(&doc.tokens[noun].lemma.as_str()) {
        doc.tokens[i].head = noun as u32;
    }
}

/// "A majority of the members favour sending troops": a full verb that was read as an auxiliary of the next.
fn members_favour(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let gerund = t.head as usize;
    let full = !matches!(
        t.lemma.as_str(),
        "be" | "have"
            | "do"
            | "will"
            | "would"
            | "can"
            | "could"
            | "may"
            | "might"
            | "shall"
            | "should"
            | "must"
            | "get"
            | "ought"
            | "need"
            | "dare"
            | "use"
    );
    if t.dep != "aux"
        || !matches!(t.tag, "VBP" | "VBZ" | "VBD")
        || !full
        || gerund <= i
        || doc.tokens[gerund].tag != "VBG"
    {
        return;
    }
    let noun = doc.tokens[gerund].head as usize;
    if doc.tokens[gerund].dep != "acl" || noun >= i || doc.tokens[noun].head as usize != noun {
        return;
    }
    for k in noun..doc.tokens.len() {
        if doc.tokens[k].head as usize == noun && k > i && k != gerund {
            doc.tokens[k].head = i as u32;
        }
    }
    (doc.tokens[noun].head, doc.tokens[noun].dep) = (i as u32, "nsubj");
    (doc.tokens[i].head, doc.tokens[i].dep, doc.tokens[i].pos) = (i as u32, "ROOT", "VERB");
    (doc.tokens[gerund].head, doc.tokens[gerund].dep) = (i as u32, "xcomp");
}

/// "Syria's ally Iran has sent", "The rivals India and Pakistan exchanged": the noun right before the name tells of it.
fn two_subjects(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let verb = t.head as usize;
    if !matches!(t.dep, "nsubj" | "nsubjpass") || t.pos != "PROPN" || !marks.named[i] || verb <= i {
        return;
    }
    let mut start = i;
    while start > 0 && doc.tokens[start - 1].head as usize == i && doc.tokens[start - 1].pos == "PROPN" {
        start -= 1;
    }
    let Some(noun) = start.checked_sub(1) else { return };
    let n = &doc.tokens[noun];
    if n.dep == t.dep && n.head as usize == verb && matches!(n.tag, "NN" | "NNS") {
        (doc.tokens[noun].head, doc.tokens[noun].dep) = (i as u32, "appos");
        return;
    }
    // "The movement, Hezbollah, was banned": between commas the name stands beside the noun
    let Some(before) = noun.checked_sub(1) else { return };
    let m = &doc.tokens[before];
    let closed = (i + 1..verb).any(|k| doc.text(k) == ",");
    if doc.text(noun) == ","
        && closed
        && m.dep == t.dep
        && m.head as usize == verb
        && matches!(m.tag, "NN" | "NNS")
        && !marks.named[before]
    {
        (doc.tokens[i].head, doc.tokens[i].dep) = (before as u32, "appos");
    }
}

/// "urged Egypt on Sunday to free the blogger": what Egypt is to do, with a day between.
fn asked_on_sunday_to(doc: &mut Doc, _: &Marks, i: usize) {
    const ASK: &[&str] = &[
        "urge",
        "ask",
        "tell",
        "order",
        "press",
        "call",
        "invite",
        "persuade",
        "warn",
        "beg",
        "instruct",
        "request",
        "encourage",
        "require",
        "advise",
        "appeal",
        "implore",
        "command",
        "challenge",
        "remind",
    ];
    let t = &doc.tokens[i];
    let v = t.head as usize;
    if t.dep != "advcl" || t.tag != "VB" || v >= i || !ASK.contains(&doc.tokens[v].lemma.as_str()) {
        return;
    }
    let kid = |h: usize, f: &dyn Fn(usize) -> bool| {
        (h.saturating_sub(4)..i + 1).any(|k| k != h && doc.tokens[k].head as usize == h && f(k))
    };
    let to = kid(i, &|k| doc.tokens[k].dep == "aux" && doc.text(k) == "to");
    let asked = kid(v, &|k| {
        k > v
            && (doc.tokens[k].dep == "dobj"
                || doc.tokens[k].dep == "prep" && matches!(doc.text(k), "on" | "upon" | "to"))
    });
    let comma = (v..i).any(|k| doc.text(k) == ",");
    if to && asked && !comma {
        doc.tokens[i].dep = "xcomp";
    }
}

/// "vowed to expand his arsenal and called South Korea an enemy": a finite verb is joined to the finite one, not to what was
/// vowed.
fn finite_after_infinitive(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let inf = t.head as usize;
    if t.dep != "conj" || !matches!(t.tag, "VBD" | "VBZ") || inf >= i || doc.tokens[inf].tag != "VB" {
        return;
    }
    let kid = |v: usize, dep: &str, words: &[&str]| {
        (v.saturating_sub(6)..doc.tokens.len().min(v + 20)).any(|k| {
            k != v
                && doc.tokens[k].head as usize == v
                && doc.tokens[k].dep == dep
                && (words.is_empty() || words.contains(&doc.text(k)))
        })
    };
    let over = doc.tokens[inf].head as usize;
    let finite = matches!(doc.tokens[over].tag, "VBD" | "VBZ") && doc.tokens[over].pos == "VERB" && over < inf;
    let own = kid(i, "nsubj", &[]) || kid(i, "nsubjpass", &[]);
    if finite && !own && kid(inf, "aux", &["to"]) && matches!(doc.tokens[inf].dep, "xcomp" | "advcl" | "ccomp") {
        doc.tokens[i].head = over as u32;
    }
}

/// "set free 90 prisoners", "were set free": to set free is to free.
fn set_free(doc: &mut Doc, _: &Marks, i: usize) {
    if doc.tokens[i].lemma != "set"
        || !doc.tokens[i].tag.starts_with('V')
        || i + 1 >= doc.tokens.len()
        || doc.text(i + 1) != "free"
    {
        return;
    }
    doc.tokens[i].lemma = "free".to_owned();
    (doc.tokens[i + 1].head, doc.tokens[i + 1].dep) = (i as u32, "advmod");
}

/// "Iran and its Lebanese ally Hezbollah": the name stands beside the noun right before it.
fn name_behind_noun(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let h = t.head as usize;
    if t.dep != "appos" || t.pos != "PROPN" || !marks.named[i] || h >= i {
        return;
    }
    let mut start = i;
    while start > 0 && doc.tokens[start - 1].head as usize == i && doc.tokens[start - 1].pos == "PROPN" {
        start -= 1;
    }
    let Some(noun) = start.checked_sub(1) else { return };
    let n = &doc.tokens[noun];
    if noun != h && n.tag == "NN" && n.dep == "conj" && n.head as usize == h {
        doc.tokens[i].head = noun as u32;
    }
}

/// "Assad, whose government Moscow and Tehran have propped up": what is whose is the object, the names do it.
fn whose_object(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let noun = t.head as usize;
    let n = &doc.tokens[noun];
    let verb = n.head as usize;
    let whose =
        (noun.saturating_sub(3)..noun).any(|k| doc.tokens[k].tag == "WP$" && doc.tokens[k].head as usize == noun);
    let beside = t.dep == "appos" && marks.named[i] && whose && n.dep == "nsubj" && doc.tokens[verb].dep == "relcl";
    if !beside || (noun + 1..i).any(|k| doc.tokens[k].head as usize != i) {
        return;
    }
    (doc.tokens[i].head, doc.tokens[i].dep) = (verb as u32, "nsubj");
    doc.tokens[noun].dep = "dobj";
}

/// "Saudi Arabia and Iran, rivals for decades, agreed": the names are the subject, what stands between commas tells of them.
fn names_before_aside(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let h = t.head as usize;
    let aside = &doc.tokens[h];
    if t.dep != "nsubj"
        || !marks.named[i]
        || h <= i
        || aside.pos != "NOUN"
        || !matches!(aside.dep, "nsubj" | "nsubjpass")
    {
        return;
    }
    let verb = aside.head as usize;
    let comma = |r: Range<usize>| r.clone().any(|k| doc.text(k) == ",");
    if verb <= h || !doc.tokens[verb].tag.starts_with('V') || !comma(i + 1..h) || !comma(h + 1..verb) {
        return;
    }
    let dep = aside.dep;
    (doc.tokens[i].head, doc.tokens[i].dep) = (verb as u32, dep);
    (doc.tokens[h].head, doc.tokens[h].dep) = (i as u32, "appos");
}

/// "spoke by telephone with Vladimir Putin": with whom is not told of the telephone.
fn with_by_telephone(doc: &mut Doc, _: &Marks, i: usize) {
    const MEANS: &[&str] =
        &["telephone", "phone", "video", "videolink", "link", "radio", "hotline", "teleconference", "videoconference"];
    let t = &doc.tokens[i];
    let means = t.head as usize;
    let by = doc.tokens[means].head as usize;
    let told =
        t.dep == "prep" && matches!(doc.text(i), "with" | "to") && MEANS.contains(&doc.tokens[means].lemma.as_str());
    if told && doc.tokens[means].dep == "pobj" && doc.tokens[doc.tokens[by].head as usize].tag.starts_with('V') {
        doc.tokens[i].head = doc.tokens[by].head;
    }
}

/// "has divided the Gulf since June, when Riyadh severed ties, closed the border and accused": a plain past behind a clause in
/// the past goes on with it, not with the perfect above.
fn joined_in_the_past(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let h = t.head as usize;
    if t.dep != "conj" || t.tag != "VBD" || h >= i || doc.tokens[h].tag != "VBN" {
        return;
    }
    let kid = |v: usize, deps: &[&str]| {
        (v.saturating_sub(12)..doc.tokens.len().min(v + 25))
            .find(|k| *k != v && doc.tokens[*k].head as usize == v && deps.contains(&doc.tokens[*k].dep))
    };
    let perfect = kid(h, &["aux"]).is_some_and(|a| doc.tokens[a].lemma == "have" && doc.tokens[a].tag != "VBD");
    if !perfect || kid(i, &["nsubj", "nsubjpass", "aux", "auxpass"]).is_some() {
        return;
    }
    let clause = (h + 1..i).rev().find(|k| {
        let c = &doc.tokens[*k];
        c.tag == "VBD" && matches!(c.dep, "advcl" | "relcl" | "ccomp") && c.pos != "AUX"
    });
    if let Some(c) = clause.filter(|c| kid(*c, &["nsubj", "nsubjpass"]).is_some()) {
        doc.tokens[i].head = c as u32;
    }
}

/// "the murder of a candidate, Fernando Villavicencio, had helped": a second subject, a name between commas behind a noun, is
/// that noun's apposition.
fn beside_the_candidate(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let v = t.head as usize;
    if t.dep != "nsubj" || t.pos != "PROPN" || !marks.person[i] || v <= i {
        return;
    }
    let first = (0..=i).rev().take_while(|k| *k == i || doc.tokens[*k].head as usize == i).last().unwrap_or(i);
    if first < 2
        || doc.text(first - 1) != ","
        || doc.tokens[first - 2].pos != "NOUN"
        || doc.tokens[first - 2].dep != "pobj"
    {
        return;
    }
    let from = sentence(doc, i).start;
    let other = (from..first).any(|k| doc.tokens[k].head as usize == v && doc.tokens[k].dep == "nsubj");
    if other {
        (doc.tokens[i].head, doc.tokens[i].dep) = ((first - 2) as u32, "appos");
    }
}

/// "called home its ambassador": what is called home is the object.
fn called_home(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let v = t.head as usize;
    let envoy = matches!(t.lemma.as_str(), "ambassador" | "envoy" | "diplomat" | "representative");
    if envoy
        && matches!(t.dep, "oprd" | "attr" | "npadvmod" | "ccomp")
        && v < i
        && matches!(doc.tokens[v].lemma.as_str(), "call" | "bring" | "order" | "summon")
        && doc.tokens.get(v + 1).is_some_and(|_| matches!(doc.text(v + 1), "home" | "back"))
    {
        doc.tokens[i].dep = "dobj";
    }
}

/// "Nicaragua came next, then Venezuela and Nauru": no apposition.
fn then_another(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    if t.dep == "appos" && t.pos == "PROPN" && marks.named[i] && i > 0 && doc.text(i - 1) == "then" {
        doc.tokens[i].dep = "conj";
    }
}

/// "recognised the republic, together with South Ossetia": one more beside the noun before.
fn together_with(doc: &mut Doc, marks: &Marks, i: usize) {
    if doc.text(i) != "with" || i < 2 || !matches!(doc.text(i - 1), "together" | "along") {
        return;
    }
    let Some(o) = (i + 1..doc.tokens.len().min(i + 7))
        .find(|j| doc.tokens[*j].head as usize == i && doc.tokens[*j].dep == "pobj" && marks.named[*j])
    else {
        return;
    };
    let end = if doc.text(i - 2) == "," { i - 3 } else { i - 2 };
    if !matches!(doc.tokens[end].pos, "NOUN" | "PROPN")
        || !matches!(doc.tokens[end].dep, "dobj" | "pobj" | "nsubj" | "conj")
        // "recognised Palestine together with Britain"
        || doc.tokens[end].dep == "dobj" && marks.named[end]
    {
        return;
    }
    (doc.tokens[o].head, doc.tokens[o].dep) = (end as u32, "conj");
}

/// "downgraded their missions to chargés d'affaires": a noun that the model does not know.
fn to_charges(doc: &mut Doc, _: &Marks, i: usize) {
    let low = doc.text(i).to_lowercase();
    if !low.starts_with("charg") || !low.ends_with('s') || doc.tokens[i].pos == "NOUN" || i == 0 {
        return;
    }
    let p = i - 1;
    let v = doc.tokens[i].head as usize;
    if doc.text(p) != "to" || doc.tokens[p].head as usize != i || v >= p {
        return;
    }
    (doc.tokens[p].head, doc.tokens[p].dep, doc.tokens[p].pos, doc.tokens[p].tag) = (v as u32, "prep", "ADP", "IN");
    (doc.tokens[i].head, doc.tokens[i].dep, doc.tokens[i].pos, doc.tokens[i].tag) = (p as u32, "pobj", "NOUN", "NNS");
    doc.tokens[i].lemma = "chargé".into();
}

/// "promised at the time that it would not": a clause read as hanging on "time" is what was promised.
fn at_the_time_that(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let noun = t.head as usize;
    if t.dep != "relcl" || noun >= i || doc.tokens[noun].lemma != "time" || doc.tokens[noun].dep != "pobj" {
        return;
    }
    let at = doc.tokens[noun].head as usize;
    let v = doc.tokens[at].head as usize;
    let that = (noun + 1..i).find(|k| doc.tokens[*k].head as usize == i && doc.text(*k) == "that");
    if at < noun && that == Some(noun + 1) && doc.tokens[v].pos == "VERB" {
        (doc.tokens[i].head, doc.tokens[i].dep) = (v as u32, "ccomp");
        if let Some(k) = that {
            doc.tokens[k].dep = "mark";
        }
    }
}

/// "denies supporting them and accuses Congo": a finite verb is joined to the finite one, not to the gerund between.
fn finite_beside_finite(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let gerund = t.head as usize;
    let g = &doc.tokens[gerund];
    let main = g.head as usize;
    if t.dep == "conj"
        && matches!(t.tag, "VBZ" | "VBP")
        && g.tag == "VBG"
        && g.dep == "xcomp"
        && doc.tokens[main].tag == t.tag
        && main < gerund
    {
        doc.tokens[i].head = main as u32;
    }
}

/// "several states, among them Chile and Peru, recalled": the names hang on "among", and that on the plural before.
fn among_them(doc: &mut Doc, marks: &Marks, i: usize) {
    let text = |doc: &Doc, k: usize| doc.tokens.get(k).map_or(String::new(), |_| doc.text(k).to_lowercase());
    if text(doc, i) != "among" || !matches!(text(doc, i + 1).as_str(), "them" | "these") {
        return;
    }
    let Range { start, end } = sentence(doc, i);
    let Some(set) = (start..i).rev().find(|k| {
        doc.tokens[*k].tag == "NNS" && matches!(doc.tokens[*k].dep, "nsubj" | "nsubjpass" | "dobj" | "pobj" | "conj")
    }) else {
        return;
    };
    // the first name behind, over its own words: its head outside the list
    let Some(mut name) = (i + 2..end.min(i + 8)).find(|k| marks.named[*k] && doc.tokens[*k].tag == "NNP") else {
        return;
    };
    for _ in 0..4 {
        let h = doc.tokens[name].head as usize;
        if matches!(doc.tokens[name].dep, "compound" | "nmod" | "amod") && h > name {
            name = h;
        }
    }
    // the set that says what the others do, not one in a phrase beside it: "have withdrawn, among them Chile"
    let subject = (start..i).rev().find(|k| {
        doc.tokens[*k].tag == "NNS"
            && matches!(doc.tokens[*k].dep, "nsubj" | "nsubjpass")
            && doc.tokens[set].dep == "pobj"
            && !doc.tokens[i - 1..i].iter().any(|t| t.head as usize == set)
    });
    let set = subject.unwrap_or(set);
    if doc.tokens[name].head as usize == name {
        return;
    }
    (doc.tokens[i].head, doc.tokens[i].dep) = (set as u32, "prep");
    (doc.tokens[name].head, doc.tokens[name].dep) = (i as u32, "pobj");
    (doc.tokens[i + 1].head, doc.tokens[i + 1].dep) = (name as u32, "det");
}

/// "The Houthis control most of the north", "Egypt and Eritrea back Mogadishu": a sentence without a verb, whose plural
/// name, or names joined, a word follows that is verb and noun alike.
fn they_control(doc: &mut Doc, _: &Marks, v: usize) {
    const BOTH: &[&str] = &[
        "control", "back", "host", "support", "hold", "run", "fight", "claim", "demand", "want", "blame", "attack",
        "target", "rule", "seek", "need", "fear", "dispute", "boycott", "share", "sponsor", "arm", "fund", "shelter",
        "reject", "oppose", "deny", "accuse", "insist",
    ];
    let only_verb = matches!(doc.text(v), "overran" | "besieged" | "recaptured" | "retook");
    if v == 0 || !(BOTH.contains(&doc.text(v)) || only_verb) || doc.tokens[v].pos == "VERB" {
        return;
    }
    let name = |k: usize| doc.tokens[k].tag.starts_with("NNP");
    let joined = |k: usize| doc.tokens[k].tag == "CC" || doc.text(k) == ",";
    let Range { start: first, end } = sentence(doc, v);
    // "In 2008 the Houthis control most of it while the talks go on": the names right before, up to the next clause
    let fits = |k: usize| name(k) || doc.tokens[k].tag == "CC" || doc.text(k) == "," || doc.tokens[k].tag == "DT";
    let mut start = v;
    while start > first && fits(start - 1) {
        start -= 1;
    }
    while start < v && (joined(start) || start > first && doc.text(start - 1) == "," && joined(start)) {
        start += 1;
    }
    let end = (v + 1..end)
        .find(|k| matches!(doc.text(*k), "," | ";" | "while" | "as" | "when" | "after" | "before" | "because" | "but"))
        .unwrap_or(end);
    let clause = (first..start).rev().find(|k| matches!(doc.text(*k), "," | ";" | ":")).map_or(first, |k| k + 1);
    let led = (clause..start).any(|k| matches!(doc.tokens[k].tag, "VBZ" | "VBP" | "VBD" | "MD" | "VB" | "VBG" | "TO"));
    if led {
        return;
    }
    let several = (start..v).any(joined);
    let plural = only_verb || several || doc.text(v - 1).ends_with('s') || doc.tokens[v - 1].tag == "NNPS";
    let alone = (start..v).all(|k| name(k) || joined(k) || doc.tokens[k].tag == "DT");
    let verb = (start..end).any(|k| k != v && matches!(doc.tokens[k].tag, "VBZ" | "VBP" | "VBD" | "MD"));
    let follows = doc.tokens.get(v + 1).is_some_and(|n| {
        matches!(n.tag, "DT" | "PRP$" | "NNP" | "JJS" | "CD" | "NNS")
            || n.tag == "JJ" && n.dep == "amod"
            || n.tag == "NN" && several
    });
    if !(plural && name(v - 1) && alone && follows) || verb || end <= v + 1 {
        return;
    }
    // heads of what follows: those that hang on nothing behind the verb
    let outside = |doc: &Doc, k: usize| {
        let h = doc.tokens[k].head as usize;
        h == k || h <= v || h >= end
    };
    let loose: Vec<usize> = (v + 1..end).filter(|k| outside(doc, *k)).collect();
    let object = loose.iter().copied().find(|k| matches!(doc.tokens[*k].pos, "NOUN" | "PROPN" | "PRON" | "ADJ"));
    let Some(object) = object else { return };
    // the first of joined names bears the rest; of one name its last word
    let subject =
        if several { (start..v).find(|k| doc.tokens[*k].head as usize == *k).unwrap_or(v - 1) } else { v - 1 };
    for k in clause..start {
        let h = doc.tokens[k].head as usize;
        if h == k || (start..end).contains(&h) {
            doc.tokens[k].head = v as u32;
        }
    }
    for k in start..v {
        let h = doc.tokens[k].head as usize;
        (doc.tokens[k].head, doc.tokens[k].dep) = match doc.tokens[k].tag {
            _ if k == subject => (v as u32, "nsubj"),
            _ if several && (start..v).contains(&h) && h != k => continue,
            "DT" => (subject as u32, "det"),
            _ => (subject as u32, "compound"),
        };
    }
    for k in loose {
        let t = &mut doc.tokens[k];
        t.head = v as u32;
        if k == object {
            t.dep = "dobj";
        } else if t.dep == "ROOT" {
            t.dep = "dep";
        }
    }
    let (tag, lemma) = match doc.text(v) {
        "overran" => ("VBD", "overrun"),
        "retook" => ("VBD", "retake"),
        w if only_verb => ("VBD", w.trim_end_matches('d')),
        w => ("VBP", w),
    };
    let lemma = lemma.to_owned();
    let t = &mut doc.tokens[v];
    (t.head, t.dep, t.pos, t.tag, t.lemma) = (v as u32, "ROOT", "VERB", tag, lemma);
}

/// "that the bounty was gone": what hangs on an auxiliary belongs to its verb.
fn off_auxiliaries(doc: &mut Doc, _: &Marks, i: usize) {
    let aux = doc.tokens[i].head as usize;
    if aux != i && matches!(doc.tokens[aux].dep, "aux" | "auxpass") && matches!(doc.tokens[i].dep, "nsubj" | "mark") {
        let passive = doc.tokens[aux].dep == "auxpass" && doc.tokens[i].dep == "nsubj";
        doc.tokens[i].head = doc.tokens[aux].head;
        if passive {
            doc.tokens[i].dep = "nsubjpass";
        }
    }
}

/// "has overrun 14 townships": a participle taken for the object of its auxiliary.
fn has_overrun(doc: &mut Doc, _: &Marks, i: usize) {
    // "Goma was overrun by the M23"
    if doc.text(i) == "overrun" && doc.tokens[i].pos == "NOUN" && i > 0 && doc.tokens[i - 1].dep == "auxpass" {
        (doc.tokens[i].pos, doc.tokens[i].tag) = ("VERB", "VBN");
    }
    // "has since overrun Paletwa": the name is its object, not the preposition's
    if doc.text(i) == "overrun"
        && i > 1
        && i + 1 < doc.tokens.len()
        && doc.tokens[i].dep == "compound"
        && matches!(doc.text(i - 1), "since" | "now" | "also" | "already")
        && doc.tokens[i - 2].lemma == "have"
    {
        let (has, name) = (i - 2, doc.tokens[i].head as usize);
        let up = doc.tokens[has].head;
        let root = up as usize == has;
        let dep = doc.tokens[has].dep;
        for k in 0..doc.tokens.len() {
            if doc.tokens[k].head as usize == has && k != has {
                doc.tokens[k].head = i as u32;
            }
        }
        (doc.tokens[name].head, doc.tokens[name].dep) = (i as u32, "dobj");
        (doc.tokens[i - 1].head, doc.tokens[i - 1].dep) = (i as u32, "advmod");
        (doc.tokens[has].head, doc.tokens[has].dep) = (i as u32, "aux");
        let v = &mut doc.tokens[i];
        (v.head, v.dep, v.pos, v.tag) = (if root { i as u32 } else { up }, dep, "VERB", "VBN");
        v.lemma = "overrun".to_owned();
        return;
    }
    if doc.text(i) != "overrun" || i == 0 || doc.tokens[i].dep != "dobj" || i + 1 >= doc.tokens.len() {
        return;
    }
    let has = i - 1;
    if doc.tokens[has].lemma != "have" || doc.tokens[i].head as usize != has {
        return;
    }
    let up = doc.tokens[has].head;
    let root = up as usize == has;
    for k in 0..doc.tokens.len() {
        let t = &mut doc.tokens[k];
        if t.head as usize == has && k != i && k != has {
            t.head = i as u32;
        } else if t.head as usize == i && t.dep == "nummod" && k > i {
            t.dep = "dobj";
        }
    }
    let dep = doc.tokens[has].dep;
    let v = &mut doc.tokens[i];
    (v.head, v.dep, v.pos, v.tag) = (if root { i as u32 } else { up }, dep, "VERB", "VBN");
    v.lemma = "overrun".to_owned();
    (doc.tokens[has].head, doc.tokens[has].dep) = (i as u32, "aux");
}

/// "has kept its embassy in Yemen shut since 2017": how a thing is kept belongs to the verb, with all that follows.
fn kept_shut(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let how = matches!(doc.text(i), "shut" | "closed" | "shuttered" | "open")
        && matches!(t.tag, "VBD" | "VBN" | "JJ")
        && matches!(t.dep, "dep" | "ccomp" | "acl" | "amod" | "advcl" | "xcomp" | "acomp" | "relcl" | "conj");
    if !how || doc.tokens.get(i + 1).is_some_and(|n| n.tag.starts_with("NN") && t.dep == "amod") {
        return;
    }
    let kept = |k: &usize| matches!(doc.tokens[*k].lemma.as_str(), "keep" | "leave") && doc.tokens[*k].pos == "VERB";
    let start = i.saturating_sub(10);
    let Some(v) = (start..i).rev().take_while(|k| !matches!(doc.text(*k), "," | ";" | "." | ":")).find(kept) else {
        return;
    };
    let kid = |of: usize, deps: &[&str], from: usize, to: usize| {
        (from..to).any(|k| doc.tokens[k].head as usize == of && deps.contains(&doc.tokens[k].dep))
    };
    let end = doc.tokens.len().min(i + 12);
    if !kid(v, &["dobj"], v, i) || kid(i, &["nsubj", "nsubjpass", "aux", "auxpass", "mark", "dobj"], start, end) {
        return;
    }
    for k in i + 1..end {
        if doc.tokens[k].head as usize == i {
            doc.tokens[k].head = v as u32;
        }
    }
    (doc.tokens[i].head, doc.tokens[i].dep) = (v as u32, "oprd");
}

/// "would re-impose sanctions": the verb that the tokenizer cuts at its hyphen is the last part.
fn re_verb(doc: &mut Doc, _: &Marks, i: usize) {
    let cut = i + 2 < doc.tokens.len()
        && doc.text(i).eq_ignore_ascii_case("re")
        && doc.text(i + 1) == "-"
        && !doc.tokens[i].ws
        && !doc.tokens[i + 1].ws
        && (doc.tokens[i + 2].tag.starts_with("VB")
            || doc.text(i + 2).ends_with("ed") && doc.tokens[i + 2].tag == "JJ");
    if !cut {
        return;
    }
    let (part, verb) = ([i, i + 1], i + 2);
    // only where a part took the verb's place: "would re", "has today re-" have an auxiliary
    let clause = |d: &str| matches!(d, "ROOT" | "conj" | "ccomp" | "xcomp" | "advcl" | "relcl" | "acl" | "pcomp");
    let modal = i > 0 && matches!(doc.tokens[i - 1].tag, "MD" | "TO") && doc.tokens[i - 1].head as usize == i;
    let took = part.iter().any(|p| clause(doc.tokens[*p].dep) && !(i..=verb).contains(&(doc.tokens[*p].head as usize)))
        || part.iter().any(|p| doc.tokens[*p].dep == "ROOT");
    if !modal && !took {
        return;
    }
    // "re-established diplomatic relations": the object that the cut verb was taken for an adjective of
    let object = doc.tokens[verb].head as usize;
    if doc.tokens[verb].dep == "amod" && object > verb && doc.tokens[object].pos == "NOUN" {
        let top = part.into_iter().find(|p| {
            doc.tokens[*p].dep == "ROOT" || !(i..=verb).contains(&(doc.tokens[*p].head as usize)) && *p != object
        });
        let Some(top) = top else { return };
        (doc.tokens[object].head, doc.tokens[object].dep) = (verb as u32, "dobj");
        (doc.tokens[verb].head, doc.tokens[verb].dep) = (top as u32, "amod");
        doc.tokens[verb].pos = "VERB";
        doc.tokens[verb].tag =
            if i > 1 && matches!(doc.text(i - 1), "has" | "have" | "had" | "been" | "was" | "were" | "today") {
                "VBN"
            } else {
                "VBD"
            };
        doc.tokens[verb].lemma = base_of_past(doc.text(verb));
    }
    // what the parts hang on, and what hangs on them
    let top =
        part.into_iter().find(|p| !matches!(doc.tokens[*p].head as usize, h if h != *p && (i..=verb).contains(&h)));
    let Some(top) = top.filter(|_| (i..=i + 1).contains(&(doc.tokens[verb].head as usize))) else { return };
    let (head, dep) = (doc.tokens[top].head as usize, doc.tokens[top].dep);
    doc.tokens[verb].head = if head == top { verb } else { head } as u32;
    doc.tokens[verb].dep = dep;
    let Range { start, end } = sentence(doc, i);
    for j in (start..end).filter(|j| *j != verb) {
        if part.contains(&(doc.tokens[j].head as usize)) {
            doc.tokens[j].head = verb as u32;
        }
    }
    for p in part {
        (doc.tokens[p].head, doc.tokens[p].dep) = (verb as u32, if p == i { "advmod" } else { "punct" });
    }
}

/// "three years after Russia annexed Crimea": a clause of time that reads as a phrase.
fn annexed_crimea(doc: &mut Doc, marks: &Marks, v: usize) {
    let t = &doc.tokens[v];
    let x = t.head as usize;
    if t.tag != "VBD"
        || t.dep != "amod"
        || x <= v
        || v == 0
        || doc.tokens[x].pos != "PROPN"
        || doc.tokens[x].dep != "pobj"
    {
        return;
    }
    let p = doc.tokens[x].head as usize;
    let s = v - 1;
    let clause = matches!(doc.text(p).to_lowercase().as_str(), "after" | "before" | "since" | "until");
    if !clause || p >= s || !marks.named[s] || doc.tokens[s].head as usize != x || doc.tokens[s].pos != "PROPN" {
        return;
    }
    let over = doc.tokens[p].head;
    (doc.tokens[v].head, doc.tokens[v].dep) = (over, "advcl");
    (doc.tokens[p].head, doc.tokens[p].dep) = (v as u32, "mark");
    (doc.tokens[s].head, doc.tokens[s].dep) = (v as u32, "nsubj");
    (doc.tokens[x].head, doc.tokens[x].dep) = (v as u32, "dobj");
}

/// "His counterpart from Rwanda, Ernest Rwamucyo": a person beside a state that is named with a post bears the post.
fn person_beside_post(doc: &mut Doc, marks: &Marks, i: usize) {
    const POSTS: &[&str] = &[
        "counterpart",
        "president",
        "minister",
        "ambassador",
        "representative",
        "envoy",
        "delegate",
        "leader",
        "premier",
        "chancellor",
        "king",
        "emir",
        "secretary",
        "colleague",
        "spokesman",
        "spokeswoman",
        "commissioner",
        "chief",
    ];
    let t = &doc.tokens[i];
    let up = t.head as usize;
    if !matches!(t.dep, "appos" | "conj") || t.pos != "PROPN" || !marks.person[i] || up >= i || marks.person[up] {
        return;
    }
    let is_post = |k: usize| POSTS.contains(&doc.tokens[k].lemma.to_lowercase().as_str());
    // "the attempt on the life of the President of Timor-Leste, X, who": what stands before the comma, up to its post
    let start = (0..=i).rev().take_while(|j| marks.person[*j]).last().unwrap_or(i);
    if start < 2 || doc.text(start - 1) != "," || is_post(up) {
        return;
    }
    let mut k = start - 2;
    let post = loop {
        if is_post(k) {
            break k;
        }
        let h = doc.tokens[k].head as usize;
        let inside = match doc.tokens[k].dep {
            "pobj" => doc.tokens[h].dep == "prep" && matches!(doc.text(h), "of" | "for" | "from" | "to" | "in" | "on"),
            "prep" => true,
            _ => false,
        };
        if !inside || h >= k {
            return;
        }
        k = h;
    };
    let listed = doc.tokens.iter().skip(i + 1).any(|o| o.head as usize == i && o.dep == "conj");
    if doc.tokens[post].tag == "NNS" || doc.tokens[i].dep == "conj" && listed {
        return;
    }
    (doc.tokens[i].head, doc.tokens[i].dep) = (post as u32, "appos");
}

/// "welcomes the readiness of Australia, at the request of X, to send troops": the infinitive behind an aside belongs to
/// the noun that takes one.
fn infinitive_after_aside(doc: &mut Doc, _: &Marks, i: usize) {
    const TAKE: &[&str] = &[
        "readiness",
        "willingness",
        "decision",
        "intention",
        "refusal",
        "offer",
        "plan",
        "pledge",
        "failure",
        "agreement",
    ];
    let t = &doc.tokens[i];
    let v = t.head as usize;
    if !matches!(t.dep, "advcl" | "xcomp") || t.tag != "VB" || v >= i || i == 0 || doc.tokens[i - 1].tag != "TO" {
        return;
    }
    let object = (v + 1..i).find(|j| doc.tokens[*j].head as usize == v && doc.tokens[*j].dep == "dobj");
    if let Some(o) = object.filter(|o| TAKE.contains(&doc.tokens[*o].lemma.as_str())) {
        (doc.tokens[i].head, doc.tokens[i].dep) = (o as u32, "acl");
    }
}

/// "On 3 May 2024 Turkey recognised Kosovo": a whole day read as words before the name; the name does what the verb says.
fn day_before_name(doc: &mut Doc, marks: &Marks, x: usize) {
    let p = doc.tokens[x].head as usize;
    let verb = doc.tokens[p].head as usize;
    if doc.tokens[x].dep != "pobj" || !marks.named[x] || p >= x || doc.tokens[p].dep != "prep" || verb < x {
        return;
    }
    let day = doc.entities.iter().find(|e| e.label == "DATE" && e.start as usize == p + 1 && e.end as usize <= x);
    let Some(day) = day.map(|e| e.start as usize..e.end as usize) else { return };
    let own = (day.end..x).all(|k| doc.tokens[k].head as usize == x);
    let end = doc.tokens.len().min(verb + 40);
    let kid =
        |deps: &[&str]| (p..end).any(|k| doc.tokens[k].head as usize == verb && deps.contains(&doc.tokens[k].dep));
    let Some(month) = day.clone().find(|k| is_month(doc.text(*k))) else { return };
    if !own || !doc.tokens[verb].tag.starts_with('V') || kid(&["nsubj", "nsubjpass", "expl"]) {
        return;
    }
    let dep = if kid(&["auxpass"]) { "nsubjpass" } else { "nsubj" };
    for k in day {
        let up = if k == month { p } else { month };
        (doc.tokens[k].head, doc.tokens[k].dep) = (up as u32, if k == month { "pobj" } else { "nummod" });
    }
    (doc.tokens[x].head, doc.tokens[x].dep) = (verb as u32, dep);
}

/// "After talks with Putin, Trump called Zelensky": the whole read as one phrase, whose last name is followed by what it did.
fn after_his_meeting_with(doc: &mut Doc, marks: &Marks, v: usize) {
    let x = doc.tokens[v].head as usize;
    if v == 0
        || x + 1 != v
        || doc.tokens[v].dep != "acl"
        || !matches!(doc.tokens[v].tag, "VBD" | "VBN")
        || !matches!(doc.tokens[x].dep, "conj" | "appos")
        || !marks.named[x]
    {
        return;
    }
    let of = doc.tokens[x].head as usize;
    let mut p = of;
    for _ in 0..6 {
        if doc.tokens[p].dep == "ROOT" || !matches!(doc.tokens[p].dep, "pobj" | "prep" | "compound" | "conj") {
            break;
        }
        p = doc.tokens[p].head as usize;
    }
    let comma = (of + 1..x).find(|k| doc.text(*k) == ",");
    let own = comma.is_some_and(|c| (c + 1..x).all(|k| doc.tokens[k].head as usize == x));
    if doc.tokens[p].dep != "ROOT" || doc.tokens[p].pos != "ADP" || !doc.tokens[p].sent_start || !own {
        return;
    }
    for k in 0..doc.tokens.len() {
        if doc.tokens[k].head as usize == p && k > v {
            doc.tokens[k].head = v as u32;
        }
    }
    (doc.tokens[p].dep, doc.tokens[p].head) = ("prep", v as u32);
    (doc.tokens[x].dep, doc.tokens[x].head) = ("nsubj", v as u32);
    (doc.tokens[v].dep, doc.tokens[v].head, doc.tokens[v].tag) = ("ROOT", v as u32, "VBD");
    // "called Zelensky": what hung on the participle as a name for somebody is whom it is done to
    let object = (v + 1..doc.tokens.len()).find(|k| doc.tokens[*k].head as usize == v && doc.tokens[*k].dep == "oprd");
    if let Some(o) = object.filter(|o| marks.named[*o]) {
        doc.tokens[o].dep = "dobj";
    }
}

/// "Appointed prime minister in 2021, Saleh Kebzabo resigned": the participle is a clause of the one who resigned.
fn appointed_he_resigned(doc: &mut Doc, _: &Marks, i: usize) {
    const POST: &[&str] = &[
        "Elected",
        "Appointed",
        "Named",
        "Installed",
        "Re-elected",
        "Reelected",
        "Chosen",
        "Nominated",
        "Promoted",
        "Crowned",
    ];
    let n = doc.tokens[i].head as usize;
    if !doc.tokens[i].sent_start
        || !POST.contains(&doc.text(i))
        || doc.tokens[i].dep != "amod"
        || n <= i
        || doc.tokens[n].pos != "NOUN"
    {
        return;
    }
    let len = doc.tokens.len();
    let Some(c) = (n + 1..len.min(n + 12)).find(|k| doc.text(*k) == ",") else { return };
    let mut x = c + 1;
    let one = x < len && matches!(doc.tokens[x].tag, "PRP");
    while x + 1 < len && doc.tokens[x + 1].tag == "NNP" && doc.tokens[x].tag == "NNP" {
        x += 1;
    }
    let v = x + 1;
    if v >= len || !(one || doc.tokens[x].tag == "NNP") || !matches!(doc.tokens[v].tag, "VBD" | "VBZ") {
        return;
    }
    let over = doc.tokens[v].head as usize;
    let root = doc.tokens[v].dep == "ROOT";
    for k in i + 1..c {
        if doc.tokens[k].head as usize == n && doc.tokens[k].dep == "prep" && doc.text(k) != "of" {
            doc.tokens[k].head = i as u32;
        }
    }
    for k in c + 1..x {
        (doc.tokens[k].head, doc.tokens[k].dep) = (x as u32, "compound");
    }
    if !root {
        for k in v + 1..len {
            let h = doc.tokens[k].head as usize;
            if (i..v).contains(&h) || h == over && k != over && doc.tokens[k].dep == "prep" {
                doc.tokens[k].head = v as u32;
            }
        }
        if over > v && doc.tokens[v].dep == "amod" {
            (doc.tokens[over].head, doc.tokens[over].dep) = (v as u32, "dobj");
        }
        (doc.tokens[v].head, doc.tokens[v].dep, doc.tokens[v].pos) = (v as u32, "ROOT", "VERB");
    }
    (doc.tokens[x].head, doc.tokens[x].dep) = (v as u32, "nsubj");
    (doc.tokens[n].head, doc.tokens[n].dep) = (i as u32, "oprd");
    (doc.tokens[i].head, doc.tokens[i].dep, doc.tokens[i].tag, doc.tokens[i].pos) = (v as u32, "advcl", "VBN", "VERB");
}

/// "A former army colonel, Hugo Chávez resigned", "A close ally of Moscow, Belarus let them": what a name is called before it is
/// named.
fn told_before_the_name(doc: &mut Doc, marks: &Marks, i: usize) {
    let v = doc.tokens[i].head as usize;
    if !matches!(doc.tokens[i].dep, "nsubj" | "dep" | "nsubjpass")
        || !matches!(doc.tokens[i].pos, "NOUN" | "PROPN")
        || v <= i
        || !doc.tokens[v].tag.starts_with('V')
    {
        return;
    }
    let Range { start, .. } = sentence(doc, i);
    let article = doc.text(start).eq_ignore_ascii_case("a") || doc.text(start).eq_ignore_ascii_case("an");
    // "Addressing parliament, Narendra Modi vowed"
    let gerund = doc.tokens[start].tag == "VBG" && matches!(doc.tokens[start].dep, "amod" | "compound");
    let name = (i + 2..v).find(|k| {
        doc.tokens[*k].head as usize == v && matches!(doc.tokens[*k].dep, "nsubj" | "nsubjpass") && marks.named[*k]
    });
    let Some(x) = name.filter(|_| (article || gerund) && doc.tokens[start].head as usize == i) else { return };
    let mut first = x;
    while first > i && doc.tokens[first - 1].pos == "PROPN" {
        first -= 1;
    }
    if doc.text(first - 1) != "," {
        return;
    }
    if gerund {
        (doc.tokens[start].head, doc.tokens[start].dep, doc.tokens[start].pos) = (v as u32, "advcl", "VERB");
        (doc.tokens[i].head, doc.tokens[i].dep) = (start as u32, "dobj");
    } else {
        (doc.tokens[i].head, doc.tokens[i].dep) = (x as u32, "appos");
    }
}

/// "The general who led the coup in Gabon, Brice Oligui Nguema, was sworn in": the name between commas is the general's.
fn who_led_it_in_gabon(doc: &mut Doc, _: &Marks, i: usize) {
    let o = doc.tokens[i].head as usize;
    if doc.tokens[i].dep != "appos"
        || doc.tokens[i].tag != "NNP"
        || o >= i
        || doc.tokens[o].dep != "pobj"
        || doc.tokens[o].pos != "PROPN"
        || i + 1 >= doc.tokens.len()
        || doc.text(i + 1) != ","
    {
        return;
    }
    let mut first = i;
    while first > o + 1 && doc.tokens[first - 1].tag == "NNP" && doc.tokens[first - 1].head as usize == i {
        first -= 1;
    }
    let place = |k: usize| {
        doc.entities.iter().any(|e| (e.start..e.end).contains(&(k as u32)) && matches!(e.label, "GPE" | "LOC" | "FAC"))
    };
    if first == i || doc.text(first - 1) != "," || place(i) || !place(o) {
        return;
    }
    let mut up = o;
    for _ in 0..6 {
        if doc.tokens[up].dep == "relcl" {
            break;
        }
        up = doc.tokens[up].head as usize;
    }
    let n = doc.tokens[up].head as usize;
    let who = (n + 1..up).any(|k| doc.tokens[k].head as usize == up && matches!(doc.text(k), "who" | "whose"));
    if doc.tokens[up].dep == "relcl" && doc.tokens[n].tag == "NN" && n < o && who {
        doc.tokens[i].head = n as u32;
    }
}

/// "armed and financed by Iran": the first is a participle as the second is.
fn armed_and_financed(doc: &mut Doc, _: &Marks, i: usize) {
    if !matches!(doc.text(i), "armed" | "backed" | "financed" | "trained" | "equipped" | "sponsored")
        || doc.tokens[i].pos != "ADJ"
    {
        return;
    }
    let kid = |h: usize, dep: &str| {
        (0..doc.tokens.len()).find(|k| *k != h && doc.tokens[*k].head as usize == h && doc.tokens[*k].dep == dep)
    };
    let Some(c) = kid(i, "conj").filter(|c| doc.tokens[*c].tag == "VBN" && *c > i) else { return };
    if kid(c, "agent").is_none() {
        return;
    }
    let be = doc.tokens[i].head as usize;
    let subject = kid(be, "nsubj");
    if doc.tokens[i].dep == "acomp" && doc.tokens[be].lemma == "be" && be < i {
        let (dep, head) = (doc.tokens[be].dep, doc.tokens[be].head);
        for k in 0..doc.tokens.len() {
            if doc.tokens[k].head as usize == be && k != be && k != i {
                doc.tokens[k].head = i as u32;
            }
        }
        if let Some(s) = subject {
            doc.tokens[s].dep = "nsubjpass";
        }
        (doc.tokens[i].dep, doc.tokens[i].head) = (dep, if head as usize == be { i as u32 } else { head });
        (doc.tokens[be].dep, doc.tokens[be].head) = ("auxpass", i as u32);
    }
    let lemma = match doc.text(i) {
        "armed" => "arm",
        "financed" => "finance",
        "equipped" => "equip",
        "trained" => "train",
        "sponsored" => "sponsor",
        _ => "back",
    };
    let t = &mut doc.tokens[i];
    (t.pos, t.tag, t.lemma) = ("VERB", "VBN", lemma.to_owned());
}

/// "Kenya as well as Ghana recognised it": both.
fn as_well_as(doc: &mut Doc, _: &Marks, i: usize) {
    if i < 4
        || doc.text(i - 1) != "as"
        || doc.text(i - 2) != "well"
        || doc.text(i - 3) != "as"
        || !matches!(doc.tokens[i].dep, "nsubj" | "nsubjpass")
    {
        return;
    }
    let v = doc.tokens[i].head;
    let first = (0..i - 3).rev().find(|k| doc.tokens[*k].head == v && doc.tokens[*k].dep == doc.tokens[i].dep);
    if let Some(f) = first {
        (doc.tokens[i].head, doc.tokens[i].dep) = (f as u32, "conj");
    }
}

/// "On May 12 protesters camped", "On 3 May 2024 the embargo stays": all of the day belongs to the preposition that opens the
/// sentence, nothing of it to the noun behind it, which does what the verb says.
fn day_in_front(doc: &mut Doc, _: &Marks, p: usize) {
    let opens = doc.tokens[p].sent_start || p > 0 && doc.tokens[p - 1].sent_start && doc.text(p - 1) == "Late";
    if !opens || doc.tokens[p].dep != "prep" || !matches!(doc.text(p), "On" | "In" | "on" | "By" | "Since" | "During") {
        return;
    }
    let day = doc.entities.iter().find(|e| e.label == "DATE" && e.start as usize == p + 1);
    let Some(day) = day.map(|e| e.start as usize..e.end as usize) else { return };
    if day.end + 1 >= doc.tokens.len() || doc.tokens[day.end].pos == "PUNCT" || doc.tokens[day.end].tag == "IN" {
        return;
    }
    let verb = doc.tokens[p].head as usize;
    // the head of the noun phrase that follows
    let mut n = day.end;
    while matches!(doc.tokens[n].dep, "det" | "compound" | "amod" | "nmod" | "poss" | "nummod" | "punct" | "case")
        && (doc.tokens[n].head as usize) > n
        && (doc.tokens[n].head as usize) < doc.tokens.len()
    {
        n = doc.tokens[n].head as usize;
    }
    let inside = |doc: &Doc, k: usize| day.contains(&(doc.tokens[k].head as usize)) && doc.tokens[k].head as usize != k;
    let figures = day.clone().all(|k| matches!(doc.tokens[k].tag, "CD" | "NNP" | "IN") || doc.text(k) == ",");
    if !figures || n <= p || verb <= n || !doc.tokens[verb].tag.starts_with('V') {
        return;
    }
    let head = day.clone().find(|k| is_month(doc.text(*k))).unwrap_or(day.end - 1);
    let loose = day.clone().any(|k| k != head && !inside(doc, k)) || doc.tokens[head].head as usize != p;
    let object = doc.tokens[n].dep == "pobj" && doc.tokens[n].head as usize == p;
    if !loose && !object {
        return;
    }
    for k in day.clone() {
        let (up, dep) =
            if k == head { (p, "pobj") } else { (head, if doc.text(k) == "," { "punct" } else { "nummod" }) };
        (doc.tokens[k].head, doc.tokens[k].dep) = (up as u32, dep);
    }
    if !object {
        return;
    }
    let end = doc.tokens.len().min(verb + 40);
    let kid = |doc: &Doc, range: Range<usize>, deps: &[&str]| {
        range.into_iter().find(|k| doc.tokens[*k].head as usize == verb && deps.contains(&doc.tokens[*k].dep))
    };
    let before = kid(doc, p..verb, &["nsubj", "nsubjpass", "expl"]).is_some();
    let passive = kid(doc, p..end, &["auxpass"]).is_some();
    if before {
        return;
    }
    if let Some(o) = kid(doc, verb + 1..end, &["nsubj"])
        && kid(doc, verb + 1..end, &["dobj"]).is_none()
    {
        doc.tokens[o].dep = "dobj";
    }
    (doc.tokens[n].head, doc.tokens[n].dep) = (verb as u32, if passive { "nsubjpass" } else { "nsubj" });
}

/// "In Geneva, Norway and Spain recognised", "Days after the coup, Chad and Niger restored": the names behind a phrase that
/// opens the sentence are no more of its list; the verb without a subject is theirs.
fn behind_fronted(doc: &mut Doc, marks: &Marks, x: usize) {
    let t = &doc.tokens[x];
    if !matches!(t.dep, "conj" | "appos") || !marks.named[x] || x == 0 {
        return;
    }
    // "Under the Accords the Emirates and Bahrain recognised": without a comma
    let beside = t.dep == "appos";
    let of = t.head as usize;
    let p = doc.tokens[of].head as usize;
    let opens = doc.tokens[of].dep == "pobj" && doc.tokens[p].dep == "prep" && of < x;
    // "After his meeting with Putin, Trump telephoned": the phrase that opens the sentence holds another
    let mut p = p;
    while opens
        && doc.tokens[doc.tokens[p].head as usize].dep == "pobj"
        && (doc.tokens[p].head as usize) < p
        && !doc.tokens[p].sent_start
    {
        let q = doc.tokens[doc.tokens[p].head as usize].head as usize;
        if doc.tokens[q].dep != "prep" || q >= p {
            break;
        }
        p = q;
    }
    let first = (of + 1..x).find(|k| doc.text(*k) == ",");
    let own = match first {
        // two persons are never one
        Some(c) => {
            (!beside || marks.person[of] && marks.person[x])
                && (c + 1..x).all(|k| doc.tokens[k].head as usize == x)
                && doc.text(c - 1) != ","
        }
        None => {
            beside && of + 1 < x && doc.text(of + 1) == "the" && (of + 1..x).all(|k| doc.tokens[k].head as usize == x)
        }
    };
    if !opens || !own || (of + 1..x).any(|k| doc.tokens[k].dep == "cc") {
        return;
    }
    // the phrase hangs on the verb, or on a word of time that was taken for its subject
    let up = doc.tokens[p].head as usize;
    let time = up < p && doc.tokens[up].dep == "nsubj" && TIMES.contains(&doc.tokens[up].lemma.as_str());
    let verb = if time { doc.tokens[up].head as usize } else { up };
    let end = doc.tokens.len().min(verb + 40);
    let kid = |deps: &[&str]| {
        (p.saturating_sub(4)..end)
            .find(|k| doc.tokens[*k].head as usize == verb && *k != up && deps.contains(&doc.tokens[*k].dep))
    };
    let from = if time { up } else { p };
    if verb < x || !doc.tokens[verb].tag.starts_with('V') || kid(&["nsubj", "nsubjpass", "expl"]).is_some() {
        return;
    }
    if !(from.saturating_sub(2)..=from).any(|k| doc.tokens[k].sent_start) {
        return;
    }
    let dep = if kid(&["auxpass"]).is_some() { "nsubjpass" } else { "nsubj" };
    if time {
        doc.tokens[up].dep = "npadvmod";
    }
    (doc.tokens[x].head, doc.tokens[x].dep) = (verb as u32, dep);
}

/// Spans of time before "after", "before".
const TIMES: &[&str] = &["hour", "day", "week", "month", "year", "minute", "decade"];

/// "In 2014 Riyadh and Manama recalled their envoys": the year belongs to the preposition, the name to the verb.
fn year_before_names(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let year = t.dep == "nummod" && doc.text(i).len() == 4 && doc.text(i).bytes().all(|b| b.is_ascii_digit());
    let month = t.dep == "compound" && is_month(doc.text(i));
    let x = t.head as usize;
    if !(year || month) || i == 0 || x <= i || !marks.named[x] || doc.tokens[x].dep != "pobj" {
        return;
    }
    let p = doc.tokens[x].head as usize;
    let verb = doc.tokens[p].head as usize;
    let clause = p..doc.tokens.len().min(verb + 40);
    let kid = |deps: &[&str]| {
        clause.clone().any(|k| doc.tokens[k].head as usize == verb && deps.contains(&doc.tokens[k].dep))
    };
    let subject = kid(&["nsubj", "nsubjpass", "expl"]);
    let passive = kid(&["auxpass"]);
    if p + 1 != i || doc.tokens[p].dep != "prep" || verb < x || subject || !doc.tokens[verb].tag.starts_with('V') {
        return;
    }
    doc.tokens[i].head = p as u32;
    doc.tokens[i].dep = "pobj";
    doc.tokens[x].head = verb as u32;
    doc.tokens[x].dep = if passive { "nsubjpass" } else { "nsubj" };
    let second = (x + 1..verb).find(|j| {
        let k = &doc.tokens[*j];
        k.head as usize == x && matches!(k.dep, "npadvmod" | "appos") && k.pos == "PROPN" && marks.named[*j]
    });
    if let Some(j) = second {
        doc.tokens[j].dep = "conj";
    }
}

/// "Hezbollah was put on the list of terrorist organisations by Germany": who did it, hung on a noun that nobody does.
fn by_of_the_passive(doc: &mut Doc, marks: &Marks, i: usize) {
    const DONE_BY_NOBODY: &[&str] = &[
        "list",
        "blacklist",
        "register",
        "terrorism",
        "organization",
        "organisation",
        "group",
        "terrorist",
        "sponsor",
    ];
    let t = &doc.tokens[i];
    let noun = t.head as usize;
    if t.lemma != "by" || t.dep != "prep" || noun >= i || !DONE_BY_NOBODY.contains(&doc.tokens[noun].lemma.as_str()) {
        return;
    }
    let head_of = |k: usize| doc.tokens.iter().position(|x| x.head as usize == k && x.dep == "pobj");
    if !head_of(i).is_some_and(|k| marks.named[k] && !matches!(doc.tokens[k].tag, "VBG")) {
        return;
    }
    let mut up = noun;
    while matches!(doc.tokens[up].dep, "pobj" | "prep" | "compound" | "poss") && doc.tokens[up].head as usize != up {
        up = doc.tokens[up].head as usize;
    }
    let kids = |dep: &str| doc.tokens.iter().any(|x| x.head as usize == up && x.dep == dep);
    if doc.tokens[up].tag == "VBN" && kids("auxpass") && !kids("agent") {
        doc.tokens[i].head = up as u32;
        doc.tokens[i].dep = "agent";
    }
}

/// "A spokesman for the Houthis, Yahya Saree, said": two names that the tree runs together over a comma.
fn name_behind_comma(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let prep = t.head as usize;
    if t.dep != "pobj" || t.pos != "PROPN" || !marks.named[i] || prep >= i {
        return;
    }
    let noun = doc.tokens[prep].head as usize;
    if doc.tokens[prep].dep != "prep" || doc.tokens[noun].tag != "NN" || noun + 1 != prep {
        return;
    }
    let first = (prep + 1..i).find(|k| {
        doc.tokens[*k].head as usize == i
            && matches!(doc.tokens[*k].dep, "nmod" | "compound" | "poss")
            && marks.named[*k]
            && doc.text(*k + 1) == ","
    });
    let Some(first) = first else { return };
    if !(first + 2..i).all(|k| doc.tokens[k].pos == "PROPN")
        || !matches!(doc.tokens.get(i + 1), Some(n) if n.dep == "punct")
    {
        return;
    }
    for k in prep + 1..first {
        if doc.tokens[k].head as usize == i {
            doc.tokens[k].head = first as u32;
        }
    }
    (doc.tokens[first].head, doc.tokens[first].dep) = (prep as u32, "pobj");
    (doc.tokens[i].head, doc.tokens[i].dep) = (noun as u32, "appos");
}

/// "Like Turkey, Albania recognises Kosovo": a name that stands on a finite verb as no clause has it is who does it, where
/// nobody else does, or what it is done to.
fn name_on_a_verb(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let verb = t.head as usize;
    if t.pos != "PROPN" || !marks.named[i] || !matches!(doc.tokens[verb].tag, "VBZ" | "VBD" | "VBP") {
        return;
    }
    let dates = |k: usize| doc.entities.iter().any(|e| (e.start..e.end).contains(&(k as u32)) && e.label == "DATE");
    let kid = |deps: &[&str]| doc.tokens.iter().any(|x| x.head as usize == verb && deps.contains(&x.dep));
    if t.dep == "compound" && i + 1 == verb && !kid(&["nsubj", "nsubjpass", "expl", "csubj"]) {
        doc.tokens[i].dep = "nsubj";
    } else if t.dep == "npadvmod" && verb + 1 == i && kid(&["nsubj"]) && !kid(&["dobj", "ccomp"]) && !dates(i) {
        doc.tokens[i].dep = "dobj";
    }
}

/// "suspended Mali in 2021 and Burkina Faso in 2022": a name that the tree joins to a year stands with what stood before it.
fn name_joined_to_a_year(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let on = t.head as usize;
    if t.dep != "conj" || t.pos != "PROPN" || !marks.named[i] || on >= i {
        return;
    }
    fn of_time(doc: &Doc, k: usize) -> bool {
        doc.entities.iter().any(|e| (e.start..e.end).contains(&(k as u32)) && e.label == "DATE")
            && (doc.tokens[k].pos == "NUM" || is_month(doc.text(k)))
    }
    let head = |k: usize| doc.tokens[k].head as usize;
    let year = of_time(doc, on);
    let verb = if year { head(head(on)) } else { on };
    let own = (i + 1 < doc.tokens.len() && doc.tokens[i + 1].dep == "prep").then_some(i + 1);
    let own = own.filter(|p| head(*p) == verb && (i + 2..doc.tokens.len()).any(|k| head(k) == *p && of_time(doc, k)));
    if year && doc.tokens[on].dep != "pobj" || doc.tokens[verb].pos != "VERB" || of_time(doc, i) || own.is_none() {
        return;
    }
    // whom it stands with: an object or a doer with a day right behind it, a name of the same look
    let with_day = |k: usize| k + 1 < i && doc.tokens[k + 1].dep == "prep" && head(k + 1) == verb;
    let role = |k: usize| {
        let by = head(k);
        doc.tokens[k].dep == "dobj" && by == verb
            || doc.tokens[k].dep == "pobj" && doc.tokens[by].dep == "agent" && head(by) == verb
    };
    let short = |k: usize| doc.text(k).len() > 1 && doc.text(k).bytes().all(|c| c.is_ascii_uppercase());
    let like = (verb + 1..i).find(|k| role(*k) && with_day(*k) && marks.named[*k] && short(*k) == short(i));
    let joins =
        matches!(doc.tokens[verb].lemma.as_str(), "join" | "leave" | "quit" | "enter" | "recognise" | "recognize");
    let Some(to) = like.filter(|_| !joins).or(year.then_some(verb)) else { return };
    let cc = (on + 1..i).rev().find(|k| head(*k) == on && doc.tokens[*k].dep == "cc");
    let own = own.filter(|_| to != verb);
    doc.tokens[i].head = to as u32;
    for k in [cc, own].into_iter().flatten() {
        doc.tokens[k].head = if Some(k) == own { i as u32 } else { to as u32 };
    }
}

/// "Cuba was taken off the list": the passive has no object, so "off" leads to what follows it.
fn taken_off(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let verb = t.head as usize;
    if t.lemma != "off" || t.dep != "prt" || verb >= i || doc.tokens[verb].tag != "VBN" {
        return;
    }
    let kid =
        |dep: &str| (0..doc.tokens.len()).find(|k| doc.tokens[*k].head as usize == verb && doc.tokens[*k].dep == dep);
    if doc.tokens.iter().any(|x| x.head as usize == i && x.dep == "pobj") {
        doc.tokens[i].dep = "prep";
        return;
    }
    let (passive, object) = (kid("auxpass").is_some(), kid("dobj").or(kid("oprd")));
    if let Some(object) = object.filter(|o| passive && *o > i && *o < i + 6) {
        (doc.tokens[i].dep, doc.tokens[i].tag, doc.tokens[i].pos) = ("prep", "IN", "ADP");
        (doc.tokens[object].head, doc.tokens[object].dep) = (i as u32, "pobj");
    }
}

/// "Sudan's army retook Khartoum": a past form that is no noun, taken for one before a name.
fn noun_for_strong_past(doc: &mut Doc, _: &Marks, i: usize) {
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

#[cfg(test)]
mod tests {
    use super::{base_form, unwind};
    use chancery_parse::{Doc, Token};

    #[test]
    fn base_forms_of_verbs() {
        for (lemma, text, base) in [
            ("stag", "staged", "stage"),
            ("fin", "fined", "fine"),
            ("wag", "Waging", "wage"),
            ("rearreste", "rearrested", "rearrest"),
            ("reoccupie", "reoccupied", "reoccupy"),
            ("readie", "readied", "ready"),
        ] {
            assert_eq!(base_form(lemma, "VBD", text).as_deref(), Some(base), "{text}");
        }
        for (lemma, text) in [
            ("tap", "tapped"),
            ("resolve", "resolved"),
            ("visit", "visited"),
            ("taste", "tasted"),
            ("fix", "fixed"),
            ("show", "showed"),
            ("tie", "tied"),
        ] {
            assert_eq!(base_form(lemma, "VBD", text), None, "{text}");
        }
    }

    #[test]
    fn rings_are_cut() {
        let token = |head: u32| Token {
            start: 0,
            end: 0,
            ws: true,
            tag: "NN",
            pos: "NOUN",
            morph: "",
            lemma: String::new(),
            head,
            dep: "dep",
            sent_start: false,
        };
        // 0 -> 1 -> 2 -> 0, and 3 hangs on the ring; 4 is a root
        let tokens = [1, 2, 0, 1, 4].map(token).to_vec();
        let mut doc = Doc { text: String::new(), tokens, entities: Vec::new() };
        unwind(&mut doc);
        for from in 0..5 {
            let root = (0..6).fold(from, |at, _| doc.tokens[at].head as usize);
            assert_eq!(doc.tokens[root].head as usize, root, "{from}");
        }
        assert_eq!(doc.tokens.iter().enumerate().filter(|(i, t)| t.head as usize == *i).count(), 2);
    }
}
