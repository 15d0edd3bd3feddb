import ArgumentParser
import Foundation
import ReconcileModel
import Rendering

extension OutputFormat: ExpressibleByArgument {}

/// A format that reports may have.
protocol ReportFormat: ResultFormat, ExpressibleByArgument {
    /// A report as an option names it.
    static var example: String { get }
}

extension PlanFormat: ReportFormat {
    static let example = "markdown=plan.md"
}

extension CheckFormat: ReportFormat {
    static let example = "sarif=findings.sarif"
}

/// In which formats a result is wanted, and where.
struct FormatOptions<Format: ReportFormat>: ParsableArguments {
    @Option(help: "Format of the output.")
    var format = Format.text

    @Option(
        help: ArgumentHelp(
            "Write it also to a file, in a format of its own, such as \(Format.example). Repeatable.",
            valueName: "format=file"
        )
    )
    var report: [ReportFile<Format>] = []

    /// Looks, before anything is done, whether all reports can be written.
    func check() throws(Failure) {
        for file in report { try file.check() }
    }

    func validate() throws {
        let paths = report.map(\.path)
        guard let twice = paths.first(where: { path in paths.count { $0 == path } > 1 }) else { return }
        throw ValidationError("Two reports cannot be written to one file: \(twice)")
    }
}

/// `markdown=plan.md`
struct ReportFile<Format: ResultFormat>: ExpressibleByArgument {
    var format: Format
    var path: String

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let format = Format(rawValue: String(parts[0])), !parts[1].isEmpty else { return nil }
        (self.format, path) = (format, String(parts[1]))
    }

    /// Looks whether it can be written, while nothing is done yet. What is there stays as it is.
    ///
    /// - Throws: where its folder is not there, or it is a folder itself.
    func check() throws(Failure) {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        guard isFolder(folder) else { throw refused("there is no folder \(folder)") }
        guard !isFolder(path) else { throw refused("it is a folder") }
    }

    func write(_ text: String) throws(Failure) {
        // Not by way of another file: it may be a pipe, or a file that a job was handed.
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw refused(String(cString: strerror(errno))) }
        defer { close(descriptor) }
        let file = OutputFile(descriptor: descriptor)
        file.write(text)
        if let problem = file.problem { throw refused(problem) }
    }

    private func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    private func refused(_ reason: String) -> Failure {
        Failure(
            code: "report_not_written",
            message: "The report cannot be written to \(path): \(reason).",
            hint: "Name a file in a folder that is there and may be written: --report \(format.rawValue)=FILE."
        )
    }
}
