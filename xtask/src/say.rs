//! What the commands say: what is done now, and what is left.

use std::time::Instant;

/// Tells the steps of a command, numbered, with the time that it has taken so far.
#[derive(Debug)]
pub struct Steps {
    all: usize,
    now: usize,
    began: Instant,
}

impl Steps {
    /// A command of so many steps.
    pub fn of(all: usize) -> Self {
        Self {
            all,
            now: 0,
            began: Instant::now(),
        }
    }

    /// Begins the next step.
    pub fn next(&mut self, what: &str) {
        self.now += 1;
        let (now, all) = (self.now, self.all);
        println!("[{now}/{all}, {:.0} s] {what}", self.seconds());
    }

    /// How long the command has taken so far, s.
    pub fn seconds(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
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
