//! The page as a whole: it answers at once, follows its sliders, keeps its state, and lives without storage.

use crate::engine::{Browser, Engine, Wish, in_each_engine};
use crate::page_object::NO_STORAGE;
use plimsoll_model::{
    assess,
    compare::compare,
    inputs::{Environment, Field, Inputs, Kind},
    presets::{CLAIMS, PRESETS, Preset},
    prices::PriceBook,
};
use plimsoll_readers::{File, read};
use plimsoll_wording::{answer, explain, format};
use thirtyfour::Key;

in_each_engine!(
    it_opens_with_a_full_result_and_nothing_leaves_the_origin,
    each_slider_changes_the_numbers_as_the_model_says,
    a_situation_gets_its_verdict_with_its_reasons_and_exclusions,
    a_week_of_ones_own_and_an_environment_are_priced,
    a_reload_keeps_the_state,
    it_works_where_storage_is_refused,
    damaged_state_opens_with_a_notice_and_a_copy,
    a_mistyped_value_is_explained_and_nothing_is_lost,
    the_chart_has_its_table,
);

/// The sliders that stand open.
const SLIDERS: [&str; 5] = [
    "http.requests_per_month",
    "http.latency_ms",
    "services",
    "team.engineers",
    "team.rate_usd_per_hour",
];

async fn it_opens_with_a_full_result_and_nothing_leaves_the_origin(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.watch();
    browser.open().await;
    browser.shows(&Inputs::default()).await;
    // Everything that the page asked for came from its own server.
    let elsewhere = browser
        .script(
            "return performance.getEntriesByType('resource').map(e => e.name)\
             .filter(name => !name.startsWith(location.origin + '/') && !name.startsWith('data:'))",
        )
        .await;
    assert_eq!(elsewhere, serde_json::json!([]));
    assert!(
        browser
            .site
            .seen()
            .iter()
            .any(|path| path.contains(".wasm"))
    );
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.end().await;
}

async fn each_slider_changes_the_numbers_as_the_model_says(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.watch();
    browser.open().await;
    browser.all_inputs().await;
    let mut inputs = Inputs::default();
    for (path, key, times) in SLIDERS
        .into_iter()
        .zip([Key::Right, Key::Left, Key::Right, Key::Right, Key::Left])
        .zip([7, 3, 4, 5, 6])
        .map(|((path, key), times)| (path, key, times))
    {
        let field = Field::by_path(path);
        let Kind::Number { get, set, .. } = field.kind else {
            panic!("{path} is no number")
        };
        browser.push(field.label, key, times).await;
        let shown = browser.value_of(field.label).await;
        let value = format::parse_number(&shown).unwrap_or_else(|| panic!("{path} shows {shown}"));
        assert_ne!(value, get(&inputs), "{path} did not move");
        set(&mut inputs, value);
        inputs.clamp_dependents();
        browser.shows(&inputs).await;
    }
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.end().await;
}

async fn a_situation_gets_its_verdict_with_its_reasons_and_exclusions(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.watch();
    browser.open().await;
    for id in ["llm-inference", "nightly-batch", "twenty-services"] {
        let preset = Preset::find(id).unwrap();
        browser.choose("Start from an example", preset.name).await;
        let inputs = preset.inputs();
        browser.shows(&inputs).await;
        let assessment = assess(&inputs, &PriceBook::bundled());
        let headline = answer::sentence(&assessment, &inputs);
        browser.reads("h2.answer", &[headline]).await;
        let told: Vec<[String; 2]> = assessment
            .verdict
            .rules
            .iter()
            .map(|fired| {
                [
                    explain::reason_of(fired),
                    explain::origin(fired.rule.source),
                ]
            })
            .collect();
        let reasons = format!(
            "const told = {}; const shown = [...document.querySelectorAll('.reasons li')];\
             return shown.length === told.length\
                 && shown.every((reason, n) => told[n].every((part) => reason.textContent.includes(part)))",
            serde_json::json!(told)
        );
        browser.returns(&reasons, true.into()).await;
        let refused = async || browser.texts(".refused").await.concat();
        for platform in &assessment.comparison.ranked {
            if let Err(why) = assessment.comparison.quote(*platform) {
                let refusal = explain::refusal(why);
                browser
                    .until(&refusal, async || refused().await.contains(&refusal))
                    .await;
            }
        }
        let place = PRESETS.iter().position(|other| other.id == id).unwrap();
        browser.says(CLAIMS[place].claim).await;
    }
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.end().await;
}

