//! Tokens: who may call, where the server asks. Off unless tokens are given; health and reflection never ask.
//!
//! Tokens of a file are read again when it changes, so that one can be withdrawn without a restart.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use http::HeaderMap;
use http::header::AUTHORIZATION;

use super::status::Refusal;

/// The tokens that open the service; none means that it is open. Clones share them.
#[derive(Clone, Default)]
pub struct Tokens {
    file: Option<PathBuf>,
    known: Arc<RwLock<Vec<String>>>,
}

/// Why a file of tokens cannot be used.
#[derive(Debug)]
pub struct TokensError {
    file: PathBuf,
    /// None where it can be read and holds no token: that would open the service to all.
    error: Option<io::Error>,
}

impl fmt::Display for TokensError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.error {
            Some(error) => write!(f, "cannot read {}: {error}", self.file.display()),
            None => write!(f, "{} holds no token: write one a line", self.file.display()),
        }
    }
}

impl std::error::Error for TokensError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.error.as_ref().map(|error| error as _)
    }
}

impl Tokens {
    /// Tokens, blank ones left out.
    pub fn new(tokens: impl IntoIterator<Item = String>) -> Self {
        let tokens = tokens.into_iter().map(|token| token.trim().to_owned()).filter(|token| !token.is_empty());
        Self { file: None, known: Arc::new(RwLock::new(tokens.collect())) }
    }

    /// The tokens of a file, one a line.
    ///
    /// # Errors
    /// Where it cannot be read, or holds none.
    pub fn load(file: &Path) -> Result<Self, TokensError> {
        let fault = |error| TokensError { file: file.to_owned(), error };
        let text = std::fs::read_to_string(file).map_err(|error| fault(Some(error)))?;
        let tokens = Self { file: Some(file.to_owned()), ..Self::new(text.lines().map(str::to_owned)) };
        if tokens.len() == 0 { Err(fault(None)) } else { Ok(tokens) }
    }

    /// Reads their file again, where they come from one.
    ///
    /// # Errors
    /// As [`Tokens::load`]; then nothing changes.
    pub(super) fn reload(&self) -> Result<(), TokensError> {
        let Some(file) = &self.file else { return Ok(()) };
        let fresh = Self::load(file)?;
        let fresh = std::mem::take(&mut *fresh.known.write().unwrap_or_else(PoisonError::into_inner));
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// Their file, where they come from one.
    pub(super) fn file(&self) -> Option<&PathBuf> {
        self.file.as_ref()
    }

    fn len(&self) -> usize {
        self.known.read().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Whether a call with `headers` may pass.
    ///
    /// # Errors
    /// [`Refusal::Unauthenticated`], without saying whether the token was missing or wrong.
    pub(crate) fn check(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if known.is_empty() {
            return Ok(());
        }
        let sent = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let sent =
            sent.and_then(|value| value.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        let sent = sent.map_or("", |(_, token)| token.trim());
        // All tokens are compared, each in full, so that the time taken tells nothing of their letters.
        let known = known.iter().fold(false, |known, token| known | same(token.as_bytes(), sent.as_bytes()));
        if known { Ok(()) } else { Err(Refusal::Unauthenticated) }
    }
}

/// Never shows a token.
impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tokens({})", self.len())
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
