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

/// In the order in which they are tried at each token.
const RULES: &[fn(&mut Doc, &Marks, usize)] = &[
    names::name_begins,
    names::both_names,
    verbs::re_verb,
    verbs::finite_beside_finite,
    names::among_them,
    verbs::kept_shut,
    clauses::off_auxiliaries,
    verbs::they_control,
    verbs::has_overrun,
    verbs::annexed_crimea,
    names::person_beside_post,
    clauses::of_to_the_accuser,
    names::named_a,
    verbs::sworn_in,
    verbs::resign_under_that,
    verbs::named_as,
    posts::leader_is_name,
    posts::made_himself,
    posts::acting_president,
    posts::once_its_president,
    posts::post_behind_opening,
    posts::post_then_name,
    posts::noun_before_name,
    posts::led_beside,
    posts::signed,
    posts::who_as,
    posts::secretary_general,
    names::name_beside,
    names::name_no_verb,
    verbs::plural_for_verb,
    clauses::object_after_aside,
    verbs::shot_dead,
    verbs::persona_non_grata,
    clauses::doer_between,
    clauses::verb_after_aside,
    names::neither_does,
    names::who_is_somebody,
    fronted::between_two_days,
    names::one_post,
    clauses::led_by,
    clauses::said_again,
    clauses::infinitive_after_aside,
    clauses::to_charges,
    names::together_with,
    names::then_another,
    forms::tense_of_the_saying,
    names::beside_the_candidate,
    verbs::called_home,
    names::sides_after_semicolon,
    fronted::at_the_time_that,
    names::called_president,
    fronted::day_before_name,
    fronted::year_before_names,
    fronted::behind_fronted,
    names::list_of_names,
    names::names_before_aside,
    names::name_before_its_kind,
    names::joined_to_the_owner,
    names::and_another,
    names::post_of_the_last,
    names::subject_behind,
    names::including,
    names::which_it_captured,
    names::with_by_telephone,
    clauses::joined_in_the_past,
    names::name_behind_noun,
    clauses::whose_object,
    names::member_named,
    names::branch_named,
    verbs::members_favour,
    verbs::set_free,
    clauses::finite_after_infinitive,
    names::two_subjects,
    clauses::asked_on_sunday_to,
    names::name_behind_comma,
    names::name_on_a_verb,
    fronted::name_joined_to_a_year,
    clauses::by_of_the_passive,
    verbs::taken_off,
    forms::noun_for_strong_past,
    fronted::it_was_x_that,
    fronted::name_for_adverb,
    clauses::each_of_whom,
    names::names_of_the_count,
    names::one_in_return,
    names::those_against,
    clauses::a_charge_he_denies,
    fronted::in_yerevan_protesters,
    clauses::after_it_fell,
    clauses::who_struck_killing,
    clauses::gunned_down_was,
    clauses::was_abducted_tried,
    fronted::day_in_front,
    fronted::after_his_meeting_with,
    fronted::appointed_he_resigned,
    fronted::told_before_the_name,
    names::as_well_as,
    names::who_led_it_in_gabon,
    clauses::armed_and_financed,
    joined::first_of_several,
    joined::behind_the_clause,
    joined::spoken_not_by_things,
    joined::name_does,
    joined::holds_it,
    joined::told_of_the_subject,
    joined::he_said_behind,
    joined::behind_the_opening,
    joined::raid_they_launched,
    joined::of_the_whole_name,
    joined::joined_to_a_day,
    joined::one_word,
    joined::known_as,
    joined::struck_after_it,
    joined::summoned_and_handed,
    joined::asset_freezes,
    seams::two_names_meet,
    seams::ousted_is_in_jail,
    people::head_is_no_verb,
    people::names_of_the_posts,
    seams::one_hyphened_name,
    seams::they_recognise,
    seams::day_then_name,
    seams::who_is_no_place,
    seams::led_by,
    seams::particle_with_object,
    subjects::day_before_noun,
    subjects::parts_of_a_name,
    subjects::liberated_lyman,
    subjects::has_so_far_blocked,
    subjects::verb_of_the_sentence,
    meets::which_they_regard,
    relatives::that_iran_arms,
    relatives::which_they_signed,
    relatives::whose_subject,
    subjects::clause_of_time,
    subjects::since_the_order,
    subjects::murdered_teachers,
    subjects::loyal_to,
    subjects::participle_beside,
    subjects::behind_the_phrase,
    said::said_the_grouping,
    said::he_announced,
    said::removed_dissolved,
    relatives::relative_clause,
    gaps::verb_left_out,
    gaps::two_left,
    gaps::each_in_his_place,
    meets::and_they_left,
    meets::by_the_eleventh,
    lists::as_many_names,
    lists::and_the_second,
    lists::his_son,
    lists::not_only,
    lists::said_between,
    said::its_spokesman_told,
    said::two_have_not,
    relatives::militia_they_support,
    subjects::among_those,
    subjects::called_before,
    said::said_killing,
    subjects::headline_comma,
    relatives::of_which_he_was,
    relatives::of_which_it_is,
    relatives::in_the_strongest_terms,
    said::side_by_side,
    chains::finite_to_finite,
    chains::one_more_object,
    chains::head_of_it,
    chains::name_beside_noun,
    meets::killed_were,
    meets::second_object,
    meets::others_wounded,
    envoys::ambassador_to_one_to_another,
    strayed::person_joined_to_a_country,
    strayed::verb_before_bare_noun,
    strayed::that_he_resign,
    strayed::one_in_three,
    strayed::of_behind_the_day,
    strayed::become_after_aside,
    strayed::and_to_withdraw,
    strayed::many_of_them,
    strayed::which_is_no_town,
    strayed::north_of_the_line,
    strayed::which_is_nobody,
    strayed::no_apposition_without_comma,
    strayed::by_of_what_is_called,
    strayed::flown_in,
    strayed::beside_the_whole_name,
    twofold::gathered_condemned,
    twofold::elected_he_armed,
    twofold::camp_before_after,
    twofold::before_the_colon,
    twofold::one_among_them,
    twofold::most_of_them_when,
    twofold::and_his_wife,
    twofold::had_himself,
    twofold::between_the_two,
    twofold::some_hurled,
    twofold::of_behind_the_aside,
    twofold::and_after_an_aside,
    twofold::and_somalias,
    twofold::as_well_as_by,
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
        for rule in RULES {
            rule(doc, &marks, i);
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
