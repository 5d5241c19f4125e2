//! Environments beside production.

/// A further environment beside production, such as staging.
#[derive(Clone, Debug, PartialEq)]
pub struct Environment {
    /// What the team calls it.
    pub name: String,
    /// Hours a week in which it is up.
    pub hours_per_week: f64,
    /// Instances of each service.
    pub replicas: u32,
}

impl Default for Environment {
    /// Staging, up in office hours.
    fn default() -> Self {
        Self {
            name: "staging".into(),
            hours_per_week: 50.0,
            replicas: 1,
        }
    }
}
