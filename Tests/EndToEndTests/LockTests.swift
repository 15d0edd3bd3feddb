import Foundation
import LinkStorage
import ReconcileModel
import Testing

/// What people see of the run lock.
struct LockTests {
    private static let holder = LockHolder(
        pid: 4711,
        host: "builder",
        user: "ada",
        command: "apply",
        since: Timestamp(secondsSince1970: 1_795_132_800)
    )

    @Test func `apply fails at once, says who is first, and changes nothing`() async throws {
        try await Scenario.run { scenario in
            let lock = try RunLock(statePath: scenario.statePath, holder: Self.holder)
            let ran = await scenario.apply()
            #expect(ran.code == 1)
            let error = ran.json["error"] as? [String: Any]
            #expect(error?["code"] as? String == "state_locked")
            #expect(
                (error?["message"] as? String)?.contains("by ada, process 4711 on builder, since 2026-11-20") == true
            )
            #expect(try scenario.calendar() == nil)
            // Plan only reads: it does not mind.
            #expect(await scenario.plan().code == 2)
            withExtendedLifetime(lock) {}
        }
    }

    @Test func `apply waits as long as it is told to`() async throws {
        try await Scenario.run { scenario in
            let lock = try RunLock(statePath: scenario.statePath, holder: Self.holder)
            let ran = await scenario.reconcile("apply", "--auto-approve", "--lock-timeout", "30")
            #expect(ran.code == 1)
            #expect(ran.errors.contains("Waiting for another run: \"apply\" by ada"))
            #expect(ran.errors.contains("--lock-timeout"))
            withExtendedLifetime(lock) {}
        }
    }

    @Test(arguments: ["-1", "x", "604801"])
    func `a time-out that is none is wrong usage`(value: String) async throws {
        try await Scenario.run(pages: 0) { scenario in
            let ran = await scenario.reconcile("apply", "--auto-approve", "--lock-timeout=\(value)")
            #expect(ran.code == 64)
        }
    }

    @Test func `unlock takes the lock away after a yes`() async throws {
        try await Scenario.run { scenario in
            #expect(await scenario.reconcile("unlock").output.contains("is not locked"))
            let lock = try RunLock(statePath: scenario.statePath, holder: Self.holder)
            #expect(await scenario.reconcile("unlock").code == 1)
            let refused = await scenario.reconcile("unlock", answer: "y")
            #expect(refused.code == 1 && refused.errors.contains("by ada, process 4711 on builder"))
            try lock.check()

            let unlocked = await scenario.reconcile("unlock", answer: "yes")
            #expect(unlocked.code == 0 && unlocked.output.contains("taken away from \"apply\" by ada"))
            #expect(throws: StateError.lockBroken(path: scenario.statePath)) { try lock.check() }
            #expect(await scenario.apply().code == 0)
        }
    }

    @Test(arguments: ["--force", "--auto-approve"])
    func `unlock tells programs what it did`(flag: String) async throws {
        try await Scenario.run { scenario in
            let lock = try RunLock(statePath: scenario.statePath, holder: Self.holder)
            let ran = await scenario.reconcile("unlock", flag, "--format", "json")
            #expect(ran.code == 0 && ran.json["unlocked"] as? Bool == true)
            #expect((ran.json["holder"] as? [String: Any])?["host"] as? String == "builder")
            let again = await scenario.reconcile("unlock", flag, "--format", "json")
            #expect(again.code == 0 && again.json["unlocked"] as? Bool == false)
            withExtendedLifetime(lock) {}
        }
    }
}
