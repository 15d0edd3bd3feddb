import ReconcileModel

extension Organization {
    /// Whether its declaration names the table, by either of the two ids it may give.
    func declares(_ table: NotionTable) -> Bool {
        guard let id = notion?.id.rawValue else { return false }
        if id == table.dataSource?.rawValue { return true }
        guard id == table.database?.rawValue else { return false }
        // Organizations that share a database name different data sources of it. A name says nothing about the id.
        guard let own = dataSource.flatMap(DataSourceID.init(parsing:)), let source = table.dataSource else {
            return true
        }
        return own == source
    }
}
