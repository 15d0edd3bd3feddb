import Foundation

/// The file in which a world is kept between runs.
enum WorldFile {
    static func read(_ path: String) throws -> World {
        try JSONDecoder().decode(World.self, from: Data(contentsOf: URL(filePath: path)))
    }

    /// Replaces the file at once: a reader sees the old world or the new one. Only its owner may read it, since it
    /// holds the emulated service account's key.
    static func write(_ world: World, to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = try encoder.encode(world)
        let draft = "\(path).\(ProcessInfo.processInfo.processIdentifier).tmp"
        let options: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
        guard FileManager.default.createFile(atPath: draft, contents: data, attributes: options) else {
            throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path])
        }
        guard rename(draft, path) == 0 else {
            throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path])
        }
    }
}