async fn a_week_of_ones_own_and_an_environment_are_priced(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.watch();
    browser.open().await;
    browser.all_inputs().await;
    browser.unfold("Your files").await;
    let mut csv = String::from("timestamp,requests\n");
    for hour in 0..168 {
        let (day, hour, count) = (5 + hour / 24, hour % 24, 40_000 + 500 * (hour * 37 % 168));
        csv += &format!("2026-10-{day:02}T{hour:02}:00:00Z,{count}\n");
    }
    let file = File {
        name: "what you pasted",
        text: &csv,
    };
    let inputs = read(&[file]).onto(&Inputs::default());
    browser.paste(&csv).await;
    browser.press("Take it over").await;
    let mut inputs = inputs;
    browser.shows(&inputs).await;
    // What can't be read is told with its line, and changes nothing.
    browser
        .paste("time,n\n2026-10-05T00:00:00Z,5\n2026-10-05T01:00:00Z,many")
        .await;
    let told = "const told = document.getElementById('import-text-message').textContent;\
                return told.includes('line 3') && told.includes('many')";
    browser
        .until("the line that is wrong", async || browser.is_so(told).await)
        .await;
    browser.shows(&inputs).await;
    browser.press("Add an environment").await;
    inputs.environments.push(Environment::default());
    browser.shows(&inputs).await;
    browser.reload().await;
    browser.shows(&inputs).await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.end().await;
}

async fn a_reload_keeps_the_state(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.watch();
    browser.open().await;
    browser.type_into("Requests a month", "25000000").await;
    browser.type_into("Engineers", "12").await;
    let mut inputs = Inputs::default();
    inputs.http.requests_per_month = 25e6;
    inputs.team.engineers = 12;
    browser.shows(&inputs).await;
    // Leaving writes what has not been written yet.
    browser.reload().await;
    browser.shows(&inputs).await;
    assert_eq!(browser.value_of("Requests a month").await, "25,000,000");
    browser.end().await;
}

async fn it_works_where_storage_is_refused(engine: Engine) {
    let browser = Browser::start(
        engine,
        Wish {
            no_storage: true,
            ..Wish::default()
        },
    )
    .await;
    if engine == Engine::WebKit {
        browser.site.inject(NO_STORAGE);
    }
    browser.open().await;
    let refused = browser
        .script("try { localStorage.length; return false } catch (e) { return e.name }")
        .await;
    assert_eq!(refused, serde_json::json!("SecurityError"));
    browser.type_into("Engineers", "9").await;
    let mut inputs = Inputs::default();
    inputs.team.engineers = 9;
    browser.shows(&inputs).await;
    browser.says("keeps nothing").await;
    browser.end().await;
}

