import Foundation
import JSON
import ReconcileModel

extension FieldOrigins {
    /// Nil where there are none, or ones that cannot be read.
    init?(json: String?) {
        guard let json, let origins = try? JSONDecoder().decode(FieldOrigins.self, from: Data(json.utf8)) else {
            return nil
        }
        self = origins
    }

    func json() -> String {
        let columns = columns.map { field, column in (name: field.rawValue, value: column.json) }
        return JSON.object(of: [
            "columns": .object(JSON.Members(columns)),
            "asked": asked.map { .array($0.map(\.json)) },
            "dataSource": dataSource.map { .string($0.rawValue) },
            "defaultDuration": .integer(defaultDuration),
        ]).text(.sorted)
    }
}

extension FieldOrigins.Column {
    fileprivate var json: JSON { ["id": .string(id), "name": .string(name), "type": .string(type)] }
}
