import JSON
import ReconcileModel

extension JSON {
    /// A document for programs that people can read: indented, its names sorted, with a newline at its end.
    func text() -> String { text(.pretty).jsonWithoutCommands + "\n" }
}
