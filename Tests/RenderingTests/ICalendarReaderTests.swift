import Testing

/// The reader refuses what it is there to refuse; else it would prove nothing.
struct ICalendarReaderTests {
    private let calendar = "BEGIN:VCALENDAR\r\nX:1\r\nEND:VCALENDAR\r\n"

    @Test func `it reads folded lines`() throws {
        let folded = calendar.replacing("X:1", with: "X;A=B:1\r\n  2")
        let read = try ICalendarReader.read(folded)
        #expect(read.property("X") == .init(name: "X", parameters: ["A": "B"], value: "1 2"))
    }

    @Test func `it refuses what the standard refuses`() {
        let long = String(repeating: "x", count: 76)
        let documents = [
            calendar.replacing("\r\n", with: "\n"), calendar.replacing("X:1", with: "X:\(long)"),
            calendar.replacing("END:VCALENDAR", with: "END:VEVENT"), calendar.replacing("X:1", with: "X"),
            calendar.replacing("X:1", with: "X:\u{7}"), calendar.replacing("X:1\r\n", with: ""), "",
            "BEGIN:VCALENDAR\r\nX:1\r\n",
        ]
        for document in documents {
            #expect(throws: ICalendarReader.Mistake.self) { try ICalendarReader.read(document) }
        }
        #expect(ICalendarReader.unescaped("a,b") == nil)
        #expect(ICalendarReader.unescaped("a\\tb") == nil)
        #expect(ICalendarReader.unescaped("a\\") == nil)
    }
}
