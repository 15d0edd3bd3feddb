import ReconcileModel

/// Builds the tree of a document from its events, within limits.
///
/// What makes the rest of the file unreadable ends the work; duplicate keys, tags, merge keys and keys that are no text
/// are noted, and the work goes on.
struct YAMLComposer: ~Copyable {
    private let file: String
    private let limits: YAMLLimits
    private var reader: YAMLEventReader
    private var anchors: [String: YAMLNode] = [:]
    /// Anchors of collections that have not ended yet.
    private var openAnchors: Set<String> = []
    private var nodes = 0
    private var aliases = 0
    private var diagnostics: [Diagnostic] = []

    /// The tree of the only document in `text`, nil where there is none or it cannot be read, and all that is wrong.
    static func compose(_ text: SourceText, file: String, limits: YAMLLimits) -> (YAMLNode?, [Diagnostic]) {
        do throws(Diagnostic) {
            var composer = try YAMLComposer(text, file: file, limits: limits)
            return composer.document()
        } catch {
            return (nil, [error])
        }
    }

    private init(_ text: SourceText, file: String, limits: YAMLLimits) throws(Diagnostic) {
        (self.file, self.limits) = (file, limits)
        reader = try YAMLEventReader(text, file: file)
    }

    private mutating func document() -> (YAMLNode?, [Diagnostic]) {
        var root: YAMLNode?
        do throws(Diagnostic) {
            while true {
                let event = try reader.next()
                switch event.kind {
                case .streamEnd: return (root, diagnostics)
                case .documentStart where root != nil:
                    return (root, diagnostics + [secondDocument(event.location)])
                case .documentStart: root = try node(from: try reader.next(), depth: 1)
                default: break
                }
            }
        } catch {
            // What was read so far was read wrongly, likely as not.
            return (nil, diagnostics + [error])
        }
    }

    /// - Parameter depth: of the node; that of the root is 1.
    private mutating func node(from event: YAMLEvent, depth: Int) throws(Diagnostic) -> YAMLNode {
        refuseTag(event)
        let node: YAMLNode
        switch event.kind {
        case .scalar(let text, let isPlain):
            try count(nodes: 1, at: event.location)
            node = YAMLNode(.scalar(YAMLScalar(text: text, isPlain: isPlain)), at: event.location)
        case .alias(let anchor):
            return try alias(anchor, depth: depth, at: event.location)
        case .sequenceStart:
            node = try collection(event, depth: depth) { composer throws(Diagnostic) in
                .sequence(try composer.elements(depth: depth + 1))
            }
        case .mappingStart:
            node = try collection(event, depth: depth) { composer throws(Diagnostic) in
                .mapping(try composer.entries(depth: depth + 1))
            }
        case .documentStart, .documentEnd, .streamEnd, .sequenceEnd, .mappingEnd:
            // A document that holds nothing at all.
            node = YAMLNode(.scalar(YAMLScalar(text: "", isPlain: true)), at: event.location)
        }
        if let anchor = event.anchor { anchors[anchor] = node }
        return node
    }

    private mutating func collection(
        _ event: YAMLEvent,
        depth: Int,
        content: (inout YAMLComposer) throws(Diagnostic) -> YAMLNode.Content
    ) throws(Diagnostic) -> YAMLNode {
        try count(nodes: 1, at: event.location)
        try limit(depth: depth, at: event.location)
        if let anchor = event.anchor {
            anchors[anchor] = nil
            openAnchors.insert(anchor)
        }
        let node = YAMLNode(try content(&self), at: event.location)
        if let anchor = event.anchor { openAnchors.remove(anchor) }
        return node
    }

    private mutating func elements(depth: Int) throws(Diagnostic) -> [YAMLNode] {
        var elements: [YAMLNode] = []
        while true {
            let event = try reader.next()
            switch event.kind {
            case .sequenceEnd, .streamEnd: return elements
            default: elements.append(try node(from: event, depth: depth))
            }
        }
    }

