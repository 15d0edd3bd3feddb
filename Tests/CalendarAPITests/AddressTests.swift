import Testing
import Transport

@testable import CalendarAPI

/// Whatever an id holds, it is one segment of the path.
struct AddressTests {
    @Test(arguments: [
        "", ".", "..", "/", "../x", "a/b", "a?b", "a#b", "a%2Fb", "%2E%2E", "a\r\nHost: b", "a b", "ä", "..%2f", "a\\b",
    ])
    func `an id can change neither the path nor the query`(id: String) {
        let path = CalendarAddress.path("calendars", id, "events", id, query: ["fields": "id"])
        let parts = path.split(separator: "?", omittingEmptySubsequences: false)
        #expect(parts.count == 2 && parts.last == "fields=id")
        let segments = parts[0].split(separator: "/", omittingEmptySubsequences: false)
        #expect(segments.count == 7, "\(path)")
        // What some resolve on the way, encoded once or not.
        for segment in segments.dropFirst() {
            #expect(!["", ".", "..", "%2E", "%2E%2E", "%2e%2e"].contains(segment), "\(path)")
        }
        #expect(path.utf8.allSatisfy { (0x21...0x7E).contains($0) })
    }

    @Test func `usual ids stay as they are`() {
        #expect(URLSegment.encoded("c_0a1b@group.calendar.google.com") == "c_0a1b%40group.calendar.google.com")
        #expect(URLSegment.encoded("2f0c7a31-d8e5-4b6f-9a12-0c3b4d5e6f70") == "2f0c7a31-d8e5-4b6f-9a12-0c3b4d5e6f70")
    }
}
