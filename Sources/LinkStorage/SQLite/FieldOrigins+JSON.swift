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
        let columns = columns.map { field, column in
            let members: JSON = ["id": .string(column.id), "name": .string(column.name), "type": .string(column.type)]
            return (name: field.rawValue, value: members)
        }
        return JSON.object(of: [
            "columns": .object(JSON.Members(columns)),
            "dataSource": dataSource.map { .string($0.rawValue) },
            "defaultDuration": .integer(defaultDuration),
        ]).text(.sorted)
    }
}
