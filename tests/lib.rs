//! Where the tests find the repository.

use std::path::Path;

/// The repository's top folder.
pub fn root() -> &'static Path {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests)
}
