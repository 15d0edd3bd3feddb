import Foundation

/// Standard input, output and error, which whoever starts the program may have closed.
///
/// The next file to be opened would get the number of one that is closed: messages would be written into the state, say.
enum StandardStreams {
    /// Puts the null device in the place of what is closed. What was to be read is at its end; what is written to the output
    /// fails, as it does while it is closed: whoever asked for something did not get it.
    static func open() {
        for (descriptor, mode) in [(STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)] {
            // The lowest number that is free is the one that is given.
            if fcntl(descriptor, F_GETFD) < 0, errno == EBADF { _ = Foundation.open("/dev/null", mode) }
        }
    }
}
