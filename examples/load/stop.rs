//! How soon a server's work stops once nobody waits for it: on an article of 1 MiB with all layers, asked at moments spread over the
//! whole of it, from the check of the request to the last message of the answer.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use fastrand::Rng;
use isnad::extract::Stop;
use isnad::service::{Limits, Reader};

use crate::articles::article;
use crate::levels::request;
use crate::tally::milliseconds;

/// How often it is asked.
const ROUNDS: u32 = 100;

/// Reads the article again and again, asking it to stop a little later each time.
pub(crate) fn run() {
    let reader = Reader::new(Limits::default());
    let mut request = request("long".to_owned(), article(&mut Rng::with_seed(1), 1 << 20));
    request.layers = reader.describe().layers;
    let read = || reader.extract(&request).map(drop);
    // The first loads the lexicon.
    let whole = read().and_then(|()| {
        let began = Instant::now();
        read().map(|()| began.elapsed())
    });
    let Ok(whole) = whole else { return println!("the article is refused") };

    let mut late: Vec<(Duration, Duration)> = (0..ROUNDS)
        .filter_map(|round| {
            let at = whole * round / ROUNDS;
            let flag = AtomicBool::new(false);
            let (asked, stopped) = thread::scope(|scope| {
                let asked = scope.spawn(|| {
                    thread::sleep(at);
                    flag.store(true, Ordering::Relaxed);
                    Instant::now()
                });
                let found = reader.extract_unless(&request, Stop::when(&flag));
                let stopped = Instant::now();
                // Where it was faster than expected, it was not stopped.
                (asked.join().ok(), found.is_err().then_some(stopped))
            });
            Some((stopped?.saturating_duration_since(asked?), at))
        })
        .collect();
    late.sort_unstable();
    let within =
        |share: f64| late.get(((late.len() - 1) as f64 * share) as usize).map_or(Duration::ZERO, |late| late.0);
    let cells = [0.5, 0.9, 0.99, 1.0].map(|share| milliseconds(within(share)));
    println!("| rounds | whole ms | p50 ms | p90 ms | p99 ms | max ms |\n|---|---|---|---|---|---|");
    println!("| {} | {} | {} |", late.len(), milliseconds(whole), cells.join(" | "));
    println!("\nThe latest, with the part of the work at which they were asked:");
    for (late, at) in late.iter().rev().take(8) {
        println!("- {} ms at {:.0} %", milliseconds(*late), at.as_secs_f64() / whole.as_secs_f64() * 100.0);
    }
}
