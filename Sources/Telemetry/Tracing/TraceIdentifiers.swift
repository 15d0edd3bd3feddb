import Tracing

/// The place of a span: its trace, and where it hangs in it.
struct SpanPlace: Sendable {
    /// 32 hexadecimal digits.
    let trace: String
    /// 16 hexadecimal digits.
    let span: String
    /// Nil for the first span of a trace.
    let parent: String?
}

/// Makes ids; chance comes from outside.
struct TraceIdentifiers: Sendable {
    let random: @Sendable () -> UInt64

    /// For traces and events.
    func long() -> String { Self.digits(random()) + Self.digits(random()) }

    /// For spans.
    func short() -> String { Self.digits(random()) }

    private static func digits(_ number: UInt64) -> String {
        // All zeros would mean "none": https://www.w3.org/TR/trace-context/#trace-id
        let digits = String(max(number, 1), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// What a span leaves to those below it.
struct SpanInheritance: Sendable {
    let trace: SentryTrace
    let place: SpanPlace
    let tags: SpanTags
}

private enum SpanInheritanceKey: ServiceContextKey {
    typealias Value = SpanInheritance
}

extension ServiceContext {
    var spanInheritance: SpanInheritance? {
        get { self[SpanInheritanceKey.self] }
        set { self[SpanInheritanceKey.self] = newValue }
    }
}
