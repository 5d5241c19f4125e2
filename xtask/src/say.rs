//! What the commands say: what is done now, and what is left.

use std::time::Instant;

/// Tells the steps of a command, numbered, with the time that it has taken so far.
#[derive(Debug)]
pub struct Steps {
    all: usize,
    began: Instant,
    /// Each step with its beginning.
    told: Vec<(String, Instant)>,
}

impl Steps {
    /// A command of so many steps.
    pub fn of(all: usize) -> Self {
        Self {
            all,
            began: Instant::now(),
            told: Vec::new(),
        }
    }

    /// Begins the next step.
    pub fn next(&mut self, what: &str) {
        self.told.push((what.to_owned(), Instant::now()));
        let (now, all) = (self.told.len(), self.all);
        println!("[{now}/{all}, {:.0} s] {what}", self.seconds());
    }

    /// How long the command has taken so far, s.
    pub fn seconds(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }

    /// Every step with the seconds that it took; the last one until now.
    pub fn durations(&self) -> Vec<(&str, f64)> {
        let ends = self.told.iter().skip(1).map(|(_, began)| *began);
        self.told
            .iter()
            .zip(ends.chain([Instant::now()]))
            .map(|((what, began), end)| (what.as_str(), (end - *began).as_secs_f64()))
            .collect()
    }
}

/// A detail of the present step.
pub fn detail(what: &str) {
    println!("      {what}");
}

/// Something that must not be overlooked.
pub fn loud(what: &str) {
    println!("\n  !!  {what}\n");
}

/// Why the command failed.
pub fn failure(what: &str) {
    eprintln!("\nerror: {what}");
}
