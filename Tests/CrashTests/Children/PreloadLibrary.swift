import Foundation
import TestSupport

/// The library of `Preload/crash.c`, compiled once per test process.
struct PreloadLibrary: Sendable {
    let path: String
    private let folder: TemporaryFolder

    static let shared = Result { try PreloadLibrary() }

    private struct CompilerFailed: Error {}

    private init() throws {
        folder = try TemporaryFolder()
        path = folder.file("crash.so")
        let source = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Preload/crash.c").path
        let arguments = ["cc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", path, source, "-ldl"]
        let compiler = try ChildProcess("/usr/bin/env", arguments, output: .inherited)
        guard compiler.wait().reason == .exited(0) else { throw CompilerFailed() }
    }
}
