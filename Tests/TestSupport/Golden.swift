import Foundation
package import Testing

/// Compares `text` with the file `Goldens/<name>` beside the test.
///
/// With `RECORD_GOLDENS=1` in the environment the file is rewritten, and the test fails all the same: what was recorded is
/// to be read before it is believed.
package func expectGolden(
    _ text: String,
    named name: String,
    filePath: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let url = URL(filePath: filePath).deletingLastPathComponent().appending(path: "Goldens/\(name)")
    let golden = try? String(contentsOf: url, encoding: .utf8)
    guard golden.map({ Array($0.utf8) }) != Array(text.utf8) else { return }
    guard ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1" else {
        let difference = golden.map { firstDifference(expected: $0, actual: text) } ?? "there is no such file yet"
        Issue.record("\(name) differs: \(difference)", sourceLocation: sourceLocation)
        return
    }
    do {
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        Issue.record("recorded \(name): read the difference before you commit it", sourceLocation: sourceLocation)
    } catch {
        Issue.record("cannot record \(name): \(error)", sourceLocation: sourceLocation)
    }
}

/// The first lines that differ, with the line before them, so that people see where they are.
private func firstDifference(expected: String, actual: String) -> String {
    let wanted = lines(expected)
    let found = lines(actual)
    let first = zip(wanted, found).prefix { $0 == $1 }.count
    func excerpt(_ lines: [Substring], _ sign: String) -> [String] {
        lines.dropFirst(first).prefix(5).map { "\(sign) \($0.debugDescription)" }
    }
    let before = wanted.prefix(first).suffix(1).map { "  \($0.debugDescription)" }
    let rows = ["from line \(first + 1):"] + before + excerpt(wanted, "-") + excerpt(found, "+")
    return rows.joined(separator: "\n")
}

/// Splits at line feeds only: a carriage return is a difference like any other.
private func lines(_ text: String) -> [Substring] {
    text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(Substring.init)
}
