import Foundation
import Serving
import Testing

/// The description is read as programs read it: parsed, and every reference followed.
struct OpenAPIDocumentTests {
    private let document: [String: Any]

    init() throws {
        let bytes = OpenAPIDocument(version: "1.2.3").render()
        document = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }

    /// Path, method, operation.
    private var operations: [(path: String, method: String, operation: [String: Any])] {
        let paths = document["paths"] as? [String: [String: Any]] ?? [:]
        return paths.flatMap { path, item in
            item.map { (path, $0.key, $0.value as? [String: Any] ?? [:]) }
        }
    }

    /// What `#/a/b/c` points to.
    private func resolved(_ reference: String) -> Any? {
        reference.split(separator: "/").dropFirst().reduce(document as Any?) { value, key in
            (value as? [String: Any])?[String(key)]
        }
    }

    private func references(in value: Any) -> [String] {
        switch value {
        case let object as [String: Any]:
            object.flatMap { key, value in
                key == "$ref" ? [value as? String ?? ""] : references(in: value)
            }
        case let array as [Any]: array.flatMap(references)
        default: []
        }
    }

    @Test func `it names its format and the program's version`() {
        #expect(document["openapi"] as? String == "3.1.0")
        #expect((document["info"] as? [String: Any])?["version"] as? String == "1.2.3")
    }

    @Test func `equal versions give equal bytes`() {
        #expect(OpenAPIDocument(version: "1").render() == OpenAPIDocument(version: "1").render())
    }

    @Test func `every row of the service is described`() {
        let described = Set(operations.map { "\($0.method) \($0.path)" })
        let readable = [
            "/", "/healthz", "/readyz", "/metrics", "/openapi.json", "/api/calendar/{prefix}/events",
            "/api/calendar/{prefix}/events.ics", "/api/calendar/events",
        ]
        let writable = [
            "/api/calendar/{prefix}/sync", "/api/calendar/{prefix}/setup", "/api/calendar/sync-all",
            "/api/calendar/notion-webhook", "/api/calendar/delete-all-events", "/api/notion/webhook",
        ]
        #expect(described == Set(readable.flatMap { ["get \($0)", "head \($0)"] } + writable.map { "post \($0)" }))
    }

    @Test func `every reference leads somewhere, and every component but one is used`() throws {
        let used = Set(references(in: document))
        for reference in used { #expect(resolved(reference) != nil, "\(reference)") }
        let components = try #require(document["components"] as? [String: [String: Any]])
        let defined = components.filter { $0.key != "securitySchemes" }.flatMap { kind, members in
            members.keys.map { "#/components/\(kind)/\($0)" }
        }
        // What the introduction tells of every path.
        #expect(Set(defined).subtracting(used) == ["#/components/responses/MethodNotAllowed"])
    }

    @Test func `every operation has a name of its own, a summary and answers`() {
        let names = operations.compactMap { $0.operation["operationId"] as? String }
        #expect(names.count == operations.count)
        #expect(Set(names).count == names.count)
        for (path, method, operation) in operations {
            #expect((operation["summary"] as? String)?.isEmpty == false, "\(method) \(path)")
            #expect((operation["responses"] as? [String: Any])?.isEmpty == false, "\(method) \(path)")
        }
    }

    @Test func `what writes needs the token, and only that`() {
        let secured = Set(operations.filter { $0.operation["security"] != nil }.map { "\($0.method) \($0.path)" })
        #expect(
            secured == [
                "post /api/calendar/{prefix}/sync", "post /api/calendar/{prefix}/setup", "post /api/calendar/sync-all",
                "post /api/calendar/notion-webhook",
            ]
        )
        for (path, _, operation) in operations where operation["security"] != nil {
            let responses = operation["responses"] as? [String: Any] ?? [:]
            #expect(Set(responses.keys).isSuperset(of: ["401", "403", "429", "503"]), "\(path)")
        }
    }

    @Test func `what is deprecated says so`() {
        let deprecated = Set(operations.filter { $0.operation["deprecated"] as? Bool == true }.map(\.path))
        #expect(
            deprecated == [
                "/api/calendar/notion-webhook", "/api/calendar/events", "/api/calendar/delete-all-events",
            ]
        )
    }

    @Test func `the parameters of the events are those that the query reads`() throws {
        for name in ["getEvents", "getCalendar"] { try expectFilters(of: name) }
    }

    private func expectFilters(of name: String) throws {
        let events = try #require(operations.first { $0.operation["operationId"] as? String == name })
        let parameters = try #require(events.operation["parameters"] as? [[String: String]])
        let names = parameters.compactMap { parameter -> String? in
            let described = parameter["$ref"].flatMap(resolved) as? [String: Any]
            return described?["in"] as? String == "query" ? described?["name"] as? String : nil
        }
        #expect(names == ["from", "to", "date", "q", "title", "location", "description", "limit", "offset"])
        for name in names {
            let value = ["limit": "1", "offset": "0"][name] ?? "2026-12-01"
            #expect(throws: Never.self) { try EventsQuery.parse([(name: name, value: value)], timeZone: "UTC") }
        }
    }

    @Test func `bodies that are too large or too slow are told of where one is read, and nowhere else`() {
        for (path, method, operation) in operations {
            let statuses = Set((operation["responses"] as? [String: Any] ?? [:]).keys)
            let isRead = operation["requestBody"] != nil
            #expect(statuses.isSuperset(of: ["408", "413", "503"]) == isRead, "\(method) \(path)")
            #expect(statuses.isDisjoint(with: ["408", "413"]) == !isRead, "\(method) \(path)")
        }
    }

    @Test func `answers to HEAD have no content`() {
        for (path, method, operation) in operations where method == "head" {
            for (status, response) in operation["responses"] as? [String: [String: Any]] ?? [:] {
                #expect(response["content"] == nil, "\(path) \(status)")
            }
        }
    }
}
