/// What two organizations must not have in common.
extension Organization {
    /// Whether both may claim the same calendar, the same pages, or one the prefix of the other.
    package func isInTheWay(of other: Organization) -> Bool {
        if prefix == other.prefix || previously.contains(other.prefix) || other.previously.contains(prefix) {
            return true
        }
        if let calendar = googleCalendar, let others = other.googleCalendar,
            // Ids are addresses, in which case does not count.
            calendar.rawValue.lowercased() == others.rawValue.lowercased()
        {
            return true
        }
        guard let database = notion?.id, database == other.notion?.id else { return false }
        return mayShareDataSource(with: other)
    }

    /// Of two on one database: one with one data source needs no `data_source`, so a declaration without says nothing about which it
    /// means.
    package func mayShareDataSource(with other: Organization) -> Bool {
        guard let own = dataSource, let others = other.dataSource else { return true }
        return (DataSourceID(parsing: own)?.rawValue ?? own) == (DataSourceID(parsing: others)?.rawValue ?? others)
    }
}
