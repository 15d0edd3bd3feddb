/// What is to be done for an organization, and what is held back of it.
package struct Work: Hashable, Codable, Sendable {
    /// The calendar first, then who can see it, then events by start.
    package var lines: [PlanLine]
    /// Events that are already as their pages want them.
    package var unchanged: Int
    /// What the changes apply to; nil where none of them can be carried out.
    package var target: Target?
    /// Not all pages are known: nothing is deleted.
    package var incompleteness: Failure?
    /// What limits hold back.
    package var blocks: [Block]
    /// Who can see the calendar afterwards; nil where that is neither declared nor new.
    package var audience: Audience?
    /// What a person would have to allow for that, beside what was allowed.
    package var remedy: Allowances?
    /// What pages are told of what waits for a yes, once it is given.
    package var afterYes: [PageWrite] = []
    /// Google would refuse all of it, or what is no line of it any more.
    package var refusal: Failure?

    /// What a limit holds back, in words for people.
    package struct Block: Hashable, Codable, Sendable {
        package enum Kind: String, Codable, Sendable { case deletes, updates, sharing, move }

        package var kind: Kind
        /// How many changes it holds back; of deletes and updates the number that allows them for one run.
        package var count: Int
        package var message: String

        package init(_ kind: Kind, count: Int, message: String) {
            self.kind = kind
            self.count = count
            self.message = message
        }
    }

    package init(_ lines: [PlanLine] = [], unchanged: Int = 0, target: Target? = nil) {
        self.lines = lines
        self.unchanged = unchanged
        self.target = target
        blocks = []
    }
}

extension Work {
    package var status: OrganizationPlan.Status {
        if incompleteness != nil || refusal != nil { return .error }
        if !blocks.isEmpty || refused > 0 { return .blocked }
        return lines.contains(where: \.writes) ? .changes : .noChanges
    }

    /// How many events an undo leaves, because they are not as the run left them.
    private var refused: Int { lines.count { if case .refused = $0 { true } else { false } } }

    package var message: String? {
        var parts = [incompleteness?.message].compactMap(\.self) + blocks.map(\.message)
        if refused > 0 {
            parts.append("\(counted(refused, "event")) cannot be taken back: see the lines marked !.")
        }
        if let refusal { parts.append(refusal.message) }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    package func hint(for prefix: String) -> String? {
        var parts = [refusal?.hint ?? incompleteness?.hint].compactMap(\.self)
        if !blocks.isEmpty, let remedy {
            parts.append("If that is right, allow it for one run: `\(remedy.command(for: prefix))`.")
        }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
}
