//! Trees that the small model is known to get wrong, set right before anything is read off them: each rule mends one kind
//! of fault, by words, tags and labels, and knows nothing of claims. Base forms and names come first, then the arcs.
mod chains;
mod clauses;
mod envoys;
mod forms;
mod fronted;
mod gaps;
mod joined;
mod lines;
mod lists;
mod look;
mod meets;
mod names;
mod people;
mod posts;
mod relatives;
mod said;
mod seams;
mod strayed;
mod subjects;
mod twofold;
mod verbs;

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

/// Words by their class: verbs and auxiliaries; nouns, names, pronouns and numbers; all others, punctuation included.
const VERBS: u8 = 1;
const NOUNS: u8 = 2;
const OTHERS: u8 = 4;
const ANY: u8 = VERBS | NOUNS | OTHERS;

fn class(pos: &str) -> u8 {
    match pos {
        "VERB" | "AUX" => VERBS,
        "NOUN" | "PROPN" | "PRON" | "NUM" => NOUNS,
        _ => OTHERS,
    }
}

type Rule = fn(&mut Doc, &Marks, usize);

/// In the order in which they are tried at each token of the classes.
const RULES: &[(u8, Rule)] = &[
    (VERBS, names::name_begins),
    (NOUNS | VERBS, names::both_names),
    (NOUNS | VERBS, verbs::re_verb),
    (OTHERS, names::among_them),
    (OTHERS | VERBS, verbs::kept_shut),
    (ANY, clauses::off_auxiliaries),
    (NOUNS | OTHERS, verbs::they_control),
    (NOUNS, verbs::has_overrun),
    (NOUNS, names::person_beside_post),
    (OTHERS, clauses::of_to_the_accuser),
    (NOUNS, names::named_a),
    (OTHERS, verbs::sworn_in),
    (NOUNS, verbs::resign_under_that),
    (NOUNS, verbs::named_as),
    (NOUNS, posts::leader_is_name),
    (NOUNS, posts::made_himself),
    (ANY, posts::acting_president),
    (ANY, posts::once_its_president),
    (NOUNS, posts::post_behind_opening),
    (NOUNS, posts::post_then_name),
    (ANY, posts::noun_before_name),
    (VERBS, posts::led_beside),
    (ANY, posts::signed),
    (OTHERS, posts::who_as),
    (ANY, posts::secretary_general),
    (NOUNS, names::name_beside),
    (VERBS, names::name_no_verb),
    (NOUNS, verbs::plural_for_verb),
    (NOUNS, clauses::object_after_aside),
    (OTHERS, verbs::shot_dead),
    (OTHERS | VERBS, clauses::verb_after_aside),
    (NOUNS, names::neither_does),
    (NOUNS, names::who_is_somebody),
    (NOUNS, fronted::between_two_days),
    (NOUNS, names::one_post),
    (OTHERS, clauses::said_again),
    (VERBS, clauses::infinitive_after_aside),
    (OTHERS, clauses::to_charges),
    (OTHERS, names::together_with),
    (NOUNS, names::then_another),
    (VERBS, forms::tense_of_the_saying),
    (NOUNS, names::beside_the_candidate),
    (NOUNS, verbs::called_home),
    (VERBS, names::sides_after_semicolon),
    (VERBS, fronted::at_the_time_that),
    (NOUNS, names::called_president),
    (NOUNS, fronted::day_before_name),
    (NOUNS, fronted::year_before_names),
    (NOUNS, fronted::behind_fronted),
    (NOUNS, names::list_of_names),
    (NOUNS, names::names_before_aside),
    (NOUNS, names::name_before_its_kind),
    (NOUNS, names::joined_to_the_owner),
    (NOUNS, names::and_another),
    (NOUNS, names::post_of_the_last),
    (NOUNS, names::subject_behind),
    (VERBS, names::including),
    (VERBS, names::which_it_captured),
    (OTHERS, names::with_by_telephone),
    (VERBS, clauses::joined_in_the_past),
    (NOUNS, names::name_behind_noun),
    (NOUNS, clauses::whose_object),
    (NOUNS, names::member_named),
    (NOUNS, names::branch_named),
    (VERBS, verbs::members_favour),
    (VERBS, verbs::set_free),
    (VERBS, clauses::finite_after_infinitive),
    (NOUNS, names::two_subjects),
    (VERBS, clauses::asked_on_sunday_to),
    (NOUNS, names::name_behind_comma),
    (NOUNS, names::name_on_a_verb),
    (NOUNS, fronted::name_joined_to_a_year),
    (OTHERS, clauses::by_of_the_passive),
    (OTHERS, verbs::taken_off),
    (NOUNS, forms::noun_for_strong_past),
    (NOUNS | OTHERS, fronted::it_was_x_that),
    (OTHERS, fronted::name_for_adverb),
    (NOUNS | OTHERS, clauses::each_of_whom),
    (NOUNS, names::names_of_the_count),
    (NOUNS, names::one_in_return),
    (NOUNS, names::those_against),
    (NOUNS, clauses::a_charge_he_denies),
    (NOUNS, fronted::in_yerevan_protesters),
    (VERBS, clauses::after_it_fell),
    (VERBS, clauses::who_struck_killing),
    (VERBS, clauses::gunned_down_was),
    (VERBS, clauses::was_abducted_tried),
    (OTHERS, fronted::day_in_front),
    (VERBS, fronted::appointed_he_resigned),
    (NOUNS, fronted::told_before_the_name),
    (VERBS, joined::first_of_several),
    (VERBS, joined::behind_the_clause),
    (VERBS, joined::spoken_not_by_things),
    (NOUNS, joined::name_does),
    (NOUNS, joined::holds_it),
    (NOUNS, joined::told_of_the_subject),
    (VERBS, joined::he_said_behind),
    (VERBS, joined::behind_the_opening),
    (VERBS, joined::raid_they_launched),
    (NOUNS | VERBS, joined::of_the_whole_name),
    (NOUNS, joined::joined_to_a_day),
    (NOUNS, joined::one_word),
    (VERBS, joined::known_as),
    (VERBS, joined::struck_after_it),
    (VERBS, joined::summoned_and_handed),
    (VERBS, joined::asset_freezes),
    (VERBS, seams::two_names_meet),
    (VERBS, seams::ousted_is_in_jail),
    (VERBS, people::head_is_no_verb),
    (NOUNS, people::names_of_the_posts),
    (ANY, seams::one_hyphened_name),
    (NOUNS | VERBS, seams::they_recognise),
    (NOUNS, seams::day_then_name),
    (VERBS, seams::who_is_no_place),
    (OTHERS, seams::particle_with_object),
    (NOUNS, subjects::day_before_noun),
    (NOUNS, subjects::parts_of_a_name),
    (VERBS, subjects::liberated_lyman),
    (VERBS, subjects::has_so_far_blocked),
    (VERBS, subjects::verb_of_the_sentence),
    (NOUNS, meets::which_they_regard),
    (NOUNS, relatives::that_iran_arms),
    (VERBS, relatives::which_they_signed),
    (NOUNS, relatives::whose_subject),
    (OTHERS, subjects::clause_of_time),
    (OTHERS, subjects::since_the_order),
    (VERBS, subjects::murdered_teachers),
    (OTHERS, subjects::loyal_to),
    (VERBS, subjects::participle_beside),
    (VERBS, subjects::behind_the_phrase),
    (NOUNS | OTHERS, said::said_the_grouping),
    (VERBS, said::he_announced),
    (VERBS, said::removed_dissolved),
    (VERBS, relatives::relative_clause),
    (NOUNS, gaps::verb_left_out),
    (NOUNS, gaps::two_left),
    (NOUNS, gaps::each_in_his_place),
    (VERBS, meets::and_they_left),
    (VERBS, meets::by_the_eleventh),
    (NOUNS, lists::as_many_names),
    (NOUNS, lists::and_the_second),
    (NOUNS, lists::his_son),
    (OTHERS, lists::not_only),
    (VERBS, lists::said_between),
    (VERBS, said::its_spokesman_told),
    (VERBS, said::two_have_not),
    (VERBS, relatives::militia_they_support),
    (VERBS, subjects::among_those),
    (VERBS, subjects::called_before),
    (VERBS, said::said_killing),
    (NOUNS, subjects::headline_comma),
    (OTHERS, relatives::of_which_he_was),
    (VERBS, relatives::of_which_it_is),
    (VERBS, relatives::in_the_strongest_terms),
    (VERBS, said::side_by_side),
    (VERBS, chains::finite_to_finite),
    (NOUNS, chains::one_more_object),
    (NOUNS, chains::head_of_it),
    (NOUNS, chains::name_beside_noun),
    (VERBS, meets::killed_were),
    (NOUNS, meets::second_object),
    (VERBS, meets::others_wounded),
    (VERBS, envoys::ambassador_to_one_to_another),
    (NOUNS, strayed::person_joined_to_a_country),
    (VERBS, strayed::verb_before_bare_noun),
    (NOUNS, strayed::that_he_resign),
    (NOUNS, strayed::one_in_three),
    (OTHERS, strayed::of_behind_the_day),
    (NOUNS, strayed::become_after_aside),
    (VERBS, strayed::and_to_withdraw),
    (OTHERS, strayed::many_of_them),
    (VERBS, strayed::which_is_no_town),
    (NOUNS, strayed::north_of_the_line),
    (VERBS, strayed::which_is_nobody),
    (NOUNS, strayed::no_apposition_without_comma),
    (OTHERS, strayed::by_of_what_is_called),
    (OTHERS, strayed::flown_in),
    (ANY, strayed::beside_the_whole_name),
    (VERBS, twofold::gathered_condemned),
    (VERBS, twofold::elected_he_armed),
    (NOUNS, twofold::camp_before_after),
    (NOUNS | OTHERS, twofold::before_the_colon),
    (OTHERS, twofold::one_among_them),
    (OTHERS, twofold::most_of_them_when),
    (NOUNS, twofold::and_his_wife),
    (NOUNS, twofold::had_himself),
    (NOUNS, twofold::between_the_two),
    (VERBS, twofold::some_hurled),
    (OTHERS, twofold::of_behind_the_aside),
    (NOUNS, twofold::and_after_an_aside),
    (NOUNS, twofold::and_somalias),
    (OTHERS, twofold::as_well_as_by),
];

