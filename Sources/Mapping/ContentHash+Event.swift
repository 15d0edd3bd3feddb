import Foundation
package import ReconcileModel
import Signing

extension ContentHash {
    /// The digest of what is spoken of: the first half of SHA-256 over a serialization in which every field has its name and
    /// its length, so that no two contents look alike.
    ///
    /// The zone in which an event is shown is not part of it, and of a rule only its meaning is. Changing anything here makes every
    /// event look edited once.
    package init(of content: EventContent) {
        var bytes = Data("reconcile content 1".utf8)
        for field in content.fields {
            Self.append(field.rawValue, to: &bytes)
            Self.append(
                field.kind == .rule ? Self.text(of: content.recurrence) : content[field].flatMap(Self.text),
                to: &bytes
            )
        }
        self.init(rawValue: Digest.hex(Digest.sha256(bytes).prefix(16)))
    }

    /// Likewise, with what people made of single occurrences.
    package init(ofPublished content: EventContent) {
        self.init(of: content)
        guard !content.exceptions.isEmpty else { return }
        let exceptions = content.exceptions.map { exception in
            "\(exception.original) \(exception.content.map { ContentHash(of: $0).rawValue } ?? "cancelled")"
        }
        let text = ([rawValue] + exceptions).joined(separator: "\n")
        self.init(rawValue: Digest.hex(Digest.sha256(Data(text.utf8)).prefix(16)))
    }

    private static func text(of recurrence: Recurrence?) -> String? {
        recurrence.map { "\($0.meaning)\nTZID:\($0.zone ?? "")" }
    }

    private static func text(of value: FieldValue) -> String? {
        switch value {
        case .empty: nil
        case .text(let text): text
        case .time(.date(let date)): "date \(date)"
        case .time(.instant(let timestamp)): "instant \(timestamp.secondsSince1970)"
        }
    }

    private static func append(_ text: String?, to bytes: inout Data) {
        guard let text else {
            bytes.append(0)
            return
        }
        bytes.append(1)
        withUnsafeBytes(of: UInt64(text.utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: text.utf8)
    }
}
