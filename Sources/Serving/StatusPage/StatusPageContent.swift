package import ReconcileModel

/// What the status page shows. Everybody may read it: whoever fills it leaves out what is nobody's business.
package struct StatusPageContent: Sendable {
    package var now: Timestamp
    /// Of this program.
    package var version: String
    /// Scheme and host that people reach the service at, such as `https://calendar.example.org`; nil where that is not known:
    /// then there is no link that opens a calendar program.
    package var baseURL: String?
    package var organizations: [OrganizationStatus]
    /// The latest first. Who started them is not shown.
    package var runs: [RunRecord]
    /// What people should know of mistakes in the declarations, one sentence each; empty where there are none.
    package var problems: [String]
    /// Why nothing is synchronized, where that is so.
    package var notice: String?
    /// Whether the reader may sign in to see more.
    package var offersSignIn = false

    package init(
        now: Timestamp,
        version: String,
        baseURL: String? = nil,
        organizations: [OrganizationStatus] = [],
        runs: [RunRecord] = [],
        problems: [String] = [],
        notice: String? = nil
    ) {
        self.now = now
        self.version = version
        self.baseURL = baseURL
        self.organizations = organizations
        self.runs = runs
        self.problems = problems
        self.notice = notice
    }
}

/// One organization on the status page.
package struct OrganizationStatus: Sendable {
    package enum State: Sendable, Equatable {
        case syncing
        /// Never synchronized so far.
        case pending
        /// Sync is not enabled: events are shown, the calendar is left alone.
        case paused
        case inactive
        /// Nothing says where its events are.
        case unconfigured
        /// Nobody declares it any more: its calendar is kept as it is.
        case orphaned
        /// Sync is enabled, and the service cannot write to Google.
        case unsynchronized
        /// After an undo, until somebody releases it.
        case onHold(RunID)
        /// The last sync failed or was blocked, for the reason given.
        case failed(String)
    }

    package var prefix: String
    package var name: String
    package var state: State
    package var calendar: CalendarID?
    /// Nil where they are not known yet.
    package var eventCount: Int?
    package var syncs: Syncs
    package var warnings: Warnings

    package init(
        prefix: String,
        name: String,
        state: State,
        calendar: CalendarID? = nil,
        eventCount: Int? = nil,
        syncs: Syncs = Syncs(),
        warnings: Warnings = Warnings()
    ) {
        self.prefix = prefix
        self.name = name
        self.state = state
        self.calendar = calendar
        self.eventCount = eventCount
        self.syncs = syncs
        self.warnings = warnings
    }

    /// The last sync that succeeded, what came of the latest, and when the next is due.
    package struct Syncs: Sendable {
        package var last: Timestamp?
        /// Such as `2 created, 1 updated`.
        package var result: String?
        /// Nil where none will come by itself.
        package var next: Timestamp?

        package init(last: Timestamp? = nil, result: String? = nil, next: Timestamp? = nil) {
            self.last = last
            self.result = result
            self.next = next
        }
    }

    /// What people should know.
    package struct Warnings: Sendable {
        /// One sentence each; to strangers one for each kind.
        package var texts: [String]
        package var count: Int

        /// - Parameter count: nil: as many as there are sentences.
        package init(_ texts: [String] = [], count: Int? = nil) {
            self.texts = texts
            self.count = count ?? texts.count
        }
    }
}
