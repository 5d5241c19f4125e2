//! Developer commands: `cargo xtask dev`, `serve`, `test`, `bless`, `new`, `build`, `bench` and `shots`.

use std::process::ExitCode;
use xtask::{
    bench as measure, bless, dev, large_file, model_bench, new, page, say, server, shots,
    test::{self, Ci, Extent},
};

const HELP: &str = "\
cargo xtask dev [--port N]     serve the page on http://127.0.0.1:8080/ and show every edit at once
cargo xtask serve [--port N]   build the page as it is published and serve it there
cargo xtask test [--long]      every check and test, in real browsers too; long scans whole, not sampled
cargo xtask bless              write every golden file anew
cargo xtask new platform NAME --vendor VENDOR
                               the parts of a new platform, and what is left to do
cargo xtask build              the deployable dist/, with its sizes
cargo xtask bench              all of these:
cargo xtask bench model        how long a comparison takes, natively and as WebAssembly
cargo xtask bench page         how fast the page of dist/ answers in Chromium; --drag N drags N seconds instead of 60
cargo xtask bench import       how long the page takes for a file of a million rows
cargo xtask shots [STATE]      pictures of the page of dist/ into shots/, in every state, width and theme";

/// How long the sliders are dragged to find a task that takes too long.
const DRAG_SECONDS: u32 = 60;

/// Where the page is served.
const PORT: u16 = 8080;

fn port_of(text: &str) -> Result<u16, String> {
    text.parse()
        .map_err(|_| format!("--port {text}: allowed is a number from 0 to 65535"))
}

/// Everything that is measured, whatever of it fails.
fn bench(seconds: u32) -> Result<(), String> {
    let model = model_bench::bench();
    let page = measure::page(seconds);
    model.and(page).and(large_file::bench())
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args[..] {
        ["dev"] => dev::serve(PORT),
        ["dev", "--port", port] => port_of(port).and_then(dev::serve),
        ["serve"] => server::serve_page(PORT),
        ["serve", "--port", port] => port_of(port).and_then(server::serve_page),
        ["test"] => test::run_all(Ci::from_env(), Extent::Sampled),
        ["test", "--long"] => test::run_all(Ci::from_env(), Extent::Long),
        ["bless"] => bless::all(),
        ["new", "platform", name, "--vendor", vendor] => new::platform(name, vendor),
        ["bench"] => bench(DRAG_SECONDS),
        ["bench", "model"] => model_bench::bench(),
        ["bench", "page"] => measure::page(DRAG_SECONDS),
        ["bench", "import"] => large_file::bench(),
        ["bench", "page", "--drag", seconds] => match seconds.parse() {
            Ok(seconds @ 1..=3_600) => measure::page(seconds),
            _ => Err(format!("--drag {seconds}: allowed are 1 to 3600 seconds")),
        },
        ["shots"] => shots::take(""),
        ["shots", state] => shots::take(state),
        ["build"] => page::build().and_then(|built| built.check_sizes()),
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => Err(format!(
            "there is no command \"{}\"\n\n{HELP}",
            args.join(" ")
        )),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            say::failure(&message);
            ExitCode::FAILURE
        }
    }
}
