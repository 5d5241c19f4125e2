//! The final bytes: what Trunk and wasm-opt made becomes the deployable folder, and the one file.
//!
//! Files are named by their content, so that a name never means other bytes; the service worker learns every name with its
//! sum; each file gets its compressed siblings. Nothing here needs a network or a browser.

use crate::{
    folders::{files, text_of},
    run::{command, find, piped},
};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use sha2::{Digest, Sha256};
use std::{fs, io::Write, path::Path};

/// What the hosted page may do: run its own files and WebAssembly, and nothing else. `deploy/nginx.conf` sends the same.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self' blob:; base-uri 'none'; \
     form-action 'none'";

/// Everything in one file, for file://, attachments and opaque frames.
pub const ONE_FILE: &str = "plimsoll.html";

/// The page as it stands there before its program: HTML that is put into the page.
pub const START: &str = "start.html";

/// The files whose name is an address and stays; all others are named by their content.
const MANIFEST: &str = "manifest.webmanifest";
const WORKER: &str = "sw.js";
const CONFIG: &str = "plimsoll.config.json";
const PAGE: &str = "index.html";
const ICONS: [&str; 2] = ["icon.svg", "icon-192.png"];

/// A file of the page, as it is served.
struct Piece {
    name: String,
    bytes: Vec<u8>,
}

/// Makes the deployable folder `to` from what Trunk and wasm-opt left in `from`, with the page's [`START`].
pub fn pack(from: &Path, to: &Path) -> Result<(), String> {
    let raw = Raw::read(from)?;
    let mut pieces: Vec<Piece> = Vec::new();
    let mut add = |name: &str, bytes: &[u8]| -> String {
        let name = named_by_content(name, bytes);
        pieces.push(Piece {
            name: name.clone(),
            bytes: bytes.to_vec(),
        });
        name
    };
    let style = add("plimsoll.css", raw.style.as_bytes());
    let boot = add("boot.js", raw.boot.as_bytes());
    let glue = add("plimsoll.js", raw.program.glue.as_bytes());
    let wasm = add("plimsoll.wasm", &raw.program.wasm);
    let icons = ICONS.map(|icon| fs::read(from.join(icon)).map(|bytes| (icon, add(icon, &bytes))));
    let icons: Vec<(&str, String)> = icons
        .into_iter()
        .collect::<Result<_, _>>()
        .map_err(|error| format!("an icon: {error}"))?;
    let mut manifest = text_of(&from.join(MANIFEST))?;
    for (icon, name) in &icons {
        manifest = manifest.replace(&format!("./{icon}"), &format!("./{name}"));
    }
    pieces.push(Piece {
        name: MANIFEST.into(),
        bytes: manifest.into_bytes(),
    });

    let page = raw.hosted(&style, &boot, [&glue, &wasm], &icons)?;
    let package = text_of(&crate::folders::root().join("Cargo.toml"))?;
    let number = package
        .split_once("[package]")
        .and_then(|(_, rest)| rest.split_once("version = \""))
        .and_then(|(_, rest)| rest.split('"').next())
        .ok_or("Cargo.toml has no version")?;
    let version = version(number, &pieces, &page);
    let page = stamped(&page, &version)?;
    let worker = worker(&text_of(&from.join(WORKER))?, &version, &pieces, &page)?;
    let one_file = stamped(&raw.one_file()?, &version)?;

    let _ = fs::remove_dir_all(to);
    fs::create_dir_all(to).map_err(|error| format!("{}: {error}", to.display()))?;
    for (name, text) in [
        (PAGE, page),
        (WORKER, worker),
        (CONFIG, raw.config),
        (ONE_FILE, one_file),
    ] {
        pieces.push(Piece {
            name: name.into(),
            bytes: text.into_bytes(),
        });
    }
    for piece in &pieces {
        write(to, &piece.name, &piece.bytes)?;
        // What is edited where it is served has no sibling that could go stale.
        let edited = [WORKER, CONFIG, ONE_FILE].contains(&piece.name.as_str());
        if !edited && ending(&piece.name) != "png" {
            write(to, &format!("{}.gz", piece.name), &gzip(&piece.bytes))?;
            write(to, &format!("{}.br", piece.name), &brotli(&piece.bytes))?;
        }
    }
    Ok(())
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), String> {
    fs::write(folder.join(name), bytes).map_err(|error| format!("{name}: {error}"))
}

