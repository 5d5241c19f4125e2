//! Pictures of the built page in its main states, to be looked at: `shots/` holds one for each state, width and theme.

use crate::{
    chromium::Chromium,
    folders::root,
    page,
    server::{self, Server},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;
use std::{fs, thread, time::Duration};

/// A state of the page that is worth a look.
pub struct State {
    /// How its pictures are called.
    pub name: &'static str,
    /// What the address asks for, without the theme.
    query: &'static str,
    /// The scenario.
    fragment: &'static str,
    /// What is done before the picture is taken.
    pub script: &'static str,
    /// Widths in CSS pixels.
    pub widths: &'static [u32],
}

/// A computer, a tablet, a telephone; and the narrowest that a page must fit on.
const WIDTHS: [u32; 4] = [1440, 1280, 768, 390];
const ALL_WIDTHS: [u32; 5] = [1440, 1280, 768, 390, 320];
/// Both looks, as the address has them.
pub const THEMES: [&str; 2] = ["light", "dark"];

const UNFOLD: &str = "document.querySelectorAll('details').forEach((fold) => { fold.open = true })";
/// A text where a number belongs.
const MISTYPE: &str = "
    const field = document.getElementById('team-engineers');
    field.value = 'many';
    field.dispatchEvent(new Event('input', { bubbles: true }));
";

/// The samples are opened, and drawn.
const SAMPLE: &str = "new Promise((go) => {
    const look = () => {
        const fold = document.getElementById('ranges');
        if (fold) fold.open = true;
        const there = document.querySelector('#ranges-table tbody tr');
        if (there) go(); else setTimeout(look, 50);
    };
    look();
})";

/// Manifests are pasted, and what they would change is there.
pub const FILES: &str = "new Promise((go) => {
    const manifest = (name) => `kind: Deployment\\nmetadata: { name: ${name} }\\nspec: { template: { spec: { containers: \
        [{ name: main, resources: { requests: { cpu: 250m, memory: 256Mi } } }] } } }`;
    const look = () => {
        const fold = document.getElementById('import');
        if (fold) fold.open = true;
        const field = document.getElementById('import-text');
        if (field && field.value === '') {
            field.value = ['mails', 'reports', 'thumbnails'].map(manifest).join('\\n---\\n');
            field.dispatchEvent(new Event('input', { bubbles: true }));
        }
        const there = document.querySelector('#preview select');
        if (!there) return setTimeout(look, 50);
        fold.scrollIntoView();
        go();
    };
    look();
})";

/// What a state has unless it says otherwise.
const FIRST: State = State {
    name: "first",
    query: "",
    fragment: "",
    script: "",
    widths: &ALL_WIDTHS,
};

/// Every state. A new one is a new entry.
pub const STATES: [State; 15] = [
    FIRST,
    State {
        name: "aws",
        fragment: "#v=1&clouds=aws&requests=2e7&engineers=6&services=3",
        widths: &WIDTHS,
        ..FIRST
    },
    State {
        name: "stay",
        fragment: "#v=1&clouds=aws&requests=2e7&engineers=6&services=3&already_on=fargate",
        widths: &WIDTHS,
        ..FIRST
    },
    State {
        name: "load-line",
        fragment: "#v=1&clouds=google-cloud&requests=2e9&cpu=1000&latency=1500&engineers=15&fluent=3",
        widths: &WIDTHS,
        ..FIRST
    },
    State {
        name: "none-fits",
        fragment: "#v=1&clouds=google-cloud&privileged=1&engineers=2",
        widths: &WIDTHS,
        ..FIRST
    },
    State {
        name: "files",
        script: FILES,
        ..FIRST
    },
    State {
        name: "beside",
        fragment: "#v=1&engineers=9&beside=Four%20services:v%3D1%26services%3D4&beside=AWS:v%3D1%26clouds%3Daws",
        widths: &WIDTHS,
        ..FIRST
    },
    State {
        name: "kubernetes",
        fragment: "#v=1&requests=2e9&services=25&engineers=12&fluent=3&mesh=1&chatty=1&cold_starts=0",
        widths: &WIDTHS,
        ..FIRST
    },
    State {
        name: "gpu-pool",
        fragment: "#v=1&gpu=serving&gpu_nodes=4",
        widths: &WIDTHS,
        ..FIRST
    },
    State {
        name: "cannot-run",
        fragment: "#v=1&windows=1&privileged=1&udp=1&mesh=1&isolation=own",
        widths: &WIDTHS,
        ..FIRST
    },
    State {
        name: "embedded",
        query: "embed=1",
        widths: &WIDTHS,
        ..FIRST
    },
    State {
        name: "bad-link",
        fragment: "#v=1&requests=lots&services=900&colour=blue",
        script: MISTYPE,
        widths: &WIDTHS,
        ..FIRST
    },
    State {
        name: "unfolded",
        script: UNFOLD,
        widths: &ALL_WIDTHS,
        ..FIRST
    },
    State {
        name: "ranges",
        fragment: "#v=1&ranges=requests:1e6..5e7,latency:50..90,rate:80..140",
        script: SAMPLE,
        widths: &ALL_WIDTHS,
        ..FIRST
    },
    State {
        name: "verdict-alone",
        query: "embed=1&panel=verdict,chart",
        widths: &WIDTHS,
        ..FIRST
    },
];

