import ReconcileModel

/// The brake on updates: in how many events one field may change by one run without a person naming the number.
///
/// An event that is held back is held back whole. What changed one field of most events (another column, another default,
/// rows that were overwritten) seldom stops there, and a title does not belong beside the time of another page.
struct UpdateLimits {
    /// Our events in the calendar before the run, one for each page.
    let events: Int
    let origins: FieldOrigins
    /// Those of the last run that wrote them; nil where that is not known.
    let remembered: FieldOrigins?

    /// So few updates are never blocked by their share alone.
    static let freeUpdates = 10

    enum Verdict: Equatable {
        case allowed
        /// What to tell people, the fields that too many events would change in, and the number to name.
        case blocked(message: String, fields: Set<EventField>, updates: Int)
    }

    func verdict(_ updates: [EventUpdate], allowed: Int?) -> Verdict {
        let excesses = EventField.allCases.compactMap { excess(of: $0, in: updates) }
        let fields = Set(excesses.map(\.field))
        let count = updates.count { !fields.isDisjoint(with: $0.fields) }
        guard count > 0 else { return .allowed }
        if let allowed, count <= allowed { return .allowed }
        var message = "This run would \(list(excesses.map(text))): more than \(Self.freeUpdates) and more than half. "
        if let allowed { message += "Only \(allowed) such updates may be made. " }
        message += "Events that would change so stay as they are."
        for cause in causes(of: excesses.map(\.field)) + ownCauses(updates, in: fields) { message += " \(cause)." }
        return .blocked(message: message, fields: fields, updates: count)
    }

    // MARK: - How many

    private struct Excess {
        var field: EventField
        var changed: Int
        /// How many of them would have nothing there any more.
        var emptied: Int
    }

    private func excess(of field: EventField, in updates: [EventUpdate]) -> Excess? {
        let changing = updates.filter { $0.fields.contains(field) }
        guard changing.count > Self.freeUpdates, changing.count * 2 > events else { return nil }
        let emptied = changing.count { update in
            isEmpty(update.desired.event.text(of: field)) && !isEmpty(update.live.event?.text(of: field))
        }
        return Excess(field: field, changed: changing.count, emptied: emptied)
    }

    private func isEmpty(_ text: String?) -> Bool { text?.allSatisfy(\.isWhitespace) ?? true }

    // MARK: - Words

    private func text(_ excess: Excess) -> String {
        let column = origins.columns[excess.field].map { ", which comes from the column \"\($0.name)\"" } ?? ""
        let some = excess.emptied > 0 && excess.emptied < excess.changed
        return "\(excess.emptied == excess.changed ? "empty" : "change") the \(excess.field.rawValue) of "
            + "\(excess.changed) of \(events) events\(some ? " (and empty it in \(excess.emptied) of them)" : "")\(column)"
    }

    private func list(_ texts: [String]) -> String {
        guard let last = texts.last, texts.count > 1 else { return texts.first ?? "" }
        return "\(texts.dropLast().joined(separator: "; ")); and \(last)"
    }

    /// Why an update changes what it does, where something else than its page explains all of it; nil: nothing does.
    func cause(of update: EventUpdate) -> String? {
        guard update.reason == .edited, update.cause == nil else { return update.cause }
        let hasDefaultLength = update.desired.event.lasts(origins.defaultDuration)
        let isExplained = update.fields.allSatisfy { field in
            columnCause(of: field) != nil || field == .end && hasDefaultLength && defaultDurationCause != nil
        }
        guard isExplained, !update.fields.isEmpty else { return nil }
        return causes(of: update.fields).joined(separator: "; ")
    }

    /// What changed since the last run, as far as it can be the reason.
    private func causes(of fields: [EventField]) -> [String] {
        var causes: [String] = []
        for field in fields {
            if let cause = columnCause(of: field), !causes.contains(cause) { causes.append(cause) }
            if field == .end, let cause = defaultDurationCause { causes.append(cause) }
        }
        return causes
    }

    private func columnCause(of field: EventField) -> String? {
        guard let remembered else { return nil }
        return cause(of: field, remembered.columns[field], origins.columns[field])
    }

    private var defaultDurationCause: String? {
        guard let remembered, remembered.defaultDuration != origins.defaultDuration else { return nil }
        let (before, now) = (remembered.defaultDuration, origins.defaultDuration)
        return "default_duration is \(DurationText.text(now)) now and was \(DurationText.text(before))"
    }

    /// What is known of single updates, such as that this program writes other texts since it was upgraded.
    private func ownCauses(_ updates: [EventUpdate], in fields: Set<EventField>) -> [String] {
        let causes = updates.filter { !fields.isDisjoint(with: $0.fields) }.compactMap(\.cause)
        return Set(causes).sorted().map { cause in "In \(causes.count { $0 == cause }) of them: \(cause)" }
    }

    private func cause(of field: EventField, _ before: FieldOrigins.Column?, _ now: FieldOrigins.Column?) -> String? {
        guard let now else { return nil }
        guard let before else { return "\(key(field)): \"\(now.name)\" gives it now; no column did before" }
        let kind = before.isPattern ? "pattern" : "column"
        guard before.id == now.id else {
            let other = before.name == now.name && !now.isPattern ? "another one of this name" : "\"\(now.name)\""
            return "\(key(field)): it came from the \(kind) \"\(before.name)\" and comes from \(other) now"
        }
        guard before.type == now.type else {
            return "The column \"\(now.name)\" was \(before.type) and is \(now.type) now"
        }
        return nil
    }

    /// The key of the declaration that decides where a field comes from.
    private func key(_ field: EventField) -> String {
        // What gives the start gives the end too, unless another one is declared.
        let isShared = field == .end && origins.columns[.end] == origins.columns[.start]
        return "properties.\((isShared ? .start : field).propertyKey)"
    }
}

extension EventContent {
    /// Whether it ends so many seconds after its start, as one does whose page has no end.
    fileprivate func lasts(_ seconds: Int) -> Bool {
        guard case .instant(let start) = start, case .instant(let end) = end else { return false }
        return end == start.adding(seconds: seconds)
    }
}
