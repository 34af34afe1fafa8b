//! What a claim's `value` holds beside its parties: ranks, tolls, sums of money, titles, places.
//!
//! A frame asks for them as `take = { rank = "rank theme" }`: the extractor, then paths where it looks.
use super::parties::{Cast, clean};
use super::posts::rank_of_post;
use super::tree::Tree;
use serde_json::{Map, Value, json};

/// Runs an extractor over tokens and writes what it finds under `key`.
pub fn take(cast: &Cast, extractor: &str, key: &str, at: &[usize], trigger: usize, value: &mut Map<String, Value>) {
    let t = cast.tree;
    match extractor {
        "rank" => {
            if let Some(r) = at.iter().find_map(|i| rank_of_post(t, *i)) {
                value.insert(key.into(), r.into());
            }
        }
        "money" => {
            if let Some((amount, currency)) = at.iter().find_map(|i| money(t, *i)) {
                value.insert("amount".into(), amount);
                value.insert("currency".into(), currency.into());
            }
        }
        "toll" => {
            for (k, lemmas) in [("killed", KILL), ("wounded", WOUND)] {
                if let Some(n) = toll(t, trigger, lemmas) {
                    value.insert(k.into(), n.value);
                    if n.at_least {
                        value.insert(format!("{k}_min"), true.into());
                    }
                }
            }
        }
        // the number that stands there: "put the toll at 41"
        "count" => {
            if let Some(n) = at.iter().find_map(|i| count(t, *i)) {
                value.insert(key.into(), n.value);
                if n.at_least {
                    value.insert(format!("{key}_min"), true.into());
                }
            }
        }
        "place" => {
            if let Some(p) = at.iter().find(|i| cast.is_place(**i)) {
                value.insert(key.into(), place_name(cast, *p).into());
            }
        }
        "title" => {
            if let Some(i) = at.first() {
                value.insert(key.into(), title_phrase(cast, *i).into());
            }
        }
        // the title that stands with the person's name, here or elsewhere in the text
        "title_of" => {
            let title = at.iter().find_map(|i| {
                let m = cast.resolved.at(*i)?;
                let id = cast.party_of(&m.who, m).0.id;
                let same = || {
                    cast.resolved
                        .mentions
                        .iter()
                        .filter(|o| cast.party_of(&o.who, o).0.id == id)
                        .find_map(|o| o.title.clone())
                };
                m.title.clone().or_else(same)
            });
            // a form of address is no office
            if let Some(title) = title.filter(|t| !cast.actors.is_form_of_address(t)) {
                let bare = ["former ", "ex-", "then-", "late ", "ousted ", "deposed "]
                    .iter()
                    .fold(title.as_str(), |s, p| s.strip_prefix(p).unwrap_or(s));
                value.insert(key.into(), bare.into());
            }
        }
        // a list or title with a name of its own: "Specially Designated Global Terrorist"
        "name" => {
            let own = at.iter().find(|i| t.tok(**i).pos == "PROPN" && cast.resolved.at(**i).is_none());
            if let Some(i) = own {
                value.insert(key.into(), cast.as_it_stands(*i, "").party.label.into());
            }
        }
        "party" => {
            if let Some(f) = at.iter().find_map(|i| cast.fill(*i, &["any"]).into_iter().next()) {
                value.insert(key.into(), f.party.label.into());
            }
        }
        // the phrase as it stands
        _ => {
            if let Some(i) = at.first() {
                value.insert(key.into(), cast.as_it_stands(*i, "").party.label.into());
            }
        }
    }
}

fn place_name(cast: &Cast, i: usize) -> String {
    let t = cast.tree;
    match cast.resolved.at(i) {
        Some(m) if t.doc.text(i) == "there" => m.who.label(cast.actors).to_owned(),
        Some(m) => clean(t.doc.span_text(m.tokens.clone())),
        None => cast.as_it_stands(i, "place").party.label,
    }
}

