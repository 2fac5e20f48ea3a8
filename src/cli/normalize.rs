//! `isnad normalize`: the text core alone.

use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::path::PathBuf;

use anyhow::{Context, anyhow};
use clap::{Args, ValueEnum};
use isnad::service::proto::{Fold, NormalizeProfile, NormalizeRequest};
use isnad::service::{Limits, Reader};

use super::{Outcome, Unit, Usage, by_short_name};

/// What `isnad normalize` takes.
#[derive(Args, Debug)]
pub(super) struct NormalizeArgs {
    /// The text, as UTF-8; - is standard input, as is no file at all.
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,

    /// A ready set of folds; match unless this or --folds is given.
    #[arg(long, value_enum, conflicts_with = "folds")]
    profile: Option<Profile>,

    /// Single folds, separated by commas: tatweel, diacritics, alef, alef-maqsura, teh-marbuta, hamza-seats,
    /// presentation-forms, persian-letters, digits, punctuation, whitespace, bidi-controls, elongation.
    #[arg(long, value_delimiter = ',', value_name = "FOLD", value_parser = fold)]
    folds: Vec<Fold>,

    /// The unit of the edits' offsets.
    #[arg(long, value_enum, default_value_t = Unit::Byte)]
    offset_unit: Unit,

    /// `text`: the folded text alone; `json`: the `NormalizeResponse` with its edits.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Profile {
    /// Only what no reader sees.
    Display,
    /// What search indexes fold.
    Search,
    /// What the engine matches on.
    Match,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// The folded text alone.
    Text,
    /// With the list of edits.
    Json,
}

fn fold(name: &str) -> Result<Fold, String> {
    let fold = by_short_name("FOLD_", name, Fold::from_str_name).filter(|&fold| fold != Fold::Unspecified);
    fold.ok_or_else(|| "see `isnad normalize --help` for the folds".to_owned())
}

pub(super) fn run(args: &NormalizeArgs) -> anyhow::Result<Outcome> {
    let text = match args.file.as_deref().filter(|file| file.as_os_str() != "-") {
        Some(file) => fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?,
        None if args.file.is_none() && io::stdin().is_terminal() => {
            let usage = "nothing to read: name a file, or pipe a text in, as in `echo نص | isnad normalize`";
            return Err(Usage(usage.into()).into());
        }
        None => {
            let mut text = String::new();
            io::stdin().lock().read_to_string(&mut text).context("cannot read standard input")?;
            text
        }
    };
    let profile = match args.profile {
        None => NormalizeProfile::Unspecified,
        Some(Profile::Display) => NormalizeProfile::Display,
        Some(Profile::Search) => NormalizeProfile::Search,
        Some(Profile::Match) => NormalizeProfile::Match,
    };
    let unit: isnad::service::proto::OffsetUnit = args.offset_unit.into();
    let request = NormalizeRequest {
        text,
        profile: profile.into(),
        folds: args.folds.iter().map(|&fold| fold.into()).collect(),
        offset_unit: unit.into(),
    };
    let response = Reader::new(Limits::default()).normalize(&request).map_err(|refusal| anyhow!(refusal.message()))?;
    let mut out = io::stdout().lock();
    match args.format {
        // As it is: a line feed of our own would be one that the text does not have.
        Format::Text => out.write_all(response.text.as_bytes())?,
        Format::Json => writeln!(out, "{}", serde_json::to_string(&response)?)?,
    }
    out.flush()?;
    Ok(Outcome::Done)
}
