//! Start-up, and where each panel stands.

use super::{
    autosave::autosave,
    kit::events::press,
    later::Later,
    panels::{
        costs::CostsChart,
        import::take_drops,
        inputs::InputsPanel,
        ranking::Ranking,
        share::OnPaper,
        verdict::{Answer, Why},
    },
    state::Calculator,
};
use crate::history::History;
use crate::web::page;
use leptos::prelude::*;
use plimsoll_formats::{
    query::Panel,
    scenario::{saved::SavedState, site::Link},
};
use plimsoll_model::{inputs::Inputs, units::HOURS_PER_MONTH};

/// Starts the page: takes up the saved state and mounts the app in place of the skeleton.
pub fn start() {
    page::tell_panics();
    let Some(place) = page::mount_point("app") else {
        return;
    };
    mount_to(place, App).forget();
    page::remove_skeleton();
}

/// The page as HTML, as it is before anybody has touched it, with the site's own defaults where it has some: what
/// [`start`](self::start) will show first. Its controls do nothing yet, and say so.
pub fn start_as_text(defaults: Option<String>) -> String {
    page::set_config(defaults);
    let owner = Owner::new();
    let html = owner.with(|| App().into_view().to_html());
    owner.unset();
    // What marks the places of texts for a program that would take them over: ours makes its own.
    let html = html
        .replace("<!>", "")
        .replace("> </", "></")
        .replace(" tabindex=\"0\"", "");
    // Each tag with what follows it up to the next: the controls among them do nothing.
    html.split_inclusive('>').map(switched_off).collect()
}

/// A text that ends with a tag, which is disabled where it is a control.
fn switched_off(part: &str) -> String {
    let is_control = ["<input ", "<button ", "<select "]
        .iter()
        .any(|tag| part.contains(tag));
    if is_control && !part.contains(" disabled") {
        part.replace(" type=", " disabled type=")
            .replace("<select ", "<select disabled ")
    } else {
        part.to_owned()
    }
}

#[component]
fn App() -> impl IntoView {
    let (calculator, loaded) = Calculator::begin();
    provide_context(calculator);
    autosave(calculator, loaded);
    calculator.follow_links();
    calculator.follow_changes();
    let shows = |panel| calculator.query.with_value(|query| query.shows(panel));
    let (inputs, verdict) = (shows(Panel::Inputs), shows(Panel::Verdict));
    // In a frame that is as high as its content nothing stays in sight.
    let embedded = calculator.query.with_value(|query| query.embed);
    if !embedded {
        take_drops();
    }
    let class = match (inputs, verdict) {
        (true, true) => "page",
        (true, false) => "page no-verdict",
        (false, _) => "page alone",
    };
    view! {
        <Head />
        <main class=class>
            <div class="news">
                <News />
            </div>
            {verdict.then(|| view! { <Answer /> })}
            {inputs.then(|| view! { <InputsPanel /> })}
            <div class="results">
                {shows(Panel::Ranking).then(|| view! { <Ranking /> })}
                {(!embedded).then(|| view! { <OnPaper /> })}
                {shows(Panel::Chart).then(|| view! { <CostsChart /> })}
                {verdict.then(|| view! { <Why /> })}
                <div class="results" id="later">
                    {embedded.then(|| view! { <Steps /> })} <Later />
                </div>
                <Limits />
            </div>
        </main>
    }
}

/// The name, and ways to what stands far below. An embedded page has a heading of its own around it.
#[component]
fn Head() -> impl IntoView {
    let calculator = Calculator::from_context();
    let own = calculator.site.with_value(|site| site.title.clone());
    if let Some(title) = &own {
        page::set_title(title);
    }
    let embedded = calculator.query.with_value(|query| query.embed);
    let question = if own.is_some() {
        "Plimsoll: serverless containers or Kubernetes?"
    } else {
        "Serverless containers or Kubernetes?"
    };
    let ways = [
        ("Assumptions", "assumptions"),
        ("Prices", "prices"),
        ("Share", "share"),
    ];
    let ways = ways.map(|(name, fold)| {
        let go = move || page::unfold_to(format!("{fold}-title"), fold);
        view! {
            <button type="button" class="way" on:click=press(go)>
                {name}
            </button>
        }
    });
    (!embedded || own.is_some()).then(|| {
        view! {
            <header class="head">
                <h1>
                    <Mark />
                    {own.unwrap_or_else(|| "Plimsoll".to_owned())}
                </h1>
                <p>{question}</p>
                {(!embedded)
                    .then(|| {
                        view! {
                            <nav aria-label="Page">
                                <Steps />
                                {ways.into_iter().collect_view()}
                            </nav>
                        }
                    })}
            </header>
        }
    })
}

