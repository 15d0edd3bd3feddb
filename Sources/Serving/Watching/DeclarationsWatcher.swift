import ConfigLoading
package import Logging
package import ReconcileModel
package import Reconciling
import ServiceLifecycle
import Synchronization

/// Why the declarations could not be read, for people: one sentence each, at least one.
package struct DeclarationProblems: Error, Equatable, Sendable {
    package let texts: [String]
    package init(_ texts: [String]) { self.texts = texts }
}

/// Takes over what changes in the folder of the declarations while the service runs.
///
/// It looks every few seconds rather than asking the system for news, which network file systems and container mounts do
/// not have. Declarations with a mistake, such as a file that is half saved, leave those of before in force; what is
/// wrong is logged once, and shown by `Declarations.problems` until it is mended.
package final class DeclarationsWatcher: Service {
    /// More than a person reads in one line of a log.
    private static let loggedProblems = 10

    private let folder: String
    private let declarations: Declarations
    private let watch = Mutex(FolderWatch())
    private let interval: Duration
    private let clock: ServiceClock
    private let logger: Logger
    private let load: @Sendable () -> Result<[Organization], DeclarationProblems>
    private let onChange: @Sendable (DeclarationsChange) async -> Void

    /// - Parameters:
    ///   - load: reads the folder.
    ///   - onChange: is told, after the change is in force, what it was; never of nothing.
    package init(
        folder: String,
        declarations: Declarations,
        interval: Duration = .seconds(5),
        clock: some Clock<Duration>,
        logger: Logger,
        load: @escaping @Sendable () -> Result<[Organization], DeclarationProblems>,
        onChange: @escaping @Sendable (DeclarationsChange) async -> Void
    ) {
        (self.folder, self.declarations, self.interval) = (folder, declarations, interval)
        (self.clock, self.logger) = (ServiceClock(clock), logger)
        (self.load, self.onChange) = (load, onChange)
    }

    package func run() async throws {
        var goesOn = true
        while goesOn {
            await look()
            goesOn = await clock.sleep(for: interval)
        }
    }

    /// Takes over what has changed by now.
    package func look() async {
        // The signature comes first: what changes during the reading shows at the next look.
        let signature = FolderSignature(of: folder)
        let isChanged = watch.withLock { $0.needsReading(signature) }
        // What is wrong may also go by without a trace in the folder, such as too many open files.
        if isChanged || !declarations.problems.isEmpty { await read() }
    }

    private func read() async {
        switch load() {
        case .success(let organizations): await takeOver(organizations)
        case .failure(let problems): refuse(problems)
        }
    }

    private func takeOver(_ organizations: [Organization]) async {
        let change = DeclarationsChange(from: declarations.organizations, to: organizations)
        let isMended = !declarations.problems.isEmpty
        declarations.replace(with: organizations)
        guard !change.isEmpty else {
            if isMended { logger.notice("The declarations in \(folder) are right again, and the same as before.") }
            return
        }
        logger.notice("The declarations in \(folder) were taken over: \(change).")
        await onChange(change)
    }

    private func refuse(_ problems: DeclarationProblems) {
        guard problems.texts != declarations.problems else { return }
        declarations.keep(despite: problems.texts)
        let more = problems.texts.count - Self.loggedProblems
        let shown = problems.texts.prefix(Self.loggedProblems) + (more > 0 ? ["and \(more) more"] : [])
        logger.error(
            """
            The declarations in \(folder) have mistakes; those of before stay in force until they are mended: \
            \(shown.joined(separator: " | "))
            """
        )
    }
}
