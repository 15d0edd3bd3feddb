import Emulation
import Foundation
import TestSupport
import Testing

/// An organization whose file is gone keeps what it has, and is named in every plan.
struct OrphanTests {
    @Test func `what nobody declares any more is told, and kept`() async throws {
        try await Scenario.withFilm { scenario in
            await scenario.expectApplied()
            let (before, events) = (scenario.writes, try scenario.events("film").mapValues(\.etag))
            try scenario.undeclare("film")
            let plan = await scenario.plan()
            #expect(plan.code == 0 && plan.status(of: "film") == "orphaned" && plan.status(of: "acm") == "no_changes")
            let summary = plan.json["summary"] as? [String: [String: Int]]
            #expect(summary?["organizations"]?["orphaned"] == 1 && summary?["organizations"]?["skipped"] == 0)
            scenario.expectShown(await scenario.reconcile("plan"), as: "orphaned-plan")
            #expect(await scenario.reconcile("plan", "--quiet").output.isEmpty)
            let applied = await scenario.apply()
            #expect(applied.code == 0 && applied.status(of: "film") == "orphaned")
            #expect(await scenario.plan("film").status == "orphaned")
            #expect(await scenario.plan("acm").organizations.count == 1)
            #expect(scenario.writes == before)
            #expect(try scenario.events("film").mapValues(\.etag) == events)
            #expect(await scenario.stored("film")?["link_count"] as? Int == 2)

            try scenario.declare("film", database: Scenario.film)
            await scenario.expectConverged()
            #expect(scenario.writes == before)
        }
    }

    @Test func `a rename is none, be it not applied yet or not clear`() async throws {
        try await Scenario.withFilm { scenario in
            await scenario.expectApplied()
            try scenario.undeclare("film")
            try scenario.declare("movies", database: Scenario.film)
            let plan = await scenario.plan()
            #expect(plan.status(of: "film") == nil && plan.changes.map(\.reason) == ["renamed"], "\(plan.output)")
            // One of two that could be it, and one of which nobody can tell.
            try scenario.declare("movies", database: Scenario.film, more: "data_source: Film")
            try scenario.declare("cinema", database: Scenario.film, more: "data_source: Archive")
            #expect(await scenario.plan().status(of: "film") == nil)
            try scenario.undeclare("cinema")
            try scenario.write("prefix: movies\nname: Movies\nnotion_database_id: none\n", to: "orgs.d/movies.yaml")
            let broken = await scenario.plan()
            #expect(broken.status(of: "film") == nil && broken.status(of: "movies") == "error", "\(broken.output)")
        }
    }

    @Test func `nothing is called orphaned while a mistake hides a prefix`() async throws {
        try await Scenario.withFilm { scenario in
            await scenario.expectApplied()
            try scenario.undeclare("film")
            try scenario.write("prefix: [film\n", to: "orgs.d/movies.yaml")
            let hidden = await scenario.plan()
            #expect(hidden.code == 1 && hidden.status(of: "film") == nil)
            #expect(hidden.status(of: "movies.yaml") == "error")
            try scenario.write("prefix: club\nname: 7\nnmae: Club\n", to: "orgs.d/movies.yaml")
            try scenario.declare("club", database: scenario.database, more: "nmae: Club")
            let readable = await scenario.plan()
            #expect(readable.code == 1, "\(readable.output)")
        }
    }

    @Test func `a folder without declarations is no mistake where the state knows organizations`() async throws {
        try await Scenario.withFilm { scenario in
            await scenario.expectApplied()
            try scenario.undeclare("film")
            try scenario.undeclare("acm")
            let plan = await scenario.plan()
            #expect(plan.code == 0 && plan.organizations.map { $0["status"] as? String } == ["orphaned", "orphaned"])
            scenario.expectShown(await scenario.reconcile("plan"), as: "orphaned-all")
            #expect(await scenario.apply().code == 0)
            #expect(await scenario.reconcile("validate").code == 1)
            let nowhere = await scenario.reconcile("plan", environment: ["RECONCILE_STATE": scenario.path("other.db")])
            #expect(nowhere.code == 1 && nowhere.errors.contains("declares no organization"))
            try FileManager.default.removeItem(atPath: scenario.path("orgs.d"))
            let missing = await scenario.plan()
            #expect(missing.code == 1 && missing.errorCode == "declarations_not_found")
        }
    }

    @Test func `its endpoint is gone, and the service tells of it`() async throws {
        try await Scenario.withFilm { scenario in
            await scenario.expectApplied()
            try await ServiceScenario.run(in: scenario) { service in
                #expect(try await service.get("/api/calendar/film/events").status == 200)
                try scenario.undeclare("film")
                service.clock.advance(by: .seconds(5))
                try await service.waitUntil { service.log.text.contains("removed film") }
                #expect(try await service.get("/api/calendar/film/events").status == 404)
                #expect(try await service.post("/api/calendar/film/sync").status == 404)
                service.clock.advance(by: .seconds(11))
                let page = try await service.get("/").text
                #expect(page.contains("Orphaned") && !page.contains("/api/calendar/film/"), "\(page)")
                #expect(try await service.get("/metrics").text.contains("reconcile_organizations_orphaned 1"))
                #expect(try await service.post("/api/calendar/sync-all").status == 200)
                try scenario.expectEvents(2, "film")
                try scenario.undeclare("acm")
                service.clock.advance(by: .seconds(5))
                try await service.waitUntil { service.log.text.contains("removed acm") }
                #expect(try await service.get("/metrics").text.contains("reconcile_organizations_orphaned 2"))
            }
        }
    }
}