async fn damaged_state_opens_with_a_notice_and_a_copy(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.watch();
    browser.open().await;
    let key = "Object.keys(localStorage).find(k => k.endsWith(':scenario'))";
    browser.type_into("Engineers", "9").await;
    browser
        .until("the state to be written", async || {
            !browser
                .script(&format!("return {key} ?? null"))
                .await
                .is_null()
        })
        .await;
    for (text, kept) in [
        (r#"{"services":900,"team":{"engineers":7}}"#, Some(7)),
        ("{not json", None),
        ("[1,2,3]", None),
    ] {
        let script = format!(
            "localStorage.setItem(Object.keys(localStorage).find(k => k.endsWith(':scenario')), JSON.stringify({}))",
            serde_json::json!(text)
        );
        browser.script(&script).await;
        browser.reload().await;
        let engineers = kept.unwrap_or(5).to_string();
        assert_eq!(browser.value_of("Engineers").await, engineers, "{text}");
        let notice = browser
            .script("return document.getElementById('storage-notice').textContent")
            .await;
        assert!(
            notice.as_str().unwrap().contains("could be read"),
            "{notice}"
        );
        let copy = browser
            .script("return JSON.parse(localStorage.getItem(Object.keys(localStorage).find(k => k.endsWith(':damaged'))))")
            .await;
        assert_eq!(copy, serde_json::json!(text));
    }
    browser.end().await;
}

async fn a_mistyped_value_is_explained_and_nothing_is_lost(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.watch();
    browser.open().await;
    browser.type_into("Engineers", "many").await;
    let message = browser.message_of("Engineers").await;
    assert!(
        message.contains("many") && message.contains("1 to 200"),
        "{message}"
    );
    browser.shows(&Inputs::default()).await;
    browser.type_into("Engineers", "900").await;
    let message = browser.message_of("Engineers").await;
    assert!(
        message.contains("900") && message.contains("1 to 200"),
        "{message}"
    );
    // Leaving the field takes the nearest value that is allowed, and says so.
    browser
        .labelled("Engineers")
        .await
        .send_keys(Key::Tab)
        .await
        .unwrap();
    let mut inputs = Inputs::default();
    inputs.team.engineers = 200;
    browser.shows(&inputs).await;
    let message = browser.message_of("Engineers").await;
    assert!(message.contains("200"), "{message}");
    browser.end().await;
}

/// The driver of Chromium alone can set a pixel ratio.
mod the_chart_is_sharp_at_every_pixel_ratio {
    #[test]
    fn chromium() {
        crate::engine::run(
            module_path!(),
            crate::engine::Engine::Chromium,
            super::the_chart_is_sharp,
        );
    }
}

async fn the_chart_is_sharp(engine: Engine) {
    for ratio in [1.0, 1.5, 2.0, 3.0] {
        let browser = Browser::start(
            engine,
            Wish {
                pixel_ratio: Some(ratio),
                ..Wish::default()
            },
        )
        .await;
        browser.watch();
        browser.open().await;
        assert_eq!(
            browser.script("return devicePixelRatio").await.as_f64(),
            Some(ratio)
        );
        browser
            .until("a canvas of its size in device pixels", async || {
                browser
                    .script(
                        "const c = document.querySelector('canvas.bars'), r = c.getBoundingClientRect();\
                         return Math.abs(c.width - r.width * devicePixelRatio) < 1\
                             && Math.abs(c.height - r.height * devicePixelRatio) < 1",
                    )
                    .await
                    == serde_json::json!(true)
            })
            .await;
        browser.press("Infrastructure").await;
        browser.chart_rows().await;
        // The longest bar is ink from its left edge on, and the edge is one step from paper to ink, not a ramp.
        let row = browser
            .script(
                "const c = document.querySelector('canvas.bars'), g = c.getContext('2d');\
                 const bars = document.querySelectorAll('#chart-table tbody tr').length;\
                 const y = Math.round((4 + 34 * (bars - 0.5)) * devicePixelRatio);\
                 return [...g.getImageData(0, y, c.width, 1).data].filter((_, i) => i % 4 === 3)",
            )
            .await;
        let alpha: Vec<u64> = row
            .as_array()
            .unwrap()
            .iter()
            .map(|a| a.as_u64().unwrap())
            .collect();
        let axis = (plimsoll_chart::bars::LEFT * ratio).round() as usize;
        assert!(
            alpha[axis + 2..axis + 100].iter().all(|a| *a == 255),
            "ratio {ratio}: the bar has gaps"
        );
        let ramp = alpha[axis - 3..axis + 3]
            .iter()
            .filter(|a| (1..255).contains(*a))
            .count();
        assert!(
            ramp <= 2,
            "ratio {ratio}: the edge of the bar is blurred: {:?}",
            &alpha[axis - 3..axis + 3]
        );
        browser.end().await;
    }
}

async fn the_chart_has_its_table(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.watch();
    browser.open().await;
    let rows = browser.chart_rows().await;
    let comparison = compare(&Inputs::default(), &PriceBook::bundled());
    let totals: Vec<String> = comparison
        .ranked
        .iter()
        .map(|platform| format::usd(comparison.total(*platform).unwrap()))
        .collect();
    assert_eq!(rows, totals);
    browser.end().await;
}
