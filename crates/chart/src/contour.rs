//! Where a value that is known at the stops of a grid is below zero: closed lines around it, and stripes across it.

use super::scene::Point;
use plimsoll_model::sorting::by_number;

/// A closed line, with whether each of its points lies on the frame of the grid because the grid ends there.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Outline {
    pub points: Vec<Point>,
    on_frame: Vec<bool>,
    /// What it encloses is above zero: a hole in what is below.
    pub is_hole: bool,
    area: f64,
}

impl Outline {
    /// The pieces of it that are a border within the grid.
    pub fn borders(&self) -> Vec<Vec<Point>> {
        let count = self.points.len();
        let is_frame = |place: usize| self.on_frame[place % count];
        let Some(first) = (0..count).find(|place| is_frame(*place)) else {
            let mut around = self.points.clone();
            around.extend(self.points.first());
            return vec![around];
        };
        let mut pieces = vec![Vec::new()];
        for place in first..first + count {
            match pieces.last_mut() {
                Some(piece) if !is_frame(place) => piece.push(self.points[place % count]),
                Some(piece) if !piece.is_empty() => pieces.push(Vec::new()),
                _ => {}
            }
        }
        pieces.retain(|piece| piece.len() > 1);
        pieces
    }
}

/// The outlines of where `value` is below zero on a grid whose stops lie at these places, the largest first, so that one that is
/// filled over those before it is seen: from one stop to the next the value changes in a straight line.
///
/// Marching squares: each edge between two stops of which one is below zero is crossed, and each square joins its crossings, two
/// and two, with what is below zero on the left. A ring of stops that are not closes the lines.
pub(super) fn outlines(
    (across, up): (&[f64], &[f64]),
    value: &dyn Fn(usize, usize) -> f64,
) -> Vec<Outline> {
    let (wide, high) = (across.len() + 2, up.len() + 2);
    let is_ring = |x: usize, y: usize| x == 0 || y == 0 || x == wide - 1 || y == high - 1;
    let at = |x: usize, y: usize| {
        if is_ring(x, y) {
            1.0
        } else {
            value(x - 1, y - 1)
        }
    };
    let place = |places: &[f64], n: usize| places[n.saturating_sub(1).min(places.len() - 1)];
    // An edge goes from a stop to the right, or up.
    let edge = |x: usize, y: usize, up: bool| 2 * (y * wide + x) + usize::from(up);
    let mut next = vec![usize::MAX; 2 * wide * high];
    for y in 0..high - 1 {
        for x in 0..wide - 1 {
            // Counter-clockwise, from the lower left corner; each edge begins at its corner.
            let corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)];
            let edges = [
                edge(x, y, false),
                edge(x + 1, y, true),
                edge(x, y + 1, false),
                edge(x, y, true),
            ];
            let below = corners.map(|(x, y)| at(x, y) < 0.0);
            for from in 0..4 {
                if !below[from] || below[(from + 1) % 4] {
                    continue;
                }
                let enters = |to: &usize| !below[to % 4] && below[(to + 1) % 4];
                if let Some(to) = (from + 1..from + 4).find(enters) {
                    next[edges[from]] = edges[to % 4];
                }
            }
        }
    }
    let crossing = |edge: usize| {
        let (x, y) = ((edge / 2) % wide, edge / 2 / wide);
        let (to_x, to_y) = if edge % 2 == 1 {
            (x, y + 1)
        } else {
            (x + 1, y)
        };
        let (from, to) = (at(x, y), at(to_x, to_y));
        let share = from / (from - to);
        let between = |from: f64, to: f64| from + (to - from) * share;
        let point = (
            between(place(across, x), place(across, to_x)),
            between(place(up, y), place(up, to_y)),
        );
        (point, is_ring(x, y) || is_ring(to_x, to_y))
    };
    let mut all = Vec::new();
    for first in 0..next.len() {
        let (mut edge, mut points, mut on_frame) = (first, Vec::new(), Vec::new());
        while let Some(to) = next.get(edge).copied().filter(|to| *to != usize::MAX) {
            let (point, ring) = crossing(edge);
            points.push(point);
            on_frame.push(ring);
            next[edge] = usize::MAX;
            edge = to;
        }
        if points.len() > 2 {
            // Heights grow downward.
            let area = -area(&points);
            all.push(Outline {
                points,
                on_frame,
                is_hole: area < 0.0,
                area: area.abs(),
            });
        }
    }
    by_number(&mut all, |one| -one.area);
    all
}

