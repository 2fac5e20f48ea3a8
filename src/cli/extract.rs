//! `isnad extract`: articles in, findings out, in order, on all cores, with a bounded number in hand.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;

use anyhow::Context;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use isnad::extract::Extractor;
use isnad::service::proto::Layer;
use isnad::service::{Limits, Reader, Tables};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::input::{Defaults, Raw, lines};
use super::output::{Format, Output, Sink};
use super::serve::MAX_TEXT_BYTES;
use super::{Caller, Outcome, Unit, Usage, by_short_name, remote};

/// What `isnad extract` takes.
#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line")]
pub(super) struct ExtractArgs {
    /// Articles as plain UTF-8 text, or with --jsonl as requests; - is standard input, as is no file at all.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Read an `ExtractRequest` as JSON from each line, write an `ExtractResponse` for each, in order. A line that cannot be
    /// read or answered gives {"error": {...}, "line": N} in its place.
    #[arg(long)]
    jsonl: bool,

    /// Let a server do it, instead of this process. Example: `http://127.0.0.1:50051`
    #[arg(long, env = "ISNAD_SERVER", value_name = "URL")]
    server: Option<String>,

    #[command(flatten)]
    caller: Caller,

    /// The unit of offsets, where a request does not say.
    #[arg(long, value_enum, default_value_t = Unit::Byte)]
    offset_unit: Unit,

    /// The layers to answer with, where a request does not say: document, sentences, tokens, times, quantities; all but
    /// tokens unless given.
    #[arg(long, value_delimiter = ',', value_name = "LAYER", value_parser = layer)]
    layers: Vec<Layer>,

    /// When the articles came out, where a request does not say: 2020-11-25, 2020-11-25T10:00, or RFC 3339.
    #[arg(long, value_name = "TIME")]
    publish_time: Option<String>,

    /// The time zone in which days are reckoned, where a request does not say. Example: Asia/Baghdad
    #[arg(long, value_name = "ZONE", default_value = "UTC", value_parser = time_zone)]
    time_zone: String,

    /// A folder of tables to lay over the built-in lexicon, called and built like those of lexicon/.
    #[arg(long, env = "ISNAD_LEXICON", value_name = "DIR")]
    lexicon: Option<PathBuf>,

    /// Say for each finding which rule found it.
    #[arg(long)]
    explain: bool,

    /// Leave the words of spans out.
    #[arg(long)]
    omit_text: bool,

    /// How to write the answers.
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,

    /// How many articles to read at a time; as many as there are cores unless given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,

    /// No progress bar.
    #[arg(long)]
    quiet: bool,
}

fn layer(name: &str) -> Result<Layer, String> {
    by_short_name("LAYER_", name, Layer::from_str_name).filter(|&layer| layer != Layer::Unspecified).ok_or_else(|| {
        "the layers are document, sentences, tokens, mentions, positions, times, quantities, quotes, events".to_owned()
    })
}

fn time_zone(name: &str) -> Result<String, String> {
    let known = TimeZone::get(name).map(|_| name.to_owned());
    known.map_err(|_| "write the IANA name of a time zone, as Asia/Baghdad".to_owned())
}

/// The moment that `--publish-time` means; a date or a time without an offset is of the articles' time zone.
fn publish_time(text: &str, zone: &str) -> Result<pbjson_types::Timestamp, Usage> {
    let wrong = || Usage("--publish-time: write 2020-11-25, 2020-11-25T10:00, or 2020-11-25T10:00:00+03:00".into());
    let moment = text.parse::<jiff::Timestamp>().or_else(|_| {
        let civil = text.parse::<DateTime>().or_else(|_| text.parse::<Date>().map(DateTime::from));
        TimeZone::get(zone)?.to_timestamp(civil?)
    });
    let moment = moment.map_err(|_: jiff::Error| wrong())?;
    Ok(pbjson_types::Timestamp { seconds: moment.as_second(), nanos: moment.subsec_nanosecond() })
}

pub(super) fn run(args: ExtractArgs) -> anyhow::Result<Outcome> {
    if args.files.is_empty() && io::stdin().is_terminal() {
        let usage = "nothing to read: name a file, or pipe an article in, as in `isnad extract < article.txt`";
        return Err(Usage(usage.into()).into());
    }
    let server = args.server.as_deref().filter(|url| !url.is_empty());
    if server.is_some() && args.lexicon.is_some() {
        return Err(Usage("--lexicon is for this process: a server is given its own when it starts".into()).into());
    }
    // What a server takes is for it to say; this much it can be told to take.
    let max_text_bytes = if server.is_some() { MAX_TEXT_BYTES as usize } else { Limits::default().max_text_bytes };
    let defaults = Defaults {
        layers: args.layers.iter().map(|&layer| layer.into()).collect(),
        unit: args.offset_unit.into(),
        publish_time: args.publish_time.as_deref().map(|time| publish_time(time, &args.time_zone)).transpose()?,
        // UTC is what an empty zone means.
        time_zone: if args.time_zone == "UTC" { String::new() } else { args.time_zone.clone() },
        // A click in the file asks why.
        explain: args.explain || args.format == Format::Html,
        omit_text: args.omit_text,
        max_text_bytes,
    };
    let progress = progress(&args);
    let files = if args.files.is_empty() { vec![PathBuf::from("-")] } else { args.files };
    let source: Source = if args.jsonl {
        Box::new(files.into_iter().flat_map(move |file| requests(file, max_text_bytes)))
    } else {
        Box::new(files.into_iter().map(|file| Ok(Raw::file(file))))
    };
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    let jobs = args.jobs.map_or_else(cores, usize::from);
    let mut sink = Sink::stdout(args.format);
    let write = |output: &Output| {
        progress.suspend(|| sink.write(output))?;
        progress.inc(1);
        Ok(())
    };
    let done = match server {
        Some(url) => remote::extract(url, &args.caller, source, &defaults, args.format, write),
        None => local(&reader(args.lexicon.as_deref())?, source, &defaults, args.format, jobs, write),
    };
    progress.finish_and_clear();
    // What was answered before a fault is handed on, too.
    let flushed = sink.finish();
    done?;
    flushed?;
    Ok(if sink.failed { Outcome::Partly } else { Outcome::Done })
}

