//! What the native programs print.

use std::{
    io::{self, ErrorKind, Write},
    process::ExitCode,
};

/// Prints to standard output. A reader that has enough (`| head`) ends the program quietly, as one that reads all;
/// any other error is a message and a failure.
pub fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> ExitCode {
    match write_to(&mut io::stdout().lock(), write) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where this fails too, nobody is left to tell.
            let _ = writeln!(io::stderr(), "error: can't write: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write_to<W: Write>(
    out: &mut W,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    match write(out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes so many bytes, then fails.
    struct Pipe {
        room: usize,
        then: ErrorKind,
    }

    impl Write for Pipe {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.room == 0 {
                return Err(self.then.into());
            }
            let taken = bytes.len().min(self.room);
            self.room -= taken;
            Ok(taken)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// What comes of a hundred lines, and how many were begun.
    fn lines_into(then: ErrorKind) -> (Result<(), ErrorKind>, usize) {
        let mut begun = 0;
        let done = write_to(&mut Pipe { room: 20, then }, |out| {
            for _ in 0..100 {
                begun += 1;
                writeln!(out, "a line")?;
            }
            Ok(())
        });
        (done.map_err(|error| error.kind()), begun)
    }

    #[test]
    fn a_reader_that_has_enough_is_no_error() {
        assert_eq!(lines_into(ErrorKind::BrokenPipe), (Ok(()), 3));
    }

    #[test]
    fn any_other_error_is_one() {
        let full = ErrorKind::StorageFull;
        assert_eq!(lines_into(full), (Err(full), 3));
    }

    #[test]
    fn what_fails_only_at_the_end_is_an_error() {
        struct Late;
        impl Write for Late {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                Ok(bytes.len())
            }
            fn flush(&mut self) -> io::Result<()> {
                Err(ErrorKind::StorageFull.into())
            }
        }
        let done = write_to(&mut Late, |out| writeln!(out, "a line"));
        assert_eq!(
            done.map_err(|error| error.kind()),
            Err(ErrorKind::StorageFull)
        );
    }
}