/// The parts of the page as they came, without what only its author reads.
struct Raw {
    page: String,
    style: String,
    boot: String,
    program: Program,
    icon: Vec<u8>,
    config: String,
}

/// A program, and the script that connects it with the browser.
struct Program {
    glue: String,
    wasm: Vec<u8>,
}

impl Program {
    fn read(from: &Path, name: &str) -> Result<Self, String> {
        let wasm = from.join(format!("{name}_bg.wasm"));
        let text = text_of(&from.join(format!("{name}.js")))? + &text_of(&from.join("worker.js"))?;
        Ok(Self {
            // Without esbuild there is a space, which the one file must not stumble over.
            glue: minified(&text, "js")?.replace("src, location", "src,location"),
            wasm: fs::read(&wasm).map_err(|error| format!("{}: {error}", wasm.display()))?,
        })
    }
}

impl Raw {
    fn read(from: &Path) -> Result<Self, String> {
        let page = text_of(&from.join(PAGE))?;
        // With scripts of our own, Trunk leaves its link to the program where it stood.
        let page = without(&without(&page, "<!--", "-->"), "<link data-trunk", ">");
        let start = text_of(&from.join(START))?;
        let start = format!("<div id=\"start\">{}</div>", start.trim());
        let page = replaced(&lines(&page), "<div id=\"start\">", "</div>", &start)?;
        let mut style = String::new();
        for sheet in tags(&page, "<link rel=\"stylesheet\"", ">") {
            let name = attribute(sheet, "href").ok_or_else(|| format!("{sheet} has no href"))?;
            let text = text_of(&from.join(name.trim_start_matches("./")))?;
            style += &without(&text, "/*", "*/");
        }
        let script = |name: &str| text_of(&from.join(name));
        let raw = Self {
            style: minified(&style, "css")?,
            boot: minified(&script("boot.js")?, "js")?,
            program: Program::read(from, "plimsoll-page")?,
            icon: fs::read(from.join(ICONS[0])).map_err(|error| format!("an icon: {error}"))?,
            config: text_of(&from.join(CONFIG))?,
            page,
        };
        if raw.style.is_empty() {
            return Err("the page has no style sheet".into());
        }
        Ok(raw)
    }

    /// The page with the names of its files, and its policy.
    fn hosted(
        &self,
        style: &str,
        boot: &str,
        [glue, wasm]: [&str; 2],
        icons: &[(&str, String)],
    ) -> Result<String, String> {
        let link = format!("<link rel=\"stylesheet\" href=\"./{style}\">");
        let mut page = replaced(&self.page, "<link rel=\"stylesheet\"", ">", &link)?;
        page = replaced(
            &page,
            "<script src=\"./boot.js\"",
            "</script>",
            &format!(
                "<script src=\"./{boot}\" data-wasm=\"./{wasm}\" data-size=\"{}\" \
                 data-config=\"./{CONFIG}\" data-defaults=\"{}\" data-worker=\"./{WORKER}\"></script>",
                self.program.wasm.len(),
                escaped(self.config.trim())
            ),
        )?;
        page = replaced(
            &page,
            "<script src=\"./plimsoll-page.js\"",
            "</script>",
            &format!("<script src=\"./{glue}\" id=\"glue\" defer></script>"),
        )?;
        for (icon, name) in icons {
            page = page.replace(&format!("./{icon}"), &format!("./{name}"));
        }
        with_policy(&page, POLICY)
    }

