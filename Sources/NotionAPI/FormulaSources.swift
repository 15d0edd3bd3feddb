/// Finds the properties that a formula names, in either of the forms in which Notion writes formulas.
///
/// `prop("Starts")`; or `{{notion:block_property:BtVS:00000000-…:8994905a-…}}`, where `BtVS` is an id. A property of another
/// page, as in `prop("Programme").map(current.prop("Starts"))`, is none of this data source.
enum FormulaSources {
    static func sources(in expression: String) -> [PropertySource] {
        names(in: expression).map { .name($0) } + identifiers(in: expression).map { .id(PropertyID($0)) }
    }

    private static func names(in expression: String) -> [String] {
        expression.matches(of: /(?<before>.?)prop\(\s*"(?<name>(?:[^"\\]|\\.)*)"\s*\)/.dotMatchesNewlines())
            .filter { match in match.before.allSatisfy { $0 != "." && !$0.isLetter && !$0.isNumber && $0 != "_" } }
            .map { String($0.name).replacing(/\\(.)/) { String($0.output.1) } }
    }

    private static func identifiers(in expression: String) -> [String] {
        expression.matches(of: /\{\{notion:block_property:(?<id>[^:{}]+):[^{}]*\}\}/).map { String($0.id) }
    }
}
