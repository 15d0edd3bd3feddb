import Foundation
import HTTPTypes
import ReconcileModel
import Testing

@testable import CalendarAPI

/// The bytes of batches, against a recorded exchange.
struct BatchFormatTests {
    @Test func `a request has exactly the recorded bytes`() throws {
        let recorded = try Fixture.message("batch-request.http")
        let calendar =
            "/calendar/v3/calendars/c_2d247c895767e9e6ebd6ce0cc2ac4ae93d2d73a9051f88f686a58f8bdd278066%40group.calendar.google.com/events"
        let page = try #require(PageID(parsing: "5024642e-878b-5ab6-933c-151f3f76bb32"))
        let event = EventContent(
            summary: "SunHacks hackathon",
            start: .date(try #require(CivilDate("2026-11-27"))),
            end: .date(try #require(CivilDate("2026-11-30")))
        )
        let hash = ContentHash(rawValue: "051375546db9782e3debc25e0241edf1")
        let marks = EventMarks(page: page, organization: "acm", hash: hash)
        let body = EventBody(id: EventID(derivedFrom: page), event: event, marks: marks)
        let silent = "?sendUpdates=none"
        let request = BatchRequest(
            [
                .init(method: .post, path: calendar + silent, body: body.data),
                .init(
                    method: .patch,
                    path: "\(calendar)/d75d88417eaa5d23b2763ec45526d102\(silent)",
                    ifMatch: ETag(rawValue: "\"3586708800000000\""),
                    body: Data(#"{"summary":"Career fair","location":"Memorial Union"}"#.utf8)
                ),
                .init(method: .delete, path: "\(calendar)/0df9ac3009fd58d68ef230997bb9dcfc\(silent)"),
                .init(
                    method: .get,
                    path: "\(calendar)/c6a58eb3550a5f90822fecec29ab49e6",
                    ifNoneMatch: ETag(rawValue: "\"3588331201800000\"")
                ),
                .init(method: .delete, path: "\(calendar)/00000000000000000000000000\(silent)"),
            ],
            boundary: "batch_7f3a9c"
        )

        #expect(String(decoding: request.body, as: UTF8.self) == String(decoding: recorded.body, as: UTF8.self))
        #expect(recorded.head.contains("Content-Type: \(request.contentType)\r\n"))
        #expect(recorded.head.contains("Content-Length: \(request.body.count)"))
    }

    @Test func `the boundary occurs in no part`() {
        let part = BatchRequest.Part(
            method: .post,
            path: "/x",
            body: Data("--reconcile_batch_0 reconcile_batch_1".utf8)
        )
        #expect(BatchRequest([part]).boundary == "reconcile_batch_2")
        #expect(BatchRequest([part]).body == BatchRequest([part]).body)
    }

    @Test func `an etag cannot add header fields`() {
        let part = BatchRequest.Part(method: .get, path: "/x", ifMatch: ETag(rawValue: "\"a\"\r\nX-Evil: 1"))
        #expect(!String(decoding: BatchRequest([part]).body, as: UTF8.self).contains("\nX-Evil"))
    }

    @Test func `the recorded answer is read`() throws {
        let parts = try recordedParts()
        #expect(parts.keys.sorted() == [0, 1, 2, 3, 4])
        #expect((0..<5).map { parts[$0]?.status } == [200, 412, 204, 304, 404])
        let event = try JSONDecoder().decode(GoogleEvent.self, from: try #require(parts[0]).body)
        #expect(event.etag?.rawValue == "\"3588385280014000\"")
        #expect(ErrorAnswer(try #require(parts[1]).body)?.reason == "conditionNotMet")
        #expect(try #require(parts[3]).body.allSatisfy { [10, 13].contains($0) })
    }

    @Test(arguments: [
        ("\r\n", "\n"), ("boundary=batch_QxT0Zt9JmYkAAAg", "Boundary=\"batch_QxT0Zt9JmYkAAAg\"; charset=x"),
        ("Content-ID", "content-id"), ("<response-reconcile-", "<Response-reconcile-"),
        ("--batch_QxT0Zt9JmYkAAAg\r\nContent-Type", "--batch_QxT0Zt9JmYkAAAg \t\r\nContent-Type"),
    ])
    func `other spellings of the answer are read alike`(original: String, changed: String) throws {
        let (head, body) = try Fixture.message("batch-response.http")
        let text = String(decoding: body, as: UTF8.self).replacingOccurrences(of: original, with: changed)
        let parts = BatchResponse(
            Data("This is a preamble.\n\(text)".utf8),
            contentType: Self.contentType(head).replacingOccurrences(of: original, with: changed),
            expected: 5
        ).parts
        #expect((0..<5).map { parts[$0]?.status } == [200, 412, 204, 304, 404])
    }

    @Test func `parts in any order, without brackets or prefix, find their calls`() {
        let body = """
            --b
            Content-ID: reconcile-2

            HTTP/1.1 204 No Content

            --b
            content-id: <response-reconcile-1>

            HTTP/1.1 429 Too Many Requests
            Retry-After: 7

            {}
            --b--
            """
        let parts = BatchResponse(Data(body.utf8), contentType: "multipart/mixed; boundary=b", expected: 2).parts
        #expect(parts[0]?.status == 429)
        #expect(parts[0]?.retryAfter == .seconds(7))
        #expect(parts[1]?.status == 204)
    }

    @Test func `of two answers to one call neither is believed, and strangers are left out`() {
        func part(_ id: String) -> String { "--b\r\nContent-ID: \(id)\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}\r\n" }
        let body = [
            "reconcile-1", "reconcile-1", "reconcile-3", "other-2", "reconcile-0", "reconcile-99999999999999999999",
        ]
        let parts = BatchResponse(
            Data((body.map(part).joined() + "--b--").utf8),
            contentType: "multipart/mixed; boundary=\"b\"",
            expected: 2
        ).parts
        #expect(parts.isEmpty)
    }

    @Test func `a boundary that only begins like ours ends no part`() {
        let body = "--b\r\nContent-ID: reconcile-1\r\n\r\nHTTP/1.1 200 OK\r\n\r\n--bc\r\nx\r\n--b--\r\n"
        let parts = BatchResponse(Data(body.utf8), contentType: "multipart/mixed; boundary=b", expected: 1).parts
        #expect(parts[0].map { String(decoding: $0.body, as: UTF8.self) } == "--bc\r\nx")
    }

    @Test func `of an answer cut off anywhere the complete parts are used`() throws {
        let (head, body) = try Fixture.message("batch-response.http")
        let whole = try recordedParts()
        var counts: Set<Int> = []
        for length in 0...body.count {
            let parts = BatchResponse(body.prefix(length), contentType: Self.contentType(head), expected: 5).parts
            #expect(parts.allSatisfy { whole[$0.key] == $0.value })
            counts.insert(parts.count)
        }
        #expect(counts == [0, 1, 2, 3, 4, 5])
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `no damage makes the reader fail or invent answers`(seed: UInt64) throws {
        var random = SplitMix64(state: seed)
        let (head, body) = try Fixture.message("batch-response.http")
        for _ in 0..<10 {
            var damaged = [UInt8](body)
            for _ in 0..<Int.random(in: 1...40, using: &random) {
                let place = Int.random(in: 0..<damaged.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: damaged[place] = UInt8.random(in: 0...255, using: &random)
                case 1: damaged.remove(at: place)
                case 2: damaged.insert(contentsOf: "\r\n--batch_QxT0Zt9JmYkAAAg\r\n".utf8, at: place)
                default: damaged.insert(UInt8(ascii: "\n"), at: place)
                }
            }
            let parts = BatchResponse(Data(damaged), contentType: Self.contentType(head), expected: 5).parts
            #expect(parts.keys.allSatisfy { (0..<5).contains($0) })
            for (index, part) in parts where index != 2 && index != 3 {
                _ = EventCall.get(EventID(rawValue: "x")).outcome(status: part.status, body: part.body)
            }
        }
    }

    @Test(arguments: [
        ("multipart/mixed; boundary=abc", "abc"), ("multipart/mixed; boundary=\"a b;c\"; x=y", "a b;c"),
        ("Multipart/Mixed; charset=utf-8; BOUNDARY=abc; x", "abc"), ("multipart/mixed", nil),
        ("application/json; boundary=abc", nil), ("multipart/mixed; boundary=", nil), ("", nil),
        ("multipart/mixed; boundary=\"", nil),
    ])
    func `the boundary of a content type`(contentType: String, boundary: String?) {
        #expect(MultipartBody.boundary(in: contentType) == boundary)
    }

    private func recordedParts() throws -> [Int: BatchResponse.Part] {
        let (head, body) = try Fixture.message("batch-response.http")
        return BatchResponse(body, contentType: Self.contentType(head), expected: 5).parts
    }

    private static func contentType(_ head: String) -> String {
        head.split(separator: "\r\n").first { $0.hasPrefix("Content-Type: ") }
            .map { String($0.dropFirst("Content-Type: ".count)) } ?? ""
    }
}

/// Random numbers that a failing seed brings back.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
