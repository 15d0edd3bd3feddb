import ReconcileModel
import Testing
import TestSupport

/// When two events are equal for people.
struct ComparisonTests {
    @Test(arguments: [
        (nil as String?, nil as String?), (nil, ""), (nil, " \n"), ("", "\t"), ("a", "a "), ("a", "\n a\n"),
        ("a\nb", "a\r\nb"), ("a\nb", "a\rb"),
        ("\r\n", nil), ("Café", "Cafe\u{301}"), ("e\u{323}\u{302}", "ệ"), ("a\u{A0}", "a"), ("a", "a"),
    ])
    func `texts are the same`(one: String?, other: String?) {
        #expect(FieldValue.isSameText(one, other) && FieldValue.isSameText(other, one))
    }

    @Test(arguments: [
        (nil as String?, "a" as String?), ("a", "A"), ("a b", "a  b"), ("a\nb", "a\n\nb"), ("a\nb", "a b"), ("ﬁ", "fi"),
        ("a", "a\u{200B}b"),
    ])
    func `texts differ`(one: String?, other: String?) {
        #expect(!FieldValue.isSameText(one, other) && !FieldValue.isSameText(other, one))
    }

    @Test func `differences are named in the order of the fields`() throws {
        let date = try #require(CivilDate("2026-11-20"))
        let one = EventContent.sample()
        let other = EventContent(summary: "Other", start: .date(date), end: .date(date.adding(days: 1)))
        #expect(one.differences(from: other) == [.summary, .start, .end, .location, .description])
        #expect(one.limited(to: [.description]).differences(from: other) == [.summary, .start, .end, .description])
        #expect(one.limited(to: []).differences(from: other) == [.summary, .start, .end])
        #expect(one.differences(from: one) == [])
    }

    @Test func `the zone in which an event is shown is no difference`() {
        var other = EventContent.sample()
        other.displayZone = "Europe/Berlin"
        #expect(EventContent.sample().differences(from: other) == [])
    }
}
