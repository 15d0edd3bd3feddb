import Foundation

/// The files beside these tests. The keys were made for them and open nothing.
enum Fixture {
    static func text(_ name: String) throws -> String { String(decoding: try data(name), as: UTF8.self) }

    static func data(_ name: String) throws -> Data {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
        return try Data(contentsOf: folder.appending(path: name))
    }
}
