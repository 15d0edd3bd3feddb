import Foundation
import ReconcileModel

extension FieldOrigins {
    /// Nil where there are none, or ones that cannot be read.
    init?(json: String?) {
        guard let json, let origins = try? JSONDecoder().decode(FieldOrigins.self, from: Data(json.utf8)) else {
            return nil
        }
        self = origins
    }

    func json() -> String? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) }
    }
}
