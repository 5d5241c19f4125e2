//! Charts as SVG, in one file because all go through the same checks: golden files, and that labels neither cover each other
//! nor leave the picture. `cargo xtask bless` writes the files anew.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that fails panics"
)]

use plimsoll_chart::{
    Chart,
    bars::Costs,
    curve::Curves,
    load_line::LoadLines,
    map::WhoWins,
    nothing,
    ranges::Ranges,
    scene::{Label, Scene, Shape},
    svg,
    table::CostTable,
    theme::Theme,
    week::Week,
};
use plimsoll_formats::scenario;
use plimsoll_model::{
    assess,
    explore::{
        break_even::{BreakEven, Search},
        load_line::LoadLine,
        map::Map,
        months::Months,
        sample::{Bands, Sampled, Sampling, Spread},
        sweep::{Curve, POINTS, Sweep},
    },
    inputs::{Field, Inputs, at},
    platform::Platform,
    platforms::{
        Case,
        capacity_trace::{self, CapacityTrace},
    },
    presets::Preset,
    prices::PriceBook,
};

/// A workload with its charts.
struct Charts {
    costs: Costs,
    curves: Curves,
    load_line: LoadLines,
    map: WhoWins,
    ranges: Ranges,
    table: CostTable,
}

impl Charts {
    fn of(inputs: Inputs) -> Self {
        let book = PriceBook::bundled();
        let mut sweep = Sweep::new(&inputs);
        while sweep.step(&book) {}
        let mut search = Search::new(&sweep);
        while search.step(&book) {}
        let mut sampling = Sampling::new(&inputs, &book, Bands::All, 1, 200);
        while sampling.step() {}
        let assessment = assess(&inputs, &book);
        Self {
            costs: Costs::of(&assessment),
            load_line: LoadLines {
                line: LoadLine::of(&inputs, &assessment, &book),
                pays_off: assessment.verdict.pays_off,
            },
            map: map_of(&inputs, at::http::requests_per_month, at::team::engineers),
            curves: Curves {
                here: Some(inputs.http.requests_per_month),
                break_evens: search.found().to_vec(),
                curves: sweep.curves,
            },
            ranges: Ranges {
                sampled: Some(sampling.result()),
            },
            table: CostTable::of(&inputs, &assessment),
        }
    }

    fn preset(id: &str) -> Self {
        Self::of(Preset::find(id).unwrap().inputs())
    }

    fn scenario(text: &str) -> Self {
        let (inputs, notices) = scenario::read(text);
        assert!(notices.is_empty(), "{notices:?}");
        Self::of(inputs)
    }

    /// Heavy requests, and a team for which Kubernetes is little work.
    fn with_a_break_even() -> Self {
        Self::scenario(
            r#"{"http":{"latency_ms":2000,"concurrency":10},"instance":{"memory_gib":2},"buy":{"commitment":"3y"},"clouds":["google-cloud"],"team":{"engineers":20,"fluent":6,"existing_cluster":true,"platform_team":true}}"#,
        )
    }

