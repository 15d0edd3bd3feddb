import Foundation
import HTTPTypes
import NotionAPI
import ReconcileModel
import Testing
import Transport

/// Whatever an id holds, it is one segment of the path: also one from a state file that somebody edited, or from an answer.
struct AddressTests {
    private static let hostile = ["..", "../../v1/users/me", "a/b", "a?b=c", "a#b", "%2E%2E", "", "a\r\nb"]

    private func path(_ ask: (NotionClient) async throws -> Void) async throws -> String {
        let transport = ScriptedTransport(answers: [.notFound])
        _ = try? await ask(NotionClient(transport))
        return try #require(transport.sent.first?.head.path)
    }

    private func segments(_ path: String) -> [Substring] {
        path.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false)
    }

    @Test(arguments: hostile)
    func `ids stay in their place`(id: String) async throws {
        let paths = [
            (3, try await path { _ = try await $0.page(PageID(rawValue: id)) }),
            (3, try await path { _ = try await $0.database(DatabaseID(rawValue: id)) }),
            (3, try await path { _ = try await $0.dataSource(DataSourceID(rawValue: id)) }),
            (
                4,
                try await path {
                    _ = try await $0.pages(of: DataSourceID(rawValue: id), properties: []) { _ in }
                }
            ),
        ]
        for (count, path) in paths {
            let segments = segments(path)
            #expect(segments.count == count + 1 && segments[1] == "v1", "\(path)")
            #expect(!segments.dropFirst().contains { ["", ".", "..", "%2E%2E"].contains($0) }, "\(path)")
            #expect(!path.contains { $0.isNewline || $0 == " " } && !path.contains("#"), "\(path)")
        }
    }

    @Test(arguments: ["..", "%2E%2E", "%2e%2e", ".", "%2F..%2F", ""])
    func `a property's id stays in its place as well`(id: String) async throws {
        let relation = PropertyValue.relation([], hasMore: true)
        let property = PageProperty(id: PropertyID(id), value: relation)
        let page = NotionPage(id: pageID(1), properties: ["P": property])
        let path = try await path { _ = try await $0.completedPage(page, properties: [PropertyID(id)]) }
        let segments = segments(path)
        #expect(segments.count == 6 && segments[4] == "properties", "\(path)")
        #expect(
            !["", ".", "..", "%2E%2E", "%2e%2e"].contains(segments[5]) && !segments[5].contains("%2F.."),
            "\(path)"
        )
    }

    /// Encoded twice it would be a property that does not exist.
    @Test(arguments: ["rOl%2F", "%5BWk%3F", "a!b'(c)*", "x;y%3D", "k%3Aj:@", "title"])
    func `a property's id is sent as Notion wrote it`(id: String) async throws {
        let page = NotionPage(
            id: pageID(1),
            properties: ["P": PageProperty(id: PropertyID(id), value: .relation([], hasMore: true))]
        )
        let path = try await path { _ = try await $0.completedPage(page, properties: [PropertyID(id)]) }
        #expect(segments(path).last.map(String.init) == id)
    }
}
