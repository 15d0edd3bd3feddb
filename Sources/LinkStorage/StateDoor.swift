package import ReconcileModel

/// The way to the state, wherever it is kept.
///
/// A question locks nothing, reads in one transaction and leaves no trace, neither in the state nor beside it; where there is no state
/// yet, nothing is remembered.
package protocol StateDoor: Sendable {
    /// What messages call the state, such as the path of its file.
    var name: String { get }

    // MARK: - Questions

    /// All that a plan needs.
    func snapshot() async throws(StateError) -> StateSnapshot

    /// The organizations and the latest runs; neither links nor journal.
    func overview(runs limit: Int) async throws(StateError) -> StateOverview

    /// Nil where there is no state yet.
    func contents(_ extent: StateContents.Extent) async throws(StateError) -> StateContents?

    /// Of the journal only the entries of the runs that are returned are counted.
    ///
    /// - Returns: nil where there is no state yet, or it knows nothing of the organization.
    func history(_ request: RunHistory.Request) async throws(StateError) -> RunHistory?

    /// One run, with what it wrote; nil where there is none of this number.
    func run(_ run: RunID) async throws(StateError) -> (RunRecord, [JournalRecord])?

    func links(of prefix: String) async throws(StateError) -> [PageID: Link]

    /// The prefixes of the organizations that have links to one of the pages; reads nothing but those links.
    func owners(of pages: Set<PageID>) async throws(StateError) -> Set<String>

    /// What subscribers were shown last.
    func published(of prefix: String) async throws(StateError) -> [PageID: PublishedEvent]

    /// Whether the state can be relied on; reads all of it.
    ///
    /// - Throws: where it is no damage that is in the way: a state of a newer version, of another program, or out of reach.
    func condition() async throws(StateError) -> StateCondition

    // MARK: - Deeds that need no run

    /// Gives organizations that are not known yet an id, in the order given.
    func register(_ organizations: [Organization]) async throws(StateError)

    /// Puts `contents` in the place of all that was published of an organization.
    ///
    /// - Parameter known: what was published when `contents` were made; nil: whatever it was. Where somebody else has published
    ///   since, nothing is changed: that one has seen more.
    /// - Returns: what is published now.
    func publish(
        _ contents: [PageID: (event: EventContent, hash: ContentHash)],
        of prefix: String,
        over known: [PageID: PublishedEvent]?
    ) async throws(StateError) -> [PageID: PublishedEvent]

    // MARK: - The lock

    /// Takes the lock, and waits at most as long as `timeout` for another run to end.
    ///
    /// - Parameters:
    ///   - holder: who we are, for others to read.
    ///   - onWait: called once, before the first wait, with who has the lock.
    /// - Throws: `StateError.locked` where another run still has it; `CancellationError`.
    func open(
        as holder: LockHolder,
        timeout: Duration,
        clock: any Clock<Duration>,
        onWait: @Sendable (LockStatus) -> Void
    ) async throws -> any StateSession

    /// Who has the lock; nil where nobody has.
    func lockStatus() async throws(StateError) -> LockStatus?

    /// Takes the lock away from whoever has it: its next write will fail.
    ///
    /// - Parameter status: who was seen to have it.
    /// - Returns: whether it was broken; not where meanwhile it has been given back, or taken by another run.
    func breakLock(heldBy status: LockStatus) async throws(StateError) -> Bool
}
