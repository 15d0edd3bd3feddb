import ArgumentParser
import ConfigLoading
import Foundation
import Logging
import ReconcileModel
import Telemetry

/// Everything that is wrong in the declarations.
struct Diagnostics: Error {
    let list: [Diagnostic]

    /// For programs, which get one error.
    var failure: Failure { .misdeclared(list) }
}
