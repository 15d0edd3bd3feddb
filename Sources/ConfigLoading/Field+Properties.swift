import ReconcileModel

// `properties:`: names of properties, and patterns over them.
extension Field {
    private static let longestPattern = 8_192

    /// The name or id of one property.
    func propertyName() throws(Diagnostic) -> String {
        let name = try line()
        guard !TextPattern.isPattern(name) else {
            throw mismatch(
                "the name or id of one property",
                hint: "a pattern cannot give it; a property with a brace in its name is named by its id"
            )
        }
        return name
    }

    /// The name or id of a property, or a pattern.
    func propertyText() throws(Diagnostic) -> PropertyMapping.Text {
        let text = try text()
        guard TextPattern.isPattern(text) else { return .property(try line()) }
        guard text.unicodeScalars.count <= Self.longestPattern else {
            throw problem("\(quotedName) must be at most \(Self.longestPattern) characters")
        }
        do throws(TextPattern.Problem) { return .pattern(try TextPattern(text)) } catch {
            throw problem("the pattern \(quotedName) is not right: \(error.message)", hint: error.hint)
        }
    }
}