    /// Each chart with its kind and the title of its file.
    fn charts(&self) -> [(&'static str, &str, &dyn Chart); 6] {
        [
            ("table", &self.table.title, &self.table),
            ("bars", COSTS_TITLE, &self.costs),
            ("curve", CURVE_TITLE, &self.curves),
            ("load-line", LOAD_LINE_TITLE, &self.load_line),
            ("map", MAP_TITLE, &self.map),
            ("ranges", RANGES_TITLE, &self.ranges),
        ]
    }
}

const COSTS_TITLE: &str = "Monthly cost, US dollars";
const CURVE_TITLE: &str = "Cost against requests";
const LOAD_LINE_TITLE: &str = "The load line";
const MAP_TITLE: &str = "The map: who wins where";
const RANGES_TITLE: &str = "How sure it is, US dollars a month";

/// The whole map over two inputs.
fn map_of(inputs: &Inputs, x: &'static Field, y: &'static Field) -> WhoWins {
    let mut map = Map::new(inputs, x, y).unwrap();
    while map.step(inputs, &PriceBook::bundled()) {}
    WhoWins { map }
}

/// Fails unless the text is one element with a size, every element in it closed.
fn assert_stands_alone(svg: &str) {
    assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\""));
    assert!(svg.contains(" viewBox=\"0 0 ") && svg.contains("<title>"));
    assert!(svg.ends_with("</svg>\n") && !svg.contains("NaN") && !svg.contains("inf"));
    assert_eq!(
        svg.matches("<text ").count(),
        svg.matches("</text>").count()
    );
    for line in svg.lines().skip(1) {
        let is_element = line.starts_with('<');
        let closed = ["/>", "</text>", "</title>", "</svg>"];
        let is_closed = closed.iter().any(|end| line.ends_with(end));
        // A text's element holds it in a line of its own.
        let is_text = !is_element && !line.contains(['<', '>', '"']);
        let begins_text = line.starts_with("<text ") && line.ends_with("\">");
        assert!(is_closed || is_text || begins_text, "{line}");
        assert_eq!(line.matches('"').count() % 2, 0, "{line}");
    }
}

#[test]
fn golden_charts() {
    let cases = [
        ("kubernetes-experts", Charts::preset("kubernetes-experts")),
        ("one-microservice", Charts::preset("one-microservice")),
        ("break-even", Charts::with_a_break_even()),
    ];
    // The look, the width in CSS pixels, and how many of the cases it is shown on.
    let looks = [
        ("light", Theme::light(), 900.0, 3),
        ("dark", Theme::dark(), 320.0, 3),
        ("patterned", Theme::light().patterned(), 320.0, 1),
    ];
    for (look, theme, width, count) in &looks {
        for (name, case) in &cases[..*count] {
            for (kind, title, chart) in case.charts() {
                let text = svg::chart_svg(chart, title, theme, *width);
                assert_stands_alone(&text);
                insta::assert_snapshot!(format!("{kind}-{name}-{look}-{width}"), text);
            }
        }
    }
}

/// Heavy requests that grow, and a team for which the two sides meet.
fn contested() -> Inputs {
    let (inputs, notices) = scenario::read(
        r#"{"growth_percent_per_month":6,"clouds":["google-cloud"],"services":12,"team":{"engineers":15,"fluent":3},
            "http":{"requests_per_month":2e8,"latency_ms":1000,"cpu_ms":1000,"concurrency":10}}"#,
    );
    assert!(notices.is_empty(), "{notices:?}");
    inputs
}

#[test]
fn golden_maps() {
    let map = map_of(
        &contested(),
        at::http::requests_per_month,
        at::team::engineers,
    );
    for (look, theme, width) in [
        ("light", Theme::light(), 900.0),
        ("dark", Theme::dark(), 390.0),
        ("patterned", Theme::light().patterned(), 390.0),
    ] {
        let text = svg::chart_svg(&map, MAP_TITLE, &theme, width);
        assert_stands_alone(&text);
        insta::assert_snapshot!(format!("map-contested-{look}-{width}"), text);
    }
    // The keys go row by row from the upper left, over what the pointer finds.
    assert_eq!(map.hit(900.0, 46.0, 24.0), Some(0));
    assert_eq!(map.hit(900.0, 882.0, 24.0), Some(8));
    assert_eq!(map.hit(900.0, 882.0, 416.0), Some(map.count() - 1));
    let told = (0..map.count()).step_by(11).map(|part| map.read_out(part));
    let told: Vec<String> = [map.reading()].into_iter().chain(told).collect();
    insta::assert_snapshot!("map-contested-readings", told.join("\n"));
}

