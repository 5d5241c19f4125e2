//! The small vocabulary of the browser tests: things are found by what a user sees, labels, headings and rows.

use crate::engine::{Browser, Engine};
use plimsoll_model::{
    compare::compare, inputs::Inputs, people, platform::Platform, prices::PriceBook,
};
use plimsoll_wording::{explain, format};
use std::time::{Duration, Instant};
use thirtyfour::{By, Key, WebElement, error::WebDriverResult};

impl Browser {
    /// Opens the page and waits for its answer.
    pub(crate) async fn open(&self) {
        self.open_at("").await;
    }

    /// Opens the page with a query or a fragment and waits for its answer and all of its panels.
    pub(crate) async fn open_at(&self, rest: &str) {
        self.open_first_screen(rest).await;
        self.all_panels().await;
    }

    /// Opens the page with a query or a fragment and waits for its answer alone: panels further down come after it.
    pub(crate) async fn open_first_screen(&self, rest: &str) {
        let url = self.site.url() + rest;
        self.driver.goto(url).await.unwrap();
        self.ready().await;
    }

    /// Loads the page anew and waits for its answer and all of its panels.
    pub(crate) async fn reload(&self) {
        self.load_again().await;
        self.ready().await;
        self.all_panels().await;
    }

    /// Loads the page anew, as the button of the browser does: the one of Firefox's driver goes past the service worker.
    pub(crate) async fn load_again(&self) {
        self.script("window.before = true; setTimeout(() => location.reload())")
            .await;
        let anew = "return window.before === undefined && document.readyState === 'complete'";
        self.until("the page to load again", async || self.is_so(anew).await)
            .await;
    }

    /// Clicks the button of that name.
    pub(crate) async fn press(&self, name: &str) {
        let xpath = format!("//button[normalize-space()='{name}' or @aria-label='{name}']");
        self.click_found(By::XPath(xpath)).await;
    }

    /// Waits until something is there, and gives it.
    pub(crate) async fn found(&self, by: By) -> WebElement {
        let began = Instant::now();
        loop {
            if let Ok(found) = self.driver.find(by.clone()).await {
                return found;
            }
            self.patience(began, &format!("{by:?}")).await;
        }
    }

    /// Clicks what is found. What is made anew between finding and clicking is found and clicked again.
    pub(crate) async fn click_found(&self, by: By) {
        self.until(&format!("a click on {by:?}"), async || {
            match self.driver.find(by.clone()).await {
                Ok(element) => self.try_click(&element).await.is_ok(),
                Err(_) => false,
            }
        })
        .await;
    }

    /// Waits until the page has found what would change its answer, if it is still there to do so.
    pub(crate) async fn rests(&self) {
        let rests = "return document.hidden || document.getElementById('failure') !== null\
             || document.querySelector('#flips [aria-busy=true]') === null";
        self.until("a page at rest", async || self.is_so(rests).await)
            .await;
    }

    /// What stands in a panel that stays is brought to its middle: to bring it to that of the window, Firefox would scroll the
    /// page for ever. Clicks in the middle of the window: at its edge, WebKit's driver lets go of the button somewhere else. What moves is
    /// waited for, as a hand would: the page's answer grows and shrinks above it.
    pub(crate) async fn click(&self, element: &WebElement) {
        self.try_click(element).await.unwrap();
    }

    async fn try_click(&self, element: &WebElement) -> WebDriverResult<()> {
        self.rests().await;
        let to_the_middle = "const middle = () => {\
                 const { top, height } = arguments[0].getBoundingClientRect();\
                 return top + height / 2;\
             };\
             const panel = arguments[0].closest('.inputs');\
             const stays = panel && ['sticky', 'fixed'].includes(getComputedStyle(panel).position);\
             const rest = async (before) => {\
                 if (stays) {\
                     const { top, height } = panel.getBoundingClientRect();\
                     panel.scrollTop += middle() - top - height / 2;\
                 } else arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' });\
                 await new Promise((go) => setTimeout(go, 35));\
                 const now = middle();\
                 return now === before ? now : rest(now);\
             };\
             return rest().then((middle) => window === parent ? null : middle)";
        let place = self
            .driver
            .execute(to_the_middle, vec![element.to_json()?])
            .await?;
        // A frame of another origin does not scroll the page around it in every engine.
        if let Some(place) = place.json().as_f64() {
            self.leave_frame().await;
            let scroll = format!(
                "const frame = document.querySelector('iframe').getBoundingClientRect();\
                 scrollBy(0, frame.top + {place} - innerHeight / 2)"
            );
            self.script(&scroll).await;
            self.enter_frame().await;
        }
        element.click().await
    }

