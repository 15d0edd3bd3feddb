import JSON
package import ReconcileModel

/// How the fields that pages decide stand in Google's event resource.
///
/// <https://developers.google.com/workspace/calendar/api/v3/reference/events>
extension EventField {
    package var googleKey: String {
        switch self {
        case .summary: "summary"
        case .start: "start"
        case .end: "end"
        case .location: "location"
        case .description: "description"
        }
    }

    /// What to ask Google for.
    var googleMask: String {
        switch kind {
        case .text: googleKey
        case .time: "\(googleKey)(date,dateTime,timeZone)"
        }
    }
}

extension FieldValue {
    /// In a body that makes a whole event; nil: left out.
    ///
    /// - Parameter zone: the IANA zone in which Google shows the event.
    func json(zone: String?) -> JSON? {
        switch self {
        case .empty: nil
        case .text(let text): .string(text)
        case .time(let time): time.json(zone: zone)
        }
    }

    /// In a PATCH, which deletes what is null.
    func patchJSON(zone: String?) -> JSON {
        switch self {
        case .empty: .null
        case .text(let text): .string(text)
        case .time(let time): time.patchJSON(zone: zone)
        }
    }
}