#[test]
fn maps_over_any_two_inputs_are_legible() {
    let axes = [
        (at::team::engineers, at::http::requests_per_month),
        (at::services, at::team::rate_usd_per_hour),
        (at::team::engineers, at::team::fluent),
        (at::http::latency_ms, at::workers::count),
        (
            at::team::ops_hours_per_week::kubernetes,
            at::surroundings::log_service_usd_per_gb,
        ),
    ];
    for (x, y) in axes {
        for inputs in [contested(), Inputs::default()] {
            let map = map_of(&inputs, x, y);
            for width in [280.0, 320.0, 390.0, 560.0, 900.0, 1_200.0] {
                let height = map.height(width);
                let part = map.count() / 2;
                let scene = map.scene(Some(part), &Theme::light(), width);
                assert_legible(&scene, height);
                assert_finite(&scene, height);
                let [left, top] = [width / 2.0, height / 2.0];
                assert!(
                    map.hit(width, left, top)
                        .is_some_and(|part| part < map.count())
                );
                assert_eq!(map.hit(width, 5.0, top), None);
            }
            assert_stands_alone(&svg::chart_svg(&map, MAP_TITLE, &Theme::light(), 280.0));
            assert_eq!(map.table().1.len(), map.count());
        }
    }
}

#[test]
fn nothing_to_draw_is_said() {
    let theme = Theme::light();
    let nowhere = Ranges {
        sampled: Some(Sampled {
            none: 1.0,
            samples: 5,
            ..Sampled::default()
        }),
    };
    let file = |chart: &dyn Chart, title| svg::chart_svg(chart, title, &theme, 320.0);
    let bars = file(&Costs::default(), COSTS_TITLE);
    let curve = file(&Curves::default(), CURVE_TITLE);
    let load_line = file(&LoadLines::default(), LOAD_LINE_TITLE);
    let ranges = file(&Ranges::default(), RANGES_TITLE);
    let priceless = file(&nowhere, RANGES_TITLE);
    for text in [&bars, &curve, &load_line, &ranges, &priceless] {
        assert_stands_alone(text);
    }
    assert!(priceless.contains("Nothing here can be priced."));
    insta::assert_snapshot!("ranges-nothing", ranges);
    insta::assert_snapshot!("bars-nothing", bars);
    insta::assert_snapshot!("curve-nothing", curve);
}

/// What the strips, the steps and the months show of a scenario.
struct Closer {
    week: Week,
    traces: [CapacityTrace; 2],
    months: Months,
}

impl Closer {
    /// A scenario with a serverless platform and a Kubernetes, and one to move to.
    fn of(text: &str, platforms: [Platform; 2], to: Platform) -> Self {
        let (inputs, notices) = scenario::read(text);
        assert!(notices.is_empty(), "{notices:?}");
        let book = PriceBook::bundled();
        let prices = book.in_region(inputs.region);
        let case = Case::of(&inputs);
        let traces = platforms.map(|platform| platform.capacity_trace(&case, &prices).unwrap());
        let assessment = assess(&inputs, &book);
        let mut months = Months::new(&inputs, &assessment, Some(to)).unwrap();
        while months.step(&book) {}
        let hourly = traces.iter().map(|trace| trace.hourly.clone());
        Self {
            week: Week {
                requests: capacity_trace::requests_by_hour(&inputs),
                options: platforms.into_iter().zip(hourly).collect(),
            },
            traces,
            months,
        }
    }

