//! Clauses: whose they are, what hangs on them, and what is joined to what.
use super::{Marks, forms::base_of_past, kid, sentence};
use chancery_parse::Doc;

/// "telephoned A and B, each of whom urged him": the clause hangs on those named before the comma.
pub(super) fn each_of_whom(doc: &mut Doc, _: &Marks, i: usize) {
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

/// "accused Qatar of it, a charge Doha denies": the clause tells of the charge.
pub(super) fn a_charge_he_denies(doc: &mut Doc, _: &Marks, i: usize) {
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
    let subject = kid(doc, v, &["nsubj"], i + 1..v);
    let told = kid(doc, v, &["ccomp"], 0..comma);
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
pub(super) fn gunned_down_was(doc: &mut Doc, _: &Marks, v: usize) {
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
pub(super) fn was_abducted_tried(doc: &mut Doc, _: &Marks, i: usize) {
    let v = doc.tokens[i].head as usize;
    if i < 3
        || doc.tokens[i].dep != "advcl"
        || !matches!(doc.tokens[i].tag, "VBD" | "VBN")
        || v >= i
        || doc.text(i - 1) != ","
    {
        return;
    }
    let kid = |h: usize, deps: &[&str]| kid(doc, h, deps, sentence(doc, h)).is_some();
    if kid(v, &["auxpass"]) && kid(i, &["conj"]) && !kid(i, &["nsubj", "nsubjpass", "mark", "dobj", "aux", "auxpass"]) {
        (doc.tokens[i].dep, doc.tokens[i].tag) = ("conj", "VBN");
    }
}

/// "praised the forces who ended the siege, killing four": what follows a deed is of its doers, not of whoever speaks of them.
pub(super) fn who_struck_killing(doc: &mut Doc, _: &Marks, i: usize) {
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

/// "quit after the roof of a station fell": a clause of time that reads as a phrase, its verb without a subject.
pub(super) fn after_it_fell(doc: &mut Doc, _: &Marks, i: usize) {
    let v = doc.tokens[i].head as usize;
    if doc.tokens[i].dep != "advcl" || !matches!(doc.tokens[i].tag, "VBD" | "VBZ" | "VBP") || v >= i {
        return;
    }
    let own = kid(doc, i, &["nsubj", "nsubjpass", "expl", "mark"], v..i).is_some();
    let prep = (v + 1..i).rev().find(|k| {
        doc.tokens[*k].head as usize == v
            && doc.tokens[*k].dep == "prep"
            && matches!(doc.text(*k), "after" | "before" | "since" | "until" | "as")
    });
    let Some(p) = prep.filter(|_| !own) else { return };
    let Some(noun) = kid(doc, p, &["pobj"], p + 1..i) else { return };
    let under = |mut k: usize| {
        for _ in 0..12 {
            if k == noun {
                return true;
            }
            let h = doc.tokens[k].head as usize;
            if h == k {
                break;
            }
            k = h;
        }
        false
    };
    if (p + 1..i).all(|k| under(k) || doc.tokens[k].head as usize == i && doc.tokens[k].dep != "punct") {
        (doc.tokens[noun].head, doc.tokens[noun].dep) = (i as u32, "nsubj");
        (doc.tokens[p].head, doc.tokens[p].dep) = (i as u32, "mark");
    }
}

/// "imposed sanctions on A, on B, and on C": the preposition said again hangs where the first does.
pub(super) fn said_again(doc: &mut Doc, _: &Marks, i: usize) {
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
    let Some(o) = kid(doc, v, &["dobj"], v + 1..i) else {
        return;
    };
    let first = (o + 1..i)
        .find(|k| doc.tokens[*k].head as usize == o && doc.tokens[*k].dep == "prep" && doc.text(*k) == doc.text(i));
    if let Some(p) = first {
        (doc.tokens[i].head, doc.tokens[i].dep) = (p as u32, "conj");
    }
}

/// "Iran, which has not commented, fired missiles at Israel": a verb behind an aside that was read as a participle before its
/// own object, so that the sentence was left without one.
pub(super) fn verb_after_aside(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let adjective = t.tag == "JJ" && doc.text(i).ends_with("ed");
    let participle = matches!(t.tag, "VBN" | "VBD") || adjective;
    if !participle || i < 4 || doc.text(i - 1) != "," {
        return;
    }
    // "The prime minister, Anna Kaminski, deported Afghans": a verb in its place, under another name
    let kid = |dep: &str| kid(doc, i, &[dep], i - 4..doc.tokens.len().min(i + 12)).is_some();
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

/// "accuses the courts of sheltering men": what somebody is accused of hangs on the verb.
pub(super) fn of_to_the_accuser(doc: &mut Doc, _: &Marks, i: usize) {
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

/// "decided to restore, with immediate effect, the status": an object parted from its verb by an aside, read as an
/// apposition of the subject.
pub(super) fn object_after_aside(doc: &mut Doc, _: &Marks, i: usize) {
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

/// "urged Egypt on Sunday to free the blogger": what Egypt is to do, with a day between.
pub(super) fn asked_on_sunday_to(doc: &mut Doc, _: &Marks, i: usize) {
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
pub(super) fn finite_after_infinitive(doc: &mut Doc, _: &Marks, i: usize) {
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

/// "Assad, whose government Moscow and Tehran have propped up": what is whose is the object, the names do it.
pub(super) fn whose_object(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    if t.dep != "appos" || !marks.named[i] {
        return;
    }
    let noun = t.head as usize;
    let n = &doc.tokens[noun];
    let verb = n.head as usize;
    let whose =
        (noun.saturating_sub(3)..noun).any(|k| doc.tokens[k].tag == "WP$" && doc.tokens[k].head as usize == noun);
    let beside = whose && n.dep == "nsubj" && doc.tokens[verb].dep == "relcl";
    if !beside || (noun + 1..i).any(|k| doc.tokens[k].head as usize != i) {
        return;
    }
    (doc.tokens[i].head, doc.tokens[i].dep) = (verb as u32, "nsubj");
    doc.tokens[noun].dep = "dobj";
}

/// "has divided the Gulf since June, when Riyadh severed ties, closed the border and accused": a plain past behind a clause in
/// the past goes on with it, not with the perfect above.
pub(super) fn joined_in_the_past(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let h = t.head as usize;
    if t.dep != "conj" || t.tag != "VBD" || h >= i || doc.tokens[h].tag != "VBN" {
        return;
    }
    let kid = |v: usize, deps: &[&str]| kid(doc, v, deps, v.saturating_sub(12)..doc.tokens.len().min(v + 25));
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

/// "downgraded their missions to chargés d'affaires": a noun that the model does not know.
pub(super) fn to_charges(doc: &mut Doc, _: &Marks, i: usize) {
    if i == 0 || doc.tokens[i].pos == "NOUN" || !doc.text(i).ends_with(['s', 'S']) {
        return;
    }
    let low = doc.text(i).to_lowercase();
    if !low.starts_with("charg") || !low.ends_with('s') {
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

/// "that the bounty was gone": what hangs on an auxiliary belongs to its verb.
pub(super) fn off_auxiliaries(doc: &mut Doc, _: &Marks, i: usize) {
    let aux = doc.tokens[i].head as usize;
    if aux != i && matches!(doc.tokens[aux].dep, "aux" | "auxpass") && matches!(doc.tokens[i].dep, "nsubj" | "mark") {
        let passive = doc.tokens[aux].dep == "auxpass" && doc.tokens[i].dep == "nsubj";
        doc.tokens[i].head = doc.tokens[aux].head;
        if passive {
            doc.tokens[i].dep = "nsubjpass";
        }
    }
}

/// "welcomes the readiness of Australia, at the request of X, to send troops": the infinitive behind an aside belongs to
/// the noun that takes one.
pub(super) fn infinitive_after_aside(doc: &mut Doc, _: &Marks, i: usize) {
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
    let object = kid(doc, v, &["dobj"], v + 1..i);
    if let Some(o) = object.filter(|o| TAKE.contains(&doc.tokens[*o].lemma.as_str())) {
        (doc.tokens[i].head, doc.tokens[i].dep) = (o as u32, "acl");
    }
}

/// "Hezbollah was put on the list of terrorist organisations by Germany": who did it, hung on a noun that nobody does.
pub(super) fn by_of_the_passive(doc: &mut Doc, marks: &Marks, i: usize) {
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
    let head_of = |k: usize| kid(doc, k, &["pobj"], sentence(doc, k));
    if !head_of(i).is_some_and(|k| marks.named[k] && !matches!(doc.tokens[k].tag, "VBG")) {
        return;
    }
    let mut up = noun;
    while matches!(doc.tokens[up].dep, "pobj" | "prep" | "compound" | "poss") && doc.tokens[up].head as usize != up {
        up = doc.tokens[up].head as usize;
    }
    let has = |dep: &str| kid(doc, up, &[dep], sentence(doc, up)).is_some();
    if doc.tokens[up].tag == "VBN" && has("auxpass") && !has("agent") {
        doc.tokens[i].head = up as u32;
        doc.tokens[i].dep = "agent";
    }
}
