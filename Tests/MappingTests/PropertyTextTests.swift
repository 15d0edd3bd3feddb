import NotionAPI
import Mapping
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
        (.people([ada, grace]), "Ada, grace@example.org"), (.people([]), nil),
        (.createdBy(ada), "Ada"), (.lastEditedBy(grace), "grace@example.org"),
        (.place(NotionPlace(name: "Memorial Union", address: "301 E Orange St")), "Memorial Union, 301 E Orange St"),
        (.place(NotionPlace(name: nil, address: "301 E Orange St")), "301 E Orange St"),
        (.place(NotionPlace(name: "")), nil),
        (.place(NotionPlace(latitude: 33.42, longitude: -111.93)), "33.42, -111.93"),
        (.place(NotionPlace(name: " ", address: "", latitude: 0, longitude: -1.5)), "0, -1.5"),
        (.place(NotionPlace(name: "Hall", latitude: 33.42, longitude: -111.93)), "Hall"),
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
        .place(NotionPlace()), .richText(RichText(text: "See ", hidesMention: true)),
    ])
    func `what cannot be read never counts as empty`(value: PropertyValue) {
        let outcome = Sample.outcome(of: Sample.page(location: value))
        #expect(outcome.event == nil)
        #expect(outcome.warnings.map(\.code) == ["property_unreadable"])
    }

    private static let stranger = NotionUser(id: "x")

    @Test(arguments: [
        PropertyValue.people([stranger]), .people([ada, stranger]), .createdBy(stranger), .lastEditedBy(stranger),
        .people([NotionUser(id: "x", name: " ", email: "")]), .rollup(.array([.people([ada]), .people([stranger])])),
        .rollup(.array([.createdBy(stranger)])), .richText(RichText(text: "With @Anonymous", hidesUser: true)),
        .rollup(.array([.richText(RichText(text: "@Anonymous", hidesUser: true))])),
    ])
    func `a person of whom nothing is shown makes the value unreadable`(value: PropertyValue) {
        let outcome = Sample.outcome(of: Sample.page(location: value))
        #expect(outcome.event == nil)
        #expect(outcome.warnings.map(\.code) == ["user_hidden"])
    }

    @Test func `titles stay plain, other texts tell where their links lead`() throws {
        let link = PropertyValue.richText(RichText(text: "here", address: "https://example.org"))
        let event = try #require(
            Sample.outcome(of: Sample.page(title: link, location: link, description: .rollup(.array([link])))).event
        )
        #expect(event.summary == "here")
        #expect(event.location == "here (https://example.org)")
        #expect(event.description == "here (https://example.org)")
    }

    @Test(arguments: [
        ("here", "https://example.org", "here (https://example.org)"),
        ("here ", "https://example.org", "here (https://example.org) "),
        ("https://example.org", "https://example.org", "https://example.org"),
        ("Example.org", "https://www.example.org/", "Example.org"),
        ("example.org/a b", "https://example.org/a%20b", "example.org/a b"),
        ("Go to https://example.org now", "https://example.org", "Go to https://example.org now"),
        ("Ada", "mailto:ada@example.org?subject=Hi", "Ada (ada@example.org)"),
        ("ada@example.org", "mailto:ada@example.org", "ada@example.org"),
        ("+1 480 555-0100", "tel:+14805550100", "+1 480 555-0100"), ("call", "tel:+1480", "call (+1480)"),
        ("Rooms", "/5146e588878b5ab6933c151f3f76bb32", "Rooms"), ("x", "javascript:alert(1)", "x"),
        ("x", "https://example.org/\nsecond", "x"), (" ", "https://example.org", nil), ("x", "", "x"),
    ])
    func `an address is told where the words do not tell it`(words: String, address: String, text: String?) throws {
        let value = PropertyValue.richText(RichText(text: words, address: address))
        let event = try #require(Sample.outcome(of: Sample.page(description: value)).event)
        #expect(event.description == text)
    }

    @Test func `a link over several items is told once`() throws {
        var text = RichText(text: "Sign up ")
        text.append(RichText(text: "rïght ", address: "https://example.org"))
        text.append(RichText(text: "here", address: "https://example.org"))
        text.append(RichText(text: ", or "))
        text.append(RichText(text: "there", address: "https://example.com"))
        text.append(RichText(text: "."))
        let event = try #require(Sample.outcome(of: Sample.page(description: .richText(text))).event)
        #expect(
            event.description == "Sign up rïght here (https://example.org), or there (https://example.com)."
        )
    }

    @Test func `the hash that earlier texts had is known where it differs`() throws {
        func desired(_ value: PropertyValue) throws -> DesiredEvent {
            let outcome = Sample.outcome(of: Sample.page(description: value))
            guard case .event(let desired, _) = outcome else { throw CancellationError() }
            return desired
        }
        let plain = try desired(.richText(RichText(text: "here")))
        let linked = try desired(.richText(RichText(text: "here", address: "https://example.org")))
        #expect(plain.formerHash == nil)
        #expect(linked.formerHash == plain.hash)
        let same = try desired(.richText(RichText(text: "https://example.org", address: "https://example.org")))
        #expect(same.formerHash == nil)
    }
}
