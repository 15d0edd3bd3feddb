import CalendarAPI
import Foundation
import HTTPTypes
import JSON
import NotionAPI
import Transport

/// Measures how long answers take to be read, beside what else is done with the same bytes.
///
///     swift run -c release benchmark decoding
///
/// Times depend on the machine; their ratios tell whether another reader would be worth it.
enum Decoding {
    private struct Pages: Decodable {
        var results: [NotionPage]
    }

    private struct Events: Decodable {
        var items: [GoogleEvent]
    }

    static func measure() throws {
        print(String(repeating: " ", count: 65) + "MB   ms/MB  of reading")
        let pages = stride(from: 0, to: 10_000, by: 100).map { list("results", $0..<($0 + 100), page) }
        try measure("10,000 pages of 25 properties", pages) {
            try ReceivedJSON.decode(Pages.self, from: $0).results.count
        }
        let events = stride(from: 0, to: 10_000, by: 2_500).map { list("items", $0..<($0 + 2_500), event) }
        try measure("10,000 events", events) { try ReceivedJSON.decode(Events.self, from: $0).items.count }
    }

    private static func measure(_ what: String, _ bodies: [Data], read: (Data) throws -> Int) throws {
        let megabytes = Double(bodies.reduce(0) { $0 + $1.count }) / 1e6
        var count = 0
        let reading = try ContinuousClock().measure { for body in bodies { count += try read(body) } }
        guard count == 10_000 else { throw Incomplete(count: count) }
        func show(_ step: String, _ time: Duration) {
            let name = "\(what): \(step)".padding(toLength: 62, withPad: " ", startingAt: 0)
            print(
                name,
                String(
                    format: "%5.1f  %6.2f  %6.1f %%",
                    megabytes,
                    time / .milliseconds(megabytes),
                    100 * (time / reading)
                )
            )
        }
        show("read", reading)
        let tree = try ContinuousClock().measure {
            for body in bodies { _ = try ReceivedJSON.decode(JSON.self, from: body) }
        }
        show("read as any JSON", tree)
        show(
            "looked through for broken text",
            ContinuousClock().measure { for body in bodies { _ = ReceivedJSON.mended(body) } }
        )
        let shape = ContinuousClock().measure {
            for body in bodies { _ = IncomingResponse(head: HTTPResponse(status: .ok), body: body).isCompleteJSON }
        }
        show("looked at for its shape", shape)
    }

    private static func list(_ name: String, _ numbers: Range<Int>, _ item: (Int) -> JSON) -> Data {
        Data(JSON.object([name: .array(numbers.map(item)), "has_more": false]).bytes(.compact))
    }

    private static func page(_ number: Int) -> JSON {
        let names = ["Name"] + (1..<25).map { "Column \($0)" }
        return [
            "object": "page", "id": .string(String(format: "00000000-0000-4000-8000-%012x", number)),
            "created_time": "2026-09-01T10:00:00.000Z", "last_edited_time": "2026-11-20T17:00:00.000Z",
            "parent": ["type": "data_source_id", "data_source_id": "5146e588-a80f-5baf-93b9-85875f2278f6"],
            "in_trash": false, "is_archived": false, "url": "https://app.notion.com/p/\(number)",
            "properties": .object(JSON.Members(names.enumerated().map { ($1, property($0, of: number)) })),
        ]
    }

    private static func property(_ column: Int, of number: Int) -> JSON {
        let id = JSON.string("c\(column)")
        if column == 0 { return ["id": "title", "type": "title", "title": text("Event \(number)")] }
        return switch column % 6 {
        case 0: ["id": id, "type": "date", "date": ["start": "2026-12-01T18:00:00.000-07:00", "end": .null]]
        case 1:
            ["id": id, "type": "rich_text", "rich_text": text("What happens, who speaks – and \"where\" to go\nthen")]
        case 2: ["id": id, "type": "select", "select": ["id": "s", "name": "Workshop", "color": "blue"]]
        case 3: ["id": id, "type": "checkbox", "checkbox": .bool(number.isMultiple(of: 2))]
        case 4: ["id": id, "type": "number", "number": .number(Double(number) / 4)]
        default:
            ["id": id, "type": "multi_select", "multi_select": [["id": "m", "name": "Open to all", "color": "red"]]]
        }
    }

    private static func text(_ text: String) -> JSON {
        [
            [
                "type": "text", "text": ["content": .string(text), "link": .null],
                "annotations": [
                    "bold": false, "italic": false, "strikethrough": false, "underline": false, "code": false,
                    "color": "default",
                ],
                "plain_text": .string(text), "href": .null,
            ]
        ]
    }

    private static func event(_ number: Int) -> JSON {
        [
            "id": .string(String(format: "%032x", number)), "etag": "\"3571\(number)000\"", "status": "confirmed",
            "summary": "Event \(number)", "description": "What happens, who speaks – and \"where\" to go\nthen",
            "location": "BYENG 210", "created": "2026-09-01T10:00:00.000Z", "updated": "2026-11-20T17:00:00.000Z",
            "start": ["dateTime": "2026-12-01T18:00:00-07:00", "timeZone": "America/Phoenix"],
            "end": ["dateTime": "2026-12-01T19:30:00-07:00", "timeZone": "America/Phoenix"],
            "extendedProperties": [
                "private": [
                    "notionPageId": .string(String(format: "00000000-0000-4000-8000-%012x", number)),
                    "reconcileOrg": "acm", "reconcileHash": "ce7611e7481e75f085f6902050b40918",
                ]
            ],
            "eventType": "default",
        ]
    }
}

private struct Incomplete: Error, CustomStringConvertible {
    let count: Int

    var description: String { "\(count) of 10,000 were read" }
}