/// The mark of a ship's load line.
#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 24 16" width="24" height="16" aria-hidden="true">
            <circle cx="12" cy="8" r="5.5" />
            <line x1="0" y1="8" x2="24" y2="8" />
        </svg>
    }
}

/// A step back, and forth again.
#[component]
fn Steps() -> impl IntoView {
    let calculator = Calculator::from_context();
    let none =
        move |steps: fn(&History<SavedState>) -> bool| move || !calculator.history.with(steps);
    view! {
        <span class="steps">
            <button
                type="button"
                class="way"
                aria-label="Undo"
                title="Undo"
                disabled=none(History::has_past)
                on:click=press(move || calculator.undo())
            >
                "\u{21b6}"
            </button>
            <button
                type="button"
                class="way"
                aria-label="Redo"
                title="Redo"
                disabled=none(History::has_future)
                on:click=press(move || calculator.redo())
            >
                "\u{21b7}"
            </button>
        </span>
    }
}

/// What has to be known before the numbers are read: whose scenario it is, what was not understood.
#[component]
fn News() -> impl IntoView {
    let calculator = Calculator::from_context();
    let safe = calculator.query.with_value(|query| query.safe);
    view! {
        {safe.then(|| view! { <Safe /> })}
        {move || calculator.shared.get().then(|| view! { <Shared /> })}
        {move || calculator.elsewhere.get().map(|theirs| view! { <Elsewhere theirs /> })}
        {move || {
            let warnings = calculator.warnings.get();
            (!warnings.is_empty()).then(|| {
                let items = warnings.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
                view! {
                    <div class="told" role="status" id="told">
                        <p>"Note:"</p>
                        <ul class="plain">{items}</ul>
                    </div>
                }
            })
        }}
    }
}

#[component]
fn Safe() -> impl IntoView {
    view! {
        <div class="told" role="status" id="safe">
            <p>
                "Started without your saved state, which is untouched; nothing is saved now. "
                <a href=page::bare_address()>"Start with it again"</a>
            </p>
        </div>
    }
}

#[component]
fn Shared() -> impl IntoView {
    let calculator = Calculator::from_context();
    view! {
        <div class="told brief" role="status">
            <p>"What somebody shared; yours is kept."</p>
            <p class="actions">
                <button type="button" on:click=press(move || calculator.end_shared(true))>
                    "Keep this"
                </button>
                <button type="button" on:click=press(move || calculator.end_shared(false))>
                    "Back to mine"
                </button>
            </p>
        </div>
    }
}

/// The numbers that another tab has saved.
#[component]
fn Elsewhere(theirs: Inputs) -> impl IntoView {
    let calculator = Calculator::from_context();
    let show = move || {
        calculator.elsewhere.set(None);
        calculator.change(Vec::new(), |inputs| *inputs = theirs.clone());
    };
    let keep = move || {
        calculator.elsewhere.set(None);
        calculator.touch();
    };
    view! {
        <div class="told" role="status" id="elsewhere">
            <p>
                "Another tab has saved other numbers. Yours stay until you take them over; what is saved last is what \
                comes back."
            </p>
            <p class="actions">
                <button type="button" on:click=press(show)>
                    "Show them here"
                </button>
                <button type="button" on:click=press(keep)>
                    "Keep mine"
                </button>
            </p>
        </div>
    }
}

#[component]
fn Limits() -> impl IntoView {
    let calculator = Calculator::from_context();
    let text = format!(
        "List prices, US dollars, {HOURS_PER_MONTH} hours a month, no taxes or support plans. Nothing you enter \
         leaves this browser. "
    );
    let links = calculator.site.with_value(|site| site.links.clone());
    let version = page::version().map(|version| format!("Version {version}."));
    let embedded = calculator.query.with_value(|query| query.embed);
    view! {
        <footer class="foot">
            <p>{text} {version}</p>
            {(!links.is_empty()).then(|| site_links(links, embedded))}
        </footer>
    }
}

fn site_links(links: Vec<Link>, embedded: bool) -> impl IntoView {
    let target = embedded.then_some("_blank");
    let links = links
        .into_iter()
        .map(|link| {
            view! {
                <li>
                    <a href=link.href rel="noopener" target=target>
                        {link.text}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <ul class="legend" aria-label="Links of this site">
            {links}
        </ul>
    }
}
