extension Warning {
    /// Said by the run that was refused, and by those that do not try again.
    ///
    /// - Parameters:
    ///   - count: of the pages that would be told something.
    ///   - since: when it was refused; nil: in this run.
    package static func writeBackRefused(
        of organization: Organization,
        count: Int? = nil,
        since: Timestamp? = nil
    ) -> Warning {
        let pages = count.map {
            "; \(counted($0, "page")) \($0 == 1 ? "is" : "are") not told what became of \($0 == 1 ? "its event" : "their events")"
        }
        let again = since.map { " It is tried again a day after \($0), or once write_back or credentials change." }
        return Warning(
            code: "write_back_refused",
            message:
                "Notion does not let this integration write into pages, so write_back does nothing\(pages ?? ""). Give it the capability "
                + "\"Update content\" (in Notion's settings of the integration), or remove write_back from "
                + "\(organization.source.file).\(again ?? "")"
        )
    }
}
