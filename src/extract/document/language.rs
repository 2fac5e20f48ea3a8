//! The article's language, from its letters and, for other scripts, from its trigrams.
//!
//! Takes the text; gives a BCP 47 tag. Persian, Urdu, Pashto, Kurdish and Uighur are told from Arabic by the letters that
//! Arabic lacks. Looks at the first [`SAMPLE`] letters only.

/// How many letters are looked at.
const SAMPLE: usize = 4000;
/// With fewer letters nothing can be said.
const ENOUGH: usize = 12;

/// How often the letters of each language's own occur.
#[derive(Default)]
struct Letters {
    all: usize,
    arabic_script: usize,
    persian: usize,
    urdu: usize,
    pashto: usize,
    kurdish: usize,
    uighur: usize,
    persian_yeh: usize,
}

impl Letters {
    /// Counts a letter beyond the basic Arabic ones.
    fn count(&mut self, c: char) {
        self.all += 1;
        self.arabic_script += usize::from(
            matches!(c, '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'),
        );
        match c {
            'پ' | 'چ' | 'ژ' | 'گ' => self.persian += 1,
            'ی' | 'ک' => self.persian_yeh += 1,
            'ٹ' | 'ڈ' | 'ڑ' | 'ے' | 'ں' | 'ھ' => self.urdu += 1,
            'ټ' | 'ډ' | 'ړ' | 'ښ' | 'ځ' | 'څ' | 'ۍ' | 'ڼ' => self.pashto += 1,
            'ڕ' | 'ڵ' | 'ێ' | 'ۆ' | 'ە' => self.kurdish += 1,
            'ۇ' | 'ۈ' | 'ۋ' | 'ې' => self.uighur += 1,
            _ => {}
        }
    }
}

/// The language of `text`; `und` where there is too little to tell.
///
/// *Known misses*: Arabic dialects are `ar`; Persian languages beside Persian itself are `fa`; a text in two languages gets
/// the one that most of its letters are in.
pub(super) fn of(text: &str) -> &'static str {
    let mut letters = Letters::default();
    let mut rest = text.as_bytes();
    while letters.all < SAMPLE {
        rest = match rest {
            // The letters that every Arabic text is made of, U+0621 to U+064A, tell nothing more: no need to decode them.
            [0xD8, 0xA1..=0xBF, rest @ ..] | [0xD9, 0x80..=0x8A, rest @ ..] => {
                letters.all += 1;
                letters.arabic_script += 1;
                rest
            }
            [ascii @ 0..0x80, rest @ ..] => {
                letters.all += usize::from(ascii.is_ascii_alphabetic());
                rest
            }
            _ => {
                let at = text.len() - rest.len();
                let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
                if c.is_alphabetic() {
                    letters.count(c);
                }
                rest.get(c.len_utf8()..).unwrap_or_default()
            }
        };
    }
    if letters.all < ENOUGH {
        return if letters.arabic_script > 0
            && letters.arabic_script == letters.all
            && letters.persian == 0
            && letters.all > 4
        {
            "ar"
        } else {
            "und"
        };
    }
    if letters.arabic_script * 2 < letters.all {
        return other(text);
    }
    // One letter in so many tells: names and loans bring single ones into Arabic.
    let share = |count: usize, one_in: usize| count * one_in >= letters.arabic_script;
    if share(letters.uighur, 25) && letters.uighur >= letters.kurdish / 2 {
        "ug"
    } else if share(letters.kurdish, 25) {
        "ckb"
    } else if share(letters.pashto, 60) {
        "ps"
    } else if share(letters.urdu, 30) {
        "ur"
    } else if share(letters.persian, 60) || (share(letters.persian, 150) && share(letters.persian_yeh, 15)) {
        "fa"
    } else {
        "ar"
    }
}

/// The language of text in another script.
fn other(text: &str) -> &'static str {
    let end = text.char_indices().nth(SAMPLE).map_or(text.len(), |(at, _)| at);
    let Some(info) = whatlang::detect(text.get(..end).unwrap_or_default()) else { return "und" };
    if !info.is_reliable() {
        return "und";
    }
    let code = info.lang().code();
    // BCP 47 wants the two-letter code where there is one.
    TWO_LETTERS.iter().find(|(three, _)| *three == code).map_or(code, |&(_, two)| two)
}

/// ISO 639-3 and 639-1, of the languages that the detector knows and news is written in.
const TWO_LETTERS: &[(&str, &str)] = &[
    ("eng", "en"),
    ("fra", "fr"),
    ("deu", "de"),
    ("spa", "es"),
    ("por", "pt"),
    ("ita", "it"),
    ("nld", "nl"),
    ("rus", "ru"),
    ("ukr", "uk"),
    ("tur", "tr"),
    ("heb", "he"),
    ("cmn", "zh"),
    ("jpn", "ja"),
    ("kor", "ko"),
    ("hin", "hi"),
    ("ben", "bn"),
    ("pol", "pl"),
    ("ces", "cs"),
    ("swe", "sv"),
    ("dan", "da"),
    ("nob", "nb"),
    ("fin", "fi"),
    ("ell", "el"),
    ("ron", "ro"),
    ("hun", "hu"),
    ("bul", "bg"),
    ("srp", "sr"),
    ("hrv", "hr"),
    ("ind", "id"),
    ("vie", "vi"),
    ("tha", "th"),
    ("amh", "am"),
    ("aze", "az"),
    ("kat", "ka"),
    ("hye", "hy"),
    ("uzb", "uz"),
    ("tuk", "tk"),
    ("cat", "ca"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("bel", "be"),
    ("mkd", "mk"),
    ("lit", "lt"),
    ("lav", "lv"),
    ("est", "et"),
    ("tam", "ta"),
    ("tel", "te"),
    ("mal", "ml"),
    ("kan", "kn"),
    ("mar", "mr"),
    ("guj", "gu"),
    ("pan", "pa"),
    ("nep", "ne"),
    ("sin", "si"),
    ("mya", "my"),
    ("khm", "km"),
    ("afr", "af"),
    ("lat", "la"),
    ("epo", "eo"),
    ("yid", "yi"),
    ("zul", "zu"),
    ("sna", "sn"),
    ("aka", "ak"),
    ("jav", "jv"),
    ("tgl", "tl"),
    ("ori", "or"),
    ("pes", "fa"),
    ("urd", "ur"),
    ("ara", "ar"),
];