    fn all() -> [(&'static str, Self); 3] {
        use Platform::{CloudRun, ContainerApps, Fargate, Gke, GkeAutopilot};
        [
            (
                "office",
                Self::of(
                    r#"{"already_on":"gke","growth_percent_per_month":8,"traffic":{"shape":"office"},
                        "http":{"requests_per_month":2e8,"latency_ms":400,"concurrency":10},
                        "services":6,"team":{"fluent":2,"engineers":6}}"#,
                    [CloudRun, Gke],
                    CloudRun,
                ),
            ),
            (
                "nothing-comes",
                Self::of(
                    r#"{"http":{"requests_per_month":0}}"#,
                    [Fargate, GkeAutopilot],
                    GkeAutopilot,
                ),
            ),
            (
                "huge",
                Self::of(
                    r#"{"growth_percent_per_month":50,"traffic":{"shape":"spiky"},"services":200,
                        "http":{"requests_per_month":1e10,"concurrency":1},"team":{"rate_usd_per_hour":500}}"#,
                    [ContainerApps, Gke],
                    Gke,
                ),
            ),
        ]
    }

    /// Each chart with its kind and the part that is highlighted.
    fn charts(&self) -> [(&'static str, &dyn Chart, usize); 4] {
        let [serverless, kubernetes] = &self.traces;
        [
            ("week", &self.week, 33),
            ("steps-serverless", serverless, 1),
            ("steps-kubernetes", kubernetes, 1),
            ("months", &self.months, 11),
        ]
    }
}

#[test]
fn golden_strips_steps_and_months() {
    let looks = [
        ("light", Theme::light(), 900.0, 3),
        ("dark", Theme::dark(), 320.0, 1),
        ("patterned", Theme::light().patterned(), 320.0, 1),
    ];
    let cases = Closer::all();
    for (look, theme, width, count) in &looks {
        for (name, case) in &cases[..*count] {
            for (kind, chart, part) in case.charts() {
                let scene = chart.scene(Some(part), theme, *width);
                let height = chart.height(*width);
                assert_finite(&scene, height);
                let text = svg::scene_svg(scene, kind, theme, height);
                assert_stands_alone(&text);
                insta::assert_snapshot!(format!("{kind}-{name}-{look}-{width}"), text);
            }
        }
    }
}

#[test]
fn strips_steps_and_months_are_legible_at_any_width() {
    for (_, case) in Closer::all() {
        for width in [280.0, 320.0, 479.0, 480.0, 900.0, 1_200.0] {
            for (kind, chart, part) in case.charts() {
                println!("{kind}");
                let scene = chart.scene(Some(part), &Theme::light(), width);
                assert_legible(&scene, chart.height(width));
                assert_finite(&scene, chart.height(width));
            }
        }
    }
    assert_eq!(nothing(&Theme::light(), 320.0).labels().count(), 1);
}

#[test]
fn what_the_charts_say_is_said_in_words_and_in_numbers() {
    let all = Closer::all();
    let told: Vec<String> = all
        .iter()
        .flat_map(|(_, case)| {
            [
                case.week.reading(),
                case.traces[0].reading(),
                case.traces[1].reading(),
                case.months.reading(),
                case.months.read_out(11),
                case.months.terms(),
                case.week.read_out(33),
            ]
        })
        .collect();
    insta::assert_snapshot!("readings", told.join("\n"));
    let case = Charts::with_a_break_even();
    let charts = case.charts();
    let charts = charts.iter().map(|(kind, _, chart)| (*kind, *chart));
    let closer = all[0].1.charts();
    let charts = charts.chain(closer.iter().map(|(kind, chart, _)| (*kind, *chart)));
    for (kind, chart) in charts {
        let (heads, rows) = chart.table();
        let lines = [heads].into_iter().chain(rows);
        let lines: Vec<String> = lines.map(|cells| cells.join(" | ")).collect();
        insta::assert_snapshot!(format!("table-{kind}"), lines.join("\n"));
    }
}

/// Fails if a label leaves the picture or covers another.
fn assert_legible(scene: &Scene, height: f64) {
    let labels: Vec<&Label> = scene.labels().collect();
    for (n, label) in labels.iter().enumerate() {
        let [left, top, right, bottom] = label.bounds();
        let width = scene.width;
        assert!(left >= 0.0 && right <= width, "{label:?} at {width}");
        assert!(top >= 0.0 && bottom <= height, "{label:?} at {width}");
        for other in &labels[n + 1..] {
            let [l, t, r, b] = other.bounds();
            let apart = right <= l || r <= left || bottom <= t || b <= top;
            assert!(apart, "{label:?} covers {other:?} at {width}");
        }
    }
}

