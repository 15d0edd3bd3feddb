import Emulation
import Foundation
import LinkStorage
import ReconcileModel
import Reconciling

/// The built-in emulator with its world in a file, so that plan, apply, plan tells a story.
struct Sandbox: Sendable {
    let folder: String

    static let standardFolder = ".reconcile/sandbox"

    var statePath: String { "\(folder)/state.db" }
    var worldPath: String { "\(folder)/world.json" }
    /// The emulated service account's key, for programs outside this process.
    var keyPath: String { "\(folder)/key.json" }

    /// Runs `body` beside an emulator on a port that the system picks.
    ///
    /// - Parameter body: gets the environment that points at the emulator.
    func withEmulator<Result: Sendable>(
        _ body: @escaping @Sendable ([String: String]) async throws -> Result
    ) async throws -> Result {
        let lock = try lock()
        defer { withExtendedLifetime(lock) {} }
        return try await emulator().withServer { address in try await body(address.environment) }
    }

    /// Serves until the task is cancelled.
    ///
    /// - Parameter onReady: gets the environment that points at the emulator, the key as a file.
    func serve(port: Int, onReady: @escaping @Sendable (Result<[String: String], Failure>) -> Void) async throws {
        let lock = try lock()
        defer { withExtendedLifetime(lock) {} }
        let emulator = try emulator()
        do {
            try await emulator.run(port: port) { address in
                var environment = address.environment
                do throws(Failure) {
                    environment["GOOGLE_SERVICE_ACCOUNT"] = try writeKey(environment["GOOGLE_SERVICE_ACCOUNT"] ?? "")
                    onReady(.success(environment))
                } catch {
                    onReady(.failure(error))
                }
            }
        } catch {
            throw Failure(
                code: "sandbox_port_unavailable",
                message: "The sandbox cannot listen on 127.0.0.1:\(port): \(error).",
                hint: "Name another port with --port; 0 takes one that is free."
            )
        }
    }

    /// The world of the file; the sample world where there is none yet.
    private func emulator() throws -> Emulator {
        do {
            return try Emulator.load(file: worldPath)
        } catch {
            throw Failure(
                code: "sandbox_world_unreadable",
                message: "The sandbox's world \(worldPath) cannot be read: \(error).",
                hint: "Delete the folder \(folder) to start anew."
            )
        }
    }

    private func lock() throws(Failure) -> RunLock {
        let caller = Caller(command: "sandbox", environment: ProcessInfo.processInfo.environment)
        do {
            return try RunLock(
                statePath: try StatePath.resolved(worldPath),
                holder: caller.holder(since: CommandContext.current.timing.now())
            )
        } catch {
            var failure = error.failure
            if case .locked = error {
                failure.hint =
                    "Beside `reconcile sandbox`, use its environment instead of --sandbox; it printed it at its start."
            }
            throw failure
        }
    }

    private func writeKey(_ json: String) throws(Failure) -> String {
        let path = URL(fileURLWithPath: keyPath).path
        let data = Data(json.utf8)
        guard FileManager.default.createFile(atPath: path, contents: data, attributes: [.posixPermissions: 0o600])
        else {
            throw Failure(code: "sandbox_key_unwritable", message: "The key file \(path) cannot be written.")
        }
        return path
    }
}
