//! Of the curves: places, words, names and dashes.

use super::*;
use plimsoll_model::explore::sweep;

#[test]
fn names_are_moved_apart_around_where_they_were() {
    let mut places = [50.0, 50.0, 50.0, 200.0];
    spread(&mut places, 10.0, 0.0, 300.0);
    assert_eq!(places, [40.0, 50.0, 60.0, 200.0]);
    let mut places = [1.0, 2.0, 99.0, 100.0];
    spread(&mut places, 20.0, 0.0, 100.0);
    assert_eq!(places, [0.0, 20.0, 80.0, 100.0]);
    let mut none: [f64; 0] = [];
    spread(&mut none, 10.0, 0.0, 100.0);
}

fn curve(platform: Platform, usd: &[Option<f64>]) -> Curve {
    let point = |(n, usd): (usize, &Option<f64>)| (sweep::requests_at(n), *usd);
    Curve {
        platform,
        open: true,
        points: usd.iter().enumerate().map(point).collect(),
        parts: Vec::new(),
    }
}

#[test]
fn a_place_belongs_to_the_nearest_point() {
    let curves = [curve(Platform::Fly, &[Some(1.0); POINTS])];
    let frame = Frame::new(600.0, 400.0, 0, (1.0, 10.0));
    for point in [0, 1, 17, POINTS - 1] {
        let x = frame.x(sweep::requests_at(point));
        for off in [-1.0, 0.0, 1.0] {
            assert_eq!(nearest(&curves, 600.0, x + off), Some(point));
        }
    }
    assert_eq!(nearest(&curves, 600.0, frame.right + LEAD), None);
    assert_eq!(nearest(&curves, 600.0, f64::NAN), None);
    assert_eq!(nearest(&[], 600.0, frame.right), None);
    assert_eq!(
        nearest(&[curve(Platform::Fly, &[])], 600.0, frame.right),
        None
    );
}

#[test]
fn a_point_is_read_out_from_the_cheapest_on() {
    let curves = [
        curve(Platform::Fly, &[Some(20.0), Some(1_234.567)]),
        curve(Platform::Gke, &[Some(10.0), None]),
        curve(Platform::CloudRun, &[Some(30.0), Some(0.0)]),
    ];
    assert_eq!(
        read_out(&curves, 1),
        "1,500 requests a month, 0.0005708 a second: Cloud Run $0.00, Fly.io $1,234.57. Can't run it, or without a price: GKE Standard."
    );
    assert_eq!(read_out(&curves, 2), "");
}

#[test]
fn thick_dashes_lie_on_thin_ones() {
    let curves = [
        curve(
            Platform::Gke,
            &[Some(10.0), Some(20.0), Some(5.0), Some(4.0)],
        ),
        curve(
            Platform::Eks,
            &[Some(5.0), Some(6.0), Some(30.0), Some(40.0)],
        ),
    ];
    let view = Curves {
        curves: curves.into(),
        ..Curves::default()
    };
    let scene = view.scene(None, &Theme::light(), 600.0);
    let lines: Vec<(&Vec<Point>, f64, Dash)> = scene
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            super::super::scene::Shape::Line(points, _, width, dash) if dash.on > 0.0 => {
                Some((points, *width, *dash))
            }
            _ => None,
        })
        .collect();
    let [gke, eks, eks_thick, gke_thick] = &lines[..] else {
        unreachable!("{lines:?}")
    };
    assert_eq!((eks_thick.1, gke_thick.1), (3.0, 3.0));
    assert_eq!(eks_thick.0[0], eks.0[0]);
    assert_eq!(eks_thick.2.phase, 0.0);
    // They change where they cross, and the dashes go on from there as on the line below.
    let crossing = gke_thick.0[0];
    assert_eq!(eks_thick.0[2], crossing);
    let before = [gke.0[0], gke.0[1], crossing];
    assert!((gke_thick.2.phase - length(&before)).abs() < 1e-9);
}