/// "deputy minister for foreign affairs", "supreme leader", without the state or body it is of.
pub fn title_phrase(cast: &Cast, i: usize) -> String {
    let t = cast.tree;
    let mut toks: Vec<usize> = vec![i];
    for k in t.kids(i) {
        if k < i
            && matches!(t.dep(k), "compound" | "amod" | "nmod")
            && cast.resolved.at(k).is_none()
            && !matches!(
                t.lemma(k),
                "former"
                    | "ex"
                    | "new"
                    | "current"
                    | "first"
                    | "late"
                    | "rebel"
                    | "lawful"
                    | "legitimate"
                    | "rightful"
                    | "sole"
            )
        {
            toks.push(k);
            toks.extend(t.kids(k).filter(|m| *m < k && t.dep(*m) == "compound"));
        }
        if t.dep(k) == "prep"
            && matches!(t.lemma(k), "for" | "of")
            && let Some(o) = t.kid(k, &["pobj"]).filter(|o| {
                cast.kind_at(*o).is_none() && t.tok(*o).pos == "NOUN"
                    || t.lemma(*o) == "affairs"
                    || t.lemma(*o) == "affair"
            })
        {
            toks.extend(k..o + 1);
        }
    }
    toks.sort_unstable();
    let lo = toks[0];
    let hi = *toks.last().expect("holds the head");
    clean(t.doc.span_text(lo..hi + 1)).trim_start_matches("the ").to_owned()
}

const KILL: &[&str] =
    &["kill", "slay", "massacre", "die", "dead", "death", "killing", "perish", "murder", "execute", "fatality"];
const WOUND: &[&str] = &["wound", "injure", "hurt", "injury", "maim"];

/// A number as the text gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Count {
    pub value: Value,
    /// "at least", "more than".
    pub at_least: bool,
}

/// How many were killed or wounded, told in the sentence of the act.
pub fn toll(t: &Tree, trigger: usize, lemmas: &[&str]) -> Option<Count> {
    for i in t.sentence(trigger) {
        let shot_dead = lemmas.contains(&"kill")
            && t.lemma(i) == "shoot"
            && t.kids(i).any(|k| t.lemma(k) == "dead" || t.lemma(k) == "death");
        if !(lemmas.contains(&t.lemma(i)) || shot_dead) || joined_on(t, i, trigger) {
            continue;
        }
        let a = if t.is_verb(i) { t.verb_args(i) } else { t.noun_args(i, |_| false) };
        let mut places: Vec<usize> = Vec::new();
        match t.lemma(i) {
            "die" | "perish" => places.extend(a.agent.iter()),
            "dead" => {
                places.extend(t.kids(i));
                places.push(t.head(i));
                let h = t.head(i);
                places.extend(t.kids(h).filter(|k| matches!(t.dep(*k), "dobj" | "nsubj")));
                places.push(i);
            }
            "death" | "fatality" | "injury" => {
                places.push(i);
                places.extend(a.theme.iter());
                places.extend(a.preps.iter().filter(|(p, _)| p == "of").map(|(_, o)| *o));
            }
            _ => {
                places.extend(a.theme.iter());
                if matches!(t.tok(i).tag, "VBG" | "NN") {
                    places.extend(a.preps.iter().filter(|(p, _)| p == "of").map(|(_, o)| *o));
                }
            }
        }
        if let Some(c) = places.iter().find_map(|p| count(t, *p).or_else(|| risen_to(t, *p))) {
            return Some(c);
        }
        // "15 people were killed and 40 hurt", "and another 40 others were injured": the figure just before
        let before = (t.sentence(i).start..i).rev().find(|j| {
            !matches!(
                t.lemma(*j),
                "other" | "more" | "be" | "have" | "seriously" | "badly" | "people" | "person" | "critically"
            )
        });
        if let Some(c) = before.filter(|j| t.tok(*j).pos == "NUM" && t.tok(i).tag != "NNS").and_then(|j| count(t, j)) {
            return Some(c);
        }
    }
    None
}

