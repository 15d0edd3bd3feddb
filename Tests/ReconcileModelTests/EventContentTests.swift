import Foundation
import ReconcileModel
import TestSupport
import Testing

/// What holds of every field of an event, of those to come as well.
struct EventContentTests {
    @Test(arguments: EventField.allCases)
    func `a field holds what is set, and nothing else changes`(field: EventField) {
        var content = EventContent.ofSamples
        #expect(content[field] == field.samples.one)
        content[field] = field.samples.other
        #expect(content[field] == field.samples.other && content != .ofSamples)
        #expect(content.differences(from: .ofSamples) == [field])
        #expect(content.text(of: field) == field.samples.other.text)
        #expect(content.taking([field], from: .ofSamples) == .ofSamples)
    }

    @Test(arguments: EventField.allCases)
    func `an event speaks of a field, or leaves it to people`(field: EventField) {
        let limited = EventContent.ofSamples.limited(to: EventField.all.subtracting([field]))
        var other = EventContent.ofSamples
        other[field] = field.samples.other
        #expect(EventContent.ofSamples.fields == EventField.allCases)
        #expect(limited.fields == EventField.allCases.filter { $0 != field || field.isRequired })
        #expect(limited.differences(from: other).isEmpty != field.isRequired)
        guard !field.isRequired else { return }
        // What only templates set stays people's where no template does.
        #expect(limited[field] == nil && limited.complete[field] == (field.kind == .setting ? nil : .empty))
    }

    @Test(arguments: EventField.allCases)
    func `a content survives being written as JSON`(field: EventField) throws {
        var content = EventContent.ofSamples
        content[field] = field.samples.other
        for one in [content, content.limited(to: [field]), content.limited(to: []), content.limited(to: []).complete] {
            #expect(try JSONDecoder().decode(EventContent.self, from: JSONEncoder().encode(one)) == one)
        }
    }
}
