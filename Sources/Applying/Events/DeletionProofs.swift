package import ReconcileModel

/// How deletes whose proof has become old are proven again: somebody may have restored the page since.
package struct ProofRenewal: Sendable {
    fileprivate let now: @Sendable () -> Timestamp
    fileprivate let renew: @Sendable ([PageID], Organization, DataSourceID?) async -> Set<PageID>

    /// - Parameters:
    ///   - now: by the clock that dates the observation.
    ///   - renew: looks at pages again; answers those that still ask for no event.
    package init(
        now: @escaping @Sendable () -> Timestamp,
        _ renew: @escaping @Sendable ([PageID], Organization, DataSourceID?) async -> Set<PageID>
    ) {
        (self.now, self.renew) = (now, renew)
    }
}

/// When the pages of one organization's deletes were last seen to ask for no event.
struct DeletionProofs: Sendable {
    private let renewal: ProofRenewal?
    private let organization: Organization
    private let dataSource: DataSourceID?
    private let planned: Timestamp?
    private var renewed: [PageID: Timestamp] = [:]

    /// In seconds, as a batch leaves: as long as a page can be looked at, deleting on an older look needs no excuse.
    private static let maximumAge = 30

    /// - Parameters:
    ///   - renewal: nil: the deletes need no proof (those of an undo).
    ///   - target: says when the pages were looked at for the plan.
    init(_ renewal: ProofRenewal?, of organization: Organization, _ target: Target) {
        (self.renewal, self.organization) = (renewal, organization)
        (dataSource, planned) = (target.dataSource, target.provenAt)
    }

    /// Looks again at the pages whose proof is old.
    ///
    /// - Returns: those that are no longer proven to ask for no event.
    mutating func renew(_ pages: [PageID]) async -> Set<PageID> {
        guard let renewal else { return [] }
        let old = pages.filter { !Self.isFresh(provenAt($0), renewal.now()) }
        guard !old.isEmpty else { return [] }
        // As old as the first of these looks.
        let start = renewal.now()
        let absent = await renewal.renew(old, organization, dataSource)
        for page in old where absent.contains(page) { renewed[page] = start }
        return Set(old).subtracting(absent)
    }

    /// To be asked as the deletes leave; nil: there is nothing to ask.
    func check(_ pages: [PageID]) -> (@Sendable () -> Bool)? {
        guard let renewal, !pages.isEmpty else { return nil }
        let oldest = pages.map { provenAt($0) }.min { ($0 ?? .distant) < ($1 ?? .distant) } ?? nil
        return { Self.isFresh(oldest, renewal.now()) }
    }

    private func provenAt(_ page: PageID) -> Timestamp? { renewed[page] ?? planned }

    private static func isFresh(_ proven: Timestamp?, _ now: Timestamp) -> Bool {
        // A clock that was set back proves nothing either.
        proven.map { (0...maximumAge).contains(now.secondsSince1970 - $0.secondsSince1970) } ?? false
    }
}

extension Timestamp {
    fileprivate static let distant = Timestamp(secondsSince1970: 0)
}
