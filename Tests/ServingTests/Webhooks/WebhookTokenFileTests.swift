import Foundation
import ReconcileModel
import Serving
import TestSupport
import Testing

struct WebhookTokenFileTests {
    private let folder: TemporaryFolder
    private let file: WebhookTokenFile

    init() throws {
        folder = try TemporaryFolder()
        file = WebhookTokenFile(statePath: folder.file("new/state.db"))
    }

    private func token(_ number: Int) throws -> WebhookSecret {
        try #require(WebhookSecret("secret_0123456789_\(number)"))
    }

    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.file("new")).sorted() }
    }

    @Test func `a token is kept for its owner only, in a folder of the owner's`() throws {
        #expect(try file.read() == nil)
        #expect(try file.store(token(1)) == .stored)
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        let kept = try #require(try file.read())
        #expect(try kept.token == token(1))
        let date = try #require(attributes[.modificationDate] as? Date)
        #expect(kept.receivedAt.secondsSince1970 == Int(date.timeIntervalSince1970.rounded(.down)))
        #expect(try names == ["state.db.webhook-token"])
    }

    @Test func `the first one stays until it is removed`() throws {
        #expect(try file.store(token(1)) == .stored)
        #expect(try file.store(token(1)) == .known)
        #expect(try file.store(token(2)) == .occupied)
        #expect(try file.read()?.token == token(1))
        #expect(try file.remove())
        #expect(try !file.remove())
        #expect(try file.store(token(2)) == .stored)
        #expect(try names == ["state.db.webhook-token"])
    }

    @Test func `of many that come at once, one is kept whole`() async throws {
        let file = file
        let tokens = try (0..<32).map { try token($0) }
        let stored = try await withThrowingTaskGroup { group in
            for token in tokens { group.addTask { try file.store(token) == .stored ? token : nil } }
            return try await group.reduce(into: [WebhookSecret]()) { result, token in
                if let token { result.append(token) }
            }
        }
        #expect(stored.count == 1)
        #expect(try file.read()?.token == stored.first)
        #expect(try names == ["state.db.webhook-token"])
    }

    @Test(arguments: ["", "short\n", "secret_with spaces in it", String(repeating: "a", count: 5000)])
    func `a file without a token is damaged, and left as it is`(content: String) throws {
        try FileManager.default.createDirectory(atPath: folder.file("new"), withIntermediateDirectories: false)
        try Data(content.utf8).write(to: URL(filePath: file.path))
        for use in [{ _ = try file.read() }, { _ = try file.store(token(1)) }] as [() throws -> Void] {
            #expect {
                try use()
            } throws: { error in
                (error as? Failure)?.code == "webhook_token_unreadable"
            }
        }
        #expect(try Data(contentsOf: URL(filePath: file.path)) == Data(content.utf8))
        #expect(try file.remove())
    }

    @Test func `a link to somewhere else is not followed`() throws {
        try folder.write(Data("secret_0123456789_0\n".utf8), to: "elsewhere")
        try FileManager.default.createDirectory(atPath: folder.file("new"), withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: folder.file("elsewhere"))
        #expect(throws: Failure.self) { try file.read() }
        #expect(throws: Failure.self) { try file.store(token(1)) }
        #expect(try folder.read("elsewhere") == Data("secret_0123456789_0\n".utf8))
    }

    @Test func `a folder that cannot be made is an error with the path in it`() throws {
        try folder.write(Data(), to: "new")
        #expect {
            try file.store(token(1))
        } throws: { error in
            "\(error)".contains(file.path) && !"\(error)".contains("secret_")
        }
    }
}
