//! A chart as it stands on the page before its program: drawn for a few widths, of which the style shows the nearest. Its
//! colours are classes, so that they follow the theme.

use leptos::prelude::*;
use plimsoll_chart::{
    Chart,
    scene::{Align, Dash, Label, Scene, Shape},
    theme::Theme,
};
use plotters::style::RGBColor;
use std::sync::Arc;

/// The widths, CSS pixels, with the class of each: those of a telephone, and of windows of 1,280 and 1,440.
const WIDTHS: [(f64, &str); 3] = [(358.0, "at-358"), (904.0, "at-904"), (1_064.0, "at-1064")];

/// The size of text that the style has, CSS pixels.
const SMALL: f64 = 11.0;

/// The chart, once for each width; or one that holds its place where it is not `drawn`: nobody is that far down yet. `class` is
/// that of its canvas.
pub(super) fn pictures(class: &'static str, chart: Option<Arc<dyn Chart>>, drawn: bool) -> AnyView {
    let theme = Theme::light();
    let picture = move |(width, name): (f64, &'static str)| {
        chart.as_ref().map(|chart| {
            let scene = chart.scene(None, &theme, width);
            let height = tenths(chart.height(width));
            let view = format!("0 0 {width} {height}");
            let shapes = if drawn {
                shapes(&scene, &theme)
            } else {
                Vec::new()
            };
            view! {
                <svg
                    class=format!("picture {class} {name}")
                    viewBox=view
                    height=height
                    aria-hidden="true"
                >
                    {shapes}
                </svg>
            }
        })
    };
    let count = if drawn { WIDTHS.len() } else { 1 };
    let pictures = WIDTHS.into_iter().take(count).map(picture);
    pictures.collect_view().into_any()
}

fn shapes(scene: &Scene, theme: &Theme) -> Vec<AnyView> {
    scene
        .shapes
        .iter()
        .map(|shape| match shape {
            Shape::Rect([from, to], colour, opacity) => view! {
                <rect
                    class=ink("filled", *colour, theme)
                    x=tenths(from.0)
                    y=tenths(from.1)
                    width=tenths(to.0 - from.0)
                    height=tenths(to.1 - from.1)
                    opacity=unless(1.0, *opacity)
                />
            }
            .into_any(),
            Shape::Area(points, colour, opacity) => view! {
                <polygon
                    class=ink("filled", *colour, theme)
                    points=listed(points)
                    opacity=unless(1.0, *opacity)
                />
            }
            .into_any(),
            Shape::Line(points, colour, width, dash) => view! {
                <polyline
                    class=ink("lined", *colour, theme)
                    points=listed(points)
                    stroke-width=unless(1.0, *width)
                    stroke-dasharray=dashes(*dash)
                    stroke-dashoffset=(dash.phase > 0.0).then(|| tenths(dash.phase))
                />
            }
            .into_any(),
            Shape::Circle(centre, radius, colour, width) => {
                let is_filled = *width == 0.0;
                let how = if is_filled { "filled" } else { "lined" };
                view! {
                    <circle
                        class=ink(how, *colour, theme)
                        cx=tenths(centre.0)
                        cy=tenths(centre.1)
                        r=tenths(*radius)
                        stroke-width=(!is_filled).then(|| tenths(*width))
                    />
                }
                .into_any()
            }
            Shape::Text(label) => text(label, theme),
        })
        .collect()
}

fn text(label: &Label, theme: &Theme) -> AnyView {
    let anchor = match label.align {
        Align::Left => "start",
        Align::Centre => "at-736",
        Align::Right => "end",
    };
    view! {
        <text
            class=ink("filled", label.colour, theme)
            x=tenths(label.at.0)
            y=tenths(label.at.1)
            text-anchor=anchor
            font-size=unless(SMALL, label.size)
            font-weight=label.bold.then_some("700")
        >
            {label.text.clone()}
        </text>
    }
    .into_any()
}

/// The classes of a shape: how its colour is used, and which it is.
fn ink(how: &str, colour: RGBColor, theme: &Theme) -> String {
    let [serverless, kubernetes] = theme.sides;
    let known = [
        (theme.text, "text"),
        (theme.muted, "muted"),
        (theme.grid, "line"),
        (theme.panel, "page"),
        (serverless, "serverless"),
        (kubernetes, "kubernetes"),
        (theme.edge(false), "serverless-edge"),
        (theme.edge(true), "kubernetes-edge"),
    ];
    let found = known.iter().find(|(known, _)| *known == colour);
    format!("{how} in-{}", found.map_or("text", |(_, name)| name))
}

/// A number that is not the one which the style has already.
fn unless(usual: f64, x: f64) -> Option<String> {
    (x != usual).then(|| x.to_string())
}

/// A number with one decimal at most: what is finer nobody sees.
fn tenths(x: f64) -> String {
    ((x * 10.0).round() / 10.0).to_string()
}

fn listed(points: &[(f64, f64)]) -> String {
    let points = points
        .iter()
        .map(|(x, y)| format!("{},{}", tenths(*x), tenths(*y)));
    points.collect::<Vec<_>>().join(" ")
}

fn dashes(dash: Dash) -> Option<String> {
    (dash.on > 0.0 && dash.off > 0.0).then(|| format!("{} {}", tenths(dash.on), tenths(dash.off)))
}
