//! Is this English? The coder reads nothing else, and a parse of French with an English model yields
//! claims that nobody made.
//!
//! Function words settle it: in running English nearly every second word is one of some fifty, in no
//! other language more than a few are. That needs no trained model and can be explained. Names do not
//! count (only words in lower case do), so a list of states passes as "unknown", as does a short text.
use std::collections::HashMap;

use chancery_core::{Finding, Level, SourceText};

/// What the words of a text say about its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    English,
    /// Another language; its name in English, or "another language".
    Other(&'static str),
    /// Too little running text to tell: to be read as English.
    Unknown,
}

/// As many running words as are looked at.
const SAMPLE: usize = 4_000;
/// With fewer running words than this there is no telling.
const ENOUGH: usize = 12;

const ENGLISH: &str = "the of and to that was is for with by from has said which it were are have been at their this his on as be \
     an its they had not will who or would but after about he she we you also than into when more there could over under while";

/// Words that are frequent in one language and rare in its neighbours.
const OTHERS: &[(&str, &str)] = &[
    (
        "French",
        "le la les des et du une est dans pour que qui sur par au aux avec pas ce cette sont il elle ont été plus ses leur",
    ),
    ("Spanish", "el la los las de que en un una por con para del se su al es como fue más ha sus lo entre pero este"),
    (
        "Portuguese",
        "o a os as de que e em um uma por com para do da dos das no na se não ao foi mais pelo pela são está",
    ),
    (
        "Italian",
        "il la di che e un una per con del della dei delle non sono nel nella alla ha gli le è anche si dal più",
    ),
    (
        "German",
        "der die das und in den von zu mit ist auf für im nicht ein eine dem des sich auch als wird nach aus bei hat wurde",
    ),
    ("Dutch", "de het een van en in op dat te zijn met voor is niet aan door er ook naar bij heeft uit wordt die werd"),
    ("Swedish", "och att det som en på är av för med den till inte har de ett om var från men sig ska"),
    ("Danish or Norwegian", "og at det som en på er av af for med den til ikke har de et om var fra men seg sig skal"),
    ("Finnish", "ja on ei että se oli hän mutta myös ovat kun niin sen joka jonka mukaan tai kuin ole"),
    ("Polish", "na do się nie że jest to po przez za od jak dla ma są oraz przed który została"),
    ("Czech or Slovak", "na se že je do si za pro by ve jako po aby bylo který byl jsou podľa"),
    ("Hungarian", "az és hogy nem egy is volt ez meg de csak már mint még vagy szerint között lesz"),
    ("Romanian", "de și în la cu nu pe care din că un mai este au fost pentru prin sau după să"),
    ("Serbian, Croatian or Bosnian", "je na da se za od su nije koji kako bi ali iz što sa će prema bio"),
    ("Albanian", "të në dhe për një me që së nga është ka më se nuk por si janë do"),
    ("Turkish", "ve bir bu da de için ile olarak olan daha çok gibi sonra kadar ise en ancak göre tarafından değil"),
    ("Azerbaijani", "və bir bu da də üçün ilə olan kimi sonra isə görə tərəfindən deyil ki"),
    ("Uzbek", "va bilan uchun bu bir ham edi deb bo'lgan o'z haqida qilish esa"),
    (
        "Indonesian or Malay",
        "yang dan di dari untuk dengan pada ini itu dalam tidak akan oleh ke sebagai telah adalah juga",
    ),
    ("Vietnamese", "và của là có trong được cho các với không một những người đã này từ khi"),
    ("Swahili", "na ya wa kwa ni la za katika kuwa cha hiyo huo yake alisema baada pia kama hii"),
    ("Somali", "iyo oo ka ku in ah ee ay uu la waxa waa si ayaa kale"),
    ("Hausa", "da na ya ta ba wa cewa an kuma su yi domin wannan cikin daga amma"),
    ("Catalan", "el la els les de que en un una per amb del es al és com van va seva dels"),
    ("Filipino", "ang ng sa na mga at ay si ni para ito kay nang siya hindi"),
];

