//! The three hashes of the model format: string ids, embedding rows, and the names that are no hash at all.

/// MurmurHash64A of the bytes.
fn murmur64a(bytes: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const R: u32 = 47;
    let mut h = seed ^ (bytes.len() as u64).wrapping_mul(M);
    let (words, tail) = bytes.as_chunks::<8>();
    for w in words {
        let mut k = u64::from_le_bytes(*w).wrapping_mul(M);
        k ^= k >> R;
        h = (h ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    if !tail.is_empty() {
        let last = tail.iter().rev().fold(0, |acc, &b| acc << 8 | u64::from(b));
        h = (h ^ last).wrapping_mul(M);
    }
    h ^= h >> R;
    h = h.wrapping_mul(M);
    h ^ h >> R
}

/// The id that spaCy's string store gives a text: a small number for the names of its own symbols, which
/// applies to a word, prefix, suffix or shape that happens to be spelt like one, else a hash.
///
/// ```text
///   ""  -> 0      "X" -> 101      "det" -> 415      "embassy" -> MurmurHash64A(seed 1)
/// ```
pub(crate) fn string_id(s: &str) -> u64 {
    if s.is_empty() {
        return 0;
    }
    symbol(s).unwrap_or_else(|| murmur64a(s.as_bytes(), 1))
}

/// Number of a spaCy symbol (spacy/symbols.pyx, 3.8).
fn symbol(s: &str) -> Option<u64> {
    if s.len() > 17 || !s.is_ascii() {
        return None;
    }
    let numbered = |prefix: &str, digits: usize, range: std::ops::RangeInclusive<u64>| {
        let n = s.strip_prefix(prefix).filter(|n| n.len() == digits && n.bytes().all(|b| b.is_ascii_digit()))?;
        n.parse().ok().filter(|n| range.contains(n))
    };
    SYMBOLS
        .binary_search_by_key(&s, |x| x.0)
        .ok()
        .map(|i| SYMBOLS[i].1)
        .or_else(|| numbered("FLAG", 2, 19..=63))
        .or_else(|| numbered("DEPRECATED", 3, 1..=276).map(|n| n + 103))
}

/// The four rows of a hash embedding: MurmurHash3_x64_128 of the eight bytes of the key.
pub(crate) fn embedding_rows(key: u64, seed: u32) -> [u32; 4] {
    fn mix(mut k: u64) -> u64 {
        k ^= k >> 33;
        k = k.wrapping_mul(0xff51_afd7_ed55_8ccd);
        k ^= k >> 33;
        k = k.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        k ^ k >> 33
    }
    let mut h1 = key.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    h1 ^= u64::from(seed) ^ 8;
    let mut h2 = u64::from(seed) ^ 8;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = mix(h1);
    h2 = mix(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32]
}

/// Sorted by name. The numbered families FLAG19.. and DEPRECATED001.. follow a rule instead.
#[rustfmt::skip]
const SYMBOLS: [(&str, u64); 135] = [
    ("ADJ", 84), ("ADP", 85), ("ADV", 86), ("AUX", 87), ("CARDINAL", 397), ("CCONJ", 89), ("CLUSTER", 72),
    ("CONJ", 88), ("DATE", 391), ("DEP", 76), ("DET", 90), ("ENT_ID", 454), ("ENT_IOB", 77), ("ENT_KB_ID", 452),
    ("ENT_TYPE", 78), ("EOL", 102), ("EVENT", 387), ("FACILITY", 382), ("GPE", 384), ("HEAD", 79), ("ID", 64),
    ("IDX", 455), ("INTJ", 91), ("IS_ALPHA", 1), ("IS_ASCII", 2), ("IS_BRACKET", 14), ("IS_CURRENCY", 18),
    ("IS_DIGIT", 3), ("IS_LEFT_PUNCT", 16), ("IS_LOWER", 4), ("IS_OOV_DEPRECATED", 13), ("IS_PUNCT", 5),
    ("IS_QUOTE", 15), ("IS_RIGHT_PUNCT", 17), ("IS_SPACE", 6), ("IS_STOP", 12), ("IS_TITLE", 7), ("IS_UPPER", 8),
    ("LANG", 83), ("LANGUAGE", 389), ("LAW", 390), ("LEMMA", 73), ("LENGTH", 71), ("LIKE_EMAIL", 11),
    ("LIKE_NUM", 10), ("LIKE_URL", 9), ("LOC", 385), ("LOWER", 66), ("MONEY", 394), ("MORPH", 453), ("NORM", 67),
    ("NORP", 381), ("NOUN", 92), ("NUM", 93), ("ORDINAL", 396), ("ORG", 383), ("ORTH", 65), ("PART", 94),
    ("PERCENT", 393), ("PERSON", 380), ("POS", 74), ("PREFIX", 69), ("PROB", 82), ("PRODUCT", 386), ("PRON", 95),
    ("PROPN", 96), ("PUNCT", 97), ("QUANTITY", 395), ("SCONJ", 98), ("SENT_START", 80), ("SHAPE", 68), ("SPACE", 103),
    ("SPACY", 81), ("SUFFIX", 70), ("SYM", 99), ("TAG", 75), ("TIME", 392), ("VERB", 100), ("WORK_OF_ART", 388),
    ("X", 101), ("_", 456), ("acl", 451), ("acomp", 398), ("advcl", 399), ("advmod", 400), ("agent", 401),
    ("amod", 402), ("appos", 403), ("attr", 404), ("aux", 405), ("auxpass", 406), ("cc", 407), ("ccomp", 408),
    ("complm", 409), ("conj", 410), ("cop", 411), ("csubj", 412), ("csubjpass", 413), ("dep", 414), ("det", 415),
    ("dobj", 416), ("expl", 417), ("hmod", 418), ("hyph", 419), ("infmod", 420), ("intj", 421), ("iobj", 422),
    ("mark", 423), ("meta", 424), ("neg", 425), ("nmod", 426), ("nn", 427), ("npadvmod", 428), ("nsubj", 429),
    ("nsubjpass", 430), ("num", 431), ("number", 432), ("obj", 434), ("obl", 435), ("oprd", 433), ("parataxis", 436),
    ("partmod", 437), ("pcomp", 438), ("pobj", 439), ("poss", 440), ("possessive", 441), ("preconj", 442),
    ("prep", 443), ("prt", 444), ("punct", 445), ("quantmod", 446), ("rcmod", 448), ("relcl", 447), ("root", 449),
    ("xcomp", 450),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_sorted() {
        assert!(SYMBOLS.is_sorted_by_key(|x| x.0));
    }

    #[test]
    fn string_ids_equal_those_of_the_string_store() {
        assert_eq!(string_id(""), 0);
        assert_eq!(string_id("X"), 101);
        assert_eq!(string_id("det"), 415);
        assert_eq!(string_id("FLAG19"), 19);
        assert_eq!(string_id("FLAG18"), 3263284862557174234);
        assert_eq!(string_id("DEPRECATED001"), 104);
        assert_eq!(string_id("DEPRECATED276"), 379);
        assert_eq!(string_id("DEPRECATED277"), 3599742205655016057);
        assert_eq!(string_id("embassy"), 543256862640766698);
        assert_eq!(string_id("a"), 11901859001352538922);
        assert_eq!(string_id("été"), 416107850921971791);
        assert_eq!(string_id("recognises"), 7305509072396971572);
        assert_eq!(string_id("12345678"), 9871996032675327904);
        assert_eq!(string_id("123456789abcdef0"), 18147483841163755296);
        assert_eq!(string_id("外交"), 6704068294280432369);
    }

    #[test]
    fn embedding_rows_equal_those_of_thinc() {
        assert_eq!(embedding_rows(0, 8), [0, 0, 0, 0]);
        assert_eq!(embedding_rows(1, 9), [2205482518, 2060344464, 1125017477, 2005428196]);
        assert_eq!(embedding_rows(543256862640766698, 10), [714929697, 1859229672, 2108670870, 229545718]);
        assert_eq!(embedding_rows(18446744073709551615, 13), [3199409384, 1062937581, 752279700, 3061442444]);
    }
}
