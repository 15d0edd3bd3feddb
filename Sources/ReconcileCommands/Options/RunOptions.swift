import ArgumentParser
import ReconcileModel
import Rendering

/// Options of the commands that look at the services.
struct RunOptions: ParsableArguments {
    @OptionGroup var choice: StateChoice
    @OptionGroup var outputs: FormatOptions<PlanFormat>

    @Option(
        help: ArgumentHelp(
            "For this run, allow one organization up to so many deletes, such as acm:12. Repeatable.",
            valueName: "org:number"
        )
    )
    var allowDeletes: [CountAllowance] = []

    @Option(
        help: ArgumentHelp(
            "For this run, allow one organization up to so many updates that a limit holds back. Repeatable.",
            valueName: "org:number"
        )
    )
    var allowUpdates: [CountAllowance] = []

    @Option(
        help: ArgumentHelp(
            "Create the calendar of this organization anew if it has vanished. Repeatable.",
            valueName: "org"
        )
    )
    var allowRecreate: [String] = []

    @Option(
        help: ArgumentHelp(
            "Go on although this organization has another Notion database, or data source, than before. Repeatable.",
            valueName: "org"
        )
    )
    var allowDatabaseChange: [String] = []

    @Option(
        help: ArgumentHelp(
            "For this run, allow what shows the calendar of this organization to more people. Repeatable.",
            valueName: "org"
        )
    )
    var allowSharing: [String] = []

    @Option(
        help: ArgumentHelp(
            "Allow that the events of this organization move to the calendar that google_calendar_id names now; remembered until all of them are there. Repeatable.",
            valueName: "org"
        )
    )
    var allowMove: [String] = []

    @Option(
        help: ArgumentHelp(
            "Go on although another Google account wrote this organization before. Repeatable.",
            valueName: "org"
        )
    )
    var allowAccountChange: [String] = []

    @Option(
        help: ArgumentHelp(
            "Go on with an organization that an undo put on hold; without names, with no other. Repeatable.",
            valueName: "org"
        )
    )
    var release: [String] = []

    /// `acm:12`
    struct CountAllowance: ExpressibleByArgument {
        var prefix: String
        var number: Int

        init?(argument: String) {
            let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, let number = Int(parts[1]), number >= 0 else { return nil }
            (prefix, self.number) = (String(parts[0]), number)
        }
    }

    var allowances: Allowances {
        var allowances = Allowances(
            deletes: Dictionary(allowDeletes.map { ($0.prefix, $0.number) }) { _, last in last },
            updates: Dictionary(allowUpdates.map { ($0.prefix, $0.number) }) { _, last in last },
            recreations: Set(allowRecreate),
            databaseChanges: Set(allowDatabaseChange),
            accountChanges: Set(allowAccountChange),
            releases: Set(release)
        )
        allowances.sharing = Set(allowSharing)
        allowances.moves = Set(allowMove)
        return allowances
    }

    /// The organizations of the run: those named, else those to be released. Who releases one has looked at that one.
    func prefixes(_ named: [String]) -> [String] { named.isEmpty ? release : named }

    /// An allowance for an organization that is not there is a slip of the pen that must not pass unnoticed.
    func checkAllowances(against prefixes: [String]) throws(Failure) {
        let named = Set((allowDeletes + allowUpdates).map(\.prefix)).union(allowRecreate).union(allowDatabaseChange)
            .union(allowSharing).union(allowMove).union(allowAccountChange).union(release)
        let unknown = named.subtracting(prefixes).sorted()
        guard unknown.isEmpty else {
            throw Failure(
                code: "organization_unknown",
                message: "An allowance names \(unknown.map { "\"\($0)\"" }.joined(separator: ", ")), "
                    + "which is not among the organizations of this run.",
                hint: "Organizations of this run: \(prefixes.joined(separator: ", "))."
            )
        }
    }
}
