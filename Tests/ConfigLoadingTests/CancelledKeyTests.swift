import ReconcileModel
import Testing

/// `cancelled:`.
@Suite struct CancelledKeyTests {
    private func rule(_ lines: String) throws -> CancelledRule? {
        try TemporaryFolder(["acm.yaml": "prefix: acm\nname: ACM\n\(lines)\n"]).load().first?.cancelled
    }

    @Test func `it is read`() throws {
        let removed = try rule("cancelled: {property: Status, values: [Cancelled, Off], show: remove}")
        #expect(removed?.property == "Status" && removed?.treatment == .remove)
        #expect(removed?.values.map(\.name) == ["Cancelled", "Off"])
        let kept = try rule("cancelled: {property: Off, values: [true], prefix: 'Cancelled: '}")
        #expect(kept?.values.map(\.name) == ["true"] && kept?.treatment == .prefix("Cancelled: "))
        #expect(try rule("cancelled: null") == nil)
    }

    @Test(arguments: [
        (
            "{property: Status, values: [Cancelled]}",
            "3:12: \"cancelled\" needs one of \"show: remove\" and \"prefix\"; "
                + "write {property: Status, values: [Cancelled], show: remove}, or prefix: \"Cancelled: \""
        ),
        (
            "{property: Status, values: [Cancelled], show: remove, prefix: X}",
            "3:12: \"cancelled\" needs only one of \"show: remove\" and \"prefix\"; "
                + "write {property: Status, values: [Cancelled], show: remove}, or prefix: \"Cancelled: \""
        ),
        (
            "{property: Status, values: Cancelled, show: remove}",
            "3:39: \"cancelled.values\" must be a list of values, not the text \"Cancelled\"; write [Cancelled]"
        ),
        (
            "{values: [Cancelled], show: remove}",
            "3:12: missing key \"property\" in \"cancelled\"; write {property: Status, values: [Cancelled], show: remove}"
        ),
        (
            "{property: Status, values: [Cancelled], show: keep}",
            "3:58: \"cancelled.show\" must be remove, not the text \"keep\"; "
                + "to keep the event, write prefix: \"Cancelled: \" instead of show"
        ),
        ("{property: Status, values: [], show: remove}", "3:39: \"cancelled.values\" must not be empty"),
    ])
    func `what is wrong is told with its place`(value: String, message: String) throws {
        #expect(try problemsBelowName("cancelled: \(value)") == [message])
    }

    private static let line = "cancelled: {property: Status, values: [Cancelled], prefix: 'Cancelled: '}\n"

    @Test(arguments: [
        ("{property: Status, in: [Confirmed, Public]}", true),
        ("{property: Status, in: [Confirmed, cancelled]}", false),
        ("{property: Status, is_not: Cancelled}", true), ("{property: Status, is_not: Draft}", false),
        ("{property: Type, is: Talk}", false),
        ("{all: [{property: Type, is: Talk}, {property: Status, is: Draft}]}", true),
        ("{any: [{property: Type, is: Talk}, {property: Status, is: Draft}]}", false),
        ("{not: {property: Status, is: Cancelled}}", true), ("{property: Status, contains: Public}", false),
        ("{property: Status, empty: true}", true),
    ])
    func `a filter that nobody cancelled can pass is a mistake`(filter: String, isMistake: Bool) throws {
        let message =
            "3:40: the filter leaves out \"Cancelled\", so that nobody would see the prefix; add Cancelled to the filter, "
            + "or write show: remove"
        #expect(try problemsBelowName(Self.line + "filter: \(filter)\n") == (isMistake ? [message] : []))
    }
}