/// Articles as they come.
pub(super) type Source = Box<dyn Iterator<Item = anyhow::Result<Raw>> + Send>;

/// The requests of one file of JSON lines.
fn requests(file: PathBuf, limit: usize) -> Source {
    if file.as_os_str() == "-" {
        let stdin = io::BufReader::with_capacity(1 << 16, io::stdin());
        return Box::new(lines(stdin, limit).map(|line| line.context("cannot read standard input")));
    }
    let opened = std::fs::File::open(&file);
    let named = move || format!("cannot read {}", file.display());
    match opened.with_context(named.clone()) {
        Ok(open) => {
            let open = io::BufReader::with_capacity(1 << 16, open);
            Box::new(lines(open, limit).map(move |line| line.with_context(named.clone())))
        }
        Err(e) => Box::new(std::iter::once(Err(e))),
    }
}

/// The engine of this process, with the tables of `folder` laid over the built-in ones.
fn reader(folder: Option<&Path>) -> anyhow::Result<Reader> {
    let extractor = match folder {
        Some(folder) => Extractor::new(Arc::clone(Tables::load(folder)?.lexicon())),
        None => Extractor::default(),
    };
    Ok(Reader::with(extractor, Limits::default()))
}

/// A bar on standard error, where there are many files and somebody to see it.
fn progress(args: &ExtractArgs) -> ProgressBar {
    if args.quiet || args.jsonl || args.files.len() < 2 || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(args.files.len() as u64);
    match ProgressStyle::with_template("{bar:32} {pos} of {len} articles, {per_sec}, {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// One article to read, and where its output goes.
type Job = (Raw, Sender<Output>);

/// Reads all of `source` in this process.
///
/// One thread takes articles in, `jobs` read them, this one writes. Each article brings a channel of its own for its
/// output, and these are written in the order in which the articles came; as that order is a bounded queue, so is the
/// number of articles in hand.
fn local(
    reader: &Reader,
    source: Source,
    defaults: &Defaults,
    format: Format,
    jobs: usize,
    mut write: impl FnMut(&Output) -> io::Result<()>,
) -> anyhow::Result<()> {
    let (give_order, order) = sync_channel::<Receiver<Output>>(jobs * 16);
    let (give_job, job) = sync_channel::<Job>(jobs * 2);
    let job = Mutex::new(job);
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                // A poisoned lock still guards a sound queue.
                let next = || job.lock().unwrap_or_else(std::sync::PoisonError::into_inner).recv();
                while let Ok((raw, done)) = next() {
                    // Nobody waits for it where writing has failed.
                    let _ = done.send(read(reader, raw, defaults, format));
                }
            });
        }
        let intake = scope.spawn(move || {
            for raw in source {
                let (done, output) = channel();
                let raw = raw?;
                if give_order.send(output).is_err() || give_job.send((raw, done)).is_err() {
                    break; // writing has failed
                }
            }
            anyhow::Ok(())
        });
        let mut written = Ok(());
        for output in &order {
            let lost = || Output { out: String::new(), error: Some("an article was lost: please report it".into()) };
            written = write(&output.recv().unwrap_or_else(|_| lost()));
            if written.is_err() {
                break;
            }
        }
        drop(order);
        let taken = intake.join().unwrap_or_else(|_| Err(anyhow::anyhow!("reading broke off: please report it")));
        written?;
        taken
    })
}

fn read(reader: &Reader, raw: Raw, defaults: &Defaults, format: Format) -> Output {
    let place = raw.place.clone();
    let request = match raw.request(defaults) {
        Ok(request) => request,
        Err(refusal) => return Output::error(&place, &refusal.article_error(""), format),
    };
    match reader.extract(&request) {
        Ok(response) => Output::answer(&place, &request, &response, format),
        Err(refusal) => {
            let id = request.document.as_ref().map_or("", |document| document.id.as_str());
            Output::error(&place, &refusal.article_error(id), format)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_publish_time_is_read_in_its_zone() {
        let seconds = |text, zone| publish_time(text, zone).map(|time| time.seconds).ok();
        assert_eq!(seconds("2020-11-25T00:00:00Z", "Asia/Baghdad"), Some(1_606_262_400));
        assert_eq!(seconds("2020-11-25", "UTC"), Some(1_606_262_400));
        assert_eq!(seconds("2020-11-25", "Asia/Baghdad"), Some(1_606_262_400 - 3 * 3600));
        assert_eq!(seconds("2020-11-25T03:00", "Asia/Baghdad"), Some(1_606_262_400));
        assert_eq!(seconds("yesterday", "UTC"), None);
    }
}