/// Mends the trees of a document; every token hangs on a root after it.
pub(super) fn mend(doc: &mut Doc) {
    for t in 0..doc.tokens.len() {
        // "co-operate" was shown without its hyphen
        if doc.tokens[t].lemma.starts_with(['c', 'C'])
            && let Some(rest) = doc.tokens[t].lemma.to_lowercase().strip_prefix("cooo")
        {
            doc.tokens[t].lemma = format!("coo{rest}");
        }
        if let Some(l) = forms::base_form(&doc.tokens[t].lemma, doc.tokens[t].tag, doc.text(t)) {
            doc.tokens[t].lemma = l;
        }
        if matches!(doc.tokens[t].tag, "VBP" | "VB")
            && let Some(base) = forms::strong_past(doc.text(t))
        {
            doc.tokens[t].lemma = base.to_owned();
            doc.tokens[t].tag = "VBD";
        }
    }
    forms::plain_nouns(doc);
    lines::lines_apart(doc);
    forms::names_before_posts(doc);
    forms::names_in_days(doc);
    forms::last_syllables(doc);
    people::given_names_of_two_syllables(doc);
    people::names_with_articles(doc);
    people::names_of_no_class(doc);
    people::generals(doc);
    forms::surnames(doc);
    let marks =
        Marks { named: Marks::of(doc, &["GPE", "ORG", "NORP", "LOC", "PERSON"]), person: Marks::of(doc, &["PERSON"]) };
    for i in 0..doc.tokens.len() {
        let mut own = class(doc.tokens[i].pos);
        for (at, rule) in RULES {
            if at & own != 0 {
                rule(doc, &marks, i);
                // it may have made a verb of a noun
                own = class(doc.tokens[i].pos);
            }
        }
    }
    unwind(doc);
}

/// The first token in a range that hangs on a head by one of these arcs.
fn kid(doc: &Doc, head: usize, deps: &[&str], mut within: Range<usize>) -> Option<usize> {
    within.find(|k| *k != head && doc.tokens[*k].head as usize == head && deps.contains(&doc.tokens[*k].dep))
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

#[cfg(test)]
mod tests {
    use super::forms::base_form;
    use super::unwind;
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
