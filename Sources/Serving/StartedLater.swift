import ServiceLifecycle

/// A service that begins with a signal, and not at all where the signal does not come.
struct StartedLater<Base: Service>: Service {
    let base: Base
    let signal: Signal

    func run() async throws {
        guard await signal.wait() else { return }
        try await base.run()
    }
}
