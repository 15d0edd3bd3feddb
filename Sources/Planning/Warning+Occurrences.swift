import ReconcileModel

/// What people made of single occurrences, and a change of their series takes away.
extension Warning {
    /// Nil where nothing is lost.
    static func occurrencesLost(by update: EventUpdate) -> Warning? {
        lost(
            update.lostExceptions,
            of: update.desired.event.summary,
            update.desired.page,
            because: "as rule or start of the series change, Google forgets that"
        )
    }

    /// Likewise, of a series that goes.
    static func occurrencesLost(by deletion: EventDeletion) -> Warning? {
        lost(
            deletion.live.event?.exceptions ?? [],
            of: deletion.live.event?.summary ?? EventChange.untitled,
            deletion.page,
            because: "that goes with the series, and nothing brings it back"
        )
    }

    private static func lost(
        _ exceptions: [SeriesException],
        of title: String,
        _ page: PageID,
        because reason: String
    ) -> Warning? {
        guard let first = exceptions.first else { return nil }
        let example = exceptions.count == 1 ? "that of \(first.original)" : "the first is that of \(first.original)"
        let message =
            "\"\(title)\": people made something else of single occurrences (\(exceptions.counts); \(example)); \(reason)."
        return Warning(code: "occurrences_lost", message: message, page: page)
    }
}
