/// Text that must not be shown, such as a token: it prints as `<redacted>`, whichever way it is printed.
package struct Secret: Equatable, Sendable {
    private let text: String

    package init(_ text: String) { self.text = text }

    /// The text itself, for the header or the signature that needs it and nothing else.
    package func reveal() -> String { text }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<redacted>" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
