package import ReconcileModel
import ZoneData

extension Recurrence {
    /// The line that leaves out further starts; nil: there are none.
    package func exclusion(of starts: [EventTime]) -> String? {
        let zone = zone.flatMap(ZoneDatabase.current.zone) ?? .utc
        return ExcludedTime.line(starts.map { $0.wall(in: zone) }, zone: self.zone)
    }
}
