import Foundation
import ReconcileModel
import Testing
import TestSupport

@testable import CalendarAPI

/// What holds of every field of an event on its way to Google and back, of those to come as well.
struct GoogleFieldTests {
    private let marks = EventMarks(page: .number(1), organization: "acm")

    private func read(_ data: Data) throws -> EventContent? {
        try JSONDecoder().decode(GoogleEvent.self, from: data).liveEvent().event
    }

    @Test(arguments: EventField.allCases)
    func `an insert sends it, and it is read as it was sent`(field: EventField) throws {
        var content = EventContent.ofSamples
        content[field] = field.samples.other
        let body = EventBody(id: EventID(derivedFrom: .number(1)), event: content, marks: marks)
        let read = try #require(try read(body.data))
        #expect(read == content && read.differences(from: .ofSamples) == [field])
    }

    @Test(arguments: EventField.allCases)
    func `a patch of it changes nothing else`(field: EventField) throws {
        let body = EventBody(id: EventID(derivedFrom: .number(1)), event: .ofSamples, marks: marks)
        var content = EventContent.ofSamples
        content[field] = field.samples.other
        let patch = EventPatch(fields: [field], event: content, marks: marks)
        var resource = try object(body.data)
        for (key, value) in try object(patch.data) where key != "extendedProperties" { resource[key] = value }
        let read = try #require(try read(try JSONSerialization.data(withJSONObject: resource)))
        #expect(read == content)
    }

    @Test(arguments: [
        (EventField.summary, ["summary"]), (.end, ["end"]), (.start, ["end", "recurrence", "start"]),
        (.recurrence, ["end", "recurrence", "start"]),
    ])
    func `of a series is sent together what belongs together, and nothing else`(
        field: EventField,
        keys: [String]
    ) throws {
        let patch = EventPatch(fields: [field], event: .ofSamples, marks: marks)
        #expect(try object(patch.data).keys.filter { $0 != "extendedProperties" }.sorted() == keys)
    }

    @Test(arguments: EventField.optional)
    func `one that is empty is left out of an insert and deleted by a patch`(field: EventField) throws {
        var content = EventContent.ofSamples
        content[field] = .empty
        let body = EventBody(id: EventID(derivedFrom: .number(1)), event: content, marks: marks)
        let patch = EventPatch(fields: [field], event: content, marks: marks)
        #expect(try object(body.data)[field.googleKey] == nil)
        let patched = try object(patch.data)[field.googleKey]
        #expect(field.kind == .rule ? (patched as? [String]) == [] : patched is NSNull)
    }

    @Test(arguments: EventField.allCases)
    func `Google is asked for it`(field: EventField) {
        #expect(",\(GoogleEvent.fields),".contains(",\(field.googleMask),"))
        #expect(field.googleMask.hasPrefix(field.googleKey))
    }

    private func object(_ data: Data) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }
}
