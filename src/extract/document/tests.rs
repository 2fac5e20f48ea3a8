//! Pages as they come, each with what must be read off it.

use super::*;
use crate::extract::numerals::Numerals;
use crate::extract::times;
use crate::lexicon::Lexicon;
use crate::text::sentences;
use proptest::prelude::*;

/// The same, for a page that is not Arabic.
const ENGLISH: &str = "The minister said on Monday that the road between the two cities would open next month after two years of \
    work. People who live along the way welcomed what they had been told, though some of them doubted that it would last.";

/// What a page must give; an empty string for nothing.
#[derive(Default)]
struct Wanted<'a> {
    title: &'a str,
    place: &'a str,
    outlet: &'a str,
    source: &'a str,
    author: &'a str,
    published: &'a str,
    /// The boilerplate, zone by zone.
    boilerplate: &'a [&'a str],
    subheads: &'a [&'a str],
}

/// Words that stand for a recognised date.
type Dated = (&'static str, (i16, i8, i8));

fn document(source: &str, dates: &[Dated]) -> Document {
    let lexicon = Lexicon::builtin();
    let reading = Reading::new(source, lexicon);
    let expressions = times::recognise(&reading, &Numerals::read(&reading));
    for &(words, (year, month, day)) in dates {
        let date = AbsoluteDate { year, month: Some(month), day: Some(day), clock: None };
        let told = |found: &&Expression| found.span.of(source).contains(words) || words.contains(found.span.of(source));
        let found = expressions.iter().find(told).unwrap_or_else(|| panic!("no date in {words:?}"));
        let found = found.absolute.map(|found| AbsoluteDate { clock: None, ..found });
        assert_eq!(found, Some(date), "{words:?}");
    }
    read(&reading, &Article::new(source), &sentences(&reading.text), &expressions)
}

fn check(source: &str, dates: &[Dated], wanted: &Wanted<'_>) {
    let found = document(source, dates);
    let info = &found.info;
    let text = |value: &Option<TextValue>| value.as_ref().map(|value| value.text.clone()).unwrap_or_default();
    let of = |kind: ZoneKind| -> Vec<&str> {
        info.zones.iter().filter(|zone| zone.kind == kind).map(|zone| zone.span.of(source)).collect()
    };
    assert_eq!(text(&info.title), wanted.title, "title of\n{source}");
    assert_eq!(text(&info.dateline_place), wanted.place, "place of\n{source}");
    assert_eq!(text(&info.outlet), wanted.outlet, "outlet of\n{source}");
    assert_eq!(text(&info.source), wanted.source, "source of\n{source}");
    assert_eq!(text(&info.author), wanted.author, "author of\n{source}");
    assert_eq!(info.published, wanted.published, "date of\n{source}");
    assert_eq!(of(ZoneKind::Boilerplate), wanted.boilerplate, "boilerplate of\n{source}");
    assert_eq!(of(ZoneKind::Subhead), wanted.subheads, "subheads of\n{source}");
    for value in [&info.title, &info.dateline_place, &info.outlet, &info.source, &info.author].into_iter().flatten() {
        assert_eq!(value.span.of(source), value.text);
    }
}

/// A story line: "The minister said in the capital today that the road between the two cities will open next month after works
/// that lasted two years."
const STORY: &str = "قال الوزير في العاصمة إن الطريق بين المدينتين سيفتح أمام السيارات الشهر المقبل بعد أعمال دامت سنتين وكلفت الخزانة كثيرا.";
/// "Residents welcomed the step, which shortens the way to the port by an hour."
const SECOND: &str = "ورحب السكان بالخطوة التي تقصر الرحلة إلى الميناء ساعة كاملة وتخفف الزحام عن الجسر القديم.";

#[test]
fn a_headline_stands_over_its_story() {
    check(
        &format!("فتح الطريق الجديد\n\n{STORY}\n{SECOND}"),
        &[],
        &Wanted { title: "فتح الطريق الجديد", ..Wanted::default() },
    );
    // The lead is no headline: it ends as a sentence does.
    check(&format!("فتحت البلدية الطريق الجديد.\n{STORY}"), &[], &Wanted::default());
    // One line alone is the story.
    check(STORY, &[], &Wanted::default());
    // A headline may begin as a read-also line does.
    check(
        &format!("شاهد.. فتح الطريق الجديد\n{STORY}"),
        &[],
        &Wanted { title: "شاهد.. فتح الطريق الجديد", ..Wanted::default() },
    );
}

#[test]
fn datelines_name_place_outlet_and_writer() {
    let cases = [
        ("دبي، الإمارات العربية المتحدة (CNN) – ", "دبي", "CNN", "", ""),
        ("(CNN)-- ", "", "CNN", "", ""),
        ("ايلاف من لندن: ", "لندن", "ايلاف", "", ""),
        ("بغداد - \"الخليج\":", "بغداد", "الخليج", "", ""),
        ("أبوظبي: «الخليج» ", "أبوظبي", "الخليج", "", ""),
        ("سالم العمري- سبق- جدة: ", "جدة", "سبق", "", "سالم العمري"),
        ("سبق- وكالات: ", "", "سبق", "وكالات", ""),
        ("رويترز- بنغازي (ليبيا): ", "بنغازي", "", "رويترز", ""),
        ("واشنطن – ", "واشنطن", "", "", ""),
        // A country after its city is no paper of that name.
        ("الرباط، المغرب – ", "الرباط", "", "", ""),
        ("الرباط – «المغرب»: ", "الرباط", "المغرب", "", ""),
        ("باريس، فرنسا (CNN) -- ", "باريس", "CNN", "", ""),
    ];
    for (dateline, place, outlet, source, author) in cases {
        let page = format!("فتح الطريق الجديد\n{dateline}{STORY}\n{SECOND}");
        check(&page, &[], &Wanted { title: "فتح الطريق الجديد", place, outlet, source, author, ..Wanted::default() });
    }
    // Lines of their own, between headline and story.
    for (lines, place, outlet, source, author) in [
        ("عين اليوم – جدة", "جدة", "عين اليوم", "", ""),
        ("سالم العمري – عين اليوم", "", "عين اليوم", "", "سالم العمري"),
        ("AHDATH.INFO\nو م ع", "", "AHDATH.INFO", "و م ع", ""),
        ("سالم العمري\nبي بي سي - بيروت", "بيروت", "بي بي سي", "", "سالم العمري"),
        ("بقلم: د. سالم العمري", "", "", "", "سالم العمري"),
    ] {
        let page = format!("فتح الطريق الجديد\n{lines}\n{STORY}\n{SECOND}");
        check(&page, &[], &Wanted { title: "فتح الطريق الجديد", place, outlet, source, author, ..Wanted::default() });
    }
}

#[test]
fn a_headline_that_quotes_an_outlet_is_no_dateline() {
    // "Experts to al-Jarida: the road will open soon"
    let title = "خبراء لـ\"عين اليوم\": الطريق سيفتح قريبا";
    check(&format!("{title}\n{STORY}"), &[], &Wanted { title, ..Wanted::default() });
}

#[test]
fn credits_name_the_source() {
    for (tail, source, outlet) in [
        ("\nالمصدر: تاس", "تاس", ""),
        ("\n* نقلا عن \"البيان\" الإماراتية", "البيان", ""),
        ("(وكالات)", "وكالات", ""),
        (" (رويترز)", "رويترز", ""),
        ("\nفرانس24/ أ ف ب", "أ ف ب", "فرانس24"),
        ("\nخاص بـ«الشرق الأوسط»", "", "الشرق الأوسط"),
        ("\nونقلت وكالة تاس عن شهود أن الطريق جاهز.", "تاس", ""),
        ("\nوقال شاهد لـ\"رويترز\" إن الطريق جاهز.", "رويترز", ""),
        ("\nوقال شاهد لوكالة أنباء \"إيسنا\" إن الطريق جاهز.", "إيسنا", ""),
        ("\nوجاء في بيان تلقته \"الإشراق\" أن الطريق جاهز.", "", "الإشراق"),
        ("\nوجاء في بيان تلقت \"الإشراق\" نسخة منه أن الطريق جاهز.", "", "الإشراق"),
        ("\nوقال شاهد في تصريح لهسبريس إن الطريق جاهز.", "", "هسبريس"),
        // A channel is the source only where it carries the story's words.
        ("\nوقال شاهد في مقابلة مع قناة الحرة إن الطريق جاهز.", "", ""),
        // Months parted by a slash are no agencies.
        ("\nويفتح الطريق في أبريل/نيسان", "", ""),
    ] {
        let page = format!("فتح الطريق الجديد\n{STORY}{tail}");
        check(&page, &[], &Wanted { title: "فتح الطريق الجديد", source, outlet, ..Wanted::default() });
    }
}

#[test]
fn the_date_is_the_article_s_own() {
    let title = "فتح الطريق الجديد";
    // The site's date over the headline is furniture, the stamp under it is the article's.
    check(
        &format!("الأحد 16 يونيو 2024\n\n{title}\n\n30-1-2019 | 13:33\n\n{STORY}"),
        &[("الأحد 16 يونيو 2024", (2024, 6, 16)), ("30-1-2019", (2019, 1, 30))],
        &Wanted {
            title, published: "2019-01-30", boilerplate: &["الأحد 16 يونيو 2024"], ..Wanted::default()
        },
    );
    check(
        &format!("الأحد 16 يونيو 2024\n{title}\n{STORY}"),
        &[("الأحد 16 يونيو 2024", (2024, 6, 16))],
        &Wanted { title, boilerplate: &["الأحد 16 يونيو 2024"], ..Wanted::default() },
    );
    check(
        &format!("آخر تحديث:\nالأحد, 16 يونيو, 2024, 10:03 GMT\n{title}\n{STORY}"),
        &[("الأحد, 16 يونيو, 2024", (2024, 6, 16))],
        &Wanted { title, published: "2024-06-16", ..Wanted::default() },
    );
    // "today, Sunday" with the full date; a date told is not it.
    check(
        &format!("{title}\n{STORY}\nوأعلن ذلك اليوم الأحد 16 يونيو 2024 أمام الصحفيين."),
        &[("اليوم الأحد 16 يونيو 2024", (2024, 6, 16))],
        &Wanted { title, published: "2024-06-16", ..Wanted::default() },
    );
    check(
        &format!("{title}\n{STORY}\nوبدأت الأعمال يوم الأحد 16 يونيو 2024 في الميناء."),
        &[("الأحد 16 يونيو 2024", (2024, 6, 16))],
        &Wanted { title, ..Wanted::default() },
    );
    check(
        &format!("{title}\nالجزائر 10 أغسطس 2015 م واس\n{STORY}\n// انتهى //\n08:58 ت م"),
        &[("10 أغسطس 2015", (2015, 8, 10))],
        &Wanted {
            title,
            place: "الجزائر",
            outlet: "واس",
            published: "2015-08-10",
            boilerplate: &["// انتهى //"],
            ..Wanted::default()
        },
    );
}

#[test]
fn furniture_is_no_article() {
    let title = "فتح الطريق الجديد";
    for (tail, boilerplate) in [
        (
            "قم بكتابة اول تعليق\n\nLeave a Reply\n\nلن يتم نشر بريدك الالكتروني\n\n*",
            "قم بكتابة اول تعليق\n\nLeave a Reply\n\nلن يتم نشر بريدك الالكتروني\n\n*",
        ),
        ("إقرأ أيضا: جسر جديد في الشمال", "إقرأ أيضا: جسر جديد في الشمال"),
        ("للمزيد: جسر جديد في الشمال", "للمزيد: جسر جديد في الشمال"),
        ("روابط ذات علاقة\nجسر جديد في الشمال\nنفق تحت النهر", "روابط ذات علاقة\nجسر جديد في الشمال\nنفق تحت النهر"),
        ("الصورة: وزارة النقل", "الصورة: وزارة النقل"),
        ("...المزيد", "...المزيد"),
        ("writer@example.org", "writer@example.org"),
        ("----------", "----------"),
        ("جميع الحقوق محفوظة", "جميع الحقوق محفوظة"),
        ("فيسبوك | تويتر | واتساب", "فيسبوك | تويتر | واتساب"),
        ("الرئيسية\nرياضة\nاقتصاد\nمنوعات", "الرئيسية\nرياضة\nاقتصاد\nمنوعات"),
        ("تابعونا على فيسبوك", "تابعونا على فيسبوك"),
        ("شارك عبر فيسبوك", "شارك عبر فيسبوك"),
        ("شارك على تويتر وفيسبوك", "شارك على تويتر وفيسبوك"),
        ("جميع الحقوق محفوظة © 2024", "جميع الحقوق محفوظة © 2024"),
        ("عمال على الجسر (تصوير: سالم العمري)", "عمال على الجسر (تصوير: سالم العمري)"),
        ("الجسر القديم (صورة أرشيفية)", "الجسر القديم (صورة أرشيفية)"),
    ] {
        let page = format!("{title}\n{STORY}\n{SECOND}\n\n{tail}");
        check(&page, &[], &Wanted { title, boilerplate: &[boilerplate], ..Wanted::default() });
    }
    // The story goes on after a read-also line.
    let page = format!("{title}\n{STORY}\nإقرأ أيضا: جسر جديد في الشمال\n{SECOND}");
    check(&page, &[], &Wanted { title, boilerplate: &["إقرأ أيضا: جسر جديد في الشمال"], ..Wanted::default() });
    // So does it after a share bar under the headline, and after a caption.
    for line in ["شارك عبر فيسبوك", "عمال على الجسر (تصوير: سالم العمري)"] {
        for page in [format!("{title}\n{line}\n{STORY}\n{SECOND}"), format!("{title}\n{STORY}\n{line}\n{SECOND}")] {
            check(&page, &[], &Wanted { title, boilerplate: &[line], ..Wanted::default() });
        }
    }
    // A headline says that there are pictures; a story can end in the credit of one.
    let pictured = "فتح الطريق الجديد (صورة)";
    check(&format!("{pictured}\n{STORY}"), &[], &Wanted { title: pictured, ..Wanted::default() });
    check(
        &format!("{title}\n{STORY} (صورة أرشيفية)"),
        &[],
        &Wanted { title, boilerplate: &["(صورة أرشيفية)"], ..Wanted::default() },
    );
    // Furniture that shares the story's last line.
    let page = format!("{title}\n{STORY}\n{SECOND} سمات الطريق الميناء");
    check(&page, &[], &Wanted { title, boilerplate: &["سمات الطريق الميناء"], ..Wanted::default() });
}

#[test]
fn a_story_line_is_no_furniture_for_a_word_in_it() {
    let title = "فتح الطريق الجديد";
    for line in [
        "اشترك في السباق مئات العدائين من المدينتين وقطعوا الطريق كله.",
        "شارك الوزير في الافتتاح مع محافظ المدينة وعدد من السكان.",
        "وأظهرت الصورة التي نشرتها الوزارة أن الجسر القديم ما زال مفتوحا.",
        "اقرأوا ما كتبه المهندسون عن الجسر قبل أن تحكموا على الأعمال.",
        "المزيد من السيارات سيمر على الطريق في الصيف كما قال المهندس.",
        "تعليق العمل في الجسر لا يعني وقفه كما أكد الوزير أمس.",
        "نشر رابط المقال على صفحة الوزارة قبل يومين من الافتتاح.",
        "شارك عبر فيسبوك في النقاش مئات من سكان المدينتين كما قالت البلدية.",
    ] {
        check(&format!("{title}\n{STORY}\n{line}\n{SECOND}"), &[], &Wanted { title, ..Wanted::default() });
        check(&format!("{title}\n{STORY}\n{line}"), &[], &Wanted { title, ..Wanted::default() });
    }
}

#[test]
fn the_page_s_own_title_repeats_the_headline() {
    let title = "فتح الطريق الجديد";
    let page = format!(
        "BBC Arabic - الشرق الأوسط - {title}\ncontent=\"الطريق يفتح قريبا\" />\nالرئيسية\nالعالم\nرياضة\n{title}\n{STORY}"
    );
    let boilerplate =
        format!("BBC Arabic - الشرق الأوسط - {title}\ncontent=\"الطريق يفتح قريبا\" />\nالرئيسية\nالعالم\nرياضة");
    let wanted = Wanted { title, outlet: "BBC Arabic", ..Wanted::default() };
    let found = document(&page, &[]);
    assert_eq!(found.info.zones.first().map(|zone| zone.span.of(&page)), Some(boilerplate.as_str()));
    assert_eq!(found.info.title.map(|value| value.text), Some(wanted.title.to_owned()));
    assert_eq!(found.info.outlet.map(|value| value.text), Some(wanted.outlet.to_owned()));
}

#[test]
fn headlines_inside_the_story_are_subheads() {
    let title = "فتح الطريق الجديد";
    let page = format!("{title}\n{STORY}\nسنتان من العمل\n{SECOND}");
    check(&page, &[], &Wanted { title, subheads: &["سنتان من العمل"], ..Wanted::default() });
}

#[test]
fn sentences_stop_where_zones_meet() {
    let page = format!("فتح الطريق\nواشنطن – {STORY}");
    let found = document(&page, &[]);
    let reading = Reading::new(&page, Lexicon::builtin());
    let cut = found.sentences(&reading.text, &sentences(&reading.text));
    let words: Vec<&str> = cut.iter().map(|sentence| sentence.span.of(&page)).collect();
    assert_eq!(words, ["فتح الطريق", "واشنطن –", STORY]);
    assert!(cut.iter().all(|sentence| found.info.zones[sentence.zone].span.contains(sentence.span)));
}

#[test]
fn languages_are_told_by_their_letters() {
    for (text, language) in [
        (STORY, "ar"),
        ("وزیر امور خارجه گفت که این گفتگوها در پایتخت برگزار می\u{200C}شود و نتیجه آن اعلام خواهد شد", "fa"),
        ("وزیر خارجہ نے کہا ہے کہ یہ مذاکرات دارالحکومت میں ہوں گے اور ان کا نتیجہ بتایا جائے گا", "ur"),
        (ENGLISH, "en"),
        ("123 456", "und"),
        ("", "und"),
    ] {
        assert_eq!(document(text, &[]).info.language, language, "{text}");
    }
    let codes =
        |text: &str| -> Vec<NoticeCode> { document(text, &[]).notices.into_iter().map(|notice| notice.code).collect() };
    assert_eq!(codes("غدا"), [NoticeCode::TooShort, NoticeCode::PublishTimeUnknown]);
    assert_eq!(
        codes("The minister said that the road would open."),
        [NoticeCode::NotArabic, NoticeCode::PublishTimeUnknown]
    );
}

proptest! {
    /// Zones hold every token once, in order, whatever the page.
    #[test]
    fn zones_tile_the_tokens(lines in proptest::collection::vec("[ -~\u{0621}-\u{064A}«»–:]{0,40}|اقرأ أيضا:|\\(CNN\\)--|الرئيسية|المصدر: تاس|سبق- جدة:", 0..12)) {
        let source = lines.join("\n");
        let found = document(&source, &[]);
        let reading = Reading::new(&source, Lexicon::builtin());
        let mut end = 0;
        for zone in &found.info.zones {
            prop_assert!(end <= zone.span.begin && zone.span.begin < zone.span.end);
            end = zone.span.end;
        }
        for (i, token) in reading.text.tokens().iter().enumerate() {
            prop_assert!(found.info.zones[found.zone(i)].span.contains(token.span));
        }
    }
}