/// Twice the area within points, below zero where they go round the other way.
fn area(points: &[Point]) -> f64 {
    let ends = points.iter().zip(points.iter().cycle().skip(1));
    ends.map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum()
}

/// Stripes across what lies within points, of a width and at a distance from each other, CSS pixels: rising to the right, or falling.
pub(super) fn stripes(points: &[Point], width: f64, each: f64, rising: bool) -> Vec<Vec<Point>> {
    let sign = if rising { 1.0 } else { -1.0 };
    // The sides of a stripe are where this is the same.
    let along = |(x, y): Point| x + sign * y;
    let ends = points.iter().map(|point| along(*point));
    let (least, most) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), at| {
        (least.min(at), most.max(at))
    });
    if most < least {
        return Vec::new();
    }
    // Sides run at 45°.
    let (width, each) = (
        width * core::f64::consts::SQRT_2,
        each * core::f64::consts::SQRT_2,
    );
    let first = (least / each).floor() as i64;
    let last = (most / each).ceil() as i64;
    (first..=last)
        .map(|n| {
            let from = n as f64 * each;
            let rest = cut(points, &|point| along(point) - from);
            cut(&rest, &|point| from + width - along(point))
        })
        .filter(|stripe| stripe.len() > 2)
        .collect()
}

/// What of an area is on the side of a straight line where a value is not below zero.
fn cut(points: &[Point], value: &dyn Fn(Point) -> f64) -> Vec<Point> {
    let mut left = Vec::new();
    for (from, to) in points.iter().zip(points.iter().cycle().skip(1)) {
        let (at, next) = (value(*from), value(*to));
        if at >= 0.0 {
            left.push(*from);
        }
        if (at >= 0.0) != (next >= 0.0) {
            let share = at / (at - next);
            left.push((
                from.0 + (to.0 - from.0) * share,
                from.1 + (to.1 - from.1) * share,
            ));
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACES: [f64; 4] = [0.0, 10.0, 20.0, 30.0];
    const UP: [f64; 4] = [30.0, 20.0, 10.0, 0.0];

    fn enclosed(outlines: &[Outline]) -> f64 {
        let signed = outlines.iter().map(|outline| {
            if outline.is_hole {
                -outline.area
            } else {
                outline.area
            }
        });
        signed.sum::<f64>() / 2.0
    }

    #[test]
    fn an_outline_closes_on_the_frame_and_its_border_does_not() {
        // Below zero left of 15.
        let left = outlines((&PLACES, &UP), &|x, _| PLACES[x] - 15.0);
        assert_eq!(left.len(), 1);
        assert!((enclosed(&left) - 450.0).abs() < 1e-9);
        let borders = left[0].borders();
        assert_eq!(borders.len(), 1);
        assert!(borders[0].iter().all(|(x, _)| (x - 15.0).abs() < 1e-9));
        let ends = [borders[0][0].1, borders[0][borders[0].len() - 1].1];
        assert!(ends == [0.0, 30.0] || ends == [30.0, 0.0], "{ends:?}");
    }

    #[test]
    fn everything_nothing_holes_and_saddles_are_enclosed() {
        assert!(outlines((&PLACES, &UP), &|_, _| 1.0).is_empty());
        let all = outlines((&PLACES, &UP), &|_, _| -1.0);
        assert!((enclosed(&all) - 900.0).abs() < 1e-9 && all[0].borders().is_empty());
        let hole = |x: usize, y: usize| if x == 1 && y == 1 { 1.0 } else { -1.0 };
        let ring = outlines((&PLACES, &UP), &hole);
        assert_eq!(ring.iter().filter(|outline| outline.is_hole).count(), 1);
        assert!((enclosed(&ring) - 850.0).abs() < 1e-9);
        let chess = |x: usize, y: usize| if (x + y).is_multiple_of(2) { -1.0 } else { 1.0 };
        let half = outlines((&PLACES, &UP), &chess);
        assert!(half.iter().all(|outline| outline.points.len() > 2));
    }

    #[test]
    fn stripes_cover_their_share_of_an_area() {
        let square = [(0.0, 0.0), (200.0, 0.0), (200.0, 200.0), (0.0, 200.0)];
        for rising in [false, true] {
            let stripes = stripes(&square, 2.0, 5.0, rising);
            let covered: f64 = stripes.iter().map(|stripe| area(stripe).abs() / 2.0).sum();
            assert!((covered / 40_000.0 - 0.4).abs() < 0.02, "{covered}");
        }
        assert!(stripes(&[], 2.0, 5.0, true).is_empty());
    }
}
