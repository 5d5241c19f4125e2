//! Running other programs: found, run, and reported in a sentence when they fail.

use std::{
    env,
    ffi::OsString,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The feature of the tests in real browsers.
pub const BROWSER_TESTS: &str = "plimsoll-tests/browser";

/// The path of a program, as the shell would find it, the project's own tools first.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = path_with_tools();
    env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// PATH with the project's tools in front.
pub fn path_with_tools() -> OsString {
    let mut folders = vec![
        crate::folders::tools_folder().join("bin"),
        crate::folders::tools_folder().join("npm/node_modules/.bin"),
    ];
    if let Some(path) = env::var_os("PATH") {
        folders.extend(env::split_paths(&path));
    }
    env::join_paths(folders).unwrap_or_default()
}

/// A command in the project's folder, with its tools on PATH.
pub fn command(program: impl AsRef<Path>) -> Command {
    let mut command = Command::new(program.as_ref());
    command
        .current_dir(crate::folders::root())
        .env("PATH", path_with_tools())
        // Trunk reads NO_COLOR as true or false and stops at the customary 1.
        .env_remove("NO_COLOR");
    command
}

/// cargo, as it was called: not with the settings that it gave to this program.
pub fn cargo() -> Command {
    let mut cargo =
        command(env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from));
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST") {
            cargo.env_remove(&name);
        }
    }
    cargo
}

/// Runs a command to its end, its output shown. Fails with a sentence.
pub fn run(command: &mut Command) -> Result<(), String> {
    let name = shown(command);
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!(
            "`{name}` failed ({status}); its output above says why"
        )),
        Err(error) => Err(format!("`{name}` could not be started: {error}")),
    }
}

/// Runs a command and gives what it printed, or the last lines of what it complained about.
pub fn output(command: &mut Command) -> Result<String, String> {
    let name = shown(command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("`{name}` could not be started: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    let last: Vec<&str> = complaint
        .lines()
        .filter(|line| !line.trim().is_empty())
        .rev()
        .take(4)
        .collect();
    let last: Vec<&str> = last.into_iter().rev().collect();
    Err(format!("`{name}` failed: {}", last.join("\n  ")))
}

/// Runs a command that reads a text and gives what it made of it.
pub fn piped(command: &mut Command, text: &str) -> Result<String, String> {
    let name = shown(command);
    let failed = |why: &dyn std::fmt::Display| format!("`{name}` failed: {why}");
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| failed(&error))?;
    let mut input = child.stdin.take().ok_or_else(|| failed(&"no input"))?;
    let text = text.to_owned();
    // Both ways at once, so that neither waits for the other.
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().map_err(|error| failed(&error))?;
    let written = writer.join().is_ok_and(|result| result.is_ok());
    if !written || !output.status.success() {
        return Err(failed(&output.status));
    }
    String::from_utf8(output.stdout).map_err(|error| failed(&error))
}

/// A command as people would type it, without the path of its program.
pub fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let args = command
        .get_args()
        .map(|arg| arg.to_string_lossy().into_owned());
    std::iter::once(program)
        .chain(args)
        .collect::<Vec<_>>()
        .join(" ")
}
