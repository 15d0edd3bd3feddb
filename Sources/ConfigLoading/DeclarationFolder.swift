import Foundation
import ReconcileModel

/// The files of `orgs.d`.
struct DeclarationFolder {
    private static let endings = ["yaml", "yml"]

    /// One file for each organization, sorted by name. Endings may be in any case: `ACM.YAML`.
    let declarations: [DeclarationFile]
    /// `_defaults.yaml` or `_defaults.yml`; two are one too many.
    let defaults: [DeclarationFile]

    /// Lists `directory`: all `*.yaml` and `*.yml`, except hidden ones.
    ///
    /// - Throws: where it is missing or unreadable.
    init(listing directory: String) throws(Failure) {
        let names = try Self.names(in: directory)
            .filter { name in !name.hasPrefix(".") && Self.endings.contains(Self.ending(of: name)) }
            .sorted()
        let base = directory.hasSuffix("/") ? directory : directory + "/"
        let files = names.map { (name: $0, file: DeclarationFile(path: base + $0)) }
        declarations = files.filter { !Self.isDefaults($0.name) }.map(\.file)
        defaults = files.filter { Self.isDefaults($0.name) }.map(\.file)
    }

    /// That a folder declares nothing.
    static func empty(_ directory: String) -> Failure {
        let base = directory.hasSuffix("/") ? directory : directory + "/"
        return Failure(
            code: "declarations_empty",
            message: "The folder \(Excerpt.quoted(path: directory)) declares no organization.",
            hint: "Add a file such as \(base)acm.yaml with a prefix and a name."
        )
    }

    /// Behind the last full stop, in lower case.
    private static func ending(of name: String) -> String {
        name.lastIndex(of: ".").map { String(name[$0...].dropFirst()).lowercased() } ?? ""
    }

    private static func isDefaults(_ name: String) -> Bool {
        name.lowercased() == "_defaults.\(ending(of: name))"
    }

    private static func names(in directory: String) throws(Failure) -> [String] {
        var status = stat()
        let code = stat(directory, &status) == 0 ? 0 : errno
        let quoted = Excerpt.quoted(path: directory)
        guard code != ENOENT else {
            throw Failure(
                code: "declarations_not_found",
                message: "There is no folder \(quoted).",
                hint: "Run in the folder that contains it, or name it with --orgs-dir."
            )
        }
        guard code != 0 || status.st_mode & S_IFMT == S_IFDIR else {
            throw Failure(
                code: "declarations_not_a_folder",
                message: "\(quoted) is a file, not a folder of declarations.",
                hint: "Name the folder that contains it."
            )
        }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: directory)
        } catch {
            let reason = code == 0 ? "listing it is not allowed" : String(cString: strerror(code))
            throw Failure(
                code: "declarations_unreadable",
                message: "The folder \(quoted) cannot be read: \(reason).",
                hint: "Check who may read it."
            )
        }
    }
}