    /// The page with everything inside.
    fn one_file(&self) -> Result<String, String> {
        let icon = format!("data:image/svg+xml;base64,{}", BASE64.encode(&self.icon));
        let style = format!("<style>{}</style>", self.style);
        let mut page = replaced(&self.page, "<link rel=\"stylesheet\"", ">", &style)?;
        page = replaced(
            &page,
            "<link rel=\"icon\"",
            ">",
            &format!("<link rel=\"icon\" href=\"{icon}\">"),
        )?;
        page = replaced(&page, "<link rel=\"apple-touch-icon\"", ">", "")?;
        page = replaced(&page, "<link rel=\"manifest\"", ">", "")?;
        // Where the whole document is a text in a frame, it has no address that a script's could be relative to.
        let inside = self.program.glue.replace(ADDRESS_OF_GLUE, "\"\"");
        if inside == self.program.glue {
            return Err(format!("the glue has no {ADDRESS_OF_GLUE} any more"));
        }
        let glue = format!("<script id=\"glue\">{inside}</script>");
        page = replaced(
            &page,
            "<script src=\"./plimsoll-page.js\"",
            "</script>",
            &glue,
        )?;
        let boot = format!("<script>{}</script>", self.boot);
        page = replaced(&page, "<script src=\"./boot.js\"", "</script>", &boot)?;
        // gzip before the letters: the other way round is larger.
        let packed = tight(&self.program.wasm);
        let wasm = format!(
            "<script type=\"application/gzip\" id=\"plimsoll-wasm\" data-size=\"{}\">{}</script></body>",
            packed.len(),
            base85(&packed)
        );
        page = replaced(&page, "</body", ">", &wasm)?;
        for (what, text) in [("boot.js", &self.boot), ("the glue", &inside)] {
            if text.contains("</script") || text.contains("<!--") {
                return Err(format!(
                    "{what} has a text that ends a script element early"
                ));
            }
        }
        let sum = |text: &str| format!("'sha256-{}'", BASE64.encode(Sha256::digest(text)));
        let policy = format!(
            "default-src 'none'; script-src {} {} 'wasm-unsafe-eval'; style-src {}; img-src data:; worker-src blob:; \
             base-uri 'none'; form-action 'none'",
            sum(&self.boot),
            sum(&inside),
            sum(&self.style)
        );
        with_policy(&page, &policy)
    }
}

/// A text as the value of an attribute in quotes.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;")
}

/// How the glue finds out where it came from; in the one file nothing is loaded from there.
const ADDRESS_OF_GLUE: &str = "new URL(document.currentScript.src,location.href).toString()";

/// Puts the policy before everything that it has to rule.
fn with_policy(page: &str, policy: &str) -> Result<String, String> {
    let charset = tags(page, "<meta charset", ">")
        .into_iter()
        .next()
        .ok_or("the page does not say its charset")?;
    let meta = format!(
        "{charset}\n    <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">"
    );
    Ok(page.replacen(charset, &meta, 1))
}

/// What tells this version from every other: its number, and a sum of all that it is made of.
fn version(number: &str, pieces: &[Piece], page: &str) -> String {
    let mut all = Sha256::new();
    for piece in pieces {
        all.update(&piece.name);
        all.update(Sha256::digest(&piece.bytes));
    }
    all.update(page);
    let sum = hex(&all.finalize());
    format!("{number}+{}", &sum[..12])
}

fn stamped(page: &str, version: &str) -> Result<String, String> {
    replaced(
        page,
        "<meta name=\"plimsoll-version\"",
        ">",
        &format!("<meta name=\"plimsoll-version\" content=\"{version}\">"),
    )
}

/// The service worker with its version and the sum of every file that it keeps.
fn worker(text: &str, version: &str, pieces: &[Piece], page: &str) -> Result<String, String> {
    let mut list = vec![entry("./", page.as_bytes())];
    list.extend(pieces.iter().map(|piece| entry(&piece.name, &piece.bytes)));
    let mut worker = text.to_owned();
    for (before, after) in [
        (
            "const VERSION = \"\";",
            format!("const VERSION = \"{version}\";"),
        ),
        (
            "const FILES = [];",
            format!("const FILES = [\n{}\n];", list.join(",\n")),
        ),
    ] {
        if !worker.contains(before) {
            return Err(format!("{WORKER} has no line `{before}`"));
        }
        worker = worker.replace(before, &after);
    }
    minified(&worker, "js")
}

fn entry(name: &str, bytes: &[u8]) -> String {
    format!("[\"{name}\", \"{}\"]", sha256(bytes))
}

/// `plimsoll.css` becomes `plimsoll-3f0c…​.css`.
fn named_by_content(name: &str, bytes: &[u8]) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("{stem}-{}.{ending}", &sha256(bytes)[..12])
}

/// What stands behind the last dot of a name.
fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// The sha256 of bytes, in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        text += &format!("{byte:02x}");
    }
    text
}

/// The parts of a text from each `start` to the next `end`, both included.
fn tags<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    text.match_indices(start)
        .filter_map(|(at, _)| {
            let length = text[at..].find(end)? + end.len();
            Some(&text[at..at + length])
        })
        .collect()
}

