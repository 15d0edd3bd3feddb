import Foundation
import ReconcileModel
import Testing

@testable import CalendarAPI

/// Every mark reaches Google, whichever request carries it; what a request says of a mark without a value is its own matter.
struct MarkTests {
    private static let full = EventMarks(
        page: Sample.page,
        organization: "acm",
        database: DatabaseID(rawValue: "6cfb47c1-0c05-5d6d-bf24-11c6f27fc36e"),
        hash: ContentHash(rawValue: "ce7611e7481e75f085f6902050b40918"),
        stored: ContentHash(rawValue: "90dbfa7f12ea987881cac0f41757e3c7"),
        event: Sample.id,
        settings: [.color: "tomato"]
    )
    private static let names: Set<String> = [
        "notionPageId", "reconcileOrg", "reconcileDatabase", "reconcileHash", "reconcileStored", "reconcileEvent",
        "reconcileSet",
    ]

    enum Request: CaseIterable, Sendable {
        case insert, patch, restore

        func data(_ marks: EventMarks) -> Data {
            switch self {
            case .insert: EventBody(id: Sample.id, event: Sample.event, marks: marks).data
            case .patch: EventPatch(fields: [.summary], event: Sample.event, marks: marks).data
            case .restore:
                EventPatch(fields: [.summary], event: Sample.event, marks: marks, clearsOtherMarks: true).data
            }
        }

        func properties(_ marks: EventMarks) throws -> [String: Any] {
            let object = try #require(JSONSerialization.jsonObject(with: data(marks)) as? [String: Any])
            let extended = try #require(object["extendedProperties"] as? [String: Any])
            return try #require(extended["private"] as? [String: Any])
        }
    }

    @Test(arguments: Request.allCases)
    func `a mark that has a value is sent`(request: Request) throws {
        let sent = try request.properties(Self.full).compactMapValues { $0 as? String }
        #expect(Set(sent.keys) == Self.names)
        #expect(sent["reconcileEvent"] == Sample.id.rawValue)
        #expect(sent["reconcileSet"] == #"{"color":"tomato"}"#)
    }

    @Test(arguments: Request.allCases)
    func `a mark that has none is left alone, or deleted where it would lie`(request: Request) throws {
        let sent = try request.properties(EventMarks(page: Sample.page))
        let deleted = Set(sent.filter { $0.value is NSNull }.keys)
        switch request {
        case .insert: #expect(deleted.isEmpty && sent.count == 1)
        case .patch: #expect(deleted == ["reconcileStored", "reconcileSet"] && sent.count == 3)
        case .restore: #expect(deleted == Self.names.subtracting(["notionPageId"]))
        }
    }
}