impl State {
    /// What follows the address of the page: the state in a theme.
    pub fn rest(&self, theme: &str) -> String {
        let and = if self.query.is_empty() { "" } else { "&" };
        format!("?nosw&theme={theme}{and}{}{}", self.query, self.fragment)
    }
}

/// The page has its answer, or has told why it has none.
const THERE: &str = "document.readyState === 'complete' && !document.getElementById('skeleton')";

/// Takes the pictures of the states whose names have that text in them.
pub fn take(only: &str) -> Result<(), String> {
    let states: Vec<&State> = STATES
        .iter()
        .filter(|state| state.name.contains(only))
        .collect();
    if states.is_empty() {
        let names = STATES.map(|state| state.name).join(", ");
        return Err(format!("no state is called \"{only}\"; there are {names}"));
    }
    let folder = root().join("shots");
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    fs::create_dir_all(&folder).map_err(failed)?;
    let server =
        Server::start(0, server::files(page::ready_made()?)).map_err(|error| error.to_string())?;
    let mut browser = Chromium::start()?;
    for state in states {
        for (width, theme) in state
            .widths
            .iter()
            .flat_map(|width| THEMES.map(|theme| (*width, theme)))
        {
            let picture = picture(&mut browser, &server.url(), state, width, theme)?;
            let name = format!("{}-{width}-{theme}.png", state.name);
            fs::write(folder.join(&name), picture).map_err(failed)?;
            println!("shots/{name}");
        }
    }
    Ok(())
}

fn picture(
    browser: &mut Chromium,
    url: &str,
    state: &State,
    width: u32,
    theme: &str,
) -> Result<Vec<u8>, String> {
    // A page that differs in its fragment alone would not be loaded again.
    browser.open("about:blank", "true")?;
    browser.call(
        "Storage.clearDataForOrigin",
        &json!({ "origin": url, "storageTypes": "all" }),
    )?;
    browser.resize(width, 900)?;
    browser.open(&[url, &state.rest(theme)].concat(), THERE)?;
    browser.script(state.script)?;
    // The chart follows its size in a frame of its own.
    browser
        .script("new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")?;
    thread::sleep(Duration::from_millis(150));
    let size = browser.call("Page.getLayoutMetrics", &json!({}))?;
    let height = size["cssContentSize"]["height"]
        .as_f64()
        .unwrap_or(900.0)
        .clamp(1.0, 16_000.0);
    let whole = json!({
        "captureBeyondViewport": true,
        "clip": { "x": 0, "y": 0, "width": width, "height": height, "scale": 1 },
    });
    let shot = browser.call("Page.captureScreenshot", &whole)?;
    let text = shot["data"].as_str().ok_or("Chromium gave no picture")?;
    STANDARD
        .decode(text)
        .map_err(|error| format!("the picture can't be read: {error}"))
}