/// The text with `new` in place of the first part from `start` to `end`, and without the others like it.
fn replaced(text: &str, start: &str, end: &str, new: &str) -> Result<String, String> {
    let found = tags(text, start, end);
    if found.is_empty() {
        return Err(format!("the page has no {start}…{end}"));
    }
    let mut text = text.to_owned();
    for (n, tag) in found.into_iter().enumerate() {
        text = text.replacen(tag, if n == 0 { new } else { "" }, 1);
    }
    Ok(text)
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split_once(&format!(" {name}=\""))?.1.split('"').next()
}

/// A script or a style sheet without what only its author reads; `kind` is js or css. Without esbuild it stays as it is.
fn minified(text: &str, kind: &str) -> Result<String, String> {
    let Some(esbuild) = find("esbuild") else {
        return Ok(text.to_owned());
    };
    let loader = format!("--loader={kind}");
    let args = ["--minify", "--charset=utf8", "--target=es2022", &loader];
    Ok(piped(command(esbuild).args(args), text)?.trim().to_owned())
}

/// Lines without their indentation, and without empty ones.
fn lines(text: &str) -> String {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The text without its parts from `start` to `end`.
fn without(text: &str, start: &str, end: &str) -> String {
    let mut out = text.to_owned();
    for part in tags(text, start, end) {
        out = out.replacen(part, "", 1);
    }
    out
}

/// As digits to the base of 85, five for four bytes: a sixteenth less than base64. They are the letters from `(` on, but `}`
/// stands for the one that would open a tag. The last bytes are filled up with zeros.
fn base85(bytes: &[u8]) -> String {
    let mut letters = String::new();
    for four in bytes.chunks(4) {
        let mut filled = [0; 4];
        filled[..four.len()].copy_from_slice(four);
        let mut rest = u32::from_be_bytes(filled);
        let mut digits = [0_u8; 5];
        for digit in digits.iter_mut().rev() {
            *digit = (rest % 85) as u8;
            rest /= 85;
        }
        letters.extend(digits.map(|digit| match b'(' + digit {
            b'<' => '}',
            letter => char::from(letter),
        }));
    }
    letters
}

/// As gzip in fewer bytes still, which takes a while.
fn tight(bytes: &[u8]) -> Vec<u8> {
    let options = zopfli::Options {
        iteration_count: std::num::NonZeroU64::MIN.saturating_add(4),
        ..zopfli::Options::default()
    };
    let mut packed = Vec::new();
    match zopfli::compress(options, zopfli::Format::Gzip, bytes, &mut packed) {
        Ok(()) => packed,
        Err(_) => gzip(bytes),
    }
}

/// As gzip at its best.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let written = writer.write_all(bytes).and_then(|()| writer.finish());
    // Writing to memory does not fail.
    written.unwrap_or_default()
}

/// As brotli at its best.
pub fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..brotli::enc::BrotliEncoderParams::default()
    };
    let _ = brotli::BrotliCompress(&mut &bytes[..], &mut out, &params);
    out
}

/// The largest that everything which the page loads may be, brotli, bytes. 50,000 of them are for workloads that differ: their
/// bills, their split with what would turn it, what they exchange, and the table that they are typed into. 130,000 are for files of
/// what a team has: ten formats, YAML, dates, the preview in which assumptions are turned, and first manifests. 67,000 are for what
/// vendors bill: four kinds of exports, the table of their meters, both bills side by side, and decisions that are watched.
const PAGE_LIMIT: usize = 807_000;
/// What we aim at.
const PAGE_AIM: usize = 480_000;
/// The largest that the one file may be, bytes: what a page of [`PAGE_LIMIT`] comes to as gzip in letters: at most five bytes for three.
const ONE_FILE_LIMIT: usize = PAGE_LIMIT / 3 * 5;

