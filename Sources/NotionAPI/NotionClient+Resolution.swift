package import ReconcileModel

extension NotionClient {
    /// The data source that a declaration means.
    ///
    /// - Parameters:
    ///   - reference: the id of a database or, as the predecessor stored, of a data source.
    ///   - dataSource: the name or id of one of the database's sources; needed only where it has several.
    ///   - remembered: the source that was meant last time: another one that was added beside it makes nothing ambiguous.
    /// - Throws: `.ambiguousDataSource`, `.unknownDataSource`, `.inTrash`, `.notFound` for an id that is neither's, and all that a
    ///   request can throw.
    package func resolve(
        _ reference: NotionReference,
        dataSource declared: String?,
        remembered: DataSourceID? = nil
    ) async throws(NotionError) -> NotionDataSource {
        let database: NotionDatabase
        do throws(NotionError) { database = try await self.database(reference.id) } catch {
            guard error.allowsDataSource else { throw error }
            return try await dataSource(standingFor: reference, declared: declared, otherwise: error)
        }
        guard !database.isInTrash else { throw .inTrash(.database, id: database.id.rawValue) }
        return try await usable(dataSource(try database.dataSource(named: declared, remembered: remembered)))
    }

    private func dataSource(
        standingFor reference: NotionReference,
        declared: String?,
        otherwise original: NotionError
    ) async throws(NotionError) -> NotionDataSource {
        let source: NotionDataSource
        do throws(NotionError) { source = try await dataSource(DataSourceID(rawValue: reference.id.rawValue)) } catch {
            // The id was written as a database's: say that of it.
            guard case .notFound = error else { throw error }
            throw original
        }
        if let declared, declared != source.title, DataSourceID(parsing: declared) != source.id {
            throw .unknownDataSource(declared: declared, names: [source.title])
        }
        return try usable(source)
    }

    private func usable(_ source: NotionDataSource) throws(NotionError) -> NotionDataSource {
        guard !source.isInTrash else { throw .inTrash(.dataSource, id: source.id.rawValue) }
        return source
    }
}

extension NotionDatabase {
    fileprivate func dataSource(
        named declared: String?,
        remembered: DataSourceID?
    ) throws(NotionError) -> DataSourceID {
        let names = dataSources.map(\.name)
        let candidates =
            if let declared {
                dataSources.filter { $0.name == declared || $0.id == DataSourceID(parsing: declared) }
            } else {
                dataSources
            }
        guard let first = candidates.first else { throw .unknownDataSource(declared: declared, names: names) }
        if candidates.count > 1 {
            guard let known = candidates.first(where: { $0.id == remembered }) else {
                throw .ambiguousDataSource(names: names)
            }
            return known.id
        }
        return first.id
    }
}

extension NotionError {
    /// The id may be that of a data source: Notion answers 404, or 400 for an id of another kind.
    fileprivate var allowsDataSource: Bool {
        switch self {
        case .notFound, .validation("validation_error", _): true
        default: false
        }
    }
}
