import Foundation

/// The built `reconcile` as a process of its own.
enum ToolProcess {
    /// Where the build puts it: beside the test bundle.
    private static var binary: String {
        let bundle = URL(filePath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
        return bundle.deletingLastPathComponent().appending(path: "reconcile").path
    }

    /// Runs a command line to its end; nothing but `environment` is inherited.
    ///
    /// - Parameters:
    ///   - fileSizeLimit: no file may grow beyond so many KiB, as on a full disk.
    ///   - output: a file for standard output; nil: it is collected.
    static func run(
        _ arguments: [String],
        environment: [String: String],
        in folder: String,
        fileSizeLimit: Int? = nil,
        output: String? = nil
    ) async throws -> Scenario.Ran {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        let limit = fileSizeLimit.map { "ulimit -f \($0); " } ?? ""
        let redirection = output.map { " > \($0)" } ?? ""
        process.arguments = ["-c", "\(limit)exec \"$0\" \"$@\"\(redirection)", binary] + arguments
        process.environment = environment
        process.currentDirectoryURL = URL(filePath: folder)
        let (outputPipe, errorPipe) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError) = (outputPipe, errorPipe)
        process.standardInput = FileHandle.nullDevice
        async let code = end(of: process)
        async let printed = text(from: outputPipe.fileHandleForReading)
        async let errors = text(from: errorPipe.fileHandleForReading)
        return Scenario.Ran(code: try await code, output: await printed, errors: await errors)
    }

    /// Waits on no thread of the tasks: the emulator that the process talks to needs them.
    private static func end(of process: Process) async throws -> Int32 {
        try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
    }

    private static func text(from handle: FileHandle) async -> String {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(returning: String(decoding: handle.readDataToEndOfFile(), as: UTF8.self))
            }
        }
    }
}
