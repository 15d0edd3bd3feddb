import Foundation
import Testing

/// The real binary on a disk that has no room left.
struct DiskFullTests {
    /// In KiB: not even the tables fit; the tables fit but not the links; nearly all fits.
    @Test(arguments: [1, 8, 32, 48, 64, 96, 160])
    func `a state file that cannot grow is an error, and the next run completes the work`(limit: Int) async throws {
        try await Scenario.run(pages: 60) { scenario in
            let arguments = ["apply", "--auto-approve", "--orgs-dir", scenario.path("orgs.d")]
            let cramped = try await ToolProcess.run(
                arguments,
                environment: scenario.environment,
                in: scenario.path(""),
                fileSizeLimit: limit
            )
            if cramped.code != 0 {
                #expect(cramped.code == 1)
                let said = cramped.output + cramped.errors
                #expect(said.contains("the disk is full or a file size limit was reached"), "\(said)")
                #expect(said.contains("Make room and run again"))
            } else {
                #expect(limit > 96, "\(limit) KiB were enough")
            }
            let roomy = await scenario.apply()
            #expect(roomy.code == 0, "\(roomy.output)\(roomy.errors)")
            try scenario.expectCalendar(holds: 60)
            #expect(await scenario.plan().code == 0)
        }
    }

    @Test func `an output that cannot be written is an error`() async throws {
        try await Scenario.run { scenario in
            let ran = try await ToolProcess.run(
                ["plan", "--format", "json", "--orgs-dir", scenario.path("orgs.d")],
                environment: scenario.environment,
                in: scenario.path(""),
                output: "/dev/full"
            )
            #expect(ran.code == 1)
            #expect(ran.errors.contains("standard output"), "\(ran.errors)")
            #expect(ran.errors.contains("No space left on device"), "\(ran.errors)")
        }
    }
}
