/// The three sides of one organization: what its pages ask for, what its calendar holds, what the link table says.
package struct OrganizationState: Sendable, Equatable {
    /// The database the pages live in, also where a data source was declared.
    package var database: DatabaseID
    /// Nil: not known, which only tests leave it.
    package var dataSource: DataSourceID?
    /// The prefix under which the state still has it, or its calendar.
    package var renamedFrom: String?
    /// Where its events came from so far, where a person allowed that they come from another database from now on.
    package var databaseChange: DatabaseChange?
    package var listing = ListingState.complete
    /// What is known of the pages that are listed, and of those that were looked at alone, by this run or one before.
    package var pages: [PageID: PageFinding] = [:]
    /// The properties that pages are told in what became of their events, by name; empty: none is.
    package var feedbackColumns: [FeedbackField: String] = [:]
    /// When Notion refused to have pages written, if that was within the last day: then it is not tried again.
    package var pagesRefusedAt: Timestamp?
    /// What stands there, of the pages in the window.
    package var feedback: [PageID: PageFeedback] = [:]
    /// Pages of our database whose events carry the mark of an organization that is not declared any more.
    package var recognized: Set<PageID> = []
    /// Fields that the pages decide; the others are left alone.
    package var managedFields = EventField.all
    /// Where these fields come from, and where they came from at the last run that wrote them.
    package var origins = FieldOrigins()
    package var rememberedOrigins: FieldOrigins?
    package var calendar: CalendarObservation
    /// Where the events come from that are not in this calendar yet; nil: all are there.
    package var move: CalendarMove?
    /// Events outside of it are left alone.
    package var window = EventWindow.open
    package var sharing = SharingObservation.notRead
    /// The access rules of the calendar that are ours, or may become it.
    package var grants: [AccessGrant] = []
    /// Whether the calendar was written before and this state does not know of it.
    package var isStateLost = false
    /// The e-mail of our own account; nil: not known, which only tests leave it.
    package var account: String?
    /// All events of the calendar, tombstones and strangers' events among them.
    package var events: [EventID: LiveEvent] = [:]
    package var links: [PageID: Link] = [:]
    /// Whose the events are.
    package var ownership: EventOwnership
    /// Whether the state remembers a run of this organization without errors.
    package var wasSynced = false
    /// Distinct events deleted within the last day without an allowance.
    package var recentDeletes = 0
    /// How many events there were when the deletes began to be blocked; nil while none are.
    package var eventsWhenBlocked: Int?
    package var warnings: [Warning] = []
    /// When the absences were proven; nil where nothing was looked at.
    package var provenAt: Timestamp?
    /// What is worth knowing once.
    package var notes: [String] = []

    /// Nothing is known but these; no page was listed, no event seen.
    package init(database: DatabaseID, calendar: CalendarObservation, ownership: EventOwnership) {
        self.database = database
        self.calendar = calendar
        self.ownership = ownership
    }
}
