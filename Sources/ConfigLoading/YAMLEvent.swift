import ReconcileModel

/// One step of reading a YAML document, as libyaml reports it.
struct YAMLEvent {
    enum Kind {
        case documentStart, documentEnd, streamEnd
        /// Plain: written without quotation marks and not as a block, so it may mean a number, a boolean or null.
        case scalar(text: String, isPlain: Bool)
        case alias(anchor: String)
        case sequenceStart, sequenceEnd
        case mappingStart, mappingEnd
    }

    var kind: Kind
    /// The name that `&name` gives this node.
    var anchor: String?
    /// `!!binary` or `!mine`, written out in full by libyaml.
    var tag: String?
    var location: SourceLocation
}
