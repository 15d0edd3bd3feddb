import CYAML
import ReconcileModel

/// Owns a libyaml parser and reads its events one by one.
///
/// <https://pyyaml.org/wiki/LibYAML>
struct YAMLEventReader: ~Copyable {
    /// On the heap, because libyaml keeps a pointer to the parser inside the parser.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    /// A copy that lives as long as the parser, which reads from it.
    private let input: UnsafeMutableBufferPointer<UInt8>
    private let file: String
    /// Behind the last character of the text.
    private let end: SourceLocation

    init(_ text: SourceText, file: String) throws(Diagnostic) {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            throw Diagnostic(
                location: SourceLocation(file: file, line: 1, column: 1),
                message: "there is no memory to read the file"
            )
        }
        // Never empty, so that there is an address to pass on.
        input = .allocate(capacity: text.bytes.count + 1)
        input.initialize(repeating: UInt8(ascii: "\n"))
        _ = input.update(fromContentsOf: text.bytes)
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, text.bytes.count)
        (self.parser, self.file, end) = (parser, file, text.end(file: file))
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    /// The next event; after `streamEnd` there is nothing more to ask for.
    ///
    /// - Throws: the first error of syntax.
    mutating func next() throws(Diagnostic) -> YAMLEvent {
        while true {
            var event = yaml_event_t()
            guard yaml_parser_parse(parser, &event) == 1 else {
                throw YAMLSyntaxError(parser.pointee).diagnostic(file: file, end: end)
            }
            defer { yaml_event_delete(&event) }
            if let translated = translate(event) { return translated }
        }
    }

    /// Nil for what carries no meaning: the start of the stream.
    private func translate(_ event: yaml_event_t) -> YAMLEvent? {
        let location = SourceLocation(event.start_mark, file: file, end: end)
        func plain(_ kind: YAMLEvent.Kind) -> YAMLEvent { YAMLEvent(kind: kind, location: location) }

        switch event.type {
        case YAML_DOCUMENT_START_EVENT: return plain(.documentStart)
        case YAML_DOCUMENT_END_EVENT: return plain(.documentEnd)
        case YAML_SEQUENCE_END_EVENT: return plain(.sequenceEnd)
        case YAML_MAPPING_END_EVENT: return plain(.mappingEnd)
        case YAML_ALIAS_EVENT: return plain(.alias(anchor: text(event.data.alias.anchor) ?? ""))
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            let kind = YAMLEvent.Kind.scalar(text: text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
            return node(kind, anchor: scalar.anchor, tag: scalar.tag, at: location)
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            return node(.sequenceStart, anchor: start.anchor, tag: start.tag, at: location)
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            return node(.mappingStart, anchor: start.anchor, tag: start.tag, at: location)
        case YAML_STREAM_START_EVENT: return nil
        // Also what libyaml answers when it is asked again after the end.
        default: return plain(.streamEnd)
        }
    }

    private func node(
        _ kind: YAMLEvent.Kind,
        anchor: UnsafePointer<UInt8>?,
        tag: UnsafePointer<UInt8>?,
        at location: SourceLocation
    ) -> YAMLEvent {
        YAMLEvent(kind: kind, anchor: text(anchor), tag: text(tag), location: location)
    }

    private func text(_ pointer: UnsafePointer<UInt8>?) -> String? { pointer.map { String(cString: $0) } }
}

extension SourceLocation {
    /// libyaml counts lines and columns from 0, columns in characters. It closes a last line that has no line end, and takes
    /// the end of the text for a line of its own: no editor has that one.
    init(_ mark: yaml_mark_t, file: String, end: SourceLocation) {
        self.init(file: file, line: Int(clamping: mark.line) + 1, column: Int(clamping: mark.column) + 1)
        if line > end.line { self = end }
    }
}
