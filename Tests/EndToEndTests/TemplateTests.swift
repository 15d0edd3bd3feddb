import Emulation
import Foundation
import Testing

/// `templates:` sets what pages of one kind look like.
struct TemplateTests {
    private static let kind = NotionProperty(
        "Type",
        id: "tY%3Ape",
        type: "select",
        configuration: ["options": .array(["Workshop", "Board", "Talk"].map { NotionProperty.option($0) })]
    )
    private static let lines = """
        templates:
          by: Type
          values:
            Workshop: {color: blueberry, busy: false, location: Room 101, duration: 90m}
            Board: {visibility: private, title: "Board: {title}"}
        """

    /// Four pages: a workshop, a board meeting, a talk, one without a type.
    private func run(
        _ declaration: String = lines,
        _ body: @escaping @Sendable (Scenario) async throws -> Void
    ) async throws {
        try await Scenario.run(
            pages: 0,
            declaration: declaration,
            build: { world, database in
                world.add([Self.kind], to: database)
                for (number, kind) in ["Workshop", "Board", "Talk", nil].enumerated() {
                    world.addPage(
                        to: database,
                        title: "Event \(number)",
                        date: "2027-03-0\(number + 1)T10:00:00.000-07:00",
                        values: ["Type": kind.map { NotionProperty.option($0) } ?? .null],
                        id: World.page(number)
                    )
                }
            },
            body
        )
    }

    @Test func `a template sets what it says, and leaves the rest to people`() async throws {
        try await run { scenario in
            await scenario.expectApplied()
            let (workshop, board, talk) = (
                try scenario.event(of: 0), try scenario.event(of: 1), try scenario.event(of: 2)
            )
            #expect(workshop.fields["colorId"] == "9" && workshop.fields["transparency"] == "transparent")
            #expect(workshop.fields["location"] == "Room 101")
            #expect(board.summary == "Board: Event 1" && board.fields["visibility"] == "private")
            #expect(talk.fields["colorId"] == nil && talk.fields["visibility"] == nil)
            await scenario.expectConverged()
            // Theirs where no template sets it, drift where one does.
            for page in 0..<3 { try scenario.editEvent(of: page) { $0.fields["colorId"] = "11" } }
            let plan = await scenario.plan()
            #expect(plan.changes.map { "\($0.title) \($0.reason) \($0.fields)" } == [#"Event 0 drift ["color"]"#])
            await scenario.expectApplied()
            #expect(try scenario.event(of: 0).fields["colorId"] == "9")
            #expect(try scenario.event(of: 2).fields["colorId"] == "11")
            await scenario.expectConverged()
        }
    }

