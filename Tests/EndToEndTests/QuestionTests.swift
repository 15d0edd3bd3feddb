import Emulation
import Foundation
import Synchronization
import Testing

/// Between a question and its answer the world goes on: only what was shown is done, and only where it is still to be done.
struct QuestionTests {
    @Test func `pages that are restored while somebody thinks keep their events`() async throws {
        try await Scenario.run(pages: 20) { scenario in
            await scenario.expectApplied()
            try scenario.trash(0..<4)
            let ran = await scenario.ask("apply") {
                scenario.expectUnlocked()
                for page in 0..<3 { try scenario.editPage(page) { $0.isInTrash = false } }
            }
            #expect(ran.code == 1)
            #expect(scenario.deletesSent == 1)
            try scenario.expectEvents(19)
            #expect(ran.output.contains("is not to be done any more"), "\(ran.output)")
            await scenario.expectConverged()
        }
    }

    @Test func `what was not shown is not done, and told`() async throws {
        try await Scenario.run(pages: 20) { scenario in
            await scenario.expectApplied()
            try scenario.retitle(1, "Shown")
            try scenario.trash([2])
            try scenario.retitle(5, "Shown, too")
            let before = scenario.writes
            let ran = await scenario.ask("apply") {
                try scenario.trash([3])
                try scenario.retitle(4, "Not shown")
                try scenario.retitle(5, "Another one")
                try scenario.editEvent(of: 2) { $0.fields["summary"] = "By hand" }
                try scenario.emulator.withWorld { _ = $0.addPage(50, to: scenario.database) }
            }
            #expect(ran.code == 1)
            #expect(scenario.writes == before + 1, "\(ran.output)")
            #expect(try scenario.event(of: 1).summary == "Shown")
            #expect(try scenario.event(of: 5).summary == "Event 5")
            #expect(ran.output.components(separatedBy: "not what was shown").count == 6, "\(ran.output)")
            try scenario.expectEvents(20)
            // It was no sync: the next run does the rest.
            await scenario.expectApplied()
            await scenario.expectConverged()
        }
    }

    @Test func `a yes does what was shown where nothing changed`() async throws {
        try await Scenario.run(pages: 5) { scenario in
            let ran = await scenario.ask("apply") { scenario.expectUnlocked() }
            #expect(ran.code == 0, "\(ran.output)\(ran.errors)")
            #expect(ran.output.contains("6 changes applied"))
            await scenario.expectConverged()
        }
    }

    @Test func `an undo asks without the lock, and takes back only what was shown`() async throws {
        try await Scenario.run(pages: 5) { scenario in
            await scenario.expectApplied()
            for page in 0..<3 { try scenario.retitle(page, "Renamed \(page)") }
            await scenario.expectApplied()
            let ran = await scenario.ask("undo", "2") {
                scenario.expectUnlocked()
                try scenario.editEvent(of: 1) { $0.fields["summary"] = "By hand" }
            }
            #expect(ran.code == 1)
            #expect(try scenario.event(of: 0).summary == "Event 0")
            #expect(try scenario.event(of: 1).summary == "By hand")
            #expect(try scenario.event(of: 2).summary == "Event 2")
        }
    }

    @Test func `forgetting asks without the lock, too`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            let ran = await scenario.ask("state", "forget", "acm") { scenario.expectUnlocked() }
            #expect(ran.code == 0, "\(ran.output)\(ran.errors)")
            await scenario.expectApplied()
            await scenario.expectConverged()
        }
    }
}
