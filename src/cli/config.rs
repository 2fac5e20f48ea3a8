//! Where the server's settings come from: a flag, else the environment, else a file, else their default. All four from one
//! definition, the flags: `--max-in-flight`, `ISNAD_MAX_IN_FLIGHT` and `max-in-flight` in the file are one setting, checked by one
//! reader, told of in `--help` and in `docs/configuration.md`, which a test holds to be what this module writes.

use std::ffi::OsString;
use std::path::Path;

use anyhow::{Context, anyhow};
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{Arg, CommandFactory, FromArgMatches};
use toml::{Table, Value};

use super::serve::ServeArgs;
use super::{Cli, Usage};

/// The setting that names the file, which the file cannot set.
const CONFIG: &str = "config";

/// The settings of `arguments`, which ask for `serve`, with those of the file that they or the environment name.
///
/// # Errors
/// Where the file cannot be read, names a setting that there is not, or gives one a value that it does not take.
pub(super) fn settled(arguments: &[OsString], file: &Path) -> anyhow::Result<ServeArgs> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let told = |why: String| Usage(format!("{}: {why}", file.display()));
    let settings = read(&text).map_err(told)?;
    // Each alone first, so that what is wrong with it is told of it.
    for setting in &settings {
        let alone = ["isnad", "serve"].map(OsString::from).into_iter().chain(setting.flags.clone());
        match Cli::command().try_get_matches_from(alone) {
            Err(error) if error.kind() != ErrorKind::MissingRequiredArgument => {
                return Err(told(first_lines(&error)).into());
            }
            _ => {}
        }
    }
    let given = matches(arguments.iter().cloned())?;
    let from_above = |setting: &&Setting| {
        !matches!(given.value_source(&setting.id), Some(ValueSource::CommandLine | ValueSource::EnvVariable))
    };
    let all = arguments.iter().cloned().chain(settings.iter().filter(from_above).flat_map(|s| s.flags.clone()));
    Ok(ServeArgs::from_arg_matches(&matches(all)?)?)
}

fn matches(arguments: impl IntoIterator<Item = OsString>) -> anyhow::Result<clap::ArgMatches> {
    let matches = Cli::command().try_get_matches_from(arguments)?;
    matches.subcommand_matches("serve").cloned().ok_or_else(|| anyhow!("only `serve` has settings"))
}

/// A setting of the file, as flags.
struct Setting {
    id: String,
    flags: Vec<OsString>,
}

/// The settings in the text of a file.
fn read(text: &str) -> Result<Vec<Setting>, String> {
    let table: Table = text.parse().map_err(|error: toml::de::Error| error.to_string().trim_end().to_owned())?;
    let command = Cli::command();
    let serve = command.find_subcommand("serve").ok_or("there is no `serve`")?;
    let accepted: Vec<&Arg> = serve.get_arguments().filter(|arg| setting(arg).is_some()).collect();
    let mut settings = Vec::with_capacity(table.len());
    for (name, value) in &table {
        let Some(arg) = accepted.iter().find(|arg| arg.get_long() == Some(name)) else {
            let names: Vec<&str> = accepted.iter().filter_map(|arg| arg.get_long()).collect();
            return Err(format!("there is no setting {name}; the settings are {}", names.join(", ")));
        };
        let flags = flags(name, value, arg).map_err(|wanted| format!("{name}: write {wanted}"))?;
        settings.push(Setting { id: arg.get_id().to_string(), flags });
    }
    Ok(settings)
}

/// The name of an argument that is a setting of the file.
fn setting(arg: &Arg) -> Option<&str> {
    arg.get_long().filter(|&long| long != CONFIG && arg.get_env().is_some())
}

/// A value of the file as flags, or what to write instead.
fn flags(name: &str, value: &Value, arg: &Arg) -> Result<Vec<OsString>, &'static str> {
    let flag = |value: String| OsString::from(format!("--{name}={value}"));
    let takes_values = arg.get_action().takes_values();
    match value {
        Value::Boolean(on) if !takes_values => {
            Ok(if *on { vec![OsString::from(format!("--{name}"))] } else { Vec::new() })
        }
        _ if !takes_values => Err("true or false"),
        Value::String(text) => Ok(vec![flag(text.clone())]),
        Value::Integer(number) => Ok(vec![flag(number.to_string())]),
        Value::Array(values) => {
            let text = |value: &Value| value.as_str().map(|text| flag(text.to_owned()));
            values.iter().map(text).collect::<Option<_>>().ok_or("a list of texts")
        }
        _ => Err("a text or a whole number"),
    }
}

/// What clap says, without its advice to ask for help.
fn first_lines(error: &clap::Error) -> String {
    let told = error.to_string();
    let told = told.split("\n\n").next().unwrap_or_default();
    told.strip_prefix("error: ").unwrap_or(told).to_owned()
}

