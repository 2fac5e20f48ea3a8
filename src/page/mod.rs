//! The page for people: what a browser gets at the server's address, and the same as one file.
//!
//! Takes the files that `page/` builds, which are put into the binary as they are committed (`page/README.md` says why);
//! gives plain HTTP routes, to be merged beside the gRPC ones, and with [`mod@file`] a self-contained file of articles already
//! read. The page asks its own origin and nobody else, which its content security policy holds it to. Cost: the files are
//! compressed once, at the first request.

pub mod file;

use std::io::Write;
use std::sync::LazyLock;

use axum::Router;
use axum::body::Bytes;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use twox_hash::XxHash3_64;

/// What the page may do: load its own files, call its own origin, and nothing else; no script makes markup out of text.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// The files: path, type, content.
const FILES: [(&str, &str, &str); 5] = [
    ("/", "text/html; charset=utf-8", include_str!("../../page/dist/index.html")),
    ("/page.js", "text/javascript; charset=utf-8", include_str!("../../page/dist/page.js")),
    ("/page.css", "text/css; charset=utf-8", include_str!("../../page/dist/page.css")),
    ("/licences.txt", "text/plain; charset=utf-8", include_str!("../../page/dist/licences.txt")),
    ("/icon.svg", "image/svg+xml", include_str!("../../page/dist/icon.svg")),
];

/// A file as it goes out.
struct Asset {
    kind: HeaderValue,
    plain: Bytes,
    gzip: Bytes,
    tag: HeaderValue,
}

static ASSETS: LazyLock<[Asset; FILES.len()]> = LazyLock::new(|| {
    FILES.map(|(_, kind, text)| Asset {
        kind: HeaderValue::from_static(kind),
        plain: Bytes::from_static(text.as_bytes()),
        gzip: gzip(text).into(),
        // Weak, as it is the same for the plain and the compressed form.
        tag: HeaderValue::from_str(&format!("W/\"{:016x}\"", XxHash3_64::oneshot(text.as_bytes())))
            .unwrap_or(HeaderValue::from_static("W/\"0\"")),
    })
});

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to memory cannot fail; were it to, the plain form would still be there.
    let done = encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish());
    done.unwrap_or_default()
}

/// The routes of the page, plain HTTP.
pub(crate) fn router() -> Router {
    FILES.iter().enumerate().fold(Router::new(), |router, (i, (path, ..))| {
        let give = move |headers: HeaderMap| async move {
            ASSETS.get(i).map_or_else(|| StatusCode::NOT_FOUND.into_response(), |asset| asset.answer(&headers))
        };
        router.route(path, get(give))
    })
}

impl Asset {
    fn answer(&self, asked: &HeaderMap) -> Response {
        let fixed: [(HeaderName, HeaderValue); 8] = [
            (CONTENT_TYPE, self.kind.clone()),
            (ETAG, self.tag.clone()),
            (VARY, HeaderValue::from_static("accept-encoding")),
            // A browser asks each time whether there is a newer one, as the names of the files stay.
            (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
            (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
            (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
            (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
        ];
        if asked.get_all(IF_NONE_MATCH).iter().any(|tags| names(tags, &self.tag)) {
            return (StatusCode::NOT_MODIFIED, fixed).into_response();
        }
        if takes_gzip(asked) && !self.gzip.is_empty() {
            return (fixed, [(CONTENT_ENCODING, "gzip")], self.gzip.clone()).into_response();
        }
        (fixed, self.plain.clone()).into_response()
    }
}

/// Whether a list of tags has this one.
fn names(tags: &HeaderValue, tag: &HeaderValue) -> bool {
    let own = tag.to_str().unwrap_or_default();
    tags.to_str().is_ok_and(|tags| tags.split(',').any(|one| one.trim() == own || one.trim() == "*"))
}

/// Whether the caller takes gzip; a weight of nothing is a refusal.
fn takes_gzip(asked: &HeaderMap) -> bool {
    let takes = |one: &str| {
        let (name, weight) = one.split_once(';').unwrap_or((one, "q=1"));
        let refused =
            weight.trim().strip_prefix("q=").and_then(|q| q.trim().parse::<f32>().ok()).is_some_and(|q| q <= 0.0);
        name.trim().eq_ignore_ascii_case("gzip") && !refused
    };
    let values = asked.get_all(ACCEPT_ENCODING);
    values.iter().any(|value| value.to_str().is_ok_and(|list| list.split(',').any(takes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(name: HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn gzip_goes_to_who_takes_it() {
        for (value, takes) in [
            ("gzip", true),
            ("br, gzip;q=0.5", true),
            ("GZIP", true),
            ("gzip;q=0", false),
            ("gzip; q=0.0", false),
            ("br", false),
            ("", false),
        ] {
            assert_eq!(takes_gzip(&asked(ACCEPT_ENCODING, value)), takes, "{value}");
        }
    }

    #[test]
    fn a_file_that_the_browser_has_is_not_sent_again() {
        let asset = &ASSETS[1];
        let fresh = asset.answer(&HeaderMap::new());
        assert_eq!(fresh.status(), StatusCode::OK);
        let tag = fresh.headers()[ETAG].clone();
        let again = asset.answer(&HeaderMap::from_iter([(IF_NONE_MATCH, tag)]));
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(asset.answer(&asked(IF_NONE_MATCH, "\"other\"")).status(), StatusCode::OK);
    }

    #[test]
    fn nothing_stands_in_the_page_that_its_policy_forbids() {
        let [(_, _, html), ..] = FILES;
        for forbidden in ["<style", "style=", "onclick", "http://", "https://"] {
            assert!(!html.contains(forbidden), "{forbidden}");
        }
        assert_eq!(html.matches("<script").count(), html.matches("<script src=").count());
    }
}
