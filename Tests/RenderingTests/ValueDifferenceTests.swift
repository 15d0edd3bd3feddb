import Testing

@testable import Rendering

/// Two values of a field on one line.
struct ValueDifferenceTests {
    private func shown(_ before: String?, _ after: String?, limit: Int? = 70) -> [String] {
        let (old, new) = ValueDifference(before, after, limit: limit).shown
        return [old, new]
    }

    private let long = String(repeating: "0123456789", count: 20)

    @Test func `short values are whole, and none is none`() {
        #expect(shown("Room 1", "Room 2") == ["\"Room 1\"", "\"Room 2\""])
        #expect(shown(nil, "x") == ["none", "\"x\""] && shown("x", "") == ["\"x\"", "none"])
    }

    @Test(arguments: [0, 5, 49, 50, 69, 70, 71, 120, 199, 200])
    func `what differs is seen, wherever it is`(place: Int) {
        var changed = long
        changed.insert("X", at: changed.index(changed.startIndex, offsetBy: place))
        for pair in [(long, changed), (changed, long)] {
            let values = shown(pair.0, pair.1)
            #expect(values[0] != values[1])
            #expect(values.contains { $0.contains("X") })
            #expect(values.allSatisfy { $0.count <= 72 }, "\(values)")
            #expect(shown(pair.0, pair.1, limit: nil) == ["\"\(pair.0)\"", "\"\(pair.1)\""])
        }
    }

    @Test func `a long value is cut on both sides of the difference`() {
        let values = shown(long + "A" + long, long + "B" + long)
        let before = "…01234567890123456789"
        #expect(values[0].hasPrefix("\"\(before)A0123") && values[1].hasPrefix("\"\(before)B0123"))
        #expect(values.allSatisfy { $0.hasSuffix("…\"") && $0.count == 72 })
    }

    @Test(arguments: [
        ("Room\u{A0}1", "Room 1", ["\"Room\\u{A0}1\"", "\"Room 1\""]),
        ("Room\u{200B}1", "Room1", ["\"Room\\u{200B}1\"", "\"Room1\""]),
        ("Caf\u{E9}", "Cafe\u{301}", ["\"Caf\\u{E9}\"", "\"Cafe\\u{301}\""]),
        ("a\r\nb", "a\nb", ["\"a⏎⏎b\"", "\"a⏎b\""]),
    ])
    func `what looks the same is told apart`(before: String, after: String, expected: [String]) {
        #expect(shown(before, after).map { Array($0.utf8) } == expected.map { Array($0.utf8) })
    }

    @Test func `an invisible difference behind much text is seen`() {
        let values = shown(long + "\u{A0}end", long + " end")
        #expect(values[0].contains("\\u{A0}end") && values[1].contains(" end"))
    }
}
