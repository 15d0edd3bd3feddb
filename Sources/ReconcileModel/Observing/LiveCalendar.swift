/// A calendar as it stands in Google.
package struct LiveCalendar: Hashable, Codable, Sendable {
    package var id: CalendarID
    package var etag: ETag?
    package var summary: String
    package var description: String?
    package var timeZone: String?
    /// Whether we created it: then its name, zone and mark are ours to keep right.
    package var isCreatedByUs: Bool
    /// What our account may do with it; nil where Google did not say.
    package var access: CalendarAccess?
    /// The e-mail of the account that owns its data; nil where Google did not say.
    package var dataOwner: String?

    package init(
        id: CalendarID,
        etag: ETag? = nil,
        summary: String,
        description: String? = nil,
        timeZone: String? = nil,
        isCreatedByUs: Bool,
        access: CalendarAccess? = nil,
        dataOwner: String? = nil
    ) {
        (self.id, self.etag, self.summary, self.description) = (id, etag, summary, description)
        (self.timeZone, self.isCreatedByUs, self.access) = (timeZone, isCreatedByUs, access)
        self.dataOwner = dataOwner
    }

    /// Whom its description says that it belongs to.
    package var mark: CalendarMark? { CalendarMark(in: description ?? "") }
}
