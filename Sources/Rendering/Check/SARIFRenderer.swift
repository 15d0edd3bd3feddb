import JSON
import ReconcileModel

/// What was found as SARIF 2.1.0, for code scanning: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.
struct SARIFRenderer {
    private let output: CheckOutput

    init(_ output: CheckOutput) { self.output = output }

    func render() -> String {
        let rules = CheckOutput.Remark.Level.rules.map { id, text in
            JSON.object(["id": .string(id), "shortDescription": .object(["text": .string(text)])])
        }
        let driver: JSON = .object([
            "name": "reconcile", "semanticVersion": .string(output.version), "rules": .array(rules),
        ])
        let run: JSON = .object([
            "tool": .object(["driver": driver]),
            // As YAML's reader counts.
            "columnKind": "unicodeCodePoints",
            "invocations": [invocation],
            "results": .array(output.remarks.map(result)),
        ])
        return JSON.object([
            "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            "version": "2.1.0",
            "runs": [run],
        ]).text()
    }

    /// Whether the declarations could be checked at all.
    private var invocation: JSON {
        var members: JSON.Members = ["executionSuccessful": .bool(output.failure == nil)]
        if let failure = output.failure {
            members["toolExecutionNotifications"] = [
                .object(["level": "error", "message": message(failure.description)])
            ]
        }
        return .object(members)
    }

    private func result(_ remark: CheckOutput.Remark) -> JSON {
        let region: JSON = .object([
            "startLine": .number(remark.place.line), "startColumn": .number(remark.place.column),
        ])
        let place: JSON = .object([
            "artifactLocation": .object(["uri": .string(Self.address(remark.place.file))]), "region": region,
        ])
        return .object([
            "ruleId": .string(remark.level.rule),
            "level": .string(remark.level == .error ? "error" : "warning"),
            "message": message(remark.text),
            "locations": [.object(["physicalLocation": place])],
        ])
    }

    private func message(_ text: String) -> JSON { .object(["text": .string(text.printable)]) }

    /// A path as a reference: relative, or with its scheme where it is absolute. <https://www.rfc-editor.org/rfc/rfc3986#section-4.2>
    private static func address(_ path: String) -> String {
        let plain = "-._~/!$&'()*+,;=@"
        let escaped = path.utf8.reduce(into: "") { result, byte in
            let character = Character(Unicode.Scalar(byte))
            if byte < 0x80, character.isLetter || character.isNumber || plain.contains(character) {
                result.append(character)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%\(digits.count == 1 ? "0" : "")\(digits)"
            }
        }
        return path.hasPrefix("/") ? "file://\(escaped)" : escaped
    }
}
