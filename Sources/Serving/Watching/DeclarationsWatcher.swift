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
/// not have. A file with a mistake, such as one that is half saved, leaves what it said before in force, and a folder that cannot be read
/// leaves all; what is wrong is logged once, and shown by `Declarations.problems` until it is mended.
package final class DeclarationsWatcher: Service {
    /// More than a person reads in one line of a log.
    private static let loggedProblems = 10

    private let folder: String
    private let declarations: Declarations
    private let watch = Mutex(FolderWatch())
    private let interval: Duration
    private let clock: ServiceClock
    private let logger: Logger
    private let load: @Sendable () async -> Result<DeclaredOrganizations, DeclarationProblems>
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
        load: @escaping @Sendable () async -> Result<DeclaredOrganizations, DeclarationProblems>,
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
        let before = declarations.problems
        switch await load() {
        case .success(let declared):
            let change = takeOver(declared)
            tell(before)
            if declarations.problems.isEmpty, !before.isEmpty, change.isEmpty {
                logger.notice("The declarations in \(folder) are right again, and the same as before.")
            }
            guard !change.isEmpty else { return }
            logger.notice("The declarations in \(folder) were taken over: \(change).")
            await onChange(change)
        case .failure(let problems):
            declarations.keep(despite: problems.texts)
            tell(before)
        }
    }

    private func takeOver(_ declared: DeclaredOrganizations) -> DeclarationsChange {
        let old = declarations.organizations
        declarations.replace(with: declared)
        return DeclarationsChange(from: old, to: declarations.organizations)
    }

    /// Logs what is wrong, where that is not what was wrong before.
    private func tell(_ before: [String]) {
        let problems = declarations.problems
        guard problems != before, !problems.isEmpty else { return }
        let more = problems.count - Self.loggedProblems
        let shown = problems.prefix(Self.loggedProblems) + (more > 0 ? ["and \(more) more"] : [])
        logger.error(
            """
            The declarations in \(folder) have mistakes; what was declared before stays in force where they are, until they are \
            mended: \(shown.joined(separator: " | "))
            """
        )
    }
}