/// Prints the size of every file, raw, gzip and brotli. Fails where the page is larger than it may be.
pub fn check_sizes(dist: &Path) -> Result<(), String> {
    println!(
        "\n{:<28} {:>10} {:>10} {:>10}",
        "dist/", "raw", "gzip", "brotli"
    );
    let mut sums = [0; 3];
    let mut one_file = 0;
    for file in files(dist) {
        let name = file
            .strip_prefix(dist)
            .unwrap_or(&file)
            .display()
            .to_string();
        if ["gz", "br"].contains(&ending(&name)) {
            continue;
        }
        let bytes = fs::read(&file).map_err(|error| format!("{name}: {error}"))?;
        if name == ONE_FILE {
            one_file = bytes.len();
            continue;
        }
        // Those that were made for it to be served; what has none is made now.
        let packed = |ending: &str, pack: fn(&[u8]) -> Vec<u8>| {
            let sibling = fs::metadata(dist.join(format!("{name}.{ending}")));
            sibling.map_or_else(|_| pack(&bytes).len(), |file| file.len() as usize)
        };
        let sizes = [bytes.len(), packed("gz", gzip), packed("br", brotli)];
        for (sum, size) in sums.iter_mut().zip(sizes) {
            *sum += size;
        }
        row(&name, sizes);
    }
    row("all that the page loads", sums);
    println!("{ONE_FILE:<28} {one_file:>10}");
    println!(
        "the page with brotli: aim {PAGE_AIM}, at most {PAGE_LIMIT}; {ONE_FILE}: at most {ONE_FILE_LIMIT}"
    );
    within_limits(sums[2], one_file)
}

/// Fails where the page, with brotli, or the one file is larger than it may be.
fn within_limits(page: usize, one_file: usize) -> Result<(), String> {
    if page > PAGE_LIMIT {
        return Err(format!(
            "the page loads {page} bytes with brotli, at most {PAGE_LIMIT} are allowed"
        ));
    }
    if one_file > ONE_FILE_LIMIT {
        return Err(format!(
            "{ONE_FILE} has {one_file} bytes, at most {ONE_FILE_LIMIT} are allowed"
        ));
    }
    Ok(())
}

fn row(name: &str, [raw, gzip, brotli]: [usize; 3]) {
    println!("{name:<28} {raw:>10} {gzip:>10} {brotli:>10}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_follows_its_bytes() {
        let (one, other) = (
            named_by_content("a.css", b"x"),
            named_by_content("a.css", b"y"),
        );
        assert_ne!(one, other);
        assert_eq!((&one[..2], ending(&one)), ("a-", "css"));
        assert_eq!(one, named_by_content("a.css", b"x"));
    }

    /// What the page reads the letters with.
    fn bytes_of(letters: &str, size: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        for five in letters.as_bytes().chunks(5) {
            let digit = |letter: u8| u32::from(if letter == b'}' { b'<' } else { letter } - b'(');
            let four = five.iter().fold(0_u32, |four, letter| {
                four.wrapping_mul(85).wrapping_add(digit(*letter))
            });
            bytes.extend(four.to_be_bytes());
        }
        bytes.truncate(size);
        bytes
    }

    #[test]
    fn letters_are_the_bytes_and_open_no_tag() {
        let bytes: Vec<u8> = (0..1_001_u32)
            .flat_map(|n| (n * 48_271).to_le_bytes())
            .collect();
        for bytes in [&bytes[..], &bytes[..1_001], &[0xff; 6], &[]] {
            let letters = base85(bytes);
            assert!(!letters.contains(['<', '"', '\'']), "{letters}");
            assert_eq!(bytes_of(&letters, bytes.len()), bytes);
            assert_eq!(letters.len(), bytes.len().div_ceil(4) * 5);
        }
    }

    #[test]
    fn comments_and_indentation_go() {
        assert_eq!(lines("  a();\n\n  b();\n"), "a();\nb();");
        assert_eq!(without("a /* b */ c", "/*", "*/"), "a  c");
    }

    #[test]
    fn the_first_of_several_is_replaced_and_the_others_go() {
        let page = "<l 1><p><l 2>";
        assert_eq!(replaced(page, "<l", ">", "<k>").as_deref(), Ok("<k><p>"));
        assert!(replaced(page, "<m", ">", "").is_err());
    }

    #[test]
    fn more_than_a_limit_fails() {
        assert!(within_limits(PAGE_LIMIT, ONE_FILE_LIMIT).is_ok());
        assert!(within_limits(PAGE_LIMIT + 1, ONE_FILE_LIMIT).is_err());
        assert!(within_limits(PAGE_LIMIT, ONE_FILE_LIMIT + 1).is_err());
    }

    #[test]
    fn the_server_examples_send_the_same_policy() {
        let nginx = text_of(&crate::folders::root().join("deploy/nginx.conf"));
        assert!(nginx.is_ok_and(|text| text.contains(POLICY)));
    }
}
