import JSON
import ReconcileModel
import ZoneData

extension EventTime {
    /// The value of `start` or `end` in a body that makes a whole event.
    ///
    /// - Parameter zone: the IANA zone in which Google shows the event; one that the system does not know is left out,
    ///   for Google refuses unknown names.
    func json(zone: String?) -> JSON {
        switch self {
        case .date(let date): .object(of: ["date": .string(date.description)])
        case .instant(let instant):
            .object(of: [
                "dateTime": .string(instant.rfc3339(zone: Self.known(zone))),
                "timeZone": Self.known(zone).map { .string($0.identifier) },
            ])
        }
    }

    /// The value of `start` or `end` in a PATCH.
    ///
    /// A PATCH merges objects: an all-day event that becomes a timed one would keep its `date` beside the new
    /// `dateTime`, so the key that does not apply is always deleted.
    func patchJSON(zone: String?) -> JSON {
        switch self {
        case .date(let date):
            .object(of: ["date": .string(date.description), "dateTime": .null, "timeZone": .null])
        case .instant(let instant):
            .object(of: [
                "date": .null,
                "dateTime": .string(instant.rfc3339(zone: Self.known(zone))),
                "timeZone": Self.known(zone).map { .string($0.identifier) } ?? .null,
            ])
        }
    }

    private static func known(_ zone: String?) -> Zone? {
        guard let zone = zone.flatMap(ZoneDatabase.current.zone), zone.isKnownToGoogle else { return nil }
        return zone
    }
}

extension Timestamp {
    /// The instant with the zone's offset from UTC at that instant, or with `Z`.
    fileprivate func rfc3339(zone: Zone?) -> String {
        guard let zone else { return rfc3339() }
        let offset = zone.offset(at: secondsSince1970)
        // Local mean times of the nineteenth century have odd seconds, which RFC 3339 cannot write.
        return offset.isMultiple(of: 60) ? rfc3339(offset: offset) : rfc3339()
    }
}
