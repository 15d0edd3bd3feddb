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
    var failure: Failure {
        Failure(
            code: "declarations_invalid",
            message: list.map(\.description).joined(separator: "\n"),
            hint: "Mend the declarations and run again."
        )
    }
}
