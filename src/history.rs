//! Undo and redo: the states that the user went through, one for each gesture.
//!
//! A drag is many changes and one gesture. A state is what is kept of it, whole: taking one back can't forget anything.

/// How many steps are kept.
pub const MOST: usize = 100;

/// The states before the present one, and those that were taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct History<T> {
    /// Oldest first; no two neighbours alike.
    past: Vec<T>,
    /// The next one last.
    future: Vec<T>,
    /// What the gesture in hand changes.
    gesture: Option<&'static str>,
}

impl<T> Default for History<T> {
    fn default() -> Self {
        Self {
            past: Vec::new(),
            future: Vec::new(),
            gesture: None,
        }
    }
}

impl<T: Clone + PartialEq> History<T> {
    /// Remembers the state before a change. Changes with the same key up to [`end_step`](Self::end_step) are one step, back to
    /// where the first of them began. What was taken back can't be done again after it.
    pub fn record(&mut self, key: &'static str, before: &T) {
        self.future.clear();
        if self.gesture == Some(key) {
            return;
        }
        self.gesture = Some(key);
        // A gesture that came back to where it began is no step.
        if self.past.last() == Some(before) {
            return;
        }
        if self.past.len() == MOST {
            self.past.remove(0);
        }
        self.past.push(before.clone());
    }

    /// Whether a change with that key belongs to the gesture in hand.
    pub fn goes_on(&self, key: &'static str) -> bool {
        self.gesture == Some(key)
    }

    /// The state before the gesture in hand, if it is one of that key.
    pub fn begin(&self, key: &'static str) -> Option<&T> {
        self.past.last().filter(|_| self.goes_on(key))
    }

    /// Whether there is a state before the present one; it may be the same as that one.
    pub fn has_past(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether a state was taken back.
    pub fn has_future(&self) -> bool {
        !self.future.is_empty()
    }

    /// Ends the gesture: the next change is a step of its own.
    pub fn end_step(&mut self) {
        self.gesture = None;
    }

    /// The state before the last step, instead of the present one.
    pub fn undo(&mut self, now: &T) -> Option<T> {
        self.end_step();
        step(&mut self.past, &mut self.future, now)
    }

    /// The state that was taken back last, instead of the present one.
    pub fn redo(&mut self, now: &T) -> Option<T> {
        self.end_step();
        step(&mut self.future, &mut self.past, now)
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self, now: &T) -> bool {
        self.past.iter().any(|state| state != now)
    }

    /// Whether there is a step to do again.
    pub fn can_redo(&self, now: &T) -> bool {
        self.future.iter().any(|state| state != now)
    }
}

/// Takes the last state that is not the present one, and leaves the present one on the other side.
fn step<T: Clone + PartialEq>(from: &mut Vec<T>, to: &mut Vec<T>, now: &T) -> Option<T> {
    let mut state = from.pop()?;
    if state == *now {
        state = from.pop()?;
    }
    to.push(now.clone());
    Some(state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KEYS: [&str; 2] = ["services", "region"];

    /// The naive model: all states in a row, and where the user is.
    struct Naive {
        states: Vec<u8>,
        at: usize,
        gesture: Option<&'static str>,
    }

    impl Naive {
        fn change(&mut self, key: &'static str, state: u8) {
            if self.gesture != Some(key) {
                self.end_step();
                self.states.truncate(self.at + 1);
                let now = self.states[self.at];
                self.states.push(now);
                self.at += 1;
                if self.states.len() > MOST + 1 {
                    self.states.remove(0);
                    self.at -= 1;
                }
            }
            self.states.truncate(self.at + 1);
            self.gesture = Some(key);
            self.states[self.at] = state;
        }

        fn end_step(&mut self) {
            self.gesture = None;
            // A step that ended where it began.
            if self.at > 0 && self.states[self.at] == self.states[self.at - 1] {
                self.states.remove(self.at);
                self.at -= 1;
            }
        }

        fn undo(&mut self) {
            self.end_step();
            self.at = self.at.saturating_sub(1);
        }

        fn redo(&mut self) {
            self.end_step();
            self.at = (self.at + 1).min(self.states.len() - 1);
        }
    }

    #[derive(Clone, Copy, Debug)]
    enum Act {
        Change(&'static str, u8),
        EndStep,
        Undo,
        Redo,
    }

    fn acts() -> impl Strategy<Value = Vec<Act>> {
        let act = prop_oneof![
            8 => (0..2_usize, 0..9_u8).prop_map(|(key, state)| Act::Change(KEYS[key], state)),
            4 => Just(Act::EndStep),
            2 => Just(Act::Undo),
            1 => Just(Act::Redo),
        ];
        proptest::collection::vec(act, 0..600)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn it_goes_where_a_list_of_all_states_goes(acts in acts()) {
            let mut history = History::default();
            let mut now = 0_u8;
            let mut naive = Naive { states: vec![0], at: 0, gesture: None };
            for act in acts {
                match act {
                    Act::Change(key, state) => {
                        history.record(key, &now);
                        now = state;
                        naive.change(key, state);
                    }
                    Act::EndStep => {
                        history.end_step();
                        naive.end_step();
                    }
                    Act::Undo => {
                        let can = history.can_undo(&now);
                        let state = history.undo(&now);
                        prop_assert_eq!(can, state.is_some());
                        now = state.unwrap_or(now);
                        naive.undo();
                    }
                    Act::Redo => {
                        let can = history.can_redo(&now);
                        let state = history.redo(&now);
                        prop_assert_eq!(can, state.is_some());
                        now = state.unwrap_or(now);
                        naive.redo();
                    }
                }
                prop_assert_eq!(now, naive.states[naive.at], "after {:?}", act);
                prop_assert!(history.past.len() <= MOST && history.past.len() + history.future.len() <= MOST + 1);
            }
        }
    }

    #[test]
    fn a_drag_is_one_step() {
        let mut history = History::default();
        for now in 0..50 {
            history.record("services", &now);
        }
        history.end_step();
        history.record("services", &50);
        assert_eq!(history.undo(&51), Some(50));
        assert_eq!(history.undo(&50), Some(0));
        assert_eq!(history.undo(&0), None);
        assert_eq!(history.redo(&0), Some(50));
        assert_eq!(history.redo(&50), Some(51));
        assert_eq!(history.redo(&51), None);
    }

    #[test]
    fn another_key_is_another_step_and_a_change_ends_what_was_taken_back() {
        let mut history = History::default();
        history.record("services", &0);
        history.record("region", &1);
        assert_eq!(history.undo(&2), Some(1));
        history.record("services", &1);
        assert_eq!((history.redo(&3), history.undo(&3)), (None, Some(1)));
    }

    #[test]
    fn the_oldest_of_more_than_a_hundred_steps_is_forgotten() {
        let mut history = History::default();
        for now in 0..150 {
            history.record("services", &now);
            history.end_step();
        }
        let mut now = 150;
        let mut steps = 0;
        while let Some(before) = history.undo(&now) {
            now = before;
            steps += 1;
        }
        assert_eq!((steps, now), (MOST, 50));
    }
}
