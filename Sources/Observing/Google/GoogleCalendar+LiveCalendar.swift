import CalendarAPI
import ReconcileModel

extension GoogleCalendar {
    /// The calendar in the words of the model; nobody has looked yet at what our account may do with it.
    func live(isCreatedByUs: Bool) -> LiveCalendar {
        LiveCalendar(
            id: id,
            etag: etag,
            summary: summary ?? "",
            description: description,
            timeZone: timeZone,
            isCreatedByUs: isCreatedByUs,
            dataOwner: dataOwner
        )
    }

    /// Whom its description says that it belongs to.
    var mark: CalendarMark? { CalendarMark(in: description ?? "") }
}
