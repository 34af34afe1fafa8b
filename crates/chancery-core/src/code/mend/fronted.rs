//! What opens a sentence, a day, a phrase, a participle, and the name behind it.
use super::{Marks, kid, sentence};
use crate::resolve::is_month;
use chancery_parse::Doc;
use std::ops::Range;

/// "cut ties on September 22nd, Saudi Arabia three days later": a name between two days is the doer of a verb left out, not
/// the object of the one before.
pub(super) fn between_two_days(doc: &mut Doc, marks: &Marks, i: usize) {
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

/// "Bakhmut is quiet": a name at the head of a sentence that the tagger takes for an adverb, before a verb without a subject.
pub(super) fn name_for_adverb(doc: &mut Doc, _: &Marks, i: usize) {
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

/// "In Yerevan protesters besieged the offices": where they were, not whose.
pub(super) fn in_yerevan_protesters(doc: &mut Doc, _: &Marks, i: usize) {
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

/// "It was Qatar that mediated": the clause tells of the name before "that".
pub(super) fn it_was_x_that(doc: &mut Doc, marks: &Marks, i: usize) {
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
    let noun = kid(doc, be, &["attr"], be + 1..i);
    if let Some(noun) = noun.filter(|n| it && (marks.named[*n] || doc.tokens[*n].pos == "NOUN")) {
        doc.tokens[v].dep = "relcl";
        doc.tokens[v].head = noun as u32;
    }
}

/// "promised at the time that it would not": a clause read as hanging on "time" is what was promised.
pub(super) fn at_the_time_that(doc: &mut Doc, _: &Marks, i: usize) {
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

/// "On 3 May 2024 Turkey recognised Kosovo": a whole day read as words before the name; the name does what the verb says.
pub(super) fn day_before_name(doc: &mut Doc, marks: &Marks, x: usize) {
    let p = doc.tokens[x].head as usize;
    let verb = doc.tokens[p].head as usize;
    if doc.tokens[x].dep != "pobj" || !marks.named[x] || p >= x || doc.tokens[p].dep != "prep" || verb < x {
        return;
    }
    let day = doc.entities.iter().find(|e| e.label == "DATE" && e.start as usize == p + 1 && e.end as usize <= x);
    let Some(day) = day.map(|e| e.start as usize..e.end as usize) else { return };
    let own = (day.end..x).all(|k| doc.tokens[k].head as usize == x);
    let end = doc.tokens.len().min(verb + 40);
    let kid = |deps: &[&str]| kid(doc, verb, deps, p..end).is_some();
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

/// "Appointed prime minister in 2021, Saleh Kebzabo resigned": the participle is a clause of the one who resigned.
pub(super) fn appointed_he_resigned(doc: &mut Doc, _: &Marks, i: usize) {
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
pub(super) fn told_before_the_name(doc: &mut Doc, marks: &Marks, i: usize) {
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

/// "On May 12 protesters camped", "On 3 May 2024 the embargo stays": all of the day belongs to the preposition that opens the
/// sentence, nothing of it to the noun behind it, which does what the verb says.
pub(super) fn day_in_front(doc: &mut Doc, _: &Marks, p: usize) {
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
    let before = kid(doc, verb, &["nsubj", "nsubjpass", "expl"], p..verb).is_some();
    let passive = kid(doc, verb, &["auxpass"], p..end).is_some();
    if before {
        return;
    }
    if let Some(o) = kid(doc, verb, &["nsubj"], verb + 1..end)
        && kid(doc, verb, &["dobj"], verb + 1..end).is_none()
    {
        doc.tokens[o].dep = "dobj";
    }
    (doc.tokens[n].head, doc.tokens[n].dep) = (verb as u32, if passive { "nsubjpass" } else { "nsubj" });
}

/// "In Geneva, Norway and Spain recognised", "Days after the coup, Chad and Niger restored": the names behind a phrase that
/// opens the sentence are no more of its list; the verb without a subject is theirs.
pub(super) fn behind_fronted(doc: &mut Doc, marks: &Marks, x: usize) {
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

fn is_weekday(word: &str) -> bool {
    matches!(word, "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday")
}

/// Spans of time before "after", "before".
const TIMES: &[&str] = &["hour", "day", "week", "month", "year", "minute", "decade"];

/// "In 2014 Riyadh and Manama recalled their envoys": the year belongs to the preposition, the name to the verb.
pub(super) fn year_before_names(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let year = t.dep == "nummod" && doc.text(i).len() == 4 && doc.text(i).bytes().all(|b| b.is_ascii_digit());
    let month = t.dep == "compound" && (is_month(doc.text(i)) || is_weekday(doc.text(i)));
    let x = t.head as usize;
    if !(year || month) || i == 0 || x <= i || !marks.named[x] || doc.tokens[x].dep != "pobj" {
        return;
    }
    let p = doc.tokens[x].head as usize;
    // "In a decree published on Friday Saudi Arabia declared": the verb stands over the phrase in front
    let mut verb = doc.tokens[p].head as usize;
    for _ in 0..5 {
        let inner = matches!(doc.tokens[verb].dep, "acl" | "pobj" | "prep" | "pcomp" | "relcl" | "npadvmod");
        if verb > x || !inner {
            break;
        }
        verb = doc.tokens[verb].head as usize;
    }
    let clause = p..doc.tokens.len().min(verb + 40);
    let kid = |deps: &[&str]| kid(doc, verb, deps, clause.clone()).is_some();
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

/// "suspended Mali in 2021 and Burkina Faso in 2022": a name that the tree joins to a year stands with what stood before it.
pub(super) fn name_joined_to_a_year(doc: &mut Doc, marks: &Marks, i: usize) {
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
