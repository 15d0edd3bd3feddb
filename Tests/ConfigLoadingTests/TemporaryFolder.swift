import ConfigLoading
import Foundation
import ReconcileModel

/// A folder of its own for one test, removed at its end.
final class TemporaryFolder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "config-loading-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    convenience init(_ files: [String: String]) throws {
        try self.init()
        for (name, content) in files { try write(content, to: name) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ content: String, to name: String) throws { try write(Data(content.utf8), to: name) }

    func write(_ content: Data, to name: String) throws {
        try content.write(to: URL(filePath: path).appending(path: name))
    }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: "\(path)/\(name)", withDestinationPath: target)
    }
}

extension TemporaryFolder {
    func load(defaultTimeZone: String? = nil, limits: YAMLLimits = .standard) throws(ConfigError) -> [Organization] {
        try ConfigLoader(limits: limits, defaultTimeZone: defaultTimeZone).load(directory: path)
    }

    /// What loading says is wrong, one problem in each line, without the path of the folder; nil where nothing is.
    func problems(limits: YAMLLimits = .standard) -> [String]? {
        do throws(ConfigError) {
            _ = try load(limits: limits)
            return nil
        } catch {
            return error.description.replacing(path + "/", with: "").split(separator: "\n").map(String.init)
        }
    }
}

/// What is wrong with one file `a.yaml`, without the file's name: `1:1: missing key …`; empty where nothing is.
func problems(_ content: String, limits: YAMLLimits = .standard) throws -> [String] {
    let folder = try TemporaryFolder(["a.yaml": content])
    return (folder.problems(limits: limits) ?? []).map { $0.replacing("a.yaml:", with: "") }
}

/// What is wrong with a declaration that is right but for these lines, which begin at line 3.
func problemsBelowName(_ lines: String) throws -> [String] { try problems("prefix: acm\nname: ACM\n" + lines) }
