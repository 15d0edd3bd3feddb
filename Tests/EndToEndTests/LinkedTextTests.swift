import Emulation
import Testing

/// Texts whose words lead somewhere.
struct LinkedTextTests {
    private static let plain = JSONText([RichText.item("Sign up "), RichText.item("here"), RichText.item(".")])
    private static let linked = JSONText([
        RichText.item("Sign up "), RichText.item("here", link: "https://example.org/form"), RichText.item("."),
    ])

    @Test func `the address stands behind the words, in the calendar and in the feed`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            try scenario.editPage(0) { $0.values["iK%3DN"] = Self.linked }
            await scenario.expectApplied()
            #expect(try scenario.event(of: 0).fields["description"] == "Sign up here (https://example.org/form).")
            await scenario.expectConverged()
        }
    }

    /// The world of an upgrade: what was written last is what the former version made of the page.
    @Test func `where only this version writes other texts, the plan says so`() async throws {
        try await Scenario.run(pages: 2) { scenario in
            for number in 0..<2 { try scenario.editPage(number) { $0.values["iK%3DN"] = Self.plain } }
            await scenario.expectApplied()
            // The link comes without an edit of the page.
            try scenario.emulator.withWorld { world in
                world.notion.pages[World.page(0)]?.values["iK%3DN"] = Self.linked
            }
            // A person links a word.
            try scenario.editPage(1) { $0.values["iK%3DN"] = Self.linked }
            try scenario.emulator.withWorld { world in
                world.notion.pages[World.page(1)]?.edited += 3_600_000
            }
            let plan = await scenario.plan()
            let changes = plan.organizations.first?["changes"] as? [[String: Any]] ?? []
            let causes = changes.map { "\($0["notion_page_id"] ?? ""): \($0["cause"] as? String ?? "none")" }
            #expect(causes.contains { $0.hasPrefix("\(World.page(0)): this version of reconcile") }, "\(plan.output)")
            #expect(causes.contains("\(World.page(1)): none"), "\(plan.output)")
            let text = await scenario.reconcile("plan")
            #expect(
                text.output.contains("update: this version of reconcile writes out the addresses"),
                "\(text.output)"
            )
            #expect(text.output.contains("update: page edited"), "\(text.output)")
            await scenario.expectApplied()
            await scenario.expectConverged()
        }
    }

    @Test func `the brake on updates names it too`() async throws {
        try await Scenario.run(pages: 12) { scenario in
            for number in 0..<12 { try scenario.editPage(number) { $0.values["iK%3DN"] = Self.plain } }
            await scenario.expectApplied()
            try scenario.emulator.withWorld { world in
                for number in 0..<12 { world.notion.pages[World.page(number)]?.values["iK%3DN"] = Self.linked }
            }
            let blocked = await scenario.plan()
            #expect(blocked.code == 1, "\(blocked.output)")
            let message = blocked.message ?? ""
            #expect(message.contains("In 12 of them: this version of reconcile writes out"), "\(message)")
            let text = await scenario.reconcile("plan")
            #expect(text.output.contains("blocked: this version of reconcile writes out"), "\(text.output)")
            await scenario.expectApplied("--allow-updates", "acm:12")
            await scenario.expectConverged()
        }
    }
}
