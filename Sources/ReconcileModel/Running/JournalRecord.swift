/// One entry of the journal: what was about to be written, what stood there before, and what became of it.
package struct JournalRecord: Sendable, Equatable {
    package var run: RunID
    package var seq: Int
    package var subject: Subject
    package var intent: Intent
    package var before: Before
    package var end: End
    /// RFC 3339 in UTC.
    package var intendedAt: String

    /// Whether it wrote something, or nobody knows.
    package var mayHaveHappened: Bool { end.result == nil || end.result == .applied }

    package var isCalendarDeletion: Bool { subject.resource == .calendar && intent.action == .delete }

    package init(
        run: RunID,
        seq: Int,
        subject: Subject,
        intent: Intent,
        before: Before = Before(),
        end: End = End(),
        intendedAt: String = ""
    ) {
        self.run = run
        self.seq = seq
        self.subject = subject
        self.intent = intent
        self.before = before
        self.end = end
        self.intendedAt = intendedAt
    }
}

extension JournalRecord {
    /// What an entry is about.
    package struct Subject: Sendable, Equatable {
        package var organization: String
        package var resource: Resource
        package var page: PageID?
        package var calendar: CalendarID?
        package var event: EventID?
        /// Whom an access rule concerns.
        package var scope: AccessScope?

        package init(
            organization: String,
            resource: Resource,
            page: PageID? = nil,
            calendar: CalendarID? = nil,
            event: EventID? = nil
        ) {
            self.organization = organization
            self.resource = resource
            self.page = page
            self.calendar = calendar
            self.event = event
        }
    }

    package enum Resource: Hashable, Sendable {
        case calendar, accessRule, event
        /// Itself: somebody took leave of it.
        case organization
        /// The word of another version.
        case other(String)

        package init(word: String) {
            self =
                switch word {
                case "calendar": .calendar
                case "access_rule": .accessRule
                case "event": .event
                case "organization": .organization
                default: .other(word)
                }
        }

        package var word: String {
            switch self {
            case .calendar: "calendar"
            case .accessRule: "access_rule"
            case .event: "event"
            case .organization: "organization"
            case .other(let word): word
            }
        }
    }

    /// What was to be done.
    package struct Intent: Sendable, Equatable {
        package var action: Action?
        /// A `Reason`, or the word of another version.
        package var reason: String
        /// The fields that an update writes.
        package var fields: Set<EventField>
        /// The content that was to stand there.
        package var after: EventContent?
        /// The role that an access rule was to give; nil: it was to go.
        package var role: CalendarRole?

        package init(
            action: Action?,
            reason: String,
            fields: Set<EventField> = [],
            after: EventContent? = nil
        ) {
            self.action = action
            self.reason = reason
            self.fields = fields
            self.after = after
        }
    }

    package enum Action: String, Sendable { case create, update, delete }

    /// What stood there.
    package struct Before: Sendable, Equatable {
        package var content: EventContent?
        /// The role that an access rule gave; nil: there was none.
        package var role: CalendarRole?
        package var marks: EventMarks?
        package var link: Link?

        package init(content: EventContent? = nil, marks: EventMarks? = nil, link: Link? = nil) {
            self.content = content
            self.marks = marks
            self.link = link
        }
    }

    /// What became of it.
    package struct End: Sendable, Equatable {
        /// Nil: of a run that was killed, or got no answer that could be believed; it may have happened or not.
        package var result: Result?
        package var error: String?
        /// The version that it left.
        package var etag: ETag?

        package init(result: Result? = nil, error: String? = nil, etag: ETag? = nil) {
            self.result = result
            self.error = error
            self.etag = etag
        }
    }

    package enum Result: String, Sendable { case applied, failed, skipped, stale }
}
