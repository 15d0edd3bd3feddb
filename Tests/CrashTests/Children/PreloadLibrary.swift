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
        let compiler = Process()
        compiler.executableURL = URL(filePath: "/usr/bin/env")
        compiler.arguments = ["cc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", path, source, "-ldl"]
        try compiler.run()
        compiler.waitUntilExit()
        guard compiler.terminationStatus == 0 else { throw CompilerFailed() }
    }
}