    /// Opens a fold by its summary.
    pub(crate) async fn unfold(&self, summary: &str) {
        let xpath = format!("//summary[normalize-space()='{summary}']");
        self.click_found(By::XPath(xpath)).await;
    }

    /// Waits until the page says something somewhere.
    pub(crate) async fn says(&self, text: &str) {
        self.until(text, async || {
            let body = self.script("return document.body?.textContent ?? ''").await;
            body.as_str().is_some_and(|body| body.contains(text))
        })
        .await;
    }

    /// Waits until the calculator stands in place of its skeleton, with a number somewhere.
    pub(crate) async fn ready(&self) {
        let missing = "const number = /\\$[0-9]/.test(document.querySelector('.page')?.textContent ?? '');\
             const things = [['the page', document.readyState === 'complete'],\
             ['the calculator', !document.getElementById('skeleton')],\
             ['a number', number]];\
             return things.filter(([, there]) => !there).map(([thing]) => thing)";
        self.lacks_nothing(missing).await;
    }

    /// Waits until every panel has been made.
    pub(crate) async fn all_panels(&self) {
        // The last one of the page; embedded, it ends with a way to the full one.
        let missing = "const embedded = 'embed' in document.documentElement.dataset;\
             const last = embedded ? [...document.links].some((link) => link.textContent.startsWith('Open the full version'))\
                 : document.getElementById('embed') !== null;\
             const things = [['the last panel', last]];\
             return things.filter(([, there]) => !there).map(([thing]) => thing)";
        self.lacks_nothing(missing).await;
    }

    /// Waits until a script that tells what is missing tells nothing.
    async fn lacks_nothing(&self, missing: &str) {
        self.until_there(async || {
            // While a page goes and another comes, there is none to ask.
            let missing = self.driver.execute(missing, vec![]).await;
            let missing = missing.map(|missing| missing.json().clone());
            let none = matches!(&missing, Ok(missing) if missing == &serde_json::json!([]));
            (!none).then(|| format!("{missing:?}"))
        })
        .await;
    }

    /// Waits until something is so.
    pub(crate) async fn until(&self, what: &str, so: impl AsyncFn() -> bool) {
        self.until_there(async || (!so().await).then(|| what.to_owned()))
            .await;
    }

    /// Waits until nothing is missing.
    async fn until_there(&self, missing: impl AsyncFn() -> Option<String>) {
        let began = Instant::now();
        while let Some(what) = missing().await {
            self.patience(began, &what).await;
        }
    }

