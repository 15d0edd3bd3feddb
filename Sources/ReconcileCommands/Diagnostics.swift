import ArgumentParser
import ConfigLoading
import Foundation
import Logging
import ReconcileModel
import Telemetry

/// Everything that is wrong in the declarations.
struct Diagnostics: Error {
    let list: [Diagnostic]
}