    private mutating func entries(depth: Int) throws(Diagnostic) -> [YAMLEntry] {
        var entries: [YAMLEntry] = []
        var places: [String: SourceLocation] = [:]
        while true {
            let event = try reader.next()
            switch event.kind {
            case .mappingEnd, .streamEnd: return entries
            default: break
            }
            let key = try node(from: event, depth: depth)
            let value = try node(from: try reader.next(), depth: depth)
            guard let name = name(of: key) else { continue }
            if let first = places[name] {
                diagnostics.append(duplicate(name, at: key.location, first: first))
            } else {
                places[name] = key.location
                entries.append(YAMLEntry(key: name, keyLocation: key.location, value: value))
            }
        }
    }

    /// Nil, and a diagnostic, for what cannot be a key here.
    private mutating func name(of key: YAMLNode) -> String? {
        guard case .scalar(let scalar) = key.content else {
            diagnostics.append(
                Diagnostic(
                    location: key.location,
                    message: "a key must be text, not a list or a mapping",
                    hint: "put a text that begins with [ or { into quotation marks"
                )
            )
            return nil
        }
        guard !(scalar.isPlain && scalar.text == "<<") else {
            diagnostics.append(
                Diagnostic(
                    location: key.location,
                    message: "merge keys (<<) are not supported",
                    hint: "write the keys out, or put what all organizations share into _defaults.yaml"
                )
            )
            return nil
        }
        return scalar.text
    }

    private mutating func alias(
        _ anchor: String,
        depth: Int,
        at location: SourceLocation
    ) throws(Diagnostic) -> YAMLNode {
        aliases += 1
        guard aliases <= limits.aliases else {
            throw tooMuch("more than \(GroupedNumber.text(limits.aliases)) aliases", at: location)
        }
        guard var node = anchors[anchor] else { throw dangling(anchor, at: location) }
        try count(nodes: node.size, at: location)
        try limit(depth: depth + node.height - 1, at: location)
        node.location = location
        return node
    }
}

// Refusals.
extension YAMLComposer {
    private mutating func count(nodes added: Int, at location: SourceLocation) throws(Diagnostic) {
        nodes += added
        guard nodes <= limits.nodes else {
            throw tooMuch(
                "more than \(GroupedNumber.text(limits.nodes)) keys and values, aliases expanded",
                at: location
            )
        }
    }

    private func limit(depth: Int, at location: SourceLocation) throws(Diagnostic) {
        guard depth <= limits.depth else {
            throw tooMuch("lists and mappings more than \(GroupedNumber.text(limits.depth)) levels deep", at: location)
        }
    }

    private func tooMuch(_ what: String, at location: SourceLocation) -> Diagnostic {
        Diagnostic(location: location, message: "the document has \(what)", hint: "a declaration needs far less")
    }

    /// An alias whose anchor is not complete, or was never set.
    private func dangling(_ anchor: String, at location: SourceLocation) -> Diagnostic {
        let alias = Excerpt.quoted("*" + anchor)
        guard !openAnchors.contains(anchor) else {
            return Diagnostic(
                location: location,
                message: "the alias \(alias) stands inside the value that it repeats",
                hint: "write the value out"
            )
        }
        let mark = Excerpt.quoted("&" + anchor)
        return Diagnostic(
            location: location,
            message: "the alias \(alias) repeats nothing",
            hint: "mark a value before it with \(mark), or put a text that begins with * into quotation marks"
        )
    }

    private func secondDocument(_ location: SourceLocation) -> Diagnostic {
        Diagnostic(
            location: location,
            message: "a second document begins here",
            hint: "give every organization a file of its own"
        )
    }

    private func duplicate(_ key: String, at location: SourceLocation, first: SourceLocation) -> Diagnostic {
        Diagnostic(
            location: location,
            message: "duplicate key \(Excerpt.quoted(key)), first given at \(first)",
            hint: "remove one of the two"
        )
    }

    private mutating func refuseTag(_ event: YAMLEvent) {
        guard let tag = event.tag else { return }
        let core = "tag:yaml.org,2002:"
        let written = tag.hasPrefix(core) ? "!!" + tag.dropFirst(core.count) : tag
        diagnostics.append(
            Diagnostic(
                location: event.location,
                message: "the tag \(Excerpt.quoted(written)) is not supported",
                hint: "remove it, or put a text that begins with ! into quotation marks"
            )
        )
    }
}
