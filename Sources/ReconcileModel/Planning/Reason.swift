/// Why a change is made; the words are part of the JSON format.
package enum Reason: String, CaseIterable, Codable, Sendable {
    case newPage = "new_page"
    case edited, drift, duplicate, trashed, archived, undated, moved
    case filteredOut = "filtered_out"
    /// The page is called off, and the declaration removes such events.
    case cancelled
    case gone
    case calendarMissing = "calendar_missing"
    case calendarSettings = "calendar_settings"
    case adopted, revived
    /// Who sees the calendar is declared otherwise.
    case sharing
    /// Likewise, and more people see it, or may do more with it.
    case sharingWidened = "sharing_widened"
    /// The declaration names another calendar than before.
    case calendarMoved = "calendar_moved"
    /// Somebody deleted the calendar by a command.
    case calendarDeleted = "calendar_deleted"
    /// Somebody took leave of the organization by a command.
    case retired
    /// The organization has another prefix.
    case renamed
    /// The organization has another Notion database, or another data source.
    case databaseChanged = "database_changed"
    /// A page is told what became of its event.
    case writeBack = "write_back"
    /// Takes back what a run did.
    case undone
}
