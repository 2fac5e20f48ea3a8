//! Arabic names in Latin letters, where nobody knows their usual spelling.
//!
//! The scheme: consonants as the ALA-LC romanisation writes them, without dots and half rings (ح h, خ kh, ذ dh, ش sh, ص s, ع and
//! hamza left out, غ gh, ق q); long vowels as a, u, i; short vowels are not written in Arabic and not guessed; ال as `al-`, ة as `a`;
//! each word with a capital. `بوريسوف` gives `Burisuf`. It says what the letters are, not how the name is usually spelt.

/// `name` in Latin letters.
pub(super) fn transliterate(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(word).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

fn word(word: &str) -> String {
    let (article, stem) = match word.strip_prefix("ال") {
        Some(stem) if stem.chars().nth(1).is_some() => ("al-", stem),
        _ => ("", word),
    };
    let letters: Vec<char> = stem.chars().collect();
    let mut out = String::with_capacity(stem.len() + 4);
    for (at, &c) in letters.iter().enumerate() {
        let first = at == 0;
        let before_vowel = letters.get(at + 1).is_some_and(|next| matches!(next, 'ا' | 'و' | 'ي' | 'ى'));
        out.push_str(match c {
            'ا' | 'أ' | 'إ' | 'آ' | 'ٱ' | 'ى' | 'ة' => "a",
            'ب' | 'پ' => "b",
            'ت' | 'ط' => "t",
            'ث' => "th",
            'ج' => "j",
            'چ' => "ch",
            'ح' | 'ه' => "h",
            'خ' => "kh",
            'د' | 'ض' => "d",
            'ذ' => "dh",
            'ر' => "r",
            'ز' | 'ظ' => "z",
            'ژ' => "zh",
            'س' | 'ص' => "s",
            'ش' => "sh",
            'غ' => "gh",
            'ف' => "f",
            'ڤ' => "v",
            'ق' => "q",
            'ك' | 'ک' => "k",
            'گ' => "g",
            'ل' => "l",
            'م' => "m",
            'ن' => "n",
            'و' | 'ؤ' if first || before_vowel => "w",
            'و' | 'ؤ' => "u",
            'ي' | 'ی' if first || before_vowel => "y",
            'ي' | 'ی' | 'ئ' => "i",
            c if c.is_ascii_graphic() => {
                out.push(c);
                continue;
            }
            _ => "",
        });
    }
    let mut rest = out.chars();
    let capital: String = rest.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    if capital.is_empty() { String::new() } else { format!("{article}{capital}{}", rest.as_str()) }
}

#[cfg(test)]
mod tests {
    use super::transliterate;

    #[test]
    fn writes_letters_for_letters() {
        for (name, wanted) in
            [("بوريسوف", "Burisuf"), ("يوري", "Yuri"), ("الكاظمي", "al-Kazmi"), ("وثيقة", "Wthiqa"), ("خالد", "Khald")]
        {
            assert_eq!(transliterate(name), wanted);
        }
    }
}
