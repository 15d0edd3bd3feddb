import ReconcileModel

/// What is done and why, in words; the same in every format.
enum ReasonWords {
    static func note(on line: PlanLine) -> String {
        if case .refused(let refusal) = line { return "\(refusal.action.rawValue) refused: \(refusal.message)" }
        if case .change(.event(.release)) = line { return "left to people: \(words(for: line))" }
        let reason = line.cause ?? words(for: line)
        let standing = line.awaited != nil ? ", waits for a yes" : line.isHeld ? ", blocked" : ""
        return "\(line.isMove ? "move" : line.action.rawValue)\(standing): \(reason)"
    }

    private static func words(for line: PlanLine) -> String {
        if line.resource == .accessRule, line.reason == .drift { return "drift, changed by somebody" }
        if line.reason == .sharing, line.action == .delete { return "not declared any more" }
        guard line.reason == .databaseChanged, case .event(let change) = line.change else {
            return words(for: line.reason)
        }
        return switch change {
        case .update: "kept, its page is in the new database"
        case .delete: "no page of the new database is certainly the same"
        case .create, .move, .release: words(for: line.reason)
        }
    }

    private static func words(for reason: Reason) -> String {
        switch reason {
        case .newPage: "new page"
        case .undone: "taken back"
        case .edited: "page edited"
        case .drift: "drift, changed in Google"
        case .duplicate: "duplicate"
        case .trashed: "page in trash"
        case .archived: "page archived"
        case .undated: "page without date"
        case .moved: "page moved away"
        case .filteredOut: "page left the filter"
        case .cancelled: "cancelled"
        case .gone: "page gone"
        case .calendarMissing: "no calendar yet"
        case .calendarSettings: "settings differ"
        case .adopted: "taken over"
        case .revived: "revived, was deleted"
        case .sharing, .sharingWidened: "declared"
        case .writeBack: "what became of its event"
        case .calendarDeleted: "by its name"
        case .retired: "the organization leaves"
        case .renamed: "the organization was renamed"
        case .databaseChanged: "another database"
        case .calendarMoved: "another calendar"
        }
    }
}
