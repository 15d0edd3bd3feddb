import CICal
import Synchronization

/// libical, used by one thread at a time: it keeps the zones it has read, and its mode of reporting errors, for the whole process.
enum ICalLibrary {
    private static let isSetUp = Mutex(false)

    static func run<T: Sendable>(_ body: () -> T) -> T {
        isSetUp.withLock { isSetUp in
            if !isSetUp {
                // A wrong rule must not end the process.
                icalerror_set_errors_are_fatal(0)
                // The zone rules of the system, not those that came with the library.
                icaltimezone_set_builtin_tzdata(0)
                isSetUp = true
            }
            defer { icalerror_clear_errno() }
            return body()
        }
    }
}