    @Test func `what no template sets any more is put back once, where it still is what we wrote`() async throws {
        try await run { scenario in
            await scenario.expectApplied()
            try scenario.editEvent(of: 0) { $0.fields["transparency"] = nil }
            try scenario.become(0, nil)
            try scenario.become(1, "Talk")
            let plan = await scenario.plan()
            #expect(
                plan.changes.map { "\($0.title) \($0.reason) \($0.fields)" } == [
                    #"Event 0 edited ["color", "end", "location"]"#, #"Event 1 edited ["summary", "visibility"]"#,
                ]
            )
            #expect(plan.warnings == ["event_unveiled"])
            await scenario.expectApplied()
            await scenario.expectConverged()
            #expect(try scenario.event(of: 0).fields["colorId"] == nil)
            #expect(try scenario.event(of: 1).fields["visibility"] == nil)
            // From now on they are people's.
            try scenario.editEvent(of: 0) { $0.fields["colorId"] = "9" }
            await scenario.expectConverged()
            #expect(try scenario.event(of: 0).fields["colorId"] == "9")
        }
    }

    @Test func `long texts of a template are put back, too, and only where they still are what we wrote`() async throws
    {
        // Quotation marks and line breaks, which take more room in a mark than they have.
        let text = String(repeating: #"\"Bring\" a laptop.\n"#, count: 40)
        let lines = """
            properties: {description: null, location: null}
            templates:
              by: Type
              values:
                Workshop: {description: "\(text)", location: "\(String(repeating: "Room 101, ", count: 20))", color: blueberry}
                Talk: {description: "\(text)"}
            """
        try await run(lines) { scenario in
            await scenario.expectApplied()
            #expect(try scenario.event(of: 0).fields["description"]?.string?.count ?? 0 > 600)
            let marks = try scenario.event(of: 0).marks
            #expect(marks.values.allSatisfy { $0.utf8.count < 1_024 } && marks["reconcileSet"]?.hasSuffix("}") == true)
            await scenario.expectConverged()
            // One word more is somebody's.
            try scenario.editEvent(of: 2) {
                $0.fields["description"] = .string(($0.fields["description"]?.string ?? "") + " Bye")
            }
            try scenario.editEvent(of: 0) { $0.fields["colorId"] = "9" }
            try scenario.become(0, nil)
            try scenario.become(2, nil)
            let plan = await scenario.plan()
            #expect(
                plan.changes.map { "\($0.title) \($0.reason) \($0.fields)" }.first
                    == #"Event 0 edited ["color", "description", "location"]"#,
                "\(plan.output)"
            )
            await scenario.expectApplied()
            #expect(try scenario.event(of: 0).fields["description"] == nil)
            #expect(try scenario.event(of: 2).fields["description"]?.string?.hasSuffix("Bye") == true)
            await scenario.expectConverged()
        }
    }

    @Test func `reminders are those of the person that reconcile acts for`() async throws {
        let person = "officer@example.org"
        let lines = "templates: {by: Type, values: {Workshop: {reminders: [1d, 10m]}, Board: {reminders: []}}}"
        try await run(lines) { scenario in
            try scenario.emulator.withWorld { world in
                world.addPerson(person)
                world.google.accounts[World.serviceAccount]?.delegators = [person]
            }
            func reconcile(_ arguments: String...) async -> Scenario.Ran {
                await scenario.reconcile(
                    arguments + ["--format", "json"],
                    environment: ["GOOGLE_IMPERSONATE": person]
                )
            }
            let refused = await scenario.plan()
            #expect(refused.code == 1 && refused.changes.isEmpty)
            #expect(refused.message?.contains("acm.yaml:6:") == true, "\(refused.output)")
            #expect(refused.message?.contains("GOOGLE_IMPERSONATE") == true)
            let applied = await reconcile("apply", "--auto-approve")
            #expect(applied.code == 0, "\(applied.output)\(applied.errors)")
            let own: JSONValue = [
                "useDefault": false,
                "overrides": [["method": "popup", "minutes": 10], ["method": "popup", "minutes": 1440]],
            ]
            #expect(try scenario.event(of: 0).reminders[person] == own)
            #expect(try scenario.event(of: 1).reminders[person] != nil)
            #expect(try scenario.event(of: 2).reminders[person] == nil)
            let again = await reconcile("plan", "--detailed-exitcode")
            #expect(again.code == 0, "\(again.output)")
            // Put back once where no template sets them any more.
            try scenario.become(0, nil)
            let plan = await reconcile("plan")
            #expect(plan.changes.map(\.fields) == [["reminders"]])
            #expect(await reconcile("apply", "--auto-approve").code == 0)
            #expect(try scenario.event(of: 0).reminders[person] == nil)
            #expect(await reconcile("plan", "--detailed-exitcode").code == 0)
        }
    }

    @Test func `a person's own choice stays when the template goes`() async throws {
        try await run { scenario in
            await scenario.expectApplied()
            try scenario.editEvent(of: 0) { $0.fields["colorId"] = "11" }
            try scenario.become(0, nil)
            await scenario.expectApplied()
            await scenario.expectConverged()
            #expect(try scenario.event(of: 0).fields["colorId"] == "11")
        }
    }

    @Test func `a lost state writes nothing, and still knows what was set`() async throws {
        try await run { scenario in
            await scenario.expectApplied()
            try scenario.deleteState()
            let before = scenario.writes
            await scenario.expectApplied()
            #expect(scenario.writes == before)
            await scenario.expectConverged()
            try scenario.deleteState()
            try scenario.declare("acm", database: scenario.database)
            await scenario.expectApplied()
            await scenario.expectConverged()
            #expect(try scenario.event(of: 0).fields["colorId"] == nil)
            #expect(try scenario.event(of: 1).summary == "Event 1")
        }
    }

    @Test func `an undo gives back the look that an event had`() async throws {
        try await run("") { scenario in
            await scenario.expectApplied()
            try scenario.editEvent(of: 0) { $0.fields["colorId"] = "5" }
            try scenario.declare("acm", database: scenario.database, more: Self.lines)
            await scenario.expectApplied()
            #expect(try scenario.event(of: 0).fields["colorId"] == "9")
            let undone = await scenario.reconcile("undo", "2", "--auto-approve")
            #expect(undone.code == 0, "\(undone.output)\(undone.errors)")
            let event = try scenario.event(of: 0)
            #expect(
                event.fields["colorId"] == "5" && event.fields["transparency"] == nil && event.fields["location"] == nil
            )
            #expect(try scenario.event(of: 1).fields["visibility"] == nil)
        }
    }

    @Test func `the first template of a large organization trips the limit on updates`() async throws {
        try await Scenario.run(pages: 12) { scenario in
            await scenario.expectApplied()
            try scenario.declare(
                "acm",
                database: scenario.database,
                more: "templates: {by: Location, otherwise: {color: graphite}}"
            )
            let plan = await scenario.plan()
            #expect(plan.code == 1)
            #expect(plan.message?.contains("change the color of 12 of 12 events") == true, "\(plan.message ?? "")")
            await scenario.expectApplied("--allow-updates", "acm:12")
            await scenario.expectConverged()
        }
    }

    @Test func `an option that was renamed changes nothing`() async throws {
        try await run { scenario in
            await scenario.expectApplied()
            let options = ["Class", "Board", "Talk"].map { NotionProperty.option($0) }
            try scenario.editProperty("Type") { $0.configuration = ["options": .array(options)] }
            try scenario.become(0, "Class")
            let plan = await scenario.plan()
            #expect(plan.code == 1 && plan.changes.isEmpty)
            #expect(
                plan.message?.contains("has no option \"Workshop\", which a template is for") == true,
                "\(plan.output)"
            )
        }
    }
}

extension Scenario {
    fileprivate func become(_ page: Int, _ kind: String?) throws {
        try editPage(page) { $0.values["tY%3Ape"] = kind.map { JSONText(NotionProperty.option($0)) } ?? .null }
    }
}
