/// What we write into an event's private extended properties to know it again.
package struct EventMarks: Hashable, Codable, Sendable {
    /// `notionPageId`: the key the predecessor wrote, so that its events are recognized.
    package var page: PageID
    /// `reconcileOrg`: the organization's prefix; absent on events of the predecessor.
    package var organization: String?
    /// `reconcileDatabase`: the Notion database of the page; absent on events written by older versions.
    package var database: DatabaseID?
    /// `reconcileHash`: the content we last wrote.
    package var hash: ContentHash?
    /// `reconcileStored`: what Google answered to that, where it is not what was written.
    package var stored: ContentHash?
    /// `reconcileEvent`: the event that was written. Another one with this mark is a copy that somebody made.
    package var event: EventID?
    /// `reconcileSet`: what was set of this event beyond the fields that the organization's pages decide, by a template; what it
    /// is not said of is people's.
    package var settings: [EventField: String]?

    package init(
        page: PageID,
        organization: String? = nil,
        database: DatabaseID? = nil,
        hash: ContentHash? = nil,
        stored: ContentHash? = nil,
        event: EventID? = nil,
        settings: [EventField: String]? = nil
    ) {
        (self.page, self.organization, self.database) = (page, organization, database)
        (self.hash, self.stored, self.event) = (hash, stored, event)
        self.settings = settings
    }

    /// The fields that a template set.
    package var settingFields: Set<EventField> { Set((settings ?? [:]).keys) }

    /// Longer ones are not noted: a mark holds no more than some thousand characters.
    private static let longestSetting = 300
    private static let whole = "*"

    /// A value as it is noted: empty for none.
    package static func setting(_ text: String?) -> String {
        let text = text ?? ""
        return text.unicodeScalars.count > longestSetting ? whole : text
    }

    /// Fields that were set by a template, and still hold what it set.
    ///
    /// - Parameters:
    ///   - content: that stands there now.
    ///   - isAsWritten: whether all of it is still what we wrote.
    package func settingsHeld(by content: EventContent, isAsWritten: Bool) -> Set<EventField> {
        Set(
            (settings ?? [:]).compactMap { field, noted in
                // Of a long rule it is not noted which one it was.
                let isWhole = isAsWritten || field.kind == .rule && content.recurrence != nil
                let isHeld =
                    noted == Self.whole
                    ? isWhole : field.isSame(FieldValue(noted), FieldValue(content.text(of: field)))
                return isHeld ? field : nil
            }
        )
    }
}