/// "militias are fighting, and the UN says 2,300 have been killed": a clause joined on has counts of its own.
fn joined_on(t: &Tree, counted: usize, trigger: usize) -> bool {
    let mut up = counted;
    for _ in 0..12 {
        if (counted.min(trigger)..counted.max(trigger)).any(|i| t.doc.text(i) == ";") {
            return true;
        }
        let own = |v: usize| t.dep(v) == "conj" && t.is_verb(v) && t.kid(v, &["nsubj"]).is_some();
        if own(up) && !t.dominates(up, trigger) && up != trigger {
            return true;
        }
        if t.is_root(up) {
            return false;
        }
        up = t.head(up);
    }
    false
}

/// "the number of people killed has risen to 115", "the death toll stands at 115": the figure behind the verb.
fn risen_to(t: &Tree, counted: usize) -> Option<Count> {
    let mut n = counted;
    while matches!(t.dep(n), "pobj" | "compound") && !t.is_root(n) {
        n = t.head(n);
        if t.tok(n).pos == "ADP" {
            n = t.head(n);
        }
    }
    let v = t.head(n);
    let tells = matches!(t.lemma(n), "number" | "toll" | "count" | "total")
        && matches!(
            t.lemma(v),
            "rise" | "climb" | "grow" | "increase" | "reach" | "stand" | "pass" | "jump" | "exceed"
        );
    if !tells {
        return None;
    }
    let args = t.verb_args(v);
    let behind =
        args.preps.iter().filter(|(p, _)| matches!(p.as_str(), "to" | "at")).map(|(_, o)| *o).chain(args.theme);
    behind.filter(|o| *o != n).find_map(|o| count(t, o))
}

/// The number that counts a noun, or that stands for itself.
pub fn count(t: &Tree, i: usize) -> Option<Count> {
    let num = if t.tok(i).pos == "NUM" { Some(i) } else { t.kid(i, &["nummod"]) };
    if let Some(n) = num {
        let v = spelt(t, n)?;
        // "the massacre of November 1991": a year counts nobody
        let dated = || t.doc.entities.iter().any(|e| e.label == "DATE" && (e.start..e.end).contains(&(n as u32)));
        if (1900.0..2100.0).contains(&v) && t.doc.text(n).len() == 4 && dated() {
            return None;
        }
        let before = n.saturating_sub(3)..n;
        let at_least = before.clone().any(|k| {
            matches!(t.lemma(k), "least" | "than" | "over")
                && t.sentence(k) == t.sentence(n)
                && !before.clone().any(|j| t.lemma(j) == "few" || t.lemma(j) == "less")
        });
        let value = if v.fract() == 0.0 { json!(v as i64) } else { json!(v) };
        return Some(Count { value, at_least });
    }
    // "dozens of soldiers", "scores"
    for k in [i].into_iter().chain(t.is_nominal(i).then(|| t.head(t.head(i))).filter(|h| t.is_nominal(*h))) {
        if matches!(
            t.lemma(k),
            "dozen" | "score" | "hundred" | "thousand" | "dozens" | "scores" | "hundreds" | "thousands"
        ) {
            return Some(Count { value: t.doc.text(k).to_lowercase().into(), at_least: false });
        }
    }
    None
}

/// The number of which a word is part: "twenty-four", "a hundred and twenty", "2.5 million", "two dozen".
fn spelt(t: &Tree, n: usize) -> Option<f64> {
    let word = |k: usize| number(t.doc.text(k));
    let digits = |k: usize| t.doc.text(k).starts_with(|c: char| c.is_ascii_digit());
    let sentence = t.sentence(n);
    // two numbers in digits are two numbers: "in 2014 120 people"
    let joins = |a: usize, b: usize| word(a).is_some() && word(b).is_some() && !digits(b);
    let near = |a: usize, b: usize| match b - a {
        1 => joins(a, b),
        2 => {
            let between = t.doc.text(a + 1);
            let tens = || word(a).is_some_and(|x| (20.0..100.0).contains(&x)) && word(b).is_some_and(|x| x < 10.0);
            let hundreds = || word(a).is_some_and(|x| x == 100.0 || x == 1000.0) && word(b).is_some_and(|x| x < 100.0);
            joins(a, b) && (between == "-" && tens() || between == "and" && hundreds())
        }
        _ => false,
    };
    let step = |from: usize, back: bool| {
        let to = |by: usize| if back { from.checked_sub(by) } else { Some(from + by) };
        [1, 2].into_iter().filter_map(to).find(|k| sentence.contains(k) && near(from.min(*k), from.max(*k)))
    };
    let mut words = vec![n];
    while let Some(k) = step(words[0], true) {
        words.insert(0, k);
    }
    while let Some(k) = step(words[words.len() - 1], false) {
        words.push(k);
    }
    let (mut whole, mut part) = (0.0, 0.0);
    for x in words.into_iter().filter_map(word) {
        match x {
            100.0 | 12.0 if part > 0.0 && part < x => part *= x,
            1000.0 | 1e6 | 1e9 => {
                whole += if part > 0.0 { part * x } else { x };
                part = 0.0;
            }
            _ => part += x,
        }
    }
    Some(whole + part).filter(|_| word(n).is_some())
}

