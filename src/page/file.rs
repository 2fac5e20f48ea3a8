//! Articles already read as one self-contained HTML file, with the code and the looks of the page.
//!
//! The page's own code draws it: the file carries each article as JSON and the code beside it, so that there is one way
//! from an answer to marks and not two. Without scripts, the plain text of the articles is shown.
//!
//! [`head`], any number of [`article`]s, [`tail`]: so a caller writes articles as they come and holds one at a time.

use serde::Serialize;

use crate::service::proto::{ExtractRequest, ExtractResponse};

/// The file as `page/` builds it.
const TEMPLATE: &str = include_str!("../../page/dist/file.html");

/// Where the articles go.
const PLACE: &str = "<!--articles-->";

/// What comes before the articles.
pub fn head() -> &'static str {
    TEMPLATE.split_once(PLACE).map_or(TEMPLATE, |(head, _)| head)
}

/// What comes behind the articles: the code that draws them.
pub fn tail() -> &'static str {
    TEMPLATE.split_once(PLACE).map_or("", |(_, tail)| tail)
}

#[derive(Serialize)]
struct Stored<'a> {
    request: &'a ExtractRequest,
    response: &'a ExtractResponse,
}

/// One article with its answer.
///
/// # Errors
/// Where the answer has no JSON form, which none of the engine's lacks.
pub fn article(request: &ExtractRequest, response: &ExtractResponse) -> serde_json::Result<String> {
    // In JSON, `<` occurs in strings alone; written as its escape, nothing in an article can end the element.
    let json = serde_json::to_string(&Stored { request, response })?.replace('<', "\\u003c");
    let text = request.document.as_ref().map_or("", |document| document.text.as_str());
    let plain = text.replace('&', "&amp;").replace('<', "&lt;");
    Ok(format!(
        "<noscript><pre class=\"article\" lang=\"ar\" dir=\"rtl\">\n{plain}</pre></noscript>\n\
         <script type=\"application/json\">{json}</script>\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::proto::Document;

    #[test]
    fn the_template_has_one_place_for_articles() {
        assert_eq!(TEMPLATE.matches(PLACE).count(), 1);
        assert!(head().contains("<style>") && tail().contains("<script>"));
    }

    #[test]
    fn an_article_cannot_leave_its_element() {
        let text = "قال </script><script>alert(1)</script> <!-- </noscript> & ذهب"; // he said ... and went
        let document = Document { text: text.into(), ..Document::default() };
        let request = ExtractRequest { document: Some(document), ..ExtractRequest::default() };
        let html = article(&request, &ExtractResponse::default()).unwrap();
        assert_eq!(html.matches("</script").count(), 1);
        assert_eq!(html.matches("</noscript").count(), 1);
        assert!(!html.contains("<!--"));
        let (_, json) = html.split_once("application/json\">").unwrap();
        let (json, _) = json.split_once("</script>").unwrap();
        let read: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(read["request"]["document"]["text"], text);
    }
}
