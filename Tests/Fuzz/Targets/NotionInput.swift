import Foundation
import HTTPTypes
import JSON
import ReconcileModel
import Transport

@testable import NotionAPI

/// The body of any answer of Notion, read as each thing that the client asks for.
enum NotionInput {
    static func check(_ data: Data) {
        checkJSON(data)
        check(QueryAnswer.self, data, then: checkListing)
        check(PropertyItems.self, data) { _ in }
        check(NotionDatabase.self, data) { require(isUUID($0.id.rawValue), "a database has an id") }
        check(NotionDataSource.self, data, then: check)
        check(NotionPage.self, data, then: check)
        check(NotionBot.self, data) { _ in }
        checkError(data)
    }

    private static func check<Answer: Decodable>(_ type: Answer.Type, _ data: Data, then: (Answer) -> Void) {
        do {
            then(try JSONDecoder().decode(type, from: data))
        } catch {
            require(!JSONProblem.description(of: error).isEmpty, "a refusal has a reason")
        }
    }

    /// Any JSON survives being written and read again, and is what the transport calls complete.
    private static func checkJSON(_ data: Data) {
        guard let value = try? JSONDecoder().decode(JSON.self, from: data) else { return }
        let written = Data(value.bytes(.sorted))
        require((try? JSONDecoder().decode(JSON.self, from: written)) == value, "JSON stays what it is")
        switch value {
        case .array, .object: require(isComplete(written), "written JSON is complete")
        case .null, .bool, .integer, .number, .string: break
        }
        // Foundation also reads UTF-16 and marks of byte order, which no service sends.
        guard String(validating: data, as: UTF8.self) != nil, let first = data.first, first < 0x80, !data.contains(0)
        else { return }
        switch value {
        case .array, .object: require(isComplete(data), "whole JSON is not taken for cut")
        case .null, .bool, .integer, .number, .string: require(!isComplete(data), "an answer is an object or an array")
        }
    }

    private static func isComplete(_ data: Data) -> Bool {
        IncomingResponse(head: HTTPResponse(status: .ok), body: data).isCompleteJSON
    }

    private static func checkListing(_ answer: QueryAnswer) {
        answer.pages.forEach(check)
        var listing = PageListing()
        for _ in 0..<3 {
            guard case .query(let created, let cursor) = listing.step(after: answer) else { return }
            require(created != nil || cursor != nil, "a listing goes on, it does not begin anew")
        }
        require(false, "a listing whose answers repeat themselves ends")
    }

    private static func check(_ page: NotionPage) {
        require(isUUID(page.id.rawValue), "a page has an id")
        require(page.parent.dataSource.map { isUUID($0.rawValue) } ?? true, "a parent's id is one")
        require(!page.isPartial || page.properties.isEmpty, "a partial page has no properties")
        let ids = page.properties.values.map(\.id)
        require(ids.allSatisfy { page.value(of: $0) != nil }, "a property is found by its id")
    }

    private static func check(_ source: NotionDataSource) {
        require(isUUID(source.id.rawValue), "a data source has an id")
        let names = source.properties.map(\.name)
        require(names == names.sorted(), "properties are sorted")
        for property in source.properties {
            let written = PropertyID(URLSegment.percentEncoded(property.id.decoded))
            require(written == property.id, "a property's id can be written and read")
        }
    }

    private static let statuses = [400, 401, 403, 404, 409, 429, 500]

    private static func checkError(_ data: Data) {
        // One for each input, because each reads the body anew.
        let status = statuses[data.count % statuses.count]
        let response = IncomingResponse(head: HTTPResponse(status: .init(code: status)), body: data)
        let failure = NotionError(response, subject: (.page, "5024642e")).failure
        require(!failure.code.rawValue.isEmpty && !failure.message.isEmpty, "an error has a message")
    }

    private static func isUUID(_ text: String) -> Bool { UUID(uuidString: text) != nil && text == text.lowercased() }
}