/// Digits with commas, or a number word.
pub fn number(s: &str) -> Option<f64> {
    let s = s.to_lowercase();
    if s.starts_with(|c: char| c.is_ascii_digit()) {
        let plain: String = s.chars().filter(|c| *c != ',').collect();
        return plain.parse().ok();
    }
    let units = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    let tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if let Some(n) = units.iter().position(|u| *u == s) {
        return Some(n as f64);
    }
    if let Some(n) = tens.iter().position(|u| *u == s) {
        return Some(20.0 + 10.0 * n as f64);
    }
    if let Some((a, b)) = s.split_once('-')
        && let (Some(x), Some(y)) = (tens.iter().position(|u| *u == a), units.iter().position(|u| *u == b))
    {
        return Some(20.0 + 10.0 * x as f64 + y as f64);
    }
    match s.as_str() {
        "dozen" => Some(12.0),
        "hundred" => Some(100.0),
        "thousand" => Some(1000.0),
        "million" => Some(1e6),
        "billion" => Some(1e9),
        _ => None,
    }
}

/// A sum of money in the phrase around a token: "$10 million bounty", "a reward of 5 million euros".
fn money(t: &Tree, i: usize) -> Option<(Value, &'static str)> {
    let r = t.subtree(i);
    let mut currency = None;
    let mut amount: Option<f64> = None;
    for k in r.start.saturating_sub(1)..r.end {
        let w = t.doc.text(k);
        let c = match w.to_lowercase().as_str() {
            "$" | "us$" | "dollar" | "dollars" | "usd" => Some("USD"),
            "€" | "euro" | "euros" | "eur" => Some("EUR"),
            "£" | "pound" | "pounds" | "gbp" => Some("GBP"),
            "ruble" | "rubles" | "roubles" | "rouble" => Some("RUB"),
            "yuan" | "renminbi" => Some("CNY"),
            "¥" | "yen" => Some("JPY"),
            "hk$" => Some("HKD"),
            "a$" => Some("AUD"),
            "c$" => Some("CAD"),
            "lira" | "liras" => Some("TRY"),
            "rupee" | "rupees" => Some("INR"),
            "shekel" | "shekels" => Some("ILS"),
            "naira" => Some("NGN"),
            _ => None,
        };
        if c.is_some() {
            currency = currency.or(c);
            continue;
        }
        let w = w.trim_start_matches('$');
        if let Some(n) = number(w).or_else(|| {
            number(&w.replace("million", "").replace("-", "")).filter(|_| w.contains("million")).map(|n| n * 1e6)
        }) {
            // "$10m", cut into a number and its unit, wherever the parse has put that
            let unit = match (k + 1 < t.len() && !t.tok(k).ws).then(|| t.doc.text(k + 1)) {
                Some("m" | "mn" | "m.") => 1e6,
                Some("bn" | "b" | "bn.") => 1e9,
                _ => 1.0,
            };
            amount = Some(match amount {
                // "$10 million", not "$10m in 2018"
                Some(a) if n >= 100.0 && !w.starts_with(|c: char| c.is_ascii_digit()) => a * n,
                Some(a) => a,
                None => n * unit,
            });
        }
    }
    let a = amount?;
    Some((if a.fract() == 0.0 { json!(a as i64) } else { json!(a) }, currency?))
}
