import ReconcileModel

extension [Warning] {
    /// What strangers may know of warnings: how many there are of each kind. Messages name pages that were never published.
    var classes: [String] {
        Dictionary(grouping: self, by: \.code).mapValues(\.count).sorted { $0.key < $1.key }
            .map { code, count in "\(Warning.kinds[code] ?? code.replacing("_", with: " ")): \(count)" }
    }
}

extension Warning {
    /// The kinds that there are, by code; others are named by their code.
    fileprivate static let kinds = [
        "date_invalid": "Pages without a usable date, whose events stay as they are",
        "deletion_withheld": "Events that stay because deletions are set to never",
        "description_cut": "Descriptions that are longer than the calendar allows",
        "event_id_taken": "Events that had to use another id",
        "location_cut": "Locations that are longer than the calendar allows",
        "page_not_listed": "Pages that are there and were not listed; their events stay",
        "page_not_proven_absent": "Pages that could not be looked at; their events stay",
        "page_partial": "Pages that Notion gave no properties of; their events stay as they are",
        "page_unfinished": "Pages that could not be read as a whole; their events stay as they are",
        "property_absent": "Pages without a value that is needed; their events stay as they are",
        "property_unreadable": "Pages with a value that cannot be read; their events stay as they are",
        "title_cut": "Titles that are longer than the calendar allows",
        "title_empty": "Pages without a title",
        "webhook_secret_unusable": "Secrets that Notion's deliveries cannot be checked with",
    ]
}