/// The variables of the environment that look like settings and are none, such as `ISNAD_MAX_INFLIGHT`.
pub(super) fn strange_variables() -> Vec<String> {
    let command = Cli::command();
    let known: Vec<String> = command
        .get_subcommands()
        .flat_map(clap::Command::get_arguments)
        .filter_map(|arg| arg.get_env().map(|name| name.to_string_lossy().into_owned()))
        .collect();
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    names.filter(|name| name.starts_with("ISNAD_") && !known.contains(name)).collect()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    /// How `docs/configuration.md` begins.
    const HEAD: &str = "# Configuration

Every setting of `isnad serve` is a flag, a variable of the environment and a key of a TOML file, of one name: `--max-in-flight`,
`ISNAD_MAX_IN_FLIGHT`, `max-in-flight`. A flag comes before the variable, the variable before the file, the file before the default.
A value that a setting does not take, or a key that is none, is told with what would be right, and nothing starts.

```toml
# isnad.toml; isnad serve --config isnad.toml
address = \"0.0.0.0:50051\"
max-in-flight = 64
drain-delay = \"5s\"
token-file = \"/etc/isnad/tokens\"
cors-origin = [\"https://news.example\"]
```

This page is made from the flags themselves (`UPDATE=1 cargo test --bin isnad config`); [operations.md](operations.md) tells which to set
when.

| flag | environment | default | what it does |
|---|---|---|---|
";

    /// `docs/configuration.md`.
    fn page() -> String {
        let command = Cli::command();
        let serve = command.find_subcommand("serve").unwrap();
        let mut page = HEAD.to_owned();
        for arg in serve.get_arguments().filter(|arg| arg.get_env().is_some()) {
            let long = arg.get_long().unwrap();
            let env = arg.get_env().unwrap().to_string_lossy();
            let help =
                arg.get_long_help().or(arg.get_help()).unwrap().to_string().replace('\n', " ").replace('|', "\\|");
            let defaults: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
            let default = match (defaults.is_empty(), arg.get_action().takes_values()) {
                (false, true) => format!("`{}`", defaults.join(",")),
                (_, false) => "`false`".to_owned(),
                (true, true) => String::new(),
            };
            let values: Vec<_> =
                arg.get_possible_values().iter().map(|value| format!("`{}`", value.get_name())).collect();
            let values = if values.is_empty() || !arg.get_action().takes_values() {
                String::new()
            } else {
                format!(" One of {}.", values.join(", "))
            };
            writeln!(page, "| `--{long}` | `{env}` | {default} | {help}.{values} |").unwrap();
        }
        page
    }

    #[test]
    fn the_page_is_what_the_flags_say() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/configuration.md");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(path, page()).unwrap();
        }
        let told = std::fs::read_to_string(path).unwrap();
        assert_eq!(
            told,
            page(),
            "docs/configuration.md is not what the flags say: UPDATE=1 cargo test --bin isnad config"
        );
    }

    #[test]
    fn every_flag_of_the_server_is_a_setting() {
        let command = Cli::command();
        let serve = command.find_subcommand("serve").unwrap();
        for arg in serve.get_arguments().filter(|arg| !matches!(arg.get_id().as_str(), "help" | "version")) {
            let wanted = format!("ISNAD_{}", arg.get_long().unwrap().to_uppercase().replace('-', "_"));
            assert_eq!(arg.get_env().map(|env| env.to_string_lossy().into_owned()), Some(wanted));
        }
    }

    fn settle(text: &str, arguments: &[&str]) -> Result<ServeArgs, String> {
        let file = std::env::temp_dir().join(format!("isnad-{}-{}.toml", std::process::id(), fastrand::u64(..)));
        std::fs::write(&file, text).unwrap();
        let arguments: Vec<OsString> = ["isnad", "serve"].iter().chain(arguments).map(OsString::from).collect();
        let settled = settled(&arguments, &file).map_err(|error| error.to_string());
        std::fs::remove_file(file).unwrap();
        settled
    }

    #[test]
    fn a_flag_comes_before_the_file_and_the_file_before_the_default() {
        let text = "max-in-flight = 7\nmax-text-bytes = 1000\ncompress = true\ncors-origin = [\"http://a\", \"http://b\"]\ndrain-delay = \"3s\"\n";
        let args = settle(text, &["--max-text-bytes", "2000"]).unwrap();
        let told = format!("{args:?}");
        for wanted in ["max_in_flight: 7", "max_text_bytes: 2000", "compress: true", "drain_delay: 3s", "\"http://b\""]
        {
            assert!(told.contains(wanted), "{wanted} is not in {told}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_what_would_be_right() {
        for (text, wanted) in [
            ("max-inflight = 7\n", "there is no setting max-inflight; the settings are address, "),
            ("config = \"other.toml\"\n", "there is no setting config"),
            ("max-in-flight = 0\n", "invalid value '0' for '--max-in-flight <MAX_IN_FLIGHT>': 0 is not in 1..=1048576"),
            ("log-format = \"xml\"\n", "[possible values: text, json]"),
            ("compress = \"yes\"\n", "compress: write true or false"),
            ("drain-delay = 3.5\n", "drain-delay: write a text or a whole number"),
            ("drain-delay = \"soon\"\n", "write it as 500ms, 5s or 2m"),
            ("address = \n", "line 1, column 11"),
        ] {
            let told = settle(text, &[]).unwrap_err();
            assert!(told.contains(wanted) && told.contains(".toml: "), "{told}");
        }
    }
}
