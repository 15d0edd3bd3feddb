package import ReconcileModel

/// Warnings that many pages have for one reason, and that one act of one person ends: they are given once for an
/// organization, with a page as the example.
package enum GatheredWarning: CaseIterable {
    case hiddenUser, hiddenSource, undecided

    package var code: String {
        switch self {
        case .hiddenUser: "user_hidden"
        case .hiddenSource: "source_hidden"
        case .undecided: "filter_undecided"
        }
    }

    /// What ends it, in one sentence.
    private var remedy: String {
        switch self {
        case .hiddenUser:
            "Give the integration the capability \"Read user information without email addresses\" (in Notion's settings of the "
                + "integration, under Capabilities); people who left the workspace must be taken out of the property."
        case .hiddenSource:
            "Share the database that the relation leads to with the integration, as its own database is."
        case .undecided: "Change the property in Notion, or what filter: asks of it."
        }
    }

    /// The warnings, those of one kind made one that stands where the first stood.
    package static func gathered(_ warnings: [Warning]) -> [Warning] {
        allCases.reduce(warnings) { warnings, kind in kind.gather(warnings) }
    }

    private func gather(_ warnings: [Warning]) -> [Warning] {
        guard let index = warnings.firstIndex(where: { $0.code == code }) else { return warnings }
        let others = warnings.count { $0.code == code } - 1
        var gathered = warnings[index]
        switch others {
        case 0: break
        case 1: gathered.message += " So is 1 other page."
        default: gathered.message += " So are \(others) other pages."
        }
        gathered.message += " \(remedy)"
        if others > 0 { gathered.page = nil }
        var result = warnings[..<index] + [gathered]
        result += warnings[(index + 1)...].filter { $0.code != code }
        return Array(result)
    }
}