#[test]
fn labels_neither_cover_each_other_nor_leave_the_picture() {
    let cases = [
        Charts::preset("one-microservice"),
        Charts::preset("twenty-services"),
        Charts::preset("nightly-batch"),
        Charts::with_a_break_even(),
        Charts::scenario(
            r#"{"team":{"rate_usd_per_hour":500,"engineers":200},"http":{"requests_per_month":1e10}}"#,
        ),
    ];
    for case in &cases {
        for width in [
            280.0, 320.0, 375.0, 479.0, 480.0, 639.0, 640.0, 900.0, 1_200.0,
        ] {
            for (kind, _, chart) in case.charts() {
                println!("{kind}");
                let scene = chart.scene(Some(2), &Theme::light(), width);
                assert_legible(&scene, chart.height(width));
            }
        }
    }
}

#[test]
fn the_grip_of_the_hours_is_where_the_hours_are() {
    let cases = [
        Charts::preset("one-microservice"),
        Charts::with_a_break_even(),
    ];
    for case in &cases {
        let line = &case.load_line;
        for width in [320.0, 900.0] {
            let (x, y) = line.grip_at(width).unwrap();
            assert!(line.is_grip(width, (x + 10.0, y - 10.0)));
            assert!(!line.is_grip(width, (x, y + 30.0)));
            let hours = line.line.side(true).unwrap().hours.total();
            let same = line.hours_at(width, y).unwrap();
            assert!((same / hours - 1.0).abs() < 1e-6, "{same} and {hours}");
            // Higher is more, and far below everything is the least.
            assert!(line.hours_at(width, y - 20.0).unwrap() > hours);
            assert_eq!(line.hours_at(width, 1_000.0), Some(0.5));
        }
    }
    assert_eq!(LoadLines::default().grip_at(900.0), None);
    assert_eq!(LoadLines::default().hours_at(900.0, 100.0), None);
}

#[test]
fn both_break_evens_are_marked() {
    let mut curves = Charts::with_a_break_even().curves;
    let second = BreakEven {
        per_month: 2e4,
        ..curves.break_evens[0]
    };
    curves.break_evens = vec![second, curves.break_evens[0]];
    for width in [280.0, 900.0] {
        let scene = curves.scene(None, &Theme::light(), width);
        assert_legible(&scene, curves.height(width));
        let marks = |label: &&Label| label.text.starts_with("Break-even: ");
        assert_eq!(scene.labels().filter(marks).count(), 2);
    }
}

/// A number that can be painted.
fn assert_finite(scene: &Scene, height: f64) {
    let inside = |(x, y): (f64, f64)| {
        assert!((-1.0..=scene.width + 1.0).contains(&x), "{x}");
        assert!((-1.0..=height + 1.0).contains(&y), "{y}");
    };
    for shape in &scene.shapes {
        match shape {
            Shape::Rect(corners, ..) => corners.iter().copied().for_each(inside),
            Shape::Area(points, ..) | Shape::Line(points, ..) => {
                points.iter().copied().for_each(inside);
            }
            Shape::Circle(centre, ..) => inside(*centre),
            Shape::Text(label) => inside(label.at),
        }
    }
}

fn flat(platform: Platform, usd: Option<f64>, count: usize) -> Curve {
    let point = |n| (plimsoll_model::explore::sweep::requests_at(n), usd);
    Curve {
        platform,
        open: true,
        points: (0..count).map(point).collect(),
        parts: Vec::new(),
    }
}

