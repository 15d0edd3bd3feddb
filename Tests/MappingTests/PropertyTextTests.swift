import NotionAPI
import Observing
import ReconcileModel
import Testing

@Suite struct PropertyTextTests {
    private static let ada = NotionUser(id: "a", name: "Ada", email: "ada@example.org")
    private static let grace = NotionUser(id: "g", email: "grace@example.org")

    private static let forms: [(PropertyValue, String?)] = [
        (.title(RichText(text: "T")), "T"),
        (.richText(RichText(text: "a\nb")), "a\nb"),
        (.richText(RichText(text: "")), nil),
        (.number(42), "42"), (.number(42.5), "42.5"), (.number(-0.1), "-0.1"), (.number(1e15), "1000000000000000"),
        (.number(1e20), "1e+20"), (.number(0), "0"), (.number(-0.0), "0"), (.number(nil), nil),
        (.select("Room 101"), "Room 101"), (.select(nil), nil), (.status("Draft"), "Draft"), (.status(nil), nil),
        (.multiSelect(["A", "B"]), "A, B"), (.multiSelect(["A", ""]), "A"), (.multiSelect([]), nil),
        (.checkbox(true), "Yes"), (.checkbox(false), "No"),
        (.url("https://example.org/?a=1&b=2"), "https://example.org/?a=1&b=2"), (.url(nil), nil),
        (.email("a@example.org"), "a@example.org"), (.phoneNumber("+1 480 555 0100"), "+1 480 555 0100"),
        (.people([ada, grace, NotionUser(id: "x")]), "Ada, grace@example.org"), (.people([NotionUser(id: "x")]), nil),
        (.createdBy(ada), "Ada"), (.lastEditedBy(NotionUser(id: "x")), nil),
        (.place(NotionPlace(name: "Memorial Union", address: "301 E Orange St")), "Memorial Union, 301 E Orange St"),
        (.place(NotionPlace(name: nil, address: "301 E Orange St")), "301 E Orange St"),
        (.place(NotionPlace(name: "")), nil),
        (.place(nil), nil),
        (.uniqueID(prefix: "EVT", number: 17), "EVT-17"), (.uniqueID(prefix: nil, number: 17), "17"),
        (.uniqueID(prefix: "EVT", number: nil), nil),
        (.date(NotionDate(start: "2026-11-20")), "2026-11-20"),
        (.date(NotionDate(start: "2026-11-20", end: "2026-11-22")), "2026-11-20 – 2026-11-22"),
        (.date(NotionDate(start: "2026-11-20", end: "2026-11-20")), "2026-11-20"),
        (.date(NotionDate(start: "2026-11-20T17:05:00.000-07:00")), "2026-11-20 17:05"),
        (.date(NotionDate(start: "2026-11-20T17:00:00Z", end: "2026-11-20T18:00:00Z")), "2026-11-20 17:00 – 18:00"),
        (
            .date(NotionDate(start: "2026-11-20T22:00:00Z", end: "2026-11-21T01:00:00Z")),
            "2026-11-20 22:00 – 2026-11-21 01:00"
        ),
        (.date(nil), nil), (.createdTime("2026-11-01T18:05:00.000Z"), "2026-11-01 18:05"),
        (.lastEditedTime("odd"), "odd"),
        (.formula(.string("s")), "s"), (.formula(.string("")), nil), (.formula(.number(3)), "3"),
        (.formula(.boolean(false)), "No"), (.formula(.boolean(nil)), nil),
        (.formula(.date(NotionDate(start: "2026-11-20"))), "2026-11-20"), (.formula(.string(nil)), nil),
        (.rollup(.number(2.5)), "2.5"), (.rollup(.date(NotionDate(start: "2026-11-20"))), "2026-11-20"),
        (
            .rollup(.array([.title(RichText(text: "Hall")), .number(nil), .select("B"), .checkbox(true)])),
            "Hall, B, Yes"
        ),
        (.rollup(.array([])), nil), (.rollup(.number(nil)), nil),
        (.files([NotionFile(name: "x")]), nil), (.relation([Sample.page], hasMore: false), nil), (.button, nil),
        (.verification(state: "verified"), nil),
    ]

    @Test(arguments: forms)
    func `every value has one text`(value: PropertyValue, text: String?) throws {
        let event = try #require(Sample.outcome(of: Sample.page(description: value)).event)
        #expect(event.description == text)
    }

    @Test(arguments: [
        PropertyValue.malformed(.richText), .unknown(PropertyType(rawValue: "x")), .rollup(.incomplete),
        .rollup(.array([.number(1), .malformed(.number)])), .formula(.unsupported), .rollup(.unsupported),
        .rollup(.array([.number(1), .formula(.unsupported)])), .rollup(.array([.rollup(.unsupported)])),
    ])
    func `what cannot be read never counts as empty`(value: PropertyValue) {
        let outcome = Sample.outcome(of: Sample.page(location: value))
        #expect(outcome.event == nil)
        #expect(outcome.warnings.map(\.code) == ["property_unreadable"])
    }
}