/// Tells from its words and its script whether `text` is English.
pub fn is_english(text: &str) -> Verdict {
    if let Some(script) = foreign_script(text) {
        return Verdict::Other(script);
    }
    // Letters on their own are initials and formulas more often than words. Combining marks belong to
    // their word.
    let of_word = |c: char| c.is_alphanumeric() || c == '\'' || ('\u{300}'..='\u{36f}').contains(&c);
    let words = || {
        text.split(move |c| !of_word(c)).filter(|w| w.starts_with(char::is_alphabetic) && w.chars().nth(1).is_some())
    };
    let running: Vec<&str> = words().filter(|w| w.starts_with(char::is_lowercase)).take(SAMPLE).collect();
    let upper: Vec<String>;
    let running = if running.len() >= ENOUGH {
        running
    } else {
        // A cable all in capitals is running text too.
        upper = words().take(SAMPLE).filter(|w| w.chars().all(|c| c.is_uppercase())).map(str::to_lowercase).collect();
        upper.iter().map(String::as_str).collect()
    };
    if running.len() < ENOUGH {
        return Verdict::Unknown;
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for &word in &running {
        *counts.entry(word).or_default() += 1;
    }
    let share = |list: &str| {
        let hits: Vec<usize> = list.split(' ').filter_map(|w| counts.get(w).copied()).collect();
        // One or two words may be names or loans.
        if hits.len() < 3 { 0.0 } else { hits.iter().sum::<usize>() as f32 / running.len() as f32 }
    };
    let english = share(ENGLISH);
    let (other, name) =
        OTHERS.iter().map(|&(name, list)| (share(list), name)).max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((0.0, ""));
    if english > other && english >= 0.12 {
        Verdict::English
    } else if other >= 0.12 && other > 1.5 * english {
        Verdict::Other(name)
    } else if english < 0.06 && counts.len() >= 3 * ENOUGH {
        Verdict::Other("another language")
    } else {
        Verdict::Unknown
    }
}

/// The finding for a document that is not English and is therefore kept but not coded.
pub fn not_english(source: &SourceText) -> Option<Finding> {
    let Verdict::Other(name) = is_english(&source.text) else { return None };
    let message = format!("the text looks like {name}, not English: it is kept but not coded");
    Some(Finding::new(Level::Warning, &source.id, message, "give an English text of it"))
}

/// The script, named, when most letters are of one that English is not written in.
fn foreign_script(text: &str) -> Option<&'static str> {
    const SCRIPTS: &[(&str, std::ops::RangeInclusive<char>)] = &[
        ("a language in Greek script", '\u{370}'..='\u{3ff}'),
        ("a language in Cyrillic script", '\u{400}'..='\u{52f}'),
        ("Armenian", '\u{530}'..='\u{58f}'),
        ("Hebrew", '\u{590}'..='\u{5ff}'),
        ("a language in Arabic script", '\u{600}'..='\u{77f}'),
        ("a language of India", '\u{900}'..='\u{dff}'),
        ("Thai or Lao", '\u{e00}'..='\u{eff}'),
        ("Tibetan", '\u{f00}'..='\u{fff}'),
        ("Burmese", '\u{1000}'..='\u{109f}'),
        ("Georgian", '\u{10a0}'..='\u{10ff}'),
        ("Korean", '\u{1100}'..='\u{11ff}'),
        ("Amharic or Tigrinya", '\u{1200}'..='\u{139f}'),
        ("Khmer", '\u{1780}'..='\u{17ff}'),
        ("Japanese", '\u{3040}'..='\u{30ff}'),
        ("Chinese", '\u{3400}'..='\u{9fff}'),
        ("Korean", '\u{ac00}'..='\u{d7af}'),
        ("a language in Arabic script", '\u{fb50}'..='\u{fdff}'),
    ];
    let mut counts = [0usize; SCRIPTS.len()];
    let (mut letters, mut foreign) = (0usize, 0usize);
    for c in text.chars().filter(|c| c.is_alphabetic()).take(SAMPLE * 6) {
        letters += 1;
        if c < '\u{370}' {
            continue;
        }
        if let Some(n) = SCRIPTS.iter().position(|(_, range)| range.contains(&c)) {
            counts[n] += 1;
            foreign += 1;
        }
    }
    if letters < ENOUGH || foreign * 2 < letters {
        return None;
    }
    // Japanese mixes Chinese characters in: any share of kana tells.
    let kana = SCRIPTS.iter().position(|s| s.0 == "Japanese").filter(|&n| counts[n] * 10 > foreign);
    let most = counts.iter().enumerate().max_by_key(|(_, n)| **n).map(|(i, _)| i);
    kana.or(most).map(|n| SCRIPTS[n].0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::*;

    #[test]
    fn languages_are_told_apart() {
        for (text, verdict) in [
            (
                "Russia said on Thursday that it had recognised the government in Kabul, the first state to do so since 2021.",
                English,
            ),
            (
                "KABUL, JULY 3 - RUSSIA SAID ON THURSDAY THAT IT HAD RECOGNISED THE GOVERNMENT IN KABUL, THE FIRST STATE TO DO SO SINCE THEN.",
                English,
            ),
            (
                "La Russie a annoncé jeudi que le gouvernement de Kaboul était reconnu, et que les deux pays allaient ouvrir des ambassades dans leur capitale.",
                Other("French"),
            ),
            (
                "El gobierno de Rusia anunció el jueves que reconoce a las autoridades de Kabul y que los dos países van a abrir embajadas en sus capitales.",
                Other("Spanish"),
            ),
            (
                "Die russische Regierung hat am Donnerstag erklärt, dass sie die Führung in Kabul anerkennt und dass beide Länder nun Botschafter in die Hauptstädte entsenden und mit den Vorbereitungen beginnen.",
                Other("German"),
            ),
            (
                "Pemerintah Rusia pada hari Kamis mengatakan bahwa negara itu mengakui pemerintah di Kabul dan akan membuka kedutaan besar di kota itu untuk kerja sama.",
                Other("Indonesian or Malay"),
            ),
            ("Россия в четверг признала правительство в Кабуле.", Other("a language in Cyrillic script")),
            ("اعترفت روسيا يوم الخميس بالحكومة في كابول", Other("a language in Arabic script")),
            ("ロシアは木曜日にカブールの政府を承認した", Other("Japanese")),
            ("俄罗斯周四承认喀布尔政府并表示将加强合作", Other("Chinese")),
            ("Russia recognises Taliban.", Unknown),
            (
                "Albania, Algeria, Andorra, Angola, Antigua and Barbuda, Argentina, Armenia, Australia, Austria, Azerbaijan, Bahamas",
                Unknown,
            ),
            ("", Unknown),
            ("1997 2001 2021", Unknown),
            ("x=1 y==2 z!=3 a+b a*b a^b a|b a<b a>b; U.S.-U.K. (U.S.-U.K.) U.S./U.K. U.S.,U.K.", Unknown),
            (
                "Chính phủ và nhân dân của hai nước đã có những cuộc họp trong tháng này và không một nước nào từ chối.",
                Other("Vietnamese"),
            ),
        ] {
            assert_eq!(is_english(text), verdict, "{text}");
        }
    }

    #[test]
    fn a_quoted_foreign_line_does_not_make_a_text_foreign() {
        let text = "The minister said in Paris that the talks would go on. \"Nous sommes prêts,\" he told the press, and it was not the first time that he had said so.";
        assert_eq!(is_english(text), English);
    }

    #[test]
    fn the_finding_names_document_and_language() {
        let source =
            SourceText {
                id: "a".into(), text: "Россия в четверг признала правительство".into(), ..Default::default()
            };
        let finding = not_english(&source).unwrap();
        assert_eq!((finding.level, finding.place.as_str()), (Level::Warning, "a"));
        assert!(finding.message.contains("Cyrillic"));
        assert_eq!(not_english(&SourceText { text: "Short.".into(), ..source }), None);
    }
}
