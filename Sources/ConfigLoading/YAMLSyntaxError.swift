import CYAML
import ReconcileModel

/// What libyaml says about a document that it cannot read.
struct YAMLSyntaxError {
    private let problem: String
    private let problemMark: yaml_mark_t
    private let context: String?
    private let contextMark: yaml_mark_t

    init(_ parser: yaml_parser_t) {
        problem = parser.problem.map { String(cString: $0) } ?? "the reason is unknown"
        problemMark = parser.problem_mark
        context = parser.context.map { String(cString: $0) }
        contextMark = parser.context_mark
    }

    func diagnostic(file: String, end: SourceLocation) -> Diagnostic {
        let location = SourceLocation(problemMark, file: file, end: end)
        let line = SourceLocation(contextMark, file: file, end: end).line
        let place = line == location.line ? "" : " from line \(line)"
        let circumstances = context.map { " \($0)\(place)" } ?? ""
        return Diagnostic(
            location: location,
            message: "not valid YAML: \(problem)\(circumstances)",
            hint: Self.hints.first { problem.contains($0.problem) && (context ?? "").contains($0.context) }?.hint
        )
    }

    /// What people usually did when libyaml says such a thing; the first that fits counts.
    private static let hints: [(problem: String, context: String, hint: String)] = [
        ("tab character", "", "indent with spaces"),
        ("cannot start any token", "", "put the text into quotation marks, and indent with spaces, not tabs"),
        (
            "mapping values are not allowed", "",
            "put a text that contains \": \" into quotation marks, and check the indentation"
        ),
        ("could not find expected ':'", "", "write a key as \"key: value\""),
        ("unexpected end of stream", "quoted scalar", "close the quotation mark"),
        ("unknown escape character", "", "write \\\\ for a backslash, or use single quotation marks"),
        ("did not find expected ',' or ']'", "", "close the list with ]"),
        ("did not find expected ',' or '}'", "", "close the mapping with }"),
        (
            "did not find expected key", "",
            "check the indentation, and put texts with special characters into quotation marks"
        ),
        ("did not find expected <document start>", "", "check the indentation of this line"),
        ("did not find expected '-' indicator", "", "check the indentation of this line"),
        ("did not find expected node content", "", "put a text with special characters into quotation marks"),
        ("incompatible YAML document", "", "write %YAML 1.2, or remove the line"),
        ("", "scanning an alias", "put a text that begins with * into quotation marks"),
        ("", "scanning an anchor", "put a text that begins with & into quotation marks"),
        ("", "a tag", "put a text that begins with ! into quotation marks"),
        ("", "block scalar", "begin the text on the line below"),
        ("block sequence entries are not allowed", "", "begin the list on a line of its own"),
    ]
}
