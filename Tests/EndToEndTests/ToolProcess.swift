import TestSupport

/// The built `reconcile` as a process of its own.
enum ToolProcess {
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
        let limit = fileSizeLimit.map { "ulimit -f \($0); " } ?? ""
        let redirection = output.map { " > \($0)" } ?? ""
        let process = try ChildProcess(
            "/bin/bash",
            ["-c", "\(limit)exec \"$0\" \"$@\"\(redirection)", BuiltProgram.reconcile] + arguments,
            environment: environment,
            folder: folder,
            output: .pipe,
            errors: .pipe
        )
        async let printed = process.output?.text()
        async let errors = process.errors?.text()
        async let end = process.ended()
        return Scenario.Ran(code: await end.code, output: await printed ?? "", errors: await errors ?? "")
    }
}
