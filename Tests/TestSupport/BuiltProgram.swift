import Foundation

/// The programs of this package as the build made them.
package enum BuiltProgram {
    /// Where the build puts `reconcile`: beside the test bundle, or beside the program that runs.
    package static var reconcile: String {
        let running = URL(filePath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
        return running.deletingLastPathComponent().appending(path: "reconcile").path
    }
}