#[test]
fn curves_of_any_kind_stay_inside() {
    let all = |usd: Option<f64>, count| -> Vec<Curve> {
        Platform::ALL
            .into_iter()
            .map(|platform| flat(platform, usd, count))
            .collect()
    };
    for (curves, here) in [
        (all(None, POINTS), None),
        (all(None, 0), Some(0.0)),
        (all(Some(0.0), POINTS), Some(0.0)),
        (all(Some(1e-9), POINTS), Some(1e3)),
        (all(Some(5.0), POINTS), Some(1e10)),
        (all(Some(1e12), 1), Some(1e6)),
        (
            vec![
                flat(Platform::Fly, Some(1.0), 2),
                flat(Platform::Eks, Some(1e9), 2),
            ],
            Some(2e5),
        ),
    ] {
        let curves = Curves {
            curves,
            here,
            break_evens: Vec::new(),
        };
        for width in [40.0, 280.0, 1_200.0] {
            let scene = curves.scene(Some(0), &Theme::light(), width);
            // A chart without room for itself is as wide as its margins.
            if width > 200.0 {
                assert_finite(&scene, curves.height(width));
            }
            assert_stands_alone(&svg::chart_svg(
                &curves,
                CURVE_TITLE,
                &Theme::light(),
                width,
            ));
        }
    }
}

#[test]
fn ranges_of_any_kind_stay_inside() {
    for ends in [
        [0.0, 0.0, 0.0],
        [-3.0, 5.0, 9.0],
        [1e-9, 1.0, 1e9],
        [1e12, 1e12, 1e12],
        [900.0, 1_000.0, 1_100.0],
    ] {
        let spread = |(n, platform): (usize, Platform)| Spread {
            platform,
            totals: (n % 5 > 0).then_some(ends),
            priced: 0.8,
            cheapest: 0.0,
            recommended: if n == 1 { 1.0 } else { 0.0 },
        };
        let ranges = Ranges {
            sampled: Some(Sampled {
                spreads: Platform::ALL.into_iter().enumerate().map(spread).collect(),
                samples: 7,
                ..Sampled::default()
            }),
        };
        assert_eq!(ranges.count(), 13);
        for width in [280.0, 480.0, 1_200.0] {
            let scene = ranges.scene(Some(0), &Theme::light(), width);
            assert_finite(&scene, ranges.height(width));
            assert_legible(&scene, ranges.height(width));
        }
    }
}

#[test]
fn the_bars_of_samples_are_read_out() {
    let case = Charts::preset("one-microservice");
    let text = case.ranges.read_out(0);
    let first = &case.ranges.table().1[0][0];
    let begins = [first, ": $"].concat();
    assert!(text.starts_with(&begins), "{text}");
    for part in [
        " to $",
        " in the middle; the cheapest in ",
        ", recommended in ",
    ] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn a_bar_that_is_pointed_at_is_marked_without_colour_too() {
    let case = Charts::preset("one-microservice");
    let at = |bar| case.costs.scene(bar, &Theme::light().patterned(), 900.0);
    let (plain, marked) = (at(None), at(Some(3)));
    assert_eq!(marked.shapes.len(), plain.shapes.len() + 2);
    assert_finite(&marked, case.costs.height(900.0));
}

/// The charts draw what the style sheet says of the page around them, in both themes.
#[test]
fn charts_have_the_colours_of_the_page() {
    let tokens = std::fs::read_to_string(plimsoll_tests::root().join("style/tokens.css"));
    let tokens = tokens.unwrap();
    let (light, dark) = tokens.split_once("[data-theme=\"dark\"]").unwrap();
    for (block, theme) in [(light, Theme::light()), (dark, Theme::dark())] {
        let is = |name: &str, colour: plotters::style::RGBColor| {
            let line = format!(
                "--{name}: #{:02x}{:02x}{:02x};",
                colour.0, colour.1, colour.2
            );
            assert!(block.contains(&line), "the style sheet has no {line}");
        };
        is("text", theme.text);
        is("muted", theme.muted);
        is("line", theme.grid);
        is("page", theme.panel);
        is("accent", theme.accent);
        is("serverless", theme.sides[0]);
        is("kubernetes", theme.sides[1]);
    }
}
