//! Tokens: who may call, where the server asks. Off unless tokens are given; health and reflection never ask.

use http::HeaderMap;
use http::header::AUTHORIZATION;

use super::status::Refusal;

/// The tokens that open the service; none means that it is open.
#[derive(Clone, Default)]
pub struct Tokens(Vec<String>);

impl Tokens {
    /// Tokens, blank ones left out.
    pub fn new(tokens: impl IntoIterator<Item = String>) -> Self {
        Self(tokens.into_iter().map(|token| token.trim().to_owned()).filter(|token| !token.is_empty()).collect())
    }

    /// Whether a call with `headers` may pass.
    ///
    /// # Errors
    /// [`Refusal::Unauthenticated`], without saying whether the token was missing or wrong.
    pub(crate) fn check(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        if self.0.is_empty() {
            return Ok(());
        }
        let sent = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let sent =
            sent.and_then(|value| value.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        let sent = sent.map_or("", |(_, token)| token.trim());
        // All tokens are compared, each in full, so that the time taken tells nothing of their letters.
        let known = self.0.iter().fold(false, |known, token| known | same(token.as_bytes(), sent.as_bytes()));
        if known { Ok(()) } else { Err(Refusal::Unauthenticated) }
    }
}

/// Never shows a token.
impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tokens({})", self.0.len())
    }
}

/// Whether the two are equal, in time that depends on their lengths alone.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && std::hint::black_box(a.iter().zip(b).fold(0, |differ, (a, b)| differ | (a ^ b))) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_known_token_opens() {
        let tokens = Tokens::new(["alpha".to_owned(), " beta\n".to_owned(), String::new()]);
        let check = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(AUTHORIZATION, value.parse().unwrap());
            tokens.check(&headers)
        };
        assert_eq!(check("Bearer alpha"), Ok(()));
        assert_eq!(check("bearer beta"), Ok(()));
        for wrong in ["Bearer ", "Bearer alph", "Bearer alphaa", "Basic alpha", "alpha"] {
            assert_eq!(check(wrong), Err(Refusal::Unauthenticated), "{wrong}");
        }
        assert_eq!(tokens.check(&HeaderMap::new()), Err(Refusal::Unauthenticated));
        assert_eq!(Tokens::default().check(&HeaderMap::new()), Ok(()));
        assert_eq!(format!("{tokens:?}"), "Tokens(2)");
    }
}
