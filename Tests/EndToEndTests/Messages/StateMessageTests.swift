import Emulation
import Foundation
import GRDB
import Testing

/// What people are told about state files that cannot be used. None of them is changed.
struct StateMessageTests {
    @Test(arguments: ["plan", "apply"])
    func `a file that is not SQLite`(command: String) async throws {
        try await Scenario.run { scenario in
            try scenario.write(String(repeating: "Minutes of the meeting\n", count: 100), to: "state.db")
            try await expectRefusal("state-not-sqlite", command, scenario)
        }
    }

    @Test(arguments: ["plan", "apply"])
    func `a database of another program`(command: String) async throws {
        try await Scenario.run { scenario in
            let other = try DatabaseQueue(path: scenario.statePath)
            try await other.write { try $0.execute(sql: "CREATE TABLE cookies (host TEXT)") }
            try other.close()
            try await expectRefusal("state-of-another-program", command, scenario)
        }
    }

    @Test(arguments: ["plan", "apply"])
    func `a file from a newer version`(command: String) async throws {
        try await Scenario.run { scenario in
            #expect(await scenario.apply().code == 0)
            let state = try DatabaseQueue(path: scenario.statePath)
            try await state.write { try $0.execute(sql: "UPDATE meta SET schema_version = 99") }
            try state.close()
            try await expectRefusal("state-newer", command, scenario)
        }
    }

    @Test(arguments: ["plan", "apply"])
    func `a damaged file`(command: String) async throws {
        try await Scenario.run { scenario in
            #expect(await scenario.apply().code == 0)
            let file = try FileHandle(forUpdating: URL(filePath: scenario.statePath))
            let size = try file.seekToEnd()
            // The first page, with the header, stays: what is damaged shows only when it is read.
            try file.seek(toOffset: 4096)
            try file.write(contentsOf: Data(repeating: 0xA5, count: Int(size) - 4096))
            try file.close()
            try await expectRefusal("state-damaged", command, scenario)
        }
    }

    @Test func `a folder in place of the file`() async throws {
        try await Scenario.run { scenario in
            try FileManager.default.createDirectory(atPath: scenario.statePath, withIntermediateDirectories: false)
            try await scenario.expectMessage("state-folder-plan")
            try await scenario.expectMessage("state-folder-apply", ["apply", "--auto-approve"])
        }
    }

    @Test func `a file below a file`() async throws {
        try await Scenario.run { scenario in
            try scenario.write("", to: "file")
            let state = ["apply", "--auto-approve", "--state", scenario.path("file/state.db")]
            try await scenario.expectMessage("state-below-a-file", state)
        }
    }

    private func expectRefusal(_ name: String, _ command: String, _ scenario: Scenario) async throws {
        let before = try Data(contentsOf: URL(filePath: scenario.statePath))
        scenario.emulator.resetRequests()
        let arguments = command == "apply" ? ["apply", "--auto-approve"] : ["plan"]
        try await scenario.expectMessage("\(name)-\(command)", arguments)
        let after = try Data(contentsOf: URL(filePath: scenario.statePath))
        #expect(after == before)
        #expect(scenario.emulator.requests.writes("google") == 0)
    }
}
