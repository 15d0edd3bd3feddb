package import ReconcileModel

/// Why there are no organizations to work with.
package enum ConfigError: Error, Hashable, Sendable {
    /// The folder is missing, unreadable or declares nothing, or a setting that all declarations need is wrong.
    case unavailable(Failure)
    /// What is wrong in the files: everything in all of them, sorted by file, line and column; never empty.
    case invalid([Diagnostic])
}

extension ConfigError: CustomStringConvertible {
    /// One line for each problem.
    package var description: String {
        switch self {
        case .unavailable(let failure): failure.description
        case .invalid(let diagnostics): diagnostics.map(\.description).joined(separator: "\n")
        }
    }
}
