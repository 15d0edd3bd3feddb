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

    /// Fields that were set by a template, and still hold what it set.
    ///
    /// - Parameter content: that stands there now.
    package func settingsHeld(by content: EventContent) -> Set<EventField> {
        Set((settings ?? [:]).filter { Self.isHeld($0.key, $0.value, by: content) }.keys)
    }

    private static func isHeld(_ field: EventField, _ noted: String, by content: EventContent) -> Bool {
        if field.note(of: content[field]) == noted { return true }
        // As earlier versions noted it: the text itself, and of a long one that there is one.
        guard noted.first != "#" else { return false }
        guard field.kind == .rule else { return field.isSame(FieldValue(noted), FieldValue(content.text(of: field))) }
        return noted == "*" ? content.recurrence != nil : Recurrence.isSame(noted, content.text(of: field))
    }
}

extension EventField {
    /// All notes together stand in one property, which Google cuts at 1,024 characters.
    private static let longestNote = 100

    /// A value as it is noted in a mark: values that mean the same have the same note. Empty for none; a digest of a long one, and
    /// of what JSON writes longer than it is.
    package func note(of value: FieldValue?) -> String {
        let text = comparable(value)
        let isPlain =
            kind != .rule && text.utf8.count <= Self.longestNote && text.first != "#"
            && text.unicodeScalars.allSatisfy {
                $0.value >= 0x20 && $0.value != 0x7F && !"\"\\".unicodeScalars.contains($0)
            }
        return isPlain || text.isEmpty ? text : "#\(TextFingerprint(text))"
    }

    private func comparable(_ value: FieldValue?) -> String {
        guard let value, let text = value.text else { return "" }
        return kind == .rule ? Recurrence(text: text)?.meaning ?? "" : FieldValue.comparable(text)
    }
}
