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
        if report.contains(where: { $0.path == "-" }) {
            throw ValidationError("A report is a file; --format says in which format standard output is.")
        }
        let places = report.map(\.place)
        guard let twice = report.first(where: { file in places.count { $0 == file.place } > 1 }) else { return }
        throw ValidationError("Two reports cannot be written to one file: \(twice.path)")
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

    /// Where it ends up, whatever links and dots its path has.
    fileprivate var place: String { URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().path }

    /// Looks whether it can be written, while nothing is done yet. What is there stays as it is.
    ///
    /// - Throws: where its folder is not there or may not be written, or what is there is no report.
    func check() throws(Failure) {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        guard isFolder(folder) else { throw refused("there is no folder \(folder)") }
        guard !isFolder(path) else { throw refused("it is a folder") }
        let isThere = FileManager.default.fileExists(atPath: place)
        guard access(isThere ? place : folder, W_OK) == 0 else { throw refused(String(cString: strerror(errno))) }
        // A slip of the pen would cost links, history and holds, or a declaration.
        guard !["yaml", "yml"].contains(URL(filePath: place).pathExtension) else {
            throw refused("a file with that name is a declaration")
        }
        guard !isDatabase else { throw refused("it is a database") }
    }

    private var isDatabase: Bool {
        // A pipe has no beginning that could be looked at.
        guard let kind = try? FileManager.default.attributesOfItem(atPath: place)[.type] as? FileAttributeType,
            kind == .typeRegular, let file = FileHandle(forReadingAtPath: place)
        else { return false }
        defer { try? file.close() }
        return (try? file.read(upToCount: 15)) == Data("SQLite format 3".utf8)
    }

    func write(_ text: String) throws(Failure) {
        // Also a run that could not start writes its report, and only where one may be.
        try check()
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
