import JSON
import ReconcileModel

/// What was found as a Code Quality report of GitLab, which shows it beside the lines of a merge request:
/// <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>.
struct CodeQualityRenderer {
    private let output: CheckOutput

    init(_ output: CheckOutput) { self.output = output }

    func render() -> String {
        // An issue has a place: what concerns no file is said of the folder.
        let failed = output.failure.map { failure in
            CheckOutput.Remark(
                level: .error,
                text: failure.description,
                place: SourceLocation(file: output.relative(output.folder), line: 1, column: 1)
            )
        }
        var seen: [String: Int] = [:]
        let issues = ((failed.map { [$0] } ?? []) + output.remarks).map { remark in
            let key = "\(remark.place.file)\n\(remark.text)"
            seen[key, default: 0] += 1
            // Without the line: it is the same finding in a later version of its file.
            return issue(remark, fingerprint: "\(TextFingerprint("\(key)\n\(seen[key, default: 0])"))")
        }
        return JSON.array(issues).text()
    }

    private func issue(_ remark: CheckOutput.Remark, fingerprint: String) -> JSON {
        .object([
            "description": .string(remark.text.printable),
            "check_name": .string(remark.level.rule),
            "fingerprint": .string(fingerprint),
            "severity": .string(remark.level == .error ? "major" : "minor"),
            "location": .object([
                "path": .string(remark.place.file), "lines": .object(["begin": .number(remark.place.line)]),
            ]),
        ])
    }
}

extension CheckOutput.Remark.Level {
    /// What kind of finding it is, for programs. Stable.
    var rule: String {
        switch self {
        case .error: "declaration-mistake"
        case .advice: "declaration-advice"
        }
    }

    /// The same in words.
    static let rules: [(id: String, text: String)] = [
        (
            Self.error.rule,
            "A declaration cannot be understood as it is written, and nothing is done for its organization."
        ),
        (Self.advice.rule, "A declaration is allowed as it is written, and seldom meant so."),
    ]
}
