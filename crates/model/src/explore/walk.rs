//! The search for the nearest change along one number: outward from where nothing has changed, by halving intervals.
//!
//! It is told of each interval whether anything can lie in it, and asks for one value after the other, so that whoever
//! runs it can pause in between.

/// What is to be done with an interval, by what is known at its two ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Judgement {
    /// Nothing lies in it that could be found.
    Leave,
    /// The change lies between its ends, which are close enough.
    Found,
    /// This value in it has to be looked at.
    Look(f64),
}

/// How the search goes on.
#[derive(Clone, Debug)]
pub(super) enum Next<P> {
    /// With this value.
    Look(f64),
    /// It found the change: the last point before it, and the first after it.
    Found(P, P),
    /// There is none.
    Nothing,
}

/// The search, as far as it has come.
#[derive(Clone, Debug)]
pub(super) struct Walk<P> {
    /// The intervals that are left, the nearest last, each with its near and its far end.
    intervals: Vec<(P, P)>,
    /// The one that is halved just now.
    open: Option<(P, P)>,
}

impl<P: Clone> Walk<P> {
    /// A search along points that are known, from the nearest on, at which nothing has changed.
    pub(super) fn along(points: &[P]) -> Self {
        let pairs = points.windows(2).rev();
        Self {
            intervals: pairs
                .map(|pair| (pair[0].clone(), pair[1].clone()))
                .collect(),
            open: None,
        }
    }

    /// Goes on to the next value that has to be looked at.
    pub(super) fn next(&mut self, judge: &mut dyn FnMut(&P, &P) -> Judgement) -> Next<P> {
        while let Some((near, far)) = self.intervals.pop() {
            match judge(&near, &far) {
                Judgement::Leave => {}
                Judgement::Found => return Next::Found(near, far),
                Judgement::Look(x) => {
                    self.open = Some((near, far));
                    return Next::Look(x);
                }
            }
        }
        Next::Nothing
    }

    /// Takes what is known at the value that was asked for, and whether the change has come there: what lies behind it is
    /// of no interest then.
    pub(super) fn take(&mut self, middle: P, changed: bool) {
        if let Some((near, far)) = self.open.take() {
            if !changed {
                self.intervals.push((middle.clone(), far));
            }
            self.intervals.push((near, middle));
        }
    }
}

/// Whether a gap between two amounts stays open between two points where it is `here` and `there`, while one amount moves by
/// `one` and the other by `other`. It does if neither turns back, however steep its steps are and whichever comes first; that
/// they hardly turn back is what `play` is for, a share of what moves.
pub(super) fn stays_open((here, there): (f64, f64), (one, other): (f64, f64), play: f64) -> bool {
    let moved = one.abs() + other.abs();
    here + there > moved && here.min(there) > (here - there).abs() + play * moved
}
