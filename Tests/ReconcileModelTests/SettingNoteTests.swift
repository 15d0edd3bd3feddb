import ReconcileModel
import Testing
import TestSupport

/// What a mark says of the fields that a template set.
struct SettingNoteTests {
    private func note(_ field: EventField, _ text: String?) -> String { field.note(of: FieldValue(text)) }

    @Test func `short values stand as they are, others as a digest`() {
        #expect(note(.color, "tomato") == "tomato" && note(.location, "Room 101") == "Room 101")
        #expect(note(.location, nil) == "" && note(.description, "  ") == "")
        for text in [String(repeating: "a", count: 101), "a\"b", "a\\b", "a\nb", "#1234567890abcdef"] {
            #expect(note(.description, text).wholeMatch(of: /#[0-9a-f]{16}/) != nil, "\(text)")
        }
    }

    @Test func `what means the same has the same note`() {
        let long = String(repeating: "Bring a laptop. ", count: 30)
        #expect(note(.description, long) == note(.description, "\r\n\(long)\n"))
        #expect(note(.description, long) != note(.description, long + "!"))
        let rule = Recurrence(lines: ["RRULE:FREQ=WEEKLY;INTERVAL=1"], zone: "America/Phoenix").text
        #expect(note(.recurrence, rule) == note(.recurrence, Recurrence(lines: ["RRULE:FREQ=WEEKLY"], zone: nil).text))
    }

    @Test func `all fields together fit into one property`() {
        let long = String(repeating: "x", count: 100)
        let notes = EventField.allCases.map { field in "\"\(field.rawValue)\":\"\(field.note(of: .text(long)))\"," }
        let set = notes.filter { !$0.hasPrefix("\"start") && !$0.hasPrefix("\"end") && !$0.hasPrefix("\"summary") }
        #expect(set.joined().utf8.count + 2 <= 1_024)
    }

    @Test func `a field is held as long as nobody changed it`() {
        let long = String(repeating: "Bring a laptop. ", count: 30)
        var content = EventContent.sample()
        (content[.description], content[.color]) = (.text(long), .text("tomato"))
        let settings = [EventField.description: note(.description, long), .color: "tomato", .location: "Room 101"]
        let marks = EventMarks(page: .number(1), settings: settings)
        content[.location] = .text("Room 102")
        #expect(marks.settingsHeld(by: content) == [.description, .color])
        content[.description] = .text(long + "Thanks.")
        #expect(marks.settingsHeld(by: content) == [.color])
    }
}