    /// Waits a moment for what is missing since then, for a minute in all.
    async fn patience(&self, began: Instant, missing: &str) {
        assert!(
            began.elapsed() <= Duration::from_mins(1),
            "waited in vain for {missing}\n{}",
            self.instead().await
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }

    /// What there is in place of what was waited for, to find out why.
    async fn instead(&self) -> String {
        let seen = "const focus = document.activeElement;\
             const read = (element, name) => element?.getAttribute(name) ?? '';\
             const sliders = [...document.querySelectorAll('[role=slider]')];\
             return [location.href, document.readyState, document.visibilityState,\
             `focus: ${document.hasFocus()} ${focus?.tagName} ${focus?.id} ${read(focus, 'aria-label')}`,\
             ...sliders.map((slider) => `${read(slider, 'aria-label')}: ${read(slider, 'aria-valuetext')}`),\
             document.getElementById('failure')?.textContent ?? 'no failure told',\
             document.body?.innerText.slice(0, 2000)].join('\\n')";
        let seen = self.driver.execute(seen, vec![]).await;
        let seen = seen.map(|seen| seen.json().as_str().unwrap_or("nothing").to_owned());
        let workers = "return navigator.serviceWorker?.getRegistration().then((found) => found\
             && [found.installing, found.waiting, found.active, navigator.serviceWorker.controller]\
                 .map((worker) => `${worker?.state}`).join(', '))";
        let workers = self.driver.execute(workers, vec![]).await;
        let workers = workers.map(|workers| workers.json().clone());
        let asked = self.site.seen();
        let seen = seen.unwrap_or_else(|error| error.to_string());
        format!("there is:\n{seen}\nservice workers: {workers:?}\nthe site was asked for {asked:?}")
    }

    /// The element that a label names.
    pub(crate) async fn labelled(&self, label: &str) -> WebElement {
        self.until_labelled(label).await;
        // Found by one script: between two commands the page may make the label anew.
        let field = format!("return {}", control(label));
        let field = self.driver.execute(field, vec![]).await.unwrap();
        field.element().unwrap()
    }

    /// Waits until a label names a field.
    async fn until_labelled(&self, label: &str) {
        let shown = format!("return {}?.checkVisibility() ?? false", control(label));
        if self.script(&shown).await != serde_json::json!(true) {
            // What is folded is made when it is unfolded.
            self.all_inputs().await;
        }
        let there = format!("return {} !== null", control(label));
        self.until(&format!("a field named {label}"), async || {
            self.script(&there).await == serde_json::json!(true)
        })
        .await;
    }

    /// What a script tells of the field that a label names, in one go: no element that is kept can be gone meanwhile.
    async fn of_labelled(&self, label: &str, what: &str) -> serde_json::Value {
        self.until_labelled(label).await;
        let script = format!("const field = {}; return {what}", control(label));
        self.script(&script).await
    }

    /// The slider of that name.
    pub(crate) async fn slider(&self, name: &str) -> WebElement {
        let css = format!("input[type=range][aria-label='{name}']");
        self.found(By::Css(css)).await
    }

    /// Moves a slider by keys, as a user would.
    pub(crate) async fn push(&self, slider: &str, key: Key, times: usize) {
        let slider = self.slider(slider).await;
        slider.focus().await.unwrap();
        for _ in 0..times {
            slider.send_keys(key.clone()).await.unwrap();
        }
    }

    /// Types a text into a field, in place of what stands there.
    pub(crate) async fn type_into(&self, label: &str, text: &str) {
        let field = self.labelled(label).await;
        // WebKit lets no script move the focus into a frame of another origin, so there it is clicked, which waits until the
        // page rests. The page may grow just then, and the click miss what moves: then a user clicks again.
        let focus = "if (window === parent) arguments[0].focus();\
             return window === parent && document.activeElement === arguments[0]";
        let focused = "return document.activeElement === arguments[0]";
        let so = async |script: &str| {
            let so = self.driver.execute(script, vec![field.to_json().unwrap()]);
            so.await.unwrap().json() == &serde_json::json!(true)
        };
        self.until(&format!("{label} to have the focus"), async || {
            if so(focus).await {
                return true;
            }
            self.click(&field).await;
            so(focused).await
        })
        .await;
        field.send_keys(Key::Control + "a").await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Pastes a text into the field for files of one's own.
    pub(crate) async fn paste(&self, text: &str) {
        self.until("the field for files", async || {
            self.script("return document.getElementById('import-text') !== null")
                .await
                == serde_json::json!(true)
        })
        .await;
        let script = format!(
            "const field = document.getElementById('import-text'); field.value = {};\
             field.dispatchEvent(new Event('input', {{ bubbles: true }}))",
            serde_json::json!(text)
        );
        self.script(&script).await;
    }

    /// Chooses an option by what it says.
    pub(crate) async fn choose(&self, label: &str, option: &str) {
        let xpath = format!("./option[normalize-space()='{option}']");
        let select = self.labelled(label).await;
        let option = select
            .find(By::XPath(xpath))
            .await
            .unwrap_or_else(|_| panic!("{label} has no {option}"));
        // While panels above it are made it moves, and a driver that aims at where it was misses it.
        self.until("the option can be chosen", async || {
            option.click().await.is_ok()
        })
        .await;
    }

    /// What stands in a field.
    pub(crate) async fn value_of(&self, label: &str) -> String {
        let value = self.of_labelled(label, "field.value").await;
        value.as_str().unwrap_or_default().to_owned()
    }

    /// The message beside a field.
    pub(crate) async fn message_of(&self, label: &str) -> String {
        let beside = "document.getElementById(field.getAttribute('aria-describedby')).innerText";
        let message = self.of_labelled(label, beside).await;
        message.as_str().unwrap().trim().to_owned()
    }

    /// What a platform's row has to say: infrastructure, hours a week and total, as exactly as they are known; or the reason why
    /// there is nothing of it.
    pub(crate) async fn row(&self, platform: Platform) -> Vec<String> {
        let script = format!(
            "document.querySelectorAll('.more button[aria-expanded=false]').forEach((more) => more.click());\
             const row = document.querySelector('.ranking tr[data-platform={}]');\
             const reason = row?.querySelector('.reason');\
             return reason ? [reason.firstChild.data] : [...row?.querySelectorAll('data') ?? []].map((data) => data.value)",
            platform.id()
        );
        serde_json::from_value(self.script(&script).await).unwrap()
    }

    /// Opens every topic of the inputs, and waits for what is in them.
    pub(crate) async fn all_inputs(&self) {
        // On a narrow page they are behind a button.
        self.script(
            "if (!document.querySelector('.inputs.open')) document.querySelector('.chips button:last-child')?.click();\
             document.querySelectorAll('.topic').forEach((topic) => { topic.open = true })",
        )
        .await;
        self.until("all inputs", async || {
            let empty = "return [...document.querySelectorAll('.topic')].every((topic) => topic.querySelector('.field'))";
            self.script(empty).await == serde_json::json!(true)
        })
        .await;
    }

    /// Opens the table of the chart, and gives the last cell of each of its rows.
    pub(crate) async fn chart_rows(&self) -> Vec<String> {
        self.opens("chart-table").await;
        let rows = "return [...document.querySelectorAll('#chart-table tbody tr')]\
             .map((row) => row.lastElementChild.textContent)";
        self.until("the table of the chart", async || {
            self.script(rows)
                .await
                .as_array()
                .is_some_and(|rows| !rows.is_empty())
        })
        .await;
        serde_json::from_value(self.script(rows).await).unwrap()
    }

    /// Moves an input, and sees that the whole page follows.
    pub(crate) async fn sets_engineers(&self, engineers: u32) {
        self.type_into("Engineers", &engineers.to_string()).await;
        let mut inputs = Inputs::default();
        inputs.team.engineers = engineers;
        self.shows(&inputs).await;
    }

    /// Steps into the first frame of the page.
    pub(crate) async fn enter_frame(&self) {
        let frame = self.driver.find(By::Tag("iframe")).await.unwrap();
        frame.enter_frame().await.unwrap();
    }

    /// Steps out of all frames.
    pub(crate) async fn leave_frame(&self) {
        self.driver.enter_default_frame().await.unwrap();
    }

    /// Waits until every row shows what the model says of these inputs, to the cent.
    pub(crate) async fn shows(&self, inputs: &Inputs) {
        self.shows_with(inputs, &PriceBook::bundled()).await;
    }

    /// The same with other prices.
    pub(crate) async fn shows_with(&self, inputs: &Inputs, book: &PriceBook) {
        let comparison = compare(inputs, book);
        for platform in Platform::ALL {
            let expected = match comparison.quote(platform) {
                Ok(bill) => vec![
                    format::usd(bill.infrastructure()),
                    format::number(people::on(platform, inputs).total()),
                    format::usd(bill.total()),
                ],
                Err(refusal) => vec![explain::refusal(refusal)],
            };
            let began = Instant::now();
            loop {
                let row = self.row(platform).await;
                if row == expected {
                    break;
                }
                assert!(
                    began.elapsed() < Duration::from_mins(1),
                    "{}: the page shows {row:?}, the model says {expected:?}",
                    platform.id()
                );
                tokio::time::sleep(Duration::from_millis(30)).await;
            }
        }
    }

    /// What the browser had to complain about: errors, refusals, warnings.
    pub(crate) async fn complaints(&self) -> Vec<String> {
        if self.engine == Engine::Chromium {
            let log = self.driver.browser_log().await.unwrap();
            return log
                .into_iter()
                .filter(|entry| entry.level == "SEVERE" || entry.level == "WARNING")
                .map(|entry| entry.message)
                .collect();
        }
        let witness = self
            .script("return window.witness ?? ['nobody looked']")
            .await;
        serde_json::from_value(witness).unwrap()
    }

    /// Has the page's complaints written down where the driver can't tell them.
    pub(crate) fn watch(&self) {
        if self.engine != Engine::Chromium {
            self.site.inject(WITNESS);
        }
    }

    /// Whether a script tells that something is so. While a page goes and another comes, there is none to ask.
    pub(crate) async fn is_so(&self, script: &str) -> bool {
        let told = self.driver.execute(script, vec![]).await;
        told.is_ok_and(|told| told.json() == &serde_json::json!(true))
    }

    /// Runs a script and gives what it returns.
    pub(crate) async fn script(&self, script: &str) -> serde_json::Value {
        self.driver
            .execute(script, vec![])
            .await
            .unwrap()
            .json()
            .clone()
    }
}

/// A script's words for the field that a label names, or null.
fn control(label: &str) -> String {
    format!(
        "([...document.querySelectorAll('label')]\
         .find((label) => label.textContent.trim().replace(/\\s+/g, ' ') === {})?.control ?? null)",
        serde_json::json!(label)
    )
}

/// A browser whose storage can't even be looked at.
pub(crate) const NO_STORAGE: &str = "
    for (const name of ['localStorage', 'sessionStorage']) {
        Object.defineProperty(window, name, { get() { throw new DOMException('refused', 'SecurityError'); } });
    }
";

/// Writes down what a console would show.
const WITNESS: &str = "
    window.witness = [];
    const note = (what) => window.witness.push(String(what));
    addEventListener('error', (e) => note(e.message ?? `not loaded: ${e.target?.src ?? e.target?.href}`), true);
    addEventListener('unhandledrejection', (e) => note(e.reason));
    addEventListener('securitypolicyviolation', (e) => note(`${e.violatedDirective}: ${e.blockedURI}`));
    for (const name of ['error', 'warn']) {
        const before = console[name];
        console[name] = (...all) => { note(all.join(' ')); before.apply(console, all); };
    }
";
