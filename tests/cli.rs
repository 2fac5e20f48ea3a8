//! The command line as people and scripts use it: the real binary, its standard streams, its exit status.
#![cfg(feature = "service")]
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test says what went wrong by panicking; clippy.toml covers test functions only, not their helpers"
)]

use std::fmt::Write;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Stdio};

use assert_cmd::Command;
use serde_json::{Value, json};

fn isnad() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_isnad"));
    // What the machine's own environment says must not matter.
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("ISNAD_")) {
        command.env_remove(name);
    }
    command
}

/// The lines that a command writes, as JSON.
fn answers(command: &mut Command) -> Vec<Value> {
    let output = command.assert().success().get_output().stdout.clone();
    String::from_utf8(output).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A file of one test.
fn file(name: &str, text: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).unwrap();
    path
}

/// A server in a process of its own, on a free port; killed at the end of the test.
struct Server(Child, String);

impl Server {
    fn start(arguments: &[&str]) -> Self {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_isnad"))
            .args(["serve", "--address", "127.0.0.1:0", "--log", "warn"])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut greeting = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut greeting).unwrap();
        let address = greeting.split_whitespace().find(|word| word.starts_with("127.0.0.1:")).unwrap();
        let url = format!("http://{}", address.trim_end_matches('.'));
        Self(child, url)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What a line must come to: the answer to an id, or an error with its line and reason.
type Wanted = Result<String, (u64, &'static str)>;

/// Requests of which some cannot be read or answered, and what each line must come to.
fn mixed() -> (String, Vec<Wanted>) {
    let mut lines = String::new();
    let mut wanted = Vec::new();
    for i in 0..300_u64 {
        let line = i + 1;
        match i % 7 {
            2 => {
                lines.push_str("{\"document\": \n");
                wanted.push(Err((line, "MALFORMED_REQUEST")));
            }
            4 => {
                writeln!(lines, "{}", json!({"document": {"id": i.to_string(), "text": " "}})).unwrap();
                wanted.push(Err((line, "INVALID_REQUEST")));
            }
            5 => {
                lines.push_str("{\"document\": {\"text\": \"نص\"}, \"layers\": [\"LAYER_NONSENSE\"]}\n");
                wanted.push(Err((line, "MALFORMED_REQUEST")));
            }
            _ => {
                // Long and short in turn: they do not end in the order in which they begin.
                let text = "وصل 14 وزيرا أمس. ".repeat(if i % 7 == 0 { 3000 } else { 1 }); // 14 ministers arrived yesterday
                writeln!(lines, "{}", json!({"document": {"id": i.to_string(), "text": text}})).unwrap();
                wanted.push(Ok(i.to_string()));
            }
        }
    }
    (lines, wanted)
}

fn check(answers: &[Value], wanted: &[Wanted]) {
    assert_eq!(answers.len(), wanted.len());
    for (answer, wanted) in answers.iter().zip(wanted) {
        match wanted {
            Ok(id) => assert_eq!(answer["documentId"], id.as_str()),
            Err((line, reason)) => {
                assert_eq!((&answer["line"], &answer["error"]["reason"]), (&json!(line), &json!(reason)));
            }
        }
    }
}

#[test]
fn lines_of_json_are_answered_in_order_and_none_is_lost() {
    let (lines, wanted) = mixed();
    for jobs in ["1", "4"] {
        let mut command = isnad();
        check(&answers(command.args(["extract", "--jsonl", "--jobs", jobs]).write_stdin(lines.clone())), &wanted);
    }
    let path = file("requests.jsonl", &lines);
    check(&answers(isnad().args(["extract", "--jsonl"]).arg(path)), &wanted);
}

#[test]
fn a_server_answers_as_the_process_itself() {
    let server = Server::start(&[]);
    let (lines, wanted) = mixed();
    let far = answers(isnad().args(["extract", "--jsonl", "--server", &server.1]).write_stdin(lines.clone()));
    check(&far, &wanted);
    assert_eq!(far, answers(isnad().args(["extract", "--jsonl"]).write_stdin(lines)));
    isnad().args(["health", "--server", &server.1]).assert().success().stdout("SERVING\n");
}

#[test]
#[cfg(unix)]
fn sigterm_stops_a_server_cleanly() {
    let mut server = Server::start(&[]);
    isnad().args(["extract", "--server", &server.1]).write_stdin("نص").assert().success();
    let done = std::process::Command::new("kill").args(["-TERM", &server.0.id().to_string()]).status().unwrap();
    assert!(done.success());
    assert!(server.0.wait().unwrap().success());
    isnad().args(["health", "--server", &server.1]).assert().code(1);
}

#[test]
#[cfg(not(feature = "otlp"))]
fn a_build_that_sends_no_traces_says_so() {
    let done = isnad().args(["serve", "--otlp-endpoint", "http://127.0.0.1:4317"]).assert().code(2);
    let told = String::from_utf8(done.get_output().stderr.clone()).unwrap();
    assert!(told.contains("this build sends no traces; build it with cargo build --release --features otlp"), "{told}");
}

#[test]
fn a_text_over_the_limit_is_never_cut() {
    let long = "وصل الوزير. ".repeat(60_000); // the minister arrived
    let path = file("long.txt", &long);
    let wanted = json!({"size": long.len().to_string(), "limit": "1048576"});
    let output = isnad().arg("extract").arg(&path).assert().code(1).get_output().stdout.clone();
    let near: Value = serde_json::from_slice(&output).unwrap();
    assert_eq!((&near["error"]["reason"], &near["error"]["metadata"]), (&json!("TEXT_TOO_LONG"), &wanted));
    // A server is asked, not second-guessed: this one takes it.
    let server = Server::start(&["--max-text-bytes", "4000000"]);
    isnad().args(["extract", "--server", &server.1]).arg(&path).assert().success();
}

#[test]
fn tokens_are_asked_for_and_sent() {
    let tokens = file("tokens", "first\nsecond\n");
    let server = Server::start(&["--token-file", tokens.to_str().unwrap()]);
    let call = |token: &str| {
        let mut command = isnad();
        command.args(["extract", "--server", &server.1, "--token", token]).write_stdin("نص").assert()
    };
    call("second").success();
    let refused = call("third").failure().code(1);
    assert!(String::from_utf8_lossy(&refused.get_output().stderr).contains("Unauthenticated"));
}

#[test]
fn offsets_are_counted_as_asked() {
    let text = "🙂 وصل"; // a face, arrived
    for (unit, name, begin, end) in [
        ("byte", "OFFSET_UNIT_UTF8_BYTE", 5, 11),
        ("utf16", "OFFSET_UNIT_UTF16_CODE_UNIT", 3, 6),
        ("code-point", "OFFSET_UNIT_UNICODE_CODE_POINT", 2, 5),
    ] {
        let mut command = isnad();
        command.args(["extract", "--layers", "tokens", "--offset-unit", unit]).write_stdin(text);
        let answer = answers(&mut command).pop().unwrap();
        assert_eq!(answer["offsetUnit"], name);
        assert_eq!(answer["tokens"][1]["span"], json!({"begin": begin, "end": end, "text": "وصل"}));
    }
    // A request that says its own unit keeps it.
    let line =
        json!({"document": {"text": text}, "layers": ["LAYER_TOKENS"], "offsetUnit": "OFFSET_UNIT_UTF16_CODE_UNIT"});
    let mut command = isnad();
    command.args(["extract", "--jsonl", "--offset-unit", "code-point"]).write_stdin(line.to_string());
    assert_eq!(answers(&mut command).pop().unwrap()["tokens"][1]["span"]["begin"], 3);
}

#[test]
fn an_answer_is_one_line_for_every_reader() {
    let text = "سطر\u{2028}سطر\u{85}سطر\u{2029}سطر\n"; // lines, with LINE SEPARATOR, NEXT LINE, PARAGRAPH SEPARATOR
    let output = isnad().args(["extract", "--layers", "document"]).write_stdin(text).assert().success();
    let output = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    assert!(output.ends_with('\n') && !output.trim_end().contains(['\n', '\u{85}', '\u{2028}', '\u{2029}']));
    let zones = serde_json::from_str::<Value>(&output).unwrap()["document"]["zones"].to_string();
    assert!(zones.contains('\u{2028}') && zones.contains('\u{85}'));
}

#[test]
fn files_come_in_order_and_a_missing_one_is_told_of() {
    let first = file("first.txt", "وصل الوزير."); // the minister arrived
    let second = file("second.txt", "غادر الوزير."); // the minister left
    let output = isnad().arg("extract").args([&first, &PathBuf::from("/no/such/file"), &second]).assert().code(1);
    let output = output.get_output();
    let lines: Vec<Value> =
        String::from_utf8_lossy(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["documentId"], first.to_str().unwrap());
    assert_eq!(lines[1]["file"], "/no/such/file");
    assert_eq!(lines[2]["documentId"], second.to_str().unwrap());
    assert!(String::from_utf8_lossy(&output.stderr).contains("/no/such/file"));
}

#[test]
fn text_that_is_no_utf8_is_told_how_to_be() {
    let output = isnad().arg("extract").write_stdin(b"\xe6\xd5\xe1".to_vec()).assert().code(1); // windows-1256
    assert!(String::from_utf8_lossy(&output.get_output().stderr).contains("iconv"));
}

#[test]
fn text_for_reading_names_its_article() {
    let path = file("read.txt", "وصل الوزير.");
    let output = isnad().args(["extract", "--format", "text"]).arg(&path).assert().success();
    assert!(String::from_utf8_lossy(&output.get_output().stdout).contains("read.txt"));
}

#[test]
fn html_is_one_file_with_every_article_and_its_reasons() {
    let paths = [file("one.html.txt", "وصل الوزير إلى بغداد."), file("two.html.txt", "قال </script> أمس.")]; // arrived; said
    let local =
        isnad().args(["extract", "--format", "html"]).args(&paths).assert().success().get_output().stdout.clone();
    let html = String::from_utf8(local.clone()).unwrap();
    assert!(html.starts_with("<!doctype html>") && html.contains("</html>"));
    let stored: Vec<Value> = html
        .split("<script type=\"application/json\">")
        .skip(1)
        .map(|rest| serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap())
        .collect();
    assert_eq!(stored.len(), 2);
    assert_eq!(stored[1]["request"]["document"]["text"], "قال </script> أمس.");
    assert_eq!(stored[1]["response"]["times"][0]["span"]["text"], "أمس"); // yesterday
    assert!(stored[1]["response"]["times"][0]["reason"]["rule"].is_string());

    let server = Server::start(&[]);
    let remote = isnad().args(["extract", "--format", "html", "--server", &server.1]).args(&paths).assert().success();
    assert_eq!(remote.get_output().stdout, local);

    let none = isnad().args(["extract", "--format", "html", "nowhere.txt"]).assert().code(1);
    assert!(none.get_output().stdout.is_empty() && !none.get_output().stderr.is_empty());
}

#[test]
fn a_reader_who_has_enough_ends_it_quietly() {
    let (lines, _) = mixed();
    let path = file("many.jsonl", &lines.repeat(4));
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_isnad"))
        .args(["extract", "--jsonl"])
        .arg(path)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap(); // and the pipe is closed
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

#[test]
fn folding_is_there_for_scripts() {
    let text = "الأُمة"; // the nation
    isnad().args(["normalize", "--profile", "search"]).write_stdin(text).assert().success().stdout("الامه");
    isnad().args(["normalize", "--folds", "diacritics"]).write_stdin(text).assert().success().stdout("الأمة");
    let mut command = isnad();
    command.args(["normalize", "--format", "json", "--offset-unit", "code-point"]).write_stdin(text);
    let answer = answers(&mut command).pop().unwrap();
    assert_eq!(answer["edits"][0]["fold"], "FOLD_ALEF");
    assert_eq!(answer["edits"][0]["original"], json!({"begin": 2, "end": 3, "text": "أ"}));
}

#[test]
fn a_wrong_command_is_told_what_would_be_right() {
    let cases: [(&[&str], &str); 6] = [
        (&["extract", "--layers", "nouns"], "sentences"),
        (&["extract", "--publish-time", "soon"], "2020-11-25"),
        (&["extract", "--time-zone", "Asia/Nowhere"], "Asia/Baghdad"),
        (&["extract", "--server", "https://127.0.0.1:1"], "--ca FILE"),
        (&["normalize", "--profile", "search", "--folds", "alef"], "--folds"),
        (&["serve", "--drain-delay", "long"], "5s"),
    ];
    for (arguments, hint) in cases {
        let output = isnad().args(arguments).write_stdin("نص").assert().code(2);
        let told = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
        assert!(told.contains(hint), "{arguments:?}: {told}");
    }
    let nobody = isnad().args(["health", "--server", "http://127.0.0.1:1"]).assert().code(1);
    assert!(String::from_utf8_lossy(&nobody.get_output().stderr).contains("isnad serve"));
}

/// A folder of tables of one test.
fn tables(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir(&folder).unwrap();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    folder
}

#[test]
fn tables_of_ones_own_lie_over_the_built_in_ones() {
    let header = "name\tenglish\tkind\tcountry\taliases\tcommon\n";
    // A company that nobody has heard of, and another English name for the United Nations.
    let rows = format!("{header}الأمم المتحدة\tThe UN\tinternational\t\t\t\nشركة الوميض\tGleam\tcompany\tIQ\t\t\n");
    let folder = tables("own_tables", &[("organisations.tsv", &rows), (".hidden", "nothing")]);
    let article = file("own_tables.txt", "وقعت شركة الوميض عقدا مع الأمم المتحدة في بغداد."); // signed a contract
    let read = |arguments: &[&str]| answers(isnad().args(["extract", article.to_str().unwrap()]).args(arguments));
    let names = |answer: &Value| -> Vec<String> {
        let entities = answer["entities"].as_array().unwrap().iter();
        entities.map(|entity| entity["latinName"].as_str().unwrap().to_owned()).collect()
    };
    let plain = read(&[]);
    let laid = read(&["--lexicon", folder.to_str().unwrap()]);
    assert_eq!(names(&laid[0]), ["Gleam", "The UN", "Baghdad"]);
    assert!(names(&plain[0]).contains(&"United Nations".to_owned()));
    assert_ne!(laid[0]["engine"]["lexiconVersion"], plain[0]["engine"]["lexiconVersion"]);

    // A row of the request's own, on top of all.
    let entry = json!({"text": "شركة الوميض", "type": "ENTITY_TYPE_ORG", "latinName": "Al-Wamid"});
    let line =
        json!({"document": {"text": "وقعت شركة الوميض عقدا."}, "options": {"lexicon": [entry], "explain": true}});
    let mut command = isnad();
    command.args(["extract", "--jsonl", "--lexicon", folder.to_str().unwrap()]).write_stdin(line.to_string());
    let answer = &answers(&mut command)[0];
    assert_eq!(names(answer), ["Al-Wamid"]);
    assert_eq!(answer["mentions"][0]["reason"]["lexiconEntry"], "request:0");
}

#[test]
fn tables_at_fault_are_told_and_nothing_starts() {
    let places = "name\tenglish\ttype\tkind\tcountry\taliases\tcommon\nكوثرية\tKawthariya\tTOWN\t\t\t\t\nواحد\tone\n";
    let folder = tables("bad_tables", &[("places.tsv", places), ("people.csv", "name\n")]);
    let folder = folder.to_str().unwrap();
    for command in [["extract", "-"], ["serve", "--address=127.0.0.1:0"]] {
        let done = isnad().args(command).args(["--lexicon", folder]).write_stdin("نص").assert().failure();
        let told = String::from_utf8(done.get_output().stderr.clone()).unwrap();
        for wanted in [
            "places.tsv:2: type \"TOWN\": accepted are GPE, LOC, FAC",
            "places.tsv:3: 2 cells",
            "people.csv:1: no table",
        ] {
            assert!(told.contains(wanted), "{told}");
        }
        assert!(done.get_output().stdout.is_empty());
    }
    isnad().args(["extract", "-", "--lexicon", "/nowhere/at/all"]).write_stdin("نص").assert().code(1);
}

#[cfg(unix)]
#[test]
fn a_hangup_reads_the_tables_again() {
    let header = "name\tenglish\tkind\tcountry\taliases\tcommon\n";
    let folder = tables("hangup_tables", &[("organisations.tsv", header)]);
    let server = Server::start(&["--lexicon", folder.to_str().unwrap()]);
    let article = file("hangup.txt", "وقعت شركة الوميض عقدا."); // the Gleam company signed a contract
    let read = || {
        let answer = &answers(isnad().args(["extract", article.to_str().unwrap(), "--server", &server.1]))[0];
        answer["entities"].to_string()
    };
    assert!(!read().contains("Gleam"));
    fs::write(folder.join("organisations.tsv"), format!("{header}شركة الوميض\tGleam\tcompany\tIQ\t\t\n")).unwrap();
    let hangup = std::process::Command::new("kill").args(["-HUP", &server.0.id().to_string()]).status().unwrap();
    assert!(hangup.success());
    let read_again = (0..600).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        read().contains("Gleam")
    });
    assert!(read_again);
}

/// What `docs/operations.md` says of memory, against callers who send the longest articles there can be and take no answer.
#[cfg(target_os = "linux")]
#[test]
fn a_full_server_stays_within_its_memory() {
    use isnad::service::proto::extract_client::ExtractClient;
    use isnad::service::proto::{Document, ExtractRequest};

    const MIB: usize = 1 << 20;
    let (text, calls, streams, ahead) = (MIB / 8, 8, 2, 4);
    let flags =
        [("--max-text-bytes", text), ("--max-calls", calls), ("--max-streams", streams), ("--max-stream-ahead", ahead)];
    let flags: Vec<String> = flags.iter().map(|(flag, value)| format!("{flag}={value}")).collect();
    let server = Server::start(&flags.iter().map(String::as_str).collect::<Vec<_>>());
    let news = "قال وزير الخارجية العراقي فؤاد حسين في بغداد أمس إن 14 دولة وافقت. "; // 14 states agreed, said ...
    let document = Some(Document { text: news.repeat(text / news.len()), ..Document::default() });
    let article = ExtractRequest { document, ..ExtractRequest::default() };
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let client =
            async || ExtractClient::connect(server.1.clone()).await.unwrap().max_decoding_message_size(usize::MAX);
        let mut held = Vec::new();
        for _ in 0..streams {
            let requests = tokio_stream::iter(vec![article.clone(); 12]);
            held.push(client().await.extract_stream(requests).await.unwrap());
        }
        let mut asked = tokio::task::JoinSet::new();
        for _ in 0..2 * calls {
            let (mut client, article) = (client().await, article.clone());
            asked.spawn(async move { drop(client.extract(article).await) });
        }
        asked.join_all().await;
    });
    let status = fs::read_to_string(format!("/proc/{}/status", server.0.id())).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let peak: usize = peak.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024;
    let cores = std::thread::available_parallelism().unwrap().get();
    let most = 100 * MIB + 100 * text * cores + (calls + streams * ahead) * (4 * MIB + 24 * text);
    assert!(peak < most, "{} MiB, over {} MiB", peak / MIB, most / MIB);
}
