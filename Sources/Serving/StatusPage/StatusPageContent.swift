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
        (self.now, self.version, self.baseURL) = (now, version, baseURL)
        (self.organizations, self.runs, self.problems, self.notice) = (organizations, runs, problems, notice)
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
    package var lastSync: Timestamp?
    /// What came of it, such as `2 created, 1 updated`.
    package var lastResult: String?
    /// Nil where none will come by itself.
    package var nextSync: Timestamp?
    /// One sentence each; to strangers one for each kind.
    package var warnings: [String]
    package var warningCount: Int

    package init(
        prefix: String,
        name: String,
        state: State,
        calendar: CalendarID? = nil,
        eventCount: Int? = nil,
        lastSync: Timestamp? = nil,
        lastResult: String? = nil,
        nextSync: Timestamp? = nil,
        warnings: [String] = [],
        warningCount: Int? = nil
    ) {
        (self.prefix, self.name, self.state, self.calendar) = (prefix, name, state, calendar)
        (self.eventCount, self.lastSync, self.lastResult) = (eventCount, lastSync, lastResult)
        (self.nextSync, self.warnings) = (nextSync, warnings)
        self.warningCount = warningCount ?? warnings.count
    }
}
